"""Quarters and months of the calendar, as numbers that follow each other.

A period is the number of whole periods since the year 0; how many months it has (QUARTER or MONTH) goes with it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

MONTH, QUARTER = 1, 3
_MONTHS_PER_YEAR = 12
_SATURDAY = 5


# Deals of a few decades have some thousand days, each asked for by several figures.
@lru_cache(maxsize=1 << 15)
def period_of(day: int, months: int) -> int:
    """Return the period in which a day lies."""
    when = date.fromordinal(day)
    return (when.year * _MONTHS_PER_YEAR + when.month - 1) // months


def by_period(by_day: Mapping[int, int], months: int) -> dict[int, int]:
    """Add up what is counted by day to periods."""
    sums: dict[int, int] = {}
    for day, number in by_day.items():
        period = period_of(day, months)
        sums[period] = sums.get(period, 0) + number
    return sums


def name_of(period: int, months: int) -> str:
    """Return the name of a period as the contract writes it: 2017-Q4, or 2017-04."""
    year, month = divmod(period * months, _MONTHS_PER_YEAR)
    return f"{year}-Q{month // QUARTER + 1}" if months == QUARTER else f"{year}-{month + 1:02}"


def period_named(name: str) -> tuple[int, int]:
    """Return a period and its months from its name. Raises ValueError for anything else."""
    year, _dash, rest = name.partition("-")
    if rest.startswith("Q"):
        return int(year) * 4 + int(rest[1:]) - 1, QUARTER
    return int(year) * _MONTHS_PER_YEAR + int(rest) - 1, MONTH


def first_day(period: int, months: int) -> int:
    """Return the ordinal of the first day of a period."""
    year, month = divmod(period * months, _MONTHS_PER_YEAR)
    return date(year, month + 1, 1).toordinal()


def last_day(period: int, months: int) -> int:
    """Return the ordinal of the last day of a period."""
    year, month = divmod((period + 1) * months - 1, _MONTHS_PER_YEAR)
    return (date(year, month + 1, 28) + timedelta(days=4)).replace(day=1).toordinal() - 1


def is_begun_by(day: int, period: int, months: int) -> bool:
    """Say whether a day is not later than the first working day of a period.

    Nobody decides a deal on a Saturday, a Sunday or the 1st of January; other holidays differ from land to land.
    """
    working = first_day(period, months)
    while _is_free(working):
        working += 1
    return day <= working


def is_ended_by(day: int, period: int, months: int) -> bool:
    """Say whether a day is not earlier than the last working day of a period."""
    working = last_day(period, months)
    while _is_free(working):
        working -= 1
    return day >= working


def _is_free(day: int) -> bool:
    when = date.fromordinal(day)
    return when.weekday() >= _SATURDAY or (when.month, when.day) == (1, 1)
