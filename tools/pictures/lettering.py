"""Estimate how wide a text is, and break it into lines.

No font is at hand when the site is built: widths are those of the wider ones among the usual sans-serif fonts.
"""

import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise

# Widths in ems, from the wider of the usual sans-serif fonts.
_SLIM, _ROUND, _BROAD = frozenset("iljtfrI.,;:'|!()[]·- ίι·’"), 0.57, frozenset("mwMWωΩΜΦΨφψOQ@%—→")
_CLOSING = frozenset("、。，．）」』】？！・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_OPENING = frozenset("（「『【")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a line is; Hangul, kana and kanji fill a square."""
    return sum(map(_em, text)) * size * (1.06 if bold else 1)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.0
    if character in _SLIM:
        return 0.34
    if character in _BROAD:
        return 0.89
    return 0.72 if character.isupper() else _ROUND


def wrap(text: str, room: float, size: float, language: str, *, bold: bool = False) -> list[str]:
    """Break a text into as few lines as fit, of about the same length.

    Breaks between words; in Japanese between phrases where it can be told, and elsewhere only where it must.
    """

    def lines_within(width: float) -> list[str]:
        lines = [""]
        for piece in pieces:
            joined = lines[-1] + piece
            if lines[-1] and text_width(joined.strip(), size, bold=bold) > width:
                lines.append(piece)
            else:
                lines[-1] = joined
        return [line.strip() for line in lines]

    pieces = list(_pieces(text, language, lambda piece: text_width(piece, size, bold=bold) <= room))
    lines = lines_within(room)
    narrower = room
    while len(lines) > 1 and (narrower := narrower - size / 2) > 0:
        tighter = lines_within(narrower)
        if len(tighter) > len(lines) or any(text_width(line, size, bold=bold) > narrower for line in tighter):
            break
        lines = tighter
    return lines


def _pieces(text: str, language: str, fits: Callable[[str], bool]) -> Iterable[str]:
    """Return the parts of a text between which it may be broken, white space at their ends."""
    for word in text.split():
        if language != "ja":
            yield word + " "
            continue
        for phrase in _phrases(word + " "):
            yield from [phrase] if fits(phrase.strip()) else _characters(phrase)


def _phrases(text: str) -> list[str]:
    """Split Japanese where a phrase usually begins: after hiragana before another script, and after a closing mark."""
    phrases = [text[0]]
    for before, character in pairwise(text):
        starts = _is_hiragana(before) and not (_is_hiragana(character) or character == " ")
        starts = starts or before in "、。）」？" or character in _OPENING
        if starts and character not in _CLOSING | {" "} and before not in _OPENING:
            phrases.append(character)
        else:
            phrases[-1] += character
    return phrases


def _characters(phrase: str) -> list[str]:
    """Split a phrase into characters, those that may not begin a line with the one before."""
    parts: list[str] = []
    for character in phrase:
        if parts and (character in _CLOSING | {" "} or parts[-1] in _OPENING or (character + parts[-1][-1]).isascii()):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _is_hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"
