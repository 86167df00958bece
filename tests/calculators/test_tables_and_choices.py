"""Tables, choices, ratings and texts as inputs: read from programs, and as people fill them in."""

from decimal import Decimal
from typing import Any

import pytest

import calculators
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs
from calculators.core.numbers.numerals import numerals
from calculators.core.running.run import error_json, run_text

STAGES = calculators.all_calculators()["stage-conversion"].input_fields["stages"]


def codes(calculator: str, inputs: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is refused."""
    with pytest.raises(InvalidInputs) as refused:
        calculators.run(calculator, inputs)
    return [(error.input, error.code) for error in refused.value.errors]


@pytest.mark.parametrize(
    "given",
    [
        [{"name": "A", "count": 40}, {"name": "B", "count": "20"}],
        '[{"name": "A", "count": 40}, {"name": "B", "count": 20}]',
        "A,40;B,20",
    ],
    ids=["rows", "JSON", "as in a link"],
)
def test_a_table_from_a_program(given: object) -> None:
    """Rows, their JSON text on the command line, or the short form of a link."""
    result = calculators.run("stage-conversion", {"stages": given})

    assert result.outputs["overall_rate"] == Decimal("0.5")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("[{", "not_a_table"),
        ("A;B", "not_a_table"),
        (5, "not_a_table"),
        ([1, 2], "not_a_table"),
        ([{"name": "A", "count": 1}], "too_few_rows"),
        ([{"name": "A", "total": 1}, {"name": "B", "count": 1}], "unknown_column"),
        ([{"name": "A", "count": "x"}, {"name": "B", "count": 1}], "not_a_number"),
        ([{"name": "A", "count": 1}] * 2001, "too_many_rows"),
        ([{"name": "A" * 201, "count": 1}, {"name": "B", "count": 1}], "text_too_long"),
        ([{"name": ["A"], "count": 1}, {"name": "B", "count": 1}], "not_a_text"),
    ],
)
def test_what_is_no_table_is_refused(given: object, code: str) -> None:
    """Each with its own sentence."""
    assert codes("stage-conversion", {"stages": given}) == [("stages", code)]


def test_a_refusal_says_where_in_the_table() -> None:
    """Row and column, as the reader counts them: empty rows above count too."""
    typed = [{"name": "", "count": ""}, {"name": "A", "count": "4"}, {"name": "B", "count": "zwei"}]
    with pytest.raises(InvalidInputs) as refused:
        run_text("stage-conversion", {"stages": typed}, "en")

    (error,) = refused.value.errors
    assert error.cell is not None
    assert (error.cell.row, error.cell.column) == (3, "count")
    assert error_json(error, "en")["text"].startswith("Row 3, Reached it: “zwei” is not a number")


def test_empty_rows_are_no_rows() -> None:
    """A row the reader has just added, and not yet filled in, changes nothing."""
    typed = [{"name": "A", "count": "40"}, {"name": " ", "count": ""}, {"name": "B", "count": "20"}]

    assert run_text("stage-conversion", {"stages": typed}, "en").outputs["overall_rate"] == Decimal("0.5")


def test_a_default_name_is_one_name_in_every_language() -> None:
    """“리드” typed in the Korean page is the lead of the English one, so a link shows it in the reader's language."""
    field = STAGES
    for language in ("ko", "ja", "el"):
        defaults = calculators.all_calculators()["stage-conversion"].defaults["stages"]
        written = field.write_text(defaults, numerals(language))
        assert written[0]["name"] != "Lead"
        assert field.read_text("stages", written, numerals(language)) == defaults


def test_a_thousand_rows() -> None:
    """Long tables are computed and shown whole."""
    stages = [{"name": f"Stage {place}", "count": 2000 - place} for place in range(1000)]

    assert len(calculators.run("stage-conversion", {"stages": stages}).outputs["stage_rates"]) == 1000


@pytest.mark.parametrize(
    ("calculator", "inputs", "code"),
    [
        ("bant", {"budget": 4}, "not_a_rating"),
        ("bant", {"budget": "maybe"}, "not_a_rating"),
        ("bant", {"budget": True}, "not_a_rating"),
        ("bant", {"budget_evidence": "x" * 5001}, "text_too_long"),
        ("meddic", {"meddpicc": "perhaps"}, "not_a_flag"),
        ("revenue-forecast", {"method": "guess"}, "not_a_choice"),
        ("buying-phase", {"signals": ["guess"]}, "not_a_choice"),
        ("buying-phase", {"signals": 3}, "not_a_choice"),
        ("pipeline-audit", {"balance_lost_1": "unknown"}, "not_a_level"),
    ],
)
def test_what_is_none_of_the_possible_values_is_refused(calculator: str, inputs: dict[str, Any], code: str) -> None:
    """Each kind of picked input names what it takes."""
    assert codes(calculator, inputs) == [(next(iter(inputs)), code)]


@pytest.mark.parametrize("typed", ["true", "ναι", "1", True])
def test_yes_is_understood(typed: object) -> None:
    """As a tick, as programs write it, and as the word shown in a pasted cell."""
    flag = calculators.all_calculators()["meddic"].input_fields["meddpicc"]

    assert flag.read_text("meddpicc", typed, numerals("el")) is True


def test_an_optional_input_may_be_empty() -> None:
    """Left empty it is None, in text, in JSON and in a link; anything else is still checked."""
    field = calculators.all_calculators()["lead-generation-goal"].input_fields["mean_days_in_pipeline"]

    assert field.read_text("x", " ", numerals("en")) is None
    assert field.read_value("x", None) is None
    assert (field.write_text(None, numerals("en")), field.to_json(None, numerals("en")), field.to_link(None)) == (
        "",
        None,
        "",
    )
    with pytest.raises(InvalidInput):
        field.read_text("x", "soon", numerals("en"))


@pytest.mark.parametrize(
    ("calculator", "name", "language", "typed", "value"),
    [
        ("bant", "budget", "en", "proven (3 of 3)", Decimal(3)),
        ("bant", "budget", "el", "ΑΓΝΩΣΤΟ", None),
        ("bant", "budget", "ko", "미확인", None),
        ("bant", "budget", "ja", "３", Decimal(3)),
        ("revenue-forecast", "method", "en", " naive ", "naive"),
        ("meddic", "meddpicc", "el", "ΝΑΙ", True),
        ("meddic", "meddpicc", "ja", "いいえ", False),
    ],
)
def test_what_is_picked_may_be_typed_in_words(
    calculator: str, name: str, language: str, typed: str, value: Any
) -> None:
    """As it is shown, in any capitals and widths, or as programs write it."""
    field = calculators.all_calculators()[calculator].input_fields[name]

    assert field.read_text(name, typed, numerals(language)) == value


@pytest.mark.parametrize("language", ["en", "ko", "ja", "el"])
def test_every_option_is_understood_as_it_is_shown(language: str) -> None:
    """Choices in a list, with commas in their labels, too."""
    numbers = numerals(language)
    for calculator in calculators.all_calculators().values():
        for name, field in calculator.input_fields.items():
            if field.kind == "choice":
                for key in field.options:  # type: ignore[attr-defined]  # choices have options
                    assert field.read_text(name, field.show(key, numbers), numbers) == key
            if field.kind == "choices":
                keys = tuple(field.options)  # type: ignore[attr-defined]  # choices have options
                assert field.read_text(name, "\n".join(field.show((key,), numbers) for key in keys), numbers) == keys
                assert field.read_text(name, ",".join(keys), numbers) == keys
