"""What other published definitions of the same name give, so that a reader can compare like with like."""

from dataclasses import dataclass
from typing import Any

from calculators.core.declaring.outcome import Figure, Undefined
from calculators.core.declaring.records import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One definition in use: the first of a calculator is the one used here.

    `name` says it with its formula, `effect` how the answer changes and why (both English messages).
    """

    code: str
    name: str
    effect: str
    unit: Field
    figure: Figure


def to_page(definitions: tuple[Definition, ...], result: Any) -> list[dict[str, str]]:
    """Return each definition with its figure as text, and how far it is from the first."""
    own = definitions[0].figure
    answered = []
    for entry in definitions:
        text, difference = "–", ""
        if not isinstance(entry.figure, Undefined):
            text = entry.unit.show(entry.figure, result.numerals)
            if entry is not definitions[0] and not isinstance(own, Undefined) and own:
                difference = result.numerals.change(entry.figure / own - 1)
        answered.append(
            {
                "code": entry.code,
                "name": result.gettext(entry.name),
                "effect": result.gettext(entry.effect),
                "text": text,
                "difference": difference,
            }
        )
    return answered
