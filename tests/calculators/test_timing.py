"""Money and time: coverage with deals still to be created, and acquisition cost with a lag; against simulation."""

from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from math import isclose
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import calculators

AMOUNTS = st.integers(0, 10**6)
MONTHS = st.lists(st.tuples(AMOUNTS, st.integers(0, 60)), min_size=1, max_size=15)


def rows(months: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return a table of months."""
    return [{"name": "", "cost": cost, "new_customers": customers} for cost, customers in months]


# --- coverage with new business --------------------------------------------------------------------------------------


@given(
    AMOUNTS,
    AMOUNTS,
    AMOUNTS,
    st.integers(1, 100),
    st.integers(0, 20),
    AMOUNTS,
    st.integers(0, 20),
)
def test_what_is_missing_by_week_brings_the_quota(
    pipeline: int, quota: int, booked: int, percent: int, left: int, per_week: int, cycle: int
) -> None:
    """Week by week, what is created as usual, what is added and what is open bring the quota, and no more if needed."""
    inputs = {"open_pipeline": pipeline, "quota": quota, "booked": booked, "win_rate": f"{percent / 100:.2f}"}
    new = {"counts_new": True, "weeks_left": left, "created_and_won_per_week": per_week}
    figures = calculators.run("pipeline-coverage", inputs | new | {"shortest_cycle_weeks": cycle}).outputs

    won, win_rate = Fraction(booked + pipeline * Fraction(percent, 100)), Fraction(percent, 100)
    usual, added = Fraction(0), Fraction(0)
    for week in range(left):
        if week + cycle < left:
            usual += per_week
            added += Fraction(figures["gap_per_week"]) * win_rate
    assert figures["expected_from_new"] == usual
    if left > cycle:
        assert won + usual + added >= quota - Fraction(1, 10**12)
        if figures["gap_after_new"]:
            assert isclose(won + usual + added, quota, rel_tol=1e-15)
    else:
        assert figures["gap_per_week"] is None
        assert figures["gap_after_new"] == figures["pipeline_gap"]


def test_less_than_a_week_asks_for_no_more_than_is_missing() -> None:
    """Half a week is left: all of the gap has to come in it, and not twice as much in each week."""
    figures = calculators.run("pipeline-coverage", {"counts_new": True, "weeks_left": "3.5"}).figures

    assert figures.weeks_for_new == Decimal("0.5")
    assert figures.gap_per_week == figures.gap_after_new == 596_000


def test_new_business_may_bring_the_quota_alone() -> None:
    """What is open is never won, and what is expected of new deals is more than the quota asks for."""
    inputs = {"counts_new": True, "win_rate": 0, "created_and_won_per_week": 100_000}
    result = calculators.run("pipeline-coverage", inputs)

    assert result.figures.gap_after_new == 0
    assert result.headline.startswith("On average, new business makes up for it: 500,000")


@given(AMOUNTS, AMOUNTS, st.integers(0, 52), AMOUNTS, st.integers(0, 52))
def test_the_plain_figures_stay_the_plain_ones(quota: int, booked: int, left: int, new: int, cycle: int) -> None:
    """Whether new business is counted or not, and however much of it: coverage and its gap say nothing else."""
    plain = {"quota": quota, "booked": booked}
    weeks = {"weeks_left": left, "created_and_won_per_week": new, "shortest_cycle_weeks": cycle}
    without, with_new = (
        calculators.run("pipeline-coverage", plain | weeks | {"counts_new": counts}).outputs for counts in (False, True)
    )

    for name in ("remaining_quota", "coverage", "required_coverage", "pipeline_gap"):
        assert without[name] == with_new[name] == calculators.run("pipeline-coverage", plain).outputs[name]
    assert [without[name] for name in ("expected_from_new", "gap_after_new", "gap_per_week")] == [None] * 3
    assert with_new["gap_after_new"] <= with_new["pipeline_gap"]


def test_a_past_quarter_gives_what_the_next_one_is_expected_to() -> None:
    """Divided by the weeks in which a deal could still close, the past amount comes back at the start of a quarter."""
    won_in_new_deals, weeks, cycle = 120_000, 13, 3
    new = {"counts_new": True, "weeks_left": weeks, "shortest_cycle_weeks": cycle}
    per_week = won_in_new_deals / (weeks - cycle)

    figures = calculators.run("pipeline-coverage", new | {"created_and_won_per_week": per_week}).outputs

    assert figures["expected_from_new"] == won_in_new_deals


# --- acquisition cost with a lag -------------------------------------------------------------------------------------


@given(st.lists(AMOUNTS, min_size=1, max_size=15), st.integers(0, 8), st.integers(1, 5000))
def test_the_lagged_cost_is_what_a_customer_cost(spend: list[int], lag: int, price: int) -> None:
    """Of customers who come the lag after they were paid for, at one price, the cost is that price."""
    bought = [amount // price for amount in spend]
    came = [*repeat(0, lag), *bought]
    months = [(count * price, arrived) for count, arrived in zip(bought, came, strict=False)]
    figures = calculators.run("lagged-acquisition-cost", {"months": rows(months), "lag_months": lag}).outputs

    assert figures["pairs"] == max(0, len(spend) - lag)
    customers = sum(came[: len(spend)])
    if not customers:
        assert figures["lagged_cost"] is None
        return
    assert figures["lagged_cost"] == price
    assert {row.lagged_cost for row in figures["by_month"] if row.new_customers} == {price}


@given(MONTHS, st.integers(0, 15))
def test_both_costs_are_of_the_same_customers(months: list[tuple[int, int]], lag: int) -> None:
    """Pair by pair, and in all: the difference is that of the money, since the customers are the same."""
    figures = calculators.run("lagged-acquisition-cost", {"months": rows(months), "lag_months": lag}).outputs
    pairs = [(months[place - lag][0], *months[place]) for place in range(lag, len(months))]
    before, same, customers = (sum(pair[place] for pair in pairs) for place in range(3))

    assert [(row.cost, row.new_customers) for row in figures["by_month"]] == [(cost, n) for cost, _own, n in pairs]
    if not customers:
        assert figures["lagged_cost"] is figures["same_month_cost"] is figures["difference"] is None
        return
    assert isclose(figures["lagged_cost"], Fraction(before, customers), rel_tol=1e-20)
    assert isclose(figures["same_month_cost"], Fraction(same, customers), rel_tol=1e-20)
    if before:
        assert isclose(1 + Fraction(figures["difference"]), Fraction(same, before), rel_tol=1e-20)


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=12), st.integers(1, 6), st.booleans())
def test_growing_spend_overstates(steps: list[int], lag: int, is_growing: bool) -> None:  # noqa: FBT001 - drawn
    """Spend that only grows makes the same months dearer than the lag does; spend that only shrinks, cheaper."""
    assume(len(steps) > lag)
    costs = [1 + sum(steps[: place + 1]) for place in range(len(steps))]
    months = [(cost, 10) for cost in (costs if is_growing else costs[::-1])]
    difference = calculators.run("lagged-acquisition-cost", {"months": rows(months), "lag_months": lag}).outputs[
        "difference"
    ]

    assert difference >= 0 if is_growing else difference <= 0
    assert (difference == 0) == (sum(costs[lag:]) == sum(costs[:-lag]))
