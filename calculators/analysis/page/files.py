"""Files to take along, made when they are asked for."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from calculators.analysis.analyse import Analysis
from calculators.analysis.page.rows import rows_as_csv
from calculators.analysis.page.workbook.writing import analysis_workbook
from calculators.analysis.page.writing import Writing
from calculators.analysis.report.files import clean_csv, set_aside_csv

_CSV = "text/csv;charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Made(NamedTuple):
    """A file with its name and type."""

    name: str
    type: str
    content: bytes


def _rows(analysis: Analysis, asked: Mapping[str, Any], write: Writing) -> Made:
    return Made("deals.csv", _CSV, rows_as_csv(analysis, asked["rows"], write).encode())


def _clean(analysis: Analysis, _asked: Mapping[str, Any], _write: Writing) -> Made:
    return Made("clean.csv", _CSV, clean_csv(analysis).encode())


def _set_aside(analysis: Analysis, _asked: Mapping[str, Any], write: Writing) -> Made:
    return Made("set-aside.csv", _CSV, set_aside_csv(analysis, write.language).encode())


def _workbook(analysis: Analysis, asked: Mapping[str, Any], write: Writing) -> Made:
    content = analysis_workbook(analysis, write.language, write.currency, asked["site"])
    return Made("pipeline.xlsx", _XLSX, content)


# By what the page calls them. A question names the figure whose `rows` are meant, and the address of the `site`, in the
# folder of the language, for links.
FILES: dict[str, Callable[[Analysis, Mapping[str, Any], Writing], Made]] = {
    "rows": _rows,
    "clean": _clean,
    "set_aside": _set_aside,
    "workbook": _workbook,
}
