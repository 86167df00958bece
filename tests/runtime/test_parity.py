"""The browser's Python answers exactly as this one: plainly booted, and restored from the snapshot."""

import base64
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from calculators.core.numbers.numerals import numerals
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import all_calculators
from calculators.core.running.run import run
from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT, executable
from tests.worked_examples import all_examples

RUNTIME = PROJECT / "build" / "runtime"
REFUSED = {"won": "abc", "lost": "1.5"}


def questions() -> list[str]:
    """Every worked example as a page asks it, in every language, with and without a currency; and a refused one."""
    asked: list[dict[str, Any]] = [
        {"calculator": "win-rate", "language": language, "currency": "", "inputs": REFUSED} for language in LANGUAGES
    ]
    for example in all_examples():
        result = run(example.calculator, example.inputs)
        for language in LANGUAGES:
            texts = {
                name: field.write_text(getattr(result.inputs, name), numerals(language))
                for name, field in result.calculator.input_fields.items()
            }
            for currency in ("", "KRW"):
                asked.append(
                    {
                        "calculator": example.calculator,
                        "language": language,
                        "currency": currency,
                        "inputs": texts,
                    }
                )
    return [json.dumps({"number": number} | question) for number, question in enumerate(asked)]


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


@pytest.mark.parametrize("boot", ["plain", "snapshot"])
def test_pyodide_answers_as_cpython(boot: str, tmp_path: Path) -> None:
    """Identical JSON for every example in every language: figures, texts, reasons and refusals."""
    asked = questions()

    assert ask_pyodide(boot, asked, tmp_path) == [answer(question) for question in asked]


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
