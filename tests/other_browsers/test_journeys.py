"""What readers do, in the browsers that are not Chromium: everything once, and in each language where words matter."""

import re
import time
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Locator, Page, expect

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.browser.test_analyser import PAGE as ANALYSER
from tests.browser.test_analyser import analyser_of, choose, figure, shown
from tests.browser.test_calculator import NOT_A_NUMBER, output, path_of, ready
from tests.browser.test_calculator_tools import cells, paste, tool
from tests.offline_host import Host, wait_for_worker, wait_until_kept
from tests.other_browsers.engines import Engine
from tests.support import PATIENCE_MILLISECONDS, BuiltSite, OpenPage, wait_for_instant_navigation
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

VELOCITY = path_of("sales-velocity")
WIN_RATE = path_of("win-rate")


def test_the_example_is_answered_before_any_script(open_page: OpenPage, server: SiteServer) -> None:
    """The answer is written in the page, as its language writes it."""
    page = open_page(may_complain=True)
    page.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
    for language, text in {"en": "2,777.78", "ko": "2,777.78", "ja": "2,777.78", "el": "2.777,78"}.items():
        page.goto(server.address + path_of("sales-velocity", language))
        calculator = page.locator("playbook-calculator")
        expect(output(calculator, "revenue_per_day")).to_have_text(text)
        expect(calculator.locator("[data-part=headline]")).to_contain_text(text)
        assert not page.evaluate("Boolean(customElements.get('playbook-calculator'))")


def test_numbers_are_edited_refused_taken_back_and_kept(open_page: OpenPage, server: SiteServer) -> None:
    """In each language: what was typed in the one before is there, also after a reload."""
    page = open_page(VELOCITY)
    ready(page).locator("[name=opportunities]").fill("60")
    for language in LANGUAGES:
        page.goto(server.address + path_of("sales-velocity", language))
        calculator = ready(page)
        opportunities, error = calculator.locator("[name=opportunities]"), calculator.locator("[data-error=win_rate]")
        expect(opportunities).to_have_value("60")
        opportunities.fill("80")
        expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "5555.555555555556")

        calculator.locator("[name=win_rate]").press_sequentially("abc")
        expect(calculator).to_have_attribute("data-state", "invalid")
        expect(error).to_contain_text(NOT_A_NUMBER[language])
        expect(error).to_contain_text("abc")
        calculator.locator("button[type=reset]").click()
        expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "2777.777777777778")
        expect(error).to_be_hidden()
        calculator.locator("[data-control=undo]").click()
        expect(error).to_contain_text("abc")
        calculator.locator("[name=win_rate]").fill("25")
        opportunities.fill("60")
        expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "4166.666666666667")
    page.reload()
    expect(output(ready(page), "revenue_per_day")).to_have_text("4.166,67")


def test_the_tools_around_a_calculator(open_page: OpenPage) -> None:
    """A goal is found and taken over, levers are drawn, scenarios compared; the link opens in another language."""
    page = open_page(f"el/{VELOCITY}")
    calculator = ready(page)
    solve = tool(calculator, "solve")
    solve.locator("[data-part=unknown]").select_option("win_rate")
    solve.locator("[data-part=target]").fill("4.000")
    expect(solve.locator("[data-part=found]")).to_contain_text("36%")
    solve.locator("[data-part=use] button").click()
    expect(output(calculator, "revenue_per_day")).to_have_text("4.000")

    sensitivity = tool(calculator, "sensitivity")
    expect(sensitivity.locator("[data-part=levers] tbody tr")).to_have_count(4)
    expect(sensitivity.locator("[data-part=plot] svg")).to_be_visible()
    compare = tool(calculator, "compare")
    compare.locator("[data-part=scenario]").fill("Σχέδιο")
    compare.locator("[data-do=keep]").click()
    expect(compare.locator("[data-part=list] li")).to_have_count(1)
    calculator.locator("[name=win_rate]").fill("30")
    expect(compare.locator("[data-part=scenarios] th").nth(1)).to_have_text("Σχέδιο")

    calculator.locator("[data-control=currency]").select_option("EUR")
    link = tool(calculator, "share").locator("[data-part=link]")
    expect(link).to_have_value(re.compile(r"\?currency=EUR&win_rate=0\.3$"))
    address = link.input_value().replace("/el/", "/ko/").partition("/pipeline-playbook/")[2]
    opened = ready(open_page(address))
    expect(opened.locator("[name=win_rate]")).to_have_value("30")
    expect(opened.locator("[data-part=opened]")).to_be_visible()
    expect(output(opened, "revenue_per_day")).to_have_text("€3,333.33")


def test_files_to_take_away(open_page: OpenPage, engine: Engine) -> None:
    """CSV in the marks of the language, and a workbook that is one, made after an edit."""
    calculator = ready(open_page("el/embed/sales-velocity/"))
    calculator.locator("[name=opportunities]").fill("80")
    expect(output(calculator, "revenue_per_day")).to_have_text("5.555,56")
    panel = tool(calculator, "share")

    panel.locator("[data-save=csv]").click()
    assert "5.555,56" in downloaded(calculator.page, engine, "sales-velocity.csv").decode("utf-8-sig")
    panel.locator("[data-save=workbook]").click()
    downloaded(calculator.page, engine, "sales-velocity.xlsx")
    with zipfile.ZipFile(engine.downloads / "sales-velocity.xlsx") as workbook:
        assert workbook.testzip() is None
        assert "xl/worksheets/sheet1.xml" in workbook.namelist()


def downloaded(page: Page, engine: Engine, name: str) -> bytes:
    """Wait until a file has been downloaded: Playwright hears of none from these browsers."""
    end = time.monotonic() + PATIENCE_MILLISECONDS / 1000
    file, size = engine.downloads / name, 0
    while not size or file.stat().st_size != size:
        assert time.monotonic() < end, f"no {name} in {engine.downloads}"
        size = file.stat().st_size if file.exists() else 0
        page.wait_for_timeout(200)
    return file.read_bytes()


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Stage\tReached it\nA\t1,000\nB\t250\n"), ("el", 'A\t1.000\r\n"B"\t250\r\n'), ("ko", "A\t1천\nB\t250")],
)
def test_a_block_from_a_spreadsheet(open_page: OpenPage, engine: Engine, language: str, text: str) -> None:
    """Fills cells and adds rows on the embed page, and the chart follows."""
    calculator = ready(open_page(f"{folder_of(language)}embed/stage-conversion/"))
    for _removed in range(4):
        calculator.locator("[data-row=remove]").first.click()

    cell = calculator.locator("[data-column=name]").first
    if engine.name == "firefox":
        paste_by_keys(cell, text)
    else:
        paste(cell, text)

    expect(output(calculator, "overall_rate")).to_have_attribute("data-value", "0.25")
    assert cells(calculator, "name") == ["A", "B"]
    plot = calculator.locator("[data-part=chart] [data-part=plot]")
    plot.scroll_into_view_if_needed()
    expect(plot.locator("svg")).to_contain_text("250")


def paste_by_keys(cell: Locator, text: str) -> None:
    """Copy a text on another page and paste it: Firefox gives a clipboard to no event that a script has made."""
    other = cell.page.context.new_page()
    other.set_content("<textarea></textarea>")
    other.locator("textarea").fill(text)
    other.keyboard.press("Control+A")
    other.keyboard.press("Control+C")
    other.close()
    cell.click()
    cell.page.keyboard.press("Control+V")


def test_words_are_searched(open_page: OpenPage, server: SiteServer) -> None:
    """Inflected, compound or accented as people type them; a result leads to its page in the same language."""
    page = open_page()
    for language, query in {"ko": "수주율을", "ja": "受注率は", "el": "ποσοστο επιτυχιας"}.items():
        page.goto(f"{server.address}{language}/")
        page.locator("header input[name=query]").click()
        page.locator("header input[name=query]").fill(query)
        first = page.locator(".md-search-result__link").first
        expect(first).to_have_attribute("href", re.compile(f"/{language}/metrics/win-rate/"))
        first.click()
        expect(page).to_have_url(re.compile(f"/{language}/metrics/win-rate/"))


def test_an_export_is_analysed(open_page: OpenPage, tmp_path: Path) -> None:
    """The sample of a language, in a worker of its own, then a workbook that a reader chooses."""
    analyser = analyser_of(open_page(f"ja/{ANALYSER}"))
    analyser.locator("[data-do=sample]").click()
    shown(analyser)
    expect(analyser.locator("[data-table=stage_conversion] tbody tr")).not_to_have_count(0)
    expect(analyser.locator("[data-part=charts] figure svg").first).to_be_visible()

    choose(analyser, workbook_of_deals(tmp_path / "deals.xlsx"))
    expect(figure(analyser, "win_rate").locator("output")).to_have_text("60%")


def workbook_of_deals(path: Path) -> Path:
    """Write six deals won, four lost and two open into a workbook."""
    stages = ["Won"] * 6 + ["Lost"] * 4 + ["Proposal"] * 2
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Id", "Stage", "Amount", "Created", "Closed"])
        for number, stage in enumerate(stages, 1):
            closed = "" if stage == "Proposal" else f"2025-02-{number:02}"
            sheet.write_row(number, 0, [str(number), stage, 100 * number, f"2025-01-{number:02}", closed])
    return path


def test_pages_are_changed_without_a_load(open_page: OpenPage) -> None:
    """By a link, Back and Forward; what was typed is there when the reader comes back."""
    page = open_page(VELOCITY)
    ready(page).locator("[name=opportunities]").fill("80")
    expect(output(ready(page), "revenue_per_day")).to_have_text("5,555.56")
    wait_for_instant_navigation(page)
    page.evaluate("window.isSameDocument = true")

    page.locator(".md-footer__link--prev").click()
    expect(page.locator("playbook-calculator[name=win-rate]")).to_be_attached()
    calculator = ready(page, "win-rate")
    calculator.locator("[name=won]").fill("56")
    expect(output(calculator, "win_rate")).to_have_text("50%")
    page.go_back()
    expect(output(ready(page, "sales-velocity"), "revenue_per_day")).to_have_text("5,555.56")
    page.go_forward()
    expect(output(ready(page, "win-rate"), "win_rate")).to_have_text("50%")
    assert page.evaluate("window.isSameDocument")


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_the_page_follows_the_device(open_page: OpenPage, is_dark: bool) -> None:  # noqa: FBT001  # pytest passes names
    """Dark and light, with nothing wider than a phone; the switch in the header changes it."""
    page = open_page(f"el/{VELOCITY}", width=400, is_dark=is_dark)
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate" if is_dark else "default")
    paper = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(part => part < 90)"
    assert page.evaluate(paper) is is_dark
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper(open_page: OpenPage, engine: Engine) -> None:
    """A calculator that is printed alone is one sheet, in Firefox as its printer has it; menus are not on it."""
    calculator = ready(open_page(f"ko/{VELOCITY}"))
    page = calculator.page
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    tool(calculator, "share").locator("[data-do=print]").click()
    expect(page.locator("body[data-printed=yes]")).to_be_attached()

    if engine.name == "firefox":
        # A4, in centimeters: Playwright hands the numbers on as they are, and takes them for inches.
        assert sheets(page.pdf(width="21in", height="29.7in")) == 1
    else:
        page.emulate_media(media="print")
        expect(output(calculator, "revenue_per_day")).to_be_visible()
        expect(page.locator(".md-header")).to_be_hidden()
        expect(calculator.locator("[data-tool=solve]")).to_be_hidden()


def sheets(document: bytes) -> int:
    """Return how many sheets a PDF has, whose objects may be compressed."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    objects = document
    for stream in streams:
        with suppress(zlib.error):
            objects += zlib.decompress(stream)
    return len(re.findall(rb"/Type\s*/Page\b", objects))


def test_what_was_visited_works_without_a_network(open_page: OpenPage, built_site: BuiltSite, tmp_path: Path) -> None:
    """A visited page comes, and computes, after its host is gone; one that was never visited says so."""
    with Host(built_site, tmp_path / "site") as host:
        page = open_page(f"ko/{WIN_RATE}", address=host.address, service_workers=True, may_complain=True)
        ready(page)
        wait_for_worker(page)
        wait_until_kept(page, f"ko/{WIN_RATE}", *(host.manifest.address(name) for name in ("python.js", "charts.js")))
        host.is_down = True

        page.goto(f"{host.address}ko/{WIN_RATE}?from=a-mail")
        calculator = ready(page)
        calculator.locator("[name=won]").fill("56")
        expect(output(calculator, "win_rate")).to_have_text("50%")
        page.goto(f"{host.address}ko/team/motivation/")
        expect(page.locator("h1")).to_have_text(catalogue("ko").gettext("No connection"))


def test_without_shared_workers(open_page: OpenPage, tmp_path: Path) -> None:
    """As on Android before Chrome 148 and in Samsung Internet: each page has a worker of its own, the analyser too."""
    page = open_page(VELOCITY, shared_workers=False)
    assert page.evaluate("typeof SharedWorker") == "undefined"
    ready(page).locator("[name=opportunities]").fill("80")
    expect(output(ready(page), "revenue_per_day")).to_have_text("5,555.56")
    wait_for_instant_navigation(page)
    page.locator(".md-footer__link--prev").click()
    calculator = ready(page, "win-rate")
    calculator.locator("[name=won]").fill("56")
    expect(output(calculator, "win_rate")).to_have_text("50%")

    page.goto(page.url.partition("metrics/")[0] + ANALYSER)
    analyser = analyser_of(page)
    choose(analyser, workbook_of_deals(tmp_path / "deals.xlsx"))
    expect(figure(analyser, "win_rate").locator("output")).to_have_text("60%")
