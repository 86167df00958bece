"""How well a forecast from this file's own figures would have met its past quarters.

At the end of each whole quarter, with what was known then, for the next one, if that is whole too:

    forecast = (open deals + deals created in the quarter) × share decided × win rate × mean size of won deals

Open deals are those created by then and not decided by then. The share decided is that of the quarter itself: its
decisions / (deals open when it began + deals created in it); as many new deals are taken to come. Win rate and mean
size are of all deals decided by then. Actual is what the next quarter brought, as in `revenue`; the error is
forecast − actual, so above zero was too much.

Amounts and probabilities of open deals are not used: a file holds them as they are now, not as they were then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.periods import QUARTER, name_of, period_of
from calculators.analysis.figures.revenue import is_whole
from calculators.analysis.figures.stopping import AMOUNTS, CLOSE_DATES, OUTCOMES, is_stopped
from calculators.analysis.figures.view import Decisions, View
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
    created, decided = yield from view.traced()
    past = _Past(view, created, decided)
    tested = []
    for quarter in range(first, last):
        if is_whole(view, quarter, QUARTER) and is_whole(view, quarter + 1, QUARTER):
            forecast = past.forecast_after(quarter)
            if forecast is not None:
                actual = past.won_in(quarter + 1)
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
    """What was created, decided and won in each quarter, asked for up to one."""

    def __init__(self, view: View, created: Mapping[int, int], decided: Mapping[int, int]) -> None:
        self._view, self._created, self._decided = view, created, decided
        self._decisions = view.decisions(QUARTER)

    def won_in(self, quarter: int) -> Decimal:
        """Return what was won in a quarter."""
        return self._view.money(self._decisions.get(quarter, Decisions()).parts or 0)

    def forecast_after(self, quarter: int) -> Decimal | None:
        """Return the forecast for the next quarter at the end of one; None where a part of it was not known."""
        created, decided = self._created.get(quarter, 0), self._decided.get(quarter, 0)
        open_before = _until(quarter - 1, self._created) - _until(quarter - 1, self._decided)
        known = [each for period, each in self._decisions.items() if period <= quarter]
        won, lost = sum(each.won for each in known), sum(each.lost for each in known)
        sized = sum(each.sized for each in known)
        if not (won and lost and sized and open_before + created) or won + lost < NO_RATE_BELOW:
            return None
        share_decided = Decimal(decided) / (open_before + created)
        open_then = open_before + created - decided
        size = self._view.money(sum(each.parts or 0 for each in known)) / sized
        return (open_then + created) * share_decided * won / (won + lost) * size


def _until(last: int, by_quarter: Mapping[int, int]) -> int:
    return sum(deals for quarter, deals in by_quarter.items() if quarter <= last)
