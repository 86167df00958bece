"""A reader whose browser prefers another language of the site is offered the page in it, and sent nowhere."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import patient_context, wait_for_instant_navigation
from tools.serve import SiteServer

type Visit = Callable[..., Page]
SHIFTS = """window.shifts = 0; new PerformanceObserver(list => {
    for (const shift of list.getEntries()) window.shifts += shift.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture
def visit(browser: Browser, server: SiteServer) -> Iterator[Visit]:
    """Return a function that opens a path in a fresh browser of a language."""
    contexts: list[BrowserContext] = []

    def visit(path: str, locale: str, **options: object) -> Page:
        context = patient_context(browser, locale=locale, viewport={"width": 360, "height": 740}, **options)
        contexts.append(context)
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.goto(server.address + path)
        return page

    yield visit
    for context in contexts:
        context.close()


def offers(page: Page) -> list[str | None]:
    """Return the languages that are offered."""
    page.wait_for_load_state("load")
    return [offer.get_attribute("lang") for offer in page.locator("[data-language-offer]:visible").all()]


@pytest.mark.parametrize(
    ("path", "locale", "offered"),
    [
        ("metrics/win-rate/", "ko-KR", ["ko"]),
        ("metrics/win-rate/", "ja", ["ja"]),
        ("ko/", "el-GR", ["el"]),
        ("el/about/privacy/", "en-GB", ["en"]),
        ("ko/metrics/win-rate/", "ko", []),
        ("metrics/win-rate/", "en-US", []),
        ("metrics/win-rate/", "de-DE", []),
    ],
)
def test_what_is_offered(visit: Visit, path: str, locale: str, offered: list[str]) -> None:
    """The language of the browser, if the site has it and the page is not in it; the offer does not move the page."""
    page = visit(path, locale)
    assert offers(page) == offered
    assert page.url.endswith(path)
    assert page.evaluate("window.shifts") < 0.02


def test_the_offer_leads_to_the_same_page(visit: Visit, server: SiteServer) -> None:
    """Also after instant navigation; whoever took it is not asked again."""
    page = visit("metrics/win-rate/", "ko-KR")
    wait_for_instant_navigation(page)
    page.locator(".md-footer__link--next").click()
    page.wait_for_url(re.compile("/metrics/sales-velocity/"))
    assert offers(page) == ["ko"]
    page.locator("[data-language-offer=ko] a").click()
    page.wait_for_url(re.compile("/ko/metrics/sales-velocity/"))
    page.goto(server.address)
    assert offers(page) == []


def test_whoever_closes_it_is_not_asked_again(visit: Visit, server: SiteServer) -> None:
    """By keyboard too, with the focus at the title; instant navigation and reload bring nothing back."""
    page = visit("metrics/", "ja-JP")
    page.locator("[data-language-offer=ja] button").focus()
    page.keyboard.press("Enter")
    assert offers(page) == []
    expect(page.locator("h1")).to_be_focused()
    page.reload()
    assert offers(page) == []
    page.goto(server.address + "ko/")
    assert offers(page) == []


def test_whoever_uses_the_switcher_is_not_asked(visit: Visit, server: SiteServer) -> None:
    """A choice was made."""
    page = visit("ko/metrics/", "ko-KR")
    page.locator("header .md-select > button").hover()
    page.locator("header .md-select__link[hreflang=en]").click()
    page.wait_for_url(f"{server.address}metrics/")
    assert offers(page) == []


def test_where_nothing_can_be_kept(visit: Visit) -> None:
    """The offer closes for the page all the same."""
    page = visit("metrics/", "ko-KR")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });")
    page.reload()
    assert offers(page) == ["ko"]
    page.locator("[data-language-offer=ko] button").click()
    assert offers(page) == []


def test_without_scripts(visit: Visit) -> None:
    """Nothing is offered: the switcher is there."""
    assert offers(visit("metrics/", "ko-KR", java_script_enabled=False)) == []
