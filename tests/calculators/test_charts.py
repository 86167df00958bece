"""Charts hold the numbers of the result, and their axes hold the charts."""

import json
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.charts import Chart, tick_values, to_page
from calculators.core.running.calculator import all_calculators
from calculators.core.running.run import Result
from tests.worked_examples import all_examples

WITH_CHART = [name for name, calculator in all_calculators().items() if calculator.chart]
CASES: list[tuple[str, str, dict[str, Any]]] = [
    *((name, "defaults", {}) for name in WITH_CHART),
    *((example.calculator, example.name, example.inputs) for example in all_examples()),
]
MOST_TICKS = 12
# What stands in the page of a long list of bars; its table has them all.
MOST_BARS = 40


def drawn(result: Result) -> Chart | None:
    """Return the chart of a result, if there is one."""
    chart: Chart | None = result.calculator.chart(result) if result.calculator.chart else None
    return chart


def chart_of(calculator: str, **inputs: Any) -> Chart:
    """Return the chart of a result, which must have one."""
    chart = drawn(calculators.run(calculator, inputs))
    assert chart is not None
    return chart


@pytest.mark.parametrize(
    ("name", "inputs"),
    [pytest.param(name, inputs, id=f"{name}: {case}") for name, case, inputs in CASES if name in WITH_CHART],
)
def test_a_chart_holds_its_numbers(name: str, inputs: dict[str, Any]) -> None:
    """Plain JSON; a point for each category; an axis around all values, written at each tick; a row for each number."""
    result = calculators.run(name, inputs)
    chart = drawn(result)
    if chart is None:
        return
    page = json.loads(json.dumps(to_page(chart, result.numerals), allow_nan=False))
    option = page["option"]

    assert all(len(series.values) == len(chart.categories) > 0 for series in chart.series)
    most = MOST_BARS if option["lying"] else len(chart.categories)
    assert all(len(series["data"]) == min(most, len(chart.categories)) for series in option["series"])
    assert [row[0] for row in page["rows"]] == [*chart.categories, *(mark for mark, _value in chart.marks)]
    assert all(len(row) == len(page["head"]) for row in page["rows"])
    for place, series in enumerate(chart.series, start=1):
        shown = ["–" if value is None else chart.unit.show(value, result.numerals) for value in series.values]
        assert [row[place] for row in page["rows"][: len(shown)]] == shown
        assert [point["text"] for point in option["series"][place - 1]["data"]] == shown[:most]

    axis = option["xAxis"] if option["lying"] else option["yAxis"]
    values = [float(value) for series in chart.series for value in series.values if value is not None]
    if chart.kind == "stacked":
        values = [sum(filter(None, group)) for group in _floats(chart)]
    values += [mark["value"] for mark in option["marks"]]
    assert axis["min"] <= min(values)
    assert max(values) <= axis["max"]
    assert axis["interval"] > 0
    assert _steps(axis) == len(axis["ticks"]) <= MOST_TICKS
    assert len({tick["text"] for tick in axis["ticks"]}) == len(axis["ticks"])


def _floats(chart: Chart) -> list[tuple[float, ...]]:
    return list(zip(*([float(value or 0) for value in series.values] for series in chart.series), strict=True))


def _steps(axis: dict[str, Any]) -> int:
    """Return how many ticks the browser draws."""
    return 1 + round(float(axis["max"] - axis["min"]) / float(axis["interval"]))


@pytest.mark.parametrize("name", WITH_CHART)
def test_points_that_are_not_evenly_spaced_lie_where_they_belong(name: str) -> None:
    """As many places as categories, in ascending order, and each point drawn at its place."""
    chart = chart_of(name)
    if not chart.positions:
        assert chart.position_unit is None
        return
    option = to_page(chart, calculators.run(name).numerals)["option"]

    assert chart.kind == "lines"
    assert chart.position_unit is not None
    assert len(chart.positions) == len(chart.categories)
    assert all(before < after for before, after in pairwise(chart.positions))
    assert [point["value"][0] for point in option["series"][0]["data"]] == [float(place) for place in chart.positions]
    assert option["xAxis"]["type"] == "value"
    assert option["xAxis"]["max"] == float(chart.positions[-1])


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@given(amounts, amounts)
def test_ticks_are_few_even_and_cover_what_is_drawn(one: Decimal, other: Decimal) -> None:
    """At most twelve round numbers at even steps, the first not above the lowest, the last not below the highest."""
    low, high = sorted((one, other))
    _check_ticks(tick_values(low, high), low, high)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_ticks_of_whole_things_are_whole(one: int, other: int) -> None:
    """No half deals on an axis."""
    low, high = Decimal(min(one, other)), Decimal(max(one, other))
    ticks = tick_values(low, high, is_whole=True)

    _check_ticks(ticks, low, high)
    assert all(tick == tick.to_integral_value() for tick in ticks)


def _check_ticks(ticks: list[Decimal], low: Decimal, high: Decimal) -> None:
    assert 2 <= len(ticks) <= MOST_TICKS
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert ticks[1] > ticks[0]
    assert ticks[0] <= low
    assert ticks[-1] >= high


@given(st.lists(st.decimals(0, 36_525, places=1), min_size=1, max_size=200))
def test_every_deal_stands_in_one_column(cycle_days: list[Decimal]) -> None:
    """At most ten columns, five for a few deals; together they hold every deal."""
    chart = chart_of("sales-cycle-length", cycle_days=cycle_days)
    (deals,) = chart.series

    assert sum(filter(None, deals.values)) == len(cycle_days)
    assert len(deals.values) <= (10 if len(cycle_days) >= 30 else 5)
    assert deals.values[0]
    assert deals.values[-1]


def test_the_columns_of_the_example() -> None:
    """45, 54 and 39 days in columns of five days; a deal of exactly 45 days is in the column from 45."""
    chart = chart_of("sales-cycle-length")

    assert chart.categories == ("35–40", "40–45", "45–50", "50–55")
    assert list(chart.series[0].values) == [1, 0, 1, 1]


def test_the_win_rate_lies_between_the_ends_of_its_interval() -> None:
    """The rate by value is drawn only if there is one."""
    low, rate, high, _by_value = chart_of("win-rate").series[0].values

    assert low is not None
    assert rate is not None
    assert high is not None
    assert low < rate < high
    assert len(chart_of("win-rate", lost_value=0).categories) == 3


def test_the_pipeline_needed_is_what_the_quota_still_open_needs() -> None:
    """380,000 at 25% need 1,520,000, beside the 900,000 there are."""
    assert list(chart_of("pipeline-coverage").series[0].values) == [900_000, 1_520_000]


def test_the_margin_meets_the_cost_at_the_payback() -> None:
    """The payback of 5 months is a point of the line, at the height of the cost; the lifetime is its end."""
    for name in ("customer-acquisition-cost", "customer-lifetime-value"):
        chart = chart_of(name)
        margin = dict(zip(chart.positions, chart.series[0].values, strict=True))
        assert margin[Decimal(5)] == 1_000 == chart.marks[0][1]

    assert [chart.positions[-1], chart.series[0].values[-1]] == [50, 10_000]


@given(st.decimals(1, 10**6, places=2), st.decimals(0, 10**6, places=2), st.integers(1, 500))
def test_revenue_grows_from_the_first_to_the_last(start: Decimal, end: Decimal, periods: int) -> None:
    """At most 36 steps, at the growth per period that the calculator gives."""
    result = calculators.run("revenue-growth", {"start_revenue": start, "end_revenue": end, "periods": periods})
    chart = drawn(result)
    assert chart is not None
    values = [float(value) for value in chart.series[0].values if value is not None]
    growth = 1 + float(result.figures.growth_per_period)

    assert values[0] == float(start)
    assert values[-1] == float(end)
    assert len(values) <= 37
    expected = [float(start) * growth ** int(place) for place in chart.positions]
    assert values == pytest.approx(expected, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("sales-cycle-length", {"cycle_days": []}),
        ("win-rate", {"won": 0, "lost": 0}),
        ("pipeline-coverage", {"win_rate": 0}),
        ("pipeline-coverage", {"booked": 500_000}),
        ("customer-acquisition-cost", {"new_customers": 0}),
        ("customer-acquisition-cost", {"gross_margin": 0}),
        ("revenue-growth", {"start_revenue": 0}),
        ("revenue-growth", {"periods": 0}),
    ],
)
def test_without_a_result_there_is_no_chart(name: str, inputs: dict[str, Any]) -> None:
    """Nothing is drawn where there is nothing to see."""
    assert drawn(calculators.run(name, inputs)) is None


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=8))
def test_each_bar_of_a_waterfall_begins_where_the_one_before_ends(moves: list[int]) -> None:
    """From the start up to what came in, down to the end; none below zero, else nothing is drawn."""
    names = ("created", "reopened", "pulled_in", "raised", "lowered", "pushed_out", "won", "lost")
    inputs = {f"{name}_value": move for name, move in zip(names, moves, strict=True)}
    result = calculators.run("pipeline-waterfall", inputs | {"start_value": 500})
    end = 500 + sum(moves[:4]) - sum(moves[4:])
    assert result.outputs["end_value"] == end
    chart = drawn(result)
    if end < 0:
        assert chart is None
        return
    assert chart is not None
    totals, left, came = (series.values for series in chart.series)
    reached = Decimal(500)
    for place, move in enumerate(moves, start=1):
        is_up = place <= 4
        assert (came if is_up else left)[place] == move
        assert (left if is_up else came)[place] is None
        assert chart.begins[place] == (reached if is_up else reached - move)
        reached += move if is_up else -move
    assert [totals[0], totals[-1], reached] == [500, end, end]
    assert min(chart.begins) >= 0
    option = to_page(chart, result.numerals)["option"]
    assert option["begins"] == [float(begin) for begin in chart.begins]
    assert option["xAxis"]["max"] >= max(500 + sum(moves[:4]), end)
