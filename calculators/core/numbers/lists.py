"""A list of numbers in one text: where one ends and the next begins.

A line break, tab, semicolon, or a comma with a space separates; each piece is then read as a single field would.
Where a comma or a space may stand inside a number as well as between two, the pieces tell (82,000 has no item 000) or
the reader is asked.
"""

import re
from collections.abc import Callable
from functools import cache

from calculators.core.numbers.reading import Reading, UnreadableNumber

_STRONG = re.compile(r"[\n\r\t;、]+|[,](?=[ \t　])")
# No-break and narrow spaces are not here: they stand inside numbers.
_SPACES = re.compile("([ \u3000]+)")
_COMMAS_AND_SPACES = re.compile("([, \u3000]+)")
# What shows that spaces stand between groups of three: a group that begins with zero, or decimals behind one.
_SPACED_GROUP = re.compile(r"\d[ \u00a0\u202f\u2009](?:0\d\d|\d{3}(?: \d{3})*[.,]\d)|\d[\u00a0\u202f\u2009]\d")
_BARE_FIGURES = re.compile(r"[\d.,]+(?: [\d.,]+)+")
_LEADING_ZERO = re.compile(r"\W?0\d")
_JOINABLE = re.compile(r"\d{3}(?!\d)")
_LIKE_TWO_NUMBERS = re.compile(r"([1-9]\d*),([1-9]\d\d+)", re.ASCII)
# In a longer piece, numbers that span several tokens would have to be looked for in too many places.
_MOST_TOKENS = 60
_LONGEST_JOINED = 10

# Full-width letters, digits and marks as the others.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

type _Readings = tuple[list[str] | None, list[str]]
"""What a piece can be: the fewest numbers, or None where only the other is possible; the most."""


class UnclearList(ValueError):  # noqa: N818 - as UnreadableNumber
    """A text that can be two lists, or only one that nobody would write so: `readings` are what it could be."""

    def __init__(self, text: str, readings: tuple[list[str], ...]) -> None:
        super().__init__(text)
        self.text = text
        self.readings = readings


def split(text: str, read: Callable[[str], Reading], *, decimal: str, most_numbers: int) -> list[str]:
    """Return the pieces of a list, each a number to be read; `read` reads one and raises UnreadableNumber.

    `decimal` is the decimal mark of the language. Where there are more than `most_numbers`, they are only counted.
    Raises UnclearList.
    """
    read = _remembering(read, decimal)
    pieces = [piece for part in _STRONG.split(text.translate(_NARROW)) if (piece := part.strip().strip(",").strip())]
    if len(pieces) > most_numbers:
        return pieces
    is_alone = len(pieces) == 1
    has_spaced_groups = bool(_SPACED_GROUP.search(text))
    fewest: list[str] | None = []
    most: list[str] = []
    is_swapped = False
    for piece in pieces:
        if piece.isascii() and piece.isdigit():
            joined: list[str] | None
            joined, apart = [piece], [piece]
        else:
            joined, apart = _readings(piece, read, decimal, is_alone=is_alone, has_spaced_groups=has_spaced_groups)
        is_swapped |= joined is not None and len(joined) == 1 and joined != [piece]
        if fewest is not None:
            fewest = fewest + joined if joined is not None else None
        most += apart
    if fewest is not None and is_swapped:
        # Who writes one number with other marks writes all of them so.
        fewest = [_in_the_other_habit(piece, read, decimal) or piece for piece in fewest]
    if fewest != most:
        raise UnclearList(text.strip(), (most,) if fewest is None else (fewest, most))
    return most


def _remembering(read: Callable[[str], Reading], decimal: str) -> Callable[[str], Reading]:
    """Read each text once, and none that ends with a decimal mark: `1.` begins an item of a numbered list."""

    @cache
    def outcome(text: str) -> Reading | UnreadableNumber:
        if text.endswith(decimal):
            return UnreadableNumber(text)
        try:
            return read(text)
        except UnreadableNumber as error:
            return error

    def remembered(text: str) -> Reading:
        found = outcome(text)
        if isinstance(found, UnreadableNumber):
            raise found
        return found

    return remembered


def _readings(
    piece: str, read: Callable[[str], Reading], decimal: str, *, is_alone: bool, has_spaced_groups: bool
) -> _Readings:
    one = [piece]
    is_number = _is_number(piece, read)
    if not is_alone and " " in piece and not has_spaced_groups and _BARE_FIGURES.fullmatch(piece):
        # Two columns, or groups of three: nothing in the list tells. Of other lines with spaces, none is a list.
        return (one, piece.split(" ")) if is_number else (one, one)
    if is_number is None or (is_number and not is_alone):
        # A line of a column; or what the reader of single numbers asks about.
        return (one, one) if decimal != "," or not is_number else _decimals(piece, is_alone=False)
    tokens = (_SPACES if decimal == "," else _COMMAS_AND_SPACES).split(piece)
    if len(tokens) == 1:
        return _decimals(piece, is_alone=is_alone) if is_number else _several_decimals(piece, read, decimal)
    items = tokens[::2]
    if len(items) > _MOST_TOKENS:
        is_clear = not any(map(_JOINABLE.match, items[1:])) and not any(map(_LEADING_ZERO.match, items))
        return (items, items) if is_clear else (one, one)
    # Beside a number that is clear, parts that would be asked about are no list.
    found = _segmentations(tokens, read, asked_about=not is_number)
    if found and decimal != ",":
        # 1,5 is one number to who writes decimals so, and two to who makes a list.
        swapped = [_in_the_other_habit(item, read, decimal) for item in piece.split(" ") if item]
        if all(swapped) and len(swapped) < len(found[1]):
            return [item for item in swapped if item], found[1]
    return found or (one, one)


def _segmentations(
    tokens: list[str], read: Callable[[str], Reading], *, asked_about: bool
) -> tuple[list[str], list[str]] | None:
    """Return the fewest and the most numbers that tokens and the signs between them can be read as, or None.

    `asked_about` says whether a number that the reader would be asked about counts as one.
    """
    count = (len(tokens) + 1) // 2
    fewest: list[list[str] | None] = [[], *[None] * count]
    most: list[list[str] | None] = [[], *[None] * count]
    for end in range(1, count + 1):
        for start in range(max(0, end - _LONGEST_JOINED), end):
            before, longest = fewest[start], most[start]
            if before is None or longest is None:
                continue
            item = "".join(tokens[2 * start : 2 * end - 1])
            is_number = None if _LEADING_ZERO.match(item) else _is_number(item, read)
            if _LEADING_ZERO.match(item) or not (asked_about if is_number is None else is_number):
                continue
            shorter, longer = fewest[end], most[end]
            if shorter is None or len(before) + 1 < len(shorter):
                fewest[end] = [*before, item]
            if longer is None or len(longest) + 1 > len(longer):
                most[end] = [*longest, item]
    last, longest = fewest[count], most[count]
    return None if last is None or longest is None else (last, longest)


def _in_the_other_habit(piece: str, read: Callable[[str], Reading], decimal: str) -> str | None:
    """Return the number that a piece is with the other language's marks, written with one's own; None if it is none."""
    try:
        other = read(piece).other
    except UnreadableNumber as error:
        other = error.readings[0] if len(error.readings) == 1 else None
    return None if other is None else f"{other:f}".replace(".", decimal)


def _decimals(piece: str, *, is_alone: bool) -> _Readings:
    """Where the comma is the decimal mark: 1000,2000 is a number with four decimals, and two numbers.

    Nobody ends decimals with a zero in so long a number, so that is asked; else see `as_two_numbers`.
    """
    two = as_two_numbers(piece)
    return [piece], two if two and two[1].endswith("0") and (len(two[1]) > 3 or is_alone) else [piece]


def as_two_numbers(piece: str) -> list[str] | None:
    """Return the two numbers that a decimal such as 1234,5678 is to who separates with a comma; None for others."""
    match = _LIKE_TWO_NUMBERS.fullmatch(piece)
    return [match[1], match[2]] if match else None


def _several_decimals(piece: str, read: Callable[[str], Reading], decimal: str) -> _Readings:
    """Where the comma is the decimal mark, 10,20,30 can only be a list, but that is asked."""
    items = piece.split(",")
    if (
        decimal == ","
        and len(items) > 1
        and len(items) <= _MOST_TOKENS
        and all(_is_number(item, read) for item in items)
    ):
        return None, items
    return [piece], [piece]


def _is_number(text: str, read: Callable[[str], Reading]) -> bool | None:
    """Say whether a text is one number; None where it is one that has to be asked about."""
    try:
        read(text)
    except UnreadableNumber as error:
        return None if len(error.readings) > 1 and not error.are_several else False
    return True


def heading_of(pieces: list[str]) -> str | None:
    """Return the heading that a pasted column begins with: the first piece, without any figure, before others."""
    if len(pieces) > 1 and not any(character.isdigit() for character in pieces[0]):
        return pieces[0]
    return None
