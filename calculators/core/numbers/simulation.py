"""The distribution of a sum of deals, each won as a whole or lost: exact for a few deals, simulated for many.

Both ways count in whole numbers only, so that every machine and every Python give the same figures. Amounts count in
millionths of the currency; finer digits are rounded.

Exact, up to 20 deals: the deals are split into two halves, each half has at most 2^10 totals with their chances (equal
totals merged), and the chance of a total or less is a sum over pairs of halves. Probabilities count to 18 decimals.
Nothing is approximated, and the 2^20 totals of 20 deals are never listed.

Simulated, above 20 deals: 10,000 runs, bit-sliced. A number of 10,000 bits holds one bit of every run, so that one
operation works on all of them: 24 such numbers, drawn from a Mersenne Twister with a fixed seed, make a number between
0 and 1 for each run, and the deal is won where this is below its probability; adding its value to these runs is a
binary addition with carry. Each place in the list has its own random numbers whatever the probability, so a higher
probability never lowers the total of any run. Accuracy: a probability is rounded to a multiple of 2^-24; a chance from
10,000 runs has a standard error of at most 0.5 percentage points.

A common shock mixes two such distributions, that of a good period and that of a bad one, with one half each. Both count
in whole numbers, and so does the mixture: with equal chances it is as exact, or as simulated, as its two halves. The
halves of a simulation use the same random numbers, so that they differ by the shock and not by luck.
"""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from math import gcd, lcm, prod
from random import Random
from typing import Protocol

MOST_EXACT = 20
RUNS = 10_000

_SEED = 1
_PRECISION = 24
_EVERY_RUN = (1 << RUNS) - 1
_PARTS_PER_UNIT = Decimal(10) ** 6
_CERTAIN = 10**18

# Value and probability (0 to 1) of a deal.
Deal = tuple[Decimal, Decimal]


class _Totals(Protocol):
    """How likely each total is, in whole numbers: `at_most(total)` of `whole` parts lie at or below it."""

    whole: int

    def at_most(self, total: int) -> int:
        """Return how many parts of the whole lie at or below a total."""

    def quantile(self, parts: int) -> int:
        """Return the smallest total at or below which so many parts lie (1 to `whole`)."""


class Distribution:
    """The totals that deals can bring, which are won or lost independently of each other.

    With a `common_shock` (0 to 1) they are so within a good and within a bad period, of which either comes with one
    half: see `at_state`.
    """

    def __init__(self, deals: Sequence[Deal], common_shock: Decimal = Decimal(0)) -> None:
        values = [int((value * _PARTS_PER_UNIT).to_integral_value()) for value, _probability in deals]
        # Round amounts make small numbers, which are faster.
        self._unit = gcd(*values) or 1
        scaled = [value // self._unit for value in values]
        self.is_exact = len(deals) <= MOST_EXACT
        kind = _ExactTotals if self.is_exact else _SimulatedTotals
        self._totals: _Totals
        if common_shock:
            of_states = (at_state(deals, shock) for shock in (common_shock, -common_shock))
            self._totals = _MixedTotals(*(kind([*zip(scaled, state, strict=True)]) for state in of_states))
        else:
            self._totals = kind([*zip(scaled, (probability for _value, probability in deals), strict=True)])

    def quantile(self, share: Decimal) -> Decimal:
        """Return the smallest total whose cumulative probability reaches a share (above 0, up to 1)."""
        numerator, denominator = share.as_integer_ratio()
        parts = -(-self._totals.whole * numerator // denominator)
        return self._totals.quantile(parts) * self._unit / _PARTS_PER_UNIT

    def reached_with(self, chance: Decimal) -> Decimal:
        """Return the largest total that is reached or surpassed with a chance (above 0, up to 1) or a better one."""
        numerator, denominator = chance.as_integer_ratio()
        # What lies below it may be all but these parts: it is the first total at or below which lies one part more.
        parts = self._totals.whole - -(-self._totals.whole * numerator // denominator) + 1
        return self._totals.quantile(parts) * self._unit / _PARTS_PER_UNIT

    def chance_of(self, amount: Decimal) -> Decimal:
        """Return the probability that the total is this amount or more."""
        parts = int((amount * _PARTS_PER_UNIT).to_integral_value())
        below = self._totals.at_most(-(-parts // self._unit) - 1)
        return Decimal(self._totals.whole - below) / Decimal(self._totals.whole)


def leeway(probability: Decimal) -> Decimal:
    """Return how far the largest shock moves a probability: as far as the same step is possible up and down."""
    return min(probability, 1 - probability)


def at_state(deals: Sequence[Deal], shock: Decimal) -> list[Decimal]:
    """Return the probabilities of deals in a good period (a shock above 0), or in a bad one (below 0).

    The mean of both is the probability itself, and what is certain or hopeless stays so.
    """
    return [probability + shock * leeway(probability) for _value, probability in deals]


class _ExactTotals:
    """Every total of a few deals, as the sums of two halves."""

    def __init__(self, deals: Sequence[tuple[int, Decimal]]) -> None:
        chances = [_odds(probability) for _value, probability in deals]
        self.whole = prod(won + lost for won, lost in chances)
        self._best = sum(value for value, _probability in deals)
        parts = [(value, *chance) for (value, _probability), chance in zip(deals, chances, strict=True)]
        self._first = _convolve(parts[::2])
        second = _convolve(parts[1::2])
        self._second_totals = [total for total, _parts in second]
        self._second_at_most = [0, *accumulate(parts for _total, parts in second)]

    def at_most(self, total: int) -> int:
        parts, place = 0, len(self._second_totals)
        for first, chance in self._first:
            place = bisect_right(self._second_totals, total - first, 0, place)
            if not place:
                break
            parts += chance * self._second_at_most[place]
        return parts

    def quantile(self, parts: int) -> int:
        # Below `low` lie fewer parts, at or below `high` enough.
        low, high = -1, self._best
        while high - low > 1:
            middle = (low + high) // 2
            if self.at_most(middle) >= parts:
                high = middle
            else:
                low = middle
        return high


def _odds(probability: Decimal) -> tuple[int, int]:
    """Return how many parts are won and how many lost, in the smallest whole numbers."""
    won = int((probability * _CERTAIN).to_integral_value())
    common = gcd(won, _CERTAIN)
    return won // common, (_CERTAIN - won) // common


def _convolve(deals: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Return each possible total of (value, parts won, parts lost) with its parts, in ascending order."""
    totals = {0: 1}
    for value, won, lost in deals:
        following: dict[int, int] = {}
        for total, parts in totals.items():
            if lost:
                following[total] = following.get(total, 0) + parts * lost
            if won:
                following[total + value] = following.get(total + value, 0) + parts * won
        totals = following
    return sorted(totals.items())


class _SimulatedTotals:
    """10,000 totals, drawn at random: bit r of plane k is bit k of the total of run r."""

    whole = RUNS

    def __init__(self, deals: Sequence[tuple[int, Decimal]]) -> None:
        random = Random(_SEED)  # noqa: S311 - it simulates, and must be the same everywhere
        self._planes: list[int] = []
        for value, probability in deals:
            self._add(value, _winning_runs(random, probability))

    @cached_property
    def _falling_planes(self) -> list[tuple[int, int]]:
        """The place and the bits of each plane, the highest first."""
        return list(enumerate(self._planes))[::-1]

    def _add(self, value: int, runs: int) -> None:
        """Add a value to the totals of some runs: a binary addition of all runs at once."""
        carry = place = 0
        while value >> place or carry:
            if place == len(self._planes):
                self._planes.append(0)
            plane = self._planes[place]
            added = runs if value >> place & 1 else 0
            self._planes[place] = plane ^ added ^ carry
            carry = (plane & added) | (carry & (plane | added))
            place += 1

    def at_most(self, total: int) -> int:
        if total < 0:
            return 0
        if total >> len(self._planes):
            return RUNS
        below, equal = 0, _EVERY_RUN
        for place, plane in self._falling_planes:
            if total >> place & 1:
                below |= equal & ~plane
                equal &= plane
            else:
                equal &= ~plane
        return (below | equal).bit_count()

    def quantile(self, parts: int) -> int:
        total, candidates = 0, _EVERY_RUN
        for place, plane in self._falling_planes:
            smaller = candidates & ~plane
            if smaller.bit_count() >= parts:
                candidates = smaller
            else:
                parts -= smaller.bit_count()
                candidates &= plane
                total |= 1 << place
        return total


class _MixedTotals:
    """Two distributions of the same totals, each with one half."""

    def __init__(self, *halves: _Totals) -> None:
        each = lcm(*(half.whole for half in halves))
        self.whole = each * len(halves)
        self._halves = [(half, each // half.whole) for half in halves]

    def at_most(self, total: int) -> int:
        return sum(half.at_most(total) * factor for half, factor in self._halves)

    def quantile(self, parts: int) -> int:
        # It lies between those of the halves: below both, each half has too few parts, and at the larger one enough.
        of_halves = [half.quantile(-(-parts * half.whole // self.whole)) for half, _factor in self._halves]
        low, high = min(of_halves) - 1, max(of_halves)
        while high - low > 1:
            middle = (low + high) // 2
            if self.at_most(middle) >= parts:
                high = middle
            else:
                low = middle
        return high


def _winning_runs(random: Random, probability: Decimal) -> int:
    """Return the runs in which a random number of 24 bits is below a probability: bit r is set if run r is won."""
    limit = int((probability * (1 << _PRECISION)).to_integral_value())
    runs = 0
    # From the last binary digit to the first: a drawn bit of 1 stands for a digit of 0 in the random number.
    for place in range(_PRECISION):
        drawn = random.getrandbits(RUNS)
        runs = runs | drawn if limit >> place & 1 else runs & drawn
    return _EVERY_RUN if limit >> _PRECISION else runs
