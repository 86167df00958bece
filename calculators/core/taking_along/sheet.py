"""The one sheet of a workbook: what stands in which cell, before any library writes it.

Column A holds labels, B the values; a table begins in column A. What one changes is an input, what follows is a
formula; what has none is a value, marked with an asterisk and explained below the results.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from calculators.core.declaring.choices import Choice, Choices, Flag, Rating, Sentences, Text
from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.outcome import Undefined
from calculators.core.declaring.records import Field, fields_of
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.running.run import Result
from calculators.core.taking_along.cell_formulas import Formulas, Place, Places, referenced
from calculators.core.taking_along.cells import Cell, Column, Style, Value
from calculators.core.words.messages import _

_INPUTS = _("Your numbers")
_RESULTS = _("Result")
_STEPS = _("How it is worked out")
_CAUTIONS = _("What to watch out for")
_SOURCES = _("Sources")
_CHANGE = _("Change the tinted cells, and the results follow.")
_FIXED = _("* Worked out by the playbook for these numbers. It stays as it is when you change them here.")
_MARK = " *"


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
        self._asked_for = referenced(self._calculator)
        # Which cell has the formula of which output, or of which column in which row.
        self._formulas: list[tuple[int, str, int]] = []
        self._row = 0
        self._has_fixed = False

    def write(self, address: str) -> Sheet:
        """Write every cell, then the formulas: each may refer to what stands further below."""
        self._write(address)
        formulas, cells = Formulas(self._calculator, self._sheet.places, self._result.figures), self._sheet.cells
        for place, key, row in self._formulas:
            cells[place] = replace(cells[place], formula=formulas.of(key, row))
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
        cautions = dict.fromkeys(result.note_text(note) for note in result.notes)
        if self._has_fixed or cautions:
            self._leave_a_row()
            self._line(result.gettext(_FIXED), Style.REMARK)
        if cautions:
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
            key = name if name in self._calculator.spreadsheet else None
            is_fixed = style is Style.RESULT and key is None
            self._cell(0, self._label(declared, is_fixed=is_fixed), Style.LABEL)
            is_text = isinstance(declared, Text | Choice) and key is None
            self._value(1, self._column(declared, [value], style), value, style, is_wide=is_text)
            self._note_formula(key)
            if isinstance(declared, Rating):
                self._level(declared, value)
            self._row += 1

    def _note_formula(self, key: str | None, row: int = 0) -> None:
        """Note that the cell just written has a formula, if there is one."""
        if key is not None:
            self._formulas.append((len(self._sheet.cells) - 1, key, row))

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
        tick = self._column(Flag(label=declared.label), value, Style.INPUT)
        for key, label in declared.options.items():
            self._cell(0, f"   {self._result.gettext(label)}", Style.LABEL)
            self._value(1, tick, key in value, Style.INPUT)
            self._row += 1

    def _list(self, name: str, declared: Series | Choices | Sentences, value: Sequence[Any], style: Style) -> None:
        self._cell(0, self._label(declared, is_fixed=style is Style.RESULT), Style.LABEL)
        self._sheet.places[name] = Place(self._row, 1, len(value))
        if isinstance(declared, Series):
            column = self._column(declared.item, value, style)
            for item in value or (None,):
                self._value(1, column, item, style)
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
        written: list[tuple[int, str, Column, str | None]] = []
        for place, (column, cell) in enumerate(columns.items()):
            key = f"{name}.{column}"
            has_formula = key in self._calculator.spreadsheet
            is_fixed = style is Style.RESULT and place > 0 and not has_formula
            is_number = isinstance(cell, Number | Rating)
            self._cell(place, self._label(cell, is_fixed=is_fixed), Style.NUMBER_HEAD if is_number else Style.HEAD)
            self._sheet.places[key] = Place(self._row + 1, place, len(rows))
            below = self._column(cell, [getattr(row, column) for row in rows], style)
            written.append((place, column, below, key if has_formula else None))
        self._row += 1
        for position, row in enumerate(rows):
            for place, column, below, formula in written:
                self._value(place, below, getattr(row, column), style)
                self._note_formula(formula, position)
            self._row += 1
        if not rows:
            for place, _column, below, _formula in written:
                self._value(place, below, None, style)
            self._row += 1
        self._leave_a_row()

    # --- values ------------------------------------------------------------

    def _column(self, declared: Field, values: Iterable[Any], style: Style) -> Column:
        return Column(declared, values, style, self._result.numerals)

    def _value(self, place: int, column: Column, value: Any, style: Style, *, is_wide: bool = False) -> None:
        written, shown = column.write(value)
        self._cell(
            place,
            written,
            style,
            shown=shown,
            format=column.format,
            options=column.options,
            limits=column.limits,
            is_wide=is_wide,
        )
