"""A reader's export becomes figures in the page, and nothing of it goes anywhere."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT, OpenPage, problems, rewritten, wait_for_instant_navigation
from tools.samples.export import sample_of
from tools.serve import SiteServer
from tools.texts.playbook_pages import folder_of

PAGE = "pipeline/analyse/"
KEY = PROJECT / "docs/assets/answer-key"
# A number of a tile that is not in one line, or lies over the next tile.
BROKEN = """numbers => numbers.filter(number => {
    const range = document.createRange();
    range.selectNodeContents(number);
    const lines = [...range.getClientRects()];
    return lines.length > 1 || lines[0].right > number.closest(".analyser__tile").getBoundingClientRect().right + 1;
}).map(number => number.textContent)"""
# What lies beyond the paper, and texts that are too small to be read on it, in points.
OFF_THE_PAPER = """analyser => [...analyser.querySelectorAll("*")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 90))"""
TOO_SMALL = """(analyser, least) => [...analyser.querySelectorAll("*")]
    .filter(one => one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(one => {
        const svg = one.closest("svg");
        const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : one.currentCSSZoom;
        return parseFloat(getComputedStyle(one).fontSize) * scale * 0.75 < least;
    }).map(one => one.textContent.trim().slice(0, 40))"""
# In pixels: A4 without its margins.
PAPER = 703
# Long enough to be stopped on the way, on a fast machine as well.
ROWS_TO_STOP = 200_000


def analyser_of(page: Page) -> Locator:
    """Return the analyser once its script is there."""
    analyser = page.locator("playbook-analyser")
    expect(analyser).to_have_attribute("data-state", re.compile("idle|shown"))
    return analyser


def choose(analyser: Locator, *files: Path) -> None:
    """Choose files and wait for their figures."""
    analyser.locator("[data-part=files]").set_input_files(list(files))
    shown(analyser)


def shown(analyser: Locator) -> None:
    """Wait until the question that was asked last is answered."""
    expect(analyser).to_have_attribute("data-state", "shown", timeout=60_000)


def figure(analyser: Locator, name: str) -> Locator:
    """Return a figure, its section open."""
    found = analyser.locator(f'[data-figure="{name}"]')
    found.evaluate("figure => figure.closest('details').open = true")
    return found


def text_of(analyser: Locator, name: str) -> str:
    """Return a figure as text, in view or not."""
    return figure(analyser, name).locator("output").text_content() or ""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return the English sample as a file."""
    path = tmp_path / "deals.csv"
    path.write_bytes(sample_of("en").deals)
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a file in which everything can be counted by hand: 6 won, 4 lost, 2 open."""
    rows = [f"{number},Won,{number}00,2025-01-0{number},2025-02-0{number}" for number in range(1, 7)]
    rows += [f"{number},Lost,100,2025-01-05,2025-03-05" for number in range(7, 11)]
    rows += [f"{number},Proposal,500,2025-03-01," for number in (11, 12)]
    path = tmp_path / "small.csv"
    path.write_text("\n".join(["Id,Stage,Amount,Created,Closed", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_dropped_file_is_read_and_nothing_leaves_the_page(open_page: OpenPage, small: Path) -> None:
    """From the drop on the page asks for nothing but its own parts, and sends nothing along."""
    page = open_page(PAGE)
    analyser = analyser_of(page)
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    transfer = page.evaluate_handle(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "small.csv", { type: "text/csv" }));
            return transfer;
        }""",
        small.read_text(encoding="utf-8"),
    )
    for event in ("dragover", "drop"):
        analyser.locator("[data-part=drop]").dispatch_event(event, {"dataTransfer": transfer})
    shown(analyser)

    expect(figure(analyser, "win_rate").locator("output")).to_have_text("60%")
    expect(figure(analyser, "open").locator("output")).to_have_text("2")
    expect(analyser.locator("[data-part=headline]")).to_be_focused()
    # Read out by the focus, and not once more.
    expect(analyser.locator("[data-part=spoken]")).to_be_empty()
    assert [request.url for request in requests if request.method != "GET" or request.post_data] == []
    assert [request.url for request in requests if "/assets/" not in request.url] == []
    assert "small" not in page.url


def test_the_sample_is_read_in_every_language(open_page: OpenPage) -> None:
    """Each has its own, with a history of stages; the figures are written as the language writes them."""
    for language in LANGUAGES:
        page = open_page(f"{folder_of(language)}{PAGE}", width=360)
        analyser = analyser_of(page)
        analyser.locator("[data-do=sample]").click()
        shown(analyser)
        expect(analyser.locator("[data-table=stage_conversion] tbody tr")).not_to_have_count(0)
        expect(analyser.locator("[data-part=charts] figure")).not_to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert analyser.locator("[data-part=tiles] output").evaluate_all(BROKEN) == []


def test_work_on_a_large_file_is_counted_and_can_be_stopped(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    """Stopped, the page shows what it showed before, says so, and is ready for another file."""
    large = tmp_path / "large.csv"
    line = "{},Won,100,2025-01-01,2025-02-01,{}\n"
    with large.open("w", encoding="utf-8") as file:
        file.write("Id,Stage,Amount,Created,Closed,Note\n")
        file.writelines(line.format(number, "x" * (number % 50)) for number in range(ROWS_TO_STOP))
    page = open_page(PAGE)
    analyser = analyser_of(page)
    choose(analyser, small)
    before = analyser.locator("[data-part=headline]").inner_text()

    analyser.locator("[data-part=files]").set_input_files(large)
    expect(analyser.locator("[data-part=count]")).to_contain_text("rows")
    analyser.locator("[data-do=cancel]").click()
    expect(analyser.locator("[data-part=stopped]")).to_be_visible(timeout=1000)
    expect(analyser.locator("[data-part=progress]")).to_be_hidden()
    expect(analyser.locator("[data-part=headline]")).to_have_text(before)
    expect(analyser.locator("[data-part=files]")).to_be_focused()
    figure(analyser, "won").locator("[data-do=rows]").click()
    expect(analyser.locator("[data-part=rows-text]")).to_have_text("6 deals")


@pytest.mark.parametrize("name", ["picture.csv", "empty.csv"])
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    open_page: OpenPage, small: Path, tmp_path: Path, name: str
) -> None:
    """Beside the drop zone, and nothing that was there is lost."""
    unusable = tmp_path / name
    unusable.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64) if name == "picture.csv" else b"")
    analyser = analyser_of(open_page(PAGE))
    choose(analyser, small)
    before = analyser.locator("[data-part=headline]").inner_text()

    analyser.locator("[data-part=files]").set_input_files(unusable)
    expect(analyser.locator("[data-part=refused] .calculator__error")).to_have_count(1)
    expect(analyser.locator("[data-part=refused]")).to_be_focused()
    expect(analyser.locator("[data-part=refused]")).to_be_in_viewport()
    expect(analyser.locator("[data-part=refused]")).to_contain_text(f"“{name}”")
    expect(analyser.locator("[data-part=refused]")).to_contain_text("still of small.csv")
    expect(analyser.locator("[data-part=headline]")).to_have_text(before)
    choose(analyser, small)
    expect(analyser.locator("[data-part=refused]")).to_be_hidden()


def test_what_was_understood_is_corrected_by_keyboard(open_page: OpenPage, small: Path) -> None:
    """The figures follow at once, and the focus stays where it was."""
    page = open_page(PAGE)
    analyser = analyser_of(page)
    choose(analyser, small)
    analyser.locator("[data-part=confirm] > summary").focus()
    page.keyboard.press("Enter")
    role = analyser.get_by_role("group", name="Stage").locator("select")
    role.focus()
    expect(role).to_have_value("stage")

    word = analyser.locator('select[data-name="Proposal"]')
    word.focus()
    word.select_option("lost")
    shown(analyser)
    expect(figure(analyser, "win_rate").locator("output")).to_have_text("50%")
    expect(word).to_be_focused()
    amount = analyser.locator('select[data-name="Amount"]')
    amount.focus()
    amount.select_option("")
    shown(analyser)
    expect(analyser.locator('[data-figure="deal_size.mean"]')).to_have_attribute("data-missing", "")
    expect(analyser.locator('select[data-name="Amount"]')).to_be_focused()
    analyser.locator("[data-do=confirm]").click()
    expect(analyser.locator("[data-part=confirmed]")).to_be_visible()
    expect(analyser.locator("[data-part=headline]")).to_be_focused()


def test_answers_are_kept_as_a_file_and_only_if_asked_in_the_browser(
    open_page: OpenPage, small: Path, tmp_path: Path
) -> None:
    """The next file of the same kind is read as this one was."""
    page = open_page(PAGE)
    analyser = analyser_of(page)
    choose(analyser, small)
    analyser.locator("[data-part=confirm] > summary").click()
    analyser.locator('select[data-name="Proposal"]').select_option("lost")
    shown(analyser)
    assert page.evaluate("localStorage.getItem('playbook-analyser-answers')") is None
    with page.expect_download() as saved:
        analyser.locator("[data-save=mapping]").click()
    mapping = tmp_path / "answers.json"
    saved.value.save_as(mapping)
    assert json.loads(mapping.read_text(encoding="utf-8"))["outcomes"]["Proposal"] == "lost"

    analyser.locator("[data-part=remember]").check()
    page.reload()
    choose(analyser_of(page), small)
    expect(figure(analyser, "win_rate").locator("output")).to_have_text("50%")
    analyser.locator("[data-part=confirm] > summary").click()
    analyser.locator("[data-part=remember]").uncheck()
    assert page.evaluate("localStorage.getItem('playbook-analyser-answers')") is None
    page.reload()
    choose(analyser_of(page), small)
    expect(figure(analyser, "win_rate").locator("output")).to_have_text("60%")
    analyser.locator("[data-part=mapping-file]").set_input_files(mapping)
    expect(figure(analyser, "win_rate").locator("output")).to_have_text("50%")


def test_a_doubt_is_decided_on_a_phone(open_page: OpenPage) -> None:
    """The question comes first, each choice with what it changes; the decision can be changed again."""
    page = open_page(PAGE, width=360, height=640)
    analyser = analyser_of(page)
    choose(analyser, KEY / "01-date-order-open.csv")
    doubt = analyser.locator(".analyser__doubt[data-open]")
    expect(doubt).to_be_in_viewport()
    expect(doubt.locator("input").first).to_be_focused()
    effects = doubt.locator(".analyser__effect").all_inner_texts()
    assert len(set(effects)) == len(effects) == 2

    # Not `check`: the answer may draw the question anew before that has looked whether it is checked.
    doubt.get_by_role("radio").first.click()
    shown(analyser)
    expect(doubt).to_have_count(0)
    # After the last answer, what the pipeline says.
    expect(analyser.locator("[data-part=headline]")).to_be_focused()
    expect(figure(analyser, "cycle.median_days").locator("output")).to_be_visible()
    first = text_of(analyser, "cycle.median_days")
    analyser.locator(".analyser__doubt").get_by_role("radio").last.click()
    shown(analyser)
    expect(figure(analyser, "cycle.median_days").locator("output")).not_to_have_text(first)
    analyser.locator(".analyser__doubt [data-do=undo]").click()
    shown(analyser)
    expect(doubt).to_have_count(1)


def test_a_question_without_examples_has_room_for_its_choices(open_page: OpenPage, tmp_path: Path) -> None:
    """What a word means is asked in lines that can be read, on a phone as well."""
    codes = tmp_path / "codes.csv"
    codes.write_text("Deal,Status\nA,1\nB,2\nC,3\n", encoding="utf-8")
    page = open_page(folder_of("ko") + PAGE, width=360, height=760)
    analyser = analyser_of(page)
    choose(analyser, codes)
    choices = analyser.locator(".analyser__doubt label").filter(visible=True)
    expect(choices.first).to_be_visible()
    for box in (choice.bounding_box() for choice in choices.all()):
        assert box is not None
        assert box["width"] > 150
        assert box["height"] < 200


def test_a_figure_leads_to_its_rows(open_page: OpenPage, export: Path, tmp_path: Path) -> None:
    """They are shown a page at a time, saved whole, and the reader comes back to the figure."""
    page = open_page(PAGE, width=360)
    analyser = analyser_of(page)
    choose(analyser, export)
    won = int(text_of(analyser, "won"))
    button = figure(analyser, "won").locator("[data-do=rows]")
    button.click()
    dialog = analyser.locator("dialog[open]")
    rows = dialog.locator("tbody tr")
    expect(rows).to_have_count(25)
    expect(dialog.locator("[data-part=rows-text]")).to_contain_text(f"of {won} deals")
    first = rows.first.inner_text()
    dialog.locator("[data-rows=after]").click()
    expect(rows.first).not_to_have_text(first)
    with page.expect_download() as saved:
        dialog.locator("[data-save=rows]").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert len(path.read_text(encoding="utf-8").splitlines()) >= won + 1
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_a_figure_opens_in_its_calculator(open_page: OpenPage, small: Path) -> None:
    """With the numbers of the file, so that solving and sensitivity work on them; back again, the file is there."""
    page = open_page(PAGE)
    wait_for_instant_navigation(page)
    analyser = analyser_of(page)
    choose(analyser, small)
    figure(analyser, "win_rate").locator("[data-link=send]").click()
    calculator = page.locator("playbook-calculator[name=win-rate]")
    expect(calculator.locator("[name=won]")).to_have_value("6")
    expect(calculator.locator("[name=lost]")).to_have_value("4")
    expect(calculator.locator("output[name=win_rate]")).to_have_text("60%")

    page.go_back()
    expect(page.locator("playbook-analyser")).to_have_attribute("data-state", "shown")
    expect(analyser.locator("[data-part=headline]")).to_contain_text("60%")
    page.reload()
    expect(analyser_of(page).locator("[data-part=left]")).to_be_visible()


def test_filters_act_on_all_and_stand_in_the_address_as_numbers(open_page: OpenPage, export: Path) -> None:
    """A link with them holds no name of the file, and the theme's mark of the heading that is read does no harm."""
    page = open_page(PAGE)
    analyser = analyser_of(page)
    choose(analyser, export)
    everyone = text_of(analyser, "deals")
    analyser.locator("[data-part=settings] > summary").click()
    owner = analyser.locator("[data-filter=owner]")
    name = owner.locator("option").nth(1).text_content() or ""
    owner.select_option("1")
    shown(analyser)
    expect(figure(analyser, "deals").locator("output")).not_to_have_text(everyone)
    expect(analyser.locator("[data-part=chosen]")).to_have_text(name)
    expect(page).to_have_url(re.compile(r"\?owner=1(#|$)"))
    some = text_of(analyser, "deals")
    # The theme writes the heading that is being read.
    page.mouse.wheel(0, 100_000)
    expect(page).to_have_url(re.compile(r"\?owner=1#sources$"))
    page.reload()
    choose(analyser_of(page), export)
    expect(figure(analyser, "deals").locator("output")).to_have_text(some)
    analyser.locator("[data-do=clear-filters]").click()
    shown(analyser)
    expect(figure(analyser, "deals").locator("output")).to_have_text(everyone)
    expect(page).not_to_have_url(re.compile("owner"))
    expect(analyser.locator("[data-part=filtered]")).to_be_hidden()
    expect(analyser.locator("[data-part=settings] > summary")).to_be_focused()


def test_quota_and_day_change_the_figures(open_page: OpenPage, export: Path) -> None:
    """The quota is answered beside its field; one that cannot be read is refused there, as typed, and stops nothing."""
    analyser = analyser_of(open_page(PAGE))
    choose(analyser, export)
    expect(figure(analyser, "coverage")).to_have_attribute("data-missing", "")
    analyser.locator("[data-part=settings] > summary").click()
    quota = analyser.locator("[data-setting=quota]")
    quota.fill("much")
    quota.blur()
    expect(analyser.locator("[data-error=quota]")).to_be_visible()
    expect(quota).to_have_value("much")
    shown(analyser)
    analyser.locator("[data-filter=owner]").select_option("1")
    expect(analyser.locator("[data-part=filtered]")).to_be_visible()
    expect(quota).to_have_value("much")
    expect(analyser.locator("[data-error=quota]")).to_be_visible()
    quota.fill("-5")
    quota.blur()
    expect(analyser.locator("[data-error=quota]")).to_contain_text("-5")
    quota.fill("2m")
    quota.blur()
    shown(analyser)
    expect(analyser.locator("[data-error=quota]")).to_be_hidden()
    expect(analyser.locator("[data-part=quota-answer]")).to_contain_text("×")
    expect(figure(analyser, "coverage").locator("output")).to_contain_text("×")


def test_the_report_is_printed_on_two_sheets(open_page: OpenPage, export: Path) -> None:
    """Whichever way it is printed: file and day, the picture with its charts drawn, every figure with its interval."""
    page = open_page(PAGE, width=360)
    analyser = analyser_of(page)
    choose(analyser, export)
    # From the menu of the browser, as the button does.
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2
    expect(analyser.locator(".analyser__section[open]")).to_have_count(0)
    page.emulate_media(media="print")
    expect(analyser).to_have_attribute("data-printing", "")
    for part in ("in-use", "as-of"):
        expect(analyser.locator(f"[data-part={part}]")).to_be_visible()
    expect(analyser.locator("[data-part=in-use]")).to_contain_text("deals.csv")
    expect(analyser.locator("[data-sheet=title]")).to_be_visible()
    expect(figure(analyser, "win_rate").get_by_text("95% interval")).to_be_visible()
    expect(analyser.locator(".analyser__section .calculator__notes").filter(visible=True).first).to_be_visible()
    expect(analyser.locator("[data-chart] svg").first).to_be_visible()
    expect(analyser.locator("[data-part=drop]")).to_be_hidden()
    expect(figure(analyser, "win_rate").locator("output")).to_be_visible()


def test_a_history_that_comes_later_is_joined_to_the_deals(open_page: OpenPage, tmp_path: Path) -> None:
    """The deals are still there: they need not be chosen again."""
    made = sample_of("en")
    deals, history = tmp_path / "deals.csv", tmp_path / "stages.csv"
    deals.write_bytes(made.deals)
    history.write_bytes(made.history)
    analyser = analyser_of(open_page(PAGE))
    choose(analyser, deals)
    expect(analyser.locator("[data-table=stage_conversion]")).to_have_count(0)
    choose(analyser, history)
    expect(analyser.locator("[data-part=in-use]")).to_contain_text("stages.csv")
    expect(analyser.locator("[data-part=in-use]")).to_contain_text("deals.csv")
    expect(analyser.locator("[data-part=refused]")).to_be_hidden()
    expect(analyser.locator("[data-table=stage_conversion] tbody tr")).not_to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_short_table_is_a_box_to_scroll_in(open_page: OpenPage, export: Path, width: int) -> None:
    """What a finger scrolls is the page."""
    page = open_page(PAGE, width=width)
    analyser = analyser_of(page)
    choose(analyser, export)
    analyser.evaluate("analyser => { for (const part of analyser.querySelectorAll('details')) part.open = true; }")
    analyser.locator("[data-section=slices]").scroll_into_view_if_needed()
    cut = """boxes => boxes.filter(box => box.querySelectorAll("tbody tr").length < 25)
        .filter(box => box.scrollHeight > box.clientHeight + 1).map(box => box.textContent.slice(0, 40))"""
    boxes = analyser.locator(".calculator__scroll:has(tbody tr)")
    expect(boxes).not_to_have_count(0)
    assert boxes.evaluate_all(cut) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_can_be_read(open_page: OpenPage, language: str) -> None:
    """Two sheets in every language: nothing wider than the paper, to which it would all be shrunk, and no text tiny."""
    page = open_page(f"{folder_of(language)}{PAGE}", width=PAPER)
    analyser = analyser_of(page)
    analyser.locator("[data-do=sample]").click()
    expect(analyser).to_have_attribute("data-state", "working")
    shown(analyser)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2
    page.emulate_media(media="print")
    expect(analyser).to_have_attribute("data-printing", "")
    expect(analyser.locator("[data-chart] svg").first).to_be_visible()
    assert analyser.evaluate(OFF_THE_PAPER) == []
    assert analyser.evaluate(TOO_SMALL, 5.8) == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_everyone_can_use_it(open_page: OpenPage, export: Path, width: int, scheme: str) -> None:
    """No problem of accessibility, nothing wider than the screen, with all that folds opened."""
    page = open_page(PAGE, width=width, scheme=scheme)
    analyser = analyser_of(page)
    choose(analyser, export)
    analyser.evaluate("analyser => { for (const part of analyser.querySelectorAll('details')) part.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert problems(page) == []


def test_without_scripts_a_sentence_says_what_still_works(open_page: OpenPage) -> None:
    """And no button is there that would do nothing."""
    page = open_page(PAGE, javascript=False)
    expect(page.locator("playbook-analyser noscript p")).to_be_visible()
    expect(page.locator("playbook-analyser button:visible")).to_have_count(0)


def test_a_sample_that_does_not_come_is_given_up_with_a_sentence(plain_page: Page, server: SiteServer) -> None:
    """Meanwhile it says that it loads, and can be cancelled; trying again works once the line does."""
    plain_page.context.route("**/*.csv", lambda _route: None)
    plain_page.clock.install()
    plain_page.goto(server.address + PAGE)
    analyser = analyser_of(plain_page)
    sample = analyser.locator("[data-do=sample]")
    sample.click()
    analyser.locator("[data-do=cancel]").click()
    expect(analyser.locator("[data-part=stopped]")).to_be_visible()

    sample.click()
    expect(analyser.locator("[data-part=progress]")).to_be_visible()
    failed = analyser.locator("[data-part=failed] p[data-failure=offline]")
    for _ in range(60):
        if failed.is_visible():
            break
        plain_page.clock.run_for(1000)
    expect(failed).to_be_visible()
    expect(analyser.locator("[data-part=progress]")).to_be_hidden()
    plain_page.context.unroute("**/*.csv")
    plain_page.clock.resume()
    analyser.locator("[data-part=failed] [data-remedy=retry]").click()
    shown(analyser)


def test_trying_again_asks_what_failed(plain_page: Page, server: SiteServer) -> None:
    """A file to take along whose modules did not come is made once they do, without going back to its button."""
    plain_page.context.route("**/workbook-*.bin", lambda route: route.abort())
    plain_page.goto(server.address + PAGE)
    analyser = analyser_of(plain_page)
    analyser.locator("[data-do=sample]").click()
    shown(analyser)
    analyser.locator("[data-save=workbook]").click()
    expect(analyser.locator("[data-part=failed] p[data-failure=offline]")).to_be_visible()

    plain_page.context.unroute("**/workbook-*.bin")
    with plain_page.expect_download() as saved:
        analyser.locator("[data-part=failed] [data-remedy=retry]").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    expect(analyser.locator("[data-part=failed]")).to_be_hidden()


@pytest.mark.parametrize(
    "failing",
    [
        'WebAssembly.instantiate = async () => { throw new RangeError("Out of memory"); };',
        'addEventListener("message", ({ data }) => { if (data.question) throw new Error("out of memory"); });',
    ],
)
def test_without_memory_the_file_is_not_called_broken(plain_page: Page, server: SiteServer, failing: str) -> None:
    """What is short and what helps is said, and trying again reads the file once there is room."""
    plain_page.context.route("**/analyser_worker*", rewritten(lambda script: failing + script))
    plain_page.goto(server.address + PAGE)
    analyser = analyser_of(plain_page)
    analyser.locator("[data-do=sample]").click()
    expect(analyser.locator("[data-part=failed] p[data-failure=memory]")).to_be_visible()
    expect(analyser.locator("[data-part=failed] p:visible")).to_have_count(1)

    plain_page.context.unroute("**/analyser_worker*")
    analyser.locator("[data-part=failed] [data-remedy=retry]").click()
    shown(analyser)


def test_an_earlier_export_gives_the_waterfall(open_page: OpenPage, tmp_path: Path) -> None:
    """Two files, joined by id; what is refused is said beside the button, and the numbers go to the calculator."""
    head = "Deal ID,Stage,Amount,Create date,Close date\n"
    later, earlier, nameless = (tmp_path / name for name in ("later.csv", "earlier.csv", "nameless.csv"))
    before = "1,Proposal,400,2026-05-02,2026-08-15\n2,Proposal,300,2026-05-03,2026-09-10\n"
    earlier.write_text(head + before, encoding="utf-8")
    nameless.write_text((head + before).replace("Deal ID", "Place"), encoding="utf-8")
    later.write_text(
        head + "1,Closed won,350,2026-05-02,2026-08-20\n2,Proposal,300,2026-05-03,2026-11-10\n", encoding="utf-8"
    )
    page = open_page(PAGE)
    analyser = analyser_of(page)
    choose(analyser, later)
    compared, steps = analyser.locator("[data-part=compared]"), analyser.locator("[data-part=steps]")
    analyser.locator("details[data-part=waterfall] > summary").click()
    expect(analyser.locator("[data-part=first]")).to_have_value("2026-07-01")

    analyser.locator("[data-part=earlier]").set_input_files(nameless)
    expect(compared).to_contain_text("nameless.csv")
    expect(steps).to_be_hidden()

    analyser.locator("[data-part=earlier]").set_input_files(earlier)
    expect(compared).to_have_text(
        "The pipeline of the period shrank from 700 to 0. The largest part of what left it was won: 350."
    )
    expect(steps.locator("tbody tr")).to_have_count(10)
    expect(steps.locator("tbody tr").nth(6)).to_contain_text("-300")

    analyser.locator("[data-part=last]").fill("2026-12-31")
    expect(compared).to_contain_text("shrank from 700 to 300.")

    steps.locator("a").click()
    expect(page.locator("playbook-calculator [name=start_value]")).to_have_value("700")
    expect(page.locator("playbook-calculator output[name=end_value]")).to_have_text("300")
