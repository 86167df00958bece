"""What moves a result: each input the same step down and up, the others as they are."""

from dataclasses import dataclass
from decimal import Context, Decimal

from calculators.core.declaring.choices import Rating
from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import Undefined
from calculators.core.running.run import Result, compute_with

STEPS = (Decimal("0.05"), Decimal("0.1"), Decimal("0.2"), Decimal("0.5"))
# A rating moves by one level: a tenth of “weak” means nothing.
_LEVEL = Decimal(1)
_COMPARED = Context(prec=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One input moved down and up, within its limits, and the result at each (None where it has no meaning).

    `low_share` and `high_share` say how much of the step was possible: less than 1 where a limit cuts it, 0 at it.
    """

    input: str
    low: Decimal
    high: Decimal
    at_low: Decimal | None
    at_now: Decimal | None
    at_high: Decimal | None
    low_share: Decimal
    high_share: Decimal

    @property
    def swing(self) -> Decimal:
        """How far the result moves with a whole step down and up; what a limit cuts off is made up in proportion."""
        if self.at_now is None:
            return Decimal(0)
        sides = [
            abs(at - self.at_now) / share
            for at, share in ((self.at_low, self.low_share), (self.at_high, self.high_share))
            if at is not None and share
        ]
        # Where one side is not possible at all, the other stands for both.
        return 2 * sum(sides, Decimal(0)) / len(sides) if sides else Decimal(0)


def sensitivity(result: Result, output: str, step: Decimal) -> tuple[Lever, ...]:
    """Move each input by a share of its value (`step`, such as 0.1); the input that moves the output most comes first.

    Also a whole number moves by exactly this share, such as from 6 months to 5.4: rounded, its step would be another
    one than that of the others. Inputs that are empty or zero have no share to move by, and are left out. A rating
    moves by one level instead, and is left out while it is unknown. What counts only with an option is left out while
    that is off.
    """
    levers = []
    for name, field in result.calculator.variable_inputs.items():
        if field.shown_if and not getattr(result.inputs, field.shown_if):
            continue
        now = getattr(result.inputs, name)
        way = _way(field, now, step)
        if way:
            levers.append(_lever(result, name, output, way))
    # Equal ones stay in the order of the form, whatever their last digits.
    return tuple(sorted(levers, key=lambda lever: -lever.swing.normalize(_COMPARED)))


def _way(field: Number | Rating, now: Decimal | None, step: Decimal) -> Decimal:
    if now is None:
        return Decimal(0)
    return _LEVEL if isinstance(field, Rating) else abs(now) * step


def _lever(result: Result, name: str, output: str, way: Decimal) -> Lever:
    field, now = result.calculator.variable_inputs[name], getattr(result.inputs, name)
    low, high = now - way, now + way
    low = low if field.minimum is None else max(low, field.minimum)
    high = high if field.maximum is None else min(high, field.maximum)
    at_low, at_high = (_at(result, name, value, output) for value in (low, high))
    return Lever(
        input=name,
        low=low,
        high=high,
        at_low=at_low,
        at_now=result.outputs[output],
        at_high=at_high,
        low_share=(now - low) / way,
        high_share=(high - now) / way,
    )


def _at(result: Result, name: str, value: Decimal, output: str) -> Decimal | None:
    figures = compute_with(result.calculator, result.inputs, {name: value})
    found = None if figures is None else getattr(figures, output)
    return None if found is None or isinstance(found, Undefined) else found
