"""Run a calculator on values or on what a reader typed, and put the result into words."""

import decimal
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs, Note, Offer, Remark, Undefined
from calculators.core.declaring.outside import isolated
from calculators.core.declaring.records import Field, fields_of
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table, show_cell
from calculators.core.numbers.currencies import CURRENCIES
from calculators.core.numbers.numerals import Numerals, numerals
from calculators.core.running.calculator import Calculator, find
from calculators.core.running.sentences import error_text, fill, named
from calculators.core.running.typed import as_typed
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _

# Set for every run, so that a program which changed its own context gets the same figures.
_ARITHMETIC = decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN, traps=decimal.DefaultContext.traps)
# Of a long table, the first rows show how every row is worked out.
_MOST_ROWS_WORKED = 12
_MOST_STRANGE_NAMES = 5
# Languages without spaces put the next sentence right behind.
_FURTHER = _("{sentence} {further}")


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
    def shown_fields(self) -> dict[str, Field]:
        """The fields of the results, without those of an option that is off (`shown_if`)."""
        return {
            name: field
            for name, field in self.calculator.result_fields.items()
            if not (option := getattr(field, "shown_if", None)) or getattr(self.inputs, option)
        }

    @property
    def notes(self) -> list[Note]:
        """Why outputs are missing, in the order of the outputs, then the cautions.

        What is missing because its option is off needs no reason.
        """
        missing = []
        for name, field in self.shown_fields.items():
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

    @cached_property
    def headline(self) -> str:
        """The answer to the calculator's question in a sentence, with the reader's numbers; or why there is none."""
        answer = self.calculator.answer(self)
        if isinstance(answer, Undefined):
            return self.note_text(Note(answer.code, self.calculator.headline))
        first, *further = (
            fill(self.gettext(self.calculator.answers[code]), self._numbers, self.numerals)
            for code in ((answer,) if isinstance(answer, str) else answer)
        )
        for sentence in further:
            first = fill(self.gettext(_FURTHER), {"sentence": first, "further": sentence}, self.numerals)
        return first

    def shown(self, name: str) -> str:
        """Return an input or output as a sentence has it: two that differ may read the same."""
        return self._numbers[name]

    def reads_as_zero(self, name: str) -> bool:
        """Whether an input or output is zero as it is shown: less than the smallest coin is."""
        fields = self.calculator.input_fields | self.calculator.output_fields
        return self.shown(name) == isolated(fields[name].show(Decimal(0), self.numerals))

    def is_hardly_anything(self, name: str) -> bool:
        """Whether an input or output reads as zero and is not: no sentence says that it is nothing."""
        return bool(self._given(name)) and self.reads_as_zero(name)

    def working(self, name: str) -> str:
        """Return the formula of an output with the reader's own numbers; a table's column has a line for each row.

        A formula with a number that does not exist would be no sentence: it is empty, as is such a row's line.
        """
        template = self.gettext(self.calculator.working[name])
        table, dot, column = name.partition(".")
        if dot:
            return "\n".join(self._working_rows(template, table, column))
        return fill(template, self._numbers, self.numerals) if self._has_all(template) else ""

    def _working_rows(self, template: str, table: str, column: str) -> Iterator[str]:
        fields = self.calculator.output_fields
        row_fields = fields_of(fields[table].row)  # type: ignore[attr-defined]  # only tables have columns
        title = next(iter(row_fields))
        rows = self._value(table) or ()
        if not self._has_all(template):
            return
        in_formula = [name.removeprefix("row.") for name in named(template) if name.startswith("row.")]
        for position, row in enumerate(rows[:_MOST_ROWS_WORKED], start=1):
            if any(_is_missing(getattr(row, name)) for name in (column, *in_formula)):
                continue
            cells = {
                name: isolated(show_cell(field, getattr(row, name), self.numerals))
                for name, field in row_fields.items()
            }
            names = ChainMap({f"row.{name}": cell for name, cell in cells.items()}, self._numbers)
            # A row without a name is called by its place.
            called = cells[title] if getattr(row, title) != "" else self.numerals.exact(Decimal(position))
            yield f"{called}: {fill(template, names, self.numerals)} = {cells[column]}"

    def _has_all(self, template: str) -> bool:
        """Whether every input and output that a formula names has a value; those of a row are seen to row by row."""
        return not any(_is_missing(self._given(name)) for name in named(template) if not name.startswith("row."))

    def _given(self, name: str) -> Any:
        return getattr(self.figures if name in self.calculator.output_fields else self.inputs, name)

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


def _is_missing(value: Any) -> bool:
    return value is None or value == () or isinstance(value, Undefined)


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
        self[name] = isolated(text)
        return self[name]


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
    series. Raises InvalidInputs naming every input that was refused; whatever else is raised on the way is its
    cause, but for MemoryError, which goes on as it is.
    """
    calculator = _find(calculator_id)
    return _run(calculator, inputs or {}, language, currency, lambda field, name, raw: field.read_value(name, raw))


def run_text(calculator_id: str, inputs: Mapping[str, Any], language: str, currency: str = "") -> Result:
    """Run a calculator on what a reader typed in the number format of a language.

    Raises InvalidInputs naming every input that was refused.
    """
    calculator = _find(calculator_id)
    # An unknown one is refused below.
    numbers = numerals(language, currency if currency in CURRENCIES else "")
    return _run(calculator, inputs, language, currency, lambda field, name, raw: field.read_text(name, raw, numbers))


def run_typed(calculator_id: str, inputs: Mapping[str, Any], language: str, currency: str = "") -> Result:
    """Run a calculator on texts that somebody typed, and on other values of a JSON file, which mean what they say.

    Raises InvalidInputs naming every input that was refused.
    """
    numbers = numerals(language, currency)

    def read(field: Any, name: str, raw: Any) -> Any:
        return field.read_text(name, as_typed(field, name, raw, numbers), numbers)

    return _run(_find(calculator_id), inputs, language, currency, read)


def error_json(error: InvalidInput, language: str, currency: str = "") -> dict[str, Any]:
    """Return a refusal with its sentence and its place, as the command line prints it and the page shows it."""
    text = error_text(error, catalogue(language).gettext, numerals(language, currency))
    place: dict[str, Any] = {}
    if error.cell is not None:
        place = {"row": error.cell.row, "column": error.cell.column}
    choices = {"choices": [offer_json(offer) for offer in error.offers]} if error.offers else {}
    return {"input": error.input, "code": error.code, "text": text} | place | choices


def remarks_json(
    calculator: Calculator, inputs: Mapping[str, Any], language: str, currency: str
) -> list[dict[str, Any]]:
    """Return how typed inputs were read that are other numbers in the other habit (25.000), each with both readings."""
    numbers = numerals(language, currency)
    sentence = catalogue(language).gettext(_("“{typed}” is read as {read}. Or do you mean {other}?"))

    def entry(name: str, remark: Remark, **place: str) -> dict[str, Any]:
        names = {"typed": remark.typed, "read": remark.read.label, "other": remark.other.label}
        choices = [offer_json(offer) for offer in (remark.read, remark.other)]
        return {"input": name, "text": fill(sentence, names, numbers), "choices": choices} | place

    found = []
    for name, typed in inputs.items():
        field = calculator.input_fields[name]
        if isinstance(field, Table):
            found += [entry(name, remark, column=column) for column, remark in field.remarks(typed, numbers).items()]
        elif isinstance(field, Number | Series) and (remark := field.remark(typed, numbers)):
            found.append(entry(name, remark))
    return found


def offer_json(offer: Offer) -> dict[str, Any]:
    """Return something that an input may mean, as the page shows it and puts it into the field."""
    return {"label": offer.label, "value": offer.value}


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
    unforeseen: Exception | None = None
    # The reader of a refusal needs no list of a hundred thousand strange names.
    for name in sorted(given.keys() - fields.keys(), key=str)[:_MOST_STRANGE_NAMES]:
        errors.append(InvalidInput(name, "unknown_input", typed=name, names=", ".join(fields)))
    if currency and currency not in CURRENCIES:
        errors.append(InvalidInput("currency", "unknown_currency", typed=currency))
    for name, field in fields.items():
        if name in given:
            try:
                values[name] = read(field, name, given[name])
            except InvalidInput as error:
                errors.append(error)
            except MemoryError:
                raise  # the device gives no more: that says nothing about the input
            except Exception as error:
                unforeseen = error
                errors.append(InvalidInput(name, "not_computable"))
    if errors:
        raise InvalidInputs(errors) from unforeseen
    inputs = calculator.inputs(**values)
    try:
        figures = _compute(calculator, inputs)
    except InvalidInput as error:
        raise InvalidInputs([_as_typed_in(error, calculator, given, inputs)]) from None
    except MemoryError:
        raise
    except Exception as error:
        name = culprit(values, calculator.defaults, lambda changed: _compute(calculator, calculator.inputs(**changed)))
        raise InvalidInputs([InvalidInput(name, "not_computable")]) from error
    return Result(
        calculator=calculator,
        inputs=inputs,
        figures=figures,
        numerals=numerals(language, currency),
        gettext=catalogue(language).gettext,
    )


def _as_typed_in(error: InvalidInput, calculator: Calculator, given: Mapping[str, Any], inputs: Any) -> InvalidInput:
    """Return a refusal of the arithmetic, which knows filled rows only, with the row where the reader typed it."""
    field, typed, cell = calculator.input_fields[error.input], given.get(error.input), error.cell
    if isinstance(field, Table) and isinstance(typed, list) and cell is not None and cell.row is not None:
        filled = [place for place, row in enumerate(typed, start=1) if not field.is_empty(row)]
        if len(filled) == len(getattr(inputs, error.input)):
            return error.in_cell(filled[cell.row - 1], cell.column, cell.label)
    return error


def culprit(values: Mapping[str, Any], defaults: Mapping[str, Any], compute: Callable[[dict[str, Any]], object]) -> str:
    """Return the input without which `compute` goes through: at its default, all others as they are.

    Return "" where no single one is to blame.
    """
    for name, value in values.items():
        if value != defaults[name]:
            try:
                compute({**values, name: defaults[name]})
            except Exception:  # noqa: S112 - what is raised now has been told, or will be
                continue
            return name
    return ""


def compute_with(calculator: Calculator, inputs: Any, changes: Mapping[str, Any]) -> Any:
    """Return the outputs for other values of some inputs, or None where these refuse to be computed with."""
    try:
        return _compute(calculator, replace(inputs, **changes))
    except (InvalidInput, ArithmeticError):
        return None


def _compute(calculator: Calculator, inputs: Any) -> Any:
    with decimal.localcontext(_ARITHMETIC):
        return calculator.compute(inputs)
