"""Measure how long a dropped file takes to its figures in Chromium, beside this Python.

    python -m tests.benchmarks.analyser [--rows 10000 100000 1000000] [--runs 3] [--strict]

For each number of rows (12 columns, the same invented deals in every run): from the chosen file to the answer, in the
analyser's worker with Python running; the same question in this Python in the same run; the longest task of the page's
main thread meanwhile; the longest time between two looks of the worker for messages, which is the longest that a cancel
can wait; and from cancelling, at the first word of each kind of work, until the page may go on. Before that, what
starting Python takes with a file of ten rows: the snapshot and the analyser's archive, fetched and unpacked. Then what
Python's memory has grown to, and what is fetched: before a file is there, with the first one, and with the first
workbook that only the compiled library reads. Medians of the runs.
"""

import argparse
import csv
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from calculators.analysis.page.session import Session
from tests.analyser_client import SETTINGS, AnalyserClient
from tests.benchmarks.boot import Row, print_table
from tests.benchmarks.served import build
from tests.support import CHROMIUM_SWITCHES, PROJECT, chromium
from tools.serve import SiteServer, free_port

RUNTIME = PROJECT / "build" / "runtime"
ROWS = (10_000, 100_000, 1_000_000)
# Seconds from the file to its figures, by rows; a million is to be read to its end, in whatever time.
SECONDS = {10_000: 1.0, 100_000: 4.0}
TIMES_CPYTHON = 3.0
LONGEST_TASK, UNTIL_CANCELLED = 50.0, 300.0
MOST_MEMORY = 300.0
BEFORE, WITH_A_FILE, WITH_A_WORKBOOK = 8_000_000, 400_000, 550_000
STEPS = ("decoding", "reading", "understanding", "computing")
HEADERS = (
    "Deal ID", "Deal Name", "Account Name", "Owner", "Stage", "Amount", "Created Date", "Close Date", "Product",
    "Region", "Lead Source", "Probability (%)",
)  # fmt: skip
# In front of the worker's script: its memory can be asked for. Once Python has started, no text becomes a script there.
_MEMORY = """{
    const memories = [];
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...given) => {
        const made = await instantiate(...given);
        const exported = Object.values((made.instance ?? made).exports);
        memories.push(...exported.filter((one) => one instanceof WebAssembly.Memory));
        return made;
    };
    const asked = new BroadcastChannel("memory asked");
    const told = new BroadcastChannel("memory told");
    // What decodes the files has one of its own, and a small one.
    asked.onmessage = () => told.postMessage(Math.max(...memories.map(({ buffer }) => buffer.byteLength)));
}
"""
_WATCH = """window.longest = 0;
new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: "longtask" });"""


def write_deals(path: Path, rows: int) -> None:
    """Write an export of so many deals."""
    chance = random.Random(1)  # noqa: S311 - the same deals in every run
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number in range(rows):
            created = date(2023, 1, 1) + timedelta(days=chance.randrange(900))
            closed = created + timedelta(days=chance.randrange(10, 200))
            stage = chance.choice(("Closed Won", "Closed Won", "Closed Lost", "Closed Lost", "Proposal", "Qualified"))
            owner, account = f"Owner {chance.randrange(12)}", f"Account {chance.randrange(rows // 10 + 1)}"
            about = (f"Product {chance.randrange(7)}", f"Region {chance.randrange(5)}", chance.choice(("Web", "Fair")))
            amount, likely = f"{chance.randrange(100, 99_999)}.50", chance.randrange(0, 100, 10)
            name = (f"D{number:07}", f"Deal {number}", account, owner, stage, amount)
            writer.writerow((*name, created.isoformat(), closed.isoformat(), *about, likely))


def in_cpython(path: Path) -> float:
    """Return the seconds that the page's question takes here."""
    question = json.dumps(SETTINGS | {"ask": "read", "number": 1, "files": [str(path)]})
    start = time.perf_counter()
    *_steps, answer = Session().asking(question)
    spent = time.perf_counter() - start
    if '"errors"' in answer:
        raise RuntimeError(answer[:1000])
    return spent


def of_size(page: Page, analyser: AnalyserClient, path: Path, runs: int, rows: int) -> Iterator[Row]:
    """Measure a file of so many rows."""
    ours, here, held, silent = [], [], 0.0, 0.0
    page.evaluate("longest = 0")
    for _run in range(runs):
        answered = analyser.read(path)
        if "failed" in answered or "errors" in answered["answer"]:
            raise RuntimeError(str(answered)[:1000])
        # Before the file is read once more: until that is done, both are held.
        held = held or memory(page)
        ours.append(answered["took"] / 1000)
        silent = max(silent, answered["silent"])
        here.append(in_cpython(path))
    longest = float(page.evaluate("longest"))
    spent, beside = statistics.median(ours), statistics.median(here)
    name = f"{rows:,} rows"
    yield Row(
        name=name, ours=f"{spent:.2f} s", bare=f"{beside:.2f} s", figure=spent, target=SECONDS.get(rows), unit=" s"
    )
    yield Row(name="  beside CPython", ours="", figure=spent / beside, target=TIMES_CPYTHON, unit="×")
    yield Row(
        name="  longest task of the page", ours=f"{longest:.0f} ms", figure=longest, target=LONGEST_TASK, unit=" ms"
    )
    yield Row(name="  Python's memory", ours=f"{held:.0f} MB", figure=held, target=MOST_MEMORY, unit=" MB")
    yield Row(
        name="  longest that a cancel waits", ours=f"{silent:.0f} ms", figure=silent, target=UNTIL_CANCELLED, unit=" ms"
    )
    for step in STEPS:
        stopped = analyser.read(path, stop_at=step)
        # A short file may be answered before it says so.
        if after := stopped.get("after"):
            row = f"  cancelled while {step}"
            yield Row(name=row, ours=f"{after:.0f} ms", figure=after, target=UNTIL_CANCELLED, unit=" ms")


def memory(page: Page) -> float:
    """Return what Python's memory has grown to, in MB."""
    told = page.evaluate("""new Promise((resolve) => {
        new BroadcastChannel("memory told").onmessage = ({ data }) => resolve(data);
        new BroadcastChannel("memory asked").postMessage(null);
    })""")
    return float(told) / 1e6


def bytes_fetched() -> Iterator[Row]:
    """Say what the reader fetches, and when."""

    def size(names: Iterable[str]) -> int:
        return sum((RUNTIME / name).stat().st_size for name in names)

    for name, files, most in (
        ("fetched for Python, before a file is there", ("interpreter.bin", "rest.bin", "snapshot.bin"), BEFORE),
        ("with the first file", ("analysis.bin",), WITH_A_FILE),
        ("with the first xlsb, xls or ods", ("spreadsheet.bin",), WITH_A_WORKBOOK),
    ):
        count = size(files)
        yield Row(name=name, ours=f"{count:,} bytes", figure=count / 1000, target=most / 1000, unit=" kB")


def measured(rows: list[int], runs: int) -> Iterator[Row]:
    """Measure everything."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder, port = Path(scratch), free_port()
        build(folder / "site", port)
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_SWITCHES))
        with SiteServer(folder / "site", port=port) as server:
            page = browser.new_page()
            page.set_default_timeout(0)
            page.add_init_script(_WATCH)
            analyser = AnalyserClient(page, server.address, _MEMORY)
            write_deals(folder / "deals.csv", 10)
            started = analyser.read(folder / "deals.csv")["took"] / 1000
            yield Row(
                name="Python's start, with a file of ten rows", ours=f"{started:.2f} s", figure=started, unit=" s"
            )
            for number in rows:
                write_deals(folder / "deals.csv", number)
                yield from of_size(page, analyser, folder / "deals.csv", runs, number)
        browser.close()
    yield from bytes_fetched()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS, help="rows of the files")
    parser.add_argument("--runs", type=int, default=3, help="how often each file is read")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    options = parser.parse_args()
    lines = list(measured(options.rows, options.runs))
    print_table(lines, ("analyser", "Chromium", "CPython", "figure", "at most", ""))
    if options.strict and any(line.is_missed for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
