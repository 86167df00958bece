"""How many deals there are, and how many of them are won, lost and open."""

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.table import Table


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: `deals`, `won`, `lost`, `open`."""
    table = deals.looked_at
    return table.aggregate(
        deals=table.count(),
        won=table.count(where=table.is_won),
        lost=table.count(where=table.is_lost),
        open=table.count(where=table.is_open),
    )
