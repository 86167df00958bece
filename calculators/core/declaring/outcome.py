"""What a calculator can answer besides a number: no figure with its reason, a caution, a refusal."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.core.declaring.outside import excerpt


@dataclass(frozen=True, slots=True)
class Undefined:
    """A result that has no meaning for these inputs, such as an average of no deals.

    `code` names the sentence in the calculator's `NOTES` that tells why.
    """

    code: str


Figure = Decimal | Undefined
# How a calculator's question is answered: by one sentence of its `ANSWERS`, by several that follow each other, or by
# the reason why there is no answer.
type Answer = str | tuple[str, ...] | Undefined


@dataclass(frozen=True, slots=True)
class Note:
    """A caution about one output; `code` names its sentence in the calculator's `NOTES`."""

    code: str
    output: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the things a refused input may mean: as people read it, and as it would stand in the field instead."""

    label: str
    value: Any


class InvalidInput(Exception):  # noqa: N818 - the name says what happened to a reader, not to a programmer
    """An input that cannot be computed with.

    `code` names the sentence in `calculators.core.running.sentences.ERRORS`; `values`
    fill its placeholders (numbers are formatted for the reader's language).
    `offers` are what the reader may have meant, each one click away.
    fill its placeholders (numbers are formatted for the reader's language). Of `typed`, and of a name that is none
    of ours, only the beginning is kept: it may be twenty megabytes.
    """

    def __init__(self, input_name: str, code: str, **values: Any) -> None:
        if "typed" in values:
            values["typed"] = excerpt(values["typed"])
        super().__init__(input_name, code, values)
        self.input = excerpt(input_name)
        self.code = code
        self.values = values
        self.cell: Cell | None = None
        self.offers: tuple[Offer, ...] = ()

    def offering(self, *offers: Offer) -> "InvalidInput":
        """Return the refusal with what the input may mean."""
        self.offers = offers
        return self

    def in_cell(self, row: int | None, column: str, label: str) -> "InvalidInput":
        """Return the refusal with its place in a table; rows count from 1."""
        self.cell = Cell(row, column, label)
        return self


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table of inputs: row from 1 (None: the whole column), name of the column, its label (a message)."""

    row: int | None
    column: str
    label: str


@dataclass(frozen=True, slots=True)
class Remark:
    """How an input was read that somebody else would read otherwise; `read` and `other` are both one click away."""

    typed: str
    read: Offer
    other: Offer


class InvalidInputs(Exception):  # noqa: N818 - see InvalidInput
    """Every input that was refused, in the order of the form."""

    def __init__(self, errors: list[InvalidInput]) -> None:
        super().__init__(errors)
        self.errors = errors
