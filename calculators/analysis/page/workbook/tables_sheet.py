"""The sheet with the page's tables, one below the other."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from calculators.analysis.figures.all_figures import Figures
from calculators.analysis.page.workbook.cells import FIXED, Sheet, Style
from calculators.analysis.page.workbook.deal_columns import DealColumns
from calculators.analysis.page.workbook.group_rows import GroupRows
from calculators.analysis.page.workbook.table_rows import Row, TimeRows
from calculators.analysis.page.writing import Writing
from calculators.core.declaring.fields import NOTHING
from calculators.core.words.messages import _

NAME = _("Tables")
_FROM, _TO = _("From"), _("To")
_LOW, _HIGH = _("Lower end of its 95% interval"), _("Upper end of its 95% interval")
_BY_PERIOD = {"revenue", "revenue_by_month", "cohorts"}
_OF_TIME = {*_BY_PERIOD, "readings", "back_test", "stage_conversion"}


class TablesSheet:
    """Writes the sheet and says in `places` where the cells stand that formulas elsewhere refer to."""

    def __init__(self, page: Mapping[str, Any], figures: Figures, deals: DealColumns, write: Writing) -> None:
        self._page, self._write = page, write
        self._time, self._groups = TimeRows(figures, deals, write), GroupRows(figures, deals, write)
        self._sheet = Sheet(name=write.say(NAME), widths=[34, *[18] * 7])
        self.places: dict[str, str] = {}

    def write(self) -> Sheet:
        """Return the sheet."""
        self._sheet.line(self._write.say(NAME), Style.TITLE)
        for section in self._page["sections"]:
            for table in section["tables"]:
                self._table(table, table["title"] or section["title"])
        return self._sheet

    def _table(self, table: Mapping[str, Any], title: str) -> None:
        rows = list(self._rows(table["name"], table["rows"]))
        self._sheet.heading(title)
        if table["hint"]:
            self._sheet.line(table["hint"], Style.REMARK)
        self._sheet.head([text + mark for text, mark in zip(self._head(table), _marks(rows), strict=True)])
        for number, row in enumerate(rows):
            for name, column in row.names.items():
                self.places[name] = self._sheet.next_place(column)
            is_grey = number in table["small"]
            self._sheet.add(*(replace(cell, is_grey=is_grey) for cell in row.cells))

    def _rows(self, name: str, texts: list[list[str]]) -> Iterator[Row]:
        match name:
            case "revenue" | "revenue_by_month":
                return self._time.revenue(name)
            case "cohorts":
                return self._time.cohorts()
            case "readings":
                return self._time.readings(texts)
            case "back_test":
                return self._time.back_test(texts)
            case "stage_conversion":
                return self._time.conversion()
            case "stages":
                return self._groups.stages()
            case "pipelines":
                return self._groups.pipelines()
        return self._groups.slices(name)

    def _head(self, table: Mapping[str, Any]) -> list[str]:
        say, head = self._write.say, list(table["head"])
        if table["name"] in _BY_PERIOD:
            return [head[0], say(_FROM), say(_TO), *head[1:]]
        if table["name"] in _OF_TIME | {"stages", "pipelines"}:
            return head
        return [*head[:5], say(_LOW), say(_HIGH), *head[6:]]


def _marks(rows: list[Row]) -> list[str]:
    """Return for each column the mark of what is no formula, where one of its figures is none."""
    return [
        FIXED if any(cell.style is Style.FIXED and cell.value != NOTHING for cell in column) else ""
        for column in zip(*(row.cells for row in rows), strict=True)
    ]
