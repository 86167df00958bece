"""A result to take along: as text for a message, and as CSV for a spreadsheet program."""

import csv
import io
from typing import Any

from calculators.core.choices import Choices, Sentences
from calculators.core.fields import Number, Series
from calculators.core.outcome import Undefined
from calculators.core.records import Field
from calculators.core.run import Result
from calculators.core.tables import Table

# Excel takes a CSV file for UTF-8 only with this mark at its beginning.
_BYTE_ORDER_MARK = "\ufeff"


def as_text(result: Result, address: str = "") -> str:
    """Return title, inputs, results and cautions as plain text; an address comes last."""
    lines = [result.gettext(result.calculator.title), ""]
    for name, field in result.calculator.input_fields.items():
        lines += _lines(result, field, getattr(result.inputs, name))
    lines.append("")
    for name, field in result.calculator.result_fields.items():
        lines += _lines(result, field, result.outputs[name])
    notes = dict.fromkeys(result.note_text(note) for note in result.notes)
    if notes:
        lines += ["", *(f"• {note}" for note in notes)]
    return "\n".join([*lines, "", address] if address else lines) + "\n"


def _lines(result: Result, field: Field, value: Any) -> list[str]:
    label = result.gettext(field.label)
    if value is None or value == "":
        return [f"{label}: –"]
    if isinstance(field, Table):
        head = " · ".join(result.gettext(column.label) for column in field.columns.values())
        return [f"{label} ({head})", *(f"  {' · '.join(row)}" for row in field.show_rows(value, result.numerals))]
    if isinstance(field, Sentences):
        return [label, *(f"  – {sentence}" for sentence in field.show_each(value, result.numerals))]
    return [f"{label}: {field.show(value, result.numerals)}"]


def as_csv(result: Result) -> str:
    """Return inputs and results as CSV, with the marks of the reader's language, so that numbers arrive as numbers.

    Numbers have all their digits and no groups; rates are fractions; where the comma is the decimal mark, the
    semicolon separates, as spreadsheet programs of the language expect.
    """
    file = io.StringIO()
    rows = csv.writer(file, delimiter="," if result.numerals.comma_separates_lists else ";")
    calculator = result.calculator
    rows.writerow([result.gettext(calculator.title)])
    for name, field in calculator.input_fields.items():
        _write(rows, result, field, getattr(result.inputs, name))
    rows.writerow([])
    for name, field in calculator.result_fields.items():
        _write(rows, result, field, result.outputs[name])
    return _BYTE_ORDER_MARK + file.getvalue()


def _write(rows: Any, result: Result, field: Field, value: Any) -> None:
    label = result.gettext(field.label)
    if isinstance(field, Table):
        rows.writerow([label])
        rows.writerow([result.gettext(column.label) for column in field.columns.values()])
        for row in value or ():
            rows.writerow([_cell(result, column, getattr(row, name)) for name, column in field.columns.items()])
    elif isinstance(field, Series | Choices | Sentences):
        if isinstance(field, Series):
            cells = [result.numerals.exact_in_list(item) for item in value or ()]
        else:
            cells = field.show_each(value or (), result.numerals)
        rows.writerow([label, *map(_harmless, cells)])
    else:
        rows.writerow([label, _cell(result, field, value)])


def _cell(result: Result, field: Field, value: Any) -> str:

    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(field, Number):
        return result.numerals.exact_in_list(value)
    return _harmless(field.show(value, result.numerals))


def _harmless(text: str) -> str:
    """Keep a text that begins like a formula from being one."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
