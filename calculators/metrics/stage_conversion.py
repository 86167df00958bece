"""How many of those who enter a stage reach the next one?

step rate = reached this stage / reached the stage before, with Wilson's interval; cumulative rate = reached this
stage / reached the first. Where some are still in the stage before, rate of those decided = reached this stage /
(reached the stage before - still there).
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
    still_there: Decimal | None = how_many(_("Still in it"), is_optional=True)


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
        hint=_(
            "Of one group of leads: how many ever reached each stage, whether or not they are still there. "
            "If some are still undecided, enter how many beside it; else leave that column empty."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRate:
    name: str = text(_("Stage"), names=STAGE_NAMES)
    count: Decimal = how_many(_("Reached it"))
    step_rate: Figure = rate(_("From the stage before"))
    step_low: Figure = rate(_("Lower end (95%)"))
    step_high: Figure = rate(_("Upper end (95%)"))
    decided_rate: Figure = rate(_("Of those decided"))
    cumulative_rate: Figure = rate(_("From the first stage"))
    before: Decimal = how_many(_("Reached the stage before"), is_working=True)
    still_before: Decimal = how_many(_("Still in the stage before"), is_working=True)
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
    still_there: Decimal = how_many(_("Still in a stage"), is_working=True)
    first: Decimal = how_many(_("Reached the first stage"), is_working=True)
    last: Decimal = how_many(_("Reached the last stage"), is_working=True)
    overall_low: Figure = rate(_("Lower end of the interval (95%)"), is_working=True)
    overall_high: Figure = rate(_("Upper end of the interval (95%)"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "overall_rate": "{last} ÷ {first}",
    "stage_rates.step_rate": "{row.count} ÷ {row.before}",
    "stage_rates.decided_rate": "{row.count} ÷ ({row.before} − {row.still_before})",
    "stage_rates.cumulative_rate": "{row.count} ÷ {row.first}",
}

_COUNT, _BEFORE = "{row.count}", "{stages.previous.count}"
_DECIDED = "({stages.previous.count}-N({stages.previous.still_there}))"
_Z = "1.95996398454005"
_MIDDLE = f"({{row.step_rate}}+{_Z}^2/(2*{_BEFORE}))"
_SPREAD = f"{_Z}*SQRT({{row.step_rate}}*(1-{{row.step_rate}})/{_BEFORE}+{_Z}^2/(4*{_BEFORE}^2))"
_SCALE = f"(1+{_Z}^2/{_BEFORE})"

# The first stage has no stage before it, so its cell is empty.
SPREADSHEET = {
    "stage_rates.count": "{stages.row.count}",
    "stage_rates.step_rate": "IF({stages.previous.count}<5,NA(),{row.count}/{stages.previous.count})",
    "stage_rates.step_low": (
        f"IF({_COUNT}>{_BEFORE},NA(),IF({_COUNT}=0,0*{{row.step_rate}},({_MIDDLE}-{_SPREAD})/{_SCALE}))"
    ),
    "stage_rates.step_high": (
        f"IF({_COUNT}>{_BEFORE},NA(),IF({_COUNT}={_BEFORE},{{row.step_rate}},({_MIDDLE}+{_SPREAD})/{_SCALE}))"
    ),
    "stage_rates.decided_rate": f"IF({_DECIDED}<5,NA(),{_COUNT}/{_DECIDED})",
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
    "more_there_than_came": _(
        "These numbers cannot all be right: more are still in a stage than ever reached it, so it has no rate of those "
        "decided."
    ),
    "none_decided": _("All who reached a stage are still in it, so there is no rate of those decided from it yet."),
    "too_few_decided": _(
        "Fewer than {=5} who reached a stage are decided: a rate of those decided would say nothing yet."
    ),
    "few_decided": _("Fewer than {=30} who reached a stage are decided: the rate of those is a first hint only."),
    "still_open": _(
        "The rates from the stage before and from the first stage, and their intervals, count those who are still "
        "there as if they were lost; the rate of those decided leaves them out. Quick ones are decided first, so none "
        "of them is final: report both until hardly anybody is still there."
    ),
    "open_and_moved_on": _(
        "Of one stage, more are still in it or moved on than ever reached it: "
        "either stages were skipped, or the counts are of different days."
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
    "of_those_decided": _("Those who are still in a stage are left out here ({still_there} in all)."),
    "loses_hardly_any_decided": _(
        "So far, hardly anything is lost: of those decided, all or almost all reached the next stage. "
        "Still in a stage: {still_there}."
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute the conversion of each step, over all steps, and find the weakest one."""
    first, last = inputs.stages[0].count, inputs.stages[-1].count
    still = [stage.still_there or Decimal(0) for stage in inputs.stages]
    rates = [_first_row(inputs.stages[0])]
    for place, stage in enumerate(inputs.stages[1:], start=1):
        rates.append(_row(stage, inputs.stages[place - 1].count, still[place - 1], first))
    # While some are undecided, those of them that will move on are not lost.
    steps = [
        (row.decided_rate, row.name, Decimal(place))
        for place, row in enumerate(rates, start=1)
        if isinstance(row.decided_rate, Decimal)
    ]
    overall = _rate(last, first, "no_first_stage")
    low, high = _interval(last, first, Undefined("too_few"))
    # Without steps the second row has none, and says why.
    missing: Any = rates[1].decided_rate
    weakest_rate, weakest, weakest_place = min(steps, key=lambda step: step[0]) if steps else (missing,) * 3
    return Outputs(
        stage_rates=tuple(rates),
        overall_rate=overall,
        weakest_step=weakest,
        weakest_place=weakest_place,
        weakest_rate=weakest_rate,
        loses_alike=[step[0] for step in steps].count(weakest_rate) > 1,
        loses_nobody=all(row.count >= row.before for row in rates[1:]),
        # Whoever reached the last stage has no next one to reach.
        still_there=sum(still[:-1], Decimal(0)),
        first=first,
        last=last,
        overall_low=low,
        overall_high=high,
        notes=tuple(_cautions(rates, low)),
    )


def _first_row(stage: Stage) -> StageRate:
    missing = Undefined("first_stage")
    return StageRate(
        name=stage.name,
        count=stage.count,
        step_rate=missing,
        step_low=missing,
        step_high=missing,
        decided_rate=missing,
        cumulative_rate=_rate(stage.count, stage.count, "no_first_stage"),
        before=Decimal(0),
        still_before=Decimal(0),
        first=stage.count,
    )


def _row(stage: Stage, before: Decimal, still_before: Decimal, first: Decimal) -> StageRate:
    """Return the rates into a stage from the one before, which so many reached and so many are still in."""
    step_rate = _rate(stage.count, before, "empty_stage")
    no_share = step_rate if isinstance(step_rate, Undefined) else Undefined("more_than_before")
    low, high = _interval(stage.count, before, no_share)
    return StageRate(
        name=stage.name,
        count=stage.count,
        step_rate=step_rate,
        step_low=low,
        step_high=high,
        decided_rate=_decided_rate(stage.count, before, still_before, step_rate),
        cumulative_rate=_rate(stage.count, first, "no_first_stage"),
        before=before,
        still_before=still_before,
        first=first,
    )


def _rate(part: Decimal, whole: Decimal, empty: str) -> Figure:
    if whole < NO_RATE_BELOW:
        return Undefined("too_few" if whole else empty)
    return part / whole


def _decided_rate(reached: Decimal, before: Decimal, still_before: Decimal, step_rate: Figure) -> Figure:
    """Return the rate of those who are no longer in the stage before; with nobody there, that is the step rate."""
    if isinstance(step_rate, Undefined) or not still_before:
        return step_rate
    decided = before - still_before
    if decided < 0:
        return Undefined("more_there_than_came")
    if decided < NO_RATE_BELOW:
        return Undefined("too_few_decided" if decided else "none_decided")
    return reached / decided


def _interval(part: Decimal, whole: Decimal, missing: Undefined) -> tuple[Figure, Figure]:
    """Return the interval of a rate, where there is one and it is a share of the whole."""
    if whole < NO_RATE_BELOW or part > whole:
        return missing, missing
    return wilson_interval(part, whole)


def _cautions(rates: list[StageRate], low: Figure) -> Iterator[Note]:
    if isinstance(low, Decimal):
        yield Note("interval", "overall_rate")
    if any(NO_RATE_BELOW <= row.before < CAUTION_BELOW for row in rates[1:]):
        yield Note("few", "stage_rates")
    if any(_has_few_decided(row) for row in rates[1:]):
        yield Note("few_decided", "stage_rates")
    if any(row.still_before for row in rates):
        yield Note("still_open", "stage_rates")
    # With more there than ever came, the cell says so.
    if any(0 < row.still_before <= row.before < row.count + row.still_before for row in rates):
        yield Note("open_and_moved_on", "stage_rates")


def _has_few_decided(row: StageRate) -> bool:
    """Whether few of many are decided: where few were there at all, another note says so."""
    return NO_RATE_BELOW <= row.before - row.still_before < CAUTION_BELOW <= row.before


def answer(result: Result) -> Answer:
    """Say on which step the largest share is lost."""
    figures = result.figures
    if isinstance(figures.weakest_rate, Undefined):
        return figures.weakest_rate
    if figures.loses_nobody:
        return "loses_nobody"
    if figures.weakest_rate >= _HARDLY_ANY_LOST:
        # Whoever was lost, may have been lost where the counts are too small for a rate.
        unrated = [row for row in figures.stage_rates if isinstance(row.decided_rate, Undefined)]
        if any(row.count < row.before - row.still_before for row in unrated):
            return Undefined("too_few")
        return "loses_hardly_any_decided" if figures.still_there else "loses_hardly_anybody"
    code = "loses_alike" if figures.loses_alike else "loses"
    code = code if figures.weakest_step else f"{code}_unnamed"
    return (code, "of_those_decided") if figures.still_there else code


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
