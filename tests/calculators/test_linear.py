"""Long tables and lists take time with the number of their rows: the work is counted, not timed."""

import gc
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import calculators
from calculators.core.declaring.choices import Choice, Flag, Rating, Text
from calculators.core.declaring.days import Day
from calculators.core.declaring.fields import Number
from calculators.core.declaring.records import Field
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.numbers.numerals import numerals
from calculators.core.page.answer import to_page
from calculators.core.running.run import Result, run_text
from calculators.core.taking_along.text_and_csv import as_csv, as_text
from calculators.core.taking_along.workbook import write_workbook
from calculators.planning.mutual_action_plan import Awaited

WAYS: dict[str, Callable[[Result], Any]] = {
    "workbook": write_workbook,
    "csv": as_csv,
    "text": as_text,
    "page": to_page,
}
FEW = 60


def long_inputs() -> list[tuple[str, str]]:
    """Return each calculator with a table or list of any length, and its name."""
    return [
        (name, field_name)
        for name, calculator in calculators.all_calculators().items()
        for field_name, field in calculator.input_fields.items()
        if isinstance(field, Table | Series)
    ]


def value_of(field: Field, place: int) -> Any:
    """Return another value for every row, within the limits of its field, as programs write it."""
    if isinstance(field, Awaited):
        return str(place) if place else ""
    if isinstance(field, Text):
        return f"Row {place}"
    if isinstance(field, Flag):
        return place % 2 == 0
    if isinstance(field, Rating):
        return place % 4
    if isinstance(field, Choice):
        return list(field.options)[place % len(field.options)]
    assert isinstance(field, Number)
    if isinstance(field, Day):
        return 40_000 + place % 1_000 + (1_000 + place if field.is_optional else 0)
    if field.maximum is not None and field.maximum <= 100:
        return Decimal(place % int(field.maximum) + 1) if field.is_whole else Decimal(place + 1) / 100_000
    return place % 1_000 + 1


def long_value(field: Field, rows: int) -> list[Any]:
    """Return a table or list of so many rows."""
    if isinstance(field, Table):
        table = [{name: value_of(cell, place) for name, cell in field.columns.items()} for place in range(rows)]
        # Of a cohort, no more is decided than began.
        return [row | {"lost": 0} if {"entered", "won", "lost"} <= row.keys() else row for row in table]
    assert isinstance(field, Series)
    return [value_of(field.item, place) for place in range(rows)]


def steps_of(work: Callable[[], Any]) -> int:
    """Return how many instructions of Python some work takes: the same number on every machine."""
    monitoring, tool = sys.monitoring, sys.monitoring.PROFILER_ID
    steps = 0

    def count(_code: object, _offset: int) -> None:
        nonlocal steps
        steps += 1

    monitoring.use_tool_id(tool, "tests.calculators.test_linear")
    # What tests before left behind is cleaned up in Python, too.
    gc.disable()
    try:
        monitoring.register_callback(tool, monitoring.events.INSTRUCTION, count)
        monitoring.set_events(tool, monitoring.events.INSTRUCTION)
        work()
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
        gc.enable()
    return steps


def is_linear(work: Callable[[int], Callable[[], Any]]) -> bool:
    """Whether twice as many further rows take about twice as much further work."""
    work(FEW)()  # what is kept for later is not counted
    small, middle, large = (steps_of(work(FEW * factor)) for factor in (1, 2, 4))
    return large - middle < 2.5 * (middle - small)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("calculator", "field_name"), long_inputs())
def test_a_long_input_is_taken_along_in_linear_time(calculator: str, field_name: str, way: str) -> None:
    """Running a calculator on twice as many rows and writing its result takes twice as long, not four times."""
    field = calculators.all_calculators()[calculator].input_fields[field_name]

    def work(rows: int) -> Callable[[], Any]:
        inputs = {field_name: long_value(field, rows)}
        return lambda: WAYS[way](calculators.run(calculator, inputs))

    assert is_linear(work)


@pytest.mark.parametrize(("calculator", "field_name"), long_inputs())
def test_a_long_input_is_read_in_linear_time(calculator: str, field_name: str) -> None:
    """Reading what somebody typed or pasted, too."""
    field = calculators.all_calculators()[calculator].input_fields[field_name]

    def work(rows: int) -> Callable[[], Any]:
        value = field.read_value(field_name, long_value(field, rows))
        typed = {field_name: field.write_text(value, numerals("ko"))}
        return lambda: run_text(calculator, typed, "ko")

    assert is_linear(work)
