"""A table of texts as it is held in memory: each distinct text of a column once, a small number for every cell.

A million rows of a dozen columns are some hundred megabytes as a file, and several times that as Python's texts. So a
column keeps its distinct texts and, for each row, which of them it is, in one byte or two as long as that is enough.
Where nearly every row has another text (ids, descriptions), the rows after the first ones lie one behind the other in
one block of bytes.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate, chain, islice

# Distinct texts from which on further rows go into the block.
MOST_TEXTS = 45_000
# So few, each in one byte, are counted faster one by one.
_FEW_TEXTS = 64
# How many numbers there are of the types of arrays, smallest first.
_ROOM = {"B": 1 << 8, "H": 1 << 16, "I": 1 << 32, "Q": 1 << 64}

type Native = Decimal | date | datetime | bool


class _Codes(dict[str, int]):
    """The code of each text as it is in the file; a new one without the blanks around it is added to `texts`."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, text: str) -> int:
        stripped = text.strip()
        if len(stripped) < len(text):
            code = self[stripped]
        else:
            code = len(self._texts)
            self._texts.append(stripped)
        self[text] = code
        return code


class Column:
    """The texts of one column, without blanks around them; "" where a row has none.

    `native` holds what a workbook says a text is (a number, a date, yes or no), for the texts of cells that are not
    text there: "1.234" of a number cell is no thousand. Of a percentage it is what stands before the sign.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.native: dict[str, Native] = {}
        # The held texts in the order of their codes, and the codes of the first rows.
        self._texts: list[str] = []
        self._codes = array("B")
        self._code_of = _Codes(self._texts)
        # The rows after those: their texts one behind the other, and where each ends.
        self._block = bytearray()
        self._ends = array("I")

    def __len__(self) -> int:
        return len(self._codes) + len(self._ends)

    def extend(self, texts: Iterable[str]) -> None:
        """Add the texts of further rows."""
        if len(self._texts) >= MOST_TEXTS:
            self._extend_block(list(map(str.strip, texts)))
            return
        codes = list(map(self._code_of.__getitem__, texts))
        self._widen()
        self._codes.extend(codes)
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
        if len(self._texts) <= _FEW_TEXTS:
            codes = self._codes.tobytes()
            return {text: codes.count(code) for code, text in enumerate(self._texts)}
        counts = Counter(self._codes)
        return {text: counts[code] for code, text in enumerate(self._texts)}

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

    def fill_down(self, without: Collection[int]) -> int:
        """Give each empty row the text above it, but for some rows, and return how many; not where texts differ all."""
        above, filled = self._codes[0], 0
        for row, code in enumerate(self._codes):
            if row in without:
                continue
            if self._texts[code]:
                above = code
            else:
                self._codes[row] = above
                filled += 1
        return filled

    def map[Value](self, function: Callable[[str], Value]) -> Iterator[Value]:
        """Yield a function of each row's text, which is called once for each distinct text (but for the block's)."""
        values = list(map(function, self._texts))
        return chain(map(values.__getitem__, self._codes), map(function, self.texts_of_the_block()))

    def _widen(self) -> None:
        """Make room for the codes of all held texts."""
        kind = next(kind for kind, room in _ROOM.items() if len(self._texts) <= room)
        if kind != self._codes.typecode:
            self._codes = array(kind, self._codes)

    def _extend_block(self, texts: list[str]) -> None:
        together = "".join(texts)
        lengths: Iterable[int] = map(len, texts) if together.isascii() else (len(_bytes(text)) for text in texts)
        ends = accumulate(lengths, initial=len(self._block))
        self._block += _bytes(together)
        if len(self._block) >= _ROOM[self._ends.typecode]:
            self._ends = array("Q", self._ends)
        self._ends.extend(islice(ends, 1, None))

    def _in_block(self, place: int) -> str:
        start = self._ends[place - 1] if place else 0
        return self._block[start : self._ends[place]].decode("utf-8", "surrogatepass")


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
