"""How often the open pipeline covers what is left of the quota: open value / (quota − booked), as `pipeline-coverage`.

Booked is what the reader says; unsaid, it is what was won in the calendar quarter of `as_of` so far, and a note says
so.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.periods import QUARTER, name_of, period_of
from calculators.analysis.figures.stopping import AMOUNTS, CLOSE_DATES, OUTCOMES, is_stopped, stopped_by
from calculators.analysis.figures.view import Decisions, View
from calculators.analysis.gate.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """`coverage` is None once the quota is reached, or without a value of the open deals."""

    open_value: Decimal | None
    quota: Decimal
    booked: Decimal
    coverage: Decimal | None


def coverage(view: View, notes: Notes, figure: str = "coverage") -> Coverage | None:
    """Return the coverage of the quota; None without a quota, and while amounts or outcomes are in doubt."""
    quota = view.circumstances.quota
    if quota is None:
        notes.add("no_quota", figure)
        return None
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    booked = _booked(view, notes, figure)
    open_value = view.open_total.known
    remaining = quota - booked
    share = None
    if open_value is None:
        notes.add("no_amounts", figure, deals=view.open_total.deals)
    elif remaining <= 0:
        notes.add("quota_reached", figure, quota=quota, booked=booked)
    else:
        notes.add_counted("without_amount", figure, view.open_total.missing, of=view.open_total.deals)
        share = open_value / remaining
    return Coverage(open_value=open_value, quota=quota, booked=booked, coverage=share)


def _booked(view: View, notes: Notes, figure: str) -> Decimal:
    if view.circumstances.booked is not None:
        return view.circumstances.booked
    if not view.as_of or stopped_by(view.circumstances, CLOSE_DATES):
        notes.add("booked_unknown", figure)
        return Decimal(0)
    quarter = period_of(view.as_of, QUARTER)
    booked = view.money(view.decisions(QUARTER).get(quarter, Decisions()).parts or 0)
    notes.add("booked_in_quarter", figure, quarter=name_of(quarter, QUARTER), booked=booked)
    return booked
