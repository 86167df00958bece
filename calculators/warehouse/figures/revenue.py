"""What was won in each quarter and each month, by the day on which deals were won."""

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.table import Table, how_many


def expression(deals: WarehouseDeals) -> Table:
    """Return a row for each quarter with a decision."""
    return _by(deals, "quarter")


def by_month(deals: WarehouseDeals) -> Table:
    """Return a row for each month with a decision."""
    return _by(deals, "month")


def _by(deals: WarehouseDeals, unit: str) -> Table:
    """Return `period` (its first day), `won`, `lost`, `won_value`; and for the back test how many have what."""
    table = deals.looked_at
    table = table.filter(table.decided)
    rows = table.group_by(period=table.closed.truncate(unit)).aggregate(
        won=how_many(table.is_won),
        lost=how_many(table.is_lost),
        won_parts=table.parts.sum(where=table.is_won),
        sized=how_many(table.is_won & (table.parts != 0)),
        with_cycle=how_many(table.has_cycle),
    )
    return rows.mutate(won_value=deals.money(rows.won_parts)).order_by("period")
