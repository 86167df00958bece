"""Tables as inputs and outputs: rows of a record whose columns are fields."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from calculators.core.fields import NOTHING, Count
from calculators.core.numerals import Numerals
from calculators.core.outcome import InvalidInput, Undefined
from calculators.core.records import Field, declare, fields_of

_MOST_ROWS = 2_000


@cache
def _columns(row: type) -> dict[str, Field]:
    return {name: field for name, field in fields_of(row).items() if not field.is_working}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of one record, added, removed and moved by the reader; as a result, computed.

    A value is a tuple of `row` records. A cell of a result may be `Undefined`.
    """

    kind: ClassVar[str] = "table"
    label: str
    row: type
    hint: str = ""
    minimum_rows: int = 0
    is_working: bool = False
    sample: None = None
    is_private: ClassVar[bool] = False
    is_optional: ClassVar[bool] = False

    @property
    def columns(self) -> dict[str, Field]:
        """The fields of a row by name, but for steps that are only shown in the working."""
        return _columns(self.row)

    def read_value(self, name: str, raw: Any) -> tuple[Any, ...]:
        if isinstance(raw, str):
            raw = self._from_text(name, raw)
        if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
            raise InvalidInput(name, "not_a_table", names=", ".join(self.columns))
        for row in raw:
            for unknown in row.keys() - self.columns.keys():
                raise InvalidInput(name, "unknown_column", typed=str(unknown), names=", ".join(self.columns))
        missing = dict.fromkeys(self.columns, "")
        rows = [(position, {**missing, **row}) for position, row in enumerate(raw, start=1)]
        return self._read(name, rows, lambda field, cell: field.read_value(name, cell))

    def read_text(self, name: str, typed: Any, numerals: Numerals) -> tuple[Any, ...]:
        # A row left empty is no row.
        places = enumerate(typed, start=1)
        rows = [(place, row) for place, row in places if any(str(cell).strip() for cell in row.values())]
        return self._read(name, rows, lambda field, cell: field.read_text(name, cell, numerals))

    def write_text(self, value: tuple[Any, ...], numerals: Numerals) -> list[dict[str, Any]]:
        return [
            {column: field.write_text(getattr(row, column), numerals) for column, field in self.columns.items()}
            for row in value
        ]

    def show(self, value: tuple[Any, ...], numerals: Numerals) -> str:
        return "\n".join(" · ".join(cells) for cells in self.show_rows(value, numerals)) or NOTHING

    def show_rows(self, value: tuple[Any, ...], numerals: Numerals) -> list[list[str]]:
        """Return each cell as people read it."""
        return [
            [show_cell(field, getattr(row, column), numerals) for column, field in self.columns.items()]
            for row in value
        ]

    def to_json(self, value: tuple[Any, ...], numerals: Numerals) -> list[dict[str, Any]]:
        return [
            {
                column: None if isinstance(cell := getattr(row, column), Undefined) else field.to_json(cell, numerals)
                for column, field in self.columns.items()
            }
            for row in value
        ]

    def to_link(self, value: tuple[Any, ...]) -> str:
        """Write rows as `a,1;b,2`; a private column is left empty."""
        return ";".join(
            ",".join(
                "" if field.is_private else quote(field.to_link(getattr(row, column)), safe=" ")
                for column, field in self.columns.items()
            )
            for row in value
        )

    def undefined_codes(self, value: tuple[Any, ...]) -> list[str]:
        """Return why cells have no figure, each reason once."""
        cells = (getattr(row, column) for row in value for column in self.columns)
        return list(dict.fromkeys(cell.code for cell in cells if isinstance(cell, Undefined)))

    def _from_text(self, name: str, text: str) -> Any:
        """Read JSON, or rows as a link has them."""
        if not text.strip():
            return []
        if text.lstrip().startswith("["):
            try:
                return json.loads(text)
            except ValueError:
                raise InvalidInput(name, "not_a_table", names=", ".join(self.columns)) from None
        rows = [[unquote(cell) for cell in row.split(",")] for row in text.split(";")]
        if any(len(row) != len(self.columns) for row in rows):
            raise InvalidInput(name, "not_a_table", names=", ".join(self.columns))
        return [dict(zip(self.columns, row, strict=True)) for row in rows]

    def _read(self, name: str, rows: list[tuple[int, Any]], read: Any) -> tuple[Any, ...]:
        if len(rows) > _MOST_ROWS:
            raise InvalidInput(name, "too_many_rows", maximum=(Count(label=""), Decimal(_MOST_ROWS)))
        if len(rows) < self.minimum_rows:
            raise InvalidInput(name, "too_few_rows", minimum=(Count(label=""), Decimal(self.minimum_rows)))
        records = []
        for position, row in rows:
            cells = {}
            for column, field in self.columns.items():
                try:
                    cells[column] = read(field, row.get(column, ""))
                except InvalidInput as error:
                    raise error.in_cell(position, column, field.label) from None
            records.append(self.row(**cells))
        return tuple(records)


def show_cell(field: Field, value: Any, numerals: Numerals) -> str:
    """Write a cell for people."""
    return NOTHING if isinstance(value, Undefined) else field.show(value, numerals)


def table(label: str, *, row: type, default: tuple[Any, ...] | None = None, **further: Any) -> Any:
    """Declare a table whose rows are records."""
    return declare(Table(label=label, row=row, **further), MISSING if default is None else default)
