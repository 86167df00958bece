"""How large a won deal is: mean and median of those with an amount other than zero."""

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures.day_counts import interpolated, middles, with_running
from calculators.warehouse.table import NEVER, Table


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: `mean`, `median`, `n`, and what they are made of in smallest parts."""
    table = deals.table
    table = table.filter((table.outcome == "won") & (table.parts != 0).fill_null(NEVER))
    amounts = with_running(table.group_by("parts").aggregate(deals=table.count()), "parts")
    row = amounts.aggregate(
        n=amounts.deals.sum().fill_null(0),
        sum_of_parts=(amounts.parts * amounts.deals).sum(),
        **middles(amounts, "parts", ("median",)),
    )
    return row.mutate(
        mean=deals.money(row.sum_of_parts) / row.n.nullif(0).cast("float64"),
        median=deals.money(interpolated(row, "median")),
    )
