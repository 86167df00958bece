"""How a spreadsheet program shows the numbers of a workbook: format codes with the reader's units.

Format codes are the same in every language; the program shows them with its own marks.
"""

from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import get_currency_precision

from calculators.core.declaring.fields import Number
from calculators.core.numbers.numerals import Numerals, round_half_up
from calculators.core.numbers.ways_of_writing import ways_of

_DECIMALS = {"money": 2, "rate": 1, "days": 1, "months": 1, "multiple": 2, "number": 1, "count": 1}
# What always shows a decimal among the results: after a change of an input it will mostly have some.
_RARELY_WHOLE = {"rate", "days", "months", "multiple", "number"}
_MOST_DECIMALS = 10


def format_code(field: Number, values: Iterable[Decimal], numerals: Numerals, *, is_input: bool) -> str:
    """Return the code for numbers of one kind that stand below each other: an input shows all that was typed."""
    if field.kind == "day":
        return "d/m/yyyy" if ways_of(numerals.language).is_day_first else "yyyy-mm-dd"
    numbers = [value.scaleb(2) if field.kind == "rate" else value for value in values]
    if is_input:
        digits = max((_decimals_of(number) for number in numbers), default=0)
    else:
        digits = max((_decimals_shown(number, field.kind, numerals) for number in numbers), default=0)
        if field.kind in _RARELY_WHOLE:
            digits = max(1, digits)
    digits = min(digits, _MOST_DECIMALS)
    if field.kind == "rate":
        return _code("0", digits) + "%"
    number = _code("#,##0", digits)
    if field.kind == "money":
        # As an amount of nothing is written: "₩0", "0 €".
        return _around(number, numerals.money(Decimal(0)))
    if field.kind == "multiple":
        return _around(number, numerals.multiple(Decimal(0)))
    if field.kind in {"days", "months"}:
        write = numerals.days if field.kind == "days" else numerals.months
        one, several = _around(_code("#,##0", 0), write(Decimal(1)), "1"), _around(number, write(Decimal(0)))
        return several if one == several else f"[=1]{one};{several}"
    return number


def _code(whole: str, digits: int) -> str:
    return f"{whole}.{'0' * digits}" if digits else whole


def _around(number: str, written: str, figure: str = "0") -> str:
    """Put the unit of a written number around a code."""
    before, _figure, after = written.partition(figure)
    return "".join(
        (f'"{before}"' if before else "", number, f'"{after}"' if after else ""),
    )


def _decimals_of(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def _decimals_shown(number: Decimal, kind: str, numerals: Numerals) -> int:
    """Return the decimals that a page would show; small numbers keep two significant figures."""
    digits = _DECIMALS[kind]
    if kind == "money":
        if numerals.currency:
            digits = get_currency_precision(numerals.currency)
    elif number and abs(number) < Decimal(1).scaleb(-digits):
        digits = 1 - number.adjusted()
    rounded = round_half_up(number, digits)
    shown = _decimals_of(rounded)
    # An amount has all its decimals or none.
    return digits if kind == "money" and shown else shown
