"""One text as a day, without knowing yet which of two numbers is the month.

A shape says what is certain; the order of what is not is decided over the whole column (`day_columns`). Times and
offsets are left off: the day is the one that is written, where it was written.
"""

import re
from datetime import MAXYEAR, date, timedelta
from functools import cache
from typing import NamedTuple

from calculators.analysis.gate.word_lists import months
from calculators.analysis.gate.words import folded

# The days on which a deal may have been created or closed: what lies outside is a slip, or "for ever".
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)
# Excel counts days from here, after its first two months.
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_UNIX_EPOCH = date(1970, 1, 1).toordinal()
_SECONDS_PER_DAY = 86_400

# Two-digit years: up to here 20.., above 19.. (as Python and POSIX split them).
_LAST_OF_THIS_CENTURY = 68
# Years of Japanese eras count from 1.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988}

# In which order day, month and year stand where the text leaves it open.
ORDERS = ("day_first", "month_first", "year_first")

# Digits and marks of full width.
_NARROW = {ordinal: ordinal - 0xFEE0 for ordinal in range(0xFF01, 0xFF1B)}
_WEEKDAY_IN_BRACKETS = re.compile(r"\s*[(（][^()（）\d]{1,12}[)）]\s*")
# ", 10:22 AM", "T10:22:00.000+09:00", " 오후 3:20:11", " 0:00", " 18h30", " 10:22 UTC", " at 10:22", " à 10:22".
_TIME = re.compile(
    r"""(?:[T,\s]|\b(?:at|à|às|um|alle|ore|в|στις|klo?)\b|(?<=\d)\.\s)+
    (?:(?:오전|오후|午前|午後|am|pm|[aApP]\.?[mM]\.?|[πΠ]\.?\s?[μΜ]\.?|[μΜ]\.?\s?[μΜ]\.?|上午|下午)\s*)?
    \d{1,2}\s*(?:[:h時시.]\s*\d{1,2}(?:\s*[:m分분.]\s*\d{0,2}(?:[.,]\d+)?\s*[s秒초]?)?|[時시])
    (?:\s*(?:[aApP]\.?\s?[mM]\.?|[πΠ]\.?\s?[μΜ]\.?|[μΜ]\.?\s?[μΜ]\.?))?
    (?:\s*(?:Uhr|Z|UTC|GMT|[A-Z]{3,4})?(?:\s*[+-]\d{1,2}:?(?:\d{2})?)?(?:\[[^\]]*\])?)?$""",
    re.VERBOSE,
)
# What most programs write; all else is slower to tell.
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_SEPARATOR = r"\s*[-/.–\s]\s*"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})(?:{_SEPARATOR}|\s*[年년]\s*)(\d{{1,2}})(?:{_SEPARATOR}|\s*[月월]\s*)(\d{{1,2}})\s*[日일]?\.?"
)
_ERA = re.compile(r"(令和|平成|昭和|[RrHh])\s*(\d{1,2}|元)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.–\s])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2}|['’]\d{2})\.?")
_NAMED = (
    # 3 October 2026, 01-Jan-2015, 3. Okt. 26, 3 de octubre de 2026, 3 октября 2026 г.
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s+de\s+|[-/.\s]*)(?P<month>[^\W\d_]+\.?)"
               r"(?:\s+del?\s+|[-/,.\s]*)['’]?(?P<year>\d{4}|\d{2})(?:\s*г\.?)?"),
    # October 3, 2026; Oct-03-2026
    re.compile(r"(?P<month>[^\W\d_]+)\.?[-/\s]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/,.\s]+['’]?(?P<year>\d{4}|\d{2})"),
    # 2026-Oct-03
    re.compile(r"(?P<year>\d{4})[-/.\s]+(?P<month>[^\W\d_]+)\.?[-/.\s]+(?P<day>\d{1,2})"),
)  # fmt: skip
_WEEKDAY_AHEAD = re.compile(r"^[^\W\d_]{2,12}\.?,?\s+(?=\S+\s)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4}(?:\d{2})?Z?)?")
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


class DayText(NamedTuple):
    """What a text is as a day.

    `day` is the ordinal where the text alone decides it. Otherwise `first` and `second` are the day and the month of
    `year`, in one order or the other (or, where the year has two digits, `first` may be the year and `year` the day);
    `mark` stands between them, and `padded` says of each whether it has a leading zero (None where it has two digits
    anyway).
    """

    shape: str  # "year_first", "named", "year_last", "compact", "serial", "epoch"
    day: int = 0
    first: int = 0
    second: int = 0
    year: int = 0
    has_short_year: bool = False
    mark: str = ""
    padded: tuple[bool | None, bool | None] = (None, None)

    def in_order(self, order: str) -> int:
        """Return the ordinal with the day, the month or the (short) year first, or 0 where there is no such day."""
        if self.shape != "year_last":
            return self.day
        if order == "year_first":
            return _ordinal(2000 + self.first, self.second, self.year % 100) if self.has_short_year else 0
        month, day = (self.second, self.first) if order == "day_first" else (self.first, self.second)
        return _ordinal(self.year, month, day)


def read_day(text: str) -> DayText | None:
    """Return what a text is as a day, or None; numbers alone are in `read_day_number`."""
    if iso := _ISO.fullmatch(text):
        return _iso_day(iso[1])
    text = text.strip(" \"'\u200e\u200f\ufeff")
    if not text.isascii():
        text = text.translate(_NARROW)
    if not 6 <= len(text) <= 60 or not any(letter.isdigit() for letter in text):
        return None
    text = _WEEKDAY_IN_BRACKETS.sub(" ", text).strip()
    # The end of "2024. 7. 31." looks like a time.
    if ". " in text and (day := _in_numbers(text)):
        return day
    text = _TIME.sub("", text).strip(" ,")
    if day := _in_numbers(text):
        return day
    if found := _ERA.fullmatch(text):
        year = _ERAS[found[1].lower()] + (1 if found[2] == "元" else int(found[2]))
        return _certain("year_first", year, int(found[3]), int(found[4]))
    return _named(text) or (_named(shorter) if (shorter := _WEEKDAY_AHEAD.sub("", text)) != text else None)


def _in_numbers(text: str) -> DayText | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _certain("year_first", int(found[1]), int(found[2]), int(found[3]))
    return _year_last(found) if (found := _YEAR_LAST.fullmatch(text)) else None


@cache
def _iso_day(text: str) -> DayText | None:
    """Return one object for each day: exports with times name the same day in many texts."""
    return _certain("year_first", int(text[:4]), int(text[5:7]), int(text[8:]))


def read_day_number(text: str) -> DayText | None:
    """Return what a bare number is as a day, or None: 20261003, a spreadsheet's serial number, seconds since 1970.

    Only for a column that something else calls one of dates: an amount may look the same.
    """
    if found := _COMPACT.fullmatch(text):
        return _certain("compact", int(found[1]), int(found[2]), int(found[3]))
    if _SERIAL.fullmatch(text):
        return DayText("serial", _EXCEL_EPOCH + int(float(text.replace(",", "."))))
    if _EPOCH.fullmatch(text):
        seconds = int(text) // (1000 if len(text) > 10 else 1)
        day = _UNIX_EPOCH + seconds // _SECONDS_PER_DAY
        return DayText("epoch", day) if _is_within(day) else None
    return None


def _year_last(found: re.Match[str]) -> DayText | None:
    digits = found[4].lstrip("'’")
    reading = DayText(
        "year_last",
        first=int(found[1]),
        second=int(found[3]),
        year=_full_year(digits),
        has_short_year=digits == found[4] and len(digits) == 2,
        mark="-" if found[2] == "–" else found[2],
        padded=(_is_padded(found[1]), _is_padded(found[3])),
    )
    return reading if any(map(reading.in_order, ORDERS)) else None


def _named(text: str) -> DayText | None:
    for pattern in _NAMED:
        found = pattern.fullmatch(text)
        month = found and months().get(folded(found["month"]))
        if found and month:
            return _certain("named", _full_year(found["year"]), month, int(found["day"]))
    return None


def _certain(shape: str, year: int, month: int, day: int) -> DayText | None:
    ordinal = _ordinal(year, month, day)
    return DayText(shape, ordinal) if ordinal else None


@cache
def _ordinal(year: int, month: int, day: int) -> int:
    """Return the ordinal of a day, or 0 where the calendar has no such day."""
    try:
        ordinal = date(year, month, day).toordinal() if year <= MAXYEAR else 0
    except ValueError:
        return 0
    return ordinal if _is_within(ordinal) else 0


def _is_within(ordinal: int) -> bool:
    return FIRST.toordinal() <= ordinal <= LAST.toordinal()


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= _LAST_OF_THIS_CENTURY else 1900)


def _is_padded(digits: str) -> bool | None:
    return None if digits[0] != "0" and len(digits) > 1 else len(digits) > 1


def is_iso_day(text: str) -> bool:
    """Whether a text begins as dates do that no order is asked of."""
    return bool(_YEAR_FIRST.match(text))


def day_text(ordinal: int) -> str:
    """Return a day as ISO text."""
    return (date.min + timedelta(days=ordinal - 1)).isoformat()
