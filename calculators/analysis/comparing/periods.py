"""The period of a waterfall: a quarter, a month, or a first and a last day where the fiscal year is another."""

import re
from dataclasses import dataclass
from datetime import date

from calculators.analysis.figures.periods import first_day, last_day, period_named
from calculators.analysis.reading.refused import Refused

_CALENDAR = re.compile(r"\d{4}-(?:Q[1-4]|0[1-9]|1[0-2])")
_BETWEEN = ".."
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, as ordinals."""

    name: str
    first: int
    last: int

    def __contains__(self, day: int) -> bool:
        return self.first <= day <= self.last


def period_from(text: str) -> Period:
    """Return the period that a text names: 2026-Q3, 2026-07, or 2026-07-01..2026-09-30. Raises Refused."""
    name = text.strip().upper()
    if _CALENDAR.fullmatch(name) and not name.startswith("0000"):
        return Period(name, first_day(*period_named(name)), last_day(*period_named(name)))
    begin, between, end = name.partition(_BETWEEN)
    try:
        if between and (period := Period(name, _day(begin), _day(end))) and period.first <= period.last:
            return period
    except ValueError:
        pass
    raise Refused("not_a_period", typed=text[:_LONGEST])


def period_between(first: str, last: str) -> Period:
    """Return the period from one ISO day to another. Raises Refused where one is missing, or they are turned around."""
    try:
        period = Period(f"{first}{_BETWEEN}{last}", _day(first), _day(last))
    except ValueError:
        raise Refused("no_days_of_period") from None
    if period.first > period.last:
        raise Refused("no_days_of_period")
    return period


def _day(text: str) -> int:
    return date.fromisoformat(text.strip()).toordinal()
