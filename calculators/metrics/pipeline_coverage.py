"""Is there enough pipeline for the quota?

coverage = open pipeline / remaining quota; required coverage = 1 / win rate by value;
gap = remaining quota / win rate - open pipeline, not below zero.
Source: Mentor Group; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import money, multiple, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Pipeline coverage")
QUESTION = _("Is there enough pipeline for our quota?")
HEADLINE = "coverage"
PAGE = "metrics/pipeline-coverage.md"
SOURCES = ("https://www.mentorgroup.com/sales-training-research/step-1-win-rate-to-coverage-model",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    open_pipeline: Decimal = money(
        _("Open pipeline of the period"),
        default="900000",
        hint=_("Qualified deals that are to close within the period."),
        quantity="open_pipeline",
    )
    quota: Decimal = money(_("Quota of the period"), default="500000", quantity="quota")
    booked: Decimal = money(
        _("Already booked"),
        default="120000",
        hint=_("Won in the period so far. It lowers what is left of the quota."),
        quantity="booked",
    )
    win_rate: Decimal = rate(
        _("Win rate by value"),
        default="0.25",
        hint=_("By value, not by count: the question is about money."),
        quantity="win_rate_by_value",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    remaining_quota: Decimal = money(_("Quota still open"), goal="at_most", quantity="remaining_quota")
    coverage: Figure = multiple(_("Coverage"))
    required_coverage: Figure = multiple(_("Coverage you need"), goal="at_most")
    pipeline_gap: Figure = money(_("Pipeline still missing"), goal="at_most")
    notes: tuple[Note, ...] = ()


WORKING = {
    "remaining_quota": _("{quota} − {booked}, at least 0"),
    "coverage": "{open_pipeline} ÷ ({quota} − {booked})",
    "required_coverage": "{=1} ÷ {win_rate}",
    "pipeline_gap": _("({quota} − {booked}) ÷ {win_rate} − {open_pipeline}, at least 0"),
}

SPREADSHEET = {
    "remaining_quota": "MAX(0,{quota}-{booked})",
    "coverage": "{open_pipeline}/{remaining_quota}",
    "required_coverage": "1/{win_rate}",
    "pipeline_gap": "IF({remaining_quota}=0,0,MAX(0,{remaining_quota}/{win_rate}-{open_pipeline}))",
}

NOTES = {
    "quota_reached": _("The quota is reached: there is nothing left to cover."),
    "no_win_rate": _("With a win rate of zero, no pipeline would be enough."),
}

ANSWERS = {
    "missing": _("No: {pipeline_gap} of pipeline is missing."),
    "nearly_enough": _("Not quite: coverage is {coverage}, and it takes {required_coverage}."),
    "enough": _("Yes: coverage is {coverage}, and {required_coverage} is enough."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compare the open pipeline with what the remaining quota needs at this win rate."""
    remaining = max(Decimal(0), inputs.quota - inputs.booked)
    required = 1 / inputs.win_rate if inputs.win_rate else Undefined("no_win_rate")
    if not remaining:
        return Outputs(
            coverage=Undefined("quota_reached"),
            required_coverage=required,
            pipeline_gap=Decimal(0),
            remaining_quota=remaining,
        )
    gap: Figure = Undefined("no_win_rate")
    if inputs.win_rate:
        gap = max(Decimal(0), remaining / inputs.win_rate - inputs.open_pipeline)
    return Outputs(
        coverage=inputs.open_pipeline / remaining,
        required_coverage=required,
        pipeline_gap=gap,
        remaining_quota=remaining,
    )


def answer(result: Result) -> Answer:
    """Say whether the pipeline is enough, and what is missing."""
    coverage, gap = result.figures.coverage, result.figures.pipeline_gap
    for figure in (coverage, gap):
        if isinstance(figure, Undefined):
            return figure
    if not result.reads_as_zero("pipeline_gap"):
        return "missing"
    # Of a tiny quota, what is missing may be less than a coin.
    is_short = gap and result.shown("coverage") != result.shown("required_coverage")
    return "nearly_enough" if is_short else "enough"


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the coverage of the remaining quota, and what others call coverage."""
    unit = fields_of(Outputs)["coverage"]
    # A quota of zero is reached from the first day.
    of_quota: Figure = inputs.open_pipeline / inputs.quota if inputs.quota else Undefined("quota_reached")
    return (
        Definition(
            code="remaining_quota",
            name=_("Open pipeline ÷ quota still open"),
            effect=_("The definition used here. Business already booked needs no pipeline."),
            unit=unit,
            figure=outputs.coverage,
        ),
        Definition(
            code="whole_quota",
            name=_("Open pipeline ÷ whole quota"),
            effect=_(
                "Asks the pipeline to win again what is already booked, "
                "so the more you have booked, the worse it looks beside the coverage you need."
            ),
            unit=unit,
            figure=of_quota,
        ),
        Definition(
            code="with_win_rate",
            name=_("Open pipeline × win rate ÷ whole quota"),
            effect=_(
                "The win rate is already in it, so 1 is enough on average. "
                "To ask for 3 or 4, as one page does, counts the win rate twice."
            ),
            unit=unit,
            figure=of_quota if isinstance(of_quota, Undefined) else of_quota * inputs.win_rate,
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw the open pipeline beside the pipeline that the remaining quota needs."""
    inputs, remaining = result.inputs, result.figures.remaining_quota
    if not remaining or not inputs.win_rate:
        return None
    open_pipeline = result.gettext(result.calculator.input_fields["open_pipeline"].label)
    return Chart(
        kind="bars",
        title=result.gettext(_("The pipeline you have and the pipeline you need")),
        category=result.gettext(_("Pipeline")),
        categories=(open_pipeline, result.gettext(_("Pipeline you need"))),
        series=(Series(name=result.gettext(_("Amount")), values=(inputs.open_pipeline, remaining / inputs.win_rate)),),
        unit=result.calculator.output_fields["pipeline_gap"],
    )
