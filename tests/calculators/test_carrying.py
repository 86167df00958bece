"""What was typed goes along to the page of another language, and a kept scenario brings everything back."""

import json
from typing import Any

import pytest

from calculators.core.declaring.tables import Table
from calculators.core.page.answer import answer, input_texts
from calculators.core.running.calculator import all_calculators
from calculators.core.running.run import run
from calculators.core.words.catalogue import LANGUAGES
from tests.worked_examples import Example, all_examples


def asked(calculator: str, language: str, *, inputs: dict[str, Any] | None = None, **further: Any) -> dict[str, Any]:
    """Return what the page is answered."""
    question = {"calculator": calculator, "language": language, "currency": "", "inputs": inputs or {}}
    answered: dict[str, Any] = json.loads(answer(json.dumps(question | further)))
    return answered


def carried(calculator: str, before: str, language: str, inputs: dict[str, Any], **further: Any) -> dict[str, Any]:
    """Return what was typed in one language as the page of another one has it."""
    return asked(calculator, language, inputs=inputs, ask="carry", **{"from": before}, **further)


def figures(calculator: str, language: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return each single result in full precision."""
    outputs = asked(calculator, language, inputs=inputs)["outputs"]
    return {name: output["value"] for name, output in outputs.items() if not isinstance(output["value"], str | list)}


def typed(example: Example, language: str) -> dict[str, Any]:
    """Return an example as somebody would have typed it."""
    return input_texts(run(example.calculator, example.inputs, language))


@pytest.mark.parametrize("example", all_examples(), ids=str)
def test_every_example_goes_round_the_languages(example: Example) -> None:
    """The same figures in every language, and in the end the same texts."""
    name = example.calculator
    texts = first = typed(example, "en")
    expected = figures(name, "en", first)
    before = "en"
    for language in [*LANGUAGES[1:], "en"]:
        answered = carried(name, before, language, texts)
        assert answered["unread"] == []
        texts, before = answered["inputs"], language
        assert texts == typed(example, language)
        assert figures(name, language, texts) == expected
    assert texts == first


@pytest.mark.parametrize(
    ("before", "language", "text", "expected"),
    [
        ("el", "en", "1.234,5", "1,234.5"),
        ("ko", "el", "3억 5천만원", "350.000.000"),
        ("ja", "ko", "12百万円", "12,000,000"),
        ("en", "ko", "25k", "25,000"),
        ("en", "el", "", ""),
    ],
)
def test_a_number_is_the_same_number(before: str, language: str, text: str, expected: str) -> None:
    """As the people of the new language write it; what is empty stays empty."""
    answered = carried("sales-velocity", before, language, {"average_deal_size": text})

    assert answered["inputs"] == {"average_deal_size": expected}
    assert answered["unread"] == []


def test_what_could_not_be_read_stays_as_typed() -> None:
    """It is named, so that the page can say so, and keeps nothing else from coming along."""
    texts = {"opportunities": "many", "average_deal_size": "1.234,5", "win_rate": "0,25"}
    answered = carried("sales-velocity", "el", "ja", texts)

    assert answered["inputs"] == {"opportunities": "many", "average_deal_size": "1,234.5", "win_rate": "0,25"}
    assert answered["unread"] == ["opportunities", "win_rate"]


def test_rows_come_along_cell_by_cell() -> None:
    """Names of ours in the new language, empty rows, and what cannot be read beside what can."""
    stage = input_texts(run("stage-conversion", {}, "en"))["stages"][0]["name"]
    rows = [{"name": stage, "count": "1,200"}, {"name": "Μας", "count": "x"}, {"name": "", "count": ""}]
    answered = carried("stage-conversion", "en", "ko", {"stages": rows})

    first, second, third = answered["inputs"]["stages"]
    assert first == {"name": input_texts(run("stage-conversion", {}, "ko"))["stages"][0]["name"], "count": "1,200"}
    assert (second, third) == tuple(rows[1:])
    assert answered["unread"] == ["stages"]


@pytest.mark.parametrize("typed", [["0.3", "0.4"], ["1", "0.5"], ["1", "1"], ["0.3", "25"], ["0.3%", "0.4"], ["0.3"]])
@pytest.mark.parametrize("language", ["ko", "ja", "el"])
def test_an_open_question_about_a_column_stays_open(typed: list[str], language: str) -> None:
    """Whether 0.3 is 30% or 0.3% is for the reader to say, in every language."""
    rows = [{"name": "A", "value": "1000", "probability": text} for text in typed]
    asked_before = asked("weighted-forecast", "en", inputs={"deals": rows, "goal": "1"})["errors"]
    assert asked_before[0]["code"] in {"fraction", "fraction_in_column"}

    answered = carried("weighted-forecast", "en", language, {"deals": rows})
    assert answered["unread"] == ["deals"]
    again = asked("weighted-forecast", language, inputs={"deals": answered["inputs"]["deals"], "goal": "1"})
    assert "errors" in again


@pytest.mark.parametrize(
    ("calculator", "name", "before", "language", "text", "expected"),
    [
        ("sales-velocity", "opportunities", "en", "el", "12.345", "12,3450"),
        ("sales-velocity", "opportunities", "el", "en", "12,345", "12.3450"),
        ("sales-cycle-length", "window_days", "en", "el", "82,000", "82.000"),
        ("sales-velocity", "win_rate", "en", "el", "150.5%", "150,5"),
        ("sales-cycle-length", "cycle_days", "en", "el", "45\n99,999,999", "45\n99999999"),
    ],
)
def test_a_number_that_is_refused_stays_that_number(
    calculator: str, name: str, before: str, language: str, text: str, expected: str
) -> None:
    """Not whole or too large here is not whole or too large there."""
    refused = asked(calculator, before, inputs={name: text})["errors"]
    answered = carried(calculator, before, language, {name: text})

    assert answered["inputs"][name] == expected
    assert answered["unread"] == []
    again = asked(calculator, language, inputs={name: answered["inputs"][name]})["errors"]
    assert [error["code"] for error in again] == [error["code"] for error in refused]


def test_a_goal_comes_along() -> None:
    """In the unit of the result it is for."""
    answered = carried("sales-velocity", "en", "el", {}, output="revenue_per_day", target="4,000.5")

    assert answered["target"] == "4.000,5"


@pytest.mark.parametrize("name", all_calculators())
def test_a_kept_scenario_brings_notes_and_names_back(name: str) -> None:
    """Everything that stands in the fields, in another language too; as a link it would be refused."""
    calculator = all_calculators()[name]
    inputs: dict[str, Any] = {
        field_name: "Nobody’s; business, 100% & more"
        for field_name, field in calculator.input_fields.items()
        if field.kind == "text"
    }
    for field_name, field in calculator.input_fields.items():
        if isinstance(field, Table):
            named = [column for column, cell in field.columns.items() if cell.kind == "text" and column != "after"]
            texts = {column: f"Ann, {column}; 5%" for column in named}
            rows = input_texts(run(name, {}, "en"))[field_name]
            inputs[field_name] = [{**row, **texts} for row in rows]
    kept = asked(name, "en", inputs=inputs, ask="keep")["kept"]

    opened = asked(name, "en", ask="reopen", link=kept)
    for field_name, text in inputs.items():
        assert opened["inputs"][field_name] == text
    assert "broken" not in asked(name, "ko", ask="reopen", link=kept)
    if any(field.is_private for field in calculator.input_fields.values()):
        assert asked(name, "en", ask="open", link=kept)["broken"]


@pytest.mark.parametrize("further", [{"ask": "carry"}, {"ask": "carry", "from": "xx"}, {"ask": "reopen"}])
def test_a_question_that_is_none(further: dict[str, Any]) -> None:
    """Refused like any other."""
    assert asked("sales-velocity", "en", **further)["errors"]


@pytest.mark.parametrize(
    "inputs",
    [{"stages": "x"}, {"stages": [1]}, {"stages": [[]]}, {"stages": [{"name": 1, "count": [2]}]}, {"nothing": "1"}],
)
def test_what_no_form_would_keep(inputs: dict[str, Any]) -> None:
    """Storage may hold anything: it is never raised over."""
    answered = carried("stage-conversion", "en", "ko", inputs)

    assert "trace" not in answered
