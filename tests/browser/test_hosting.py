"""One built site on a plain static server, wherever it is put: at the root, in a folder, and deeper."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_calculator import output, path_of, ready
from tests.browser.test_language_switch import switch_to
from tests.browser.test_search import open_search
from tests.support import BuiltSite, Guard, patient_context
from tools.serve import SiteServer

ANYWHERE = ("/", "/repo/", "/teams/sales/playbook/")


@pytest.mark.parametrize("prefix", ANYWHERE)
def test_the_same_files_work_wherever_they_are_put(browser: Browser, built_site: BuiltSite, prefix: str) -> None:
    """Calculators, languages, search and embeds: nothing asks for what is not there, or for another host."""
    context = patient_context(browser)
    with SiteServer(built_site.directory, prefix) as server, context:
        guard = Guard(server.address, missing_pages_allowed=False)
        page = context.new_page()
        guard.watch(page)

        page.goto(server.address + path_of("win-rate", "ko"))
        calculator = ready(page)
        calculator.locator("[name=won]").fill("30")
        calculator.locator("[name=lost]").fill("30")
        expect(output(calculator, "win_rate")).to_have_text("50%")

        switch_to(page, "ja")
        # The address follows the section that is in view.
        expect(page).to_have_url(re.compile(re.escape(server.address + path_of("win-rate", "ja")) + "(#|$)"))
        expect(page.locator("html")).to_have_attribute("lang", "ja")
        expect(output(ready(page), "win_rate")).to_have_text("50%")  # what was typed has come along

        open_search(page)
        page.keyboard.type("受注率")
        found = page.locator(".md-search-result__link").first
        expect(found).to_have_attribute("href", re.compile(re.escape(f"{prefix}ja/")))
        found.click()
        expect(page).to_have_url(re.compile(re.escape(f"{server.address}ja/metrics/")))
        page.locator(".md-header a.md-logo").click()
        expect(page).to_have_url(f"{server.address}ja/")

        page.goto(f"{server.address}el/embed/win-rate/")
        embedded = ready(page)
        embedded.locator("[name=won]").fill("10")
        expect(output(embedded, "win_rate")).to_have_text("25%")
        assert guard.complaints == []


@pytest.mark.parametrize("prefix", ANYWHERE)
@pytest.mark.parametrize(("language", "title"), [("", "Page not found"), ("el/", "Η σελίδα δεν βρέθηκε")])
def test_an_error_page_finds_its_folder(
    browser: Browser, built_site: BuiltSite, prefix: str, language: str, title: str
) -> None:
    """In the language of the address, with styles, search and links; the address that failed stands there still."""
    context = patient_context(browser)
    with SiteServer(built_site.directory, prefix) as server, context:
        page = context.new_page()
        guard = Guard(server.address, missing_pages_allowed=True)

        answer = page.goto(f"{server.address}{language}no/such/page/")

        assert answer is not None
        assert answer.status == 404
        expect(page.locator("h1")).to_have_text(title)
        assert page.url == f"{server.address}{language}no/such/page/"
        expect(page.locator(".md-header")).to_have_css("background-color", "rgb(15, 76, 92)")
        # What came for the other folder is not there, and that is no fault of what is shown now.
        guard.watch(page)
        open_search(page)
        page.keyboard.type("SQL")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("article a").first.click()
        expect(page).to_have_url(f"{server.address}{language}")
        assert guard.complaints == []


@pytest.mark.parametrize("prefix", ANYWHERE)
def test_what_names_the_address_is_that_of_the_build(browser: Browser, built_site: BuiltSite, prefix: str) -> None:
    """As the README says: the addresses for search engines lead there."""
    context = patient_context(browser)
    with SiteServer(built_site.directory, prefix) as server, context:
        page = context.new_page()
        page.goto(server.address)
        canonical = page.locator("link[rel=canonical]")
        expect(canonical).to_have_attribute("href", built_site.address)
        sitemap = page.request.get(f"{server.address}sitemap.xml").text()
        assert f"<loc>{built_site.address}</loc>" in sitemap
