"""Measure what a long visit leaves in memory: after 200 pages by instant navigation and 1,000 edits, beside after 3.

    python -m tests.benchmarks.memory --pages 200 --edits 1000 [--strict]

The links of the navigation are followed in turn; where there is a calculator, its result is waited for, and a number of
it is changed and answered, so often on each page that all edits are made by the end. Rubbish is collected before each
reading, which is made on one and the same page. Heap, nodes and listeners are those of the page; the processes are all
of the browser's that draw pages or run workers, by what each has for itself, Python's memory included.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.benchmarks.boot import Row, print_table
from tests.benchmarks.served import CountingServer, build
from tests.benchmarks.visits import browser
from tests.support import wait_for_instant_navigation
from tools.serve import free_port

FEW = 3
# Rubbish is never collected to the last byte.
AT_MOST = 1.1
# Pages differ in what they hold: both readings are made on one of them.
_RETURN = """async () => {
    const links = [...document.querySelectorAll(".md-nav--primary a.md-nav__link[href]")];
    const title = document.querySelector("h1");
    links.find(({ pathname }) => pathname.endsWith("/metrics/sales-velocity/")).click();
    while (document.querySelector("h1") === title) await new Promise(requestAnimationFrame);
}"""
_FOLLOW = """async (index) => {
    const links = [...document.querySelectorAll(".md-nav--primary a.md-nav__link[href]:not([href*='#'])")];
    const title = document.querySelector("h1");
    const link = links[index % links.length];
    if (new URL(link.href).pathname === location.pathname) return;
    link.click();
    while (document.querySelector("h1") === title) await new Promise(requestAnimationFrame);
}"""
# A number of before that was refused is kept for the visit, and refused again.
_SETTLED = """() => [...document.querySelectorAll("playbook-calculator")]
    .every(({ dataset }) => !["starting", "computing"].includes(dataset.state))"""

# Of a page without a calculator, or without a field for a number, none are made.
_EDIT = """async (times) => {
    const calculator = document.querySelector("playbook-calculator");
    const field = calculator?.querySelector(".calculator__fields input[type=text]");
    if (!field) return 0;
    for (let edit = 1; edit <= times; edit++) {
        field.value = String(edit);
        field.dispatchEvent(new Event("input", { bubbles: true }));
        while (["starting", "computing"].includes(calculator.dataset.state)) await new Promise(requestAnimationFrame);
    }
    return times;
}"""


def reading(session: CDPSession, profile: Path) -> dict[str, float]:
    """Return what is in memory now, by name."""
    session.send("HeapProfiler.collectGarbage")
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return {
        "heap, MB": metrics["JSHeapUsedSize"] / 1e6,
        "nodes": metrics["Nodes"],
        "listeners": metrics["JSEventListeners"],
        "processes, MB": _own_bytes(profile) / 1e6,
    }


def _own_bytes(profile: Path) -> int:
    """Return what the browser's processes for pages and workers have for themselves."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes()
            if b"--type=renderer" in arguments and str(profile).encode() in arguments:
                lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
                total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
        except OSError:
            continue  # ended meanwhile
    return total


def at_rest(page: Page, session: CDPSession, profile: Path) -> dict[str, float]:
    """Return what is in memory on the page that both readings are made on, once Python has answered there."""
    page.evaluate(_RETURN)
    page.wait_for_function(_SETTLED)
    if not page.evaluate(_EDIT, 1):
        raise RuntimeError("the page of both readings has no calculator")
    return reading(session, profile)


def measure(pages: int, edits: int) -> tuple[dict[str, float], dict[str, float]]:
    """Build, serve, visit, and return what is in memory after few pages and after all, with so many edits."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="playbook-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build(folder / "site", port)
        with (
            CountingServer(folder / "site", port) as server,
            sync_playwright() as playwright,
            browser(playwright, folder / "profile") as context,
        ):
            page = context.pages[0]
            session = context.new_cdp_session(page)
            session.send("Performance.enable")
            page.goto(server.address)
            wait_for_instant_navigation(page)
            made = 0
            few: dict[str, float] = {}
            index = 0
            # Where the last page has no calculator, a further one has.
            while index < pages or made < edits:
                page.evaluate(_FOLLOW, index)
                page.wait_for_function(_SETTLED)
                index += 1
                made += page.evaluate(_EDIT, edits * min(index, pages) // pages - made)
                if index == FEW:
                    few = at_rest(page, session, folder)
            return few, at_rest(page, session, folder)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=200, help="pages of the visit")
    parser.add_argument("--edits", type=int, default=1000, help="numbers changed on the way")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    options = parser.parse_args()
    few, many = measure(options.pages, options.edits)
    rows = [
        Row(
            name=name,
            ours=f"{many[name]:.1f}",
            bare=f"{few[name]:.1f}",
            figure=many[name] / few[name],
            target=AT_MOST,
        )
        for name in few
    ]
    print_table(rows, ("in memory", f"after {options.pages} pages", f"after {FEW}", "ratio", "at most", ""))
    if options.strict and any(row.is_missed for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
