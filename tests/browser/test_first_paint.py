"""What a reader has before the theme's script has run: it comes after the first paint."""

from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_calculator import path_of, ready
from tests.browser.test_failures import missing
from tests.browser.test_gone_scripts import sentence
from tests.support import PALETTES
from tools.serve import SiteServer


@pytest.mark.parametrize("worker", ["shared", "of the page"])
def test_nothing_waits_for_the_theme(plain_page: Page, server: SiteServer, worker: str) -> None:
    """Colours are right and the calculator answers while its script is on its way; what was typed is searched then."""
    if worker != "shared":  # the search takes the place of the next one that the theme makes
        plain_page.add_init_script("delete window.SharedWorker")
    held: list[Route] = []
    plain_page.route("**/assets/javascripts/bundle.*", lambda route: held.append(route))
    plain_page.emulate_media(color_scheme="dark")
    plain_page.goto(server.address + path_of("sales-velocity"), wait_until="domcontentloaded")

    ready(plain_page)
    expect(plain_page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    plain_page.locator("header input[name=query]").fill("win rate")
    for route in held:
        route.continue_()

    expect(plain_page.locator(".md-search-result__link").first).to_be_visible()


def test_a_search_that_fails_before_the_theme_says_so(plain_page: Page, server: SiteServer) -> None:
    """The box may be opened, and its data be missing, before the theme hears of either."""
    held: list[Route] = []
    plain_page.route("**/assets/javascripts/bundle.*", lambda route: held.append(route))
    plain_page.context.route("**/search/*.json", missing)
    plain_page.goto(server.address, wait_until="domcontentloaded")
    query = plain_page.locator("header input[name=query]")
    with plain_page.context.expect_event("response", lambda response: response.status == 404):
        query.click()
    query.fill("win rate")
    for route in held:
        route.continue_()

    expect(sentence(plain_page.locator("[data-part=search-failure]"), "gone").first).to_be_visible()


@pytest.mark.parametrize(
    ("device", "picked", "shown"),
    [("dark", None, "dark"), ("dark", 0, "dark"), ("dark", 1, "light"), ("light", 2, "dark"), ("light", None, "light")],
)
def test_no_other_colours_come_first(
    plain_page: Page,
    server: SiteServer,
    device: Literal["light", "dark"],
    picked: int | None,
    shown: Literal["light", "dark"],
) -> None:
    """A browser draws what it has while the header's script is on its way: in the colours that stay."""
    plain_page.emulate_media(color_scheme=device)
    plain_page.goto(server.address + "ko/", wait_until="commit")
    if picked is not None:
        plain_page.wait_for_function("() => globalThis.__md_set")
        plain_page.evaluate("index => __md_set('__palette', { index })", picked)
    held: list[Route] = []
    plain_page.route("**/first_paint-*.js", lambda route: held.append(route))
    plain_page.goto(server.address + "ko/", wait_until="commit")

    expect(plain_page.locator("header")).to_be_visible()
    assert not plain_page.locator("main").count()
    expect(plain_page.locator("body")).to_have_attribute("data-md-color-scheme", PALETTES[shown])
    assert plain_page.locator("meta[name=color-scheme]").get_attribute("content") == shown
    for route in held:
        route.continue_()


def test_the_theme_finds_nothing_to_restyle(plain_page: Page, server: SiteServer) -> None:
    """What it writes at the root, and each address that it makes absolute, is so before: it would restyle the page."""
    plain_page.add_init_script("""
        globalThis.root = () => [document.documentElement.className, document.documentElement.dataset.jsFocusVisible];
        new MutationObserver((records, observer) => {
            if (!document.querySelector("body > script[src*='/bundle.']")) return;
            observer.disconnect();
            globalThis.found = root();
            globalThis.relative = [...document.querySelectorAll("[href], [src]")]
                .map(element => element.getAttribute("href") ?? element.getAttribute("src"))
                .filter(address => address && !/^([a-z]+:|\\/\\/)/i.test(address));
        }).observe(document, { subtree: true, childList: true });
    """)
    plain_page.goto(server.address + path_of("sales-velocity"))
    plain_page.wait_for_function("() => globalThis.document$")

    assert plain_page.evaluate("root()") == plain_page.evaluate("found")
    assert plain_page.evaluate("relative") == []


def test_the_gallery_fetches_what_is_pointed_at(plain_page: Page, server: SiteServer) -> None:
    """Once, and before the click; where the reader saves data, only the click asks for it."""
    address = server.address + path_of("sales-velocity")
    entry = plain_page.locator(f".gallery a[href*='{path_of('sales-velocity')}']")
    asked: list[str] = []
    plain_page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    plain_page.goto(server.address + "reference/calculators/")

    with plain_page.expect_request(f"{address}*"):
        entry.hover()
    plain_page.locator("h1").hover()
    entry.hover()
    assert asked.count(address) == 1

    plain_page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    plain_page.reload()
    entry.hover()
    with plain_page.expect_request(f"{address}*"):
        entry.click()
    assert asked.count(address) == 2
