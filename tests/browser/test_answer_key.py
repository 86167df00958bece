"""The answer key, run by the reader on the page about how figures are checked."""

import json
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.support import OpenPage, in_both_palettes, problems, rewritten
from tools.pages import answer_key
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

PAGE = "about/method/"
EXAMPLES = json.loads(answer_key.content())
KEY = f"**/{answer_key.address()}"
SMALL = 40


def said(page: Page) -> Locator:
    """Return the sentence that is read out."""
    return page.locator("playbook-answer-key [data-part=said]")


def run(page: Page) -> None:
    """Press the button."""
    page.locator("playbook-answer-key [data-do=run]").click()


def sentence(text: str, **figures: int) -> str:
    """Return one of the page's English sentences."""
    for name, figure in figures.items():
        text = text.replace(f"{{{name}}}", str(figure))
    return text


def of_the_key(examples: object) -> str:
    """Return the file with other examples."""
    return json.dumps(examples)


def test_every_example_agrees_in_the_readers_own_browser(open_page: OpenPage) -> None:
    """To the end, with a mark for each calculator and each published error; nothing is fetched before."""
    fetched: list[str] = []
    page = open_page(PAGE)
    page.on("request", lambda request: fetched.append(request.url))
    expect(page.locator("playbook-answer-key[data-state=ready]")).to_be_attached()
    key = page.locator("playbook-answer-key").get_attribute("data-key")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert key is not None
    assert key.startswith("../../")
    assert not [url for url in [*loaded, *fetched] if "answer_key" in url and url.endswith(".json")]

    run(page)

    errors = sum(len(example["wrong"]) for example in EXAMPLES)
    text = "All {total} examples agree, and none of the {errors} wrong figures came out."
    expect(said(page)).to_have_text(sentence(text, total=len(EXAMPLES), errors=errors))
    assert [url for url in fetched if url.endswith(answer_key.address())]
    marks = page.locator("playbook-answer-key [data-calculator]").all_inner_texts()
    assert len(marks) == len({example["calculator"] for example in EXAMPLES})
    assert all(mark.startswith("✓ ") for mark in marks)
    assert page.locator("playbook-answer-key [data-example]").all_inner_texts() == ["✓"] * errors
    expect(page.locator("playbook-answer-key [data-part=differences]")).to_be_hidden()
    expect(page.locator("playbook-answer-key [data-do=run]")).to_be_visible()
    expect(page.locator("playbook-answer-key progress")).to_be_hidden()
    for palette in in_both_palettes(page):
        assert problems(page) == [], palette


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_wrong_expectation_is_shown_as_wrong(open_page: OpenPage, language: str) -> None:
    """With what was expected and what came out, as the file has figures; all others still agree."""
    examples = json.loads(json.dumps(EXAMPLES[-SMALL:]))
    (wrong,) = [example for example in examples if example["name"] == "40 of 120 deals"]
    wrong["outputs"]["win_rate"] = 0.25
    wrong["wrong"]["win_rate_by_value"] = 1 / 3
    page = open_page(folder_of(language) + PAGE, fresh=True, width=360)
    page.route(KEY, lambda route: route.fulfill(body=of_the_key(examples), content_type="application/json"))
    gettext = catalogue(language).gettext

    run(page)

    text = gettext("Examples that do not agree: {wrong} of {total}. They are listed below.")
    expect(said(page)).to_have_text(sentence(text, wrong=1, total=SMALL))
    listed = page.locator("playbook-answer-key [data-part=differences] > ul > li")
    expect(listed).to_have_count(1)
    expect(listed.locator("[data-slot=name]")).to_have_text("40 of 120 deals")
    expect(listed.locator("ul > li").first).to_contain_text("0.25")
    expect(listed.locator("ul > li").first).to_contain_text("0.3333333333333333")
    expect(listed.locator("ul > li").nth(1)).to_contain_text("win_rate_by_value")
    expect(page.locator("[data-calculator=win-rate]")).to_have_text(
        "✗ " + sentence(gettext("{right} of {total}"), right=10, total=11)
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert problems(page) == []


def test_it_can_be_stopped_and_run_again_by_keyboard(open_page: OpenPage) -> None:
    """What is being fetched is waited for no more; the focus stays where the keys are."""
    page = open_page(PAGE, fresh=True)
    held: list[Route] = []
    page.route(KEY, lambda route: held.append(route))
    button = page.locator("playbook-answer-key [data-do=run]")
    button.focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("The calculators are starting …")
    stop = page.locator("playbook-answer-key [data-do=stop]")
    expect(stop).to_be_visible()
    assert page.evaluate("document.activeElement.closest('playbook-answer-key') !== null")

    page.keyboard.press("Tab")
    expect(stop).to_be_focused()
    page.keyboard.press("Enter")

    expect(said(page)).to_have_text("Stopped before the first example was run.")
    expect(button).to_be_visible()
    assert page.evaluate("document.activeElement.closest('playbook-answer-key') !== null")
    page.unroute(KEY)
    page.route(KEY, lambda route: route.fulfill(body=of_the_key(EXAMPLES[:3]), content_type="application/json"))
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("All 3 examples agree, and none of the 0 wrong figures came out.")


def test_failures_say_what_still_works(open_page: OpenPage) -> None:
    """No connection, a newer release, no Python; with the button that helps, where one does."""
    page = open_page(PAGE, fresh=True, may_complain=True)
    failed = page.locator("playbook-answer-key [data-part=failed]")
    for answer, kind in (
        (lambda route: route.abort("internetdisconnected"), "offline"),
        (lambda route: route.fulfill(status=404), "gone"),
        (lambda route: route.fulfill(body="{", content_type="application/json"), "broken"),
    ):
        page.route(KEY, answer)
        run(page)
        expect(failed.locator(f"p[data-failure={kind}]")).to_be_visible()
        expect(failed.locator("p:visible")).to_have_count(1)
        page.unroute(KEY)

    failed.locator("[data-remedy=retry]:visible").click()

    expect(said(page)).to_contain_text("All ")
    expect(failed).to_be_hidden()


def test_a_key_that_stops_coming_is_given_up_and_a_slow_one_is_not(plain_page: Page, server: SiteServer) -> None:
    """As long as it moves it is waited for; then there is a sentence, and trying again runs it."""
    plain_page.add_init_script("""{
        const { fetch } = window;
        window.fetch = async (address, ...rest) => {
            if (window.isFast || !String(address).endsWith(".json")) return fetch(address, ...rest);
            const { signal } = rest[0] ?? {};
            return new Response(new ReadableStream({
                start(stream) {
                    window.move = () => stream.enqueue(new TextEncoder().encode(" "));
                    signal?.addEventListener("abort", () => stream.error(signal.reason));
                },
            }));
        };
    }""")
    plain_page.clock.install()
    plain_page.goto(server.address + PAGE)
    failed = plain_page.locator("playbook-answer-key p[data-failure=offline]")
    run(plain_page)
    plain_page.wait_for_function("() => window.move")
    for _ in range(6):
        plain_page.clock.run_for(10_000)
        plain_page.evaluate("() => window.move()")
    expect(failed).to_be_hidden()
    plain_page.clock.run_for(20_000)
    expect(failed).to_be_visible()

    plain_page.evaluate("() => { window.isFast = true; }")
    plain_page.clock.resume()
    plain_page.locator("playbook-answer-key [data-remedy=retry]:visible").click()
    expect(said(plain_page)).to_contain_text("All ")


def test_without_memory_it_says_so(plain_page: Page, server: SiteServer) -> None:
    """And the same button runs it once there is room."""
    full = 'WebAssembly.Memory = class { constructor() { throw new RangeError("could not allocate memory"); } };'
    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: full + script))
    plain_page.goto(server.address + PAGE)
    run(plain_page)
    expect(plain_page.locator("playbook-answer-key p[data-failure=memory]")).to_be_visible()

    plain_page.context.unroute("**/calculator_worker*")
    plain_page.locator("playbook-answer-key [data-remedy=retry]:visible").click()
    expect(said(plain_page)).to_contain_text("All ")


def test_a_browser_without_workers_is_told(plain_page: Page, server: SiteServer) -> None:
    """The file can be read all the same."""
    plain_page.add_init_script("delete window.Worker; delete window.SharedWorker")
    plain_page.goto(server.address + PAGE)

    run(plain_page)

    expect(plain_page.locator("playbook-answer-key p[data-failure=unsupported]")).to_be_visible()
    expect(plain_page.get_by_role("link", name="All examples with their expected results")).to_be_visible()


def test_without_scripts_there_is_a_sentence_and_the_file(open_page: OpenPage, server: SiteServer) -> None:
    """And no button that would do nothing."""
    page = open_page(PAGE, javascript=False)

    expect(page.locator("playbook-answer-key noscript p")).to_be_visible()
    expect(page.locator("playbook-answer-key button:visible")).to_have_count(0)
    link = page.get_by_role("link", name="All examples with their expected results")
    address = urljoin(server.address + PAGE, link.get_attribute("href"))
    assert page.request.get(address).json() == EXAMPLES


def test_no_other_page_loads_its_script(open_page: OpenPage) -> None:
    """What a page does not use, its reader does not download."""
    page = open_page("about/privacy/", fresh=True)
    page.wait_for_load_state("networkidle")

    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [url for url in loaded if "/site-" in url]
    assert not [url for url in loaded if "answer_key" in url]
