"""Numbers in and out: text in the reader's language to `Decimal` and back.

The only place where a number is rounded. Patterns, marks, units and currencies
are the Unicode CLDR's, through Babel, at build time and in the browser alike.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache

from babel.core import Locale
from babel.numbers import NumberPattern, get_currency_precision, get_currency_symbol, parse_pattern

from calculators.core.numbers.lists import as_two_numbers, split
from calculators.core.numbers.reading import Reader, Reading
from calculators.core.numbers.ways_of_writing import ways_of
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _

# Wide enough for the largest amount over a few of the finest rates, so that rounding for display never fails.
_ROUNDING = Context(prec=250, rounding=ROUND_HALF_UP)
# From here on, digits are counted rather than read.
_LARGE = Decimal(1_000_000)
_HUNDRED = Decimal(100)
# What is nearer to the whole than this is the last digit of a division or of a drawn chance.
_WHOLE_WITHIN = Decimal("1e-9")


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


class Numerals:
    """Writes and reads numbers for one language and, for money, one currency."""

    def __init__(self, language: str, currency: str = "") -> None:
        self.language = language
        self.currency = currency
        self._locale = Locale.parse(language)
        symbols = self._locale.number_symbols["latn"]
        self._decimal: str = symbols["decimal"]
        self._reader = reader(language, symbols["group"], symbols["decimal"])
        self._signs = (get_currency_symbol(currency, self._locale), currency) if currency else ()

    # --- out ---------------------------------------------------------------

    def number(self, value: Decimal, digits: int = 1) -> str:
        """Write a number rounded to at most so many decimals; small ones keep two significant figures."""
        return self._write(value, self._digits_worth_showing(value, digits), fixed=False)

    def exact(self, value: Decimal) -> str:
        """Write a number with all its decimals: what stands in a field, and reads back as the same number."""
        return self._write(value, max(0, -int(value.normalize().as_tuple().exponent)), fixed=False)

    def in_field(self, value: Decimal) -> str:
        """Write a number with all its decimals so that nobody takes it for another: 12.345 as 12.3450.

        With exactly three decimals it would look like thousands to who knows the other habit.
        """
        digits = max(0, -int(value.normalize().as_tuple().exponent))
        if digits == 3 and 1 <= abs(value) < 1000:
            return self._write(value, 4, fixed=True)
        return self.exact(value)

    def percentage_in_field(self, value: Decimal) -> str:
        """Write a fraction (0.25) as a percentage with all its decimals and the sign."""
        number = self.in_field(abs(value).scaleb(2))
        sign = "-" if value < 0 else ""
        return sign + str(self._locale.percent_formats[None].pattern).replace("#,##0", number)

    def exact_in_list(self, value: Decimal) -> str:
        """Write a number with all its decimals and no groups, whose mark may separate the items of a list."""
        whole, _, fraction = f"{value:f}".partition(".")
        fraction = fraction.rstrip("0")
        if len(fraction) == 3 and 1 <= abs(value) < 1000 and self.comma_separates_lists:
            fraction += (
                "0"  # as in `in_field`; where the comma is the decimal mark, 12,3450 would look like two numbers
            )
        return whole + self._decimal + fraction if fraction else whole

    @property
    def money_digits(self) -> int:
        """How many decimals an amount of the reader's currency has."""
        return int(get_currency_precision(self.currency)) if self.currency else 2

    def money(self, value: Decimal) -> str:
        """Write an amount with the reader's currency, if one was picked; no decimals where they are all zero."""
        digits = self.money_digits
        rounded = round_half_up(value, digits)
        if rounded == rounded.to_integral_value():
            digits = 0
        if not self.currency:
            return self._write(rounded, digits, fixed=True)
        pattern = _with_digits(self._locale.currency_formats["standard"].pattern, digits, digits)
        return applied(pattern, rounded, self._locale, self.currency)

    def percent(self, value: Decimal, digits: int = 1) -> str:
        """Write a fraction (0.25) as a percentage with at most so many decimals.

        Small ones keep two figures, and what falls short of the whole does not read 100%.
        """
        number = value.scaleb(2)
        digits = self._digits_short_of(_HUNDRED, number, self._digits_worth_showing(number, digits))
        pattern = _with_digits(self._locale.percent_formats[None].pattern, 0, digits)
        return applied(pattern, round_half_up(value, digits + 2), self._locale)

    def score(self, value: Decimal) -> str:
        """Write a score of 100 as a number: what falls short of 100 does not read 100."""
        return self.number(value, self._digits_short_of(_HUNDRED, value, 1))

    def change(self, value: Decimal) -> str:
        """Write a relative change (0.25) with its sign, as a percentage."""
        text = self.percent(value)
        return text if value < 0 or text == self.percent(Decimal(0)) else f"+{text}"

    def points(self, value: Decimal, digits: int = 1) -> str:
        """Write the difference of two rates (0.05) with its sign, in percentage points."""
        number = self.number(value.scaleb(2), digits)
        signed = f"+{number}" if value > 0 else number
        return catalogue(self.language).gettext(_("{number} points")).format(number=signed)

    def days(self, value: Decimal, digits: int = 1) -> str:
        """Write a length of time in days, in the plural form of the language."""
        text, number = self._counted(value, digits)
        return catalogue(self.language).ngettext("{number} day", "{number} days", number).format(number=text)

    def months(self, value: Decimal, digits: int = 1) -> str:
        """Write a length of time in months, in the plural form of the language."""
        text, number = self._counted(value, digits)
        return catalogue(self.language).ngettext("{number} month", "{number} months", number).format(number=text)

    def multiple(self, value: Decimal) -> str:
        """Write how many times one thing is another."""
        return catalogue(self.language).gettext(_("{number}×")).format(number=self.number(value, 2))

    def in_words(self, value: Decimal) -> str | None:
        """Write a large number as people say it, about 1.2 million or 1.2억; None below a million."""
        if abs(value) < _LARGE:
            return None
        for power, word in ways_of(self.language).spoken:
            if abs(value) >= Decimal(1).scaleb(power):
                number = value.scaleb(-power)
                # What is said has about three figures.
                rounded = round_half_up(number, 0 if abs(number) >= 100 else 1)
                text = f"{self._write(rounded, 1, fixed=False)}{word}"
                about = catalogue(self.language).gettext(_("about {amount}"))
                return text if rounded == number else about.format(amount=text)
        return None

    def _counted(self, value: Decimal, digits: int) -> tuple[str, int]:
        """Return a number as text, and a whole number that takes the same plural form."""
        digits = self._digits_worth_showing(value, digits)
        rounded = round_half_up(value, digits)
        # In all our languages the singular stands for exactly one, as shown: 1 day, 1.5 days, 0 days.
        whole = int(rounded) if rounded == rounded.to_integral_value() else 2
        return self._write(rounded, digits, fixed=False), whole

    @property
    def comma_separates_lists(self) -> bool:
        """Whether a comma separates the items of a list, which it cannot where it is the decimal mark."""
        return self._decimal != ","

    def as_two_numbers(self, text: str) -> list[str] | None:
        """Return the two numbers that one of a list would be to who separates with a comma all the same, or None."""
        return None if self.comma_separates_lists else as_two_numbers(text)

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

    @staticmethod
    def _digits_short_of(whole: Decimal, value: Decimal, digits: int) -> int:
        """Decimals that show a number just below the whole as less than that."""
        missing = whole - abs(value)
        if missing < _WHOLE_WITHIN or missing > Decimal(5).scaleb(-digits - 1):
            return digits
        return max(digits, 1 - missing.adjusted())

    # --- in ----------------------------------------------------------------

    def read(self, text: str, kind: str = "money") -> Decimal:
        """Read a number as people of the language write it in a field of a kind; raises UnreadableNumber."""
        return self.reading(text, kind).value

    def reading(self, text: str, kind: str = "money") -> Reading:
        """Read a number, and what it would be in the other habit of marks; raises UnreadableNumber."""
        return self._reader.read(text, kind, self._signs)

    def split(self, text: str, kind: str, most_numbers: int) -> list[str]:
        """Return the numbers of a list, each still a text; raises UnclearList."""
        return split(text, lambda piece: self.reading(piece, kind), decimal=self._decimal, most_numbers=most_numbers)


@cache
def reader(language: str, group: str, decimal: str) -> Reader:
    """Return the reader of a language; currencies share it."""
    return Reader(language, group, decimal)


@cache
def numerals(language: str, currency: str = "") -> Numerals:
    """Return the numerals of a language and currency code ("" for bare amounts)."""
    return Numerals(language, currency)
