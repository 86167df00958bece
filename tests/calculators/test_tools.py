"""What stands around every calculator: links, scenarios, what moves the result, taking it along."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.catalogue import LANGUAGES
from calculators.core.compare import compare
from calculators.core.links import BrokenLink, from_link, to_link
from calculators.core.sensitivity import sensitivity
from calculators.core.take_along import as_csv, as_text
from tests.worked_examples import Example, all_examples


@pytest.mark.parametrize("example", all_examples(), ids=str)
def test_a_link_opens_the_same_sum_in_every_language(example: Example) -> None:
    """Whatever the inputs, what the link opens has the same figures; only private texts are gone."""
    result = calculators.run(example.calculator, example.inputs, "el", "KRW")

    link = to_link(result)

    for language in LANGUAGES:
        opened = from_link(link, language)
        assert opened.numerals.currency == "KRW"
        assert to_link(opened) == link
        assert opened.outputs == result.outputs


def test_the_defaults_are_left_out_and_the_rest_is_sorted() -> None:
    """A short link, the same for the same sum."""
    assert to_link(calculators.run("sales-velocity")) == "sales-velocity?"
    changed = calculators.run("sales-velocity", {"win_rate": "0.3", "cycle_days": 60}, currency="EUR")
    assert to_link(changed) == "sales-velocity?currency=EUR&cycle_days=60&win_rate=0.3"


@pytest.mark.parametrize("secret", ["Acme & Sons; 삼성, €", "x"])
def test_free_text_never_stands_in_a_link(secret: str) -> None:
    """Evidence and the names of deals stay with the reader."""
    evidence = calculators.run("bant", {"budget_evidence": secret, "budget": 3})
    deals = calculators.run("weighted-forecast", {"deals": [{"name": secret, "value": 10, "probability": 1}]})

    assert to_link(evidence) == "bant?budget=3"
    assert to_link(deals) == "weighted-forecast?deals=,10,1"
    with pytest.raises(BrokenLink):
        from_link("bant?budget_evidence=x", "en")


@given(st.lists(st.tuples(st.text("aΩ가漢 =+,;&%?#/", max_size=20), st.integers(0, 10**9)), min_size=2, max_size=6))
def test_names_of_stages_survive_a_link(rows: list[tuple[str, int]]) -> None:
    """Whatever signs a name holds."""
    stages = [{"name": name, "count": reached} for name, reached in rows]
    result = calculators.run("stage-conversion", {"stages": stages})

    assert from_link(to_link(result), "en").inputs == result.inputs


@pytest.mark.parametrize(
    "link",
    [
        "no-such-calculator?",
        "win-rate?won",
        "win-rate?won=abc",
        "win-rate?wonn=3",
        "win-rate?won=1&won=2",
        "win-rate?won=-1",
        "win-rate?currency=%3Cscript%3E",
        "stage-conversion?stages=a,1;b",
        "stage-conversion?stages=a,1",
        "bant?budget=7",
    ],
)
def test_a_broken_link_is_refused_whole(link: str) -> None:
    """Rather the example than half of somebody's numbers."""
    with pytest.raises(BrokenLink):
        from_link(link, "en")


def test_what_moves_velocity() -> None:
    """A tenth less cycle brings a ninth more; each other input moves the result by the same tenth."""
    levers = sensitivity(calculators.run("sales-velocity"), "revenue_per_day", Decimal("0.1"))

    assert levers[0].input == "cycle_days"
    assert (levers[0].low, levers[0].high) == (Decimal(81), Decimal(99))
    assert [float(lever.swing) for lever in levers[1:]] == [pytest.approx(0.2 * 2777.777777777778)] * 3
    assert float(levers[0].at_low or 0) == pytest.approx(40 * 25000 * 0.25 / 81)


def test_moving_stays_within_the_limits() -> None:
    """A rate of 95% moves up to 100%, a whole number by one at least, an empty or zero input not at all."""
    levers = {
        lever.input: lever
        for lever in sensitivity(
            calculators.run("sales-velocity", {"win_rate": "0.95", "opportunities": 3, "average_deal_size": 0}),
            "revenue_per_day",
            Decimal("0.1"),
        )
    }

    assert levers["win_rate"].high == 1
    assert (levers["opportunities"].low, levers["opportunities"].high) == (Decimal(2), Decimal(4))
    assert "average_deal_size" not in levers


def test_two_scenarios_with_their_difference() -> None:
    """The inputs that differ and every result; rates in points, amounts with their share."""
    kept = calculators.run("sales-velocity", {"win_rate": "0.2"})
    now = calculators.run("sales-velocity")

    rows = [(row.label, row.kept, row.now, row.difference) for row in compare(kept, now)]

    assert rows[0] == ("Win rate", "20%", "25%", "+5 points")
    assert rows[1] == ("Revenue per day", "2,222.22", "2,777.78", "+555.56 (+25%)")
    assert len(rows) == 4


def test_equal_scenarios_and_missing_results() -> None:
    """Equal figures are marked as equal; where one has no result there is no difference."""
    same = compare(calculators.run("sales-velocity"), calculators.run("sales-velocity"))
    missing = compare(calculators.run("sales-velocity", {"cycle_days": 0}), calculators.run("sales-velocity"))

    assert {row.difference for row in same} == {"="}
    assert [row.difference for row in missing if not row.is_input] == ["", "", ""]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", calculators.all_calculators())
def test_as_text(name: str, language: str) -> None:
    """Title, every input, every result and the address, in the language."""
    result = calculators.run(name, {}, language)

    text = as_text(result, "https://example.org/#x")

    assert text.startswith(result.gettext(result.calculator.title) + "\n")
    assert text.endswith("\nhttps://example.org/#x\n")
    for field in (result.calculator.input_fields | result.calculator.result_fields).values():
        assert result.gettext(field.label) in text


def test_csv_arrives_as_numbers_where_it_is_opened() -> None:
    """Comma and point in English, semicolon and comma in Greek; all digits, no groups."""
    english = as_csv(calculators.run("revenue-growth", {"start_revenue": "1234567.5"}))
    greek = as_csv(calculators.run("revenue-growth", {"start_revenue": "1234567.5"}, "el"))

    assert "Revenue of the first period,1234567.5" in english
    assert ";1234567,5" in greek
    assert english.startswith("\ufeff")


def test_a_name_is_no_formula_in_csv() -> None:
    """What begins like a formula is kept from being one."""
    stages = [{"name": '=HYPERLINK("x")', "count": 2}, {"name": "@b", "count": 1}]
    rows = list(csv.reader(io.StringIO(as_csv(calculators.run("stage-conversion", {"stages": stages})))))

    names = [row[0] for row in rows if len(row) > 1]
    assert '\'=HYPERLINK("x")' in names
    assert not [name for name in names if name[:1] in {"=", "@"}]
