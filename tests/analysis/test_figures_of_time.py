"""Periods, stages and the past, of a few deals that a person can count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import Any

from calculators.analysis.figures.all_figures import figures
from calculators.analysis.figures.as_json import as_json
from calculators.analysis.figures.history import History
from calculators.analysis.figures.open_deals import OpenDeals
from calculators.analysis.figures.stalled import stalled_deals
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of
from tests.analysis.few_deals import AS_OF, LOST, OPEN, SIX, WON, found, plain


def test_partial_periods() -> None:
    """Decisions from 1 October (a working day) to 28 February: the fourth quarter is whole; growth needs two."""
    days = (date(2024, 10, 1), date(2024, 12, 3), date(2025, 2, 28))
    deals = [replace(WON, created=date(2024, 9, 1), closed=day) for day in days]

    answer, notes = found(deals)
    assert [(row.period, row.won, row.is_partial) for row in answer.revenue or ()] == [
        ("2024-Q4", 2, False),
        ("2025-Q1", 1, False),
    ]
    assert answer.growth_per_quarter == Decimal("-0.5")
    assert [row.won_value for row in answer.revenue_by_month or ()] == [1000, 0, 1000, 0, 1000]

    late = figures(deals_of(deals), circumstances(date(2025, 3, 28)), Notes())
    assert [row.is_partial for row in late.revenue or ()] == [False, True]
    assert late.growth_per_quarter is None

    answer, notes = found([replace(deal, closed=date(2024, 10, 2)) if deal is deals[0] else deal for deal in deals])
    assert [row.is_partial for row in answer.revenue or ()] == [True, False]
    assert ("too_few_whole_quarters", "growth_per_quarter") in notes


def test_a_weekend_at_the_end_is_no_gap() -> None:
    """A month whose last decision falls on its last Friday is whole, and one that begins on 2 January too."""
    deals = [replace(WON, closed=date(2024, 1, 2)), replace(WON, closed=date(2024, 3, 29))]

    answer = figures(deals_of(deals), circumstances(date(2024, 3, 29)), Notes())

    assert [row.is_partial for row in answer.revenue or ()] == [False]


def test_growth_from_nothing() -> None:
    """A first whole quarter without revenue has no growth rate."""
    deals = [replace(LOST, closed=date(2024, 7, 1)), replace(WON, closed=date(2025, 3, 31))]

    answer, notes = found(deals)

    assert [row.won_value for row in answer.revenue or ()] == [0, 0, 1000]
    assert answer.growth_per_quarter is None
    assert ("no_start_revenue", "growth_per_quarter") in notes


def with_stage(stage: str, entered: date, **further: Any) -> Deal:
    """Return an open deal in a stage since a day."""
    return replace(OPEN, groups={"stage": stage}, entered={stage: entered}, **further)


def test_limits_by_stage() -> None:
    """Three quarters of 30 deals that moved on; twice the median of 5; all cycles where no history says more."""
    moved = [
        Deal(
            outcome="won",
            created=date(2024, 6, 1),
            closed=date(2024, 8, 1),
            entered={"Demo": date(2024, 6, 1), "Offer": date(2024, 6, 11) if number < 24 else date(2024, 6, 30)},
        )
        for number in range(30)
    ]
    talks = [
        Deal(outcome="lost", created=date(2024, 6, 1), closed=date(2024, 6, 9), entered={"Talk": date(2024, 6, 1)})
    ] * 5
    open_deals = [
        with_stage("Demo", date(2025, 3, 20)),
        with_stage("Demo", date(2025, 3, 22), amount=None),
        with_stage("Talk", date(2025, 3, 1)),
        replace(OPEN, groups={"stage": "New"}, created=date(2025, 1, 1)),
    ]

    answer, _notes = found([*moved, *talks, *open_deals])

    assert answer.stalled is not None
    limits = {limit.stage: plain(limit.limit_days, limit.from_) for limit in answer.stalled.limits}
    assert limits == {"Demo": [10, "p75"], "Talk": [16, "twice_median"], "New": [61, "all"]}
    assert plain(answer.stalled.deals, answer.stalled.value) == [3, 1500]
    stages = {stage.stage: stage for stage in answer.stages or ()}
    assert plain(stages["Demo"].mean_age_days, stages["Demo"].stalled, stages["Demo"].age_since) == [10, 1, "entered"]
    assert plain(stages["New"].mean_age_days, stages["New"].age_since) == [89, "created"]
    view = View(deals_of([*moved, *talks, *open_deals]), circumstances(AS_OF))
    listed = stalled_deals(OpenDeals(view, History(view)))
    assert [(row.deal - 35, row.age_days) for row in listed] == [(3, 89), (2, 30), (0, 11)]


def test_conversion_counts_skipped_stages_as_passed() -> None:
    """Ten leads, of which six had an offer, two of them without a demo; the lost stage is no step."""
    days = {"Lead": date(2024, 1, 1), "Demo": date(2024, 1, 5), "Offer": date(2024, 1, 9), "Dropped": date(2024, 1, 20)}

    def way(outcome: str, *stages: str) -> Deal:
        return Deal(outcome=outcome, entered={stage: days[stage] for stage in stages})

    deals = [
        *repeat(way("won", "Lead", "Demo", "Offer"), 4),
        *repeat(way("open", "Lead", "Offer"), 2),
        *repeat(way("lost", "Lead", "Dropped"), 4),
        Deal(outcome="won"),
    ]

    answer, notes = found(deals)

    assert [(row.stage, row.reached, row.step_rate) for row in answer.stage_conversion or ()] == [
        ("Lead", 10, None),
        ("Demo", 6, Decimal("0.6")),
        ("Offer", 6, Decimal(1)),
    ]
    assert {("without_history", "stage_conversion"), ("open_in_conversion", "stage_conversion")} <= notes


def test_back_test_knows_the_past_only() -> None:
    """Deals of the fourth quarter change what it brought, and not what was forecast for it."""
    first = [replace(deal, created=date(2024, 7, 1), closed=date(2024, 7, 1)) for deal in SIX]
    third = [replace(deal, created=date(2024, 7, 2), closed=date(2024, 9, 2)) for deal in (WON, LOST)]
    waiting = [replace(OPEN, created=date(2024, 9, 1))] * 8
    fourth = [replace(WON, created=date(2024, 10, 1), closed=date(2024, 12, 31))]

    rows = [found([*first, *third, *waiting, *repeat(deal, times)])[0].back_test for deal in fourth for times in (1, 7)]

    # Eight are open, sixteen were created; half of the quarter's deals were decided, half of these won, 1,000 each.
    assert [as_json(tested or ())[0] for tested in rows] == [
        {"period": "2024-Q4", "forecast": 6000, "actual": 1000, "error": 5000},
        {"period": "2024-Q4", "forecast": 6000, "actual": 7000, "error": -1000},
    ]
