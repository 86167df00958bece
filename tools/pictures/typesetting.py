"""Text set in open fonts of our own, the same on every machine: for pictures that no browser draws.

The fonts are npm packages cut into files by ranges of signs (Noto Sans, SIL Open Font License); the pictures alone use
them, and none is published.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "node_modules" / "@fontsource-variable"
# A sign is drawn in the first font that has it: the forms of kanji are those of the language.
_FAMILIES = {
    "ko": ("noto-sans-kr", "noto-sans"),
    "ja": ("noto-sans-jp", "noto-sans"),
}
_OTHERS = ("noto-sans", "noto-sans-kr", "noto-sans-jp")
_MEASURED = 100
_NO_START = "、。，．・？！：；」』）】〕〉》ー～〜々％%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
_NO_END = "「『（【〔〈《"
_JAPANESE_PIECE = re.compile(r"[\w.,+-]*[A-Za-z0-9][A-Za-z0-9.,+'%-]* ?|[\u30a0-\u30ff]{1,6}|.", re.ASCII)


class TypesettingError(RuntimeError):
    """Text that cannot be set: a font is missing, or a sign, or room."""


class RoomError(TypesettingError):
    """A text that does not fit."""


@cache
def _ranges(family: str) -> tuple[list[int], list[tuple[int, Path]]]:
    """Return the beginnings of a family's ranges, in order, each with its end and file."""
    folder = FONTS / family
    try:
        listed: dict[str, str] = json.loads((folder / "unicode.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TypesettingError(f"{folder} is missing: `npm ci` puts the fonts of package-lock.json there") from None
    ranges = []
    for subset, text in listed.items():
        file = folder / "files" / f"{family}-{subset.strip('[]')}-wght-normal.woff2"
        for part in text.split(","):
            start, _, end = part.removeprefix("U+").partition("-")
            ranges.append((int(start, 16), int(end or start, 16), file))
    ranges.sort()
    return [start for start, _, _ in ranges], [(end, file) for _, end, file in ranges]


@cache
def _file_with(sign: str, language: str) -> Path:
    for family in _FAMILIES.get(language, _OTHERS):
        starts, rest = _ranges(family)
        index = bisect_right(starts, ord(sign)) - 1
        if index >= 0 and ord(sign) <= rest[index][0]:
            return rest[index][1]
    raise TypesettingError(f"no font of {FONTS} has the sign {sign!r} (U+{ord(sign):04X})")


@cache
def _font(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


class Lettering:
    """A size and weight of text in a language."""

    def __init__(self, language: str, size: int, weight: int) -> None:
        self.language, self.size, self.weight = language, size, weight

    def _runs(self, text: str) -> Iterable[tuple[Path, str]]:
        for file, signs in groupby(text, key=lambda sign: _file_with(sign, self.language)):
            yield file, "".join(signs)

    def width(self, text: str) -> float:
        """Return how wide a line of text is: measured in one size for all, so that each size tried loads no font."""
        measured = sum(_font(file, _MEASURED, self.weight).getlength(run) for file, run in self._runs(text))
        return measured * self.size / _MEASURED

    def draw(self, canvas: ImageDraw.ImageDraw, place: tuple[float, float], text: str, colour: str) -> None:
        """Draw a line of text; `place` is where its baseline begins."""
        x, baseline = place
        for file, run in self._runs(text):
            font = _font(file, self.size, self.weight)
            canvas.text((x, baseline), run, fill=colour, font=font, anchor="ls")
            x += font.getlength(run)

    def lines(self, text: str, room: float) -> list[str]:
        """Return the text in as few lines as it needs, of about the same length; raises RoomError."""
        pieces = pieces_of(text, self.language)
        widest = max(map(self.width, (piece.rstrip() for piece in pieces)))
        if widest > room:
            raise RoomError(f"a word of {text!r} is wider than {room}")
        lines = self._filled(pieces, room)
        while room > widest and len(narrower := self._filled(pieces, room - self.size / 2)) == len(lines):
            lines, room = narrower, room - self.size / 2
        return lines

    def _filled(self, pieces: list[str], room: float) -> list[str]:
        lines = [""]
        for piece in pieces:
            if lines[-1] and self.width((lines[-1] + piece).rstrip()) > room:
                lines.append("")
            lines[-1] += piece
        return [line.rstrip() for line in lines]


def pieces_of(text: str, language: str) -> list[str]:
    """Return the parts between which a line may end: words, in Japanese signs that may begin and end one."""
    if language != "ja":
        return re.findall(r"\S+\s*", text)
    pieces: list[str] = []
    for piece in _JAPANESE_PIECE.findall(text):
        if pieces and (piece[0] in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def fitting(
    text: str, language: str, room: float, *, sizes: Iterable[int], weight: int, most: int
) -> tuple[Lettering, list[str]]:
    """Return the first of some sizes in which a text fits into so many lines; raises RoomError if none does."""
    for size in sizes:
        lettering = Lettering(language, size, weight)
        try:
            lines = lettering.lines(text, room)
        except RoomError:
            continue
        if len(lines) <= most:
            return lettering, lines
    raise RoomError(f"{text!r} does not fit into {most} lines of {room}")
