"""Numbers as inputs and outputs: what a label, a limit and a unit mean for reading and writing.

An input is declared beside its label and carries its own limits:

    quota: Decimal = money(_("Quota"), default="500000", minimum=0)

Rates are fractions (0.25) in Python, JSON and links; the page shows and reads
them as percentages. Lengths of time are calendar days.
"""

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, Literal

from calculators.core.declaring.outcome import InvalidInput, Offer, Remark
from calculators.core.declaring.outside import FINEST, GREATEST, LONGEST_NUMBER, number_text
from calculators.core.declaring.records import declare, fields_of
from calculators.core.numbers.numerals import Numerals
from calculators.core.numbers.reading import Reading, UnreadableNumber
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _

# Finer than this, a number that is handed on is a quotient, and its further digits are nobody's.
_HANDED_ON = Decimal("1e-6")
# Beyond these a typing slip is likelier than a pipeline.
LARGEST_AMOUNT = Decimal(10) ** 15
_LARGEST_COUNT = Decimal(10) ** 9
LONGEST_TIME = Decimal(36525)
# A hundredth of a percent.
_STEP_OF_RATES = Decimal("0.0001")
_MOST_OFFERS = 4
# What stands where there is no figure.
NOTHING = "–"


def plain_number(value: Decimal) -> str:
    """Write a number as programs and links have it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def handed_on(value: Decimal) -> str:
    """Write a number as it goes from where it was worked out to where it is an input: no finer than a millionth."""
    return plain_number(value if value == value.to_integral_value() else value.quantize(_HANDED_ON))


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a number has, without zeros at its end."""
    return max(0, -int(value.normalize().as_tuple().exponent))


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

    `goal` says what reaching a goal means for a result: `at_least` where more is
    better, `at_most` where less is, such as for a cost, `exactly` where neither is.
    """

    kind: ClassVar[str] = "number"
    _EXAMPLE: ClassVar[Decimal] = Decimal("1234.5")
    label: str
    hint: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    is_whole: bool = False
    is_optional: bool = False
    sample: str | None = None
    is_working: bool = False
    goal: Literal["at_least", "at_most", "exactly"] = "at_least"
    # It sets up the scale and is no fact: whoever turns it to reach a goal deceives themselves.
    is_setting: bool = False
    # A result that goes up and down with every single case, as a p-value does: nothing to aim at or to vary.
    is_jagged: bool = False
    # The flag among the inputs that must be set for this one to count, or for this result to be; hidden otherwise.
    shown_if: str | None = None
    # What a result is judged by, and no fact about the deal: the form has it under a heading of its own.
    is_threshold: bool = False
    # The quantity of `quantities` that it is: known from one calculator, it is offered to the next.
    quantity: str | None = None
    is_private: ClassVar[bool] = False

    def read_value(self, name: str, raw: Any) -> Decimal | None:
        if self.is_optional and raw in (None, ""):
            return None
        text = number_text(raw)
        if text is None:
            raise InvalidInput(name, "not_a_number", typed=raw, example=self._plain_example())
        if len(text) > LONGEST_NUMBER:
            raise InvalidInput(name, "too_precise")
        return self._within_limits(name, Decimal(text))

    def read_text(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        if not typed.strip():
            if self.is_optional:
                return None
            raise InvalidInput(name, "missing", example=self)
        return self._within_limits(name, self._read_typed(name, typed, numerals))

    def read_cell(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        """Read what stands in a column, where its neighbours have told what a bare number means."""
        return self.read_text(name, typed, numerals)

    def unclear_fractions(self, _typed: Sequence[str], _numerals: Numerals) -> dict[int, Decimal]:
        """Return the numbers of a column, by place, that may be fractions as well as percentages.

        All of those without a sign if none is above 1; else those below 1.
        """
        return {}

    def remark(self, typed: str, numerals: Numerals) -> Remark | None:
        """Return how a text was read that is another number in the other habit, such as 25.000; None for most."""
        try:
            reading = numerals.reading(typed, self.kind)
        except UnreadableNumber:
            return None
        if reading.other is None:
            return None
        value, other = (self._in_unit(number) for number in (reading.value, reading.other))
        if not self._is_within_limits(other):
            return None
        return Remark(typed.strip(), self.offer(value, numerals), self.offer(other, numerals))

    def swapped(self, typed: str, numerals: Numerals) -> str | None:
        """Return what stands in the field if its column is written in the other habit; None where that is the same."""
        if remark := self.remark(typed, numerals):
            return str(remark.other.value)
        try:
            numerals.reading(typed, self.kind)
        except UnreadableNumber as error:
            if len(error.readings) == 1:
                return str(self.offer(self._in_unit(error.readings[0]), numerals).value)
        return None

    def read_alike(self, _typed: str, _reading: int, _numerals: Numerals) -> str | None:
        """Return what stands in the field if a text with two readings has that one, counted from 0; None for most."""
        return None

    def offer(self, value: Decimal, numerals: Numerals) -> Offer:
        """Return a value as something the reader may have meant."""
        text = self._written_out(value, numerals)
        words = numerals.in_words(value)
        label = catalogue(numerals.language).gettext(_("{count} ({values})")).format(count=text, values=words)
        return Offer(label if words else text, text)

    def write_text(self, value: Decimal | None, numerals: Numerals) -> str:
        return "" if value is None else self._write(value, numerals)

    def show(self, value: Decimal | None, numerals: Numerals) -> str:
        return NOTHING if value is None else self._show(value, numerals)

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        """Write a value with its unit and with every decimal it has."""
        return numerals.number(value, decimals_of(value))

    def step(self, _numerals: Numerals) -> Decimal:
        """Return the smallest difference between two values that people would type."""
        return Decimal(1) if self.is_whole else Decimal("0.1")

    def to_json(self, value: Decimal | None, _numerals: Numerals) -> int | float | None:
        return None if value is None else json_number(value)

    def to_link(self, value: Decimal | None) -> str:
        return "" if value is None else plain_number(value)

    def without_limits(self) -> "Number":
        """Return the field for any number of its unit: a goal may lie where no result can."""
        return replace(self, minimum=None, maximum=None, is_whole=False, is_optional=False)

    def example(self) -> Decimal:
        """Return a number that the field takes, for a sentence that shows how one is written."""
        value = self._EXAMPLE
        if self.maximum is not None:
            value = min(value, self.maximum)
        if self.minimum is not None:
            value = max(value, self.minimum)
        return value.to_integral_value() if self.is_whole else value

    def _write(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.in_field(value)

    def _written_out(self, value: Decimal, numerals: Numerals) -> str:
        """Write a value so that it reads back as itself wherever it stands."""
        return numerals.in_field(value)

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.number(value)

    def _in_unit(self, number: Decimal) -> Decimal:
        """Return the value of a number that was typed in the unit of the field."""
        return number

    def _read_typed(self, name: str, typed: str, numerals: Numerals) -> Decimal:
        return self._in_unit(self._reading(name, typed, numerals).value)

    def _reading(self, name: str, typed: str, numerals: Numerals) -> Reading:
        try:
            return numerals.reading(typed, self.kind)
        except UnreadableNumber as error:
            offers = [self.offer(self._in_unit(number), numerals) for number in error.readings]
            raise self._refusal(name, error, offers) from None

    def _refusal(self, name: str, error: UnreadableNumber, offers: list[Offer]) -> InvalidInput:
        if error.are_several:
            return InvalidInput(name, "several_values", typed=error.text).offering(*offers[:_MOST_OFFERS])
        if not offers:
            return InvalidInput(name, "not_a_number", typed=error.text, example=self)
        if len(offers) == 1:
            return InvalidInput(name, "wrong_marks", typed=error.text, suggestion=offers[0].label).offering(*offers)
        first, second, *_further = offers
        refusal = InvalidInput(name, "two_readings", typed=error.text, first=first.label, second=second.label)
        return refusal.offering(first, second)

    def _is_within_limits(self, value: Decimal) -> bool:
        try:
            self._within_limits("", value)
        except InvalidInput:
            return False
        return True

    def _within_limits(self, name: str, value: Decimal) -> Decimal:
        # First, because nothing else may be worked out with an exponent of any size.
        size = value.copy_abs()
        if size > GREATEST:
            least, most = self.minimum or -GREATEST, self.maximum or GREATEST
            if value < 0:
                raise InvalidInput(name, "too_small", minimum=self._limit(least))
            raise InvalidInput(name, "too_large", maximum=self._limit(most))
        if value and size < FINEST:
            raise InvalidInput(name, "too_precise")
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


class Score(Number):
    """How much of 100 has been reached; only a result."""

    __slots__ = ()

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.score(value)


class Money(Number):
    """An amount without a currency: the reader picks one for display, nothing is converted."""

    __slots__ = ()
    kind: ClassVar[str] = "money"

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.money(value)

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        is_payable = decimals_of(value) <= numerals.money_digits
        return numerals.money(value) if is_payable else numerals.exact(value)

    def step(self, numerals: Numerals) -> Decimal:
        return Decimal(1).scaleb(-numerals.money_digits)


class Count(Number):
    """A number of things; as an input always whole, as an output maybe an average."""

    __slots__ = ()
    kind: ClassVar[str] = "count"
    _EXAMPLE: ClassVar[Decimal] = Decimal(1234)


class Days(Number):
    """A length of time in calendar days."""

    __slots__ = ()
    kind: ClassVar[str] = "days"
    _EXAMPLE: ClassVar[Decimal] = Decimal(90)

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.days(value)

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.days(value, decimals_of(value))


class Months(Number):
    """A length of time in months."""

    __slots__ = ()
    kind: ClassVar[str] = "months"
    _EXAMPLE: ClassVar[Decimal] = Decimal(12)

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.months(value)

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.months(value, decimals_of(value))


class Multiple(Number):
    """How many times one amount is another; only a result."""

    __slots__ = ()
    kind: ClassVar[str] = "multiple"
    _EXAMPLE: ClassVar[Decimal] = Decimal("1.5")

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.multiple(value)


class Rate(Number):
    """A fraction between 0 and 1, typed and shown as a percentage."""

    __slots__ = ()
    kind: ClassVar[str] = "rate"
    _EXAMPLE: ClassVar[Decimal] = Decimal("0.25")

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

    def read_cell(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        return Number.read_text(self, name, typed, numerals)

    def read_text(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        value = self.read_cell(name, typed, numerals)
        # A whole 1 is 1 % where the sign stands beside the field; in a column it would be asked.
        for number in self.unclear_fractions([typed], numerals).values():
            if abs(number) != 1 or self._most_as_fraction > 1:
                raise self.fraction_refusal(name, typed, number, numerals)
        return value

    def unclear_fractions(self, typed: Sequence[str], numerals: Numerals) -> dict[int, Decimal]:
        bare = {}
        for place, text in enumerate(typed):
            try:
                reading = numerals.reading(text, self.kind)
            except UnreadableNumber:
                continue
            if reading.value and not reading.is_share:
                bare[place] = reading.value
        if all(abs(value) <= self._most_as_fraction for value in bare.values()):
            return bare
        return {place: value for place, value in bare.items() if abs(value) < 1}

    def _reading(self, name: str, typed: str, numerals: Numerals) -> Reading:
        try:
            return Number._reading(self, name, typed, numerals)
        except InvalidInput as refusal:
            # With the other language's marks, too, 0.3 may be 30 %.
            if refusal.code == "wrong_marks" and "%" not in typed:
                value = numerals.reading(str(refusal.offers[0].value), self.kind).value
                if 0 < abs(value) < 1:
                    raise self.fraction_refusal(name, typed, value, numerals) from None
            raise

    def fraction_refusal(self, name: str, typed: str, number: Decimal, numerals: Numerals) -> InvalidInput:
        """Return the question whether a number is a percentage or a fraction: 0.25 % or 25 %."""
        offers = [self.offer(value, numerals) for value in (number, number.scaleb(-2))]
        first, second = (offer.label for offer in offers)
        return InvalidInput(name, "fraction", typed=typed.strip(), first=first, second=second).offering(*offers)

    @property
    def _most_as_fraction(self) -> Decimal:
        """The largest number that, without a percent sign, may be meant as a fraction."""
        return Decimal(1) if self.maximum is None else max(Decimal(1), self.maximum)

    def _in_unit(self, number: Decimal) -> Decimal:
        return number.scaleb(-2)

    def _write(self, value: Decimal, numerals: Numerals) -> str:
        # What would be asked about carries its sign.
        is_clear = not value or abs(value.scaleb(2)) > self._most_as_fraction
        return numerals.in_field(value.scaleb(2)) if is_clear else numerals.percentage_in_field(value)

    def _written_out(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.percentage_in_field(value)

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.percent(value)

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.percent(value, decimals_of(value.scaleb(2)))

    def step(self, _numerals: Numerals) -> Decimal:
        return _STEP_OF_RATES


class RateDifference(Rate):
    """How far one rate lies from another, shown in percentage points: a share of a share would be misread."""

    __slots__ = ()

    def _show(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.points(value)

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        return numerals.points(value, decimals_of(value.scaleb(2)))


def _number(kind: type[Number], label: str, default: str | None, **options: Any) -> Any:
    """Declare a number; an optional one without a default is empty."""
    field = kind(label=label, **options)
    if default is None:
        return declare(field, None if field.is_optional else MISSING)
    return declare(field, Decimal(default))


def money(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare an amount: an input from 0 upwards, or an output."""
    return _number(Money, label, default, **{"minimum": Decimal(0), "maximum": LARGEST_AMOUNT, **options})


def count(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a number of things: a whole input from 0 upwards, or an output."""
    limits = {"is_whole": True, "minimum": Decimal(0), "maximum": _LARGEST_COUNT}
    return _number(Count, label, default, **{**limits, **options})


def number(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a number without a unit, such as a weight or a score; an input from 0 upwards."""
    return _number(Number, label, default, **{"minimum": Decimal(0), "maximum": _LARGEST_COUNT, **options})


def score(label: str, **options: Any) -> Any:
    """Declare a result from 0 to 100."""
    return _number(Score, label, None, **{"minimum": Decimal(0), "maximum": _LARGEST_COUNT, **options})


def threshold(label: str, *, default: str, **options: Any) -> Any:
    """Declare from where on a score is judged otherwise: an input from 0 to 100 that the reader may move."""
    return number(label, default=default, **{"maximum": Decimal(100), "is_threshold": True, **options})


def refuse_falling_thresholds(inputs: Any, *names: str) -> None:
    """Raise InvalidInput for a threshold that lies above the next one; `names` go from the lowest to the highest."""
    record: type = type(inputs)
    fields = fields_of(record)
    for lower, upper in pairwise(names):
        limit = getattr(inputs, upper)
        if getattr(inputs, lower) > limit:
            raise InvalidInput(lower, "above_next_threshold", maximum=(fields[lower], limit))


def days(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a length of time in calendar days."""
    return _number(Days, label, default, **{"minimum": Decimal(0), "maximum": LONGEST_TIME, **options})


def months(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a length of time in months, of one month at least where it is an input."""
    return _number(Months, label, default, **{"minimum": Decimal(1), "maximum": Decimal(1200), **options})


def multiple(label: str, **options: Any) -> Any:
    """Declare how many times one amount is another."""
    return _number(Multiple, label, options.pop("default", None), **options)


def rate(label: str, *, default: str | None = None, **options: Any) -> Any:
    """Declare a fraction between 0 and 1."""
    return _number(Rate, label, default, **{"minimum": Decimal(0), "maximum": Decimal(1), **options})


def rate_difference(label: str, **options: Any) -> Any:
    """Declare the difference of two rates, from -1 to 1; only a result."""
    return _number(RateDifference, label, None, **{"minimum": Decimal(-1), "maximum": Decimal(1), **options})
