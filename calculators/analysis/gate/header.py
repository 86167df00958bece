"""Which row holds the headers: the first row, one further down below notes, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from calculators.analysis.gate.day_shapes import read_day
from calculators.analysis.gate.kinds import header_roles
from calculators.analysis.gate.number_shapes import read_number
from calculators.analysis.gate.words import FLAGS, flags_of, folded, is_empty, meaning_of
from calculators.analysis.reading.table import Column, bare

# Further down stand no headers, but a table without them.
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Header:
    """`record` is the place of the row of headers among the file's records, None without one; `names` the headers."""

    record: int | None
    names: list[str]

    @property
    def first_record(self) -> int:
        """The first record below the header."""
        return 0 if self.record is None else self.record + 1


def find_header(head: Sequence[Sequence[str]]) -> Header:
    """Return the header of a file whose first records are `head`.

    The row with the most known headers, if it has two or at least half of its cells are known; otherwise the first row
    as wide as the table, if it holds neither numbers nor dates nor empty cells, and no word that is a value below it.
    """
    width = _width(head)
    known = [(_known_headers(row, head[place + 1 :]), -place) for place, row in enumerate(head[:_LOOKED_AT])]
    if known:
        most, place = max(known)
        row = head[-place]
        filled = sum(1 for text in row if text.strip())
        if most >= 2 or (most and most * 2 >= filled and filled > 0):
            return Header(-place, _names(row, width))
    for place, row in enumerate(head[:_LOOKED_AT]):
        if sum(1 for text in row if text.strip()) * 2 > width:
            if _looks_like_headers(row, head[place + 1 :]):
                return Header(place, _names(row, width))
            break
    return Header(None, [str(place + 1) for place in range(width)])


def _width(head: Sequence[Sequence[str]]) -> int:
    """Return how many columns the table has; the last may have neither a header nor values, yet."""
    return max(map(len, head), default=0)


def _names(row: Sequence[str], width: int) -> list[str]:
    names = bare(row)
    return names[:width] + [""] * (width - len(names))


def _known_headers(row: Sequence[str], below: Sequence[Sequence[str]]) -> int:
    """Return how many cells of a row are headers that are known, each role counted once."""
    roles: set[str] = set()
    for place, text in enumerate(row):
        short = text.strip()
        if not 0 < len(short) <= 80 or read_number(short) is not None:
            continue
        # A stage is no header, though it may be called like one ("Product", "Source"), unless it heads days or flags.
        if meaning_of(short) is None or (FLAGS & set(header_roles(short)) and _holds_marks(short, place, below)):
            roles.update(header_roles(short)[:1])
    return len(roles)


def _looks_like_headers(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    cells = [text.strip() for text in row]
    while cells and not cells[-1]:
        cells.pop()
    if len(set(map(folded, cells))) < len(cells) or any(is_empty(cell) for cell in cells):
        return False
    for place, cell in enumerate(cells):
        # A stage may head the days on which it was reached.
        if read_number(cell) or read_day(cell) or (meaning_of(cell) and not _holds_marks(cell, place, below)):
            return False
    # What recurs below is a value.
    if any(cell == other[place].strip() for other in below for place, cell in enumerate(cells) if place < len(other)):
        return False
    # Of headers that nobody knows, the cells below must be of another kind at least once; one column has no other sign.
    return len(cells) == 1 or any(_holds_figures(place, below) for place in range(len(cells)))


def _holds_marks(header: str, place: int, below: Sequence[Sequence[str]]) -> bool:
    """Whether the cells below say of each deal yes or no, or when."""
    texts = {text for other in below if place < len(other) and (text := other[place].strip())}
    # Further down, the headers may stand again.
    texts.discard(header)
    return bool(texts) and (all(map(read_day, texts)) or flags_of(texts) is not None)


def _holds_figures(place: int, below: Sequence[Sequence[str]]) -> bool:
    texts = [other[place].strip() for other in below if place < len(other) and other[place].strip()]
    return bool(texts) and all(read_number(text) or read_day(text) for text in texts)


def holds_headers_again(columns: Sequence[Column], row: int) -> bool:
    """Whether a row repeats the headers, as where several exports were put one below the other."""
    texts = [(column.name, column.text(row)) for column in columns if column.name]
    return len(texts) > 1 and all(folded(name) == folded(text) for name, text in texts)
