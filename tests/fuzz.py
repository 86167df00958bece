"""Looks for inputs that break a property, with other cases each time, for as long as it is told to.

    python -m tests.fuzz --seconds 600

Runs every Hypothesis test of the calculators and the analyser in rounds, each with a seed of its own and many more
cases than `make test` tries. What it finds is printed with its smallest input, to become an `@example` and be mended.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import SystemRandom

PROJECT = Path(__file__).parents[1]
TESTS = ("tests/calculators", "tests/analysis")
_CASES = re.compile(r"(\d+) passing, (\d+) failing, and \d+ invalid test cases")
_TESTS = re.compile(r"(?:(\d+) failed, )?(\d+) passed")
# A round tries this many times the cases of `make test`; more would let the last round overrun the time by far.
TIMES = 2


def main() -> int:
    """Run rounds until the time is over; the status is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, help="no round begins that would not end by then")
    parser.add_argument("--tests", nargs="*", default=TESTS, help="paths, as pytest takes them")
    arguments = parser.parse_args()
    started, longest, cases, rounds, found = time.monotonic(), 0.0, 0, 0, 0
    while not rounds or time.monotonic() - started + longest < arguments.seconds:
        begun, seed = time.monotonic(), SystemRandom().randrange(10**9)
        tried, failed = one_round(seed, arguments.tests)
        longest = max(longest, time.monotonic() - begun)
        cases, rounds, found = cases + tried, rounds + 1, found + failed
        print(f"round {rounds}: seed {seed}, {tried} cases, {failed} tests failed, {longest:.0f} s", flush=True)
    print(f"{cases} cases in {rounds} rounds and {time.monotonic() - started:.0f} s; {found} failures")
    return int(found > 0)


def one_round(seed: int, tests: list[str]) -> tuple[int, int]:
    """Return how many cases were tried, and how many tests failed; what those print is shown."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "hypothesis", "-p", "no:randomly", "--tb=short"]
    command += ["--numprocesses", "2", "--hypothesis-show-statistics", f"--hypothesis-seed={seed}", *tests]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env={**os.environ, "FUZZ_TIMES": str(TIMES)},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        output.seek(0)
        text = output.read()
    if done.returncode:
        print(text.partition("Hypothesis Statistics")[0])
    tried = sum(int(match[1]) + int(match[2]) for match in _CASES.finditer(text))
    counted = _TESTS.findall(text)
    # A run that ends otherwise has found something as well.
    failed = int(counted[-1][0] or 0) if counted else 0
    return tried, max(failed, int(done.returncode != 0))


if __name__ == "__main__":
    sys.exit(main())
