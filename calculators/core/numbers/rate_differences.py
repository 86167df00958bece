"""Whether two shares differ by more than chance, in `Decimal`, so that every machine gives the same figures."""

from collections.abc import Callable
from decimal import Decimal

from calculators.core.numbers.statistics import Z_95, wilson_interval

# The 80th percentile of the standard normal distribution.
_Z_80 = Decimal("0.841621233572914205178706121164")
# Beside the most probable case, what is rarer than this adds nothing to 28 digits of a sum.
_NEGLIGIBLE = Decimal("1e-40")
# As probable as the case observed: products of the same factors in another order differ in their last digits.
_AS_RARE = 1 + Decimal("1e-7")


def newcombe_interval(
    first: Decimal, of_first: Decimal, second: Decimal, of_second: Decimal
) -> tuple[Decimal, Decimal]:
    """Return the 95 % interval of the second share minus the first (R. G. Newcombe, 1998, method 10).

    `first` of `of_first` cases and `second` of `of_second`, one case or more of each. It is made of the two Wilson
    intervals and stays between -1 and 1.
    """
    low_1, high_1 = wilson_interval(first, of_first)
    low_2, high_2 = wilson_interval(second, of_second)
    share_1, share_2 = first / of_first, second / of_second
    difference = share_2 - share_1
    down = ((share_2 - low_2) ** 2 + (high_1 - share_1) ** 2).sqrt()
    up = ((high_2 - share_2) ** 2 + (share_1 - low_1) ** 2).sqrt()
    return difference - down, difference + up


def fisher_exact(first: Decimal, of_first: Decimal, second: Decimal, of_second: Decimal) -> Decimal:
    """Return the two-sided p-value of Fisher's exact test for two shares, 0 where it is below 1e-40.

    The probability, if both had the same share and as many successes in all, of a division of them that is as rare as
    the observed one or rarer: what R's `fisher.test` gives.
    """
    cases, other, successes = int(of_first), int(of_second), int(first + second)

    def to_next(place: int) -> Decimal:
        """Return how much more probable one more success among the first is."""
        ways = (successes - place) * (cases - place)
        return Decimal(ways) / ((place + 1) * (other - successes + place + 1))

    likeliest = (successes + 1) * (cases + 1) // (cases + other + 2)
    weights = _weights(likeliest, max(0, successes - other), min(successes, cases), to_next)
    observed = weights.get(int(first), Decimal(0)) * _AS_RARE
    rare = sum((weight for weight in weights.values() if weight <= observed), Decimal(0))
    return min(Decimal(1), rare / sum(weights.values()))


def equal_halves(first: Decimal, second: Decimal) -> Decimal:
    """Return the two-sided p-value of the exact test of two counts that would be the same but for chance.

    Each case falls to one of both with a probability of one half (the sign test); 0 where it is below 1e-40.
    """
    cases, smaller = int(first + second), int(min(first, second))
    weights = _weights(cases // 2, 0, cases, lambda place: Decimal(cases - place) / (place + 1))
    rare = sum((weight for place, weight in weights.items() if place <= smaller), Decimal(0))
    return min(Decimal(1), 2 * rare / sum(weights.values()))


def cases_to_tell(first: Decimal, second: Decimal) -> Decimal:
    """Return how many cases each of two groups needs for a test at 5 % to find the difference of 80 % of samples.

    `first` and `second` are the true shares, not equal. Fleiss's formula with his correction for continuity, which
    brings it near what an exact test needs; not rounded.
    """
    middle, gap = (first + second) / 2, abs(second - first)
    spread = Z_95 * (2 * middle * (1 - middle)).sqrt()
    spread += _Z_80 * (first * (1 - first) + second * (1 - second)).sqrt()
    plain = spread * spread / (gap * gap)
    return plain / 4 * (1 + (1 + 4 / (plain * gap)).sqrt()) ** 2


def _weights(likeliest: int, lowest: int, highest: int, to_next: Callable[[int], Decimal]) -> dict[int, Decimal]:
    """Return how probable each case is beside the likeliest, without those that are negligible."""
    weights = {likeliest: Decimal(1)}
    place, weight = likeliest, Decimal(1)
    while place < highest and weight > _NEGLIGIBLE:
        weight *= to_next(place)
        place += 1
        weights[place] = weight
    place, weight = likeliest, Decimal(1)
    while place > lowest and weight > _NEGLIGIBLE:
        place -= 1
        weight /= to_next(place)
        weights[place] = weight
    return weights
