"""What each formula does for any input."""

import json
import statistics
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.choices import Choice, Choices, Flag, Rating, Text
from calculators.core.declaring.days import Day
from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.numbers.statistics import wilson_interval
from calculators.core.page.answer import to_page
from calculators.core.running.calculator import Calculator
from calculators.core.words.catalogue import LANGUAGES
from calculators.planning.mutual_action_plan import Awaited

counts = st.integers(min_value=0, max_value=10_000)
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
rates = st.decimals(min_value=0, max_value=1, places=4)
FIRST_DAY = 46_357
lengths = st.decimals(min_value=Decimal("0.5"), max_value=3650, places=1)


def outputs(calculator: str, **inputs: Any) -> dict[str, Any]:
    """Return a calculator's outputs as Decimals."""
    return calculators.run(calculator, inputs).outputs


@given(amounts, st.integers(min_value=1, max_value=10_000))
def test_average_deal_size_times_deals_is_the_revenue(revenue: Decimal, deals: int) -> None:
    """The mean gives the total back, but for the last of 28 digits."""
    average = outputs("average-deal-size", won_revenue=revenue, won_deals=deals)["average_deal_size"]

    assert float(average * deals) == pytest.approx(float(revenue), rel=1e-20)


@given(st.lists(lengths, min_size=2, max_size=60), st.integers(min_value=1, max_value=365))
def test_sales_cycle_agrees_with_the_standard_library(cycle_days: list[Decimal], window: int) -> None:
    """Mean, median and percentiles as `statistics` has them, in any order of the deals; Little's law holds."""
    figures = outputs("sales-cycle-length", cycle_days=cycle_days[::-1], window_days=window)

    percentiles = statistics.quantiles(cycle_days, n=20, method="inclusive")
    assert float(figures["mean_days"]) == pytest.approx(float(statistics.mean(cycle_days)), rel=1e-20)
    assert figures["median_days"] == statistics.median(cycle_days)
    assert float(figures["p75_days"]) == pytest.approx(float(percentiles[14]), rel=1e-20)
    assert float(figures["p90_days"]) == pytest.approx(float(percentiles[17]), rel=1e-20)
    product = figures["deals_in_process"] * figures["closing_interval_days"]
    assert float(product) == pytest.approx(float(figures["mean_days"]), rel=1e-20)


@given(counts, counts, counts)
def test_win_rate_ignores_open_deals(won: int, lost: int, still_open: int) -> None:
    """Open deals are in neither part."""
    assert outputs("win-rate", won=won, lost=lost, open=still_open) == outputs("win-rate", won=won, lost=lost, open=0)


@given(counts, counts)
def test_win_rate_lies_in_its_interval(won: int, lost: int) -> None:
    """Between 0 and 1, with the rate inside; with fewer than five deals there is none."""
    figures = outputs("win-rate", won=won, lost=lost)

    if won + lost < 5:
        assert figures["win_rate"] is None
    else:
        assert 0 <= figures["win_rate_low"] <= figures["win_rate"] <= figures["win_rate_high"] <= 1


@given(st.integers(min_value=1, max_value=500), st.integers(min_value=1, max_value=500))
def test_wilson_ends_are_where_the_score_test_turns(won: int, lost: int) -> None:
    """At each end p, the rate is 1.96 standard errors of p away: the interval's definition, not its formula."""
    cases = Decimal(won + lost)
    rate = won / cases
    for end in wilson_interval(Decimal(won), cases):
        distance = abs(rate - end) / (end * (1 - end) / cases).sqrt()
        assert float(distance) == pytest.approx(1.959963984540054, rel=1e-12)


@given(counts, amounts, rates, lengths)
def test_velocity_rises_with_each_input_but_the_cycle(
    opportunities: int, size: Decimal, win_rate: Decimal, cycle: Decimal
) -> None:
    """More of anything never brings less; a longer cycle never brings more."""
    inputs = {"opportunities": opportunities, "average_deal_size": size, "win_rate": win_rate, "cycle_days": cycle}
    base = outputs("sales-velocity", **inputs)["revenue_per_day"]

    assert outputs("sales-velocity", **{**inputs, "opportunities": opportunities + 1})["revenue_per_day"] >= base
    assert outputs("sales-velocity", **{**inputs, "cycle_days": cycle + 1})["revenue_per_day"] <= base
    assert outputs("sales-velocity", **{**inputs, "cycle_days": cycle * 2})["revenue_per_day"] * 2 == pytest.approx(
        base
    )


@pytest.mark.parametrize("name", calculators.all_calculators())
@given(data=st.data())
def test_no_result_is_infinite_or_unexplained(name: str, data: st.DataObject) -> None:
    """For any valid input each output is a finite number, or missing with its sentence, in every language."""
    calculator = calculators.all_calculators()[name]
    inputs = {field_name: data.draw(values_of(field)) for field_name, field in calculator.input_fields.items()}
    inputs = with_falling_thresholds(calculator, inputs)

    for language in LANGUAGES:
        result = calculators.run(name, inputs, language)
        explained = {note.output for note in result.notes}
        assert {output for output in result.shown_fields if result.outputs[output] is None} <= explained
        assert all(figure.is_finite() for figure in _figures(result.figures))
        assert all(result.note_text(note) for note in result.notes)
        assert all("{" not in result.working(output) for output in calculator.working)
        assert result.headline
        assert not any(sign in result.headline for sign in ("{", NOTHING, "NaN", "None"))
        json.dumps(to_page(result), allow_nan=False)


def with_no_more_decided_than_began(inputs: dict[str, Any]) -> None:
    """Lower what is won and lost of each cohort to what it can be."""
    for row in inputs.get("cohorts", ()):
        entered, won, lost = (Decimal(str(row[name])) for name in ("entered", "won", "lost"))
        row["won"] = min(won, entered)
        row["lost"] = min(lost, entered - row["won"])


def with_falling_thresholds(calculator: Calculator, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return inputs in which the thresholds of one scale stand from the highest to the lowest, as they must."""
    with_no_more_decided_than_began(inputs)
    thresholds = {
        key: field for key, field in calculator.input_fields.items() if isinstance(field, Number) and field.is_threshold
    }
    for most in {field.maximum for field in thresholds.values()}:
        names = [key for key, field in thresholds.items() if field.maximum == most]
        inputs |= dict(zip(names, sorted((inputs[key] for key in names), reverse=True), strict=True))
    return inputs


def values_of(field: Any) -> st.SearchStrategy[Any]:
    """Return values within the limits of a field, as programs write them."""
    match field:
        case Series():
            return st.lists(values_of(field.item), max_size=12)
        case Table():
            cells = {name: values_of(column) for name, column in field.columns.items()}
            return st.lists(st.fixed_dictionaries(cells), min_size=field.minimum_rows, max_size=field.minimum_rows + 4)
        case Choice():
            return st.sampled_from(list(field.options))
        case Choices():
            return st.lists(st.sampled_from(list(field.options)), unique=True)
        case Flag():
            return st.booleans()
        case Rating():
            return st.sampled_from(["0", "1", "2", "3", *(["unknown"] if field.may_be_unknown else [])])
        case Awaited():
            return st.just("")  # any other text names no step
        case Text():
            return st.text("aΩ가漢 =+,;&%", max_size=12)
        case Day(label="Started"):
            return st.integers(int(field.minimum or 0), FIRST_DAY)
        case Day():
            # No deal closes, and no list is written, before it starts: any two of these days can stand together.
            days = st.integers(FIRST_DAY, int(field.maximum or 0))
            return st.none() | days if field.is_optional else days
    assert isinstance(field, Number)
    least, most = int(field.minimum or 0), int(min(field.maximum or 10**9, 10**9))
    numbers: st.SearchStrategy[Any] = st.integers(least, most) if field.is_whole else st.decimals(least, most, places=3)
    return st.none() | numbers if field.is_optional else numbers


def _figures(value: Any) -> Iterator[Decimal]:
    """Walk over every number of an output."""
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _figures(item)
    elif is_dataclass(value):
        for entry in fields(value):
            yield from _figures(getattr(value, entry.name))


@given(st.decimals(1, 10**6, places=2), st.decimals(1, 10**6, places=2), st.integers(1, 60))
def test_growth_per_period_compounds_to_the_growth(start: Decimal, end: Decimal, periods: int) -> None:
    """Growing at the rate per period for all periods leads from the start to the end."""
    figures = outputs("revenue-growth", start_revenue=start, end_revenue=end, periods=periods)

    assert float(start * (1 + figures["growth_per_period"]) ** periods) == pytest.approx(float(end), rel=1e-12)


@given(amounts, amounts, amounts, rates)
def test_more_pipeline_never_lowers_coverage(pipeline: Decimal, quota: Decimal, booked: Decimal, rate: Decimal) -> None:
    """Coverage does not fall and the gap does not grow; filling the gap gives the coverage needed."""
    inputs = {"open_pipeline": pipeline, "quota": quota, "booked": booked, "win_rate": rate}
    base = outputs("pipeline-coverage", **inputs)
    more = outputs("pipeline-coverage", **{**inputs, "open_pipeline": pipeline + 1000})

    if base["coverage"] is not None:
        assert more["coverage"] >= base["coverage"]
    if base["pipeline_gap"] is not None:
        assert more["pipeline_gap"] <= base["pipeline_gap"]
    if base["pipeline_gap"] and base["coverage"] is not None:
        filled = outputs("pipeline-coverage", **{**inputs, "open_pipeline": pipeline + base["pipeline_gap"]})
        assert float(filled["coverage"]) == pytest.approx(float(base["required_coverage"]), rel=1e-12)


@given(rates, st.integers(1, 1200))
def test_a_lifetime_never_exceeds_its_cap(churn: Decimal, cap: int) -> None:
    """With more churn customers stay no longer, and never longer than the cap."""
    inputs = {"monthly_churn": churn, "lifetime_cap_months": cap}
    lifetime = outputs("customer-lifetime-value", **inputs)["lifetime_months"]

    assert lifetime <= cap
    assert (
        outputs("customer-lifetime-value", **{**inputs, "monthly_churn": (churn + 1) / 2})["lifetime_months"]
        <= lifetime
    )
