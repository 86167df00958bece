"""What could be two things is asked beside the field, one click each; what was removed or replaced can be had back."""

import pytest
from playwright.sync_api import Locator, expect

from calculators.core.words.catalogue import LANGUAGES
from tests.browser.test_calculator_tools import cells, embedded, paste
from tests.support import OpenPage, problems


def field(calculator: Locator, name: str) -> Locator:
    """Return the control of an input."""
    return calculator.locator(f"[name={name}]")


def offers(calculator: Locator) -> Locator:
    """Return the buttons that say what an input may mean."""
    return calculator.locator("[data-offers] button")


def undo(calculator: Locator) -> None:
    """Take the last change back."""
    calculator.locator("[data-control=undo]").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rate_typed_as_a_fraction(open_page: OpenPage, language: str) -> None:
    """Both readings stand below the field on a phone; by keyboard, the first brings the result and the focus back."""
    calculator = embedded(open_page, "sales-velocity", language, width=360)
    page = calculator.page
    typed = "0,25" if language == "el" else "0.25"

    field(calculator, "win_rate").fill(typed)
    expect(calculator).to_have_attribute("data-state", "invalid")
    expect(offers(calculator)).to_have_count(2)
    assert offers(calculator).all_inner_texts() == ["25%", f"{typed}%"]
    assert not problems(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(calculator).to_have_attribute("data-state", "ready")
    expect(offers(calculator)).to_have_count(0)
    expect(field(calculator, "win_rate")).to_be_focused()
    assert calculator.locator("output[name=revenue_per_day]").get_attribute("data-value") == "2777.777777777778"


def test_an_amount_that_could_be_two(open_page: OpenPage) -> None:
    """3억5 is asked about; the answer stands in the field, and undo brings back what was typed."""
    calculator = embedded(open_page, "sales-velocity", "ko")
    amount = field(calculator, "average_deal_size")

    amount.fill("3억5")
    expect(offers(calculator)).to_have_text(["350,000,000(3.5억)", "300,000,005(약 3억)"])
    offers(calculator).first.click()
    expect(calculator).to_have_attribute("data-state", "ready")
    expect(amount).to_have_value("350,000,000")

    undo(calculator)
    expect(amount).to_have_value("3억5")


def test_the_other_habit_of_marks_is_said(open_page: OpenPage) -> None:
    """25.000 is read as 25 and says so, beside a result; the other reading is one click away."""
    calculator = embedded(open_page, "sales-velocity")
    amount = field(calculator, "average_deal_size")

    amount.fill("25.000")
    amount.blur()
    expect(calculator.locator("[data-remark=average_deal_size]")).to_contain_text("25,000")
    expect(amount).to_have_value("25.000")
    offers(calculator).nth(1).click()

    expect(calculator.locator("[data-remark=average_deal_size]")).to_be_hidden()
    expect(amount).to_have_value("25,000")


def test_a_paste_replaces_the_untouched_example(open_page: OpenPage) -> None:
    """The reader's rows and none of the example's; undo brings the example back."""
    calculator = embedded(open_page, "weighted-forecast")
    example = cells(calculator, "name")

    paste(calculator.locator("[data-column=name]").first, "Alpha;1000;50%\nBeta;2000;25%\nGamma;300;10%\n")
    expect(calculator.locator("[data-input=deals] tbody tr")).to_have_count(3)
    assert cells(calculator, "value") == ["1000", "2000", "300"]
    expect(calculator.locator("output[name=weighted_value]")).to_have_attribute("data-value", "1030")

    undo(calculator)
    expect(calculator.locator("[data-input=deals] tbody tr")).to_have_count(len(example))
    assert cells(calculator, "name") == example


def test_a_paste_into_edited_rows_asks(open_page: OpenPage) -> None:
    """Saying how many rows stay; nothing changes until the reader has chosen."""
    calculator = embedded(open_page, "weighted-forecast", width=360)
    first = calculator.locator("[data-column=name]").first
    first.fill("Mine")
    rows = len(cells(calculator, "name"))

    paste(first, "Alpha\t1000\t50%\nBeta\t2000\t25%\n")
    expect(offers(calculator)).to_have_count(4)
    assert cells(calculator, "name")[0] == "Mine"
    expect(offers(calculator).first).to_be_focused()
    assert str(rows) in offers(calculator).nth(2).inner_text()
    offers(calculator).nth(2).click()

    expect(calculator.locator("[data-input=deals] tbody tr")).to_have_count(rows + 2)
    assert cells(calculator, "name")[-2:] == ["Alpha", "Beta"]


def test_a_block_that_is_refused_changes_nothing(open_page: OpenPage) -> None:
    """Five columns for a table of three: a sentence, and the rows as they were."""
    calculator = embedded(open_page, "weighted-forecast")
    before = cells(calculator, "name")

    paste(calculator.locator("[data-column=name]").first, "a\tb\tc\td\te\n1\t2\t3\t4\t5\n")

    expect(calculator.locator("[data-pasted-into=deals]")).to_contain_text("Nothing was pasted")
    assert cells(calculator, "name") == before


def test_two_cells_pasted_into_one_field(open_page: OpenPage) -> None:
    """They are not joined to one number, as the browser would: which one is meant is asked."""
    calculator = embedded(open_page, "sales-velocity")
    amount = field(calculator, "average_deal_size")
    amount.fill("")

    paste(amount, "82000\n85000\n")
    expect(offers(calculator)).to_have_text(["82,000", "85,000"])
    offers(calculator).last.click()
    expect(amount).to_have_value("85,000")

    amount.fill("")
    paste(amount, "82000\r\n")
    expect(amount).to_have_value("82000")


def test_a_removed_row_and_a_reset_come_back(open_page: OpenPage) -> None:
    """Also what was typed between the change and taking it back."""
    calculator = embedded(open_page, "stage-conversion")
    names = cells(calculator, "name")

    calculator.locator("[data-row=remove]").nth(1).click()
    expect(calculator.locator("[data-part=undo]")).to_be_visible()
    calculator.locator("[data-column=name]").first.fill("Visitor")
    undo(calculator)
    assert cells(calculator, "name") == names
    undo(calculator)
    assert cells(calculator, "name") == ["Visitor", *names[2:]]

    calculator.locator("button[type=reset]").click()
    assert cells(calculator, "name") == names
    undo(calculator)
    assert cells(calculator, "name") == ["Visitor", *names[2:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_results_in_words(open_page: OpenPage, language: str) -> None:
    """Beside the exact figure, as people of the language say it; gone when the result is small again."""
    calculator = embedded(open_page, "average-deal-size", language)
    words = calculator.locator("[data-words=average_deal_size]")
    expect(words).to_have_text("")

    field(calculator, "won_revenue").fill("2500000000")
    expect(words).to_have_text({"en": "125 million", "ko": "약 1.3억", "ja": "約1.3億", "el": "125 εκ."}[language])

    field(calculator, "won_revenue").fill("2500")
    expect(words).to_have_text("")
