"""Measure how long a reader waits for Python, against bare Pyodide in a worker and other peers.

    python -m tests.benchmarks.boot --runs 3 [--strict] [--details]

It builds the site for a free port from the bundles in `build/assets`, puts its peers beside it (`served.py`), serves
all as GitHub Pages would, and visits them in turn with newly started browsers:

- *cold*: an empty profile; *restarted*: the same profile in a newly started browser, after what the first visit keeps
  has been written; *next page, loaded*: another page loaded in full in the same browser, from a blank page; *clicked*:
  by a click on a link. In Chromium a shared worker outlives the page, so these differ much more than for the peers,
  which start anew with each page;
- *first result*: from the start of the navigation until the page shows a number computed in the browser. Our page is
  the whole sales velocity page with theme and search, and the one to embed; a peer's has nothing but four inputs;
- *bytes*: what the server had sent by then, heads of the answers included, the worker's files too;
- *Fast 4G*, *slow line*: 9 and 1.6 Mbit/s and 60 ms there and back, by the server, all else cold. There, too, when the
  first paragraph is drawn, beside the same page without its calculator, and when bytes are first shown to come;
- *longest task*: of the main thread in all the visit until some seconds after the result, the theme's start included;
  *silent worker*: the same page with a worker that never answers, which is what the page does by itself. Chromium
  reports no task of 50 ms or less: 0 stands for "none that long". `--details` lists all long tasks.

Edits are measured by `edits.py`, memory by `memory.py`. Figures are medians over the runs. The machine has other work:
read the ratios and repeat; milliseconds of two runs of the benchmark are not comparable, and the range in brackets says
how much they moved within this one. Exit status 1 for a missed target only with `--strict`.
"""

import argparse
import gzip
import math
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.benchmarks.served import (
    BARE,
    EMBED_PAGE,
    FAST_4G,
    OUR_PAGE,
    PEERS,
    PLAIN_PAGE,
    SLOW_LINE,
    CountingServer,
    Line,
    build,
    peer_page,
)
from tests.benchmarks.visits import Visit, first_text, visit, visit_without_boot
from tests.support import PROJECT
from tools.serve import free_port

LONG_TASK_MILLISECONDS = 50
OURS, EMBED = "ours", "embed"
PAGES = {OURS: OUR_PAGE, EMBED: EMBED_PAGE, **{name: peer_page(name) for name in PEERS}}


@dataclass(slots=True)
class Runs:
    """All visits by page, in the order made; `plain_text` is when the page without calculator was drawn."""

    cold: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    restarted: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    fast_4g: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    slow_line: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    without_boot: list[Visit] = field(default_factory=list)
    plain_text: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table; a figure with a target is met when it is not above it."""

    name: str
    ours: str
    bare: str = ""
    figure: float | None = None
    target: float | None = None
    unit: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether there is a target and the figure is above it."""
        return self.figure is not None and self.target is not None and self.figure > self.target

    def cells(self) -> tuple[str, ...]:
        """Return the line's texts, one for each column."""
        figure = "" if self.figure is None else f"{self.figure:.2f}{self.unit}"
        target = "" if self.target is None else f"{self.target:g}{self.unit}"
        verdict = "" if self.target is None else "not met" if self.is_missed else "met"
        return (self.name, self.ours, self.bare, figure, target, verdict)


HEAD = ("measure", "ours", "bare", "figure", "at most", "")


def run_once(playwright: Playwright, server: CountingServer, runs: Runs) -> None:
    """Visit everything once on an open line and on Fast 4G, each page with a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="playbook-profiles-", ignore_cleanup_errors=True) as name:
        profiles = Path(name)
        for page, path in PAGES.items():
            runs.cold[page].append(visit(playwright, profiles / page, server, path, is_warm=False))
        for page, path in PAGES.items():
            runs.restarted[page].append(visit(playwright, profiles / page, server, path, is_warm=True))
        runs.without_boot.append(visit_without_boot(playwright, profiles / "silent", server, OUR_PAGE))
        visit_slowly(playwright, server, FAST_4G, runs.fast_4g)
        server.line = FAST_4G
        runs.plain_text.append(first_text(playwright, profiles / "plain", server, PLAIN_PAGE))
        server.line = None


def visit_slowly(playwright: Playwright, server: CountingServer, line: Line, visits: dict[str, list[Visit]]) -> None:
    """Visit everything once on a line, cold."""
    server.line = line
    with tempfile.TemporaryDirectory(prefix="playbook-profiles-", ignore_cleanup_errors=True) as name:
        for page, path in PAGES.items():
            visits[page].append(visit(playwright, Path(name) / page, server, path, is_warm=False, is_left_soon=True))
    server.line = None


def table(runs: Runs) -> list[Row]:
    """Return the lines of the table."""
    cold, restarted, fast, slow = runs.cold, runs.restarted, runs.fast_4g, runs.slow_line
    bare_next = [visit.next_result for visit in restarted[BARE]]
    clicked = [visit.clicked_result for visit in restarted[OURS]]
    return [
        _ratio("first result, cold", _results(cold[OURS]), _results(cold[BARE]), 0.2),
        _ratio("  page to embed, cold", _results(cold[EMBED]), _results(cold[BARE]), 0.15),
        _ratio("first result, restarted", _results(restarted[OURS]), _results(restarted[BARE]), 0.15),
        _ratio("next page, loaded", [visit.next_result for visit in restarted[OURS]], bare_next, 0.08),
        _ratio("next page, clicked", clicked, bare_next, 0.08),
        _bytes("bytes until then, cold", cold[OURS], cold[BARE], 0.75),
        _bytes("bytes until then, restarted", restarted[OURS], restarted[BARE], None),
        _ratio("first result, Fast 4G", _results(fast[OURS]), _results(fast[BARE]), 0.6),
        _ratio("  text, against no calculator", [visit.text for visit in fast[OURS]], runs.plain_text, 1.15),
        _progress("  bytes shown", fast[OURS]),
        _ratio("first result, slow line", _results(slow[OURS]), _results(slow[BARE]), None),
        _progress("  bytes shown", slow[OURS]),
        *_tasks(runs),
    ]


def peers(runs: Runs) -> list[Row]:
    """Return a line for each peer and circumstance, beside us."""
    rows = []
    for peer in PEERS:
        for name, visits in (("cold", runs.cold), ("restarted", runs.restarted), ("Fast 4G", runs.fast_4g)):
            ours, theirs = _results(visits[OURS]), _results(visits[peer])
            rows.append(_ratio(f"{peer}, {name}", ours, theirs, None))
        ours, theirs = [[visit.next_result for visit in runs.restarted[page]] for page in (OURS, peer)]
        rows.append(_ratio(f"{peer}, next page", ours, theirs, None))
        rows.append(_bytes(f"{peer}, bytes", runs.cold[OURS], runs.cold[peer], None))
    return rows


def _results(visits: Iterable[Visit]) -> list[float]:
    return [visit.result for visit in visits]


def _ratio(name: str, ours: Sequence[float], bare: Sequence[float], target: float | None) -> Row:
    ratio = statistics.median(ours) / statistics.median(bare)
    return Row(name=name, ours=_milliseconds(ours), bare=_milliseconds(bare), figure=ratio, target=target)


def _milliseconds(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.0f} ms [{min(values):.0f}-{max(values):.0f}]"


def _bytes(name: str, ours: Sequence[Visit], bare: Sequence[Visit], target: float | None) -> Row:
    our_bytes = statistics.median(visit.bytes for visit in ours)
    bare_bytes = statistics.median(visit.bytes for visit in bare)
    ratio = our_bytes / bare_bytes if bare_bytes else None  # all may be in its cache
    return Row(name=name, ours=_size(our_bytes), bare=_size(bare_bytes), figure=ratio, target=target)


def _size(count: float) -> str:
    return f"{count / 1e6:.2f} MB" if count >= 1e6 else f"{count / 1e3:.1f} KB"


def _progress(name: str, visits: Sequence[Visit]) -> Row:
    """Return when bytes were first shown; in some visits the result may have come before."""
    shown = [visit.progress for visit in visits if not math.isnan(visit.progress)]
    return Row(name=name, ours=_milliseconds(shown) if shown else "the result came before")


def _longest(visits: Iterable[Visit]) -> list[float]:
    return [max((task.duration for task in visit.tasks), default=0) for visit in visits]


def _tasks(runs: Runs) -> list[Row]:
    rows = []
    for name, visits in (
        ("cold", runs.cold[OURS]),
        ("restarted", runs.restarted[OURS]),
        ("silent worker", runs.without_boot),
    ):
        longest = _longest(visits)
        figure = statistics.median(longest)
        rows.append(
            Row(
                name=f"longest task, {name}",
                ours=_milliseconds(longest),
                figure=figure,
                target=LONG_TASK_MILLISECONDS,
                unit=" ms",
            )
        )
    return rows


def sizes() -> list[tuple[str, float]]:
    """Return what weighs most in a first visit, with its size on the wire."""
    bundles = PROJECT / "build/assets"
    (scripts,) = bundles.glob("python-*.js")
    runtime = PROJECT / "build/runtime"
    return [
        *((f"{name}.bin", (runtime / f"{name}.bin").stat().st_size) for name in ("interpreter", "snapshot")),
        *((file.name, file.stat().st_size) for file in sorted(runtime.glob("group-*.bin"))),
        *((file.name, file.stat().st_size) for file in sorted(runtime.glob("words-*.bin"))),
        ("Pyodide's scripts, gzip", len(gzip.compress(scripts.read_bytes(), 6))),
    ]


def print_table(rows: Iterable[Row], head: tuple[str, ...] = HEAD) -> None:
    """Print the lines in columns."""
    cells = [head, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    for line in cells:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def print_details(runs: Runs) -> None:
    """Print every long task of ours, and what was sent in the last cold visits."""
    for name, visits in (("cold", runs.cold[OURS]), ("restarted", runs.restarted[OURS]), ("silent", runs.without_boot)):
        for made in visits:
            tasks = [f"{task.start:.0f}+{task.duration:.0f} ({task.scripts})" for task in made.tasks]
            times = f"started {made.started:.0f}, result {made.result:.0f}"
            print(f"{name}: {times}; long tasks: {'; '.join(tasks) or 'none'}")
    for page in (OURS, EMBED, BARE):
        last = runs.cold[page][-1]
        print(f"{page}: sent until the result, and then {_size(last.sent_afterwards)}:")
        for address, count in sorted(last.sent.items(), key=lambda item: -item[1])[:12]:
            print(f"    {_size(count):>10}  {address}")


def measure(count: int) -> Runs:
    """Build, serve and visit; the slow line once."""
    runs = Runs()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as name:
        directory = Path(name) / "site"
        build(directory, port)
        with CountingServer(directory, port) as server, sync_playwright() as playwright:
            for index in range(count):
                run_once(playwright, server, runs)
                print(f"run {index + 1} of {count} done", flush=True)
            visit_slowly(playwright, server, SLOW_LINE, runs.slow_line)
    return runs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="visits of each kind; five or more for a figure to quote")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    parser.add_argument("--details", action="store_true", help="print long tasks and requests, too")
    options = parser.parse_args()
    runs = measure(options.runs)
    rows = table(runs)
    print_table(rows)
    print_table(peers(runs), ("peer", "ours", "peer's", "ratio", "", ""))
    print(", ".join(f"{name} {_size(size)}" for name, size in sizes()))
    if options.details:
        print_details(runs)
    if options.strict and any(row.is_missed for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
