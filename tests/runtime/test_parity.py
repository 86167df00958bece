"""The browser's Python answers exactly as this one: plainly booted, and restored from the snapshot."""

import base64
import io
import json
import subprocess
import zipfile
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from calculators.core.declaring.choices import Choice, Choices, Rating
from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.declaring.tables import Table
from calculators.core.exploring.sensitivity import STEPS
from calculators.core.numbers.numerals import numerals
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import all_calculators
from calculators.core.running.run import run
from calculators.core.taking_along.links import to_link
from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.support import PROJECT, executable
from tests.worked_examples import all_examples

RUNTIME = PROJECT / "build" / "runtime"
REFUSED = {"won": "abc", "lost": "1.5"}
PICKED = (Choice, Choices, Rating)


def questions(language: str) -> list[str]:
    """Every worked example as a page asks it in a language, with and without a currency; and a refused one."""
    asked: list[dict[str, Any]] = [{"calculator": "win-rate", "currency": "", "inputs": REFUSED}]
    for example in all_examples():
        result = run(example.calculator, example.inputs)
        texts = {
            name: field.write_text(getattr(result.inputs, name), numerals(language))
            for name, field in result.calculator.input_fields.items()
        }
        asked += [{"calculator": example.calculator, "currency": currency, "inputs": texts} for currency in ("", "KRW")]
    return numbered(asked + about_numbers(language) + about_days(language) + about_tools(language), language)


def about_tools(language: str) -> list[dict[str, Any]]:
    """Return what the tools around each calculator ask, but for workbooks and calendars, which are asked elsewhere."""
    asked: list[dict[str, Any]] = []
    for calculator in all_calculators().values():
        result = run(calculator.id, {}, language)
        question = {"calculator": calculator.id, "currency": "", "inputs": default_texts(calculator.id, language)}
        question["address"] = "https://example.org/"
        asked += [question | {"ask": name} for name in ("link", "keep", "text", "csv")]
        asked.append(question | {"ask": "compare", "kept": to_link(result, with_private=True)})
        asked.append(question | {"ask": "open", "link": to_link(result)})
        output, unknown = next(iter(calculator.figures), ""), next(iter(calculator.variable_inputs), "")
        if not output or not unknown:
            continue
        is_scorecard = isinstance(calculator.variable_inputs[unknown], Rating)
        step = "1" if is_scorecard else str(STEPS[0])
        asked.append(question | {"ask": "sensitivity", "output": output, "step": step})
        # How long it may look is counted by a clock: what takes long would be answered by one machine and not another.
        if not any(isinstance(field, Table) for field in calculator.input_fields.values()):
            asked += [
                question | {"ask": "solve", "output": output, "unknown": unknown, "target": target}
                for target in ("1", "0", "-", "x")
            ]
    return asked


def about_days(language: str) -> list[dict[str, Any]]:
    """Return questions with days as people write them, well and badly, and for the file of a calendar program."""
    inputs = default_texts("mutual-action-plan", language)
    question = {"calculator": "mutual-action-plan", "currency": ""}
    typed = (
        "1 Dec 2026",
        "3/4/2027",
        "2027. 3. 4.",
        "2027年3月4日（木）",
        "Πέμπτη 4 Μαρτίου 2027",
        "Τετάρτη 4 Μαρτίου 2027",
        "2027년 3월 4일 목요일",
        "昭和 60年3月4日",
        "29.2.2027",
        "",
        "x",
    )
    asked = [question | {"inputs": inputs | {"go_live": text}} for text in typed]
    # A dash, numbers in circles, a name with a comma, one of two steps, and more days than the calendar has.
    for after, length in (("–", "1"), ("①②", "1"), ("A, B", "1"), ("C", "1"), ("1", "36525")):
        names = ("A, B", "C", "C", *(f"Step {place}" for place in range(300)))
        rows = [{"name": name, "owner": "", "days": length, "after": "", "done": ""} for name in names]
        for place, row in enumerate(rows[3:], start=3):
            row["after"] = after if after != "1" else str(place)
        asked.append(question | {"inputs": inputs | {"steps": rows[: 8 if after != "1" else None]}})
    return [*asked, question | {"inputs": inputs, "ask": "calendar"}]


def about_numbers(language: str) -> list[dict[str, Any]]:
    """Return questions about what is known of a reader, of calculators and of its page: days, files and refusals."""
    known = {"value": "0.315385", "from": "win-rate", "day": "2026-11-30", "currency": "EUR"}
    numbers = {
        name: known | {"value": "12" if field.is_whole else known["value"]} for name, field in QUANTITIES.items()
    }
    file = json.dumps({"format": "playbook-numbers", "numbers": numbers})
    typed = {"quota": "5" * 7, "win_rate": "0.3", "cycle_days": "?", "booked": ""}
    page = {"ask": "numbers", "currency": "", "numbers": numbers, "typed": {}, "file": ""}
    asked = [
        page,
        page | {"typed": typed},
        page | {"file": file},
        page | {"file": '{"win_rate": 3}'},
        page | {"file": "?"},
    ]
    for calculator in all_calculators().values():
        inputs = default_texts(calculator.id, language)
        question = {"ask": "offers", "calculator": calculator.id, "inputs": inputs, "numbers": numbers}
        asked += [question | {"currency": currency} for currency in ("", "EUR", "KRW")]
    return asked


def foreign_questions(language: str) -> list[str]:
    """Type what is picked as a page of each other language names it, and paste tables from there."""
    asked: list[dict[str, Any]] = []
    for other, calculator in product(LANGUAGES, all_calculators().values()):
        inputs = default_texts(calculator.id, language)
        question = {"calculator": calculator.id, "currency": "", "inputs": inputs}
        for name, field in calculator.input_fields.items():
            if isinstance(field, Table):
                block = pasted(field, calculator.defaults[name], language, other)
                paste = {"table": name, "text": block, "rows": inputs[name], "row": 0, "column": [*field.columns][-1]}
                asked.append(question | {"ask": "paste"} | paste)
            elif isinstance(field, PICKED):
                inputs[name] = named(field, calculator.defaults[name], other)
        asked.append(question)
    return numbered(asked, language)


def pasted(table: Table, rows: tuple[Any, ...], language: str, other: str) -> str:
    """Return a table with headings and names of another language, and numbers of this one."""
    lines = [[catalogue(other).gettext(field.label) for field in table.columns.values()]]
    for row in rows:
        values = {column: getattr(row, column) for column in table.columns}
        lines.append(
            [
                named(field, values[column], other)
                if isinstance(field, PICKED)
                else field.write_text(values[column], numerals(language))
                for column, field in table.columns.items()
            ]
        )
    return "\n".join("\t".join(line) for line in lines)


def named(field: Choice | Choices | Rating, value: Any, language: str) -> str:
    """Return what is picked as a page of a language names it."""
    if isinstance(field, Choices):
        return "\n".join(field.show_each(value, numerals(language)))
    return field.show(value, numerals(language))


def numbered(asked: list[dict[str, Any]], language: str) -> list[str]:
    """Return questions as texts."""
    return [json.dumps({"number": number, "language": language} | question) for number, question in enumerate(asked)]


def ask_pyodide(boot: str, asked: list[str], scratch: Path) -> list[str]:
    """Return Pyodide's answers, booted "plain" or from the "snapshot"."""
    command = [
        executable("node"),
        str(PROJECT / "tests" / "runtime" / "answers.mjs"),
        boot,
        str(RUNTIME),
        str(scratch),
    ]
    done = subprocess.run(command, input="\n".join(asked), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("boot", ["plain", "snapshot"])
def test_pyodide_answers_as_cpython(boot: str, language: str, tmp_path: Path) -> None:
    """Identical JSON for every example, figures, texts, reasons and refusals, with what a page of the language has."""
    asked = questions(language)

    assert ask_pyodide(boot, asked, tmp_path) == [answer(question) for question in asked]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_one_language_understand_all_others(language: str, tmp_path: Path) -> None:
    """What can be picked and headings of tables, as other pages name them, though their words are not there."""
    asked = foreign_questions(language)
    expected = [answer(question) for question in asked]

    assert ask_pyodide("snapshot", asked, tmp_path) == expected
    assert not [text for text in expected if "errors" in json.loads(text) or "refusal" in json.loads(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_typed_on_another_page_is_read_as_there(language: str, tmp_path: Path) -> None:
    """The words of that language come along for it."""
    asked = [
        {"ask": "carry", "from": other, "calculator": name, "currency": "EUR", "inputs": default_texts(name, other)}
        for other, name in product(LANGUAGES, all_calculators())
    ]
    texts = numbered(asked, language)

    assert ask_pyodide("snapshot", texts, tmp_path) == [answer(question) for question in texts]


@pytest.mark.parametrize("boot", ["plain", "snapshot"])
def test_pyodide_writes_the_workbooks_of_cpython(boot: str, tmp_path: Path) -> None:
    """Identical contents, for every calculator in every language; only the time when they were made differs."""
    asked = [
        json.dumps(
            {
                "ask": "workbook",
                "address": f"https://example.org/{language}/#{calculator}",
                "calculator": calculator,
                "language": language,
                "currency": "KRW",
                "inputs": default_texts(calculator, language),
            }
        )
        for language in LANGUAGES
        for calculator in all_calculators()
    ]

    written = ask_pyodide(boot, asked, tmp_path)

    assert [contents(text) for text in written] == [contents(answer(question)) for question in asked]


def contents(text: str) -> dict[str, bytes]:
    """Return the parts of an answered workbook, but for the one that holds when it was made."""
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(json.loads(text)["base64"])))
    return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}
