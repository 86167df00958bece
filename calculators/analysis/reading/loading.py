"""From the records of a file to a table."""

from array import array
from collections.abc import Generator, Iterable
from itertools import compress
from operator import itemgetter

from calculators.analysis.reading.progress import Progress
from calculators.analysis.reading.rows import Records
from calculators.analysis.reading.table import Column, FileFacts, Table


def loading(
    batches: Iterable[Records], facts: FileFacts, names: list[str], *, first_record: int, rows: int
) -> Generator[Progress, None, Table]:
    """Read all records from one on, counted from 0, into columns with these names; `rows` is about how many."""
    table = Table(
        facts=facts,
        columns=[Column(name) for name in names],
        lines=array("I"),
        widths=array("H"),
        overlong=set(),
        blank_rows=0,
    )
    done = 0
    for records in batches:
        skipped = max(0, first_record - done)
        done += len(records.rows)
        _add(table, records.rows[skipped:], records.lines[skipped:])
        if records.natives:
            for column, natives in zip(table.columns, records.natives, strict=False):
                column.native.update(natives)
        yield Progress("reading", done, max(done, rows))
    return table


def _add(table: Table, rows: list[list[str]], lines: array[int]) -> None:
    # Few rows have nothing in their first cell.
    if not all(rows) or not all(map(str.strip, map(itemgetter(0), rows))):
        filled = [bool("".join(row).strip()) for row in rows]
        table.blank_rows += filled.count(False)
        rows, lines = list(compress(rows, filled)), array("I", compress(lines, filled))
    if not rows:
        return
    columns = len(table.columns)
    widths = array("H", map(len, rows))
    if set(widths) != {columns}:
        first = len(table.lines)
        table.overlong.update(
            first + place for place, row in enumerate(rows) if len(row) > columns and any(map(str.strip, row[columns:]))
        )
        rows = [row[:columns] + [""] * (columns - len(row)) for row in rows]
    table.lines.extend(lines)
    table.widths.extend(widths)
    for column, texts in zip(table.columns, zip(*rows, strict=True), strict=True):
        column.extend(texts)
