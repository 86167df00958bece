"""A result to take along as an XLSX workbook: the results are formulas that follow the inputs.

XlsxWriter writes it. In the browser that library is not part of Python's start: it comes, with this module, when the
first workbook is asked for (see tools/runtime/archive_modules.py).
"""

import io
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from calculators.core.running.run import Result
from calculators.core.taking_along.cell_formulas import column_name
from calculators.core.taking_along.cells import Cell, Style, Value
from calculators.core.taking_along.sheet import Sheet, lay_out
from calculators.core.taking_along.text_and_csv import tidy

_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# A longer one is text: spreadsheet programs refuse it as a link.
_LONGEST_ADDRESS = 2_000
_BEGINS_FORMULA = ("=", "+", "-", "@")

# Widths in characters, heights in points.
_LABELS_NARROWEST, _LABELS_WIDEST = 28, 46
_NARROWEST, _WIDEST = 13, 34
_WHOLE_WIDTH = 92
_LINE_HEIGHT = 15
_HIGHEST_ROW = 400

_WRAPPED = {"text_wrap": True, "valign": "top"}
_BORDER = {"border": 1, "border_color": "#9AA5B1"}
_LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"bold": True, "font_size": 16},
    Style.REMARK: {"italic": True, "font_color": "#52606D", **_WRAPPED},
    Style.HEADING: {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#9AA5B1"},
    Style.LABEL: _WRAPPED,
    Style.HEAD: {"bold": True, "bottom": 1, "bottom_color": "#9AA5B1", **_WRAPPED},
    Style.INPUT: {"bg_color": "#FFF4D6", **_BORDER, **_WRAPPED},
    Style.NUMBER_HEAD: {"bold": True, "bottom": 1, "bottom_color": "#9AA5B1", "align": "right", **_WRAPPED},
    Style.RESULT: {"bold": True, **_WRAPPED},
    Style.SENTENCE: _WRAPPED,
    Style.ADDRESS: {"font_color": "#0B5394", "underline": 1, **_WRAPPED},
}


def write_workbook(result: Result, address: str = "") -> bytes:
    """Return an XLSX file with inputs, results as formulas, cautions, sources and the address of the page."""
    file = io.BytesIO()
    sheet = lay_out(result, address)
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": sheet.title})
        _Writer(workbook, sheet).write()
    return file.getvalue()


class FormulasAsTheyAre(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet that writes formulas as they are.

    XlsxWriter looks through each for a hundred functions of newer programs, which takes most of the time of a long
    table. Ours have none: tests/calculators/test_workbook.py.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - as XlsxWriter calls it
        return formula.removeprefix("=")


@dataclass(slots=True)
class _Limited:
    """Cells below each other into which the same may be entered."""

    first_row: int
    last_row: int
    column: int
    rule: dict[str, Any]


class _Writer:
    """Writes a sheet with XlsxWriter: looks, widths, what may be entered, and how it is printed."""

    def __init__(self, workbook: Any, sheet: Sheet) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._worksheet = workbook.add_worksheet(_sheet_name(sheet.title), worksheet_class=FormulasAsTheyAre)
        self._widths = _column_widths(sheet)
        self._looks = cache(self._new_look)
        self._lists: dict[tuple[Value, ...], str] = {}
        # By column: what was written last into it, so that a row below is added to it.
        self._limited: dict[int, list[_Limited]] = {}

    def write(self) -> None:
        """Write every cell, then what concerns the whole sheet."""
        for cell in self._sheet.cells:
            self._write_cell(cell)
        for limited in chain.from_iterable(self._limited.values()):
            place = (limited.first_row, limited.column, limited.last_row, limited.column)
            self._worksheet.data_validation(*place, limited.rule)
        self._make_room()
        for column, width in enumerate(self._widths):
            self._worksheet.set_column(column, column, width)
        self._worksheet.hide_gridlines(2)
        self._worksheet.set_paper(9)
        self._worksheet.fit_to_pages(1, 0)
        self._worksheet.print_area(0, 0, self._sheet.cells[-1].row, self._last_column)

    @property
    def _last_column(self) -> int:
        return len(self._widths) - 1

    def _write_cell(self, cell: Cell) -> None:
        look = self._look(cell)
        if cell.is_wide and cell.column < self._last_column:
            self._worksheet.merge_range(cell.row, cell.column, cell.row, self._last_column, "", look)
        self._write_value(cell, look)
        if cell.style is Style.INPUT:
            self._limit(cell)

    def _write_value(self, cell: Cell, look: Any) -> None:
        """Write as exactly what the value is: no text is ever taken for a formula, a link or a number."""
        place = (cell.row, cell.column)
        value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
        if cell.formula is not None:
            self._worksheet.write_formula(*place, f"={cell.formula}", look, value)
        elif value is None:
            self._worksheet.write_blank(*place, None, look)
        elif isinstance(value, bool):
            self._worksheet.write_boolean(*place, value, look)
        elif isinstance(value, float):
            self._worksheet.write_number(*place, value, look)
        elif cell.style is Style.ADDRESS and value.startswith("http") and len(value) <= _LONGEST_ADDRESS:
            self._worksheet.write_url(*place, value, look, value)
        else:
            self._worksheet.write_string(*place, tidy(value), look)

    # --- looks -------------------------------------------------------------

    def _look(self, cell: Cell) -> Any:
        is_text = isinstance(cell.value, str)
        return self._looks(
            cell.style,
            cell.format,
            is_text and cell.style in {Style.RESULT, Style.INPUT},
            is_text and cell.formula is None and str(cell.value).startswith(_BEGINS_FORMULA),
        )

    def _new_look(self, style: Style, code: str, is_left: bool, is_quoted: bool) -> Any:  # noqa: FBT001 - what a look depends on
        further: dict[str, Any] = {"num_format": code} if code else {}
        if is_left:
            # A number that may turn into "–" stays at the right.
            further["align"] = "right" if code else "left"
        look = self._workbook.add_format(_LOOKS[style] | further)
        if is_quoted:
            # So that it stays text when somebody edits it.
            look.set_quote_prefix()
        return look

    def _make_room(self) -> None:
        """Make rows as high as their texts need: not every program does so when it opens a file."""
        lines: dict[int, int] = {}
        for cell in self._sheet.cells:
            if cell.shown and cell.style is not Style.TITLE:
                width = sum(self._widths[cell.column :]) if cell.is_wide else self._widths[cell.column]
                lines[cell.row] = max(lines.get(cell.row, 1), _lines(cell.shown, width - 2))
        for row, needed in lines.items():
            if needed > 1:
                self._worksheet.set_row(row, min(needed * _LINE_HEIGHT, _HIGHEST_ROW))

    # --- what may be entered -----------------------------------------------

    def _limit(self, cell: Cell) -> None:
        """Note what may be entered, once for all cells below each other: Excel opens no file with 65,536 rules."""
        rule: dict[str, Any]
        if cell.options:
            rule = {"validate": "list", "source": self._list(cell.options)}
        elif cell.limits is not None:
            least, most, is_whole = cell.limits
            rule = {"validate": "integer" if is_whole else "decimal", "criteria": "between"}
            rule |= {"minimum": float(least), "maximum": float(most)}
        else:
            return
        above = self._limited.setdefault(cell.column, [])
        if above and above[-1].last_row == cell.row - 1 and above[-1].rule == rule:
            above[-1].last_row = cell.row
        else:
            above.append(_Limited(cell.row, cell.row, cell.column, rule))

    def _list(self, options: tuple[Value, ...]) -> str:
        """Return the range of a hidden column that holds what may be picked."""
        if options not in self._lists:
            column = self._last_column + 2 + len(self._lists)
            for row, option in enumerate(options):
                hidden = Cell(row=row, column=column, value=option, style=Style.LABEL, shown="")
                self._write_value(hidden, None)
            self._worksheet.set_column(column, column, None, None, {"hidden": True})
            letters = column_name(column)
            self._lists[options] = f"=${letters}$1:${letters}${len(options)}"
        return self._lists[options]


def _sheet_name(title: str) -> str:
    """Return the title without what no sheet may be called."""
    return title.translate(_NOT_IN_SHEET_NAMES)[:_LONGEST_SHEET_NAME].strip(" '")


def _column_widths(sheet: Sheet) -> list[int]:
    """Return how wide each column must be, so that numbers and most words are not cut off."""
    longest = [0] * max(sheet.columns, 3)
    for cell in sheet.cells:
        if not cell.is_wide:
            needed = _width(cell.shown)
            if cell.style in {Style.HEAD, Style.NUMBER_HEAD}:
                # Heads may break between words.
                needed = max(map(_width, cell.shown.split()), default=0)
            longest[cell.column] = max(longest[cell.column], needed + 2)
    widths = [
        min(max(width, _NARROWEST if column else _LABELS_NARROWEST), _WIDEST if column else _LABELS_WIDEST)
        for column, width in enumerate(longest)
    ]
    # Sentences want room, however few columns there are.
    room = _WHOLE_WIDTH - sum(widths)
    return [*widths, room] if room > 0 else widths


def _width(text: str) -> int:
    """Return the width in Latin characters: Korean and Japanese ones are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes, broken between words."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, left = lines + 1, width
        for word in paragraph.split(" "):
            needed = _width(word)
            if needed > left and left < width:
                lines, left = lines + 1, width
            # What is longer than a line, or knows no spaces, is broken anywhere.
            lines += max(0, needed - 1) // width
            left -= needed % width + 1
    return lines
