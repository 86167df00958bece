"""How long does a deal take from start to close?

mean, median and percentiles of (close date - start date) over closed deals.
The shortcut days / deals is the time between closings, not a cycle; Little's
law ties the two: deals in process = cycle / time between closings.
Source: QuarterOne (won deals, by close date); J. D. C. Little (1961).
"""

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, days
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.declaring.series import days_series
from calculators.core.numbers.statistics import CAUTION_BELOW, mean, percentile
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Sales cycle length")
QUESTION = _("How long does a deal take, from start to close?")
PAGE = "metrics/sales-cycle-length.md"
SOURCES = (
    "http://help.quarterone.com/en/articles/3650265-sales-velocity-metrics-calculations",
    "John D. C. Little, A proof for the queuing formula: L = λW, Operations Research 9 (1961)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    cycle_days: tuple[Decimal, ...] = days_series(
        _("Days from start to close of each closed deal"),
        default=("45", "54", "39"),
        hint=_("One deal per line, in calendar days. A column copied from a spreadsheet works. Leave open deals out."),
    )
    window_days: Decimal = days(
        _("Period in which these deals closed, in days"),
        default="60",
        hint=_("Calendar days, for example 90 for a quarter."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    mean_days: Figure = days(_("Mean sales cycle"), sample="deals", goal="at_most", quantity="cycle_days")
    median_days: Figure = days(_("Median: half of the deals closed within"), sample="deals", goal="at_most")
    p75_days: Figure = days(_("Three quarters of the deals closed within"), sample="deals", goal="at_most")
    p90_days: Figure = days(_("Nine out of ten deals closed within"), sample="deals", goal="at_most")
    deals: Decimal = count(_("Number of closed deals"))
    closing_interval_days: Figure = days(_("Time between two closings"), goal="at_most")
    deals_in_process: Figure = count(_("Deals in process at one time"), goal="exactly")
    total_days: Decimal = days(_("Sum of all cycles"), is_working=True)
    ordered_days: tuple[Decimal, ...] = days_series(_("the cycles in ascending order"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "mean_days": "{total_days} ÷ {deals}",
    "median_days": _("{ordered_days}: the value in the middle, or the mean of the two in the middle"),
    "p75_days": _("{ordered_days}: the value at place 1 + ({deals} − 1) × {=0.75}, in proportion between neighbors"),
    "p90_days": _("{ordered_days}: the value at place 1 + ({deals} − 1) × {=0.9}, in proportion between neighbors"),
    "closing_interval_days": "{window_days} ÷ {deals}",
    "deals_in_process": "{mean_days} ÷ {closing_interval_days}",
}

SPREADSHEET = {
    "mean_days": "AVERAGE({cycle_days})",
    "median_days": "MEDIAN({cycle_days})",
    "p75_days": "PERCENTILE({cycle_days},0.75)",
    "p90_days": "PERCENTILE({cycle_days},0.9)",
    "deals": "COUNT({cycle_days})",
    "closing_interval_days": "IF({window_days}=0,NA(),{window_days}/{deals})",
    "deals_in_process": "{mean_days}/{closing_interval_days}",
}

NOTES = {
    "no_deals": _("There is no sales cycle yet: the list holds no closed deal."),
    "no_window": _("The time between closings needs a period longer than zero days."),
    "few_deals": _(
        "With fewer than {=30} deals (here {deals}), each further deal moves these figures: read them as a first hint."
    ),
}

ANSWERS = {
    "average": _("A deal takes {mean_days} on average, and half of them close within {median_days}."),
    "single": _("The one deal in the list took {mean_days}."),
}

_MEDIAN, _THREE_QUARTERS, _NINE_TENTHS = Decimal("0.5"), Decimal("0.75"), Decimal("0.9")
# Columns of the picture; a few deals in many columns would be full of gaps.
_MOST_COLUMNS, _MOST_COLUMNS_FOR_FEW = 10, 5


def compute(inputs: Inputs) -> Outputs:
    """Summarise the cycles and compare them with the time between closings."""
    ordered = tuple(sorted(inputs.cycle_days))
    deals = Decimal(len(ordered))
    total = sum(ordered, Decimal(0))
    if not ordered:
        missing = Undefined("no_deals")
        return Outputs(
            mean_days=missing,
            median_days=missing,
            p75_days=missing,
            p90_days=missing,
            deals=deals,
            closing_interval_days=missing,
            deals_in_process=missing,
            total_days=total,
            ordered_days=ordered,
        )
    mean_days = mean(ordered)
    interval: Figure = Undefined("no_window")
    in_process: Figure = Undefined("no_window")
    if inputs.window_days:
        interval = inputs.window_days / deals
        in_process = mean_days / interval
    return Outputs(
        mean_days=mean_days,
        median_days=percentile(ordered, _MEDIAN),
        p75_days=percentile(ordered, _THREE_QUARTERS),
        p90_days=percentile(ordered, _NINE_TENTHS),
        deals=deals,
        closing_interval_days=interval,
        deals_in_process=in_process,
        total_days=total,
        ordered_days=ordered,
        notes=(Note("few_deals", "mean_days"),) if deals < CAUTION_BELOW else (),
    )


def answer(result: Result) -> Answer:
    """Say how long a deal takes."""
    mean_days = result.figures.mean_days
    if isinstance(mean_days, Undefined):
        return mean_days
    return "single" if result.figures.deals == 1 else "average"


def definitions(_inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the mean, and what others call the length of the sales cycle."""
    unit = fields_of(Outputs)["mean_days"]
    return (
        Definition(
            code="mean",
            name=_("Mean: sum of all lengths ÷ number of closed deals"),
            effect=_("The definition used here. It keeps the total of days, so take it to multiply and divide with."),
            unit=unit,
            figure=outputs.mean_days,
        ),
        Definition(
            code="median",
            name=_("Median: the length of the deal in the middle"),
            effect=_(
                "One extreme deal hardly moves it, so it describes a typical deal better. "
                "It is lower than the mean where a few deals take very long."
            ),
            unit=unit,
            figure=outputs.median_days,
        ),
        Definition(
            code="interval",
            name=_("Shortcut: days of the period ÷ closed deals"),
            effect=_(
                "Not a cycle but the time between two closings: it says nothing about how long a deal took, "
                "because deals run side by side. It is right only if each deal ends before the next one starts."
            ),
            unit=unit,
            figure=outputs.closing_interval_days,
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw how many deals took how long, in at most ten columns of a round width."""
    ordered = result.figures.ordered_days
    if not ordered:
        return None
    edges = _edges(ordered[0], ordered[-1], _MOST_COLUMNS if len(ordered) >= CAUTION_BELOW else _MOST_COLUMNS_FOR_FEW)
    number = result.numerals.number
    return Chart(
        kind="columns",
        title=result.gettext(_("How many deals took how long")),
        category=result.gettext(_("Days: from – to less than")),
        categories=tuple(f"{number(low)}–{number(high)}" for low, high in pairwise(edges)),
        series=(
            Series(
                name=result.gettext(_("Deals")),
                values=tuple(
                    Decimal(bisect_left(ordered, high) - bisect_left(ordered, low)) for low, high in pairwise(edges)
                ),
            ),
        ),
        unit=result.calculator.output_fields["deals"],
    )


def _edges(shortest: Decimal, longest: Decimal, most: int) -> list[Decimal]:
    """Return round edges in whole days; the longest lies below the last."""
    width = next(
        width
        for power in range(6)
        for factor in (1, 2, 5)
        if longest // (width := Decimal(factor).scaleb(power)) - shortest // width < most
    )
    return [width * place for place in range(int(shortest // width), int(longest // width) + 2)]
