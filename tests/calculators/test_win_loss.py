"""Reasons for lost deals, and whether a difference is more than chance: against counting in whole numbers."""

from decimal import Decimal
from fractions import Fraction
from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.numbers.rate_differences import cases_to_tell, equal_halves, fisher_exact, newcombe_interval

SIDES = st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda side: sum(side) > 0)


def counted(first: tuple[int, int], second: tuple[int, int]) -> Fraction:
    """Return the p-value of Fisher's exact test by counting every division there is."""
    cases, other, successes = sum(first), sum(second), first[0] + second[0]
    ways = [comb(cases, place) * comb(other, successes - place) for place in range(min(cases, successes) + 1)]
    return Fraction(sum(way for way in ways if way <= ways[first[0]]), comb(cases + other, successes))


@given(SIDES, SIDES)
def test_the_exact_test_counts_every_division(first: tuple[int, int], second: tuple[int, int]) -> None:
    """To the last digits, also where nobody or everybody won, and the same from either side."""
    sides = [Decimal(number) for number in (first[0], sum(first), second[0], sum(second))]
    chance = fisher_exact(*sides)

    assert isclose(chance, counted(first, second), rel_tol=1e-12, abs_tol=1e-38)
    assert isclose(chance, fisher_exact(*sides[2:], *sides[:2]), rel_tol=1e-20)


@given(st.integers(0, 200), st.integers(0, 200))
def test_equal_halves_are_counted(first: int, second: int) -> None:
    """Twice the tail of the binomial distribution, at most one, and nothing where it is below 1e-40."""
    cases = first + second
    tail = Fraction(sum(comb(cases, place) for place in range(min(first, second) + 1)), 2**cases)

    assert isclose(
        equal_halves(Decimal(first), Decimal(second)), min(Fraction(1), 2 * tail), rel_tol=1e-20, abs_tol=1e-38
    )


def test_what_is_as_good_as_impossible_has_no_chance() -> None:
    """A hundred thousand deals on each side, none won against all: no sum of a hundred thousand terms, and no error."""
    many = Decimal(100_000)

    assert fisher_exact(Decimal(0), many, many, many) == 0
    assert fisher_exact(many / 2, many, many / 2, many) == 1
    assert equal_halves(Decimal(10_000), Decimal(0)) == 0


@given(SIDES, SIDES)
def test_the_interval_holds_the_difference(first: tuple[int, int], second: tuple[int, int]) -> None:
    """It stays between -1 and 1, and turns around with the sides."""
    sides = [Decimal(number) for number in (first[0], sum(first), second[0], sum(second))]
    low, high = newcombe_interval(*sides)
    difference = sides[2] / sides[3] - sides[0] / sides[1]

    assert -1 <= low <= difference <= high <= 1
    turned = newcombe_interval(*sides[2:], *sides[:2])
    assert isclose(turned[0], -high, abs_tol=1e-20)
    assert isclose(turned[1], -low, abs_tol=1e-20)


@pytest.mark.parametrize(("first", "second"), [("0.1", "0.5"), ("0.3", "0.7"), ("0.9", "0.5")])
def test_so_many_cases_tell(first: str, second: str) -> None:
    """Of all samples of that size, weighed by their probability, the exact test finds about four in five."""
    cases = int(cases_to_tell(Decimal(first), Decimal(second))) + 1

    def probability(successes: int, share: Fraction) -> Fraction:
        return comb(cases, successes) * share**successes * (1 - share) ** (cases - successes)

    found = sum(
        probability(one, Fraction(first)) * probability(other, Fraction(second))
        for one in range(cases + 1)
        for other in range(cases + 1)
        if counted((one, cases - one), (other, cases - other)) <= Fraction(1, 20)
    )
    assert 0.78 < found < 0.86


def test_more_comparisons_make_it_harder_to_stand_out() -> None:
    """The same difference is more than chance alone, and not as the best of ten."""
    inputs = {"second_won": 45, "second_lost": 45}
    alone = calculators.run("compare-win-rates", inputs)
    best_of_ten = calculators.run("compare-win-rates", {**inputs, "comparisons": 10})

    assert alone.headline.startswith("Yes")
    assert best_of_ten.headline.startswith("Not shown")


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 10**6)), min_size=2, max_size=12))
def test_shares_of_reasons_are_one_in_all(rows: list[tuple[int, int]]) -> None:
    """By number and by value, each share within its interval."""
    reasons = [{"name": "", "deals": deals, "value": value} for deals, value in rows]
    figures = calculators.run("win-loss-reasons", {"reasons": reasons, "from_buyers": 0}).figures
    lost, value = (sum(numbers) for numbers in zip(*rows, strict=True))

    if lost >= 5:
        assert isclose(sum(row.share for row in figures.shares), 1, rel_tol=1e-20)
        assert all(row.low <= row.share <= row.high for row in figures.shares)
        assert figures.leading_share == max(row.share for row in figures.shares)
    if value:
        assert isclose(sum(row.by_value for row in figures.shares), 1, rel_tol=1e-20)


def test_reasons_without_a_name_are_called_by_their_place() -> None:
    """So are two of the same name, which a sentence could not tell apart."""
    named = [{"name": name, "deals": deals} for name, deals in (("", 3), ("Price", 3), ("Price", 3), ("Fit", 1))]
    headline = calculators.run("win-loss-reasons", {"reasons": named}).headline

    assert headline.endswith("each: reason 1 · reason 2 · reason 3.")
