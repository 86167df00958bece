"""What the open deals are worth, and what was won in the quarter of the day so far: the parts of the coverage."""

import ibis

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.table import Table


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: `open_value` and `booked`; coverage is open value / (quota − booked)."""
    table = deals.looked_at
    day = ibis.null("date") if deals.as_of is None else ibis.literal(deals.as_of.isoformat()).cast("date")
    in_quarter = table.decided & (table.closed.truncate("quarter") == day.truncate("quarter"))
    return table.aggregate(
        open_value=deals.money(table.parts.sum(where=table.is_open)),
        booked=deals.money(table.parts.sum(where=table.is_won & in_quarter).fill_null(0)),
    )
