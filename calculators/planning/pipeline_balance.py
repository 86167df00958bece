"""Which stages of the pipeline are overfull, stalled or empty?

overfull: deals > limit; stalled: mean age > age limit; empty: no deals. Share of value = value / value of all stages.
Age is the number of days since a deal entered its present stage.
The three rules are ours; Outreach (age in the stage), the article on eight mistakes (balance before size); see
`SOURCES`.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import flag, name_list, text
from calculators.core.declaring.fields import count, days, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Pipeline balance")
QUESTION = _("Which stages of our pipeline need attention?")
HEADLINE = "stalled_stages"
PAGE = "pipeline/balance.md"
SOURCES = (
    "Sales pipeline mistakes: 8 to avoid, blog article of 2022-11-04, read in a Korean copy",
    "https://www.outreach.ai/resources/blog/sales-pipeline-ageing",
    "John D. C. Little, A proof for the queuing formula: L = λW, Operations Research 9 (1961)",
)

STAGE_NAMES = (_("Qualification"), _("Discovery"), _("Proposal"), _("Negotiation"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What stands in a stage today, and its two limits."""

    name: str = text(_("Stage"), names=STAGE_NAMES)
    deals: Decimal = count(_("Deals"))
    value: Decimal = money(_("Value"))
    max_deals: Decimal = count(_("Limit of deals"))
    mean_age_days: Decimal = days(_("Mean age"))
    max_age_days: Decimal = days(_("Age limit"))


# How a stage without a name is called where a sentence names stages.
_BY_PLACE = _("stage {place}")
_EXAMPLE = ((30, 300_000, 25, 20, 30), (15, 250_000, 20, 25, 30), (8, 220_000, 10, 50, 40), (0, 0, 5, 0, 20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    stages: tuple[Stage, ...] = table(
        _("Stages, from first to last"),
        row=Stage,
        default=tuple(
            Stage(
                name=name,
                deals=Decimal(deals),
                value=Decimal(value),
                max_deals=Decimal(max_deals),
                mean_age_days=Decimal(mean_age),
                max_age_days=Decimal(max_age),
            )
            for name, (deals, value, max_deals, mean_age, max_age) in zip(STAGE_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_("Open deals only. Age means days since the deal entered its present stage."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is the matter with a stage."""

    name: str = text(_("Stage"), names=STAGE_NAMES)
    share_of_value: Figure = rate(_("Share of value"))
    overfull: bool = flag(_("Overfull"))
    stalled: bool = flag(_("Stalled"))
    empty: bool = flag(_("Empty"))
    deals: Decimal = count(_("Deals"), is_working=True)
    value: Decimal = money(_("Value"), is_working=True)
    max_deals: Decimal = count(_("Limit of deals"), is_working=True)
    mean_age_days: Decimal | None = days(_("Mean age"), is_working=True)
    max_age_days: Decimal = days(_("Age limit"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    findings: tuple[Finding, ...] = table(_("Findings by stage"), row=Finding)
    overfull_stages: Figure = count(_("Overfull stages"), goal="at_most")
    stalled_stages: Figure = count(_("Stalled stages"), goal="at_most")
    empty_stages: Figure = count(_("Empty stages"), goal="at_most")
    total_value: Decimal = money(_("Value of all stages"), is_working=True)
    overfull_names: tuple[str | int, ...] = name_list(names=STAGE_NAMES, by_place=_BY_PLACE)
    stalled_names: tuple[str | int, ...] = name_list(names=STAGE_NAMES, by_place=_BY_PLACE)
    empty_names: tuple[str | int, ...] = name_list(names=STAGE_NAMES, by_place=_BY_PLACE)
    notes: tuple[Note, ...] = ()


WORKING = {
    "findings.share_of_value": "{row.value} ÷ {total_value}",
    "findings.overfull": "{row.deals} > {row.max_deals}",
    "findings.stalled": "{row.mean_age_days} > {row.max_age_days}",
    "findings.empty": "{row.deals} < {=1}",
}

SPREADSHEET = {
    "findings.share_of_value": "IF(SUM({stages.value})=0,NA(),{stages.row.value}/SUM({stages.value}))",
    "findings.overfull": "{stages.row.deals}>{stages.row.max_deals}",
    "findings.stalled": "AND({stages.row.deals}>0,{stages.row.mean_age_days}>{stages.row.max_age_days})",
    "findings.empty": "{stages.row.deals}=0",
    "overfull_stages": "IF(COUNT({stages.deals})=0,NA(),COUNTIF({findings.overfull},TRUE))",
    "stalled_stages": "IF(COUNT({stages.deals})=0,NA(),COUNTIF({findings.stalled},TRUE))",
    "empty_stages": "IF(COUNT({stages.deals})=0,NA(),COUNTIF({findings.empty},TRUE))",
}

NOTES = {
    "no_stages": _("There is nothing to balance yet: enter the stages of your pipeline."),
    "no_value": _("There are no shares: the value of all stages is zero."),
    "empty_after_stalled": _(
        "An empty stage follows a stalled one. Move or close the deals that wait there: more leads would not help."
    ),
    "no_limit": _("A limit of zero makes a stage overfull with its first deal: enter what the team can work."),
    "age_without_deals": _("A stage has a mean age but no deals: the age does not count, so check both numbers."),
    "value_without_deals": _("A stage has a value but no deals: check both numbers."),
}

ANSWERS = {
    "overfull": _("Too many deals are in {overfull_names}."),
    "stalled": _("Deals have stayed too long in {stalled_names}."),
    "empty": _("No deal is in {empty_names}."),
    "balanced": _("No stage needs attention: none is overfull, stalled or empty."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compare the deals and the age of each stage with its limits."""
    total = sum((stage.value for stage in inputs.stages), Decimal(0))
    findings = tuple(_finding(stage, total) for stage in inputs.stages)
    return Outputs(
        findings=findings,
        overfull_stages=_counted([finding.overfull for finding in findings]),
        stalled_stages=_counted([finding.stalled for finding in findings]),
        empty_stages=_counted([finding.empty for finding in findings]),
        total_value=total,
        overfull_names=_named(findings, "overfull"),
        stalled_names=_named(findings, "stalled"),
        empty_names=_named(findings, "empty"),
        notes=tuple(Note(code, "findings") for code in _cautions(inputs.stages, findings)),
    )


def _finding(stage: Stage, total: Decimal) -> Finding:
    is_empty = stage.deals == 0
    return Finding(
        name=stage.name,
        share_of_value=stage.value / total if total else Undefined("no_value"),
        overfull=stage.deals > stage.max_deals,
        stalled=not is_empty and stage.mean_age_days > stage.max_age_days,
        empty=is_empty,
        deals=stage.deals,
        value=stage.value,
        max_deals=stage.max_deals,
        # Without deals there is no age.
        mean_age_days=None if is_empty else stage.mean_age_days,
        max_age_days=stage.max_age_days,
    )


def _counted(marks: list[bool]) -> Figure:
    return Decimal(sum(marks)) if marks else Undefined("no_stages")


def _named(findings: tuple[Finding, ...], mark: str) -> tuple[str | int, ...]:
    """Return the stages that have a mark, each name once; of one without a name, the place."""
    marked = (finding.name or place for place, finding in enumerate(findings, start=1) if getattr(finding, mark))
    return tuple(dict.fromkeys(marked))


def answer(result: Result) -> Answer:
    """Say which stages need attention, and why."""
    if not result.inputs.stages:
        return Undefined("no_stages")
    return (
        tuple(mark for mark in ("overfull", "stalled", "empty") if getattr(result.figures, f"{mark}_names"))
        or "balanced"
    )


def _cautions(stages: tuple[Stage, ...], findings: tuple[Finding, ...]) -> list[str]:
    empty = [stage for stage in stages if stage.deals == 0]
    cases = {
        "empty_after_stalled": any(before.stalled and after.empty for before, after in pairwise(findings)),
        "no_limit": any(stage.max_deals == 0 for stage in stages),
        "age_without_deals": any(stage.mean_age_days for stage in empty),
        "value_without_deals": any(stage.value for stage in empty),
    }
    return [code for code, is_so in cases.items() if is_so]


def chart(result: Result) -> Chart | None:
    """Draw the deals of each stage beside its limit."""
    rows = result.figures.findings
    if not rows:
        return None
    columns = result.calculator.input_fields["stages"].columns  # type: ignore[attr-defined]  # it is a table
    return Chart(
        kind="bars",
        title=result.gettext(_("Deals and limit of each stage")),
        category=result.gettext(columns["name"].label),
        categories=tuple(columns["name"].show(row.name, result.numerals) for row in rows),
        series=(
            Series(name=result.gettext(columns["deals"].label), values=tuple(row.deals for row in rows)),
            Series(name=result.gettext(columns["max_deals"].label), values=tuple(row.max_deals for row in rows)),
        ),
        unit=columns["deals"],
    )
