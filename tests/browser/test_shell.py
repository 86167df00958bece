"""The site's frame on small and large screens, light and dark."""

import re
from typing import Literal

import pytest
from playwright.sync_api import expect

from calculators.core.catalogue import LANGUAGES
from tests.support import OpenPage, serious_problems

PAGES = ("", "metrics/", "ko/metrics/", "ja/", "el/about/contribute/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_accessibility(open_page: OpenPage, path: str, width: int, scheme: Literal["light", "dark"]) -> None:
    """axe-core finds nothing serious or critical."""
    page = open_page(path, width=width, scheme=scheme)
    expect(page.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
    )
    assert serious_problems(page) == []


@pytest.mark.parametrize(
    "path", [*PAGES, "metrics/sales-velocity/", "ko/metrics/win-rate/", "el/metrics/sales-cycle-length/"]
)
def test_a_phone_scrolls_one_way(open_page: OpenPage, path: str) -> None:
    """At 360 pixels nothing is wider than the screen."""
    page = open_page(path, width=360, height=740)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360


def test_drawer_on_a_phone(open_page: OpenPage) -> None:
    """On a phone every section can be reached from the drawer."""
    page = open_page("ko/", width=360, height=740)
    page.locator("header label[for=__drawer]").click()
    drawer = page.locator(".md-sidebar--primary")
    drawer.locator("label.md-nav__link[for=__nav_4]").click()  # the arrow; the words beside it open the section's page
    drawer.locator("a[href$='metrics/win-rate/']").click()
    expect(page).to_have_url(re.compile(r"/ko/metrics/win-rate/$"))


def test_colours_are_remembered(open_page: OpenPage) -> None:
    """The toggle goes from the device's colours to light, to dark, and back; the choice outlives the page."""
    page = open_page(scheme="light")
    toggle = page.locator("[data-md-component=palette] label:not([hidden])")
    toggle.click()
    toggle.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_korean_breaks_between_words(open_page: OpenPage) -> None:
    """Korean text is broken between words only; Japanese is not kept together, or it would run out of the column."""
    page = open_page("ko/metrics/")
    assert page.locator("article p").first.evaluate("element => getComputedStyle(element).wordBreak") == "keep-all"
    page = open_page("ja/metrics/")
    assert page.locator("article p").first.evaluate("element => getComputedStyle(element).wordBreak") != "keep-all"


def test_switcher_names_are_drawn_in_their_language(open_page: OpenPage) -> None:
    """Each name in the switcher has a font of its language: Japanese fonts draw Greek with stray accents."""
    page = open_page("ja/")
    fonts = page.locator("header .md-select__link").evaluate_all(
        "links => links.map(link => [link.lang, getComputedStyle(link).fontFamily])"
    )
    assert [language for language, _ in fonts] == list(LANGUAGES)
    assert [language for language, font in fonts if "Noto Sans KR" in font] == ["ko"]
    assert [language for language, font in fonts if "Noto Sans JP" in font] == ["ja"]
