"""Run a calculator on values or on what a reader typed, and put the result into words."""

import decimal
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from calculators.core.calculator import Calculator, find
from calculators.core.catalogue import catalogue
from calculators.core.fields import NOTHING
from calculators.core.numerals import Numerals, numerals
from calculators.core.outcome import InvalidInput, InvalidInputs, Note, Undefined
from calculators.core.records import fields_of
from calculators.core.sentences import error_text, fill
from calculators.core.tables import Table, show_cell

# Set for every run, so that a program which changed its own context gets the same figures.
_ARITHMETIC = decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN, traps=decimal.DefaultContext.traps)
# Of a long table, the first rows show how every row is worked out.
_MOST_ROWS_WORKED = 12


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a calculator answered, with the words to show it.

    `outputs` holds a Decimal, a tuple of them, or None where the result has no
    meaning; a note with the output's name then says why.
    """

    calculator: Calculator
    inputs: Any
    figures: Any
    numerals: Numerals
    gettext: Callable[[str], str]

    @property
    def outputs(self) -> dict[str, Any]:
        """Each result by name: Decimal, or None where it has no meaning."""
        return {name: self._value(name) for name in self.calculator.result_fields}

    @property
    def notes(self) -> list[Note]:
        """Why outputs are missing, in the order of the outputs, then the cautions."""
        missing = []
        for name, field in self.calculator.result_fields.items():
            figure = getattr(self.figures, name)
            if isinstance(figure, Undefined):
                missing.append(Note(figure.code, name))
            elif isinstance(field, Table):
                missing += [Note(code, name) for code in field.undefined_codes(figure)]
        return [*missing, *self.figures.notes]

    def text(self, name: str) -> str | None:
        """Return an output as people read it, or None where it has no meaning."""
        value = self._value(name)
        return None if value is None else self.calculator.output_fields[name].show(value, self.numerals)

    def note_text(self, note: Note) -> str:
        """Return the sentence of a note."""
        return fill(self.gettext(self.calculator.notes[note.code]), self._numbers, self.numerals)

    def working(self, name: str) -> str:
        """Return the formula of an output with the reader's own numbers; a table's column has a line for each row."""
        template = self.gettext(self.calculator.working[name])
        table, dot, column = name.partition(".")
        if not dot:
            return fill(template, self._numbers, self.numerals)
        return "\n".join(self._working_rows(template, table, column))

    def _working_rows(self, template: str, table: str, column: str) -> Iterator[str]:
        fields = self.calculator.output_fields
        row_fields = fields_of(fields[table].row)  # type: ignore[attr-defined]  # only tables have columns
        title = next(iter(row_fields))
        rows = self._value(table) or ()
        for row in rows[:_MOST_ROWS_WORKED]:
            if isinstance(getattr(row, column), Undefined):
                continue
            cells = {name: show_cell(field, getattr(row, name), self.numerals) for name, field in row_fields.items()}
            names = ChainMap({f"row.{name}": cell for name, cell in cells.items()}, self._numbers)
            yield f"{cells[title]}: {fill(template, names, self.numerals)} = {cells[column]}"

    def sample(self, name: str) -> str | None:
        """Return the number of cases behind an average or rate, as text, or None."""
        counted_by = self.calculator.output_fields[name].sample
        return None if counted_by is None else self._numbers[counted_by]

    def to_json(self) -> dict[str, Any]:
        """Return the result with full-precision numbers, as the command line prints it."""
        fields, numerals = self.calculator.output_fields, self.numerals
        return {
            "calculator": self.calculator.id,
            "inputs": {
                name: field.to_json(getattr(self.inputs, name), numerals)
                for name, field in self.calculator.input_fields.items()
            },
            "outputs": {
                name: None if value is None else fields[name].to_json(value, numerals)
                for name, value in self.outputs.items()
            },
            "notes": [{"code": note.code, "output": note.output, "text": self.note_text(note)} for note in self.notes],
        }

    def _value(self, name: str) -> Any:
        figure = getattr(self.figures, name)
        return None if isinstance(figure, Undefined) else figure

    @cached_property
    def _numbers(self) -> "_Numbers":
        return _Numbers(self)


class _Numbers(dict[str, str]):
    """Inputs and outputs by name as text, each written when it is first asked for: a long table often never is."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self._result = result

    def __missing__(self, name: str) -> str:
        result = self._result
        if name in result.calculator.output_fields:
            text = result.text(name) or NOTHING
        else:
            field = result.calculator.input_fields[name]
            text = field.show(getattr(result.inputs, name), result.numerals)
        self[name] = text
        return text


def formula_in_words(calculator: Calculator, name: str, language: str) -> str:
    """Return the formula of an output with the names of inputs and outputs."""
    gettext = catalogue(language).gettext
    fields = calculator.input_fields | calculator.output_fields
    labels = {field_name: gettext(field.label) for field_name, field in fields.items()}
    table = fields.get(name.partition(".")[0])
    if isinstance(table, Table):
        labels |= {f"row.{column}": gettext(field.label) for column, field in fields_of(table.row).items()}
    return fill(gettext(calculator.working[name]), labels, numerals(language))


def run(
    calculator_id: str, inputs: Mapping[str, Any] | None = None, language: str = "en", currency: str = ""
) -> Result:
    """Run a calculator on values; inputs left out take their default.

    Values are numbers or their text with a decimal point ("0.25"), lists for
    series. Raises InvalidInputs naming every input that was refused.
    """
    calculator = _find(calculator_id)
    return _run(calculator, inputs or {}, language, currency, lambda field, name, raw: field.read_value(name, raw))


def run_text(calculator_id: str, inputs: Mapping[str, Any], language: str, currency: str = "") -> Result:
    """Run a calculator on what a reader typed in the number format of a language.

    Raises InvalidInputs naming every input that was refused.
    """
    numbers = numerals(language, currency)
    calculator = _find(calculator_id)
    return _run(calculator, inputs, language, currency, lambda field, name, raw: field.read_text(name, raw, numbers))


def error_json(error: InvalidInput, language: str, currency: str = "") -> dict[str, Any]:
    """Return a refusal with its sentence and its place, as the command line prints it and the page shows it."""
    text = error_text(error, catalogue(language).gettext, numerals(language, currency))
    place = {} if error.cell is None else {"row": error.cell.row, "column": error.cell.column}
    return {"input": error.input, "code": error.code, "text": text} | place


def _find(calculator_id: str) -> Calculator:
    try:
        return find(calculator_id)
    except InvalidInput as error:
        raise InvalidInputs([error]) from None


def _run(
    calculator: Calculator,
    given: Mapping[str, Any],
    language: str,
    currency: str,
    read: Callable[[Any, str, Any], Any],
) -> Result:
    fields = calculator.input_fields
    values, errors = dict(calculator.defaults), []
    for name in given.keys() - fields.keys():
        errors.append(InvalidInput(name, "unknown_input", typed=name, names=", ".join(fields)))
    for name, field in fields.items():
        if name in given:
            try:
                values[name] = read(field, name, given[name])
            except InvalidInput as error:
                errors.append(error)
    if errors:
        raise InvalidInputs(errors)
    inputs = calculator.inputs(**values)
    try:
        figures = _compute(calculator, inputs)
    except InvalidInput as error:
        raise InvalidInputs([error]) from None
    return Result(
        calculator=calculator,
        inputs=inputs,
        figures=figures,
        numerals=numerals(language, currency),
        gettext=catalogue(language).gettext,
    )


def compute_with(calculator: Calculator, inputs: Any, changes: Mapping[str, Any]) -> Any:
    """Return the outputs for other values of some inputs, or None where these refuse to be computed with."""
    try:
        return _compute(calculator, replace(inputs, **changes))
    except InvalidInput:
        return None


def _compute(calculator: Calculator, inputs: Any) -> Any:
    with decimal.localcontext(_ARITHMETIC):
        return calculator.compute(inputs)
