"""What does a new customer cost us, and when is that paid back?

acquisition cost = (sales cost + marketing cost) / new customers of the same period;
payback = acquisition cost / (monthly revenue per customer x gross margin).
Sources: mrrcanvas and ScoutMyTool for the payback, mymathtables for the cost; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.fields import count, money, months, rate
from calculators.core.messages import _
from calculators.core.outcome import Figure, Note, Undefined

TITLE = _("Customer acquisition cost (CAC)")
QUESTION = _("What does a new customer cost us, and when is it paid back?")
SOURCES = (
    "https://www.mymathtables.com/calculator/finance/customer-acquisition-cost-cac-calculator.html",
    "https://mrrcanvas.com/cac-payback-calculator/",
    "https://scoutmytool.com/calc/business-finance/cac-payback-period",
)


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
        _("Monthly revenue per customer"), default="250", hint=_("Of these new customers, on average.")
    )
    gross_margin: Decimal = rate(
        _("Gross margin"), default="0.8", hint=_("What is left of the revenue after the cost of delivering it.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    acquisition_cost: Figure = money(_("Cost per new customer"), sample="new_customers")
    payback_months: Figure = months(_("Paid back after"))
    notes: tuple[Note, ...] = ()


WORKING = {
    "acquisition_cost": "({sales_cost} + {marketing_cost}) ÷ {new_customers}",
    "payback_months": (
        "({sales_cost} + {marketing_cost}) ÷ {new_customers} ÷ ({monthly_revenue_per_customer} × {gross_margin})"
    ),
}

NOTES = {
    "no_new_customers": _("There is no cost per customer: the period brought no new one."),
    "no_margin": _("The cost is never paid back: a customer leaves no margin."),
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
