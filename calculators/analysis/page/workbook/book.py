"""Writes sheets with XlsxWriter, row by row, so that a million deals need not be in memory as cells."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from calculators.analysis.page.workbook.cells import Cell, Sheet, Style, Value
from calculators.analysis.page.workbook.deal_columns import MOST_DEALS, DealColumns
from calculators.analysis.page.workbook.number_formats import format_of
from calculators.analysis.page.writing import Writing
from calculators.core.taking_along.text_and_csv import tidy

_BEGINS_FORMULA = ("=", "+", "-", "@")
# Day 0 of spreadsheet programs, for days after February 1900.
_DAY_ZERO = date(1899, 12, 30).toordinal()
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_LINE_HEIGHT, _HIGHEST_ROW = 15, 400
# A longer one is text: spreadsheet programs refuse it as a link.
_LONGEST_ADDRESS = 2_000
_NARROWEST, _WIDEST = 11, 34

_LINE_COLOR = {"bottom": 1, "bottom_color": "#9AA5B1"}
_WRAPPED = {"text_wrap": True, "valign": "top"}
_TOP = {"valign": "top"}
_LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"bold": True, "font_size": 16},
    Style.REMARK: {"italic": True, "font_color": "#52606D"},
    Style.HEADING: {"bold": True, "font_size": 12, **_LINE_COLOR},
    Style.LABEL: _WRAPPED,
    Style.HEAD: {"bold": True, **_LINE_COLOR, **_WRAPPED},
    Style.WORDS_HEAD: {"bold": True, "indent": 1, **_LINE_COLOR, **_WRAPPED},
    Style.FIGURE_HEAD: {"bold": True, "align": "right", **_LINE_COLOR, **_WRAPPED},
    Style.FIGURE: {"bold": True, "align": "right", **_TOP},
    Style.FIXED: {"italic": True, "align": "right", **_TOP},
    Style.INPUT: {"bg_color": "#FFF4D6", "border": 1, "border_color": "#9AA5B1", **_TOP},
    # Apart from the figure before it.
    Style.PLAIN: {"indent": 1, **_WRAPPED},
    Style.SENTENCE: {},
}
_GREY = {"font_color": "#7B8794"}
_LINK = {"font_color": "#0B5394", "underline": 1}


class Book:
    """Writes one workbook; `places` are the cells that formulas name, `sheet_class` writes formulas as they are."""

    def __init__(self, workbook: Any, sheet_class: type, write: Writing, places: Mapping[str, str]) -> None:
        self._workbook, self._sheet_class, self._write, self._places = workbook, sheet_class, write, places
        self._look = cache(self._new_look)
        if "as_of" in places:
            workbook.define_name("as_of", f"={places['as_of']}")

    def sheet(self, sheet: Sheet) -> None:
        """Write a sheet of cells."""
        worksheet = self._add(sheet.name)
        worksheet.hide_gridlines(2)
        for column, width in enumerate(sheet.widths):
            worksheet.set_column(column, column, width)
        for row, cells in enumerate(sheet.rows):
            lines = max((_lines(cell, width) for cell, width in zip(cells, sheet.widths, strict=False)), default=1)
            if lines > 1:
                worksheet.set_row(row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))
            for column, cell in enumerate(cells):
                self._cell(worksheet, row, column, cell, f"{sheet.reference}!")

    def deals(self, name: str, deals: DealColumns) -> None:
        """Write the deals; the length of each one's cycle is a formula."""
        for called, cells in deals.names().items():
            self._workbook.define_name(called, f"={cells}")
        worksheet = self._list(name, [column.title for column in deals.columns], deals.rows)
        kinds = [column.kind for column in deals.columns]
        looks = [self._look(Style.SENTENCE, format_of(kind, deals.sample(kind), self._write)) for kind in kinds]
        plain, quoted = self._text_look(""), self._text_look("=")
        # Bound once: this is done for every cell of a long table.
        string, number = worksheet.write_string, worksheet.write_number
        for row, values in enumerate(deals.values(), start=1):
            for column, value in enumerate(values):
                if kinds[column] == "cycle":
                    formula, cached = deals.cycle_formula(row + 1), _written(value)
                    worksheet.write_formula(row, column, f"={formula}", looks[column], cached)
                elif isinstance(value, str):
                    if value:
                        string(row, column, value, quoted if value.startswith(_BEGINS_FORMULA) else plain)
                elif value is not None:
                    number(row, column, _written(value), looks[column])

    def rows(self, name: str, head: list[str], rows: Iterable[list[str]]) -> None:
        """Write rows of texts as they stand in the file; their lines are numbers."""
        found = list(islice(rows, MOST_DEALS))
        worksheet = self._list(name, head, len(found))
        for row, texts in enumerate(found, start=1):
            worksheet.write_number(row, 0, int(texts[0]), None)
            for column, text in enumerate(texts[1:], start=1):
                if text:
                    worksheet.write_string(row, column, text, self._text_look(text))

    def _list(self, name: str, head: list[str], rows: int) -> Any:
        """Begin a sheet that is one list: its head stays in sight, and each column can be filtered."""
        worksheet = self._add(name)
        worksheet.freeze_panes(1, 0)
        worksheet.autofilter(0, 0, max(rows, 1), len(head) - 1)
        for column, title in enumerate(head):
            # Room for the button of the filter.
            worksheet.set_column(column, column, min(max(_width(title) + 4, _NARROWEST), _WIDEST))
            worksheet.write_string(0, column, title, self._text_look(title, Style.HEAD))
        return worksheet

    def _add(self, name: str) -> Any:
        worksheet = self._workbook.add_worksheet(name, worksheet_class=self._sheet_class)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        return worksheet

    # --- cells -----------------------------------------------------------------------------------------------------

    def _cell(self, worksheet: Any, row: int, column: int, cell: Cell, here: str) -> None:
        """Write as exactly what the value is: no text is ever taken for a formula, a link or a number."""
        value = _written(cell.value)
        look = self._look(cell.style, format_of(cell.kind, cell.value, self._write), is_grey=cell.is_grey)
        if cell.formula:
            formula = "=" + self._resolved(cell.formula, row).replace(here, "")
            if cell.is_array:
                worksheet.write_array_formula(row, column, row, column, formula, look, value)
            else:
                worksheet.write_formula(row, column, formula, look, value)
        elif isinstance(value, str) and cell.link and len(cell.link) <= _LONGEST_ADDRESS:
            worksheet.write_url(row, column, cell.link, self._look(cell.style, "", is_link=True), value)
        elif isinstance(value, str):
            worksheet.write_string(row, column, value, self._text_look(value, cell.style, is_grey=cell.is_grey))
        elif value is not None:
            worksheet.write_number(row, column, value, look)

    def _resolved(self, formula: str, row: int) -> str:
        """Put references in the place of names. Raises KeyError for a name that no cell has."""

        def reference(match: re.Match[str]) -> str:
            name = match[1]
            return f"${name[1:]}{row + 1}" if name.startswith("@") else self._places[name]

        return _PLACEHOLDER.sub(reference, formula)

    def _text_look(self, text: str, style: Style = Style.SENTENCE, *, is_grey: bool = False) -> Any:
        return self._look(style, "", is_quoted=text.startswith(_BEGINS_FORMULA), is_grey=is_grey)

    def _new_look(
        self, style: Style, code: str, *, is_quoted: bool = False, is_link: bool = False, is_grey: bool = False
    ) -> Any:
        further = _LINK if is_link else _GREY if is_grey else {}
        look = self._workbook.add_format(_LOOKS[style] | further | ({"num_format": code} if code else {}))
        if is_quoted:
            # So that it stays text when somebody edits it.
            look.set_quote_prefix()
        return look


def _written(value: Value) -> float | str | None:
    if isinstance(value, date):
        return value.toordinal() - _DAY_ZERO
    if isinstance(value, Decimal | int):
        return float(value)
    return None if value is None else tidy(value)


def _lines(cell: Cell, width: int) -> int:
    """Return how many lines a wrapped text takes, about: not every program makes rows as high as they must be."""
    if not isinstance(cell.value, str) or not _LOOKS[cell.style].get("text_wrap"):
        return 1
    return sum(max(1, -(-_width(line) // (width - 1))) for line in cell.value.split("\n"))


def _width(text: str) -> int:
    """Return the width in Latin characters: Korean and Japanese ones are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
