"""On deals at random, the fast figures equal the plain ones, and behave as figures must."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.analysis.figures.all_figures import Figures, figures
from calculators.analysis.figures.as_json import as_json
from calculators.analysis.figures.history import History
from calculators.analysis.figures.kaplan_meier import of_lengths
from calculators.analysis.figures.left_out import deals_left_out
from calculators.analysis.figures.rows import deals_behind
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from tests.analysis import naive_figures as naive
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of
from tests.analysis.random_deals import AS_OF, files
from tests.cases import cases

BY = ("owner", "stage")
# Each example is a file of up to some two hundred deals.
some = cases(40)


def found(deals: Sequence[Deal]) -> tuple[Figures, Notes]:
    """Return the figures of some deals, with their notes."""
    notes = Notes()
    return figures(deals_of(deals), circumstances(AS_OF, quota=1000), notes, BY), notes


def about(value: Any) -> Any:
    """Return a value that equals what differs by rounding only."""
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        return pytest.approx(float(value), rel=1e-12, abs=1e-12)
    if isinstance(value, dict):
        return {key: about(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(about, value))
    return value


@some
@given(files())
def test_counts_rates_and_values(deals: list[Deal]) -> None:
    """Counts, both win rates, sizes and values are what adding them up one by one gives."""
    answer = found(deals)[0].to_json()

    for outcome in ("won", "lost", "open"):
        those = naive.with_outcome(deals, outcome)
        assert answer[outcome] == len(those)
        assert answer[f"{outcome}_value"] == about(naive.value_of(those))
    assert answer["deals"] == len(deals)
    assert (answer["win_rate"] or {}).get("value") == about(naive.win_rate(deals))
    assert (answer["win_rate_by_value"] or {}).get("value") == about(naive.win_rate_by_value(deals))
    assert answer["deal_size"] == about(naive.deal_size(deals))


@some
@given(files())
def test_lengths(deals: list[Deal]) -> None:
    """Cycles and their quantiles, and the median with open deals, are those of the sorted lists."""
    answer = found(deals)[0].to_json()
    cycle, of_won = answer["cycle"], answer["cycle_of_won"]
    lengths, ages = naive.lengths(deals, AS_OF), naive.ages(deals, AS_OF)

    assert of_won == about(naive.day_figures(naive.lengths(naive.with_outcome(deals, "won"), AS_OF)))
    if cycle is None:
        assert not lengths
    else:
        median = cycle.pop("kaplan_meier_median_days")
        assert cycle.pop("censored") == len(ages)
        assert cycle == about(naive.day_figures(lengths))
        assert median == naive.kaplan_meier_median(lengths, ages)


@some
@given(files())
def test_time(deals: list[Deal]) -> None:
    """Revenue by quarter and month, cohorts and the back-test are those of deals looked at one by one."""
    answer = found(deals)[0].to_json()

    assert answer["revenue"] == about(naive.revenue(deals, AS_OF, naive.quarter))
    assert answer["revenue_by_month"] == about(naive.revenue(deals, AS_OF, naive.month))
    assert answer["cohorts"] == about(naive.cohorts(deals))
    tested = [{key: row[key] for key in ("period", "forecast", "actual")} for row in answer["back_test"] or ()]
    assert tested == about(naive.back_test(deals, AS_OF))


@some
@given(files())
def test_groups(deals: list[Deal]) -> None:
    """Slices and stages are those of the deals of each group."""
    answer = found(deals)[0]

    for role in BY:
        rows = {
            row.value: (row.deals, row.won, row.lost, row.open, as_json(row.won_value), row.is_small)
            for row in answer.slices.get(role, ())
        }
        assert rows == about(naive.slices(deals, role))
    stages = {
        row["stage"]: (row["deals"], row["value"], row["mean_age_days"], row["stalled"])
        for row in answer.to_json()["stages"] or ()
    }
    assert stages == about(naive.stages(deals, AS_OF))


@some
@given(files(has_history=True))
def test_history(deals: list[Deal]) -> None:
    """Days in a stage and how far deals got are those of each deal's own way."""
    view = View(deals_of(deals), circumstances(AS_OF))
    history = History(view)

    days_in = {stage: sorted(counts.elements()) for stage, counts in history.days_in.items()}
    plain = naive.stage_days(deals, history.order, AS_OF)
    assert days_in == {stage: sorted(days) for stage, days in plain.items()}
    reached = [sum(history.reached(place)) for place in range(len(history.steps))]
    assert reached == naive.reached(deals, history.steps)
    if len(reached) > 1:
        rates = [row.step_rate for row in found(deals)[0].stage_conversion or ()]
        assert about(rates) == [None, *(after / before if before >= 5 else None for before, after in pairwise(reached))]


@some
@given(files(has_history=True))
def test_limits_and_forecast(deals: list[Deal]) -> None:
    """Limits, stalled deals and the weighted value are those of the plain rules, with a history of stages."""
    answer = found(deals)[0]
    history = History(View(deals_of(deals), circumstances(AS_OF)))
    stalled = answer.stalled

    if stalled is not None:
        limits = {limit.stage: (float(limit.limit_days), limit.from_) for limit in stalled.limits}
        assert limits == about(naive.limits(deals, history.order, AS_OF))
        assert stalled.deals == len(naive.stalled(deals, history.order, AS_OF))
    weighted = answer.forecast.weighted_value if answer.forecast else None
    assert about(weighted) == naive.weighted_value(deals, history.steps)


@some
@given(files(has_history=True), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(deals: list[Deal], random: Random) -> None:
    """A file sorted otherwise has the same figures; groups with as many deals as another may change places."""
    shuffled = deals.copy()
    random.shuffle(shuffled)

    first, second = found(deals)[0].to_json(), found(shuffled)[0].to_json()

    for answer in (first, second):
        answer["stages"] = sorted(answer["stages"] or (), key=repr)
        (answer["stalled"] or {"limits": []})["limits"].sort(key=repr)
    assert first == second


@some
@given(files(has_history=True))
def test_every_missing_figure_says_why(deals: list[Deal]) -> None:
    """A figure that is null has a note."""
    answer, notes = found(deals)

    missing = {name for name, figure in answer.to_json().items() if figure is None} - {"pipelines"}
    assert missing <= {note.figure for note in notes}


@some
@given(files(has_history=True))
def test_numbers_add_up(deals: list[Deal]) -> None:
    """What is counted is what the rows behind it are, and what was left out makes up the rest."""
    plain, around = deals_of(deals), circumstances(AS_OF, quota=1000)
    answer, notes = found(deals)
    closed = len(naive.closed(deals))

    def behind(name: str) -> int:
        return len(deals_behind(name, plain, around))

    assert answer.deals == behind("deals") == len(deals)
    for outcome in ("won", "lost", "open"):
        assert getattr(answer, outcome) == behind(outcome)
    assert closed == behind("win_rate")
    for name in ("win_rate", "win_rate_by_value", "deal_size", "cycle", "cycle_of_won"):
        figure = getattr(answer, name)
        assert figure is None or figure.n == behind(name)
    assert (
        behind("cycle")
        + sum(
            len(deals_left_out(code, "cycle", plain, around))
            for code in ("without_dates", "closed_in_future", "negative_cycle")
        )
        == closed
    )
    for row in answer.revenue or ():
        assert row.won == behind(f"revenue:{row.period}")
    for cohort in answer.cohorts or ():
        assert cohort.deals == behind(f"cohorts:{cohort.created}")
    for stage in answer.stages or ():
        assert stage.deals == behind(f"stages:{stage.stage or ''}")
    for step in answer.stage_conversion or ():
        assert step.reached == behind(f"stage_conversion:{step.stage}")
    for of_owner in answer.slices.get("owner", ()):
        assert of_owner.deals == behind(f"slices:owner:{of_owner.value or ''}")
    if answer.stalled:
        assert answer.stalled.deals == behind("stalled")
        assert answer.stalled.deals == sum(behind(f"stalled:{stage.stage or ''}") for stage in answer.stages or ())
    if answer.forecast:
        assert answer.forecast.deals == behind("forecast")
    for reading in answer.velocity.readings if answer.velocity else ():
        assert (reading.opportunities or 0) == behind(f"velocity:{reading.reading}")
    for note in notes:
        left_out = deals_left_out(note.code, note.figure, plain, around)
        assert not left_out or len(left_out) == note.values["deals"], note


@some
@given(files(), st.data())
def test_a_further_win_never_lowers_the_win_rate(deals: list[Deal], data: st.DataObject) -> None:
    """A lost deal that had been won makes the rate, and both ends of its interval, higher."""
    before = found(deals)[0].win_rate
    lost = [place for place, deal in enumerate(deals) if deal.outcome == "lost"]
    if before is None or len(lost) < 2:
        return
    place = data.draw(st.sampled_from(lost))
    deals[place] = replace(deals[place], outcome="won")

    after = found(deals)[0].win_rate

    assert after is not None
    assert before.value < after.value
    assert before.low < after.low
    assert before.high < after.high


@given(st.lists(st.integers(0, 20), min_size=1))
def test_kaplan_meier_without_open_deals(lengths: list[int]) -> None:
    """Of closed deals alone it is the smallest length that half of them do not exceed; the curve ends at nothing."""
    survival = of_lengths({length: lengths.count(length) for length in lengths}, {})

    assert survival.median_days == sorted(lengths)[(len(lengths) - 1) // 2]
    assert survival.curve[-1] == (max(lengths), 0.0)


@given(st.lists(st.integers(0, 6), min_size=1), st.lists(st.integers(0, 6)))
def test_kaplan_meier_with_ties(closed: list[int], still_open: list[int]) -> None:
    """A deal that is open after as many days as another took was still at risk when that one closed."""
    survival = of_lengths(
        {length: closed.count(length) for length in closed}, {age: still_open.count(age) for age in still_open}
    )

    assert survival.median_days == naive.kaplan_meier_median(closed, still_open)


@given(st.lists(st.integers(0, 20), min_size=1), st.lists(st.integers(0, 20)))
def test_kaplan_meier_curve_falls(closed: list[int], still_open: list[int]) -> None:
    """The share still open starts at all or below, and falls with each step."""
    survival = of_lengths(
        {length: closed.count(length) for length in closed}, {age: still_open.count(age) for age in still_open}
    )

    shares = [1.0, *(share for _days, share in survival.curve)]
    assert shares == sorted(shares, reverse=True)
    assert [days for days, _share in survival.curve] == sorted(set(closed))


@some
@given(files(has_history=True))
def test_forecast_lies_between_nothing_and_everything(deals: list[Deal]) -> None:
    """Quantiles ascend, and no figure is below zero or above what all of its deals bring."""
    forecast = found(deals)[0].forecast
    if forecast is None:
        return
    best = sum(amount for amount in naive.amounts(naive.with_outcome(deals, "open")) if amount > 0)

    assert 0 <= forecast.p10 <= forecast.p50 <= forecast.p90 <= best
    assert 0 <= forecast.weighted_value <= best
