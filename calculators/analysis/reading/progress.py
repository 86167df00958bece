"""How far the work on a file is: long work is a generator that says so, and may be left between two words.

Parts of it that have nothing to say pause without a word, as often: all rows of a file are walked many times, and a
million of them in one go is as long as a reader may wait who wants to stop.
"""

from array import array
from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

# Values worked out between two pauses: some hundredths of a second where each is read by Python.
AT_ONCE = 20_000

type Stage = Literal["decoding", "reading", "understanding", "computing"]
type Pausing[Result] = Generator[None, None, Result]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total`: bytes while `decoding`, rows while `reading` (`total` is estimated), steps otherwise."""

    stage: Stage
    done: int
    total: int


def saying[Said, Result](said: Said, work: Pausing[Result]) -> Generator[Said, None, Result]:
    """Do work that pauses, and say at each pause how far it is."""
    while True:
        try:
            next(work)
        except StopIteration as ended:
            result: Result = ended.value
            return result
        yield said


def finished[Result](work: Generator[object, None, Result]) -> Result:
    """Do work without its pauses."""
    while True:
        try:
            next(work)
        except StopIteration as ended:
            result: Result = ended.value
            return result


def gathered(kind: str, values: Iterable[int]) -> Pausing[array[int]]:
    """Return values as an array of a kind, with pauses."""
    found, remaining = array(kind), iter(values)
    while piece := array(kind, islice(remaining, AT_ONCE)):
        found.extend(piece)
        yield
    return found


def counted[Value](values: Iterable[Value]) -> Pausing[Counter[Value]]:
    """Return how often each value stands there, with pauses."""
    found, remaining = Counter[Value](), iter(values)
    while piece := list(islice(remaining, AT_ONCE)):
        found.update(piece)
        yield
    return found


def ordered(values: Iterable[int]) -> Pausing[list[int]]:
    """Return values in their order, with pauses: some are sorted at a time, then always two such lists merged."""
    remaining = iter(values)
    runs = []
    while run := sorted(islice(remaining, AT_ONCE)):
        runs.append(run)
        yield
    while len(runs) > 1:
        # A list of two sorted halves is merged when it is sorted.
        runs = [*runs[2:], sorted(runs[0] + runs[1])]
        yield
    return runs[0] if runs else []
