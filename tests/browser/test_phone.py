"""On a phone nothing of a calculator is out of sight or too small, and the answer stays in view while one types."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.core.words.catalogue import LANGUAGES
from tests.browser.test_calculator import CALCULATORS, path_of, ready
from tests.browser.test_calculator_tools import tool
from tests.support import OpenPage, patient_context
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

WIDTHS = (320, 360, 480)
DESKTOP = 760

UNFOLD = """calculator => {
    for (const details of calculator.querySelectorAll("details")) details.open = true;
}"""
# A cell is seen where its text begins and ends inside all that cuts it off sideways.
CUT_CELLS = """calculator => [...calculator.querySelectorAll(".calculator__figures :is(td, th)")].filter(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const text = range.getBoundingClientRect();
    if (!text.width || getComputedStyle(cell.closest("thead, tbody")).position === "absolute") return false;
    const frame = cell.closest(".calculator__scroll").getBoundingClientRect();
    return text.left < frame.left - 1 || text.right > frame.right + 1;
}).map(cell => cell.closest("table").className + ": " + cell.textContent)"""
UNLABELLED_CELLS = """calculator => [...calculator.querySelectorAll(".calculator__figures")].flatMap(table =>
    table.tHead.rows[0].cells.length < 3 ? [] : [...table.querySelectorAll("tbody td:not(:first-child)")].filter(
        cell => cell.textContent && getComputedStyle(cell, "::before").content !== `"${cell.dataset.label}"`)
).map(cell => cell.textContent)"""
SMALL_TEXTS = """calculator => {
    const small = [];
    const walker = document.createTreeWalker(calculator, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !element.checkVisibility()) continue;
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size < 14) small.push(`${size}: ${node.data.trim()}`);
    }
    return small;
}"""
SMALL_TARGETS = """calculator => [...calculator.querySelectorAll(`
    input:not([type=radio], [type=checkbox]), select, textarea, button, summary, .calculator__option, .calculator__cell
`)].filter(control => control.checkVisibility() && control.getBoundingClientRect().height < 43.5)
    .map(control => control.outerHTML.slice(0, 120))"""
OFF_CENTRE = """calculator => [...calculator.querySelectorAll(".calculator__option")].filter(option => {
    const sign = option.querySelector("input").getBoundingClientRect();
    const words = document.createRange();
    words.selectNodeContents(option.querySelector("span"));
    const line = words.getClientRects()[0];
    return line && Math.abs((sign.top + sign.bottom) / 2 - (line.top + line.bottom) / 2) > 1.5;
}).map(option => option.textContent)"""
CUT_CHOICES = """calculator => [...calculator.querySelectorAll("select[data-column]")].filter(select => {
    if (!select.checkVisibility()) return false;
    const free = select.cloneNode(true);
    free.style.cssText = "position: absolute; inline-size: max-content; min-inline-size: 0";
    select.after(free);
    const wanted = free.offsetWidth;
    free.remove();
    return select.offsetWidth < wanted - 1;
}).map(select => select.dataset.column)"""


CHECKS = {
    "cut": CUT_CELLS,
    "unlabelled": UNLABELLED_CELLS,
    "small": SMALL_TEXTS,
    "choice": CUT_CHOICES,
    "off the middle of its words": OFF_CENTRE,
    "not a finger high": SMALL_TARGETS,
}
TO_BE_SEEN = ("cut", "unlabelled", "small", "choice", "off the middle of its words")


def opened(page: Page, name: str, language: str) -> Locator:
    """Open a calculator with all that is folded away, two scenarios compared."""
    root = page.url.split("embed/")[0].removesuffix(folder_of(language))
    page.goto(f"{root}{folder_of(language)}embed/{name}/")
    calculator = ready(page)
    tool(calculator, "compare").locator("[data-do=keep]").dispatch_event("click")
    expect(calculator.locator("[data-part=scenarios] tbody tr").first).to_be_attached()
    calculator.evaluate(UNFOLD)
    if calculator.locator("[data-tool=sensitivity]").count():
        expect(calculator.locator("[data-part=levers] tbody tr").first).to_be_attached()
    return calculator


def complaints(calculator: Locator, width: int, *checks: str) -> list[str]:
    """Return what is wrong at a width."""
    calculator.page.set_viewport_size({"width": width, "height": 700})
    return [f"{width} {kind}: {text}" for kind in checks for text in calculator.evaluate(CHECKS[kind])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_every_calculator_can_be_seen(open_page: OpenPage, language: str) -> None:
    """Every cell of every result table with its label on a phone, every choice whole, every text large enough.

    Ticks and dots stand at the height of the first line they belong to; on a desktop nothing is out of sight either.
    """
    found: list[str] = []
    page = open_page(f"{folder_of(language)}embed/{CALCULATORS[0]}/", width=WIDTHS[0])
    for name in CALCULATORS:
        calculator = opened(page, name, language)
        wrong = [text for width in WIDTHS for text in complaints(calculator, width, *TO_BE_SEEN)]
        wrong += complaints(calculator, DESKTOP, "cut", "choice", "small")
        found += [f"{name} {text}" for text in wrong]
    assert found == []


def test_a_finger_meets_every_control(open_page: OpenPage) -> None:
    """All that is pressed is a finger high, wherever the pointer is coarse."""
    found: list[str] = []
    page = open_page("embed/meddic/", width=360)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    devtools.send("Emulation.setEmulatedMedia", {"features": [{"name": "pointer", "value": "coarse"}]})
    for name in CALCULATORS:
        calculator = opened(page, name, "en")
        for width in (360, 800):
            found += [f"{name} {text}" for text in complaints(calculator, width, "not a finger high")]
    assert found == []


IN_VIEW = """element => {
    const { top, bottom } = element.getBoundingClientRect();
    const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    return top < innerHeight && bottom > header;
}"""
ANSWER = """calculator => {
    const sentence = calculator.querySelector("[data-part=headline]");
    if (sentence?.textContent && !sentence.hidden) return sentence.textContent;
    const headline = calculator.querySelector(".calculator__output--headline, .calculator__output:first-child");
    return [headline.querySelector("dt"), headline.querySelector("output, tbody td, li")]
        .map(part => part.textContent).join(" ");
}"""


def plain(text: Any) -> str:
    """Return a text without doubled spaces."""
    return re.sub(r"\s+", " ", str(text)).strip()


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [(name, 360, 640) for name in CALCULATORS[::2]]
    + [(name, 1280, 720) for name in ("weighted-forecast", "meddic", "pipeline-audit")],
)
def test_the_answer_stays_in_view(open_page: OpenPage, name: str, width: int, height: int) -> None:
    """While any field is edited the headline or the same words at the edge are seen, and the field is not covered."""
    page = open_page(path_of(name, "ko"), width=width, height=height)
    calculator = ready(page, name)
    bar = calculator.locator("[data-part=bar-text]")
    headline = calculator.locator(".calculator__output--headline, .calculator__output:first-child").first.locator("dd")
    sentence = calculator.locator("[data-part=headline]")
    fields = calculator.locator(".calculator__fields").first.locator("input:visible, textarea:visible")

    for field in (fields.first, fields.nth(fields.count() // 2), fields.last):
        field.focus()
        calculator.evaluate("() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 50)))")
        assert bar.is_visible() or sentence.evaluate(IN_VIEW) or headline.evaluate(IN_VIEW)
        if bar.is_visible():
            assert plain(bar.inner_text()) == plain(calculator.evaluate(ANSWER))
            box, edge = field.bounding_box(), bar.bounding_box()
            assert box is not None
            assert edge is not None
            assert edge["y"] + edge["height"] <= height + 1
            assert box["y"] + box["height"] <= edge["y"] + 1


def test_the_bar_follows_the_figures_and_leads_to_them(open_page: OpenPage) -> None:
    """What is typed shows in it at once; pressed, it brings the result, and goes."""
    page = open_page(path_of("weighted-forecast"), width=360, height=640)
    calculator = ready(page)
    bar = calculator.locator("[data-part=bar-text]")

    calculator.locator("[data-column=value]").first.fill("1120000")
    expect(bar).to_contain_text("836,000")
    expect(calculator.locator("[data-part=bar]")).to_have_attribute("aria-hidden", "true")
    bar.click()
    expect(calculator.locator("output[name=weighted_value]")).to_be_in_viewport()
    expect(bar).to_be_hidden()
    page.set_viewport_size({"width": 320, "height": 256})
    calculator.locator("[data-column=value]").first.focus()
    expect(bar).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360])
def test_what_is_wrong_is_not_under_the_bar(open_page: OpenPage, width: int) -> None:
    """The field being typed in, all that is said about it, and what the bar itself says can be read."""
    page = open_page(path_of("win-rate", "el"), width=width, height=568)
    calculator = ready(page)
    field, bar = calculator.locator("[name=won]"), calculator.locator("[data-part=bar-text]")
    field.focus()
    field.evaluate("field => field.scrollIntoView({ block: 'end' })")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("1.000,5")

    error = calculator.locator("[data-error=won]")
    expect(error).to_be_visible()
    expect(bar).to_be_visible()
    field_box, message, edge = field.bounding_box(), error.bounding_box(), bar.bounding_box()
    assert field_box is not None
    assert message is not None
    assert edge is not None
    assert field_box["y"] >= 0
    assert message["y"] + message["height"] <= edge["y"] + 1
    words = bar.locator("span")
    assert words.evaluate("words => words.scrollHeight <= words.clientHeight + 1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_of_rows_say_which_row(open_page: OpenPage, language: str) -> None:
    """Each has a name of its own, also after rows have come and gone."""
    calculator = ready(open_page(f"{folder_of(language)}embed/product-mix/", width=360))
    buttons = calculator.locator("button[data-row]")

    for place in range(3):
        calculator.locator("[data-add-row]").click()
        calculator.locator("[data-row=remove]").nth(place).click()
        calculator.locator("[data-row=up]").last.click()
        names = buttons.evaluate_all("buttons => buttons.map(button => button.getAttribute('aria-label'))")
        assert len(set(names)) == len(names)
        assert not any("{" in name for name in names)
        assert "2" in (buttons.nth(3).get_attribute("aria-label") or "")


def test_an_opened_link_shows_the_question(open_page: OpenPage) -> None:
    """It is below the page's header, not under it."""
    page = open_page(path_of("sales-velocity") + "#sales-velocity?win_rate=0.3", width=360, height=640)
    question = ready(page).locator(".calculator__question")

    header = page.locator(".md-header").bounding_box()
    box = question.bounding_box()
    assert header is not None
    assert box is not None
    assert box["y"] >= header["y"] + header["height"]
    assert box["y"] < 640


def test_without_a_result_no_other_definitions(open_page: OpenPage) -> None:
    """A dash under each of them would say nothing."""
    calculator = ready(open_page("embed/win-rate/", width=360))

    calculator.locator("[name=won]").fill("x")
    expect(calculator.locator("[data-part=definitions]")).to_be_hidden()
    calculator.locator("[name=won]").fill("20")
    expect(calculator.locator("[data-part=definitions]")).to_be_visible()


WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("name", CALCULATORS)
def test_no_state_is_wider_than_the_screen(open_page: OpenPage, name: str) -> None:
    """At 360 px: empty, filled in again, edited, and with the chart in view, nothing makes the page wider."""
    page = open_page(path_of(name, "ko"), width=360, height=740)
    calculator = ready(page, name)
    texts = calculator.locator(".calculator__fields").locator("input:visible:is([type=text]), textarea:visible")

    def widths(state: str) -> list[str]:
        expect(calculator).not_to_have_attribute("data-state", "computing")
        seen = [page.evaluate(WIDTH)]
        if calculator.locator("[data-part=chart]").is_visible():
            calculator.locator("[data-part=chart]").scroll_into_view_if_needed()
            expect(calculator.locator("[data-part=chart] svg")).to_be_visible()
            seen.append(page.evaluate(WIDTH))
        return [f"{state}: {width}" for width in seen if width > 360]

    found = widths("example")
    calculator.locator("[data-control=empty]").click()
    found += widths("empty")
    calculator.locator("[data-control=undo]").click()
    expect(calculator).to_have_attribute("data-state", "ready")
    found += widths("filled again")
    if texts.count():
        texts.last.fill("37")
        found += widths("edited")
    assert found == []


# How much of the field with the focus lies under what stays at the edge of the view, in pixels.
COVERED = """calculator => {
    const field = document.activeElement.getBoundingClientRect();
    return Math.max(...[...calculator.querySelectorAll("[data-part=undo], [data-part=bar-text]")].map(part => {
        const box = part.getBoundingClientRect();
        if (part.contains(document.activeElement)) return 0;
        return box.height && Math.min(field.bottom, box.bottom) - Math.max(field.top, box.top);
    }));
}"""


@pytest.mark.parametrize("name", ["weighted-forecast", "meddic", "pipeline-audit"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 460), (1280, 720)])
def test_nothing_lies_over_the_field_with_the_focus(open_page: OpenPage, name: str, width: int, height: int) -> None:
    """After a change that can be taken back, from field to field by Tab, and while one types."""
    page = open_page(path_of(name, "el"), width=width, height=height)
    calculator = ready(page, name)
    undo = calculator.locator("[data-part=undo]")
    calculator.locator("[data-control=empty]").click()
    expect(undo).to_be_visible()

    for _ in range(12):
        page.keyboard.press("Tab")
        page.evaluate("new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 50)))")
        assert calculator.evaluate(COVERED) <= 1
    field = calculator.locator(".calculator__fields input:visible").first
    field.focus()
    if field.get_attribute("type") == "text":
        page.keyboard.type("7")
        assert undo.evaluate("undo => getComputedStyle(undo).position") == "static"
    assert calculator.evaluate(COVERED) <= 1


def test_a_finger_clears_the_field_that_it_meets(finger: Page) -> None:
    """What was undoable goes out of the way of the field that is tapped, before anything is typed."""
    calculator = ready(finger)
    calculator.locator("[data-control=empty]").tap()
    undo = calculator.locator("[data-part=undo]")
    expect(undo).to_be_visible()
    assert undo.evaluate("undo => getComputedStyle(undo).position") == "sticky"

    calculator.locator("[name=win_rate]").tap()
    assert undo.evaluate("undo => getComputedStyle(undo).position") == "static"
    assert calculator.evaluate(COVERED) <= 1


@pytest.mark.parametrize("language", ["ko", "el"])
def test_the_bar_says_what_is_missing_in_two_lines(open_page: OpenPage, language: str) -> None:
    """Without an answer it says why; it is never higher than two lines, so that the fields stay in sight."""
    page = open_page(path_of("weighted-forecast", language), width=360, height=640)
    calculator = ready(page)
    bar = calculator.locator("[data-part=bar-text]")
    value = calculator.locator("[data-column=value]").first

    calculator.locator("[data-control=empty]").click()
    value.press_sequentially("1")
    value.fill("")
    missing = calculator.locator("[data-message=empty]")
    expect(calculator).to_have_attribute("data-state", "empty")
    expect(bar).to_have_text(plain(missing.text_content()))
    value.fill("x")
    expect(bar).to_have_text(plain(calculator.locator("[data-message=invalid]").text_content()))
    lines = "bar => (bar.clientHeight - 16) / parseFloat(getComputedStyle(bar).lineHeight)"
    assert bar.is_visible()
    assert bar.evaluate(lines) < 2.5


@pytest.fixture
def finger(browser: Browser, server: SiteServer) -> Iterator[Page]:
    """Open a page on a phone with a touch screen."""
    with patient_context(browser, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(server.address + path_of("sales-velocity", "ko"))
        yield page


def test_the_first_tap_below_an_amount_counts(finger: Page) -> None:
    """The buttons with units go only after the tap; by keyboard one comes to the next field, not to them."""
    calculator = ready(finger)
    amount = calculator.locator("[name=average_deal_size]")
    example = amount.input_value()

    amount.tap()
    amount.fill("12")
    expect(calculator.locator("[data-part=scales]")).to_be_visible()
    calculator.locator("[type=reset]").tap()
    expect(amount).to_have_value(example)
    expect(calculator.locator("[data-part=scales]")).to_be_hidden()
    amount.tap()
    calculator.locator("[data-scale]").last.tap()
    finger.keyboard.press("Tab")
    assert finger.evaluate("document.activeElement.name") not in {None, "", "average_deal_size"}


def test_one_unit_at_a_time(finger: Page) -> None:
    """Another unit takes the place of the one at the end, and nothing has no unit."""
    calculator = ready(finger)
    amount = calculator.locator("[name=average_deal_size]")
    first, second = calculator.locator("[data-scale]").first, calculator.locator("[data-scale]").last
    amount.tap()

    amount.fill("12")
    for unit in (first, second, first, first):
        unit.tap()
        assert amount.input_value() == "12" + (unit.text_content() or "")
    amount.fill("")
    second.tap()
    expect(amount).to_have_value("")
    amount.fill("1억 5000")
    first.tap()
    assert amount.input_value() == "1억 5000" + (first.text_content() or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_of_the_home_page_answers(browser: Browser, server: SiteServer, language: str) -> None:
    """The question, the way to put in an export and the calculator's answer, before anything is scrolled."""
    context = patient_context(browser, viewport={"width": 360, "height": 780}, locale=language)
    page = context.new_page()
    page.goto(f"{server.address}{folder_of(language)}")
    for part in (".md-button--primary", ".calculator__question", "[data-part=bar]"):
        expect(page.locator(f"article {part}").first).to_be_in_viewport()
    context.close()
