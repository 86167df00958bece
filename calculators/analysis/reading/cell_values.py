"""What a workbook's cell holds, as text and as the thing itself.

Texts are as a CSV would have them, whatever the workbook's language: ISO dates, a dot before decimals, no thousands.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from calculators.analysis.reading.table import Native

type Form = Literal["number", "percent", "date", "datetime", "time", "duration"]

# Of the number formats without a definition of their own: ECMA-376, part 1, 18.8.30.
_BUILT_IN: dict[int, Form] = {
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), "time"),
    22: "datetime",
    46: "duration",
}
# In a format's code: texts in quotes or behind a backslash, room for a sign, colours, languages and conditions.
_NO_FORM = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
# Signs of currencies in a format's code.
_SIGN_IN_BRACKETS = re.compile(r"\[\$([^\]\d-]{1,5})(?:-[0-9A-Fa-f]+)?\]")
_SIGN_IN_QUOTES = re.compile(r'"\s*([A-Z]{3}|[$€£¥￥₩₽₺₹]|zł|Kč|kr\.?|CHF)\s*"')
_SIGN = re.compile(r"(?<!\[)([$€£¥￥₩₽₺₹])")
_MOST_DIGITS = 15


def form_of(number: int, code: str | None) -> Form:
    """Return what a number format makes of a number: a built-in one by its number, or one with a code."""
    if code is None:
        return _BUILT_IN.get(number, "number")
    code = _NO_FORM.sub("", code.partition(";")[0]).lower().replace("am/pm", "").replace("general", "")
    if re.search(r"\[[hms]+\]", code):
        return "duration"
    has_time = bool(re.search(r"[hs]", code))
    if re.search(r"[yd]", code) or ("m" in code and not has_time) or ("g" in code and "e" in code):
        return "datetime" if has_time else "date"
    if has_time:
        return "time"
    return "percent" if "%" in code else "number"


def sign_of(code: str | None) -> str:
    """Return the sign of a currency that a number format shows, "" for none: [$€-407], "EUR" in quotes, $."""
    if code is None:
        return ""
    code = code.partition(";")[0]
    found = _SIGN_IN_BRACKETS.search(code) or _SIGN_IN_QUOTES.search(code) or _SIGN.search(code)
    return found[1].strip() if found else ""


def of_serial(number: float, form: Form, *, is_1904: bool) -> tuple[str, Native | None]:
    """Return text and value of a number cell; days count from the end of 1899, or from the start of 1904."""
    if form in ("number", "percent"):
        return of_number(number, is_percent=form == "percent")
    if form == "duration":
        return of_duration(timedelta(seconds=round(number * 86400)) if abs(number) < 1e9 else timedelta()), None
    try:
        moment = _moment(number, is_1904=is_1904)
    except OverflowError:
        return of_number(number)
    if form == "time" or (number < 1 and not is_1904):
        return (moment.time().isoformat(), None) if number < 1 else of_moment(moment)
    if form == "date" and moment.time() == time():
        return of_moment(moment.date())
    return of_moment(moment)


def _moment(number: float, *, is_1904: bool) -> datetime:
    if number < 0:
        raise OverflowError
    # Lotus took 1900 for a leap year, and Excel after it: days before its 29 February are one less.
    first = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    days, part = divmod(number, 1)
    return first + timedelta(days=days, seconds=round(part * 86400))


def of_moment(moment: date) -> tuple[str, Native]:
    """Return text and value of a day, or of a time on a day."""
    if isinstance(moment, datetime):
        return moment.replace(microsecond=0).isoformat(" "), moment
    return moment.isoformat(), moment


def of_duration(duration: timedelta) -> str:
    """Return hours, minutes and seconds."""
    seconds = round(duration.total_seconds())
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def of_number(number: float, *, is_percent: bool = False) -> tuple[str, Native | None]:
    """Return text and value of a number, as many digits as a spreadsheet shows.

    The value is given where a mark in the text could be taken for one of thousands. A percentage's is what stands
    before its sign.
    """
    exact = Decimal(repr(number)) if number == number and abs(number) != float("inf") else None
    if exact is None:
        return "", None
    if not number.is_integer() or abs(number) >= 2**53:
        exact = Decimal(format(number, f".{_MOST_DIGITS}g"))
    if is_percent:
        exact = exact.scaleb(2)
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    if text == "-0":
        text = "0"
    return text + "%" if is_percent else text, exact.normalize() if "." in text else None


def of_truth(is_true: bool) -> tuple[str, Native]:  # noqa: FBT001 - the value itself
    """Return text and value of a yes or no."""
    return ("TRUE" if is_true else "FALSE"), is_true
