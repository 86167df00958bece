"""What is printed is what the page says: figures, chart, cautions, with title, day and address, on one sheet."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.core.words.catalogue import LANGUAGES
from tests.browser.test_calculator import CALCULATORS, path_of, ready
from tests.browser.test_calculator_tools import tool
from tests.support import OpenPage
from tools.texts.playbook_pages import folder_of

# Their bars say their value.
LABELLED = {"pipeline-coverage", "win-rate", "stage-conversion"}
# More statements, reasons, fields, months or weeks than one sheet has room for.
LONG = {
    *("commission-statement", "pipeline-audit", "methodology-chooser", "pipeline-waterfall", "revenue-plan"),
    "sales-capacity",
}
DRAWN = """plot => [...plot.querySelectorAll("svg text, .calculator__key li")].map(text => text.textContent)"""
# Sizes in pixels of what is on the paper, by element.
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"


def as_paper(page: Page) -> None:
    """Show the page as it is printed."""
    page.emulate_media(media="print")


def print_alone(calculator: Locator) -> None:
    """Press the print button, with the printer put aside."""
    page = calculator.page
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    tool(calculator, "share").locator("[data-do=print]").click()
    expect(page.locator("body[data-printed=yes]")).to_be_attached()
    as_paper(page)


def sheets(page: Page) -> int:
    """Return how many sheets of A4 are printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_a_chart_that_was_never_in_view_is_printed_as_it_is_now(open_page: OpenPage) -> None:
    """After an edit, and without scrolling to the chart, the paper has the figures of the fields in the chart, too."""
    page = open_page("embed/pipeline-coverage/", width=360, height=300)
    calculator = page.locator("playbook-calculator")
    calculator.locator("[name=open_pipeline]").fill("1420000")
    expect(calculator.locator("[data-part=chart-table]")).to_contain_text("1,420,000", use_inner_text=False)
    plot = calculator.locator("[data-part=chart] [data-part=plot]")
    expect(plot.locator(".calculator__key")).to_be_attached()

    as_paper(page)
    expect(plot.locator("svg")).to_be_visible()
    drawn = plot.evaluate(DRAWN)
    assert "1,420,000" in drawn
    assert "900,000" not in drawn
    # Drawn for paper, which is wider.
    assert plot.evaluate("plot => plot.querySelector('svg').viewBox.baseVal.width > 500")


def test_without_a_drawing_the_numbers_of_the_chart_are_printed(open_page: OpenPage) -> None:
    """Also where no script has run."""
    page = open_page("embed/pipeline-coverage/", javascript=False)

    page.emulate_media(media="print")
    expect(page.locator("[data-part=chart-table]")).to_be_visible()
    expect(page.locator("[data-part=chart] [data-part=plot]")).to_be_hidden()


@pytest.mark.parametrize("name", CALCULATORS)
def test_the_print_button_prints_one_sheet_that_agrees(open_page: OpenPage, name: str) -> None:
    """One A4 page, its chart drawn, its heads no larger than its data, and nothing that only a screen can use."""
    calculator = ready(open_page(path_of(name, "ko"), width=360, height=640), name)
    page = calculator.page
    shown = calculator.locator("output").all_inner_texts()

    print_alone(calculator)
    assert calculator.locator("output").all_inner_texts() == shown
    chart = calculator.locator("[data-part=chart]")
    if chart.count() and chart.is_visible():
        figures = chart.locator("[data-part=chart-table] tbody td:nth-child(2)").all_text_contents()
        drawn = " ".join(chart.locator("[data-part=plot]").evaluate(DRAWN))
        assert chart.locator("svg").is_visible()
        if name in LABELLED:
            assert all(figure in drawn for figure in figures)
    for table in calculator.locator("table:visible").all():
        head = table.locator("th:visible")
        if head.count():
            assert head.first.evaluate(SIZE) <= table.locator("td").first.evaluate(SIZE)
    expect(page.locator("h1")).to_be_hidden()
    for part in ("bar", "undo", "tools"):
        expect(calculator.locator(f"[data-part={part}]")).to_be_hidden()
    assert sheets(page) <= (2 if name in LONG else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_day_and_address_are_on_the_sheet(open_page: OpenPage, language: str) -> None:
    """In the reader's language; on the screen they are not repeated."""
    calculator = ready(open_page(path_of("meddic", language) + "#meddic"))
    sheet = calculator.locator("[data-part=sheet]")
    expect(sheet).to_be_hidden()

    print_alone(calculator)
    expect(sheet).to_be_visible()
    title = calculator.page.locator("h1").evaluate("title => title.firstChild.textContent.trim()")
    assert title in sheet.inner_text()
    day = calculator.page.evaluate(
        "language => new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format()", language
    )
    assert day in sheet.inner_text()
    assert calculator.page.url.partition("#")[0] in sheet.inner_text()
    assert folder_of(language) in sheet.inner_text()


def test_cautions_are_printed(open_page: OpenPage) -> None:
    """What limits a figure is on the paper beside it."""
    calculator = ready(open_page(path_of("win-rate")))
    calculator.locator("[name=won]").fill("6")
    calculator.locator("[name=lost]").fill("9")
    notes = calculator.locator("[data-part=notes] li")
    expect(notes.first).to_be_visible()

    print_alone(calculator)
    expect(notes.first).to_be_visible()
    assert notes.first.evaluate(SIZE) >= calculator.locator("dt").first.evaluate(SIZE)


# Texts that are seen and paler than 4.5 to 1 on white, each with its colour.
PALE = """() => [...document.querySelectorAll("article *")].filter(element => {
    const hasText = [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
    return hasText && element.checkVisibility() && !element.closest("svg");
}).flatMap(element => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = "#fff";
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = getComputedStyle(element).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part =>
        part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    const contrast = 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
    return contrast < 4.5 ? [`${canvas.fillStyle}: ${element.textContent.trim().slice(0, 40)}`] : [];
})"""


@pytest.mark.parametrize("name", ["sales-velocity", "meddic", "win-rate"])
def test_paper_is_white_whatever_the_screen(open_page: OpenPage, name: str) -> None:
    """Printed from the dark scheme, every text of the page is as dark as from the light one; links to jump are left."""
    page = open_page(path_of(name, "ko"), scheme="dark")
    expect(page.locator("body[data-md-color-scheme=slate]")).to_be_attached()

    as_paper(page)
    assert page.evaluate(PALE) == []
    for part in (".jump-links", ".language-offer"):
        for one in page.locator(part).all():
            expect(one).to_be_hidden()
