"""How long deals take from creation to decision, in calendar days.

Over closed deals, won and lost (`cycle`), and over won ones (`cycle_of_won`, the reading most dashboards show). Left
out, counted and named: closed deals without both days, those decided before they were created, and those with a day of
decision in the future. The median that counts open deals too is Kaplan and Meier's (`kaplan_meier.py`).
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.day_counts import DayFigures
from calculators.analysis.figures.kaplan_meier import TimeToClose
from calculators.analysis.figures.marks import Marks, both, count
from calculators.analysis.figures.stopping import CLOSE_DATES, OUTCOMES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from calculators.core.numbers.statistics import CAUTION_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The lengths of `n` closed deals, and the median with `censored` open ones; None if it is not reached yet."""

    mean_days: Decimal
    median_days: Decimal
    p75_days: Decimal
    p90_days: Decimal
    n: int
    kaplan_meier_median_days: int | None
    censored: int


def cycle(view: View, notes: Notes, figure: str = "cycle") -> Cycle | None:
    """Return the lengths of closed deals; None while dates or outcomes are in doubt, or without a single length."""
    figures = _lengths(view, notes, figure, of_won=False)
    if figures is None:
        return None
    survival = view.time_to_close()
    _note_open_deals(view, notes, figure, survival)
    return Cycle(
        mean_days=figures.mean_days,
        median_days=figures.median_days,
        p75_days=figures.p75_days,
        p90_days=figures.p90_days,
        n=figures.n,
        kaplan_meier_median_days=survival.median_days,
        censored=survival.censored,
    )


def cycle_of_won(view: View, notes: Notes, figure: str = "cycle_of_won") -> DayFigures | None:
    """Return the lengths of won deals."""
    return _lengths(view, notes, figure, of_won=True)


def measured(view: View, *, of_won: bool) -> Marks:
    """Mark the deals whose length counts."""
    return both(view.won if of_won else view.closed, view.with_cycle)


def _lengths(view: View, notes: Notes, figure: str, *, of_won: bool) -> DayFigures | None:
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, CLOSE_DATES):
        return None
    figures = view.lengths(of_won=of_won)
    closed = count(view.won if of_won else view.closed)
    if not closed:
        notes.add("no_won_deals" if of_won else "no_closed_deals", figure)
        return None
    for code, meant in view.without_length(of_won=of_won).items():
        notes.add_counted(code, figure, count(meant), of=closed, lines=view.lines_of(meant))
    if figures is None:
        notes.add("no_cycles", figure, deals=closed)
    elif figures.n < CAUTION_BELOW:
        notes.add("few_cycles", figure, deals=figures.n)
    return figures


def _note_open_deals(view: View, notes: Notes, figure: str, survival: TimeToClose) -> None:
    notes.add_counted("open_uncounted", figure, count(view.open) - survival.censored, of=count(view.open))
    if survival.median_days is None:
        notes.add("median_not_reached", figure, censored=survival.censored, closed=survival.closed)
