"""A column of dates: one order of day and month for all its rows, decided over all of them, or a question.

A value above 12 decides where it stands. Dots decide as well (28.09.2025): wherever they are used, the day is first,
and so do sister columns, which the same program wrote in the same way. What looks as if a spreadsheet had swapped days
and months is never decided here.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from calculators.analysis.gate.day_shapes import DayText, day_text

# Each day of a column, with the first text that it was read from and the number of its rows.
type DaysRead = dict[DayText, tuple[str, int]]
type Order = Literal["day_first", "month_first", "year_first"]

_TWELVE = 12
# Years of a file of deals lie this close together; those of days of the month taken for years do not.
_LIKELY_SPAN, _UNLIKELY_SPAN = 10, 14
# Different days from which on their years tell.
_MANY = 10


@dataclass(slots=True)
class DayEvidence:
    """What the texts of a column say about its order, with the number of rows of each.

    `day_first` and `month_first` count rows that have only this order, `either` those that have both; `certain` counts
    rows whose text needs no order, `same` those whose day has the number of its month. `swapped` are days that a
    spreadsheet may have swapped, each with a text.
    """

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    certain: int = 0
    same: int = 0
    examples: dict[str, str] = field(default_factory=dict)
    swapped: dict[DayText, str] = field(default_factory=dict)
    marks: Counter[str] = field(default_factory=Counter)
    is_short_year_first: bool = False
    may_be_short_year_first: bool = False
    shapes: Counter[str] = field(default_factory=Counter)

    @property
    def order(self) -> Order | None:
        """The order that the column's own texts decide, or None."""
        if self.is_short_year_first:
            return "year_first"
        if self.is_mixed or self.may_be_short_year_first:
            return None
        if self.day_first:
            return "day_first"
        if self.month_first:
            return "month_first"
        if self.either and set(self.marks) == {"."}:
            return "day_first"
        return "year_first" if self.certain and not self.either and not self.same else None

    @property
    def is_open(self) -> bool:
        """Whether the texts leave the order open."""
        return bool(self.either) and self.order is None and not self.is_mixed

    @property
    def is_mixed(self) -> bool:
        """Whether texts follow two orders, or look as if some had been swapped."""
        return bool((self.day_first and self.month_first) or self.swapped)


def evidence(days: DaysRead) -> DayEvidence:
    """Return what the days of a column say; each comes with the first text it was read from and its rows."""
    found = DayEvidence()
    open_texts: list[tuple[str, DayText]] = []
    decided: list[DayText] = []
    certain: list[DayText] = []
    for day, (text, rows) in days.items():
        found.shapes[day.shape] += rows
        if day.shape != "year_last":
            found.certain += rows
            certain.append(day)
            continue
        found.marks[day.mark] += rows
        by_day, by_month = day.in_order("day_first"), day.in_order("month_first")
        if by_day and by_month and day.first != day.second:
            found.either += rows
            found.examples.setdefault("either", text)
            open_texts.append((text, day))
        elif by_day and by_month:
            # The fifth of May is the same in both.
            found.same += rows
        elif by_day or by_month:
            order = "day_first" if by_day else "month_first"
            setattr(found, order, getattr(found, order) + rows)
            found.examples.setdefault(order, text)
            decided.append(day)
    _look_for_short_years(found, [day for _text, day in open_texts] + decided, certain)
    if not found.is_short_year_first:
        found.swapped = _maybe_swapped(open_texts, decided, certain)
    return found


def _look_for_short_years(found: DayEvidence, days: list[DayText], certain: list[DayText]) -> None:
    """Find out whether two-digit years stand first: 26.04.03 as it is written in Korea and Japan."""
    if not days or not all(day.has_short_year for day in days):
        return
    # A year has two digits: 4/3/08 begins with none.
    if not all(day.in_order("year_first") and day.padded[0] is not False for day in days):
        return
    last, first = {day.year for day in days}, {2000 + day.first for day in days}
    if certain:
        # Beside full years in front, those of two digits lie among them.
        years = {date.fromordinal(day.day).year for day in certain}
        found.is_short_year_first = min(years) - 1 <= min(first) and max(first) <= max(years) + 1
        return
    span_of_last, span_of_first = max(last) - min(last), max(first) - min(first)
    if span_of_first <= _LIKELY_SPAN and span_of_last >= _UNLIKELY_SPAN and (len(days) >= _MANY or days[0].mark == "."):
        found.is_short_year_first = True
    elif span_of_first <= _LIKELY_SPAN and (min(first) > 2000 + _TWELVE or span_of_last >= _UNLIKELY_SPAN):
        # As likely as the other: few rows, or a month whose days look like years.
        found.may_be_short_year_first = True


def _maybe_swapped(
    open_texts: list[tuple[str, DayText]], decided: list[DayText], certain: list[DayText]
) -> dict[DayText, str]:
    """Return the texts that a spreadsheet of another country may have taken for dates of its own, and swapped.

    It converts what it can (day and month up to 12) and writes it back in its own shape, and leaves the rest as text:
    so two shapes stand in one column, and in the converted one no day is above 12.
    """
    days_above = [day for day in decided if day.first > _TWELVE or day.second > _TWELVE]
    if days_above and not open_texts and _may_all_be_swapped(certain):
        return {day: day_text(day.day) for day in certain}
    if not open_texts or not days_above:
        return {}
    swapped: set[DayText] = set()
    for place in (0, 1):
        known = {day.padded[place] for day in decided} - {None}
        seen = {day.padded[place] for _text, day in open_texts} - {None}
        if (len(known) == 1 and seen - known) or (not known and len(seen) == 2):
            odd = {False} if not known else seen - known
            swapped |= {day for _text, day in open_texts if day.padded[place] in odd}
    if len({day.has_short_year for day in decided}) == 1:
        swapped |= {day for _text, day in open_texts if day.has_short_year != decided[0].has_short_year}
    if len({day.mark for day in decided}) == 1:
        swapped |= {day for _text, day in open_texts if day.mark != decided[0].mark}
    if not swapped:
        return {}
    # Those that show no shape (11/12/2018) may have been swapped with them.
    return {
        day: text for text, day in open_texts
        if day in swapped or all(padded is None for padded in day.padded)
    }  # fmt: skip


def _may_all_be_swapped(certain: list[DayText]) -> bool:
    """Whether no day is above twelve, and at least one would be another with day and month swapped."""
    days = [date.fromordinal(day.day) for day in certain]
    return all(day.day <= _TWELVE for day in days) and any(day.day != day.month for day in days)
