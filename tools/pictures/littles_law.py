"""Why 60 days ÷ 10 deals is not the sales cycle: team C of the page, whose deals take 60 days each."""

from collections.abc import Mapping
from decimal import Decimal

from calculators.core.numbers.numerals import Numerals
from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_PERIOD, _CLOSINGS, _CYCLE = 60, 10, 60
_INTERVAL = _PERIOD // _CLOSINGS
_ROW = 15


def figures(numbers: Numerals) -> Mapping[str, str]:
    """Return the numbers of the picture as text."""
    return {
        "closings": numbers.number(Decimal(_CLOSINGS)),
        "period": numbers.days(Decimal(_PERIOD)),
        "period_number": numbers.number(Decimal(_PERIOD)),
        "cycle": numbers.days(Decimal(_CYCLE)),
        "interval": numbers.days(Decimal(_INTERVAL)),
        "in_process": numbers.number(Decimal(_CYCLE // _INTERVAL)),
    }


def draw(drawing: Drawing) -> None:
    """Draw ten deals as bars, one below the other, each closing an interval after the one before."""
    texts = figures(drawing.numerals)
    first = _INTERVAL - _CYCLE
    left, right = 3.0, drawing.width - 7

    def x(day: float) -> float:
        return left + (day - first) * (right - left) / (_PERIOD - first)

    period = drawing.say(_("{closings} deals close in {period}"), **texts)
    period_line = drawing.height_of(period, right - x(0), bold=True) + 8
    cycle = drawing.say(_("Each deal takes {cycle}"), **texts)
    room = x(0) - left - 12
    cycle_line = max(period_line + 16, drawing.height_of(cycle, room, bold=True) + 8)
    bars = cycle_line + 14
    end = bars + _CLOSINGS * _ROW + 4
    drawing.box(x(0), period_line, right - x(0), end - period_line, "ground", 0)
    _span(drawing, (x(0), right), period_line, period, right - x(0))
    _span(drawing, (left, x(_INTERVAL)), cycle_line, cycle, room)
    for number in range(_CLOSINGS):
        closing = x((number + 1) * _INTERVAL)
        opening = x((number + 1) * _INTERVAL - _CYCLE)
        middle = bars + number * _ROW + _ROW / 2
        drawing.line([(closing, middle), (closing, end)])
        drawing.box(opening, middle - 4, closing - opening, 8, "box--1", 4)
        drawing.dot(closing, middle, 4.5, "fill--2")
    drawing.line([(x(0), period_line), (x(0), end)], "line--dashed")
    drawing.line([(left, end), (right, end)], "line--axis")
    _below(drawing, (x(0), x(_PERIOD - _INTERVAL), right), end, texts)


def _span(drawing: Drawing, ends: tuple[float, float], y: float, text: str, room: float) -> None:
    """Draw an arrow with two heads and, over the part that has room for it, what it is."""
    start, end = ends
    drawing.arrow((start, y), (end, y), both=True)
    top = y - 6 - drawing.height_of(text, room, bold=True)
    drawing.text(start + min(room + 12, end - start) / 2, top, text, room, anchor="middle", bold=True)


def _below(drawing: Drawing, places: tuple[float, float, float], end: float, texts: Mapping[str, str]) -> None:
    """Write what is open at one time under the first day, and the interval under the last two closings."""
    start, last_but_one, right = places
    drawing.line([(last_but_one, end + 4), (last_but_one, end + 12)], "line--arrow")
    drawing.line([(right, end + 4), (right, end + 12)], "line--arrow")
    drawing.line([(last_but_one, end + 8), (right, end + 8)], "line--arrow")
    top = end + 14
    drawing.text(
        start - 8,
        top,
        drawing.say(_("On this day {in_process} deals are in process"), **texts),
        start - 8,
        anchor="end",
    )
    drawing.line([(start, end), (start, top + drawing.leading)], "line--dashed")
    drawing.text(
        right,
        top,
        drawing.say(_("{period_number} ÷ {closings}: one closes every {interval}"), **texts),
        right - start - 8,
        anchor="end",
    )


PICTURE = Picture(
    title=_("Ten deals that overlap"),
    description=_(
        "Ten bars, one for each deal, each {cycle} long and each beginning and ending {interval} after the one above. "
        "Their ends all fall within {period}: one deal closes every {interval}, although each takes {cycle}. "
        "A line across the day on which the period begins meets all {in_process} bars."
    ),
    caption=_(
        "{closings} closings in {period} are one every {interval}, and still each deal takes {cycle}, because "
        "{in_process} run side by side."
    ),
    draw=draw,
    figures=figures,
)
