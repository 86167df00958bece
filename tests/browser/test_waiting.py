"""What a page fetches of Python, and when; what stands in the calculator meanwhile."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.browser.test_calculator import output, path_of, ready, wait_until_kept
from tests.support import BuiltSite, rewritten, wait_until
from tools.serve import SiteServer

IDLE = """new Promise((resolve) => {
    const limit = { timeout: 30_000 };
    requestIdleCallback(() => requestIdleCallback(resolve, limit), limit);
})"""
CONNECTION = "Object.defineProperty(navigator, 'connection', { value: %s })"
SPARING = {
    "the reader saves data": CONNECTION % "{ saveData: true }",
    "3g": CONNECTION % "{ effectiveType: '3g', downlink: 10 }",
    "below a megabit": CONNECTION % "{ effectiveType: '4g', downlink: 0.9 }",
    "the device saves data": """{
        const { matchMedia } = window;
        window.matchMedia = (query) => query.includes("reduced-data") ? { matches: true } : matchMedia(query);
    }""",
}
TOUCHES: dict[str, Callable[[Locator], None]] = {
    "focus": lambda calculator: calculator.locator("input").first.focus(),
    "click": lambda calculator: calculator.locator(".calculator__question").click(),
    "number": lambda calculator: calculator.locator("input[type=text]").first.fill("7"),
}


# Holds the interpreter back after its first part until let go: a byte now and then, so that nobody loses patience.
HELD = """{
    const { fetch } = self;
    let isHeld = true;
    new BroadcastChannel("held").onmessage = () => { isHeld = false; };
    const pause = () => new Promise((resolve) => setTimeout(resolve, 250));
    self.fetch = async (address, ...rest) => {
        const response = await fetch(address, ...rest);
        if (!String(address).includes("/interpreter-")) return response;
        const whole = new Uint8Array(await response.arrayBuffer());
        let sent = 1_000_000;
        const body = new ReadableStream({
            start: (stream) => stream.enqueue(whole.slice(0, sent)),
            async pull(stream) {
                await pause();
                const end = isHeld ? sent + 1 : whole.length;
                stream.enqueue(whole.slice(sent, end));
                sent = end;
                if (!isHeld) stream.close();
            },
        });
        return new Response(body, response);
    };
}"""
SAME_BYTES = """() => {
    const text = (part) => document.querySelector(`[data-part=${part}`).textContent;
    return text("bar-text] strong") === text("bytes]");
}"""
LET_GO = "new BroadcastChannel('held').postMessage(null)"


def fetched(page: Page) -> list[str]:
    """Return a list that will hold the names of Python's files that a page or its worker asks for."""
    names: list[str] = []

    def note(address: str) -> None:
        name = address.rpartition("/")[2]
        if re.match(r"calculator_worker|python-", name) or name.endswith(".bin"):
            names.append(re.sub(r"-\w{8}\.\w+$", "", name))

    page.context.on("request", lambda request: note(request.url))
    return names


@pytest.mark.parametrize("touch", [*TOUCHES, "pointer"])
def test_the_home_page_fetches_nothing_before_the_first_touch(plain_page: Page, server: SiteServer, touch: str) -> None:
    """Most readers only pass through, its calculator in view all the while."""
    names = fetched(plain_page)
    plain_page.goto(server.address)
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()
    plain_page.evaluate(IDLE)
    expect(calculator).to_have_attribute("data-state", "static")
    assert names == []

    {**TOUCHES, "pointer": Locator.hover}[touch](calculator)
    expect(calculator).to_have_attribute("data-state", "ready")
    assert "snapshot" in names


@pytest.mark.parametrize("path", [path_of("sales-velocity", "ko"), "ko/embed/sales-velocity/"])
def test_a_page_with_a_calculator_begins_when_it_is_idle(plain_page: Page, server: SiteServer, path: str) -> None:
    """After the text is drawn, whether the calculator is in view or not; one language, one group."""
    names = fetched(plain_page)
    plain_page.set_viewport_size({"width": 800, "height": 200})
    plain_page.goto(server.address + path)
    calculator = plain_page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "ready")
    expect(calculator.locator("[data-part=waiting]")).to_be_hidden()
    begun, drawn = plain_page.evaluate("""[
        performance.getEntriesByType("resource").find(({name}) => name.includes("calculator_worker")).startTime,
        performance.getEntriesByName("first-contentful-paint")[0].startTime,
    ]""")
    assert begun >= drawn
    wait_until_kept(plain_page)
    kinds = {"calculator_worker", "python", "interpreter", "snapshot", "group-metrics", "words-ko", "words-metrics-ko"}
    assert set(names) == kinds


@pytest.mark.parametrize("why", SPARING)
@pytest.mark.parametrize("path", [path_of("sales-velocity"), ""])
def test_who_saves_data_fetches_nothing_before_the_first_touch(
    plain_page: Page, server: SiteServer, why: str, path: str
) -> None:
    """Nor on a slow line; a mouse that passes over it is no touch."""
    plain_page.context.add_init_script(SPARING[why])
    names = fetched(plain_page)
    plain_page.goto(server.address + path)
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()
    calculator.locator(".calculator__question").hover()
    plain_page.evaluate(IDLE)
    expect(calculator).to_have_attribute("data-state", "static")
    assert names == []

    calculator.locator("input").first.focus()
    expect(calculator).to_have_attribute("data-state", "ready")


def test_with_everything_kept_the_home_page_waits_for_nobody(plain_page: Page, server: SiteServer) -> None:
    """It costs no download: the calculator starts as it comes near, also for who saves data."""
    plain_page.context.add_init_script(SPARING["the reader saves data"])
    plain_page.goto(server.address)
    calculator = plain_page.locator("playbook-calculator")
    calculator.locator("input").first.focus()
    expect(calculator).to_have_attribute("data-state", "ready")
    wait_until_kept(plain_page)
    plain_page.wait_for_function("localStorage.getItem('playbook-runtime')")
    names = fetched(plain_page)

    plain_page.goto(server.address)
    ready(plain_page)
    assert set(names) <= {"calculator_worker", "python"}


def bytes_of(built_site: BuiltSite, *names: str) -> int:
    """Return what files of the runtime weigh together."""
    folder = built_site.directory / "assets" / "playbook"
    return sum(file.stat().st_size for name in names for file in folder.glob(f"{name}-*.bin"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_typed_before_python_is_up(
    plain_page: Page, server: SiteServer, built_site: BuiltSite, language: str
) -> None:
    """Who waits sees the bytes; the example's result goes with the first number, and the last one is answered, once."""
    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: HELD + script))
    plain_page.goto(server.address + path_of("sales-velocity", language))
    calculator = plain_page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "starting")
    waiting, bar = calculator.locator("[data-part=waiting]"), calculator.locator("progress")
    expect(waiting).to_be_hidden()

    calculator.locator("[name=opportunities]").focus()
    expect(bar).to_be_visible()
    assert 0 < bar.evaluate("bar => bar.position") < 1
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "2777.777777777778")
    expect(calculator.locator(".calculator__result")).not_to_have_attribute("aria-busy", "true")

    shown = calculator.evaluate("""element => {
        element.results = 0;
        element.addEventListener("playbook-result", () => element.results++);
        const field = element.querySelector("[name=opportunities]");
        for (const typed of ["8", "80", "800", "80"]) {
            field.value = typed;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
        const [result, waiting] = ["output", "[data-part=waiting]"].map(part => element.querySelector(part));
        return [result.dataset.value ?? "", waiting.hidden];
    }""")
    assert shown == ["", False]

    words = [f"words-{language}", f"words-metrics-{language}"] if language != "en" else []
    total = bytes_of(built_site, "interpreter", "snapshot", "group-metrics", *words) / 1_000_000
    number = f"{total:.1f}".replace(".", "," if language == "el" else ".")
    expect(waiting.locator("[data-part=bytes]")).to_have_text(re.compile(rf"(?<!\d){re.escape(number)}(?!\d)"))
    step = waiting.get_by_role("status")
    expect(step).to_have_text(catalogue(language).gettext("The calculator is loading. Your numbers are kept."))
    assert waiting.locator("[data-part=bytes]").evaluate("place => place.closest('[role=status], [aria-live]')") is None

    plain_page.evaluate(LET_GO)
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "5555.555555555556")
    expect(waiting).to_be_hidden()
    plain_page.evaluate(IDLE)
    assert calculator.evaluate("element => element.results") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_edge_of_the_view_says_what_is_waited_for(plain_page: Page, server: SiteServer, language: str) -> None:
    """Who types on a phone does not see the result: the step and the bytes stand at the edge, unspoken."""
    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: HELD + script))
    plain_page.set_viewport_size({"width": 320, "height": 568})
    plain_page.goto(server.address + path_of("sales-velocity", language))
    calculator = plain_page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "starting")
    calculator.locator("[name=opportunities]").fill("80")

    bar = calculator.locator("[data-part=bar-text]")
    words, figure = bar.locator("span"), bar.locator("strong")
    expect(words).to_have_text(catalogue(language).gettext("The calculator is loading. Your numbers are kept."))
    expect(figure).to_have_text(re.compile(r"\d.*\d.* MB"))
    wait_until(plain_page, SAME_BYTES)  # both move on while more comes
    expect(bar).to_be_in_viewport()
    assert words.evaluate("words => words.scrollHeight <= words.clientHeight + 1")
    expect(calculator.locator("[data-part=bar]")).to_have_attribute("aria-hidden", "true")
    plain_page.evaluate(LET_GO)
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "5555.555555555556")
    expect(bar).not_to_contain_text("MB")


def test_a_number_typed_before_the_page_listens(plain_page: Page, server: SiteServer) -> None:
    """On a slow line the form is there before any script: what was typed is no example, and is answered."""
    held: list[Route] = []
    plain_page.context.route("**/playbook/site-*.js", lambda route: held.append(route))
    plain_page.goto(server.address + path_of("sales-velocity"), wait_until="commit")
    calculator = plain_page.locator("playbook-calculator")
    calculator.locator("[name=opportunities]").fill("80")
    for _ in range(600):
        if held:
            break
        plain_page.wait_for_timeout(100)
    held[0].continue_()

    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "5555.555555555556")
    expect(calculator.locator("[name=opportunities]")).to_have_value("80")
    calculator.locator("button[type=reset]").click()
    expect(calculator.locator("[name=opportunities]")).to_have_value("40")
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "2777.777777777778")
