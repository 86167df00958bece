"""The site's frame on small and large screens, light and dark."""

import re

import pytest
from playwright.sync_api import expect

from calculators.core.words.catalogue import LANGUAGES
from tests.support import OpenPage, in_both_palettes, problems, wait_for_instant_navigation

PAGES = ("", "metrics/", "ko/metrics/", "ja/", "el/about/contribute/")


KINDS = (*PAGES, "ko/metrics/win-rate/", "el/reference/calculators/", "ja/reference/glossary/", "reference/faq/")


@pytest.mark.parametrize("path", KINDS)
def test_accessibility(open_page: OpenPage, path: str) -> None:
    """axe-core finds nothing on a page of any kind, on a phone and a desktop, in light and dark."""
    page = open_page(path, width=360)
    found: list[str] = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for palette in in_both_palettes(page):
            found += [f"{width} {palette}: {text}" for text in problems(page)]
    assert found == []


@pytest.mark.parametrize("opened", ["__drawer", "__search"])
def test_accessibility_of_what_is_opened(open_page: OpenPage, opened: str) -> None:
    """Nor in the open drawer or search of a phone."""
    page = open_page("metrics/", width=360)
    page.locator(f"header label.md-header__button[for={opened}]").click()
    expect(page.locator(f"#{opened}")).to_be_checked()
    assert [f"{palette}: {text}" for palette in in_both_palettes(page) for text in problems(page)] == []


@pytest.mark.parametrize(
    "path", [*PAGES, "metrics/sales-velocity/", "ko/metrics/win-rate/", "el/metrics/sales-cycle-length/"]
)
def test_a_phone_scrolls_one_way(open_page: OpenPage, path: str) -> None:
    """At 360 pixels nothing is wider than the screen."""
    page = open_page(path, width=360, height=740)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360


@pytest.mark.parametrize("path", ["pipeline/mistakes/", "ko/pipeline/stages/", "el/metrics/pipeline-coverage/"])
def test_tables_and_cautions_are_as_large_as_the_text(open_page: OpenPage, path: str) -> None:
    """Whoever reads the text reads them too."""
    sizes = open_page(path).evaluate("""Object.groupBy(
        document.querySelectorAll("article > p:not([class]), article .admonition > p, article .text-table td"),
        element => getComputedStyle(element).fontSize)""")
    assert len(sizes) == 1, sizes.keys()


def test_drawer_on_a_phone(open_page: OpenPage) -> None:
    """On a phone every section can be reached from the drawer."""
    page = open_page("ko/", width=360, height=740)
    page.locator("header label[for=__drawer]").click()
    drawer = page.locator(".md-sidebar--primary")
    link = drawer.locator("a[href$='metrics/win-rate/']")
    section = drawer.locator("li.md-nav__item--nested", has=page.locator("a[href$='metrics/win-rate/']"))
    section.locator("label.md-nav__link").first.click()  # the arrow; the words beside it open the section's page
    link.click()
    expect(page).to_have_url(re.compile(r"/ko/metrics/win-rate/$"))


def test_colours_are_remembered(open_page: OpenPage) -> None:
    """The toggle goes from the device's colours to light, to dark, and back; the choice outlives the page."""
    page = open_page(scheme="light")
    toggle = page.locator("[data-part=palette] label:not([hidden])")
    toggle.click()
    toggle.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    wait_for_instant_navigation(page)
    page.locator(".md-content a[href*='metrics/']").first.click()
    expect(page).to_have_url(re.compile("/metrics/"))
    expect(page.locator("meta[name=color-scheme]")).to_have_attribute("content", "dark")


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
