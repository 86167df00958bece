"""A long visit takes no more memory than a short one: nothing holds on to a page that was left."""

from collections.abc import Sequence

from playwright.sync_api import CDPSession, Page

from tests.browser.test_calculator import path_of
from tests.support import wait_for_instant_navigation
from tools.serve import SiteServer

CALCULATORS = ("win-rate", "pipeline-coverage", "weighted-forecast")
COUNT_WORKERS = """
    delete window.SharedWorker;
    window.workers = 0;
    const RealWorker = window.Worker;
    window.Worker = class extends RealWorker {
        constructor(address, ...further) {
            super(address, ...further);
            if (String(address).includes("calculator_worker")) window.workers++;
        }
    };
"""
GO = """address => {
    const link = document.createElement("a");
    link.href = address;
    document.querySelector("main").append(link);
    link.click();
}"""
# No handle of an element is taken: the tool that drives the browser would hold on to its page.
SHOWN = """address => {
    const calculator = document.querySelector("playbook-calculator");
    const isThere = document.querySelector("link[rel=canonical]")?.href === address && calculator;
    if (isThere && calculator.dataset.state === "static") calculator.scrollIntoView();
    return isThere && calculator.dataset.state === "ready" && !document.querySelector(".calculator__plot:empty");
}"""
EDIT = """() => {
    const field = document.querySelector(".calculator__fields input[type=text]");
    field.value = "7";
    field.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def go_round(page: Page, addresses: Sequence[str], rounds: int) -> None:
    """Follow links to all pages, and change a number on each."""
    for address in list(addresses) * rounds:
        page.evaluate(GO, address)
        page.wait_for_function(SHOWN, arg=address)
        page.evaluate(EDIT)


def counts(devtools: CDPSession) -> dict[str, int]:
    """Return what is left after everything that nobody holds is gone."""
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
    return {name: int(count) for name, count in devtools.send("Memory.getDOMCounters").items()}


def test_a_long_visit_holds_no_page_it_has_left(plain_page: Page, server: SiteServer) -> None:
    """Documents, nodes and listeners are as many after thirty pages as after six; there is one Python all along."""
    plain_page.context.add_init_script(COUNT_WORKERS)
    devtools = plain_page.context.new_cdp_session(plain_page)
    addresses = [server.address + path_of(name) for name in CALCULATORS]
    plain_page.goto(addresses[-1])
    wait_for_instant_navigation(plain_page)
    go_round(plain_page, addresses, 2)
    before = counts(devtools)
    go_round(plain_page, addresses, 8)
    after = counts(devtools)
    print(before, after)
    assert plain_page.evaluate("workers") == 1
    assert after == before
