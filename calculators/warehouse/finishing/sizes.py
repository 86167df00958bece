"""Slices by classes of deal size, as the plain ones: quartiles of all deals, rounded to 1, 2 or 5."""

from collections.abc import Callable
from decimal import Decimal

from calculators.analysis.figures import sizes
from calculators.analysis.figures.sizes import SIZE
from calculators.analysis.figures.slices import Slice
from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, is_stopped
from calculators.analysis.figures.win_rate import has_both_outcomes
from calculators.analysis.gate.notes import Notes
from calculators.warehouse.aggregates import Aggregates, Row
from calculators.warehouse.figures import slices

__all__ = ["SIZE", "size_slices"]

type _Shown = tuple[bool, bool, bool]


def size_slices(
    view: Aggregates, notes: Notes, figure: str, slice_of: Callable[[Aggregates, Row, str | None, _Shown], Slice]
) -> list[Slice] | None:
    """Return the slices from small to large; None while amounts are in doubt, or where lost deals have none."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    if view.lost_total.deals and not view.lost_total.with_amount:
        notes.add("lost_value_zero", figure, deals=view.lost_total.deals, missing=view.lost_total.missing)
        return None
    edges = _edges(view)
    if not edges:
        notes.add("no_size_classes", figure)
        return None
    names = sizes._names(edges)
    has_rates = has_both_outcomes(view)
    if not has_rates:
        notes.add("part_missing", figure, part="win_rate")
    rows = sorted(view.rows(slices.by_size, edges), key=lambda row: (row["slice"] is None, row["slice"] or 0))
    return [
        slice_of(view, row, None if row["slice"] is None else names[int(row["slice"])], (True, True, has_rates))
        for row in rows
    ]


def _edges(view: Aggregates) -> list[Decimal]:
    row = view.row(slices.prices)
    if row["smallest"] is None:
        return []
    smallest_part = Decimal(1).scaleb(-view.warehouse.digits)
    quartiles = (view.money(row[f"quartile_{quarter}"]) for quarter in (1, 2, 3))
    edges = {max(sizes._rounded(amount), smallest_part) for amount in quartiles}
    return [edge for edge in sorted(edges) if view.money(row["smallest"]) < edge <= view.money(row["largest"])]
