"""Days of the calendar in and out, as the number that spreadsheet programs count them by: 46357 is 2026-12-01.

Worked out here and not by `datetime`, of which the browser's Python has no part that calculators do not call.
"""

import re
import unicodedata

from calculators.core.numbers.ways_of_writing import fold, ways_of
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _

_DAYS = (
    _("January {day}, {year}"), _("February {day}, {year}"), _("March {day}, {year}"), _("April {day}, {year}"),
    _("May {day}, {year}"), _("June {day}, {year}"), _("July {day}, {year}"), _("August {day}, {year}"),
    _("September {day}, {year}"), _("October {day}, {year}"), _("November {day}, {year}"),
    _("December {day}, {year}"),
)  # fmt: skip
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Day 0 of spreadsheet programs is 1899-12-30, so many days after 0000-03-01.
_DAY_0 = 693_899
# Two digits of a year mean one near today: 05/06/07 is no year 2007 of a plan.
_EARLIEST_SHORT, _CENTURY = 20, 2000
_LONGEST = 60
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# From Saturday, as days are counted. Only these are passed over: other words ahead, such as the name of an era, say
# what the figures are.
_WEEKDAYS = (
    r"sat(?:urday)?|토(?:요일)?|土(?:曜日?)?|σ[αά](?:β(?:βατο)?)?",
    r"sun(?:day)?|일(?:요일)?|日(?:曜日?)?|κυ(?:ρ(?:ιακ[ηή])?)?",
    r"mon(?:day)?|월(?:요일)?|月(?:曜日?)?|δε(?:υ(?:τ[εέ]ρα)?)?",
    r"tue(?:s(?:day)?)?|화(?:요일)?|火(?:曜日?)?|τρ(?:ι|[ιί]τη)?",
    r"wed(?:nesday)?|수(?:요일)?|水(?:曜日?)?|τε(?:τ(?:[αά]ρτη)?)?",
    r"thu(?:r(?:s(?:day)?)?)?|목(?:요일)?|木(?:曜日?)?|π[εέ](?:μ(?:πτη)?)?",
    r"fri(?:day)?|금(?:요일)?|金(?:曜日?)?|πα(?:ρ(?:ασκευ[ηή])?)?",
)
_WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_EACH_WEEKDAY = tuple(re.compile(weekday) for weekday in _WEEKDAYS)
_WEEKDAY_IN_BRACKETS = re.compile(rf"\s*\(\s*({_WEEKDAY})(?:[^\w()][^()0-9]*|祝日?)?\)\s*")
_WEEKDAY_OUTSIDE = re.compile(
    rf"^({_WEEKDAY})[.,、]*\s+|(?:[,、\s]+({_WEEKDAY})|([월화수목금토일]요일|[月火水木金土日]曜日?))\.?$"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_TIME = re.compile(r"[t ]0?0:00(:00(\.0+)?)?z?$")
_NUMBERS = re.compile(r"([0-9]{1,4})\s*[-/.年년\s]\s*([0-9]{1,2})\s*[-/.月월\s]\s*([0-9]{1,4})\s*[日일]?\.?")
_NAMED = (
    re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|ης?|\.)?[-/\s]*(?P<month>[^\W\d_]{3,})[-/.,\s]*(?P<year>[0-9]{4})"),
    re.compile(r"(?P<month>[^\W\d_]{3,})[-/.\s]*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[-/,\s]+(?P<year>[0-9]{4})"),
)
# Where they stand behind the figures, it is said which of them is the year.
_LABELS = re.compile("[년年월月]")
# The endings of Greek months: Δεκέμβριος and Δεκεμβρίου are one.
_LONGEST_ENDING = 2


def serial(year: int, month: int, day: int) -> int | None:
    """Return the number of a day, or None where the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]):
        return None
    # Years begin in March, so that a day put in comes last.
    years, months = (year, month - 3) if month > 2 else (year - 1, month + 9)
    number = 365 * years + years // 4 - years // 100 + years // 400 + (153 * months + 2) // 5 + day - 1 - _DAY_0
    return number if parts(number) == (year, month, day) else None


def parts(number: int) -> tuple[int, int, int]:
    """Return year, month and day."""
    era, day = divmod(number + _DAY_0, 146_097)
    year = (day - day // 1_460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    return era * 400 + year + (month > 9), month - 9 if month > 9 else month + 3, day - (153 * month + 2) // 5 + 1


def is_weekend(number: int) -> bool:
    """Whether a day is a Saturday or a Sunday."""
    return number % 7 < 2


def from_iso(text: str) -> int | None:
    """Return the number of a day that programs write as 2026-12-01, or None."""
    found = _ISO.fullmatch(text)
    return serial(*map(int, found.groups())) if found else None


def to_iso(number: int) -> str:
    """Write a day as programs do."""
    year, month, day = parts(number)
    return f"{year:04}-{month:02}-{day:02}"


def in_field(number: int, language: str) -> str:
    """Write a day as it stands in a field: in figures, in an order that reads in one way in the language."""
    year, month, day = parts(number)
    return f"{day}/{month}/{year}" if ways_of(language).is_day_first else to_iso(number)


def in_words(number: int, language: str) -> str:
    """Write a day as people write it in a sentence, the month by its name where the language does so."""
    year, month, day = parts(number)
    return catalogue(language).gettext(_DAYS[month - 1]).format(day=day, year=year)


def readings(typed: str, language: str) -> tuple[int, ...]:
    """Return the days that a text may be to somebody who writes the language: none, one, or several to ask about.

    A day of the week beside it decides between several; with another one than its own, a date is none.
    """
    if len(typed) > _LONGEST:
        return ()
    text = unicodedata.normalize("NFKC", typed).lower().translate(_DASHES).strip()
    weekdays: list[str] = []

    def noted(found: re.Match[str]) -> str:
        nonlocal weekdays
        weekdays += [text for text in found.groups() if text]
        return " "

    text = _TIME.sub("", _WEEKDAY_IN_BRACKETS.sub(noted, text).strip())
    days = _without_weekday(text, language) or _without_weekday(_WEEKDAY_OUTSIDE.sub(noted, text).strip(), language)
    for weekday in weekdays:
        days = tuple(day for day in days if _EACH_WEEKDAY[day % 7].fullmatch(weekday))
    return days


def _without_weekday(text: str, language: str) -> tuple[int, ...]:
    if found := _NUMBERS.fullmatch(text):
        orders = "y" if _LABELS.search(text) else ways_of(language).orders_of_days
        return _in_figures(found[1], found[2], found[3], orders)
    for pattern in _NAMED:
        if (named := pattern.fullmatch(text)) and (month := _month_called(named["month"], language)):
            day = serial(int(named["year"]), month, int(named["day"]))
            return () if day is None else (day,)
    return ()


def _in_figures(first: str, second: str, third: str, all_orders: str) -> tuple[int, ...]:
    """Return the days of three figures, in those orders that come first and give one."""
    if len(first) > 2:
        day = serial(int(first), int(second), int(third)) if len(first) == 4 and len(third) < 3 else None
        return () if day is None else (day,)
    if len(third) == 3:
        return ()
    for orders in all_orders.split():
        found = []
        for order in orders:
            figures = {"d": (third, second, first), "m": (third, first, second), "y": (first, second, third)}[order]
            year, month, day = map(int, figures)
            if len(figures[0]) < 4:
                year = year + _CENTURY if year >= _EARLIEST_SHORT and len(figures[0]) == 2 else 0
            number = serial(year, month, day) if year and len(figures[2]) < 3 else None
            if number is not None:
                found.append(number)
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _month_called(word: str, language: str) -> int | None:
    """Return the month that a word names or shortens, in the language or in English; None for none or several."""
    word, found = fold(word), set()
    for month, message in enumerate(_DAYS, start=1):
        for text in {message, catalogue(language).gettext(message)}:
            name = fold("".join(filter(str.isalpha, text.format(day="", year=""))))
            stem = word[: max(3, len(word) - _LONGEST_ENDING)] if not word.isascii() else word
            if name.startswith(stem):
                found.add((not name.startswith(word), month))
    best = [month for is_other, month in found if is_other == min(found)[0]]
    return best[0] if len(best) == 1 else None
