"""Which share of the decided deals is won, by count and by value.

By count: won / (won + lost), with the Wilson interval of 95 %, as the calculator `win-rate`. By value: the same of the
amounts. Open deals are in neither. A file without lost deals (or without won ones) has no rate: as a rule its export
left them out. Below 5 closed deals there is none either, below 30 a caution.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.marks import Marks, both, count
from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval


@dataclass(frozen=True, slots=True, kw_only=True)
class WinRate:
    """A share of `n` closed deals, with the ends of its interval."""

    value: Decimal
    low: Decimal
    high: Decimal
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WinRateByValue:
    """A share of what the `n` closed deals with an amount other than zero would have brought."""

    value: Decimal
    n: int


def rate_of(won: int, lost: int) -> WinRate | None:
    """Return the win rate of some deals, None below 5 closed ones."""
    closed = won + lost
    if closed < NO_RATE_BELOW:
        return None
    low, high = wilson_interval(Decimal(won), Decimal(closed))
    return WinRate(value=Decimal(won) / closed, low=low, high=high, n=closed)


def has_both_outcomes(view: View) -> bool:
    """Say whether the file holds won and lost deals; without one of them, no part of it has a win rate either."""
    return bool(count(view.won) and count(view.lost))


def win_rate(view: View, notes: Notes, figure: str = "win_rate") -> WinRate | None:
    """Return the win rate by count; None while outcomes are in doubt, and without won, lost or 5 closed deals."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES):
        return None
    if not _is_comparable(view, notes, figure):
        return None
    won, lost = count(view.won), count(view.lost)
    if won + lost < CAUTION_BELOW:
        notes.add("few_closed_deals", figure, closed=won + lost)
    return rate_of(won, lost)


def win_rate_by_value(view: View, notes: Notes, figure: str = "win_rate_by_value") -> WinRateByValue | None:
    """Return the win rate by value; None also where all won or all lost deals have no amount or one of zero."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    if not _is_comparable(view, notes, figure):
        return None
    won, lost = view.won_total, view.lost_total
    for total, code in ((lost, "lost_value_zero"), (won, "won_value_zero")):
        # Not above zero: corrections with a minus sign may outweigh the rest.
        if total.value <= 0:
            notes.add(code, figure, deals=total.deals, missing=total.missing)
            return None
    notes.add_counted("lost_without_amount", figure, lost.missing + lost.zero, of=lost.deals)
    notes.add_counted("won_without_amount", figure, won.missing + won.zero, of=won.deals)
    return WinRateByValue(value=won.value / (won.value + lost.value), n=won.with_amount + lost.with_amount)


def by_value_deals(view: View) -> Marks:
    """Mark the deals that the rate by value is of."""
    return both(view.closed, view.sized(view.closed))


def _is_comparable(view: View, notes: Notes, figure: str) -> bool:
    won, lost = count(view.won), count(view.lost)
    if not won + lost:
        notes.add("no_closed_deals", figure)
    elif not lost:
        notes.add("no_lost_deals", figure, won=won)
    elif not won:
        notes.add("no_won_deals", figure, lost=lost)
    elif won + lost < NO_RATE_BELOW:
        notes.add("too_few_closed_deals", figure, closed=won + lost, won=won, lost=lost)
    else:
        return True
    return False
