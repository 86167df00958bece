"""From the lines of a text to the records in it, each with the physical line on which it begins."""

import csv
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, islice

from calculators.analysis.reading.dialect import Dialect
from calculators.analysis.reading.limits import MOST_CHARACTERS, MOST_COLUMNS
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.table import Native

# Records read at once, fewer where they are long: more do not stay in the processor's cache, and take twice as long.
MOST_ROWS = 4_000
_BYTES_AT_ONCE = 1024 * 1024

# Put behind the last line: unless it comes out as a record by itself, a quote was never closed.
_END = "\x1c"


@dataclass(frozen=True, slots=True)
class Records:
    """Some records in order, and the line on which each begins.

    Of a workbook also, for each column, what its texts are there that are no text (`Column.native`).
    """

    rows: list[list[str]]
    lines: array[int]  # "I"
    natives: list[dict[str, Native]] | None = None


def rows_at_once(size: int, lines: int) -> int:
    """Return how many records of a file of some bytes and lines are some hundredths of a second's work."""
    return max(100, min(MOST_ROWS, _BYTES_AT_ONCE * max(1, lines) // max(1, size)))


def reading(lines: Iterable[str], dialect: Dialect, at_once: int = MOST_ROWS) -> Iterator[Records]:
    """Yield all records, so many at a time.

    Raises Refused `cell_too_large`, `unclosed_quote` or `too_many_columns`, each with its `row`.
    """
    remaining = iter(lines)
    for _skipped in islice(remaining, dialect.skipped):
        pass
    is_over = False

    def end() -> Iterator[str]:
        nonlocal is_over
        is_over = True
        yield _END

    reader = dialect.records(chain(remaining, end()))
    start = dialect.skipped + 1
    while not is_over:
        rows: list[list[str]] = []
        before = reader.line_num
        with _LongCells():
            try:
                rows.extend(islice(reader, at_once))
            except csv.Error as error:
                row = start + sum(map(_lines_in, rows))
                raise _too_large(row, lines=dialect.skipped + reader.line_num - row) from error
        starts = _starts(rows, start, reader.line_num - before)
        start = dialect.skipped + reader.line_num + 1
        if is_over:
            if rows.pop() != [_END]:
                raise Refused("unclosed_quote", row=starts[-1])
            starts.pop()
        columns = max(map(len, rows), default=0)
        if columns > MOST_COLUMNS:
            row = next(line for line, row in zip(starts, rows, strict=True) if len(row) == columns)
            raise Refused("too_many_columns", row=row, most=MOST_COLUMNS)
        if rows:
            yield Records(rows, starts)


def _starts(rows: list[list[str]], start: int, lines: int) -> array[int]:
    """Return on which line each record begins, of records that take some lines together."""
    if lines == len(rows):
        return array("I", range(start, start + lines))
    return array("I", accumulate(map(_lines_in, rows[:-1]), initial=start))


def _lines_in(row: list[str]) -> int:
    """Return how many lines a record takes: one more than there are line ends in its cells."""
    text = " ".join(row)
    return 1 + text.count("\n") + text.count("\r") - text.count("\r\n")


class _LongCells:
    """Lets csv read longer cells than it does by itself, which it keeps for the whole process."""

    def __enter__(self) -> None:
        self._limit = csv.field_size_limit(MOST_CHARACTERS)

    def __exit__(self, *error: object) -> None:
        csv.field_size_limit(self._limit)


def _too_large(row: int, *, lines: int) -> Refused:
    """Return the refusal of a cell without an end: if further lines are in it, a quote was never closed."""
    if lines > 0:
        return Refused("unclosed_quote", row=row)
    return Refused("cell_too_large", row=row, most=MOST_CHARACTERS)
