"""`python -m calculators analyse`: statuses, files and sentences."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from calculators.__main__ import main
from calculators.core.words.catalogue import LANGUAGES

DEALS = """Id,Name,Owner,Stage,Amount,Created,Closed
1,"=HYPERLINK(""http://x"")",Ann,Won,"1,200.50",2026-01-05,2026-02-14
2,B,Bob,Lost,300,2026-01-10,2026-03-01
3,C,Ann,Demo,700,2026-04-01,
4,D,Ann,Won,900,2026-02-01,2026-03-15
5,E,Bob,Lost,400,2026-02-03,2026-02-20
6,F,Bob,Won,100,2026-02-03,2026-04-20
Total,,,,"3,600.50",,
"""
DOUBTFUL = "Name,Stage,Created,Closed\nA,Won,01/02/2026,03/04/2026\nB,Lost,02/03/2026,05/06/2026\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a small export."""
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return path


def answered(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """Return the exit status and the JSON of a command."""
    status = main(["analyse", *map(str, arguments), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_an_answer_has_all_names_of_the_contract(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0, and nothing is missing, null or not."""
    status, answer = answered(capsys, file, "--by", "owner", "--quota", "5000", "--as-of", "2026-05-01")
    assert status == 0
    assert list(answer) == [
        "file", "columns", "outcomes", "set_aside", "doubts", "as_of", "figures", "slices", "notes", "mapping",
    ]  # fmt: skip
    assert answer["file"] == {
        "name": "deals.csv", "encoding": "utf-8", "delimiter": ",", "sheet": None, "header_row": 1, "rows": 6,
        "fields": 7,
    }  # fmt: skip
    assert {
        "deals", "won", "lost", "open", "win_rate", "win_rate_by_value", "deal_size", "won_value", "lost_value",
        "open_value", "cycle", "cycle_of_won", "velocity", "revenue", "revenue_by_month", "growth_per_quarter",
        "stages", "stage_conversion", "stalled", "coverage", "forecast", "back_test", "cohorts",
    } <= answer["figures"].keys()  # fmt: skip
    assert answer["figures"]["won_value"] == 2200.5
    assert answer["figures"]["coverage"]["quota"] == 5000
    assert answer["as_of"]["date"] == "2026-05-01"
    assert [entry["value"] for entry in answer["slices"]["owner"]] == ["Ann", "Bob"]
    assert answer["set_aside"][0]["lines"] == [8]


def test_an_open_doubt_is_status_3_with_the_effect_of_each_choice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What does not depend on it is answered all the same."""
    path = tmp_path / "doubt.csv"
    path.write_text(DOUBTFUL, encoding="utf-8")
    status, answer = answered(capsys, path)
    assert status == 3
    doubt = answer["doubts"][0]
    assert (doubt["code"], doubt["decided"], answer["figures"]["won"], answer["figures"]["cycle"]) == (
        "date_order", None, 1, None,
    )  # fmt: skip
    effects = {choice["value"]: choice["effect"]["cycle_median_days"] for choice in doubt["choices"]}
    assert effects == {"day_first": 78, "month_first": 76.5}
    status, answer = answered(capsys, path, "--decide", "date_order=day_first")
    assert (status, answer["figures"]["cycle"]["median_days"]) == (0, 78)
    assert (answer["doubts"][0]["decided"], answer["doubts"][0]["by"]) == ("day_first", "option")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--decide", "nonsense=1"), "unknown_decision"),
        (("--decide", "date_order"), "unknown_decision"),
        (("--decide", "outcome:Demo=perhaps"), "unknown_meaning"),
        (("--as-of", "tomorrow"), "not_a_day"),
        (("--quota", "a lot"), "not_an_amount"),
        (("--quota", "-5"), "not_an_amount"),
        (("--by", "moon"), "unknown_column"),
        (("--mapping", "/nowhere.json"), "unreadable_file"),
        (("--history", "/nowhere.csv"), "unreadable_file"),
    ],
)
def test_what_cannot_be_used_is_status_2(
    file: Path, arguments: tuple[str, str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is read by halves."""
    status, answer = answered(capsys, file, *arguments)
    assert status == 2
    assert [error["code"] for error in answer["errors"]] == [code]
    assert answer["errors"][0]["text"]


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence, no traceback."""
    status, answer = answered(capsys, "/nowhere/deals.csv")
    assert (status, answer["errors"][0]["code"]) == (2, "unreadable_file")


def test_what_is_written_is_harmless_and_complete(file: Path, tmp_path: Path) -> None:
    """The cleaned table, the rows set aside, and a mapping that brings the same answer."""
    clean, aside, mapping = tmp_path / "clean.csv", tmp_path / "aside.csv", tmp_path / "mapping.json"
    status = main(
        ["analyse", str(file), "--clean", str(clean), "--set-aside", str(aside), "--save-mapping", str(mapping)]
    )
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(clean.read_text(encoding="utf-8-sig"))))
    assert rows[0]["name"].startswith("'=")
    assert (rows[0]["line"], rows[0]["amount"], rows[0]["created"], rows[0]["outcome"]) == (
        "2",
        "1200.5",
        "2026-01-05",
        "won",
    )
    assert rows[2]["closed"] == ""
    assert [row["line"] for row in csv.DictReader(io.StringIO(aside.read_text(encoding="utf-8-sig")))] == ["8"]
    assert json.loads(mapping.read_text(encoding="utf-8"))["columns"]["Closed"] == "closed"
    assert main(["analyse", str(file), "--mapping", str(mapping)]) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_speaks_the_language(file: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With its numbers, and without a name of a placeholder."""
    assert main(["analyse", str(file), "--language", language]) == 0
    text = capsys.readouterr().out
    assert len(text.splitlines()) > 20
    assert "{" not in text
    assert ("Win rate" in text) == (language == "en")
