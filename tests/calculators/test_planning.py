"""What the planning calculators do for any plan."""

import json
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.page.answer import to_page

MANY = 1_000

amounts = st.decimals(min_value=0, max_value=10**7, places=2)
positive_amounts = st.decimals(min_value=Decimal("0.01"), max_value=10**7, places=2)
rates = st.decimals(min_value=0, max_value=1, places=3)
positive_rates = st.decimals(min_value=Decimal("0.001"), max_value=1, places=3)
counts = st.integers(min_value=0, max_value=1_000)


def outputs(calculator: str, **inputs: Any) -> dict[str, Any]:
    """Return a calculator's outputs."""
    return calculators.run(calculator, inputs).outputs


def codes(calculator: str, **inputs: Any) -> list[str]:
    """Return the codes of a calculator's notes."""
    return [note.code for note in calculators.run(calculator, inputs).notes]


# --- lead generation ----------------------------------------------------------------------------------------------


@given(amounts, st.integers(1, 31), st.integers(1, 60), st.none() | st.integers(0, 400))
def test_the_last_month_of_the_accumulation_is_the_total(value: Decimal, days: int, months: int, stay: Any) -> None:
    """Each month adds the same; the level depends on the stay alone, and is missing without it."""
    figures = outputs(
        "lead-generation-goal", value_per_day=value, days_per_month=days, months=months, mean_days_in_pipeline=stay
    )
    rows = figures["accumulation"]

    assert [row.month for row in rows] == list(range(1, months + 1))
    assert rows[-1].value == figures["total_value"]
    assert all(after.value - before.value == figures["value_per_month"] for before, after in pairwise(rows))
    assert figures["steady_state_value"] == (None if stay is None else value * stay)


# --- product mix --------------------------------------------------------------------------------------------------

products = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.just("A"),
            "revenue_share": rates,
            "average_deal_size": positive_amounts,
            "win_rate": positive_rates,
            "lead_to_opportunity_rate": positive_rates,
        }
    ),
    min_size=2,
    max_size=6,
)


@given(amounts, products)
def test_targets_are_the_least_whole_numbers_that_reach_the_revenue(goal: Decimal, rows: list[dict[str, Any]]) -> None:
    """One lead fewer would not do, and none is added by a rounding error: checked without dividing."""
    figures = outputs("product-mix", revenue_goal=goal, products=rows)

    for row, target in zip(rows, figures["targets"], strict=True):
        needed, brought = Fraction(goal) * Fraction(row["revenue_share"]), Fraction(1)
        for column, found in (
            ("average_deal_size", target.deals_to_close),
            ("win_rate", target.opportunities),
            ("lead_to_opportunity_rate", target.leads),
        ):
            brought *= Fraction(row[column])
            assert Fraction(found) * brought >= needed
            assert not found or Fraction(found - 1) * brought < needed
    assert figures["total_leads"] == sum(target.leads for target in figures["targets"])
    assert figures["total_deals"] == sum(target.deals_to_close for target in figures["targets"])


@given(st.integers(1, 5_000), positive_amounts, positive_rates, positive_rates)
def test_leads_that_come_out_whole_stay_as_they_are(
    leads: int, size: Decimal, win_rate: Decimal, lead_rate: Decimal
) -> None:
    """A goal made of so many leads asks for exactly so many."""
    product = {
        "name": "A",
        "revenue_share": 1,
        "average_deal_size": size,
        "win_rate": win_rate,
        "lead_to_opportunity_rate": lead_rate,
    }
    goal = leads * size * win_rate * lead_rate
    figures = outputs("product-mix", revenue_goal=goal, products=[product, product | {"revenue_share": 0}])

    assert figures["total_leads"] == leads


# --- pipeline balance ---------------------------------------------------------------------------------------------

stages = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.just("A"),
            "deals": st.integers(0, 5),
            "value": amounts,
            "max_deals": st.integers(0, 5),
            "mean_age_days": st.integers(0, 50),
            "max_age_days": st.integers(0, 50),
        }
    ),
    min_size=1,
    max_size=8,
)


@given(stages)
def test_findings_follow_the_limits(rows: list[dict[str, Any]]) -> None:
    """More than a limit is a finding, an empty stage is neither overfull nor stalled, and shares add up to one."""
    figures = outputs("pipeline-balance", stages=rows)
    found = figures["findings"]

    assert [row.overfull for row in found] == [row["deals"] > row["max_deals"] for row in rows]
    assert [row.empty for row in found] == [not row["deals"] for row in rows]
    late = [bool(row["deals"]) and row["mean_age_days"] > row["max_age_days"] for row in rows]
    assert [row.stalled for row in found] == late
    assert figures["overfull_stages"] == sum(row.overfull for row in found)
    assert figures["stalled_stages"] == sum(row.stalled for row in found)
    assert figures["empty_stages"] == sum(row.empty for row in found)
    if any(row["value"] for row in rows):
        assert float(sum(row.share_of_value for row in found)) == pytest.approx(1, rel=1e-20)


# --- pursuit cost -------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(counts, rates, amounts), max_size=5), amounts, amounts, amounts, rates, rates)
def test_verdict_and_expected_value_agree(
    team: list[tuple[int, Decimal, Decimal]],
    travel: Decimal,
    spent: Decimal,
    value: Decimal,
    margin: Decimal,
    chance: Decimal,
) -> None:
    """Walk away where the pursuit loses on average; at break-even nothing is won or lost."""
    rows = [{"role": "A", "people": people, "hours": h, "hourly_cost": c} for people, h, c in team]
    inputs = {"team": rows, "travel": travel, "spent_so_far": spent, "annual_value": value, "margin": margin}
    figures = outputs("pursuit-cost", **inputs, win_probability=chance)

    expenses = travel + 600 + 1200 + 2400 + 800 + 1400
    cost = sum((Fraction(people) * Fraction(h) * Fraction(c) for people, h, c in team), Fraction(expenses))
    remaining = max(Fraction(0), cost - Fraction(spent))
    gain = Fraction(value) * Fraction(margin)
    expected = Fraction(chance) * gain - remaining
    assert Fraction(figures["cost"]) == Fraction(figures["second_place_loss"]) == cost
    assert Fraction(figures["expected_value"]) == expected
    if not gain:
        assert figures["break_even_probability"] is None
        assert figures["verdict"] == "walk_away"
    else:
        assert float(figures["break_even_probability"]) == pytest.approx(float(remaining / gain), rel=1e-20)
        assert (figures["verdict"] == "walk_away") == (expected < 0 or not chance)
        assert (figures["verdict"] == "pursue") == (Fraction(chance) > remaining / gain * Fraction(3, 2))


# --- many rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calculator", "table", "row"),
    [
        ("product-mix", "products", {"revenue_share": "0.001", "average_deal_size": 7, "win_rate": "0.3"}),
        ("pipeline-balance", "stages", {"deals": 3, "value": 10, "max_deals": 2, "max_age_days": 30}),
        ("pursuit-cost", "team", {"people": 1, "hours": 2, "hourly_cost": 3}),
        ("sales-compensation", "tiers", {"multiplier": 1, "retroactive": "true"}),
        ("territory-balance", "territories", {"potential": 7, "sellers": "0.7"}),
        ("win-loss-reasons", "reasons", {"deals": 2, "value": 5}),
        ("lagged-acquisition-cost", "months", {"cost": 7000, "new_customers": 7}),
        ("cohort-conversion", "cohorts", {"entered": 7, "won": 2, "lost": 4}),
        ("sales-cycle-from-dates", "deals", {"started": "2026-01-01"}),
        ("commission-statement", "credits", {"period": 1, "amount": 400}),
        ("measure-payout", "measures", {"weight": "0.001", "goal": 4, "result": 3}),
        (
            "revenue-retention",
            "groups",
            {"opening": 100, "expansion": 4, "contraction": 1, "churned": 2, "customers": 7, "lost": 1},
        ),
    ],
)
def test_a_thousand_rows(calculator: str, table: str, row: dict[str, Any]) -> None:
    """A long table is computed and shown, with its chart."""
    further: dict[str, dict[str, Any]] = {
        "product-mix": {"name": "A", "lead_to_opportunity_rate": "0.2"},
        "pipeline-balance": {"name": "A", "mean_age_days": 31},
        "pursuit-cost": {"role": "A"},
        "sales-compensation": {},
        "territory-balance": {"name": "A"},
        "win-loss-reasons": {"name": "A"},
        "lagged-acquisition-cost": {"name": "A"},
        "cohort-conversion": {"name": "A"},
        "sales-cycle-from-dates": {"name": "A"},
        "commission-statement": {"name": "A"},
        "measure-payout": {"name": "A"},
        "revenue-retention": {"name": "A"},
    }
    rows = [row | further[calculator] for _place in range(MANY)]
    if calculator == "sales-compensation":
        rows = [tier | {"from_attainment": str(Decimal(place) / MANY)} for place, tier in enumerate(rows)]
    if calculator == "sales-cycle-from-dates":
        rows = [deal | {"closed": 46_023 + place} for place, deal in enumerate(rows)]
    result = calculators.run(calculator, {table: rows})

    json.dumps(to_page(result), allow_nan=False)
    expected = {
        "product-mix": ("total_leads", MANY * math.ceil(Fraction(1000) / 7 / Fraction("0.3") / Fraction("0.2"))),
        "pipeline-balance": ("stalled_stages", MANY),
        "pursuit-cost": ("cost", 6 * MANY + 10_400),
        "sales-compensation": ("commission", 4_000),
        "territory-balance": ("outside", 0),
        "win-loss-reasons": ("leading_share", Decimal(1) / MANY),
        "lagged-acquisition-cost": ("lagged_cost", 1_000),
        "cohort-conversion": ("open", MANY),
        # On 2026-12-01 those that took 335 days or more are open.
        "sales-cycle-from-dates": ("open", MANY - 335),
        "commission-statement": ("commission", 40_000),
        "measure-payout": ("payout", 9_000),
        "revenue-retention": ("closing", 101 * MANY),
    }
    name, figure = expected[calculator]
    assert result.outputs[name] == figure
