"""What became of the deals created in each quarter."""

import ibis

from calculators.core.numbers.statistics import NO_RATE_BELOW
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.table import Table, how_many


def expression(deals: WarehouseDeals) -> Table:
    """Return a row for each quarter in which deals were created: `created` (its first day), outcomes, `win_rate`."""
    table = deals.looked_at
    table = table.filter(table.created.notnull())
    rows = table.group_by(created=table.created.truncate("quarter")).aggregate(
        deals=table.count(),
        won=how_many(table.is_won),
        lost=how_many(table.is_lost),
        open=how_many(table.is_open),
        traced=how_many(table.has_cycle | table.aged),
    )
    closed = rows.won + rows.lost
    whole = (closed >= NO_RATE_BELOW).ifelse(closed, ibis.null("int64")).cast("float64")
    return rows.mutate(win_rate=rows.won.cast("float64") / whole).order_by("created")
