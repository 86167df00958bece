"""Which encoding a text is in, decided over the whole file."""

import codecs
import re
from collections.abc import Generator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice

from calculators.analysis.reading.likelihood import ranked
from calculators.analysis.reading.limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_IN_LINE
from calculators.analysis.reading.progress import Progress
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.source import PIECE, Source

# Bytes of words beyond ASCII that are looked at, from all over the file.
_SAMPLE = 32 * 1024

# The longer marks first: UTF-32's begins as UTF-16's does.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# Bytes below 0x40 are no part of a letter in any of the old encodings.
_WORD = re.compile(rb"(?<![\x40-\x7f])[\x40-\x7f]*+[\x80-\xff][\x40-\xff]*+")
_IN_WORDS = bytes(range(0x40, 0x100))
_LONGEST_WORD = 1024
# Words looked at in one piece: many may be the same.
_MOST_WORDS = 1_000
# Encodings whose likelihood is within this share of the likeliest one's are as good.
_AS_GOOD = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """`name` is the contract's; the text begins after `skipped` bytes; `rows` is about how many lines there are.

    `is_damaged` where a few bytes are no text in the encoding: they are read as U+FFFD. `has_strays` where there are
    NUL characters, or byte order marks inside the text: they are left out.
    """

    name: str
    skipped: int = 0
    rows: int = 0
    is_damaged: bool = False
    has_strays: bool = False

    def opened(self, source: Source) -> TextIOWrapper:
        """Return the text of a file, its line ends as they are."""
        stream = source.open()
        stream.seek(self.skipped)
        codec = self.name.removesuffix("-sig")
        text = TextIOWrapper(stream, encoding=codec, errors="replace" if self.is_damaged else "strict", newline="")
        text._CHUNK_SIZE = PIECE  # type: ignore[attr-defined] # bytes it reads at a time, 8 kB otherwise
        return text


def deciding(source: Source) -> Generator[Progress, None, Encoding]:
    """Read the file and return its encoding.

    Raises Refused `too_many_columns` or `cell_too_large` for a line that no table has.
    """
    head = source.head(_SAMPLE)
    name, skipped = marked(head)
    name = name or wide(head)
    utf_8 = _Check(name or "utf-8")
    look = _Look()
    for piece in source.pieces():
        text = piece[skipped:] if not look.done else piece
        look.at(piece)
        utf_8.check(text)
        yield Progress("decoding", look.done, source.size)
    utf_8.check(b"", is_end=True)
    if name or utf_8.is_sane:
        chosen, is_damaged = name or "utf-8", not utf_8.is_sane
    else:
        chosen, is_damaged = yield from _old(source)
    return Encoding(
        name=chosen,
        skipped=skipped,
        rows=look.rows,
        is_damaged=is_damaged,
        has_strays=utf_8.has_strays if name else look.has_strays,
    )


def marked(head: bytes) -> tuple[str | None, int]:
    """Return the encoding that the first bytes name, and how many bytes that takes."""
    return next(((name, len(mark)) for mark, name in _MARKS.items() if head.startswith(mark)), (None, 0))


def wide(head: bytes) -> str | None:
    """Return the encoding of a text without a mark that has two bytes for a letter, or None.

    There is a NUL in each line end and delimiter of such a text, and in no other text.
    """
    if b"\0" not in head:
        return None
    likelihoods = {}
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(name)().decode(head)
        except UnicodeDecodeError:
            continue
        # The other way round, ASCII comes out as letters all over the alphabets.
        common = sum(letter.isascii() and (letter >= " " or letter in "\t\r\n") for letter in text)
        strange = sum((letter < " " and letter not in "\t\r\n") or "\ue000" <= letter < "\uf900" for letter in text)
        if ("\n" in text or "\r" in text) and common > 20 * strange and common > len(text) / 50:
            likelihoods[name] = common
    return max(likelihoods, key=lambda name: likelihoods[name], default=None)


class _Check:
    """Whether pieces, one behind the other, are text in an encoding."""

    def __init__(self, name: str) -> None:
        self._decoder = codecs.getincrementaldecoder(name.removesuffix("-sig"))("strict")
        self.is_sane = True
        self.has_strays = False

    def check(self, piece: bytes, *, is_end: bool = False) -> None:
        if self.is_sane:
            try:
                text = self._decoder.decode(piece, is_end)
            except UnicodeDecodeError:
                self.is_sane = False
                return
            self.has_strays = self.has_strays or "\0" in text or "\ufeff" in text


class _Look:
    """What is seen of a file's bytes in passing."""

    def __init__(self) -> None:
        self.done = self.rows = self._in_line = 0
        self.has_strays = False

    def at(self, piece: bytes) -> None:
        self.done += len(piece)
        self.has_strays = self.has_strays or b"\0" in piece or codecs.BOM_UTF8 in piece
        lines = piece.count(b"\n") or piece.count(b"\r")
        self.rows += lines
        self._in_line = 0 if lines else self._in_line + len(piece)
        if self._in_line > MOST_IN_LINE:
            columns = max(map(piece.count, (b",", b";", b"\t", b"|")))
            if columns > MOST_COLUMNS:
                raise Refused("too_many_columns", row=self.rows + 1, most=MOST_COLUMNS)
            raise Refused("cell_too_large", row=self.rows + 1, most=MOST_CHARACTERS)


def _words(source: Source) -> Generator[Progress, None, list[bytes]]:
    """Return different words with bytes beyond ASCII, from all over a file."""
    found: dict[bytes, None] = {}
    taken = done = 0
    rest = b""
    for piece in source.pieces():
        done += len(piece)
        share = max(_SAMPLE * done // source.size, 1024)
        # A word at the end of a piece may go on in the next one.
        text = rest + piece
        whole = len(text.rstrip(_IN_WORDS)) if done < source.size else len(text)
        rest = text[whole:][:_LONGEST_WORD]
        for word in islice(_WORD.finditer(text, 0, whole), _MOST_WORDS):
            if taken < share and word[0] not in found:
                found[word[0]] = None
                taken += len(word[0])
        yield Progress("decoding", source.size, source.size)
    return list(found)


def _old(source: Source) -> Generator[Progress, None, tuple[str, bool]]:
    """Return the encoding of a text that is not UTF-8, and whether it is damaged."""
    likely = ranked((yield from _words(source)))
    best = likely[0][0]
    for likelihood, name in likely:
        if name != "utf-8" and best - likelihood <= _AS_GOOD * abs(best):
            check = _Check(name)
            for piece in source.pieces():
                check.check(piece)
                if not check.is_sane:
                    break
                yield Progress("decoding", source.size, source.size)
            check.check(b"", is_end=True)
            if check.is_sane:
                return name, False
    return likely[0][1], True
