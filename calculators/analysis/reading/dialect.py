"""How the cells of a text are set apart, decided over its first lines."""

import csv
import re
from _csv import Reader
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

# The likelier one behind: where two part the lines equally well, the other is text.
_DELIMITERS = "\t;|,"
# Taken only where they part all lines and no other one does.
_RARE_DELIMITERS = "\x1f^:"

# A delimiter parts nearly all records in as many cells, and as many as any other does.
_CONSISTENT = 0.9

_NAMED = re.compile(r"\s*\"?sep=([^\"\r\n])\"?[\s,;]*", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    r"""`skipped` lines come before the first record.

    A delimiter may be followed by blanks before a quote (`skips_blanks`); a quote inside quotes may be `\"`
    (`has_escapes`) in place of two.
    """

    delimiter: str
    skipped: int = 0
    skips_blanks: bool = False
    has_escapes: bool = False

    def records(self, lines: Iterable[str]) -> Reader:
        """Return the records of lines with their ends."""
        if self.has_escapes:
            lines = (line.replace('\\"', '""') for line in lines)
        return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.skips_blanks)


def dialect_of(lines: list[str]) -> Dialect:
    """Return how the cells of these first lines, with their ends, are set apart."""
    if lines and (named := _NAMED.fullmatch(lines[0])):
        return _closer(Dialect(delimiter=named[1], skipped=1), lines[1:])
    fits = {mark: _fit(Dialect(delimiter=mark), lines) for mark in _DELIMITERS}
    if all(fit.share < 0.6 for fit in fits.values()):
        rare = {mark: _fit(Dialect(delimiter=mark), lines) for mark in _RARE_DELIMITERS}
        fits |= {mark: fit for mark, fit in rare.items() if fit.share > 0.95 and fit.columns > 2}
    if any(fit.share > _CONSISTENT for mark, fit in fits.items() if mark != ","):
        without = [_DECIMAL_COMMA.sub("", line) for line in lines]
        if _fit(Dialect(delimiter=","), without).columns < 2:
            fits[","] = _NO_FIT
    most = max(fit.share for fit in fits.values())
    if not most and (inner := _unwrapped(lines)):
        return dialect_of(inner)
    fits = {mark: fit for mark, fit in fits.items() if fit.columns > 1 and fit.share >= most * _CONSISTENT}
    # The header has the delimiter; a mark that every text of a column has comes below it only.
    best = max(fits, key=lambda mark: (-fits[mark].first, fits[mark].weight), default=",")
    return _closer(Dialect(delimiter=best), lines)


class _Fit(NamedTuple):
    """The share of records that have the commonest number of cells above one, that number, and the first of them."""

    share: float
    columns: int
    first: int

    @property
    def weight(self) -> float:
        return self.share * (1 - 1 / max(1, self.columns))


_NO_FIT = _Fit(0.0, 0, 0)


def _fit(dialect: Dialect, lines: list[str]) -> _Fit:
    widths = [len(row) for row in _parsed(dialect, lines) if any(row)]
    several = Counter(width for width in widths if width > 1)
    if not several:
        return _NO_FIT
    columns, records = max(several.items(), key=lambda pair: (pair[1], pair[0]))
    return _Fit(records / len(widths), columns, widths.index(columns))


def _unwrapped(lines: list[str]) -> list[str]:
    """Return what is in the lines where each is a single cell in quotes, which may be a record (`mending`)."""
    if not all(line.startswith('"') for line in lines if line.strip()):
        return []
    inner = [row[0] + "\n" for row in _parsed(Dialect(delimiter="\0"), lines) if row]
    return inner if inner != lines else []


def _parsed(dialect: Dialect, lines: list[str]) -> Iterator[list[str]]:
    """Yield the records of the first lines; what a quote without an end swallows is left out."""
    try:
        yield from dialect.records(lines)
    except csv.Error:
        return


def _closer(dialect: Dialect, lines: list[str]) -> Dialect:
    """Return a dialect with what its quotes ask for besides."""
    text = "".join(lines)
    mark = re.escape(dialect.delimiter)
    if re.search(rf'{mark} +"', text):
        blanks = replace(dialect, skips_blanks=True)
        if _fit(blanks, lines).share >= _fit(dialect, lines).share:
            dialect = blanks
    if len(re.findall(rf'\\"(?!{mark}|[\r\n])', text)) > len(re.findall(rf'\\"(?={mark}|[\r\n])', text)):
        dialect = replace(dialect, has_escapes=True)
    return dialect
