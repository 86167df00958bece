"""Rates, sizes, lengths, forecasts and groups of a few deals that a person can count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import repeat

import pytest

from calculators.analysis.figures.left_out import deals_left_out
from calculators.analysis.figures.rows import deals_behind
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of
from tests.analysis.few_deals import AS_OF, LOST, OPEN, SIX, WON, found, plain


@pytest.mark.parametrize(
    ("deals", "code"),
    [
        ([OPEN], "no_closed_deals"),
        ([WON] * 40, "no_lost_deals"),
        ([LOST] * 40, "no_won_deals"),
        ([WON, WON, LOST, LOST], "too_few_closed_deals"),
    ],
)
def test_no_win_rate(deals: list[Deal], code: str) -> None:
    """Without won, lost or five closed deals there is no rate, by count or by value, and none of a group either."""
    answer, notes = found(deals, by=["owner"])

    assert answer.win_rate is None
    assert answer.win_rate_by_value is None
    assert {(code, "win_rate"), (code, "win_rate_by_value")} <= notes
    assert all(cohort.win_rate is None for cohort in answer.cohorts or ())


def test_win_rate_of_few() -> None:
    """From five closed deals there is a rate, with a caution below thirty."""
    answer, notes = found(SIX)

    assert answer.win_rate is not None
    assert (answer.win_rate.value, answer.win_rate.n) == (Decimal("0.5"), 6)
    assert ("few_closed_deals", "win_rate") in notes
    assert ("few_closed_deals", "win_rate") not in found(SIX * 5)[1]


def test_rate_by_value() -> None:
    """Amounts won of amounts decided; without any amount of lost deals it would always be 100 %, so there is none."""
    answer, _notes = found(SIX)
    assert answer.win_rate_by_value is not None
    assert (answer.win_rate_by_value.value, answer.win_rate_by_value.n) == (Decimal("0.25"), 6)

    for amount in (None, Decimal(0)):
        answer, notes = found([*repeat(WON, 3), *repeat(replace(LOST, amount=amount), 3)])
        assert answer.win_rate_by_value is None
        assert answer.win_rate is not None
        assert ("lost_value_zero", "win_rate_by_value") in notes

    answer, notes = found([*SIX, replace(LOST, amount=None)])
    assert answer.win_rate_by_value is not None
    assert ("lost_without_amount", "win_rate_by_value") in notes


def test_deal_size_leaves_out_zero_and_missing() -> None:
    """An amount of zero and a missing one are no size: the others' mean and median, with both counted."""
    answer, notes = found(
        [WON, replace(WON, amount=Decimal(0)), replace(WON, amount=None), replace(WON, amount=Decimal(2001))]
    )

    assert answer.deal_size is not None
    assert (answer.deal_size.mean, answer.deal_size.median, answer.deal_size.n) == (
        Decimal("1500.5"),
        Decimal("1500.5"),
        2,
    )
    assert {("without_amount", "deal_size"), ("amount_zero", "deal_size")} <= notes


def test_negative_and_future_cycles_are_left_out_of_cycles_alone() -> None:
    """A deal closed before it was created, or after today, is no length and still a win."""
    before = replace(WON, closed=date(2024, 9, 1))
    to_come = replace(WON, closed=date(2026, 1, 1))
    undated = replace(WON, created=None)

    answer, notes = found([*SIX, before, to_come, undated])

    assert answer.won == 6
    assert answer.cycle is not None
    assert (answer.cycle.n, answer.cycle.mean_days) == (6, Decimal(35))
    assert {("negative_cycle", "cycle"), ("closed_in_future", "cycle"), ("without_dates", "cycle")} <= notes
    around = circumstances(AS_OF)
    deals = deals_of([*SIX, before, to_come, undated])
    assert deals_left_out("negative_cycle", "cycle", deals, around) == [6]
    assert deals_left_out("closed_in_future", "cycle", deals, around) == [7]
    assert deals_left_out("without_dates", "cycle", deals, around) == [8]
    assert deals_behind("cycle", deals, around) == list(range(6))


def test_open_deals_count_in_the_median_to_close() -> None:
    """39, 45, 54, over 120 and over 150 days: the middle one is 54 (docs/en/metrics/sales-cycle-length.md)."""
    closed = [
        replace(WON, created=date(2024, 6, 1), closed=date.fromordinal(date(2024, 6, 1).toordinal() + days))
        for days in (45, 54, 39)
    ]
    still_open = [replace(OPEN, created=date.fromordinal(AS_OF.toordinal() - days)) for days in (120, 150)]

    answer, notes = found([*closed, *still_open])
    assert answer.cycle is not None
    assert plain(answer.cycle.median_days, answer.cycle.kaplan_meier_median_days, answer.cycle.censored) == [45, 54, 2]

    answer, notes = found([*closed, *still_open, *still_open])
    assert answer.cycle is not None
    assert answer.cycle.kaplan_meier_median_days is None
    assert ("median_not_reached", "cycle") in notes


def test_exactly_half_is_half() -> None:
    """Of ten deals, five decided by day 5: the product of shares must not miss the half by rounding."""
    closed = [replace(WON, closed=date.fromordinal(date(2024, 10, 1).toordinal() + days)) for days in range(1, 11)]

    answer, _notes = found(closed)

    assert answer.cycle is not None
    assert answer.cycle.kaplan_meier_median_days == 5


def test_velocity() -> None:
    """The page's example: 40 × 25,000 × 25 % ÷ 90 days; the reading by decisions counts eight deals."""
    won = replace(WON, amount=Decimal(25000), created=date(2024, 1, 1), closed=date(2024, 3, 31))
    lost = replace(won, outcome="lost")

    answer, _notes = found([*repeat(won, 2), *repeat(lost, 6), *repeat(OPEN, 40)])

    assert answer.velocity is not None
    live, created, decided = answer.velocity.readings
    assert (live.opportunities, round(live.revenue_per_day or 0, 2)) == (40, Decimal("2777.78"))
    assert (created.opportunities, decided.opportunities) == (0, 8)
    # All of it was won on one day.
    assert answer.velocity.actual_revenue_per_day == 50000


def test_coverage() -> None:
    """Open value ÷ what is left of the quota: of what the reader booked, or of what the quarter brought so far."""
    this_quarter = replace(WON, closed=date(2025, 1, 15))

    answer, notes = found([OPEN, OPEN, this_quarter, WON], quota=3000)
    assert answer.coverage is not None
    assert plain(answer.coverage.booked, answer.coverage.coverage) == [1000, 0.5]
    assert ("booked_in_quarter", "coverage") in notes

    answer, _notes = found([OPEN, OPEN, this_quarter], quota=3000, booked=2000)
    assert answer.coverage is not None
    assert answer.coverage.coverage == 1

    answer, notes = found([OPEN], quota=3000, booked=3000)
    assert answer.coverage is not None
    assert answer.coverage.coverage is None
    assert ("quota_reached", "coverage") in notes
    assert found([OPEN])[0].coverage is None


def test_forecast_bases() -> None:
    """A deal's own probability, then what the history says of its stage, then the win rate."""
    likely = replace(OPEN, probability=Decimal("0.8"))
    with_history = [replace(deal, entered={"Demo": date(2024, 10, 2)}) for deal in (*repeat(WON, 4), LOST)]

    by_probability = found([likely, likely, OPEN, *SIX])[0].forecast
    by_stage = found([OPEN, *with_history, *repeat(LOST, 5)])[0].forecast
    by_rate = found([OPEN, OPEN, *SIX])[0].forecast

    assert by_probability is not None
    assert plain(by_probability.basis, by_probability.weighted_value, by_probability.deals) == ["probability", 800, 2]
    assert by_stage is not None
    assert plain(by_stage.basis, by_stage.weighted_value) == ["stage_history", 400]
    # Of half of the deals only, probabilities are no basis.
    assert found([likely, OPEN, *SIX])[0].forecast == by_rate
    assert by_rate is not None
    assert plain(by_rate.basis, by_rate.weighted_value) == ["win_rate", 500]
    assert plain(by_rate.p10, by_rate.p50, by_rate.p90) == [0, 500, 1000]


def test_slices_keep_the_order_of_their_numbers() -> None:
    """The group with most deals first, whatever its win rate; equal ones as in the file, those without a group last."""
    owners = [None, None, None, "Ben", "Ana", "Cleo", "Cleo"]
    deals = [replace(deal, groups={"owner": owner}) for deal, owner in zip([*SIX, WON], owners, strict=True)]

    rows = found(deals, by=["owner", "planet"])[0].slices

    assert [(row.value, row.deals, row.is_small) for row in rows["owner"]] == [
        ("Cleo", 2, True),
        ("Ben", 1, True),
        ("Ana", 1, True),
        (None, 3, True),
    ]
    assert list(rows) == ["owner"]


def test_a_group_of_thirty_closed_deals_is_not_small() -> None:
    """Thirty closed deals are enough to be shown as others; open ones do not help."""
    deals = [replace(deal, groups={"owner": "Ana"}) for deal in (*SIX * 5, OPEN)]

    assert [row.is_small for row in found(deals, by=["owner"])[0].slices["owner"]] == [False]
    assert [row.is_small for row in found(deals[1:], by=["owner"])[0].slices["owner"]] == [True]


def test_sizes_are_round() -> None:
    """Classes in round numbers from small to large; deals without an amount come last."""
    deals = [
        replace(deal, amount=amount)
        for deal in (WON, LOST)
        for amount in map(Decimal, (90, 480, 520, 1100, 2100, 4000, 9000, 0))
    ]

    rows = found(deals, by=["size"])[0].slices["size"]

    assert [(row.value, row.deals, row.won) for row in rows] == [
        ("<500", 4, 2),
        ("500–1000", 2, 1),
        ("1000–5000", 6, 3),
        ("≥5000", 2, 1),
        (None, 2, 1),
    ]
    answer, notes = found([replace(deal, amount=Decimal(0)) if deal is LOST else deal for deal in SIX], by=["size"])
    assert "size" not in answer.slices
    assert ("lost_value_zero", "slices.size") in notes


def test_pipelines() -> None:
    """Each pipeline beside the whole, where there are several; its figures are those of its deals alone."""
    new = [replace(deal, groups={"pipeline": "New"}) for deal in SIX]
    renewals = [replace(WON, groups={"pipeline": "Renewals"})] * 7

    answer, _notes = found([*new, *renewals])

    assert answer.pipelines is not None
    assert [(row.pipeline, row.deals, row.won) for row in answer.pipelines] == [("Renewals", 7, 7), ("New", 6, 3)]
    of_renewals, of_new = answer.pipelines
    assert of_renewals.win_rate is None
    assert of_new.win_rate is not None
    assert of_new.win_rate.value == Decimal("0.5")
    assert found(new)[0].pipelines is None
