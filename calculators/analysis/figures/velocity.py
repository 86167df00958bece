"""How much revenue the pipeline brings per day, in three readings of its opportunities, beside what it really brought.

opportunities × average deal size × win rate by count / mean cycle of won and lost deals, as the calculator
`sales-velocity`. Readings of opportunities: `live` are the deals open now, `created` those created in the period,
`closed` those decided in it. The period runs from the first to the last decision of the file, both included; what the
won deals of the period brought, divided by its days, is the actual revenue per day. Only `live` is the definition
(docs/en/metrics/sales-velocity.md, "What to count as N"); the others are shown because dashboards show them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from calculators.analysis.figures.cycle import Cycle
from calculators.analysis.figures.deal_size import DealSize
from calculators.analysis.figures.marks import Marks, both, count
from calculators.analysis.figures.stopping import CLOSE_DATES, OUTCOMES, is_stopped, stopped_by
from calculators.analysis.figures.view import View
from calculators.analysis.figures.win_rate import WinRate
from calculators.analysis.gate.notes import Notes

_FIGURE = "velocity"
type Reading = Literal["live", "created", "closed"]
READINGS: tuple[Reading, ...] = ("live", "created", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class VelocityReading:
    """A velocity with one meaning of opportunities; None where a part of it is missing."""

    reading: Reading
    opportunities: int | None
    revenue_per_day: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Velocity:
    """The parts of the velocity and its readings; a part that is missing is None, and a note says why."""

    average_deal_size: Decimal | None
    win_rate: Decimal | None
    cycle_days: Decimal | None
    actual_revenue_per_day: Decimal | None
    readings: tuple[VelocityReading, ...]


def velocity(
    view: View, notes: Notes, size: DealSize | None, rate: WinRate | None, length: Cycle | None
) -> Velocity | None:
    """Return the velocity of the figures it is made of; None while it is not known how deals ended, or without any.

    Cautions stand at those figures; here, only what is missing is said again.
    """
    if is_stopped(view.circumstances, notes, _FIGURE, OUTCOMES):
        return None
    parts = {"deal_size": size, "win_rate": rate, "cycle": length}
    for part, value in parts.items():
        if value is None:
            notes.add("part_missing", _FIGURE, part=part)
    if not any(parts.values()):
        return None
    if length is not None and not length.mean_days:
        notes.add("no_cycle", _FIGURE)
    per_opportunity = None
    if size is not None and rate is not None and length is not None and length.mean_days:
        per_opportunity = size.mean * rate.value / length.mean_days
    readings = []
    for reading in READINGS:
        meant = opportunities(view, reading)
        number = None if meant is None else count(meant)
        per_day = None if number is None or per_opportunity is None else number * per_opportunity
        readings.append(VelocityReading(reading=reading, opportunities=number, revenue_per_day=per_day))
    return Velocity(
        average_deal_size=size.mean if size else None,
        win_rate=rate.value if rate else None,
        cycle_days=length.mean_days if length else None,
        actual_revenue_per_day=_actual(view, notes) if size else None,
        readings=tuple(readings),
    )


def opportunities(view: View, reading: Reading) -> Marks | None:
    """Mark the deals that a reading counts; None where dates in doubt, or no decision, leave no period."""
    if reading == "live":
        return view.open
    if stopped_by(view.circumstances, CLOSE_DATES) or view.period_of_decisions is None:
        return None
    return view.decided if reading == "closed" else view.created_in_period


def won_in_period(view: View) -> Marks:
    """Mark the won deals that the actual revenue is of."""
    return both(view.won, view.decided)


def _actual(view: View, notes: Notes) -> Decimal | None:
    """Return the revenue per day that the won deals of the period really brought."""
    if is_stopped(view.circumstances, notes, _FIGURE, CLOSE_DATES):
        return None
    if view.period_of_decisions is None:
        notes.add("no_decisions", _FIGURE)
        return None
    first, last = view.period_of_decisions
    notes.add(
        "period_of_decisions",
        _FIGURE,
        first=date.fromordinal(first),
        last=date.fromordinal(last),
        days=last - first + 1,
    )
    won = view.won_in_period_total
    return None if won.known is None else won.known / (last - first + 1)
