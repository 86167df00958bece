"""How the analyser writes: sentences, amounts, days, dates and periods in the reader's language."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from calculators.analysis.report.setting import day_text, joined, period_text
from calculators.analysis.report.words import words
from calculators.core.declaring.fields import NOTHING
from calculators.core.numbers.numerals import numerals
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
        self.numerals = numerals(language, currency)
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
        """Write an amount."""
        return NOTHING if value is None else self.numerals.money(exact(value))

    def money_aloud(self, value: Number) -> str:
        """Write an amount as people say it: in millions, or without decimals."""
        amount = exact(value)
        return self.numerals.in_words(amount) or self.money(amount.to_integral_value())

    def large(self, value: Number | None) -> str:
        """Write an amount as people say it if it is a large one, else ""."""
        return "" if value is None else self.numerals.in_words(exact(value)) or ""

    def percent(self, value: Number | None) -> str:
        """Write a rate."""
        return NOTHING if value is None else self.numerals.percent(exact(value))

    def percent_aloud(self, value: Number) -> str:
        """Write a rate without decimals."""
        return self.numerals.percent(exact(value), 0)

    def change(self, value: Number | None) -> str:
        """Write a relative change with its sign."""
        return NOTHING if value is None else self.numerals.change(exact(value))

    def days(self, value: Number | None) -> str:
        """Write a length of time in days."""
        return NOTHING if value is None else self.numerals.days(exact(value))

    def days_aloud(self, value: Number) -> str:
        """Write a length of time in whole days."""
        return self.numerals.days(exact(value), 0)

    def date(self, day: str) -> str:
        """Write a day of the contract ("2026-09-30")."""
        return day_text(date.fromisoformat(day), self._words.gettext)

    def period(self, name: str, *, is_partial: bool = False) -> str:
        """Write a period of the contract ("2017-Q4", "2017-10"), marked where the file holds a part of it only."""
        text = period_text(name, self._words.gettext)
        return self.say(_SO_FAR, period=text) if is_partial else text
