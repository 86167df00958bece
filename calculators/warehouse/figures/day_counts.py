"""Mean and quantiles from how many deals have each length or amount.

After one row for each, windows run over those rows only, so that no worker of an engine gathers the whole table.
"""

import ibis

from calculators.warehouse.table import Column, Table

# The shares of the contract, as whole numbers: half, three quarters, nine tenths.
SHARES = {"median": (1, 2), "p75": (3, 4), "p90": (9, 10)}


def with_running(counted: Table, by: str) -> Table:
    """Add `upto`, the running number of `deals` in the order of a column, and `n`, all of them."""
    ordered = ibis.cumulative_window(order_by=counted[by])
    counted = counted.mutate(upto=counted.deals.sum().over(ordered))
    return counted.mutate(n=counted.deals.sum().over(ibis.window()))


def middles(running: Table, by: str, shares: tuple[str, ...] = tuple(SHARES)) -> dict[str, Column]:
    """Return for each share the values between which it lies, `…_lower` and `…_upper`.

    A deal stands at the first value at which the running number of deals passes its place, counted from 0.
    """
    found = {}
    for name in shares:
        part, whole = SHARES[name]
        place = (running.n - 1) * part
        counts = running.deals > 0
        found[f"{name}_lower"] = running[by].min(where=counts & (running.upto * whole > place))
        found[f"{name}_upper"] = running[by].min(where=counts & ((running.upto - 1) * whole > place))
    return found


def interpolated(row: Table, name: str) -> Column:
    """Return a quantile as PERCENTILE.INC of spreadsheets has it: one division of whole numbers."""
    part, whole = SHARES[name]
    lower, upper = row[f"{name}_lower"], row[f"{name}_upper"]
    rest = ((row.n - 1) * part) % whole
    return (lower * whole + (ibis.coalesce(upper, lower) - lower) * rest).cast("float64") / whole
