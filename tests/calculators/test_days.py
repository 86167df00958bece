"""Days of the calendar: counted as spreadsheet programs do, read as people write them, never guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.days import Day
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.exploring.compare import compare
from calculators.core.numbers import calendar_days
from calculators.core.numbers.numerals import numerals
from calculators.core.running.run import run_text
from calculators.core.taking_along.links import from_link, to_link
from calculators.core.taking_along.sheet import lay_out
from calculators.core.taking_along.text_and_csv import as_csv
from calculators.core.words.catalogue import LANGUAGES

FIRST, LAST = Decimal(36_526), Decimal(109_574)
DAY = Day(label="Day", is_whole=True, minimum=FIRST, maximum=LAST)
days = st.dates(date(2000, 1, 1), date(2199, 12, 31))

READ = {
    "en": {
        "2026-12-01": "2026-12-01",
        "2026/12/1": "2026-12-01",
        "1 Dec 2026": "2026-12-01",
        "1st December 2026": "2026-12-01",
        "December 1, 2026": "2026-12-01",
        "Tue, 1 December 2026": "2026-12-01",
        "Sept. 5, 2026": "2026-09-05",
        "5-May-2026": "2026-05-05",
        "13/4/2026": "2026-04-13",
        "4/13/2026": "2026-04-13",
        "4/4/2026": "2026-04-04",
        "2026-12-01 00:00:00": "2026-12-01",
        "2026–12–01": "2026-12-01",
        "Tue 1/12/2026": "2026-12-01",
        "Mon, 1/12/2026": "2026-01-12",
        "1 December 2026, Tuesday": "2026-12-01",
    },
    "ko": {
        "2026년 12월 1일 화요일": "2026-12-01",
        "화요일, 2026. 12. 1.": "2026-12-01",
        "2026년 12월 1일": "2026-12-01",
        "2026. 12. 1.": "2026-12-01",
        "2026.12.1(화)": "2026-12-01",
        "26. 12. 1.": "2026-12-01",
        "2026-12-01": "2026-12-01",
        "1 Dec 2026": "2026-12-01",
    },
    "ja": {
        "2026年12月1日": "2026-12-01",
        "２０２６年１２月１日（火）": "2026-12-01",
        "2026/12/1": "2026-12-01",
        "26/12/1": "2026-12-01",
        "2026年12月1日火曜日": "2026-12-01",
        "2026年11月23日（月・祝）": "2026-11-23",
    },
    "el": {
        "1/12/2026": "2026-12-01",
        "1.12.26": "2026-12-01",
        "3/4/2026": "2026-04-03",
        "1 Δεκεμβρίου 2026": "2026-12-01",
        "1 Δεκέμβριος 2026": "2026-12-01",
        "Τρίτη 1 ΔΕΚ. 2026": "2026-12-01",
        "1η Δεκεμβρίου 2026": "2026-12-01",
        "ΠΑΡΑΣΚΕΥΉ 4/12/2026": "2026-12-04",
        "1 Ιουν 2026": "2026-06-01",
        "1 Ιουλ 2026": "2026-07-01",
        "5 Μαΐου 2026": "2026-05-05",
        "5 Μάιος 2026": "2026-05-05",
        "5 Μαρ 2026": "2026-03-05",
        "December 1, 2026": "2026-12-01",
        "2026-12-01": "2026-12-01",
    },
}


@given(st.integers(-600_000, 2_000_000))
def test_a_day_is_counted_as_the_standard_library_does(number: int) -> None:
    """For centuries around ours, leap years and all."""
    day = date(1899, 12, 30) + timedelta(number)

    assert calendar_days.parts(number) == (day.year, day.month, day.day)
    assert calendar_days.serial(day.year, day.month, day.day) == number
    assert calendar_days.to_iso(number) == day.isoformat()
    assert calendar_days.from_iso(day.isoformat()) == number
    assert calendar_days.is_weekend(number) == (day.weekday() >= 5)


@pytest.mark.parametrize("text", ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", ""])
def test_what_the_calendar_does_not_have_is_no_day(text: str) -> None:
    """Programs write each day in one way."""
    assert calendar_days.from_iso(text) is None


@pytest.mark.parametrize(("language", "typed", "day"), [(la, t, d) for la in READ for t, d in READ[la].items()])
def test_a_day_is_read_as_people_of_the_language_write_it(language: str, typed: str, day: str) -> None:
    """In figures, with names of months, with a day of the week or the beginning of a day behind it."""
    found = DAY.read_text("x", typed, numerals(language))

    assert calendar_days.to_iso(int(found or 0)) == day


@pytest.mark.parametrize(
    ("language", "typed", "days"),
    [
        ("en", "3/4/2026", ["2026-04-03", "2026-03-04"]),
        ("en", "3.4.26", ["2026-04-03", "2026-03-04"]),
        ("ko", "12/1/2026", ["2026-12-01", "2026-01-12"]),
        ("ja", "1/12/26", ["2026-01-12", "2026-12-01"]),
    ],
)
def test_a_day_with_two_readings_is_asked_about(language: str, typed: str, days: list[str]) -> None:
    """Never read silently: both are offered, and each offer reads back as that day."""
    with pytest.raises(InvalidInput) as refused:
        DAY.read_text("x", typed, numerals(language))

    error = refused.value
    assert error.code == "two_readings"
    read = [DAY.read_text("x", offer.value, numerals(language)) for offer in error.offers]
    assert [calendar_days.to_iso(int(day or 0)) for day in read] == days


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "30 Feb 2026",
        "1 2 3",
        "2026",
        "12/2026",
        "Ju 1 2026",
        "01/02/03",
        "32/1/2026",
        "1/1/123",
        "x",
        "1" * 5000,
        "46357",
    ],
)
def test_what_is_no_day_is_refused(language: str, typed: str) -> None:
    """With an example in the language, which is read there."""
    with pytest.raises(InvalidInput) as refused:
        DAY.read_text("x", typed, numerals(language))

    assert refused.value.code == "not_a_day"
    offered = DAY.offer(DAY.example(), numerals(language)).label
    assert DAY.read_text("x", offered, numerals(language)) == DAY.example()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    ["令和 26年12月1日", "昭和 60年12月1日", "(平成)30年1月1日", "13年1月26日", "8年12月26日", "1년 12월 26일",
     "before 1 Dec 2026", "2026. 12. 1. (음력)", "단기 59년 12월 1일"],
)  # fmt: skip
def test_the_year_of_an_era_is_not_read_as_one_of_ours(language: str, typed: str) -> None:
    """The 60th year of an era was read as 2060, and the 13th as a day of the month."""
    with pytest.raises(InvalidInput) as refused:
        DAY.read_text("x", typed, numerals(language))

    assert refused.value.code == "not_a_day"


@pytest.mark.parametrize(
    "typed", ["Monday, 2026-12-01", "2026年12月1日（月）", "2026. 12. 1. 수요일", "Τετάρτη 13/12/2026"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_with_another_day_of_the_week_is_none(language: str, typed: str) -> None:
    """December 1, 2026 is a Tuesday: one of the two is a slip, and nobody knows which."""
    with pytest.raises(InvalidInput) as refused:
        DAY.read_text("x", typed, numerals(language))

    assert refused.value.code == "not_a_day"


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=days)
def test_every_day_of_the_week_is_known(language: str, day: date) -> None:
    """Short and long, ahead and behind, in every language."""
    short = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    long = ("Δευτέρα", "Τρίτη", "Τετάρτη", "Πέμπτη", "Παρασκευή", "Σάββατο", "Κυριακή")
    place, iso = day.weekday(), day.isoformat()
    for typed in (
        f"{short[place]} {iso}",
        f"{long[place]}, {iso}",
        f"{iso}({'月火水木金土日'[place]})",
        f"{day.year}년 {day.month}월 {day.day}일 {'월화수목금토일'[place]}요일",
    ):
        assert DAY.read_text("x", typed, numerals(language)) == DAY.read_value("x", iso)


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=days)
def test_a_day_reads_back_in_every_form(language: str, day: date) -> None:
    """As it stands in a field, as a sentence has it, as a link and a file have it."""
    numbers = numerals(language)
    value = DAY.read_value("x", day.isoformat())
    assert value is not None

    for text in (DAY.write_text(value, numbers), DAY.show(value, numbers), DAY.to_link(value)):
        assert DAY.read_text("x", text, numbers) == value
    assert DAY.to_json(value, numbers) == DAY.to_link(value) == day.isoformat()


@pytest.mark.parametrize("raw", ["1999-12-31", "2200-01-01", "1e15", 5])
def test_a_day_outside_of_any_plan_is_refused(raw: object) -> None:
    """Such as the year 0206: a slip."""
    with pytest.raises(InvalidInput) as refused:
        DAY.read_value("x", raw)

    assert refused.value.code in {"day_out_of_range", "not_a_day"}


@pytest.mark.parametrize("raw", ["x", "", None, True, "46357.5", ["2026-12-01"], "3/4/2026", "9" * 5000])
def test_programs_write_a_day_in_one_way(raw: object) -> None:
    """Or give the number that spreadsheet programs have for it."""
    with pytest.raises(InvalidInput) as refused:
        DAY.read_value("x", raw)

    assert refused.value.code == "not_a_day"
    assert DAY.read_value("x", 46_357) == DAY.read_value("x", "2026-12-01")


def test_days_go_through_link_file_and_workbook() -> None:
    """As 2026-12-01 where programs read it; in a workbook as a cell that holds a day, which formulas count with."""
    result = run_text("mutual-action-plan", {"go_live": "1 Απριλίου 2027"}, "el")

    assert to_link(result) == "mutual-action-plan?go_live=2027-04-01"
    assert from_link(to_link(result), "ja").inputs.go_live == result.inputs.go_live
    assert "2027-04-01" in as_csv(result)
    (cell,) = [cell for cell in lay_out(result).cells if cell.value == result.inputs.go_live and not cell.formula]
    assert cell.format == "d/m/yyyy"


def test_days_differ_by_days_and_are_not_varied() -> None:
    """No share of a date is less of it, and the difference of two is no date."""
    before, after = (calculators.run("mutual-action-plan", {"go_live": day}) for day in ("2027-03-15", "2027-03-14"))

    assert compare(before, after)[0].difference == "-1 days"
    assert not before.calculator.variable_inputs
    assert set(before.calculator.figures) == {"slack", "days_late"}
