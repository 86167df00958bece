"""What is a customer worth over the time they stay?

lifetime value = monthly revenue per customer x gross margin x lifetime;
lifetime = 1 / monthly churn, but no longer than a cap: with no churn it would have no end.
Sources: Finmark and mrrcanvas; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.fields import money, months, multiple, rate
from calculators.core.messages import _
from calculators.core.outcome import Figure, Note, Undefined

TITLE = _("Customer lifetime value (LTV)")
QUESTION = _("What is a customer worth over the time they stay?")
HEADLINE = "lifetime_value"
SOURCES = (
    "https://help.finmark.com/en/articles/5525177-how-finmark-calculates-ltv-cac-and-cac-payback",
    "https://mrrcanvas.com/cac-payback-calculator/",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    monthly_revenue_per_customer: Decimal = money(
        _("Monthly revenue per customer"), default="250", hint=_("On average, of the customers you have.")
    )
    gross_margin: Decimal = rate(
        _("Gross margin"), default="0.8", hint=_("What is left of the revenue after the cost of delivering it.")
    )
    monthly_churn: Decimal = rate(
        _("Churn per month"), default="0.02", hint=_("Customers lost in a month as a share of those at its start.")
    )
    lifetime_cap_months: Decimal = months(
        _("Longest lifetime to count on"),
        default="60",
        hint=_("Five years is 60 months. Few products last longer unchanged."),
    )
    acquisition_cost: Decimal = money(
        _("Cost per new customer"), default="1000", hint=_("From the calculator of the acquisition cost.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    lifetime_months: Decimal = months(_("Expected lifetime"))
    lifetime_value: Decimal = money(_("Lifetime value"))
    value_to_cost: Figure = multiple(_("Lifetime value to acquisition cost"))
    notes: tuple[Note, ...] = ()


_LIFETIME_VALUE = "{monthly_revenue_per_customer} × {gross_margin} × {lifetime_months}"

WORKING = {
    "lifetime_months": _("1 ÷ {monthly_churn}, at most {lifetime_cap_months}"),
    "lifetime_value": _LIFETIME_VALUE,
    "value_to_cost": _LIFETIME_VALUE + " ÷ {acquisition_cost}",
}

NOTES = {
    "lifetime_capped": _(
        "The churn alone would give a longer lifetime than the {lifetime_cap_months} you count on, so these are used."
    ),
    "no_acquisition_cost": _("There is no ratio: the acquisition cost is zero."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute how long a customer stays, what they are worth and how that compares with their cost."""
    is_capped = inputs.monthly_churn * inputs.lifetime_cap_months < 1
    lifetime = inputs.lifetime_cap_months if is_capped else 1 / inputs.monthly_churn
    value = inputs.monthly_revenue_per_customer * inputs.gross_margin * lifetime
    return Outputs(
        lifetime_months=lifetime,
        lifetime_value=value,
        value_to_cost=value / inputs.acquisition_cost if inputs.acquisition_cost else Undefined("no_acquisition_cost"),
        notes=(Note("lifetime_capped", "lifetime_months"),) if is_capped else (),
    )
