"""A table of texts as it is held in memory: each distinct text of a column once, a small number for every cell.

A million rows of a dozen columns are some hundred megabytes as a file, and several times that as Python's texts. So a
column keeps its distinct texts and, for each row, which of them it is, in one byte or two as long as that is enough.
Where nearly every row has another text (ids, descriptions), the rows after the first ones lie one behind the other in
one block of bytes.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate, batched, chain, compress, count, filterfalse
from operator import eq

from calculators.analysis.reading.progress import Pausing, gathered

# Distinct texts from which on further rows go into the block.
MOST_TEXTS = 45_000
# So few, each in one byte, are counted faster one by one.
_FEW_TEXTS = 64
# Texts that are read at once.
_AT_ONCE = 4_000
# So many numbers are told apart at once, more of them in so many buckets, a power of two.
_IN_ONE_BUCKET, _BUCKETS = 200_000, 16
# How many numbers there are of the types of arrays, smallest first.
_ROOM = {"B": 1 << 8, "H": 1 << 16, "I": 1 << 32, "Q": 1 << 64}

# Signs that turn the direction of all that follows on the line: no text needs them, and some file names lie with them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

type Native = Decimal | date | datetime | bool


class Column:
    """The texts of one column, without blanks around them and signs that turn the line; "" where a row has none.

    `native` holds what a workbook says a text is (a number, a date, yes or no), for the texts of cells that are not
    text there: "1.234" of a number cell is no thousand. Of a percentage it is what stands before the sign.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.native: dict[str, Native] = {}
        # The held texts in the order of their codes, and the codes of the first rows.
        self._texts: list[str] = []
        self._codes = array("B")
        # The code of each text as it is in the file, with the blanks around it.
        self._code_of: dict[str, int] = {}
        # The rows after those: their texts one behind the other, and where each ends.
        self._block = bytearray()
        self._ends = array("I")
        self._has_blank = False

    def __len__(self) -> int:
        return len(self._codes) + len(self._ends)

    def extend(self, texts: Sequence[str]) -> None:
        """Add the texts of further rows."""
        if len(self._texts) >= MOST_TEXTS:
            self._extend_block(bare(texts))
            return
        try:
            codes = list(map(self._code_of.__getitem__, texts))
        except KeyError:
            self._give_codes(texts)
            codes = list(map(self._code_of.__getitem__, texts))
        self._widen()
        self._codes.frombytes(array(self._codes.typecode, codes).tobytes())
        if len(self._texts) >= MOST_TEXTS:
            self._code_of.clear()

    def text(self, row: int) -> str:
        """Return the text of a row, counted from 0."""
        coded = len(self._codes)
        return self._texts[self._codes[row]] if row < coded else self._in_block(row - coded)

    def __iter__(self) -> Iterator[str]:
        return chain(map(self._texts.__getitem__, self._codes), self.texts_of_the_block())

    def counts_of_held_texts(self) -> dict[str, int]:
        """Return how often each text stands here that is held by itself, in the order of their first rows."""
        if len(self._texts) == len(self._codes):
            return dict.fromkeys(self._texts, 1)
        if len(self._texts) <= _FEW_TEXTS:
            codes = self._codes.tobytes()
            return {text: codes.count(code) for code, text in enumerate(self._texts)}
        # Codes are counted in the order in which they first stand here, which is their own.
        return dict(zip(self._texts, Counter(self._codes).values(), strict=True))

    def texts_of_the_block(self) -> Iterator[str]:
        """Yield the further texts, as often as they stand here."""
        slices = map(slice, chain((0,), self._ends), self._ends)
        if self._block.isascii():
            return map(self._block.decode("ascii").__getitem__, slices)
        return (piece.decode("utf-8", "surrogatepass") for piece in map(self._block.__getitem__, slices))

    @property
    def is_mostly_distinct(self) -> bool:
        """Whether there are more texts than are held each by itself: no column to group by, and dear to count."""
        return bool(self._ends)

    def filled_down(self, without: Collection[int]) -> "Column":
        """Return the column with the text above in each empty row, but for some rows."""
        texts, above = list(self), ""
        for row, text in enumerate(texts):
            if row not in without:
                above = texts[row] = text or above
        filled = Column(self.name)
        filled.native = self.native
        filled.extend(texts)
        return filled

    @property
    def texts_to_read(self) -> int:
        """How many texts `map` and `where` ask about."""
        return len(self._texts) + len(self._ends)

    def map[Value](self, function: Callable[[str], Value]) -> Iterator[Value]:
        """Yield a function of each row's text, which is called once for each distinct text (but for the block's)."""
        values = list(map(function, self._texts))
        return chain(map(values.__getitem__, self._codes), map(function, self.texts_of_the_block()))

    def array_of(self, kind: str, function: Callable[[Sequence[str]], Iterable[int]]) -> Pausing[array[int]]:
        """Return what a function makes of the texts of all rows, some of them at once, as an array; with pauses.

        As with `map`, each text that is held by itself is given once.
        """
        held: list[int] = []
        for texts in batched(self._texts, _AT_ONCE):
            held.extend(function(texts))
            yield
        of_block = chain.from_iterable(map(function, batched(self.texts_of_the_block(), _AT_ONCE)))
        return (yield from gathered(kind, chain(map(held.__getitem__, self._codes), of_block)))

    def where(self, is_meant: Callable[[str], bool]) -> bytes:
        """Return a byte for each row: 1 where its text is meant, which is asked once for each as in `map`."""
        held = self._where_held(bytes(map(is_meant, self._texts)))
        return held + bytes(map(is_meant, self.texts_of_the_block()))

    @property
    def is_blank(self) -> bytes:
        """A byte for each row: 1 where its text is ""."""
        held = self._where_held(bytes(map("".__eq__, self._texts)) if "" in self._texts else b"")
        if not self._has_blank:
            return held + bytes(len(self._ends))
        return held + bytes(map(eq, chain((0,), self._ends), self._ends))

    def _where_held(self, is_meant: bytes) -> bytes:
        """Return a byte for each of the first rows: that of its text among those held."""
        if not any(is_meant):
            return bytes(len(self._codes))
        if self._codes.itemsize == 1:
            return self._codes.tobytes().translate(is_meant.ljust(_ROOM["B"], b"\0"))
        return bytes(map(is_meant.__getitem__, self._codes))

    def _give_codes(self, texts: Sequence[str]) -> None:
        """Give new texts their codes, those that differ only in the blanks around them the same."""
        new = list(dict.fromkeys(filterfalse(self._code_of.__contains__, texts)))
        stripped = bare(new)
        if stripped == new:
            self._code_of.update(zip(new, count(len(self._texts))))
            self._texts += new
            return
        for text, held in zip(new, stripped, strict=True):
            code = self._code_of.setdefault(held, len(self._texts))
            if code == len(self._texts):
                self._texts.append(held)
            self._code_of[text] = code

    def _widen(self) -> None:
        """Make room for the codes of all held texts."""
        kind = next(kind for kind, room in _ROOM.items() if len(self._texts) <= room)
        if kind != self._codes.typecode:
            self._codes = array(kind, self._codes)

    def _extend_block(self, texts: list[str]) -> None:
        together = "".join(texts)
        lengths = map(len, texts if together.isascii() else map(_bytes, texts))
        ends = list(accumulate(lengths, initial=len(self._block)))
        self._has_blank = self._has_blank or not all(texts)
        self._block += _bytes(together)
        if len(self._block) >= _ROOM[self._ends.typecode]:
            self._ends = array("Q", self._ends)
        self._ends.extend(array(self._ends.typecode, ends[1:]))

    def _in_block(self, place: int) -> str:
        start = self._ends[place - 1] if place else 0
        return self._block[start : self._ends[place]].decode("utf-8", "surrogatepass")


def bare(texts: Sequence[str]) -> list[str]:
    """Return texts without blanks around them, and without signs that turn the line they stand on."""
    stripped = list(map(str.strip, texts))
    together = "".join(stripped)
    if together.isascii() or not _TURNING.search(together):
        return stripped
    return [_TURNING.sub("", text).strip() for text in stripped]


def in_buckets(hashes: array[int]) -> Pausing[Iterator[Sequence[int]]]:
    """Return numbers in parts, equal ones in the same: a set of a million would be large."""
    if len(hashes) <= _IN_ONE_BUCKET:
        return iter([hashes])
    buckets = (yield from gathered("B", map((_BUCKETS - 1).__and__, hashes))).tobytes()
    tables = (bytes(number == bucket for number in range(256)) for bucket in range(_BUCKETS))
    return (list(compress(hashes, buckets.translate(table))) for table in tables)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@dataclass(slots=True, kw_only=True)
class FileFacts:
    """What the file is, in the contract's names; `header_row` is a physical line from 1, None without a header."""

    name: str
    encoding: str | None  # None for a workbook, as the delimiter
    delimiter: str | None
    sheet: str | None
    header_row: int | None = None
    # Sheets of a workbook with whether each is hidden.
    sheets: list[tuple[str, bool]] = field(default_factory=list)
    # The first lines with bytes that are no text in the encoding, which are read as U+FFFD.
    damaged_lines: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Table:
    """All rows below the header (all rows, without one), nothing judged yet.

    `lines` holds the physical line on which each row begins, `widths` how many fields it has. Rows that hold nothing at
    all are not in it, and counted in `blank_rows`. `overlong` are rows with something beyond the last column.
    """

    facts: FileFacts
    columns: list[Column]
    lines: array[int]  # "I"
    widths: array[int]  # "H"
    overlong: set[int]
    blank_rows: int

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, number: int) -> list[str]:
        """Return the texts of a row, counted from 0."""
        return [column.text(number) for column in self.columns]
