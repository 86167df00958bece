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
from calculators.analysis.figures.view import View, preparing
from calculators.analysis.figures.win_rate import WinRate, WinRateByValue, win_rate, win_rate_by_value
from calculators.analysis.gate.deals import Circumstances, Deals
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import finished, saying


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


# What `computing_figures` counts to.
STEPS = 9


def computing_figures(
    deals: Deals, circumstances: Circumstances, notes: Notes, by: Sequence[str] = USUAL
) -> Generator[int, None, Figures]:
    """Work out all figures, and slices by roles or headers; yield the number of steps done, so that work can be left.

    Each figure that is None has a note.
    """
    view = View(deals, circumstances)
    yield from saying(0, preparing(view))
    found = Figures(view=view)
    counted = counts(view, notes)
    found.deals, found.won, found.lost, found.open = counted.deals, counted.won, counted.lost, counted.open
    found.win_rate = win_rate(view, notes)
    yield 0
    found.win_rate_by_value = win_rate_by_value(view, notes)
    yield 1
    found.deal_size = yield from saying(1, deal_size(view, notes))
    found.won_value, found.lost_value = won_value(view, notes), lost_value(view, notes)
    found.open_value = open_value(view, notes)
    yield 2
    found.cycle = cycle(view, notes)
    yield 2
    found.cycle_of_won = cycle_of_won(view, notes)
    yield 3
    found.velocity = velocity(view, notes, found.deal_size, found.win_rate, found.cycle)
    yield 4
    found.revenue = revenue(view, notes)
    yield 4
    found.revenue_by_month = revenue(view, notes, MONTH, "revenue_by_month")
    found.growth_per_quarter = growth_per_quarter(found.revenue, notes)
    yield 5
    history = History(view)
    if history:
        yield from saying(5, preparing(history))
    found.stage_conversion = stage_conversion(view, history, notes)
    yield 6
    open_deals = OpenDeals(view, history)
    yield from saying(6, preparing(open_deals))
    found.stages = yield from saying(6, stages(view, open_deals, notes))
    found.stalled = stalled(view, open_deals, notes)
    yield 7
    found.coverage = coverage(view, notes)
    yield 7
    found.forecast = yield from saying(7, forecast(view, history, notes))
    yield 7
    found.back_test = yield from saying(7, back_test(view, notes))
    found.cohorts = yield from saying(7, cohorts(view, notes))
    yield 8
    found.pipelines = yield from saying(8, pipelines(view))
    yield 9
    for name in by:
        group = yield from saying(9, group_of(view, name, notes))
        if group is not None:
            found.slices[name] = yield from saying(9, slicing(view, group, notes, name))
    view.forget_marks()
    return found


def figures(deals: Deals, circumstances: Circumstances, notes: Notes, by: Sequence[str] = USUAL) -> Figures:
    """Work out all figures at once."""
    return finished(computing_figures(deals, circumstances, notes, by))
