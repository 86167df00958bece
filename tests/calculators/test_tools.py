"""What stands around every calculator: links, scenarios, what moves the result, taking it along."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.choices import Rating
from calculators.core.declaring.tables import Table
from calculators.core.exploring.compare import compare
from calculators.core.exploring.pairs import pairs
from calculators.core.exploring.sensitivity import Lever, sensitivity
from calculators.core.page.answer import answer, default_texts
from calculators.core.page.tools import TOOLS
from calculators.core.running.run import Result
from calculators.core.taking_along.links import BrokenLink, from_link, to_link
from calculators.core.taking_along.text_and_csv import as_csv, as_text
from calculators.core.words.catalogue import LANGUAGES
from tests.worked_examples import Example, all_examples
from tools.pages.form import render_form


@pytest.mark.parametrize("example", all_examples(), ids=str)
def test_a_link_opens_the_same_sum_in_every_language(example: Example) -> None:
    """Whatever the inputs, what the link opens has the same figures; only private texts are gone."""
    result = calculators.run(example.calculator, example.inputs, "el", "KRW")

    link = to_link(result)

    for language in LANGUAGES:
        opened = from_link(link, language)
        assert opened.numerals.currency == "KRW"
        assert to_link(opened) == link
        assert without_private_texts(opened) == without_private_texts(result)


def without_private_texts(result: Result) -> dict[str, Any]:
    """Return the outputs of a result with every private text in a table left empty."""
    outputs = result.outputs
    for name, field in result.calculator.result_fields.items():
        if isinstance(field, Table) and outputs[name] is not None:
            private = {column: "" for column, cell in field.columns.items() if cell.is_private}
            outputs[name] = tuple(replace(row, **private) for row in outputs[name])
    return outputs


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
    territory = {"name": secret, "potential": 10, "sellers": 1}
    territories = calculators.run("territory-balance", {"territories": [territory, territory]})

    assert to_link(evidence) == "bant?budget=3"
    assert to_link(deals) == "weighted-forecast?deals=,10,1,,"
    assert to_link(territories) == "territory-balance?territories=,10,1,,;,10,1,,"
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


def levers_of(name: str, inputs: dict[str, Any], output: str, step: str = "0.1") -> dict[str, Lever]:
    """Return the levers of a result by input."""
    return {lever.input: lever for lever in sensitivity(calculators.run(name, inputs), output, Decimal(step))}


def test_moving_stays_within_the_limits() -> None:
    """A rate of 95% moves up to 100%, a whole number by its exact share, an empty or zero input not at all."""
    levers = levers_of(
        "sales-velocity", {"win_rate": "0.95", "opportunities": 3, "average_deal_size": 0}, "revenue_per_day"
    )

    assert levers["win_rate"].high == 1
    assert levers["win_rate"].high_share == Decimal("0.05") / Decimal("0.095")
    assert (levers["opportunities"].low, levers["opportunities"].high) == (Decimal("2.7"), Decimal("3.3"))
    assert "average_deal_size" not in levers


@pytest.mark.parametrize("step", ["0.05", "0.1", "0.2", "0.5"])
def test_equal_steps_rank_equal_inputs_equally(step: str) -> None:
    """What enters the result in the same way swings it alike: whole or not, near a limit or not."""
    levers = levers_of("lead-generation-goal", {}, "total_value", step)

    # Days per month cannot go above 31: what is cut off is made up for the ranking, and said in the row.
    assert [float(lever.swing) for lever in levers.values()] == [pytest.approx(2 * float(step) * 45_000)] * 3
    assert (levers["months"].low, levers["months"].high) == (6 * (1 - Decimal(step)), 6 * (1 + Decimal(step)))
    assert levers["days_per_month"].high_share < 1


@pytest.mark.parametrize("name", [name for name in calculators.all_calculators() if pairs(name)])
@pytest.mark.parametrize("step", ["0.1", "0.5"])
def test_no_step_leaves_what_the_field_takes(name: str, step: str) -> None:
    """A field's limits hold for steps, at whole numbers of 1 too; a growth over 0 periods is never tested."""
    fields = calculators.all_calculators()[name].variable_inputs
    ones = {input_name: 1 for input_name, field in fields.items() if field.is_whole}
    for inputs in ({}, ones):
        for lever in sensitivity(calculators.run(name, inputs), next(iter(pairs(name))), Decimal(step)):
            field = fields[lever.input]
            assert field.minimum is not None
            assert field.maximum is not None
            assert field.minimum <= lever.low <= lever.high <= field.maximum
            assert lever.low > 0 or isinstance(field, Rating)


def test_ratings_move_by_a_level() -> None:
    """Weak becomes absent or partial; proven moves down only; what is unknown, or switched off, does not move."""
    levers = levers_of("meddic", {"metrics": "unknown", "identify_pain": 3, "champion": 1}, "score")

    assert [levers["champion"].low, levers["champion"].high] == [0, 2]
    assert [levers["identify_pain"].low, levers["identify_pain"].high_share] == [2, 0]
    assert levers["identify_pain"].swing.quantize(Decimal(1)) == levers["champion"].swing.quantize(Decimal(1))
    assert not {"metrics", "competition", "champion_weight"} & levers.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_say_what_was_cut_and_what_has_no_effect(language: str) -> None:
    """A limit stands in its row; inputs without effect stand in one sentence instead of in rows."""
    asked = {"output": "total_value", "step": "0.1"}
    goal = TOOLS["sensitivity"](calculators.run("lead-generation-goal", {}, language), asked)
    cost = TOOLS["sensitivity"](
        calculators.run("customer-acquisition-cost", {}, language), asked | {"output": "acquisition_cost"}
    )

    gettext = calculators.run("win-rate", {}, language).gettext
    (days,) = (row for row in goal["rows"] if row[0] == gettext("Days per month"))
    assert days[2].startswith("31 → ")
    assert not re.fullmatch(r"[\d.,]+", days[2].removeprefix("31 → "))
    assert goal["text"] == ""
    assert len(cost["rows"]) == 3
    assert gettext("Gross margin") in cost["text"]


def test_without_a_result_nothing_is_moved() -> None:
    """A sentence instead of rows of dashes."""
    found = TOOLS["sensitivity"](
        calculators.run("sales-velocity", {"cycle_days": 0}), {"output": "revenue_per_day", "step": "0.1"}
    )

    assert (found["rows"], found["chart"]) == ([], None)
    assert "no result" in found["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", calculators.all_calculators())
def test_the_panel_opens_with_a_pair_that_works(name: str, language: str) -> None:
    """Picked are a result and an input that moves it; the goal's words and its unit are those of the result."""
    html = render_form(name, language, "key")
    offered = pairs(name)
    if not offered:
        assert 'data-tool="solve"' not in html
        return

    panel = html.split('<details data-tool="solve">')[1].split("</details>")[0]
    output, unknown = re.findall(r'<option value="(\w+)"[^>]* selected', panel)
    assert unknown in offered[output]
    assert set(re.findall(rf'<option value="(\w+)"[^>]*data-moves="[^"]*\b{output}\b', panel)) == set(offered[output])
    (word,) = re.findall(rf'<span data-for="{output}">([^<]+)</span>', panel)
    assert word
    answered = json.loads(
        answer(
            json.dumps(
                {
                    "calculator": name,
                    "language": language,
                    "currency": "",
                    "inputs": default_texts(name, language),
                    "ask": "solve",
                    "output": output,
                    "unknown": unknown,
                    "target": "1",
                }
            )
        )
    )
    assert answered["text"]


def test_two_scenarios_with_their_difference() -> None:
    """The inputs that differ, both answers and every result; rates in points, amounts with their share."""
    kept = calculators.run("sales-velocity", {"win_rate": "0.2"})
    now = calculators.run("sales-velocity")

    rows = [(row.label, row.kept, row.now, row.difference) for row in compare(kept, now)]

    assert rows[0] == ("Win rate", "20%", "25%", "+5 points")
    assert rows[1] == ("Answer", kept.headline, now.headline, "")
    assert rows[2] == ("Revenue per day", "2,222.22", "2,777.78", "+555.56 (+25%)")
    assert len(rows) == 5


def test_equal_scenarios_and_missing_results() -> None:
    """Equal figures are marked as equal; where one has no result there is no difference."""
    same = compare(calculators.run("sales-velocity"), calculators.run("sales-velocity"))
    missing = compare(calculators.run("sales-velocity", {"cycle_days": 0}), calculators.run("sales-velocity"))

    assert {row.difference for row in same} == {"="}
    assert [row.difference for row in missing if not row.is_input] == ["", "", "", ""]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", calculators.all_calculators())
def test_as_text(name: str, language: str) -> None:
    """Title, answer, every input, every result that is shown and the address, in the language."""
    result = calculators.run(name, {}, language)

    text = as_text(result, "https://example.org/#x")

    assert text.startswith(f"{result.gettext(result.calculator.title)}\n\n{result.headline}\n")
    assert text.endswith("\nhttps://example.org/#x\n")
    for field in (result.calculator.input_fields | result.shown_fields).values():
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
