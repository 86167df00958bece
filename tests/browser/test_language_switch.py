"""Changing the language keeps the reader's place, and changes everything that depends on the language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support import OpenPage, wait_for_instant_navigation
from tools.serve import SiteServer

NAMES = {"en": "English", "ko": "한국어", "ja": "日本語", "el": "Ελληνικά"}
SEARCH_LABELS = {"en": "Search", "ko": "검색", "ja": "検索", "el": "Αναζήτηση"}


def switch_to(page: Page, language: str) -> None:
    """Use the language switcher as a reader does."""
    page.locator("header .md-select > button").hover()
    page.locator("header .md-select__link", has_text=NAMES[language]).click()


def expect_place(page: Page, address: str, language: str) -> None:
    """Expect a page, with frame, text and switcher in its language."""
    expect(page).to_have_url(address)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("header input[name=query]")).to_have_attribute("placeholder", SEARCH_LABELS[language])
    current = page.locator("header .md-select__link[aria-current]")
    expect(current).to_have_count(1)
    expect(current).to_have_attribute("hreflang", language)


def mark_document(page: Page) -> None:
    """Leave a mark that a full page load would wipe away."""
    page.evaluate("document.documentElement.dataset.sameDocument = ''")


def expect_same_document(page: Page, *, same: bool) -> None:
    """Expect that the page was, or was not, loaded in full since it was marked."""
    expect(page.locator("html[data-same-document]")).to_have_count(int(same))


def go_instantly(page: Page, link: str) -> None:
    """Follow a link of the navigation, and check that it did not load in full."""
    mark_document(page)
    wait_for_instant_navigation(page)
    page.locator(f".md-sidebar--primary a[href$='{link}']").first.click()
    page.wait_for_url(re.compile(re.escape(link.strip("./")) + r"/?$"))
    expect_same_document(page, same=True)


@pytest.mark.parametrize(("here", "there"), [("ko", "ja"), ("ko", "en"), ("en", "ko"), ("ja", "el"), ("el", "en")])
def test_switching_after_a_full_load(open_page: OpenPage, server: SiteServer, here: str, there: str) -> None:
    """The same page opens in the other language."""
    prefix = {language: "" if language == "en" else f"{language}/" for language in NAMES}
    page = open_page(f"{prefix[here]}metrics/win-rate/")
    switch_to(page, there)
    expect_place(page, f"{server.address}{prefix[there]}metrics/win-rate/", there)


@pytest.mark.parametrize(("here", "there"), [("ko", "ja"), ("ko", "en"), ("en", "ko"), ("el", "en")])
def test_switching_after_instant_navigation(open_page: OpenPage, server: SiteServer, here: str, there: str) -> None:
    """Instant navigation keeps the header, so its links must follow; the change itself loads the page in full."""
    prefix = {language: "" if language == "en" else f"{language}/" for language in NAMES}
    page = open_page(f"{prefix[here]}metrics/win-rate/")
    go_instantly(page, "sales-velocity/")
    switch_to(page, there)
    expect_place(page, f"{server.address}{prefix[there]}metrics/sales-velocity/", there)
    expect_same_document(page, same=False)


@pytest.mark.parametrize(("here", "there"), [("", "ko"), ("ko/", "en"), ("ja/", "el")])
def test_switching_on_the_home_page(open_page: OpenPage, server: SiteServer, here: str, there: str) -> None:
    """One home page leads to the other, not to the language it was in."""
    page = open_page(here)
    switch_to(page, there)
    expect_place(page, server.address + ("" if there == "en" else f"{there}/"), there)


def test_fragment_is_kept(open_page: OpenPage, server: SiteServer) -> None:
    """Heading ids are the same in all languages, so a reader stays at the section, also one reached by a click."""
    page = open_page("metrics/win-rate/#definition")
    switch_to(page, "ja")
    expect_place(page, f"{server.address}ja/metrics/win-rate/#definition", "ja")
    page.locator(".md-sidebar--secondary a[href$='#small-samples']").click()
    switch_to(page, "ko")
    expect(page).to_have_url(re.compile(r"/ko/metrics/win-rate/#[a-z-]+$"))


def test_back_button(open_page: OpenPage, server: SiteServer) -> None:
    """Back leads to the page in the language it was read in, after full loads and instant navigation alike."""
    page = open_page("ko/metrics/win-rate/")
    go_instantly(page, "sales-velocity/")
    switch_to(page, "en")
    expect_place(page, f"{server.address}metrics/sales-velocity/", "en")
    page.go_back()
    expect_place(page, f"{server.address}ko/metrics/sales-velocity/", "ko")
    page.go_back()
    expect_place(page, f"{server.address}ko/metrics/win-rate/", "ko")
    page.go_forward()
    expect_place(page, f"{server.address}ko/metrics/sales-velocity/", "ko")


def test_keyboard(open_page: OpenPage, server: SiteServer) -> None:
    """Enter opens the switcher and follows its links."""
    page = open_page("metrics/")
    page.locator("header .md-select > button").focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("header .md-select__link", has_text=NAMES["ja"])).to_be_focused()
    page.keyboard.press("Enter")
    expect_place(page, f"{server.address}ja/metrics/", "ja")


def test_without_javascript(open_page: OpenPage, server: SiteServer) -> None:
    """The links of the built page already lead to the same page in the other languages."""
    page = open_page("ko/metrics/win-rate/", javascript=False)
    switch_to(page, "el")
    expect_place(page, f"{server.address}el/metrics/win-rate/", "el")


@pytest.mark.parametrize(
    ("path", "language"),
    [("nothing/", "en"), ("xx/y", "en"), ("korea/", "en"), ("ko/none/x/", "ko"), ("ja/zzz", "ja"), ("el/a/b/c", "el")],
)
def test_404_in_the_language_of_the_address(open_page: OpenPage, server: SiteServer, path: str, language: str) -> None:
    """The one 404 page GitHub Pages knows turns into the reader's language and keeps the address that failed."""
    page = open_page(path, missing_pages_allowed=True)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_be_visible()
    expect(page).to_have_url(server.address + path)
    expect(page.locator("header input[name=query]")).to_have_attribute("placeholder", SEARCH_LABELS[language])
    page.locator("article a").click()
    expect_place(page, server.address + ("" if language == "en" else f"{language}/"), language)


def test_404_without_javascript(open_page: OpenPage) -> None:
    """Without scripts the 404 page is there, in English."""
    page = open_page("ko/none/", javascript=False, missing_pages_allowed=True)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_be_visible()
