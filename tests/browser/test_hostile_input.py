"""Nothing that is typed, pasted or linked holds the page up or switches a calculator off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from calculators.core.running.sentences import ERRORS
from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.support import OpenPage
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

# Sets a field as a paste does, without the seconds that typing millions of signs takes, and returns the milliseconds
# until the calculator has refused it.
PASTE = """async ([element, name, text, times]) => {
    const field = element.querySelector(`[name="${name}"]`);
    field.value = text.repeat(times);
    const start = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    while (element.dataset.state !== "invalid") {
        if (performance.now() - start > 60_000) throw new Error(`${text.length * times} signs are not refused`);
        await new Promise((done) => setTimeout(done));
    }
    return performance.now() - start;
}"""
# Far above what it takes, far below what it took.
MOST_MILLISECONDS = 3_000


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """Return a page with a worker of its own whose questions can be changed on their way, and which may complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 1600}, service_workers="block")
    context.add_init_script("""
        delete window.SharedWorker;
        const { postMessage } = Worker.prototype;
        Worker.prototype.postMessage = function (text) {
            postMessage.call(this, window.mangled ? window.mangled(text) : text);
        };
    """)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def ready(page: Page) -> Locator:
    """Wait until the calculator of an embedded page computes, and return it."""
    calculator = page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "ready", timeout=60_000)
    return calculator


# Drawing so much takes the browser most of the test: once is enough, and the sentence comes at a tenth of it as well.
@pytest.mark.parametrize(
    ("language", "characters"),
    [(language, 20_000_000 if language == "el" else 2_000_000) for language in LANGUAGES],
)
def test_megabytes_in_a_field_are_refused_at_once(open_page: OpenPage, language: str, characters: int) -> None:
    """In the reader's language, at the field, with nothing lost; the next number is computed with."""
    page = open_page(f"{folder_of(language)}embed/win-rate/", fresh=True)
    calculator = ready(page)

    took = page.evaluate(PASTE, [calculator.element_handle(), "won", "1234567890", characters // 10])

    assert took < MOST_MILLISECONDS
    error = calculator.locator("[data-error=won]")
    expect(error).to_have_text(catalogue(language).gettext(ERRORS["too_much"]))
    expect(error).to_be_visible()
    assert calculator.locator("[name=won]").evaluate("field => field.value.length") == characters
    calculator.locator("[name=won]").evaluate("field => field.value = ''")
    calculator.locator("[name=won]").fill("44")
    expect(calculator.locator("output[name=win_rate]")).to_have_attribute("data-value", "0.44")


@pytest.mark.parametrize(("text", "times"), [("7\n", 1_000_000), ("7\n", 150_000), ("7 ", 1_000_000)])
def test_a_million_numbers_do_not_come_into_the_field(open_page: OpenPage, text: str, times: int) -> None:
    """The browser itself would stand still over so many lines; what stood there stays, and can be computed with."""
    page = open_page("embed/sales-cycle-length/", fresh=True)
    calculator = ready(page)

    took = page.evaluate(
        """async ([element, text, times]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text.repeat(times));
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            const start = performance.now();
            element.querySelector("[name=cycle_days]").dispatchEvent(paste);
            return paste.defaultPrevented ? performance.now() - start : Infinity;
        }""",
        [calculator.element_handle(), text, times],
    )

    assert took < MOST_MILLISECONDS
    expect(calculator.locator("[data-error=cycle_days]")).to_have_text(ERRORS["too_much"])
    calculator.locator("[name=cycle_days]").fill("10\n20")
    expect(calculator.locator("output[name=mean_days]")).to_have_attribute("data-value", "15")
    expect(calculator.locator("[data-error=cycle_days]")).to_be_hidden()


def test_a_link_of_brackets_opens_the_example(open_page: OpenPage) -> None:
    """The page says so, and computes."""
    page = open_page("embed/stage-conversion/#stage-conversion?stages=" + "[" * 100_000)
    calculator = ready(page)

    opened = calculator.locator("[data-part=opened]")
    assert opened.inner_text() == opened.get_attribute("data-broken")


def test_a_question_that_nobody_foresaw_is_a_refusal(plain_page: Page, server: SiteServer) -> None:
    """At its field if it is a single one; the traceback is in the console, and the next key computes again."""
    said: list[str] = []
    plain_page.on("console", lambda message: said.append(message.text))
    plain_page.goto(f"{server.address}embed/win-rate/")
    calculator = ready(plain_page)

    plain_page.evaluate('() => { window.mangled = (text) => text.replace(\'"won":"9"\', \'"won":9\'); }')
    calculator.locator("[name=won]").fill("9")
    expect(calculator).to_have_attribute("data-state", "invalid")
    expect(calculator.locator("[data-error=won]")).to_have_text(ERRORS["not_computable"])
    assert any("Traceback" in text for text in said)
    calculator.locator("[name=won]").fill("44")
    expect(calculator).to_have_attribute("data-state", "ready")

    # What belongs to no field stands with the result.
    plain_page.evaluate('() => { window.mangled = (text) => text.replace(\'"currency":""\', \'"currency":0\'); }')
    calculator.locator("[name=won]").fill("10")
    expect(calculator.locator("[data-error='']")).to_have_text(ERRORS["unreadable_question"])
    plain_page.evaluate("window.mangled = undefined")
    calculator.locator("[name=won]").fill("44")
    expect(calculator.locator("output[name=win_rate]")).to_have_attribute("data-value", "0.44")
    expect(calculator.locator("[data-error='']")).to_be_hidden()


def test_after_a_failure_the_next_key_tries_again(plain_page: Page, server: SiteServer) -> None:
    """As soon as the network is back, without a button."""

    def fail(route: Route) -> None:
        route.abort()

    plain_page.context.route("**/interpreter-*.bin", fail)
    plain_page.goto(f"{server.address}embed/win-rate/")
    calculator = plain_page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "failed", timeout=60_000)

    plain_page.context.unroute("**/interpreter-*.bin")
    calculator.locator("[name=won]").fill("44")
    expect(calculator).to_have_attribute("data-state", "ready", timeout=60_000)
    expect(calculator.locator("output[name=win_rate]")).to_have_attribute("data-value", "0.44")


def test_what_the_browser_does_not_copy_can_be_copied_by_hand(open_page: OpenPage) -> None:
    """The text stands there, selected."""
    page = open_page("embed/win-rate/", fresh=True)
    calculator = ready(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    calculator.locator("[data-tool=share] summary").click()
    by_hand = calculator.locator("[data-part=by-hand]")
    expect(by_hand).to_be_hidden()

    calculator.locator("[data-copy=text]").click()

    expect(by_hand).to_be_visible()
    text = by_hand.input_value()
    assert text.startswith("Win rate\n")
    assert page.evaluate("document.getSelection().toString() || document.activeElement.value") == text
    assert by_hand.evaluate("field => field.selectionEnd - field.selectionStart") == len(text)
