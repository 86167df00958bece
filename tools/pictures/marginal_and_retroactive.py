"""The commission of a marginal and of a retroactive plan over bookings: the example of the compensation calculator."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from calculators.core.declaring.charts import tick_values
from calculators.core.numbers.numerals import Numerals
from calculators.core.running.run import run
from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_PLOT = 210.0

type Curve = tuple[tuple[Decimal, Decimal], ...]


@cache
def _plans() -> tuple[Curve, Curve, Decimal]:
    """Return bookings and commission along the marginal and the retroactive plan, and the quota."""
    example = run("sales-compensation", {}).inputs
    tiers = [
        {
            "from_attainment": tier.from_attainment,
            "multiplier": tier.multiplier,
            "retroactive": tier.from_attainment == Decimal("0.5"),
        }
        for tier in example.tiers
    ]
    marginal, retroactive = (_curve(run("sales-compensation", given)) for given in ({}, {"tiers": tiers}))
    return marginal, retroactive, example.quota


def _curve(result: Any) -> Curve:
    quota, last = result.inputs.quota, result.inputs.bookings
    points = ((point.attainment * quota, point.commission) for point in result.figures.pay_curve)
    return tuple((bookings, commission) for bookings, commission in points if bookings <= last)


def _paid_at(curve: Curve, bookings: Decimal) -> Decimal:
    return next(commission for place, commission in curve if place == bookings)


def figures(numbers: Numerals) -> Mapping[str, str]:
    """Return the numbers of the picture as text."""
    marginal, retroactive, quota = _plans()
    half, last = quota / 2, marginal[-1][0]
    before, after = _paid_at(marginal, half), _paid_at(retroactive, half)
    return {
        "half": numbers.money(half),
        "quota": numbers.money(quota),
        "last": numbers.money(last),
        "before": numbers.money(before),
        "after": numbers.money(after),
        "jump": numbers.money(after - before),
        "marginal_last": numbers.money(_paid_at(marginal, last)),
        "retroactive_last": numbers.money(_paid_at(retroactive, last)),
    }


def draw(drawing: Drawing) -> None:
    """Draw both curves over bookings, with the jump at half of the quota."""
    marginal, retroactive, quota = _plans()
    texts = figures(drawing.numerals)
    ticks = tick_values(Decimal(0), retroactive[-1][1])
    left, right = 44.0, drawing.width - 22
    top = drawing.text(0, 0, drawing.say(_("Commission")), drawing.width, bold=True) + 4
    names = [("2", drawing.say(_("Retroactive plan"))), ("1", drawing.say(_("Marginal plan")))]
    top = drawing.key(top, names) + 10
    end = top + _PLOT

    def x(bookings: Decimal) -> float:
        return left + float(bookings / marginal[-1][0]) * (right - left)

    def y(commission: Decimal) -> float:
        return end - float(commission / ticks[-1]) * _PLOT

    for tick in ticks:
        drawing.line([(left, y(tick)), (right, y(tick))], "line--quiet" if tick else "line--axis")
        label = drawing.numerals.money(tick)
        drawing.text(left - 6, y(tick) - drawing.leading / 2, label, left - 6, anchor="end")
    half = quota / 2
    for place in (half, quota):
        drawing.line([(x(place), top), (x(place), end)], "line--dashed")
    drawing.line([(x(place), y(paid)) for place, paid in retroactive], "line--2")
    drawing.line([(x(place), y(paid)) for place, paid in marginal], "line--1")
    drawing.mark((x(half), y(_paid_at(marginal, half))), "1")
    drawing.mark((x(half), y(_paid_at(retroactive, half))), "2")
    jump = drawing.say(_("Jump of {jump}"), **texts)
    room = x(half) - left - 12
    drawing.text(x(half) - 8, y(_paid_at(retroactive, half)) - drawing.leading, jump, room, anchor="end", bold=True)
    _below(drawing, (left, x(half), x(quota)), end + 4)


def _below(drawing: Drawing, places: tuple[float, float, float], top: float) -> None:
    """Write the bookings under the plot, with what they are of the quota."""
    texts = figures(drawing.numerals)
    room = places[2] - places[1] - 8
    drawing.text(places[0], top, drawing.numerals.money(Decimal(0)), 40, anchor="middle")
    bottom = top
    for place, number, meaning in (
        (places[1], "half", _("half of the quota")),
        (places[2], "quota", _("quota")),
    ):
        below = drawing.text(place, top, texts[number], room, anchor="middle")
        bottom = max(bottom, drawing.text(place, below, drawing.say(meaning), room, anchor="middle"))
    drawing.text(
        (places[0] + drawing.width) / 2,
        bottom + 4,
        drawing.say(_("Bookings")),
        drawing.width / 2,
        anchor="middle",
        bold=True,
    )


PICTURE = Picture(
    title=_("Commission of a marginal and of a retroactive plan"),
    description=_(
        "Two curves of commission over bookings from 0 to {last}. Up to {half}, half of the quota, they are the same "
        "and reach {before}. There the retroactive plan jumps to {after}, while the marginal plan goes on without a "
        "jump. From then on the retroactive plan pays {jump} more: {retroactive_last} against {marginal_last} at "
        "{last}. Above the quota of {quota} both rise faster."
    ),
    caption=_(
        "At {half} the retroactive plan jumps by {jump}, and from there it stays that much above the marginal one."
    ),
    draw=draw,
    figures=figures,
)
