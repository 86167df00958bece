"""A result to take along: as text for a message, and as CSV for a spreadsheet program."""

import re
from typing import Any

from calculators.core.declaring.choices import Choices, Sentences, Text
from calculators.core.declaring.fields import NOTHING, Number, Rate
from calculators.core.declaring.outcome import Note, Undefined
from calculators.core.declaring.records import Field
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table, one_line
from calculators.core.running.run import Result
from calculators.core.words.messages import _

# Excel takes a CSV file for UTF-8 only with this mark at its beginning.
BYTE_ORDER_MARK = "\ufeff"
_CAUTIONS = _("What to watch out for")

# Signs of direction would turn around what follows them; some programs end a text at other control characters.
_CONTROLS = (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)
_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NEVER_WRITTEN = dict.fromkeys([*_CONTROLS, *_DIRECTIONS])
# Before the sign of a formula, one program or another skips white space, invisible characters and quotation marks.
_INVISIBLE = r"\x80-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0"
_SKIPPED = rf'(?:(?![\t\r\n])[\s"{_INVISIBLE}])*'
_BEGINS_FORMULA = re.compile(rf"((?:\A|[,;|\t\r\n]){_SKIPPED})([=+\-@−⁺⁻⁼₊₋₌﬩﹢﹣﹦﹫＋－＝＠])")
# A number is never quoted: what is between its marks is no formula either.
_PARTS_CELLS = re.compile(r'[",;|\t\r\n]')


def as_text(result: Result, address: str = "") -> str:
    """Return title, answer, inputs, results and cautions as plain text; an address comes last."""
    lines = [result.gettext(result.calculator.title), "", result.headline, ""]
    for name, field in result.calculator.input_fields.items():
        lines += _lines(result, field, getattr(result.inputs, name))
    lines.append("")
    for name, field in result.shown_fields.items():
        lines += _lines(result, field, result.outputs[name])
    notes = dict.fromkeys(result.note_text(note) for note in result.notes)
    if notes:
        lines += ["", *(f"• {note}" for note in notes)]
    return tidy("\n".join([*lines, "", address] if address else lines)) + "\n"


def _lines(result: Result, field: Field, value: Any) -> list[str]:
    label = result.gettext(field.label)
    if value is None or value == "":
        return [f"{label}: –"]
    if isinstance(field, Table):
        head = " · ".join(result.gettext(column.label) for column in field.columns.values())
        return [
            f"{label} ({head})",
            *(f"  {line}" for line in field.show(value, result.numerals).splitlines() if value),
        ]
    if isinstance(field, Sentences):
        return [label, *(f"  – {sentence}" for sentence in field.show_each(value, result.numerals))]
    return [f"{label}: {field.show(value, result.numerals)}"]


def as_csv(result: Result) -> str:
    """Return inputs, answer, results and cautions as CSV, with the marks of the reader's language.

    So numbers arrive as numbers: with all their digits and no groups, rates as percentages; where the comma is the
    decimal mark, the semicolon separates, as spreadsheet programs of the language expect. Beside a result without a
    figure stands why. What is read back into the fields of a calculator gives the same inputs.
    """
    calculator, separator = result.calculator, "," if result.numerals.comma_separates_lists else ";"
    rows: list[list[str]] = [[text_cell(result.gettext(calculator.title))]]
    for name, field in calculator.input_fields.items():
        rows += _rows(result, field, getattr(result.inputs, name))
    rows += [[], [text_cell(result.headline)]]
    sentences = dict.fromkeys(result.note_text(note) for note in result.notes)
    for name, field in result.shown_fields.items():
        figure = getattr(result.figures, name)
        if isinstance(figure, Undefined):
            reason = result.note_text(Note(figure.code, name))
            sentences.pop(reason, None)
            rows.append([text_cell(result.gettext(field.label)), NOTHING, text_cell(reason)])
        else:
            rows += _rows(result, field, figure)
    if sentences:
        rows += [[], [text_cell(result.gettext(_CAUTIONS))], *([text_cell(sentence)] for sentence in sentences)]
    return BYTE_ORDER_MARK + "".join(f"{separator.join(row)}\r\n" for row in rows)


def _rows(result: Result, field: Field, value: Any) -> list[list[str]]:
    label = text_cell(result.gettext(field.label))
    if isinstance(field, Table):
        columns = field.columns
        return [
            [label],
            [text_cell(result.gettext(column.label)) for column in columns.values()],
            *([_cell(result, column, getattr(row, name)) for name, column in columns.items()] for row in value),
        ]
    if isinstance(field, Series):
        return [[label, *(_cell(result, field.item, item) for item in value)]]
    if isinstance(field, Choices | Sentences):
        return [[label, *map(text_cell, field.show_each(value, result.numerals))]]
    return [[label, _cell(result, field, value)]]


def _cell(result: Result, field: Field, value: Any) -> str:
    numerals = result.numerals
    if isinstance(value, Undefined):
        return NOTHING
    if isinstance(field, Rate) and value is not None:
        return f"{numerals.exact_in_list(value.scaleb(2))}%"
    if field.kind == "day":
        return field.to_link(value)
    if isinstance(field, Number):
        return "" if value is None else numerals.exact_in_list(value)
    # A name left empty stays so.
    return text_cell(
        field.write_text(value, numerals) if isinstance(field, Text) else one_line(field.show(value, numerals))
    )


def text_cell(text: str) -> str:
    """Write a text so that no program takes it for a formula.

    An apostrophe goes before what begins like one: also in full width, behind white space or quotation marks, and
    behind a sign at which another program may begin a new cell. Where any may, the whole is quoted.
    """
    cell = harmless(text)
    return '"{}"'.format(cell.replace('"', '""')) if _PARTS_CELLS.search(cell) else cell


def harmless(text: str) -> str:
    """Return a text with an apostrophe before what a program would take for a formula."""
    return _BEGINS_FORMULA.sub(r"\1'\2", tidy(text))


def tidy(text: str) -> str:
    """Leave out what would spoil the lines around it, and replace halves of characters, which no file can hold."""
    return text.translate(_NEVER_WRITTEN).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
