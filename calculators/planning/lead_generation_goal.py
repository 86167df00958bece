"""How much lead value do we add, and at which level does the pipeline settle?

value per month = value per day x days per month; total = that x months; steady level = value per day x mean days.
The steady level is Little's law: without leads that leave, the sum would grow for ever.
Sources: the article on eight mistakes (source 003 of the project) for the daily goal, Little's law; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.fields import count, days, money
from calculators.core.declaring.fields import months as in_months
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Lead generation goal")
QUESTION = _("What does a daily goal for leads add up to?")
HEADLINE = "total_value"
PAGE = "pipeline/lead-generation.md"
SOURCES = (
    "Sales pipeline mistakes: 8 to avoid, blog article of 2022-11-04, read in a Korean copy",
    "John D. C. Little, A proof for the queuing formula: L = λW, Operations Research 9 (1961)",
)

# The shortest month has 28 days: whoever counts fewer counts working days.
_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    value_per_day: Decimal = money(
        _("Value of the leads added per day"),
        default="250",
        hint=_("The value of a lead is the amount of the deal if it is won."),
    )
    days_per_month: Decimal = count(
        _("Days per month"),
        default="30",
        minimum=Decimal(1),
        maximum=Decimal(31),
        hint=_("All days of a month, or only the working days, about 21."),
    )
    months: Decimal = count(_("Months"), default="6", minimum=Decimal(1), maximum=Decimal(1200))
    mean_days_in_pipeline: Decimal | None = days(
        _("Mean time a lead stays in the pipeline"),
        is_optional=True,
        hint=_("Until it is won, lost or removed, in the same kind of days as above. May stay empty."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEnd:
    """What has been added by the end of a month."""

    month: Decimal = count(_("Month"))
    value: Decimal = money(_("Value added so far"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    value_per_month: Decimal = money(_("Value added per month"))
    total_value: Decimal = money(_("Value added in all months"))
    accumulation: tuple[MonthEnd, ...] = table(_("Value added, month by month"), row=MonthEnd)
    steady_state_value: Figure = money(_("Level of a steady pipeline"))
    time: Decimal = in_months("", is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "value_per_month": "{value_per_day} × {days_per_month}",
    "total_value": "{value_per_day} × {days_per_month} × {months}",
    "accumulation.value": "{value_per_day} × {days_per_month} × {row.month}",
    "steady_state_value": "{value_per_day} × {mean_days_in_pipeline}",
}

SPREADSHEET = {
    "value_per_month": "{value_per_day}*{days_per_month}",
    "total_value": "{value_per_month}*{months}",
    "accumulation.value": "{value_per_month}*{row.month}",
    "steady_state_value": 'IF({mean_days_in_pipeline}="",NA(),{value_per_day}*{mean_days_in_pipeline})',
}

NOTES = {
    "no_mean_days": _("Enter how long a lead stays, and you see the level at which the pipeline settles."),
    "above_steady_state": _(
        "The pipeline does not reach {total_value}, because leads also leave: it settles at {steady_state_value}. "
        "If yours keeps growing, look at the age of the leads."
    ),
    "working_days": _(
        "With {days_per_month} days per month you count working days: "
        "count the time a lead stays in working days as well, or the level comes out too high."
    ),
}

ANSWERS = {
    "adds_up": _("Leads worth {value_per_day} a day add up to {total_value} in {time}."),
    "adds_up_slowly": _("Leads worth hardly anything a day add up to {total_value} in {time}."),
    "hardly_anything": _("Even all added up, the leads of {time} are worth hardly anything."),
    "hardly_stays": _(
        "Leads worth {value_per_day} a day add up to {total_value} in {time}, "
        "but hardly anything of it stays in the pipeline, because leads also leave."
    ),
    "settles": _(
        "Leads worth {value_per_day} a day add up to {total_value} in {time}, "
        "but the pipeline settles at {steady_state_value}, because leads also leave."
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Add up the daily value month by month, and compare it with the level at which as much leaves as arrives."""
    per_month = inputs.value_per_day * inputs.days_per_month
    total = per_month * inputs.months
    steady: Figure = Undefined("no_mean_days")
    notes = []
    if inputs.mean_days_in_pipeline is not None:
        steady = inputs.value_per_day * inputs.mean_days_in_pipeline
        if total > steady:
            notes.append(Note("above_steady_state", "accumulation"))
        if inputs.days_per_month < _SHORTEST_MONTH:
            notes.append(Note("working_days", "steady_state_value"))
    return Outputs(
        value_per_month=per_month,
        total_value=total,
        accumulation=tuple(
            MonthEnd(month=Decimal(month), value=per_month * month) for month in range(1, int(inputs.months) + 1)
        ),
        steady_state_value=steady,
        time=inputs.months,
        notes=tuple(notes),
    )


def answer(result: Result) -> Answer:
    """Say what the leads add up to, and where the pipeline settles below that."""
    total, steady = result.figures.total_value, result.figures.steady_state_value
    if result.is_hardly_anything("value_per_day"):
        return "hardly_anything" if result.reads_as_zero("total_value") else "adds_up_slowly"
    is_above = not isinstance(steady, Undefined) and total > steady
    if not is_above or result.shown("total_value") == result.shown("steady_state_value"):
        return "adds_up"
    return "hardly_stays" if result.is_hardly_anything("steady_state_value") else "settles"


def chart(result: Result) -> Chart:
    """Draw the value added month by month, with the level of a steady pipeline across."""
    fields = result.calculator.output_fields
    columns = fields["accumulation"].columns  # type: ignore[attr-defined]  # it is a table
    rows = result.figures.accumulation
    steady = result.outputs["steady_state_value"]
    return Chart(
        kind="lines",
        title=result.gettext(fields["accumulation"].label),
        category=result.gettext(columns["month"].label),
        categories=tuple(columns["month"].show(row.month, result.numerals) for row in rows),
        series=(Series(name=result.gettext(columns["value"].label), values=tuple(row.value for row in rows)),),
        unit=columns["value"],
        marks=() if steady is None else ((result.gettext(fields["steady_state_value"].label), steady),),
    )
