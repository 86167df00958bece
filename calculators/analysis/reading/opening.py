"""Opens a deals export, whatever it is."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from calculators.analysis.reading.dialect import dialect_of
from calculators.analysis.reading.encoding import deciding
from calculators.analysis.reading.loading import loading
from calculators.analysis.reading.mending import Mending
from calculators.analysis.reading.progress import Progress
from calculators.analysis.reading.recognising import recognised
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.rows import Records, reading, rows_at_once
from calculators.analysis.reading.source import Source
from calculators.analysis.reading.table import FileFacts, Table
from calculators.analysis.reading.text import first_lines, lines_of

# Records in which the header is looked for.
_HEAD = 200


@dataclass(slots=True, kw_only=True)
class Opened:
    """A file whose first records are read: `head` holds their texts, `head_lines` the line each begins on.

    `records` reads all of it anew, so many records at a time; there are about `rows`.
    """

    facts: FileFacts
    head: list[list[str]]
    head_lines: list[int]
    rows: int
    records: Callable[[], Iterator[Records]]

    def load(self, first_record: int, names: list[str]) -> Generator[Progress, None, Table]:
        """Read all records from one on, counted from 0, into columns with these names.

        Columns beyond the names that hold something in the head get the name "". Raises Refused.
        """
        below = self.head[first_record:]
        columns = max([len(names), *(place for row in below for place, text in enumerate(row, 1) if text)])
        self.facts.damaged_lines.clear()
        return (
            yield from loading(
                self.records(),
                self.facts,
                (names + [""] * columns)[:columns],
                first_record=first_record,
                rows=self.rows,
            )
        )


def opening(source: Source, *, sheet: str | None = None) -> Generator[Progress, None, Opened]:
    """Find out what a file is, and read its first records.

    Raises Refused: `empty_file`, `unknown_sheet`, and what `recognising`, `encoding`, `rows` and `workbook` name.
    """
    if recognised(source) == "workbook":
        from calculators.analysis.reading.workbook import opening_workbook

        facts, rows, records = yield from opening_workbook(source, sheet)
    else:
        facts, rows, records = yield from _opening_text(source)
    first = next(records(_HEAD), None)
    mending = Mending(first.rows if first else [], facts.delimiter or "")
    head = [[text.strip() for text in mending.row(row)] for row in first.rows] if first else []
    if first is None or not any(map(any, head)):
        raise Refused("empty_file")
    return Opened(
        facts=facts,
        head=head,
        head_lines=list(first.lines),
        rows=rows,
        records=lambda: mending.of(records(None)),
    )


type Reading = Callable[[int | None], Iterator[Records]]


def _opening_text(source: Source) -> Generator[Progress, None, tuple[FileFacts, int, Reading]]:
    encoding = yield from deciding(source)
    dialect = dialect_of(first_lines(source, encoding))
    facts = FileFacts(name=source.name, encoding=encoding.name, delimiter=dialect.delimiter, sheet=None)
    at_once = rows_at_once(source.size, encoding.rows)

    def records(head: int | None) -> Iterator[Records]:
        return reading(lines_of(source, encoding, facts.damaged_lines), dialect, head or at_once)

    return facts, encoding.rows, records
