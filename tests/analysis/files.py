"""Reads an export in a test as the analyser does: opened, the header taken from a record, all of it loaded."""

from pathlib import Path
from typing import NamedTuple

from calculators.analysis.reading.opening import Opened, opening
from calculators.analysis.reading.progress import finished
from calculators.analysis.reading.source import Source
from calculators.analysis.reading.table import Table
from tests.worked_examples import SHARED_DATA

EXPORTS = SHARED_DATA / "exports"
IMPORT_FAULTS = SHARED_DATA / "import-faults"


class Read(NamedTuple):
    """An export that was opened and loaded."""

    opened: Opened
    table: Table

    @property
    def cells(self) -> list[list[str]]:
        """Return all rows below the header."""
        return [self.table.row(number) for number in range(len(self.table))]


def opened(what: bytes | Path, *, name: str = "deals.csv", sheet: str | None = None) -> Opened:
    """Open an export."""
    source = Source.of(what, name) if isinstance(what, bytes) else Source.of(what)
    return finished(opening(source, sheet=sheet))


def read(what: bytes | Path, *, header: int = 0, sheet: str | None = None) -> Read:
    """Open an export and load all below the record that is its header."""
    export = opened(what, sheet=sheet)
    names = export.head[header] if export.head else []
    return Read(export, finished(export.load(header + 1, names)))
