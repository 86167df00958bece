"""Mean and quantiles of lengths in days, from how many deals took each number of days."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

_MEDIAN, _THREE_QUARTERS, _NINE_TENTHS = Decimal("0.5"), Decimal("0.75"), Decimal("0.9")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """Lengths of `n` deals in calendar days."""

    mean_days: Decimal
    median_days: Decimal
    p75_days: Decimal
    p90_days: Decimal
    n: int


def day_figures(counts: Mapping[int, int]) -> DayFigures | None:
    """Return the figures of lengths given as length → number of deals; None without any."""
    n = sum(counts.values())
    if not n:
        return None
    median, three_quarters, nine_tenths = percentiles(counts, _MEDIAN, _THREE_QUARTERS, _NINE_TENTHS)
    return DayFigures(
        mean_days=Decimal(sum(days * deals for days, deals in counts.items())) / n,
        median_days=median,
        p75_days=three_quarters,
        p90_days=nine_tenths,
        n=n,
    )


def percentiles(counts: Mapping[int, int], *shares: Decimal) -> list[Decimal]:
    """Return percentiles as PERCENTILE.INC of spreadsheets has them, as `core`'s `percentile`, of one length or more.

    A deal in the middle stands at the first length at which the running number of deals passes its place.
    """
    lengths = sorted(counts)
    running = list(accumulate(counts[length] for length in lengths))
    found = []
    for share in shares:
        position = (running[-1] - 1) * share
        lower = int(position)
        first = _at(lengths, running, lower)
        second = _at(lengths, running, min(lower + 1, running[-1] - 1))
        found.append(first + (second - first) * (position - lower))
    return found


def _at(lengths: list[int], running: list[int], place: int) -> int:
    """Return the length of the deal at a place of the ascending order, counted from 0."""
    return lengths[bisect_right(running, place)]
