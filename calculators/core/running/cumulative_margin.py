"""The margin a customer has brought after so many months, drawn against what it cost to win them."""

from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series, tick_values
from calculators.core.declaring.records import Field
from calculators.core.running.run import Result
from calculators.core.words.messages import _


def margin_chart(
    result: Result,
    *,
    monthly_margin: Decimal,
    until: Decimal,
    cost: Decimal,
    money: Field,
    months: Field,
    next_month: Decimal = Decimal(1),
) -> Chart:
    """Draw the margin at round months up to `until` and where it reaches the cost, which lies across.

    `money` is the field of the cost, `months` writes the months. `until` is longer than zero. The margin of a month is
    `next_month` times that of the month before.
    """
    points = {until, *(tick for tick in tick_values(Decimal(0), until) if tick < until)}
    if monthly_margin and cost < monthly_margin * _months_of_margin(until, next_month):
        points.add(_months_until(cost / monthly_margin, next_month))
    positions = tuple(sorted(points))
    return Chart(
        kind="lines",
        title=result.gettext(_("Margin of a customer and what it cost to win them")),
        category=result.gettext(_("After")),
        categories=tuple(months.show(point, result.numerals) for point in positions),
        series=(
            Series(
                name=result.gettext(_("Margin so far")),
                values=tuple(monthly_margin * _months_of_margin(point, next_month) for point in positions),
            ),
        ),
        unit=money,
        marks=((result.gettext(money.label), cost),),
        positions=positions,
        position_unit=months,
    )


def _months_of_margin(months: Decimal, next_month: Decimal) -> Decimal:
    """Return 1 + next_month + next_month² + … over the months: how many of the first month's margins they bring."""
    return months if next_month == 1 else (1 - next_month**months) / (1 - next_month)


def _months_until(margins: Decimal, next_month: Decimal) -> Decimal:
    """Return after how many months so many of the first month's margins are there, the inverse of the sum."""
    if next_month == 1:
        return margins
    return (1 - margins * (1 - next_month)).ln() / next_month.ln()
