"""What does a new customer cost us, and when is that paid back?

acquisition cost = (sales cost + marketing cost) / new customers of the same period;
payback = acquisition cost / (monthly revenue per customer x gross margin).
Sources: Skok for cost and payback on margin, Finmark for the form without brackets; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, money, months, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.running.cumulative_margin import margin_chart
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Customer acquisition cost (CAC)")
QUESTION = _("What does a new customer cost us, and when is it paid back?")
PAGE = "metrics/customer-acquisition-cost.md"
SOURCES = (
    "https://help.finmark.com/en/articles/5525177-how-finmark-calculates-ltv-cac-and-cac-payback",
    "David Skok, SaaS Metrics 2.0, For Entrepreneurs",
)


# The picture goes on to twice the payback, and shows a year at least.
_LEAST_MONTHS_DRAWN = Decimal(12)
# Three days: nobody reads a part of a month as small as that.
_SOON = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    sales_cost: Decimal = money(
        _("Sales cost in the period"),
        default="60000",
        hint=_("Salaries, commission, travel and tools of the sales team."),
    )
    marketing_cost: Decimal = money(
        _("Marketing cost in the period"), default="40000", hint=_("Advertising, events, agencies, people and tools.")
    )
    new_customers: Decimal = count(
        _("New customers in the period"), default="100", hint=_("Customers who bought for the first time.")
    )
    monthly_revenue_per_customer: Decimal = money(
        _("Monthly revenue per customer"),
        default="250",
        hint=_("Of these new customers, on average."),
        quantity="monthly_revenue_per_customer",
    )
    gross_margin: Decimal = rate(
        _("Gross margin"),
        default="0.8",
        hint=_("What is left of the revenue after the cost of delivering it."),
        quantity="gross_margin",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    acquisition_cost: Figure = money(
        _("Cost per new customer"), sample="new_customers", goal="at_most", quantity="acquisition_cost"
    )
    payback_months: Figure = months(_("Paid back after"), goal="at_most")
    notes: tuple[Note, ...] = ()


WORKING = {
    "acquisition_cost": "({sales_cost} + {marketing_cost}) ÷ {new_customers}",
    "payback_months": (
        "({sales_cost} + {marketing_cost}) ÷ {new_customers} ÷ ({monthly_revenue_per_customer} × {gross_margin})"
    ),
}

SPREADSHEET = {
    "acquisition_cost": "({sales_cost}+{marketing_cost})/{new_customers}",
    "payback_months": "{acquisition_cost}/({monthly_revenue_per_customer}*{gross_margin})",
}

NOTES = {
    "no_new_customers": _("There is no cost per customer: the period brought no new one."),
    "no_margin": _("The cost is never paid back: a customer leaves no margin."),
}

ANSWERS = {
    "paid_back": _("A new customer costs us {acquisition_cost}, paid back after {payback_months}."),
    "never_paid_back": _(
        "A new customer costs us {acquisition_cost}, and that is never paid back: there is no margin."
    ),
    "paid_back_soon": _("A new customer costs us {acquisition_cost}, paid back within a few days."),
    "hardly_anything": _("A new customer costs us hardly anything."),
    "free": _("A new customer costs us nothing: no costs are entered for the period."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute the cost of a new customer and the months until the margin has paid it back."""
    if inputs.new_customers == 0:
        missing = Undefined("no_new_customers")
        return Outputs(acquisition_cost=missing, payback_months=missing)
    cost = (inputs.sales_cost + inputs.marketing_cost) / inputs.new_customers
    monthly_margin = inputs.monthly_revenue_per_customer * inputs.gross_margin
    return Outputs(
        acquisition_cost=cost,
        payback_months=cost / monthly_margin if monthly_margin else Undefined("no_margin"),
    )


def answer(result: Result) -> Answer:
    """Say what a new customer costs, and when that is paid back."""
    cost, payback = result.figures.acquisition_cost, result.figures.payback_months
    if isinstance(cost, Undefined):
        return cost
    if not cost:
        return "free"
    if result.is_hardly_anything("acquisition_cost"):
        return "hardly_anything"
    if isinstance(payback, Undefined):
        return "never_paid_back"
    return "paid_back_soon" if payback < _SOON else "paid_back"


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the fully loaded cost, and the simple one."""
    unit = fields_of(Outputs)["acquisition_cost"]
    marketing_only: Figure = outputs.acquisition_cost
    if not isinstance(outputs.acquisition_cost, Undefined):
        marketing_only = inputs.marketing_cost / inputs.new_customers
    return (
        Definition(
            code="fully_loaded",
            name=_("Fully loaded: (sales cost + marketing cost) ÷ new customers"),
            effect=_("The definition used here. It holds wages, commission, tools and travel as well as advertising."),
            unit=unit,
            figure=outputs.acquisition_cost,
        ),
        Definition(
            code="marketing_only",
            name=_("Simple: marketing cost only ÷ new customers"),
            effect=_(
                "Lower, because it leaves out the people who sell; the payback looks shorter in the same measure. "
                "Call it simple, and do not compare it with a fully loaded cost."
            ),
            unit=unit,
            figure=marketing_only,
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw the margin a customer has brought after each month, with the cost across: they meet at the payback."""
    payback = result.outputs["payback_months"]
    if payback is None:
        return None
    inputs, fields = result.inputs, result.calculator.output_fields
    return margin_chart(
        result,
        monthly_margin=inputs.monthly_revenue_per_customer * inputs.gross_margin,
        until=max(_LEAST_MONTHS_DRAWN, 2 * payback),
        cost=result.figures.acquisition_cost,
        money=fields["acquisition_cost"],
        months=fields["payback_months"],
    )
