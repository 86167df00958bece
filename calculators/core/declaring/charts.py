"""Charts as data: a calculator says what is drawn, this module says how, for Apache ECharts and as a table.

Every number in a chart is text from Python, in the page's format; colours are the page's own (`--chart-1` …), so
that they follow light and dark. JavaScript only puts the texts in place and gives them room
(overrides/assets/calculator/charts.js).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.records import Field
from calculators.core.numbers.numerals import Numerals

_TICKS = 5
# Values that differ by less than this share of them lie at the same place of a picture.
_TOLD_APART = Decimal("1e-9")
_MOST_BARS = 40
_LYING = {"bars", "stacked", "waterfall", "tornado"}
_ON_TOP = {"stacked", "waterfall"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of one kind, one for each category; None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn, in the reader's words.

    `bars` lie, so that names have room on a phone, one group per category; `stacked` adds the series up in one bar;
    `waterfall` draws of each category the one series that has a value, from where it `begins`; `columns` stand, for a
    distribution; `lines` run over the categories; `tornado` has two series, each drawn from the first mark to its
    value. `unit` writes the values. `marks` are straight lines across: a name and its value.
    """

    kind: Literal["bars", "stacked", "waterfall", "columns", "lines", "tornado"]
    title: str
    category: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Field
    marks: tuple[tuple[str, Decimal], ...] = ()
    # Where the points of lines lie, if they are not evenly spaced, and how that is written.
    positions: tuple[Decimal, ...] = ()
    position_unit: Field | None = None
    # Where each bar of a waterfall begins: not below zero.
    begins: tuple[Decimal, ...] = ()


def to_page(chart: Chart, numerals: Numerals) -> dict[str, Any]:
    """Return a chart's title, ECharts option, and the table with the same numbers."""

    def show(value: Decimal | None) -> str:
        return NOTHING if value is None else chart.unit.show(value, numerals)

    lying = chart.kind in _LYING
    return {
        "title": chart.title,
        "option": _option(chart, show, numerals, lying=lying),
        "head": [chart.category, *(series.name for series in chart.series)],
        "rows": [
            [category, *(show(series.values[place]) for series in chart.series)]
            for place, category in enumerate(chart.categories)
        ]
        + [[name, show(value), *[""] * (len(chart.series) - 1)] for name, value in chart.marks],
    }


def tick_values(low: Decimal, high: Decimal, *, is_whole: bool = False) -> list[Decimal]:
    """Return about five round numbers, the first at or below `low`, the last at or above `high`, whole if asked."""
    span = high - low
    least = max(abs(low), abs(high)) * _TOLD_APART
    if span <= least:
        return [low, low + max(Decimal(1), least.to_integral_value(rounding="ROUND_CEILING"))]
    rough = max(span / (_TICKS - 1), Decimal(is_whole))
    power = Decimal(1).scaleb(rough.adjusted())
    steps = (power * factor for factor in (1, 2, Decimal("2.5"), 5, 10))
    step = next(step for step in steps if step >= rough and (not is_whole or step == step.to_integral_value()))
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    steps_needed = ((high - first) / step).to_integral_value(rounding="ROUND_CEILING")
    return [first + step * place for place in range(int(steps_needed) + 1)]


def _option(chart: Chart, show: Callable[[Decimal | None], str], numerals: Numerals, *, lying: bool) -> dict[str, Any]:
    categories = list(chart.categories[:_MOST_BARS]) if lying else list(chart.categories)
    values = [value for series in chart.series for value in series.values if value is not None]
    if chart.kind in _ON_TOP:
        values = [_total(chart, place) for place in range(len(chart.categories))]
    values += [value for _name, value in chart.marks]
    if chart.kind != "tornado":
        values.append(Decimal(0))
    # Half a deal on the axis would only puzzle.
    ticks = tick_values(min(values), max(values), is_whole=_is_whole(chart.unit))
    value_axis: dict[str, Any] = {
        "type": "value",
        "min": float(ticks[0]),
        "max": float(ticks[-1]),
        "interval": float(ticks[1] - ticks[0]),
        "ticks": [{"value": float(tick), "text": show(tick)} for tick in ticks],
    }
    if chart.kind == "tornado":
        # Its bars begin where the result is now.
        value_axis["startValue"] = float(chart.marks[0][1])
    category_axis: dict[str, Any] = {"type": "category", "data": categories, "inverse": lying}
    category_axis["boundaryGap"] = chart.kind != "lines"
    if chart.position_unit is not None:
        category_axis = _position_axis(chart.positions, chart.position_unit, numerals)
    return {
        "xAxis": value_axis if lying else category_axis,
        "yAxis": category_axis if lying else value_axis,
        "legend": {"show": len(chart.series) > 1},
        "series": [
            _series(chart, series, number, show, len(categories)) for number, series in enumerate(chart.series, start=1)
        ],
        "lying": lying,
        "begins": [float(begin) for begin in chart.begins],
        "marks": [{"name": name, "value": float(value), "text": show(value)} for name, value in chart.marks],
    }


def _is_whole(unit: Field) -> bool:
    return getattr(unit, "is_whole", False)


def _position_axis(positions: tuple[Decimal, ...], unit: Field, numerals: Numerals) -> dict[str, Any]:
    ticks = tick_values(min(positions), max(positions), is_whole=_is_whole(unit))
    return {
        "type": "value",
        "min": float(min(positions)),
        "max": float(max(positions)),
        "interval": float(ticks[1] - ticks[0]),
        "ticks": [{"value": float(tick), "text": unit.show(tick, numerals)} for tick in ticks],
        "plain": True,
    }


def _series(
    chart: Chart, series: Series, number: int, show: Callable[[Decimal | None], str], count: int
) -> dict[str, Any]:
    return {
        "type": "line" if chart.kind == "lines" else "bar",
        "name": series.name,
        "colour": number,
        "stack": "total" if chart.kind in _ON_TOP else None,
        # Without a stack, the two bars of a tornado lie over each other.
        "gap": "-100%" if chart.kind == "tornado" else None,
        # Bars say their value; elsewhere the axis and the table do.
        "labelled": chart.kind in {"bars", "waterfall"},
        "data": [
            {"value": _point(chart, place, value), "text": show(value)}
            for place, value in enumerate(series.values[:count])
        ],
    }


def _point(chart: Chart, place: int, value: Decimal | None) -> float | list[float] | None:
    if value is None:
        return None
    return [float(chart.positions[place]), float(value)] if chart.positions else float(value)


def _total(chart: Chart, place: int) -> Decimal:
    begin = chart.begins[place] if chart.begins else Decimal(0)
    return sum((series.values[place] or Decimal(0) for series in chart.series), begin)


PLAIN = Number(label="")
