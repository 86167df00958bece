"""A tool, a chart or the search whose script or data does not come says so, and says what can be done instead."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from calculators.core.words.catalogue import LANGUAGES
from tests.browser.test_calculator import output, path_of, ready
from tests.browser.test_failures import broken, hanging, missing
from tests.support import OpenPage
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

type Fault = Callable[[Route], None]
FAULTS = [(missing, "gone"), (broken, "offline"), (hanging, "offline")]
DAMAGED = [
    "{",
    "",
    "5",
    "null",
    "[]",
    "{}",
    '"dark"',
    '{"index": "a", "color": {}}',
    '{"index": 1.5, "color": {}}',
    '{"index": 99, "color": {}}',
    '{"index": 1}',
    '{"index": 1, "color": {"a b": "c"}}',
]
SEARCH_DATA = ["**/search/*.json", "**/search_worker*"]


def sentence(place: Locator, kind: str) -> Locator:
    """Return the visible sentence about a failure of a kind."""
    return place.locator(f"p[data-failure={kind}]:visible")


def wait_long(page: Page, place: Locator) -> None:
    """Let the page run out of patience, again and again: what it waits for may not have been asked for yet."""
    for _ in range(60):
        page.clock.run_for(30_000)
        if place.count():
            return
        page.wait_for_timeout(250)


def search_for(page: Page, words: str) -> Locator:
    """Open the search, type, and return the place of its failures."""
    page.locator("header input[name=query]").click()
    page.keyboard.insert_text(words)
    return page.locator("[data-part=search-failure]")


@pytest.mark.parametrize("tool", ["solve", "sensitivity", "compare", "share"])
@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_a_tool_without_its_script_says_so(
    plain_page: Page, server: SiteServer, tool: str, fault: Fault, kind: str
) -> None:
    """It never opens and does nothing; what helps stands beside the sentence, and helps."""
    plain_page.context.route("**/calculator_tools*", fault)
    plain_page.clock.install()
    plain_page.goto(server.address + path_of("sales-velocity"))
    panel = ready(plain_page).locator(f"[data-tool={tool}]")

    panel.locator("summary").click()
    if fault is hanging:
        wait_long(plain_page, sentence(panel, kind))
    expect(sentence(panel, kind)).to_be_visible()
    if fault is hanging:
        return
    plain_page.context.unroute("**/calculator_tools*")
    remedy = panel.locator("button[data-remedy]:visible")
    if kind == "offline":
        remedy.click()
    else:
        with plain_page.expect_event("load"):
            remedy.click()
        ready(plain_page)  # what was unfolded is so again
    expect(plain_page.locator("[data-part=tools]")).to_have_attribute("data-ready", "")
    expect(panel.locator("[data-failure]:visible")).to_have_count(0)


def test_a_tool_without_python_says_so(plain_page: Page, server: SiteServer) -> None:
    """The sentence stands in the tool that the reader looks at."""
    plain_page.context.route("**/interpreter-*.bin", broken)
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()
    expect(calculator).to_have_attribute("data-state", "failed")

    panel = calculator.locator("[data-tool=sensitivity]")
    panel.locator("summary").click()
    expect(sentence(panel, "offline")).to_be_visible()
    plain_page.context.unroute("**/interpreter-*.bin")
    panel.locator("[data-remedy=retry]").click()
    expect(panel.locator("[data-part=levers] tbody tr").first).to_be_visible()
    expect(panel.locator("[data-failure]:visible")).to_have_count(0)


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_a_chart_without_its_script_leaves_its_numbers(
    plain_page: Page, server: SiteServer, fault: Fault, kind: str
) -> None:
    """The table is open below the sentence; in the tool that has a chart, too."""
    plain_page.context.route("**/charts*", fault)
    plain_page.clock.install()
    plain_page.goto(server.address + path_of("sales-compensation"))
    calculator = ready(plain_page)
    chart = calculator.locator("[data-part=chart]")
    chart.scroll_into_view_if_needed()
    if fault is hanging:
        wait_long(plain_page, sentence(chart, kind))
    expect(sentence(chart, kind)).to_be_visible()
    expect(chart.locator("[data-part=chart-table]")).to_be_visible()

    panel = calculator.locator("[data-tool=sensitivity]")
    panel.locator("summary").click()
    expect(panel.locator("[data-part=levers] tbody tr").first).to_be_visible()
    if fault is hanging:
        wait_long(plain_page, sentence(panel, kind))
    expect(sentence(panel, kind)).to_be_visible()


def test_a_workbook_without_its_modules_is_not_blamed_on_the_fields(plain_page: Page, server: SiteServer) -> None:
    """The calculator goes on, and the sheet is offered as before."""
    plain_page.context.route("**/workbook-*.bin", missing)
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(plain_page)
    panel = calculator.locator("[data-tool=share]")
    panel.locator("summary").click()
    panel.locator("[data-save=workbook]").click()

    expect(sentence(panel, "gone")).to_be_visible()
    expect(panel.locator("[data-part=done]")).to_be_empty()
    calculator.locator("[name=opportunities]").fill("80")
    expect(output(calculator, "revenue_per_day")).to_have_text("5,555.56")


@pytest.mark.parametrize(
    ("address", "fault", "kind", "language"),
    [
        (address, *fault, LANGUAGES[(place + 2 * further) % len(LANGUAGES)])
        for place, fault in enumerate(FAULTS)
        for further, address in enumerate(SEARCH_DATA)
    ],
)
def test_a_search_that_cannot_work_does_not_say_that_nothing_was_found(
    plain_page: Page, server: SiteServer, language: str, address: str, fault: Fault, kind: str
) -> None:
    """Its sentence, and ways without a search, in the page's language."""
    plain_page.context.route(address, fault)
    plain_page.clock.install()
    plain_page.goto(server.address + folder_of(language))
    failure = search_for(plain_page, "pipeline")
    if fault is hanging:
        wait_long(plain_page, sentence(failure, kind))

    expect(sentence(failure, kind).first).to_be_visible()
    expect(plain_page.locator(".md-search-result__meta")).to_be_hidden()
    links = failure.locator("a")
    expect(links.first).to_have_attribute("href", f"{server.address}{folder_of(language)}reference/glossary/")
    if fault is hanging:
        return
    plain_page.context.unroute(address)
    plain_page.keyboard.insert_text(" ")
    expect(plain_page.locator(".md-search-result__link").first).to_be_visible()
    expect(failure).to_be_hidden()


@pytest.mark.parametrize("how", ["throws", "is missing"])
def test_a_browser_without_workers_keeps_the_rest_of_the_page(plain_page: Page, server: SiteServer, how: str) -> None:
    """The search says that it cannot run here; the theme's own script goes on."""
    script = (
        "window.Worker = class { constructor() { throw new Error() } }" if how == "throws" else "delete window.Worker"
    )
    plain_page.context.add_init_script(script)
    plain_page.goto(server.address)

    expect(sentence(search_for(plain_page, "pipeline"), "unsupported").first).to_be_visible()
    assert plain_page.evaluate("Boolean(window.document$)")


@pytest.mark.parametrize("value", DAMAGED)
def test_damaged_colours_do_not_stop_the_search(open_page: OpenPage, value: str) -> None:
    """Whatever stands where the colours are kept, the page works, and keeps those that are picked then."""
    page = open_page()
    key = page.evaluate("__md_scope.pathname + '.__palette'")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    page.reload()

    search_for(page, "pipeline")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.reload()
    page.locator("[data-part=palette] label:not([hidden])").click()
    assert page.evaluate("key => Number.isInteger(JSON.parse(localStorage.getItem(key)).index)", key)


def test_without_storage_search_and_calculators_work(plain_page: Page, server: SiteServer) -> None:
    """A reader who has blocked the data of sites loses what is kept, and nothing else."""
    blocked = """for (const name of ["localStorage", "sessionStorage", "caches"]) {
        Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
    }"""
    problems: list[str] = []
    plain_page.on("pageerror", lambda error: problems.append(str(error)))
    plain_page.context.add_init_script(blocked)
    plain_page.goto(server.address + path_of("sales-velocity"))

    ready(plain_page)
    search_for(plain_page, "pipeline")
    expect(plain_page.locator(".md-search-result__link").first).to_be_visible()
    assert problems == []


def test_a_copy_is_asked_for_by_hand_only_where_there_is_a_text(plain_page: Page, server: SiteServer) -> None:
    """The code to embed lets the frame copy; where it may not, the text stands selected."""
    plain_page.context.add_init_script("delete Navigator.prototype.clipboard")
    plain_page.goto(server.address + path_of("sales-cycle-length"))
    calculator = ready(plain_page)
    panel = calculator.locator("[data-tool=share]")
    panel.locator("summary").click()
    done, by_hand = panel.locator("[data-part=done]"), panel.locator("[data-part=by-hand]")
    panel.locator("[data-copy=snippet]").click()
    expect(by_hand).to_be_visible()
    assert 'allow="clipboard-write"' in by_hand.input_value()
    expect(done).not_to_be_empty()

    # Typed, so many lines would take the browser minutes.
    calculator.locator("[name=cycle_days]").evaluate("""field => {
        field.value = Array.from({length: 3000}, (_, day) => day + 1).join("\\n");
        field.dispatchEvent(new Event("input", {bubbles: true}));
    }""")
    expect(panel.locator("[data-part=long-link]")).to_be_visible()
    panel.locator("[data-copy=link]").click()
    expect(by_hand).to_be_hidden()
    expect(done).to_be_empty()


WITHOUT_END = {
    "gone": broken,
    "cut off": lambda route: route.fulfill(body=route.fetch().text()[:30_000]),
    "hung": hanging,
}


@pytest.mark.parametrize(
    ("path", "script", "how"),
    [
        (path_of("win-rate", "ko"), "site", "gone"),
        (path_of("win-rate"), "site", "cut off"),
        (path_of("win-rate"), "site", "hung"),
        ("embed/win-rate/", "embed", "gone"),
    ],
)
def test_without_the_main_script_other_numbers_have_no_result_of_the_example(
    plain_page: Page, server: SiteServer, path: str, script: str, how: str
) -> None:
    """The page says that nothing answers; tried again, what was typed is answered."""
    address = f"**/playbook/{script}-*.js"
    plain_page.context.route(address, WITHOUT_END[how])
    plain_page.clock.install()
    plain_page.goto(server.address + path, wait_until="commit")
    calculator = plain_page.locator("playbook-calculator")
    calculator.locator("[name=won]").fill("44")
    failed = calculator.locator("[data-message=failed]")
    if how == "hung":
        wait_long(plain_page, failed.locator("p:visible"))
    expect(failed.locator("p:visible")).to_have_count(1)
    expect(failed.locator("button:visible")).to_have_count(1)

    plain_page.clock.resume()
    plain_page.context.unroute(address)
    # What was hung comes after all, and nobody has to press a button.
    if how != "hung":
        failed.locator("[data-remedy=retry]").click()
    expect(output(calculator, "win_rate")).to_have_text("44%")
    expect(failed).to_be_hidden()
    expect(calculator.locator("[name=won]")).to_have_value("44")


def test_without_the_main_script_nothing_of_a_file_is_waited_for(plain_page: Page, server: SiteServer) -> None:
    """The analyser and the answer key say so at once, before anybody presses a button that would do nothing."""
    plain_page.context.route("**/playbook/site-*.js", broken)
    for path, element in (("pipeline/analyse/", "playbook-analyser"), ("about/method/", "playbook-answer-key")):
        plain_page.goto(server.address + path)
        expect(plain_page.locator(f"{element} [data-part=failed] p:visible")).to_have_count(1)
