"""Statistics in `Decimal`, so that every machine gives the same figures."""

from collections.abc import Sequence
from decimal import Decimal

# The 97.5th percentile of the standard normal distribution.
Z_95 = Decimal("1.959963984540054235524594430521")

# Below so many cases a rate or average is shown with a caution, and a rate not at all.
CAUTION_BELOW = 30
NO_RATE_BELOW = 5


def mean(values: Sequence[Decimal]) -> Decimal:
    """Return the arithmetic mean of one or more values."""
    return sum(values, Decimal(0)) / len(values)


def percentile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """Return the value below which a share (0 to 1) of the ascending values lies.

    Linear between the closest ranks: type 7 of Hyndman and Fan (1996), as in
    PERCENTILE.INC of spreadsheet programs. Needs one value or more.
    """
    position = (len(ordered) - 1) * share
    lower = int(position)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (position - lower)


def wilson_interval(successes: Decimal, cases: Decimal) -> tuple[Decimal, Decimal]:
    """Return the lower and upper end of the 95 % interval of a rate (E. B. Wilson, 1927).

    `successes` of `cases`, one case or more. Unlike the textbook interval it
    stays between 0 and 1 and is not empty at 0 or at all successes.
    """
    share = successes / cases
    z_squared = Z_95 * Z_95
    middle = share + z_squared / (2 * cases)
    spread = Z_95 * (share * (1 - share) / cases + z_squared / (4 * cases * cases)).sqrt()
    scale = 1 + z_squared / cases
    low = Decimal(0) if successes == 0 else (middle - spread) / scale
    high = Decimal(1) if successes == cases else (middle + spread) / scale
    return low, high
