"""Amounts as the analyser writes them everywhere: four figures, from a million on in the words of the language."""

import re
from decimal import Decimal
from functools import cache

from babel.numbers import NumberPattern, parse_pattern

from calculators.core.numbers.numerals import Numerals, applied, round_half_up
from calculators.core.numbers.ways_of_writing import ways_of

_LARGE = Decimal(1_000_000)
_FIGURES = 4
# Below this, the decimals of an amount are more than noise.
_SMALL = Decimal(100)
_LAST_DIGIT = re.compile(r"\d(?=\D*$)")
_LETTER_BEFORE = re.compile(r"(?<=[A-Za-z])(?=\d)")
_NO_BREAK = "\u00a0"
# Where people write the unit of their own money behind an amount, not its sign before it.
_BEHIND = {("ko", "KRW"): f"{_NO_BREAK}원", ("ja", "JPY"): "円"}


class Amounts(Numerals):
    """Writes amounts with three or four figures, never broken; all else as `Numerals` does."""

    def money(self, value: Decimal) -> str:
        """Write an amount with the reader's currency, as it is said: ¥1.2 million, 4,884만 원."""
        short = round_half_up(value, min(0, _FIGURES - 1 - value.adjusted()))
        if abs(value) < _SMALL:
            return self._with_currency(value, None)
        if abs(short) < _LARGE:
            return self._with_currency(short, 0)
        scaled, word = self._spoken(value)
        shown = round_half_up(scaled, max(0, 2 - scaled.adjusted()))
        # 5.00 million is 5 million.
        text = self._with_currency(shown, max(0, -int(shown.normalize().as_tuple().exponent)))
        word = word.replace(" ", _NO_BREAK)
        return _LAST_DIGIT.sub(lambda digit: digit[0] + word, text)

    def money_exactly(self, value: Decimal) -> str:
        """Write an amount with every figure that it is paid with."""
        return super().money(value)

    def _spoken(self, value: Decimal) -> tuple[Decimal, str]:
        """Return an amount in the largest unit of which it is one, to three figures, or more."""
        for power, word in ways_of(self.language).spoken:
            scaled = value.scaleb(-power)
            if abs(round_half_up(scaled, 3)) >= 1:
                return scaled, word
        return value, ""

    def _with_currency(self, value: Decimal, digits: int | None) -> str:
        """Write a number as an amount, with so many decimals; None for those of the currency."""
        behind = _BEHIND.get((self.language, self.currency))
        if digits is None and not behind:
            return super().money(value)
        digits = self.money_digits if digits is None else digits
        rounded = round_half_up(value, digits)
        if not self.currency or behind:
            return self._write(rounded, digits, fixed=True) + (behind or "")
        pattern = _with_decimals(self._locale.currency_formats["standard"].pattern, digits)
        # A currency without a sign of its own has letters: RUB 180.
        return _LETTER_BEFORE.sub(_NO_BREAK, applied(pattern, rounded, self._locale, self.currency))


@cache
def _with_decimals(pattern: str, digits: int) -> NumberPattern:
    parsed = parse_pattern(pattern)
    parsed.frac_prec = (digits, digits)
    return parsed


@cache
def amounts(language: str, currency: str = "") -> Amounts:
    """Return the numerals of a language whose amounts are short ("" for bare ones)."""
    return Amounts(language, currency)
