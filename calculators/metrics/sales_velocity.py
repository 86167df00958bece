"""How much revenue does our pipeline bring per day?

velocity = opportunities x average deal size x win rate / sales cycle.
Opportunities are those worked at one time, not those created in a period.
Sources: HubSpot; Little's law gives the same (40 x 25,000 x 25% / 90 days); see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, days, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Sales velocity")
QUESTION = _("How much revenue does our pipeline bring per day?")
PAGE = "metrics/sales-velocity.md"
SOURCES = (
    "https://blog.hubspot.com/sales/sales-velocity",
    "John D. C. Little, A proof for the queuing formula: L = λW, Operations Research 9 (1961)",
)

DAYS_PER_YEAR = Decimal("365.25")
MONTHS_PER_YEAR = Decimal(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    opportunities: Decimal = count(
        _("Opportunities worked at one time"),
        default="40",
        hint=_("Live, qualified deals. Not those created in a period, and not those that went quiet long ago."),
        quantity="live_opportunities",
    )
    average_deal_size: Decimal = money(
        _("Average deal size"), default="25000", hint=_("Of won deals only."), quantity="average_deal_size"
    )
    win_rate: Decimal = rate(
        _("Win rate"), default="0.25", hint=_("Won deals as a share of won and lost deals."), quantity="win_rate"
    )
    cycle_days: Decimal = days(
        _("Sales cycle in days"),
        default="90",
        hint=_("Mean length of closed deals, in calendar days."),
        quantity="cycle_days",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    revenue_per_day: Figure = money(_("Revenue per day"))
    revenue_per_month: Figure = money(_("Revenue per month"))
    revenue_per_year: Figure = money(_("Revenue per year"))
    notes: tuple[Note, ...] = ()


_PER_DAY = "{opportunities} × {average_deal_size} × {win_rate} ÷ {cycle_days}"

# Written out in full: a rounded revenue per day times 365.25 would not give the revenue shown.
WORKING = {
    "revenue_per_day": _PER_DAY,
    "revenue_per_month": _PER_DAY + " × {=365.25} ÷ {=12}",
    "revenue_per_year": _PER_DAY + " × {=365.25}",
}

SPREADSHEET = {
    "revenue_per_day": "{opportunities}*{average_deal_size}*{win_rate}/{cycle_days}",
    "revenue_per_month": "{revenue_per_year}/12",
    "revenue_per_year": "{revenue_per_day}*365.25",
}

NOTES = {"no_cycle": _("There is no velocity: the sales cycle must be longer than zero days.")}

ANSWERS = {
    "brings": _("Our pipeline brings {revenue_per_day} of revenue per day."),
    "hardly_anything": _("Our pipeline brings hardly any revenue per day."),
    "nothing": _("Our pipeline brings no revenue: opportunities, deal size or win rate are zero."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute the revenue that the opportunities in process bring per day, month and year."""
    if inputs.cycle_days == 0:
        missing = Undefined("no_cycle")
        return Outputs(revenue_per_day=missing, revenue_per_month=missing, revenue_per_year=missing)
    per_day = inputs.opportunities * inputs.average_deal_size * inputs.win_rate / inputs.cycle_days
    per_year = per_day * DAYS_PER_YEAR
    return Outputs(revenue_per_day=per_day, revenue_per_month=per_year / MONTHS_PER_YEAR, revenue_per_year=per_year)


def answer(result: Result) -> Answer:
    """Say what the pipeline brings per day."""
    per_day = result.figures.revenue_per_day
    if isinstance(per_day, Undefined):
        return per_day
    if not per_day:
        return "nothing"
    return "hardly_anything" if result.is_hardly_anything("revenue_per_day") else "brings"


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the velocity with the live deals, and with what others count as opportunities."""
    by_month: Figure = outputs.revenue_per_day
    by_year: Figure = outputs.revenue_per_day
    won_only: Figure = outputs.revenue_per_day
    if not isinstance(outputs.revenue_per_day, Undefined):
        # Little's law: of N live deals, N / cycle are created, and decided, per day.
        by_year = outputs.revenue_per_day * DAYS_PER_YEAR / inputs.cycle_days
        by_month = by_year / MONTHS_PER_YEAR
        won_only = outputs.revenue_per_day * inputs.win_rate
    unit = fields_of(Outputs)["revenue_per_day"]
    return (
        Definition(
            code="live",
            name=_("Live: qualified opportunities at one time"),
            effect=_("The definition used here. In a steady pipeline it gives the revenue that really comes in."),
            unit=unit,
            figure=outputs.revenue_per_day,
        ),
        Definition(
            code="created_per_month",
            name=_("Created per month (in a steady pipeline: live ÷ cycle × days of a month)"),
            effect=_(
                "Right only if the cycle lasts exactly one month: with a longer cycle it is too low, "
                "with a shorter one too high. A longer cycle delays that revenue; it does not divide it."
            ),
            unit=unit,
            figure=by_month,
        ),
        Definition(
            code="created_per_year",
            name=_("Created per year (in a steady pipeline: live ÷ cycle × days of a year)"),
            effect=_(
                "Too high for any cycle shorter than a year. The revenue won in a year, divided by the cycle, "
                "gives the same figure: both grow with the period you choose."
            ),
            unit=unit,
            figure=by_year,
        ),
        Definition(
            code="won_only",
            name=_("Won deals only: live × win rate"),
            effect=_("Applies the win rate to deals that are already won, so the losses are taken off twice: too low."),
            unit=unit,
            figure=won_only,
        ),
    )
