"""Every chart of every calculator can be read on a phone: no text over another, small, or outside the drawing."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from calculators.core.exploring.pairs import pairs
from tests.browser.test_calculator import CALCULATORS, ready
from tests.browser.test_calculator_tools import tool
from tests.support import OpenPage
from tools.texts.playbook_pages import folder_of

# The longest words, and a language whose letters are wide.
LANGUAGES = ("el", "ja")
WIDTHS = (320, 360, 520)
# Of two lines of one name, the boxes touch.
TOUCHING = 3
SEEN = """plot => {
    const frame = plot.querySelector("svg").getBoundingClientRect();
    const texts = [...plot.querySelectorAll("svg text")].filter(text => text.textContent.trim());
    const boxes = texts.map(text => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(text).fontSize);
        return { text: text.textContent, left, right, top, bottom, size };
    });
    return {
        width: frame.width, room: plot.clientWidth, boxes,
        outside: boxes.filter(box => box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(box => box.text),
    };
}"""


def complaints(plot: Locator) -> list[str]:
    """Return what cannot be read of a chart that is drawn."""
    plot.scroll_into_view_if_needed()
    expect(plot.locator("svg text").first).to_be_attached()
    # The drawing follows the width of its place.
    plot.page.wait_for_function(
        "plot => Math.abs(plot.querySelector('svg').getBoundingClientRect().width - plot.clientWidth) < 2",
        arg=plot.element_handle(),
    )
    seen: dict[str, Any] = plot.evaluate(SEEN)
    found = [f"outside: {text}" for text in seen["outside"]]
    found += [f"small: {box['text']}" for box in seen["boxes"] if box["size"] < 14]
    if seen["width"] > seen["room"] + 1:
        found.append("wider than its place")
    for place, one in enumerate(seen["boxes"]):
        for other in seen["boxes"][place + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            along = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if across > 1 and along > TOUCHING:
                found.append(f"over each other: {one['text']} | {other['text']}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_can_be_read(open_page: OpenPage, language: str) -> None:
    """Each calculator's own chart, and what moves each of its results, at every width."""
    found: list[str] = []
    page = open_page(f"{folder_of(language)}embed/{CALCULATORS[0]}/", width=WIDTHS[0])

    def look(what: str, plot: Locator) -> None:
        for width in WIDTHS if plot.is_visible() else ():
            page.set_viewport_size({"width": width, "height": 800})
            found.extend(f"{what} {width}: {text}" for text in complaints(plot))

    for name in CALCULATORS:
        page.goto(page.url.split("embed/")[0] + f"embed/{name}/")
        calculator = ready(page)
        look(name, calculator.locator("[data-part=chart] [data-part=plot]"))
        for output in pairs(name):
            moved = tool(calculator, "sensitivity")
            moved.locator("[data-part=output]").select_option(output)
            expect(moved.locator("[data-part=levers]")).not_to_have_attribute("aria-busy", "true")
            look(f"{name} {output}", moved.locator("[data-part=plot]"))
    assert found == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_large_amounts_are_not_cut(open_page: OpenPage, language: str) -> None:
    """The figures of an axis lie within the drawing, however long they are and wherever its last one is."""
    page = open_page(f"{folder_of(language)}embed/weighted-forecast/", width=WIDTHS[0])
    calculator = ready(page)
    plot = calculator.locator("[data-part=chart] [data-part=plot]")
    found: list[str] = []
    for amounts, on_axis in (
        (("300000000", "150000000", "80000000"), "500,000,000"),
        (("9876543210", "10", "20"), "10,000,000,000"),
        (("98765432100", "100", "200"), "100,000,000,000"),
    ):
        for place, amount in enumerate(amounts):
            calculator.locator("[data-column=value]").nth(place).fill(amount)
        expect(calculator.locator("[data-part=chart-table]")).to_contain_text(on_axis, use_inner_text=False)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{amounts[0]} {width}: {text}" for text in complaints(plot)]
    assert found == []
