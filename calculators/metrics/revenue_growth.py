"""How fast does our revenue grow?

growth = end / start - 1; growth per period = (end / start)^(1 / periods) - 1.
The compound rate is arithmetic: multiplied back, it must give the end again.
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Revenue growth")
QUESTION = _("How fast does our revenue grow?")
PAGE = "metrics/revenue-growth.md"
SOURCES = ()


# Of more periods, the picture shows every second, third … one.
_MOST_PERIODS_DRAWN = 36
# A ten-thousandth of a percent: of less, a sentence would have zeros only to tell.
_HARDLY = Decimal("1e-6")


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
    decline: Figure = rate("", is_working=True)
    decline_per_period: Figure = rate("", is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "growth": "{end_revenue} ÷ {start_revenue} − {=1}",
    "growth_per_period": "({end_revenue} ÷ {start_revenue}) ^ ({=1} ÷ {periods}) − {=1}",
}

SPREADSHEET = {
    "growth": "{end_revenue}/{start_revenue}-1",
    "growth_per_period": "({end_revenue}/{start_revenue})^(1/{periods})-1",
}

NOTES = {
    "no_start_revenue": _("There is no growth rate: the revenue of the first period is zero."),
    "no_periods": _("The growth per period needs at least one period between the first and the last."),
}

ANSWERS = {
    "grows_once": _("Our revenue grows by {growth} per period."),
    "grows": _("Our revenue grows by {growth_per_period} per period, by {growth} in all."),
    "shrinks_once": _("Our revenue does not grow: it shrinks by {decline} per period."),
    "shrinks": _("Our revenue does not grow: it shrinks by {decline_per_period} per period, by {decline} in all."),
    "unchanged": _("Our revenue does not grow: the last period brought as much as the first."),
    "hardly_changed": _("Our revenue hardly changes: the last period brought almost exactly as much as the first."),
    "gone": _("Our revenue does not grow: it has fallen to zero."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute the growth over all periods and the equal growth per period that leads to it."""
    if inputs.start_revenue == 0:
        missing = Undefined("no_start_revenue")
        return Outputs(growth=missing, growth_per_period=missing, decline=missing, decline_per_period=missing)
    ratio = inputs.end_revenue / inputs.start_revenue
    growth_per_period: Figure = Undefined("no_periods")
    if inputs.periods:
        # A first root is the number itself, and a power of it would not be in the last digits.
        growth_per_period = (ratio if inputs.periods == 1 else ratio ** (1 / inputs.periods)) - 1
    return Outputs(
        growth=ratio - 1,
        growth_per_period=growth_per_period,
        decline=1 - ratio,
        decline_per_period=growth_per_period if isinstance(growth_per_period, Undefined) else -growth_per_period,
    )


def answer(result: Result) -> Answer:
    """Say by how much revenue grows or shrinks."""
    growth, per_period = result.figures.growth, result.figures.growth_per_period
    for figure in (growth, per_period):
        if isinstance(figure, Undefined):
            return figure
    if growth == 0:
        return "unchanged"
    if growth == -1:
        return "gone"
    if abs(growth) < _HARDLY:
        return "hardly_changed"
    way = "grows" if growth > 0 else "shrinks"
    return f"{way}_once" if result.inputs.periods == 1 else way


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the compound growth per period, and what others print for it."""
    compound = outputs.growth_per_period
    average: Figure = compound
    one_too_many: Figure = compound
    if not isinstance(compound, Undefined) and not isinstance(outputs.growth, Undefined):
        average = outputs.growth / inputs.periods
        one_too_many = (1 + outputs.growth) ** (1 / (inputs.periods + 1)) - 1
    unit = fields_of(Outputs)["growth_per_period"]
    return (
        Definition(
            code="compound",
            name=_("Compound: (last ÷ first) ^ (1 ÷ periods) − 1"),
            effect=_("The definition used here. Applied once for each period, it leads from the first to the last."),
            unit=unit,
            figure=compound,
        ),
        Definition(
            code="average",
            name=_("Simple average: growth in all ÷ periods"),
            effect=_(
                "The same for one period, and too high for several: each period grows from the one before, "
                "so this rate, applied period by period, would overshoot the last revenue."
            ),
            unit=unit,
            figure=average,
        ),
        Definition(
            code="one_too_many",
            name=_("Figures counted instead of steps: (last ÷ first) ^ (1 ÷ (periods + 1)) − 1"),
            effect=_("A mistake, nearer to zero: from January to December there are 11 months of growth, not 12."),
            unit=unit,
            figure=one_too_many,
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw the revenue period by period, growing at the equal rate."""
    if isinstance(result.figures.growth_per_period, Undefined):
        return None
    inputs, numerals = result.inputs, result.numerals
    first, last, periods = inputs.start_revenue, inputs.end_revenue, inputs.periods
    step = math.ceil(periods / _MOST_PERIODS_DRAWN)
    between = [Decimal(place) for place in range(step, int(periods), step)]
    fields = result.calculator.input_fields
    return Chart(
        kind="lines",
        title=result.gettext(_("Revenue at the same growth in every period")),
        category=result.gettext(_("Period")),
        categories=tuple(numerals.number(place) for place in (Decimal(0), *between, periods)),
        series=(
            Series(
                name=result.gettext(_("Revenue")),
                values=(first, *(first * (last / first) ** (place / periods) for place in between), last),
            ),
        ),
        unit=fields["start_revenue"],
        positions=(Decimal(0), *between, periods),
        position_unit=fields["periods"],
    )
