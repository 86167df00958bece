"""Looks for inputs that break a property, with other cases each time, for as long as it is told to.

    python -m tests.fuzz --seconds 600

Runs the Hypothesis tests of the calculators and the analyser, file by file in an order by chance, with a seed of its
own and more cases than `make test` tries, and begins anew. What it finds is printed with its smallest input, to become
an `@example` and be mended.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import SystemRandom
from threading import Lock

PROJECT = Path(__file__).parents[1]
FOLDERS = ("tests/calculators", "tests/analysis")
# A run of a file tries this many times the cases of `make test`; with more, the last one would overrun the time by far.
TIMES = 4
_CASES = re.compile(r"(\d+) passing, (\d+) failing, and \d+ invalid test cases")


def main() -> int:
    """Run files until the time is over; the status is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, help="no file is begun after that")
    parser.add_argument("--files", nargs="*", default=None, help="paths; all that have properties unless given")
    arguments = parser.parse_args()
    started = time.monotonic()
    runs = Runs(started, arguments.files or properties())
    with ThreadPoolExecutor() as pool:
        ends = [started + arguments.seconds] * (os.cpu_count() or 1)
        list(pool.map(runs.go_on, ends))
    seconds = time.monotonic() - started
    print(f"{runs.cases} cases in {runs.done} runs of a file and {seconds:.0f} s; {runs.failed} runs failed")
    return int(runs.failed > 0 or not runs.done)


class Runs:
    """Runs of files by several processes at once; what they come to is added up."""

    def __init__(self, started: float, paths: list[str]) -> None:
        self.cases = self.done = self.failed = 0
        self._started = started
        self._paths = in_turn(paths)
        self._lock = Lock()

    def go_on(self, end: float) -> None:
        """Run one file after another until a time."""
        while time.monotonic() < end:
            with self._lock:
                path, seed = next(self._paths)
            cases, output = run_file(path, seed)
            with self._lock:
                self._tell(path, seed, cases, output)

    def _tell(self, path: str, seed: int, cases: int, output: str) -> None:
        self.cases, self.done, self.failed = self.cases + cases, self.done + 1, self.failed + bool(output)
        if output:
            print(output)
        fate = "FAILED" if output else "passed"
        print(f"{time.monotonic() - self._started:5.0f} s  {fate} {path}, seed {seed}: {cases} cases", flush=True)


def properties() -> list[str]:
    """Return the files that have properties."""
    files = (path for folder in FOLDERS for path in (PROJECT / folder).glob("test_*.py"))
    return sorted(str(path.relative_to(PROJECT)) for path in files if "@given(" in path.read_text(encoding="utf-8"))


def in_turn(paths: list[str]) -> Iterator[tuple[str, int]]:
    """Yield files without end, each once before any comes again, with a seed."""
    random = SystemRandom()
    while True:
        for path in random.sample(paths, len(paths)):
            yield path, random.randrange(10**9)


def run_file(path: str, seed: int) -> tuple[int, str]:
    """Return how many cases of a file's properties were tried, and what pytest said if a test failed."""
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-m", "hypothesis", "-p", "no:randomly", "--tb=short"]
    done = subprocess.run(
        [*command, "--hypothesis-show-statistics", f"--hypothesis-seed={seed}", path],
        cwd=PROJECT,
        env={**os.environ, "FUZZ_TIMES": str(TIMES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    cases = sum(int(match[1]) + int(match[2]) for match in _CASES.finditer(done.stdout))
    return cases, done.stdout if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
