"""A reader changes a number and sees a right answer: in every language, by keyboard, on a phone, when things fail."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from calculators.core.page.answer import input_texts, to_page
from calculators.core.running.calculator import all_calculators, find
from calculators.core.running.run import run
from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.maven import MAVEN, reduced
from tests.support import PROJECT, OpenPage, built_with, executable, problems, wait_for_instant_navigation, wait_until
from tests.worked_examples import all_examples
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of, url_of

CALCULATORS = tuple(all_calculators())
# Greek, whose words are the longest, for each, and each of the other languages in turn; light and dark in turn.
ON_PHONES = [
    (name, language, ("light", "dark")[(place + (language == "el")) % 2])
    for place, name in enumerate(CALCULATORS)
    for language in ("el", ("en", "ko", "ja")[place % 3])
]
# Words a refusal must hold, so that it is seen to be in that language.
NOT_A_NUMBER = {"en": "is not a number", "ko": "숫자", "ja": "数値", "el": "αριθμ"}


def path_of(calculator: str, language: str = "en") -> str:
    """Return the path of a calculator's page."""
    return folder_of(language) + url_of(find(calculator).page)


def ready(page: Page, name: str | None = None) -> Locator:
    """Scroll a calculator of the page into view, wait until it computes, and return it."""
    calculator = (
        page.locator(f"playbook-calculator[name={name}]") if name else page.locator("playbook-calculator").first
    )
    calculator.scroll_into_view_if_needed()
    expect(calculator).to_have_attribute("data-state", "ready")
    return calculator


def output(calculator: Locator, name: str) -> Locator:
    """Return the place of an output."""
    return calculator.locator(f"output[name={name}]")


def read_result(calculator: Locator) -> dict[str, Any]:
    """Return the answer, the values, rows and reasons that the page shows."""
    shown: dict[str, Any] = calculator.evaluate("""element => ({
        headline: element.querySelector("[data-part=headline]").textContent,
        values: Object.fromEntries([...element.querySelectorAll("output")].map(
            output => [output.name, output.dataset.value ?? null])),
        rows: Object.fromEntries([...element.querySelectorAll("table[data-output]")].map(
            table => [table.dataset.output, [...table.tBodies[0].rows].map(
                row => [...row.cells].map(cell => cell.textContent))])),
        items: Object.fromEntries([...element.querySelectorAll("ul[data-output]")].map(
            list => [list.dataset.output, [...list.children].map(item => item.textContent)])),
        codes: [...element.querySelectorAll("[data-part=notes] li")].map(item => item.dataset.code),
    })""")
    return shown


def expected_result(name: str, inputs: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what the page must show, as Python has it."""
    result = run(name, inputs, language)
    outputs = to_page(result)["outputs"]
    none = catalogue(language).gettext("none")
    return {
        "headline": result.headline,
        "values": {output: as_attribute(shown["value"]) for output, shown in outputs.items() if "text" in shown},
        "rows": {output: shown["rows"] for output, shown in outputs.items() if "rows" in shown},
        "items": {output: shown["items"] or [none] for output, shown in outputs.items() if "items" in shown},
        "codes": list(dict.fromkeys(note.code for note in result.notes)),
    }


def as_attribute(value: Any) -> str | None:
    """Write a value as `data-value` holds it, numbers as JavaScript writes them."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(int(value) if value == int(value) else value)


@pytest.mark.parametrize(
    ("name", "language"), [(name, ("en", "el")[place % 2]) for place, name in enumerate(CALCULATORS)]
)
def test_every_worked_example_in_the_page(open_page: OpenPage, name: str, language: str) -> None:
    """What the page computes from typed text is what Python computes from the example."""
    calculator = ready(open_page(f"{folder_of(language)}embed/{name}/"))
    for example in (example for example in all_examples() if example.calculator == name):
        type_inputs(calculator, name, example.inputs, language)
        expect(calculator).to_have_attribute("data-state", "ready")
        assert read_result(calculator) == expected_result(name, example.inputs, language), example


@pytest.mark.skipif(not MAVEN.exists(), reason="../shared/data/maven is absent")
@pytest.mark.parametrize("name", ["average-deal-size", "sales-cycle-length", "win-rate", "sales-velocity"])
def test_real_deals_in_the_page(open_page: OpenPage, name: str) -> None:
    """8,800 deals reduced to what a reader would type, 4,238 cycles pasted among it, in Korean."""
    calculator = ready(open_page(path_of(name, "ko")))
    inputs = reduced()[name]

    type_inputs(calculator, name, inputs, "ko")
    expect(calculator).to_have_attribute("data-state", "ready")
    assert read_result(calculator) == expected_result(name, inputs, "ko")


# As one paste: typing thousands of lines takes the browser minutes.
TYPE_INPUTS = """(element, values) => {
    const form = element.querySelector("form");
    const write = (control, value) => {
        if (control.type === "checkbox") control.checked = value === "true" || value.includes(control.value);
        else if (control.type === "radio") control.checked = control.value === value;
        else control.value = value;
    };
    for (const [name, value] of Object.entries(values)) {
        const table = form.querySelector(`table[data-input="${name}"]`);
        if (!table) {
            for (const control of form.querySelectorAll(`[name="${name}"]`)) write(control, value);
            continue;
        }
        const { rows } = table.tBodies[0];
        while (rows.length > Math.max(value.length, 1)) rows[0].querySelector("[data-row=remove]").click();
        while (rows.length < value.length) form.querySelector(`[data-add-row="${name}"]`).click();
        for (const [place, row] of [...rows].entries()) {
            for (const cell of row.querySelectorAll("[data-column]")) {
                const text = value[place]?.[cell.dataset.column] ?? "";
                if (cell.type === "checkbox") cell.checked = text === "true";
                else cell.value = text;
            }
        }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def type_inputs(calculator: Locator, name: str, inputs: dict[str, Any], language: str) -> None:
    """Fill every field, in the language's number format; what is not given stays at its default."""
    calculator.evaluate(TYPE_INPUTS, input_texts(run(name, inputs, language)))


@pytest.mark.parametrize(("name", "language"), [(name, language) for name, language, _scheme in ON_PHONES])
def test_without_scripts_the_worked_example_is_there(open_page: OpenPage, name: str, language: str) -> None:
    """Form, results, working and a sentence that says how to calculate with one's own numbers."""
    page = open_page(path_of(name, language), javascript=False)
    calculator = page.locator(f"playbook-calculator[name={name}]")

    expect(calculator).to_have_attribute("data-state", "static")
    outputs = calculator.locator("output")
    values = {
        outputs.nth(index).get_attribute("name"): outputs.nth(index).get_attribute("data-value")
        for index in range(outputs.count())
    }
    assert values == expected_result(name, {}, language)["values"]
    expect(calculator.locator("[data-part=headline]")).to_have_text(expected_result(name, {}, language)["headline"])
    expect(calculator.locator("noscript .calculator__message")).to_be_visible()
    calculator.locator(".calculator__working summary").click()
    expect(calculator.locator("[data-working]").first).to_be_visible()


def test_greek_numbers_are_understood_and_shown(open_page: OpenPage) -> None:
    """1.234,5 in the field, 1.234,5 in the result, the working and the field after leaving it."""
    calculator = ready(open_page(path_of("sales-velocity", "el")))
    size = calculator.locator("[name=average_deal_size]")

    size.fill("1234,5")
    expect(output(calculator, "revenue_per_day")).to_have_text("137,17")
    calculator.locator(".calculator__working summary").click()
    expect(calculator.locator("[data-working=revenue_per_day] [data-part=numbers]")).to_have_text(
        "40 × 1.234,50 × 25% ÷ 90 ημέρες"
    )
    size.blur()
    expect(size).to_have_value("1.234,5")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_input_is_explained_beside_its_field(open_page: OpenPage, language: str) -> None:
    """A sentence in the page's language, nothing typed is lost, no result stays that answers other numbers."""
    calculator = ready(open_page(path_of("sales-velocity", language)))
    size = calculator.locator("[name=average_deal_size]")
    error = calculator.locator("[data-error=average_deal_size]")

    size.fill("12abc")
    expect(calculator).to_have_attribute("data-state", "invalid")
    expect(error).to_contain_text(NOT_A_NUMBER.get(language, ""))
    expect(error).to_contain_text("12abc")
    expect(size).to_have_attribute("aria-invalid", "true")
    expect(size).to_have_accessible_description(re.compile("12abc"))
    expect(output(calculator, "revenue_per_day")).to_have_text("–")
    expect(calculator.locator("[data-part=headline]")).to_be_hidden()
    expect(calculator.locator("[data-message=invalid]")).to_be_visible()
    size.blur()
    expect(size).to_have_value("12abc")

    size.fill("12")
    expect(calculator).to_have_attribute("data-state", "ready")
    expect(error).to_be_hidden()
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "1.3333333333333333")


def test_every_wrong_field_is_marked_at_once(open_page: OpenPage) -> None:
    """Enter leads to the first of them."""
    calculator = ready(open_page(path_of("win-rate")))

    calculator.locator("[name=lost]").fill("x")
    calculator.locator("[name=won_value]").fill("")
    expect(calculator.locator("[aria-invalid=true]")).to_have_count(2)
    calculator.locator("[name=won]").press("Enter")
    expect(calculator.locator("[name=lost]")).to_be_focused()


def test_a_result_without_meaning_is_a_sentence(open_page: OpenPage) -> None:
    """No number, the reason, and no working for it."""
    calculator = ready(open_page(path_of("average-deal-size", "ja")))

    calculator.locator("[name=won_deals]").fill("0")
    expect(output(calculator, "average_deal_size")).to_have_text("–")
    expect(output(calculator, "average_deal_size")).not_to_have_attribute("data-value", re.compile(".*"))
    reason = calculator.locator("[data-code=revenue_without_deals]")
    expect(calculator.locator("[data-part=headline]")).to_have_text(reason.text_content() or "nothing")
    expect(reason).to_be_hidden()  # not twice


def test_the_currency_is_shown_and_stays_for_the_visit(open_page: OpenPage) -> None:
    """Beside the fields and in the result, on the next page too, and after going back to the example."""
    page = open_page(path_of("sales-velocity", "el"))
    calculator = ready(page)

    calculator.locator("[data-control=currency]").select_option("USD")
    expect(output(calculator, "revenue_per_day")).to_have_text("2.777,78\xa0$")
    expect(calculator.locator("[data-currency-symbol]").first).to_have_text("$")
    calculator.locator("[name=opportunities]").fill("80")
    expect(output(calculator, "revenue_per_day")).to_have_text("5.555,56\xa0$")
    calculator.locator("button[type=reset]").click()
    expect(output(calculator, "revenue_per_day")).to_have_text("2.777,78\xa0$")
    expect(calculator.locator("[name=opportunities]")).to_have_value("40")

    wait_for_instant_navigation(page)
    page.locator(".md-footer__link--prev").click()
    page.wait_for_url(re.compile("/win-rate/"))
    expect(page.locator("[data-control=currency]")).to_have_value("USD")


def test_no_currency_where_there_is_no_amount(open_page: OpenPage) -> None:
    """A chooser that changes nothing is not shown; going back to the example works without it."""
    calculator = ready(open_page(path_of("sales-cycle-length")))

    expect(calculator.locator("[data-control=currency]")).to_have_count(0)
    calculator.locator("[name=window_days]").fill("90")
    expect(output(calculator, "closing_interval_days")).to_have_text("30 days")
    calculator.locator("button[type=reset]").click()
    expect(output(calculator, "closing_interval_days")).to_have_text("20 days")


def wait_until_kept(page: Page) -> None:
    """Wait until the next visit would find the decoded files."""
    wait_until(page, 'async () => (await (await caches.open("playbook-runtime")).keys()).length >= 3')


def test_one_worker_for_the_visit(plain_page: Page, server: SiteServer) -> None:
    """Instant navigation to another calculator starts no second Python."""
    requested: list[str] = []
    plain_page.context.on("request", lambda request: requested.append(request.url))
    plain_page.goto(server.address + path_of("sales-velocity"))
    ready(plain_page)
    assert [url for url in requested if "calculator_worker" in url]
    wait_until_kept(plain_page)
    requested.clear()

    wait_for_instant_navigation(plain_page)
    plain_page.locator(".md-footer__link--prev").click()
    expect(plain_page.locator("playbook-calculator[name=win-rate]")).to_be_attached()
    ready(plain_page).locator("[name=won]").fill("56")
    expect(output(plain_page.locator("playbook-calculator"), "win_rate")).to_have_text("50%")
    assert not [url for url in requested if "worker" in url or url.endswith(".bin")]


def test_python_outlives_a_full_page_load(browser: Browser, open_page: OpenPage, server: SiteServer) -> None:
    """Changing the language loads the page in full and meets the same Python, where the browser has shared workers."""
    devtools = browser.new_browser_cdp_session()

    def shared_workers() -> set[str]:
        targets = devtools.send("Target.getTargets", {"filter": [{"type": "shared_worker"}]})["targetInfos"]
        return {target["targetId"] for target in targets}

    before = shared_workers()
    page = open_page(path_of("sales-velocity"), fresh=True)
    ready(page)
    started = shared_workers() - before
    assert len(started) == 1

    page.goto(server.address + path_of("sales-velocity", "ko"))
    ready(page)
    assert shared_workers() - before == started


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    """Tab reaches every control in order, keys change every one, and the working opens."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page)
    calculator.locator("[name=opportunities]").focus()

    page.keyboard.press("Control+A")
    page.keyboard.type("80")
    expect(output(calculator, "revenue_per_day")).to_have_text("5,555.56")
    for name in ("average_deal_size", "win_rate", "cycle_days"):
        page.keyboard.press("Tab")
        expect(calculator.locator(f"[name={name}]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(calculator.locator("[data-control=currency]")).to_be_focused()
    page.keyboard.type("EUR")
    expect(output(calculator, "revenue_per_day")).to_have_text("€5,555.56")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(output(calculator, "revenue_per_day")).to_have_text("€2,777.78")
    page.keyboard.press("Tab")
    expect(calculator.locator("[data-control=undo]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(calculator.locator("[data-pick]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(calculator.locator("[data-definition] p").nth(1)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(calculator.locator("[data-working=revenue_per_day]")).to_be_visible()


def test_the_settled_result_is_spoken_once(open_page: OpenPage) -> None:
    """One polite sentence after typing, not one for each key."""
    page = open_page(fresh=True)
    page.clock.install()
    page.goto(page.url + path_of("sales-velocity", "ko"))
    calculator = ready(page)
    opportunities, spoken = calculator.locator("[name=opportunities]"), calculator.locator("[data-part=spoken]")
    expect(spoken).to_be_empty()
    spoken.evaluate("""element => {
        element.changes = [];
        new MutationObserver(() => element.changes.push(element.textContent)).observe(element, {childList: true});
    }""")

    # The page's clock stands still, however long each answer takes.
    page.clock.pause_at(page.evaluate("Date.now()") + 60_000)
    opportunities.press("End")
    for revenue in ("27,777.78", "277,777.78"):
        opportunities.press("0")
        expect(output(calculator, "revenue_per_day")).to_have_text(revenue)
        page.clock.run_for(500)
    expect(spoken).to_be_empty()
    page.clock.run_for(500)
    expect(spoken).to_have_text(re.compile("277,777.78"))
    assert len(spoken.evaluate("element => element.changes")) == 1


def test_a_pasted_column_of_a_thousand_deals(open_page: OpenPage) -> None:
    """A spreadsheet column, with its line ends, in one paste."""
    calculator = ready(open_page(path_of("sales-cycle-length")))

    calculator.locator("[name=cycle_days]").fill("\r\n".join(str(day) for day in range(1, 1001)))
    expect(output(calculator, "mean_days")).to_have_text("500.5 days")
    expect(output(calculator, "deals")).to_have_text("1,000")


@pytest.mark.parametrize(("name", "language", "scheme"), ON_PHONES)
def test_a_phone_shows_and_reads_everything(open_page: OpenPage, name: str, language: str, scheme: str) -> None:
    """At 360 px nothing is wider than the screen or inaccessible, with the working open and a refusal shown."""
    page = open_page(path_of(name, language), width=360, height=740, scheme=scheme)
    calculator = ready(page, name)
    calculator.locator(".calculator__working summary").click()
    numbers = calculator.locator(".calculator__fields :is([inputmode=decimal], [inputmode=numeric])").locator(
        "visible=true"
    )
    if numbers.count():
        numbers.first.fill("12abc12abc12abc12abc12abc12abc")
        expect(calculator).to_have_attribute("data-state", "invalid")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert calculator.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert problems(page) == []


def fail(route: Route) -> None:
    """Answer as a broken network."""
    route.abort()


def test_without_the_snapshot_python_boots_plainly(plain_page: Page, server: SiteServer) -> None:
    """Slower, and with the same answer."""
    plain_page.context.route("**/snapshot-*.bin", fail)
    plain_page.goto(server.address + path_of("sales-velocity"))

    calculator = plain_page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "ready")
    calculator.locator("[name=opportunities]").fill("80")
    expect(output(calculator, "revenue_per_day")).to_have_text("5,555.56")


def test_a_damaged_snapshot_is_not_used(plain_page: Page, server: SiteServer) -> None:
    """A file that is no snapshot leads to the plain boot, not to wrong answers."""
    plain_page.context.route("**/snapshot-*.bin", lambda route: route.fulfill(body=b"no snapshot at all"))
    plain_page.goto(server.address + path_of("win-rate"))

    ready(plain_page)


def test_a_function_that_the_interpreter_is_without_is_fetched(
    plain_page: Page, server: SiteServer, tmp_path: Path
) -> None:
    """As if the build had not seen that calculators divide: the same answer, from the whole interpreter."""
    script = PROJECT / "tests" / "browser" / "cut_further.mjs"
    runtime = PROJECT / "build" / "runtime"
    subprocess.run([executable("node"), script, runtime, "PyNumber_TrueDivide", tmp_path], check=True)
    fetched: list[str] = []

    def serve(route: Route) -> None:
        fetched.append(route.request.url.rpartition("/")[2].partition("-")[0])
        route.fulfill(path=tmp_path / f"{fetched[-1]}.bin")

    plain_page.context.route(re.compile(r"/(interpreter|rest)-\w+\.bin$"), serve)
    files = {name: (tmp_path / f"{name}.bin").read_bytes() for name in ("interpreter", "rest")}
    plain_page.context.route("**/calculator_worker-*", built_with(files))
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = plain_page.locator("playbook-calculator")
    expect(calculator).to_have_attribute("data-state", "ready")
    calculator.locator("[name=opportunities]").fill("80")

    expect(output(calculator, "revenue_per_day")).to_have_text("5,555.56")
    assert "rest" in fetched


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_python_the_example_stays_and_the_page_says_so(
    plain_page: Page, server: SiteServer, language: str
) -> None:
    """The failure says what still works; trying again works once the network does."""
    plain_page.context.route("**/interpreter-*.bin", fail)
    plain_page.goto(server.address + path_of("sales-velocity", language))
    calculator = plain_page.locator("playbook-calculator")

    expect(calculator).to_have_attribute("data-state", "failed")
    expect(calculator.locator("[data-message=failed]")).to_be_visible()
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "2777.777777777778")
    calculator.locator("[name=opportunities]").fill("80")
    expect(calculator).to_have_attribute("data-state", "failed")
    expect(output(calculator, "revenue_per_day")).to_have_text("–")
    expect(calculator.locator("[name=opportunities]")).to_have_value("80")

    plain_page.context.unroute("**/interpreter-*.bin")
    calculator.locator("[data-control=retry]").click()
    expect(calculator).to_have_attribute("data-state", "ready")
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "5555.555555555556")


def test_a_second_visit_finds_the_decoded_files(plain_page: Page, server: SiteServer) -> None:
    """The large files come from CacheStorage, without a request."""
    plain_page.goto(server.address + path_of("sales-velocity"))
    ready(plain_page)
    wait_until_kept(plain_page)
    requested: list[str] = []
    plain_page.context.on("request", lambda request: requested.append(request.url))

    plain_page.goto(server.address + path_of("win-rate"))
    ready(plain_page)
    assert [url for url in requested if "calculator_worker" in url]
    assert not [url for url in requested if url.endswith(".bin")]


def test_nothing_is_stored_beyond_the_visit(plain_page: Page, server: SiteServer) -> None:
    """No cookie; what was typed stays in this tab, and in neither localStorage nor the address."""
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(plain_page)
    calculator.locator("[name=opportunities]").fill("4711")
    calculator.locator("[data-control=currency]").select_option("EUR")
    expect(output(calculator, "revenue_per_day")).to_contain_text("€")

    assert plain_page.context.cookies() == []
    plain_page.wait_for_function("() => JSON.stringify({...sessionStorage}).includes('4711')")
    stored = plain_page.evaluate("JSON.stringify({...localStorage})")
    assert "4711" not in stored + plain_page.url
    assert "EUR" not in stored + plain_page.url


def test_an_option_brings_its_columns_and_results(open_page: OpenPage) -> None:
    """They come with the tick, in new rows as well, and go with it; what was picked there counts for nothing then."""
    page = open_page(path_of("weighted-forecast"), width=360)
    calculator = ready(page)
    option, categories = calculator.locator("[name=category_and_age]"), calculator.locator("[data-column=call]")
    committed, usual = output(calculator, "committed"), calculator.locator("[name=usual_days]")
    expect(categories.first).to_be_hidden()
    expect(committed).to_be_hidden()

    option.focus()
    page.keyboard.press("Space")
    expect(categories.first).to_be_visible()
    expect(usual).to_be_visible()
    calculator.locator("[data-add-row=deals]").click()
    expect(categories.last).to_be_visible()
    categories.first.select_option(label="Commit")
    expect(committed).to_have_attribute("data-value", "120000")

    option.uncheck()
    for part in (categories.first, categories.last, committed, usual):
        expect(part).to_be_hidden()
    expect(calculator).to_have_attribute("data-state", "ready")
    assert not committed.get_attribute("data-value")
