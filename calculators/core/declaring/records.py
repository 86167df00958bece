"""How inputs, outputs and rows of tables are declared: a frozen dataclass whose fields know how to read and write."""

from dataclasses import MISSING, field, fields
from functools import cache
from typing import Any, ClassVar, Protocol

from calculators.core.numbers.numerals import Numerals

_KEY = "field"


class Field(Protocol):
    """What forms, results, links and messages need of an input, output or column, whatever its kind."""

    kind: ClassVar[str]

    @property
    def label(self) -> str:
        """What it is called (an English message)."""

    @property
    def hint(self) -> str:
        """What helps to fill it in (an English message)."""

    @property
    def sample(self) -> str | None:
        """The name of the number of cases that an average or a rate rests on."""

    @property
    def is_working(self) -> bool:
        """Whether it is a step of the calculation: shown in how it is worked out, not among the results."""

    @property
    def is_private(self) -> bool:
        """Whether it never goes into a link."""

    def read_value(self, name: str, raw: Any) -> Any:
        """Read a value given by a program, the command line or a link; raises InvalidInput."""

    def read_text(self, name: str, typed: Any, numerals: Numerals) -> Any:
        """Read what a reader typed; raises InvalidInput."""

    def write_text(self, value: Any, numerals: Numerals) -> Any:
        """Write a value as it stands in a form; reading it gives the value back."""

    def show(self, value: Any, numerals: Numerals) -> str:
        """Write a value for people, rounded and with its unit."""

    def to_json(self, value: Any, numerals: Numerals) -> Any:
        """Return the value with full precision as JSON has it."""

    def to_link(self, value: Any) -> str:
        """Write a value for a link; `read_value` gives it back."""


def declare(kind: Field, default: Any = MISSING) -> Any:
    """Declare a field of a record: one without a default is an output or a column."""
    if default is MISSING:
        return field(metadata={_KEY: kind})
    return field(default=default, metadata={_KEY: kind})


@cache
def fields_of(record: type) -> dict[str, Field]:
    """Return the fields of a record by name, in their order."""
    return {entry.name: entry.metadata[_KEY] for entry in fields(record) if _KEY in entry.metadata}


@cache
def defaults_of(record: type) -> dict[str, Any]:
    """Return the default value of every input of an `Inputs` class."""
    return {entry.name: entry.default for entry in fields(record) if _KEY in entry.metadata}
