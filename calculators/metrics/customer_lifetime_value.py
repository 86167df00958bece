"""What is a customer worth over the time they stay?

lifetime value = monthly revenue per customer x gross margin x lifetime;
lifetime = 1 / monthly churn, but no longer than a cap: with no churn it would have no end.
With expansion g and discount d of a month, the lifetime L counts as 1 / (1 - (1 - 1/L) x (1 + g) / (1 + d)) months of
today's margin: the sum over all months of the share still there, grown and discounted, the first payment at once.
Sources: Finmark, Skok; Fader and Hardie on churn that varies; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import money, months, multiple, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.running.cumulative_margin import margin_chart
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Customer lifetime value (LTV)")
QUESTION = _("What is a customer worth over the time they stay?")
HEADLINE = "lifetime_value"
PAGE = "metrics/customer-lifetime-value.md"
SOURCES = (
    "https://help.finmark.com/en/articles/5525177-how-finmark-calculates-ltv-cac-and-cac-payback",
    "David Skok, SaaS Metrics 2.0, For Entrepreneurs",
    "Peter S. Fader and Bruce G. S. Hardie, Customer-base valuation in a contractual setting: "
    "the perils of ignoring heterogeneity, Marketing Science 29 (2010)",
)


# The discount of one published form; state it with the figure.
_DISCOUNT_PER_MONTH = Decimal("0.01")
_MONTHS_PER_YEAR = 12
# A churn below this is as good as none; the digits of its powers would not be exact.
_NO_CHURN_BELOW = Decimal("1e-12")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    monthly_revenue_per_customer: Decimal = money(
        _("Monthly revenue per customer"),
        default="250",
        hint=_("On average, of the customers you have."),
        quantity="monthly_revenue_per_customer",
    )
    gross_margin: Decimal = rate(
        _("Gross margin"),
        default="0.8",
        hint=_("What is left of the revenue after the cost of delivering it."),
        quantity="gross_margin",
    )
    monthly_churn: Decimal = rate(
        _("Churn per month"),
        default="0.02",
        hint=_("Customers lost in a month as a share of those at its start."),
        quantity="monthly_churn",
    )
    lifetime_cap_months: Decimal = months(
        _("Longest lifetime to count on"),
        default="60",
        hint=_("Five years is 60 months. Few products last longer unchanged."),
    )
    monthly_expansion: Decimal = rate(
        _("Expansion per month"),
        default="0",
        hint=_("By how much the revenue of customers who stay grows in a month. Zero if you do not know."),
        quantity="monthly_expansion",
    )
    yearly_discount: Decimal = rate(
        _("Discount rate per year"),
        default="0",
        hint=_("By how much less money counts a year later. At zero all money counts alike."),
        is_setting=True,
    )
    acquisition_cost: Decimal = money(
        _("Cost per new customer"),
        default="1000",
        hint=_("From the calculator of the acquisition cost."),
        quantity="acquisition_cost",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    lifetime_months: Decimal = months(_("Expected lifetime"))
    lifetime_value: Figure = money(_("Lifetime value"))
    value_to_cost: Figure = multiple(_("Lifetime value to acquisition cost"))
    margin_months: Figure = months(_("Lifetime in months of today’s margin"))
    notes: tuple[Note, ...] = ()


_LIFETIME_VALUE = "{monthly_revenue_per_customer} × {gross_margin} × {margin_months}"

WORKING = {
    "lifetime_months": _("1 ÷ {monthly_churn}, at most {lifetime_cap_months}"),
    "margin_months": (
        "{=1} ÷ ({=1} − ({=1} − {=1} ÷ {lifetime_months}) × ({=1} + {monthly_expansion})"
        " ÷ ({=1} + {yearly_discount}) ^ ({=1} ÷ {=12}))"
    ),
    "lifetime_value": _LIFETIME_VALUE,
    "value_to_cost": _LIFETIME_VALUE + " ÷ {acquisition_cost}",
}

SPREADSHEET = {
    "lifetime_months": "IF({monthly_churn}*{lifetime_cap_months}<1,{lifetime_cap_months},1/{monthly_churn})",
    "margin_months": (
        "IF(AND({monthly_expansion}=0,{yearly_discount}=0),{lifetime_months},"
        "IF((1-1/{lifetime_months})*(1+{monthly_expansion})/(1+{yearly_discount})^(1/12)>=1-1E-12,NA(),"
        "1/(1-(1-1/{lifetime_months})*(1+{monthly_expansion})/(1+{yearly_discount})^(1/12))))"
    ),
    "lifetime_value": "{monthly_revenue_per_customer}*{gross_margin}*{margin_months}",
    "value_to_cost": "{lifetime_value}/{acquisition_cost}",
}

NOTES = {
    "lifetime_capped": _(
        "The churn alone would give a longer lifetime than the {lifetime_cap_months} you count on, so these are used."
    ),
    "expansion_without_end": _(
        "There is no lifetime value: the revenue of those who stay grows faster than customers leave and money loses "
        "in worth, so the sum has no end. Count on a shorter lifetime or enter a discount rate; what is received until "
        "the longest lifetime stands among the other definitions."
    ),
    "no_acquisition_cost": _("There is no ratio: the acquisition cost is zero."),
}

ANSWERS = {
    "worth": _(
        "A customer is worth {lifetime_value} over {lifetime_months}: {value_to_cost} what it costs to win one."
    ),
    "worth_less": _(
        "A customer is worth {lifetime_value} over {lifetime_months}, "
        "less than the {acquisition_cost} it costs to win one."
    ),
    "worth_the_same": _(
        "A customer is worth {lifetime_value} over {lifetime_months}, about as much as it costs to win one."
    ),
    "hardly_anything": _("A customer is worth hardly anything over {lifetime_months}."),
    "without_cost": _("A customer is worth {lifetime_value} over {lifetime_months}."),
}

_DEFINITIONS = {
    "margin": (
        _("Margin: monthly revenue × gross margin × lifetime, with the cap"),
        _("The definition used here. The cap keeps a very low churn from promising a customer for decades."),
    ),
    "revenue": (
        _("Simple revenue: monthly revenue × lifetime"),
        _(
            "Leaves out the cost of delivery, so the lower the margin, the more it flatters. "
            "Do not divide it by the acquisition cost."
        ),
    ),
    "no_cap": (
        _("Without the cap: monthly revenue × gross margin ÷ churn"),
        _(
            "The same as long as the cap is not reached. "
            "With a very low churn it grows without limit, and without churn it does not exist."
        ),
    ),
    "within_cap": (
        _("Margin received until the longest lifetime, and none after it"),
        _(
            "Lower, because it stops counting at that month. "
            "The cap used here does not: it limits how long a customer stays on average."
        ),
    ),
    "discounted": (
        _("Discounted: later margin counts 1% less with each month, without a cap"),
        _(
            "Lower than without the cap, because later money counts less. "
            "It depends on the discount, so state it with the figure."
        ),
    ),
    "mixed_periods": (
        _("Mixed periods: monthly revenue × gross margin ÷ churn of a year"),
        _(
            "A mistake: the money is of one month and the churn of twelve, "
            "so the value is about a twelfth of that without the cap. "
            "The churn of a year is also less than twelve times that of a month, "
            "because each month only those still there can leave."
        ),
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute how long a customer stays, what they are worth and how that compares with their cost."""
    is_capped = inputs.monthly_churn * inputs.lifetime_cap_months < 1
    lifetime = inputs.lifetime_cap_months if is_capped else 1 / inputs.monthly_churn
    margin_months = _margin_months(lifetime, _worth_of_next_month(inputs))
    value = margin_months
    ratio = margin_months
    if isinstance(value, Decimal):
        value *= inputs.monthly_revenue_per_customer * inputs.gross_margin
        ratio = value / inputs.acquisition_cost if inputs.acquisition_cost else Undefined("no_acquisition_cost")
    return Outputs(
        lifetime_months=lifetime,
        lifetime_value=value,
        value_to_cost=ratio,
        margin_months=margin_months,
        notes=(Note("lifetime_capped", "lifetime_months"),) if is_capped else (),
    )


def _worth_of_next_month(inputs: Inputs) -> Decimal:
    """Return what the margin of a month is worth beside that of the month before: grown, and discounted."""
    discounted = (1 + inputs.yearly_discount) ** (Decimal(1) / _MONTHS_PER_YEAR) if inputs.yearly_discount else 1
    return (1 + inputs.monthly_expansion) / discounted


def _margin_months(lifetime: Decimal, next_month: Decimal) -> Figure:
    """Return how many months of today's margin a lifetime is worth."""
    if next_month == 1:
        return lifetime
    lost = 1 - (1 - 1 / lifetime) * next_month
    return 1 / lost if lost > _NO_CHURN_BELOW else Undefined("expansion_without_end")


def answer(result: Result) -> Answer:
    """Say what a customer is worth, beside what it costs to win one."""
    value, ratio = result.figures.lifetime_value, result.figures.value_to_cost
    if isinstance(value, Undefined):
        return value
    if result.is_hardly_anything("lifetime_value"):
        return "hardly_anything"
    if isinstance(ratio, Undefined):
        return "without_cost"
    is_less = ratio < 1 and result.shown("lifetime_value") != result.shown("acquisition_cost")
    if is_less:
        return "worth_less"
    once = result.calculator.output_fields["value_to_cost"].show(Decimal(1), result.numerals)
    return "worth_the_same" if ratio != 1 and result.text("value_to_cost") == once else "worth"


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return margin x lifetime, and what others call the value of a customer."""
    churn, cap = inputs.monthly_churn, inputs.lifetime_cap_months
    margin = inputs.monthly_revenue_per_customer * inputs.gross_margin
    has_churn = churn >= _NO_CHURN_BELOW
    no_churn = Undefined("no_churn")
    next_month = _worth_of_next_month(inputs)
    lost = 1 - (1 - churn) * next_month
    figures: dict[str, Figure] = {
        "margin": outputs.lifetime_value,
        "revenue": _times(outputs.margin_months, inputs.monthly_revenue_per_customer),
        "no_cap": margin / lost if lost >= _NO_CHURN_BELOW else no_churn,
        "within_cap": margin * _sum_of_powers((1 - churn) * next_month, cap),
        # The first payment is at once.
        "discounted": margin * (1 + _DISCOUNT_PER_MONTH) / (churn + _DISCOUNT_PER_MONTH),
        "mixed_periods": margin / (1 - (1 - churn) ** _MONTHS_PER_YEAR) if has_churn else no_churn,
    }
    unit = fields_of(Outputs)["lifetime_value"]
    return tuple(
        Definition(code=code, name=name, effect=effect, unit=unit, figure=figures[code])
        for code, (name, effect) in _DEFINITIONS.items()
    )


def _times(months_of_margin: Figure, amount: Decimal) -> Figure:
    return months_of_margin if isinstance(months_of_margin, Undefined) else months_of_margin * amount


def _sum_of_powers(ratio: Decimal, terms: Decimal) -> Decimal:
    """Return 1 + ratio + ratio² + … of so many terms, between whole numbers as the formula has it."""
    if abs(1 - ratio) < _NO_CHURN_BELOW:
        return terms
    return (1 - ratio**terms) / (1 - ratio) if ratio else Decimal(1)


def chart(result: Result) -> Chart:
    """Draw the margin a customer has brought after each month of the lifetime, with their cost across."""
    inputs = result.inputs
    return margin_chart(
        result,
        monthly_margin=inputs.monthly_revenue_per_customer * inputs.gross_margin,
        next_month=_worth_of_next_month(inputs),
        until=result.figures.lifetime_months,
        cost=inputs.acquisition_cost,
        money=result.calculator.input_fields["acquisition_cost"],
        months=result.calculator.output_fields["lifetime_months"],
    )
