"""Tables as inputs and outputs: rows of a record whose columns are fields."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar
from urllib.parse import quote, unquote_to_bytes

from calculators.core.declaring.fields import NOTHING, Count, Number
from calculators.core.declaring.outcome import InvalidInput, Offer, Remark, Undefined
from calculators.core.declaring.outside import bounded_json, isolated
from calculators.core.declaring.records import Field, declare, fields_of
from calculators.core.numbers.numerals import Numerals

MOST_ROWS = 2_000
# Full rows of long names with every sign of them escaped; a text beyond it is no table of ours.
_LONGEST_TEXT = 1_000_000
# A list of rows.
_DEEPEST = 2


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

    @property
    def understood(self) -> tuple[str, ...]:
        """Messages that are understood in every language: headings, and what can be picked below them."""
        fields = self.columns.values()
        return tuple(message for field in fields for message in (field.label, *getattr(field, "understood", ())))

    def read_value(self, name: str, raw: Any) -> tuple[Any, ...]:
        raw = self.check_rows(name, self._from_text(name, raw) if isinstance(raw, str) else raw)
        missing = dict.fromkeys(self.columns, "")
        rows = [(position, {**missing, **row}) for position, row in enumerate(raw, start=1)]
        return self._read(name, rows, lambda field, cell: field.read_value(name, cell))

    def read_text(self, name: str, typed: Any, numerals: Numerals) -> tuple[Any, ...]:
        rows = [(place, row) for place, row in enumerate(typed, start=1) if not self.is_empty(row)]
        self._check_length(name, len(rows))
        for column, field in self.columns.items():
            if isinstance(field, Number):
                self._ask_about_fractions(name, column, field, typed, numerals)

        def read(field: Field, cell: Any) -> Any:
            return (field.read_cell if isinstance(field, Number) else field.read_text)(name, cell, numerals)

        try:
            return self._read(name, rows, read)
        except InvalidInput as error:
            raise error.offering(*self._as_rows(error, typed, numerals)) from None

    def is_empty(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is left empty, wherever a list of choices in it stands when nothing has been picked."""
        return not any(
            cell and cell not in getattr(self.columns.get(column), "untouched", ())
            for column, cell in ((column, str(cell).strip()) for column, cell in row.items())
        )

    def remarks(self, typed: Any, numerals: Numerals) -> dict[str, Remark]:
        """Return, by column, how its first number was read that is another one in the other habit."""
        found = {}
        for column, field in self.columns.items():
            if not isinstance(field, Number):
                continue
            remarks = [field.remark(str(row.get(column, "")), numerals) for row in typed]
            if first := next(filter(None, remarks), None):
                read, other = (
                    [offer(remark).value if remark else None for remark in remarks]
                    for offer in (attrgetter("read"), attrgetter("other"))
                )
                found[column] = Remark(
                    first.typed,
                    Offer(first.read.label, _with_column(typed, column, read)),
                    Offer(first.other.label, _with_column(typed, column, other)),
                )
        return found

    def _ask_about_fractions(self, name: str, column: str, field: Number, typed: Any, numerals: Numerals) -> None:
        """Ask once for a whole column of rates without a sign, none of them above 1: 0.25 % or 25 %."""
        texts = [str(row.get(column, "")) for row in typed]
        unclear = field.unclear_fractions(texts, numerals)
        if not unclear:
            return
        readings: list[list[str | None]] = []
        for power in (0, -2):
            texts_then = {place: field.offer(number.scaleb(power), numerals).label for place, number in unclear.items()}
            readings.append([texts_then.get(place) for place in range(len(texts))])
        place = next(iter(unclear))
        offers = [Offer(str(reading[place]), _with_column(typed, column, reading)) for reading in readings]
        first, second = (offer.label for offer in offers)
        values = {"typed": texts[place].strip(), "first": first, "second": second}
        if len(unclear) < sum(bool(text.strip()) for text in texts):
            raise InvalidInput(name, "fraction", **values).offering(*offers).in_cell(place + 1, column, field.label)
        largest = numerals.exact(max(map(abs, unclear.values())))
        refusal = InvalidInput(name, "fraction_in_column", largest=largest, **values)
        raise refusal.offering(*offers).in_cell(None, column, field.label)

    def _as_rows(self, error: InvalidInput, typed: Any, numerals: Numerals) -> list[Offer]:
        """Return what a refused cell may be as the whole table would stand then."""
        if error.cell is None or error.cell.row is None:
            return list(error.offers)
        column, field = error.cell.column, self.columns[error.cell.column]
        row = error.cell.row - 1
        chosen = [[offer.value if place == row else None for place in range(len(typed))] for offer in error.offers]
        if error.code == "two_readings" and isinstance(field, Number):
            for number, texts in enumerate(chosen):
                alike = [field.read_alike(str(each.get(column, "")), number, numerals) for each in typed]
                texts[:] = [other if text is None else text for text, other in zip(texts, alike, strict=True)]
        if error.code == "wrong_marks" and isinstance(field, Number):
            # Who writes one number with other marks writes the whole column so.
            chosen = [[field.swapped(str(each.get(column, "")), numerals) for each in typed]]
        return [
            Offer(offer.label, _with_column(typed, column, texts))
            for offer, texts in zip(error.offers, chosen, strict=True)
        ]

    def write_text(self, value: tuple[Any, ...], numerals: Numerals) -> list[dict[str, Any]]:
        return [
            {column: field.write_text(getattr(row, column), numerals) for column, field in self.columns.items()}
            for row in value
        ]

    def show(self, value: tuple[Any, ...], numerals: Numerals) -> str:
        return (
            "\n".join(one_line(" · ".join(map(isolated, cells))) for cells in self.show_rows(value, numerals))
            or NOTHING
        )

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
        return self._as_text(value, {column for column, field in self.columns.items() if field.is_private})

    def to_keep(self, value: tuple[Any, ...]) -> str:
        """Write rows as a link has them, private columns too: for what stays in the reader's browser."""
        return self._as_text(value, set())

    def _as_text(self, value: tuple[Any, ...], left_empty: set[str]) -> str:
        return ";".join(
            ",".join(
                "" if column in left_empty else quote(field.to_link(getattr(row, column)), safe=" ")
                for column, field in self.columns.items()
            )
            for row in value
        )

    def undefined_codes(self, value: tuple[Any, ...]) -> list[str]:
        """Return why cells have no figure, each reason once."""
        cells = (getattr(row, column) for row in value for column in self.columns)
        return list(dict.fromkeys(cell.code for cell in cells if isinstance(cell, Undefined)))

    def check_rows(self, name: str, raw: Any) -> list[Mapping[str, Any]]:
        """Return rows that have none but the columns of this table; raises InvalidInput."""
        if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
            raise InvalidInput(name, "not_a_table", names=", ".join(self.columns))
        self._check_length(name, len(raw))
        for row in raw:
            for unknown in row.keys() - self.columns.keys():
                raise InvalidInput(name, "unknown_column", typed=unknown, names=", ".join(self.columns))
        return list(raw)

    def from_json(self, name: str, text: str) -> Any:
        """Read what JSON has; raises InvalidInput where it is none."""
        try:
            return bounded_json(text, longest=_LONGEST_TEXT, deepest=_DEEPEST)
        except ValueError:
            raise InvalidInput(name, "not_a_table", names=", ".join(self.columns)) from None

    def _from_text(self, name: str, text: str) -> Any:
        """Read JSON, or rows as a link has them."""
        refusal = InvalidInput(name, "not_a_table", names=", ".join(self.columns))
        if len(text) > _LONGEST_TEXT:
            raise InvalidInput(name, "too_much")
        if not text.strip():
            return []
        if text.lstrip().startswith("["):
            return self.from_json(name, text)
        self._check_length(name, text.count(";") + 1)
        # One piece more than there are columns: the rest of a long row is not looked at.
        rows = [row.split(",", len(self.columns)) for row in text.split(";")]
        if not all(self._fewest_cells <= len(row) <= len(self.columns) for row in rows):
            raise refusal
        try:
            return [
                dict(zip(self.columns, (unquote_to_bytes(cell).decode() for cell in row), strict=False)) for row in rows
            ]
        except ValueError:
            raise refusal from None

    @property
    def _fewest_cells(self) -> int:
        """How many cells a row of a link has at least: one made before the last columns came has none for them."""
        names = list(self.columns)
        while names and _may_be_empty(self.columns[names[-1]]):
            names.pop()
        return len(names)

    def _check_length(self, name: str, rows: int) -> None:
        if rows > MOST_ROWS:
            raise InvalidInput(name, "too_many_rows", maximum=(Count(label=""), Decimal(MOST_ROWS)))

    def _read(self, name: str, rows: list[tuple[int, Any]], read: Any) -> tuple[Any, ...]:
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


def _may_be_empty(field: Field) -> bool:
    """Whether a column may be left empty: a number that is optional, or a list in which nothing need be picked."""
    return bool(getattr(field, "is_optional", False)) or "" in getattr(field, "untouched", ())


def _with_column(typed: Any, column: str, texts: Sequence[Any]) -> list[dict[str, Any]]:
    """Return typed rows with other texts in one column; None leaves a cell as it is."""
    return [{**row} if text is None else {**row, column: text} for row, text in zip(typed, texts, strict=True)]


def show_cell(field: Field, value: Any, numerals: Numerals) -> str:
    """Write a cell for people."""
    return NOTHING if isinstance(value, Undefined) else field.show(value, numerals)


def one_line(text: str) -> str:
    """Return a cell with several sentences as one line, for where a row is one."""
    return " ".join(text.splitlines())


def table(label: str, *, row: type, default: tuple[Any, ...] | None = None, **further: Any) -> Any:
    """Declare a table whose rows are records."""
    return declare(Table(label=label, row=row, **further), MISSING if default is None else default)
