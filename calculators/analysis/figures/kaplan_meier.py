"""After how many days half of all deals are decided, the open ones included (Kaplan and Meier, 1958).

A closed deal, won or lost, is an event after its cycle; an open deal is known to last longer than its age at `as_of`:
see `calculators.core.numbers.survival`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from calculators.core.numbers.survival import first_length, steps


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToClose:
    """`curve` has a step for each length at which deals were decided: days, share of deals still open after them."""

    median_days: int | None
    closed: int
    censored: int
    curve: tuple[tuple[int, float], ...]


def of_lengths(closed: Mapping[int, int], still_open: Mapping[int, int]) -> TimeToClose:
    """Return the time to close of deals given as length → number of deals."""
    found = tuple(steps(closed, still_open))
    share = 1.0
    curve = []
    for step in found:
        share *= (step.lasting - step.ended) / step.lasting
        curve.append((step.length, share))
    return TimeToClose(
        median_days=first_length(found, 1, 2),
        closed=sum(closed.values()),
        censored=sum(still_open.values()),
        curve=tuple(curve),
    )
