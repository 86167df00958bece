"""All figures of the contract from aggregates: what the engine counted and added up, finished in decimals.

The engine hands over whole numbers; the last division is the plain one, so that figures are equal to the last digit.
What is said of a figure is said in the plain order and words.
"""

from collections.abc import Sequence

from calculators.analysis.figures.all_figures import Figures
from calculators.analysis.figures.back_test import back_test
from calculators.analysis.figures.cohorts import cohorts
from calculators.analysis.figures.counts import counts
from calculators.analysis.figures.coverage import coverage
from calculators.analysis.figures.cycle import cycle, cycle_of_won
from calculators.analysis.figures.deal_size import deal_size
from calculators.analysis.figures.periods import MONTH
from calculators.analysis.figures.pipelines import MOST, ROLE, Pipeline, pipeline_of
from calculators.analysis.figures.revenue import growth_per_quarter, revenue
from calculators.analysis.figures.sizes import SIZE, class_edges, class_names
from calculators.analysis.figures.slices import Known, Slice, slice_of, what_is_known
from calculators.analysis.figures.stages import stages
from calculators.analysis.figures.stalled import stalled
from calculators.analysis.figures.values import lost_value, open_value, won_value
from calculators.analysis.figures.velocity import velocity
from calculators.analysis.figures.win_rate import win_rate, win_rate_by_value
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import finished
from calculators.warehouse.aggregates import Aggregates, Row
from calculators.warehouse.figures import slices
from calculators.warehouse.finishing.forecast import forecast
from calculators.warehouse.finishing.open_deals import OpenDealsOfTable


def figures(view: Aggregates, notes: Notes, by: Sequence[str] = ()) -> Figures:
    """Work out all figures, and slices by columns. Each figure that is None has a note."""
    found = Figures()
    counted = counts(view, notes)
    found.deals, found.won, found.lost, found.open = counted.deals, counted.won, counted.lost, counted.open
    found.win_rate = win_rate(view, notes)
    found.win_rate_by_value = win_rate_by_value(view, notes)
    found.deal_size = finished(deal_size(view, notes))
    found.won_value, found.lost_value = won_value(view, notes), lost_value(view, notes)
    found.open_value = open_value(view, notes)
    found.cycle = cycle(view, notes)
    found.cycle_of_won = cycle_of_won(view, notes)
    found.velocity = velocity(view, notes, found.deal_size, found.win_rate, found.cycle)
    found.revenue = revenue(view, notes)
    found.revenue_by_month = revenue(view, notes, MONTH, "revenue_by_month")
    found.growth_per_quarter = growth_per_quarter(found.revenue, notes)
    # A table holds deals as they stand now.
    notes.add("no_stage_history", "stage_conversion")
    open_deals = OpenDealsOfTable(view)
    found.stages = finished(stages(view, open_deals, notes))
    found.stalled = stalled(view, open_deals, notes)
    found.coverage = coverage(view, notes)
    found.forecast = forecast(view, notes)
    found.back_test = finished(back_test(view, notes))
    found.cohorts = finished(cohorts(view, notes))
    found.pipelines = _pipelines(view)
    for name in by:
        sliced = _by_size(view, notes) if name == SIZE else _slices(view, notes, name)
        if sliced is not None:
            found.slices[name] = sliced
    return found


def _by_value(view: Aggregates, name: str) -> list[Row]:
    """Return the rows of a column: those with more deals first, equal ones by name, deals without a value last."""
    rows = view.rows(slices.expression, name)
    return sorted(rows, key=lambda row: (row["slice"] is None, -row["deals"], row["slice"] or ""))


def _slices(view: Aggregates, notes: Notes, name: str) -> list[Slice] | None:
    if not view.has_group(name):
        return None
    known = what_is_known(view, notes, f"slices.{name}")
    return [_slice(view, row, row["slice"], known) for row in _by_value(view, name)]


def _by_size(view: Aggregates, notes: Notes) -> list[Slice] | None:
    figure = f"slices.{SIZE}"
    edges = finished(class_edges(view, notes, figure))
    if not edges:
        return None
    known, names = what_is_known(view, notes, figure), class_names(edges)
    rows = sorted(view.rows(slices.by_size, edges), key=lambda row: (row["slice"] is None, row["slice"] or 0))
    return [_slice(view, row, None if row["slice"] is None else names[int(row["slice"])], known) for row in rows]


def _slice(view: Aggregates, row: Row, value: str | None, known: Known) -> Slice:
    parts = row["won_parts"]
    return slice_of(
        value,
        deals=row["deals"],
        won=row["won"],
        lost=row["lost"],
        open_=row["open"],
        won_value=None if parts is None else view.money(parts),
        known=known,
    )


def _pipelines(view: Aggregates) -> list[Pipeline] | None:
    if not view.has_group(ROLE):
        return None
    names = [row["slice"] for row in _by_value(view, ROLE)]
    if not 2 <= sum(name is not None for name in names) <= MOST:
        return None
    return [finished(pipeline_of(view.of(ROLE, name), name)) for name in names]
