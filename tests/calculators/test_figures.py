"""Figures at their limits, and those that only a sentence or a chart shows: what a change of one sign would spoil."""

from decimal import Decimal
from typing import Any

import pytest

import calculators
from calculators.core.running.run import Result


def said(result: Result) -> Any:
    """Return the codes of the sentence that answers."""
    return result.calculator.answer(result)


# --- forecasting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deals", "goal", "code"),
    [
        # Half of a thousandth from certainty is a chance; nearer is as good as reached.
        ([(100, "0.9995")], 100, "has_a_chance"),
        ([(100, "0.9996")], 100, "nearly_certain"),
        ([(100, "0.0005")], 100, "has_a_chance"),
        ([(100, "0.0004")], 100, "hardly_reached"),
        # What stands at 100% reaches the goal: the chance is 100%, and no luck is needed.
        ([(100, "1"), (50, "0.5")], 100, "has_a_chance"),
        ([(100, "1"), (50, "0.9996")], 101, "nearly_certain"),
        ([(100, "0.5")], 101, "out_of_reach"),
        ([(100, "0.5")], 0, "no_goal"),
    ],
)
def test_how_a_chance_is_called(deals: list[tuple[int, str]], goal: int, code: str) -> None:
    """The words of a forecast change where the chance is one part in two thousand away from certain."""
    rows = [{"name": "", "value": value, "probability": probability} for value, probability in deals]

    assert said(calculators.run("weighted-forecast", {"deals": rows, "goal": goal})) == code


# --- metrics ---------------------------------------------------------------------------------------------------------


def conversion(*counts: int) -> Result:
    """Return the conversion of stages without names."""
    return calculators.run("stage-conversion", {"stages": [{"name": "", "count": count} for count in counts]})


def test_conversion_has_an_interval_from_five() -> None:
    """Five in the first stage are enough, four are not; where the last has more than the first, it is no share."""
    assert all(isinstance(end, Decimal) for end in interval(conversion(5, 2)))
    assert interval(conversion(5, 5))[1] == 1
    assert interval(conversion(4, 2)) == interval(conversion(5, 6))
    assert {note.code for note in conversion(5, 6).notes} >= {"more_than_before"}


def interval(result: Result) -> tuple[Any, Any]:
    """Return the interval of the overall rate, or why there is none."""
    return result.figures.overall_low, result.figures.overall_high


def test_a_stage_without_a_name_is_called_by_its_place() -> None:
    """The third of four stages loses most: it is number three, counted from one."""
    result = conversion(100, 90, 30, 29)

    assert result.figures.weakest_place == 3
    assert said(result) == "loses_unnamed"
    assert "3" in result.headline


# --- planning --------------------------------------------------------------------------------------------------------


def test_findings_say_which_stages_and_by_how_much() -> None:
    """A finding carries the stage's own numbers, for the formula beside it; names come once, or the place."""
    stage = {"deals": 12, "value": 100, "max_deals": 10, "mean_age_days": 40, "max_age_days": 30}
    empty = stage | {"deals": 0, "value": 0, "mean_age_days": 5}
    result = calculators.run(
        "pipeline-balance", {"stages": [{"name": name} | stage for name in ("A", "", "A")] + [{"name": "Z"} | empty]}
    )
    figures = result.figures

    assert (figures.overfull_names, figures.stalled_names, figures.empty_names) == (("A", 2), ("A", 2), ("Z",))
    first, last = figures.findings[0], figures.findings[-1]
    assert (first.deals, first.value, first.max_deals, first.mean_age_days, first.max_age_days) == (12, 100, 10, 40, 30)
    assert (last.deals, last.mean_age_days) == (0, None)
    assert said(result) == ("overfull", "stalled", "empty")


def test_a_target_carries_the_rates_it_was_worked_out_with() -> None:
    """The formula beside each target shows the product's own size and rates."""
    products = [
        {
            "name": name,
            "revenue_share": "0.5",
            "average_deal_size": size,
            "win_rate": "0.25",
            "lead_to_opportunity_rate": "0.2",
        }
        for name, size in (("A", 1000), ("B", 3000))
    ]
    rows = calculators.run("product-mix", {"revenue_goal": 60_000, "products": products}).figures.targets

    assert [(row.name, row.average_deal_size, row.win_rate, row.lead_to_opportunity_rate) for row in rows] == [
        ("A", 1000, Decimal("0.25"), Decimal("0.2")),
        ("B", 3000, Decimal("0.25"), Decimal("0.2")),
    ]
    assert [(row.revenue, row.deals_to_close, row.opportunities, row.leads) for row in rows] == [
        (30_000, 30, 120, 600),
        (30_000, 10, 40, 200),
    ]


# --- qualification ---------------------------------------------------------------------------------------------------


def engagement(days_ago: int) -> Decimal:
    """Return the score of one event of a hundred points so many days ago, with a half-life of one day."""
    event = {"event": "", "points": 100, "count": 1, "days_ago": days_ago}
    score: Decimal = calculators.run(
        "lead-score", {"engagement": [event], "half_life_days": 1}
    ).figures.engagement_score
    return score


def test_what_is_long_ago_has_faded() -> None:
    """After 64 half-lives nothing is left, exactly; just before, hardly anything is."""
    assert engagement(1) == 50
    assert engagement(63) == 100 * Decimal("0.5") ** 63
    assert engagement(64) == 0
    assert engagement(30_000) == 0


def test_points_behind_each_group_of_a_fit() -> None:
    """The formula beside a group shows the sum of its ratings and how many there are."""
    ratings = {"markets": "3", "users": "2", "customers": "1", "flexibility": "3"}
    figures = calculators.run("solution-fit", ratings).figures

    assert (figures.enterprise_points, figures.enterprise_rated) == (9, 4)


# --- what is missing says why ----------------------------------------------------------------------------------------


def test_nothing_to_grow_from_is_said_of_each_figure() -> None:
    """Without revenue at the start there is neither a growth nor a decline, for one reason."""
    figures = calculators.run("revenue-growth", {"start_revenue": 0}).figures

    missing = (figures.growth, figures.growth_per_period, figures.decline, figures.decline_per_period)
    assert [getattr(figure, "code", None) for figure in missing] == ["no_start_revenue"] * 4


def test_one_period_is_its_own_last_forecast() -> None:
    """With a single period nothing was forecast before it, so smoothing goes on from the period itself."""
    figures = calculators.run("revenue-forecast", {"history": [700], "method": "exponential_smoothing"}).figures

    assert figures.last_forecast == 700
