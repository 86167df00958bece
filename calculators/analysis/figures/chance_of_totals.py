"""What open deals can bring in all, each won as a whole or lost: any number of them, in little time.

Up to 100 deals it is the distribution of the calculator `weighted-forecast`: exact up to 20, simulated above. Of more
deals, those 100 whose outcome matters most (by variance) are simulated, and the sum of the many others, of which each
is small beside them, is taken as normally distributed around its mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from heapq import nlargest
from math import erfc, fsum, sqrt
from operator import mul
from typing import Literal

from calculators.core.numbers.simulation import MOST_EXACT, Distribution

MOST_SIMULATED = 100
# How many steps of equal chance the total of the simulated deals is taken in, and halvings on the way to a quantile.
_STEPS, _HALVINGS = 100, 50

type Way = Literal["exact", "simulated", "approximated"]


def quantiles(
    amounts: Mapping[Decimal, Sequence[int]], shares: Iterable[Decimal], digits: int
) -> tuple[Way, list[Decimal]]:
    """Return quantiles of the total, and how they were found.

    `amounts` holds, for each chance to be won, the amounts of the deals that have it, above zero, in parts of
    10 ** -digits. The order of the deals changes nothing.
    """
    number = sum(map(len, amounts.values()))
    large = nlargest(
        MOST_SIMULATED,
        (
            (float(chance * (1 - chance)) * parts * parts, parts, chance)
            for chance, of_chance in amounts.items()
            for parts in nlargest(MOST_SIMULATED, of_chance)
        ),
    )
    # The largest first: the random numbers belong to the places of the list.
    large.sort(key=lambda deal: (-deal[1], -deal[2]))
    distribution = Distribution([(Decimal(parts).scaleb(-digits), chance) for _variance, parts, chance in large])
    if number <= MOST_SIMULATED:
        way: Way = "exact" if number <= MOST_EXACT else "simulated"
        return way, [distribution.quantile(share) for share in shares]
    mean = float(sum((chance * sum(of_chance) for chance, of_chance in amounts.items()), Decimal(0)))
    mean -= fsum(float(chance) * parts for _variance, parts, chance in large)
    variance = fsum(
        float(chance * (1 - chance)) * sum(map(mul, of_chance, of_chance)) for chance, of_chance in amounts.items()
    ) - fsum(of_deal for of_deal, _parts, _chance in large)
    return "approximated", approximated(distribution, mean, variance, shares, digits)


def approximated(
    distribution: Distribution, mean: float, variance: float, shares: Iterable[Decimal], digits: int
) -> list[Decimal]:
    """Return quantiles of the total of those that are simulated and of many others, by mean and variance of these."""
    steps = [
        float(distribution.quantile(Decimal(2 * step + 1) / (2 * _STEPS)).scaleb(digits)) + mean
        for step in range(_STEPS)
    ]
    deviation = sqrt(max(variance, 0.0))
    return [Decimal(round(_quantile(steps, deviation, float(share)))).scaleb(-digits) for share in shares]


def _quantile(steps: list[float], deviation: float, share: float) -> float:
    """Return where a sum lies with a chance: one of the steps, each as likely, and a normal number around it."""
    # Nothing lies ten deviations away.
    low, high = steps[0] - 10 * deviation - 1, steps[-1] + 10 * deviation + 1
    scale = sqrt(2) * deviation or 1e-9
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2
        if fsum(erfc((step - middle) / scale) for step in steps) / 2 / len(steps) < share:
            low = middle
        else:
            high = middle
    return high
