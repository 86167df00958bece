"""Find the input that brings a wanted result, such as the win rate that brings 4,000 a day.

Works for any calculator, because it only runs it: the input's range is searched for places where the result passes
the wanted value, and each is narrowed down by halving. A jump of the result over the value is no solution.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from calculators.core.calculator import Calculator
from calculators.core.fields import Number
from calculators.core.outcome import Undefined
from calculators.core.run import Result, compute_with

# Points of the first search, spread so that small and large values are both looked at.
_POWERS = tuple(Decimal(1).scaleb(power) * digit for power in range(-4, 16) for digit in (1, 2, 5))
_SHARES = tuple(Decimal(place) / 64 for place in range(65))
_HALVINGS = 120
# Two figures that differ by less are the same.
_CLOSE = Decimal("1e-18")


@dataclass(frozen=True, slots=True)
class Solution:
    """A value of the unknown input, and the result it brings."""

    value: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Every solution found, ascending, and the range the result can reach by this input alone (None: no result at all).

    For a whole input the solution is the first whole number that reaches the target.
    """

    solutions: tuple[Solution, ...]
    lowest: Decimal | None
    highest: Decimal | None


def solve(result: Result, unknown: str, output: str, target: Decimal) -> Answer:
    """Find the values of input `unknown` at which `output` is `target`, all other inputs as in `result`.

    `unknown` is one of the calculator's `variable_inputs`, `output` one of its `figures`.
    """
    calculator = result.calculator
    field = calculator.variable_inputs[unknown]
    now = getattr(result.inputs, unknown)
    figure = _figure(calculator, result.inputs, unknown, output)
    points = [(value, figure(value)) for value in _search_points(field, now)]
    reached = [found for _value, found in points if found is not None]
    if not reached:
        return Answer(solutions=(), lowest=None, highest=None)
    solutions = [Solution(value, found) for value, found in points if found is not None and _same(found, target)]
    if len(solutions) < len(reached) or len(reached) == 1:
        narrow = _narrow_whole if field.is_whole else _narrow
        for (low, at_low), (high, at_high) in pairwise(points):
            if at_low is None or at_high is None or _same(at_low, target) or _same(at_high, target):
                continue
            if (at_low < target) != (at_high < target):
                found = narrow(figure, low, high, target)
                solutions += [] if found is None else [found]
    else:
        solutions = []  # every value brings the target: it does not depend on this input
    ordered = tuple(sorted(solutions, key=lambda solution: solution.value))
    return Answer(solutions=ordered, lowest=min(reached), highest=max(reached))


def _figure(calculator: Calculator, inputs: Any, unknown: str, output: str) -> Callable[[Decimal], Decimal | None]:
    def figure(value: Decimal) -> Decimal | None:
        figures = compute_with(calculator, inputs, {unknown: value})
        found = None if figures is None else getattr(figures, output)
        return None if isinstance(found, Undefined) else found

    return figure


def _search_points(field: Number, now: Decimal | None) -> list[Decimal]:
    least = Decimal(0) if field.minimum is None else field.minimum
    most = _POWERS[-1] if field.maximum is None else field.maximum
    points = {least, most}
    if most <= 1:
        points |= {least + (most - least) * share for share in _SHARES}
        points |= {power for power in _POWERS if power < 1} | {1 - power for power in _POWERS if power < 1}
    else:
        points |= set(_POWERS)
    if now is not None:
        points |= {now, *(now * factor / 10 for factor in range(1, 31))}
    if field.is_whole:
        points = {point.to_integral_value() for point in points}
    return sorted(point for point in points if least <= point <= most)


def _narrow(
    figure: Callable[[Decimal], Decimal | None], low: Decimal, high: Decimal, target: Decimal
) -> Solution | None:
    at_low = figure(low)
    assert at_low is not None  # as the search found it
    is_above = at_low > target
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        at_middle = figure(middle)
        if at_middle is None:
            return None
        if _same(at_middle, target):
            return Solution(_shortest(figure, middle, target), at_middle)
        if (at_middle > target) == is_above:
            low = middle
        else:
            high = middle
        if high - low <= abs(high) * Decimal("1e-26"):
            break
    found = figure(high)
    # Where halving ends beside the target, the result jumps over it.
    is_reached = found is not None and abs(found - target) <= abs(target) * Decimal("1e-12")
    return Solution(high, found) if found is not None and is_reached else None


def _narrow_whole(
    figure: Callable[[Decimal], Decimal | None], low: Decimal, high: Decimal, target: Decimal
) -> Solution | None:
    """Return the whole number next to the crossing that reaches the target."""
    at_low = figure(low)
    assert at_low is not None  # as the search found it
    is_above = at_low > target
    while high - low > 1:
        middle = ((low + high) / 2).to_integral_value(rounding="ROUND_FLOOR")
        at_middle = figure(middle)
        if at_middle is None:
            return None
        if (at_middle >= target) == is_above:
            low = middle
        else:
            high = middle
    # The one at or above the target: one deal fewer would not do.
    value = low if is_above else high
    found = figure(value)
    return None if found is None else Solution(value, found)


def _shortest(figure: Callable[[Decimal], Decimal | None], value: Decimal, target: Decimal) -> Decimal:
    """Return the value with the fewest digits that brings the target as well: 0.36 rather than 0.3599999."""
    for digits in range(1, 20):
        rounded = value.quantize(Decimal(1).scaleb(value.adjusted() - digits))
        found = figure(rounded)
        if found is not None and _same(found, target):
            return rounded.normalize()
    return value


def _same(found: Decimal, target: Decimal) -> bool:
    return abs(found - target) <= max(abs(target), Decimal(1)) * _CLOSE
