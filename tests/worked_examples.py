"""The worked examples in `tests/examples/`: run in Python, on the command line, in Pyodide and in the page.

They are read from the file that is published, so that what is checked here is what readers run in their own browser.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.pages import answer_key

# Data sets and published examples without a licence to ship; tests that need them skip where they are absent.
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Inputs and what a calculator must make of them.

    Of an expected table, only the cells given are compared; the word "undefined" stands for a cell without a figure.
    `missing` names the reason of each output that has no meaning, `notes` the
    cautions, `wrong` figures that somebody published and that must not appear.
    """

    calculator: str
    name: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    missing: dict[str, str]
    notes: list[str]
    wrong: dict[str, float]
    tolerance: float
    published_as: str | None

    def __str__(self) -> str:
        return f"{self.calculator}: {self.name}"


def all_examples() -> list[Example]:
    """Return the examples of every calculator."""
    published = json.loads(answer_key.content())
    return [Example(**{name: example.get(name) for name in Example.__slots__}) for example in published]


def check(example: Example, printed: dict[str, Any]) -> None:
    """Compare a result, as `run --json` prints it, with what an example expects."""
    outputs = printed["outputs"]
    for name, expected in example.outputs.items():
        assert outputs[name] is not None, f"{name} is missing"
        assert _agrees(outputs[name], expected, example.tolerance), f"{name}: {outputs[name]}"
    for name, figure in example.wrong.items():
        assert outputs[name] != figure, f"{name} is wrong as published"
    reasons = {note["output"]: note["code"] for note in printed["notes"] if outputs[note["output"]] is None}
    assert reasons == example.missing
    cautions = [note["code"] for note in printed["notes"] if outputs[note["output"]] is not None]
    assert cautions == example.notes


def _agrees(printed: Any, expected: Any, tolerance: float) -> bool:
    if expected == "undefined":
        return printed is None
    if isinstance(expected, dict):
        return all(_agrees(printed[name], cell, tolerance) for name, cell in expected.items())
    if isinstance(expected, list):
        return len(printed) == len(expected) and all(
            _agrees(*pair, tolerance) for pair in zip(printed, expected, strict=True)
        )
    if isinstance(expected, bool | str):
        return bool(printed == expected)
    return printed is not None and abs(printed - expected) <= tolerance * max(1.0, abs(expected))
