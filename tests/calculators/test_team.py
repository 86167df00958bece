"""What the calculators for a team do for any team."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators

amounts = st.decimals(min_value=0, max_value=10**7, places=2)
positive_amounts = st.decimals(min_value=Decimal("0.01"), max_value=10**7, places=2)
rates = st.decimals(min_value=0, max_value=1, places=3)


def outputs(calculator: str, **inputs: Any) -> dict[str, Any]:
    """Return a calculator's outputs."""
    return calculators.run(calculator, inputs).outputs


def codes(calculator: str, **inputs: Any) -> list[str]:
    """Return the codes of a calculator's notes."""
    return [note.code for note in calculators.run(calculator, inputs).notes]


# --- compensation -------------------------------------------------------------------------------------------------

tiers = st.lists(
    st.fixed_dictionaries(
        {
            "from_attainment": st.decimals(min_value=0, max_value=3, places=1),
            "multiplier": st.decimals(min_value=0, max_value=4, places=2),
            "retroactive": st.booleans(),
        }
    ),
    max_size=5,
    unique_by=lambda tier: tier["from_attainment"],
)


def commission_slice_by_slice(
    rows: list[dict[str, Any]], variable: Decimal, quota: Decimal, bookings: Decimal | Fraction
) -> Fraction:
    """Return the commission from its definition: cut the bookings at every threshold, and price each piece.

    A piece is priced by the highest retroactive tier reached above it, or else by the tier it lies in, or not at all.
    """
    whole, booked = Fraction(quota), Fraction(bookings)
    starts = [(Fraction(row["from_attainment"]) * whole, row) for row in rows]
    reached = [(start, row) for start, row in starts if start <= booked]
    cuts = sorted({Fraction(0), booked, *(start for start, _row in reached)})
    weighted = Fraction(0)
    for low, high in pairwise(cuts):
        own = max(((start, row) for start, row in reached if start <= low), key=lambda pair: pair[0], default=None)
        above = [(start, row) for start, row in reached if row["retroactive"] and start > low]
        prices = max(above, key=lambda pair: pair[0], default=own)
        weighted += (high - low) * (Fraction(prices[1]["multiplier"]) if prices else 0)
    return weighted * Fraction(variable) / whole


@given(tiers, amounts, positive_amounts, st.decimals(0, 4, places=2))
def test_commission_is_each_piece_at_its_price(
    rows: list[dict[str, Any]], variable: Decimal, quota: Decimal, attainment: Decimal
) -> None:
    """Marginal and retroactive tiers in any mixture and order agree with the definition; the curve does too."""
    bookings = quota * attainment
    inputs = {"target_variable": variable, "quota": quota, "bookings": bookings, "tiers": rows}
    figures = outputs("sales-compensation", **inputs)

    expected = commission_slice_by_slice(rows, variable, quota, bookings)
    assert float(figures["commission"]) == pytest.approx(float(expected), rel=1e-20, abs=1e-15)
    assert figures["total_pay"] == 6000 + figures["commission"] + figures["bonus"] + 200
    for point in figures["pay_curve"]:
        paid = commission_slice_by_slice(rows, variable, quota, Fraction(point.attainment) * Fraction(quota))
        bonus = 500 if point.attainment >= 1 else 0
        assert float(point.total_pay) == pytest.approx(float(paid + 6200 + bonus), rel=1e-20)


@given(tiers, positive_amounts, st.decimals(0, 4, places=3))
def test_the_curve_holds_thresholds_and_the_present(
    rows: list[dict[str, Any]], quota: Decimal, attainment: Decimal
) -> None:
    """Every tenth up to 200%, each threshold, and where the month stands, in ascending order and each once."""
    figures = outputs("sales-compensation", quota=quota, bookings=quota * attainment, tiers=rows)
    points = {point.attainment: point.total_pay for point in figures["pay_curve"]}
    wanted = {Decimal(tenths) / 10 for tenths in range(21)} | {row["from_attainment"] for row in rows} | {attainment}

    assert wanted <= points.keys()
    assert points[attainment] == figures["total_pay"]
    assert list(points) == sorted(point.attainment for point in figures["pay_curve"])


@given(tiers, amounts, amounts)
def test_marginal_tiers_never_make_pay_jump(rows: list[dict[str, Any]], bookings: Decimal, more: Decimal) -> None:
    """Without retroactive tiers, more bookings never pay less, and a unit never pays more than the highest rate."""
    rows = [row | {"retroactive": False} for row in rows]
    before = outputs("sales-compensation", bookings=bookings, tiers=rows)
    after = outputs("sales-compensation", bookings=bookings + more, tiers=rows)
    highest = max((row["multiplier"] for row in rows), default=Decimal(0)) / 10

    gained = after["commission"] - before["commission"]
    assert 0 <= gained <= more * highest + Decimal("1e-15")
    assert not {"jump", "drop"} & set(codes("sales-compensation", bookings=bookings, tiers=rows))


# --- territory balance --------------------------------------------------------------------------------------------

territories = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["A", "B", ""]),
            "potential": amounts,
            "sellers": st.decimals(min_value=0, max_value=5, places=1),
            "booked": st.none() | amounts,
            "quota": st.none() | amounts,
        }
    ),
    min_size=2,
    max_size=7,
)


def least_to_move(rows: list[dict[str, Any]], tolerance: Decimal) -> Fraction:
    """Return from its definition what has to leave territories that are too large, or come to those too small."""
    potentials = [Fraction(row["potential"]) for row in rows]
    mean = sum(potentials) / sum(Fraction(row["sellers"]) for row in rows)
    fair = [mean * Fraction(row["sellers"]) for row in rows]
    above = sum(max(0, has - share * (1 + Fraction(tolerance))) for has, share in zip(potentials, fair, strict=True))
    below = sum(max(0, share * (1 - Fraction(tolerance)) - has) for has, share in zip(potentials, fair, strict=True))
    return Fraction(max(above, below))


@given(positive_amounts, rates, territories)
def test_after_the_moves_every_territory_lies_within_the_tolerance(
    goal: Decimal, tolerance: Decimal, rows: list[dict[str, Any]]
) -> None:
    """What is given is received, no less would do, and nobody crosses the mean; the fair quotas are the goal."""
    figures = outputs("territory-balance", goal=goal, tolerance=tolerance, territories=rows)
    total, sellers = sum(row["potential"] for row in rows), sum(row["sellers"] for row in rows)
    if not total:
        assert figures["potential_to_move"] is None
        return
    assert float(sum(row.fair_quota for row in figures["balance"])) == pytest.approx(float(goal), rel=1e-15)
    if not sellers:
        assert figures["potential_to_move"] is None
        return
    mean, close = total / sellers, Decimal("1e-12") * total
    for row, found in zip(rows, figures["balance"], strict=True):
        fair, had = mean * row["sellers"], row["potential"]
        has = had + found.change
        assert fair * (1 - tolerance) - close <= has <= fair * (1 + tolerance) + close
        assert min(had, fair) - close <= has <= max(had, fair) + close
    assert abs(sum(row.change for row in figures["balance"])) <= close
    assert figures["outside"] == sum(row.outside for row in figures["balance"])
    least = least_to_move(rows, tolerance)
    assert float(figures["potential_to_move"]) == pytest.approx(float(least), rel=1e-15, abs=float(close))


@given(rates, territories, st.integers(1, 1000), st.data())
def test_neither_the_unit_nor_the_order_changes_a_share(
    tolerance: Decimal, rows: list[dict[str, Any]], factor: int, data: st.DataObject
) -> None:
    """All potentials in another unit leave each share and each quota; rows in another order are the same rows."""
    before = outputs("territory-balance", tolerance=tolerance, territories=rows)
    larger = [row | {"potential": row["potential"] * factor} for row in rows]
    scaled = outputs("territory-balance", tolerance=tolerance, territories=larger)
    order = data.draw(st.permutations(range(len(rows))))
    moved = outputs("territory-balance", tolerance=tolerance, territories=[rows[place] for place in order])

    columns = ("index", "outside", "fair_quota", "quota_to_fair")
    for row, again in zip(before["balance"], scaled["balance"], strict=True):
        assert [getattr(row, name) for name in columns] == [getattr(again, name) for name in columns]
    assert [before["balance"][place] for place in order] == list(moved["balance"])
    names = ("potential_to_move", "outside", "spread", "assigned", "penetration")
    assert [before[name] for name in names] == [moved[name] for name in names]


def test_what_has_no_potential_has_none_to_move() -> None:
    """Without a seller, too: “all its potential has to move” was said of it."""
    rows = [row | {"booked": 1, "quota": 1} for row in as_rows((0, 0), (10, 1), names=("potential", "sellers"))]

    assert {note.code for note in calculators.run("territory-balance", {"territories": rows}).notes} == {
        *("zero_potential", "above_potential"),
    }


def test_territories_with_one_name_are_told_apart() -> None:
    """Nobody is told to move potential from North to North; one that has no name is called by its place."""
    rows = [{"name": "North", "potential": potential, "sellers": 1} for potential in (100, 300)]
    rows.append({"name": "", "potential": 200, "sellers": 1})

    assert "from territory 2 to territory 1 for" in calculators.run("territory-balance", {"territories": rows}).headline


# --- sales capacity --------------------------------------------------------------------------------------------------

ramps = st.dictionaries(st.integers(1, 12), st.integers(0, 100), min_size=1, max_size=5)
teams = st.lists(st.tuples(st.integers(0, 40), st.integers(-30, 15)), min_size=1, max_size=6)


def sales_capacity(**inputs: object) -> calculators.Result:
    """Run the calculator with these inputs in place of the defaults."""
    return calculators.run("sales-capacity", inputs)


def as_rows(*pairs: tuple[object, object], names: tuple[str, str]) -> list[dict[str, object]]:
    """Return pairs as rows of a table."""
    return [dict(zip(names, pair, strict=True)) for pair in pairs]


@given(ramps, teams, st.integers(0, 100), st.integers(0, 12), st.integers(1, 6))
def test_every_cohort_followed_by_itself(
    steps: dict[int, int], sellers: list[tuple[int, int]], attrition: int, empty: int, quarters: int
) -> None:
    """Halves of people, rows in any order, starts beyond the plan: month by month the same full sellers."""
    leave = Fraction(attrition, 1200)

    def share(tenure: int) -> Fraction:
        reached = [steps[start] for start in sorted(steps) if start <= tenure]
        return Fraction(reached[-1], 100) if reached else Fraction(0)

    there: dict[int, Fraction] = defaultdict(Fraction)
    coming: dict[int, Fraction] = defaultdict(Fraction)
    for halves, start in sellers:
        (there if start < 1 else coming)[start] += Fraction(halves, 2)
    expected = []
    for month in range(1, 3 * quarters + 1):
        there[month] += coming[month]
        expected.append(
            (sum(there.values()), sum(people * share(month - start + 1) for start, people in there.items()))
        )
        for start in list(there):
            coming[month + empty + 1] += there[start] * leave
            there[start] *= 1 - leave

    result = sales_capacity(
        goals=as_rows(*[("", 1000)] * quarters, names=("name", "goal")),
        sellers=[{"name": "", "people": halves / 2, "start_month": start} for halves, start in sellers],
        ramp=as_rows(*((start, percent / 100) for start, percent in steps.items()), names=("from_month", "share")),
        annual_attrition=attrition / 100,
        months_to_replace=empty,
    )

    found = [figure for row in result.figures.by_month for figure in (float(row.on_board), float(row.full_sellers))]
    assert found == pytest.approx([float(figure) for pair in expected for figure in pair])
    assert all(0 <= row.full_sellers <= row.on_board <= row.seats for row in result.figures.by_month)


@given(st.integers(1, 12), st.integers(1, 12))
def test_those_who_start_in_time_close_the_gap(last_step: int, quarter: int) -> None:
    """With nobody leaving: as many more as it says, started by the month it says, and nothing is missing any more."""
    goals = as_rows(*[("", 0)] * (quarter - 1), ("", 750_000), names=("name", "goal"))
    ramp = as_rows((1, 0), *([(last_step, 1)] if last_step > 1 else []), names=("from_month", "share"))
    if last_step == 1:
        ramp = as_rows((1, 1), names=("from_month", "share"))
    team = [{"name": "", "people": 2, "start_month": -20}]
    lacking = sales_capacity(goals=goals, ramp=ramp, annual_attrition=0, sellers=team)
    planned = lacking.figures.by_quarter[-1]
    assert planned.more_sellers > 0

    hired = {"name": "", "people": planned.more_sellers, "start_month": planned.start_by}
    assert not sales_capacity(goals=goals, ramp=ramp, annual_attrition=0, sellers=[*team, hired]).figures.gap
    fewer = hired | {"people": planned.more_sellers - 1}
    assert sales_capacity(goals=goals, ramp=ramp, annual_attrition=0, sellers=[*team, fewer]).figures.gap
    late = hired | {"start_month": planned.start_by + 3}
    assert sales_capacity(goals=goals, ramp=ramp, annual_attrition=0, sellers=[*team, late]).figures.gap


def test_two_steps_in_one_month_are_not_read_as_either() -> None:
    """It is said, and nothing is computed."""
    result = sales_capacity(ramp=as_rows((1, 0.5), (1, 0.7), names=("from_month", "share")))

    assert result.outputs["capacity"] is None
    assert {note.code for note in result.notes} == {"same_month"}
    assert "same month" in result.headline


def test_a_goal_reached_to_the_cent_lacks_nobody() -> None:
    """The capacity itself, which divides without end, as the goal."""
    capacity = sales_capacity().figures.by_quarter[0].capacity
    assert not sales_capacity(goals=as_rows(("", round(capacity, 12)), names=("name", "goal"))).figures.gap
