"""What the page is answered, as the worker passes it on."""

import json
from typing import Any

import pytest

from calculators.core.page.answer import answer, default_answer, default_texts
from calculators.core.running.calculator import all_calculators
from calculators.core.words.catalogue import LANGUAGES


def ask(calculator: str, language: str = "en", currency: str = "", **inputs: str) -> dict[str, Any]:
    """Ask as the page does: every field as it stands there."""
    texts = default_texts(calculator, language) | inputs
    question = {
        "number": 7,
        "calculator": calculator,
        "language": language,
        "currency": currency,
        "inputs": texts,
    }
    return dict(json.loads(answer(json.dumps(question))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("calculator", all_calculators())
def test_the_defaults_as_built_are_the_defaults_as_answered(calculator: str, language: str) -> None:
    """What stands in the page before any script runs is what Python answers to the untouched form."""
    assert ask(calculator, language) == {"number": 7} | default_answer(calculator, language)


def test_a_percentage_is_typed_as_one() -> None:
    """30, 30% and 30 % are the rate 0.3."""
    for typed in ("30", "30%", "30 %", "３０％"):
        assert ask("sales-velocity", win_rate=typed)["outputs"]["revenue_per_day"]["value"] == 3333.3333333333335


def test_the_answer_rewrites_what_was_typed() -> None:
    """25k becomes 25,000; in Greek 25000,5 becomes 25.000,5."""
    assert ask("sales-velocity", average_deal_size="25k")["inputs"]["average_deal_size"] == "25,000"
    assert ask("sales-velocity", "el", average_deal_size="25000,5")["inputs"]["average_deal_size"] == "25.000,5"


def test_the_currency_is_the_readers() -> None:
    """A Greek reader may plan in dollars; nothing is converted."""
    output = ask("sales-velocity", "el", "USD")["outputs"]["revenue_per_day"]

    assert output == {"value": 2777.777777777778, "text": "2.777,78\xa0$", "sample": None}


def test_every_refused_field_has_its_sentence() -> None:
    """Nothing is computed from half-valid input."""
    answered = ask("win-rate", "ko", won="", lost="12.5", won_value="-1")

    assert [(error["input"], error["code"]) for error in answered["errors"]] == [
        ("won", "missing"),
        ("lost", "not_whole"),
        ("won_value", "too_small"),
    ]
    assert "outputs" not in answered


def test_one_sentence_for_several_outputs_is_said_once() -> None:
    """Three outputs without a meaning, one reason."""
    answered = ask("sales-velocity", cycle_days="0")

    assert [note["code"] for note in answered["notes"]] == ["no_cycle"]
    assert all(output["value"] is None for output in answered["outputs"].values())
    assert answered["working"] == {}
    assert answered["notes"][0]["text"] in answered["summary"]


def test_how_it_is_worked_out_is_in_the_readers_numbers() -> None:
    """The formula with the numbers typed, in the format of the language."""
    answered = ask("sales-velocity", "el", opportunities="50")

    assert answered["working"]["revenue_per_year"] == "50 × 25.000 × 25% ÷ 90 ημέρες × 365,25"


@pytest.mark.parametrize("typed", [{"won": "77"}, {}])
def test_a_device_without_memory_is_no_fault_of_the_numbers(
    monkeypatch: pytest.MonkeyPatch, typed: dict[str, str]
) -> None:
    """Whoever asked ends this Python, and says so; any other error is a refusal."""

    def full(*_: object) -> None:
        raise MemoryError

    # Before anything fails: the texts of the fields are worked out, too.
    inputs = default_texts("win-rate", "en") | typed
    question = json.dumps({"number": 7, "calculator": "win-rate", "language": "en", "currency": "", "inputs": inputs})
    monkeypatch.setattr("calculators.core.running.run._compute", full)
    with pytest.raises(MemoryError):
        answer(question)
    monkeypatch.setattr("calculators.core.running.run._compute", lambda *_: 1 / 0)
    assert json.loads(answer(question))["errors"][0]["code"] == "not_computable"
