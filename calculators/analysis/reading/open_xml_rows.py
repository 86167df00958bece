"""From the XML of a sheet to its records."""

import re
from array import array
from collections.abc import Iterable, Iterator

from calculators.analysis.reading.cell_values import Form, of_serial, of_truth
from calculators.analysis.reading.limits import MOST_COLUMNS
from calculators.analysis.reading.open_xml import OpenXml, attributes, column_of, plain_text, rich_text
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.rows import MOST_ROWS, Records
from calculators.analysis.reading.table import Native

_ROW = re.compile(r"<row(?=[ >])")
_NUMBER = re.compile(r"\br=[\"'](\d+)")
# The cells of a row as nearly every program writes them, and as they may be written.
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?\s*(?:/>|>(?:<v>([^<]*)</v>|(.*?))</c>)', re.DOTALL
)
_ANY_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_VALUE = re.compile(r"<v\b[^>]*>([^<]*)</v>")
_EXACT_DIGITS = 15
# Different numbers whose texts are kept to be used again.
_MOST_KEPT = 100_000


class SheetReader:
    """Turns the rows of a workbook's sheets into texts."""

    def __init__(self, book: OpenXml, shared: list[str]) -> None:
        self._book, self._shared = book, shared
        self._forms, self._signs = book.formats()

    def records(self, sheet: str, merged: dict[int, dict[int, int]], at_once: int = MOST_ROWS) -> Iterator[Records]:
        """Yield all rows that hold something, so many at a time.

        `merged` says for rows and columns in a merged cell which row above holds its value.
        """
        rows: list[list[str]] = []
        lines = array("I")
        sheet_rows = _Rows(self._shared, self._forms, self._signs, is_1904=self._book.is_1904)
        held: dict[tuple[int, int], str] = {}
        for line, row in sheet_rows.of(self._book.blocks(sheet)):
            for column, above in merged.get(line, {}).items():
                row.extend([""] * (column + 1 - len(row)))
                if above == line:
                    held[above, column] = row[column]
                elif not row[column]:
                    row[column] = held.get((above, column), "")
            rows.append(row)
            lines.append(line)
            if len(rows) == at_once:
                yield Records(rows, lines, sheet_rows.natives_taken())
                rows, lines = [], array("I")
        if rows:
            yield Records(rows, lines, sheet_rows.natives_taken())


class _Rows:
    """Reads cells, and remembers what the texts of numbers are."""

    def __init__(self, shared: list[str], forms: list[Form], signs: list[str], *, is_1904: bool) -> None:
        self._shared, self._forms, self._signs, self._is_1904 = shared, forms, signs, is_1904
        self._columns: dict[str, int] = {}
        self._kept: dict[tuple[str, str, str, str], str] = {}
        self._natives: list[dict[str, Native]] = []

    def natives_taken(self) -> list[dict[str, Native]]:
        """Return, for each column, what texts are that came since this was asked."""
        natives, self._natives = self._natives, [{} for _column in self._natives]
        return natives

    def of(self, blocks: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the texts of each row that holds something."""
        line = 0
        for block in blocks:
            # Parting is many times as fast as a pattern that looks for the end of each row.
            for part in block.split("<row ")[1:] if "<row>" not in block else _ROW.split(block)[1:]:
                tag, _end, xml = part.partition(">")
                number = _NUMBER.search(tag)
                line = int(number[1]) if number else line + 1
                if "<v" in xml or "<is" in xml:
                    yield line, self._row(xml, line)

    def _row(self, xml: str, line: int) -> list[str]:
        cells = _CELL.findall(xml)
        if len(cells) != xml.count("<c"):
            cells = list(_any_cells(xml))
        columns, shared, kept = self._columns, self._shared, self._kept
        row: list[str] = []
        for letters, style, kind, value, other in cells:
            if kind == "s" and value:
                try:
                    text = shared[int(value)]
                except (IndexError, ValueError) as error:
                    raise Refused("damaged_workbook") from error
            elif value or other:
                key = (letters, style, kind, value or other)
                text = kept.get(key) or self._new_text(key, value, other, line)
            else:
                continue
            column = columns.get(letters)
            if column is None:
                column = self._column(letters, line)
            if column == len(row):
                row.append(text)
            elif text:
                row.extend([""] * (column + 1 - len(row)))
                row[column] = text
        return row

    def _new_text(self, key: tuple[str, str, str, str], value: str, other: str, line: int) -> str:
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        text = self._kept[key] = self._text(self._column(key[0], line), key[1], key[2], value, other)
        return text

    def _shared_text(self, value: str) -> str:
        try:
            return self._shared[int(value)]
        except (IndexError, ValueError) as error:
            raise Refused("damaged_workbook") from error

    def _column(self, letters: str, line: int) -> int:
        column = self._columns.get(letters)
        if column is None:
            column = column_of(letters)
            if column >= MOST_COLUMNS:
                raise Refused("too_many_columns", row=line, most=MOST_COLUMNS)
            self._columns[letters] = column
            while len(self._natives) <= column:
                self._natives.append({})
        return column

    def _text(self, column: int, style: str, kind: str, value: str, other: str) -> str:
        """Return the text of a cell that is no shared text."""
        if kind == "inlineStr":
            return rich_text(other)
        if other:
            # A formula stands before its last result.
            found = _VALUE.search(other)
            value = found[1] if found else ""
        if kind == "s":
            return self._shared_text(value) if value else ""
        if kind == "str":
            return plain_text(value)
        if kind == "e" or not value:
            return ""
        native: Native | None
        if kind == "b":
            text, native = of_truth(value.strip() in ("1", "true"))
        elif kind == "d":
            return value.strip().replace("T", " ").removesuffix(" 00:00:00")
        else:
            is_known = style and int(style) < len(self._forms)
            form: Form = self._forms[int(style)] if is_known else "number"
            sign = self._signs[int(style)] if is_known else ""
            if form == "number" and not sign and len(value) < _EXACT_DIGITS and value.isdecimal() and value[0] != "0":
                return value
            try:
                number = float(value)
            except ValueError:
                return plain_text(value)
            text, native = of_serial(number, form, is_1904=self._is_1904)
            if sign and form == "number":
                text = f"{sign} {text}"
        if native is not None:
            self._natives[column][text] = native
        return text


def _any_cells(xml: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the cells of a row, whatever attributes they have in which order, as `_CELL` finds them."""
    column = -1
    for tag, inner in _ANY_CELL.findall(xml):
        found = attributes(tag)
        letters = found.get("r", "").rstrip("0123456789")
        column = column_of(letters) if letters else column + 1
        value = _VALUE.fullmatch(inner)
        yield (
            letters or _letters(column + 1),
            found.get("s", ""),
            found.get("t", ""),
            value[1] if value else "",
            "" if value else inner,
        )


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
