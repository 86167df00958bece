"""Parts that several figures rest on: totals of many deals, periods, part of the deals."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.analysis.figures import chance_of_totals
from calculators.analysis.figures.all_figures import figures
from calculators.analysis.figures.chance_of_totals import MOST_SIMULATED, quantiles
from calculators.analysis.figures.marks import at
from calculators.analysis.figures.periods import (
    MONTH,
    QUARTER,
    first_day,
    is_begun_by,
    is_ended_by,
    last_day,
    name_of,
    period_named,
    period_of,
)
from calculators.analysis.figures.selecting import those
from calculators.analysis.gate.deals import Deals
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import finished
from calculators.core.numbers.simulation import MOST_EXACT, Distribution
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of
from tests.analysis.random_deals import AS_OF, files
from tests.cases import cases

SHARES = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))


def test_few_totals_are_those_of_the_calculator() -> None:
    """The six deals of the page on the weighted pipeline: 90,000, 210,000 and 410,000."""
    deals = {"0.6": 120_000, "0.4": 80_000, "0.75": 60_000, "0.2": 200_000, "0.5": 40_000, "0.9": 30_000}

    way, found = quantiles({Decimal(chance): [amount * 100] for chance, amount in deals.items()}, SHARES, 2)

    assert way == "exact"
    assert found == [90_000, 210_000, 410_000]


@pytest.mark.parametrize("number", [MOST_EXACT, MOST_EXACT + 1, MOST_SIMULATED])
def test_totals_up_to_a_hundred_deals(number: int) -> None:
    """The calculator's own distribution of the same deals, the largest first."""
    amounts = [1000 + 7 * place for place in range(number)]
    chance = Decimal("0.3")

    way, found = quantiles({chance: amounts}, SHARES, 0)

    distribution = Distribution([(Decimal(amount), chance) for amount in sorted(amounts, reverse=True)])
    assert way == ("exact" if number == MOST_EXACT else "simulated")
    assert found == [distribution.quantile(share) for share in SHARES]


def skewed(random: Random, number: int) -> dict[Decimal, list[int]]:
    """Return amounts by chance, a few of them far larger than the rest."""
    amounts: dict[Decimal, list[int]] = {Decimal("0.15"): [], Decimal("0.4"): [], Decimal("0.85"): []}
    for _deal in range(number):
        amounts[random.choice(list(amounts))].append(int(random.paretovariate(1.1) * 1000))
    return amounts


@pytest.mark.parametrize("seed", range(5))
def test_totals_of_many_deals(seed: int) -> None:
    """Of 600 deals, some of them very large, the quantiles are those of all deals simulated, within their error."""
    amounts = skewed(Random(seed), 600)  # noqa: S311 - invented, and the same in every run
    deals = [(Decimal(parts), chance) for chance, of_chance in amounts.items() for parts in of_chance]
    all_simulated = Distribution(deals)

    way, found = quantiles(amounts, SHARES, 0)

    assert way == "approximated"
    for share, quantile in zip(SHARES, found, strict=True):
        # A share of 10,000 runs has a standard error of half a percentage point at most; there are two such errors.
        low, high = (all_simulated.quantile(share + error) for error in (Decimal("-0.02"), Decimal("0.02")))
        assert low <= quantile <= high


def test_totals_of_many_equal_deals() -> None:
    """A thousand deals of 100 at 50 %: the binomial distribution, whose quantiles are known."""
    _way, found = quantiles({Decimal("0.5"): [100] * 1000}, SHARES, 0)

    # 479.7, 500 and 520.3 deals.
    assert found == pytest.approx([Decimal(47_974), Decimal(50_000), Decimal(52_026)], abs=150)


def test_certain_deals_have_no_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many deals at 100 % bring exactly what they are worth."""
    monkeypatch.setattr(chance_of_totals, "MOST_SIMULATED", 5)

    _way, found = quantiles({Decimal(1): [100] * 50}, SHARES, 0)

    assert found == [5000, 5000, 5000]


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from([MONTH, QUARTER]))
def test_periods(day: date, months: int) -> None:
    """A day lies in its period, the day after the last one in the next; a name is read back."""
    period = period_of(day.toordinal(), months)
    first, last = first_day(period, months), last_day(period, months)

    assert first <= day.toordinal() <= last
    assert date.fromordinal(first).day == 1
    assert period_named(name_of(period, months)) == (period, months)
    if last < date.max.toordinal():
        assert (date.fromordinal(last) + timedelta(days=1)).day == 1
        assert period_of(last + 1, months) == period + 1


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2022-Q1", "2022-01-03", "2022-03-31"),  # from a Saturday that is the 1st of January
        ("2023-Q1", "2023-01-02", "2023-03-31"),  # from a Sunday
        ("2024-Q1", "2024-01-02", "2024-03-29"),  # from a Monday that is the 1st of January, to a Sunday
        ("2023-Q2", "2023-04-03", "2023-06-30"),
        ("2023-Q3", "2023-07-03", "2023-09-29"),  # to a Saturday
        ("2023-Q4", "2023-10-02", "2023-12-29"),
        ("2024-09", "2024-09-02", "2024-09-30"),
        ("2024-06", "2024-06-03", "2024-06-28"),
        ("2025-01", "2025-01-02", "2025-01-31"),
        ("2025-07", "2025-07-01", "2025-07-31"),
    ],
)
def test_a_period_is_whole_from_its_first_to_its_last_working_day(period: str, first: str, last: str) -> None:
    """To the day, whichever day of the week it begins and ends on."""
    begun, ended = (date.fromisoformat(day).toordinal() for day in (first, last))
    assert [is_begun_by(day, *period_named(period)) for day in (begun - 1, begun, begun + 1)] == [True, True, False]
    assert [is_ended_by(day, *period_named(period)) for day in (ended - 1, ended, ended + 1)] == [False, True, True]


@cases(40)
@given(files(has_history=True), st.data())
def test_a_part_of_the_deals(deals: list[Deal], data: st.DataObject) -> None:
    """The figures of a part are those of a file that holds that part only."""
    places = sorted(data.draw(st.sets(st.integers(0, len(deals) - 1)))) if deals else []
    part = finished(those(deals_of(deals), at(places, len(deals))))

    first, second = _answer(part), _answer(deals_of([deals[place] for place in places]))
    assert first == second


def _answer(deals: Deals) -> dict[str, Any]:
    found = figures(deals, circumstances(AS_OF), Notes())
    answer = found.to_json() | {"slices": found.slices_to_json()["owner"] if "owner" in found.slices else []}
    answer["stages"] = sorted(answer["stages"] or (), key=repr)
    (answer["stalled"] or {"limits": []})["limits"].sort(key=repr)
    answer["slices"].sort(key=repr)
    return answer
