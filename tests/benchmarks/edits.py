"""Measure how long a changed number takes to its result in the page, for every calculator at its default size.

    python -m tests.benchmarks.edits --edits 100 [--strict]

From the input event to the shown result, on each calculator's own page for frames in Greek, in a Chromium whose Python
is up; and the longest task of the main thread meanwhile (Chromium reports none of 50 ms or less).
"""

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from calculators.core.running.calculator import all_calculators
from tests.benchmarks.boot import Row, print_table
from tests.benchmarks.served import build
from tests.support import CHROMIUM_SWITCHES, chromium
from tools.serve import SiteServer, free_port

MEDIAN, SLOW, LONG_TASK = 4.0, 12.0, 50.0
# Changes a number back and forth; where there is none, what is ticked or picked.
_EDIT = """async (count) => {
    const calculator = document.querySelector("playbook-calculator");
    const fields = [...calculator.querySelectorAll(".calculator__fields :is(input, select)")];
    const number = fields.find(({ type, value }) => type === "text" && /^[0-9.,]+$/.test(value));
    const ticks = fields.filter(({ type }) => type === "radio" || type === "checkbox");
    const change = (round) => {
        const field = number ?? ticks[round % ticks.length] ?? fields[0];
        if (number) field.value = String(2 + (round % 7));
        else if (ticks.length) field.checked = field.type === "radio" || !field.checked;
        else field.selectedIndex = round % field.options.length;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const times = [], tasks = [0];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: "longtask" });
    for (let round = 0; round < count; round++) {
        const settled = new Promise((resolve) => {
            const watching = new MutationObserver(() => {
                if (calculator.dataset.state === "computing") return;
                watching.disconnect();
                resolve(performance.now());
            });
            watching.observe(calculator, { attributeFilter: ["data-state"] });
        });
        const start = performance.now();
        change(round);
        times.push((await settled) - start);
        // Nobody types faster than this; the page may finish what the edit caused.
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { times, longest: Math.max(...tasks) };
}"""


def edited(page: Page, address: str, count: int) -> dict[str, Any]:
    """Open a calculator and change it again and again; return the milliseconds of each change and the longest task."""
    page.goto(address)
    page.locator("input, select").first.focus()
    page.wait_for_selector("playbook-calculator[data-state=ready]")
    page.evaluate("new Promise(resolve => setTimeout(resolve, 1000))")  # what follows the first result
    measured: dict[str, Any] = page.evaluate(_EDIT, count)
    return measured


def rows(name: str, times: list[float], longest: float) -> list[Row]:
    """Return the lines of a calculator."""
    slow = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return [
        Row(name=name, ours="median", figure=statistics.median(times), target=MEDIAN, unit=" ms"),
        Row(name="", ours="95th percentile", figure=slow, target=SLOW, unit=" ms"),
        Row(name="", ours="longest task", figure=longest, target=LONG_TASK, unit=" ms"),
    ]


def measure(count: int) -> list[Row]:
    """Build, serve, and change every calculator."""
    port = free_port()
    lines: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as name, sync_playwright() as playwright:
        directory = Path(name) / "site"
        build(directory, port)
        with SiteServer(directory, port=port) as server:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_SWITCHES))
            context = browser.new_context()
            for calculator in all_calculators():
                page = context.new_page()
                found = edited(page, f"{server.address}el/embed/{calculator}/", count)
                lines += rows(calculator, found["times"], found["longest"])
                page.close()
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--edits", type=int, default=100, help="changes of each calculator")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    options = parser.parse_args()
    lines = measure(options.edits)
    print_table(lines, ("calculator", "edit to result", "", "figure", "at most", ""))
    if options.strict and any(line.is_missed for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
