"""By keyboard at 320 pixels, which a desktop at 400 % zoom is too: what is closed takes no focus, and none is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support import OpenPage, wait_for_instant_navigation

# What the Tab key may reach, though nobody sees it.
UNSEEN = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(element => {
        const box = element.getBoundingClientRect();
        const drawn = element.getClientRects().length && getComputedStyle(element).visibility === "visible";
        const off = box.right <= 0 || box.left >= innerWidth;
        // The theme's colour switch and skip link show themselves when they have the focus.
        const shows = element.matches(".md-option, .md-skip");
        return element.tabIndex >= 0 && !element.disabled && drawn && off && !shows && !element.closest("[inert]");
    })
    .map(element => element.outerHTML.slice(0, 120))"""
FOCUSED = "document.activeElement.matches('body') ? 'nothing' : document.activeElement.outerHTML.slice(0, 200)"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus; nothing on the way is out of sight."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        assert page.evaluate("document.activeElement.getBoundingClientRect().left >= -1"), page.evaluate(FOCUSED)
    raise AssertionError(f"{selector} cannot be reached")


@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("path", ["metrics/win-rate/", "ko/", "el/reference/glossary/"])
def test_what_is_closed_takes_no_focus(open_page: OpenPage, path: str, width: int) -> None:
    """Neither the closed drawer nor the closed search nor the closed menu of languages."""
    page = open_page(path, width=width, height=640)
    expect(page.locator("html.js")).to_be_attached()
    assert page.evaluate(UNSEEN) == []
    expect(page.locator(".md-select__link").first).to_be_hidden()


def test_the_drawer(open_page: OpenPage) -> None:
    """Enter and the space bar open it, the focus moves in, Escape closes it, and the focus comes back."""
    page = open_page("ko/metrics/win-rate/", width=320, height=640)
    for key in ("Enter", "Space"):
        tab_to(page, "header label[for=__drawer]")
        expect(page.locator("header label[for=__drawer]")).to_have_attribute("aria-expanded", "false")
        page.keyboard.press(key)
        expect(page.locator("header label[for=__drawer]")).to_have_attribute("aria-expanded", "true")
        assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null"), page.evaluate(FOCUSED)
        # All that can be reached now is in the drawer.
        for _ in range(40):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.matches('body, .md-sidebar--primary *')"), page.evaluate(
                FOCUSED
            )
            if page.evaluate("document.activeElement === document.body"):
                break
        page.keyboard.press("Escape")
        expect(page.locator("header label[for=__drawer]")).to_be_focused()
        page.evaluate("document.activeElement.blur()")
        page.reload()


def test_the_levels_of_the_drawer(open_page: OpenPage) -> None:
    """Each level is opened and left by its button, and the focus goes along."""
    page = open_page("ko/metrics/win-rate/", width=320, height=640)
    tab_to(page, "header label[for=__drawer]")
    page.keyboard.press("Enter")
    back = page.locator("label.md-nav__title[role=button][for^=__nav]").locator("visible=true")
    back.focus()
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.getAttribute('for')")
    assert focused, page.evaluate(FOCUSED)
    expect(page.locator("label:focus")).to_have_accessible_name(re.compile("."))
    expect(page.locator("label:focus")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator(f"label.md-nav__title[for={focused}]")).to_be_focused()


def test_after_a_link_of_the_drawer(open_page: OpenPage) -> None:
    """Instant navigation takes the link away: the reader is at the title of the new page, and all can be reached."""
    page = open_page("metrics/win-rate/", width=320, height=640)
    wait_for_instant_navigation(page)
    tab_to(page, "header label[for=__drawer]")
    page.keyboard.press("Enter")
    page.locator(".md-sidebar--primary a[href$='sales-velocity/']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/sales-velocity/$"))
    expect(page.locator("#__drawer")).not_to_be_checked()
    expect(page.locator("[inert]")).to_have_count(0)
    assert page.evaluate(UNSEEN) == []


def test_the_search(open_page: OpenPage) -> None:
    """Its button opens it with the focus in the box, and Escape leads back to the button."""
    page = open_page("metrics/", width=320, height=640)
    tab_to(page, "header label[for=__search]")
    expect(page.locator("header label.md-header__button[for=__search]")).to_have_accessible_name("Search")
    page.keyboard.press("Enter")
    expect(page.locator("header input[name=query]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("header label.md-header__button[for=__search]")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("key", ["/", "f", "s"])
def test_the_keys_of_the_search(open_page: OpenPage, key: str, width: int) -> None:
    """Each opens it, and what is typed then is the query; in a field it is only a letter."""
    page = open_page("metrics/win-rate/", width=width, height=640)
    page.wait_for_function("() => globalThis.document$")
    field = page.locator("[name=won]")
    field.fill("")
    field.press(key)
    expect(field).to_have_value(key)
    field.blur()
    page.keyboard.press(key)
    expect(page.locator("header input[name=query]")).to_be_focused()
    page.keyboard.type("win")
    expect(page.locator("header input[name=query]")).to_have_value("win")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_colours(open_page: OpenPage, key: str) -> None:
    """The toggle stands where the colours are, also after a reload, and a key does what the mouse does."""
    page = open_page("metrics/", width=320, height=640)
    shown = page.locator("[data-part=palette] label:not([hidden])")
    for index, scheme in ((1, "default"), (2, "slate"), (0, "default")):
        page.reload()
        tab_to(page, "[name=__palette]")
        expect(page.locator("[name=__palette]:focus")).to_be_checked()
        name = shown.get_attribute("title")
        assert name
        expect(page.locator("[name=__palette]:focus")).to_have_accessible_name(name)
        page.keyboard.press(key)
        expect(page.locator(f"#__palette_{index}")).to_be_focused()
        expect(page.locator(f"#__palette_{index}")).to_be_checked()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    shown.click()
    page.reload()
    expect(page.locator("#__palette_1")).to_be_checked()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_menu_of_languages(open_page: OpenPage, width: int) -> None:
    """It says whether it is open; Escape closes it, also for a mouse, with the focus on its button."""
    page = open_page("metrics/", width=width, height=640)
    button = page.locator("header .md-select > button")
    link = page.locator("header .md-select__link[hreflang=ja]")
    button.focus()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(link).to_be_hidden()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    link.focus()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(link).to_be_hidden()
    button.hover()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


@pytest.mark.parametrize("path", ["ko/metrics/win-rate/", "about/privacy/"])
def test_the_skip_link_leads_to_the_title(open_page: OpenPage, path: str) -> None:
    """And not past it."""
    page = open_page(path, width=320, height=640)
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1:target")).to_be_in_viewport()


def test_nothing_lies_over_the_text(open_page: OpenPage) -> None:
    """Scrolling up brings no button over what is read."""
    page = open_page("metrics/win-rate/", width=360, height=640)
    wait_for_instant_navigation(page)
    page.evaluate("scrollTo(0, 3000)")
    page.evaluate("scrollTo(0, 2700)")
    expect(page.locator(".md-top")).to_have_count(0)
