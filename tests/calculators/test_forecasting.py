"""Forecasts against independent ways to the same figures."""

import itertools
import math
import statistics
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.outcome import Undefined
from calculators.core.numbers.numerals import numerals
from calculators.core.numbers.simulation import MOST_EXACT, RUNS, Distribution
from calculators.core.page.answer import to_page
from calculators.core.running.run import run_text
from calculators.core.words.catalogue import LANGUAGES

Deals = list[tuple[Decimal, Decimal]]

amounts = st.decimals(0, 10**6, places=2)
chances = st.decimals(0, 1, places=3)
few_deals = st.lists(st.tuples(amounts, chances), min_size=1, max_size=8)
many_deals = st.lists(st.tuples(amounts, chances), min_size=MOST_EXACT + 1, max_size=30)
histories = st.lists(st.decimals(1, 10**6, places=2), min_size=2, max_size=20)
SHARES = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))


def forecast(deals: Deals, goal: Decimal = Decimal(0)) -> dict[str, Any]:
    """Return the outputs for deals without names."""
    rows = [{"name": "", "value": value, "probability": probability} for value, probability in deals]
    return calculators.run("weighted-forecast", {"deals": rows, "goal": goal}).outputs


def enumerated(deals: Deals) -> dict[Fraction, Fraction]:
    """Return the chance of each total, from every outcome one by one."""
    totals: dict[Fraction, Fraction] = {}
    for outcome in itertools.product((True, False), repeat=len(deals)):
        total, chance = Fraction(0), Fraction(1)
        for (value, probability), is_won in zip(deals, outcome, strict=True):
            total += Fraction(value) if is_won else 0
            chance *= Fraction(probability) if is_won else 1 - Fraction(probability)
        if chance:
            totals[total] = totals.get(total, Fraction(0)) + chance
    return dict(sorted(totals.items()))


@given(few_deals, amounts)
def test_few_deals_agree_with_every_outcome_listed(deals: Deals, goal: Decimal) -> None:
    """Quantiles, chances, mean and deviation are those of the listed outcomes, not near them."""
    figures, totals = forecast(deals, goal), enumerated(deals)

    for name, share in zip(("p10", "p50", "p90"), SHARES, strict=True):
        reached = itertools.accumulate(totals.values())
        expected = next(total for total, sum_ in zip(totals, reached, strict=True) if sum_ >= Fraction(share))
        assert Fraction(figures[name]) == expected
    chance = sum(chance for total, chance in totals.items() if total >= Fraction(goal))
    assert float(figures["goal_probability"]) == pytest.approx(float(chance), rel=1e-15)
    middle = sum(total * chance for total, chance in totals.items())
    variance = sum((total - middle) ** 2 * chance for total, chance in totals.items())
    assert float(figures["weighted_value"]) == pytest.approx(float(middle), rel=1e-15)
    assert float(figures["standard_deviation"]) == pytest.approx(math.sqrt(variance), rel=1e-12)


# --- a common shock, and what is safe ---------------------------------------------------------------------------------


def shocked(deals: Deals, shock: Decimal) -> dict[Fraction, Fraction]:
    """Return the chance of each total, from every outcome of a good and of a bad period."""
    totals: dict[Fraction, Fraction] = {}
    for sign in (1, -1):
        moved = [(value, p + sign * Fraction(shock) * min(p, 1 - p)) for value, p in _fractions(deals)]
        for total, chance in enumerated(moved).items():  # type: ignore[arg-type]  # fractions count as decimals do
            totals[total] = totals.get(total, Fraction(0)) + chance / 2
    return dict(sorted(totals.items()))


def _fractions(deals: Deals) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(value), Fraction(probability)) for value, probability in deals]


@given(st.lists(st.tuples(amounts, chances), min_size=1, max_size=6), chances, amounts)
def test_a_common_shock_agrees_with_every_outcome_listed(deals: Deals, shock: Decimal, goal: Decimal) -> None:
    """Quantiles are the smallest totals that reach the share, and mean and deviation those of the listed outcomes."""
    rows = [{"name": "", "value": value, "probability": probability} for value, probability in deals]
    given_inputs = {"deals": rows, "goal": goal, "common_shock": shock}
    figures, totals = calculators.run("weighted-forecast", given_inputs).outputs, shocked(deals, shock)

    for name, share in zip(("p10", "p50", "p90"), SHARES, strict=True):
        reached = itertools.accumulate(totals.values())
        expected = next(total for total, sum_ in zip(totals, reached, strict=True) if sum_ >= Fraction(share))
        assert Fraction(figures[name]) == expected
    chance = sum(chance for total, chance in totals.items() if total >= Fraction(goal))
    assert float(figures["goal_probability"]) == pytest.approx(float(chance), rel=1e-15, abs=1e-15)
    middle = sum(total * chance for total, chance in totals.items())
    variance = sum((total - middle) ** 2 * chance for total, chance in totals.items())
    assert float(figures["weighted_value"]) == pytest.approx(float(middle), rel=1e-15)
    assert float(figures["standard_deviation"]) == pytest.approx(math.sqrt(variance), rel=1e-12)
    safe = max(total for total in totals if sum(c for t, c in totals.items() if t >= total) >= Fraction(4, 5))
    assert Fraction(figures["safe_goal"]) == safe


@given(many_deals, chances, st.decimals("0.001", 1, places=3))
def test_what_is_reached_with_a_chance_is_the_largest_such_total(deals: Deals, shock: Decimal, chance: Decimal) -> None:
    """Simulated too: this total has the chance, and the next larger one has not."""
    distribution = Distribution(deals, shock)
    total = distribution.reached_with(chance)

    assert distribution.chance_of(total) >= chance
    assert distribution.chance_of(total + Decimal("1e-6")) < chance
    smallest = distribution.quantile(chance)
    assert 1 - distribution.chance_of(smallest + Decimal("1e-6")) >= chance
    assert not smallest or 1 - distribution.chance_of(smallest) < chance


@given(few_deals, chances, chances)
def test_a_larger_shock_never_narrows_the_spread(deals: Deals, one: Decimal, other: Decimal) -> None:
    """What the deals bring on average stays; it varies more, or as much where at most one deal is open."""
    rows = [{"name": "", "value": value, "probability": probability} for value, probability in deals]
    less, more = (
        calculators.run("weighted-forecast", {"deals": rows, "common_shock": shock}).outputs
        for shock in sorted((one, other))
    )

    assert less["weighted_value"] == more["weighted_value"]
    assert less["standard_deviation"] <= more["standard_deviation"]


def test_simulated_shocks_lie_near_the_exact_ones() -> None:
    """Forty equal deals: the mean of two binomial distributions, each chance within four standard errors."""
    distribution = Distribution([(Decimal(100), Decimal("0.3"))] * 40, Decimal("0.5"))

    for wins in range(1, 40):
        exact = statistics.mean(
            sum(math.comb(40, won) * p**won * (1 - p) ** (40 - won) for won in range(wins, 41)) for p in (0.45, 0.15)
        )
        error = 4 * math.sqrt(exact * (1 - exact) / RUNS) + 1 / RUNS
        assert float(distribution.chance_of(Decimal(100 * wins))) == pytest.approx(exact, abs=error)


def test_a_whole_shock_wins_or_loses_even_deals_together() -> None:
    """Even deals are all won or all lost; what is certain or hopeless stays so."""
    deals = [(Decimal(10), Decimal("0.5"))] * 3 + [(Decimal(1), Decimal(1)), (Decimal(100), Decimal(0))]
    distribution = Distribution(deals, Decimal(1))

    assert [distribution.quantile(share) for share in SHARES] == [1, 1, 31]
    assert distribution.chance_of(Decimal(2)) == distribution.chance_of(Decimal(31)) == Decimal("0.5")
    assert distribution.chance_of(Decimal(32)) == 0


@given(few_deals, amounts, amounts)
def test_what_is_booked_moves_the_totals_of_the_period_only(deals: Deals, booked: Decimal, goal: Decimal) -> None:
    """The goal is that of the open deals, so that nothing is counted twice."""
    calls = itertools.cycle(("commit", "best_case", "pipeline", ""))
    rows = [
        {"name": "", "value": value, "probability": probability, "call": call}
        for (value, probability), call in zip(deals, calls, strict=False)
    ]
    without, with_it = (
        calculators.run(
            "weighted-forecast", {"deals": rows, "goal": goal, "booked": already, "category_and_age": True}
        ).outputs
        for already in (None, booked)
    )

    moved = {"safe_goal", "committed", "best_case_called"}
    assert {name: with_it[name] - without[name] for name in moved} == dict.fromkeys(moved, booked)
    assert {name: with_it[name] for name in with_it if name not in moved} == {
        name: without[name] for name in without if name not in moved
    }
    called = deals[::4], [*deals[::4], *deals[1::4]]
    values = [sum((value for value, _probability in some), Decimal(0)) for some in called]
    assert [without["committed"], without["best_case_called"]] == values
    chances_of = [Distribution(deals).chance_of(value) for value in values]
    assert [without["committed_chance"], without["best_case_called_chance"]] == chances_of


def test_only_what_is_older_than_usual_is_old() -> None:
    """As old as usual is not older, and a deal without days is not known to be."""
    rows = [{"name": "", "value": 100, "probability": "0.5", "days_in_stage": age} for age in (30, 31, None, 0)]
    result = calculators.run("weighted-forecast", {"deals": rows, "category_and_age": True, "usual_days": 30})

    assert result.outputs["aged_value"] == 50
    assert {"aged", "undated"} <= {note.code for note in result.notes}
    assert "150" in next(result.note_text(note) for note in result.notes if note.code == "aged")


def test_while_the_option_is_off_its_columns_say_nothing() -> None:
    """Neither figures nor reasons nor cautions: what nobody sees does not count."""
    rows = [{"name": "", "value": 9, "probability": "0.5", "call": "commit", "days_in_stage": 99}]
    result = calculators.run("weighted-forecast", {"deals": rows, "usual_days": 1})

    assert result.outputs["committed"] is result.outputs["aged_value"] is None
    assert [note.code for note in result.notes] == ["exact", "goal_out_of_reach"]


@pytest.mark.parametrize(
    "deals", ["A,10,0.5", "A,10,0.5,commit", "A,10,0.5,,7", '[{"name": "A", "value": 10, "probability": 0.5}]']
)
def test_links_without_the_last_columns_are_read(deals: str) -> None:
    """As they were written before these columns came."""
    (deal,) = calculators.run("weighted-forecast", {"deals": deals}).inputs.deals

    assert (deal.name, deal.value, deal.probability) == ("A", 10, Decimal("0.5"))
    assert deal.call == ("commit" if "commit" in deals else "")
    assert deal.days_in_stage == (7 if "7" in deals else None)


@pytest.mark.parametrize("deals", ["A,10", "A,10,0.5,commit,7,8", "A"])
def test_links_that_lack_more_are_refused(deals: str) -> None:
    """An amount and a probability are needed."""
    with pytest.raises(calculators.InvalidInputs):
        calculators.run("weighted-forecast", {"deals": deals})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_category_may_be_typed_in_any_language(language: str) -> None:
    """As the list shows it there, as it is called elsewhere, or as programs write it; empty it is none."""
    field = calculators.all_calculators()["weighted-forecast"].input_fields["deals"]
    call = field.columns["call"]  # type: ignore[attr-defined]  # it is a table
    for key in call.options:
        for word in (key, call.show(key, numerals(language)), call.show(key, numerals("en"))):
            row = {"name": "A", "value": "9", "probability": "50%", "call": word, "days_in_stage": ""}
            (deal,) = run_text("weighted-forecast", {"deals": [row]}, language).inputs.deals
            assert deal.call == key

    with pytest.raises(calculators.InvalidInputs):
        run_text("weighted-forecast", {"deals": [row | {"call": "omitted"}]}, language)


def test_twenty_deals_of_different_size_stay_exact() -> None:
    """Powers of two make 2^20 totals, all different; at 50% each total is equally likely."""
    deals = [(Decimal(2**place), Decimal("0.5")) for place in range(MOST_EXACT)]
    distribution = Distribution(deals)

    assert distribution.is_exact
    assert [distribution.quantile(share) for share in SHARES] == [math.ceil(share * 2**20) - 1 for share in SHARES]
    assert distribution.chance_of(Decimal(1)) == 1 - Decimal(1) / 2**20
    assert distribution.chance_of(Decimal("1.5")) == 1 - Decimal(2) / 2**20


@given(many_deals)
def test_many_deals_stay_within_what_can_be_reached(deals: Deals) -> None:
    """Percentiles are ordered, between the certain amount and the best case, and a chance counts whole runs."""
    figures = forecast(deals, deals[0][0])

    certain = sum((value for value, probability in deals if probability == 1), Decimal(0))
    assert certain <= figures["p10"] <= figures["p50"] <= figures["p90"] <= figures["best_case"]
    assert figures["goal_probability"] * RUNS % 1 == 0


@given(many_deals, st.integers(0, MOST_EXACT), amounts)
def test_a_better_chance_never_lowers_a_simulated_figure(deals: Deals, place: int, goal: Decimal) -> None:
    """The same random numbers are used again, so that a difference comes from the change and not from chance."""
    value, probability = deals[place]
    better = [*deals[:place], (value, (1 + probability) / 2), *deals[place + 1 :]]
    before, after = forecast(deals, goal), forecast(better, goal)

    assert all(after[name] >= before[name] for name in ("p10", "p50", "p90", "goal_probability"))


def test_simulated_figures_lie_near_the_exact_ones() -> None:
    """Forty equal deals are binomial: each chance within four standard errors."""
    distribution = Distribution([(Decimal(100), Decimal("0.3"))] * 40)

    assert not distribution.is_exact
    for wins in range(1, 40):
        exact = sum(math.comb(40, won) * 0.3**won * 0.7 ** (40 - won) for won in range(wins, 41))
        error = 4 * math.sqrt(exact * (1 - exact) / RUNS) + 1 / RUNS
        assert float(distribution.chance_of(Decimal(100 * wins))) == pytest.approx(exact, abs=error)


def test_different_deals_are_drawn_independently() -> None:
    """Mean and deviation of the drawn totals are the analytic ones, within four standard errors."""
    deals = [(Decimal(1000 + 37 * place), Decimal(place + 1) / 50) for place in range(48)]
    distribution = Distribution(deals)

    drawn = [float(distribution.quantile(Decimal(run) / RUNS)) for run in range(1, RUNS + 1)]
    middle = float(sum(value * probability for value, probability in deals))
    deviation = math.sqrt(sum(p * (1 - p) * v * v for v, p in deals))
    assert statistics.mean(drawn) == pytest.approx(middle, abs=4 * deviation / math.sqrt(RUNS))
    assert statistics.stdev(drawn) == pytest.approx(deviation, rel=4 / math.sqrt(2 * RUNS))


def test_simulated_figures_are_pinned() -> None:
    """The same on every machine and in every Python: another generator or order of draws would be noticed."""
    deals = [(Decimal(7919 * (place % 13 + 1)), Decimal(place % 19 + 1) / 20) for place in range(60)]
    figures = forecast(deals, Decimal(1_600_000))

    assert [figures[name] for name in ("p10", "p50", "p90")] == [1_298_716, 1_544_205, 1_797_613]
    assert figures["goal_probability"] == Decimal("0.3885")


def test_two_hundred_deals_are_fast() -> None:
    """Far below the 60 ms that leave a browser 250 ms; the limit here is generous for a busy machine."""
    deals = [(Decimal(1000 + place), Decimal(place % 99 + 1) / 100) for place in range(200)]
    start = time.perf_counter()
    Distribution(deals).quantile(SHARES[1])

    assert time.perf_counter() - start < 0.2


@pytest.mark.parametrize("deals", [6, 1000])
def test_the_chart_falls_from_sure_to_unlikely(deals: int) -> None:
    """Round amounts in ascending order, six to thirteen, with chances that never rise."""
    rows = [{"name": "", "value": 1000 * (place + 1), "probability": "0.3"} for place in range(deals)]
    page = to_page(calculators.run("weighted-forecast", {"deals": rows}))

    values = [entry["value"] for entry in page["chart"]["option"]["series"][0]["data"]]
    assert 6 <= len(values) <= 13
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.9
    assert values[-1] < 0.1


def test_names_of_deals_stay_out_of_links() -> None:
    """A deal's name could name a customer."""
    field = calculators.all_calculators()["weighted-forecast"].input_fields["deals"]

    assert field.columns["name"].is_private  # type: ignore[attr-defined]  # it is a table


@given(histories, st.sampled_from(["naive", "mean", "exponential_smoothing"]), chances)
def test_revenue_forecast_agrees_with_each_method_by_its_own_definition(
    history: list[Decimal], method: str, alpha: Decimal
) -> None:
    """The last value, the mean of all so far, and the weights alpha × (1 − alpha)^age."""

    def by_definition(known: list[Fraction]) -> Fraction:
        if method == "naive":
            return known[-1]
        if method == "mean":
            return Fraction(sum(known), len(known))
        keep = 1 - Fraction(alpha)
        recent = sum(Fraction(alpha) * keep**age * value for age, value in enumerate(reversed(known[1:])))
        return recent + keep ** (len(known) - 1) * known[0]

    actual = [Fraction(value) for value in history]
    errors = [by_definition(actual[:place]) - actual[place] for place in range(1, len(actual))]
    figures = calculators.run("revenue-forecast", {"history": history, "method": method, "alpha": alpha}).outputs

    assert float(figures["forecast"][0].value) == pytest.approx(float(by_definition(actual)), rel=1e-12)
    relative = [abs(error) / value for error, value in zip(errors, actual[1:], strict=True)]
    assert float(figures["mape"]) == pytest.approx(float(statistics.mean(relative)), rel=1e-12)
    assert float(figures["wmape"]) == pytest.approx(float(sum(map(abs, errors)) / sum(actual[1:])), rel=1e-12)
    assert float(figures["bias"]) == pytest.approx(float(statistics.mean(errors)), rel=1e-12, abs=1e-9)


@given(st.decimals(1, 10**6, places=2), st.integers(2, 20), st.sampled_from(["naive", "mean", "exponential_smoothing"]))
def test_a_level_series_is_forecast_without_error(value: Decimal, periods: int, method: str) -> None:
    """What never moved is expected to stay."""
    figures = calculators.run("revenue-forecast", {"history": [value] * periods, "method": method}).outputs

    assert float(figures["forecast"][-1].value) == pytest.approx(float(value), rel=1e-20)
    assert float(figures["mape"]) == pytest.approx(0, abs=1e-20)


@pytest.mark.parametrize("periods", ["0", "37", "1.5"])
def test_a_forecast_reaches_one_to_thirty_six_periods(periods: str) -> None:
    """Further ahead a flat line says nothing."""
    with pytest.raises(calculators.InvalidInputs):
        calculators.run("revenue-forecast", {"periods_ahead": periods})


def test_the_chart_of_a_long_history_shows_its_end() -> None:
    """Five years of months and what comes; the forecast line begins one period after the first value."""
    long = to_page(calculators.run("revenue-forecast", {"history": list(range(1, 201)), "periods_ahead": 2}))["chart"]
    short = to_page(calculators.run("revenue-forecast"))["chart"]

    assert [row[0] for row in long["rows"]] == [str(place) for place in range(141, 203)]
    assert short["rows"][0] == ["1", "82,000", "–", "–", "–"]
    assert short["rows"][-1] == ["15", "–", "101,247.89", "92,119.06", "110,376.72"]


# --- waterfall --------------------------------------------------------------------------------------------------------

amounts_of_moves = st.fixed_dictionaries(
    {
        f"{name}_value": st.decimals(0, 10**6, places=2)
        for name in ("start", "created", "reopened", "pulled_in", "raised", "lowered", "pushed_out", "won", "lost")
    }
)


@given(amounts_of_moves, st.integers(0, 200), st.integers(0, 200))
def test_the_steps_add_up_to_the_end(values: dict[str, Decimal], start: int, pushed_out: int) -> None:
    """Whatever moves: first row plus all between them is the last row, by deals and by amount, to the coin."""
    result = calculators.run("pipeline-waterfall", values | {"start_deals": start, "pushed_out_deals": pushed_out})
    first, *between, last = result.figures.steps

    assert first.value + sum(step.value for step in between) == last.value == result.outputs["end_value"]
    assert first.deals + sum(step.deals for step in between) == last.deals == result.outputs["end_deals"]
    by_count = result.outputs["slippage_by_count"]
    assert by_count is None if start < 5 else by_count == Decimal(pushed_out) / start


def test_what_was_counted_shows_what_is_missing() -> None:
    """A pipeline counted at the end is compared with the one worked out, in both directions."""
    for counted, difference in ((815_000, 15_000), (790_000, -10_000), (800_000, 0)):
        result = calculators.run("pipeline-waterfall", {"counted_value": counted})
        assert result.outputs["unexplained_value"] == difference
        assert ("does_not_close" in {note.code for note in result.notes}) == bool(difference)


def test_more_deals_leaving_than_came_is_said_to_be_impossible() -> None:
    """Also where the amounts would allow it."""
    result = calculators.run("pipeline-waterfall", {"won_deals": 60})

    assert result.outputs["end_value"] == 800_000
    assert "below_zero" in {note.code for note in result.notes}
    assert result.headline.startswith("These numbers cannot all be right")


def test_without_a_commit_there_is_no_chance_to_reach_one() -> None:
    """A commit of nothing would be reached with certainty; best case alone has figures, and no deals need none."""
    rows = [{"name": "A", "value": 10, "probability": "0.5", "call": call} for call in ("pipeline", "best_case")]
    figures = calculators.run("weighted-forecast", {"deals": rows, "category_and_age": True}).figures

    assert figures.committed == figures.committed_chance == Undefined("no_categories")
    assert (figures.best_case_called, figures.best_case_called_chance) == (10, Decimal("0.75"))
    none = calculators.run("weighted-forecast", {"deals": rows[:1], "category_and_age": True}).figures
    assert none.best_case_called == Undefined("no_categories")
    empty = calculators.run("weighted-forecast", {"deals": [], "category_and_age": True}).figures
    assert empty.committed == empty.aged_value == Undefined("no_deals")
