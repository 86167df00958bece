"""The answer key: tiny exports with one trap each, published with the site, and the right reading of each."""

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from calculators.analysis.analyse import Analysis, analyse
from calculators.analysis.gate.choices import Choices, Mapping
from tests.support import PROJECT

FOLDER = PROJECT / "docs" / "assets" / "answer-key"
KEY: list[dict[str, Any]] = tomllib.loads((FOLDER / "answers.toml").read_text(encoding="utf-8"))["file"]
TODAY = date(2026, 11, 29)
FACTS = ("encoding", "delimiter", "sheet")


def choices_of(options: list[str]) -> Choices:
    """Return what the options of a command line choose, as far as the key uses them."""
    mapping, decided, as_of = Mapping(), Mapping(), None
    for option, value in zip(options[::2], options[1::2], strict=True):
        if option == "--decide":
            code, _, choice = value.rpartition("=")
            decided = decided.with_decision(code, choice)
        elif option == "--mapping":
            mapping = Mapping.from_json(json.loads((FOLDER / value).read_text(encoding="utf-8")))
        else:
            assert option == "--as-of", option
            as_of = date.fromisoformat(value)
    return Choices(mapping=mapping, options=decided, as_of=as_of)


def figure(analysis: Analysis, path: str) -> object:
    """Return a figure by its path in the answer, "none" for what has no meaning."""
    value: Any = analysis.figures
    for name in path.split("."):
        value = getattr(value, name)
        if value is None:
            return "none"
    return round(float(value), 6) if isinstance(value, Decimal | float) else value


def columns_of(analysis: Analysis) -> dict[str, dict[str, str]]:
    """Return role, order and decimal mark of each column by its name."""
    understood = analysis.understood
    found = {}
    for profile in analysis.loaded.profiles:
        chosen, reading = understood.chosen.get(profile.place), understood.readings.get(profile.place)
        found[profile.name] = {
            "role": chosen.role if chosen else "none",
            "order": reading.order or "none" if reading else "none",
            "decimal_mark": reading.mark or "none" if reading else "none",
        }
    return found


@pytest.mark.parametrize("answer", KEY, ids=[answer["name"] for answer in KEY])
def test_the_analyser_reads_the_file_right(answer: dict[str, Any]) -> None:
    """Deals, figures, columns, doubts and notes are those of the key, and rows that are no deals are counted."""
    if answer["name"].endswith(".xlsx"):
        pytest.importorskip("python_calamine")
    analysis = analyse(FOLDER / answer["name"], choices_of(answer.get("options", [])), today=TODAY)
    understood = analysis.understood
    facts = analysis.loaded.table.facts
    assert {name: getattr(facts, name) for name in FACTS if name in answer} == {
        name: answer[name] for name in FACTS if name in answer
    }
    assert len(understood.deals) == answer["rows"]
    assert sum(len(group.rows) for group in understood.set_aside) == answer["set_aside"]
    assert [doubt.code for doubt in understood.doubts] == answer["doubts"]
    assert (3 if analysis.open_doubts else 0) == answer["status"]
    assert set(answer["notes"]) <= {note.code for note in understood.notes}
    columns = columns_of(analysis)
    for name, expected in answer.get("columns", {}).items():
        assert {key: columns[name][key] for key in expected} == expected, name
    expected_figures = answer.get("figures", {})
    assert {path: figure(analysis, path) for path in expected_figures} == pytest.approx(expected_figures)


def test_every_file_of_the_folder_has_its_answer() -> None:
    """A file without an answer shows nothing, an answer without its file cannot be tried."""
    named = {answer["name"] for answer in KEY} | {
        option for answer in KEY for option in answer.get("options", []) if option.endswith(".json")
    }
    assert named | {"README.txt", "answers.toml"} == {file.name for file in FOLDER.iterdir()}


def test_files_are_tiny_and_as_written() -> None:
    """Anyone can read them at a glance; encodings and line ends are what some of them are about."""
    assert all(file.stat().st_size < 7_000 for file in FOLDER.glob("[0-9]*"))
    assert (FOLDER / "08-korean-cp949.csv").read_bytes().decode("cp949").startswith("영업기회명")
    assert b"\r\n" in (FOLDER / "13-line-ends-of-two-kinds.csv").read_bytes()
    assert "answer-key/* -text" in Path(PROJECT / ".gitattributes").read_text(encoding="utf-8")
