"""What will the open deals bring, and how likely is the goal?

weighted value = sum of amount × probability; variance = sum of probability × (1 − probability) × amount².
The p-percentile is the smallest total whose cumulative probability reaches p. Up to 20 deals every total is worked out
exactly; above that 10,000 runs with a fixed seed are drawn: see `calculators.core.numbers.simulation`.
Source: Andrew Parker (from the weighted sum to the distribution of outcomes).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series, tick_values
from calculators.core.declaring.choices import text
from calculators.core.declaring.fields import count, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.series import money_series
from calculators.core.declaring.tables import table
from calculators.core.numbers.simulation import Distribution
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Weighted forecast")
QUESTION = _("What will our open deals bring, and how likely is the goal?")
PAGE = "forecasting/weighted-pipeline.md"
SOURCES = ("https://andrewparker.medium.com/monte-carlo-simulation-of-sales-pipeline-projected-yield-2ce496179e52",)
IS_SIMULATED = True

DEAL_NAMES = (_("Deal A"), _("Deal B"), _("Deal C"), _("Deal D"), _("Deal E"), _("Deal F"))
_EXAMPLE = ((120_000, "0.6"), (80_000, "0.4"), (60_000, "0.75"), (200_000, "0.2"), (40_000, "0.5"), (30_000, "0.9"))
_P10, _P50, _P90 = Decimal("0.1"), Decimal("0.5"), Decimal("0.9")
# What lies further from the weighted value is too rare to be drawn.
_DEVIATIONS_DRAWN = Decimal("2.5")
# A chance nearer to 0% or 100% than a twentieth of a percent is told in words.
_HARDLY_A_CHANCE = Decimal("0.0005")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """An open deal that can close in the period."""

    name: str = text(_("Deal"), names=DEAL_NAMES, is_private=True)
    value: Decimal = money(_("Amount"))
    probability: Decimal = rate(_("Probability"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a reader enters."""

    deals: tuple[Deal, ...] = table(
        _("Open deals of the period"),
        row=Deal,
        default=tuple(
            Deal(name=name, value=Decimal(value), probability=Decimal(probability))
            for name, (value, probability) in zip(DEAL_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_("One row for each deal that can close in the period. The probability means: won within the period."),
    )
    goal: Decimal = money(
        _("Goal for these deals"),
        default="250000",
        hint=_("What these deals should bring: the quota without what is already won."),
        quantity="remaining_quota",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What is worked out; `chances` holds (amount, probability to bring at least this) for the chart."""

    weighted_value: Figure = money(_("Weighted value"), sample="deal_count")
    best_case: Figure = money(_("Best case: every deal is won"))
    standard_deviation: Figure = money(_("Standard deviation"), goal="at_most")
    p10: Figure = money(_("10% of outcomes are at or below"))
    p50: Figure = money(_("50% of outcomes are at or below"))
    p90: Figure = money(_("90% of outcomes are at or below"))
    goal_probability: Figure = rate(_("Chance to reach the goal"), sample="deal_count")
    deal_count: Decimal = count(_("Number of deals"), is_working=True)
    without_amount: Decimal = count(_("Deals with an amount of zero"), is_working=True)
    amounts: tuple[Decimal, ...] = money_series(_("the amounts"), is_working=True)
    weighted_amounts: tuple[Decimal, ...] = money_series(_("amount × probability of each deal"), is_working=True)
    variances: tuple[Decimal, ...] = money_series(
        _("probability × (1 − probability) × amount² of each deal"), is_working=True
    )
    chances: tuple[tuple[Decimal, Decimal], ...] = ()
    notes: tuple[Note, ...] = ()


WORKING = {
    "weighted_value": _("sum of {weighted_amounts}"),
    "best_case": _("sum of {amounts}"),
    "standard_deviation": _("square root of the sum of {variances}"),
    "p10": _("the smallest total that 10% of the outcomes do not exceed"),
    "p50": _("the smallest total that 50% of the outcomes do not exceed"),
    "p90": _("the smallest total that 90% of the outcomes do not exceed"),
    "goal_probability": _("the chances of all totals of {goal} or more, added up"),
}

# The distribution is no formula: its figures are written as values.
SPREADSHEET = {
    "weighted_value": "IF(COUNT({deals.value})=0,NA(),SUMPRODUCT({deals.value},{deals.probability}))",
    "best_case": "IF(COUNT({deals.value})=0,NA(),SUM({deals.value}))",
    "standard_deviation": (
        "IF(COUNT({deals.value})=0,NA(),"
        "SQRT(SUMPRODUCT({deals.probability}*(1-{deals.probability})*{deals.value}*{deals.value})))"
    ),
}

NOTES = {
    "no_deals": _("There is nothing to weight: no open deal is listed. Past revenue is the better guide then."),
    "exact": _("Deals: {deal_count}. Every total they can bring is worked out exactly."),
    "simulated": _(
        "With more than {=20} deals (here {deal_count}), {=10000} random quarters are drawn, always the same ones. "
        "A chance may be off by one percentage point."
    ),
    "certain_deal": _("A deal stands at 100%. Before the signature, ask what could still go wrong."),
    "hopeless_deal": _("A deal stands at 0%: it adds to the best case only. If it is lost, remove it."),
    "no_amount": _("Deals with an amount of zero ({without_amount}) change nothing: find out what they would bring."),
    "no_goal": _("With a goal of zero every outcome reaches it: enter what these deals should bring."),
    "goal_out_of_reach": _(
        "Even if every deal is won, {best_case} stays below the goal of {goal}: find further deals."
    ),
    "too_narrow": _(
        "The deals are taken as independent. A bad quarter hits many of them at once, so the real spread is wider."
    ),
}

ANSWERS = {
    "has_a_chance": _(
        "On average, our open deals will bring {weighted_value} in all; "
        "the chance to reach the goal of {goal} is {goal_probability}."
    ),
    "nearly_certain": _(
        "On average, our open deals will bring {weighted_value} in all; the goal of {goal} is as good as reached."
    ),
    "hardly_reached": _(
        "On average, our open deals will bring {weighted_value} in all; the goal of {goal} is as good as out of reach."
    ),
    "out_of_reach": _(
        "On average, our open deals will bring {weighted_value} in all; "
        "even if all of them are won, the goal of {goal} is out of reach."
    ),
    "tiny_goal": _("On average, our open deals will bring {weighted_value} in all; the goal is hardly above zero."),
    "hardly_anything": _("On average, our open deals will bring hardly anything in all."),
    "no_goal": _("On average, our open deals will bring {weighted_value} in all; no goal is set."),
}


def compute(inputs: Inputs) -> Outputs:
    """Weight the deals, and work out or draw the distribution of their total."""
    if not inputs.deals:
        missing = Undefined("no_deals")
        return Outputs(
            weighted_value=missing,
            best_case=missing,
            standard_deviation=missing,
            p10=missing,
            p50=missing,
            p90=missing,
            goal_probability=missing,
            deal_count=Decimal(0),
            without_amount=Decimal(0),
            amounts=(),
            weighted_amounts=(),
            variances=(),
        )
    amounts = tuple(deal.value for deal in inputs.deals)
    weighted = tuple(deal.value * deal.probability for deal in inputs.deals)
    variances = tuple(deal.probability * (1 - deal.probability) * deal.value**2 for deal in inputs.deals)
    weighted_value, best_case = sum(weighted, Decimal(0)), sum(amounts, Decimal(0))
    deviation = sum(variances, Decimal(0)).sqrt()
    distribution = Distribution([(deal.value, deal.probability) for deal in inputs.deals])
    return Outputs(
        weighted_value=weighted_value,
        best_case=best_case,
        standard_deviation=deviation,
        p10=distribution.quantile(_P10),
        p50=distribution.quantile(_P50),
        p90=distribution.quantile(_P90),
        goal_probability=distribution.chance_of(inputs.goal),
        deal_count=Decimal(len(inputs.deals)),
        without_amount=Decimal(sum(not amount for amount in amounts)),
        amounts=amounts,
        weighted_amounts=weighted,
        variances=variances,
        chances=_chances(distribution, weighted_value, deviation, best_case),
        notes=tuple(_cautions(inputs, best_case, is_exact=distribution.is_exact)),
    )


def answer(result: Result) -> Answer:
    """Say what the deals bring on average, and how likely the goal is."""
    figures, goal = result.figures, result.inputs.goal
    if isinstance(figures.weighted_value, Undefined):
        return figures.weighted_value
    if result.is_hardly_anything("weighted_value"):
        return "hardly_anything"
    if not goal:
        return "no_goal"
    if goal > figures.best_case:
        return "out_of_reach"
    if result.reads_as_zero("goal"):
        return "tiny_goal"
    if figures.goal_probability < _HARDLY_A_CHANCE:
        return "hardly_reached"
    # Certain is what the deals bring that stand at 100%; runs that all reach the goal prove nothing.
    certain = sum((deal.value for deal in result.inputs.deals if deal.probability == 1), Decimal(0))
    is_nearly_certain = figures.goal_probability > 1 - _HARDLY_A_CHANCE and goal > certain
    return "nearly_certain" if is_nearly_certain else "has_a_chance"


def _chances(
    distribution: Distribution, middle: Decimal, deviation: Decimal, best_case: Decimal
) -> tuple[tuple[Decimal, Decimal], ...]:
    """Return the chance to bring at least each of six to thirteen round amounts around the middle."""
    if not deviation:
        return ()
    low = max(Decimal(0), middle - _DEVIATIONS_DRAWN * deviation)
    high = min(best_case, middle + _DEVIATIONS_DRAWN * deviation)
    # A third of the span has about five ticks.
    first, second, *_further = tick_values(low, low + (high - low) / 3)
    step = second - first
    steps_needed = ((high - first) / step).to_integral_value(rounding="ROUND_CEILING")
    amounts = (first + step * place for place in range(int(steps_needed) + 1))
    return tuple((amount, distribution.chance_of(amount)) for amount in amounts)


def _cautions(inputs: Inputs, best_case: Decimal, *, is_exact: bool) -> Iterator[Note]:
    yield Note("exact" if is_exact else "simulated", "p50")
    if any(deal.probability == 1 for deal in inputs.deals):
        yield Note("certain_deal", "weighted_value")
    if any(deal.probability == 0 for deal in inputs.deals):
        yield Note("hopeless_deal", "weighted_value")
    if not all(deal.value for deal in inputs.deals):
        yield Note("no_amount", "weighted_value")
    if not inputs.goal:
        yield Note("no_goal", "goal_probability")
    if inputs.goal > best_case:
        yield Note("goal_out_of_reach", "goal_probability")
    if sum(bool(deal.value) and 0 < deal.probability < 1 for deal in inputs.deals) > 1:
        yield Note("too_narrow", "standard_deviation")


def chart(result: Result) -> Chart | None:
    """Draw how likely it is to bring at least each of some round amounts: what can be promised, and how safely."""
    chances = result.figures.chances
    if not chances:
        return None
    fields = result.calculator.output_fields
    return Chart(
        kind="columns",
        title=result.gettext(_("Chance to bring at least this much")),
        category=result.gettext(_("At least")),
        categories=tuple(fields["best_case"].show(amount, result.numerals) for amount, _chance in chances),
        series=(Series(name=result.gettext(_("Chance")), values=tuple(chance for _amount, chance in chances)),),
        unit=fields["goal_probability"],
    )
