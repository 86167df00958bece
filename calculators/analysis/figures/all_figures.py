"""All figures of the contract, one after the other."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from calculators.analysis.figures.as_json import BESIDE_THE_CONTRACT, as_json
from calculators.analysis.figures.back_test import TestedQuarter, back_test
from calculators.analysis.figures.cohorts import Cohort, cohorts
from calculators.analysis.figures.counts import counts
from calculators.analysis.figures.coverage import Coverage, coverage
from calculators.analysis.figures.cycle import Cycle, cycle, cycle_of_won
from calculators.analysis.figures.day_counts import DayFigures
from calculators.analysis.figures.deal_size import DealSize, deal_size
from calculators.analysis.figures.forecast import Forecast, forecast
from calculators.analysis.figures.history import History
from calculators.analysis.figures.open_deals import OpenDeals
from calculators.analysis.figures.periods import MONTH
from calculators.analysis.figures.pipelines import Pipeline, pipelines
from calculators.analysis.figures.revenue import PeriodRevenue, growth_per_quarter, revenue
from calculators.analysis.figures.slices import USUAL, Slice, group_of, slicing
from calculators.analysis.figures.stage_conversion import StageReached, stage_conversion
from calculators.analysis.figures.stages import Stage, stages
from calculators.analysis.figures.stalled import Stalled, stalled
from calculators.analysis.figures.values import lost_value, open_value, won_value
from calculators.analysis.figures.velocity import Velocity, velocity
from calculators.analysis.figures.view import View
from calculators.analysis.figures.win_rate import WinRate, WinRateByValue, win_rate, win_rate_by_value
from calculators.analysis.gate.deals import Circumstances, Deals
from calculators.analysis.gate.notes import Notes


@dataclass(slots=True, kw_only=True)
class Figures:
    """The figures in the contract's names and order; None where one has no meaning, with a note that says why."""

    deals: int = 0
    won: int | None = None
    lost: int | None = None
    open: int | None = None
    win_rate: WinRate | None = None
    win_rate_by_value: WinRateByValue | None = None
    deal_size: DealSize | None = None
    won_value: Decimal | None = None
    lost_value: Decimal | None = None
    open_value: Decimal | None = None
    cycle: Cycle | None = None
    cycle_of_won: DayFigures | None = None
    velocity: Velocity | None = None
    revenue: list[PeriodRevenue] | None = None
    revenue_by_month: list[PeriodRevenue] | None = None
    growth_per_quarter: Decimal | None = None
    stages: list[Stage] | None = None
    stage_conversion: list[StageReached] | None = None
    stalled: Stalled | None = None
    coverage: Coverage | None = None
    forecast: Forecast | None = None
    back_test: list[TestedQuarter] | None = None
    cohorts: list[Cohort] | None = None
    pipelines: list[Pipeline] | None = None
    # The deals that the figures are of, for pictures and filters.
    view: View | None = field(default=None, compare=False, metadata=BESIDE_THE_CONTRACT)
    # What the contract has beside the figures, by role or header.
    slices: dict[str, list[Slice]] = field(default_factory=dict, metadata=BESIDE_THE_CONTRACT)

    def to_json(self) -> dict[str, Any]:
        """Return the figures as the contract's JSON has them, without the slices."""
        return dict(as_json(self))

    def slices_to_json(self) -> dict[str, Any]:
        """Return the slices as the contract's JSON has them."""
        return dict(as_json(self.slices))


# How often `computing_figures` yields.
STEPS = 9


def computing_figures(
    deals: Deals, circumstances: Circumstances, notes: Notes, by: Sequence[str] = USUAL
) -> Generator[int, None, Figures]:
    """Work out all figures, and slices by roles or headers; yield the number of steps done, so that work can be left.

    Each figure that is None has a note.
    """
    view = View(deals, circumstances)
    for _pause in view.preparing():
        yield 0
    found = Figures(view=view)
    counted = counts(view, notes)
    found.deals, found.won, found.lost, found.open = counted.deals, counted.won, counted.lost, counted.open
    found.win_rate = win_rate(view, notes)
    found.win_rate_by_value = win_rate_by_value(view, notes)
    yield 1
    found.deal_size = deal_size(view, notes)
    found.won_value, found.lost_value = won_value(view, notes), lost_value(view, notes)
    found.open_value = open_value(view, notes)
    yield 2
    found.cycle, found.cycle_of_won = cycle(view, notes), cycle_of_won(view, notes)
    yield 3
    found.velocity = velocity(view, notes, found.deal_size, found.win_rate, found.cycle)
    yield 4
    found.revenue = revenue(view, notes)
    found.revenue_by_month = revenue(view, notes, MONTH, "revenue_by_month")
    found.growth_per_quarter = growth_per_quarter(found.revenue, notes)
    yield 5
    history = History(view)
    found.stage_conversion = stage_conversion(view, history, notes)
    yield 6
    open_deals = OpenDeals(view, history)
    found.stages, found.stalled = stages(view, open_deals, notes), stalled(view, open_deals, notes)
    yield 7
    found.coverage = coverage(view, notes)
    found.forecast = forecast(view, history, notes)
    found.back_test = back_test(view, notes)
    found.cohorts = cohorts(view, notes)
    yield 8
    found.pipelines = pipelines(view)
    yield 9
    for name in by:
        group = group_of(view, name, notes)
        yield 9
        if group is not None:
            slices = slicing(view, group, notes, name)
            try:
                while True:
                    next(slices)
                    yield 9
            except StopIteration as done:
                found.slices[name] = done.value
    view.forget_marks()
    return found


def figures(deals: Deals, circumstances: Circumstances, notes: Notes, by: Sequence[str] = USUAL) -> Figures:
    """Work out all figures at once."""
    return _result(computing_figures(deals, circumstances, notes, by))


def _result[Result](work: Generator[int, None, Result]) -> Result:
    """Go through the steps of some work to its end."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            result: Result = done.value
            return result
