"""How well a forecast from this file's own figures would have met its past quarters.

At the end of each whole quarter, with what was known then, for the next one, if that is whole too:

    forecast = (open deals + deals created in the quarter) × share decided × win rate × mean size of won deals

Open deals are those created by then and not decided by then. The share decided is that of the quarter itself: its
decisions / (deals open when it began + deals created in it); as many new deals are taken to come. Win rate and mean
size are of all deals decided by then. Actual is what the next quarter brought, as in `revenue`; the error is
forecast − actual, so above zero was too much.

Amounts and probabilities of open deals are not used: a file holds them as they are now, not as they were then.
"""

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import compress

from calculators.analysis.figures.marks import Marks, both
from calculators.analysis.figures.periods import QUARTER, first_day, last_day, name_of, period_of
from calculators.analysis.figures.revenue import is_whole
from calculators.analysis.figures.stopping import AMOUNTS, CLOSE_DATES, OUTCOMES, is_stopped
from calculators.analysis.figures.view import View, preparing
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing
from calculators.core.numbers.statistics import NO_RATE_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedQuarter:
    """What would have been forecast for a quarter at its beginning, what it brought, and forecast − actual."""

    period: str
    forecast: Decimal
    actual: Decimal
    error: Decimal


def back_test(view: View, notes: Notes, figure: str = "back_test") -> Pausing[list[TestedQuarter] | None]:
    """Return the quarters that could be tested; None while a part is in doubt, or where there is no such quarter."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, CLOSE_DATES, AMOUNTS):
        return None
    if view.period_of_decisions is None:
        notes.add("no_decisions", figure)
        return None
    first, last = (period_of(day, QUARTER) for day in view.period_of_decisions)
    past = _Past(view)
    yield from preparing(past)
    tested = []
    for quarter in range(first, last):
        if is_whole(view, quarter, QUARTER) and is_whole(view, quarter + 1, QUARTER):
            forecast = past.forecast_after(quarter)
            if forecast is not None:
                actual = view.deals.money(past.amounts_won(*_days(quarter + 1)))
                tested.append(
                    TestedQuarter(
                        period=name_of(quarter + 1, QUARTER),
                        forecast=forecast,
                        actual=actual,
                        error=forecast - actual,
                    )
                )
    if not tested:
        notes.add("too_few_quarters_to_test", figure)
        return None
    return tested


class _Past:
    """What was created, decided and won on which day, asked for up to a day."""

    def __init__(self, view: View) -> None:
        self._view = view
        # The way of a deal counts if both of its ends are known and in order; an open deal has one.
        self._traced = both(view.closed, view.with_cycle)

    @cached_property
    def _of_open(self) -> Counter[int]:
        return _count_days(self._view.deals.created, self._view.aged)

    @cached_property
    def _created(self) -> Counter[int]:
        return _count_days(self._view.deals.created, self._traced) + self._of_open

    @cached_property
    def _decided(self) -> Counter[int]:
        return _count_days(self._view.deals.closed, self._traced)

    def amounts_won(self, first: int, last: int) -> int:
        """Return what was won from one day to another, in smallest parts."""
        return sum(parts for day, (parts, _sized) in self._view.amounts_won_by_day.items() if first <= day <= last)

    def forecast_after(self, quarter: int) -> Decimal | None:
        """Return the forecast for the next quarter at the end of one; None where a part of it was not known."""
        first, last = _days(quarter)
        created, decided = _within(self._created, first, last), _within(self._decided, first, last)
        open_before = _within(self._created, 0, first - 1) - _within(self._decided, 0, first - 1)
        won, lost = _within(self._view.won_by_day, 0, last), _within(self._view.lost_by_day, 0, last)
        sized = sum(sized for day, (_parts, sized) in self._view.amounts_won_by_day.items() if day <= last)
        if not (won and lost and sized and open_before + created) or won + lost < NO_RATE_BELOW:
            return None
        share_decided = Decimal(decided) / (open_before + created)
        open_then = open_before + created - decided
        size = self._view.deals.money(self.amounts_won(0, last)) / sized
        return (open_then + created) * share_decided * won / (won + lost) * size


def _days(quarter: int) -> tuple[int, int]:
    return first_day(quarter, QUARTER), last_day(quarter, QUARTER)


def _count_days(days: array[int], meant: Marks) -> Counter[int]:
    return Counter(compress(days, meant))


def _within(by_day: Mapping[int, int], first: int, last: int) -> int:
    return sum(deals for day, deals in by_day.items() if first <= day <= last)
