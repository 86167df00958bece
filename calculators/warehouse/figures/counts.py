"""How many deals there are, and how many of them are won, lost and open."""

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.table import Table, how_many


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: `deals`, `won`, `lost`, `open`."""
    table = deals.looked_at
    return table.aggregate(
        deals=table.count(),
        won=how_many(table.is_won),
        lost=how_many(table.is_lost),
        open=how_many(table.is_open),
    )
