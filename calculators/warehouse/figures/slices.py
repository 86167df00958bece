"""The same few figures for each owner, product, source …, and the classes of deal size."""

from decimal import Decimal

import ibis

from calculators.core.numbers.statistics import NO_RATE_BELOW
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures.day_counts import with_running
from calculators.warehouse.figures.win_rate import with_interval
from calculators.warehouse.table import NEVER, Column, Table, how_many


def expression(deals: WarehouseDeals, by: str = "owner") -> Table:
    """Return a row for each value of a column."""
    table = deals.looked_at
    return _sliced(deals, table, table[by])


def by_size(deals: WarehouseDeals, edges: list[Decimal]) -> Table:
    """Return a row for each class of size, its number counted from 0; empty for deals without one."""
    table = deals.looked_at
    code = ibis.literal(0)
    for place, edge in enumerate(edges, start=1):
        code = (table.parts >= int(edge.scaleb(deals.digits))).ifelse(place, code)
    return _sliced(deals, table, (table.parts > 0).ifelse(code, ibis.null("int64")))


def _sliced(deals: WarehouseDeals, table: Table, by: Column) -> Table:
    rows = table.group_by(value=by).aggregate(
        deals=table.count(),
        won=how_many(table.is_won),
        lost=how_many(table.is_lost),
        open=how_many(table.is_open),
        won_parts=table.parts.sum(where=table.is_won),
    )
    rows = rows.mutate(n=rows.won + rows.lost, won_value=deals.money(rows.won_parts))
    rates = with_interval(rows.rename(slice="value"), rows.n >= NO_RATE_BELOW)
    rates = rates.rename(win_rate="value", win_rate_low="low", win_rate_high="high")
    return rates.order_by([rates.deals.desc(), rates.slice])


def prices(deals: WarehouseDeals) -> Table:
    """Return one row: the smallest and the largest amount above zero, and the quartiles that classes are made of."""
    table = deals.table
    table = table.filter((table.parts > 0).fill_null(NEVER))
    amounts = with_running(table.group_by("parts").aggregate(deals=table.count()), "parts")
    return amounts.aggregate(
        smallest=amounts.parts.min(),
        largest=amounts.parts.max(),
        **{
            f"quartile_{quarter}": amounts.parts.min(where=amounts.upto * 4 > amounts.n * quarter)
            for quarter in (1, 2, 3)
        },
    )
