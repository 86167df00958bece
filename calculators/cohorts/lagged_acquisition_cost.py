"""What does a new customer cost when the money is spent months before the customer signs?

lagged cost = cost of the months 1 to n - lag / new customers of the months lag + 1 to n, so that the customers of a
month stand beside the month in which they were paid for; same-month cost = cost of those customers' own months / them;
difference = same-month cost / lagged cost - 1.
Sources: SaaSGrid (monthly customers beside the spend of the month before), DataRoomHQ (with and without a lag); the
rest is arithmetic; see `SOURCES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import text
from calculators.core.declaring.fields import count, money, rate
from calculators.core.declaring.fields import months as length_in_months
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.numbers.statistics import CAUTION_BELOW
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Acquisition cost with a lag")
QUESTION = _("What does a new customer cost us when we spend months before they buy?")
PAGE = "metrics/customer-acquisition-cost.md"
SOURCES = (
    "https://www.saasgrid.com/docs/new-acv-vs-cac",
    "https://www.dataroomhq.com/post/customer-acquisition-cost-definition-calculation",
)

MONTH_NAMES = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
)
_EXAMPLE = (
    *(("44000", "35"), ("47000", "38"), ("51000", "40")),
    *(("55000", "42"), ("59000", "49"), ("64000", "50")),
    *(("72000", "57"), ("79000", "57"), ("87000", "65")),
)
_LONGEST_LAG = Decimal(120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month cost, and how many customers it brought."""

    name: str = text(_("Calendar month"), names=MONTH_NAMES)
    cost: Decimal = money(_("Sales and marketing cost"))
    new_customers: Decimal = count(_("New customers"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    months: tuple[Month, ...] = table(
        _("Months, from oldest to newest"),
        row=Month,
        minimum_rows=1,
        default=tuple(
            Month(name=name, cost=Decimal(cost), new_customers=Decimal(customers))
            for name, (cost, customers) in zip(MONTH_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_("One row for each month, one after the other, the oldest first. None may be left out."),
    )
    lag_months: Decimal = length_in_months(
        _("Months from the spend to the customer"),
        default="3",
        minimum=Decimal(0),
        maximum=_LONGEST_LAG,
        is_whole=True,
        is_setting=True,
        hint=_("The median time from the first touch to the win, in whole months."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfCustomers:
    """What the customers of a month cost, by what was spent the lag before and by what was spent in their month."""

    name: str = text(_("Calendar month"), names=MONTH_NAMES)
    new_customers: Decimal = count(_("New customers"))
    cost: Decimal = money(_("Cost, the lag before"))
    lagged_cost: Figure = money(_("Cost per customer, with the lag"))
    same_month_cost: Figure = money(_("Cost per customer, same month"))
    cost_of_month: Decimal = money(_("cost of the month itself"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    lagged_cost: Figure = money(_("Cost per new customer, with the lag"), sample="customers", goal="at_most")
    same_month_cost: Figure = money(_("Cost per new customer, same month"), sample="customers", goal="at_most")
    difference: Figure = rate(
        _("Same month against the lag"), sample="customers", goal="exactly", minimum=None, maximum=None
    )
    pairs: Decimal = count(_("Months compared"))
    by_month: tuple[MonthOfCustomers, ...] = table(_("By month of the customers"), row=MonthOfCustomers)
    customers: Decimal = count(_("new customers of these months"), is_working=True)
    cost_before: Decimal = money(_("cost, the lag before these months"), is_working=True)
    cost_of_same: Decimal = money(_("cost of these months themselves"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "lagged_cost": "{cost_before} ÷ {customers}",
    "same_month_cost": "{cost_of_same} ÷ {customers}",
    "difference": "{same_month_cost} ÷ {lagged_cost} − {=1}",
    "by_month.lagged_cost": "{row.cost} ÷ {row.new_customers}",
    "by_month.same_month_cost": "{row.cost_of_month} ÷ {row.new_customers}",
}

_PLACE = "(ROW({months.cost})-ROW({months.first.cost})+1)"
_HAS_CUSTOMERS = f"({_PLACE}>{{lag_months}})"
_ITS_PLACE = "ROW()-ROW({by_month.first.name})+1"
_ITS_NAME = f"INDEX({{months.name}},{_ITS_PLACE}+{{lag_months}})"
SPREADSHEET = {
    "lagged_cost": "{cost_before}/{customers}",
    "same_month_cost": "{cost_of_same}/{customers}",
    "difference": "{same_month_cost}/{lagged_cost}-1",
    "pairs": "MAX(0,ROWS({months.cost})-{lag_months})",
    "customers": f"SUMPRODUCT({_HAS_CUSTOMERS}*{{months.new_customers}})",
    "cost_before": f"SUMPRODUCT(({_PLACE}<=ROWS({{months.cost}})-{{lag_months}})*{{months.cost}})",
    "cost_of_same": f"SUMPRODUCT({_HAS_CUSTOMERS}*{{months.cost}})",
    # A month without a name is an empty cell.
    "by_month.name": f'IF({_ITS_NAME}="",NA(),{_ITS_NAME})',
    "by_month.new_customers": f"INDEX({{months.new_customers}},{_ITS_PLACE}+{{lag_months}})",
    "by_month.cost": f"INDEX({{months.cost}},{_ITS_PLACE})",
    "by_month.lagged_cost": "{row.cost}/{row.new_customers}",
    "by_month.same_month_cost": "{row.cost_of_month}/{row.new_customers}",
    "by_month.cost_of_month": f"INDEX({{months.cost}},{_ITS_PLACE}+{{lag_months}})",
}

NOTES = {
    "too_few_months": _("There is nothing to compare: it takes more months than the lag has. Enter earlier ones."),
    "no_new_customers": _("There is no cost per customer: the months compared brought no new one."),
    "no_customers_in_month": _("A month brought no new customer, so it has no cost per customer."),
    "no_cost_before": _("There is no difference in percent: nothing was spent in the months before."),
    "few_customers": _(
        "With fewer than {=30} new customers, one more or less moves the cost a lot: take more months together."
    ),
}

ANSWERS = {
    "overstated": _(
        "A new customer costs us {lagged_cost}, spent {lag_months} earlier. The spend of the same months would say "
        "{same_month_cost}: too much, because the last months cost more than the first."
    ),
    "understated": _(
        "A new customer costs us {lagged_cost}, spent {lag_months} earlier. The spend of the same months would say "
        "{same_month_cost}: too little, because the last months cost less than the first."
    ),
    "unaffected": _(
        "A new customer costs us {lagged_cost}, spent {lag_months} earlier. The spend of the same months would say as "
        "much."
    ),
    "without_lag": _("Without a lag, a new customer costs us {lagged_cost}, spent in the same months."),
    "hardly_anything": _("A new customer costs us hardly anything."),
    "free": _("A new customer costs us nothing: no costs are entered for the months in which they were paid for."),
}


def compute(inputs: Inputs) -> Outputs:
    """Divide the cost of the earlier months by the customers of the later ones, in all and month by month."""
    lag = int(inputs.lag_months)
    later = inputs.months[lag:]
    earlier = inputs.months[: len(later)]
    customers = sum((month.new_customers for month in later), Decimal(0))
    before, same = (sum((month.cost for month in rows), Decimal(0)) for rows in (earlier, later))
    missing = "no_new_customers" if later else "too_few_months"
    lagged_cost, same_month_cost = _each(before, customers, missing), _each(same, customers, missing)
    return Outputs(
        lagged_cost=lagged_cost,
        same_month_cost=same_month_cost,
        difference=_difference(same_month_cost, lagged_cost),
        pairs=Decimal(len(later)),
        by_month=tuple(
            MonthOfCustomers(
                name=month.name,
                new_customers=month.new_customers,
                cost=paid.cost,
                lagged_cost=_each(paid.cost, month.new_customers, "no_customers_in_month"),
                same_month_cost=_each(month.cost, month.new_customers, "no_customers_in_month"),
                cost_of_month=month.cost,
            )
            for paid, month in zip(earlier, later, strict=True)
        ),
        customers=customers,
        cost_before=before,
        cost_of_same=same,
        notes=tuple(_remarks(customers)),
    )


def _each(cost: Decimal, customers: Decimal, missing: str) -> Figure:
    return cost / customers if customers else Undefined(missing)


def _difference(same_month: Figure, lagged: Figure) -> Figure:
    if isinstance(same_month, Undefined):
        return same_month
    assert isinstance(lagged, Decimal)  # both are of the same customers
    return same_month / lagged - 1 if lagged else Undefined("no_cost_before")


def _remarks(customers: Decimal) -> Iterator[Note]:
    if 0 < customers < CAUTION_BELOW:
        yield Note("few_customers", "lagged_cost")


def answer(result: Result) -> Answer:
    """Say what a customer costs with the lag, and how the spend of the same months would mislead."""
    lagged, same_month = result.figures.lagged_cost, result.figures.same_month_cost
    if isinstance(lagged, Undefined):
        return lagged
    if not lagged:
        return "free"
    if result.is_hardly_anything("lagged_cost"):
        return "hardly_anything"
    if not result.inputs.lag_months:
        return "without_lag"
    if result.shown("same_month_cost") == result.shown("lagged_cost"):
        return "unaffected"
    return "overstated" if same_month > lagged else "understated"


def chart(result: Result) -> Chart | None:
    """Draw the cost of a customer month by month, with the lag and without."""
    rows = result.figures.by_month
    if len(rows) < 2 or isinstance(result.figures.lagged_cost, Undefined):
        return None
    columns = result.calculator.output_fields["by_month"].columns  # type: ignore[attr-defined]  # it is a table
    return Chart(
        kind="lines",
        title=result.gettext(_("What a new customer of each month cost")),
        category=result.gettext(columns["name"].label),
        categories=tuple(columns["name"].show(row.name, result.numerals) for row in rows),
        series=tuple(
            Series(
                name=result.gettext(columns[name].label),
                values=tuple(None if isinstance(value := getattr(row, name), Undefined) else value for row in rows),
            )
            for name in ("lagged_cost", "same_month_cost")
        ),
        unit=columns["lagged_cost"],
    )
