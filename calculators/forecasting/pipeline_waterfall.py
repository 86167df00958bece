"""Where did the pipeline of a period go?

end = start + created + reopened + pulled in + raised − lowered − pushed out − won − lost, by value; by count without
the changes of amount, which move no deal. Slippage = pushed out / start, by count and by value.
Only deals whose close date lies in the period belong to its pipeline. Won deals leave at the amount they were won at,
others at the amount they had at the start: what changes in between is raised or lowered.
Sources: Sightfull for the waterfall of a period and its parts, Weflow for raised and lowered amounts as parts of their
own, Atrium for the two dates that are compared, Wilson for the interval; see `SOURCES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import text
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.declaring.tables import table
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Pipeline waterfall")
QUESTION = _("Where did our pipeline go?")
PAGE = "forecasting/review.md"
SOURCES = (
    "https://www.sightfull.com/glossary/sales-pipeline-waterfall/",
    "https://help.getweflow.com/en/articles/15328155-understanding-waterfall",
    "https://support.atriumhq.com/hc/en-us/articles/360043033632-Pipeline-Change",
    "Edwin B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)",
)
HEADLINE = "end_value"

START, END = _("Start"), _("End")
# What changes a pipeline, in the order in which it is drawn: the name of its inputs, how it is called, and whether
# it adds (1) or takes away (−1). Amounts change without a deal that comes or goes.
_MOVES = (
    ("created", _("Created"), 1),
    ("reopened", _("Reopened"), 1),
    ("pulled_in", _("Pulled in"), 1),
    ("raised", _("Amounts raised"), 1),
    ("lowered", _("Amounts lowered"), -1),
    ("pushed_out", _("Pushed out"), -1),
    ("won", _("Won"), -1),
    ("lost", _("Lost"), -1),
)
_WITHOUT_DEALS = {"raised", "lowered"}
STEP_NAMES = (START, *(name for _key, name, _sign in _MOVES), END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Deals and amounts of one period, between two dates."""

    start_deals: Decimal = count(
        _("Open deals at the start"),
        default="40",
        hint=_("Open at the first date, with a close date in the period."),
    )
    start_value: Decimal = money(_("Their amount"), default="1200000")
    created_deals: Decimal = count(
        _("Deals created"),
        default="12",
        hint=_("New since the first date, with a close date in the period at the second."),
    )
    created_value: Decimal = money(_("Amount created"), default="300000")
    reopened_deals: Decimal = count(
        _("Deals reopened"), default="1", hint=_("Lost at the first date, and open or won at the second.")
    )
    reopened_value: Decimal = money(_("Amount reopened"), default="20000")
    pulled_in_deals: Decimal = count(
        _("Deals pulled in"),
        default="3",
        hint=_("Open at the first date with a close date outside the period, and now in it or won in it."),
    )
    pulled_in_value: Decimal = money(_("Amount pulled in"), default="90000")
    raised_value: Decimal = money(
        _("Amounts raised"), default="60000", hint=_("Of deals of the start that stayed or were won: added up.")
    )
    lowered_value: Decimal = money(
        _("Amounts lowered"), default="80000", hint=_("Of the same deals, discounts included: added up.")
    )
    pushed_out_deals: Decimal = count(
        _("Deals pushed out"),
        default="10",
        hint=_("Deals of the start, still open, whose close date now lies outside the period, as a rule later."),
    )
    pushed_out_value: Decimal = money(_("Amount pushed out"), default="280000", hint=_("As it was at the start."))
    won_deals: Decimal = count(_("Deals won"), default="9", hint=_("Of all the deals above."))
    won_value: Decimal = money(_("Amount won"), default="250000", hint=_("As booked."))
    lost_deals: Decimal = count(
        _("Deals lost"), default="11", hint=_("Of all the deals above, also those deleted or closed as “no decision”.")
    )
    lost_value: Decimal = money(
        _("Amount lost"),
        default="260000",
        hint=_("As it was at the start. Many CRMs set it to zero when a deal is lost."),
    )
    counted_value: Decimal | None = money(
        _("Open pipeline counted at the end"),
        is_optional=True,
        hint=_("What your CRM shows for the period at the second date. May stay empty."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar of the waterfall; what leaves is negative."""

    step: str = text(_("Step"), names=STEP_NAMES)
    deals: Decimal = count(_("Deals"))
    value: Decimal = money(_("Amount"))
    share_of_start: Figure = rate(_("Share of the start"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    end_value: Decimal = money(_("Open pipeline at the end"))
    end_deals: Decimal = count(_("Open deals at the end"))
    slippage_by_count: Figure = rate(_("Slippage by count"), sample="start_count", goal="at_most")
    slippage_by_value: Figure = rate(_("Slippage by value"), sample="start_count", goal="at_most")
    unexplained_value: Figure = money(_("Difference from the pipeline counted"), goal="exactly")
    steps: tuple[Step, ...] = table(_("The waterfall, step by step"), row=Step)
    start_count: Decimal = count(_("Open deals at the start"), is_working=True)
    slippage_low: Figure = rate(_("Lower end of the interval (95%)"), is_working=True)
    slippage_high: Figure = rate(_("Upper end of the interval (95%)"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "end_value": (
        "{start_value} + {created_value} + {reopened_value} + {pulled_in_value} + {raised_value}"
        " − {lowered_value} − {pushed_out_value} − {won_value} − {lost_value}"
    ),
    "end_deals": (
        "{start_deals} + {created_deals} + {reopened_deals} + {pulled_in_deals}"
        " − {pushed_out_deals} − {won_deals} − {lost_deals}"
    ),
    "slippage_by_count": "{pushed_out_deals} ÷ {start_deals}",
    "slippage_by_value": "{pushed_out_value} ÷ {start_value}",
    "unexplained_value": "{counted_value} − {end_value}",
    "steps.share_of_start": "{row.value} ÷ {start_value}",
}

# Each row of the steps has a formula of its own: which one it is, its place below the first row says.
_ROW = "ROW()-ROW({steps.first.step})+1"
SPREADSHEET = {
    "end_value": (
        "{start_value}+{created_value}+{reopened_value}+{pulled_in_value}+{raised_value}"
        "-{lowered_value}-{pushed_out_value}-{won_value}-{lost_value}"
    ),
    "end_deals": (
        "{start_deals}+{created_deals}+{reopened_deals}+{pulled_in_deals}-{pushed_out_deals}-{won_deals}-{lost_deals}"
    ),
    "slippage_by_count": "IF({start_deals}<5,NA(),{pushed_out_deals}/{start_deals})",
    "slippage_by_value": "IF(OR({start_deals}<5,{start_value}=0),NA(),{pushed_out_value}/{start_value})",
    "unexplained_value": 'IF({counted_value}="",NA(),{counted_value}-{end_value})',
    "steps.deals": (
        f"CHOOSE({_ROW},{{start_deals}},{{created_deals}},{{reopened_deals}},{{pulled_in_deals}},0,0,"
        "0-{pushed_out_deals},0-{won_deals},0-{lost_deals},{end_deals})"
    ),
    "steps.value": (
        f"CHOOSE({_ROW},{{start_value}},{{created_value}},{{reopened_value}},{{pulled_in_value}},{{raised_value}},"
        "0-{lowered_value},0-{pushed_out_value},0-{won_value},0-{lost_value},{end_value})"
    ),
    "steps.share_of_start": "IF({start_value}=0,NA(),{row.value}/{start_value})",
}

NOTES = {
    "no_start": _("There is no slippage: no deal was open at the start."),
    "too_few": _("With fewer than {=5} deals at the start a rate of slippage would say nothing."),
    "no_start_value": _("There are no shares of the start: no amount was open then."),
    "not_counted": _(
        "Enter the open pipeline that your CRM shows at the end, and you see whether anything is missing."
    ),
    "interval": _(
        "With {start_deals} deals at the start, the 95% interval of the slippage by count is "
        "{slippage_low} to {slippage_high}."
    ),
    "few": _("With fewer than {=30} deals at the start chance plays a large part: look at the interval."),
    "below_zero": _(
        "These numbers cannot all be right: more leaves than was there and came in. "
        "A deal that came in is missing, or one is counted twice."
    ),
    "more_pushed_than_start": _(
        "More was pushed out than was there at the start. Count deals of the start only: one that came later and "
        "was moved on never belonged to the period."
    ),
    "does_not_close": _(
        "The pipeline counted differs from the one worked out by {unexplained_value}. Look for deals that were "
        "deleted or merged, got another owner or currency, or stand in two rows."
    ),
    "half_a_move": _("One of the moves has deals without an amount, or an amount without deals: check both numbers."),
}

ANSWERS = {
    "grew": _("The pipeline of the period grew from {start_value} to {end_value}."),
    "shrank": _("The pipeline of the period shrank from {start_value} to {end_value}."),
    "hardly_changed": _("The pipeline of the period is as large as at the start: {end_value}."),
    "mostly_lowered": _("The largest part of what left it are amounts that were lowered: {lowered_value}."),
    "mostly_pushed_out": _("The largest part of what left it was pushed out: {pushed_out_value}."),
    "mostly_won": _("The largest part of what left it was won: {won_value}."),
    "mostly_lost": _("The largest part of what left it was lost: {lost_value}."),
    "left_alike": _("Of what left it, no part is the largest."),
    "hardly_anything_left": _("Hardly anything left it."),
    "nothing_left": _("Nothing left it."),
}


def compute(inputs: Inputs) -> Outputs:
    """Add up what came and went, and set what was pushed out against the start."""
    end_value, end_deals = inputs.start_value, inputs.start_deals
    for key, _name, sign in _MOVES:
        end_value += sign * getattr(inputs, f"{key}_value")
        end_deals += sign * getattr(inputs, f"{key}_deals", Decimal(0))
    by_count, by_value = _slippage(inputs)
    low, high = _interval(inputs)
    unexplained: Figure = Undefined("not_counted")
    if inputs.counted_value is not None:
        unexplained = inputs.counted_value - end_value
    return Outputs(
        end_value=end_value,
        end_deals=end_deals,
        slippage_by_count=by_count,
        slippage_by_value=by_value,
        unexplained_value=unexplained,
        steps=tuple(_steps(inputs, end_deals, end_value)),
        start_count=inputs.start_deals,
        slippage_low=low,
        slippage_high=high,
        notes=tuple(_cautions(inputs, end_deals, end_value, unexplained)),
    )


def _steps(inputs: Inputs, end_deals: Decimal, end_value: Decimal) -> Iterator[Step]:
    def step(name: str, deals: Decimal, value: Decimal) -> Step:
        share = value / inputs.start_value if inputs.start_value else Undefined("no_start_value")
        return Step(step=name, deals=deals, value=value, share_of_start=share)

    yield step(START, inputs.start_deals, inputs.start_value)
    for key, name, sign in _MOVES:
        yield step(name, sign * getattr(inputs, f"{key}_deals", Decimal(0)), sign * getattr(inputs, f"{key}_value"))
    yield step(END, end_deals, end_value)


def _slippage(inputs: Inputs) -> tuple[Figure, Figure]:
    """Return the share of the deals of the start that was pushed out, and that of their amount."""
    if inputs.start_deals < NO_RATE_BELOW:
        missing = Undefined("too_few" if inputs.start_deals else "no_start")
        return missing, missing
    by_value = inputs.pushed_out_value / inputs.start_value if inputs.start_value else Undefined("no_start_value")
    return inputs.pushed_out_deals / inputs.start_deals, by_value


def _interval(inputs: Inputs) -> tuple[Figure, Figure]:
    """Return the interval of the slippage by count, where there is one and it is a share."""
    if inputs.start_deals < NO_RATE_BELOW or inputs.pushed_out_deals > inputs.start_deals:
        return Undefined("too_few"), Undefined("too_few")
    return wilson_interval(inputs.pushed_out_deals, inputs.start_deals)


def _cautions(inputs: Inputs, end_deals: Decimal, end_value: Decimal, unexplained: Figure) -> Iterator[Note]:
    if isinstance(_interval(inputs)[0], Decimal):
        yield Note("interval", "slippage_by_count")
    if NO_RATE_BELOW <= inputs.start_deals < CAUTION_BELOW:
        yield Note("few", "slippage_by_count")
    if min(end_deals, end_value) < 0:
        yield Note("below_zero", "end_value")
    if inputs.pushed_out_deals > inputs.start_deals or inputs.pushed_out_value > inputs.start_value:
        yield Note("more_pushed_than_start", "slippage_by_count")
    if isinstance(unexplained, Decimal) and unexplained:
        yield Note("does_not_close", "unexplained_value")
    counted = ("start", *(key for key, _name, _sign in _MOVES if key not in _WITHOUT_DEALS))
    if any(bool(getattr(inputs, f"{key}_deals")) != bool(getattr(inputs, f"{key}_value")) for key in counted):
        yield Note("half_a_move", "steps")


def answer(result: Result) -> Answer:
    """Say whether the pipeline grew, and in which way most of what left it did so."""
    inputs, figures = result.inputs, result.figures
    if min(figures.end_deals, figures.end_value) < 0:
        return Undefined("below_zero")
    if result.shown("start_value") == result.shown("end_value"):
        first = "hardly_changed"
    else:
        first = "grew" if figures.end_value > inputs.start_value else "shrank"
    left = {key: getattr(inputs, f"{key}_value") for key, _name, sign in _MOVES if sign < 0}
    largest = max(left, key=lambda key: left[key])
    if not left[largest]:
        return first, "nothing_left"
    if result.reads_as_zero(f"{largest}_value"):
        return first, "hardly_anything_left"
    is_alone = list(left.values()).count(left[largest]) == 1
    return first, f"mostly_{largest}" if is_alone else "left_alike"


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the slippage of the deals of the start, by count and by value, and of those that were due."""
    unit = fields_of(Outputs)["slippage_by_count"]
    due = inputs.pushed_out_deals + inputs.won_deals + inputs.lost_deals
    of_due: Figure = inputs.pushed_out_deals / due if due >= NO_RATE_BELOW else Undefined("too_few")
    return (
        Definition(
            code="of_start",
            name=_("By count: pushed out ÷ open at the start"),
            effect=_("The definition used here. It asks how far the close dates of the first day could be trusted."),
            unit=unit,
            figure=outputs.slippage_by_count,
        ),
        Definition(
            code="of_start_by_value",
            name=_("By value: amount pushed out ÷ amount open at the start"),
            effect=_("Higher than by count when the larger deals are pushed out. One large deal can decide it."),
            unit=unit,
            figure=outputs.slippage_by_value,
        ),
        Definition(
            code="of_due",
            name=_("Of what is settled: pushed out ÷ (won + lost + pushed out)"),
            effect=_(
                "Leaves out deals that are still open in the period, so it is higher while the period lasts. "
                "Deals that came later count in it, too."
            ),
            unit=unit,
            figure=of_due,
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw each step from where the one before it ends."""
    inputs, steps = result.inputs, result.figures.steps
    if result.figures.end_value < 0 or not any(step.value for step in steps):
        return None
    reached, begins, ends = inputs.start_value, [], []
    for step in steps[1:-1]:
        begins.append(min(reached, reached + step.value))
        reached += step.value
        ends.append(step.value)
    columns = result.calculator.output_fields["steps"].columns  # type: ignore[attr-defined]  # it is a table
    signs = [sign for _key, _name, sign in _MOVES]

    def moved(wanted: int) -> tuple[Decimal | None, ...]:
        return (None, *(abs(end) if sign == wanted else None for end, sign in zip(ends, signs, strict=True)), None)

    return Chart(
        kind="waterfall",
        title=result.gettext(_("From the pipeline at the start to that at the end")),
        category=result.gettext(columns["step"].label),
        categories=tuple(columns["step"].show(step.step, result.numerals) for step in steps),
        series=(
            Series(
                name=result.gettext(_("Open pipeline")),
                values=(inputs.start_value, *(None for _sign in signs), result.figures.end_value),
            ),
            Series(name=result.gettext(_("Leaves")), values=moved(-1)),
            Series(name=result.gettext(_("Comes in")), values=moved(1)),
        ),
        unit=columns["value"],
        begins=(Decimal(0), *begins, Decimal(0)),
    )
