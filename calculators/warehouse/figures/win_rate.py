"""Which share of the decided deals is won, by count with its Wilson interval, and by value."""

import ibis

from calculators.core.numbers.statistics import NO_RATE_BELOW, Z_95
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
    z = float(Z_95)
    # In steps, each of which has a name in the SQL.
    rates = counted.mutate(cases=has_rate.ifelse(counted.n, ibis.null("int64")).cast("float64"))
    rates = rates.mutate(value=rates.won.cast("float64") / rates.cases)
    n, share = rates.cases, rates.value
    rates = rates.mutate(
        middle=share + z * z / (2 * n),
        spread=(share * (1 - share) / n + z * z / (4 * n * n)).sqrt() * z,
        scale=1 + z * z / n,
    )
    rates = rates.mutate(
        low=(rates.won == 0).ifelse(0.0, (rates.middle - rates.spread) / rates.scale),
        high=(rates.won == rates.n).ifelse(1.0, (rates.middle + rates.spread) / rates.scale),
    )
    has_interval = rates.cases.notnull()
    return rates.mutate(
        low=has_interval.ifelse(rates.low, ibis.null("float64")),
        high=has_interval.ifelse(rates.high, ibis.null("float64")),
    ).drop("cases", "middle", "spread", "scale")


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
