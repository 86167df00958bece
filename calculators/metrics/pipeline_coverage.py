"""Is there enough pipeline for the quota?

coverage = open pipeline / remaining quota; required coverage = 1 / win rate by value;
gap = remaining quota / win rate - open pipeline, not below zero. If wanted, with new business:
expected from new = (weeks left - shortest cycle) x what is created and won per week; gap after new = (remaining quota -
expected from new) / win rate - open pipeline; per week = that / (weeks left - shortest cycle); none below zero.
Sources: Mentor Group; Donovan and Revcast for deals created and won within the period; see `SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import flag
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import money, multiple, number, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Pipeline coverage")
QUESTION = _("Is there enough pipeline for our quota?")
HEADLINE = "coverage"
PAGE = "metrics/pipeline-coverage.md"
SOURCES = (
    "https://www.mentorgroup.com/sales-training-research/step-1-win-rate-to-coverage-model",
    "https://sellingsherpa.com/index.php/2021/12/30/pipeline-coverage-treasure-or-trash",
    "https://revcast.com/blog/kpi-wednesday-how-much-pipeline-do-i-need-create-and-close-tracking",
)

_MOST_WEEKS = Decimal(520)


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
    counts_new: bool = flag(_("Count business that is created and closed within the period"), default=False)
    weeks_left: Decimal = number(_("Weeks left in the period"), default="8", maximum=_MOST_WEEKS, shown_if="counts_new")
    created_and_won_per_week: Decimal = money(
        _("Created and won within the period, per week"),
        default="12000",
        hint=_("From past periods: won in deals created in the same period ÷ (weeks of the period − shortest cycle)."),
        shown_if="counts_new",
    )
    shortest_cycle_weeks: Decimal = number(
        _("Shortest sales cycle in weeks"),
        default="3",
        maximum=_MOST_WEEKS,
        hint=_("How long your fastest deals take. A deal created later than that closes after the period."),
        shown_if="counts_new",
    )


# While the option is off these results are hidden, so no sentence says why they are missing.
_NOT_COUNTED: Figure = Undefined("new_not_counted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    remaining_quota: Decimal = money(_("Quota still open"), goal="at_most", quantity="remaining_quota")
    coverage: Figure = multiple(_("Coverage"))
    required_coverage: Figure = multiple(_("Coverage you need"), goal="at_most")
    pipeline_gap: Figure = money(_("Pipeline still missing"), goal="at_most")
    expected_from_new: Figure = money(_("Expected from deals still to be created"), shown_if="counts_new")
    gap_after_new: Figure = money(
        _("Pipeline still missing once new business is counted"), goal="at_most", shown_if="counts_new"
    )
    gap_per_week: Figure = money(
        _("Pipeline to create for each week in which a new deal can still close"),
        goal="at_most",
        shown_if="counts_new",
    )
    weeks_for_new: Decimal = number(_("weeks in which a new deal can still close"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "remaining_quota": _("{quota} − {booked}, at least 0"),
    "coverage": "{open_pipeline} ÷ ({quota} − {booked})",
    "required_coverage": "{=1} ÷ {win_rate}",
    "pipeline_gap": _("({quota} − {booked}) ÷ {win_rate} − {open_pipeline}, at least 0"),
    "expected_from_new": _("({weeks_left} − {shortest_cycle_weeks}) × {created_and_won_per_week}, at least 0"),
    "gap_after_new": _("({quota} − {booked} − {expected_from_new}) ÷ {win_rate} − {open_pipeline}, at least 0"),
    "gap_per_week": _("{gap_after_new} ÷ ({weeks_left} − {shortest_cycle_weeks}), or all of it in less than a week"),
}

SPREADSHEET = {
    "remaining_quota": "MAX(0,{quota}-{booked})",
    "coverage": "{open_pipeline}/{remaining_quota}",
    "required_coverage": "1/{win_rate}",
    "pipeline_gap": "IF({remaining_quota}=0,0,MAX(0,{remaining_quota}/{win_rate}-{open_pipeline}))",
    "expected_from_new": "IF({counts_new},{weeks_for_new}*{created_and_won_per_week},NA())",
    "gap_after_new": (
        "IF({remaining_quota}-{expected_from_new}<=0,0,"
        "MAX(0,({remaining_quota}-{expected_from_new})/{win_rate}-{open_pipeline}))"
    ),
    "gap_per_week": "{gap_after_new}/IF({weeks_for_new}=0,NA(),MAX(1,{weeks_for_new}))",
    "weeks_for_new": "MAX(0,{weeks_left}-{shortest_cycle_weeks})",
}

NOTES = {
    "quota_reached": _("The quota is reached: there is nothing left to cover."),
    "no_win_rate": _("With a win rate of zero, no pipeline would be enough."),
    "too_late": _("A deal created now closes too late for the period, so there is no pipeline to create by week."),
}

ANSWERS = {
    "missing": _("No: {pipeline_gap} of pipeline is missing."),
    "nearly_enough": _("Not quite: coverage is {coverage}, and it takes {required_coverage}."),
    "enough": _("Yes: coverage is {coverage}, and {required_coverage} is enough."),
    "missing_after_new": _(
        "Once new business is counted, {gap_after_new} is still missing: {gap_per_week} of further pipeline for each "
        "week in which a new deal can still close."
    ),
    "made_up_by_new": _(
        "On average, new business makes up for it: {expected_from_new} can be expected from deals still to be created."
    ),
    "more_from_new": _("Another {expected_from_new} can be expected from deals still to be created."),
    "too_late": _(
        "A deal created now would close too late: what helps is to win more of those that are open, or to pull in "
        "deals of the next period."
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Compare the open pipeline with what the remaining quota needs at this win rate, with new business if asked."""
    remaining = max(Decimal(0), inputs.quota - inputs.booked)
    weeks = max(Decimal(0), inputs.weeks_left - inputs.shortest_cycle_weeks)
    expected = gap_after_new = per_week = _NOT_COUNTED
    if inputs.counts_new:
        expected = weeks * inputs.created_and_won_per_week
        gap_after_new = per_week = _missing(remaining - expected, inputs)
        if isinstance(gap_after_new, Decimal):
            per_week = gap_after_new / max(Decimal(1), weeks) if weeks else Undefined("too_late")
    return Outputs(
        coverage=inputs.open_pipeline / remaining if remaining else Undefined("quota_reached"),
        required_coverage=1 / inputs.win_rate if inputs.win_rate else Undefined("no_win_rate"),
        pipeline_gap=_missing(remaining, inputs),
        remaining_quota=remaining,
        expected_from_new=expected,
        gap_after_new=gap_after_new,
        gap_per_week=per_week,
        weeks_for_new=weeks,
    )


def _missing(to_win: Decimal, inputs: Inputs) -> Figure:
    """Return the pipeline that is missing for an amount to win, at least 0."""
    if to_win <= 0:
        return Decimal(0)
    if not inputs.win_rate:
        return Undefined("no_win_rate")
    return max(Decimal(0), to_win / inputs.win_rate - inputs.open_pipeline)


def answer(result: Result) -> Answer:
    """Say whether the pipeline is enough, and what is missing; if asked, what new business makes of it."""
    coverage, gap = result.figures.coverage, result.figures.pipeline_gap
    if isinstance(gap, Undefined) and result.inputs.counts_new and not result.figures.gap_after_new:
        return "made_up_by_new"
    for figure in (coverage, gap):
        if isinstance(figure, Undefined):
            return figure
    if not result.reads_as_zero("pipeline_gap"):
        return "missing", *_with_new(result)
    # Of a tiny quota, what is missing may be less than a coin.
    if gap and result.shown("coverage") != result.shown("required_coverage"):
        return "nearly_enough"
    is_more = result.inputs.counts_new and not result.reads_as_zero("expected_from_new")
    return ("enough", "more_from_new") if is_more else "enough"


def _with_new(result: Result) -> tuple[str, ...]:
    """Return the sentence on what is missing once new business is counted; none where it would say nothing."""
    figures = result.figures
    if not result.inputs.counts_new:
        return ()
    if not figures.weeks_for_new:
        return ("too_late",)
    if result.reads_as_zero("gap_after_new"):
        return ("made_up_by_new",)
    # Over many weeks, what is missing may be less than a coin in each.
    return () if result.reads_as_zero("gap_per_week") else ("missing_after_new",)


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
