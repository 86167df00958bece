"""How large is the typical deal we win?

average deal size = revenue of won deals / number of won deals, by close date.
Sources: Brainshark and QuarterOne both count won deals only; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.fields import count, money
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.numbers.statistics import CAUTION_BELOW
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Average deal size")
QUESTION = _("How large is a deal we win, on average?")
PAGE = "metrics/average-deal-size.md"
SOURCES = (
    "https://www.brainshark.com/ideas-blog/2018/september/how-calculate-sales-velocity",
    "http://help.quarterone.com/en/articles/3650265-sales-velocity-metrics-calculations",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    won_revenue: Decimal = money(
        _("Revenue of the won deals"),
        default="250000",
        hint=_("All deals won in the period, by close date. Lost and open deals do not count."),
        quantity="won_value",
    )
    won_deals: Decimal = count(
        _("Number of won deals"), default="20", hint=_("The same deals, counted."), quantity="won_deals"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    average_deal_size: Figure = money(_("Average deal size"), sample="won_deals", quantity="average_deal_size")
    notes: tuple[Note, ...] = ()


WORKING = {"average_deal_size": "{won_revenue} ÷ {won_deals}"}

SPREADSHEET = {
    "average_deal_size": "{won_revenue}/{won_deals}",
}

NOTES = {
    "no_won_deals": _("There is no average yet: no deal has been won."),
    "revenue_without_deals": _("There is revenue but no won deal: check both numbers."),
    "few_won_deals": _(
        "With fewer than {=30} won deals (here {won_deals}), one large deal moves the average a lot: "
        "look at the median as well."
    ),
}

ANSWERS = {
    "average": _("A deal we win brings {average_deal_size} on average."),
    "single": _("The one deal we won brought {average_deal_size}."),
    "hardly_anything": _("A deal we win brings hardly anything on average."),
    "single_hardly_anything": _("The one deal we won brought hardly anything."),
}


def compute(inputs: Inputs) -> Outputs:
    """Divide the revenue of won deals by their number."""
    if inputs.won_deals == 0:
        code = "revenue_without_deals" if inputs.won_revenue else "no_won_deals"
        return Outputs(average_deal_size=Undefined(code))
    notes = (Note("few_won_deals", "average_deal_size"),) if inputs.won_deals < CAUTION_BELOW else ()
    return Outputs(average_deal_size=inputs.won_revenue / inputs.won_deals, notes=notes)


def answer(result: Result) -> Answer:
    """Say what a won deal brings."""
    average = result.figures.average_deal_size
    if isinstance(average, Undefined):
        return average
    is_single = result.inputs.won_deals == 1
    if result.is_hardly_anything("average_deal_size"):
        return "single_hardly_anything" if is_single else "hardly_anything"
    return "single" if is_single else "average"
