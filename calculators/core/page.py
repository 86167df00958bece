"""What the page asks and what it is answered: one JSON text each way.

The same answer fills the page at build (the defaults) and in the browser
(what the reader typed), so JavaScript moves strings and never makes one.
"""

import json
from typing import Any

from calculators.core.calculator import all_calculators
from calculators.core.catalogue import LANGUAGES
from calculators.core.numerals import numerals
from calculators.core.outcome import InvalidInputs
from calculators.core.run import Result, error_json, run, run_text


def answer(question: str) -> str:
    """Answer a question of the page; both are JSON texts.

    The question names `calculator`, `language`, `currency` ("" for none) and
    `inputs` (what stands in each field); its `number` comes back, so that a
    stale answer can be told from the latest. The answer holds either

    - `errors`: `[{"input", "code", "text"}]`, one for each refused field, or
    - `inputs` (each field as it would be written), `outputs` (`value` in full
      precision or null, `text`, `sample`), `working` (each formula with the
      reader's numbers), `notes` (sentences) and `summary` (what is spoken).
    """
    asked = json.loads(question)
    language, currency = asked["language"], asked["currency"]
    try:
        result = run_text(asked["calculator"], asked["inputs"], language, currency)
    except InvalidInputs as refused:
        errors = [error_json(error, language, currency) for error in refused.errors]
        return _answer_text(asked, {"errors": errors})
    return _answer_text(asked, to_page(result))


def _answer_text(asked: dict[str, Any], answered: dict[str, Any]) -> str:
    return json.dumps({"number": asked.get("number")} | answered, ensure_ascii=False)


def default_answer(calculator_id: str, language: str) -> dict[str, Any]:
    """Return the answer for the inputs a page opens with, in a language and without a currency."""
    return to_page(run(calculator_id, {}, language))


def default_texts(calculator_id: str, language: str) -> dict[str, str]:
    """Return what stands in each field when the page opens."""
    result = run(calculator_id, {}, language)
    return {
        name: field.write_text(getattr(result.inputs, name), numerals(language))
        for name, field in result.calculator.input_fields.items()
    }


def to_page(result: Result) -> dict[str, Any]:
    """Return a result as the page shows it (see `answer`)."""
    calculator = result.calculator
    notes: dict[str, str] = {}
    for note in result.notes:
        # One sentence for several outputs is shown once.
        notes.setdefault(result.note_text(note), note.code)
    headline = calculator.headline
    label = result.gettext(calculator.output_fields[headline].label)
    values = result.to_json()["outputs"]
    return {
        "inputs": {
            name: field.write_text(getattr(result.inputs, name), result.numerals)
            for name, field in calculator.input_fields.items()
        },
        "outputs": {
            name: {"value": values[name], "text": result.text(name) or "–", "sample": result.sample(name)}
            for name in calculator.result_fields
        },
        "working": {name: result.working(name) for name in calculator.working if result.text(name) is not None},
        "notes": [{"code": code, "text": text} for text, code in notes.items()],
        "summary": f"{label}: {result.text(headline) or next(iter(notes))}",
    }


def default_answers() -> dict[str, dict[str, Any]]:
    """Return the answer for the defaults of every calculator in every language."""
    return {language: {name: default_answer(name, language) for name in all_calculators()} for language in LANGUAGES}


def warm_up() -> None:
    """Run everything once, so that a memory snapshot holds locale data, catalogues and caches."""
    for language in LANGUAGES:
        for name in all_calculators():
            texts = default_texts(name, language)
            for currency in ("", "EUR"):
                question = {"calculator": name, "language": language, "currency": currency, "inputs": texts}
                answer(json.dumps(question))
                answer(json.dumps(question | {"inputs": dict.fromkeys(texts, "?")}))
