"""Where a result passes a value while one input moves over its range and the others stay.

Works for any calculator, because it only runs it. The range is looked at in many places, and each stretch between two
of them in which the result passes the value is narrowed down: by the straight line through its ends, where that helps,
and by halving. What rises and falls between two neighbouring places is not seen; where a formula may do that, its
calculator names the places (`turns`).
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from calculators.core.declaring.choices import Rating
from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import Undefined
from calculators.core.running.run import Result, compute_with

# Places of the first look, spread so that small and large values are both seen.
_POWERS = tuple(Decimal(1).scaleb(power) * digit for power in range(-4, 16) for digit in (1, 2, 5))
_SHARES = tuple(Decimal(place) / 100 for place in range(101))
# So few whole numbers are all looked at.
_FEW = 200
# A hundred and more stands for “very many”, and is no limit that means something.
_VERY_MANY = Decimal(100)
# A place is known when this share of it is left between its two sides: a float has no more digits.
_NARROW = Decimal("1e-16")
# Beside zero there is no share left: of a step, so much is as good as nothing.
_TINY = Decimal("1e-8")
_DIGITS = 15
_MOST_STEPS = 400
# Then the result is no smooth line, and only halving is left.
_LINES = 30
# Two figures that differ by less are the same.
_CLOSE = Decimal("1e-22")
# Seconds. Only tables and lists of thousands of rows take longer. Not of the processor: a browser counts those in 32
# bits and has none left after 36 minutes.
_LONGEST = 1.0

Place = Literal[-1, 0, 1]


class TooLong(Exception):  # noqa: N818 - it says what happened, not whose fault it is
    """The calculator takes too long with these inputs to be run again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The values that an input can take, and how they are typed."""

    least: Decimal
    most: Decimal
    step: Decimal
    is_whole: bool
    is_money: bool

    @property
    def ends_naturally(self) -> bool:
        """Whether the largest value means something (100%, 31 days), rather than guarding against slips."""
        return self.most < _VERY_MANY

    def places(self, now: Decimal | None, turns: Iterable[Decimal]) -> list[Decimal]:
        """Return where to look first, ascending."""
        if self.is_whole and self.most - self.least <= _FEW:
            return [self.least + place for place in range(int(self.most - self.least) + 1)]
        places = {self.least, self.most, *_POWERS}
        if self.most <= 1:
            places |= {self.least + (self.most - self.least) * share for share in _SHARES}
            places |= {1 - power for power in _POWERS if power < 1}
        if now is not None:
            places |= {now, *(now * factor / 10 for factor in range(1, 31))}
        for turn in turns:
            beside = max(turn, self.step) * Decimal("1e-9")
            places |= {turn - beside, turn, turn + beside}
        if self.is_whole:
            places = {place.to_integral_value() for place in places}
        return sorted(place for place in places if self.least <= place <= self.most)

    def typed(self, value: Decimal, rounding: str, fits: Callable[[Decimal], bool]) -> Decimal:
        """Return the value as people would type it: rounded to a step or, where that does not fit, less coarsely."""
        step = self.step
        if not self.is_money and not self.is_whole and value:
            # Of a small value, two figures at least.
            step = min(step, Decimal(1).scaleb(value.adjusted() - 1))
        while step > abs(value) * _NARROW:
            rounded = tidy((value / step).to_integral_value(rounding=rounding) * step)
            if self.least <= rounded <= self.most and fits(rounded):
                return rounded
            step /= 10
        return value


def range_of(field: Number | Rating, result: Result) -> Range:
    """Return the range of an input."""
    assert field.minimum is not None
    assert field.maximum is not None  # every input has both limits
    return Range(
        least=field.minimum,
        most=field.maximum,
        step=field.step(result.numerals),
        is_whole=field.is_whole,
        is_money=field.kind == "money",
    )


def tidy(value: Decimal) -> Decimal:
    """Return a number without zeros at its end, and without an exponent."""
    shortened = value.normalize()
    return shortened.quantize(Decimal(1)) if int(shortened.as_tuple().exponent) > 0 else shortened


class Search:
    """One result as a function of one input, the others as they are, and its place below, at or above a target."""

    def __init__(self, result: Result, unknown: str, output: str, target: Decimal) -> None:
        field = result.calculator.variable_inputs[unknown]
        self.range = range_of(field, result)
        self.target = target
        self.now: Decimal | None = getattr(result.inputs, unknown)
        self.counts = result.calculator.figures[output].is_whole
        self._result, self._unknown, self._output = result, unknown, output
        scale = result.calculator.figures[output].step(result.numerals)
        self._closeness = max(abs(target), scale) * _CLOSE
        self._known: dict[Decimal, Decimal | None] = {}
        self._ends = time.monotonic() + _LONGEST

    def figure(self, value: Decimal) -> Decimal | None:
        """Return the result for a value of the input, or None where it has none."""
        if value not in self._known:
            if time.monotonic() > self._ends:
                raise TooLong
            figures = compute_with(self._result.calculator, self._result.inputs, {self._unknown: value})
            found = None if figures is None else getattr(figures, self._output)
            self._known[value] = None if isinstance(found, Undefined) else found
        return self._known[value]

    def has_figure(self, value: Decimal) -> bool:
        """Whether there is a result for a value of the input."""
        return self.figure(value) is not None

    def place(self, value: Decimal) -> Place | None:
        """Return whether the result is below, at or above the target: -1, 0, 1, or None without a result."""
        found = self.figure(value)
        if found is None:
            return None
        if abs(found - self.target) <= self._closeness:
            return 0
        return 1 if found > self.target else -1

    def looked_at(self) -> list[Decimal]:
        """Return the places of the first look."""
        turns = self._result.calculator.turns
        further = () if turns is None else turns(self._result.inputs, self._unknown)
        return self.range.places(self.now, further)

    def with_ends(self, places: list[Decimal]) -> list[Decimal]:
        """Return the places with those, between two of them, where the result begins or ceases to exist."""
        ends: list[Decimal] = []
        for low, high in pairwise(places):
            if (self.figure(low) is None) != (self.figure(high) is None):
                ends += self.narrowed(low, high, self.has_figure)
        return sorted({*places, *ends})

    def narrowed(self, low: Decimal, high: Decimal, holds: Callable[[Decimal], bool]) -> tuple[Decimal, Decimal]:
        """Return two values as near to each other as can be, one at which something holds and one at which not.

        It holds at either `low` or `high`. For a whole input the two are neighbours.
        """
        at_low = holds(low)
        beside: Decimal | None = None
        for step in range(_MOST_STEPS):
            narrow = self._narrow(high)
            if high - low <= narrow:
                break
            on_the_line = self._on_the_line(low, high) if step % 2 == 0 and step < _LINES else None
            value = beside or on_the_line
            if value is None or not low < value < high:
                value = self._middle(low, high)
            is_low = holds(value) == at_low
            low, high = (value, high) if is_low else (low, value)
            # Where the line has hit the place, the other side lies right beside it.
            beside = (value + narrow if is_low else value - narrow) if value == on_the_line else None
        return low, high

    def are_one(self, low: Decimal, high: Decimal) -> bool:
        """Whether two values differ by no more than the search can tell."""
        return high - low <= (0 if self.range.is_whole else self._narrow(high) * 20)

    def neat(self, value: Decimal, holds: Callable[[Decimal], bool]) -> Decimal:
        """Return the shortest number that stands for the same place: 0.36 rather than 0.36000000000000003."""
        if self.range.is_whole:
            return tidy(value)
        for digits in range(_DIGITS):
            # With the last digit it may lie a little further inside.
            nearness = self._narrow(value) * (10 if digits < _DIGITS - 1 else 1000)
            for rounding in ("ROUND_HALF_EVEN", "ROUND_FLOOR", "ROUND_CEILING"):
                rounded = value.quantize(Decimal(1).scaleb(value.adjusted() - digits), rounding=rounding)
                is_near = abs(rounded - value) <= nearness and self.range.least <= rounded <= self.range.most
                if is_near and holds(rounded):
                    return tidy(rounded)
        return tidy(value)

    def _narrow(self, value: Decimal) -> Decimal:
        return Decimal(1) if self.range.is_whole else max(abs(value), self.range.step * _TINY) * _NARROW

    def _middle(self, low: Decimal, high: Decimal) -> Decimal:
        middle = (low + high) / 2
        return middle.to_integral_value(rounding="ROUND_FLOOR") if self.range.is_whole else middle

    def _on_the_line(self, low: Decimal, high: Decimal) -> Decimal | None:
        at_low, at_high = self.figure(low), self.figure(high)
        if at_low is None or at_high is None or at_low == at_high:
            return None
        value = low + (high - low) * (self.target - at_low) / (at_high - at_low)
        return value.to_integral_value() if self.range.is_whole else value
