"""What was won in each quarter and each month, and how fast that grows.

Deals count by the day on which they were won. Periods run from the first to the last decision of the file, empty ones
included. The first is whole if a deal was decided up to its first working day, the last if `as_of` or a decision
reaches its last working day; otherwise it is partial. Growth per quarter is (last / first) ^ (1 / steps) − 1 over whole
quarters, as the calculator `revenue-growth`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.as_json import beside_the_contract
from calculators.analysis.figures.marks import Marks, between, both, count
from calculators.analysis.figures.periods import (
    QUARTER,
    first_day,
    is_begun_by,
    is_ended_by,
    last_day,
    name_of,
    period_of,
)
from calculators.analysis.figures.stopping import AMOUNTS, CLOSE_DATES, OUTCOMES, is_stopped
from calculators.analysis.figures.view import Decisions, View
from calculators.analysis.gate.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRevenue:
    """The deals won in a period, and what they brought; None where none of them has an amount."""

    period: str
    won: int
    won_value: Decimal | None
    is_partial: bool
    lost: int = beside_the_contract(0)


def revenue(view: View, notes: Notes, months: int = QUARTER, figure: str = "revenue") -> list[PeriodRevenue] | None:
    """Return the revenue of each period; None while dates or outcomes are in doubt, or without a decision."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, CLOSE_DATES):
        return None
    if view.period_of_decisions is None:
        notes.add("no_decisions", figure)
        return None
    for code, meant in view.without_period().items():
        notes.add_counted(code, figure, count(meant), of=count(view.won), lines=view.lines_of(meant))
    has_amounts = not is_stopped(view.circumstances, notes, figure, AMOUNTS)
    if has_amounts and view.won_total.known is None:
        notes.add("no_amounts", figure, deals=view.won_total.deals)
    decisions = view.decisions(months)
    first, last = (period_of(day, months) for day in view.period_of_decisions)
    periods = []
    for period in range(first, last + 1):
        decided = decisions.get(period, Decisions())
        # A period in which nothing was won has brought nothing.
        parts = decided.parts if decided.won else 0
        periods.append(
            PeriodRevenue(
                period=name_of(period, months),
                won=decided.won,
                won_value=view.money(parts) if has_amounts and parts is not None else None,
                is_partial=not is_whole(view, period, months),
                lost=decided.lost,
            )
        )
    return periods


def growth_per_quarter(
    quarters: list[PeriodRevenue] | None, notes: Notes, figure: str = "growth_per_quarter"
) -> Decimal | None:
    """Return the equal growth per quarter from the first whole quarter to the last one."""
    if quarters is None:
        notes.add("part_missing", figure, part="revenue")
        return None
    whole = [quarter for quarter in quarters if not quarter.is_partial]
    steps = len(whole) - 1
    if steps < 1:
        notes.add("too_few_whole_quarters", figure, quarters=len(whole))
        return None
    start, end = whole[0].won_value, whole[-1].won_value
    if start is None or end is None:
        notes.add("no_amounts", figure)
        return None
    if start <= 0 or end < 0:
        notes.add("no_start_revenue", figure, period=whole[0].period)
        return None
    notes.add("growth_between", figure, first=whole[0].period, last=whole[-1].period, steps=steps)
    ratio = end / start
    return (ratio if steps == 1 else ratio ** (Decimal(1) / steps)) - 1


def is_whole(view: View, period: int, months: int) -> bool:
    """Say whether the file covers a period from its first to its last working day."""
    if view.period_of_decisions is None:
        return False
    first, last = view.period_of_decisions
    return is_begun_by(first, period, months) and is_ended_by(max(last, view.as_of), period, months)


def won_in(view: View, period: int, months: int) -> Marks:
    """Mark the deals won in a period."""
    days = between(view.deals.closed, first_day(period, months), last_day(period, months))
    return both(view.won, view.decided, days)
