"""What do several measures pay together?

payout of a measure = target variable x weight x attainment, at most its own limit, and nothing below its threshold;
attainment = result / goal. The weights are taken as they are: what they add up to is said.
Sources: Oracle for weights and thresholds of measures; see `SOURCES`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.choices import text
from calculators.core.declaring.fields import LARGEST_AMOUNT, money, number, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Payout of several measures")
QUESTION = _("What do several measures pay together?")
PAGE = "team/compensation.md"
SOURCES = (
    "https://docs.oracle.com/en/cloud/saas/sales/facmi/examples-of-measure-weights-in-calculations.html",
    "https://www.aurochssolutions.com/structure-of-incentive-payout-curve/",
)

MEASURE_NAMES = (_("Bookings"), _("New customers"), _("Contracts of several years"))
_EXAMPLE = (
    ("0.6", "500000", "540000", "0.5", "1.5"),
    ("0.25", "8", "5", "0.7", "1.5"),
    ("0.15", "20", "27", None, "1.2"),
)
# Thirds typed as 33.33% are not worth a caution.
_AS_GOOD_AS_WHOLE = Decimal("0.0005")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One of the results that a plan pays for."""

    name: str = text(_("Measure"), names=MEASURE_NAMES)
    weight: Decimal = rate(_("Weight"))
    goal: Decimal = number(_("Goal"), maximum=LARGEST_AMOUNT)
    result: Decimal = number(_("Actual"), maximum=LARGEST_AMOUNT)
    threshold: Decimal | None = rate(_("Pays nothing below"), is_optional=True, maximum=Decimal(10))
    most: Decimal | None = rate(_("Paid at most as"), is_optional=True, maximum=Decimal(10))


def _decimal(text_: str | None) -> Decimal | None:
    return None if text_ is None else Decimal(text_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    target_variable: Decimal = money(
        _("Target variable pay"), default="12000", hint=_("What all measures together pay when each is met exactly.")
    )
    measures: tuple[Measure, ...] = table(
        _("Measures"),
        row=Measure,
        minimum_rows=1,
        default=tuple(
            Measure(
                name=name,
                weight=Decimal(weight),
                goal=Decimal(goal),
                result=Decimal(result),
                threshold=_decimal(threshold),
                most=_decimal(most),
            )
            for name, (weight, goal, result, threshold, most) in zip(MEASURE_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_("Goal and actual in the same unit, more being better. The last two are attainments and may stay empty."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What one measure pays."""

    name: str = text(_("Measure"), names=MEASURE_NAMES)
    attainment: Figure = rate(_("Attainment"))
    paid_as: Figure = rate(_("Paid as"))
    payout: Figure = money(_("Payout"))
    weight: Decimal = rate(_("Weight"), is_working=True)
    goal: Decimal = number(_("Goal"), is_working=True)
    result: Decimal = number(_("Actual"), is_working=True)
    lost: Figure = money(_("lost below the threshold"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    payout: Figure = money(_("Payout"))
    payout_share: Figure = rate(_("Payout as a share of the target"))
    lost_below_threshold: Figure = money(_("Lost below a threshold"), goal="at_most")
    by_measure: tuple[Paid, ...] = table(_("By measure"), row=Paid)
    total_weight: Decimal = rate(_("the weights, added up"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "payout": _("the sum of the column “Payout”"),
    "payout_share": "{payout} ÷ {target_variable}",
    "lost_below_threshold": _(
        "{target_variable} × weight × attainment, at most its limit, of each measure below its threshold, added up"
    ),
    "by_measure.attainment": "{row.result} ÷ {row.goal}",
    "by_measure.payout": "{target_variable} × {row.weight} × {row.paid_as}",
}

_ATTAINMENT = "{row.attainment}"
_WITHIN = f'IF({{measures.row.most}}="",{_ATTAINMENT},MIN({{measures.row.most}},{_ATTAINMENT}))'
_IS_BELOW = f"ROUND({_ATTAINMENT},9)<{{measures.row.threshold}}"


def _added_up(column: str) -> str:
    """Return the formula of a sum over the measures, each of which must have a figure."""
    return f"IF(COUNT({{by_measure.{column}}})<ROWS({{measures.goal}}),NA(),SUM({{by_measure.{column}}}))"


SPREADSHEET = {
    "payout": _added_up("payout"),
    "payout_share": "IF({target_variable}=0,NA(),{payout}/{target_variable})",
    "lost_below_threshold": _added_up("lost"),
    "total_weight": "SUM({measures.weight})",
    "by_measure.attainment": "IF({measures.row.goal}=0,NA(),{measures.row.result}/{measures.row.goal})",
    "by_measure.paid_as": f"IF({_IS_BELOW},0,{_WITHIN})",
    "by_measure.payout": "{target_variable}*{measures.row.weight}*{row.paid_as}",
    "by_measure.lost": f"IF({_IS_BELOW},{{target_variable}}*{{measures.row.weight}}*{_WITHIN},0)",
}

NOTES = {
    "no_goal": _("A measure without a goal has no attainment, and so there is no payout of all."),
    "no_target": _("Without a target variable pay there is nothing to divide among the measures."),
    "weights": _(
        "The weights add up to {total_weight} rather than the whole, and they are taken as they are: "
        "with every goal met, that share of the target is paid."
    ),
    "cliff": _("Just below its threshold a measure pays nothing: ask who can move a date or a price to get there."),
}

ANSWERS = {
    "pays": _("These measures pay {payout}, which is {payout_share} of the target."),
    "pays_hardly_anything": _("These measures pay hardly anything of the target."),
    "loses": _("Below a threshold, {lost_below_threshold} is lost."),
}


def compute(inputs: Inputs) -> Outputs:
    """Pay each measure by its attainment within its limits, and add up."""
    rows = tuple(_paid(inputs.target_variable, measure) for measure in inputs.measures)
    payout, lost = _added([row.payout for row in rows]), _added([row.lost for row in rows])
    share = payout
    if isinstance(payout, Decimal):
        share = payout / inputs.target_variable if inputs.target_variable else Undefined("no_target")
    weights = sum((measure.weight for measure in inputs.measures), Decimal(0))
    return Outputs(
        payout=payout,
        payout_share=share,
        lost_below_threshold=lost,
        by_measure=rows,
        total_weight=weights,
        notes=tuple(_cautions(weights, lost)),
    )


def _paid(target: Decimal, measure: Measure) -> Paid:
    attainment: Figure = Undefined("no_goal")
    paid_as = payout = lost = attainment
    if measure.goal:
        attainment = measure.result / measure.goal
        within = attainment if measure.most is None else min(attainment, measure.most)
        is_below = measure.threshold is not None and measure.result < measure.threshold * measure.goal
        paid_as = Decimal(0) if is_below else within
        payout, lost = target * measure.weight * paid_as, target * measure.weight * (within - paid_as)
    return Paid(
        name=measure.name,
        attainment=attainment,
        paid_as=paid_as,
        payout=payout,
        weight=measure.weight,
        goal=measure.goal,
        result=measure.result,
        lost=lost,
    )


def _added(figures: Sequence[Figure]) -> Figure:
    """Return the sum, or why there is none."""
    total = Decimal(0)
    for figure in figures:
        if isinstance(figure, Undefined):
            return figure
        total += figure
    return total


def _cautions(weights: Decimal, lost: Figure) -> Iterator[Note]:
    if abs(weights - 1) >= _AS_GOOD_AS_WHOLE:
        yield Note("weights", "payout_share")
    if isinstance(lost, Decimal) and lost:
        yield Note("cliff", "by_measure")


def answer(result: Result) -> Answer:
    """Say what the measures pay, as a share of the target, and what is lost below a threshold."""
    figures = result.figures
    if isinstance(figures.payout_share, Undefined):
        return figures.payout_share
    pays = "pays_hardly_anything" if result.is_hardly_anything("payout") else "pays"
    return pays if result.reads_as_zero("lost_below_threshold") else (pays, "loses")
