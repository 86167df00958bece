"""The reader's numbers: what a result says about them, what is offered, the file, and the command line."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.__main__ import main
from calculators.core.declaring.fields import Number, handed_on
from calculators.core.declaring.outcome import InvalidInputs
from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.numbers.numerals import numerals
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import all_calculators
from calculators.core.running.my_numbers import Known, file_of, learned_from, read_file
from calculators.core.running.run import run
from calculators.core.words.catalogue import LANGUAGES

FIELDS = [
    (calculator.id, name, field)
    for calculator in all_calculators().values()
    for name, field in (calculator.input_fields | calculator.result_fields).items()
    if isinstance(field, Number) and field.quantity
]


def ask(question: dict[str, Any]) -> dict[str, Any]:
    """Ask as the page does."""
    return dict(json.loads(answer(json.dumps({"number": 1, "currency": "", **question}))))


def offered(calculator: str, language: str = "en", currency: str = "", **numbers: Any) -> dict[str, Any]:
    """Return what is offered to a calculator whose fields hold the example."""
    inputs = default_texts(calculator, language)
    asked = {"calculator": calculator, "language": language, "currency": currency, "inputs": inputs}
    return dict(ask({**asked, "ask": "offers", "numbers": numbers})["offers"])


def of_page(language: str = "en", **asked: Any) -> dict[str, Any]:
    """Return what the page with all numbers is answered."""
    return ask({"ask": "numbers", "language": language, "numbers": {}, "typed": {}, "file": "", **asked})


@pytest.mark.parametrize(("calculator", "name", "field"), FIELDS)
def test_a_field_measures_as_its_quantity_does(calculator: str, name: str, field: Number) -> None:
    """A rate is a rate, days are days: a number is never offered in another unit."""
    assert field.quantity in QUANTITIES
    assert field.kind == QUANTITIES[field.quantity].kind, (calculator, name)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_each_quantity_is_used(quantity: str) -> None:
    """None stands on the page that no calculator asks for or works out."""
    assert [calculator for calculator, _, field in FIELDS if field.quantity == quantity]


def test_no_calculator_asks_twice_for_a_quantity() -> None:
    """Else one number would be offered for two fields, of which one may be meant."""
    for calculator in all_calculators().values():
        of_inputs = [getattr(field, "quantity", None) for field in calculator.input_fields.values()]
        known = [quantity for quantity in of_inputs if quantity]
        assert len(known) == len(set(known)), calculator.id


def test_a_result_is_the_readers_where_all_that_is_behind_it_is() -> None:
    """By the formulas of the workbook: a win rate by count needs the counts, and no amounts."""
    learned = learned_from(run("win-rate"))
    assert learned["win_rate"] == {"quantity": "win_rate", "value": "0.3", "of": ["won", "lost"]}
    assert learned["won"] == {"quantity": "won_deals", "value": "24", "of": ["won"]}
    assert {"won_value", "lost_value"} <= set(learned["win_rate_by_value"]["of"])
    assert learned_from(run("sales-cycle-length"))["mean_days"]["of"] == ["cycle_days"]
    assert learned_from(run("pipeline-coverage"))["remaining_quota"]["of"] == ["quota", "booked"]


def test_every_result_that_is_a_quantity_is_made_of_inputs() -> None:
    """What it is made of is found for each, and is never nothing: it would be the reader's from the start."""
    for calculator in all_calculators().values():
        for name, entry in learned_from(run(calculator.id)).items():
            assert entry["of"], (calculator.id, name)
            assert set(entry["of"]) <= calculator.input_fields.keys()


def test_what_is_missing_is_not_learned() -> None:
    """A win rate of nothing closed says nothing; an optional field left empty neither."""
    assert "win_rate" not in learned_from(run("win-rate", {"won": 0, "lost": 0}))
    for calculator in all_calculators().values():
        left_empty = {name: "" for name, field in calculator.input_fields.items() if getattr(field, "is_optional", 0)}
        assert learned_from(run(calculator.id, left_empty)).keys().isdisjoint(left_empty)


@pytest.mark.parametrize(
    ("language", "text", "value"), [("en", "31.5%", "31.5385"), ("ko", "31.5%", "31.5385"), ("el", "31,5%", "31,5385")]
)
def test_a_number_is_offered_in_the_language_of_the_page(language: str, text: str, value: str) -> None:
    """It is shown rounded, and stands in the field as it is known."""
    offer = offered("sales-velocity", language, win_rate={"value": "0.315385", "from": "win-rate"})["win_rate"]
    assert offer == {"quantity": "win_rate", "text": text, "value": value}


def test_an_amount_keeps_its_currency() -> None:
    """It is shown in its own, and not offered where another one is picked; rates and counts have none."""
    size, rate = {"value": "6500", "currency": "EUR"}, {"value": "0.3", "currency": "EUR"}
    assert offered("sales-velocity", average_deal_size=size)["average_deal_size"]["text"] == "€6,500"
    assert set(offered("sales-velocity", "en", "EUR", average_deal_size=size)) == {"average_deal_size"}
    assert set(offered("sales-velocity", "en", "USD", average_deal_size=size, win_rate=rate)) == {"win_rate"}
    assert set(offered("sales-velocity", "en", "USD", average_deal_size={"value": "6500"})) == {"average_deal_size"}
    strange = {"value": "6500", "currency": ["EUR"]}
    assert offered("sales-velocity", average_deal_size=strange)["average_deal_size"]["text"] == "6,500"
    typed = of_page(currency="KRW", typed={"quota": "5000", "win_rate": "20"})["kept"]["numbers"]
    assert (typed["quota"].get("currency"), typed["win_rate"].get("currency")) == ("KRW", None)


def test_what_stands_in_the_field_is_not_offered() -> None:
    """However it is written there: 25 and 25% are one rate."""
    assert offered("sales-velocity", win_rate="0.25", cycle_days="90.0") == {}
    inputs = default_texts("sales-velocity", "en") | {"average_deal_size": "30k"}
    asked = {"ask": "offers", "calculator": "sales-velocity", "language": "en", "inputs": inputs}
    assert ask({**asked, "numbers": {"average_deal_size": "30000"}})["offers"] == {}
    # What cannot be read there is no reason to keep a number back.
    asked["inputs"] = inputs | {"average_deal_size": "about 30"}
    assert set(ask({**asked, "numbers": {"average_deal_size": "30000"}})["offers"]) == {"average_deal_size"}


def test_what_a_field_would_refuse_is_not_offered() -> None:
    """Nor what no quantity is, or none that can be."""
    assert offered("sales-velocity", win_rate="2", live_opportunities="0.5", cycle_days="-1", other="7") == {}
    assert offered("sales-velocity", win_rate={"value": None}, cycle_days=[1], average_deal_size="1e400") == {}
    assert offered("bant", win_rate="0.3") == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", ["", "JPY", "EUR"])
def test_an_offer_reads_back_as_the_number(language: str, currency: str) -> None:
    """Whatever the language, what is put into the field is the number that is known."""
    known = {"rate": "0.123457", "money": "1234567.89", "days": "61.25", "count": "17", "months": "3.5"}
    for calculator in all_calculators().values():
        fields = {name: field for name, field in calculator.input_fields.items() if getattr(field, "quantity", None)}
        numbers = {str(field.quantity): known[field.kind] for field in fields.values() if isinstance(field, Number)}
        for name, offer in offered(calculator.id, language, currency, **numbers).items():
            field = fields[name]
            value = field.read_text(name, offer["value"], numerals(language, currency))
            assert handed_on(value) == numbers[offer["quantity"]], (calculator.id, name)


@given(st.dictionaries(st.sampled_from(sorted(QUANTITIES)), st.decimals(0, 1, places=4), min_size=1, max_size=5))
def test_a_file_gives_back_what_was_saved(values: dict[str, Decimal]) -> None:
    """With where each number is from."""
    whole = {name: value if QUANTITIES[name].kind == "rate" else Decimal(3) for name, value in values.items()}
    known = {name: Known(value=value, origin="win-rate", day="2026-11-30") for name, value in whole.items()}
    assert read_file(json.dumps(file_of(known))) == {name: known[name] for name in QUANTITIES if name in known}


def test_a_file_written_by_hand_is_read() -> None:
    """The quantities alone are enough; what a later release may know is left out."""
    assert read_file('{"win_rate": 0.25, "unheard_of": 3}') == {"win_rate": Known(value=Decimal("0.25"))}
    strange = {"win_rate": {"value": "0.25", "from": "<b>", "day": "tomorrow"}}
    assert read_file(json.dumps({"numbers": strange})) == {"win_rate": Known(value=Decimal("0.25"))}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "[]",
        "null",
        "{}",
        '{"numbers": {}}',
        '{"format": "other", "numbers": {"win_rate": 0.3}}',
        '{"unheard_of": 3}',
        '{"numbers": []}',
        '{"numbers": "win_rate"}',
        '{"numbers": {"win_rate": 31.5}}',
        '{"numbers": {"win_rate": "a third"}}',
        '{"win_rate": NaN}',
        '{"columns": {"Stage": "stage"}}',
        "[" * 5000,
        '{"win_rate": ' + "1" * 200_000 + "}",
    ],
)
def test_another_file_is_refused_and_nothing_taken(text: str) -> None:
    """Half of a file is never read: what is known stays as it is, and the page says why."""
    with pytest.raises(InvalidInputs):
        read_file(text)
    known = {"win_rate": {"value": "0.2", "from": "win-rate", "day": ""}}
    answered = of_page("ko", numbers=known, file=text or "?")
    assert set(answered["numbers"]) == {"win_rate"}
    assert answered["numbers"]["win_rate"]["value"] == "0.2"
    assert [error["input"] for error in answered["errors"]] == [""]
    assert answered["errors"][0]["text"]


def test_the_page_reads_and_writes_as_its_language_does() -> None:
    """What is typed is read, emptied fields are cleared, what cannot be read is refused and the rest is not."""
    known = {"win_rate": {"value": "0.2", "from": "win-rate", "day": "2026-11-01"}, "quota": "500"}
    answered = of_page("el", numbers=known, typed={"booked": "1.234,5", "quota": " ", "cycle_days": "σύντομα"})
    assert {name: entry["text"] for name, entry in answered["numbers"].items()} == {
        "win_rate": "20",
        "booked": "1.234,5",
    }
    assert answered["numbers"]["booked"]["value"] == "1234.5"
    assert [error["input"] for error in answered["errors"]] == ["cycle_days"]
    assert answered["kept"]["numbers"]["win_rate"] == {"value": "0.2", "from": "win-rate", "day": "2026-11-01"}


def test_a_currency_that_nobody_can_pick_stops_nothing() -> None:
    """The tab's storage may hold any; what is typed is read all the same, without one."""
    kept = of_page(currency="???", typed={"quota": "5000"})["kept"]["numbers"]
    assert kept["quota"] == {"value": "5000", "from": "typed", "day": ""}


@pytest.mark.parametrize(
    "changed",
    [{"typed": []}, {"numbers": "x"}, {"file": None}, {"language": "xx"}, {"currency": "???"}, {"typed": {"quota": 3}}],
)
def test_a_damaged_question_is_refused_or_passed_over(changed: dict[str, Any]) -> None:
    """Nothing is raised, whatever a page asks."""
    answered = of_page(**{"numbers": {}, **changed})
    assert "trace" not in answered
    assert answered.get("errors") or answered["numbers"] == {}


def test_the_command_line_takes_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For inputs that are not given; with where each was, beside the result."""
    file = tmp_path / "my-numbers.json"
    known = {"win_rate": Known(value=Decimal("0.3"), day="2026-11-30"), "cycle_days": Known(value=Decimal(50))}
    file.write_text(json.dumps(file_of(known)), encoding="utf-8")
    arguments = ["run", "sales-velocity", "cycle_days=100", "--numbers", str(file), "--json"]
    assert main(arguments) == 0
    printed = capsys.readouterr()
    inputs = json.loads(printed.out)["inputs"]
    assert (inputs["win_rate"], inputs["cycle_days"], inputs["opportunities"]) == (0.3, 100, 40)
    assert printed.err == f"Win rate: 30% · {file} · 2026-11-30\n"

    assert (
        main(["run", "sales-velocity", "opportunities=5 건", "--typed", "--language", "ko", "--numbers", str(file)])
        == 0
    )
    assert "30%" in capsys.readouterr().err
    assert (
        main(
            [
                "solve",
                "sales-velocity",
                "--for",
                "win_rate",
                "--output",
                "revenue_per_day",
                "--target",
                "4000",
                "--numbers",
                str(file),
                "--json",
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["inputs"]["cycle_days"] == 50


def test_a_file_that_is_none_is_refused_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the quantity it is about, or the sentence that it is no such file."""
    for content, name in (('{"win_rate": 3}', "win_rate"), ("{", "numbers"), (None, "numbers")):
        file = tmp_path / "numbers.json"
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_text(content, encoding="utf-8")
        assert main(["run", "sales-velocity", "--numbers", str(file), "--json"]) == 2
        printed = json.loads(capsys.readouterr().out)
        assert [error["input"] for error in printed["errors"]] == [name]
