"""Which share of the decided deals is won, by count with its Wilson interval, and by value."""

import ibis

from calculators.core.numbers.statistics import _Z_95, NO_RATE_BELOW
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures import counts, values
from calculators.warehouse.table import Column, Table


def expression(deals: WarehouseDeals) -> Table:
    """Return one row: `won`, `lost`, `n`, and `value`, `low`, `high`, empty without won, lost or 5 closed deals."""
    counted = counts.expression(deals).select("won", "lost")
    counted = counted.mutate(n=counted.won + counted.lost)
    has_rate = (counted.won > 0) & (counted.lost > 0) & (counted.n >= NO_RATE_BELOW)
    return with_interval(counted, has_rate)


def with_interval(counted: Table, has_rate: Column) -> Table:
    """Add `value`, `low` and `high` to rows with `won` and `n`, where they have a rate."""
    z = float(_Z_95)
    n = has_rate.ifelse(counted.n, ibis.null("int64")).cast("float64")
    share = counted.won.cast("float64") / n
    middle = share + z * z / (2 * n)
    spread = (share * (1 - share) / n + z * z / (4 * n * n)).sqrt() * z
    return counted.mutate(
        value=share,
        low=(counted.won == 0).ifelse(0.0 * n, (middle - spread) / (1 + z * z / n)),
        high=(counted.won == counted.n).ifelse(1.0 + 0.0 * n, (middle + spread) / (1 + z * z / n)),
    )


def by_value(deals: WarehouseDeals) -> Table:
    """Return one row: `won_value`, `lost_value`, `n`, and `value`, empty where one of the two has no value."""
    counted = values.expression(deals)
    has_rate = (
        (counted.won_deals > 0) & (counted.lost_deals > 0)
        & (counted.won_deals + counted.lost_deals >= NO_RATE_BELOW)
        & (counted.won_parts > 0) & (counted.lost_parts > 0)
    )  # fmt: skip
    both = has_rate.ifelse(counted.won_parts + counted.lost_parts, ibis.null("int64"))
    return counted.select(
        won_value=deals.money(counted.won_parts),
        lost_value=deals.money(counted.lost_parts),
        n=counted.won_deals - counted.won_missing - counted.won_zero
        + counted.lost_deals - counted.lost_missing - counted.lost_zero,
        value=counted.won_parts.cast("float64") / both.cast("float64"),
    )  # fmt: skip
