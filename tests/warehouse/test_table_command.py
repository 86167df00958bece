"""`python -m calculators analyse --table … --on …`: the answer of a file, and every refusal with its sentence."""

import csv
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from calculators.__main__ import main
from calculators.core.words.catalogue import LANGUAGES
from tests.warehouse.many_deals import several

pytest.importorskip("ibis", reason="the extra “warehouse” is not installed")

import duckdb

from calculators.warehouse.connecting import without_secrets

HEADERS = (
    "id", "created", "closed", "outcome", "amount", "currency", "stage", "owner", "probability", "pipeline", "source",
)  # fmt: skip
TYPES = ("varchar", "date", "date", "varchar", "decimal(18, 2)", "varchar", "varchar", "varchar", "double", "varchar")
type Rows = list[list[Any]]


def rows() -> Rows:
    """Return deals with everything that a table may hold: doubled rows, an id again, currencies, odd words, no deal."""
    ids = count(1)
    found: Rows = []
    for deal in several(160, 3):
        groups = deal.groups
        outcome = {"won": "Closed Won", "lost": "lost"}.get(deal.outcome, deal.outcome)
        fields = (f"D{next(ids)}", deal.created, deal.closed, outcome, deal.amount, "EUR", groups["stage"])
        found.append([*fields, groups["owner"], deal.probability, groups["pipeline"], "Web"])
    found[4][4] = -20
    found[5][4] = 0
    found.append(list(found[10]))
    found.append([*found[11][:4], 777, *found[11][5:]])
    found.append(["X1", *found[12][1:2], None, "Waiting", 50, "EUR", *found[12][6:]])
    found.append([None, found[13][1], None, None, 0, "EUR", None, *found[13][7:]])
    return found


def write(folder: Path, held: Rows) -> tuple[Path, Path]:
    """Write deals as a CSV file and as a DuckDB database."""
    file, database = folder / "deals.csv", folder / "deals.db"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADERS)
        writer.writerows([["" if value is None else value for value in row] for row in held])
    with duckdb.connect(str(database)) as engine:
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(HEADERS, (*TYPES, "varchar"), strict=True))
        engine.execute(f"create table deals ({columns})")
        marks = ", ".join("?" * len(HEADERS))
        engine.executemany(f"insert into deals values ({marks})", held)  # noqa: S608 - marks only
    return file, database


def answered(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """Return the exit status and the JSON of a command."""
    status = main(["analyse", *map(str, arguments), "--json"])
    return status, json.loads(capsys.readouterr().out)


def comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what of an answer must be the same for a file and a table of the same deals."""
    figures = dict(answer["figures"])
    for name, by in (("stages", "stage"), ("pipelines", "pipeline")):
        figures[name] = sorted(figures[name] or [], key=lambda row: str(row[by]))
    if figures["stalled"]:
        limits = sorted(figures["stalled"]["limits"], key=lambda row: str(row["stage"]))
        figures["stalled"] = figures["stalled"] | {"limits": limits}
    return {
        "figures": figures,
        "slices": {name: sorted(rows, key=str) for name, rows in answer["slices"].items()},
        "notes": sorted((note["code"], str(note["figure"])) for note in answer["notes"]),
        "set_aside": sorted((each["code"], each["rows"]) for each in answer["set_aside"]),
        "doubts": [
            (doubt["code"], doubt["decided"], [(each["value"], each["effect"]) for each in doubt["choices"]])
            for doubt in answer["doubts"]
        ],
        "outcomes": sorted(
            (each["value"], each["means"], each["deals"], each["reason"])
            for each in answer["outcomes"]
            if each["column"] == "outcome"
        ),
        "as_of": answer["as_of"],
        "columns": [(column["name"], column["role"], column["kind"]) for column in answer["columns"]],
        "names": list(answer),
    }


CASES: dict[str, tuple[str, ...]] = {
    "as it is": ("--by", "owner", "--by", "source", "--by", "size", "--quota", "500000"),
    "on a past day": ("--as-of", "2024-06-30"),
    "a word decided": ("--decide", "outcome:Waiting=lost"),
}


@pytest.mark.parametrize("options", CASES.values(), ids=CASES)
def test_a_table_has_the_answer_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    """Names, counts of the gate, figures, slices, notes and doubts are the same."""
    file, database = write(tmp_path, rows())

    of_file = answered(capsys, file, *options)
    of_table = answered(capsys, "--table", "deals", "--on", f"duckdb:///{database}", *options)

    assert of_table[0] == of_file[0] == 0
    assert comparable(of_table[1]) == comparable(of_file[1])


def test_several_currencies_are_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 3 until one is chosen, with what each choice would show; then the others are set aside."""
    held = rows()[:40]
    for row in held[:12]:
        row[5] = "USD"
    held[20][5] = None
    file, database = write(tmp_path, held)
    table = ("--table", "deals", "--on", f"duckdb:///{database}")

    for options, status in (((), 3), (("--decide", "currency=USD"), 0)):
        of_file, of_table = answered(capsys, file, *options), answered(capsys, *table, *options)
        assert of_table[0] == of_file[0] == status
        assert comparable(of_table[1]) == comparable(of_file[1])


def test_closed_deals_without_a_word_are_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A closing date without an outcome is a doubt, as it is in a file."""
    held = rows()[:30]
    # Without a stage, which tells of a file's deal as well; of a table's deal its outcome alone does.
    held[0][2], held[0][3], held[0][6] = held[1][1], None, None
    file, database = write(tmp_path, held)

    of_file = answered(capsys, file)
    of_table = answered(capsys, "--table", "deals", "--on", f"duckdb:///{database}")

    assert of_table[0] == of_file[0] == 3
    assert comparable(of_table[1]) == comparable(of_file[1])


def test_a_folder_of_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parquet and CSV files are read where they lie, in parts or whole."""
    held = rows()
    for row in held:
        row[9] = None  # each pipeline has figures of its own, which take time
    _file, database = write(tmp_path, held)
    parts, whole = tmp_path / "parts", tmp_path / "whole"
    (parts / "deals").mkdir(parents=True)
    whole.mkdir()
    with duckdb.connect(str(database), read_only=True) as engine:
        engine.execute(f"copy (from deals where outcome = 'lost') to '{parts}/deals/one.parquet'")
        engine.execute(f"copy (from deals where outcome is distinct from 'lost') to '{parts}/deals/two.parquet'")
        engine.execute(f"copy deals to '{whole}/deals.csv' (header)")

    answers = [
        comparable(answered(capsys, "--table", "deals", "--on", place)[1])
        for place in (f"duckdb:///{database}", parts, whole)
    ]

    assert answers[0] == answers[1]
    assert answers[0]["figures"] == answers[2]["figures"]


def test_words_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the answer is read as that of a file; nothing names lines."""
    held = rows()
    for row in held:
        row[9] = None
    _file, database = write(tmp_path, held)
    for language in ("en", "ja"):
        assert main(["analyse", "--on", f"duckdb:///{database}", "--language", language]) == 0
        text = capsys.readouterr().out
        assert "{" not in text
        assert "…" not in "".join(line for line in text.splitlines() if line.startswith("!"))


# --- refusals --------------------------------------------------------------------------------------------------------


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    """Return the only error of a command that answers nothing."""
    status, answer = answered(capsys, *arguments)
    assert status == 2
    assert list(answer) == ["errors"]
    (error,) = answer["errors"]
    return dict(error)


def database_of(tmp_path: Path, columns: str) -> str:
    """Write an empty table with some columns and return its address."""
    with duckdb.connect(str(tmp_path / "odd.db")) as engine:
        engine.execute(f"create table deals ({columns})")
    return f"duckdb:///{tmp_path / 'odd.db'}"


def test_a_missing_column_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the columns that there are."""
    on = database_of(tmp_path, "id int, created date, outcome varchar, amount int")
    error = refused(capsys, "--table", "deals", "--on", on)
    assert (error["code"], error["column"]) == ("missing_column", "closed")
    assert "“closed”" in error["text"]
    assert "created" in error["text"]


@pytest.mark.parametrize(
    ("column", "kind"), [("amount", "varchar"), ("created", "varchar"), ("closed", "int"), ("outcome", "boolean")]
)
def test_a_wrong_type_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str, kind: str) -> None:
    """A text is no amount, and a text or a number no day."""
    kinds = {"id": "int", "created": "date", "closed": "date", "outcome": "varchar", "amount": "int"} | {column: kind}
    on = database_of(tmp_path, ", ".join(f"{name} {each}" for name, each in kinds.items()))
    error = refused(capsys, "--table", "deals", "--on", on)
    assert (error["code"], error["column"]) == ("wrong_type", column)
    assert f"“{column}”" in error["text"]


def test_an_unknown_table_and_column_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the tables that there are; a column to slice by must be there, too."""
    _file, database = write(tmp_path, rows()[:6])
    on = f"duckdb:///{database}"
    error = refused(capsys, "--table", "dealz", "--on", on)
    assert error["code"] == "unknown_table"
    assert "deals." in error["text"]
    error = refused(capsys, "--table", "deals", "--on", on, "--by", "region")
    assert (error["code"], error["column"]) == ("missing_column", "region")


@pytest.mark.parametrize("language", LANGUAGES)
def test_unreachable_engines_keep_their_password(capsys: pytest.CaptureFixture[str], language: str) -> None:
    """The sentence names the connection without its password, whatever the driver says."""
    on = "postgres://ann:s3cr%40t@127.0.0.1:9/crm?password=s3cr%40t"
    error = refused(capsys, "--on", on, "--language", language)
    assert error["code"] == "unreachable"
    assert "postgres://ann@127.0.0.1:9/crm" in error["text"]
    assert "s3cr" not in json.dumps(error)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("duckdb:///nowhere/deals.db", "unreachable"),
        ("oraculum://host/crm", "unknown_engine"),
        ("no/such/folder", "unknown_engine"),
        ("snowflake://ann:s3cret@account/crm", "engine_missing"),
    ],
)
def test_what_cannot_be_reached(capsys: pytest.CaptureFixture[str], on: str, code: str) -> None:
    """A database that is not there is not made; an engine that is unknown, or without a driver, is said to be."""
    error = refused(capsys, "--on", on)
    assert error["code"] == code
    assert "s3cret" not in error["text"]


def test_damaged_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not with a trace of the engine."""
    (tmp_path / "deals.parquet").write_bytes(b"PAR1 not at all")
    assert refused(capsys, "--on", tmp_path)["code"] == "unreachable"
    (tmp_path / "empty").mkdir()
    assert refused(capsys, "--on", tmp_path / "empty")["code"] == "no_files"
    (tmp_path / "deals.db").write_bytes(b"no database")
    assert refused(capsys, "--on", f"duckdb:///{tmp_path / 'deals.db'}")["code"] == "unreachable"


def test_something_must_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a file nor a table is a slip of the command, as for any other command."""
    with pytest.raises(SystemExit) as ended:
        main(["analyse", "--json"])
    assert ended.value.code == 2
    assert "--on" in capsys.readouterr().err


def test_options_of_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are not passed over in silence."""
    _file, database = write(tmp_path, rows()[:6])
    on = f"duckdb:///{database}"
    assert "--history" in refused(capsys, "--on", on, "--history", "stages.csv")["text"]
    assert refused(capsys, "deals.csv", "--on", on)["code"] == "file_and_table"
    assert refused(capsys, "--table", "deals")["code"] == "on_missing"
    assert refused(capsys, "--on", on, "--decide", "repeated_ids=last_row")["code"] == "recurring_ids"
    assert refused(capsys, "--on", on, "--decide", "currency=GBP")["code"] == "unknown_currency"
    assert refused(capsys, "--on", on, "--as-of", "yesterday")["code"] == "not_a_day"


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        ("postgres://ann:secret@host:5432/crm", "postgres://ann@host:5432/crm"),
        ("postgres://host/crm?user=ann&password=secret", "postgres://host/crm"),
        ("databricks://token:secret@host?http_path=/sql/1", "databricks://token@host"),
        ("postgres://ann:se:cr@et@host/crm", "postgres://ann@host/crm"),
        ("deals.parquet", "deals.parquet"),
    ],
)
def test_addresses_are_shown_without_secrets(on: str, shown: str) -> None:
    """Neither a password nor what follows a question mark."""
    assert without_secrets(on)[0] == shown
