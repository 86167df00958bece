"""Opens a workbook: which sheet holds the table, and its rows as records.

Excel's own format since 2007 is read by `open_xml`; the others (xlsb, xls, ods) by python-calamine, at once, which is
imported when the first such file comes.
"""

from array import array
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from io import BytesIO
from itertools import batched, compress
from typing import Any, Protocol
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - a class, whatever its name

from calculators.analysis.reading.cell_values import of_duration, of_moment, of_number, of_truth
from calculators.analysis.reading.limits import MOST_COLUMNS
from calculators.analysis.reading.open_xml import OpenXml, merged_downwards
from calculators.analysis.reading.open_xml_rows import SheetReader
from calculators.analysis.reading.progress import Progress
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.rows import Records
from calculators.analysis.reading.source import Source
from calculators.analysis.reading.table import FileFacts, Native

_ROWS_AT_ONCE = 2_000
# Rows that are looked at to tell the table from a cover sheet.
_ROWS_LOOKED_AT = 200
# A sheet with less than this share of the fullest one's cells is a cover or a summary before it.
_SHARE = 1 / 8
# Rows a merged cell is read for.
_MOST_MERGED = 10_000

_BROKEN = (BadZipFile, ZlibError, EOFError, KeyError, StopIteration, UnicodeError)

type Reading = Callable[[int | None], Iterator[Records]]


class _Book(Protocol):
    """What both readers give; `rows` and `records` raise Refused."""

    sheets: list[tuple[str, bool]]

    def preparing(self) -> Generator[Progress, None, None]:
        """Read what all sheets share."""

    def rows(self, sheet: str) -> Generator[Progress, None, int]:
        """Return about how many rows a sheet has."""

    def records(self, sheet: str, at_once: int) -> Iterator[Records]:
        """Yield the rows of a sheet that hold something."""


def opening_workbook(source: Source, sheet: str | None) -> Generator[Progress, None, tuple[FileFacts, int, Reading]]:
    """Return what a workbook is, about how many rows its sheet has, and what reads them.

    Raises Refused `unknown_sheet`, `no_table`, `damaged_workbook`, `password`, `workbook_reader_missing` or
    `too_many_columns`.
    """
    book = _book(source)
    yield from book.preparing()
    names = [name for name, _is_hidden in book.sheets]
    if sheet is None:
        sheet = _sheet_with_table(book)
    elif sheet not in names:
        raise Refused("unknown_sheet", typed=sheet, names=", ".join(names))
    rows = yield from book.rows(sheet)
    facts = FileFacts(name=source.name, encoding=None, delimiter=None, sheet=sheet, sheets=list(book.sheets))

    def records(at_once: int | None) -> Iterator[Records]:
        return _guarded(book.records(sheet, at_once or _ROWS_AT_ONCE))

    return facts, rows, records


def _book(source: Source) -> _Book:
    is_open_xml = False
    if source.head(2) == b"PK":
        with source.open() as stream, ZipFile(stream) as archive:
            is_open_xml = "xl/workbook.bin" not in archive.namelist() and "mimetype" not in archive.namelist()
    return _OpenXmlBook(source) if is_open_xml else _CalamineBook(source)


def _sheet_with_table(book: _Book) -> str:
    """Return the first visible sheet with about as much in it as the fullest; a hidden one if all visible are empty."""
    sizes = {}
    for name, is_hidden in book.sheets:
        first = next(_guarded(book.records(name, _ROWS_LOOKED_AT)), None)
        # Squares, since a table is wide: a list of notes is long.
        sizes[name, is_hidden] = sum(len(list(filter(None, row))) ** 2 for row in first.rows) if first else 0
    for hidden in (False, True):
        fullest = max((size for (_name, is_hidden), size in sizes.items() if is_hidden is hidden), default=0)
        if fullest:
            return next(
                name for (name, is_hidden), size in sizes.items() if is_hidden is hidden and size >= fullest * _SHARE
            )
    raise Refused("no_table")


@contextmanager
def _damage(*failures: type[Exception]) -> Iterator[None]:
    """Turn whatever is broken in a zip, in its XML or for the library into the refusal of the workbook."""
    broken: tuple[type[Exception], ...] = (*_BROKEN, *failures)
    try:
        yield
    except broken as error:
        raise Refused("damaged_workbook") from error
    except BaseException as error:
        # How Rust says that its own assumptions did not hold.
        if type(error).__name__ == "PanicException":
            raise Refused("damaged_workbook") from error
        raise


def _guarded(records: Iterator[Records]) -> Iterator[Records]:
    with _damage():
        yield from records


class _OpenXmlBook:
    """A workbook of Excel since 2007."""

    def __init__(self, source: Source) -> None:
        self._size = source.size
        with _damage():
            self._book = OpenXml(source)
        self.sheets = self._book.sheets
        if not self.sheets:
            raise Refused("damaged_workbook")
        self._merged: dict[int, dict[int, int]] = {}

    def preparing(self) -> Generator[Progress, None, None]:
        shared: list[str] = []
        with _damage():
            for texts in self._book.shared_texts():
                shared += texts
                yield Progress("decoding", 0, self._size)
            self._reader = SheetReader(self._book, shared)

    def rows(self, sheet: str) -> Generator[Progress, None, int]:
        # The zip's own sum over the sheet is checked at its end; merged cells are named behind the rows.
        rows = done = 0
        size = self._book.size(sheet)
        with _damage():
            for block in self._book.blocks(sheet):
                done = min(size, done + len(block))
                rows += block.count("<row")
                for column, top, bottom in merged_downwards(block):
                    for line in range(top, min(bottom, top + _MOST_MERGED) + 1):
                        self._merged.setdefault(line, {})[column] = top
                yield Progress("decoding", done, size)
        return rows

    def records(self, sheet: str, at_once: int) -> Iterator[Records]:
        return self._reader.records(sheet, self._merged, at_once)


class _CalamineBook:
    """A workbook in another format, held whole by the library that reads it."""

    def __init__(self, source: Source) -> None:
        try:
            import python_calamine
        except ImportError as error:
            raise Refused("workbook_reader_missing") from error
        self._failure = python_calamine.CalamineError
        with source.open() as stream, _damage(self._failure):
            try:
                # Read whole: the library reads on from it when a sheet is asked for.
                self._book = python_calamine.load_workbook(BytesIO(stream.read()))
            except python_calamine.PasswordError as error:
                raise Refused("password") from error
        self._parsed: dict[str, Any] = {}
        self.sheets = [
            (sheet.name, sheet.visible is not python_calamine.SheetVisibleEnum.Visible)
            for sheet in self._book.sheets_metadata
            if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
        ]

    def preparing(self) -> Generator[Progress, None, None]:
        yield Progress("decoding", 1, 1)

    def rows(self, sheet: str) -> Generator[Progress, None, int]:
        yield Progress("decoding", 1, 1)
        return int(self._sheet(sheet).total_height)

    def records(self, sheet: str, at_once: int) -> Iterator[Records]:
        found = self._sheet(sheet)
        if found.total_width > MOST_COLUMNS:
            raise Refused("too_many_columns", row=found.start[0] + 1, most=MOST_COLUMNS)
        # Its rows count from the sheet's first, its columns from the first that holds something.
        before = [""] * (found.start[1] if found.start else 0)
        for batch in batched(enumerate(found.iter_rows(), 1), at_once):
            natives: list[dict[str, Native]] = [{} for _column in range(found.total_width + 1)]
            rows = [[_text(value, natives[place]) for place, value in enumerate(before + row)] for _line, row in batch]
            filled = list(map(any, rows))
            lines = array("I", compress((line for line, _row in batch), filled))
            if lines:
                yield Records(list(compress(rows, filled)), lines, natives)

    def _sheet(self, name: str) -> Any:
        if name not in self._parsed:
            with _damage(self._failure):
                self._parsed[name] = self._book.get_sheet_by_name(name)
        return self._parsed[name]


def _text(value: Any, natives: dict[str, Native]) -> str:
    """Return the text of a cell as calamine gives it, and remember what it is."""
    native: Native | None = None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        text, native = of_truth(value)
    elif isinstance(value, int | float):
        text, native = of_number(float(value))
    elif isinstance(value, date):
        text, native = of_moment(value)
    elif isinstance(value, time):
        text = value.isoformat("seconds")
    elif isinstance(value, timedelta):
        text = of_duration(value)
    else:
        return ""
    if native is not None:
        natives[text] = native
    return text
