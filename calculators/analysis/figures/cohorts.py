"""What became of the deals created in each quarter.

The win rate of a cohort is won / (won + lost) of its deals, None below 5 closed ones. Recent cohorts are not decided
yet: those of their deals that are decided quickly are not typical, and the rate still moves.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress

from calculators.analysis.figures.marks import Marks, between, both, count, without
from calculators.analysis.figures.periods import QUARTER, first_day, last_day, name_of
from calculators.analysis.figures.revenue import by_period
from calculators.analysis.figures.stopping import DATES, OUTCOMES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.figures.win_rate import has_both_outcomes, rate_of
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The deals created in a quarter; outcomes are None while it is not known how deals ended."""

    created: str
    deals: int
    won: int | None
    lost: int | None
    open: int | None
    win_rate: Decimal | None


def cohorts(view: View, notes: Notes, figure: str = "cohorts") -> Pausing[list[Cohort] | None]:
    """Return the cohorts that have deals, the oldest first; None while dates are in doubt or without any."""
    if is_stopped(view.circumstances, notes, figure, DATES):
        return None
    dated = count(view.has_created)
    if not dated:
        notes.add("no_created_dates", figure)
        return None
    notes.add_counted("without_created", figure, len(view) - dated, of=len(view))
    deals = _by_quarter(view, view.has_created)
    if is_stopped(view.circumstances, notes, figure, OUTCOMES):
        return [
            Cohort(
                created=name_of(quarter, QUARTER), deals=deals[quarter], won=None, lost=None, open=None, win_rate=None
            )
            for quarter in sorted(deals)
        ]
    by_outcome = []
    for meant in (view.won, view.lost, view.open):
        yield
        by_outcome.append(_by_quarter(view, meant))
    won, lost, still_open = by_outcome
    yield
    notes.add_counted("cohorts_undecided", figure, count(both(view.open, view.has_created)), cohorts=len(still_open))
    has_rates = has_both_outcomes(view)
    if not has_rates:
        notes.add("part_missing", figure, part="win_rate")
    found = []
    for quarter in sorted(deals):
        rate = rate_of(won.get(quarter, 0), lost.get(quarter, 0)) if has_rates else None
        found.append(
            Cohort(
                created=name_of(quarter, QUARTER),
                deals=deals[quarter],
                won=won.get(quarter, 0),
                lost=lost.get(quarter, 0),
                open=still_open.get(quarter, 0),
                win_rate=rate.value if rate else None,
            )
        )
    return found


def created_in(view: View, quarter: int) -> Marks:
    """Mark the deals created in a quarter."""
    return between(view.deals.created, first_day(quarter, QUARTER), last_day(quarter, QUARTER))


def left_out(view: View) -> dict[str, Marks]:
    """Mark the deals that are in no cohort."""
    return {"without_created": without(bytes([1]) * len(view), view.has_created)}


def _by_quarter(view: View, meant: Marks) -> dict[int, int]:
    return by_period(Counter(compress(view.deals.created, both(meant, view.has_created))), QUARTER)
