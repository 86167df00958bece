"""Deals picked out: a byte for each deal, 1 where it is meant. Millions of them are combined at the speed of C."""

from array import array
from collections.abc import Iterable
from itertools import compress

type Marks = bytes


def with_outcomes(outcomes: bytearray, *meant: int) -> Marks:
    """Mark the deals with one of the outcomes."""
    return bytes(outcomes.translate(bytes(outcome in meant for outcome in range(256))))


def filled(values: Iterable[int]) -> Marks:
    """Mark the values other than zero, as the days that are known."""
    return bytes(map(bool, values))


def both(first: Marks, *others: Marks) -> Marks:
    """Mark what all of them mark."""
    combined = int.from_bytes(first)
    for marks in others:
        combined &= int.from_bytes(marks)
    return combined.to_bytes(len(first))


def either(first: Marks, *others: Marks) -> Marks:
    """Mark what any of them marks."""
    combined = int.from_bytes(first)
    for marks in others:
        combined |= int.from_bytes(marks)
    return combined.to_bytes(len(first))


def without(first: Marks, *others: Marks) -> Marks:
    """Mark what the first marks and none of the others does."""
    combined = int.from_bytes(first)
    for marks in others:
        combined &= ~int.from_bytes(marks)
    return combined.to_bytes(len(first))


def count(marks: Marks) -> int:
    """Return how many deals are marked."""
    return marks.count(1)


def places(marks: Marks) -> list[int]:
    """Return the places of the marked deals, in the order of the file."""
    return list(compress(range(len(marks)), marks))


def at(deals: Iterable[int], length: int) -> Marks:
    """Mark deals by their places."""
    marks = bytearray(length)
    for deal in deals:
        marks[deal] = 1
    return bytes(marks)


def between(days: array[int], first: int, last: int) -> Marks:
    """Mark the days from the first to the last, both included."""
    return both(bytes(map(first.__le__, days)), bytes(map(last.__ge__, days)))
