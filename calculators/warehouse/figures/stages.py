"""What lies open in each stage: deals, value, mean age, and how many have waited longer than deals use to.

The limit is what three in four of all closed deals did not exceed, from 5 of them: a table of deals as they stand now
does not tell how long deals stay in a stage.
"""

from calculators.core.numbers.statistics import NO_RATE_BELOW
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures import cycle
from calculators.warehouse.table import NEVER, Table, how_many


def expression(deals: WarehouseDeals) -> Table:
    """Return a row for each stage with open deals."""
    table = deals.looked_at
    table = table.filter(table.is_open)
    limit = cycle.expression(deals)
    table = table.cross_join(limit.select(limit_days=limit.p75_days, cycles=limit.n))
    is_stalled = table.aged & (table.cycles >= NO_RATE_BELOW) & (table.age.cast("float64") > table.limit_days)
    is_stalled = is_stalled.fill_null(NEVER)
    rows = table.group_by("stage").aggregate(
        deals=table.count(),
        parts=table.parts.sum(),
        with_amount=table.parts.count(),
        days=table.age.sum(where=table.aged),
        aged=how_many(table.aged),
        stalled=how_many(is_stalled),
        stalled_missing=how_many(is_stalled & table.parts.isnull()),
        stalled_parts=table.parts.sum(where=is_stalled),
        limit_days=table.limit_days.min(),
    )
    return rows.mutate(
        value=deals.money(rows.parts),
        mean_age_days=rows.days.cast("float64") / rows.aged.nullif(0).cast("float64"),
    ).order_by("stage")
