"""The analyser's worker reads files in pieces, can be stopped at any time, and is replaced when it dies."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.analyser_client import AnalyserClient
from tests.analysis.languages import table, written
from tests.runtime.test_analyser_parity import write_ods
from tools.serve import SiteServer

# Milliseconds from pressing Cancel until the page may go on.
MOST_UNTIL_CANCELLED = 300
DIES_AT_AGAIN = """addEventListener("message", ({ data }) => data.question?.includes("again") && close());"""
HAS_NO_MEMORY = """addEventListener("message", ({ data }) => {
    if (data.question) WebAssembly.Memory.prototype.grow = () => { throw new RangeError("no more"); };
});"""

type Opening = Callable[..., AnalyserClient]


@pytest.fixture
def opening(plain_page: Page, server: SiteServer) -> Opening:
    """Return a function that opens a page with the client; it takes what the first worker does before its script."""
    return lambda before="": AnalyserClient(plain_page, server.address, before)


def deals(folder: Path, name: str = "deals.csv", rows: int = 40) -> Path:
    """Write an export."""
    path = folder / name
    path.write_text(written(table("de", rows, 1)), encoding="utf-8", newline="")
    return path


def about(answered: dict[str, Any]) -> str:
    """Return what the page says of the file that was read."""
    return json.dumps(answered["answer"]["confirm"])


def test_a_file_is_read_and_asked_about(opening: Opening, tmp_path: Path) -> None:
    """Under a strict policy: the file, what is behind a figure, and a file to take along."""
    analyser = opening()
    first = analyser.read(deals(tmp_path))

    # Which steps are told depends on how fast they are.
    assert "loading" in first["told"]
    assert set(first["told"]) & {"decoding", "reading", "understanding", "computing"}
    assert "deals.csv" in about(first)
    assert first["answer"]["headline"] == analyser.ask("again")["answer"]["headline"]
    assert "15 deals" in analyser.ask("rows", rows="win_rate", page=0)["answer"]["text"]
    assert "Gewonnen" in analyser.ask("save", save="rows", rows="win_rate")["written"]


def test_a_cancelled_file_leaves_the_one_before(opening: Opening, tmp_path: Path) -> None:
    """At once, whatever is being done."""
    analyser = opening()
    before = analyser.read(deals(tmp_path))
    long = deals(tmp_path, "long.csv", 60_000)
    for step in ("decoding", "reading"):
        cancelled = analyser.read(long, stop_at=step)
        assert cancelled["failed"] == "AbortError"
        assert cancelled["after"] < MOST_UNTIL_CANCELLED

    assert about(analyser.ask("again")) == about(before)


def test_what_reads_other_workbooks_comes_with_the_first(opening: Opening, plain_page: Page, tmp_path: Path) -> None:
    """Compiled code is loaded into the restored Python under a strict policy; before, it is not fetched."""
    fetched: list[str] = []
    plain_page.context.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))

    def named(archive: str) -> int:
        return sum(re.fullmatch(rf"{archive}-[0-9A-F]+\.bin", name) is not None for name in fetched)

    analyser = opening()
    analyser.read(deals(tmp_path))
    assert named("analysis") == 1
    assert named("spreadsheet") == 0

    write_ods(tmp_path / "deals.ods", table("ko", 30, 1))
    assert "deals.ods" in about(analyser.read(tmp_path / "deals.ods"))
    assert named("spreadsheet") == 1


def test_a_file_that_was_changed_meanwhile_is_asked_for_again(opening: Opening, tmp_path: Path) -> None:
    """A browser no longer reads it; Python survives that, and what was shown is still there."""
    analyser = opening()
    before = analyser.read(deals(tmp_path))
    changed = deals(tmp_path, "changed.csv")
    analyser.choose(changed)
    changed.write_text("other;and longer than before\n" * 5_000, encoding="utf-8")

    assert [error["code"] for error in analyser.ask("read")["answer"]["errors"]] == ["file_gone"]
    assert about(analyser.ask("again")) == about(before)


def test_a_worker_that_dies_is_replaced_with_all_that_was_shown(opening: Opening, tmp_path: Path) -> None:
    """The question that it died of is answered by the next one, which reads the file by itself."""
    analyser = opening(DIES_AT_AGAIN)
    before = analyser.read(deals(tmp_path))

    assert about(analyser.ask("again")) == about(before)


def test_a_file_too_large_for_the_memory_is_said_to_be(opening: Opening, tmp_path: Path) -> None:
    """It is not tried twice, and the next file finds a worker that works."""
    analyser = opening(HAS_NO_MEMORY)

    assert analyser.read(deals(tmp_path, "long.csv", 400_000))["failed"] == "memory"
    assert "deals.csv" in about(analyser.read(deals(tmp_path)))
