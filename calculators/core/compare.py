"""Two sets of inputs of one calculator side by side."""

from dataclasses import dataclass
from typing import Any

from calculators.core.fields import NOTHING, Number
from calculators.core.records import Field
from calculators.core.run import Result


@dataclass(frozen=True, slots=True)
class Row:
    """One input or result in both scenarios, as text, with the difference where both are single numbers."""

    label: str
    kept: str
    now: str
    difference: str
    is_input: bool


def compare(kept: Result, now: Result) -> list[Row]:
    """Return the inputs that differ, then every result. Both belong to one calculator; `now` gives the language."""
    calculator = now.calculator
    rows = []
    for name, field in calculator.input_fields.items():
        before, after = getattr(kept.inputs, name), getattr(now.inputs, name)
        if before != after and not field.is_private:
            rows.append(_row(now, field, before, after, is_input=True))
    for name, field in calculator.result_fields.items():
        rows.append(_row(now, field, kept.outputs[name], now.outputs[name], is_input=False))
    return rows


def _row(result: Result, field: Field, before: Any, after: Any, *, is_input: bool) -> Row:
    before_text, after_text = (
        NOTHING if value is None else field.show(value, result.numerals) for value in (before, after)
    )
    difference = _difference(result, field, before, after)
    return Row(result.gettext(field.label), before_text, after_text, difference, is_input)


def _difference(result: Result, field: Field, before: Any, after: Any) -> str:
    if not isinstance(field, Number) or before is None or after is None:
        return ""
    difference = after - before
    if not difference:
        return "="
    if field.kind == "rate":
        # A share of a share would be misread.
        return result.numerals.points(difference)
    text = field.show(difference, result.numerals)
    signed = text if difference < 0 else f"+{text}"
    if not before:
        return signed
    return f"{signed} ({result.numerals.change(difference / before)})"
