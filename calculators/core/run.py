"""Run a calculator on values or on what a reader typed, and put the result into words."""

import decimal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from calculators.core.calculator import Calculator, find
from calculators.core.catalogue import catalogue
from calculators.core.numerals import Numerals, numerals
from calculators.core.outcome import InvalidInput, InvalidInputs, Note, Undefined
from calculators.core.sentences import error_text, fill

# Set for every run, so that a program which changed its own context gets the same figures.
_ARITHMETIC = decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN, traps=decimal.DefaultContext.traps)


@dataclass(frozen=True, slots=True, kw_only=True)
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
        missing = [
            Note(figure.code, name)
            for name in self.calculator.result_fields
            if isinstance(figure := getattr(self.figures, name), Undefined)
        ]
        return [*missing, *self.figures.notes]

    def text(self, name: str) -> str | None:
        """Return an output as people read it, or None where it has no meaning."""
        value = self._value(name)
        return None if value is None else self.calculator.output_fields[name].show(value, self.numerals)

    def note_text(self, note: Note) -> str:
        """Return the sentence of a note."""
        return fill(self.gettext(self.calculator.notes[note.code]), self._numbers(), self.numerals)

    def working(self, name: str) -> str:
        """Return the formula of an output with the reader's own numbers."""
        return fill(self.gettext(self.calculator.working[name]), self._numbers(), self.numerals)

    def sample(self, name: str) -> str | None:
        """Return the number of cases behind an average or rate, as text, or None."""
        counted_by = self.calculator.output_fields[name].sample
        return None if counted_by is None else self._numbers()[counted_by]

    def to_json(self) -> dict[str, Any]:
        """Return the result with full-precision numbers, as the command line prints it."""
        fields = self.calculator.output_fields
        return {
            "calculator": self.calculator.id,
            "inputs": {
                name: field.to_json(getattr(self.inputs, name)) for name, field in self.calculator.input_fields.items()
            },
            "outputs": {
                name: None if value is None else fields[name].to_json(value) for name, value in self.outputs.items()
            },
            "notes": [{"code": note.code, "output": note.output, "text": self.note_text(note)} for note in self.notes],
        }

    def _value(self, name: str) -> Any:
        figure = getattr(self.figures, name)
        return None if isinstance(figure, Undefined) else figure

    def _numbers(self) -> dict[str, str]:
        """Every input and every output that has a value, as text."""
        inputs = {
            name: field.show(getattr(self.inputs, name), self.numerals)
            for name, field in self.calculator.input_fields.items()
        }
        outputs = {name: self.text(name) or "–" for name in self.calculator.output_fields}
        return inputs | outputs


def formula_in_words(calculator: Calculator, name: str, language: str) -> str:
    """Return the formula of an output with the names of inputs and outputs."""
    gettext = catalogue(language).gettext
    fields = calculator.input_fields | calculator.output_fields
    labels = {field_name: gettext(field.label) for field_name, field in fields.items()}
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


def run_text(calculator_id: str, inputs: Mapping[str, str], language: str, currency: str = "") -> Result:
    """Run a calculator on what a reader typed in the number format of a language.

    Raises InvalidInputs naming every input that was refused.
    """
    numbers = numerals(language, currency)
    calculator = _find(calculator_id)
    return _run(calculator, inputs, language, currency, lambda field, name, raw: field.read_text(name, raw, numbers))


def error_json(error: InvalidInput, language: str, currency: str = "") -> dict[str, str]:
    """Return a refusal with its sentence, as the command line prints it and the page shows it."""
    text = error_text(error, catalogue(language).gettext, numerals(language, currency))
    return {"input": error.input, "code": error.code, "text": text}


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
    with decimal.localcontext(_ARITHMETIC):
        try:
            figures = calculator.compute(inputs)
        except InvalidInput as error:
            raise InvalidInputs([error]) from None
    return Result(
        calculator=calculator,
        inputs=inputs,
        figures=figures,
        numerals=numerals(language, currency),
        gettext=catalogue(language).gettext,
    )
