"""Measure how long the calculators take in Pyodide, beside CPython, and what they add to the first paint.

    python -m tests.benchmarks.calculators --runs 30 [--strict]

Each calculator answers its worked example as the page asks it (reading what is typed, computing, writing every text
and the chart), in Pyodide under Node restored from the snapshot, and in this Python: median of the runs. Then a
weighted forecast of 200 deals, which is simulated. The browser has the same engine as Node; its worker adds the way of
a message there and back (`make bench` measures that, too: edit to result).
"""

import argparse
import gzip
import json
import random
import statistics
import subprocess
import tempfile
import time
from typing import Any

from calculators.core.numbers.numerals import applied
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import all_calculators
from tests.benchmarks.boot import Row, print_table
from tests.support import PROJECT, executable

RUNTIME = PROJECT / "build" / "runtime"
ANY_CALCULATOR, LARGE_FORECAST = 16.0, 250.0
FIRST_PAINT_BYTES = 15_000


def question(name: str, inputs: dict[str, Any] | None = None) -> str:
    """Return a question of the page in Greek, whose numbers are not Python's, with a currency."""
    texts = default_texts(name, "el") | (inputs or {})
    return json.dumps({"calculator": name, "language": "el", "currency": "EUR", "inputs": texts})


def large_forecast() -> str:
    """Return the question for 200 deals."""
    chosen = random.Random(1)  # noqa: S311 - the same deals in every run
    deals = [
        {
            "name": f"Deal {place}",
            "value": str(chosen.randrange(5_000, 500_000)),
            "probability": str(chosen.randrange(1, 100)),
        }
        for place in range(200)
    ]
    return question("weighted-forecast", {"deals": deals, "goal": "10000000"})


def in_pyodide(questions: list[str], runs: int) -> list[list[float]]:
    """Return the milliseconds of each run of each question."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [executable("node"), str(PROJECT / "tests/benchmarks/timings.mjs"), str(RUNTIME), scratch, str(runs)]
        done = subprocess.run(command, input="\n".join(questions), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def in_cpython(questions: list[str], runs: int) -> list[list[float]]:
    """Return the same for this Python."""
    times: list[list[float]] = []
    for asked in questions:
        times.append([])
        for _run in range(runs):
            applied.cache_clear()
            start = time.perf_counter()
            answer(asked)
            times[-1].append((time.perf_counter() - start) * 1000)
    return times


def rows(runs: int) -> list[Row]:
    """Measure everything, and return the lines of the table."""
    names = list(all_calculators())
    questions = [*map(question, names), large_forecast()]
    measured = zip(
        [*names, "weighted-forecast, 200 deals"],
        in_pyodide(questions, runs),
        in_cpython(questions, runs),
        strict=True,
    )
    lines = []
    for name, ours, native in measured:
        median, beside = statistics.median(ours), statistics.median(native)
        target = LARGE_FORECAST if name not in names else ANY_CALCULATOR
        text = f"{median:.1f} ms [{min(ours):.1f}-{max(ours):.1f}]"
        other = f"{beside:.1f} ms ({median / beside:.1f}×)"
        lines.append(Row(name=name, ours=text, bare=other, figure=median, target=target, unit=" ms"))
    return [*lines, first_paint()]


def first_paint() -> Row:
    """Return what our script and style weigh that a page with a calculator loads before anything is touched."""
    bundles = PROJECT / "build/assets"
    manifest = json.loads((bundles / "manifest.json").read_text(encoding="utf-8"))
    names = ("site.js", "playbook.css")
    size = sum(len(gzip.compress((bundles / manifest[name]).read_bytes(), 6)) for name in names)
    return Row(
        name="own script and style, gzip",
        ours=f"{size / 1000:.1f} KB",
        figure=size / 1000,
        target=FIRST_PAINT_BYTES / 1000,
        unit=" KB",
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=30, help="answers of each calculator")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    options = parser.parse_args()
    lines = rows(options.runs)
    print_table(lines, ("calculator", "in Pyodide", "in CPython (ratio)", "figure", "at most", ""))
    if options.strict and any(line.is_missed for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
