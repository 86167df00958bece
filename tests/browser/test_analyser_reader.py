"""Reading the analyser's page as a manager does: back and forward, which files, whose answers, nothing lost."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.test_analyser import PAGE, analyser_of, choose, export, figure, shown, small, text_of
from tests.support import OpenPage, wait_for_instant_navigation
from tools.samples.export import sample_of

__all__ = ["export", "small"]


def test_back_closes_the_rows_and_not_the_page(open_page: OpenPage, export: Path) -> None:
    """As one leaves what covers a phone; the figure is where it was, and the next back leaves the page."""
    page = open_page("pipeline/", width=360)
    wait_for_instant_navigation(page)
    page.locator("article a[href*=analyse]").first.click()
    analyser = analyser_of(page)
    choose(analyser, export)
    button = figure(analyser, "stalled").locator("[data-do=rows]")
    for leave in (page.go_back, lambda: page.keyboard.press("Escape")):
        button.click()
        expect(analyser.locator("dialog[open] tbody tr")).to_have_count(25)
        leave()
        expect(analyser.locator("dialog[open]")).to_have_count(0)
        expect(button).to_be_focused()
        expect(button).to_be_in_viewport()
        expect(page).to_have_url(re.compile(PAGE))
    page.go_back()
    expect(page).not_to_have_url(re.compile(PAGE))


def test_back_from_a_calculator_returns_to_the_figure(open_page: OpenPage, export: Path) -> None:
    """Its section is unfolded as it was, and stands where it stood, with all charts above it drawn."""
    page = open_page(PAGE, width=360)
    wait_for_instant_navigation(page)
    analyser = analyser_of(page)
    choose(analyser, export)
    link = figure(analyser, "velocity.live").locator("[data-link=send]")
    link.scroll_into_view_if_needed()
    before = link.evaluate("link => link.getBoundingClientRect().top")
    link.click()
    calculator = page.locator("playbook-calculator[name=sales-velocity]")
    expect(calculator).to_be_visible()
    for go in (page.go_back, page.go_forward, page.go_back):
        go()
        if go == page.go_forward:
            expect(calculator).to_be_visible()
            continue
        expect(link).to_be_in_viewport()
        page.wait_for_function(
            "([link, before]) => Math.abs(link.getBoundingClientRect().top - before) < 40",
            arg=[link.element_handle(), before],
        )


def test_files_in_use_are_named_and_the_history_can_go(open_page: OpenPage, tmp_path: Path) -> None:
    """What only the history tells goes with it."""
    made = sample_of("en")
    paths = [tmp_path / "stages.csv", tmp_path / "deals.csv"]
    for path, content in zip(paths, (made.history, made.deals), strict=True):
        path.write_bytes(content)
    analyser = analyser_of(open_page(PAGE, width=360))
    choose(analyser, *paths)
    in_use = analyser.locator("[data-part=in-use]")
    expect(in_use).to_contain_text("deals.csv")
    expect(in_use).to_contain_text("stages.csv")
    expect(analyser.locator("[data-table=stage_conversion]")).to_have_count(1)
    in_use.locator("[data-do=remove-history]").click()
    expect(in_use).not_to_contain_text("stages.csv")
    shown(analyser)
    expect(in_use).to_contain_text("deals.csv")
    expect(analyser.locator("[data-table=stage_conversion]")).to_have_count(0)


def test_words_come_before_columns_and_answers_can_be_taken_back(open_page: OpenPage, small: Path) -> None:
    """On a phone the columns are one line; a remembered answer says so once, and is forgotten with one button."""
    page = open_page(PAGE, width=360)
    analyser = analyser_of(page)
    choose(analyser, small)
    analyser.locator("[data-part=confirm] > summary").click()
    columns = analyser.locator("[data-part=used] > summary")
    word = analyser.locator('select[data-name="Proposal"]')
    for seen in (columns, word):
        expect(seen).to_be_visible()
    expect(analyser.locator('select[data-name="Amount"]')).to_be_hidden()
    assert word.bounding_box()["y"] < columns.bounding_box()["y"]  # type: ignore[index] # both are visible
    assert "" not in word.locator("option").evaluate_all("options => options.map(({ value }) => value)")

    word.select_option("lost")
    shown(analyser)
    undo = analyser.locator(".analyser__outcome [data-do=undo]:visible")
    expect(undo).to_have_count(1)
    undo.click()
    shown(analyser)
    expect(figure(analyser, "win_rate").locator("output")).to_have_text("60%")
    expect(word).to_be_focused()
    word.select_option("lost")
    shown(analyser)
    analyser.locator("[data-part=remember]").check()
    page.reload()
    choose(analyser_of(page), small)
    forget = analyser.locator("[data-do=forget]")
    expect(forget).to_have_count(1)
    assert text_of(analyser, "win_rate") == "50%"
    forget.click()
    expect(forget).to_have_count(0)
    shown(analyser)
    assert text_of(analyser, "win_rate") == "60%"
    assert page.evaluate("localStorage.getItem('playbook-analyser-answers')") is None
