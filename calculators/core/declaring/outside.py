"""What comes from outside, bounded before anything is made of it: texts, numbers of programs, JSON.

Links, files, the command line and the page's questions may hold anything: twenty megabytes, exponents that fill the
memory, a hundred thousand brackets, halves of characters. Nothing here takes longer than reading the text once.
"""

import json
import re
import reprlib
import unicodedata
from decimal import Decimal
from typing import Any

# Beyond this a number is a slip, or wants to fill the memory.
LONGEST_NUMBER = 60
_LONGEST_READ = 10 * LONGEST_NUMBER
_MOST_BITS = 1_000
# Nothing that people count or pay lies beyond; what lies between can be multiplied and divided a few times.
FINEST, GREATEST = Decimal("1e-30"), Decimal("1e30")
# Of what was refused, so much stands in the sentence.
_LONGEST_EXCERPT = 60
# Signs that turn the direction of all text after them; marks that belong to Hebrew and Arabic words are not among them.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Digits of ASCII only, and an exponent that cannot be long.
_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
# A text of JSON, closed or not, or a bracket: what stands in a text opens nothing.
_TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_EXCERPT = reprlib.Repr()
_EXCERPT.maxstring = _EXCERPT.maxother = _EXCERPT.maxlong = _LONGEST_EXCERPT


def number_text(raw: Any) -> str | None:
    """Return a number as programs write it (12, 0.5, "1e-3") as a text without white space, or None for all else."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        return None
    if isinstance(raw, int) and raw.bit_length() > _MOST_BITS:
        return None
    text = str(raw)
    if len(text) > _LONGEST_READ:
        return None
    text = text.strip()
    return text if _PLAIN_NUMBER.fullmatch(text) else None


def whole_text(text: str) -> str:
    """Return a text that can be written to a file: halves of characters become the sign for lost ones."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def clean_text(text: str) -> str:
    """Return a text that can be written and does not turn the line around it."""
    text = whole_text(text)
    return text if text.isascii() else text.translate(_TURNING)


def excerpt(raw: Any) -> str:
    """Return what was given, as a sentence about it can hold it: its beginning, on one line."""
    # More than is shown: what is cleaned away shall not make it shorter.
    text = raw[: 2 * _LONGEST_EXCERPT] if isinstance(raw, str) else _described(raw)
    text = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in clean_text(text)).strip()
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[: _LONGEST_EXCERPT - 1]}…"


def _described(raw: Any) -> str:
    if isinstance(raw, int) and raw.bit_length() > _MOST_BITS:
        return "…"
    return str(raw) if isinstance(raw, int | float | Decimal) or raw is None else _EXCERPT.repr(raw)


def isolated(text: str) -> str:
    """Return a text as it stands among others: one written from right to left does not carry its neighbours along."""
    is_right_to_left = not text.isascii() and any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)
    return f"\u2068{text}\u2069" if is_right_to_left else text


def bounded_json(text: str, *, longest: int, deepest: int) -> Any:
    """Return what a JSON text holds; raises ValueError if it is none, too long, too deep, or holds NaN or infinity."""
    if len(text) > longest:
        raise ValueError(f"longer than {longest} characters")
    depth = 0
    for found in _TEXT_OR_BRACKET.finditer(text):
        sign = found[0]
        depth += (sign in "[{") - (sign in "]}")
        if depth > deepest:
            raise ValueError(f"deeper than {deepest} levels")
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
