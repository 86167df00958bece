"""After how many days half of all deals are decided, the open ones included (Kaplan and Meier, 1958).

A closed deal, won or lost, is an event after its cycle; an open deal is known to last longer than its age at `as_of`.
At each length t: share still open × (1 − events at t / deals that lasted t or longer); an open deal of age t counts as
having lasted t. The median is the first length at which a half or less is still open, as lifelines has it: of closed
deals alone, the smallest length that half of them do not exceed. It is worked out in whole numbers, so that exactly a
half is a half.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToClose:
    """`curve` has a step for each length at which deals were decided: days, share of deals still open after them."""

    median_days: int | None
    closed: int
    censored: int
    curve: tuple[tuple[int, float], ...]


def of_lengths(closed: Mapping[int, int], still_open: Mapping[int, int]) -> TimeToClose:
    """Return the time to close of deals given as length → number of deals."""
    ages = sorted(still_open)
    lasting = sum(closed.values()) + sum(still_open.values())
    # The share still open is the product of `remaining / lasting` over all steps.
    numerator = denominator = 1
    share, median, gone = 1.0, None, 0
    curve = []
    for days in sorted(closed):
        while gone < len(ages) and ages[gone] < days:
            lasting -= still_open[ages[gone]]
            gone += 1
        remaining = lasting - closed[days]
        share *= remaining / lasting
        curve.append((days, share))
        if median is None:
            numerator, denominator = numerator * remaining, denominator * lasting
            if 2 * numerator <= denominator:
                median = days
        lasting = remaining
    return TimeToClose(
        median_days=median, closed=sum(closed.values()), censored=sum(still_open.values()), curve=tuple(curve)
    )
