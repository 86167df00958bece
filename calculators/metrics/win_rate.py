"""Which share of the deals that ended did we win?

win rate = won / (won + lost), by count and by value; open deals are in neither.
Sources: Gong, QuarterOne (by value); the interval is E. B. Wilson's (1927).
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Win rate")
QUESTION = _("Which share of our closed deals do we win?")
PAGE = "metrics/win-rate.md"
SOURCES = (
    "https://help.gong.io/docs/analyze-review-winloss",
    "http://help.quarterone.com/en/articles/3650265-sales-velocity-metrics-calculations",
    "Edwin B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    won: Decimal = count(
        _("Deals won"), default="24", hint=_("Closed won in the period, by close date."), quantity="won_deals"
    )
    lost: Decimal = count(_("Deals lost"), default="56", hint=_("Closed lost in the same period."))
    open: Decimal = count(
        _("Deals still open"),
        default="40",
        hint=_("They are neither won nor lost, so they do not change the rate."),
    )
    won_value: Decimal = money(_("Value of the deals won"), default="600000", quantity="won_value")
    lost_value: Decimal = money(
        _("Value of the deals lost"),
        default="1900000",
        hint=_("What they would have brought. Many CRMs set it to zero when a deal is lost."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    win_rate: Figure = rate(_("Win rate by count"), sample="closed", quantity="win_rate")
    win_rate_low: Figure = rate(_("Lower end of the interval (95%)"))
    win_rate_high: Figure = rate(_("Upper end of the interval (95%)"))
    win_rate_by_value: Figure = rate(_("Win rate by value"), sample="closed", quantity="win_rate_by_value")
    closed: Decimal = count(_("Closed deals"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "closed": "{won} + {lost}",
    "win_rate": "{won} ÷ ({won} + {lost})",
    "win_rate_low": _(
        "Wilson: (p + z² ÷ 2n − z × √(p × (1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n) "
        "with p = {win_rate}, n = {closed}, z = {=1.96}"
    ),
    "win_rate_high": _(
        "Wilson: (p + z² ÷ 2n + z × √(p × (1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n) "
        "with p = {win_rate}, n = {closed}, z = {=1.96}"
    ),
    "win_rate_by_value": "{won_value} ÷ ({won_value} + {lost_value})",
}

_CASES = "({won}+{lost})"
_MIDDLE = f"{{win_rate}}+1.95996398454005^2/(2*{_CASES})"
_SPREAD = f"1.95996398454005*SQRT({{win_rate}}*(1-{{win_rate}})/{_CASES}+1.95996398454005^2/(4*{_CASES}^2))"
_SCALE = f"(1+1.95996398454005^2/{_CASES})"

SPREADSHEET = {
    "win_rate": "IF({won}+{lost}<5,NA(),{won}/({won}+{lost}))",
    "win_rate_low": f"IF({_CASES}<5,NA(),IF({{won}}=0,0,({_MIDDLE}-{_SPREAD})/{_SCALE}))",
    "win_rate_high": f"IF({_CASES}<5,NA(),IF({{lost}}=0,1,({_MIDDLE}+{_SPREAD})/{_SCALE}))",
    "win_rate_by_value": (
        "IF(OR({won}+{lost}<5,({won}>0)<>({won_value}>0),({lost}>0)<>({lost_value}>0)),NA(),"
        "{won_value}/({won_value}+{lost_value}))"
    ),
}

NOTES = {
    "no_closed_deals": _("There is no win rate yet: no deal has been won or lost."),
    "too_few_closed_deals": _(
        "With fewer than {=5} closed deals (here {closed}: {won} won, {lost} lost) a rate would say nothing."
    ),
    "few_closed_deals": _(
        "With fewer than {=30} closed deals (here {closed}) chance plays a large part: look at the interval."
    ),
    "no_closed_value": _("There is no win rate by value: the closed deals have no value."),
    "won_value_missing": _("There is no win rate by value: deals were won, but their value is zero."),
    "lost_value_missing": _(
        "There is no win rate by value: deals were lost, but their value is zero, and the rate would always be 100%."
    ),
    "value_without_deals": _("There is no win rate by value: one of the values belongs to no deal. Check the counts."),
}

ANSWERS = {"wins": _("We win {win_rate} of our closed deals: {won} of {closed}.")}


def compute(inputs: Inputs) -> Outputs:
    """Compute the win rate by count with its interval, and by value."""
    closed = inputs.won + inputs.lost
    if closed < NO_RATE_BELOW:
        missing = Undefined("too_few_closed_deals" if closed else "no_closed_deals")
        return Outputs(
            win_rate=missing, win_rate_low=missing, win_rate_high=missing, win_rate_by_value=missing, closed=closed
        )
    low, high = wilson_interval(inputs.won, closed)
    return Outputs(
        win_rate=inputs.won / closed,
        win_rate_low=low,
        win_rate_high=high,
        win_rate_by_value=_by_value(inputs),
        closed=closed,
        notes=(Note("few_closed_deals", "win_rate"),) if closed < CAUTION_BELOW else (),
    )


def _by_value(inputs: Inputs) -> Figure:
    if (inputs.won_value and not inputs.won) or (inputs.lost_value and not inputs.lost):
        return Undefined("value_without_deals")
    if not inputs.won_value + inputs.lost_value:
        return Undefined("no_closed_value")
    if inputs.won and not inputs.won_value:
        return Undefined("won_value_missing")
    if inputs.lost and not inputs.lost_value:
        return Undefined("lost_value_missing")
    return inputs.won_value / (inputs.won_value + inputs.lost_value)


def answer(result: Result) -> Answer:
    """Say which share is won, and of how many deals."""
    win_rate = result.figures.win_rate
    return win_rate if isinstance(win_rate, Undefined) else "wins"


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the win rate by count, and what others call a win rate."""
    unit = fields_of(Outputs)["win_rate"]
    of_all: Figure = outputs.win_rate
    to_losses: Figure = outputs.win_rate
    if not isinstance(outputs.win_rate, Undefined):
        of_all = inputs.won / (outputs.closed + inputs.open)
        to_losses = inputs.won / inputs.lost if inputs.lost else Undefined("no_lost_deals")
    return (
        Definition(
            code="by_count",
            name=_("By count: won ÷ (won + lost)"),
            effect=_("The definition used here. Every closed deal counts the same, and open deals are left out."),
            unit=unit,
            figure=outputs.win_rate,
        ),
        Definition(
            code="by_value",
            name=_("By value: amount won ÷ (amount won + amount lost)"),
            effect=_(
                "Lower than by count when you lose the larger deals. "
                "It misleads where the amounts of lost deals are missing or zero: the rate then comes out too high."
            ),
            unit=unit,
            figure=outputs.win_rate_by_value,
        ),
        Definition(
            code="of_all",
            name=_("Of all deals: won ÷ (won + lost + open)"),
            effect=_(
                "Treats undecided deals as lost, so it is never higher, "
                "and it falls whenever the team adds new opportunities."
            ),
            unit=unit,
            figure=of_all,
        ),
        Definition(
            code="to_losses",
            name=_("Wins to losses: won ÷ lost"),
            effect=_(
                "Not a share of the deals: it is higher than the win rate and passes 100% "
                "once you win more than you lose. Without a lost deal it does not exist."
            ),
            unit=unit,
            figure=to_losses,
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw the rate between the ends of its interval, and the rate by value."""
    if isinstance(result.figures.win_rate, Undefined):
        return None
    fields = result.calculator.output_fields
    shown = [
        name
        for name in ("win_rate_low", "win_rate", "win_rate_high", "win_rate_by_value")
        if result.outputs[name] is not None
    ]
    return Chart(
        kind="bars",
        title=result.gettext(_("The win rate, its interval and the rate by value")),
        category=result.gettext(_("Rate")),
        categories=tuple(result.gettext(fields[name].label) for name in shown),
        series=(Series(name=result.gettext(TITLE), values=tuple(result.outputs[name] for name in shown)),),
        unit=fields["win_rate"],
    )
