"""The reader's numbers: learned from what is typed and analysed, offered elsewhere, and kept as the reader decides."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.browser.test_analyser import analyser_of, choose, export, shown, small  # noqa: F401 - fixtures
from tests.browser.test_calculator import path_of, ready
from tests.browser.test_calculator_tools import tool
from tests.support import OpenPage, in_both_palettes, patient_context, problems, wait_until
from tools.pages.my_numbers import PAGE
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of, url_of

STORED = """(() => {
    try {
        const get = storage => storage.getItem("playbook-numbers");
        return Object(JSON.parse(get(localStorage) ?? get(sessionStorage)));
    } catch {
        return {};
    }
})()"""


# What of a part reaches further than the part.
BEYOND = """part => {
    const { right } = part.getBoundingClientRect();
    return [...part.querySelectorAll("*")]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > right + 1)
        .map(one => one.outerHTML.slice(0, 120));
}"""


def numbers_page(page: Page, server: SiteServer, language: str = "en") -> Locator:
    """Open the page with all numbers and return its element, once its script is there."""
    page.goto(server.address + folder_of(language) + url_of(PAGE))
    element = page.locator("playbook-numbers")
    expect(element).to_be_visible()
    wait_until(page, "() => Boolean(customElements.get('playbook-numbers'))")
    return element


def offers(calculator: Locator) -> Locator:
    """Return the numbers that are offered, unfolded."""
    known = calculator.locator("[data-part=known]")
    expect(known.locator("[data-take]").first).to_be_attached()
    known.locator("details").evaluate("details => { details.open = true; }")
    return known.locator("li:visible")


def win_rate_typed(page: Page) -> None:
    """Type the counts of a win rate of 31.25%."""
    calculator = ready(page, "win-rate")
    calculator.locator("[name=won]").fill("25")
    calculator.locator("[name=lost]").fill("55")
    expect(calculator.locator("output[name=win_rate]")).to_have_attribute("data-value", "0.3125")


def known(page: Page, calculator: str, value: str = "0.3125") -> None:
    """Wait until a win rate is known."""
    wait_until(
        page,
        f"([value, from]) => {{ const {{ win_rate: known }} = {STORED}; "
        "return known?.value === value && known.from === from; }",
        [value, calculator],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_is_offered_to_the_next_calculator(open_page: OpenPage, server: SiteServer, language: str) -> None:
    """By name, with where it is from, and put in only on the press of its button; one step takes it back."""
    page = open_page(path_of("win-rate", language), width=390, height=800)
    win_rate_typed(page)
    known(page, "win-rate")

    page.goto(server.address + path_of("sales-velocity", language))
    calculator = ready(page, "sales-velocity")
    field = calculator.locator("[name=win_rate]")
    expect(offers(calculator)).to_have_count(1)
    _ = catalogue(language).gettext
    expect(offers(calculator)).to_contain_text(_("Win rate"))
    expect(offers(calculator)).to_contain_text("31,3" if language == "el" else "31.3")
    expect(offers(calculator)).to_contain_text(_("from “{title}”, today").replace("{title}", _("Win rate")))
    expect(field).to_have_value("25")
    for palette in in_both_palettes(page):
        assert problems(page) == [], palette
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert calculator.locator("[data-part=known]").evaluate(BEYOND) == [], width

    offers(calculator).locator("button").press("Enter")
    expect(field).to_have_value("31,25" if language == "el" else "31.25")
    expect(calculator.locator("[data-part=known]")).to_be_hidden()
    undo = calculator.locator("[data-control=undo]")
    expect(undo).to_be_focused()
    expect(calculator.locator("[data-part=undone]")).to_have_text(_("Your numbers are in the fields."))
    undo.press("Enter")
    expect(field).to_have_value("25")
    expect(offers(calculator)).to_have_count(1)


def test_the_example_is_nobodys_number(open_page: OpenPage, server: SiteServer) -> None:
    """Neither what the page opens with, nor a result in which a value of the example still stands."""
    page = open_page(path_of("win-rate"))
    calculator = ready(page, "win-rate")
    calculator.locator("[name=won]").fill("25")
    wait_until(page, f"() => {STORED}.won_deals?.value === '25'")
    assert set(page.evaluate(STORED)) == {"won_deals"}
    page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(page, "sales-velocity")
    expect(calculator.locator("[data-part=known]")).to_be_hidden()
    assert set(page.evaluate(STORED)) == {"won_deals"}


def test_numbers_of_a_link_are_not_the_readers(open_page: OpenPage) -> None:
    """They are somebody else's, until the reader works with them."""
    page = open_page(path_of("sales-velocity") + "#sales-velocity?cycle_days=45&win_rate=0.5")
    calculator = ready(page, "sales-velocity")
    expect(calculator.locator("[name=win_rate]")).to_have_value("50")
    assert page.evaluate(STORED) == {}
    calculator.locator("[name=cycle_days]").fill("46")
    wait_until(page, f"() => {STORED}.cycle_days?.value === '46'")
    assert set(page.evaluate(STORED)) == {"cycle_days"}
    page.reload()
    ready(page, "sales-velocity").locator("[name=opportunities]").fill("41")
    wait_until(page, f"() => {STORED}.live_opportunities?.value === '41'")
    assert set(page.evaluate(STORED)) == {"cycle_days", "live_opportunities"}


def test_what_is_brought_back_is_no_news(open_page: OpenPage, server: SiteServer) -> None:
    """A page that is opened again has what was typed there, and does not write over what is known or cleared since."""
    page = open_page(path_of("sales-velocity"))
    ready(page, "sales-velocity").locator("[name=win_rate]").fill("10")
    known(page, "sales-velocity", "0.1")
    page.goto(server.address + path_of("win-rate"))
    win_rate_typed(page)
    known(page, "win-rate")
    page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(page, "sales-velocity")
    expect(calculator.locator("[name=win_rate]")).to_have_value("10")
    expect(offers(calculator)).to_have_count(1)
    known(page, "win-rate")

    numbers_page(page, server).locator("[data-do=clear]").click()
    page.goto(server.address + path_of("sales-velocity"))
    ready(page, "sales-velocity").locator("[name=cycle_days]").fill("50")
    wait_until(page, f"() => {STORED}.cycle_days?.value === '50'")
    assert set(page.evaluate(STORED)) == {"cycle_days"}


def test_a_goal_is_no_fact(open_page: OpenPage) -> None:
    """The win rate that a goal would take is not the one that the reader has."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page, "sales-velocity")
    calculator.locator("[name=win_rate]").fill("10")
    known(page, "sales-velocity", "0.1")
    solving = tool(calculator, "solve")
    solving.locator("[data-part=unknown]").select_option("win_rate")
    solving.locator("[data-part=target]").fill("5000")
    solving.locator("[data-part=use] button").click()
    expect(calculator.locator("[name=win_rate]")).to_have_value("45")
    calculator.locator("[name=cycle_days]").fill("91")
    wait_until(page, f"() => {STORED}.cycle_days?.value === '91'")
    known(page, "sales-velocity", "0.1")


def test_amounts_in_another_currency_are_not_offered(open_page: OpenPage, server: SiteServer) -> None:
    """Nothing is converted: euros are offered where euros are picked, or nothing is."""
    page = open_page(path_of("average-deal-size"))
    calculator = ready(page, "average-deal-size")
    calculator.locator("[data-control=currency]").select_option("EUR")
    calculator.locator("[name=won_revenue]").fill("65000")
    calculator.locator("[name=won_deals]").fill("10")
    wait_until(page, f"() => {STORED}.average_deal_size?.currency === 'EUR'")
    page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(page, "sales-velocity")
    expect(offers(calculator)).to_contain_text("€6,500")
    calculator.locator("[data-control=currency]").select_option("USD")
    expect(calculator.locator("[data-part=known]")).to_be_hidden()


def test_all_of_them_or_none_here(open_page: OpenPage, server: SiteServer) -> None:
    """One button takes all; another puts them aside for this calculator until they change."""
    page = open_page(path_of("win-rate"))
    page.evaluate("""sessionStorage.setItem("playbook-numbers", JSON.stringify({
        win_rate: { value: "0.4", from: "typed", day: "2026-01-02" },
        cycle_days: { value: "61.5", from: "analysis", day: "2026-01-02" },
        average_deal_size: { value: "25000", from: "average-deal-size", day: "" },
    }))""")
    page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(page, "sales-velocity")
    expect(offers(calculator)).to_have_count(2)
    expect(offers(calculator).nth(0)).to_contain_text("typed on Jan 2, 2026")
    expect(offers(calculator).nth(1)).to_contain_text("from the export analyzed on Jan 2, 2026")
    calculator.locator("[data-do=aside]").click()
    expect(calculator.locator("[data-part=known]")).to_be_hidden()
    calculator.locator("[name=opportunities]").fill("41")
    expect(calculator.locator("output[name=revenue_per_day]")).not_to_have_attribute("data-value", "2777.777777777778")
    expect(calculator.locator("[data-part=known]")).to_be_hidden()

    page.reload()
    calculator = ready(page, "sales-velocity")
    expect(calculator.locator("[data-part=known]")).to_be_hidden()

    page.evaluate(
        "text => sessionStorage.setItem('playbook-numbers', text)",
        json.dumps(page.evaluate(STORED)).replace('"0.4"', '"0.42"').replace("61.5", "62.5"),
    )
    page.reload()
    calculator = ready(page, "sales-velocity")
    calculator.locator("[data-do=all]").click()
    expect(calculator.locator("[name=win_rate]")).to_have_value("42")
    expect(calculator.locator("[name=cycle_days]")).to_have_value("62.5")
    expect(calculator.locator("[data-part=known]")).to_be_hidden()
    # Where they are from does not change by being used.
    stored = page.evaluate(STORED)
    assert (stored["win_rate"]["from"], stored["cycle_days"]["from"]) == ("typed", "analysis")


def test_figures_of_an_export_are_offered(open_page: OpenPage, server: SiteServer, small: Path) -> None:  # noqa: F811
    """The analyser's figures of all deals; where a filter leaves a part of them, nothing is taken over."""
    page = open_page("pipeline/analyse/")
    choose(analyser_of(page), small)
    wait_until(page, f"() => {STORED}.win_rate?.value === '0.6'")
    expect(page.locator("playbook-analyser [data-part=offered]")).to_be_visible()
    stored = page.evaluate(STORED)
    assert stored["live_opportunities"]["value"] == "2"
    assert {entry["from"] for entry in stored.values()} == {"analysis"}
    page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(page, "sales-velocity")
    expect(offers(calculator).filter(has_text="60")).to_contain_text("from the export analyzed today")


def test_the_sample_is_nobodys_pipeline(open_page: OpenPage) -> None:
    """Whoever only looks at it is offered none of its figures."""
    page = open_page("pipeline/analyse/")
    analyser = analyser_of(page)
    analyser.locator("[data-do=sample]").click()
    shown(analyser)
    assert page.evaluate(STORED) == {}
    expect(analyser.locator("[data-part=offered]")).to_be_hidden()


def test_a_part_of_an_export_is_not_the_readers_pipeline(open_page: OpenPage, export: Path) -> None:  # noqa: F811
    """With one owner chosen, the numbers stay those of all deals."""
    page = open_page("pipeline/analyse/")
    analyser = analyser_of(page)
    choose(analyser, export)
    wait_until(page, f"() => Boolean({STORED}.win_rate)")
    before = page.evaluate(STORED)
    filters = analyser.locator("[data-filter]").first
    filters.evaluate("select => { select.closest('details')?.setAttribute('open', ''); }")
    filters.select_option(index=1)
    expect(analyser.locator("[data-place=filtered], [data-part=filtered]").first).to_be_visible()
    assert page.evaluate(STORED) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_changes_and_clears_them(open_page: OpenPage, server: SiteServer, language: str) -> None:
    """Each with where it is from; what cannot be read is said beside its field and keeps what was known."""
    page = open_page(path_of("win-rate", language), width=360, height=740)
    win_rate_typed(page)
    known(page, "win-rate")
    element = numbers_page(page, server, language)
    rate, quota = element.locator("[name=win_rate]"), element.locator("[name=quota]")
    expect(rate).to_have_value("31,25" if language == "el" else "31.25")
    _ = catalogue(language).gettext
    origin = element.locator("[data-part=origin][data-of=win_rate]")
    expect(origin).to_have_text(_("from “{title}”, today").replace("{title}", _("Win rate")))

    quota.fill("?!")
    quota.press("Tab")
    expect(element.locator("[data-error=quota]")).to_be_visible()
    expect(quota).to_have_attribute("aria-invalid", "true")
    for palette in in_both_palettes(page):
        assert problems(page) == [], palette
    quota.fill("500k")
    quota.press("Tab")
    expect(quota).to_have_value("500.000" if language == "el" else "500,000")
    expect(element.locator("[data-error=quota]")).to_be_hidden()
    wait_until(page, f"() => {STORED}.quota?.value === '500000' && {STORED}.quota.from === 'typed'")

    element.locator("[data-part=clear][data-of=win_rate]").press("Enter")
    expect(rate).to_have_value("")
    expect(rate).to_be_focused()
    expect(origin).to_be_hidden()
    element.locator("[data-do=clear]").click()
    expect(element.locator("[data-part=said]")).to_have_text(_("All numbers are cleared."))
    assert page.evaluate(STORED) == {}
    expect(element.locator("[data-do=save]")).to_be_disabled()
    undo = element.locator("[data-do=restore]")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(quota).to_have_value("500.000" if language == "el" else "500,000")
    expect(undo).to_be_hidden()


def test_they_outlive_the_visit_only_where_asked(open_page: OpenPage, server: SiteServer) -> None:
    """A tick keeps them in this browser, for every tab; taken away, they end with the tab."""
    page = open_page(path_of("win-rate"))
    win_rate_typed(page)
    known(page, "win-rate")
    assert page.evaluate("localStorage.getItem('playbook-numbers')") is None
    element = numbers_page(page, server)
    expect(element.locator("[name=win_rate]")).to_have_value("31.25")
    element.locator("[data-part=remember]").check()
    assert page.evaluate("sessionStorage.getItem('playbook-numbers')") is None

    other = page.context.new_page()
    element = numbers_page(other, server)
    expect(element.locator("[name=win_rate]")).to_have_value("31.25")
    expect(element.locator("[data-part=remember]")).to_be_checked()
    element.locator("[name=cycle_days]").fill("30")
    element.locator("[name=cycle_days]").press("Tab")
    # The first tab hears of it.
    expect(page.locator("playbook-numbers [name=cycle_days]")).to_have_value("30")
    element.locator("[data-part=remember]").uncheck()
    assert other.evaluate("localStorage.getItem('playbook-numbers')") is None
    expect(element.locator("[name=win_rate]")).to_have_value("31.25")


def test_a_file_takes_them_along(open_page: OpenPage, server: SiteServer, tmp_path: Path) -> None:
    """What is saved is opened again, elsewhere and in another language; another file changes nothing."""
    page = open_page(path_of("win-rate"))
    win_rate_typed(page)
    known(page, "win-rate")
    element = numbers_page(page, server)
    expect(element.locator("[name=win_rate]")).to_have_value("31.25")
    with page.expect_download() as saving:
        element.locator("[data-do=save]").click()
    assert saving.value.suggested_filename == "my-numbers.json"
    file = tmp_path / "my-numbers.json"
    saving.value.save_as(file)
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["numbers"]["win_rate"]["value"] == "0.3125"
    assert content["numbers"].keys() <= QUANTITIES.keys()

    element.locator("[data-do=clear]").click()
    element = numbers_page(page, server, "el")
    chooser = element.locator("input[type=file]")
    chooser.set_input_files(file)
    expect(element.locator("[name=win_rate]")).to_have_value("31,25")
    expect(element.locator("[data-part=said]")).to_have_text(
        catalogue("el").gettext("The numbers of the file are in the fields.")
    )
    other = tmp_path / "other.json"
    other.write_text('{"numbers": {"win_rate": 31}}', encoding="utf-8")
    chooser.set_input_files(other)
    expect(element.locator("[data-error='']")).to_be_visible()
    expect(element.locator("[name=win_rate]")).to_have_value("31,25")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '"x"',
        '{"win_rate": 3}',
        '{"win_rate": {"value": "<img src=x onerror=alert(1)>"}}',
        '{"win_rate": {"value": "9", "from": "win-rate"}, "__proto__": {"value": "1"}}',
    ],
)
def test_what_others_put_into_the_storage_is_harmless(open_page: OpenPage, server: SiteServer, text: str) -> None:
    """No error, no offer that no field would take; and what is typed then is known as ever."""
    page = open_page(path_of("win-rate"))
    page.evaluate("text => sessionStorage.setItem('playbook-numbers', text)", text)
    page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(page, "sales-velocity")
    calculator.locator("[name=win_rate]").fill("26")
    wait_until(page, f"() => {STORED}.win_rate?.value === '0.26'")
    expect(calculator.locator("[data-part=known]")).to_be_hidden()
    element = numbers_page(page, server)
    expect(element.locator("[name=win_rate]")).to_have_value("26")


def test_without_storage_nothing_is_missed(browser: Browser, server: SiteServer) -> None:
    """Where the browser keeps nothing, calculators work as before, and the page says what is left to do."""
    context = patient_context(browser)
    context.add_init_script("""for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, { get() { throw new DOMException("off", "SecurityError"); } });
    }""")
    page = context.new_page()
    page.goto(server.address + path_of("win-rate"))
    win_rate_typed(page)
    element = numbers_page(page, server)
    element.locator("[name=quota]").fill("500")
    element.locator("[name=quota]").press("Tab")
    expect(element.locator("[data-part=full]")).to_be_visible()
    context.close()
