"""What became of the deals created in each quarter.

The win rate of a cohort is won / (won + lost) of its deals, None below 5 closed ones. Recent cohorts are not decided
yet: those of their deals that are decided quickly are not typical, and the rate still moves.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.marks import Marks, between, without
from calculators.analysis.figures.periods import QUARTER, first_day, last_day, name_of
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
    quarters = yield from view.created()
    if not quarters:
        notes.add("no_created_dates", figure)
        return None
    notes.add_counted(
        "without_created", figure, len(view) - sum(each.deals for each in quarters.values()), of=len(view)
    )
    has_outcomes = not is_stopped(view.circumstances, notes, figure, OUTCOMES)
    has_rates = has_outcomes and has_both_outcomes(view)
    if has_outcomes:
        still_open = [each.open for each in quarters.values() if each.open]
        notes.add_counted("cohorts_undecided", figure, sum(still_open), cohorts=len(still_open))
        if not has_rates:
            notes.add("part_missing", figure, part="win_rate")
    found = []
    for quarter, each in sorted(quarters.items()):
        rate = rate_of(each.won, each.lost) if has_rates else None
        found.append(
            Cohort(
                created=name_of(quarter, QUARTER),
                deals=each.deals,
                won=each.won if has_outcomes else None,
                lost=each.lost if has_outcomes else None,
                open=each.open if has_outcomes else None,
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
