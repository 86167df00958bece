"""All notes of a few files, each with its figure and its numbers as counted by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from calculators.analysis.figures.all_figures import figures
from calculators.analysis.gate.notes import Notes
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of
from tests.analysis.few_deals import AS_OF, LOST, OPEN, SIX, WON

type Said = dict[str, dict[str, Any]]

WITHOUT_HISTORY: Said = {"stage_conversion no_stage_history": {}}
WITHOUT_QUARTERS: Said = {
    "growth_per_quarter too_few_whole_quarters": {"quarters": 0},
    "back_test too_few_quarters_to_test": {},
}
FEW_IN_A_SHORT_TIME: Said = {
    **WITHOUT_HISTORY,
    **WITHOUT_QUARTERS,
    "velocity period_of_decisions": {"days": 11, "first": date(2024, 10, 31), "last": date(2024, 11, 10)},
}


def said(deals: Sequence[Deal], *stopped: str, quota: int | None = None, booked: int | None = None) -> Said:
    """Return the values of every note by its figure and code."""
    notes = Notes()
    figures(deals_of(deals), circumstances(AS_OF, *stopped, quota=quota, booked=booked), notes, ())
    return {f"{note.figure} {note.code}": note.values for note in notes}


def test_every_gap_is_counted_where_it_is_left_out() -> None:
    """One deal of each kind: without amount, created, or closed; of zero or below; backwards, or in the future."""
    deals = [
        *SIX,
        replace(WON, amount=None),
        replace(WON, amount=Decimal(0)),
        replace(LOST, amount=None),
        replace(LOST, amount=Decimal(-7)),
        replace(WON, created=None),
        replace(LOST, closed=None),
        replace(WON, closed=date(2024, 9, 1)),
        replace(LOST, closed=AS_OF + timedelta(days=3)),
        OPEN,
        replace(OPEN, amount=None),
        replace(OPEN, amount=Decimal(0)),
        replace(OPEN, amount=Decimal(-5)),
        replace(OPEN, created=None),
        replace(OPEN, created=AS_OF + timedelta(days=1)),
    ]

    assert said(deals, quota=1000) == {
        **WITHOUT_HISTORY,
        "win_rate few_closed_deals": {"closed": 14},
        "win_rate_by_value lost_without_amount": {"deals": 1, "of": 7},
        "win_rate_by_value won_without_amount": {"deals": 2, "of": 7},
        "deal_size amount_zero": {"deals": 1, "of": 7},
        "deal_size without_amount": {"deals": 1, "of": 7},
        "deal_size few_won_deals": {"deals": 5},
        "won_value without_amount": {"deals": 1, "of": 7},
        "lost_value without_amount": {"deals": 1, "of": 7},
        "lost_value negative_amounts": {"deals": 1, "of": 7},
        "open_value without_amount": {"deals": 1, "of": 6},
        "open_value negative_amounts": {"deals": 1, "of": 6},
        "cycle without_dates": {"deals": 2, "of": 14, "lines": [12, 13]},
        "cycle negative_cycle": {"deals": 1, "of": 14, "lines": [14]},
        "cycle closed_in_future": {"deals": 1, "of": 14, "lines": [15]},
        "cycle few_cycles": {"deals": 10},
        "cycle open_uncounted": {"deals": 2, "of": 6},
        "cycle_of_won without_dates": {"deals": 1, "of": 7, "lines": [12]},
        "cycle_of_won negative_cycle": {"deals": 1, "of": 7, "lines": [14]},
        "cycle_of_won few_cycles": {"deals": 5},
        "velocity period_of_decisions": {"days": 71, "first": date(2024, 9, 1), "last": date(2024, 11, 10)},
        "growth_per_quarter too_few_whole_quarters": {"quarters": 1},
        "back_test too_few_quarters_to_test": {},
        "stages open_without_age": {"deals": 2, "of": 6},
        "stalled open_without_age": {"deals": 2, "of": 6},
        "coverage booked_in_quarter": {"quarter": "2025-Q1", "booked": 0},
        "coverage without_amount": {"deals": 1, "of": 6},
        "forecast without_amount": {"deals": 2, "of": 6},
        "forecast negative_amounts": {"deals": 1, "of": 6},
        "forecast forecast_exact": {"deals": 3},
        "cohorts without_created": {"deals": 2, "of": 20},
        "cohorts cohorts_undecided": {"deals": 5, "cohorts": 2},
    }


def test_of_many_open_deals_more_than_half_outlast_what_is_known() -> None:
    """The median with open deals is not reached, and three closed ones give no rate, limit or forecast."""
    open_deals = [replace(OPEN, created=date(2024, 10, 1))] * 6

    assert said([WON, LOST, LOST, *open_deals], quota=4000) == {
        **FEW_IN_A_SHORT_TIME,
        **{
            f"{figure} too_few_closed_deals": {"closed": 3, "won": 1, "lost": 2}
            for figure in ("win_rate", "win_rate_by_value", "forecast")
        },
        "deal_size few_won_deals": {"deals": 1},
        "cycle few_cycles": {"deals": 3},
        "cycle median_not_reached": {"censored": 6, "closed": 3},
        "cycle_of_won few_cycles": {"deals": 1},
        "velocity part_missing": {"part": "win_rate"},
        "stalled too_few_cycles": {"deals": 3},
        "coverage booked_in_quarter": {"quarter": "2025-Q1", "booked": 0},
        "cohorts cohorts_undecided": {"deals": 6, "cohorts": 1},
    }


def test_what_rests_on_dates_in_doubt_says_so_and_no_more() -> None:
    """Nothing is said about ages that nobody has worked out."""
    stopped = ("back_test", "cohorts", "cycle", "cycle_of_won", "revenue", "revenue_by_month", "stage_conversion")

    assert said([*SIX, OPEN], "date_order", quota=4000) == {
        **{f"{figure} date_order": {} for figure in (*stopped, "stages", "stalled", "velocity")},
        "win_rate few_closed_deals": {"closed": 6},
        "deal_size few_won_deals": {"deals": 3},
        "velocity part_missing": {"part": "cycle"},
        "growth_per_quarter part_missing": {"part": "revenue"},
        "coverage booked_unknown": {},
        "forecast forecast_exact": {"deals": 1},
    }


def test_lost_deals_that_would_have_brought_nothing() -> None:
    """How many there are, and how many of them have no amount at all."""
    lost = [replace(LOST, amount=None), replace(LOST, amount=Decimal(0))]

    assert said([*[WON] * 5, *lost]) == {
        **FEW_IN_A_SHORT_TIME,
        **{f"{figure} no_open_deals": {} for figure in ("open", "forecast", "stalled")},
        "win_rate few_closed_deals": {"closed": 7},
        "win_rate_by_value lost_value_zero": {"deals": 2, "missing": 1},
        "deal_size few_won_deals": {"deals": 5},
        "lost_value without_amount": {"deals": 1, "of": 2},
        "cycle few_cycles": {"deals": 7},
        "cycle_of_won few_cycles": {"deals": 5},
        "stages no_stage": {},
        "coverage no_quota": {},
    }


def test_won_and_open_deals_that_bring_nothing() -> None:
    """The same of won ones; an open one without amount has neither value, coverage nor forecast."""
    won = [replace(WON, amount=None), replace(WON, amount=Decimal(0))]

    assert said([*[LOST] * 5, *won, replace(OPEN, amount=None)], quota=5, booked=7) == {
        **WITHOUT_HISTORY,
        **WITHOUT_QUARTERS,
        **{f"{figure} no_amounts": {"deals": 1} for figure in ("open_value", "coverage", "forecast")},
        "win_rate few_closed_deals": {"closed": 7},
        "win_rate_by_value won_value_zero": {"deals": 2, "missing": 1},
        "deal_size no_amounts": {"deals": 2},
        "won_value without_amount": {"deals": 1, "of": 2},
        "cycle few_cycles": {"deals": 7},
        "cycle_of_won few_cycles": {"deals": 2},
        "velocity part_missing": {"part": "deal_size"},
        "cohorts cohorts_undecided": {"deals": 1, "cohorts": 1},
    }


@pytest.mark.parametrize(
    ("quota", "booked", "note"),
    [
        (1001, 1000, None),
        (1000, 1000, {"quota": 1000, "booked": 1000}),
        (1000, 1500, {"quota": 1000, "booked": 1500}),
    ],
)
def test_a_quota_is_reached_to_the_last_unit(quota: int, booked: int, note: dict[str, int] | None) -> None:
    """From there on, nothing is left to be covered."""
    assert said([*SIX, OPEN], quota=quota, booked=booked).get("coverage quota_reached") == note
