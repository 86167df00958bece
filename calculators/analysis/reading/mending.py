"""Takes off what spreadsheets put around cells and rows when a CSV is saved again.

Where semicolons set cells apart, a spreadsheet saves a line with commas as one cell, in quotes and with its own quotes
doubled. Exports write ids as `="00123"`, so that spreadsheets leave them as they are.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from calculators.analysis.reading.rows import Records

_PROTECTED = re.compile(r'\s*="(.*)"\s*', re.DOTALL)


class Mending:
    """What the first records of a file show that is to be taken off all of them."""

    def __init__(self, head: list[list[str]], delimiter: str) -> None:
        self._delimiter = delimiter
        widths = Counter(len(self._unwrapped(row)) for row in head if any(row))
        self._columns = max(widths, key=lambda width: (widths[width], width), default=1)
        self._is_wrapped = any(len(self._wrapped(row)) != len(row) for row in head)
        rows = map(self._wrapped, head) if self._is_wrapped else head
        self._protected = sorted(
            {place for row in rows for place, text in enumerate(row) if _PROTECTED.fullmatch(text)}
        )

    def of(self, batches: Iterator[Records]) -> Iterator[Records]:
        """Yield records without it."""
        if not self._is_wrapped and not self._protected:
            return batches
        return (replace(records, rows=list(map(self.row, records.rows))) for records in batches)

    def row(self, row: list[str]) -> list[str]:
        """Return a record without it."""
        row = self._wrapped(row) if self._is_wrapped else row
        for place in self._protected:
            if place < len(row) and (found := _PROTECTED.fullmatch(row[place])):
                row[place] = found[1].replace('""', '"')
        return row

    def _wrapped(self, row: list[str]) -> list[str]:
        """Return a record that is a single cell with a whole record in it as that record."""
        inner = self._unwrapped(row)
        return inner if len(inner) == self._columns else row

    def _unwrapped(self, row: list[str]) -> list[str]:
        if len(row) != 1 or not self._delimiter or self._delimiter not in row[0]:
            return row
        return next(csv.reader([row[0]], delimiter=self._delimiter), row)
