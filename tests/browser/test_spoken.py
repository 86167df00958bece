"""What a screen reader says when something changes: once, and not never.

Regions that speak are read as browsers tell of them: a region speaks its words when they change while it is there. One
that appears together with its words is passed over by some screen readers.
"""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_states import EMPTY_FILE, search
from tests.browser.test_analyser import KEY, analyser_of, choose, shown
from tests.browser.test_calculator import output, path_of, ready
from tests.browser.test_calculator_tools import tool
from tests.support import OpenPage
from tools.texts.playbook_pages import folder_of

LISTEN = """() => {
    const REGIONS = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
    window.heard = [];
    window.passedOver = [];
    const known = new WeakMap();
    const look = (isFirst) => {
        for (const region of document.querySelectorAll(REGIONS)) {
            const isThere = region.checkVisibility({ visibilityProperty: true });
            const text = isThere ? region.innerText.replace(/\\s+/g, " ").trim() : "";
            const before = known.get(region);
            known.set(region, { isThere, text });
            if (isFirst || !text || text === before?.text) continue;
            (before?.isThere || region.role === "alert" ? heard : passedOver).push(text);
        }
    };
    look(true);
    new MutationObserver(() => look(false)).observe(document.body, {
        subtree: true, childList: true, characterData: true,
        attributes: true, attributeFilter: ["hidden", "open", "class"],
    });
}"""


def heard(page: Page) -> list[str]:
    """Return what was said since the last time, once nothing more is to come; nothing may be passed over."""
    page.wait_for_timeout(1500)  # longer than the calculators wait until typing has ended
    said: list[str] = page.evaluate("window.heard.splice(0)")
    assert page.evaluate("window.passedOver.splice(0)") == []
    return said


def test_a_calculator_speaks(open_page: OpenPage) -> None:
    """A result, an error, a change that can be taken back, and the answer of a tool are each said once."""
    page = open_page(path_of("sales-velocity", "ko"))
    calculator = ready(page)
    page.evaluate(LISTEN)
    calculator.locator("[name=opportunities]").fill("80")
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", re.compile("5555"))
    (result,) = heard(page)
    assert "5,555.56" in result

    calculator.locator("[name=average_deal_size]").fill("12abc")
    (error,) = heard(page)
    assert "12abc" in error

    calculator.locator("[data-control=empty]").click()
    assert calculator.locator("[data-part=undo]").get_attribute("data-emptied") in heard(page)
    calculator.locator("[data-control=undo]").click()
    assert sum("12abc" in text for text in heard(page)) == 1
    calculator.locator("button[type=reset]").click()
    said = heard(page)
    assert calculator.locator("[data-part=undo]").get_attribute("data-reset") in said
    assert sum("2,777.78" in text for text in said) == 1
    assert len(said) == 2

    tool(calculator, "solve").locator("[data-part=target]").fill("4000")
    expect(calculator.locator("[data-part=use] button")).to_be_visible()
    (found,) = heard(page)
    assert found == calculator.locator("[data-part=found]").inner_text()


def test_an_opened_link_speaks(open_page: OpenPage) -> None:
    """That the numbers are those of a link is said, and where it cannot be read."""
    page = open_page(path_of("win-rate", "el"))
    page.add_init_script(f"addEventListener('DOMContentLoaded', {LISTEN})")
    for link, kind in (("#win-rate?won=10", "opened"), ("#win-rate?won=%", "broken")):
        page.goto("about:blank")
        page.goto(open_page(path_of("win-rate", "el")).url + link)
        calculator = ready(page)
        assert calculator.locator("[data-part=opened]").get_attribute(f"data-{kind}") in heard(page)


def test_the_analyser_speaks(open_page: OpenPage) -> None:
    """A file that is read: the steps, then what the pipeline says, by the focus that is put on it, and not again."""
    page = open_page(folder_of("ja") + "pipeline/analyse/")
    analyser = analyser_of(page)
    page.evaluate(LISTEN)
    analyser.locator("[data-do=sample]").click()
    headline = analyser.locator("[data-part=headline]")
    expect(headline).to_be_focused()
    shown(analyser)
    said = heard(page)
    assert headline.inner_text() not in said
    assert said
    assert all(one != other for one, other in pairwise(said))

    # A question comes first: the focus is on that, and the answer is said.
    choose(analyser, KEY / "01-date-order-open.csv")
    expect(analyser.locator(".analyser__doubt[data-open] input").first).to_be_focused()
    assert heard(page).count(headline.inner_text()) == 1

    analyser.locator("[data-part=files]").set_input_files(EMPTY_FILE)
    refused = analyser.locator("[data-part=refused]")
    expect(refused).to_be_focused()
    expect(refused).to_have_accessible_name(re.compile("empty.csv"))
    assert [text for text in heard(page) if "empty.csv" in text] == []


def test_the_quiz_speaks(open_page: OpenPage) -> None:
    """The verdict, once."""
    page = open_page("el/pipeline/")
    question = page.locator("[data-part=question]").first
    page.evaluate(LISTEN)
    question.locator("label:has(input[value=wrong])").first.click()
    (said,) = heard(page)
    assert said == " ".join(question.locator("[data-part=verdict]").inner_text().split())


@pytest.mark.parametrize("width", [320, 1280])
def test_the_search_speaks(open_page: OpenPage, width: int) -> None:
    """How many pages are found, or that there is nothing."""
    page = open_page("ko/metrics/", width=width)
    search(page, "")
    expect(page.locator("[data-md-component=search-result]")).to_be_visible()
    page.evaluate(LISTEN)
    page.keyboard.insert_text("수주율")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    said = heard(page)
    assert said[-1] == page.locator(".md-search-result__meta").inner_text()
    assert said.count(said[-1]) == 1
    page.locator("input[name=query]").fill("zyxwvut")
    nothing = page.locator("[data-part=search-nothing]")
    expect(nothing).to_be_visible()
    assert heard(page) == [" ".join(nothing.inner_text().split())]


def test_a_search_that_fails_speaks(open_page: OpenPage) -> None:
    """That it does not work is said."""
    page = open_page("ja/about/", fresh=True, may_complain=True)
    page.context.route("**/search/*.json", lambda route: route.abort())
    search(page, "")
    page.evaluate(LISTEN)
    page.keyboard.insert_text("pipeline")
    failure = page.locator("[data-part=search-failure]")
    expect(failure.locator("a:visible").first).to_be_visible()
    assert heard(page)[-1] == " ".join(failure.inner_text().split())
