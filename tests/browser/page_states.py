"""The states a page can be in, each brought about as a reader does: for tests of what must hold in all of them."""

import re
from collections.abc import Callable
from functools import partial

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.test_analyser import KEY, analyser_of, choose, figure, shown
from tests.browser.test_calculator import output, path_of, ready
from tests.browser.test_calculator_tools import tool
from tests.browser.test_my_numbers import known, offers, win_rate_typed
from tools.texts.playbook_pages import folder_of

type Opened = Callable[..., Page]
ANALYSER = "pipeline/analyse/"
EMPTY_FILE: FilePayload = {"name": "empty.csv", "mimeType": "text/csv", "buffer": b""}


def _plain(path: str, open_page: Opened, language: str) -> Page:
    """Open a page as it is."""
    return open_page(folder_of(language) + path, missing_pages_allowed=path == "404.html")


def _example(open_page: Opened, language: str) -> Page:
    """Show a calculator that shows its example, all that is folded away opened."""
    page = open_page(path_of("win-rate", language))
    calculator = ready(page)
    calculator.locator(".calculator__working summary").click()
    return page


def _error(open_page: Opened, language: str) -> Page:
    """Show a field that holds no number."""
    page = open_page(path_of("sales-velocity", language))
    calculator = ready(page)
    calculator.locator("[name=average_deal_size]").fill("12abc")
    expect(calculator).to_have_attribute("data-state", "invalid")
    expect(calculator.locator("[data-error=average_deal_size]")).to_be_visible()
    return page


def _error_in_a_table(open_page: Opened, language: str) -> Page:
    """Show a cell that holds no number."""
    page = open_page(path_of("weighted-forecast", language))
    calculator = ready(page)
    calculator.locator("[data-column=value]").first.fill("12abc")
    expect(calculator).to_have_attribute("data-state", "invalid")
    return page


def _asked(open_page: Opened, language: str) -> Page:
    """Show a number that could be two, with both readings offered."""
    page = open_page(path_of("sales-velocity", language))
    calculator = ready(page)
    calculator.locator("[name=win_rate]").fill("0,25" if language == "el" else "0.25")
    expect(calculator.locator("[data-offers] button").first).to_be_visible()
    return page


def _empty(open_page: Opened, language: str) -> Page:
    """Show emptied fields, what is still to fill in, and the offer to take it back."""
    page = open_page(path_of("win-rate", language))
    calculator = ready(page)
    calculator.locator("[data-control=empty]").click()
    expect(calculator.locator("[data-part=undo]")).to_be_visible()
    expect(calculator.locator("[data-message=empty]")).to_be_visible()
    return page


def _undone(open_page: Opened, language: str) -> Page:
    """Show a change that was taken back."""
    page = _empty(open_page, language)
    calculator = page.locator("playbook-calculator").first
    calculator.locator("[data-control=undo]").click()
    expect(calculator).to_have_attribute("data-state", "ready")
    return page


def _solved(open_page: Opened, language: str) -> Page:
    """Show the input that a goal takes."""
    page = open_page(path_of("sales-velocity", language))
    calculator = ready(page)
    tool(calculator, "solve").locator("[data-part=target]").fill("4000")
    expect(calculator.locator("[data-part=use] button")).to_be_visible()
    return page


def _unsolved(open_page: Opened, language: str) -> Page:
    """Show a goal that is no number."""
    page = open_page(path_of("sales-velocity", language))
    calculator = ready(page)
    tool(calculator, "solve").locator("[data-part=target]").fill("many")
    expect(calculator.locator("[data-tool=solve] [data-part=error]")).to_be_visible()
    return page


def _sensitivity(open_page: Opened, language: str) -> Page:
    """Show what moves the result, drawn and in its table."""
    page = open_page(path_of("sales-velocity", language))
    panel = tool(ready(page), "sensitivity")
    expect(panel.locator("[data-part=levers] tbody tr").first).to_be_visible()
    expect(panel.locator("svg")).to_be_visible()
    return page


def _compared(open_page: Opened, language: str) -> Page:
    """Show two scenarios side by side."""
    page = open_page(path_of("sales-velocity", language))
    calculator = ready(page)
    panel = tool(calculator, "compare")
    panel.locator("[data-do=keep]").click()
    expect(panel.locator("[data-part=scenarios] tbody tr").first).to_be_visible()
    calculator.locator("[name=opportunities]").fill("80")
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", re.compile("5555"))
    return page


def _shared(open_page: Opened, language: str) -> Page:
    """Show the ways to take numbers along, one of them used."""
    page = open_page(path_of("meddic", language))
    panel = tool(ready(page), "share")
    expect(panel.locator("[data-part=link]")).not_to_have_value("")
    with page.expect_download():
        panel.locator("[data-save=csv]").click()
    expect(panel.locator("[data-part=done]")).not_to_be_empty()
    return page


def _chart(open_page: Opened, language: str) -> Page:
    """Show a chart with its table, and the result by another definition."""
    page = open_page(path_of("pipeline-coverage", language))
    calculator = ready(page)
    chart = calculator.locator("[data-part=chart]")
    chart.scroll_into_view_if_needed()
    expect(chart.locator("svg")).to_be_visible()
    chart.locator("summary").click()
    return page


def _cautioned(open_page: Opened, language: str) -> Page:
    """Show a result with cautions, and figures that have no meaning."""
    page = open_page(path_of("win-rate", language))
    calculator = ready(page)
    for name in ("won", "lost"):
        calculator.locator(f"[name={name}]").fill("0")
    expect(calculator).to_have_attribute("data-state", "ready")
    return page


def _offered(open_page: Opened, language: str) -> Page:
    """Show the reader's own numbers, offered to another calculator."""
    page = open_page(path_of("win-rate", language))
    win_rate_typed(page)
    known(page, "win-rate")
    page.goto(page.url.replace("win-rate", "sales-velocity"))
    expect(offers(ready(page, "sales-velocity"))).to_have_count(1)
    return page


def _my_numbers(open_page: Opened, language: str) -> Page:
    """Show all of the reader's numbers, one of them from a calculator and one that cannot be read."""
    page = open_page(path_of("win-rate", language))
    win_rate_typed(page)
    known(page, "win-rate")
    page.goto(page.url.replace("metrics/win-rate", "reference/my-numbers"))
    numbers = page.locator("playbook-numbers")
    expect(numbers.locator("[data-part=origin][data-of=win_rate]")).not_to_be_empty()
    numbers.locator("[name=quota]").fill("?!")
    numbers.locator("[name=quota]").press("Tab")
    expect(numbers.locator("[data-error=quota]")).to_be_visible()
    return page


def _late_plan(open_page: Opened, language: str) -> Page:
    """Show a plan with the buyer that can no longer be kept."""
    page = open_page(path_of("mutual-action-plan", language))
    calculator = ready(page)
    calculator.locator("[name=go_live]").fill("2026-12-10")
    expect(output(calculator, "days_late")).not_to_have_attribute("data-value", "0")
    expect(calculator).to_have_attribute("data-state", "ready")
    return page


def _failed(open_page: Opened, language: str) -> Page:
    """Show a calculator whose Python does not come."""
    page = open_page(folder_of(language) + "about/", fresh=True, may_complain=True)
    page.context.add_init_script("delete window.SharedWorker")
    page.context.route("**/interpreter-*.bin", lambda route: route.abort())
    page.goto(page.url.removesuffix(folder_of(language) + "about/") + path_of("sales-velocity", language))
    calculator = page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "failed")
    expect(calculator.locator("[data-message=failed]")).to_be_visible()
    return page


def _embedded(open_page: Opened, language: str) -> Page:
    """Show a calculator in its frame, every tool opened."""
    page = open_page(f"{folder_of(language)}embed/weighted-forecast/")
    calculator = ready(page)
    for name in ("solve", "sensitivity", "compare", "share"):
        if calculator.locator(f"[data-tool={name}]").count():
            tool(calculator, name)
    return page


def _doubtful(open_page: Opened, language: str) -> Page:
    """Show an export with a question that only the reader can answer."""
    page = open_page(folder_of(language) + ANALYSER)
    analyser = analyser_of(page)
    choose(analyser, KEY / "01-date-order-open.csv")
    expect(analyser.locator(".analyser__doubt[data-open]")).to_be_visible()
    return page


def _refused(open_page: Opened, language: str) -> Page:
    """Show a file that cannot be used."""
    page = open_page(folder_of(language) + ANALYSER)
    analyser = analyser_of(page)
    analyser.locator("[data-part=files]").set_input_files(EMPTY_FILE)
    expect(analyser.locator("[data-part=refused]")).to_be_visible()
    return page


def _analysed(open_page: Opened, language: str) -> Page:
    """Show the sample's figures, all that is folded away opened, a wrong quota."""
    page = open_page(folder_of(language) + ANALYSER)
    analyser = analyser_of(page)
    analyser.locator("[data-do=sample]").click()
    expect(analyser.locator("[data-part=answer]")).to_be_visible()
    shown(analyser)
    analyser.evaluate("analyser => { for (const part of analyser.querySelectorAll('details')) part.open = true; }")
    analyser.locator("[data-chart]").first.scroll_into_view_if_needed()
    expect(analyser.locator("[data-chart] svg").first).to_be_visible()
    quota = analyser.locator("[data-setting=quota]")
    quota.fill("many")
    quota.press("Tab")
    expect(analyser.locator("[data-error=quota]")).to_be_visible()
    shown(analyser)
    return page


def _two_exports(open_page: Opened, language: str) -> Page:
    """Show what came in and left between two exports."""
    head = "Deal ID,Stage,Amount,Create date,Close date\n"
    before = "1,Proposal,400,2026-05-02,2026-08-15\n2,Proposal,300,2026-05-03,2026-09-10\n"
    after = "1,Closed won,350,2026-05-02,2026-08-20\n2,Proposal,300,2026-05-03,2026-11-10\n"
    earlier, later = (
        FilePayload(name=name, mimeType="text/csv", buffer=(head + rows).encode())
        for name, rows in (("earlier.csv", before), ("later.csv", after))
    )
    page = open_page(folder_of(language) + ANALYSER)
    analyser = analyser_of(page)
    analyser.locator("[data-part=files]").set_input_files(later)
    shown(analyser)
    analyser.locator("details[data-part=waterfall] > summary").click()
    analyser.locator("[data-part=earlier]").set_input_files(earlier)
    expect(analyser.locator("[data-part=steps] tbody tr").first).to_be_visible()
    return page


def _rows(open_page: Opened, language: str) -> Page:
    """Show the rows behind a figure."""
    page = open_page(folder_of(language) + ANALYSER)
    analyser = analyser_of(page)
    analyser.locator("[data-do=sample]").click()
    expect(analyser.locator("[data-part=answer]")).to_be_visible()
    shown(analyser)
    figure(analyser, "won").locator("[data-do=rows]").click()
    expect(analyser.locator("dialog[open] tbody tr").first).to_be_visible()
    return page


def _answered(open_page: Opened, language: str) -> Page:
    """Show a quiz with a right and a wrong answer."""
    page = open_page(folder_of(language) + "pipeline/")
    for place, answer in enumerate(("right", "wrong")):
        question = page.locator("[data-part=question]").nth(place)
        question.locator(f"label:has(input[value={answer}])").first.click()
        expect(question.locator("[data-part=verdict]")).not_to_be_empty()
    return page


def _ticked(open_page: Opened, language: str) -> Page:
    """Show a checklist with an item done."""
    page = open_page(folder_of(language) + "pipeline/stages/")
    page.locator(".task-list-item span").first.click()
    expect(page.locator(".task-list-item input").first).to_be_checked()
    return page


def search(page: Page, words: str) -> None:
    """Open the search as it is opened at this width, and type."""
    width = (page.viewport_size or {"width": 0})["width"]
    page.locator("header label.md-header__button[for=__search]" if width < 960 else "header input[name=query]").click()
    page.keyboard.insert_text(words)


def _found(open_page: Opened, language: str) -> Page:
    """Show results of a search, one without a word of the query."""
    page = open_page(folder_of(language) + "metrics/")
    search(page, "win rate zebra")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    return page


def _not_found(open_page: Opened, language: str) -> Page:
    """Show a search that finds nothing."""
    page = open_page(folder_of(language) + "metrics/")
    search(page, "zyxwvut")
    expect(page.locator("[data-part=search-nothing] p:visible")).to_be_visible()
    return page


def _search_failed(open_page: Opened, language: str) -> Page:
    """Show a search whose index does not come."""
    page = open_page(folder_of(language) + "about/", fresh=True, may_complain=True)
    page.context.route("**/search/*.json", lambda route: route.abort())
    search(page, "pipeline")
    expect(page.locator("[data-part=search-failure] a:visible").first).to_be_visible()
    return page


def _menu(open_page: Opened, language: str) -> Page:
    """Show the menu of languages, opened, below the offer of another language."""
    page = open_page(folder_of(language) + "metrics/")
    button = page.locator("header .md-select > button")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(page.locator("header .md-select__link").first).to_be_visible()
    page.locator("[data-language-offer]").first.evaluate("offer => { offer.hidden = false; }")
    return page


def _drawer(open_page: Opened, language: str) -> Page:
    """Show the drawer of a phone, opened; on a desktop, the list beside the page."""
    page = open_page(folder_of(language) + "metrics/win-rate/")
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("header label.md-header__button[for=__drawer]").click()
    expect(page.locator("#__drawer")).to_be_checked()
    return page


STATES: dict[str, Callable[[Opened, str], Page]] = {
    "home": partial(_plain, ""),
    "text": partial(_plain, "pipeline/mistakes/"),
    "glossary": partial(_plain, "reference/glossary/"),
    "calculators": partial(_plain, "reference/calculators/"),
    "offline": partial(_plain, "about/offline/"),
    "accessibility": partial(_plain, "about/accessibility/"),
    "not found": partial(_plain, "404.html"),
    "no connection": partial(_plain, "503.html"),
    "menu of languages": _menu,
    "drawer": _drawer,
    "example": _example,
    "error": _error,
    "error in a table": _error_in_a_table,
    "asked about": _asked,
    "empty": _empty,
    "undone": _undone,
    "solved": _solved,
    "no goal": _unsolved,
    "sensitivity": _sensitivity,
    "compared": _compared,
    "shared": _shared,
    "chart": _chart,
    "cautioned": _cautioned,
    "failed": _failed,
    "embedded": _embedded,
    "no file": partial(_plain, ANALYSER),
    "doubtful": _doubtful,
    "refused": _refused,
    "analysed": _analysed,
    "rows": _rows,
    "quiz": _answered,
    "checklist": _ticked,
    "found": _found,
    "nothing found": _not_found,
    "search failed": _search_failed,
    "numbers offered": _offered,
    "my numbers": _my_numbers,
    "late plan": _late_plan,
    "two exports": _two_exports,
}
