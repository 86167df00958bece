"""How many opportunities the readings of the velocity count, and what the won deals of the period brought."""

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures.values import total
from calculators.warehouse.table import Table, how_many


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: `live`, `created`, `closed`, the period of decisions, and what was won in it."""
    table = deals.looked_at
    period = table.aggregate(
        first_decision=table.closed.min(where=table.decided), last_decision=table.closed.max(where=table.decided)
    )
    table = table.cross_join(period)
    in_period = (table.created >= table.first_decision) & (table.created <= table.last_decision)
    row = table.aggregate(
        live=how_many(table.is_open),
        created=how_many(in_period),
        closed=how_many(table.decided),
        first_decision=table.first_decision.min(),
        last_decision=table.last_decision.min(),
        **total(table, table.is_won & table.decided, "won"),
    )
    days = row.last_decision.delta(row.first_decision, unit="day") + 1
    return row.mutate(actual_revenue_per_day=deals.money(row.won_parts) / days.cast("float64"))
