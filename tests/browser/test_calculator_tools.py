"""Around every calculator: tables to type into, goals, levers, scenarios, links, files, frames and paper."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Locator, expect

from calculators.core.running.calculator import all_calculators
from calculators.core.words.catalogue import LANGUAGES
from tests.browser.test_calculator import output, path_of, ready
from tests.support import OpenPage, in_both_palettes, patient_context, problems
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of


def embedded(open_page: OpenPage, name: str, language: str = "en", link: str = "", width: int = 1000) -> Locator:
    """Open a calculator on its bare page, and return it once it computes."""
    return ready(open_page(f"{folder_of(language)}embed/{name}/{link}", width=width))


def tool(calculator: Locator, name: str) -> Locator:
    """Open one of the tools and return it."""
    panel = calculator.locator(f"[data-tool={name}]")
    for _ in range(3):
        # A chart that is drawn between pressing and letting go may move the words away from under the pointer.
        if panel.get_attribute("open") is None:
            panel.locator("summary").first.click()
    expect(calculator.locator("[data-part=tools][data-ready]")).to_be_attached()
    return panel


def cells(calculator: Locator, column: str) -> list[str]:
    """Return what stands in a column of the calculator's table."""
    values: list[str] = calculator.locator(f"[data-input] [data-column={column}]").evaluate_all(
        "cells => cells.map(cell => cell.value)"
    )
    return values


def paste(cell: Locator, text: str) -> None:
    """Paste a text into a cell, as the clipboard of a spreadsheet program has it."""
    cell.evaluate(
        """(cell, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_rows_are_added_moved_and_removed_by_keyboard(open_page: OpenPage) -> None:
    """Enter goes down and adds a row at the end; buttons move and remove it, and the focus stays in the table."""
    calculator = embedded(open_page, "stage-conversion")
    page = calculator.page
    calculator.locator("[data-column=count]").last.focus()

    page.keyboard.press("Enter")
    page.keyboard.type("Renewed")
    page.keyboard.press("Tab")
    page.keyboard.type("15")
    expect(output(calculator, "overall_rate")).to_have_text("1.5%")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert cells(calculator, "name")[-2:] == ["Renewed", "Closed won"]
    expect(output(calculator, "overall_rate")).to_have_text("3%")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert cells(calculator, "name")[-1] == "Closed won"
    assert page.evaluate("document.activeElement.dataset.row") == "remove"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Stage\tReached it\nA\t1,000\nB\t250\n"),
        ("el", 'A\t1.000\r\n"B"\t250\r\n'),
        ("ko", "A\t1천\nB\t250"),
    ],
)
def test_a_block_from_a_spreadsheet(open_page: OpenPage, language: str, text: str) -> None:
    """Tabs and lines fill cells and add rows, in the language's marks; a head is left out."""
    calculator = embedded(open_page, "stage-conversion", language)
    for _removed in range(4):
        calculator.locator("[data-row=remove]").first.click()

    paste(calculator.locator("[data-column=name]").first, text)

    expect(calculator).to_have_attribute("data-state", "ready")
    expect(output(calculator, "overall_rate")).to_have_attribute("data-value", "0.25")
    assert cells(calculator, "name") == ["A", "B"]


def test_a_thousand_pasted_rows(open_page: OpenPage) -> None:
    """A whole export is computed, and its table can be read."""
    calculator = embedded(open_page, "stage-conversion")

    paste(calculator.locator("[data-column=name]").first, "\n".join(f"S{row}\t{2000 - row}" for row in range(1000)))

    expect(output(calculator, "overall_rate")).to_have_attribute("data-value", "0.5005")
    expect(calculator.locator("[data-output=stage_rates] tbody tr")).to_have_count(1000)


def test_a_refused_cell_is_marked(open_page: OpenPage) -> None:
    """The sentence says row and column, the cell is marked, nothing typed is lost."""
    calculator = embedded(open_page, "stage-conversion")
    cell = calculator.locator("[data-column=count]").nth(2)

    cell.fill("many")
    expect(calculator).to_have_attribute("data-state", "invalid")
    expect(calculator.locator("[data-error=stages]")).to_contain_text("Row 3, Reached it")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(calculator.locator("[aria-invalid=true]")).to_have_count(1)
    expect(cell).to_have_value("many")


def test_back_to_the_example_brings_the_rows_back(open_page: OpenPage) -> None:
    """Reset restores rows that were removed, and ticks."""
    calculator = embedded(open_page, "stage-conversion")
    calculator.locator("[data-row=remove]").first.click()

    calculator.locator("button[type=reset]").click()

    expect(output(calculator, "overall_rate")).to_have_text("3%")
    assert cells(calculator, "count") == ["1,000", "400", "240", "90", "30"]


def test_a_goal_is_found_and_taken_over(open_page: OpenPage) -> None:
    """Which win rate brings 4,000 a day? 36%, and one button puts it into the field."""
    calculator = embedded(open_page, "sales-velocity", "el")
    panel = tool(calculator, "solve")

    panel.locator("[data-part=unknown]").select_option("win_rate")
    panel.locator("[data-part=target]").fill("4.000")
    expect(panel.locator("[data-part=found]")).to_contain_text("36%")
    panel.locator("[data-part=use] button").click()
    expect(calculator.locator("[name=win_rate]")).to_have_value("36")
    expect(output(calculator, "revenue_per_day")).to_have_text("4.000")
    panel.locator("[data-part=target]").fill("πολλά")
    expect(panel.locator("[data-part=error]")).to_be_visible()
    expect(panel.locator("[data-part=use]")).to_be_hidden()


def test_a_goal_is_typed_in_the_unit_of_its_result(open_page: OpenPage) -> None:
    """The words, the unit and the inputs offered are those of the result picked."""
    calculator = embedded(open_page, "pursuit-cost")
    panel = tool(calculator, "solve")
    words = panel.locator("[data-for]:visible")
    offered = panel.locator("[data-part=unknown] option:enabled")

    expect(words).to_have_text(["should be at most"])
    expect(offered).to_have_count(6)
    panel.locator("[data-part=output]").select_option("break_even_probability")
    expect(words).to_have_text(["should be at most", "%"])
    panel.locator("[data-part=unknown]").select_option("years")
    panel.locator("[data-part=target]").fill("10")
    panel.locator("[data-part=use] button").click()
    expect(calculator.locator("[name=years]")).to_have_value("3")
    panel.locator("[data-part=output]").select_option("cost")
    expect(panel.locator("[data-part=unknown]")).to_have_value("travel")


def test_ratings_move_by_a_level(open_page: OpenPage) -> None:
    """A scorecard has no step to pick; what counts only with a tick is offered with it."""
    card = embedded(open_page, "meddic")
    moved = tool(card, "sensitivity")

    expect(moved.locator("thead")).to_contain_text("one level higher")
    expect(moved.locator("[data-part=step]")).to_have_count(0)
    offered = tool(card, "solve").locator("[data-part=unknown] option:enabled")
    expect(offered).to_have_count(6)
    card.locator("[name=meddpicc]").check()
    expect(offered).to_have_count(8)


def test_what_moves_the_result(open_page: OpenPage) -> None:
    """Ordered, as a picture and as a table, and for another step."""
    calculator = embedded(open_page, "sales-velocity")
    panel = tool(calculator, "sensitivity")

    rows = panel.locator("[data-part=levers] tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("Sales cycle in days")
    expect(panel.locator("[data-part=plot] svg")).to_be_visible()
    panel.locator("[data-part=step]").select_option("0.2")
    expect(rows.first).to_contain_text("72 days → 3,472.22")


def test_two_scenarios(open_page: OpenPage) -> None:
    """Side by side with their differences, the kept one under its name."""
    calculator = embedded(open_page, "sales-velocity")
    panel = tool(calculator, "compare")

    panel.locator("[data-part=scenario]").fill("Plan")
    panel.locator("[data-do=keep]").click()
    expect(panel.locator("[data-part=list] li")).to_have_count(1)
    calculator.locator("[name=win_rate]").fill("30")
    rows = panel.locator("[data-part=scenarios] tbody tr")
    expect(rows.nth(0)).to_contain_text("+5 points")
    expect(rows.nth(1)).to_contain_text("Our pipeline brings 3,333.33 of revenue per day.")
    expect(rows.nth(2)).to_contain_text("+555.56 (+20%)")
    expect(panel.locator("[data-part=scenarios] th").nth(1)).to_have_text("Plan")


def test_a_shared_link_opens_the_same_sum_in_another_language(open_page: OpenPage) -> None:
    """The link of the page holds inputs and currency; in Greek it opens with Greek numbers."""
    page = open_page(path_of("sales-velocity"))
    calculator = ready(page)
    calculator.locator("[name=average_deal_size]").fill("1234.5")
    calculator.locator("[data-control=currency]").select_option("EUR")
    link = tool(calculator, "share").locator("[data-part=link]")
    expect(link).to_have_value(re.compile("#sales-velocity\\?average_deal_size=1234.5&currency=EUR$"))

    address = link.input_value().replace("/metrics/", "/el/metrics/")
    opened = ready(open_page(address.split("/pipeline-playbook/")[1]))
    expect(opened.locator("[name=average_deal_size]")).to_have_value("1.234,5")
    expect(opened.locator("[data-part=opened]")).to_be_visible()
    expect(output(opened, "revenue_per_day")).to_have_text("137,17\xa0€")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_link_leaves_the_fields_and_says_so(open_page: OpenPage, language: str) -> None:
    """Not half of somebody's numbers."""
    calculator = embedded(open_page, "win-rate", language, "#win-rate?won=30&lost=abc")

    expect(calculator.locator("[data-part=opened]")).to_be_visible()
    expect(calculator.locator("[name=won]")).to_have_value("24")
    expect(output(calculator, "win_rate")).to_have_attribute("data-value", "0.3")


def test_a_link_opens_tables_ratings_and_ticks(open_page: OpenPage) -> None:
    """Every kind of control takes over what the link says; evidence was never in it."""
    stages = embedded(open_page, "stage-conversion", "ja", "#stage-conversion?stages=A%20B,10;C,5")
    expect(output(stages, "overall_rate")).to_have_attribute("data-value", "0.5")
    assert cells(stages, "name") == ["A B", "C"]

    card = embedded(open_page, "meddic", "ko", "#meddic?champion=unknown&meddpicc=1&metrics_weight=2")
    expect(card.locator("[name=champion][value=unknown]")).to_be_checked()
    expect(card.locator("[name=meddpicc]")).to_be_checked()
    expect(card.locator("[name=paper_process]").first).to_be_visible()
    expect(card.locator("[name=metrics_weight]")).to_have_value("2")
    card.locator(".calculator__evidence summary").first.click()
    card.locator("[name=metrics_evidence]").fill("비밀")
    link = tool(card, "share").locator("[data-part=link]")
    expect(link).to_have_value(re.compile("meddpicc=1"))
    assert "evidence" not in link.input_value()
    assert "%EB%B9%84" not in link.input_value()


def test_an_opened_link_shows_the_question(open_page: OpenPage) -> None:
    """Below the header, which stays at the top."""
    page = open_page(path_of("sales-velocity", "el") + "#sales-velocity?win_rate=30")
    calculator = ready(page)
    expect(calculator.locator("[data-part=opened]")).to_be_visible()
    page.wait_for_function("""() => document.querySelector(".calculator__question").getBoundingClientRect().top
        >= document.querySelector(".md-header").getBoundingClientRect().bottom""")
    expect(calculator.locator(".calculator__question")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [360, 700, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_in_a_table_are_not_cut(open_page: OpenPage, language: str, width: int) -> None:
    """Each is as wide as its words, and the table no wider than the calculator."""
    page = open_page(f"{folder_of(language)}embed/lead-score/", width=width)
    cut = page.locator(".calculator__cell select").evaluate_all("""choices => choices.filter(choice => {
        const { width } = choice.getBoundingClientRect();
        choice.style.cssText = "inline-size: max-content; min-inline-size: 0";
        const wanted = choice.getBoundingClientRect().width;
        choice.removeAttribute("style");
        return width < wanted - 1;
    }).length""")
    assert cut == 0
    assert page.locator(".calculator").evaluate("element => element.scrollWidth <= element.clientWidth")


def test_what_counts_only_with_an_option_is_shown_with_it(open_page: OpenPage) -> None:
    """MEDDPICC's two further criteria appear with its tick."""
    card = embedded(open_page, "meddic")
    expect(card.locator("[name=competition]").first).to_be_hidden()

    card.locator("[name=meddpicc]").check()

    expect(card.locator("[name=competition]").first).to_be_visible()


def test_copied_and_saved(open_page: OpenPage) -> None:
    """As text in the clipboard, as CSV among the downloads."""
    calculator = ready(open_page("el/embed/sales-velocity/", fresh=True))
    page = calculator.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel = tool(calculator, "share")

    panel.locator("[data-copy=text]").click()
    expect(panel.locator("[data-part=done]")).not_to_be_empty()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "2.777,78" in text
    assert text.rstrip().endswith("#sales-velocity?")
    with page.expect_download() as download:
        panel.locator("[data-save=csv]").click()
    assert download.value.suggested_filename == "sales-velocity.csv"
    assert ";25000" in download.value.path().read_text(encoding="utf-8")


def test_a_plan_with_typed_days_is_saved_for_a_calendar(open_page: OpenPage) -> None:
    """A date as Japanese people write it moves the plan and its file; other calculators have no such button."""
    calculator = ready(open_page("ja/embed/mutual-action-plan/"))
    page = calculator.page
    calculator.locator("[name=go_live]").fill("2027年4月1日（木）")
    expect(output(calculator, "start_by")).to_have_text("2026年12月14日")
    assert output(calculator, "start_by").get_attribute("data-value") == "2026-12-14"
    panel = tool(calculator, "share")

    with page.expect_download() as download:
        panel.locator("[data-save=calendar]").click()

    assert download.value.suggested_filename == "mutual-action-plan.ics"
    file = download.value.path().read_bytes().decode()
    assert file.startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20261214\r\n" in file
    assert "SUMMARY:セキュリティ審査\r\n" in file
    assert not embedded(open_page, "win-rate").locator("[data-save=calendar]").count()


def test_a_day_with_two_readings_is_asked_about_and_a_circle_marked_in_its_cell(open_page: OpenPage) -> None:
    """Both readings are one click away; whom a step cannot wait for stands beside its field."""
    calculator = embedded(open_page, "mutual-action-plan")
    calculator.locator("[name=go_live]").fill("3/4/2027")
    offers = calculator.locator("[data-offers] button")
    expect(offers).to_have_text(["April 3, 2027", "March 4, 2027"])
    offers.first.click()
    expect(output(calculator, "start_by")).to_have_text("December 16, 2026")

    waits = calculator.locator("[data-column=after]")
    waits.first.fill("2")
    expect(waits.first).to_have_attribute("aria-invalid", "true")
    expect(calculator.locator("[data-error=steps]")).to_contain_text("wait for each other in a circle")


def test_a_chart_comes_with_its_table(open_page: OpenPage) -> None:
    """Drawn only near the view, hidden from screen readers, with the same numbers as text."""
    requested: list[str] = []
    page = open_page("embed/stage-conversion/", width=360, height=300)
    page.on("request", lambda request: requested.append(request.url))
    calculator = page.locator("playbook-calculator")
    calculator.locator("[data-column=count]").first.focus()
    expect(calculator).to_have_attribute("data-state", "ready")
    assert not [url for url in requested if "charts-" in url]

    plot = calculator.locator("[data-part=chart] [data-part=plot]")
    plot.scroll_into_view_if_needed()
    expect(plot.locator("svg")).to_contain_text("1,000")
    expect(plot).to_have_attribute("aria-hidden", "true")
    table = calculator.locator("[data-part=chart-table]")
    assert "240" in str(table.text_content())
    calculator.locator("[data-column=count]").nth(2).fill("200")
    expect(table).to_contain_text("200", use_inner_text=False)
    assert plot.locator("svg").evaluate("svg => svg.getBoundingClientRect().width") <= 360


def test_names_in_a_chart_are_all_there_and_not_broken_within_words(open_page: OpenPage) -> None:
    """On a phone long Greek names take several lines, each of whole words."""
    calculator = embedded(open_page, "stage-conversion", "el", width=360)
    plot = calculator.locator("[data-part=chart] [data-part=plot]")
    plot.scroll_into_view_if_needed()
    expect(plot.locator("svg")).to_be_visible()

    lines = plot.locator("svg text").all_text_contents()
    words = {word for name in cells(calculator, "name") for word in name.split()}
    assert words <= {word for line in lines for word in line.split()}


def test_another_definition(open_page: OpenPage) -> None:
    """Picking one shows its figure and how the answer changes."""
    calculator = embedded(open_page, "win-rate")
    definitions = calculator.locator("[data-definition]")
    assert definitions.count() >= 2

    definitions.nth(1).locator("input").check()

    expect(definitions.nth(1).locator("p")).to_be_visible()
    expect(definitions.nth(0).locator("p")).to_be_hidden()
    expect(definitions.nth(1).locator("[data-part=figure]")).to_have_text("24%")


class _Host(BaseHTTPRequestHandler):
    """Another site that shows a calculator in a frame."""

    page = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def other_site() -> Iterator[str]:
    """Serve a page from another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_snippet_works_on_another_site(
    open_page: OpenPage, browser: Browser, other_site: str, server: SiteServer
) -> None:
    """The copied code shows the calculator there, and the frame is as high as what it shows."""
    calculator = ready(open_page(path_of("win-rate", "ko")))
    snippet = tool(calculator, "share").locator("[data-part=snippet]").input_value()
    assert f"{server.address}ko/embed/win-rate/" in snippet
    _Host.page = f"<!doctype html><title>Another site</title><body>{snippet}"

    context = patient_context(browser)
    page = context.new_page()
    page.goto(other_site)
    frame = page.frame_locator("iframe")
    embedded_calculator = frame.locator("playbook-calculator")
    expect(embedded_calculator).to_have_attribute("data-state", "ready")
    embedded_calculator.locator("[name=won]").fill("56")
    expect(embedded_calculator.locator("output[name=win_rate]")).to_have_text("50%")
    wanted = frame.locator("main").evaluate("main => main.getBoundingClientRect().height")
    page.wait_for_function("wanted => document.querySelector('iframe').offsetHeight >= wanted", arg=wanted)
    context.close()


@pytest.mark.parametrize("name", ["meddic", "product-mix", "weighted-forecast", "buying-phase"])
def test_accessibility_with_everything_open(open_page: OpenPage, name: str) -> None:
    """Tables, ratings, charts and tools have names and contrast, at 360 px without sideways scrolling."""
    page = open_page(f"el/embed/{name}/", width=360)
    calculator = ready(page)
    for panel in ("solve", "sensitivity", "compare", "share"):
        if calculator.locator(f"[data-tool={panel}]").count():
            tool(calculator, panel)

    assert [f"{palette}: {text}" for palette in in_both_palettes(page) for text in problems(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_typing_is_not_blocked_by_a_large_forecast(open_page: OpenPage) -> None:
    """200 deals are simulated in the worker: an edit returns to the reader before its answer is there."""
    calculator = embedded(open_page, "weighted-forecast")
    rows = "\n".join(f"Deal {row}\t{1000 + row}\t{row % 99 + 1}" for row in range(200))
    paste(calculator.locator("[data-column=name]").first, rows)
    expect(calculator).to_have_attribute("data-state", "ready")

    state = calculator.evaluate("""element => {
        const goal = element.querySelector("[name=goal]");
        goal.value = "123456";
        goal.dispatchEvent(new Event("input", { bubbles: true }));
        return element.dataset.state;
    }""")

    assert state == "computing"
    expect(calculator).to_have_attribute("data-state", "ready")


@pytest.mark.parametrize("name", all_calculators())
def test_every_calculator_links_to_the_page_that_explains_it(open_page: OpenPage, name: str) -> None:
    """The bare page leads back to the playbook, where the same calculator stands."""
    page = open_page(f"embed/{name}/")
    href = str(page.locator(".embed__credit a").get_attribute("href"))

    page.goto(page.evaluate("href => new URL(href, location.href).href", href))
    expect(page.locator(f"playbook-calculator[name={name}]")).to_be_attached()
