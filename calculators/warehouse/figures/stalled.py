"""Which open deals have waited longer than deals of this table use to: how many they are, and their value."""

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures import stages
from calculators.warehouse.table import Table


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: `deals`, `value`, `limit_days`."""
    rows = stages.expression(deals)
    return rows.aggregate(
        deals=rows.stalled.sum(), value=deals.money(rows.stalled_parts.sum()), limit_days=rows.limit_days.min()
    )
