"""How long deals take from creation to decision, in calendar days, and how many of them have no such length."""

import ibis

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures import kaplan_meier
from calculators.warehouse.figures.day_counts import SHARES, interpolated, middles, with_running
from calculators.warehouse.table import Column, Table, how_many


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: mean and quantiles of closed deals, and the median that counts open ones (Kaplan-Meier)."""
    table = deals.looked_at
    table = table.filter(table.has_cycle | table.aged)
    table = table.mutate(length=table.has_cycle.ifelse(table.days, table.age))
    lengths = table.group_by("length").aggregate(deals=how_many(table.has_cycle), still_open=how_many(table.aged))
    lengths = kaplan_meier.with_survival(with_running(lengths, "length"))
    row = lengths.aggregate(
        n=lengths.deals.sum().fill_null(0),
        days=(lengths.length * lengths.deals).sum(),
        censored=lengths.still_open.sum().fill_null(0),
        kaplan_meier_median_days=kaplan_meier.median(lengths),
        **middles(lengths, "length"),
    )
    return _finished(row)


def of_won(deals: WarehouseDeals) -> Table:
    """Return one row: mean and quantiles of won deals."""
    table = deals.looked_at
    table = table.filter(table.has_cycle & table.is_won)
    lengths = with_running(table.group_by(length=table.days).aggregate(deals=table.count()), "length")
    row = lengths.aggregate(
        n=lengths.deals.sum().fill_null(0),
        days=(lengths.length * lengths.deals).sum(),
        **middles(lengths, "length"),
    )
    return _finished(row)


def _finished(row: Table) -> Table:
    return row.mutate(
        mean_days=row.days.cast("float64") / row.n.nullif(0).cast("float64"),
        **{f"{name}_days": interpolated(row, name) for name in SHARES},
    )


def left_out(deals: WarehouseDeals) -> Table:
    """Return one row: closed and won deals without a length, by the reason, each with one."""
    table = deals.looked_at
    columns: dict[str, Column] = {}
    for name, meant in (("closed", table.is_closed), ("won", table.is_won)):
        columns |= {
            f"{name}_without_dates": how_many(meant & table.undated),
            f"{name}_closed_in_future": how_many(meant & table.in_future & ~table.undated),
            f"{name}_negative_cycle": how_many(meant & table.negative_cycle),
        }
    return table.aggregate(
        **columns,
        won_without_close_date=how_many(table.is_won & table.closed.isnull()),
        won_in_future=how_many(table.is_won & table.in_future),
        first_decision=table.closed.min(where=table.decided),
        last_decision=table.closed.max(where=table.decided),
        # The same number, so that a table without a deal has a row as well.
        deals=table.count() + ibis.literal(0),
    )
