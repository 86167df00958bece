"""Self-checks and checklists: by keyboard and pointer, with and without scripts, and what they keep."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import OpenPage, in_both_palettes, problems, wait_for_instant_navigation

QUIZ = "pipeline/"
CHECKLIST = "pipeline/stages/"


def first_question(page: Page) -> Locator:
    """Return the first question of a page, once it can be answered."""
    question = page.locator("[data-part=question]").first
    expect(question.locator("[data-part=solution]")).to_be_hidden()
    return question


def stored(page: Page) -> list[str]:
    """Return the names of what the page keeps, but for the colours."""
    names: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return [name for name in names if "palette" not in name]


@pytest.mark.parametrize("folder", ["", "ko/", "el/"])
def test_a_quiz_by_pointer(open_page: OpenPage, folder: str) -> None:
    """A choice is answered at once, in words, with the reason, and can be changed."""
    question = first_question(open_page(folder + QUIZ))
    explanation = question.locator("[data-part=explanation]").text_content() or "-"
    verdict = question.locator("[data-part=verdict]")
    expect(verdict).to_be_empty()

    question.locator("label:has(input[value=wrong])").first.click()
    expect(verdict).to_contain_text(explanation)
    wrong = verdict.text_content()
    question.locator("label:has(input[value=right])").click()
    expect(verdict).to_contain_text(explanation)
    assert verdict.text_content() != wrong
    expect(verdict.locator("svg")).to_have_attribute("aria-hidden", "true")


def test_a_quiz_by_keyboard(open_page: OpenPage) -> None:
    """Arrow keys pass over answers without giving the solution away; Enter, the space bar and the button check."""
    page = open_page(QUIZ)
    question = first_question(page)
    verdict = question.locator("[data-part=verdict]")
    question.locator("input").first.focus()
    page.keyboard.press("Space")
    expect(verdict).to_contain_text("Not right.")
    page.keyboard.press("ArrowDown")
    expect(verdict).to_be_empty()
    page.keyboard.press("ArrowDown")
    expect(question.locator("input").nth(2)).to_be_checked()
    expect(verdict).to_be_empty()
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("Right.")
    page.keyboard.press("ArrowUp")
    expect(verdict).to_be_empty()
    page.keyboard.press("Tab")
    expect(question.locator("[data-control=check]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("Not right.")


def test_a_quiz_keeps_nothing(open_page: OpenPage) -> None:
    """Neither storage nor address know the answer, and a reload forgets it."""
    page = open_page(QUIZ)
    address = page.url
    before = stored(page)
    question = first_question(page)
    question.locator("label").first.click()
    expect(question.locator("[data-part=verdict]")).not_to_be_empty()
    assert stored(page) == before
    # Scrolled to, a section may stand in the address (the theme's `navigation.tracking`), and nothing else.
    now, _, section = page.url.partition("#")
    assert now == address
    assert not section or page.locator(f"h2#{section}").count()
    page.reload()
    expect(first_question(page).locator("input:checked")).to_have_count(0)


def test_a_quiz_without_scripts(open_page: OpenPage) -> None:
    """The solution opens like any other details, and nothing offers to check."""
    page = open_page(QUIZ, javascript=False)
    question = page.locator("[data-part=question]").first
    expect(question.locator("[data-control=check]")).to_be_hidden()
    question.locator("summary").click()
    expect(question.locator("[data-part=explanation]")).to_be_visible()


def test_a_quiz_after_instant_navigation(open_page: OpenPage) -> None:
    """A page that came without a full load answers too."""
    page = open_page(CHECKLIST)
    page.evaluate("window.kept = true")
    wait_for_instant_navigation(page)
    page.locator("nav.md-nav--primary a[href$='pipeline/'], nav.md-nav--primary a[href='../']").first.click()
    expect(page).to_have_url(re.compile(r"/pipeline/$"))
    first_question(page).locator("label").first.click()
    expect(page.locator("[data-part=verdict]").first).not_to_be_empty()
    assert page.evaluate("window.kept")


def test_ticks_are_kept_beyond_the_visit_only_when_asked(open_page: OpenPage) -> None:
    """For the visit in any case, the same in every language; in a new one if switched on."""
    page = open_page(CHECKLIST)
    address = page.url
    ticks = page.locator("[data-tick]")
    remember = page.locator("[data-control=remember-ticks]")
    checked = page.locator("[data-tick]:checked")
    ticks.nth(0).check()
    page.goto(address.replace("/pipeline/stages/", "/ko/pipeline/stages/"))
    expect(checked).to_have_count(1)
    expect(ticks.nth(0)).to_be_checked()
    expect(remember).not_to_be_checked()
    another = page.context.new_page()
    another.goto(address)
    expect(another.locator("[data-control=remember-ticks]")).to_be_visible()
    expect(another.locator("[data-tick]:checked")).to_have_count(0)

    remember.check()
    ticks.nth(2).check()
    another.reload()
    expect(another.locator("[data-tick]:checked")).to_have_count(2)
    expect(another.locator("[data-control=remember-ticks]")).to_be_checked()
    another.locator("[data-control=remember-ticks]").uncheck()
    assert "playbook-ticks:pipeline/stages/" not in stored(another)


def test_ticks_stay_with_their_items(open_page: OpenPage) -> None:
    """What an earlier release kept by place is read; an item that is gone and what is unreadable stay."""
    page = open_page(CHECKLIST)
    key = "playbook-ticks:pipeline/stages/"
    ticks = page.locator("[data-tick]")
    page.evaluate("key => localStorage.setItem(key, JSON.stringify([1, 'gone']))", key)
    page.reload()
    expect(page.locator("[data-tick]:checked")).to_have_count(1)
    expect(ticks.nth(1)).to_be_checked()
    ticks.nth(0).check()
    kept = page.evaluate("key => JSON.parse(localStorage.getItem(key))", key)
    # In whatever order: the latest tick may stand at the end.
    assert sorted(kept) == sorted(["gone", *ticks.evaluate_all("ticks => [0, 1].map(at => ticks[at].dataset.tick)")])

    page.evaluate("key => { localStorage.setItem(key, '{later'); sessionStorage.clear(); }", key)
    page.reload()
    expect(page.locator("[data-control=remember-ticks]")).to_be_visible()  # what is ticked now, the script sees
    ticks.nth(3).check()
    assert page.evaluate("key => localStorage.getItem(key)", key) == "{later"


def test_each_page_has_ticks_of_its_own(open_page: OpenPage) -> None:
    """Switching it on for one page says nothing about another."""
    page = open_page(CHECKLIST)
    page.locator("[data-control=remember-ticks]").check()
    page.goto(page.url.replace("stages", "product-mix"))
    remember = page.locator("[data-control=remember-ticks]")
    expect(remember).to_be_visible()
    expect(remember).not_to_be_checked()


@pytest.mark.parametrize("path", ["pipeline/", "ko/" + CHECKLIST, "el/" + CHECKLIST])
def test_boxes_stand_in_the_middle_of_their_line(open_page: OpenPage, path: str) -> None:
    """Ticks and answers are on the height of the words they belong to, whatever the font."""
    page = open_page(path)
    expect(page.locator("article :is(.quiz__answer, .task-list-item) input").first).to_be_visible()
    off = page.locator("article :is(.quiz__answer, .task-list-item) input").evaluate_all("""boxes => boxes.map(box => {
        const [words] = box.parentElement.querySelector("span").getClientRects();
        const { top, bottom } = box.getBoundingClientRect();
        return Math.abs(top + bottom - words.top - words.bottom) / 2;
    })""")
    assert max(off) <= 2


def test_a_box_is_named_by_its_item(open_page: OpenPage) -> None:
    """A screen reader says what is ticked, and a click on the words ticks."""
    page = open_page(CHECKLIST)
    words = page.locator(".task-list-item").first
    name = (words.text_content() or "").strip()
    words.locator("span").first.click()
    expect(page.get_by_role("checkbox", name=name)).to_be_checked()


@pytest.mark.parametrize("path", [QUIZ, "ko/" + CHECKLIST, "el/reference/glossary/", "ja/reference/sources/"])
def test_accessibility(open_page: OpenPage, path: str) -> None:
    """axe-core finds nothing, also in an answered quiz, and a phone scrolls one way."""
    page = open_page(path, width=360)
    for label in page.locator("[data-part=question] label").all()[:4]:
        label.click()
    assert [f"{palette}: {text}" for palette in in_both_palettes(page) for text in problems(page)] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360


def test_a_marked_term_leads_to_its_definition(open_page: OpenPage) -> None:
    """The definition is the title of the link, and the first sentence of the entry it leads to."""
    page = open_page("pipeline/mistakes/")
    term = page.locator("a.term").first
    definition = term.get_attribute("title") or "-"
    term.click()
    expect(page).to_have_url(re.compile(r"/reference/glossary/#[\w-]+$"))
    expect(page.locator("h3:target + p")).to_have_text(definition)


def test_the_markdown_of_a_page_can_be_opened(open_page: OpenPage) -> None:
    """The link at the foot leads to a file that the server has."""
    page = open_page("metrics/win-rate/")
    link = page.locator(".page-end a[type='text/markdown']")
    answer = page.request.get(page.evaluate("element => element.href", link.element_handle()))
    assert answer.ok
    assert answer.text().startswith("# Win rate\n")
