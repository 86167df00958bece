"""What will the open deals bring, and how likely is the goal?

weighted value = sum of amount × probability; variance = sum of probability × (1 − probability) × amount².
The p-percentile is the smallest total whose cumulative probability reaches p. Up to 20 deals every total is worked out
exactly; above that 10,000 runs with a fixed seed are drawn: see `calculators.core.numbers.simulation`.
With a common shock s the period is good or bad for all deals at once, with one half each, and a probability p is
p ± s × min(p, 1 − p) in it: a mixture of two such distributions. The means stay; each pair of deals adds
2 × s² × c × c' to the variance, where c is a deal's amount × min(p, 1 − p).
What is booked is in the totals of the period (safe goal, commit, best case) and not in the goal of the open deals.
Sources: Andrew Parker (from the weighted sum to the distribution of outcomes); McNeil, Frey and Embrechts (Bernoulli
mixtures: chances that depend on a common factor, independent given it).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from operator import mul

from calculators.core.declaring.charts import Chart, Series, tick_values
from calculators.core.declaring.choices import choice, flag, text
from calculators.core.declaring.fields import NOTHING, count, days, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.series import money_series
from calculators.core.declaring.tables import table
from calculators.core.numbers.simulation import Distribution, leeway
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Weighted forecast")
QUESTION = _("What will our open deals bring, and how likely is the goal?")
PAGE = "forecasting/weighted-pipeline.md"
SOURCES = (
    "https://andrewparker.medium.com/monte-carlo-simulation-of-sales-pipeline-projected-yield-2ce496179e52",
    "Alexander J. McNeil, Rüdiger Frey and Paul Embrechts, Quantitative Risk Management (2005)",
)
IS_SIMULATED = True

DEAL_NAMES = (_("Deal A"), _("Deal B"), _("Deal C"), _("Deal D"), _("Deal E"), _("Deal F"))
_EXAMPLE = ((120_000, "0.6"), (80_000, "0.4"), (60_000, "0.75"), (200_000, "0.2"), (40_000, "0.5"), (30_000, "0.9"))
# As in `docs/en/forecasting/review.md#categories`; a deal without one counts as pipeline.
CATEGORIES = {"": NOTHING, "commit": _("Commit"), "best_case": _("Best case"), "pipeline": _("Pipeline")}
_BY_DEAL = "category_and_age"
_SAFE = Decimal("0.8")
# Below it a commit is no commit, or the probabilities are too low.
# What is shown as 50% is no less.
_LIKELY = Decimal("0.4995")
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
    call: str = choice(_("Category"), options=CATEGORIES, default="", shown_if=_BY_DEAL)
    days_in_stage: Decimal | None = days(_("In its stage"), is_optional=True, shown_if=_BY_DEAL)


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
    booked: Decimal | None = money(
        _("Already booked"),
        is_optional=True,
        hint=_(
            "Won in the period so far. It is added to the safe total and to the figures by category, not to the goal."
        ),
        quantity="booked",
    )
    common_shock: Decimal | None = rate(
        _("Common shock"),
        default="0",
        is_optional=True,
        is_setting=True,
        hint=_("How far a good or a bad period moves all probabilities at once. At 20%, one of 50% is 60% or 40%."),
    )
    category_and_age: bool = flag(
        _("Category and age of each deal"),
        default=False,
        hint=_("Adds two columns to the table: commit, best case or pipeline, and the days in the present stage."),
    )
    usual_days: Decimal | None = days(
        _("Usual days in the stage"),
        is_optional=True,
        hint=_("The days within which three of four won deals had left the stage, counted from your closed deals."),
        shown_if=_BY_DEAL,
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
    safe_goal: Decimal = money(_("Total that is 80% safe, with what is booked"))
    committed: Figure = money(_("Commit, with what is booked"), shown_if=_BY_DEAL)
    committed_chance: Figure = rate(_("Chance to reach the commit"), shown_if=_BY_DEAL)
    best_case_called: Figure = money(_("Commit and best case, with what is booked"), shown_if=_BY_DEAL)
    best_case_called_chance: Figure = rate(_("Chance to reach commit and best case"), shown_if=_BY_DEAL)
    aged_value: Figure = money(_("Weighted value of deals older than usual"), goal="at_most", shown_if=_BY_DEAL)
    deal_count: Decimal = count(_("Number of deals"), is_working=True)
    without_amount: Decimal = count(_("Deals with an amount of zero"), is_working=True)
    amounts: tuple[Decimal, ...] = money_series(_("the amounts"), is_working=True)
    weighted_amounts: tuple[Decimal, ...] = money_series(_("amount × probability of each deal"), is_working=True)
    variances: tuple[Decimal, ...] = money_series(
        _("probability × (1 − probability) × amount² of each deal"), is_working=True
    )
    shock_variance: Decimal = money(_("what the common shock adds to the variance"), is_working=True)
    good_value: Decimal = money(_("weighted value in a good period"), is_working=True)
    bad_value: Decimal = money(_("weighted value in a bad period"), is_working=True)
    booked_amount: Decimal = money(_("already booked"), is_working=True)
    commit_value: Decimal = money(_("amounts of the commit deals"), is_working=True)
    best_case_value: Decimal = money(_("amounts of the best case deals"), is_working=True)
    uncalled: Decimal = count(_("deals without a category"), is_working=True)
    aged_deals: Decimal = count(_("deals older than usual"), is_working=True)
    undated: Decimal = count(_("deals without days in their stage"), is_working=True)
    fresh_value: Decimal = money(_("weighted value without deals older than usual"), is_working=True)
    chances: tuple[tuple[Decimal, Decimal], ...] = ()
    notes: tuple[Note, ...] = ()


WORKING = {
    "weighted_value": _("sum of {weighted_amounts}"),
    "best_case": _("sum of {amounts}"),
    "standard_deviation": _("square root of ({shock_variance} + the sum of {variances})"),
    "p10": _("the smallest total that 10% of the outcomes do not exceed"),
    "p50": _("the smallest total that 50% of the outcomes do not exceed"),
    "p90": _("the smallest total that 90% of the outcomes do not exceed"),
    "goal_probability": _("the chances of all totals of {goal} or more, added up"),
    "safe_goal": _("{booked_amount} + the largest total that 80% of the outcomes reach"),
    "committed": "{booked_amount} + {commit_value}",
    "committed_chance": _("the chances of all totals of {commit_value} or more, added up"),
    "best_case_called": "{booked_amount} + {commit_value} + {best_case_value}",
    "best_case_called_chance": _("the chances of all totals of {commit_value} + {best_case_value} or more, added up"),
    "aged_value": _("sum of amount × probability of the deals above {usual_days}"),
}

# The distribution is no formula: its figures are written as values.
SPREADSHEET = {
    "weighted_value": "IF(COUNT({deals.value})=0,NA(),SUMPRODUCT({deals.value},{deals.probability}))",
    "best_case": "IF(COUNT({deals.value})=0,NA(),SUM({deals.value}))",
    "standard_deviation": (
        "IF(COUNT({deals.value})=0,NA(),"
        "SQRT({shock_variance}+SUMPRODUCT({deals.probability}*(1-{deals.probability})*{deals.value}*{deals.value})))"
    ),
    "shock_variance": (
        "{common_shock}^2*(SUMPRODUCT({deals.value}*(0.5-ABS({deals.probability}-0.5)))^2"
        "-SUMPRODUCT({deals.value}*{deals.value}*(0.5-ABS({deals.probability}-0.5))^2))"
    ),
    "aged_value": (
        'IF(OR(NOT({category_and_age}),{usual_days}="",COUNT({deals.days_in_stage})=0),NA(),'
        "SUMPRODUCT({deals.value}*{deals.probability}*({deals.days_in_stage}>{usual_days})))"
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
        "The deals are taken as independent. A bad quarter hits many of them at once, so the real spread is wider: "
        "enter a common shock to see how much."
    ),
    "shocked": _(
        "With a common shock of {common_shock}, on average the deals bring {good_value} in a good period and "
        "{bad_value} in a bad one. Either comes with a chance of one half."
    ),
    "booked_apart": _(
        "What is booked, {booked_amount}, is in the total that is 80% safe and in the figures by category, and in "
        "nothing else. The goal of {goal} is for the open deals alone, so that nothing is counted twice."
    ),
    "no_categories": _("There is no commit yet: pick the category of at least one deal."),
    "no_ages": _("No deal is known to be old: enter the usual days, and the days in its stage of at least one deal."),
    "uncalled": _("Deals without a category ({uncalled}) count as pipeline."),
    "unlikely_commit": _(
        "A commit that is reached with a chance of only {committed_chance} is none: either deals are in it that do not "
        "belong there, or their probabilities are too low."
    ),
    "undated": _("Deals without days in their stage ({undated}) do not count as older than usual."),
    "aged": _(
        "Deals that are older than usual in their stage ({aged_deals}) have a probability that is likely too high. "
        "Without them the weighted value is {fresh_value}."
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
    deals, booked, shock = inputs.deals, inputs.booked or Decimal(0), inputs.common_shock or Decimal(0)
    amounts = tuple(deal.value for deal in deals)
    weighted = tuple(deal.value * deal.probability for deal in deals)
    variances = tuple(deal.probability * (1 - deal.probability) * deal.value**2 for deal in deals)
    weighted_value, best_case = _sum(weighted), _sum(amounts)
    leeways = [deal.value * leeway(deal.probability) for deal in deals]
    # Twice the products of all pairs: the square of the sum without the squares, and never below zero.
    pairs = 2 * _sum(map(mul, leeways[1:], accumulate(leeways)))
    shock_variance, shocked = shock**2 * pairs, shock * _sum(leeways)
    deviation = (_sum(variances) + shock_variance).sqrt()
    distribution = Distribution([(deal.value, deal.probability) for deal in deals], shock)
    commit, best, uncalled = (_of_category(inputs, category) for category in ("commit", "best_case", ""))
    is_dated = _is_dated(inputs)
    aged = [deal for deal in deals if is_dated and (deal.days_in_stage or 0) > (inputs.usual_days or 0)]
    commit_value, best_case_value = (_sum(deal.value for deal in called) for called in (commit, best))
    aged_value = _sum(deal.value * deal.probability for deal in aged)

    def of_deals(figure: Decimal) -> Figure:
        return figure if deals else Undefined("no_deals")

    def of_calls(figure: Decimal, *categories: Sequence[Deal]) -> Figure:
        return of_deals(figure) if any(categories) or not deals else Undefined("no_categories")

    outputs = Outputs(
        weighted_value=of_deals(weighted_value),
        best_case=of_deals(best_case),
        standard_deviation=of_deals(deviation),
        p10=of_deals(distribution.quantile(_P10)),
        p50=of_deals(distribution.quantile(_P50)),
        p90=of_deals(distribution.quantile(_P90)),
        goal_probability=of_deals(distribution.chance_of(inputs.goal)),
        safe_goal=booked + distribution.reached_with(_SAFE),
        committed=of_calls(booked + commit_value, commit),
        committed_chance=of_calls(distribution.chance_of(commit_value), commit),
        best_case_called=of_calls(booked + commit_value + best_case_value, commit, best),
        best_case_called_chance=of_calls(distribution.chance_of(commit_value + best_case_value), commit, best),
        aged_value=of_deals(aged_value) if is_dated or not deals else Undefined("no_ages"),
        deal_count=Decimal(len(deals)),
        without_amount=Decimal(sum(not amount for amount in amounts)),
        amounts=amounts,
        weighted_amounts=weighted,
        variances=variances,
        shock_variance=shock_variance,
        good_value=weighted_value + shocked,
        bad_value=weighted_value - shocked,
        booked_amount=booked,
        commit_value=commit_value,
        best_case_value=best_case_value,
        uncalled=Decimal(len(uncalled)),
        aged_deals=Decimal(len(aged)),
        undated=Decimal(sum(deal.days_in_stage is None for deal in deals)),
        fresh_value=weighted_value - aged_value,
        chances=_chances(distribution, weighted_value, deviation, best_case),
    )
    return replace(outputs, notes=tuple(_cautions(inputs, outputs, is_exact=distribution.is_exact)))


def _sum(figures: Iterable[Decimal]) -> Decimal:
    return sum(figures, Decimal(0))


def _of_category(inputs: Inputs, category: str) -> list[Deal]:
    """Return the deals of a category; while they are not called, none has one."""
    return [deal for deal in inputs.deals if (deal.call if inputs.category_and_age else "") == category]


def _is_dated(inputs: Inputs) -> bool:
    """Whether the age of a deal can be compared with what is usual."""
    has_ages = any(deal.days_in_stage is not None for deal in inputs.deals)
    return inputs.category_and_age and inputs.usual_days is not None and has_ages


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


def _cautions(inputs: Inputs, figures: Outputs, *, is_exact: bool) -> Iterator[Note]:
    if not inputs.deals:
        return
    yield Note("exact" if is_exact else "simulated", "p50")
    if any(deal.probability == 1 for deal in inputs.deals):
        yield Note("certain_deal", "weighted_value")
    if any(deal.probability == 0 for deal in inputs.deals):
        yield Note("hopeless_deal", "weighted_value")
    if not all(deal.value for deal in inputs.deals):
        yield Note("no_amount", "weighted_value")
    if not inputs.goal:
        yield Note("no_goal", "goal_probability")
    if inputs.goal > _sum(figures.amounts):
        yield Note("goal_out_of_reach", "goal_probability")
    if sum(bool(deal.value) and 0 < deal.probability < 1 for deal in inputs.deals) > 1:
        yield Note("shocked" if inputs.common_shock else "too_narrow", "standard_deviation")
    if figures.booked_amount:
        yield Note("booked_apart", "safe_goal")
    if isinstance(figures.committed_chance, Decimal):
        if figures.uncalled:
            yield Note("uncalled", "committed")
        if figures.committed_chance < _LIKELY:
            yield Note("unlikely_commit", "committed_chance")
    if isinstance(figures.aged_value, Decimal):
        if figures.undated:
            yield Note("undated", "aged_value")
        if figures.aged_deals:
            yield Note("aged", "aged_value")


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
