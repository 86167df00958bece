"""How long does a deal take from start to close?

mean, median and percentiles of (close date - start date) over closed deals.
The shortcut days / deals is the time between closings, not a cycle; Little's
law ties the two: deals in process = cycle / time between closings.
Source: Daymark (45, 54, 39 days: 46) for the mean; J. D. C. Little (1961).
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.fields import count, days, days_series
from calculators.core.messages import _
from calculators.core.outcome import Figure, Note, Undefined
from calculators.core.statistics import CAUTION_BELOW, mean, percentile

TITLE = _("Sales cycle length")
QUESTION = _("How long does a deal take, from start to close?")
SOURCES = (
    "https://www.usedaymark.io/metrics/sales-cycle-length",
    "http://help.quarterone.com/en/articles/3650265-sales-velocity-metrics-calculations",
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
    mean_days: Figure = days(_("Mean sales cycle"), sample="deals")
    median_days: Figure = days(_("Median: half of the deals closed within"), sample="deals")
    p75_days: Figure = days(_("Three quarters of the deals closed within"), sample="deals")
    p90_days: Figure = days(_("Nine out of ten deals closed within"), sample="deals")
    deals: Decimal = count(_("Number of closed deals"))
    closing_interval_days: Figure = days(_("Time between two closings"))
    deals_in_process: Figure = count(_("Deals in process at one time"))
    total_days: Decimal = days(_("Sum of all cycles"), is_working=True)
    ordered_days: tuple[Decimal, ...] = days_series(_("the cycles in ascending order"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "mean_days": "{total_days} ÷ {deals}",
    "median_days": _("{ordered_days}: the value in the middle, or the mean of the two in the middle"),
    "p75_days": _("{ordered_days}: the value at place 1 + ({deals} − 1) × {=0.75}, in proportion between neighbours"),
    "p90_days": _("{ordered_days}: the value at place 1 + ({deals} − 1) × {=0.9}, in proportion between neighbours"),
    "closing_interval_days": "{window_days} ÷ {deals}",
    "deals_in_process": "{mean_days} ÷ {closing_interval_days}",
}

NOTES = {
    "no_deals": _("There is no sales cycle yet: the list holds no closed deal."),
    "no_window": _("The time between closings needs a period longer than zero days."),
    "few_deals": _(
        "With fewer than {=30} deals (here {deals}), each further deal moves these figures: read them as a first hint."
    ),
}

_MEDIAN, _THREE_QUARTERS, _NINE_TENTHS = Decimal("0.5"), Decimal("0.75"), Decimal("0.9")


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
