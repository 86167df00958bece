"""What the page asks and what it is answered: one JSON text each way.

The same answers fill the page at build (the defaults) and in the browser
(what the reader typed), so JavaScript moves strings and never makes one.
"""

import json
import re
from decimal import Decimal
from typing import Any

from calculators.core.declaring import charts, definitions
from calculators.core.declaring.choices import Choices, Sentences
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs, Undefined
from calculators.core.declaring.outside import bounded_json, whole_text
from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.declaring.records import Field
from calculators.core.declaring.tables import Table
from calculators.core.exploring.sensitivity import STEPS
from calculators.core.numbers.currencies import CURRENCIES
from calculators.core.page import my_numbers
from calculators.core.page.carrying import carry
from calculators.core.page.pasting import paste
from calculators.core.page.tools import TOOLS, open_link
from calculators.core.running.calculator import Calculator, all_calculators, find
from calculators.core.running.my_numbers import learned_from
from calculators.core.running.run import Result, culprit, error_json, remarks_json, run, run_text
from calculators.core.words.catalogue import LANGUAGES, take_group_words

# A link in it may be as long as `links` allows; the page sends less of what is typed (form_values.js).
_LONGEST_QUESTION = 4_000_000
_DEEPEST_QUESTION = 20
# The page's questions begin with their number: it comes back even where the rest is not read.
_NUMBER = re.compile(r'\s*\{\s*"number"\s*:\s*([0-9]{1,15})\s*[,}]')
# What every question has, and what the tools need besides.
_TEXTS = ("calculator", "language", "currency")
_TEXTS_OF_TOOLS = {
    "open": ("link",),
    "reopen": ("link",),
    "carry": ("from",),
    "paste": ("table", "text", "column"),
    "compare": ("kept",),
    "solve": ("unknown", "output", "target"),
    "sensitivity": ("output", "step"),
    "text": ("address",),
    "workbook": ("address",),
}
# What is asked without a calculator.
_ASKED_ALONE = "numbers"
# What is answered whatever stands in the fields.
_ASKED_HERE = ("open", "reopen", "carry", "paste", "values", "offers")
_MOST_PLACES, _LONGEST_MESSAGE = 40, 300


def answer(question: str) -> str:
    """Answer a question of the page; both are JSON texts.

    The question names `calculator`, `language`, `currency` ("" for none) and
    `inputs` (what stands in each field: a text, or for tables and ticked boxes
    a list); its `number` comes back, so that a stale answer can be told from
    the latest. The answer holds either

    - `errors`: `[{"input", "code", "text"}]`, one for each refused field (with `row`, null for a whole column, and
      `column` in a table; with `choices` where it may mean something: `label` and the `value` of the whole field;
      `input` is "" where it is no single field), or
    - what `to_page` returns, and `remarks` (`input`, `column`, `text`, `choices`): how a number was read that somebody
      else would read otherwise.

    With `ask`, the question is for one of `calculators.core.page.tools` and the
    answer holds what that returns; `{"ask": "open", "link": …}` is answered
    with the inputs that a link holds, and their result (`reopen`: that a scenario kept by the browser holds),
    `{"ask": "carry", …}` as `calculators.core.page.carrying` says, `{"ask": "paste", …}` as `pasting` beside it, and
    `{"ask": "values", …}`, whose `inputs` are values as programs write them, as the command line prints a result.
    `{"ask": "offers", …}` and, without a calculator, `{"ask": "numbers", …}` are answered as
    `calculators.core.page.my_numbers` says.

    Only MemoryError is ever raised: then the device gives no more, and the worker is to end. What nobody foresaw is a
    refusal as well, with its `trace` for the developer's console.
    """
    begins = _NUMBER.match(question)
    asked: dict[str, Any] = {"number": int(begins[1])} if begins else {}
    try:
        asked |= _parsed(question)
        if asked.get("ask") == _ASKED_ALONE:
            _check_alone(asked)
            return _answer_text(asked, my_numbers.numbers(asked))
        _check(asked)
        return _answer_text(asked, _answered(asked))
    except InvalidInputs as refused:
        return _answer_text(asked, _refusal(refused, asked))
    except MemoryError:
        raise
    except Exception as error:
        return _answer_text(asked, _unforeseen(error, asked))


def _answer_text(asked: dict[str, Any], answered: dict[str, Any]) -> str:
    number = asked.get("number")
    whole = {"number": number if isinstance(number, int) else None} | answered
    return whole_text(json.dumps(whole, ensure_ascii=False, allow_nan=False))


def _parsed(question: str) -> dict[str, Any]:
    """Return what a question's text holds; raises InvalidInputs."""
    if len(question) > _LONGEST_QUESTION:
        raise InvalidInputs([InvalidInput("", "too_much")])
    try:
        asked = bounded_json(question, longest=_LONGEST_QUESTION, deepest=_DEEPEST_QUESTION)
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise InvalidInputs([InvalidInput("", "unreadable_question")])
    return asked


def _check(asked: dict[str, Any]) -> None:
    """Raise InvalidInputs where a question lacks what it needs, or names what does not exist."""
    texts = (*_TEXTS, *_TEXTS_OF_TOOLS.get(str(asked.get("ask")), ()))
    is_whole = isinstance(asked.get("inputs"), dict) and all(isinstance(asked.get(name), str) for name in texts)
    if not is_whole or asked["language"] not in LANGUAGES or asked.get("ask", "open") not in (*_ASKED_HERE, *TOOLS):
        raise InvalidInputs([InvalidInput("", "unreadable_question")])
    try:
        calculator = find(asked["calculator"])
    except InvalidInput as error:
        raise InvalidInputs([error]) from None
    take_group_words(asked["language"], calculator.group)
    # Ratings have no step to pick: they move by one level.
    steps = [*map(str, STEPS), "1"]
    known = {"unknown": [*calculator.variable_inputs], "output": [*calculator.figures], "step": steps}
    for name in known.keys() & set(texts):
        if asked[name] not in known[name]:
            raise InvalidInputs([InvalidInput(name, "not_a_choice", typed=asked[name], names=", ".join(known[name]))])


def _check_alone(asked: dict[str, Any]) -> None:
    """Raise InvalidInputs where a question about the reader's numbers lacks what it needs."""
    kinds = {"language": str, "currency": str, "file": str, "typed": dict, "numbers": dict}
    is_whole = all(isinstance(asked.get(name), kind) for name, kind in kinds.items())
    if not is_whole or asked["language"] not in LANGUAGES:
        raise InvalidInputs([InvalidInput("", "unreadable_question")])


def _answered(asked: dict[str, Any]) -> dict[str, Any]:
    if asked.get("ask") in {"open", "reopen"}:
        return open_link(asked, to_page, is_kept=asked["ask"] == "reopen")
    if asked.get("ask") == "carry":
        return carry(asked)
    if asked.get("ask") == "paste":
        return paste(asked)
    if asked.get("ask") == "offers":
        return my_numbers.offers(asked)
    if asked.get("ask") == "values":
        return run(asked["calculator"], asked["inputs"], asked["language"], asked["currency"]).to_json()
    result = run_text(asked["calculator"], asked["inputs"], asked["language"], asked["currency"])
    if "ask" in asked:
        return TOOLS[asked["ask"]](result, asked)
    remarks = remarks_json(result.calculator, asked["inputs"], asked["language"], asked["currency"])
    return to_page(result) | {"remarks": remarks}


def _refusal(refused: InvalidInputs, asked: dict[str, Any]) -> dict[str, Any]:
    language = next((known for known in LANGUAGES if known == asked.get("language")), LANGUAGES[0])
    currency = next((known for known in CURRENCIES if known == asked.get("currency")), "")
    answered: dict[str, Any] = {"errors": [error_json(error, language, currency) for error in refused.errors]}
    if refused.__cause__ is not None:
        answered["trace"] = trace(refused.__cause__)
    return answered


def _unforeseen(error: Exception, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the refusal of what ran into an error, at the input that led there if it is a single one."""
    if asked.get("ask") in {"open", "reopen"}:
        return {"broken": True, "trace": trace(error)}
    if "calculator" not in asked:
        return _refusal(InvalidInputs([InvalidInput("", "not_computable")]), asked) | {"trace": trace(error)}
    defaults = default_texts(asked["calculator"], asked["language"])
    given = {name: text for name, text in asked["inputs"].items() if name in defaults}
    name = culprit(given, defaults, lambda inputs: _answered(asked | {"inputs": inputs}))
    return _refusal(InvalidInputs([InvalidInput(name, "not_computable")]), asked) | {"trace": trace(error)}


def trace(error: BaseException) -> str:
    """Return where it happened and what, for a developer.

    Not by `traceback`, which imports more when it is asked: the snapshot of the browser has no such modules.
    """
    lines, place = ["Traceback:"], error.__traceback__
    while place is not None:
        code = place.tb_frame.f_code
        lines.append(f"  {code.co_filename}:{place.tb_lineno} in {code.co_qualname}")
        place = place.tb_next
    return "\n".join([*lines[:_MOST_PLACES], f"{type(error).__name__}: {error}"[:_LONGEST_MESSAGE]])


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
    precision or null, `text`, `sample`, and `words` of a large one; `rows` of a table, `items` of a list),
    `working` (each formula with the reader's numbers), `notes` (sentences), `remarks` (none: see `answer`),
    `chart` (or null), `definitions`, `quantities` (what it says about the reader's numbers: `learned_from`),
    `headline` (the answer to the question) and `summary` (what is spoken).
    """
    calculator = result.calculator
    notes: dict[str, str] = {}
    for note in result.notes:
        # One sentence for several outputs is shown once.
        notes.setdefault(result.note_text(note), note.code)
    values = result.to_json()["outputs"]
    chart = calculator.chart(result) if calculator.chart else None
    return {
        "inputs": input_texts(result),
        "outputs": {
            name: {"value": values[name]} | _texts(result, name, field)
            for name, field in calculator.result_fields.items()
        },
        "working": {name: text for name in calculator.working if (text := _working(result, name))},
        "notes": [{"code": code, "text": text} for text, code in notes.items()],
        "remarks": [],
        "chart": chart and charts.to_page(chart, result.numerals),
        "definitions": definitions.to_page(calculator.definitions(result.inputs, result.figures), result)
        if calculator.definitions
        else [],
        "quantities": learned_from(result),
        "headline": result.headline,
        "summary": result.headline,
    }


def _has_figure(result: Result, name: str) -> bool:
    # Not by its text: that of a long table takes longer than all the rest.
    return not isinstance(getattr(result.figures, name.partition(".")[0]), Undefined)


def _working(result: Result, name: str) -> str:
    return result.working(name) if _has_figure(result, name) else ""


def _texts(result: Result, name: str, field: Field) -> dict[str, Any]:
    value = result.outputs[name]
    if isinstance(field, Table):
        return {"rows": [] if value is None else field.show_rows(value, result.numerals)}
    if isinstance(field, Choices | Sentences):
        return {"items": [] if value is None else field.show_each(value, result.numerals)}
    text = {"text": result.text(name) or "–", "sample": result.sample(name)}
    words = result.numerals.in_words(value) if isinstance(value, Decimal) and field.kind in {"money", "count"} else None
    return text | {"words": words} if words else text


def default_answers() -> dict[str, dict[str, Any]]:
    """Return the answer for the defaults of every calculator in every language."""
    return {language: {name: default_answer(name, language) for name in all_calculators()} for language in LANGUAGES}


def warm_up() -> None:
    """Run everything once, so that a memory snapshot holds whatever may be imported later."""
    for language in LANGUAGES:
        for name, calculator in all_calculators().items():
            texts = default_texts(name, language)
            for currency in ("", "EUR"):
                question = {"calculator": name, "language": language, "currency": currency, "inputs": texts}
                answer(json.dumps(question))
                for asked in _tool_questions(calculator):
                    answer(json.dumps(question | asked))
            # Neither does what nobody foresees import anything then.
            answer(json.dumps(question | {"inputs": texts | dict.fromkeys(texts, 0)}))
            refused = {field: "?" for field, text in texts.items() if isinstance(text, str)}
            answer(json.dumps(question | {"inputs": texts | refused}))


def _tool_questions(calculator: Calculator) -> list[dict[str, Any]]:
    link = {"link": f"{calculator.id}?", "kept": f"{calculator.id}?"}
    asked: list[dict[str, Any]] = [
        {"ask": name, "address": ""} | link for name in ("open", "link", "keep", "text", "csv", "calendar", "compare")
    ]
    asked += [{"ask": "reopen"} | link, {"ask": "carry", "from": LANGUAGES[-1]}, {"ask": "values", "inputs": {}}]
    known = {"value": "0.5", "from": "win-rate", "day": "2026-11-30", "currency": "EUR"}
    every_quantity = {"numbers": dict.fromkeys(QUANTITIES, known)}
    asked += [{"ask": "offers"} | every_quantity]
    for file, typed in (("", "1"), (json.dumps(every_quantity), "?"), ('{"win_rate": 2}', ""), ("?", "1")):
        asked += [{"ask": "numbers", "file": file, "typed": dict.fromkeys(QUANTITIES, typed)} | every_quantity]
    if calculator.variable_inputs and calculator.figures:
        figure = {"output": next(iter(calculator.figures)), "step": "0.1", "target": "1"}
        unknown = {"unknown": next(iter(calculator.variable_inputs))}
        asked += [{"ask": "sensitivity"} | figure, {"ask": "solve"} | figure | unknown]
    return asked
