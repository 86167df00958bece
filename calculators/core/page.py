"""What the page asks and what it is answered: one JSON text each way.

The same answers fill the page at build (the defaults) and in the browser
(what the reader typed), so JavaScript moves strings and never makes one.
"""

import json
from typing import Any

from calculators.core import charts, definitions
from calculators.core.calculator import Calculator, all_calculators
from calculators.core.catalogue import LANGUAGES, catalogue
from calculators.core.choices import Choices, Sentences
from calculators.core.numerals import applied
from calculators.core.outcome import InvalidInputs
from calculators.core.records import Field
from calculators.core.run import Result, error_json, run, run_text
from calculators.core.tables import Table
from calculators.core.tools import TOOLS, open_link


def answer(question: str) -> str:
    """Answer a question of the page; both are JSON texts.

    The question names `calculator`, `language`, `currency` ("" for none) and
    `inputs` (what stands in each field: a text, or for tables and ticked boxes
    a list); its `number` comes back, so that a stale answer can be told from
    the latest. The answer holds either

    - `errors`: `[{"input", "code", "text"}]`, one for each refused field (with `row` and `column` in a table), or
    - what `to_page` returns.

    With `ask`, the question is for one of `calculators.core.tools` and the
    answer holds what that returns; `{"ask": "open", "link": …}` is answered
    with the inputs that a link holds, and their result.
    """
    asked = json.loads(question)
    language, currency = asked["language"], asked["currency"]
    if asked.get("ask") == "open":
        return _answer_text(asked, open_link(asked, to_page))
    try:
        result = run_text(asked["calculator"], asked["inputs"], language, currency)
        answered = to_page(result) if "ask" not in asked else TOOLS[asked["ask"]](result, asked)
    except InvalidInputs as refused:
        answered = {"errors": [error_json(error, language, currency) for error in refused.errors]}
    return _answer_text(asked, answered)


def _answer_text(asked: dict[str, Any], answered: dict[str, Any]) -> str:
    return json.dumps({"number": asked.get("number")} | answered, ensure_ascii=False)


def default_answer(calculator_id: str, language: str) -> dict[str, Any]:
    """Return the answer for the inputs a page opens with, in a language and without a currency."""
    return to_page(run(calculator_id, {}, language))


def default_texts(calculator_id: str, language: str) -> dict[str, Any]:
    """Return what stands in each field when the page opens."""
    return input_texts(run(calculator_id, {}, language))


def input_texts(result: Result) -> dict[str, Any]:
    """Return each input as it is written in its field."""
    return {
        name: field.write_text(getattr(result.inputs, name), result.numerals)
        for name, field in result.calculator.input_fields.items()
    }


def to_page(result: Result) -> dict[str, Any]:
    """Return a result as the page shows it.

    `inputs` (each field as it would be written), `outputs` (`value` in full
    precision or null, `text`, `sample`; `rows` of a table, `items` of a list),
    `working` (each formula with the reader's numbers), `notes` (sentences),
    `chart` (or null), `definitions` and `summary` (what is spoken).
    """
    calculator = result.calculator
    notes: dict[str, str] = {}
    for note in result.notes:
        # One sentence for several outputs is shown once.
        notes.setdefault(result.note_text(note), note.code)
    headline = calculator.headline
    label = result.gettext(calculator.output_fields[headline].label)
    values = result.to_json()["outputs"]
    chart = calculator.chart(result) if calculator.chart else None
    return {
        "inputs": input_texts(result),
        "outputs": {
            name: {"value": values[name]} | _texts(result, name, field)
            for name, field in calculator.result_fields.items()
        },
        "working": {name: result.working(name) for name in calculator.working if _has_figure(result, name)},
        "notes": [{"code": code, "text": text} for text, code in notes.items()],
        "chart": chart and charts.to_page(chart, result.numerals),
        "definitions": definitions.to_page(calculator.definitions(result.inputs, result.figures), result)
        if calculator.definitions
        else [],
        "summary": f"{label}: {result.text(headline) or next(iter(notes))}",
    }


def _has_figure(result: Result, name: str) -> bool:
    return result.text(name.partition(".")[0]) is not None


def _texts(result: Result, name: str, field: Field) -> dict[str, Any]:
    value = result.outputs[name]
    if isinstance(field, Table):
        return {"rows": [] if value is None else field.show_rows(value, result.numerals)}
    if isinstance(field, Choices | Sentences):
        return {"items": [] if value is None else field.show_each(value, result.numerals)}
    return {"text": result.text(name) or "–", "sample": result.sample(name)}


def default_answers() -> dict[str, dict[str, Any]]:
    """Return the answer for the defaults of every calculator in every language."""
    return {language: {name: default_answer(name, language) for name in all_calculators()} for language in LANGUAGES}


def warm_up() -> None:
    """Run everything once, so that a memory snapshot holds locale data, catalogues and caches."""
    for language in LANGUAGES:
        for name, calculator in all_calculators().items():
            texts = default_texts(name, language)
            for currency in ("", "EUR"):
                question = {"calculator": name, "language": language, "currency": currency, "inputs": texts}
                answer(json.dumps(question))
                for asked in _tool_questions(calculator):
                    answer(json.dumps(question | asked))
            refused = {field: "?" for field, text in texts.items() if isinstance(text, str)}
            answer(json.dumps(question | {"inputs": texts | refused}))
    # Numbers of the examples, and catalogues unpacked, would weigh more than they save.
    applied.cache_clear()
    catalogue.cache_clear()


def _tool_questions(calculator: Calculator) -> list[dict[str, Any]]:
    link = {"link": f"{calculator.id}?", "kept": f"{calculator.id}?"}
    asked = [{"ask": name, "address": ""} | link for name in ("open", "link", "text", "csv", "compare")]
    if calculator.variable_inputs and calculator.figures:
        figure = {"output": next(iter(calculator.figures)), "step": "0.1", "target": "1"}
        unknown = {"unknown": next(iter(calculator.variable_inputs))}
        asked += [{"ask": "sensitivity"} | figure, {"ask": "solve"} | figure | unknown]
    return asked
