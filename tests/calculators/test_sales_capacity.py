"""Sales capacity: everybody followed one by one, leaving and coming, must give what the calculator gives."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators

STEPS = st.dictionaries(st.integers(1, 12), st.integers(0, 100), min_size=1, max_size=5)
SELLERS = st.lists(st.tuples(st.integers(0, 40), st.integers(-30, 15)), min_size=1, max_size=6)


def run(**inputs: object) -> calculators.Result:
    """Run the calculator with these inputs in place of the defaults."""
    return calculators.run("sales-capacity", inputs)


def rows(*pairs: tuple[object, object], names: tuple[str, str]) -> list[dict[str, object]]:
    """Return pairs as rows of a table."""
    return [dict(zip(names, pair, strict=True)) for pair in pairs]


@given(STEPS, SELLERS, st.integers(0, 100), st.integers(0, 12), st.integers(1, 6))
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

    result = run(
        goals=rows(*[("", 1000)] * quarters, names=("name", "goal")),
        sellers=[{"name": "", "people": halves / 2, "start_month": start} for halves, start in sellers],
        ramp=rows(*((start, percent / 100) for start, percent in steps.items()), names=("from_month", "share")),
        annual_attrition=attrition / 100,
        months_to_replace=empty,
    )

    found = [figure for row in result.figures.by_month for figure in (float(row.on_board), float(row.full_sellers))]
    assert found == pytest.approx([float(figure) for pair in expected for figure in pair])
    assert all(0 <= row.full_sellers <= row.on_board <= row.seats for row in result.figures.by_month)


@given(st.integers(1, 12), st.integers(1, 12))
def test_those_who_start_in_time_close_the_gap(last_step: int, quarter: int) -> None:
    """With nobody leaving: as many more as it says, started by the month it says, and nothing is missing any more."""
    goals = rows(*[("", 0)] * (quarter - 1), ("", 750_000), names=("name", "goal"))
    ramp = rows((1, 0), *([(last_step, 1)] if last_step > 1 else []), names=("from_month", "share"))
    if last_step == 1:
        ramp = rows((1, 1), names=("from_month", "share"))
    team = [{"name": "", "people": 2, "start_month": -20}]
    lacking = run(goals=goals, ramp=ramp, annual_attrition=0, sellers=team)
    planned = lacking.figures.by_quarter[-1]
    assert planned.more_sellers > 0

    hired = {"name": "", "people": planned.more_sellers, "start_month": planned.start_by}
    assert not run(goals=goals, ramp=ramp, annual_attrition=0, sellers=[*team, hired]).figures.gap
    fewer = hired | {"people": planned.more_sellers - 1}
    assert run(goals=goals, ramp=ramp, annual_attrition=0, sellers=[*team, fewer]).figures.gap
    late = hired | {"start_month": planned.start_by + 3}
    assert run(goals=goals, ramp=ramp, annual_attrition=0, sellers=[*team, late]).figures.gap


def test_two_steps_in_one_month_are_not_read_as_either() -> None:
    """It is said, and nothing is computed."""
    result = run(ramp=rows((1, 0.5), (1, 0.7), names=("from_month", "share")))

    assert result.outputs["capacity"] is None
    assert {note.code for note in result.notes} == {"same_month"}
    assert "same month" in result.headline


def test_a_goal_reached_to_the_cent_lacks_nobody() -> None:
    """The capacity itself, which divides without end, as the goal."""
    capacity = run().figures.by_quarter[0].capacity
    assert not run(goals=rows(("", round(capacity, 12)), names=("name", "goal"))).figures.gap
