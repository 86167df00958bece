"""Measure how long every calculator takes from an edit to the changed result, in the browser.

    python -m tests.benchmarks.edits --edits 100 [--strict]

Each calculator's page to embed is opened in one browser, whose Python is up by then; its first number that changes the
result, or else its first choice, is changed to and fro: from the input event until the whole answer stands in the page.
Beside them bare Pyodide in a worker, which only multiplies.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from calculators.core.running.calculator import all_calculators
from tests.benchmarks.boot import Row, print_table
from tests.benchmarks.served import BARE, CountingServer, build, peer_page
from tests.benchmarks.visits import edits_of
from tools.serve import free_port

MEDIAN, NINETY_FIFTH = 4.0, 12.0


def rows_of(name: str, times: list[float], *, has_target: bool) -> list[Row]:
    """Return the lines of a calculator: its median, and its 95th percentile."""
    percentile = statistics.quantiles(times, n=100, method="inclusive")[94]
    return [
        Row(
            name=f"{name}, {what}",
            ours=f"[{min(times):.1f}-{max(times):.1f}] ms",
            figure=figure,
            target=target if has_target else None,
            unit=" ms",
        )
        for what, figure, target in (
            ("median", statistics.median(times), MEDIAN),
            ("95th percentile", percentile, NINETY_FIFTH),
        )
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--edits", type=int, default=100, help="of each calculator")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    options = parser.parse_args()
    port = free_port()
    pages = {name: f"embed/{name}/" for name in all_calculators()} | {BARE: peer_page(BARE)}
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder:
        build(Path(folder) / "site", port)
        with CountingServer(Path(folder) / "site", port) as server, sync_playwright() as playwright:
            times = edits_of(playwright, Path(folder) / "profile", server, pages.values(), options.edits)
    rows = [
        row for name, made in zip(pages, times, strict=True) for row in rows_of(name, made, has_target=name != BARE)
    ]
    print_table(rows, ("edit to result", "range", "", "figure", "at most", ""))
    if options.strict and any(row.is_missed for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
