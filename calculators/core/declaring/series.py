"""Lists of numbers as inputs: pasted from a column or typed, each number read as a single field would."""

import re
from collections.abc import Iterable
from dataclasses import MISSING, dataclass
from decimal import Decimal
from typing import Any, ClassVar

from calculators.core.declaring.fields import (
    LARGEST_AMOUNT,
    LONGEST_TIME,
    Count,
    Days,
    Money,
    Number,
    json_number,
    plain_number,
)
from calculators.core.declaring.outcome import InvalidInput, Offer, Remark
from calculators.core.declaring.outside import LONGEST_NUMBER
from calculators.core.declaring.records import declare
from calculators.core.numbers.lists import UnclearList, heading_of
from calculators.core.numbers.numerals import Numerals
from calculators.core.numbers.reading import UnreadableNumber
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _

# Compiled once: a snapshot keeps them, but not the cache of `re`.
_BETWEEN_PLAIN = re.compile(r"[,;\s]+")
_LONGEST_SERIES = 10_000
_MOST_SHOWN = 8
# Shorter ones with a comma are decimals, and nothing else, to anybody: 12,345.
_SHORTEST_TWO = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A list of numbers of one kind, typed or pasted one per line.

    How one text is cut into numbers: `calculators.core.numbers.lists`.
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
            # Each item and what separates it: a longer text holds too many whatever it says.
            if len(raw) > _LONGEST_SERIES * (LONGEST_NUMBER + 1):
                raise self._too_many(name)
            raw = [item for item in _BETWEEN_PLAIN.split(raw.strip("[] \n\t")) if item]
        if not isinstance(raw, list | tuple):
            raise InvalidInput(name, "not_a_series", typed=raw)
        return self._read_each(name, raw, lambda item: self.item.read_value(name, item))

    def read_text(self, name: str, typed: str, numerals: Numerals) -> tuple[Decimal, ...]:
        pieces = self._split(name, typed, numerals)
        try:
            return self._read_each(name, pieces, lambda item: self.item.read_text(name, item, numerals))
        except InvalidInput as error:
            raise error.offering(*self._in_list(error, pieces, numerals)) from None

    def remark(self, typed: str, numerals: Numerals) -> Remark | None:
        """Return how the first number was read that is another one, or two, in another habit."""
        pieces = self._split("", typed, numerals)
        others: dict[int, tuple[str, str]] = {}
        first: Remark | None = None
        for place, piece in enumerate(pieces):
            remark = self.item.remark(piece, numerals)
            if remark is None and len(piece) > _SHORTEST_TWO and (two := numerals.as_two_numbers(piece)):
                read = self.item.offer(numerals.read(piece, self.item.kind), numerals)
                remark = Remark(piece, read, Offer(self._label(two, numerals), _as_list(two)))
            if remark:
                first = first or remark
                others[place] = (str(remark.read.value), str(remark.other.value))
        if first is None:
            return None
        read_as, other = (
            _as_list(others[place][which] if place in others else piece for place, piece in enumerate(pieces))
            for which in (0, 1)
        )
        return Remark(first.typed, Offer(first.read.label, read_as), Offer(first.other.label, other))

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
            raise self._too_many(name)
        values = []
        for position, item in enumerate(items, start=1):
            try:
                values.append(read(item))
            except InvalidInput as error:
                place = {"typed": item, "position": position}
                refusal = InvalidInput(name, error.code + "_in_series", **{**error.values, **place})
                raise refusal.offering(*error.offers) from None
        return tuple(values)

    @staticmethod
    def _too_many(name: str) -> InvalidInput:
        return InvalidInput(name, "too_many", maximum=(Count(label=""), Decimal(_LONGEST_SERIES)))

    def _split(self, name: str, text: str, numerals: Numerals) -> list[str]:
        # Each number and what separates it: a longer text holds too many whatever it says.
        if len(text) > _LONGEST_SERIES * (LONGEST_NUMBER + 2):
            raise self._too_many(name)
        try:
            return numerals.split(text, self.item.kind, _LONGEST_SERIES)
        except UnclearList as error:
            offers = [
                Offer(self._label(pieces, numerals), _as_list(self._without_groups(pieces, numerals)))
                for pieces in error.readings
            ]
            if len(offers) == 1:
                refusal = InvalidInput(name, "wrong_marks", typed=error.text, suggestion=offers[0].label)
            else:
                first, second = (offer.label for offer in offers)
                refusal = InvalidInput(name, "two_readings", typed=error.text, first=first, second=second)
            raise refusal.offering(*offers) from None

    def _without_groups(self, pieces: list[str], numerals: Numerals) -> list[str]:
        """Return numbers without marks for groups, so that the list is not asked about again."""
        written = []
        for piece in pieces:
            try:
                written.append(numerals.exact_in_list(numerals.read(piece, self.item.kind)))
            except UnreadableNumber:
                written.append(piece)
        return written

    def _label(self, pieces: list[str], numerals: Numerals) -> str:
        """Say how many values a list would have, and which."""
        shown = pieces if len(pieces) <= _MOST_SHOWN else [*pieces[:3], "…", *pieces[-2:]]
        number = catalogue(numerals.language).ngettext("{number} value", "{number} values", len(pieces))
        counted = number.format(number=numerals.exact(Decimal(len(pieces))))
        return (
            catalogue(numerals.language)
            .gettext(_("{count} ({values})"))
            .format(count=counted, values=numerals.listing(shown))
        )

    def _in_list(self, error: InvalidInput, pieces: list[str], numerals: Numerals) -> list[Offer]:
        """Return what the refused value may be as the whole list would stand then."""
        place = int(error.values["position"]) - 1
        if error.code == "not_a_number_in_series" and place == 0 and (heading := heading_of(pieces)):
            label = catalogue(numerals.language).gettext(_("without “{heading}”")).format(heading=heading)
            return [Offer(label, _as_list(pieces[1:]))]
        chosen = [{place: offer.value} for offer in error.offers]
        if error.code == "wrong_marks_in_series":
            # Who writes one number with other marks writes all of them so.
            swapped = ((place, self.item.swapped(piece, numerals)) for place, piece in enumerate(pieces))
            chosen = [{place: text for place, text in swapped if text}]
        return [
            Offer(offer.label, _as_list(texts.get(place, piece) for place, piece in enumerate(pieces)))
            for offer, texts in zip(error.offers, chosen, strict=True)
        ]


def _as_list(pieces: Iterable[str]) -> str:
    return "\n".join(pieces)


def days_series(label: str, *, default: tuple[str, ...] | None = None, **options: Any) -> Any:
    """Declare a list of lengths of time in calendar days."""
    return _series(Days(label=label, minimum=Decimal(0), maximum=LONGEST_TIME), default, **options)


def money_series(label: str, *, default: tuple[str, ...] | None = None, **options: Any) -> Any:
    """Declare a list of amounts from 0 upwards."""
    return _series(Money(label=label, minimum=Decimal(0), maximum=LARGEST_AMOUNT), default, **options)


def _series(item: Number, default: tuple[str, ...] | None, **options: Any) -> Any:
    values = MISSING if default is None else tuple(Decimal(value) for value in default)
    return declare(Series(label=item.label, item=item, **options), values)
