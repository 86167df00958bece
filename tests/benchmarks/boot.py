"""Measure how long a reader waits for Python, against bare Pyodide in a worker.

    python -m tests.benchmarks.boot --runs 5 [--strict] [--details]

It builds the site for a free port from the bundles in `build/assets`, puts a yardstick beside it (stock Pyodide from
npm in a module worker, with one small function: `bare/`), serves both as GitHub Pages would, and visits them in turn
with newly started browsers:

- *cold*: an empty profile; *warm*: the page loaded in full once more in the same browser, from a blank page, as after
  a change of language; *restarted*: the same profile in a newly started browser, after what the first visit keeps has
  been written. In Chromium a shared worker outlives the page, so warm and restarted differ much more than for the
  yardstick, whose worker ends with its page;
- *first result*: from the start of the navigation until the page shows a number computed in the browser. Our page is
  the whole sales velocity page with theme and search; the yardstick's has nothing but four inputs;
- *bytes*: what the server had sent by then, heads of the answers included, the worker's files too;
- *edit*: from the input event to the changed result, 200 times in each warm visit;
- *longest task*: of the main thread, among those that ended after the calculator asked for Python; shown beside the
  same page with a worker that never answers. What both have is the theme's; the figure is what the boot adds.
  Chromium reports no task of 50 ms or less: 0 stands for "none that long". `--details` lists all long tasks.

Figures are medians over the runs. The machine has other work: read the ratios and repeat; milliseconds of two runs of
the benchmark are not comparable, and the range in brackets says how much they moved within this one.
Exit status 1 for a missed target only with `--strict`.
"""

import argparse
import gzip
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.benchmarks.served import BARE_PAGE, OUR_PAGE, CountingServer, build
from tests.benchmarks.visits import Visit, visit, visit_without_boot
from tests.support import PROJECT
from tools.serve import free_port

EDITS = 200
LONG_TASK_MILLISECONDS = 50


@dataclass(slots=True)
class Runs:
    """All visits, in the order made."""

    ours_cold: list[Visit] = field(default_factory=list)
    ours_warm: list[Visit] = field(default_factory=list)
    bare_cold: list[Visit] = field(default_factory=list)
    bare_warm: list[Visit] = field(default_factory=list)
    without_boot: list[Visit] = field(default_factory=list)


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
    """Visit everything once, each page with a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="playbook-profiles-", ignore_cleanup_errors=True) as name:
        profiles = Path(name)
        runs.bare_cold.append(visit(playwright, profiles / "bare", server, BARE_PAGE, is_warm=False))
        runs.ours_cold.append(visit(playwright, profiles / "ours", server, OUR_PAGE, is_warm=False))
        runs.bare_warm.append(visit(playwright, profiles / "bare", server, BARE_PAGE, is_warm=True, edits=EDITS))
        runs.ours_warm.append(visit(playwright, profiles / "ours", server, OUR_PAGE, is_warm=True, edits=EDITS))
        runs.without_boot.append(visit_without_boot(playwright, profiles / "silent", server, OUR_PAGE))


def table(runs: Runs) -> list[Row]:
    """Return the lines of the table."""
    return [
        _ratio("first result, cold", _results(runs.ours_cold), _results(runs.bare_cold), 0.2),
        _ratio("first result, warm", _next_results(runs.ours_warm), _next_results(runs.bare_warm), 0.08),
        _ratio("first result, restarted", _results(runs.ours_warm), _results(runs.bare_warm), 0.15),
        _bytes("bytes until then, cold", runs.ours_cold, runs.bare_cold, 0.75),
        _bytes("bytes until then, restarted", runs.ours_warm, runs.bare_warm, None),
        *_edits(runs),
        *_tasks(runs),
    ]


def _results(visits: Iterable[Visit]) -> list[float]:
    return [visit.result for visit in visits]


def _next_results(visits: Iterable[Visit]) -> list[float]:
    return [visit.next_result for visit in visits]


def _ratio(name: str, ours: Sequence[float], bare: Sequence[float], target: float) -> Row:
    ratio = statistics.median(ours) / statistics.median(bare)
    return Row(name=name, ours=_milliseconds(ours), bare=_milliseconds(bare), figure=ratio, target=target)


def _milliseconds(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.0f} ms [{min(values):.0f}-{max(values):.0f}]"


def _bytes(name: str, ours: Sequence[Visit], bare: Sequence[Visit], target: float | None) -> Row:
    our_bytes = statistics.median(visit.bytes for visit in ours)
    bare_bytes = statistics.median(visit.bytes for visit in bare)
    ratio = our_bytes / bare_bytes if target is not None else None
    return Row(name=name, ours=_size(our_bytes), bare=_size(bare_bytes), figure=ratio, target=target)


def _size(count: float) -> str:
    return f"{count / 1e6:.2f} MB" if count >= 1e6 else f"{count / 1e3:.1f} KB"


def _edits(runs: Runs) -> list[Row]:
    ours = list(chain.from_iterable(visit.edits for visit in runs.ours_warm))
    bare = list(chain.from_iterable(visit.edits for visit in runs.bare_warm))
    rows = []
    for name, place, target in (("median", 50, 8.0), ("95th percentile", 95, None)):
        our_time, bare_time = _percentile(ours, place), _percentile(bare, place)
        rows.append(
            Row(
                name=f"edit to result, {name}",
                ours=f"{our_time:.1f} ms",
                bare=f"{bare_time:.1f} ms",
                figure=our_time,
                target=target,
                unit=" ms",
            )
        )
    return rows


def _percentile(values: Sequence[float], place: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[place - 1]


def _longest(visits: Iterable[Visit]) -> list[float]:
    return [max((task.duration for task in visit.tasks_since_start), default=0) for visit in visits]


def _tasks(runs: Runs) -> list[Row]:
    page_alone = _longest(runs.without_boot)
    rows = []
    for name, visits in (("cold", runs.ours_cold), ("warm", runs.ours_warm)):
        longest = _longest(visits)
        added = max(0.0, statistics.median(longest) - statistics.median(page_alone))
        ours = _milliseconds(longest)
        rows.append(
            Row(name=f"longest task, {name}", ours=ours, figure=added, target=LONG_TASK_MILLISECONDS, unit=" ms")
        )
    rows.append(Row(name="  the same, silent worker", ours=_milliseconds(page_alone)))
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
    """Print every long task, and what was sent in the last cold visit."""
    for name in ("ours_cold", "ours_warm", "without_boot", "bare_cold"):
        for made in getattr(runs, name):
            tasks = [f"{task.start:.0f}+{task.duration:.0f} ({task.scripts})" for task in made.tasks]
            times = f"started {made.started:.0f}, result {made.result:.0f}"
            print(f"{name}: {times}; long tasks: {'; '.join(tasks) or 'none'}")
    for name in ("ours_cold", "ours_warm", "bare_cold", "bare_warm"):
        last = getattr(runs, name)[-1]
        print(f"{name}: sent until the result, and then {_size(last.sent_afterwards)}:")
        for address, count in sorted(last.sent.items(), key=lambda item: -item[1])[:12]:
            print(f"    {_size(count):>10}  {address}")


def measure(count: int) -> Runs:
    """Build, serve and visit."""
    runs = Runs()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as name:
        directory = Path(name) / "site"
        build(directory, port)
        with CountingServer(directory, port) as server, sync_playwright() as playwright:
            for index in range(count):
                run_once(playwright, server, runs)
                print(f"run {index + 1} of {count} done", flush=True)
    return runs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="visits of each kind; five or more for a figure to quote")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    parser.add_argument("--details", action="store_true", help="print long tasks and requests, too")
    options = parser.parse_args()
    runs = measure(options.runs)
    rows = table(runs)
    print_table(rows)
    print(", ".join(f"{name} {_size(size)}" for name, size in sizes()))
    if options.details:
        print_details(runs)
    if options.strict and any(row.is_missed for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
