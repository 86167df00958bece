"""Nothing that is typed, pasted or linked holds the page up or switches a calculator off."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from calculators.core.running.sentences import ERRORS
from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.support import PROJECT, OpenPage
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


@pytest.mark.parametrize(("path", "field"), [("stage-conversion", "[data-column=name]"), ("win-rate", "[name=won]")])
def test_a_paste_of_empty_lines_is_read_at_once(open_page: OpenPage, path: str, field: str) -> None:
    """However many stand between two words: the page does not look at each of them once for each other."""
    page = open_page(f"embed/{path}/", fresh=True)
    calculator = ready(page)
    took = calculator.locator(field).first.evaluate(
        """field => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "7" + "\\n".repeat(200_000) + "7");
            const start = performance.now();
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            return performance.now() - start;
        }"""
    )
    assert took < MOST_MILLISECONDS
    expect(calculator).to_have_attribute("data-state", re.compile("ready|invalid"))


def test_long_notes_do_not_hold_a_table_up(plain_page: Page, server: SiteServer) -> None:
    """Tens of thousands of letters before the first digit are looked at once."""
    source = "overrides/assets/calculator/fill_table.js"
    esbuild = [str(PROJECT / "node_modules/.bin/esbuild"), source, "--bundle", "--format=esm"]
    script = subprocess.run(esbuild, check=True, capture_output=True, cwd=PROJECT).stdout
    address = f"{server.address}assets/playbook/under_test.js"
    plain_page.context.route(address, lambda route: route.fulfill(body=script, content_type="text/javascript"))
    plain_page.goto(f"{server.address}404.html")
    took, classes = plain_page.evaluate(
        """async address => {
            const { fillTable } = await import(address);
            const table = document.createElement("table");
            table.createTHead().insertRow();
            table.createTBody();
            const texts = ["two words", "12 deals", "1", "a\\n1", "–", "x".repeat(20_000) + "1"];
            const start = performance.now();
            fillTable(table, ["name", "note"], texts.map(text => [text, text]));
            return [performance.now() - start, [...table.tBodies[0].rows].map(({ cells }) => cells[1].className)];
        }""",
        address,
    )
    assert classes == ["calculator__prose", "", "", "calculator__prose", "", ""]
    assert took < 1_000


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


HOSTILE_NAMES = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "\u202egnp.exe",
    "\u2066\u2067turned",
    "__proto__",
    "constructor",
    "toString",
    "{{7*7}} ${7*7} {count} %s",
    "=HYPERLINK(A1)",
    "null\0byte",
    "x" * 20_000,
    "\ud800",
)
MADE_OF_IT = "playbook-analyser :is(script, img, iframe, object, [onerror])"
TURNED = """analyser => [...analyser.querySelectorAll("*")]
    .flatMap(one => [...one.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data))
    .filter(text => /[\\u202a-\\u202e\\u2066\\u2067\\u2069]/.test(text))"""


def test_names_in_a_file_are_texts(open_page: OpenPage, tmp_path: Path) -> None:
    """Stages, owners, headers and the file's own name hold markup, signs of direction, names that objects have."""
    headers = ["Id", "Stage", "Amount", "Created", "Closed", "Owner", *HOSTILE_NAMES[:-1]]
    lines = [headers]
    for place in range(48):
        name = HOSTILE_NAMES[place % len(HOSTILE_NAMES)]
        stage = ("Won", "Lost", f"Proposal {name}", name)[place % 4]
        days = [f"2025-01-{place % 28 + 1:02}", f"2025-02-{place % 28 + 1:02}"]
        lines.append([f"{place}{name[:40]}", stage, str(place * 100), *days, *[name] * (len(headers) - 5)])
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    file = tmp_path / "<img src=x onerror=alert(1)>{{7}}__proto__'=cmd.csv"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    page = open_page("pipeline/analyse/")
    analyser = page.locator("playbook-analyser")
    expect(analyser).to_have_attribute("data-state", "idle")
    analyser.locator("[data-part=files]").set_input_files(file)
    expect(analyser).to_have_attribute("data-state", "shown")

    assert page.locator(MADE_OF_IT).count() == 0
    assert analyser.evaluate(TURNED) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    expect(analyser.locator("[data-do=undo]:not([hidden])")).to_have_count(0)
    # What is said of such a column is remembered and taken back as of any other.
    for name in ("__proto__", "constructor"):
        choice = analyser.locator(f'select[data-key="column:{name}"]')
        undo = analyser.locator(f'[data-undoes="column:{name}"]')
        expect(choice).to_have_value("")
        choice.evaluate("""select => {
            select.value = "source";
            select.dispatchEvent(new Event("change", { bubbles: true }));
        }""")
        expect(undo).not_to_have_attribute("hidden", re.compile(""))
        expect(choice).to_have_value("source")
        undo.evaluate("button => button.click()")
        expect(undo).to_have_attribute("hidden", "")
        expect(choice).to_have_value("")


@pytest.mark.parametrize("path", ["embed/win-rate/", "metrics/win-rate/"])
def test_messages_of_a_foreign_frame_change_nothing(open_page: OpenPage, path: str) -> None:
    """Nobody listens to them; the calculator goes on."""
    page = open_page(path)
    calculator = ready(page)
    page.evaluate("""() => {
        const messages = [null, 7, "x", "{", { state: "failed", kind: "gone" }, { number: 1, errors: [{}] },
            { playbookHeight: 1e9 },
            { type: 3, data: { items: [["<img src=x onerror=alert(1)>"]] } }, { used: "analyser-en" }, { cancel: 1 },
            JSON.stringify({ state: "failed", kind: "memory" })];
        for (const message of messages) window.postMessage(message, "*");
    }""")
    calculator.locator("[name=won]").fill("44")
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
