"""How the analyser writes: sentences, amounts, days, dates and periods in the reader's language."""

from collections.abc import Iterable
from decimal import Decimal

from calculators.analysis.report.amounts import amounts
from calculators.analysis.report.setting import joined, period_text
from calculators.analysis.report.words import words
from calculators.core.declaring.fields import NOTHING
from calculators.core.numbers.calendar_days import from_iso, in_words
from calculators.core.words.messages import _

type Number = Decimal | float | int

_SO_FAR = _("{period} (not whole)")


def exact(value: Number) -> Decimal:
    """Return a number of the answer as the decimal that it was written as."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


class Writing:
    """Writes for one reader; None is written as a dash.

    `language` is one of LANGUAGES, `currency` the code that amounts are shown with, "" for bare ones.
    """

    def __init__(self, language: str, currency: str = "") -> None:
        self.language = language
        self.currency = currency
        self.numerals = amounts(language, currency)
        self._words = words(language)

    def say(self, message: str, **names: str) -> str:
        """Return a message in the reader's language, its places filled with texts."""
        text = self._words.gettext(message)
        return text.format(**names) if names else text

    def plural(self, one: str, many: str, number: int, **names: str) -> str:
        """Return the form of a message for a number, which it may name as {number}."""
        return self._words.ngettext(one, many, number).format(number=self.count(number), **names)

    def joined(self, sentences: Iterable[str]) -> str:
        """Return sentences one behind the other, as the language sets them."""
        return joined(sentences, self._words.gettext)

    def count(self, value: Number | None) -> str:
        """Write how many there are."""
        return NOTHING if value is None else self.numerals.number(exact(value), 0)

    def deals(self, number: int) -> str:
        """Write a number of deals."""
        return self.plural("{number} deal", "{number} deals", number)

    def number(self, value: Number | None) -> str:
        """Write a number with few decimals."""
        return NOTHING if value is None else self.numerals.number(exact(value))

    def money(self, value: Number | None) -> str:
        """Write an amount as it is said, the same wherever it stands."""
        return NOTHING if value is None else self.numerals.money(exact(value))

    def money_exactly(self, value: Number | None) -> str:
        """Write an amount with all its figures; "" where `money` does so too."""
        text = "" if value is None else self.numerals.money_exactly(exact(value))
        # Where the sign of the currency stands elsewhere, the figures are still the same.
        return "" if _digits(text) == _digits(self.money(value)) else text

    def percent(self, value: Number | None) -> str:
        """Write a rate."""
        return NOTHING if value is None else self.numerals.percent(exact(value))

    def percent_aloud(self, value: Number) -> str:
        """Write a rate without decimals."""
        return self.numerals.percent(exact(value), 0)

    def change(self, value: Number | None) -> str:
        """Write a relative change with its sign."""
        return NOTHING if value is None else self.numerals.change(exact(value))

    def change_aloud(self, value: Number) -> str:
        """Write a relative change with its sign, without decimals."""
        text = self.percent_aloud(value)
        return f"+{text}" if value > 0 and text != self.percent_aloud(0) else text

    def days(self, value: Number | None) -> str:
        """Write a length of time in days."""
        return NOTHING if value is None else self.numerals.days(exact(value))

    def days_aloud(self, value: Number) -> str:
        """Write a length of time in whole days."""
        return self.numerals.days(exact(value), 0)

    def date(self, day: str) -> str:
        """Write a day of the contract ("2026-09-30")."""
        return in_words(int(from_iso(day) or 0), self.language)

    def period(self, name: str, *, is_partial: bool = False) -> str:
        """Write a period of the contract ("2017-Q4", "2017-10"), marked where the file holds a part of it only."""
        text = period_text(name, self._words.gettext)
        return self.say(_SO_FAR, period=text) if is_partial else text


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
