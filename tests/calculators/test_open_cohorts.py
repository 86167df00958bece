"""Conversion while deals are still open: against deciding the open ones in every way, one deal at a time."""

from decimal import Decimal
from fractions import Fraction
from math import isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.outcome import InvalidInputs, Undefined
from calculators.core.running.run import error_json
from calculators.core.taking_along.links import BrokenLink, from_link, to_link

COUNTS = st.integers(0, 40)
COHORTS = st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=6)
# Of those who reached a stage: they moved on, were lost there, are still there; the first are those of the next stage.
STEPS = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6)


def cohorts(rows: list[tuple[int, int, int]]) -> Any:
    """Return the figures of cohorts of won, lost and open deals."""
    given = [{"name": "", "entered": won + lost + still, "won": won, "lost": lost} for won, lost, still in rows]
    return calculators.run("cohort-conversion", {"cohorts": given}).figures


def every_ending(won: int, lost: int, still: int) -> list[Fraction]:
    """Return the share of won deals for each number of open ones that may be won."""
    return [Fraction(won + more, won + lost + still) for more in range(still + 1)]


def same(figure: Any, expected: Fraction) -> bool:
    """Whether a figure is a fraction, but for the last of its digits."""
    return isclose(figure, expected, rel_tol=1e-24, abs_tol=1e-26)


@given(COHORTS)
def test_a_cohort_ends_between_its_two_rates(rows: list[tuple[int, int, int]]) -> None:
    """The lowest and the highest are the ends of all there are; the rate so far lies between, in its interval."""
    figures = cohorts(rows)
    whole = (sum(won for won, _, _ in rows), sum(lost for _, lost, _ in rows), sum(still for _, _, still in rows))

    assert figures.open == whole[2]
    for given_row, found in [*zip(rows, figures.cohort_rates, strict=True), (whole, figures)]:
        won, lost, still = given_row
        assert (
            isinstance(found.lowest_rate, Undefined)
            == isinstance(found.highest_rate, Undefined)
            == (won + lost + still < 5)
        )
        if won + lost + still >= 5:
            endings = every_ending(*given_row)
            assert same(found.lowest_rate, min(endings))
            assert same(found.highest_rate, max(endings))
        assert isinstance(found.decided_rate, Undefined) == isinstance(found.decided_low, Undefined) == (won + lost < 5)
        if won + lost >= 5:
            assert same(found.decided_rate, Fraction(won, won + lost))
            assert 0 <= found.decided_low <= found.decided_rate <= found.decided_high <= 1
            assert found.lowest_rate <= found.decided_rate <= found.highest_rate
            if not still:
                assert found.lowest_rate == found.decided_rate == found.highest_rate


@given(COHORTS.filter(lambda rows: len(rows) > 1))
def test_the_newest_can_be_compared_when_every_ending_says_the_same(rows: list[tuple[int, int, int]]) -> None:
    """Above: each of its endings is above all of the earlier ones'; below: likewise; else it must be nearly decided."""
    figures = cohorts(rows)
    earlier = [row for row in rows[:-1] if 10 * row[2] <= sum(row)]
    won, lost, still = (sum(row[place] for row in earlier) for place in range(3))
    decided = won + lost

    if decided < 5:
        assert figures.comparable == figures.closed_rate == Undefined("nothing_to_compare")
    elif sum(rows[-1]) < 5:
        assert figures.comparable == Undefined("too_few_deals" if sum(rows[-1]) else "no_deals")
    else:
        endings, before = every_ending(*rows[-1]), every_ending(won, lost, still)
        assert same(figures.closed_rate, Fraction(won, decided))
        expected = "alike" if 10 * rows[-1][2] <= sum(rows[-1]) else "not_yet"
        if min(endings) > max(before):
            expected = "above"
        if max(endings) < min(before):
            expected = "below"
        assert figures.comparable == expected


@pytest.mark.parametrize(
    ("row", "column", "most"), [({"won": 11, "lost": 0}, "won", "10"), ({"won": 4, "lost": 7}, "lost", "6")]
)
def test_more_decided_than_began_is_refused_in_its_cell(row: dict[str, int], column: str, most: str) -> None:
    """With the largest number that fits there."""
    rows = [{"name": "A", "entered": 9, "won": 4, "lost": 5}, {"name": "B", "entered": 10, **row}]
    with pytest.raises(InvalidInputs) as refused:
        calculators.run("cohort-conversion", {"cohorts": rows})

    (error,) = refused.value.errors
    assert error.cell is not None
    assert (error.code, error.cell.row, error.cell.column) == ("too_large", 2, column)
    assert error_json(error, "en")["text"].endswith(f"The largest value possible here is {most}.")


def test_open_deals_of_the_earlier_cohorts_count_too() -> None:
    """25% is no more than the 30% that the earlier cohort may still reach, whatever it stands at today."""
    assert cohorts([(20, 70, 10), (25, 75, 0)]).comparable == "alike"
    assert cohorts([(20, 70, 10), (31, 69, 0)]).comparable == "above"
    assert cohorts([(20, 70, 10), (19, 81, 0)]).comparable == "below"


def test_a_difference_that_reads_the_same_is_not_told() -> None:
    """20.004% against 20% is above, and no sentence says that 20% is above 20%."""
    result = calculators.run(
        "cohort-conversion",
        {
            "cohorts": [
                {"name": "A", "entered": 25_000, "won": 5_000, "lost": 20_000},
                {"name": "B", "entered": 25_000, "won": 5_001, "lost": 19_999},
            ]
        },
    )

    assert result.figures.comparable == "above"
    assert result.headline == "All deals are decided, and 20% of them were won."


# --- stages with some still there -------------------------------------------------------------------------------------


def stages(steps: list[tuple[int, int]], last: int, *, tell: bool = True) -> Any:
    """Return the result of stages from the last one backwards: so many were lost in each, so many are still there."""
    reached, rows = last, [{"name": "", "count": last}]
    for lost, still in reversed(steps):
        reached += lost + still
        rows.insert(0, {"name": "", "count": reached} | ({"still_there": still} if tell else {}))
    return calculators.run("stage-conversion", {"stages": rows})


@given(STEPS, COUNTS)
def test_the_rate_of_those_decided_leaves_out_who_is_still_there(steps: list[tuple[int, int]], last: int) -> None:
    """Moved on ÷ (moved on + lost): never below the step rate, and the same where nobody is there any more."""
    told, plain = stages(steps, last).figures, stages(steps, last, tell=False).figures

    for (lost, still), row, without in zip(steps, told.stage_rates[1:], plain.stage_rates[1:], strict=True):
        moved = int(row.count)
        assert (row.step_rate, row.step_low, row.step_high) == (without.step_rate, without.step_low, without.step_high)
        assert without.decided_rate == without.step_rate
        if moved + lost + still < 5 or not still:
            assert row.decided_rate == row.step_rate
        elif moved + lost < 5:
            assert isinstance(row.decided_rate, Undefined)
        else:
            assert same(row.decided_rate, Fraction(moved, moved + lost))
            assert row.step_low <= row.step_rate <= min(row.step_high, row.decided_rate)
    assert told.still_there == sum(still for _, still in steps)
    rates = [row.decided_rate for row in told.stage_rates if isinstance(row.decided_rate, Decimal)]
    assert told.weakest_rate == min(rates) if rates else isinstance(told.weakest_rate, Undefined)


@pytest.mark.parametrize(
    ("still", "code"), [(16, "too_few_decided"), (20, "none_decided"), (21, "more_there_than_came")]
)
def test_why_there_is_no_rate_of_those_decided(still: int, code: str) -> None:
    """Four decided are too few, none is none yet, and more than ever came cannot be; the step rate stays what it is."""
    rows = [{"name": "A", "count": 20, "still_there": still}, {"name": "B", "count": 10}]
    row = calculators.run("stage-conversion", {"stages": rows}).figures.stage_rates[1]

    assert row.decided_rate == Undefined(code)
    assert row.step_rate == Decimal("0.5")


def test_an_old_link_is_read_as_before() -> None:
    """It was made before the last column came; what it leaves out besides is missed, and no cell is too many."""
    old, new = (from_link(f"stage-conversion?stages={rows}", "en") for rows in ("a,10;b,5", "a,10,;b,5,0"))

    assert old.figures == new.figures
    assert to_link(old) == "stage-conversion?stages=a,10,;b,5,"
    for broken in ("a;b", "a,10;b", "a,10,3,1;b,5"):
        with pytest.raises(BrokenLink):
            from_link(f"stage-conversion?stages={broken}", "en")
