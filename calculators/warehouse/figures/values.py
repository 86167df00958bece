"""What the won, lost and open deals are worth: exact sums of their amounts, and how many have which."""

from calculators.warehouse.deals import LOST, OPEN, WON, WarehouseDeals
from calculators.warehouse.table import Column, Table, how_many

TOTALS = (WON, LOST, OPEN)


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: for each outcome its deals, those without an amount, of zero, below it, and the sum."""
    table = deals.looked_at
    columns: dict[str, Column] = {}
    for outcome in TOTALS:
        columns |= total(table, table.outcome == outcome, outcome)
    counted = table.aggregate(**columns)
    # Where there are deals and none has an amount, there is no value; where there are no deals, it is zero.
    return counted.mutate(
        **{
            f"{outcome}_value": deals.money(
                (counted[f"{outcome}_deals"] > 0).ifelse(
                    counted[f"{outcome}_parts"], counted[f"{outcome}_parts"].fill_null(0)
                )
            )
            for outcome in TOTALS
        }
    )


def total(table: Table, meant: Column, name: str) -> dict[str, Column]:
    """Return what adds up the amounts of some deals, by the names of the columns."""
    return {
        f"{name}_deals": how_many(meant),
        f"{name}_missing": how_many(meant & table.parts.isnull()),
        f"{name}_zero": how_many(meant & (table.parts == 0)),
        f"{name}_negative": how_many(meant & (table.parts < 0)),
        f"{name}_parts": table.parts.sum(where=meant),
    }
