"""Two sets of inputs of one calculator side by side."""

from dataclasses import dataclass, replace
from typing import Any

from calculators.core.declaring.choices import Sentences
from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.outside import isolated
from calculators.core.declaring.records import Field
from calculators.core.declaring.tables import Table, show_cell
from calculators.core.numbers.numerals import Numerals
from calculators.core.running.run import Result
from calculators.core.words.messages import _


@dataclass(frozen=True, slots=True)
class Row:
    """One input or result in both scenarios, as text, with the difference where both are single numbers."""

    label: str
    kept: str
    now: str
    difference: str
    is_input: bool


def compare(kept: Result, now: Result) -> list[Row]:
    """Return the inputs that differ, the answers, then every result.

    Both belong to one calculator; `now` gives language and currency.
    """
    calculator = now.calculator
    rows = []
    for name, field in calculator.input_fields.items():
        before, after = getattr(kept.inputs, name), getattr(now.inputs, name)
        if before != after and not field.is_private:
            rows.append(_row(now, field, before, after, is_input=True))
    kept = replace(kept, numerals=now.numerals, gettext=now.gettext)
    is_same = "=" if kept.headline == now.headline else ""
    rows.append(Row(now.gettext(_("Answer")), kept.headline, now.headline, is_same, is_input=False))
    for name, field in calculator.result_fields.items():
        rows.append(_row(now, field, kept.outputs[name], now.outputs[name], is_input=False))
    return rows


def _row(result: Result, field: Field, before: Any, after: Any, *, is_input: bool) -> Row:
    before_text, after_text = (_text(field, value, result.numerals) for value in (before, after))
    difference = _difference(result, field, before, after)
    return Row(result.gettext(field.label), before_text, after_text, difference, is_input)


def _text(field: Field, value: Any, numerals: Numerals) -> str:
    """Write a value for a cell: of a table, a line for each row, without the sentences that explain it."""
    if value is None:
        return NOTHING
    if not isinstance(field, Table):
        return field.show(value, numerals)
    columns = {column: kind for column, kind in field.columns.items() if not isinstance(kind, Sentences)}
    rows = [[show_cell(kind, getattr(row, column), numerals) for column, kind in columns.items()] for row in value]
    return "\n".join(" · ".join(map(isolated, cells)) for cells in rows) or NOTHING


def _difference(result: Result, field: Field, before: Any, after: Any) -> str:
    if not isinstance(field, Number) or before is None or after is None:
        return ""
    difference = after - before
    if not difference:
        return "="
    if field.kind == "rate":
        # A share of a share would be misread.
        return result.numerals.points(difference)
    is_day = field.kind == "day"
    text = result.numerals.days(difference) if is_day else field.show(difference, result.numerals)
    signed = text if difference < 0 else f"+{text}"
    if is_day or not before:
        return signed
    return f"{signed} ({result.numerals.change(difference / before)})"
