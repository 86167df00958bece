"""A cell of a workbook's sheet, and how the values of a field become cells.

What all values below each other have in common (how numbers look, what may be entered) is worked out once for all of
them, so that a long column takes time with the number of its rows, and not with its square.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from calculators.core.declaring.choices import Choice, Flag, Rating
from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.outcome import Undefined
from calculators.core.declaring.records import Field
from calculators.core.declaring.tables import one_line
from calculators.core.numbers.numerals import Numerals
from calculators.core.taking_along.cell_formats import format_code

type Value = Decimal | str | bool | None


class Style(Enum):
    """What a cell is, which is how it looks."""

    TITLE = "title"
    REMARK = "remark"
    HEADING = "heading"
    LABEL = "label"
    HEAD = "head"
    NUMBER_HEAD = "number head"
    INPUT = "input"
    RESULT = "result"
    SENTENCE = "sentence"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; with a formula, the value is what it gives for these inputs.

    `shown` is its text for people, by which columns get their widths: of numbers below each other, only the longest
    have one. `options` is what may be picked, `limits` between what a number must lie. A wide cell reaches over all
    columns to its right.
    """

    row: int
    column: int
    value: Value
    style: Style
    shown: str
    formula: str | None = None
    format: str = ""
    options: tuple[Value, ...] = ()
    limits: tuple[Decimal, Decimal, bool] | None = None
    is_wide: bool = False


class Column:
    """Writes the values of one field that stand below each other, `values`, as numbers, truths or texts."""

    def __init__(self, declared: Field, values: Iterable[Any], style: Style, numerals: Numerals) -> None:
        self._declared = declared
        self._numerals = numerals
        self._is_input = style is Style.INPUT
        self._written: dict[Any, tuple[Value, str]] = {}
        self.format = ""
        self.options: tuple[Value, ...] = ()
        self.limits: tuple[Decimal, Decimal, bool] | None = None
        if isinstance(declared, Number):
            numbers = [value for value in values if isinstance(value, Decimal)]
            self.format = format_code(declared, numbers, numerals, is_input=self._is_input)
            self._longest = _longest(numbers)
            if self._is_input and declared.minimum is not None and declared.maximum is not None:
                self.limits = (declared.minimum, declared.maximum, declared.is_whole)
        elif isinstance(declared, Flag):
            # Excel shows a truth as it does in every cell, LibreOffice with these words.
            yes, no = (declared.show(answer, numerals) for answer in (True, False))
            self.format = f'"{yes}";"{yes}";"{no}"'
        if self._is_input:
            self.options = self._options()

    def write(self, value: Any) -> tuple[Value, str]:
        """Return what is written for a value, and its text for people."""
        if isinstance(self._declared, Number):
            if isinstance(value, Decimal):
                return value, self._declared.show(value, self._numerals) if value in self._longest else ""
            # An empty input stays empty, so that a number can be entered.
            return (None if self._is_input else NOTHING), NOTHING
        if isinstance(value, Undefined):
            return NOTHING, NOTHING
        if value is None and isinstance(self._declared, Choice):
            return None, ""  # an empty table's one row is blank
        if value not in self._written:
            shown = one_line(self._declared.show(value, self._numerals))
            self._written[value] = self._as_written(value, shown), shown
        return self._written[value]

    def _as_written(self, value: Any, shown: str) -> Value:
        if isinstance(self._declared, Flag):
            return None if value is None else bool(value)  # an empty table's one row is blank
        if isinstance(self._declared, Rating):
            return shown if value is None else Decimal(value)
        if self._is_input and not isinstance(self._declared, Choice):
            return self._declared.write_text(value, self._numerals) or None
        return shown

    def _options(self) -> tuple[Value, ...]:
        """Return what may be picked; nothing where any number or text may be entered."""
        declared, numerals = self._declared, self._numerals
        if isinstance(declared, Flag):
            return (True, False)
        if isinstance(declared, Rating):
            unknown = (declared.show(None, numerals),) if declared.may_be_unknown else ()
            return (*map(Decimal, range(4)), *unknown)
        if isinstance(declared, Choice):
            return tuple(declared.show(key, numerals) for key in declared.options)
        return ()


def _longest(numbers: list[Decimal]) -> set[Decimal]:
    """Return the numbers one of which is the longest when written: the largest, the smallest, and the tiniest."""
    if not numbers:
        return set()
    tiniest = min((number for number in numbers if number), key=abs, default=numbers[0])
    return {max(numbers), min(numbers), tiniest}
