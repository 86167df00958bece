"""Inputs of the command line as a reader would have typed them into the form.

A text is what somebody typed. What else a JSON file may hold (0.25, true, null) can be meant in one way only, and is
written as it would stand in its field.
"""

from typing import Any

from calculators.core.declaring.choices import Choices
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.declaring.records import Field
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.numbers.numerals import Numerals


def as_typed(field: Field, name: str, raw: Any, numerals: Numerals) -> Any:
    """Return what `read_text` of the field takes; raises InvalidInput.

    A table is a list of rows, or its JSON: commas may stand in its numbers, so that no other text is parted into cells.
    """
    if isinstance(field, Table):
        rows = field.from_json(name, raw or "[]") if isinstance(raw, str) else raw
        return [
            {column: _typed_cell(field, name, column, row[column], numerals, place) for column in row}
            for place, row in enumerate(field.check_rows(name, rows), start=1)
        ]
    if isinstance(raw, str):
        return raw
    if isinstance(field, Series) and isinstance(raw, list):
        return "\n".join(as_typed(field.item, name, item, numerals) for item in raw)
    if isinstance(field, Choices) and isinstance(raw, list):
        return "\n".join(map(str, raw))
    return field.write_text(field.read_value(name, raw), numerals)


def _typed_cell(table: Table, name: str, column: str, raw: Any, numerals: Numerals, place: int) -> Any:
    field = table.columns[column]
    try:
        return as_typed(field, name, raw, numerals)
    except InvalidInput as error:
        raise error.in_cell(place, column, field.label) from None
