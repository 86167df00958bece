"""The margin a customer has brought after so many months, drawn against what it cost to win them."""

from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series, tick_values
from calculators.core.declaring.records import Field
from calculators.core.running.run import Result
from calculators.core.words.messages import _


def margin_chart(
    result: Result, *, monthly_margin: Decimal, until: Decimal, cost: Decimal, money: Field, months: Field
) -> Chart:
    """Draw the margin at round months up to `until` and where it reaches the cost, which lies across.

    `money` is the field of the cost, `months` writes the months. `until` is longer than zero.
    """
    points = {until, *(tick for tick in tick_values(Decimal(0), until) if tick < until)}
    if monthly_margin and cost < monthly_margin * until:
        points.add(cost / monthly_margin)
    positions = tuple(sorted(points))
    return Chart(
        kind="lines",
        title=result.gettext(_("Margin of a customer and what it cost to win them")),
        category=result.gettext(_("After")),
        categories=tuple(months.show(point, result.numerals) for point in positions),
        series=(
            Series(
                name=result.gettext(_("Margin so far")), values=tuple(monthly_margin * point for point in positions)
            ),
        ),
        unit=money,
        marks=((result.gettext(money.label), cost),),
        positions=positions,
        position_unit=months,
    )
