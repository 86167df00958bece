"""Days of the calendar as inputs and outputs.

A value is the number that spreadsheet programs count the day by (`calculators.core.numbers.calendar_days`), so that
days are subtracted like numbers, there and here. Links and files have it as 2026-12-01; programs may give it so, or as
that number.
"""

from dataclasses import MISSING
from decimal import Decimal
from typing import Any, ClassVar

from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import InvalidInput, Offer, Remark
from calculators.core.declaring.records import declare
from calculators.core.numbers import calendar_days
from calculators.core.numbers.numerals import Numerals


class Day(Number):
    """A day of the calendar."""

    __slots__ = ()
    kind: ClassVar[str] = "day"
    _EXAMPLE: ClassVar[Decimal] = Decimal(46_357)

    def read_value(self, name: str, raw: Any) -> Decimal | None:
        number = calendar_days.from_iso(raw.strip()) if isinstance(raw, str) else None
        if number is not None:
            return self._within_limits(name, Decimal(number))
        try:
            return Number.read_value(self, name, raw)
        except InvalidInput as error:
            if error.code == "day_out_of_range":
                raise
            raise InvalidInput(name, "not_a_day", typed=raw, example=self._plain_example()) from None

    def read_text(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        if not typed.strip():
            if self.is_optional:
                return None
            raise InvalidInput(name, "no_day", example=self)
        found = [Decimal(number) for number in calendar_days.readings(typed, numerals.language)]
        if not found:
            raise InvalidInput(name, "not_a_day", typed=typed.strip(), example=self)
        if len(found) > 1:
            first, second, *_further = (self.offer(value, numerals) for value in found)
            values = {"typed": typed.strip(), "first": first.label, "second": second.label}
            raise InvalidInput(name, "two_readings", **values).offering(first, second)
        return self._within_limits(name, found[0])

    def remark(self, typed: str, numerals: Numerals) -> Remark | None:  # noqa: ARG002 - a day has one reading, or is asked about
        return None

    def swapped(self, typed: str, numerals: Numerals) -> str | None:  # noqa: ARG002 - as above
        return None

    def read_alike(self, typed: str, reading: int, numerals: Numerals) -> str | None:
        # Who puts the day first does so in the whole column.
        found = calendar_days.readings(typed, numerals.language)
        return self._write(Decimal(found[reading]), numerals) if len(found) > 1 else None

    def offer(self, value: Decimal, numerals: Numerals) -> Offer:
        return Offer(self._show(value, numerals), self._write(value, numerals))

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        return self._show(value, numerals)

    def to_json(self, value: Decimal | None, _numerals: Numerals) -> Any:
        return None if value is None else calendar_days.to_iso(int(value))

    def to_link(self, value: Decimal | None) -> str:
        return "" if value is None else calendar_days.to_iso(int(value))

    def _write(self, value: Decimal, numerals: Numerals) -> str:
        return calendar_days.in_field(int(value), numerals.language)

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return calendar_days.in_words(int(value), numerals.language)

    def _within_limits(self, name: str, value: Decimal) -> Decimal:
        assert self.minimum is not None
        assert self.maximum is not None
        if not self.minimum <= value <= self.maximum:
            limits = {"minimum": self._limit(self.minimum), "maximum": self._limit(self.maximum)}
            raise InvalidInput(name, "day_out_of_range", **limits)
        if value != value.to_integral_value():
            raise InvalidInput(name, "not_a_day", typed=str(value), example=self)
        return value

    def _plain_example(self) -> str:
        return calendar_days.to_iso(int(self._EXAMPLE))

    def without_limits(self) -> Number:
        # What lies outside is no day of a plan in any language.
        return self


# 2000-01-01 to 2199-12-31: what lies outside is a slip.
_FIRST, _LAST = Decimal(36_526), Decimal(109_574)


def day(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a day of the calendar, its default as 2026-12-01; an optional one without a default is empty."""
    field = Day(label=label, is_whole=True, minimum=_FIRST, maximum=_LAST, **options)
    if default is None:
        return declare(field, None if field.is_optional else MISSING)
    return declare(field, field.read_value("", default))
