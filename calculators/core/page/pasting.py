"""A block pasted into a table of inputs: which cell goes where, and what becomes of the rows that stand there.

Copied from a spreadsheet, a CSV file or a message: tabs, semicolons, commas or bars between cells, some in quotes,
with headings or without, in this order of columns or another, labels in place of codes. It is read as a whole, or
refused with a sentence; into rows that the reader has edited it goes only as the reader says.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from calculators.core.declaring.choices import Choice, Rating
from calculators.core.declaring.fields import Count, Number
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.declaring.records import Field
from calculators.core.declaring.tables import MOST_ROWS, Table
from calculators.core.numbers.numerals import Numerals, numerals
from calculators.core.numbers.ways_of_writing import fold
from calculators.core.running.calculator import find
from calculators.core.running.run import error_json
from calculators.core.running.sentences import fill
from calculators.core.words.catalogue import catalogue, names
from calculators.core.words.messages import _

# 500 characters for each row that a table takes.
_LONGEST_BLOCK = 500 * MOST_ROWS
_THOUSANDS_BEHIND = re.compile(r"\d{3}(?!\d)")
_DECIMALS_BEHIND = re.compile(r"\d+(?![\d.])")
_IN_PARENTHESES = re.compile(r"[(（]([^()（）]{1,20})[)）]")
# As `_plain_name` leaves them.
_TOTALS = frozenset(
    [
        "total",
        "totals",
        "subtotal",
        "grandtotal",
        "sum",
        "합계",
        "총계",
        "소계",
        "총합계",
        "계",
        "合計",
        "小計",
        "総計",
        "συνολο",
        "γενικοσυνολο",
        "αθροισμα",
    ]
)
# The comma comes last: it stands inside numbers as well.
_DELIMITERS = ("\t", ";", "|", ",")

_TOO_WIDE = _("The block has {found} columns, and from here on there are {room}: {names}. Nothing was pasted.")
_NOTHING_PASTED = _("{sentence} Nothing was pasted.")
_QUESTION = _("You pasted {pasted} rows, and {rows} rows stand here. What should become of them?")
_REPLACE = _("Replace them all")
_WRITE_OVER = _("Write from row {row} on: {stay} rows stay as they are")
_ADD = _("Add the new ones below: all {stay} rows stay")
_LEAVE = _("Leave the table as it is")
_TOTAL_LEFT_OUT = _("The last row, “{name}”, is left out, since it adds up the others.")
_TAKEN_AS = _("The column “{heading}” is taken as {column}.")
_UNCLEAR_COMMAS = _(
    "A comma may separate two cells here or stand inside a number. Copy the cells from a spreadsheet, or separate them "
    "with semicolons. Nothing was pasted."
)
_LEFT_OUT = _("Left out, since the table has no such column: {names}.")

type _Row = dict[str, str]


class _Refused(Exception):  # noqa: N818 - it says what happened to the block
    """A block that is not pasted; the sentence is in the reader's language."""


def paste(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Answer what a pasted block does to a table.

    The question names `calculator`, `language`, `currency`, the `inputs` that are ticked and show columns, the `table`
    and its `rows` as they stand in the form, the `text` that was pasted and the `row` (from 0) and `column` it was
    pasted into. The answer holds `rows`, the table from now on, with a sentence `text` where there is something to say;
    or `text` and `choices` (`label` and `rows`);
    or `refusal`, a sentence.
    """
    pasting = _Pasting(asked)
    try:
        return pasting.answer()
    except _Refused as refused:
        return {"refusal": str(refused)}


class _Pasting:
    def __init__(self, asked: Mapping[str, Any]) -> None:
        calculator = find(asked["calculator"])
        self._language: str = asked["language"]
        self._numerals: Numerals = numerals(self._language, asked["currency"])
        self._gettext = catalogue(self._language).gettext
        table = calculator.input_fields[asked["table"]]
        assert isinstance(table, Table)
        self._name: str = asked["table"]
        self._table = table
        self._rows: list[_Row] = asked["rows"]
        self._text: str = asked["text"]
        self._row: int = asked["row"]
        self._column: str = asked["column"]
        self._example = table.write_text(calculator.defaults[self._name], self._numerals)
        # Columns of an option that is off are not in sight: nothing goes there, as if the table had none.
        self._columns = {
            name: field
            for name, field in table.columns.items()
            if not (option := getattr(field, "shown_if", None)) or asked["inputs"].get(option)
        }

    def answer(self) -> dict[str, Any]:
        cells = self._block()
        columns, has_head = self._columns_of(cells)
        told = self._told_of_columns(cells[0], columns, has_head=has_head)
        if len(cells) > 1 + has_head and (total := next(filter(_is_total, cells[-1]), None)):
            told.append(self._fill(_TOTAL_LEFT_OUT, name=total))
            cells = cells[:-1]
        units = {place: _unit_in(cell) for place, cell in enumerate(cells[0])} if has_head else {}
        rows = enumerate(cells[has_head:], start=1 + has_head)
        given = [self._given(row, columns, units, number) for number, row in rows]
        new = [self._empty_row() | row for row in given]
        said = {"text": "\n".join(told)} if told else {}
        filled = [row for row in self._rows if not self._table.is_empty(row)]
        covered = range(self._row, self._row + len(given))
        stay = sum(place not in covered and not self._table.is_empty(row) for place, row in enumerate(self._rows))
        beside = self._columns.keys() - columns.values()
        is_whole = not stay and all(
            self._table.is_empty({name: row.get(name, "") for name in beside}) for row in filled
        )
        if not filled or is_whole or self._rows == self._example:
            return {"rows": self._checked(new)} | said
        over = [*self._rows, *(self._empty_row() for _row in range(len(self._rows), covered.stop))]
        for place, row in zip(covered, given, strict=True):
            over[place] = over[place] | row
        question = self._fill(_QUESTION, pasted=len(new), rows=len(filled))
        return {
            "text": "\n".join([question, *told]),
            "choices": [
                {"label": self._gettext(_REPLACE), "rows": self._checked(new)},
                {"label": self._fill(_WRITE_OVER, row=self._row + 1, stay=stay), "rows": self._checked(over)},
                {"label": self._fill(_ADD, stay=len(filled)), "rows": self._checked([*filled, *new])},
                {"label": self._gettext(_LEAVE), "rows": self._rows},
            ],
        }

    def _told_of_columns(self, head: list[str], columns: dict[int, str], *, has_head: bool) -> list[str]:
        """Say which columns of the block are left out, and which stand under another heading than the table's."""
        told = []
        if left_out := [head[place] or str(place + 1) for place in range(len(head)) if place not in columns]:
            told.append(self._fill(_LEFT_OUT, names=self._numerals.listing(left_out)))
        for place, column in columns.items() if has_head else ():
            if head[place] and self._column_called(head[place]) != column:
                label = self._gettext(self._columns[column].label)
                told.append(self._fill(_TAKEN_AS, heading=head[place], column=label))
        return told

    # --- the block -----------------------------------------------------------

    def _block(self) -> list[list[str]]:
        """Return the cells of the block, without empty rows and empty columns at its end."""
        text = self._text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if len(text) > _LONGEST_BLOCK or text.count("\n") > 2 * MOST_ROWS:
            raise self._refused(
                InvalidInput(self._name, "too_many_rows", maximum=(Count(label=""), Decimal(MOST_ROWS)))
            )
        if text[:4].lower() == "sep=" and "\n" in text:
            text = text.partition("\n")[2]  # Excel's first line, which names the delimiter
        rows = [row for row in self._cells(text) if any(row)]
        width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
        if not rows:
            raise self._refused(InvalidInput(self._name, "too_few_rows", minimum=(Count(label=""), Decimal(1))))
        return [[*row[:width], *[""] * (width - len(row))] for row in rows]

    def _cells(self, text: str) -> list[list[str]]:
        """Return rows of cells, cut at the sign that gives every row as many, best as many as the table has columns."""
        if "\t" in text:
            return _cut(text, "\t")
        lines = [line.strip() for line in text.split("\n")]
        field = self._columns[self._column]
        if isinstance(field, Number) and all(self._is_number(field, line) for line in lines if line):
            return [[line] for line in lines]  # a column of numbers, whatever marks are in them
        best, best_rank = [[line] for line in lines], 0
        for delimiter in _DELIMITERS[1:]:
            if delimiter not in text:
                continue
            rows = [row for row in _cut(text, delimiter) if any(row)]
            widths = {len(row) for row in rows}
            rank = 2 if widths == {len(self._columns)} else int(len(widths) == 1 and widths != {1})
            if rank > best_rank:
                best, best_rank = rows, rank
                if delimiter == "," and any(map(self._may_be_one_number, rows)):
                    raise _Refused(self._gettext(_UNCLEAR_COMMAS))
        return best

    def _may_be_one_number(self, row: Sequence[str]) -> bool:
        """Whether a comma between two cells may as well stand inside a number: for thousands, or for decimals."""
        inside = _THOUSANDS_BEHIND if self._numerals.comma_separates_lists else _DECIMALS_BEHIND
        return any(left[-1:].isdigit() and inside.match(right) for left, right in pairwise(row))

    def _columns_of(self, cells: list[list[str]]) -> tuple[dict[int, str], bool]:
        """Return which column of the table each column of the block fills, and whether its first row are headings."""
        head, names = cells[0], list(self._columns)
        named: dict[int, str] = {}
        for place, cell in enumerate(head):
            column = self._column_called(cell)
            if column is not None and column not in named.values():
                named[place] = column
        wanted = sum(map(bool, head))
        if len(cells) > 1 and named and (len(named) > 1 or len(named) == wanted):
            left = [name for name in names if name not in named.values()]
            unnamed = [place for place in range(len(head)) if place not in named]
            # As many headings of the reader's own as columns are left: those, in this order, which is said.
            return (named | dict(zip(unnamed, left, strict=True)) if len(unnamed) == len(left) else named), True
        first = names.index(self._column)
        room = names[first:]
        # A block as wide as the table begins in its first column, wherever the cursor stood.
        if len(head) == len(names):
            room = names
        if len(head) > len(room):
            labels = self._numerals.listing(self._gettext(self._columns[name].label) for name in room)
            raise _Refused(self._fill(_TOO_WIDE, found=len(head), room=len(room), names=labels))
        columns = dict(enumerate(room[: len(head)]))
        return columns, len(cells) > 1 and self._is_head(cells, columns)

    def _column_called(self, cell: str) -> str | None:
        """Return the column whose label a heading is, or holds (거래명 holds 거래); None for none or several."""
        wanted, holding = _plain_name(cell), []
        for column, field in self._columns.items():
            called = {_plain_name(column), *map(_plain_name, names(field.label))}
            if wanted and wanted in called:
                return column
            if any(len(name) > 1 and name in wanted for name in called):
                holding.append(column)
        return holding[0] if len(holding) == 1 else None

    def _is_head(self, cells: list[list[str]], columns: dict[int, str]) -> bool:
        """Whether the first row holds headings: where numbers belong it has none, and the rows below have some."""
        is_head = False
        for place, column in columns.items():
            field = self._columns[column]
            if not isinstance(field, Number) or not cells[0][place]:
                continue
            if self._is_number(field, cells[0][place]):
                return False
            is_head |= any(self._is_number(field, row[place]) for row in cells[1:])
        return is_head

    def _is_number(self, field: Number, cell: str) -> bool:
        """Whether a cell is a number, or may be one after a question."""
        if not cell:
            return False
        try:
            field.without_limits().read_cell("", cell, self._numerals)
        except InvalidInput as error:
            # Several numbers side by side are several cells.
            return bool(error.offers) and error.code != "several_values"
        return True

    def _with_unit(self, field: Number, cell: str, unit: str) -> str:
        """Return a number with the unit that its heading names: 10 under 金額（千円） is 10千円."""
        return f"{cell}{unit}" if unit and cell and self._is_number(field, f"{cell}{unit}") else cell

    def _given(self, cells: Sequence[str], columns: dict[int, str], units: dict[int, str], number: int) -> _Row:
        """Return the cells of a row as the form has them: numbers and texts as pasted, what is picked by its key."""
        row = {}
        for place, column in columns.items():
            field, cell = self._columns[column], cells[place]
            if isinstance(field, Number):
                row[column] = self._with_unit(field, cell, units.get(place, ""))
            elif field.kind == "text":
                row[column] = cell
            elif not cell:
                row[column] = _unfilled(field)
            else:
                try:
                    row[column] = field.write_text(field.read_text(self._name, cell, self._numerals), self._numerals)
                except InvalidInput as error:
                    raise self._refused(error.in_cell(number, column, field.label)) from None
        return row

    # --- the table -----------------------------------------------------------

    def _empty_row(self) -> _Row:
        return {column: _unfilled(field) for column, field in self._columns.items()}

    def _checked(self, rows: list[_Row]) -> list[_Row]:
        if len(rows) > MOST_ROWS:
            raise self._refused(
                InvalidInput(self._name, "too_many_rows", maximum=(Count(label=""), Decimal(MOST_ROWS)))
            )
        return rows

    def _too_many_rows(self) -> _Refused:
        most = (Count(label=""), Decimal(MOST_ROWS))
        return self._refused(InvalidInput(self._name, "too_many_rows", maximum=most))

    def _refused(self, error: InvalidInput) -> _Refused:
        sentence = error_json(error, self._language)["text"]
        return _Refused(self._fill(_NOTHING_PASTED, sentence=sentence))

    def _fill(self, message: str, **values: object) -> str:
        return fill(self._gettext(message), {name: str(value) for name, value in values.items()}, self._numerals)


def _cut(text: str, delimiter: str) -> list[list[str]]:
    """Cut a text into cells; one in quotes may hold delimiter and line break. A quote that never closes is a sign."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        if quoting == csv.QUOTE_MINIMAL and text.count('"') % 2:
            continue
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
        except csv.Error:
            continue  # a cell beyond the limit of the module: a quote in the middle of one, most likely
        return [[" ".join(cell.split()) for cell in row] for row in rows]
    return [[line] for line in text.split("\n")]


def _is_total(cell: str) -> bool:
    return _plain_name(cell) in _TOTALS


def _unit_in(heading: str) -> str:
    """Return what a heading has in parentheses, such as a unit; "" if it has none."""
    match = _IN_PARENTHESES.search(heading)
    return match[1].strip() if match else ""


def _unfilled(field: Field) -> str:
    """Return what stands in a cell that nobody has filled."""
    if isinstance(field, Rating):
        return "unknown" if field.may_be_unknown else "0"
    return next(iter(field.options)) if isinstance(field, Choice) else ""


def _plain_name(text: str) -> str:
    """Return a heading without case, unit in parentheses and punctuation."""
    bare = fold(text).partition("(")[0].partition("（")[0]
    return "".join(character for character in bare if character.isalnum())
