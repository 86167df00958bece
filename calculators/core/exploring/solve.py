"""Find the input that brings a wanted result, such as the win rate that brings 4,000 a day.

What counts as reaching a goal depends on the result: a revenue of at least 4,000, a cost of at most 900. The answer are
the stretches of values that reach it, with their ends: “from 36% on”, “up to 420,000”.
"""

import decimal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Literal

from calculators.core.exploring.search import Search, TooLong
from calculators.core.running.run import Result

# A result that changes by more than this share between two values beside each other jumps.
_JUMP = Decimal("1e-6")
# Two figures that differ by less are the same.
_CLOSE = Decimal("1e-22")
# So little of a step is nothing to anybody.
_NOTHING = Decimal("1e-9")
_DIGITS = 28

Goal = Literal["at_least", "at_most", "exactly"]
Edge = Literal["from", "up_to", "at"]
# Always towards the values that reach the goal.
_ROUNDED: dict[Edge, str] = {"from": "ROUND_CEILING", "up_to": "ROUND_FLOOR", "at": "ROUND_HALF_EVEN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A value of the unknown input at an end of a stretch, and the result it brings.

    `value` has up to 15 digits. `typed` is rounded to what people would type, always to the side that reaches the goal.
    """

    value: Decimal
    output: Decimal
    typed: Decimal
    typed_output: Decimal
    edge: Edge


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values side by side that all reach the goal; without an end on a side, it goes on as far as there are results.

    With one value alone, both ends are that one.
    """

    low: Solution | None
    high: Solution | None

    @property
    def is_point(self) -> bool:
        """Whether it is a single value."""
        return self.low is not None and self.low is self.high


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the result leaps over the goal: what it is just before this value and just after (or at) it."""

    at: Decimal
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The stretches that reach the goal, ascending, and what the result can be by this input alone.

    `lowest` and `highest` are None where there is no result at all. `jump` is where the goal lies in the gap of a jump,
    `neighbours` the whole numbers on either side of a goal that none of them brings exactly. `limit` is how near to an
    unreachable goal the result comes, where that is a figure with a meaning.
    """

    goal: Goal
    target: Decimal
    stretches: tuple[Stretch, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    jump: Jump | None = None
    neighbours: tuple[Solution, ...] = ()
    limit: Decimal | None = None
    depends: bool = True
    took_too_long: bool = False

    @property
    def solutions(self) -> tuple[Solution, ...]:
        """Every end of a stretch, ascending, each once."""
        ends = [end for stretch in self.stretches for end in (stretch.low, stretch.high) if end is not None]
        return tuple(dict.fromkeys([*ends, *self.neighbours]))

    @property
    def is_always_reached(self) -> bool:
        """Whether every value reaches the goal."""
        return bool(self.stretches) and not self.solutions

    def nearest(self, now: Decimal | None) -> Solution | None:
        """Return the solution nearest to a value, or else the first."""
        return min(self.solutions, key=lambda end: abs(end.typed - now) if now is not None else 0, default=None)


def solve(result: Result, unknown: str, output: str, target: Decimal) -> Answer:
    """Find the values of input `unknown` at which `output` reaches `target`, all other inputs as in `result`.

    `unknown` is one of the calculator's `variable_inputs`, `output` one of its `figures`.
    """
    goal = result.calculator.figures[output].goal
    with decimal.localcontext(prec=_DIGITS):
        try:
            return _answer(Search(result, unknown, output, target), goal)
        except TooLong:
            return Answer(goal=goal, target=target, took_too_long=True)


def _answer(search: Search, goal: Goal) -> Answer:
    places = search.looked_at()
    figures = [found for found in map(search.figure, places) if found is not None]
    if not figures:
        return Answer(goal=goal, target=search.target)
    answer = Answer(goal=goal, target=search.target, lowest=min(figures), highest=max(figures))
    if len(figures) > 1 and not differ(min(figures), max(figures)):
        return replace(answer, depends=False)
    # Beside the end of the results they may be as large as nobody has them, but pass the target on the way.
    places = search.with_ends(places)
    if goal == "exactly":
        return _exactly(search, places, answer)

    def reaches(value: Decimal) -> bool:
        return search.place(value) in ((0, 1) if goal == "at_least" else (-1, 0))

    stretches = tuple(_stretches(search, places, reaches))
    sides = [side for side in _changes(search, places, reaches) if _leaps(search, *side)]
    return replace(
        answer,
        stretches=stretches,
        # Beside further stretches, the ends say enough.
        jump=_jump(search, *sides[0]) if len(sides) == len(stretches) == 1 else None,
        limit=None if stretches else _limit(search, places, answer),
    )


def _exactly(search: Search, places: list[Decimal], answer: Answer) -> Answer:
    sides = list(_crossings(search, places))
    meeting = [side for side in sides if not _leaps(search, *side)]
    leaping = [side for side in sides if _leaps(search, *side)]
    places = sorted({*places, *(value for side in sides for value in side)})
    stretches = [*_stretches(search, places, lambda value: search.place(value) == 0)]
    stretches += [_meeting_point(search, *side) for side in meeting if search.place(side[1]) != 0]
    leaping = [side for side in leaping if search.place(side[1]) != 0]
    neighbours: tuple[Solution, ...] = ()
    if search.range.is_whole:
        neighbours = tuple(_solution(search, value, "at", search.has_figure) for side in leaping for value in side)
    return replace(
        answer,
        stretches=tuple(sorted(stretches, key=lambda stretch: stretch.low.value if stretch.low else Decimal("-inf"))),
        jump=_jump(search, *leaping[0]) if len(leaping) == 1 and not stretches else None,
        neighbours=neighbours,
        limit=None if stretches or leaping else _limit(search, places, answer),
    )


def _changes(
    search: Search, places: list[Decimal], holds: Callable[[Decimal], bool]
) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the two values side by side of each place where something begins or ceases to hold."""
    for low, high in pairwise(places):
        if search.has_figure(low) and search.has_figure(high) and holds(low) != holds(high):
            yield search.narrowed(low, high, holds)


def _crossings(search: Search, places: list[Decimal]) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the two values side by side of each place where the result passes the target, or arrives at it."""
    for low, high in pairwise(places):
        at_low, at_high = search.place(low), search.place(high)
        if at_low and at_high and at_low != at_high:
            yield search.narrowed(low, high, lambda value, side=at_low: search.place(value) == side)  # type: ignore[misc]  # mypy cannot infer a lambda with a default


def _stretches(search: Search, places: list[Decimal], reaches: Callable[[Decimal], bool]) -> Iterator[Stretch]:
    """Yield each run of places that reach the goal, with its ends as far out as they reach it."""
    for is_reached, run_of_places in groupby(range(len(places)), lambda number: reaches(places[number])):
        if not is_reached:
            continue
        numbers = list(run_of_places)
        first, last = numbers[0], numbers[-1]
        begin = _end(search, places[first - 1], places[first], reaches) if first else None
        end = _end(search, places[last + 1], places[last], reaches) if last + 1 < len(places) else None
        yield _stretch(search, begin, end, reaches)


def _end(search: Search, outside: Decimal, inside: Decimal, reaches: Callable[[Decimal], bool]) -> Decimal | None:
    """Return the outermost value that reaches the goal; None if the results themselves end there."""
    if not search.has_figure(outside):
        return None
    low, high = search.narrowed(min(outside, inside), max(outside, inside), reaches)
    return search.neat(high if outside < inside else low, reaches)


def _stretch(search: Search, begin: Decimal | None, end: Decimal | None, reaches: Callable[[Decimal], bool]) -> Stretch:
    # Only the end of the range itself: beyond it nothing could reach the goal or not.
    least, nothing = search.range.least, search.range.step * _NOTHING
    if begin is None and end is not None and end - least <= nothing and reaches(least):
        begin = end = least
    if end is None and begin == search.range.most:
        end = begin
    if begin is not None and end is not None and search.are_one(begin, end):
        point = _solution(search, begin, "at", reaches)
        return Stretch(point, point)

    def fits(value: Decimal) -> bool:
        return (begin is None or value >= begin) and (end is None or value <= end) and reaches(value)

    return Stretch(
        None if begin is None else _solution(search, begin, "from", fits),
        None if end is None else _solution(search, end, "up_to", fits),
    )


def _solution(search: Search, value: Decimal, edge: Edge, fits: Callable[[Decimal], bool]) -> Solution:
    typed = search.range.typed(value, _ROUNDED[edge], fits)
    output, typed_output = search.figure(value), search.figure(typed)
    assert output is not None
    assert typed_output is not None  # both fit
    return Solution(value=value, output=output, typed=typed, typed_output=typed_output, edge=edge)


def _meeting_point(search: Search, low: Decimal, high: Decimal) -> Stretch:
    """Return the value between two at which the result is the target, but for its last digits."""

    def distance(value: Decimal) -> Decimal:
        found = search.figure(value)
        return Decimal("inf") if found is None else abs(found - search.target)

    farthest = max(distance(low), distance(high))
    value = search.neat(min(low, high, key=distance), lambda neat: distance(neat) <= farthest)
    point = _solution(search, value, "at", search.has_figure)
    return Stretch(point, point)


def _leaps(search: Search, low: Decimal, high: Decimal) -> bool:
    """Whether the result jumps over the target between two values side by side."""
    at_low, at_high = search.figure(low), search.figure(high)
    if search.range.is_whole and search.place(low) and search.place(high):
        return True
    return (
        at_low is not None
        and at_high is not None
        and search.place(low) != 0
        and search.place(high) != 0
        and abs(at_high - at_low) > max(abs(at_low), abs(at_high)) * _JUMP
    )


def _jump(search: Search, low: Decimal, high: Decimal) -> Jump | None:
    before, after = search.figure(low), search.figure(high)
    # From one whole number to the next every result jumps, and a count does anyway.
    if search.range.is_whole or search.counts or before is None or after is None:
        return None
    return Jump(search.neat(high, search.has_figure), before, after)


def _limit(search: Search, places: list[Decimal], answer: Answer) -> Decimal | None:
    """Return how near the result comes to a target beyond it, unless only a value that nobody has comes so near."""
    assert answer.lowest is not None
    assert answer.highest is not None  # there are results
    limit = answer.highest if search.target > answer.highest else answer.lowest
    for place in places:
        found = search.figure(place)
        if found is not None and not differ(found, limit):
            return limit if place < search.range.most or search.range.ends_naturally else None
    return None


def differ(one: Decimal, other: Decimal) -> bool:
    """Whether two figures differ by more than their last digits."""
    return abs(one - other) > max(abs(one), abs(other)) * _CLOSE
