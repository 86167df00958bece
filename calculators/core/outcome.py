"""What a calculator can answer besides a number: no figure with its reason, a caution, a refusal."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Undefined:
    """A result that has no meaning for these inputs, such as an average of no deals.

    `code` names the sentence in the calculator's `NOTES` that tells why.
    """

    code: str


Figure = Decimal | Undefined


@dataclass(frozen=True, slots=True)
class Note:
    """A caution about one output; `code` names its sentence in the calculator's `NOTES`."""

    code: str
    output: str


class InvalidInput(Exception):  # noqa: N818 - the name says what happened to a reader, not to a programmer
    """An input that cannot be computed with.

    `code` names the sentence in `calculators.core.sentences.ERRORS`; `values`
    fill its placeholders (numbers are formatted for the reader's language).
    """

    def __init__(self, input_name: str, code: str, **values: Any) -> None:
        super().__init__(input_name, code, values)
        self.input = input_name
        self.code = code
        self.values = values
        self.cell: Cell | None = None

    def in_cell(self, row: int, column: str, label: str) -> "InvalidInput":
        """Return the refusal with its place in a table; rows count from 1."""
        self.cell = Cell(row, column, label)
        return self


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table of inputs: row from 1, name of the column, its label (an English message)."""

    row: int
    column: str
    label: str


class InvalidInputs(Exception):  # noqa: N818 - see InvalidInput
    """Every input that was refused, in the order of the form."""

    def __init__(self, errors: list[InvalidInput]) -> None:
        super().__init__(errors)
        self.errors = errors
