"""The formulas of a workbook's cells: placeholders of a calculator's `SPREADSHEET` become references.

    {name}              an input or output that is one cell, or the range of a list
    {table.column}      the cells of a column
    {row.column}        the same row of the table that the formula stands in
    {table.row.column}  the same row of another table; likewise `previous`, `first`, `last` and `head`
    {table.links.column}  a comma and a cell for each row that `links` of this row names, numbered from 0; or nothing

Above the first row stands the head of the table, a text, so that a formula with `previous` shows no figure there. All
rows above one are `head` to `previous`: a range with the row's own cell would go round in circles.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.outcome import Undefined
from calculators.core.declaring.records import Field, fields_of
from calculators.core.declaring.tables import Table
from calculators.core.running.calculator import Calculator

_PLACEHOLDER = re.compile(r"\{([a-z]\w*(?:\.\w+){0,2})\}")
_ARITHMETIC = "+-*/^"
_MISSING = "NA()"
_LETTERS = 26
# How far a reference lies from the row of its formula.
_SHIFTS = {"row": 0, "previous": -1}
_WHERE = {*_SHIFTS, "head", "first", "last"}

# A text, or what depends on the row, counted from 0.
type _Part = str | Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input, an output or a column of a table stands: cells below each other, counted from 0.

    `rows` is 0 for a list without values: its one cell is empty.
    """

    row: int
    column: int
    rows: int = 1

    def reference(self) -> str:
        """Return the cell, or the range of several."""
        first = self.cell(0)
        return first if self.rows < 2 else f"{first}:{self.cell(self.rows - 1)}"

    def cell(self, row: int) -> str:
        """Return one cell, counted from the first; -1 is what stands above."""
        return f"${column_name(self.column)}${self.row + row + 1}"


type Places = dict[str, Place]


def column_name(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, _LETTERS)
        name, column = chr(ord("A") + letter) + name, column - 1
    return name


class Formulas:
    """The formulas of one calculator, with references to where its values stand.

    A formula is taken apart once, however many rows have it: all places must be known when the first one is asked for.
    """

    def __init__(self, calculator: Calculator, places: Places, figures: Any) -> None:
        self._calculator = calculator
        self._places = places
        self._figures = figures
        self._parts: dict[str, tuple[_Part, ...]] = {}

    def of(self, key: str, row: int = 0) -> str:
        """Return the formula of an output, or of a column in one row, counted from 0; both must have one."""
        if key not in self._parts:
            self._parts[key] = tuple(self._parts_of(key))
        return "".join(part if isinstance(part, str) else part(row) for part in self._parts[key])

    def _parts_of(self, key: str) -> Iterator[_Part]:
        """Yield what is the same in every row, and what depends on the row."""
        template, own_table = self._calculator.spreadsheet[key], key.partition(".")[0]
        yield "IFERROR("
        done = 0
        for match in _PLACEHOLDER.finditer(template):
            name = f"{own_table}.{match[1]}" if match[1].startswith("row.") else match[1]
            before, after = template[: match.start()].rstrip()[-1:], template[match.end() :].lstrip()[:1]
            is_operand = (before and before in _ARITHMETIC) or (after and after in _ARITHMETIC)
            # The sign for "no figure" is a text, and a text is larger than any number: a sum with it is an error.
            is_summed = not is_operand and self._may_be_missing(name)
            yield template[done : match.start()] + ("(0+" if is_summed else "")
            yield self._reference(name)
            yield ")" if is_summed else ""
            done = match.end()
        yield f'{template[done:]},"{NOTHING}")'

    def _reference(self, name: str) -> _Part:
        table, *where, column = name.split(".") if "." in name else [name, ""]
        place = self._places.get(f"{table}.{column}" if column else table)
        if place is None:
            _field_of(self._calculator, table, column)  # misspelt ones raise
            return _MISSING
        if not where:
            return place.reference()
        if where[0] not in _WHERE:
            linked = [getattr(row, where[0]) for row in getattr(self._figures, table)]
            return lambda row: "".join(f",{place.cell(other)}" for other in linked[row])
        if where[0] in _SHIFTS:
            shift, rows = _SHIFTS[where[0]], max(1, place.rows)
            return lambda row: place.cell(row + shift) if row + shift < rows else _MISSING
        return place.cell({"head": -1, "first": 0, "last": place.rows - 1}[where[0]])

    def _may_be_missing(self, name: str) -> bool:
        """Whether one cell is meant that holds a number or the sign for no figure."""
        table, *where, column = name.split(".") if "." in name else [name, ""]
        if table not in self._calculator.output_fields or (column and not _WHERE.intersection(where)):
            return False
        field = _field_of(self._calculator, table, column)
        record = self._calculator.outputs
        if column:
            record = self._calculator.output_fields[table].row  # type: ignore[attr-defined]  # only tables have columns
        return isinstance(field, Number) and Undefined in get_args(record.__annotations__[column or table])


def referenced(calculator: Calculator) -> set[str]:
    """Return the outputs ("name") and columns ("table.column") that formulas give or ask for."""
    names = set(calculator.spreadsheet)
    for key, template in calculator.spreadsheet.items():
        for match in _PLACEHOLDER.finditer(template):
            first, *_where, last = match[1].split(".") if "." in match[1] else [match[1], ""]
            table = key.partition(".")[0] if first == "row" else first
            names.add(f"{table}.{last}" if last else table)
    return names


def _field_of(calculator: Calculator, name: str, column: str) -> Field:
    field = (calculator.input_fields | calculator.output_fields)[name]
    if not column:
        return field
    assert isinstance(field, Table)
    return fields_of(field.row)[column]
