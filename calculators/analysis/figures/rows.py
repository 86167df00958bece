"""Which deals a figure was computed from: every figure leads back to its rows (what it left out: `left_out.py`).

A figure is asked for by its name in the contract, a part of one after a colon: "won", "win_rate", "cycle",
"cycle:kaplan_meier_median_days", "velocity:live", "velocity:actual_revenue_per_day", "revenue:2017-Q4",
"revenue_by_month:2017-04", "stages:Proposal", "stalled:Proposal", "stage_conversion:Proposal", "back_test:2017-Q4",
"cohorts:2017-Q1", "slices:owner:Anna", "pipelines:New business". After the colon, nothing means the deals without a
value: "stages:", "slices:owner:".
"""

from collections.abc import Callable

from calculators.analysis.figures import (
    cohorts,
    cycle,
    deal_size,
    forecast,
    revenue,
    slices,
    stages,
    velocity,
    win_rate,
)
from calculators.analysis.figures.history import History
from calculators.analysis.figures.marks import Marks, both, either, places
from calculators.analysis.figures.open_deals import OpenDeals
from calculators.analysis.figures.periods import period_named
from calculators.analysis.figures.pipelines import ROLE
from calculators.analysis.figures.sizes import SIZE
from calculators.analysis.figures.view import View
from calculators.analysis.gate.deals import Circumstances, Deals
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import finished


def deals_behind(name: str, deals: Deals, circumstances: Circumstances) -> list[int]:
    """Return the places of the deals that a figure, or a part of one, was computed from.

    Raises KeyError for a name that is none.
    """
    view = View(deals, circumstances)
    figure, colon, part = name.partition(":")
    if colon:
        return places(_OF_PARTS[figure](view, part))
    return places(_WHOLE[figure](view))


def _closed(view: View) -> Marks:
    return view.closed


def _open(view: View) -> Marks:
    return view.open


def _decided(view: View) -> Marks:
    return view.decided


def _cohort_deals(view: View) -> Marks:
    return view.has_created


def _grown(view: View) -> Marks:
    """Mark the deals won in the first and the last whole quarter."""
    quarters = [quarter for quarter in revenue.revenue(view, Notes()) or () if not quarter.is_partial]
    if not quarters:
        return bytes(len(view))
    return either(*(_won_in(view, quarter.period) for quarter in (quarters[0], quarters[-1])))


def _won_in(view: View, period: str) -> Marks:
    return revenue.won_in(view, *period_named(period))


_WHOLE: dict[str, Callable[[View], Marks]] = {
    "deals": lambda view: bytes([1]) * len(view),
    "won": lambda view: view.won,
    "lost": lambda view: view.lost,
    "open": _open,
    "win_rate": _closed,
    "win_rate_by_value": win_rate.by_value_deals,
    "deal_size": deal_size.sized_won,
    "won_value": lambda view: both(view.won, view.has_amount),
    "lost_value": lambda view: both(view.lost, view.has_amount),
    "open_value": lambda view: both(view.open, view.has_amount),
    "cycle": lambda view: cycle.measured(view, of_won=False),
    "cycle_of_won": lambda view: cycle.measured(view, of_won=True),
    "velocity": lambda view: either(view.closed, view.open),
    "revenue": velocity.won_in_period,
    "revenue_by_month": velocity.won_in_period,
    "growth_per_quarter": _grown,
    "stages": _open,
    "stage_conversion": lambda view: History(view).reached(0),
    "stalled": lambda view: OpenDeals(view, History(view)).stalled,
    "coverage": lambda view: both(view.open, view.has_amount),
    "forecast": lambda view: forecast.weighted_deals(view, History(view)),
    "back_test": _decided,
    "cohorts": _cohort_deals,
    "pipelines": lambda view: bytes([1]) * len(view),
}


def _of_velocity(view: View, part: str) -> Marks:
    if part == "actual_revenue_per_day":
        return velocity.won_in_period(view)
    reading = next((reading for reading in velocity.READINGS if reading == part), None)
    if reading is None:
        raise KeyError(part)
    return velocity.opportunities(view, reading) or bytes(len(view))


def _of_cycle(view: View, part: str) -> Marks:
    if part == "kaplan_meier_median_days":
        return either(view.with_cycle, view.aged)
    raise KeyError(part)


def _of_stages(view: View, part: str) -> Marks:
    return stages.open_in(view, OpenDeals(view, History(view)), part or None)


def _of_stalled(view: View, part: str) -> Marks:
    open_deals = OpenDeals(view, History(view))
    return both(open_deals.stalled, stages.open_in(view, open_deals, part or None))


def _of_conversion(view: View, part: str) -> Marks:
    history = History(view)
    if part not in history.steps:
        raise KeyError(part)
    return history.reached(history.steps.index(part))


def _of_slices(view: View, part: str) -> Marks:
    # Headers may hold a colon themselves.
    names = [name for name in (*view.deals.groups, SIZE) if part.startswith(f"{name}:")]
    name = max(names, key=len, default="")
    group = finished(slices.group_of(view, name, Notes()))
    value = part[len(name) + 1 :] or None
    if group is None or (value is not None and value not in group.names):
        raise KeyError(part)
    return slices.deals_with(group, value)


def _of_cohorts(view: View, part: str) -> Marks:
    quarter, _months = period_named(part)
    return cohorts.created_in(view, quarter)


_OF_PARTS: dict[str, Callable[[View, str], Marks]] = {
    "cycle": _of_cycle,
    "velocity": _of_velocity,
    "revenue": _won_in,
    "revenue_by_month": _won_in,
    "back_test": _won_in,
    "stages": _of_stages,
    "stalled": _of_stalled,
    "stage_conversion": _of_conversion,
    "cohorts": _of_cohorts,
    "slices": _of_slices,
    "pipelines": lambda view, part: _of_slices(view, f"{ROLE}:{part}"),
}
