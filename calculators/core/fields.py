"""Numbers as inputs and outputs: what a label, a limit and a unit mean for reading and writing.

An input is declared beside its label and carries its own limits:

    quota: Decimal = money(_("Quota"), default="500000", minimum=0)

Rates are fractions (0.25) in Python, JSON and links; the page shows and reads
them as percentages. Lengths of time are calendar days.
"""

import re
from dataclasses import MISSING, dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from calculators.core.numerals import Numerals, UnreadableNumber
from calculators.core.outcome import InvalidInput
from calculators.core.records import declare

# Compiled once: a snapshot keeps them, but not the cache of `re`.
_BETWEEN_TYPED = re.compile(r"[;\s、，]+")
_BETWEEN_PLAIN = re.compile(r"[,;\s]+")
# Beyond these a typing slip is likelier than a pipeline.
_LARGEST_AMOUNT = Decimal(10) ** 15
_LARGEST_COUNT = Decimal(10) ** 9
_LONGEST_TIME = Decimal(36525)
_LONGEST_SERIES = 100_000
_MOST_SHOWN = 8
# What stands where there is no figure.
NOTHING = "–"


def plain_number(value: Decimal) -> str:
    """Write a number as programs and links have it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def json_number(value: Decimal) -> int | float:
    """Return a whole number as int, any other as the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number: the common part of amounts, counts, rates and lengths of time.

    `sample` names the input or output that holds the number of cases an
    average or a rate rests on. A `working` output is a step of the
    calculation: shown in how it is worked out, not among the results. An
    optional input may be left empty; its value is then None.
    """

    kind: ClassVar[str] = "number"
    label: str
    hint: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    is_whole: bool = False
    is_optional: bool = False
    sample: str | None = None
    is_working: bool = False
    # The flag among the inputs that must be set for this one to count; the form hides it otherwise.
    shown_if: str | None = None
    is_private: ClassVar[bool] = False

    def read_value(self, name: str, raw: Any) -> Decimal | None:
        if self.is_optional and raw in (None, ""):
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
            raise InvalidInput(name, "not_a_number", typed=str(raw), example=self._plain_example())
        try:
            value = Decimal(str(raw).strip())
        except InvalidOperation:
            raise InvalidInput(name, "not_a_number", typed=str(raw), example=self._plain_example()) from None
        if not value.is_finite():
            raise InvalidInput(name, "not_a_number", typed=str(raw), example=self._plain_example())
        return self._within_limits(name, value)

    def read_text(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        if not typed.strip():
            if self.is_optional:
                return None
            raise InvalidInput(name, "missing", example=self)
        try:
            value = numerals.read(typed)
        except UnreadableNumber as error:
            if error.suggestion is not None:
                suggestion = numerals.exact(error.suggestion)
                raise InvalidInput(name, "wrong_marks", typed=error.text, suggestion=suggestion) from None
            raise InvalidInput(name, "not_a_number", typed=error.text, example=self) from None
        return self._within_limits(name, value)

    def write_text(self, value: Decimal | None, numerals: Numerals) -> str:
        return "" if value is None else self._write(value, numerals)

    def show(self, value: Decimal | None, numerals: Numerals) -> str:
        return NOTHING if value is None else self._show(value, numerals)

    def to_json(self, value: Decimal | None, _numerals: Numerals) -> int | float | None:
        return None if value is None else json_number(value)

    def to_link(self, value: Decimal | None) -> str:
        return "" if value is None else plain_number(value)

    def without_limits(self) -> "Number":
        """Return the field for any number of its unit: a goal may lie where no result can."""
        return replace(self, minimum=None, maximum=None, is_whole=False, is_optional=False)

    def _write(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.exact(value)

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.number(value)

    def _within_limits(self, name: str, value: Decimal) -> Decimal:
        if self.is_whole and value != value.to_integral_value():
            raise InvalidInput(name, "not_whole")
        if self.minimum is not None and value < self.minimum:
            raise InvalidInput(name, "too_small", minimum=self._limit(self.minimum))
        if self.maximum is not None and value > self.maximum:
            raise InvalidInput(name, "too_large", maximum=self._limit(self.maximum))
        return value

    def _limit(self, value: Decimal) -> "tuple[Number, Decimal]":
        """Return a limit with its field, so that the sentence shows it in the field's unit."""
        return (self, value)

    def _plain_example(self) -> str:
        """Return a number as programs write it."""
        return "1234" if self.is_whole else "1234.5"


class Money(Number):
    """An amount without a currency: the reader picks one for display, nothing is converted."""

    __slots__ = ()
    kind: ClassVar[str] = "money"

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.money(value)


class Count(Number):
    """A number of things; as an input always whole, as an output maybe an average."""

    __slots__ = ()
    kind: ClassVar[str] = "count"


class Days(Number):
    """A length of time in calendar days."""

    __slots__ = ()
    kind: ClassVar[str] = "days"

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.days(value)


class Months(Number):
    """A length of time in months."""

    __slots__ = ()
    kind: ClassVar[str] = "months"

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.months(value)


class Multiple(Number):
    """How many times one amount is another; only a result."""

    __slots__ = ()
    kind: ClassVar[str] = "multiple"

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.multiple(value)


class Rate(Number):
    """A fraction between 0 and 1, typed and shown as a percentage."""

    __slots__ = ()
    kind: ClassVar[str] = "rate"

    def _plain_example(self) -> str:
        return "0.25"

    def read_value(self, name: str, raw: Any) -> Decimal | None:
        try:
            return Number.read_value(self, name, raw)
        except InvalidInput as error:
            if error.code == "too_large":
                # 25 for 25 % is the usual slip of a program or the command line.
                raise InvalidInput(name, "rate_above_one", **error.values) from None
            raise

    def read_text(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        bare = typed.replace("％", "%").strip().removesuffix("%").strip()
        if self.is_optional and not bare:
            return None
        percentage = _PERCENTAGE.read_text(name, bare, numerals)
        assert percentage is not None  # it is not optional
        return self._within_limits(name, percentage.scaleb(-2))

    def _write(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.exact(value.scaleb(2))

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.percent(value)


_PERCENTAGE = Number(label="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A list of numbers of one kind, typed or pasted one per line.

    On one line they may also be separated by white space, semicolons, tabs or,
    where the comma is not the decimal mark, commas.
    """

    kind: ClassVar[str] = "series"
    label: str
    item: Number
    hint: str = ""
    is_working: bool = False
    is_optional: ClassVar[bool] = False
    is_private: ClassVar[bool] = False
    sample: None = None

    def read_value(self, name: str, raw: Any) -> tuple[Decimal, ...]:
        if isinstance(raw, str):
            raw = [item for item in _BETWEEN_PLAIN.split(raw.strip("[] \n\t")) if item]
        if not isinstance(raw, list | tuple):
            raise InvalidInput(name, "not_a_series", typed=str(raw))
        return self._read_each(name, raw, lambda item: self.item.read_value(name, item))

    def read_text(self, name: str, typed: str, numerals: Numerals) -> tuple[Decimal, ...]:
        return self._read_each(
            name, self._split(typed, numerals), lambda item: self.item.read_text(name, item, numerals)
        )

    def write_text(self, value: tuple[Decimal, ...], numerals: Numerals) -> str:
        return "\n".join(numerals.exact_in_list(item) for item in value)

    def show(self, value: tuple[Decimal, ...], numerals: Numerals) -> str:
        if len(value) <= _MOST_SHOWN:
            return numerals.listing(numerals.number(item) for item in value)
        first, last = ([numerals.number(item) for item in part] for part in (value[:3], value[-2:]))
        return numerals.listing([*first, "…", *last])

    def to_json(self, value: tuple[Decimal, ...], _numerals: Numerals) -> list[int | float]:
        return [json_number(item) for item in value]

    def to_link(self, value: tuple[Decimal, ...]) -> str:
        return ",".join(plain_number(item) for item in value)

    def _read_each(self, name: str, items: list[Any] | tuple[Any, ...], read: Any) -> tuple[Decimal, ...]:
        if len(items) > _LONGEST_SERIES:
            raise InvalidInput(name, "too_many", maximum=(Count(label=""), Decimal(_LONGEST_SERIES)))
        values = []
        for position, item in enumerate(items, start=1):
            try:
                values.append(read(item))
            except InvalidInput as error:
                place = {"typed": str(item), "position": position}
                raise InvalidInput(name, error.code + "_in_series", **{**error.values, **place}) from None
        return tuple(values)

    def _split(self, text: str, numerals: Numerals) -> list[str]:
        pieces = [piece for piece in _BETWEEN_TYPED.split(text) if piece]
        if numerals.comma_separates_lists:
            # "45, 54, 39" is a list; "1,234" alone on its line in a pasted column is one number.
            pieces = [piece.strip(",") if len(pieces) > 1 else piece for piece in pieces]
            if len(pieces) == 1:
                pieces = pieces[0].split(",")
        return [piece for piece in pieces if piece.strip()]


def _number(kind: type[Number], label: str, default: str | None, **options: Any) -> Any:
    """Declare a number; an optional one without a default is empty."""
    field = kind(label=label, **options)
    if default is None:
        return declare(field, None if field.is_optional else MISSING)
    return declare(field, Decimal(default))


def money(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare an amount: an input from 0 upwards, or an output."""
    return _number(Money, label, default, **{"minimum": Decimal(0), "maximum": _LARGEST_AMOUNT, **options})


def count(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a number of things: a whole input from 0 upwards, or an output."""
    limits = {"is_whole": True, "minimum": Decimal(0), "maximum": _LARGEST_COUNT}
    return _number(Count, label, default, **{**limits, **options})


def number(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a number without a unit, such as a weight or a score; an input from 0 upwards."""
    return _number(Number, label, default, **{"minimum": Decimal(0), "maximum": _LARGEST_COUNT, **options})


def days(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a length of time in calendar days."""
    return _number(Days, label, default, **{"minimum": Decimal(0), "maximum": _LONGEST_TIME, **options})


def months(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a length of time in months, of one month at least where it is an input."""
    return _number(Months, label, default, **{"minimum": Decimal(1), "maximum": Decimal(1200), **options})


def multiple(label: str, **options: Any) -> Any:
    """Declare how many times one amount is another."""
    return _number(Multiple, label, options.pop("default", None), **options)


def rate(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a fraction between 0 and 1."""
    return _number(Rate, label, default, **{"minimum": Decimal(0), "maximum": Decimal(1), **options})


def days_series(label: str, *, default: tuple[str, ...] | None = None, **options: Any) -> Any:
    """Declare a list of lengths of time in calendar days."""
    return _series(Days(label=label, minimum=Decimal(0), maximum=_LONGEST_TIME), default, **options)


def money_series(label: str, *, default: tuple[str, ...] | None = None, **options: Any) -> Any:
    """Declare a list of amounts from 0 upwards."""
    return _series(Money(label=label, minimum=Decimal(0), maximum=_LARGEST_AMOUNT), default, **options)


def _series(item: Number, default: tuple[str, ...] | None, **options: Any) -> Any:
    values = MISSING if default is None else tuple(Decimal(value) for value in default)
    return declare(Series(label=item.label, item=item, **options), values)
