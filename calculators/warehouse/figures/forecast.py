"""What the open deals will bring: their amounts by the chance to be won."""

from calculators.analysis.figures.chance_of_totals import MOST_SIMULATED
from calculators.analysis.gate.deals import CERTAIN
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.table import Table


def expression(deals: WarehouseDeals) -> Table:
    """Return a row for each probability of open deals with an amount above zero, empty for those without one."""
    table = deals.looked_at
    table = table.filter(table.priced)
    whole = table.parts.cast("decimal(19, 0)")
    rows = table.group_by("chance").aggregate(
        deals=table.count(), parts=table.parts.sum(), squares=(whole * whole).sum()
    )
    return rows.mutate(weighted_value=deals.money(rows.parts) * rows.chance.cast("float64") / CERTAIN).order_by(
        "chance"
    )


def largest(deals: WarehouseDeals) -> Table:
    """Return the amounts that matter most (by variance) with their probabilities, as many as are simulated."""
    table = deals.looked_at
    table = table.filter(table.priced & table.chance.notnull())
    chance = table.chance.cast("float64") / CERTAIN
    amount = table.parts.cast("float64")
    return _first(table.mutate(variance=chance * (1 - chance) * amount * amount), "variance")


def largest_amounts(deals: WarehouseDeals) -> Table:
    """Return the largest amounts, where all have the same chance."""
    table = deals.looked_at
    return _first(table.filter(table.priced), "parts")


def _first(table: Table, by: str) -> Table:
    ordered = table.order_by([table[name].desc() for name in dict.fromkeys((by, "parts", "chance"))])
    return ordered.limit(MOST_SIMULATED).select("parts", "chance")
