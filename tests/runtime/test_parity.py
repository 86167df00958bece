"""The browser's Python answers exactly as this one: plainly booted, and restored from the snapshot."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from calculators.core.catalogue import LANGUAGES
from calculators.core.numerals import numerals
from calculators.core.page import answer
from calculators.core.run import run
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


@pytest.mark.parametrize("boot", ["plain", "snapshot"])
def test_pyodide_answers_as_cpython(boot: str, tmp_path: Path) -> None:
    """Identical JSON for every example in every language: figures, texts, reasons and refusals."""
    asked = questions()
    command = [
        executable("node"),
        str(PROJECT / "tests" / "runtime" / "answers.mjs"),
        boot,
        str(RUNTIME),
        str(tmp_path),
    ]

    done = subprocess.run(command, input="\n".join(asked), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == [answer(question) for question in asked]
