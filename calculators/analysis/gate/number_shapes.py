"""One text as a number, without knowing yet whether a single mark before three digits is decimal or of thousands.

Signs and codes of currencies, blanks, brackets for negative amounts, percent signs and words for thousands and millions
are taken off here; which mark is decimal is decided over the whole column (`number_columns`).
"""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import cache
from itertools import repeat
from operator import mul, sub
from typing import NamedTuple

from calculators.analysis.gate.word_lists import currency_words, scale_words
from calculators.core.numbers.currencies import CURRENCIES

_BLANKS = "\\s\u00a0\u2007\u2009\u202f'’`"
_SIGNS = "$€£¥￥₩₽₺₹₫₪฿₴₦₱₡₲₸₿¢৳"
# ISO codes of other currencies than the site offers.
_FURTHER_CODES = (
    "AED", "ARS", "BGN", "CLP", "COP", "CZK", "DKK", "EGP", "HRK", "HUF", "ILS", "ISK", "KZT", "MAD", "MYR", "NGN",
    "NOK", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "THB", "TRY", "TWD", "UAH", "UYU",
    "VND", "ZAR", "RMB",
)  # fmt: skip
CODES = frozenset({*CURRENCIES, *_FURTHER_CODES})
# Parts of one number, from large to small: 1억 2,000만, 3億5,000万円, 2만 5천.
_PART = re.compile(rf"([\d.,{_BLANKS}]+)(조|兆|십억|억|億|천만|千万|백만|百万|십만|만|万|萬|천|千)\s*")
_IN_HUNDREDS = re.compile(r"(?<![\d.,])(?=\d[천千백百])(?:(\d)[천千]\s*)?(?:(\d)[백百]\s*)?(\d{1,2})?(?=[만万萬억億])")
_AFFIX = re.compile(
    rf"^(?P<before>(?:[^\d(+\-−–▲△.,]|(?<=[A-Za-z])\.)*)(?P<number>[\d.,{_BLANKS}]*\d[.,]?)(?P<after>[^\d]*)$"
)
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*")
# As in India: 12,34,567.
_GROUPED_IN_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,2}")
# As accountants write them: $(1,234.50), and $ - for nothing.
_IN_BRACKETS = re.compile(r"([^\d()]{1,5})\(\s*([\d.,'\s]+)\)")
_DASH = re.compile(rf"(?:[{_SIGNS}]|[A-Z]{{3}})\s*[-–—]+|[-–—]+\s*[{_SIGNS}]")
_NO_DECIMALS = re.compile(r"[.,][-–—]{1,2}$")
_LONGEST = 60
# A column whose numbers show both marks before three digits, and neither as the decimal one.
_READINGS_OF_BOTH = {"thousands", "decimals"}
_HUNDRED_MILLION = 8
_DIGIT = re.compile(r"\d")
_SIMPLE = re.compile(r"-?[0-9]{1,15}(?:(?P<mark>[.,])(?P<fraction>[0-9]{1,2}|[0-9]{4,9}))?")
_ALL_SIMPLE = re.compile(rf"(?:{_SIMPLE.pattern.replace('?P<mark>', '?:').replace('?P<fraction>', '?:')}\n)*+")


class NumberText(NamedTuple):
    """What a text is as a number.

    `dot` and `comma` are its value where the dot, or the comma, is the decimal mark; equal where the text alone decides
    it, None where it cannot be that. `mark` is a decimal mark that it shows for certain. `is_percent` where it has the
    sign, `currency` its ISO code where it names one.
    """

    dot: Decimal | None
    comma: Decimal | None
    mark: str = ""
    is_percent: bool = False
    currency: str = ""
    # How many decimals it has, where that was seen at once; -1 elsewhere.
    decimals: int = -1

    def with_decimal(self, mark: str) -> Decimal | None:
        """Return the value with a decimal mark, "." or ","; "thousands" and "decimals" read either mark as that."""
        if mark in _READINGS_OF_BOTH:
            values = [value for value in (self.dot, self.comma) if value is not None]
            return (max if mark == "thousands" else min)(values, key=abs, default=None)
        return self.dot if mark == "." else self.comma

    @property
    def is_ambiguous(self) -> bool:
        """Whether a mark in it could be decimal or of thousands."""
        return self.dot is not None and self.comma is not None and self.dot != self.comma


_ZERO = NumberText(Decimal(0), Decimal(0))


def read_number(text: str) -> NumberText | None:
    """Return what a text is as a number, or None."""
    if simple := _SIMPLE.fullmatch(text):
        return _simple(text, simple)
    if not text or len(text) > _LONGEST:
        return None
    if not _DIGIT.search(text):
        return _ZERO if _DASH.fullmatch(text) else None
    text = _in_plain_digits(text)
    if _SCIENTIFIC.fullmatch(text):
        value = Decimal(text.replace(",", "."))
        return NumberText(value, value)
    sign, text = _sign(text)
    found = _compound(text) or _affixed(text)
    if found is None or sign > 0:
        return found
    return found._replace(
        dot=None if found.dot is None else -found.dot, comma=None if found.comma is None else -found.comma
    )


def simple_mark(texts: Collection[str]) -> str | None:
    """Return the mark of many texts that are all written as most exports write numbers, None where one is not so.

    "" where none has a mark. One look at all of them at once is many times faster than one at each.
    """
    together = "\n".join(texts) + "\n"
    if not _ALL_SIMPLE.fullmatch(together) or together.count("\n") != len(texts):
        return None
    marks = [mark for mark in ".," if mark in together]
    return None if len(marks) > 1 else marks[0] if marks else ""


def whole_numbers(texts: Sequence[str], mark: str) -> tuple[list[int], int]:
    """Return numbers that `simple_mark` found as whole numbers of their smallest part, and how many decimals that is.

    At the speed of C: nearly all amounts of nearly all files are read here.
    """
    if not mark:
        return list(map(int, texts)), 0
    marked = [text if mark in text else text + mark for text in texts]
    parts = list(map(int, "\n".join(marked).replace(mark, "").split("\n")))
    behind = list(map(sub, map(len, marked), map(str.index, marked, repeat(mark))))
    most = max(behind)
    if min(behind) < most:
        tens = {digits: 10 ** (most - digits) for digits in set(behind)}
        parts = list(map(mul, parts, map(tens.__getitem__, behind)))
    return parts, most - 1


def _simple(text: str, found: re.Match[str]) -> NumberText:
    """Read what most exports write: digits with at most one mark that cannot be of thousands."""
    mark = found["mark"]
    if not mark:
        value = Decimal(text)
        return NumberText(value, value, decimals=0)
    value = Decimal(text.replace(",", "."))
    decimals = len(found["fraction"].rstrip("0"))
    if mark == ".":
        return NumberText(value, None, mark, decimals=decimals)
    return NumberText(None, value, mark, decimals=decimals)


def _in_plain_digits(text: str) -> str:
    """Return a text with the digits, marks and letters of full width as plain ones."""
    if text.isascii():
        return text.strip()
    wide = {ordinal: ordinal - 0xFEE0 for ordinal in range(0xFF01, 0xFF5F)}
    return text.translate(wide).replace("\u3000", " ").replace("、", ",").strip(" \u200e\u200f\ufeff\u00a0")


def _sign(text: str) -> tuple[int, str]:
    if text.startswith("(") and text.endswith(")"):
        return -1, text[1:-1].strip()
    if found := _IN_BRACKETS.fullmatch(text):
        return -1, found[1] + found[2]
    # 1.234,- and 900.-- are no negative numbers: nothing stands behind the decimal mark.
    text = _NO_DECIMALS.sub("", text)
    for mark in ("-", "−", "–", "▲", "△"):
        if text.startswith(mark):
            return -1, text[1:].strip()
        # 1.234,50- and € -50
        if text.endswith(mark):
            return -1, text[:-1].strip()
    found = re.match(r"^([^\d(+\-−–]{1,5})\s*[-−–]\s*(?=[\d.,])", text)
    if found:
        return -1, found[1] + text[found.end() :]
    return 1, text.removeprefix("+").strip()


def _compound(text: str) -> NumberText | None:
    """Read a number in parts with a word each: 1억 2,000만원."""
    if not _PART.search(text):
        return None
    currency, body = _without_currency(text)
    body = _IN_HUNDREDS.sub(_in_digits, body)
    scales = scale_words()
    total, place, smallest = Decimal(0), 0, 99
    while found := _PART.match(body, place):
        part = _plain(found[1])
        power = scales[found[2]]
        if power < 4 and smallest == _HUNDRED_MILLION:
            # 1억 2천 is said for 1억 2천만.
            power += 4
        if part is None or part.dot is None or power >= smallest:
            return None
        total += (
            part.comma if part.is_ambiguous and part.comma and part.dot < 1000 <= part.comma else part.dot
        ).scaleb(power)
        place, smallest = found.end(), power
    if not place:
        return None
    rest = body[place:].strip()
    if rest:
        last = _plain(rest)
        if last is None or last.dot is None or (last.is_ambiguous and last.comma is None):
            return None
        total += max(last.dot, last.comma or last.dot)
    return NumberText(total, total, currency=currency)


def _in_digits(found: re.Match[str]) -> str:
    """Return thousands and hundreds before a larger part as digits: the 3천5백 of 3천5백만."""
    thousands, hundreds, rest = (int(part or 0) for part in found.groups())
    return str(thousands * 1000 + hundreds * 100 + rest)


def _without_currency(text: str) -> tuple[str, str]:
    found = _currency_at_an_end().search(text)
    if found:
        return currency_words()[found[0].strip()], (text[: found.start()] + text[found.end() :]).strip()
    found = re.match(r"^([A-Z]{3})\s*(?=\d)|\s*([A-Z]{3})$", text)
    if found and (found[1] or found[2]) in CODES:
        return (found[1] or found[2]), (text[: found.start()] + text[found.end() :]).strip()
    return "", text


@cache
def _currency_at_an_end() -> re.Pattern[str]:
    """Return what finds a sign (or a word that is not of Latin letters) of a currency before or after a number."""
    signs = [word for word in currency_words() if not word.isascii() or word in _SIGNS]
    either = "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
    return re.compile(rf"^(?:{either})\s*|\s*(?:{either})$")


def _affixed(text: str) -> NumberText | None:
    """Read a number with what may stand before and after it."""
    found = _AFFIX.match(text)
    if not found:
        return None
    number = _plain(found["number"])
    if number is None:
        return None
    before, after = found["before"].strip(), found["after"].strip(f" {_BLANKS}".replace("\\s", ""))
    currency, is_percent, power = "", False, 0
    currencies, scales = currency_words(), scale_words()
    for affix in (before, after):
        for word in _words(affix):
            low = word.casefold()
            if low.endswith("$") and low not in currencies and low[:-1] in scales and not power:
                # 45K$
                power, word, low = scales[low[:-1]], "$", "$"
            if word in {"%", "％"} and not is_percent:
                is_percent = True
            elif low in currencies and not currency:
                currency = currencies[low]
            elif word.upper() in CODES and len(word) == 3 and not currency:
                currency = word.upper()
            elif word in _SIGNS and not currency:
                currency = currencies.get(word, "")
            elif affix is after and low in scales and not power:
                power = scales[low]
            elif word not in {".", ",", ",-", ".-", "-", "–"}:
                return None
    return number._replace(
        dot=None if number.dot is None else number.dot.scaleb(power),
        comma=None if number.comma is None else number.comma.scaleb(power),
        is_percent=is_percent,
        currency=currency,
    )


def _words(affix: str) -> list[str]:
    """Return the signs and words of what stands before or after a number."""
    return re.findall(rf"[A-Za-z]{{1,3}}\$|[{re.escape(_SIGNS)}%]|[^\W\d_]+\.?|[.,–-]+", affix)


def _plain(text: str) -> NumberText | None:
    """Read digits with marks and blanks alone."""
    text = re.sub(rf"[{_BLANKS}]+$|^[{_BLANKS}]+", "", text)
    text = text.rstrip(",.") if text[:-1].rstrip(",.").isdigit() else text
    if re.search(rf"[{_BLANKS}]", text):
        # Blanks (or ’) as the mark of thousands leave no doubt about the other one.
        if not re.fullmatch(rf"\d{{1,3}}(?:[{_BLANKS}]\d{{3}})+(?:[.,]\d+)?", text):
            return None
        mark = next((sign for sign in ".," if sign in text), "")
        value = Decimal(re.sub(rf"[{_BLANKS}]", "", text).replace(",", "."))
        return NumberText(value, value, mark)
    return _marked(text)


def _marked(text: str) -> NumberText | None:
    dots, commas = text.count("."), text.count(",")
    if not dots and not commas:
        value = Decimal(text) if text.isdigit() else None
        return value if value is None else NumberText(value, value)
    if dots and commas:
        mark = max(".,", key=text.rindex)
        other = "," if mark == "." else "."
        whole, _mark, fraction = text.rpartition(mark)
        if mark in whole or not (_is_grouped(whole, other)) or not fraction.isdigit():
            return None
        return _certain(Decimal(f"{whole.replace(other, '')}.{fraction}"), mark)
    mark = "." if dots else ","
    if max(dots, commas) > 1:
        if not _is_grouped(text, mark):
            return None
        value = Decimal(text.replace(mark, ""))
        # Thousands of one mark: the other one is decimal.
        return _certain(value, "," if mark == "." else ".")
    whole, _mark, fraction = text.partition(mark)
    if not (whole.isdigit() or not whole) or not (fraction.isdigit() or not fraction):
        return None
    value = Decimal(f"{whole or 0}.{fraction or 0}")
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        grouped = Decimal(whole + fraction)
        return NumberText(value, grouped) if mark == "." else NumberText(grouped, value)
    return _certain(value, mark)


def _certain(value: Decimal, mark: str) -> NumberText:
    """Return a number that shows its decimal mark: with the other one it would not be written so."""
    return NumberText(value, None, mark) if mark == "." else NumberText(None, value, mark)


def _is_grouped(text: str, mark: str) -> bool:
    found = _GROUPED.fullmatch(text)
    if found:
        return found["mark"] == mark
    return text.isdigit() or (mark == "," and bool(_GROUPED_IN_LAKHS.fullmatch(text)))
