"""Numbers in and out: text in the reader's language to `Decimal` and back.

The only place where a number is rounded. Patterns, marks, units and currencies
are the Unicode CLDR's, through Babel, at build time and in the browser alike.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache

from babel.core import Locale
from babel.numbers import NumberPattern, get_currency_precision, get_currency_symbol, parse_pattern

from calculators.core.catalogue import catalogue
from calculators.core.messages import _

# Wide enough for any amount a reader can enter, so that rounding for display never fails.
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)

# How people write large amounts by hand: 2,500만 is 25,000,000. Longest first where one begins another.
# A language that is not here understands plain numbers only.
_MAGNITUDES: dict[str, dict[str, int]] = {
    "en": {"k": 3, "bn": 9, "m": 6, "b": 9},
    "ko": {"천": 3, "만": 4, "억": 8, "조": 12},
    "ja": {"千": 3, "万": 4, "億": 8, "兆": 12},
    "el": {"χιλ.": 3, "χιλ": 3, "εκ.": 6, "εκ": 6, "δισ.": 9, "δισ": 9},
}
_CURRENCY_WORDS = ("원", "円", "元")
_LONGEST_NUMBER = 60


class UnreadableNumber(ValueError):  # noqa: N818 - as InvalidInput: it says what happened to a reader
    """A text that is no number in the reader's language.

    `suggestion` is the number the text would be with the other language's
    marks (a Greek reader who types 1,234.5), or None.
    """

    def __init__(self, text: str, suggestion: Decimal | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.suggestion = suggestion


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """Round to a number of decimals, halves away from zero, never to a negative zero."""
    rounded = value.quantize(Decimal(1).scaleb(-digits), context=_ROUNDING)
    return rounded if rounded else abs(rounded)


@cache
def _with_digits(pattern: str, least: int, most: int) -> NumberPattern:
    """Return a CLDR pattern with its own number of decimals."""
    parsed = parse_pattern(pattern)
    parsed.frac_prec = (least, most)
    return parsed


@lru_cache(maxsize=4096)
def applied(pattern: NumberPattern, value: Decimal, locale: Locale, currency: str = "") -> str:
    """Write a rounded number with a CLDR pattern; one number stands in a table, a chart and a formula of one answer."""
    # Babel rounds again, in the context of the moment, which is too narrow for an amount over a tiny one.
    with localcontext(_ROUNDING):
        text: str = pattern.apply(value, locale, currency=currency or None, currency_digits=False)
    return text


def _number_pattern(group: str, decimal: str) -> re.Pattern[str]:
    """Return the pattern of a number with these marks; groups must be whole groups of three."""
    separator, point = rf"[{re.escape(group)}\s']", re.escape(decimal)
    whole = rf"(?P<whole>\d{{1,3}}(?P<separator>{separator})\d{{3}}(?:(?P=separator)\d{{3}})*|\d+)"
    return re.compile(
        rf"\s*(?P<sign>[+-]?)\s*(?:{whole}(?:{point}(?P<fraction>\d*))?|{point}(?P<only_fraction>\d+))\s*", re.ASCII
    )


def _plain(text: str, pattern: re.Pattern[str]) -> Decimal | None:
    """Read digits with the marks of a pattern, or return None."""
    match = pattern.fullmatch(text)
    if match is None:
        return None
    whole = "".join(character for character in match["whole"] or "0" if character.isdigit())
    return Decimal(f"{match['sign']}{whole}.{match['fraction'] or match['only_fraction'] or '0'}")


class Numerals:
    """Writes and reads numbers for one language and, for money, one currency."""

    def __init__(self, language: str, currency: str = "") -> None:
        self.language = language
        self.currency = currency
        self._locale = Locale.parse(language)
        symbols = self._locale.number_symbols["latn"]
        self._group: str = symbols["group"]
        self._decimal: str = symbols["decimal"]
        # Compiled here and not where they are used: a snapshot keeps them, but not the cache of `re`.
        self._own_marks = _number_pattern(self._group, self._decimal)
        self._swapped_marks = _number_pattern(self._decimal, self._group)
        self._powers = _MAGNITUDES.get(language, {})
        words = "|".join(map(re.escape, self._powers)) or "(?!)"
        self._magnitude = re.compile(f"({words})", re.IGNORECASE)

    # --- out ---------------------------------------------------------------

    def number(self, value: Decimal, digits: int = 1) -> str:
        """Write a number rounded to at most so many decimals; small ones keep two significant figures."""
        return self._write(value, self._digits_worth_showing(value, digits), fixed=False)

    def exact(self, value: Decimal) -> str:
        """Write a number with all its decimals: what stands in a field, and reads back as the same number."""
        return self._write(value, max(0, -int(value.normalize().as_tuple().exponent)), fixed=False)

    def exact_in_list(self, value: Decimal) -> str:
        """Write a number with all its decimals and no groups, whose mark may separate the items of a list."""
        whole, _, fraction = f"{value:f}".partition(".")
        fraction = fraction.rstrip("0")
        return whole + self._decimal + fraction if fraction else whole

    def money(self, value: Decimal) -> str:
        """Write an amount with the reader's currency, if one was picked; no decimals where they are all zero."""
        digits = get_currency_precision(self.currency) if self.currency else 2
        rounded = round_half_up(value, digits)
        if rounded == rounded.to_integral_value():
            digits = 0
        if not self.currency:
            return self._write(rounded, digits, fixed=True)
        pattern = _with_digits(self._locale.currency_formats["standard"].pattern, digits, digits)
        return applied(pattern, rounded, self._locale, self.currency)

    def percent(self, value: Decimal) -> str:
        """Write a fraction (0.25) as a percentage with at most one decimal; small ones keep two figures."""
        digits = self._digits_worth_showing(value.scaleb(2), 1)
        pattern = _with_digits(self._locale.percent_formats[None].pattern, 0, digits)
        return applied(pattern, round_half_up(value, digits + 2), self._locale)

    def change(self, value: Decimal) -> str:
        """Write a relative change (0.25) with its sign, as a percentage."""
        text = self.percent(value)
        return text if value < 0 or text == self.percent(Decimal(0)) else f"+{text}"

    def points(self, value: Decimal) -> str:
        """Write the difference of two rates (0.05) with its sign, in percentage points."""
        number = self.number(value.scaleb(2))
        signed = number if value < 0 else f"+{number}"
        return catalogue(self.language).gettext(_("{number} points")).format(number=signed)

    def days(self, value: Decimal) -> str:
        """Write a length of time in days, in the plural form of the language."""
        text, number = self._counted(value)
        return catalogue(self.language).ngettext("{number} day", "{number} days", number).format(number=text)

    def months(self, value: Decimal) -> str:
        """Write a length of time in months, in the plural form of the language."""
        text, number = self._counted(value)
        return catalogue(self.language).ngettext("{number} month", "{number} months", number).format(number=text)

    def multiple(self, value: Decimal) -> str:
        """Write how many times one thing is another."""
        return catalogue(self.language).gettext(_("{number}×")).format(number=self.number(value, 2))

    def _counted(self, value: Decimal) -> tuple[str, int]:
        """Return a number as text, and a whole number that takes the same plural form."""
        digits = self._digits_worth_showing(value, 1)
        rounded = round_half_up(value, digits)
        # In all our languages the singular stands for exactly one, as shown: 1 day, 1.5 days, 0 days.
        whole = int(rounded) if rounded == rounded.to_integral_value() else 2
        return self._write(rounded, digits, fixed=False), whole

    @property
    def comma_separates_lists(self) -> bool:
        """Whether a comma separates the items of a list, which it cannot where it is the decimal mark."""
        return self._decimal != ","

    def listing(self, texts: Iterable[str]) -> str:
        """Join short numbers with a sign that is no mark of a number and, unlike ; in Greek, of no sentence."""
        return " · ".join(texts)

    def _write(self, value: Decimal, digits: int, *, fixed: bool) -> str:
        pattern = _with_digits("#,##0.#", digits if fixed else 0, digits)
        return applied(pattern, round_half_up(value, digits), self._locale)

    @staticmethod
    def _digits_worth_showing(value: Decimal, digits: int) -> int:
        """Decimals that show a small number as more than a misleading zero."""
        if not value or abs(value) >= Decimal(1).scaleb(-digits):
            return digits
        return 1 - value.adjusted()

    # --- in ----------------------------------------------------------------

    def read(self, text: str) -> Decimal:
        """Read a number as people of the language write it.

        Full-width digits, currency signs, a percent sign, white space and the
        magnitude words of the language are understood; the percent sign is
        left to the field. Raises UnreadableNumber.
        """
        if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
            return Decimal(text)  # most of a pasted column, at a tenth of the time
        if len(text) > _LONGEST_NUMBER:
            raise UnreadableNumber(text[:_LONGEST_NUMBER] + "…")
        cleaned = self._without_currency(unicodedata.normalize("NFKC", text).replace("−", "-").strip())
        value = self._with_magnitudes(cleaned)
        if value is None:
            raise UnreadableNumber(text.strip(), _plain(cleaned, self._swapped_marks))
        return value

    def _without_currency(self, text: str) -> str:
        own = (get_currency_symbol(self.currency, self._locale), self.currency) if self.currency else ()
        for symbol in (*own, *_CURRENCY_WORDS):
            text = text.removeprefix(symbol).removesuffix(symbol).strip()
        return "".join(character for character in text if unicodedata.category(character) != "Sc").strip()

    def _with_magnitudes(self, text: str) -> Decimal | None:
        """Read "1억 5,000만" as a sum of descending magnitudes; a plain number has none."""
        total, largest = Decimal(0), None
        parts = self._magnitude.split(text)
        for digits, word in zip(parts[::2], [*parts[1::2], ""], strict=True):
            if not digits.strip() and not word and largest is not None:
                break
            value = _plain(digits, self._own_marks)
            power = self._powers[word.lower()] if word else 0
            if value is None or (largest is not None and (power >= largest or value < 0)):
                return None
            total, largest = total + value.scaleb(power), power
        return total


@cache
def numerals(language: str, currency: str = "") -> Numerals:
    """Return the numerals of a language and currency code ("" for bare amounts)."""
    return Numerals(language, currency)
