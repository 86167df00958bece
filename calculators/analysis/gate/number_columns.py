"""A column of numbers: one decimal mark for all its rows, decided over all of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import compress
from math import gcd
from operator import mul, not_

from calculators.analysis.gate.number_shapes import NumberText, simple_mark, whole_numbers

_ONE = Decimal(1)
_HUNDRED = Decimal(100)


@dataclass(slots=True)
class Span:
    """The smallest and the largest of some numbers, and the sum of all."""

    smallest: Decimal | None = None
    largest: Decimal | None = None
    total: Decimal = Decimal(0)

    def add(self, value: Decimal, rows: int) -> None:
        """Take in a value of some rows."""
        if self.smallest is None or value < self.smallest:
            self.smallest = value
        if self.largest is None or value > self.largest:
            self.largest = value
        self.total += value if rows == 1 else value * rows

    def with_also(self, other: "Span") -> "Span":
        """Return the span of two."""
        ends = [end for end in (self.smallest, self.largest, other.smallest, other.largest) if end is not None]
        return Span(min(ends, default=None), max(ends, default=None), self.total + other.total)


@dataclass(slots=True)
class NumberEvidence:
    """What the texts of a column say about its marks, with the number of rows of each.

    `marks` counts rows that show their decimal mark for certain, `either` those in which a mark could be decimal or of
    thousands (`ambiguous` has one of each mark); `currencies` counts the rows that name each currency.
    """

    marks: Counter[str] = field(default_factory=Counter)
    either: int = 0
    # A text for each mark that could be decimal or of thousands.
    ambiguous: dict[str, str] = field(default_factory=dict)
    percents: int = 0
    rows: int = 0
    currencies: Counter[str] = field(default_factory=Counter)
    largest: Decimal = Decimal(0)
    are_whole: bool = True
    unread: int = 0
    # With the dot and with the comma as the decimal mark: most decimals, and most places before them. A number that
    # has neither counts under the dot.
    digits: dict[str, int] = field(default_factory=lambda: {".": 0, ",": 0})
    places: dict[str, int] = field(default_factory=lambda: {".": 1, ",": 1})
    # Of the numbers that are the same with both marks, and of the others with each.
    spans: dict[str, Span] = field(default_factory=lambda: {"both": Span(), ".": Span(), ",": Span()})

    def span(self, mark: str | None) -> "Span":
        """Return between which values the numbers lie with a decimal mark, and their sum."""
        if mark not in {".", ","}:
            mark = "."
        return self.spans["both"].with_also(self.spans[mark])

    @property
    def mark(self) -> str:
        """The decimal mark that the column's own texts show, the more usual one if there are two; "" if none does."""
        return max(self.marks, key=self.marks.__getitem__) if self.marks else ""

    @property
    def is_open(self) -> bool:
        """Whether a mark could be decimal or of thousands and the column's texts do not say which."""
        return bool(self.either) and not self.marks

    def add(self, text: str, number: NumberText | None, rows: int) -> None:
        """Take a text of some rows into account, with what it was read as (None for no number)."""
        if number is None:
            self.unread += rows
            return
        self.rows += rows
        if number.is_ambiguous:
            self.either += rows
            self.ambiguous.setdefault(next(mark for mark in ",." if mark in text), text)
        elif number.mark:
            self.marks[number.mark] += rows
        if number.is_percent:
            self.percents += rows
        if number.currency:
            self.currencies[number.currency] += rows
        if number.dot is not None:
            self._measure(".", number.dot, number.decimals)
            spans = self.spans["both" if number.dot is number.comma else "."]
            spans.add(number.dot, rows)
        if number.comma is not None and number.comma is not number.dot:
            self._measure(",", number.comma, number.decimals)
            self.spans[","].add(number.comma, rows)

    def add_many(self, texts: Sequence[str], rows: Sequence[int], read: Callable[[str], NumberText | None]) -> None:
        """Take many texts into account, as `add` does one by one; `read` is what reads those that are not simple."""
        mark = simple_mark(texts)
        if mark is None:
            for text, count in zip(texts, rows, strict=True):
                self.add(text, read(text), count)
            return
        if not mark:
            self._add_simple("", texts, rows)
            return
        has_mark = [mark in text for text in texts]
        self._add_simple(mark, list(compress(texts, has_mark)), list(compress(rows, has_mark)))
        if not all(has_mark):
            plain = list(map(not_, has_mark))
            self._add_simple("", list(compress(texts, plain)), list(compress(rows, plain)))

    def _add_simple(self, mark: str, texts: Sequence[str], rows: Sequence[int]) -> None:
        """Take in texts that all have the decimal mark, or all have none."""
        if not texts:
            return
        count = sum(rows)
        self.rows += count
        if mark:
            self.marks[mark] += count
        parts, digits = whole_numbers(texts, mark)
        total = sum(parts if count == len(texts) else map(mul, parts, rows))
        smallest, largest, total = (Decimal(each).scaleb(-digits) for each in (min(parts), max(parts), total))
        # Without the zeros at the end that all of them have.
        common = gcd(*parts)
        decimals = next((less for less in range(digits) if common % 10 ** (digits - less) == 0), digits)
        for value in (smallest, largest):
            self._measure(mark or ".", value, decimals)
        name = mark or "both"
        self.spans[name] = self.spans[name].with_also(Span(smallest, largest, total))

    def _measure(self, mark: str, value: Decimal, decimals: int) -> None:
        """Take a value into account, as it is with a decimal mark."""
        size = abs(value)
        if size > self.largest:
            self.largest = size
        if decimals < 0:
            decimals = -int(value.normalize().as_tuple().exponent)
        if decimals > 0:
            self.are_whole = False
            if decimals > self.digits[mark]:
                self.digits[mark] = decimals
        places = size.adjusted() + 1
        if places > self.places[mark]:
            self.places[mark] = places

    @property
    def may_be_unread(self) -> bool:
        """Whether some texts are no numbers, or show another decimal mark than others."""
        return bool(self.unread) or len(self.marks) > 1


def rate_divisor(evidence: NumberEvidence, *, says_percent: bool) -> Decimal:
    """Return by what the numbers of a column of probabilities are divided: 100, or 1 where they are fractions.

    A column of zeros and ones alone is one of fractions unless its header has a percent sign.
    """
    if evidence.percents or says_percent or evidence.largest > _ONE:
        return _HUNDRED
    return _ONE
