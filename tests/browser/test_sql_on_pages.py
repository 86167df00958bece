"""The SQL of a figure: another dialect, copied by pointer and by keyboard, without scripts and without a network."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.core.words.catalogue import LANGUAGES, catalogue
from calculators.warehouse.refusing import DOMAIN
from tests.browser.test_keyboard import tab_to
from tests.support import OpenPage, in_both_palettes, patient_context, problems
from tools.pages import warehouse
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

PAGE = "metrics/win-rate/"
FILES = "**/assets/playbook/sql_*"
SUMMARY = "playbook-sql summary"


def opened(page: Page, place: int = 0) -> Locator:
    """Open the SQL of a figure; return its element once a dialect can be chosen."""
    element = page.locator("playbook-sql").nth(place)
    element.locator("summary").click()
    expect(element.locator("select")).to_be_visible()
    return element


def text_of(element: Locator) -> str:
    """Return the SQL that is shown."""
    return element.locator("[data-part=text]").inner_text().strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_dialect_is_fetched_once_it_is_chosen(open_page: OpenPage, language: str) -> None:
    """Neither script nor file before; then the text, and whether it is run, in the reader's words."""
    fetched: list[str] = []
    page = open_page(folder_of(language) + PAGE, fresh=True, width=320)
    page.on("request", lambda request: fetched.append(request.url))
    _ = catalogue(language, DOMAIN).gettext
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    element = opened(page, 1)
    assert not [url for url in [*loaded, *fetched] if "/sql_" in url]
    assert not [url for url in loaded if "/warehouse-" in url]
    expect(element.locator("[data-part=all-dialects]")).to_be_hidden()
    expect(element.locator("[data-part=name]")).to_have_text("DuckDB")

    element.locator("select").select_option("snowflake")

    expect(element.locator("[data-part=name]")).to_have_text("Snowflake")
    standing = _("generated and not run; compare its figures with those of a file before you rely on them.")
    expect(element.locator("[data-part=standing]")).to_have_text(standing)
    assert text_of(element) == warehouse.texts("win_rate_by_value")["snowflake"]
    (file,) = [url for url in fetched if "/sql_" in url]
    assert file.endswith(f"/{warehouse.address('win_rate_by_value')}")
    # The other figure of the page is left alone.
    first = page.locator("playbook-sql [data-part=text]").first
    assert first.text_content() == warehouse.texts("win_rate")["duckdb"] + "\n"

    element.locator("select").select_option("postgres")
    expect(element.locator("[data-part=standing]")).to_have_text(
        _("run in our tests; its figures are equal to those of a file.")
    )
    assert text_of(element) == warehouse.texts("win_rate_by_value")["postgres"]
    assert len([url for url in fetched if "/sql_" in url]) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for palette in in_both_palettes(page):
        assert problems(page) == [], palette


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    """Opened, chosen, copied and scrolled, each with the focus where it is seen."""
    page = open_page("metrics/pipeline-coverage/", fresh=True, width=320)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(SUMMARY).focus()
    page.keyboard.press("Enter")
    element = page.locator("playbook-sql")
    expect(element.locator("select")).to_be_visible()
    tab_to(page, "playbook-sql select")
    page.keyboard.type("Tri")
    expect(element.locator("[data-part=name]")).to_have_text("Trino")
    tab_to(page, "playbook-sql button")
    page.keyboard.press("Enter")
    expect(element.locator("[data-part=said]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == warehouse.texts("coverage")["trino"] + "\n"
    tab_to(page, "playbook-sql .sql__text")
    page.keyboard.press("End")
    page.wait_for_function("() => document.activeElement.scrollTop > 0")


def test_where_copying_is_not_allowed_the_text_is_selected(open_page: OpenPage) -> None:
    """So that two keys are left to press."""
    page = open_page(PAGE, fresh=True)
    page.evaluate("""() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    }""")
    element = opened(page)
    element.locator("[data-do=copy]").click()
    expect(element.locator("[data-part=said]")).to_have_text(
        "The browser did not allow copying. The text is selected: copy it yourself."
    )
    selected = page.evaluate("getSelection().toString()")
    assert selected.strip() == warehouse.texts("win_rate")["duckdb"]


@pytest.mark.parametrize(
    ("status", "sentence", "remedy"),
    [
        (None, "The other dialects could not be loaded", "Try again"),
        (404, "A newer version of this page has been published.", "Reload the page"),
        (500, "The other dialects do not come right now.", "Try again"),
    ],
)
def test_what_does_not_come_is_said(open_page: OpenPage, status: int | None, sentence: str, remedy: str) -> None:
    """What was shown stays, with its name; what can be tried again comes then."""
    page = open_page(PAGE, fresh=True, may_complain=True)
    page.route(FILES, lambda route: route.fulfill(status=status) if status else route.abort())
    element = opened(page)
    element.locator("select").select_option("bigquery")
    failed = element.locator("[data-part=failed]")
    expect(failed).to_contain_text(sentence)
    expect(failed.get_by_role("button", name=remedy)).to_be_visible()
    expect(element.locator("[data-part=name]")).to_have_text("DuckDB")
    assert text_of(element) == warehouse.texts("win_rate")["duckdb"]
    assert problems(page) == []
    page.unroute(FILES)
    if remedy == "Try again":
        failed.get_by_role("button", name=remedy).click()
        expect(element.locator("[data-part=name]")).to_have_text("BigQuery")
        expect(failed).to_be_hidden()
        assert text_of(element) == warehouse.texts("win_rate")["bigquery"]


def test_without_scripts_a_link_leads_to_the_others(browser: Browser, server: SiteServer) -> None:
    """The text in the page can be read and copied by hand, and the file is shown as text."""
    with patient_context(browser, viewport={"width": 320, "height": 640}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server.address + PAGE)
        element = page.locator("playbook-sql").first
        element.locator("summary").click()
        assert text_of(element) == warehouse.texts("win_rate")["duckdb"]
        expect(element.locator("select")).to_be_hidden()
        element.locator("[data-part=all-dialects] a").click()
        expect(page.locator("body")).to_contain_text(re.compile("-- dialect: snowflake"))
