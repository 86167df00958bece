"""Dates of a column: one order for all rows, or a question."""

import pytest

from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.gate.day_shapes import day_text, read_day, read_day_number
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.orders import ReadingOfColumn, decide_orders
from calculators.analysis.reading.table import Column


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-03", "2026-10-03"),
        ("2026/10/3", "2026-10-03"),
        ("2026.10.03", "2026-10-03"),
        ("2026. 10. 3. 오후 3:20", "2026-10-03"),
        ("2026년 10월 3일 10시 22분", "2026-10-03"),
        ("2026年10月3日(土) 10:20", "2026-10-03"),
        ("令和8年10月3日", "2026-10-03"),
        ("2026-10-03T10:22:00Z", "2026-10-03"),
        ("2026-10-03T23:59:58.123+09:00", "2026-10-03"),
        ("2026-10-03 10:22 PM PST", "2026-10-03"),
        ("3 Oct 2026", "2026-10-03"),
        ("03-Oct-26", "2026-10-03"),
        ("Oct 3, 2026", "2026-10-03"),
        ("Sat, 3 October 2026", "2026-10-03"),
        ("3 Οκτωβρίου 2026", "2026-10-03"),
        ("3. Oktober 2026", "2026-10-03"),
        ("1er mars 2026", "2026-03-01"),
        ("3 de octubre de 2026", "2026-10-03"),
        ("3 октября 2026 г.", "2026-10-03"),
    ],
)
def test_what_leaves_no_doubt_is_read(text: str, day: str) -> None:
    """Names of months, years in front and times in many languages; the day is the one that is written."""
    read = read_day(text)
    assert read is not None
    assert day_text(read.day) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "31/02/2026", "32/13/2026", "9999-12-31", "0000-00-00", "2026-10", "Q3 2026", "3-Oct", "5/6",
        "Deal 1", "1.5",
    ],
)  # fmt: skip
def test_what_is_no_day_is_not_rolled_over(text: str) -> None:
    """February has no thirtieth, and for ever is no date."""
    assert read_day(text) is None


def test_numbers_are_days_only_where_they_may_be() -> None:
    """A spreadsheet's serial, eight digits and seconds since 1970."""
    found = [read_day_number(text) for text in ("45934", "45934.5", "20251004", "1759536000", "1759536000000")]
    assert [day and day_text(day.day) for day in found] == ["2025-10-04"] * 5
    assert read_day_number("999") is None


def reading(*columns: list[str], decide: str = "") -> list[ReadingOfColumn]:
    """Return how columns of dates beside each other are read."""
    profiles = []
    for place, texts in enumerate(columns):
        column = Column(f"Date {place}")
        column.extend(texts)
        profiles.append(ColumnProfile(column, place))
    options = Mapping().with_decision("date_order", decide) if decide else Mapping()
    readings, _doubts = decide_orders(profiles, Choices(options=options))
    return [readings[place] for place in range(len(columns))]


def test_one_day_above_twelve_decides_for_all_rows() -> None:
    """Whether it is in the first row or the last."""
    assert reading(["01/02/2026", "03/04/2026", "13/05/2026"])[0].order == "day_first"
    assert reading(["01/13/2026", "03/04/2026", "05/06/2026"])[0].order == "month_first"


def test_a_sister_column_decides_and_is_named() -> None:
    """The same program wrote both."""
    alone, sister = reading(["01/02/2026", "03/04/2026"], ["25/02/2026", "03/04/2026"])
    assert (alone.order, alone.why, alone.values["other"]) == ("day_first", "sister_order", "Date 1")
    assert sister.why == "above_twelve"


def test_two_sisters_of_different_orders_decide_nothing() -> None:
    """Then only a person can."""
    assert reading(["01/02/2026"], ["25/02/2026"], ["02/25/2026"])[0].order is None


def test_dots_have_the_day_first() -> None:
    """Wherever they are used, but for the year in front."""
    assert reading(["03.04.2026", "01.02.2026"])[0].order == "day_first"


def test_two_orders_in_one_column_are_asked_about() -> None:
    """Days above twelve in both places."""
    assert reading(["13/05/2026", "05/13/2026"])[0].why == "mixed_orders"


def test_shapes_of_a_spreadsheet_that_swapped_are_asked_about() -> None:
    """Leading zeros in what was left as text, none in what was converted."""
    mixed = reading(["3/9/2018", "14/09/2018", "11/12/2018", "25/11/2018"])[0]
    assert mixed.why == "mixed_orders"
    assert mixed.left_out == {read_day("3/9/2018"), read_day("11/12/2018")}


def test_a_careless_hand_is_no_spreadsheet() -> None:
    """Without leading zeros all through, or with a day above twelve among those without."""
    assert reading(["3/9/2018", "14/9/2018", "25/11/2018"])[0].order == "day_first"
    assert reading(["1/08/26", "30/05/26", "3/04/26"])[0].order == "day_first"


def test_short_years_in_front_are_seen() -> None:
    """26.04.03 as it is written in Korea and Japan: as days, the years would lie far apart."""
    assert reading(["26.04.03", "26.05.28", "25.12.15", "26.01.30"])[0].order == "year_first"


def test_a_decision_holds_against_the_file() -> None:
    """Who forces an order gets it: what does not fit is read as nothing, never rolled over."""
    forced = reading(["07/30/2023", "07/04/2023"], decide="day_first")[0]
    assert (forced.order, forced.why) == ("day_first", "decided")
