"""What was typed on the page of one language, as it is written on the page of another."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs
from calculators.core.declaring.records import Field
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.numbers.numerals import Numerals, numerals
from calculators.core.running.calculator import Calculator, find
from calculators.core.words.catalogue import LANGUAGES, take_group_words


def carry(asked: dict[str, Any]) -> dict[str, Any]:
    """Return typed inputs as the language of the page writes them, and which of them could not be read before.

    `from` is the language they were typed in. What could not be read there stands as it was typed (`unread` names the
    input): another language may read it, and its page says how. A goal comes along with the output it is for
    (`output`, `target`). Raises InvalidInputs where the question is none.
    """
    if asked["from"] not in LANGUAGES:
        raise InvalidInputs([InvalidInput("from", "unreadable_question")])
    calculator = find(asked["calculator"])
    take_group_words(asked["from"], calculator.group)
    before, now = (numerals(language, asked["currency"]) for language in (asked["from"], asked["language"]))
    carried, unread = {}, []
    for name, typed in asked["inputs"].items():
        field = calculator.input_fields.get(name)
        if field is None:
            continue
        carried[name], is_read = (
            _carry_rows(field, typed, before, now) if isinstance(field, Table) else _carry(field, typed, before, now)
        )
        if not is_read:
            unread.append(name)
    return {"inputs": carried, "unread": unread} | _carry_goal(calculator, asked, before, now)


def _carry(field: Field, typed: Any, before: Numerals, now: Numerals) -> tuple[Any, bool]:
    if typed in ("", []):
        return typed, True
    if not isinstance(typed, list if field.kind == "choices" else str):
        return typed, False
    # What lies outside the limits is a number all the same, and is refused as that one again.
    if isinstance(field, Number):
        field = field.without_limits()
    elif isinstance(field, Series):
        field = replace(field, item=field.item.without_limits())
    return _rewritten(field, field.read_text, typed, before, now)


def _carry_rows(table: Table, typed: Any, before: Numerals, now: Numerals) -> tuple[Any, bool]:
    """Cell by cell, because one that cannot be read is no reason to leave the others."""
    if not isinstance(typed, list) or not all(isinstance(row, Mapping) for row in typed):
        return typed, False
    # What a bare number in a column of rates means is asked for the whole column: an open question stays one.
    unclear = {
        column: field.unclear_fractions([str(row.get(column, "")) for row in typed], before)
        for column, field in table.columns.items()
        if isinstance(field, Number)
    }
    is_read, rows = True, []
    for place, row in enumerate(typed):
        cells = {}
        for column, cell in row.items():
            field = table.columns.get(column)
            if field is None or place in unclear.get(column, ()):
                cells[column], is_cell_read = cell, field is None
            else:
                cells[column], is_cell_read = _carry_cell(field, cell, before, now)
            is_read = is_read and is_cell_read
        rows.append(cells)
    return rows, is_read


def _carry_cell(field: Field, typed: Any, before: Numerals, now: Numerals) -> tuple[Any, bool]:
    if not isinstance(field, Number) or not isinstance(typed, str) or not typed:
        return _carry(field, typed, before, now)
    field = field.without_limits()
    return _rewritten(field, field.read_cell, typed, before, now)


def _rewritten(
    field: Field, read: Callable[[str, Any, Numerals], Any], typed: Any, before: Numerals, now: Numerals
) -> tuple[Any, bool]:
    try:
        return field.write_text(read("", typed, before), now), True
    except InvalidInput:
        return typed, False


def _carry_goal(calculator: Calculator, asked: dict[str, Any], before: Numerals, now: Numerals) -> dict[str, Any]:
    field, typed = calculator.figures.get(asked.get("output", "")), asked.get("target", "")
    if field is None or not isinstance(typed, str):
        return {}
    return {"target": _carry(field.without_limits(), typed, before, now)[0]}
