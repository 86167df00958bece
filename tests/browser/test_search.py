"""The search box: what is typed, composed or pasted is searched, and what is found or not is said.

What queries find is tested without a browser: tests/site/test_search_quality.py.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.support import OpenPage, wait_for_instant_navigation
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

# Speaks to the worker as the theme does, through the address the page gives, and returns the pages found, best first.
ASK = """async (queries) => {
  const settings = JSON.parse(document.getElementById("__config").textContent);
  // Another address than the theme's, which is given a worker of ours (overrides/assets/search/box.js).
  const worker = new Worker(`${settings.search}&asked=here`);
  const answer = (message, type) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(message)}`)), 60_000);
    worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
    worker.onmessage = ({ data }) => {
      if (data.type === type) resolve(data);
      else if (data.type === "failed") reject(new Error(`the search failed: ${data.kind}`));
      // Besides its answers it says that parts of the index arrive.
    };
    worker.postMessage(message);
  });
  await answer({ type: 0, data: {} }, 1);
  const found = {};
  for (const query of queries) {
    const { data } = await answer({ type: 2, data: query }, 3);
    found[query] = data.items.map((sections) => sections[0].location.split("#")[0]);
  }
  worker.terminate();
  return found;
}"""


def open_search(page: Page) -> None:
    """Open the search box and wait until it is ready for words."""
    page.locator("header input[name=query]").click()
    expect(page.locator("input[name=query]")).to_be_focused()


@pytest.mark.parametrize("query", ["", "   ", "?!", "<script>", "\\", "*", "a"])
def test_odd_queries(open_page: OpenPage, query: str) -> None:
    """Signs are not a language of their own: they neither fail nor find."""
    found = open_page().evaluate(ASK, [query])
    assert len(found[query]) <= 20


def test_typing(open_page: OpenPage) -> None:
    """Results follow the typing, with the words found marked; one leads to its section in the same language."""
    page = open_page("ko/metrics/")
    open_search(page)
    page.keyboard.type("수주율을")
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile("/ko/metrics/win-rate/"))
    expect(first.locator("mark").first).to_contain_text("수주율")
    first.click()
    expect(page).to_have_url(re.compile(r"/ko/metrics/win-rate/(#|$)"))
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def test_words_searched_for_stay_here(open_page: OpenPage, server: SiteServer) -> None:
    """Opening a result requests an address without a query: nobody learns what was searched for."""
    page = open_page("el/", fresh=True)
    requests: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url))
    open_search(page)
    page.keyboard.type("ποσοστό")
    result = page.locator(".md-search-result__link").first
    expect(result).to_have_attribute("href", re.compile("/el/"))
    result.click()
    expect(page).not_to_have_url(f"{server.address}el/")
    expect(page.locator(".md-content h1")).to_be_visible()
    assert requests
    assert [url for url in [*requests, page.url] if "?" in url and "?language=" not in url] == []


def test_pasting(open_page: OpenPage) -> None:
    """Text that comes without a key, pasted or dictated or from an input method, is searched too."""
    page = open_page("ja/")
    open_search(page)
    page.keyboard.insert_text("セールスベロシティ")  # changes the input and sends `input`, but no key
    expect(page.locator(".md-search-result__link").first).to_have_attribute(
        "href", re.compile("/ja/metrics/sales-velocity/")
    )


def test_composing_hangul(open_page: OpenPage) -> None:
    """While a syllable is still being composed, the results already follow."""
    page = open_page("ko/")
    open_search(page)
    devtools = page.context.new_cdp_session(page)
    for text in ("ㅅ", "수", "숮", "수주"):
        devtools.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("/ko/pipeline/stages/"))
    devtools.send("Input.insertText", {"text": "수주율"})
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("/ko/metrics/win-rate/"))


def test_words_not_found_are_named(open_page: OpenPage) -> None:
    """A result that lacks a word of the query says which; a misspelling that was understood is not called missing."""
    page = open_page()
    open_search(page)
    page.keyboard.insert_text("velosity zebra")
    terms = page.locator(".md-search-result__terms").first
    expect(terms).to_contain_text("zebra")
    expect(terms).not_to_contain_text("velosity")


def test_completion(open_page: OpenPage) -> None:
    """The rest of a word from the titles is offered behind the cursor, and the right arrow takes it."""
    page = open_page()
    open_search(page)
    page.keyboard.type("sales vel")
    expect(page.locator("[data-md-component=search-suggest]")).to_have_text("sales velocity")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=query]")).to_have_value("sales velocity")


def test_index_is_fetched_when_the_search_is_opened(open_page: OpenPage, server: SiteServer) -> None:
    """A visit without a search loads no index; opening the search loads the index of its language, once."""
    page = open_page("el/", fresh=True)
    requests: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url))
    page.reload()
    wait_for_instant_navigation(page)
    index = f"{server.address}search/el.json"
    assert index not in requests
    with page.context.expect_event("requestfinished", lambda request: request.url.endswith("/search/el.json")):
        open_search(page)
    page.keyboard.type("συμφωνία")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert [url for url in requests if re.search(r"/search/\w\w\.json$", url)] == [index]


def test_search_follows_the_language(open_page: OpenPage) -> None:
    """After a change of language the search looks in the new one."""
    page = open_page("ko/")
    page.locator("header .md-select > button").hover()
    page.locator("header .md-select__link[hreflang=el]").click()
    expect(page.locator("html")).to_have_attribute("lang", "el")
    open_search(page)
    page.keyboard.insert_text("win rate")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("/el/metrics/win-rate/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_it_is_said(open_page: OpenPage, language: str) -> None:
    """Of a query that no page answers it is said so, above the two pages that come nearest; nothing is counted."""
    said = catalogue(language).gettext("Nothing on this yet. Nearest to it:")
    page = open_page(folder_of(language))
    open_search(page)
    page.keyboard.insert_text("Python zyxwvut")
    nothing = page.locator("[data-part=search-nothing]")
    expect(nothing.locator("p:visible")).to_have_text(said)
    expect(page.locator(".md-search-result__item")).to_have_count(2)
    expect(page.locator(".md-search-result__meta")).to_be_hidden()
    page.locator("input[name=query]").fill("pipeline")
    expect(nothing).to_be_hidden()
    expect(page.locator(".md-search-result__meta")).to_be_visible()


def test_nothing_near_it(open_page: OpenPage) -> None:
    """Where no page comes near either, the glossary and the calculators are named."""
    page = open_page("ja/metrics/win-rate/")
    open_search(page)
    page.keyboard.insert_text("zyxwvut")
    nothing = page.locator("[data-part=search-nothing]")
    expect(nothing.locator("p:visible")).to_contain_text(catalogue("ja").gettext("Nothing on this yet."))
    expect(nothing.locator("a").first).to_have_attribute("href", re.compile("/ja/reference/glossary/$"))
    expect(page.locator(".md-search-result__item")).to_have_count(0)
