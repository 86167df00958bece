"""What moves a result: each input a step down and a step up, the others as they are."""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.fields import Number
from calculators.core.outcome import Undefined
from calculators.core.run import Result, compute_with

STEPS = (Decimal("0.05"), Decimal("0.1"), Decimal("0.2"), Decimal("0.5"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One input moved down and up, within its limits, and the result at each (None where it has no meaning)."""

    input: str
    low: Decimal
    high: Decimal
    at_low: Decimal | None
    at_high: Decimal | None

    @property
    def swing(self) -> Decimal:
        """How far apart the two results are."""
        if self.at_low is None or self.at_high is None:
            return Decimal(0)
        return abs(self.at_high - self.at_low)


def sensitivity(result: Result, output: str, step: Decimal) -> tuple[Lever, ...]:
    """Move each input by a share of its value (`step`, such as 0.1); the input that moves the output most comes first.

    Inputs that are empty or zero have no share to move by, and are left out.
    """
    calculator = result.calculator
    levers = []
    for name, field in calculator.variable_inputs.items():
        now = getattr(result.inputs, name)
        if not now:
            continue
        low, high = (_moved(field, now, factor) for factor in (1 - step, 1 + step))
        at_low, at_high = (_at(result, name, value, output) for value in (low, high))
        levers.append(Lever(input=name, low=low, high=high, at_low=at_low, at_high=at_high))
    return tuple(sorted(levers, key=lambda lever: -lever.swing))


def _moved(field: Number, now: Decimal, factor: Decimal) -> Decimal:
    value = now * factor
    if field.is_whole:
        # At least one up or down: a tenth of three deals is still a deal.
        moved = value.to_integral_value(rounding="ROUND_HALF_UP")
        value = moved if moved != now else now + (1 if factor > 1 else -1)
    least = value if field.minimum is None else max(value, field.minimum)
    return least if field.maximum is None else min(least, field.maximum)


def _at(result: Result, name: str, value: Decimal, output: str) -> Decimal | None:
    figures = compute_with(result.calculator, result.inputs, {name: value})
    found = None if figures is None else getattr(figures, output)
    return None if found is None or isinstance(found, Undefined) else found
