"""After how many days half of all deals are decided, the open ones included (Kaplan and Meier, 1958).

The product of the shares that remain is the sum of their logarithms, in a window over one row for each length.
"""

from math import log

import ibis

from calculators.warehouse.table import Column, Table

# So near a half, a sum of logarithms is a half: plain Python works in whole numbers.
_HALF = log(0.5) + 1e-9
# What the logarithm of nothing is taken for.
_NOTHING_REMAINS = -1e6


def with_survival(lengths: Table) -> Table:
    """Add `survival`, a logarithm, to rows of `length`, `deals` (closed after it) and `still_open` (of that age)."""
    from_here = ibis.window(preceding=0, following=None, order_by=lengths.length)
    lengths = lengths.mutate(lasting=(lengths.deals + lengths.still_open).sum().over(from_here))
    remaining = (lengths.lasting - lengths.deals).nullif(0).cast("float64")
    step = ibis.coalesce((remaining / lengths.lasting.cast("float64")).ln(), _NOTHING_REMAINS)
    lengths = lengths.mutate(step=step)
    return lengths.mutate(survival=lengths.step.sum().over(ibis.cumulative_window(order_by=lengths.length)))


def median(lengths: Table) -> Column:
    """Return the first length at which a half or less is still open; empty where that is not reached."""
    return lengths.length.min(where=(lengths.deals > 0) & (lengths.survival <= _HALF))
