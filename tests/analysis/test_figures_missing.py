"""Which figures a doubt or a gap takes away, and what the answer is then; and the rows behind a figure."""

import json
from dataclasses import replace
from datetime import date
from itertools import repeat

import pytest

from calculators.analysis.figures.all_figures import computing_figures, figures
from calculators.analysis.figures.rows import deals_behind
from calculators.analysis.gate.deals import Circumstances
from calculators.analysis.gate.notes import Notes
from tests.analysis.deals_by_hand import circumstances, deals_of
from tests.analysis.few_deals import AS_OF, OPEN, SIX, WON, found

_BY_TIME = {"cycle", "cycle_of_won", "revenue", "revenue_by_month", "growth_per_quarter", "stalled", "back_test"}
_MONEY = {
    "won_value",
    "lost_value",
    "open_value",
    "deal_size",
    "win_rate_by_value",
    "coverage",
    "forecast",
    "back_test",
}
_ENDS = {"won", "lost", "open", "win_rate", "velocity", "stages"}
# What a doubt or gap takes away as a whole.
NEEDS = {
    "date_order": _BY_TIME | {"cohorts", "stage_conversion"},
    "mixed_dates": _BY_TIME | {"cohorts", "stage_conversion"},
    "planned_close_only": _BY_TIME,
    "several_currencies": _MONEY | {"growth_per_quarter"},
    "no_outcome": _BY_TIME | _MONEY | _ENDS,
    "outcome_unknown": _BY_TIME | _MONEY | _ENDS,
}
# What loses a part only, by one doubt or another.
_IN_PART = {"velocity", "revenue", "revenue_by_month", "stages", "stalled", "cohorts", "coverage", "forecast"}


@pytest.mark.parametrize("doubt", NEEDS)
def test_doubts_stop_what_needs_them(doubt: str) -> None:
    """An open doubt makes null what rests on it, says so, and leaves the rest as it was."""
    closed = [
        replace(deal, created=date(2024, 6, 28), closed=day, entered={"Demo": date(2024, 7, 1)})
        for day in (date(2024, 7, 1), date(2024, 10, 1), date(2024, 12, 1))
        for deal in SIX
    ]
    deals = [*closed, replace(OPEN, entered={"Demo": date(2025, 3, 2)})]
    without, _notes = found(deals, quota=9000)
    stopped, notes = found(deals, doubt, quota=9000)
    before, after = without.to_json(), stopped.to_json()
    # One stage is no conversion, and there are no pipelines.
    never = {"pipelines", "stage_conversion"}
    assert {name for name, figure in before.items() if figure is None} == never
    assert {name for name, figure in after.items() if figure is None} - never == NEEDS[doubt] - never
    said = {name for code, name in notes if code in {doubt, "part_missing", "no_amounts"}}
    assert NEEDS[doubt] <= said
    same = before.keys() - NEEDS[doubt] - _IN_PART
    assert {name: before[name] for name in same} == {name: after[name] for name in same}


def test_dates_in_doubt_leave_parts_of_velocity() -> None:
    """Size and rate need no dates, and open deals can be counted; the rest of velocity is missing."""
    velocity = found([*SIX, OPEN], "date_order")[0].velocity

    assert velocity is not None
    assert velocity.average_deal_size == 1000
    assert velocity.cycle_days is None
    assert velocity.actual_revenue_per_day is None
    assert [(reading.opportunities, reading.revenue_per_day) for reading in velocity.readings] == [
        (1, None),
        (None, None),
        (None, None),
    ]


def test_currencies_in_doubt_leave_numbers_of_deals() -> None:
    """How many were won in a quarter is known, what they brought is not."""
    answer, notes = found([*SIX, OPEN], "several_currencies", by=["stage"])

    assert [(row.won, row.won_value) for row in answer.revenue or ()] == [(3, None)]
    assert [(row.deals, row.value) for row in answer.stages or ()] == [(1, None)]
    assert [row.won_value for row in answer.slices["stage"]] == [None, None]
    assert ("several_currencies", "revenue") in notes


def test_json_has_every_name_of_the_contract() -> None:
    """Names and shapes are the contract's; the JSON is plain."""
    deals = [*(replace(deal, groups={"owner": "Ana"}) for deal in SIX), *repeat(OPEN, 2)]
    answer, _notes = found(deals, by=["owner"], quota=9000)

    plain = json.loads(json.dumps(answer.to_json()))

    assert list(plain) == [
        "deals",
        "won",
        "lost",
        "open",
        "win_rate",
        "win_rate_by_value",
        "deal_size",
        "won_value",
        "lost_value",
        "open_value",
        "cycle",
        "cycle_of_won",
        "velocity",
        "revenue",
        "revenue_by_month",
        "growth_per_quarter",
        "stages",
        "stage_conversion",
        "stalled",
        "coverage",
        "forecast",
        "back_test",
        "cohorts",
        "pipelines",
    ]
    shapes = {
        "win_rate": "value low high n",
        "win_rate_by_value": "value n",
        "deal_size": "mean median n",
        "cycle": "mean_days median_days p75_days p90_days n kaplan_meier_median_days censored",
        "cycle_of_won": "mean_days median_days p75_days p90_days n",
        "velocity": "average_deal_size win_rate cycle_days actual_revenue_per_day readings",
        "stalled": "limits deals value",
        "coverage": "open_value quota booked coverage",
        "forecast": "weighted_value p10 p50 p90 basis",
    }
    assert {name: list(plain[name]) for name in shapes} == {name: shape.split() for name, shape in shapes.items()}
    rows = {
        "revenue": "period won won_value is_partial",
        "stages": "stage deals value mean_age_days stalled",
        "cohorts": "created deals won lost open win_rate",
    }
    assert {name: list(plain[name][0]) for name in rows} == {name: shape.split() for name, shape in rows.items()}
    assert list(plain["stalled"]["limits"][0]) == ["stage", "limit_days", "from"]
    assert list(plain["velocity"]["readings"][0]) == ["reading", "opportunities", "revenue_per_day"]
    slices = answer.slices_to_json()["owner"][0]
    assert list(slices) == ["value", "deals", "won", "lost", "open", "win_rate", "won_value", "is_small"]


def test_no_deals() -> None:
    """An empty file has counts of zero, and every other figure says why it is missing."""
    answer, notes = found([])

    assert (answer.deals, answer.won, answer.lost, answer.open) == (0, 0, 0, 0)
    missing = {name for name, figure in answer.to_json().items() if figure is None} - {"pipelines"}
    assert missing <= {figure for _code, figure in notes}


def test_no_dates_at_all() -> None:
    """Without any date there is no day to look at: counts and amounts remain."""
    undated = [replace(deal, created=None, closed=None) for deal in (*SIX, OPEN)]
    notes = Notes()

    answer = figures(deals_of(undated), Circumstances(as_of=None), notes)

    assert answer.win_rate is not None
    assert (answer.cycle, answer.revenue, answer.cohorts, answer.stalled, answer.back_test) == (None,) * 5
    assert {"no_cycles", "no_decisions", "no_created_dates"} <= {note.code for note in notes}


def test_work_can_be_left() -> None:
    """The figures come in steps, between which a page can cancel."""
    steps = list(computing_figures(deals_of(SIX), circumstances(AS_OF), Notes()))

    assert steps == sorted(steps)
    assert len(steps) >= 9


@pytest.mark.parametrize("name", ["price", "stages:", "slices:owner:Nobody", "velocity:dead", "cycle:of_lost"])
def test_rows_of_an_unknown_figure(name: str) -> None:
    """A figure that is none is refused; an empty group is none of the file's."""
    if name == "stages:":
        assert deals_behind(name, deals_of(SIX), circumstances(AS_OF)) == []
    else:
        with pytest.raises(KeyError):
            deals_behind(name, deals_of(SIX), circumstances(AS_OF))


def test_rows_of_a_header_with_a_colon() -> None:
    """A header may hold a colon itself."""
    deals = deals_of([replace(WON, groups={"Deal": "x", "Deal: Team": team}) for team in ("A", "B: b", None)])

    around = circumstances(AS_OF)
    assert deals_behind("slices:Deal: Team:B: b", deals, around) == [1]
    assert deals_behind("slices:Deal: Team:", deals, around) == [2]
    assert deals_behind("slices:Deal:x", deals, around) == [0, 1, 2]
