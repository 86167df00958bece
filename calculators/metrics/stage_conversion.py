"""How many of those who enter a stage reach the next one?

step rate = reached this stage / reached the stage before; cumulative rate = reached this stage / reached the first.
Sources: Sightfull for cohorts against counts in a period, Wilson for the interval; see `SOURCES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import flag, text
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count as how_many
from calculators.core.declaring.fields import rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.declaring.tables import table
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Stage conversion")
QUESTION = _("Where in the pipeline do we lose the most?")
PAGE = "metrics/conversion-rate.md"
SOURCES = (
    "Edwin B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)",
    "https://www.sightfull.com/glossary/sales-funnel-progression-rate/",
)
HEADLINE = "overall_rate"

# To one decimal that is 100%: no step stands out.
_HARDLY_ANY_LOST = Decimal("0.9995")

STAGE_NAMES = (_("Lead"), _("Qualified"), _("Contacted"), _("Proposal"), _("Closed won"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    name: str = text(_("Stage"), names=STAGE_NAMES)
    count: Decimal = how_many(_("Reached it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    stages: tuple[Stage, ...] = table(
        _("Stages, from first to last"),
        row=Stage,
        minimum_rows=2,
        default=tuple(
            Stage(name=name, count=Decimal(reached))
            for name, reached in zip(STAGE_NAMES, (1000, 400, 240, 90, 30), strict=True)
        ),
        hint=_("Of one group of leads: how many ever reached each stage, whether or not they are still there."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRate:
    name: str = text(_("Stage"), names=STAGE_NAMES)
    count: Decimal = how_many(_("Reached it"))
    step_rate: Figure = rate(_("From the stage before"))
    cumulative_rate: Figure = rate(_("From the first stage"))
    before: Decimal = how_many(_("Reached the stage before"), is_working=True)
    first: Decimal = how_many(_("Reached the first stage"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    stage_rates: tuple[StageRate, ...] = table(_("Conversion by stage"), row=StageRate)
    overall_rate: Figure = rate(_("From the first stage to the last"), sample="first")
    weakest_step: str | Undefined = text(_("Weakest step leads to"), names=STAGE_NAMES)
    weakest_place: Figure = how_many("", is_working=True)
    weakest_rate: Figure = rate("", is_working=True)
    loses_nobody: bool = flag("", is_working=True)
    loses_alike: bool = flag("", is_working=True)
    first: Decimal = how_many(_("Reached the first stage"), is_working=True)
    last: Decimal = how_many(_("Reached the last stage"), is_working=True)
    overall_low: Figure = rate(_("Lower end of the interval (95%)"), is_working=True)
    overall_high: Figure = rate(_("Upper end of the interval (95%)"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "overall_rate": "{last} ÷ {first}",
    "stage_rates.step_rate": "{row.count} ÷ {row.before}",
    "stage_rates.cumulative_rate": "{row.count} ÷ {row.first}",
}

# The first stage has no stage before it, so its cell is empty.
SPREADSHEET = {
    "stage_rates.count": "{stages.row.count}",
    "stage_rates.step_rate": "IF({stages.previous.count}<5,NA(),{row.count}/{stages.previous.count})",
    "stage_rates.cumulative_rate": "IF({stages.first.count}<5,NA(),{row.count}/{stages.first.count})",
    "overall_rate": "IF({stages.first.count}<5,NA(),{stages.last.count}/{stages.first.count})",
}

NOTES = {
    "first_stage": _("The first stage has no stage before it."),
    "empty_stage": _("Nobody reached a stage, so there is no rate from it to the next."),
    "no_first_stage": _("There is no overall rate: nobody reached the first stage."),
    "too_few": _("Fewer than {=5} reached a stage: a rate from it would say nothing, so only the counts are shown."),
    "interval": _(
        "With {first} in the first stage, the 95% interval of the overall rate is {overall_low} to {overall_high}."
    ),
    "few": _("Fewer than {=30} reached a stage: the rate from it to the next is a first hint only."),
    "more_than_before": _(
        "More reached a stage than the one before it: "
        "either stages were skipped, or the counts are of different groups."
    ),
}

ANSWERS = {
    "loses": _(
        "The largest share is lost on the way to “{weakest_step}”: {weakest_rate} of the stage before get there."
    ),
    "loses_unnamed": _(
        "The largest share is lost on the way to stage {weakest_place}: {weakest_rate} of the stage before get there."
    ),
    "loses_alike": _(
        "The largest share is lost at more than one step, first on the way to “{weakest_step}”: "
        "each time, {weakest_rate} of the stage before get there."
    ),
    "loses_alike_unnamed": _(
        "The largest share is lost at more than one step, first on the way to stage {weakest_place}: "
        "each time, {weakest_rate} of the stage before get there."
    ),
    "loses_hardly_anybody": _(
        "Hardly anything is lost: each stage is reached by almost as many as the one before it, or by more."
    ),
    "loses_nobody": _("Nowhere: every stage was reached by at least as many as the one before it."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute the conversion of each step, over all steps, and find the weakest one."""
    first, last = inputs.stages[0].count, inputs.stages[-1].count
    rates = []
    for place, stage in enumerate(inputs.stages):
        before = inputs.stages[place - 1].count if place else Decimal(0)
        rates.append(
            StageRate(
                name=stage.name,
                count=stage.count,
                step_rate=_rate(stage.count, before, "empty_stage") if place else Undefined("first_stage"),
                cumulative_rate=_rate(stage.count, first, "no_first_stage"),
                before=before,
                first=first,
            )
        )
    steps = [
        (row.step_rate, row.name, Decimal(place))
        for place, row in enumerate(rates, start=1)
        if isinstance(row.step_rate, Decimal)
    ]
    overall = _rate(last, first, "no_first_stage")
    low, high = _interval(last, first)
    # Without steps the second row has none, and says why.
    missing: Any = rates[1].step_rate
    weakest_rate, weakest, weakest_place = min(steps, key=lambda step: step[0]) if steps else (missing,) * 3
    return Outputs(
        stage_rates=tuple(rates),
        overall_rate=overall,
        weakest_step=weakest,
        weakest_place=weakest_place,
        weakest_rate=weakest_rate,
        loses_alike=[step[0] for step in steps].count(weakest_rate) > 1,
        loses_nobody=all(row.count >= row.before for row in rates[1:]),
        first=first,
        last=last,
        overall_low=low,
        overall_high=high,
        notes=tuple(_cautions(rates, low)),
    )


def _rate(part: Decimal, whole: Decimal, empty: str) -> Figure:
    if whole < NO_RATE_BELOW:
        return Undefined("too_few" if whole else empty)
    return part / whole


def _interval(last: Decimal, first: Decimal) -> tuple[Figure, Figure]:
    """Return the interval of the overall rate, where there is one and it is a share."""
    if first < NO_RATE_BELOW or last > first:
        return Undefined("too_few"), Undefined("too_few")
    return wilson_interval(last, first)


def _cautions(rates: list[StageRate], low: Figure) -> Iterator[Note]:
    if isinstance(low, Decimal):
        yield Note("interval", "overall_rate")
    if any(NO_RATE_BELOW <= row.before < CAUTION_BELOW for row in rates[1:]):
        yield Note("few", "stage_rates")
    if any(isinstance(row.step_rate, Decimal) and row.step_rate > 1 for row in rates):
        yield Note("more_than_before", "stage_rates")


def answer(result: Result) -> Answer:
    """Say on which step the largest share is lost."""
    figures = result.figures
    if isinstance(figures.weakest_rate, Undefined):
        return figures.weakest_rate
    if figures.loses_nobody:
        return "loses_nobody"
    if figures.weakest_rate >= _HARDLY_ANY_LOST:
        # Whoever was lost, may have been lost where the counts are too small for a rate.
        unrated = [row for row in figures.stage_rates if isinstance(row.step_rate, Undefined)]
        return Undefined("too_few") if any(row.count < row.before for row in unrated) else "loses_hardly_anybody"
    code = "loses_alike" if figures.loses_alike else "loses"
    return code if figures.weakest_step else f"{code}_unnamed"


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the rate from the first stage, and from later ones that others begin with."""
    second = inputs.stages[1].count
    # Of two stages, the second is the last.
    from_second = _rate(outputs.last, second if len(inputs.stages) > 2 else Decimal(0), "empty_stage")
    unit = fields_of(Outputs)["overall_rate"]
    return (
        Definition(
            code="from_first",
            name=_("Overall: reached the last stage ÷ reached the first"),
            effect=_(
                "The definition used here. It is the product of all steps, so it measures leads and selling together."
            ),
            unit=unit,
            figure=outputs.overall_rate,
        ),
        Definition(
            code="from_second",
            name=_("From the second stage: reached the last stage ÷ reached the second"),
            effect=_(
                "Usually higher, because the losses of the first step are left out. Say from which stage you count. "
                "With two stages there is no such rate."
            ),
            unit=unit,
            figure=from_second,
        ),
        Definition(
            code="last_step",
            name=_("Last step: reached the last stage ÷ reached the stage before it"),
            effect=_(
                "Usually higher still, and often called closing rate: it measures the last step only. "
                "Of deals that are all decided, it is the win rate from that stage."
            ),
            unit=unit,
            figure=outputs.stage_rates[-1].step_rate,
        ),
    )


def chart(result: Result) -> Chart:
    """Draw how many reached each stage."""
    rows = result.figures.stage_rates
    fields = result.calculator.output_fields["stage_rates"].columns  # type: ignore[attr-defined]  # it is a table
    return Chart(
        kind="bars",
        title=result.gettext(_("How many reached each stage")),
        category=result.gettext(_("Stage")),
        categories=tuple(fields["name"].show(row.name, result.numerals) for row in rows),
        series=(Series(name=result.gettext(_("Reached it")), values=tuple(row.count for row in rows)),),
        unit=fields["count"],
    )
