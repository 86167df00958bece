"""Commission statements and payouts of several measures: against a ledger kept unit by unit."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import calculators

# A unit of credit is a hundredth of the year's quota, so that every tier and step begins between two units.
YEAR = 100
quotas = st.lists(st.integers(0, 50), min_size=1, max_size=5).filter(any)
tiers = st.lists(
    st.fixed_dictionaries(
        {"from_attainment": st.decimals(0, 2, places=2), "multiplier": st.decimals(0, 4, places=2)},
    ),
    max_size=4,
    unique_by=lambda tier: tier["from_attainment"],
)
steps = st.lists(
    st.fixed_dictionaries({"from_attainment": st.decimals(0, 2, places=2), "bonus": st.integers(0, 500)}), max_size=4
)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Return the inputs of a plan with credits in whole units."""
    parts = draw(quotas)
    unit = sum(parts)
    credited = draw(
        st.lists(st.tuples(st.integers(1, len(parts)), st.integers(-120, 120), st.sampled_from([1, 2, 4])), max_size=7)
    )
    return {
        "target_variable": draw(st.integers(0, 5_000)),
        "periods": [{"name": "", "quota": part * YEAR} for part in parts],
        "credits": [
            # A share of a half or a quarter of twice or four times as much: whole units again.
            {"name": "", "period": period, "amount": units * unit * by, "share": str(Decimal(1) / by)}
            for period, units, by in credited
        ],
        "tiers": draw(tiers),
        "bonus_steps": draw(steps),
        "cap": draw(st.none() | st.integers(0, 5_000)),
        "draw": draw(st.integers(0, 800)),
        "draw_is_recoverable": draw(st.booleans()),
    }


def units_to_date(plan: dict[str, Any]) -> list[Fraction]:
    """Return after each period how many hundredths of the year's quota are credited."""
    unit = sum((Fraction(row["quota"]) for row in plan["periods"]), Fraction(0)) / 100
    return [
        sum(
            (Fraction(row["amount"]) * Fraction(row["share"]) for row in plan["credits"] if row["period"] <= place),
            Fraction(0),
        )
        / unit
        for place in range(1, len(plan["periods"]) + 1)
    ]


def earned_unit_by_unit(plan: dict[str, Any], units: Fraction) -> tuple[Fraction, Fraction]:
    """Return commission and bonus: each unit is priced by the highest tier that begins at or below it."""
    assert units.denominator == 1
    by_unit = Fraction(0)
    for unit in range(int(units)):
        reached = [tier for tier in plan["tiers"] if Fraction(tier["from_attainment"]) * 100 <= unit]
        if reached:
            by_unit += Fraction(max(reached, key=lambda tier: tier["from_attainment"])["multiplier"])
    commission = by_unit * plan["target_variable"] / 100
    if plan["cap"] is not None:
        commission = min(commission, Fraction(plan["cap"]))
    bonus = sum(step["bonus"] for step in plan["bonus_steps"] if units >= Fraction(step["from_attainment"]) * 100)
    return commission, Fraction(bonus)


def same(figure: Decimal, expected: Fraction) -> bool:
    """Whether a figure is right but for the last of its digits."""
    return abs(Fraction(figure) - expected) < Fraction(1, 10**15)


@given(plans())
def test_the_statement_is_that_of_a_ledger(plan: dict[str, Any]) -> None:
    """What was paid in all, less what was forgiven and what is still to be offset, is what is earned to date."""
    figures = calculators.run("commission-statement", plan).outputs
    paid_before = forgiven = taken_back = Fraction(0)
    commission = bonus = Fraction(0)
    for line, units in zip(figures["statement"], units_to_date(plan), strict=True):
        before = commission + bonus
        commission_before, bonus_before = commission, bonus
        commission, bonus = earned_unit_by_unit(plan, units)
        taken_back += max(Fraction(0), before - commission - bonus)
        # What is left to pay of all that is earned to date, after all that was paid and not forgiven.
        left = commission + bonus - (paid_before - forgiven)
        paid = max(Fraction(plan["draw"]), left)
        if not plan["draw_is_recoverable"]:
            forgiven += paid - max(Fraction(0), left)
        paid_before += paid

        assert same(line.attainment, units / 100)
        assert same(line.earned, commission - commission_before)
        assert same(line.bonus, bonus - bonus_before)
        assert same(line.paid, paid)
        assert same(line.owed, paid_before - forgiven - commission - bonus)
        assert line.paid >= plan["draw"]
    assert same(figures["paid"], paid_before)
    assert same(figures["commission"], commission)
    assert same(figures["bonus"], bonus)
    assert same(figures["clawed_back"], taken_back)
    assert figures["owed"] == figures["statement"][-1].owed
    without_cap = calculators.run("commission-statement", plan | {"cap": None}).outputs
    assert without_cap["lost_to_cap"] == 0
    assert figures["lost_to_cap"] == without_cap["commission"] - figures["commission"]


@given(plans(), st.data())
def test_a_deal_that_is_canceled_leaves_nothing_behind(plan: dict[str, Any], data: st.DataObject) -> None:
    """Booked in one period and canceled in a later one: at the end everything earned is as without it."""
    periods = len(plan["periods"])
    booked = data.draw(st.integers(1, periods))
    canceled = data.draw(st.integers(booked, periods))
    amount = data.draw(st.integers(1, 10**6))
    deal = [
        {"name": "", "period": booked, "amount": amount},
        {"name": "", "period": canceled, "amount": -amount},
    ]
    plan |= {"draw_is_recoverable": True}

    without = calculators.run("commission-statement", plan).outputs
    with_it = calculators.run("commission-statement", plan | {"credits": [*plan["credits"], *deal]}).outputs

    assert with_it["commission"] == without["commission"]
    assert with_it["bonus"] == without["bonus"]
    assert same(with_it["paid"] - with_it["owed"], Fraction(without["paid"] - without["owed"]))


@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(plan: dict[str, Any], random: Any) -> None:
    """Neither of credits, nor of tiers or bonus steps."""
    figures = calculators.run("commission-statement", plan).outputs
    shuffled = {name: random.sample(plan[name], len(plan[name])) for name in ("credits", "tiers", "bonus_steps")}

    assert calculators.run("commission-statement", plan | shuffled).outputs == figures


def test_a_split_credit_is_a_part_of_the_deal() -> None:
    """70% and 30% of a deal are the deal; no share is all of it."""
    whole = calculators.run("commission-statement", {"credits": [{"name": "", "period": 1, "amount": 90_001}]})
    split = [{"name": "", "period": 1, "amount": 90_001, "share": share} for share in ("0.7", "0.3")]

    assert calculators.run("commission-statement", {"credits": split}).outputs == whole.outputs


def test_a_step_that_is_lost_and_reached_again_pays_once() -> None:
    """1,000 for half of the quota: paid, taken back, paid again, and in all once."""
    rows = [
        {"name": "", "period": period, "amount": amount}
        for period, amount in ((1, 200_000), (2, -1), (3, 1), (4, 100_000))
    ]
    figures = calculators.run("commission-statement", {"credits": rows, "draw": 0}).outputs

    assert [line.bonus for line in figures["statement"]] == [1000, -1000, 1000, 0]
    assert figures["bonus"] == 1000
    assert [line.paid for line in figures["statement"]] == [21_000, 0, 0, 10_000]


measures = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.just("A"),
            "weight": st.decimals(0, 1, places=3),
            "goal": st.integers(1, 10**6),
            "result": st.integers(0, 10**6),
            "threshold": st.none() | st.decimals(0, 2, places=2),
            "most": st.none() | st.decimals(0, 3, places=2),
        }
    ),
    min_size=1,
    max_size=5,
)


@given(measures, st.integers(1, 10**6), st.integers(2, 1_000))
def test_measures_are_paid_one_by_one(rows: list[dict[str, Any]], target: int, factor: int) -> None:
    """Each by its own limits, and in any unit: a goal and a result in thousands pay the same."""
    figures = calculators.run("measure-payout", {"measures": rows, "target_variable": target}).outputs
    paid = lost = Fraction(0)
    for row in rows:
        attainment = Fraction(row["result"], row["goal"])
        most = attainment if row["most"] is None else Fraction(row["most"])
        value = target * Fraction(row["weight"]) * (most if attainment > most else attainment)
        if row["threshold"] is None or attainment >= Fraction(row["threshold"]):
            paid += value
        else:
            lost += value

    assert abs(Fraction(figures["payout"]) - paid) <= paid / 10**20 + Fraction(1, 10**15)
    assert abs(Fraction(figures["lost_below_threshold"]) - lost) <= lost / 10**20 + Fraction(1, 10**15)
    assert abs(Fraction(figures["payout_share"]) * target - paid) <= paid / 10**20 + Fraction(1, 10**15)
    scaled_rows = [row | {"goal": row["goal"] * factor, "result": row["result"] * factor} for row in rows]
    again = calculators.run("measure-payout", {"measures": scaled_rows, "target_variable": target}).outputs
    assert again["payout"] == figures["payout"]


def test_weights_that_are_not_the_whole_are_said() -> None:
    """Taken as they are, with the sum in the sentence; thirds are as good as the whole."""

    def said(*weights: str) -> list[str]:
        rows = [{"name": "A", "weight": weight, "goal": 1, "result": 1} for weight in weights]
        result = calculators.run("measure-payout", {"measures": rows})
        return [result.note_text(note) for note in result.notes]

    assert said("0.5", "0.5") == said("0.3333", "0.3333", "0.3333") == []
    assert "add up to 90%" in said("0.5", "0.4")[0]
    assert "add up to 100.1%" in said("0.5", "0.5005")[0]
    assert "add up to 99.95%" in said("0.5", "0.4995")[0]
