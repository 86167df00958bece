"""How fast does our revenue grow?

growth = end / start - 1; growth per period = (end / start)^(1 / periods) - 1.
Sources: getnextool and financefacts101 for the compound rate; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.fields import count, money, rate
from calculators.core.messages import _
from calculators.core.outcome import Figure, Note, Undefined

TITLE = _("Revenue growth")
QUESTION = _("How fast does our revenue grow?")
SOURCES = (
    "https://getnextool.com/embed/cagr-calculator",
    "https://financefacts101.com/understanding-compound-annual-growth-rate-cagr-calculation-uses-and-importance-for-investors/",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    start_revenue: Decimal = money(
        _("Revenue of the first period"), default="80000", hint=_("A whole month, quarter or year.")
    )
    end_revenue: Decimal = money(
        _("Revenue of the last period"), default="92000", hint=_("A period of the same length.")
    )
    periods: Decimal = count(
        _("Periods from the first to the last"),
        default="1",
        hint=_("From one month to the next is 1; from January to April is 3."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    growth: Figure = rate(_("Growth in all"))
    growth_per_period: Figure = rate(_("Growth per period"))
    notes: tuple[Note, ...] = ()


WORKING = {
    "growth": "{end_revenue} ÷ {start_revenue} − {=1}",
    "growth_per_period": "({end_revenue} ÷ {start_revenue}) ^ ({=1} ÷ {periods}) − {=1}",
}

NOTES = {
    "no_start_revenue": _("There is no growth rate: the revenue of the first period is zero."),
    "no_periods": _("The growth per period needs at least one period between the first and the last."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute the growth over all periods and the equal growth per period that leads to it."""
    if inputs.start_revenue == 0:
        missing = Undefined("no_start_revenue")
        return Outputs(growth=missing, growth_per_period=missing)
    ratio = inputs.end_revenue / inputs.start_revenue
    growth_per_period: Figure = Undefined("no_periods")
    if inputs.periods:
        # A first root is the number itself, and a power of it would not be in the last digits.
        growth_per_period = (ratio if inputs.periods == 1 else ratio ** (1 / inputs.periods)) - 1
    return Outputs(growth=ratio - 1, growth_per_period=growth_per_period)
