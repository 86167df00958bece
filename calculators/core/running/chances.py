"""How the calculators that test a difference give the chance they found."""

from decimal import Decimal

from calculators.core.declaring.outcome import Undefined

# Below this, a chance has no figure that says anything: one of a million cases.
_LEAST_CHANCE = Decimal("1e-6")


def told(chance: Decimal) -> Decimal | Undefined:
    """Return a p-value, or `hardly_ever` where it is below one of a million: a 0 would say that it cannot be chance."""
    return chance if chance >= _LEAST_CHANCE else Undefined("hardly_ever")
