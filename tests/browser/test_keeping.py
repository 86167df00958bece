"""What a reader types stays: across languages, pages, reloads and links, for the visit, and longer when asked."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from calculators.core.page.answer import default_texts, input_texts
from calculators.core.running.calculator import find
from calculators.core.running.run import run
from calculators.core.words.catalogue import LANGUAGES
from tests.browser.test_calculator import (
    CALCULATORS,
    TYPE_INPUTS,
    as_attribute,
    expected_result,
    output,
    path_of,
    read_result,
    ready,
)
from tests.browser.test_calculator_tools import cells, tool
from tests.support import OpenPage, patient_context, wait_for_instant_navigation
from tests.worked_examples import all_examples
from tools.serve import SiteServer

READ_FORM = """element => {
    const values = {};
    for (const control of element.querySelectorAll("form [name]:not([data-pick], [data-part=tools] *, output)")) {
        if (["radio", "checkbox"].includes(control.type)) {
            if (control.checked) values[control.name] = [...(values[control.name] ?? []), control.value];
        } else values[control.name] = control.value;
    }
    for (const table of element.querySelectorAll("table[data-input]")) {
        values[table.dataset.input] = [...table.tBodies[0].rows].map(row =>
            [...row.querySelectorAll("[data-column]")].map(
                cell => cell.type === "checkbox" ? cell.checked : cell.value));
    }
    return values;
}"""


def form_of(calculator: Locator) -> dict[str, Any]:
    """Return what stands in every field."""
    values: dict[str, Any] = calculator.evaluate(READ_FORM)
    return values


def other_inputs(name: str) -> dict[str, Any]:
    """Return inputs that are not the defaults, with a note in each field for one."""
    calculator = find(name)
    examples = [example.inputs for example in all_examples() if example.calculator == name]
    default = default_texts(name, "en")

    def differing(inputs: dict[str, Any]) -> int:
        texts = input_texts(run(name, inputs, "en"))
        return sum(texts[key] != default[key] for key in texts)

    other = max(examples, key=differing)
    assert differing(other)
    notes = {
        field_name: f"Ann said: {place}"
        for place, (field_name, field) in enumerate(calculator.input_fields.items())
        if field.kind == "text" and field.is_private
    }
    return {**other, **notes}


# Two further languages for each calculator, all of them in turn.
ROUTES = [(name, *(LANGUAGES[1:] * 2)[place % 3 : place % 3 + 2]) for place, name in enumerate(CALCULATORS)]


@pytest.mark.parametrize(("name", "first", "second"), ROUTES)
def test_a_walk_on_a_phone(open_page: OpenPage, server: SiteServer, name: str, first: str, second: str) -> None:
    """Type, leave, come back, reload, switch the language, print: the same numbers and figures everywhere."""
    inputs = other_inputs(name)
    page = open_page(path_of(name), width=390, height=800)
    calculator = ready(page, name)
    calculator.evaluate(TYPE_INPUTS, input_texts(run(name, inputs, "en")))
    expect(calculator).to_have_attribute("data-state", "ready")
    figures = expected_result(name, inputs, "en")
    assert read_result(calculator) == figures
    typed = form_of(calculator)

    wait_for_instant_navigation(page)
    page.locator(".md-footer__link").first.click()
    page.wait_for_url(lambda address: not address.endswith(path_of(name)))
    page.go_back()
    assert_same(page, name, "en", inputs, typed)
    page.reload()
    assert_same(page, name, "en", inputs, typed)
    for language in (first, second):
        page.goto(server.address + path_of(name, language))
        assert_same(page, name, language, inputs, None)
    page.emulate_media(media="print")
    printed = ready(page, name)
    shown = printed.evaluate("element => [...element.querySelectorAll('output')].map(one => [one.name, one.innerText])")
    values = {one: output(printed, one).get_attribute("data-value") for one, _text in shown}
    assert values == expected_result(name, inputs, second)["values"]
    page.emulate_media(media="screen")
    page.goto(server.address + path_of(name))
    assert_same(page, name, "en", inputs, typed)


def assert_same(page: Page, name: str, language: str, inputs: dict[str, Any], typed: dict[str, Any] | None) -> None:
    """Look at the fields and the figures of a page that was come to."""
    calculator = page.locator(f"playbook-calculator[name={name}]").first
    expect(calculator).to_have_attribute("data-state", "ready")
    assert read_result(calculator) == expected_result(name, inputs, language)
    if typed is not None:
        assert form_of(calculator) == typed


def test_what_cannot_be_computed_stays_too(open_page: OpenPage, server: SiteServer) -> None:
    """A wrong field, a half-filled row and an open question are as they were left, with their sentences."""
    page = open_page(path_of("weighted-forecast"))
    calculator = ready(page, "weighted-forecast")
    calculator.locator("[name=goal]").fill("lots")
    calculator.locator("[data-add-row=deals]").click()
    calculator.locator("[data-column=name]").last.fill("Acme")
    expect(calculator).to_have_attribute("data-state", "invalid")
    names = cells(calculator, "name")

    page.reload()
    calculator = page.locator("playbook-calculator[name=weighted-forecast]")
    expect(calculator).to_have_attribute("data-state", "invalid")
    expect(calculator.locator("[name=goal]")).to_have_value("lots")
    assert cells(calculator, "name") == names
    page.goto(server.address + path_of("weighted-forecast", "ko"))
    expect(calculator.locator("[name=goal]")).to_have_value("lots")
    expect(calculator.locator("[data-error=goal]")).to_contain_text("lots")
    assert cells(calculator, "name")[-1] == "Acme"
    expect(calculator.locator("[data-part=opened]")).to_be_visible()


def test_open_tools_and_the_currency_stay(open_page: OpenPage, server: SiteServer) -> None:
    """A goal comes along as the other language writes it; what was unfolded is unfolded."""
    page = open_page(path_of("sales-velocity", "el"))
    calculator = ready(page)
    calculator.locator("[data-control=currency]").select_option("USD")
    calculator.locator(".calculator__working summary").click()
    panel = tool(calculator, "solve")
    panel.locator("[data-part=unknown]").select_option("win_rate")
    panel.locator("[data-part=target]").fill("4.000,5")
    expect(panel.locator("[data-part=found]")).to_contain_text("%")

    page.goto(server.address + path_of("sales-velocity", "ko"))
    panel = calculator.locator("[data-tool=solve]")
    expect(panel).to_have_attribute("open", "")
    expect(panel.locator("[data-part=target]")).to_have_value("4,000.5")
    expect(panel.locator("[data-part=unknown]")).to_have_value("win_rate")
    expect(panel.locator("[data-part=found]")).to_contain_text("%")
    expect(calculator.locator("[data-control=currency]")).to_have_value("USD")
    expect(output(calculator, "revenue_per_day")).to_have_text("US$2,777.78")
    expect(calculator.locator(".calculator__working")).to_have_attribute("open", "")


def test_nothing_is_changed_while_numbers_come_along(plain_page: Page, server: SiteServer) -> None:
    """Until Python has written them in the new language: a table would be half in one, half in the other."""
    page = plain_page
    page.goto(server.address + path_of("weighted-forecast", "el"))
    calculator = ready(page, "weighted-forecast")
    calculator.locator("[data-column=value]").first.fill("150.000")
    expect(calculator).to_have_attribute("data-state", "ready")
    held: list[Route] = []
    page.route("**/calculator_worker*", lambda route: held.append(route))
    page.goto(server.address + path_of("weighted-forecast"))
    expect(calculator).to_have_attribute("data-state", "starting")
    for part in (".calculator__fields", ".calculator__start", ".calculator__controls", "[data-part=tools]"):
        expect(calculator.locator(part).first).to_have_attribute("inert", "")
    page.unroute("**/calculator_worker*")
    page.reload()
    expect(calculator).to_have_attribute("data-state", "ready")
    assert cells(calculator, "value")[0] == "150,000"
    expect(calculator.locator("[inert]")).to_have_count(0)


def test_the_text_of_the_other_languages_example_is_no_example_here(open_page: OpenPage, server: SiteServer) -> None:
    """25.000 on an English page is twenty-five, and stays that on the Greek one, where the example reads so."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page)
    calculator.locator("[name=average_deal_size]").fill("25.000")
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", json.dumps(25 * 40 * 0.25 / 90))
    page.goto(server.address + path_of("sales-velocity", "el"))
    expect(calculator.locator("[name=average_deal_size]")).to_have_value("25")
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", json.dumps(25 * 40 * 0.25 / 90))


def test_a_link_gives_way_to_edits(open_page: OpenPage) -> None:
    """Its numbers come once, however often the page is loaded; the address claims nothing else than the fields."""
    link = "sales-velocity?opportunities=50"
    page = open_page(path_of("sales-velocity") + "#" + link)
    calculator = ready(page)
    field = calculator.locator("[name=opportunities]")
    opened = calculator.locator("[data-part=opened]")
    expect(field).to_have_value("50")
    expect(opened).to_be_visible()
    # What the link leaves out is the example's.
    expect(calculator.locator("[data-example-of=win_rate]")).to_be_visible()
    expect(calculator.locator("[data-example-of=opportunities]")).to_be_hidden()
    page.reload()
    expect(field).to_have_value("50")

    field.fill("70")
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", json.dumps(70 * 25000 * 0.25 / 90))
    assert link not in page.url
    expect(opened).to_be_hidden()
    page.locator("[data-language-folder='ko/']").first.evaluate(
        "link => { link.dispatchEvent(new Event('pointerenter')); location.href = link.href; }"
    )
    page.wait_for_url("**/ko/**")
    expect(field).to_have_value("70")
    # The same link is a wish again, and can be taken back.
    page.evaluate("link => { location.hash = link; }", link)
    expect(field).to_have_value("50")
    calculator.locator("[data-control=undo]").click()
    expect(field).to_have_value("70")
    assert link not in page.url
    expect(opened).to_be_hidden()


@pytest.mark.parametrize("control", ["[data-control=empty]", "button[type=reset]", "[data-control=undo]"])
def test_the_address_says_nothing_else(open_page: OpenPage, control: str) -> None:
    """Whatever changes the fields takes the link out of the address and its sentence off the page."""
    page = open_page(path_of("sales-velocity") + "#sales-velocity?opportunities=50")
    calculator = ready(page)
    expect(calculator.locator("[name=opportunities]")).to_have_value("50")
    calculator.locator(control).click()
    expect(calculator.locator("[name=opportunities]")).not_to_have_value("50")
    expect(calculator.locator("[data-part=opened]")).to_be_hidden()
    assert "opportunities" not in page.url


def test_a_broken_link_changes_nothing(open_page: OpenPage) -> None:
    """What was typed stays, and the page says that the link could not be read."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page)
    before = output(calculator, "revenue_per_day").inner_text()
    calculator.locator("[name=opportunities]").fill("70")
    # Its own result comes first: it takes the sentence about an earlier link off the page.
    expect(output(calculator, "revenue_per_day")).not_to_have_text(before)
    said = calculator.locator("[data-part=opened]")
    for attempt in range(5):
        # The theme draws the page anew, and may have written a heading over the address before it is read again: then
        # the numbers stay and the sentence is lost. That is a known fault, so the link is followed once more.
        page.evaluate(f"location.hash = 'sales-velocity?opportunities=%zz{attempt}'")
        page.wait_for_timeout(1500)
        if said.is_visible():
            break
    expect(said).to_be_visible()
    expect(calculator.locator("[name=opportunities]")).to_have_value("70")
    expect(calculator.locator("[data-part=undo]")).to_be_hidden()


def test_undo_brings_currency_and_marks_back(open_page: OpenPage) -> None:
    """What a link or a scenario changed besides the numbers."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page)
    calculator.locator("[data-control=currency]").select_option("EUR")
    page.evaluate("location.hash = 'sales-velocity?currency=KRW&opportunities=50'")
    expect(calculator.locator("[data-control=currency]")).to_have_value("KRW")
    calculator.locator("[data-control=undo]").click()
    expect(calculator.locator("[data-control=currency]")).to_have_value("EUR")
    expect(output(calculator, "revenue_per_day")).to_have_text("€2,777.78")
    expect(calculator.locator("[data-example-of=opportunities]")).to_be_visible()


@pytest.mark.parametrize(
    "name",
    ["win-rate", "sales-cycle-length", "product-mix", "lead-score", "meddic", "pipeline-audit", "methodology-chooser"],
)
def test_what_is_still_the_examples_is_marked(open_page: OpenPage, name: str) -> None:
    """Every field with a value until it is touched; after starting empty there is nothing of the example."""
    calculator = ready(open_page(path_of(name)), name)
    marks = calculator.locator("[data-example-of]:visible")
    said = calculator.locator("[data-part=example]")
    expect(said).to_be_visible()
    control = calculator.locator(".calculator__fields :is(input, textarea, select)[name]").first
    if control.count():
        control.dispatch_event("input")
        expect(calculator.locator(f"[data-example-of={control.get_attribute('name')}]:visible")).to_have_count(0)

    calculator.locator("[data-control=empty]").click()
    expect(marks).to_have_count(0)
    expect(said).to_be_hidden()
    expect(calculator.locator("[aria-invalid]")).to_have_count(0)
    expect(calculator.locator("[data-error]:visible")).to_have_count(0)
    answers = {
        key: value
        for key, value in form_of(calculator).items()
        if key in find(name).variable_inputs and find(name).input_fields[key].kind != "rating"
    }
    assert not any(answers.values())
    calculator.page.keyboard.press("Control+z")
    expect(marks.first).to_be_visible()
    expect(said).to_be_visible()


def test_rows_of_the_example_among_the_readers_own_are_marked(open_page: OpenPage) -> None:
    """Each of them, until it is changed or removed: a forgotten one would be counted."""
    calculator = ready(open_page(path_of("weighted-forecast")), "weighted-forecast")
    rows = calculator.locator("[data-input=deals] tbody tr")
    examples = calculator.locator("[data-input=deals] tbody tr[data-example]")
    count = rows.count()
    expect(examples).to_have_count(count)
    rows.first.locator("[data-column=value]").fill("1234")
    expect(examples).to_have_count(count - 1)
    expect(calculator.locator("[data-example-of=deals]")).to_be_visible()
    while examples.count():
        examples.first.locator("[data-row=remove]").click()
    expect(calculator.locator("[data-example-of=deals]")).to_be_hidden()
    expect(rows).to_have_count(1)


def test_starting_empty_names_what_is_missing(open_page: OpenPage) -> None:
    """In the reader's language, without red beside fields that were not reached yet; the last one brings the result."""
    calculator = ready(open_page(path_of("win-rate", "ko"), width=360))
    calculator.locator("[data-control=empty]").click()
    expect(calculator).to_have_attribute("data-state", "empty")
    missing = calculator.locator("[data-message=empty]")
    fields = find("win-rate").input_fields
    for name, text in {"won": "12", "lost": "20", "open": "5", "won_value": "100", "lost_value": "50"}.items():
        expect(missing).to_be_visible()
        label = calculator.locator(f"label[for=calculator-1-{name}] [data-name]").text_content() or fields[name].label
        expect(missing).to_contain_text(label)
        expect(output(calculator, "win_rate")).to_have_text("–")
        calculator.locator(f"[name={name}]").fill(text)
    expect(calculator).to_have_attribute("data-state", "ready")
    expect(output(calculator, "win_rate")).to_have_attribute("data-value", "0.375")
    calculator.locator("[name=won]").fill("")
    expect(calculator.locator("[data-error=won]")).to_be_visible()


def test_a_row_being_typed_is_not_refused(open_page: OpenPage) -> None:
    """Its empty cells are named once the reader has left it."""
    calculator = ready(open_page(path_of("weighted-forecast")), "weighted-forecast")
    calculator.locator("[data-add-row=deals]").click()
    calculator.page.keyboard.type("Acme")
    expect(calculator).to_have_attribute("data-state", "empty")
    expect(calculator.locator("[data-error=deals]")).to_be_hidden()
    calculator.locator("[name=goal]").focus()
    calculator.locator("[name=goal]").fill("100000")
    expect(calculator.locator("[data-error=deals]")).to_be_visible()


def test_keys_undo_what_a_button_did(open_page: OpenPage) -> None:
    """Control and Z bring back what was replaced; typing is taken back by the browser."""
    calculator = ready(open_page(path_of("sales-velocity")))
    field = calculator.locator("[name=opportunities]")
    field.fill("70")
    calculator.locator("button[type=reset]").click()
    expect(field).to_have_value("40")
    calculator.page.keyboard.press("Control+z")
    expect(field).to_have_value("70")


def scenarios(calculator: Locator) -> list[str]:
    """Return the names in the list of kept scenarios."""
    return calculator.locator("[data-part=list] [data-part=name]").all_text_contents()


def stored(page: Page, prefix: str) -> dict[str, dict[str, str]]:
    """Return what the browser keeps under names that begin so, for good and for the visit."""
    kept: dict[str, dict[str, str]] = page.evaluate(
        """prefix => Object.fromEntries(Object.entries({ localStorage, sessionStorage }).map(([place, storage]) => [
            place, Object.fromEntries(Object.entries(storage).filter(([name]) => name.startsWith(prefix)))]))""",
        prefix,
    )
    return kept


def test_several_named_scenarios(open_page: OpenPage, server: SiteServer) -> None:
    """Kept with notes under a name, listed with what they come to, compared, opened, forgotten and brought back."""
    page = open_page(path_of("meddic"))
    calculator = ready(page, "meddic")
    evidence = calculator.locator("textarea").first
    evidence.evaluate("control => control.closest('details').open = true")
    panel = tool(calculator, "compare")
    evidence.fill("Ann said so")
    panel.locator("[data-part=scenario]").fill("Before the call")
    panel.locator("[data-do=keep]").click()
    expect(panel.locator("[data-part=list] li")).to_have_count(1)
    evidence.fill("")
    calculator.locator("[type=radio][value='3']").first.check()
    panel.locator("[data-do=keep]").click()
    expect(panel.locator("[data-part=list] li")).to_have_count(2)
    assert scenarios(calculator) == ["Before the call", "Scenario 2"]
    expect(panel.locator("[data-part=summary]").first).not_to_be_empty()

    page.goto(server.address + path_of("meddic", "ja"))
    expect(panel.locator("[data-part=list] li")).to_have_count(2)
    expect(panel.locator("[data-part=scenarios] tbody tr").first).to_be_visible()
    panel.locator("[data-do=open]").first.click()
    expect(calculator.locator("textarea").first).to_have_value("Ann said so")
    assert stored(page, "playbook-scenario") == {"localStorage": {}, "sessionStorage": {}}

    panel.locator("[data-part=remember]").check()
    assert list(stored(page, "playbook-scenario")["localStorage"]) == ["playbook-scenario:meddic"]
    assert stored(page, "playbook-visit-scenario")["sessionStorage"] == {}
    panel.locator("[data-do=forget]").first.click()
    expect(panel.locator("[data-do=restore]").first).to_be_focused()
    assert "Ann" not in json.dumps(stored(page, "playbook-scenario"))
    page.keyboard.press("Enter")
    assert "Ann" in json.dumps(stored(page, "playbook-scenario"))
    panel.locator("[data-part=remember]").uncheck()
    assert stored(page, "playbook-scenario")["localStorage"] == {}


def test_a_scenario_needs_a_result(open_page: OpenPage) -> None:
    """With a wrong field nothing is kept, and the tool says why."""
    calculator = ready(open_page(path_of("sales-velocity")))
    panel = tool(calculator, "compare")
    calculator.locator("[name=win_rate]").fill("much")
    panel.locator("[data-do=keep]").click()
    expect(panel.locator("[data-part=refused]")).to_be_visible()
    expect(panel.locator("[data-part=kept]")).to_be_hidden()


@pytest.mark.parametrize(
    "kept",
    [
        "sales-velocity?opportunities=50&renamed_input=3",
        "sales-velocity?win_rate=0.3",
        '{"another": "form"}',
        '[{"name": "Plan", "kept": "sales-velocity?gone=1", "more": 1}, 7]',
        "\u0000",
    ],
)
def test_what_cannot_be_read_is_never_deleted(open_page: OpenPage, kept: str) -> None:
    """An earlier or later release wrote it: it is shown as it is, and stays until the reader forgets it."""
    page = open_page(path_of("sales-velocity"))
    page.evaluate("kept => localStorage.setItem('playbook-scenario:sales-velocity', kept)", kept)
    page.reload()
    calculator = ready(page)
    panel = tool(calculator, "compare")
    expect(panel.locator("[data-part=list] li").first).to_be_visible()
    panel.locator("[data-part=scenario]").fill("New")
    panel.locator("[data-do=keep]").click()
    expect(panel.locator("[data-part=name]").last).to_have_text("New")
    entries = json.loads(stored(page, "playbook-scenario")["localStorage"]["playbook-scenario:sales-velocity"])
    for text in ("opportunities=50", "win_rate=0.3", "another", "gone=1", "7", "\u0000"):
        if text in kept:
            assert any(text in entry["kept"] for entry in entries)
    readable = kept == "sales-velocity?win_rate=0.3"
    expect(panel.locator("[data-part=unreadable]:visible")).to_have_count(0 if readable else len(entries) - 1)


POISON = [
    "7", "{", "[]", "null", '{"inputs": []}', '{"inputs": {"deals": "x"}}', '{"inputs": {"deals": [null]}}',
    '{"inputs": {"deals": {"0": 1}, "goal": 5}}', '{"inputs": {"deals": [{"name": {}}]}, "confirmed": 1, "open": {}}',
    '{"inputs": {"__proto__": {"x": 1}, "\\"]": "y"}, "waiting": [null]}',
    '{"inputs": {}, "steps": [null, 7, {"before": {}}]}',
    '{"inputs": {}, "steps": [{"before": {"deals": [null]}, "after": {}, "circumstances": {}}], "tools": [1]}',
]  # fmt: skip


@pytest.mark.parametrize("poison", POISON)
def test_a_damaged_visit_is_no_obstacle(open_page: OpenPage, poison: str) -> None:
    """Storage may hold anything: the page works as on the first visit."""
    page = open_page("about/privacy/")
    page.evaluate("poison => sessionStorage.setItem('playbook-visit:weighted-forecast', poison)", poison)
    page.goto(page.url.replace("about/privacy/", path_of("weighted-forecast")))
    calculator = ready(page, "weighted-forecast")
    assert read_result(calculator) == expected_result("weighted-forecast", {}, "en")
    expect(calculator.locator("[data-example-of]:visible").first).to_be_visible()
    calculator.locator("[name=goal]").fill("x")
    expect(calculator.locator("[data-error=goal]")).to_be_visible()


# Of other projects of OWNER.github.io, of other releases, or of a disk.
FOREIGN = [
    "{",
    "1e308",
    '[{"name": "<img src=x onerror=alert(1)>", "kept": "\u202e"}, null]',
    '{"__proto__": {"inputs": {}}, "inputs": {"won": "7", "__proto__": ["x"]}, "language": "__proto__"}',
    '{"inputs": {"won": "7"}, "language": "en", "tools": {"solve.output": "z", "sensitivity.step": "nan"},'
    ' "open": ["solve", "sensitivity", "compare", "share"]}',
    "XQZ",
]
EVERY_KEY = {
    "localStorage": [
        "playbook-runtime",
        "playbook-failed-workers",
        "/pipeline-playbook/.__palette",
        "playbook-language",
        "playbook-scenario:{name}",
        "playbook-ticks:{path}",
        "playbook-analyser-answers",
    ],
    "sessionStorage": [
        "playbook-visit:{name}",
        "playbook-visit-currency",
        "playbook-visit-scenario:{name}",
        "playbook-visit-ticks:{path}",
        "playbook-analyser-opened",
    ],
}


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize(
    ("name", "field", "typed", "result", "text"),
    [
        ("win-rate", "won", "56", "win_rate", "50%"),
        ("sales-velocity", "opportunities", "50", "revenue_per_day", "3,472.22"),
    ],
)
def test_nothing_that_storage_holds_stops_a_calculator(
    open_page: OpenPage, name: str, field: str, typed: str, result: str, text: str, foreign: str
) -> None:
    """Under every key at once, in a calculator with amounts and one without: the first number is answered."""
    keys = {
        storage: [key.format(name=name, path=path_of(name)) for key in names] for storage, names in EVERY_KEY.items()
    }
    page = open_page("about/privacy/")
    page.evaluate(
        """([keys, text]) => {
            for (const [storage, names] of Object.entries(keys)) {
                for (const key of names) window[storage].setItem(key, text);
            }
        }""",
        [keys, foreign],
    )
    page.goto(page.url.replace("about/privacy/", path_of(name)))
    calculator = page.locator("playbook-calculator")
    calculator.locator("button[type=reset]").click()
    calculator.locator(f"[name={field}]").fill(typed)
    expect(output(calculator, result)).to_have_text(text)
    expect(calculator).to_have_attribute("data-state", "ready")
    assert page.locator("playbook-calculator :is(script, img, [onerror])").count() == 0


def test_a_full_storage_brings_no_old_numbers_back(open_page: OpenPage) -> None:
    """Rather the example, marked as such, than numbers that were typed before the latest."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page)
    calculator.locator("[name=opportunities]").fill("50")
    page.wait_for_function("() => sessionStorage['playbook-visit:sales-velocity']?.includes('50')")
    page.evaluate("""() => {
        const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, text) {
            if (key.startsWith("playbook-visit:")) throw new DOMException("full", "QuotaExceededError");
            set.call(this, key, text);
        };
    }""")
    calculator.locator("[name=opportunities]").fill("77")
    page.wait_for_function("() => !sessionStorage['playbook-visit:sales-velocity']")
    page.reload()
    expect(calculator.locator("[name=opportunities]")).to_have_value("40")
    expect(calculator.locator("[data-example-of=opportunities]")).to_be_visible()


def test_two_tabs_keep_each_others_scenarios(open_page: OpenPage) -> None:
    """Neither overwrites the other; what one forgets or no longer remembers does not come back."""
    page = open_page(path_of("sales-velocity"))
    first = ready(page)
    panel = tool(first, "compare")
    panel.locator("[data-do=keep]").click()
    expect(panel.locator("[data-part=list] li")).to_have_count(1)
    panel.locator("[data-part=remember]").check()
    other_page = page.context.new_page()
    other_page.goto(page.url)
    second = ready(other_page)
    other = tool(second, "compare")
    expect(other.locator("[data-part=list] li")).to_have_count(1)
    other.locator("[data-part=scenario]").fill("Theirs")
    other.locator("[data-part=scenario]").press("Enter")
    expect(panel.locator("[data-part=list] li")).to_have_count(2)
    panel.locator("[data-part=scenario]").fill("Ours")
    panel.locator("[data-do=keep]").click()
    expect(other.locator("[data-part=list] li")).to_have_count(3)
    panel.locator("[data-do=forget]").first.click()
    expect(other.locator("[data-part=list] li")).to_have_count(2)
    assert scenarios(second) == ["Theirs", "Ours"]
    panel.locator("[data-part=remember]").uncheck()
    other.locator("[data-part=scenario]").fill("Later")
    other.locator("[data-do=keep]").click()
    expect(other.locator("[data-part=name]").last).to_have_text("Later")
    assert stored(page, "playbook-scenario")["localStorage"] == {}


def test_the_visit_ends_with_the_tab(open_page: OpenPage) -> None:
    """Nothing that was typed is found by the next visit of the same browser."""
    page = open_page(path_of("sales-velocity"))
    ready(page).locator("[name=opportunities]").fill("4711")
    page.reload()
    expect(page.locator("[name=opportunities]")).to_have_value("4711")
    another = page.context.new_page()
    another.goto(page.url)
    expect(another.locator("[name=opportunities]")).to_have_value("40")
    assert "4711" not in json.dumps(another.evaluate("[{...localStorage}, {...sessionStorage}]"))


@pytest.mark.parametrize(("language", "unit", "millions"), [("ko", "억", 300), ("el", "εκ.", 3), ("en", "million", 3)])
def test_an_amount_gets_its_unit_on_a_phone(
    browser: Browser, server: SiteServer, language: str, unit: str, millions: int
) -> None:
    """The number pad has digits only: a button adds 억 or million to what was typed."""
    context = patient_context(browser, viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(server.address + path_of("sales-velocity", language))
    calculator = ready(page)
    amount = calculator.locator("[name=average_deal_size]")
    amount.tap()
    amount.fill("3")
    calculator.locator("[data-scale]", has_text=unit).tap()
    expect(amount).to_be_focused()
    amount.blur()
    expect(output(calculator, "revenue_per_day")).to_have_attribute(
        "data-value", as_attribute(millions * 1_000_000 * 40 * 0.25 / 90) or ""
    )
    calculator.locator("[name=win_rate]").tap()
    expect(calculator.locator("[data-part=scales]")).to_be_hidden()
    context.close()


def test_going_back_to_the_example_forgets(open_page: OpenPage) -> None:
    """As the privacy page says: nothing that was typed is left in storage; on the page it can be taken back."""
    page = open_page(path_of("meddic"))
    calculator = ready(page, "meddic")
    evidence = calculator.locator("textarea").first
    evidence.evaluate("control => control.closest('details').open = true")
    evidence.fill("Ann said so")
    page.wait_for_function("() => JSON.stringify({...sessionStorage}).includes('Ann')")
    calculator.locator("button[type=reset]").click()
    page.wait_for_function("() => !JSON.stringify({...sessionStorage}).includes('Ann')")
    calculator.locator("[data-control=undo]").click()
    expect(evidence).to_have_value("Ann said so")


def test_a_page_shown_as_it_was_left_takes_over_what_came_since(open_page: OpenPage) -> None:
    """Browsers that freeze pages show the old fields on going back: what was typed on another page is newer."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page)
    calculator.locator("[name=opportunities]").fill("50")
    page.wait_for_function("() => sessionStorage['playbook-visit:sales-velocity']?.includes('50')")
    page.evaluate("""() => {
        const key = "playbook-visit:sales-velocity";
        const visit = JSON.parse(sessionStorage[key]);
        sessionStorage[key] = JSON.stringify({ ...visit, inputs: { win_rate: "30" } });
        sessionStorage["playbook-visit-currency"] = "EUR";
        dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    }""")
    expect(calculator.locator("[name=opportunities]")).to_have_value("40")
    expect(calculator.locator("[name=win_rate]")).to_have_value("30")
    expect(output(calculator, "revenue_per_day")).to_have_text("€3,333.33")


def test_what_others_left_in_the_storage_says_nothing_in_the_page(open_page: OpenPage) -> None:
    """Another release, or another project of the host: its words are not shown, and its steps are not offered."""
    page = open_page(path_of("win-rate"))
    step = {
        "before": {"won": "1"},
        "after": {"won": "44"},
        "circumstances": {"currency": "", "confirmed": [], "waiting": []},
    }
    steps = [step | {"kind": "row", "sentence": "Call 555-0100"}, step | {"kind": "__proto__"}, step | {"kind": {}}]
    visit = {"language": "en", "inputs": {"won": "44"}, "steps": steps}
    page.evaluate("visit => sessionStorage.setItem('playbook-visit:win-rate', JSON.stringify(visit))", visit)
    page.goto(page.url)

    calculator = ready(page)
    bar = calculator.locator("[data-part=undo]")
    expect(bar.locator("[data-part=undone]")).to_have_text(bar.get_attribute("data-row") or "")
    bar.locator("button").click()
    expect(bar).to_be_hidden()


@pytest.mark.parametrize(("refusing", "is_kept"), [("localStorage", False), ("sessionStorage", True)])
def test_a_scenario_is_kept_where_one_storage_is_refused(open_page: OpenPage, refusing: str, *, is_kept: bool) -> None:
    """Said as it is: where the browser keeps nothing the box is not ticked, and what it keeps it does not deny."""
    page = open_page(path_of("win-rate"), fresh=True)
    page.evaluate(
        """refusing => {
            for (const name of ["getItem", "setItem", "removeItem"]) {
                const { [name]: method } = Storage.prototype;
                Storage.prototype[name] = function (...given) {
                    if (this === window[refusing]) throw new DOMException("no", "QuotaExceededError");
                    return method.apply(this, given);
                };
            }
        }""",
        refusing,
    )
    panel = ready(page).locator("[data-tool=compare]")
    panel.locator("summary").click()
    panel.locator("[data-do=keep]").click()
    remember = panel.locator("[data-part=remember]")
    remember.click()
    expect(panel.locator("[data-part=full]")).to_be_visible(visible=not is_kept)
    expect(remember).to_be_checked(checked=is_kept)
    assert (
        page.evaluate("refusing => Object.keys(window[refusing]).filter(key => key.includes('scenario'))", refusing)
        == []
    )
