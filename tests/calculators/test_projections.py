"""The methods of the revenue forecast, its intervals and its comparison with the naive method, worked out otherwise."""

import math
import statistics
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.numbers.projections import Z_80
from calculators.core.page.answer import to_page
from tests.cases import cases

# A method by its definition: the known values, the step, alpha, the periods of the run rate, those of a season.
type Definition = Callable[[list[Fraction], int, Fraction, int, int], Fraction]

METHODS = ["naive", "mean", "exponential_smoothing", "run_rate", "trend", "seasonal_naive", "seasonal_trend"]
histories = st.lists(st.decimals(1, 10**6, places=2), min_size=1, max_size=24)
alphas = st.decimals(0, 1, places=2)


def forecast(history: list[Any], method: str, **inputs: Any) -> Any:
    """Return the figures of a history."""
    return calculators.run("revenue-forecast", {"history": history, "method": method, **inputs}).figures


def smoothed(known: list[Fraction], alpha: Fraction) -> Fraction:
    """Return the last value, and before it all others, each with its weight."""
    recent = sum(alpha * (1 - alpha) ** age * value for age, value in enumerate(reversed(known[1:])))
    return recent + (1 - alpha) ** (len(known) - 1) * known[0]


def on_the_line(known: list[Fraction], step: int) -> Fraction:
    """Solve the two normal equations of least squares for value = a + b × place."""
    places = range(1, len(known) + 1)
    count, by_place, squares = len(known), sum(places), sum(place * place for place in places)
    total, product = sum(known), sum(place * value for place, value in zip(places, known, strict=True))
    slope = Fraction(count * product - by_place * total) / (count * squares - by_place * by_place)
    return (total - slope * by_place) / count + slope * (count + step)


def of_the_season(known: list[Fraction], step: int, season: int, *, has_growth: bool) -> Fraction:
    """Walk back whole seasons to the last known one, and add the mean change for each of them."""
    place, back = len(known) + step - 1, 0
    while place >= len(known):
        place, back = place - season, back + 1
    changes = [later - earlier for earlier, later in zip(known, known[season:], strict=False)]
    return known[place] + (back * Fraction(sum(changes), len(changes)) if has_growth else 0)


DEFINITIONS: dict[str, Definition] = {
    "naive": lambda known, _step, _alpha, _run, _season: known[-1],
    "mean": lambda known, _step, _alpha, _run, _season: Fraction(sum(known), len(known)),
    "exponential_smoothing": lambda known, _step, alpha, _run, _season: smoothed(known, alpha),
    "run_rate": lambda known, _step, _alpha, run, _season: Fraction(sum(known[-run:]), run),
    "trend": lambda known, step, _alpha, _run, _season: max(Fraction(0), on_the_line(known, step)),
    "seasonal_naive": lambda known, step, _alpha, _run, season: of_the_season(known, step, season, has_growth=False),
    "seasonal_trend": lambda known, step, _alpha, _run, season: max(
        Fraction(0), of_the_season(known, step, season, has_growth=True)
    ),
}


def needed(method: str, run: int, season: int) -> int:
    """Return how many periods a method needs."""
    return {"run_rate": run, "trend": 3, "seasonal_naive": season, "seasonal_trend": 2 * season}.get(method, 1)


def variance(method: str, known: int, step: int, alpha: Fraction, run: int, season: int) -> Fraction:
    """Return the variance of a forecast's error for errors of variance 1, by adding up what it is made of."""
    seasons = math.ceil(Fraction(step, season))
    middle = Fraction(known + 1, 2)
    squares = sum((place - middle) ** 2 for place in range(1, known + 1))
    match method:
        case "naive":
            return Fraction(step)
        case "mean":
            return 1 + Fraction(1, known)
        case "exponential_smoothing":
            return 1 + sum((alpha**2 for _further in range(step - 1)), Fraction(0))
        case "run_rate":
            return 1 + Fraction(1, run)
        case "trend":
            return 1 + Fraction(1, known) + (known + step - middle) ** 2 / squares
        case "seasonal_naive":
            return Fraction(seasons)
    return seasons + Fraction(seasons**2, known - season)


@pytest.mark.parametrize("method", METHODS)
@given(histories, alphas, st.integers(1, 5), st.integers(2, 5))
def test_every_method_agrees_with_its_definition(
    method: str, history: list[Decimal], alpha: Decimal, run: int, season: int
) -> None:
    """What comes, what would have been forecast, its errors beside the naive ones, and the interval: by fractions."""
    inputs = {"alpha": alpha, "run_rate_periods": run, "season_periods": season, "periods_ahead": 7}
    figures = forecast(history, method, **inputs)
    actual = [Fraction(value) for value in history]
    first, by_definition = needed(method, run, season), DEFINITIONS[method]
    arguments = (Fraction(alpha), run, season)

    if len(actual) < first:
        assert {row.value.code for row in figures.forecast} == {"too_short"}
        assert figures.needed_periods == first
        return
    values = [by_definition(actual, step, *arguments) for step in range(1, 8)]
    assert [float(row.value) for row in figures.forecast] == pytest.approx(list(map(float, values)), rel=1e-12)
    tested = range(first, len(actual))
    errors = [by_definition(actual[:place], 1, *arguments) - actual[place] for place in tested]
    naive = sum(abs(actual[place - 1] - actual[place]) for place in tested)
    assert figures.compared_periods == len(errors)
    if errors:
        assert float(figures.bias) == pytest.approx(float(statistics.mean(errors)), rel=1e-12, abs=1e-9)
        assert float(figures.naive_wmape) == pytest.approx(float(naive / sum(actual[first:])), rel=1e-12)
    if len(errors) < 5:
        assert not isinstance(figures.forecast[0].low, Decimal)
        assert not isinstance(figures.against_naive, Decimal)
        return
    if naive and method != "naive":
        assert float(figures.against_naive) == pytest.approx(float(sum(map(abs, errors)) / naive), rel=1e-12)
    squares = [error**2 / variance(method, place, 1, *arguments) for place, error in zip(tested, errors, strict=True)]
    for step, (row, value) in enumerate(zip(figures.forecast, values, strict=True), start=1):
        wide = 1.2815515655446004 * math.sqrt(
            statistics.mean(squares) * variance(method, len(actual), step, *arguments)
        )
        assert float(row.high) == pytest.approx(float(value) + wide, rel=1e-9)
        assert float(row.low) == pytest.approx(max(0.0, float(value) - wide), rel=1e-9, abs=1e-6)


def test_four_of_five_normal_cases_lie_in_the_interval() -> None:
    """The factor of the interval is that of the normal distribution."""
    assert float(Z_80) == pytest.approx(statistics.NormalDist().inv_cdf(0.9), rel=1e-15)


def test_the_intervals_of_the_naive_method_are_those_that_r_prints() -> None:
    """R's naive() of Google's prices in Hyndman and Athanasopoulos: RMSE 6.208148, ten steps from 531.4783.

    Printed at forum.posit.co/t/replicating-examples-in-hyndman-and-athanasopoulos/73586. Here a history with that end
    and that root mean square of its changes.
    """
    step = Decimal("6.208148")
    history = [Decimal("531.4783") - (step if place % 2 else 0) for place in range(200, -1, -1)]
    rows = forecast(history, "naive", periods_ahead=10).forecast

    low = [523.5222, 520.2267, 517.6980, 515.5661, 513.6880, 511.9900, 510.4285, 508.9751, 507.6101, 506.3190]
    high = [539.4343, 542.7298, 545.2586, 547.3904, 549.2686, 550.9666, 552.5280, 553.9814, 555.3465, 556.6375]
    assert [float(row.low) for row in rows] == pytest.approx(low, abs=2e-4)
    assert [float(row.high) for row in rows] == pytest.approx(high, abs=2e-4)


@given(st.lists(st.decimals(1, 10**6, places=2), min_size=6, max_size=30))
def test_the_interval_of_the_mean_is_the_textbook_one(history: list[Decimal]) -> None:
    """Mean ± z × standard deviation × √(1 + 1 ÷ n), though it is worked out from the errors of the back-test."""
    row = forecast(history, "mean").forecast[0]
    values = [Fraction(value) for value in history]
    deviation = math.sqrt(statistics.variance(values))

    wide = 1.2815515655446004 * deviation * math.sqrt(1 + 1 / len(values))
    assert float(row.high - row.value) == pytest.approx(wide, rel=1e-9, abs=1e-9)


def test_a_growing_season_is_the_drift_method_over_seasons() -> None:
    """With changes that do not vary, nothing is uncertain; each further season adds the change once more."""
    history = [100 + 10 * place + (place % 4) * 37 for place in range(16)]
    rows = forecast(history, "seasonal_trend", season_periods=4, periods_ahead=9).forecast

    assert [row.value for row in rows] == [100 + 10 * place + (place % 4) * 37 for place in range(16, 25)]
    assert [row.low for row in rows] == [row.high for row in rows] == [row.value for row in rows]


@given(st.integers(0, 10**6), st.integers(0, 10**4), st.integers(4, 30))
def test_a_line_is_forecast_without_error(start: int, change: int, periods: int) -> None:
    """What has always grown by the same goes on so."""
    figures = forecast([start + change * place for place in range(periods)], "trend", periods_ahead=5)

    going_on = [start + change * place for place in range(periods, periods + 5)]
    assert [float(row.value) for row in figures.forecast] == pytest.approx(going_on, rel=1e-20, abs=1e-18)
    assert float(figures.absolute_errors) == pytest.approx(0, abs=1e-15)
    assert float(figures.change) == pytest.approx(change, rel=1e-20, abs=1e-20)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=12), st.integers(2, 4))
def test_what_recurs_is_forecast_without_error(season: list[int], times: int) -> None:
    """A season that has always been the same comes again, with growth as well, since there was none."""
    history = season * times
    for method in ("seasonal_naive", "seasonal_trend"):
        figures = forecast(history, method, season_periods=len(season), periods_ahead=36)

        assert [row.value for row in figures.forecast] == [season[place % len(season)] for place in range(36)]
        assert figures.absolute_errors == 0


@pytest.mark.parametrize("method", METHODS)
@given(histories, st.sampled_from(["0.001", "7", "1000"]))
def test_ten_times_the_revenue_is_ten_times_the_forecast(method: str, history: list[Decimal], factor: str) -> None:
    """Another currency changes every amount by its rate, and no percentage."""
    before, after = (
        forecast(values, method, season_periods=4)
        for values in (history, [value * Decimal(factor) for value in history])
    )

    for name in ("value", "low", "high"):
        for row, scaled in zip(before.forecast, after.forecast, strict=True):
            figure, other = getattr(row, name), getattr(scaled, name)
            if isinstance(figure, Decimal):
                assert float(other) == pytest.approx(float(figure * Decimal(factor)), rel=1e-12, abs=1e-12)
    for name in ("wmape", "naive_wmape", "against_naive", "best_alpha"):
        figure = getattr(before, name)
        if isinstance(figure, Decimal):
            assert float(getattr(after, name)) == pytest.approx(float(figure), rel=1e-12, abs=1e-15)


@given(st.lists(st.decimals(1, 10**6, places=2), min_size=6, max_size=20), st.integers(1, 100))
@cases(40)
def test_no_alpha_that_can_be_tried_is_better_than_the_best(history: list[Decimal], percent: int) -> None:
    """By the sum of squares of what a run with that alpha would have forecast."""

    def squares(alpha: Decimal) -> Decimal:
        tested = forecast(history, "exponential_smoothing", alpha=alpha).fitted
        return sum(((value - actual) ** 2 for value, actual in zip(tested, history[1:], strict=True)), Decimal(0))

    figures = forecast(history, "exponential_smoothing")
    if len(set(history[:-1])) == 1:
        assert figures.best_alpha.code == "any_alpha"
        return
    assert squares(figures.best_alpha) <= squares(Decimal(percent) / 100) * (1 + Decimal("1e-20"))
    with_it = forecast(history, "exponential_smoothing", alpha=figures.best_alpha)
    assert float(with_it.wmape) == pytest.approx(float(figures.best_wmape), rel=1e-20)


def test_where_all_alphas_err_alike_none_is_best() -> None:
    """The last value alone differs, and no forecast that is tested has seen it."""
    for history in ([Decimal(100)] * 8, [*[Decimal(100)] * 7, Decimal(150)]):
        assert forecast(history, "exponential_smoothing").best_alpha.code == "any_alpha"


def test_beyond_a_thousand_periods_no_best_alpha_is_looked_for() -> None:
    """It would take a phone seconds, and nobody has so many months."""
    history = [100 + place % 7 for place in range(1001)]

    assert isinstance(forecast(history[:1000], "exponential_smoothing").best_alpha, Decimal)
    assert forecast(history, "exponential_smoothing").best_alpha.code == "too_long"


@given(histories, st.sampled_from(METHODS))
def test_a_forecast_further_ahead_is_no_more_certain(history: list[Decimal], method: str) -> None:
    """Neither end comes nearer to the forecast with more steps, and the lower one is never below zero."""
    rows = forecast(history, method, season_periods=4, periods_ahead=12).forecast
    if not isinstance(rows[0].low, Decimal):
        return
    widths = [row.high - row.value for row in rows]
    assert all(later >= earlier - Decimal("1e-18") for earlier, later in pairwise(widths))
    assert all(0 <= row.low <= row.value <= row.high for row in rows)


def test_the_page_says_which_method_it_may_not_use_yet() -> None:
    """How many periods are needed stands in the answer."""
    page = to_page(calculators.run("revenue-forecast", {"history": [1, 2, 3], "method": "seasonal_trend"}))

    assert page["headline"] == ("There is no forecast yet: this method needs the revenue of at least 24 past periods.")
    assert page["chart"]["head"] == ["Period", "Actual", "Forecast"]
