"""How long things last where some of them still last: the estimate of Kaplan and Meier (1958).

An end is seen after some length; what still lasts is known to last at least its age. At each length t at which there
are ends: share still lasting × (1 − ends at t / those that lasted t or longer); what still lasts at age t counts as
having lasted t. A share counts as reached where exactly it is left, so it is looked for in whole numbers.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple


class Step(NamedTuple):
    """A length at which something ended: how many had lasted so long, and how many of those ended then."""

    length: int
    lasting: int
    ended: int


def steps(ended: Mapping[int, int], still_lasting: Mapping[int, int]) -> Iterator[Step]:
    """Yield each length at which something ended, in order; both are given as length → how many."""
    ages = sorted(still_lasting)
    lasting = sum(ended.values()) + sum(still_lasting.values())
    gone = 0
    for length in sorted(ended):
        while gone < len(ages) and ages[gone] < length:
            lasting -= still_lasting[ages[gone]]
            gone += 1
        yield Step(length, lasting, ended[length])
        lasting -= ended[length]


def first_length(curve: Iterable[Step], part: int, whole: int) -> int | None:
    """Return the first length after which `part` of `whole` or less still lasts; None where that is not reached.

    For a half it is the median as lifelines has it: where all have ended, the smallest length that half of them do not
    exceed.
    """
    numerator = denominator = 1
    for step in curve:
        numerator, denominator = numerator * (step.lasting - step.ended), denominator * step.lasting
        if whole * numerator <= part * denominator:
            return step.length
    return None
