"""The lines of a text file, without what is no part of its text."""

from collections.abc import Iterator

from calculators.analysis.reading.encoding import Encoding
from calculators.analysis.reading.source import Source

# Lines with damage that are named.
MOST_NAMED = 20
_HEAD_LINES = 1_000
_HEAD_CHARACTERS = 256 * 1024


def lines_of(source: Source, encoding: Encoding, damaged: list[int] | None = None) -> Iterator[str]:
    """Yield the physical lines, each with its end: a line feed, a carriage return, or both.

    The first lines with bytes that are no text are added to `damaged`.
    """
    with encoding.opened(source) as text:
        if not encoding.has_strays and not encoding.is_damaged:
            yield from text
            return
        for number, line in enumerate(text, 1):
            if encoding.is_damaged and damaged is not None and len(damaged) < MOST_NAMED and "\ufffd" in line:
                damaged.append(number)
            yield line.replace("\0", "").replace("\ufeff", "") if encoding.has_strays else line


def first_lines(source: Source, encoding: Encoding) -> list[str]:
    """Return the lines that a delimiter is looked for in; a last one that is very long is cut."""
    lines: list[str] = []
    room = _HEAD_CHARACTERS
    for line in lines_of(source, encoding):
        lines.append(line[:room])
        room -= len(line)
        if room <= 0 or len(lines) == _HEAD_LINES:
            break
    return lines
