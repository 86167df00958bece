"""The one sheet of a workbook: what stands in which cell, before any library writes it.

Column A holds labels, B the values; a table begins in column A. What one changes is an input, what follows is a
formula; what has none is a value, marked with an asterisk and explained below the results.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

from calculators.core.cell_formats import format_code
from calculators.core.cell_formulas import Formulas, Place, Places, referenced
from calculators.core.choices import Choice, Choices, Flag, Rating, Sentences, Text
from calculators.core.fields import NOTHING, Number, Series
from calculators.core.messages import _
from calculators.core.outcome import Undefined
from calculators.core.records import Field, fields_of
from calculators.core.run import Result
from calculators.core.tables import Table

_INPUTS = _("Your numbers")
_RESULTS = _("Result")
_STEPS = _("How it is worked out")
_CAUTIONS = _("What to watch out for")
_SOURCES = _("Sources")
_CHANGE = _("Change the tinted cells, and the results follow.")
_FIXED = _("* Worked out by the playbook for these numbers. It stays as it is when you change them here.")
_MARK = " *"

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

    `shown` is its text for people, `options` what may be picked, `limits` between what a number must lie. A wide cell
    reaches over all columns to its right.
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


@dataclass(slots=True)
class Sheet:
    """All cells, and where inputs, outputs and columns stand."""

    title: str
    cells: list[Cell] = field(default_factory=list)
    places: Places = field(default_factory=dict)
    columns: int = 2


def lay_out(result: Result, address: str = "") -> Sheet:
    """Return the sheet of a result; the address of the page comes last."""
    return _Writer(result).write(address)


class _Writer:
    """Writes downwards; places first, since a formula may refer to what stands further below."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._calculator = result.calculator
        self._sheet = Sheet(result.gettext(result.calculator.title))
        self._formulas = Formulas(self._calculator, self._sheet.places)
        self._asked_for = referenced(self._calculator)
        self._row = 0
        self._has_fixed = False

    def write(self, address: str) -> Sheet:
        """Write twice: when the places are known, every formula can be written."""
        self._write(address)
        self._sheet.cells.clear()
        self._row = 0
        self._write(address)
        return self._sheet

    def _write(self, address: str) -> None:
        calculator, result = self._calculator, self._result
        self._line(self._sheet.title, Style.TITLE)
        self._line(result.gettext(calculator.question), Style.SENTENCE)
        self._line(result.gettext(_CHANGE), Style.REMARK)
        self._heading(_INPUTS)
        for name, declared in calculator.input_fields.items():
            self._field(name, declared, getattr(result.inputs, name), Style.INPUT)
        self._heading(_RESULTS)
        self._outputs(calculator.result_fields)
        steps = {name: step for name, step in calculator.output_fields.items() if self._is_step(name, step)}
        if steps:
            self._heading(_STEPS)
            self._outputs(steps)
        if self._has_fixed:
            self._leave_a_row()
            self._line(result.gettext(_FIXED), Style.REMARK)
        cautions = dict.fromkeys(result.note_text(note) for note in result.notes)
        if cautions:
            self._has_fixed = True
            self._heading(_CAUTIONS, mark=_MARK)
            for caution in cautions:
                self._line(caution, Style.SENTENCE)
        if calculator.sources:
            self._heading(_SOURCES)
            for source in calculator.sources:
                self._line(source, Style.ADDRESS)
        if address:
            self._leave_a_row()
            self._line(address, Style.ADDRESS)

    def _is_step(self, name: str, declared: Field) -> bool:
        return declared.is_working and name in self._asked_for

    # --- lines -------------------------------------------------------------

    def _heading(self, message: str, mark: str = "") -> None:
        self._leave_a_row()
        self._line(self._result.gettext(message) + mark, Style.HEADING)

    def _leave_a_row(self) -> None:
        if self._sheet.cells[-1].row == self._row - 1:
            self._row += 1

    def _line(self, text: str, style: Style) -> None:
        self._cell(0, text, style, is_wide=True)
        self._row += 1

    def _cell(self, column: int, value: Value, style: Style, **further: Any) -> None:
        shown = further.pop("shown", value if isinstance(value, str) else "")
        self._sheet.cells.append(Cell(row=self._row, column=column, value=value, style=style, shown=shown, **further))

    def _label(self, declared: Field, *, is_fixed: bool = False) -> str:
        self._has_fixed |= is_fixed
        return self._result.gettext(declared.label) + (_MARK if is_fixed else "")

    # --- fields ------------------------------------------------------------

    def _outputs(self, declared: dict[str, Field]) -> None:
        for name, output in declared.items():
            value = getattr(self._result.figures, name)
            self._field(name, output, value, Style.RESULT)

    def _field(self, name: str, declared: Field, value: Any, style: Style) -> None:
        if isinstance(value, Undefined) and not isinstance(declared, Number | Choice | Text | Flag | Rating):
            # A table or list without meaning.
            self._cell(0, self._label(declared, is_fixed=True), Style.LABEL)
            self._cell(1, NOTHING, style)
            self._row += 1
        elif isinstance(declared, Table):
            self._table(name, declared, value, style)
        elif isinstance(declared, Choices) and style is Style.INPUT:
            self._ticks(name, declared, value)
        elif isinstance(declared, Series | Choices | Sentences):
            self._list(name, declared, value, style)
        else:
            self._sheet.places[name] = Place(self._row, 1)
            formula = self._formulas.of(name)
            is_fixed = style is Style.RESULT and formula is None
            self._cell(0, self._label(declared, is_fixed=is_fixed), Style.LABEL)
            is_text = isinstance(declared, Text | Choice) and formula is None
            self._value(1, declared, value, style, [value], formula=formula, is_wide=is_text)
            if isinstance(declared, Rating):
                self._level(declared, value)
            self._row += 1

    def _level(self, declared: Rating, value: Decimal | None) -> None:
        """Say beside a rating what its number means."""
        names = [self._result.gettext(name) for name in declared.names]
        listed = ",".join(f'"{name}"' for name in names)
        formula = f'IFERROR(CHOOSE({Place(self._row, 1).cell(0)}+1,{listed}),"")'
        self._cell(2, "" if value is None else names[int(value)], Style.REMARK, formula=formula)

    def _ticks(self, name: str, declared: Choices, value: Sequence[str]) -> None:
        """Write each option with TRUE or FALSE beside it."""
        self._cell(0, self._label(declared), Style.LABEL)
        self._row += 1
        self._sheet.places[name] = Place(self._row, 1, len(declared.options))
        for key, label in declared.options.items():
            self._cell(0, f"   {self._result.gettext(label)}", Style.LABEL)
            self._value(1, Flag(label=label), key in value, Style.INPUT, ())
            self._row += 1

    def _list(self, name: str, declared: Series | Choices | Sentences, value: Sequence[Any], style: Style) -> None:
        self._cell(0, self._label(declared, is_fixed=style is Style.RESULT), Style.LABEL)
        self._sheet.places[name] = Place(self._row, 1, len(value))
        if isinstance(declared, Series):
            for item in value or (None,):
                self._value(1, declared.item, item, style, value)
                self._row += 1
            return
        for text in declared.show_each(tuple(value), self._result.numerals) or [NOTHING]:
            self._cell(1, text, style, is_wide=True)
            self._row += 1

    def _table(self, name: str, declared: Table, rows: Sequence[Any], style: Style) -> None:
        columns = {
            column: cell
            for column, cell in fields_of(declared.row).items()
            if not cell.is_working or f"{name}.{column}" in self._asked_for
        }
        self._sheet.columns = max(self._sheet.columns, len(columns))
        self._cell(0, self._label(declared), Style.LABEL)
        self._row += 1
        for place, (column, cell) in enumerate(columns.items()):
            is_fixed = style is Style.RESULT and place > 0 and f"{name}.{column}" not in self._calculator.spreadsheet
            is_number = isinstance(cell, Number | Rating)
            self._cell(place, self._label(cell, is_fixed=is_fixed), Style.NUMBER_HEAD if is_number else Style.HEAD)
            self._sheet.places[f"{name}.{column}"] = Place(self._row + 1, place, len(rows))
        self._row += 1
        for position, row in enumerate(rows or (None,)):
            for place, (column, cell) in enumerate(columns.items()):
                below = [getattr(each, column) for each in rows]
                value = None if row is None else getattr(row, column)
                formula = None if row is None else self._formulas.of(f"{name}.{column}", position)
                self._value(place, cell, value, style, below, formula=formula)
            self._row += 1
        self._leave_a_row()

    def _value(
        self, column: int, declared: Field, value: Any, style: Style, below: Iterable[Any], **further: Any
    ) -> None:
        """Write one value as a number, a truth or a text, shown as its kind asks for."""
        numerals = self._result.numerals
        is_input = style is Style.INPUT
        shown = NOTHING if isinstance(value, Undefined) else declared.show(value, numerals)
        written: Value = shown
        if isinstance(declared, Number):
            numbers = [number for number in below if isinstance(number, Decimal)]
            further["format"] = format_code(declared, numbers, numerals, is_input=is_input)
            if is_input and declared.minimum is not None and declared.maximum is not None:
                further["limits"] = (declared.minimum, declared.maximum, declared.is_whole)
            if isinstance(value, Decimal) or is_input:
                written = value
        elif isinstance(declared, Flag):
            written = NOTHING if isinstance(value, Undefined) else value
            further["options"] = (True, False)
            # Excel shows a truth as it does in every cell, LibreOffice with these words.
            yes, no = (declared.show(answer, numerals) for answer in (True, False))
            further["format"] = f'"{yes}";"{yes}";"{no}"'
        elif isinstance(declared, Rating):
            unknown = declared.show(None, numerals)
            written = NOTHING if isinstance(value, Undefined) else unknown if value is None else value
            further["options"] = (*map(Decimal, range(4)), *((unknown,) if declared.may_be_unknown else ()))
        elif isinstance(declared, Choice):
            further["options"] = tuple(declared.show(key, numerals) for key in declared.options)
        elif is_input:
            written = declared.write_text(value, numerals) or None
        if not is_input:
            further.pop("options", None)
        self._cell(column, written, style, shown=shown, **further)
