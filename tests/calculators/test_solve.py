"""Finding the input that brings a wanted result."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import calculators
from calculators.__main__ import main
from calculators.core.declaring.choices import Choice, Flag, Rating, Text
from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import InvalidInputs, Undefined
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.exploring.pairs import pairs
from calculators.core.exploring.search import range_of
from calculators.core.exploring.solve import Answer, solve
from calculators.core.page.solution_text import solution_text
from calculators.core.running.calculator import Calculator
from calculators.core.running.run import Result, compute_with
from calculators.core.words.catalogue import LANGUAGES
from tests.cases import cases

AIM = ["--for", "win_rate", "--output", "revenue_per_day"]
PAIRS = [
    (calculator, unknown, output)
    for calculator in calculators.all_calculators().values()
    for unknown in calculator.variable_inputs
    for output in calculator.figures
]


@pytest.fixture(autouse=True)
def _on_a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it look as long as it takes: on a busy machine, the second that a reader waits at most may be too short."""
    monkeypatch.setattr("calculators.core.exploring.search._LONGEST", 60.0)


def reaches(goal: str, found: Any, target: Decimal) -> bool:
    """Whether a result reaches a goal, but for the last digits of the arithmetic."""
    if found is None or isinstance(found, Undefined):
        return False
    close = max(abs(target), Decimal("0.1")) * Decimal("1e-20")
    is_reached: dict[str, bool] = {
        "at_least": found >= target - close,
        "at_most": found <= target + close,
        "exactly": abs(found - target) <= close,
    }
    return is_reached[goal]


def figure(result: Result, unknown: str, output: str, value: Decimal) -> Any:
    """Return the result for another value of an input."""
    return getattr(compute_with(result.calculator, result.inputs, {unknown: value}), output)


def is_claimed(found: Answer, value: Decimal) -> bool:
    """Whether the answer says that a value reaches the goal."""
    return any(
        (stretch.low is None or stretch.low.value <= value) and (stretch.high is None or value <= stretch.high.value)
        for stretch in found.stretches
    )


@pytest.mark.parametrize(("calculator", "unknown", "output"), PAIRS, ids=lambda part: getattr(part, "id", part))
def test_what_the_defaults_give_is_found_again(calculator: Calculator, unknown: str, output: str) -> None:
    """Aiming for the present result, the present value is among those that reach it, or has no influence."""
    result = calculators.run(calculator.id)
    target = result.outputs[output]
    now = getattr(result.inputs, unknown)
    if target is None or now is None:
        pytest.skip("the defaults have no result or no value here")

    found = solve(result, unknown, output, target)

    assert found.depends == (found.lowest != found.highest)
    if found.depends:
        close = abs(now) * Decimal("1e-12")
        assert is_claimed(found, now) or any(abs(solution.value - now) <= close for solution in found.solutions)
    else:
        assert found.solutions == ()


def _inputs_of(calculator: Calculator, data: st.DataObject) -> dict[str, Any]:
    return {name: data.draw(_values(field), label=name) for name, field in calculator.input_fields.items()}


def _values(field: Any) -> st.SearchStrategy[Any]:
    """Return values of the size that people type, with the ends of the range among them."""
    match field:
        case Series():
            return st.lists(_values(field.item), max_size=8)
        case Table():
            cells = {name: _values(column) for name, column in field.columns.items()}
            return st.lists(st.fixed_dictionaries(cells), min_size=field.minimum_rows, max_size=field.minimum_rows + 3)
        case Choice():
            return st.sampled_from(list(field.options))
        case Flag():
            return st.booleans()
        case Rating():
            return st.sampled_from(["0", "1", "2", "3", "unknown"])
        case Text():
            return st.just("")
    assert isinstance(field, Number)
    assert field.minimum is not None
    assert field.maximum is not None
    least, most = int(field.minimum), min(int(field.maximum), 10**6)
    numbers: st.SearchStrategy[Any] = st.integers(least, most) if field.is_whole else st.decimals(least, most, places=2)
    return st.none() | numbers if field.is_optional else numbers


def _pair(data: st.DataObject, calculator: Calculator, *, is_whole: bool = False) -> tuple[str, str]:
    """Draw an input and a result. Between two of the places looked at, an error may fall and rise again with alpha."""
    unknowns = [
        name for name, field in calculator.variable_inputs.items() if name != "alpha" and field.is_whole >= is_whole
    ]
    return data.draw(st.sampled_from(unknowns)), data.draw(st.sampled_from(list(calculator.figures)))


SOLVABLE = [calculator for calculator in calculators.all_calculators().values() if pairs(calculator.id)]
WITH_WHOLE = [
    calculator for calculator in SOLVABLE if any(field.is_whole for field in calculator.variable_inputs.values())
]


@pytest.mark.parametrize("calculator", SOLVABLE, ids=lambda calculator: calculator.id)
@cases(30)
@given(data=st.data())
def test_whatever_is_claimed_is_true_when_run(calculator: Calculator, data: st.DataObject) -> None:
    """Every end reaches the goal, a step beyond it does not, and no value is claimed wrongly or left out."""
    unknown, output = _pair(data, calculator)
    try:
        result = calculators.run(
            calculator.id, _inputs_of(calculator, data), currency=data.draw(st.sampled_from(["", "KRW"]))
        )
    except InvalidInputs:
        assume(condition=False)
    values = _values(calculator.variable_inputs[unknown]).filter(lambda value: value not in {None, "unknown"})
    values = values.map(Decimal)
    reached = figure(result, unknown, output, data.draw(values, label="aimed at"))
    # A goal that some value brings, or nearly, or any.
    factor = data.draw(st.sampled_from(["1", "1.01", "0.9"]))
    target = (
        data.draw(st.decimals(-5, 10**5, places=2)) if isinstance(reached, Undefined) else reached * Decimal(factor)
    )

    found = solve(result, unknown, output, target)

    limits = range_of(calculator.variable_inputs[unknown], result)
    for solution in found.solutions:
        assert limits.least <= solution.typed <= limits.most
        if found.goal != "exactly":
            assert reaches(found.goal, figure(result, unknown, output, solution.value), target)
            assert reaches(found.goal, figure(result, unknown, output, solution.typed), target)
        if solution.edge != "at" and len(found.stretches) == 1:
            away = -1 if solution.edge == "from" else 1
            way = limits.step if limits.is_whole else max(abs(solution.value), limits.step) * Decimal("1e-6")
            beyond = solution.value + away * way
            if limits.least <= beyond <= limits.most:
                assert not reaches(found.goal, figure(result, unknown, output, beyond), target)
    if found.depends:
        for value in data.draw(st.lists(values, max_size=10), label="others"):
            at_value = figure(result, unknown, output, value)
            if not isinstance(at_value, Undefined) and value not in {solution.value for solution in found.solutions}:
                assert is_claimed(found, value) == reaches(found.goal, at_value, target)
    assert "{" not in solution_text(result, unknown, output, found)


@pytest.mark.parametrize("calculator", WITH_WHOLE, ids=lambda calculator: calculator.id)
@cases(10)
@given(data=st.data(), share=st.decimals("0.2", "3", places=2))
def test_whole_numbers_agree_with_trying_them_all(calculator: Calculator, data: st.DataObject, share: Decimal) -> None:
    """Of the numbers up to 300, those claimed are exactly those that reach the goal."""
    unknown, output = _pair(data, calculator, is_whole=True)
    result = calculators.run(calculator.id, {"lost": 5} if calculator.id == "win-rate" else {})
    now = result.outputs[output]
    if now is None:
        return
    target = now * share
    found = solve(result, unknown, output, target)
    if not found.depends:
        return

    limits = range_of(calculator.variable_inputs[unknown], result)
    for value in map(Decimal, range(int(limits.least), min(int(limits.most), 300) + 1)):
        at_value = figure(result, unknown, output, value)
        if not isinstance(at_value, Undefined):
            assert is_claimed(found, value) == reaches(found.goal, at_value, target)


CASES = [
    # A cost is reached from below, and with whole customers.
    ("customer-acquisition-cost", "new_customers", "acquisition_cost", "900", "112", "from", "at most 900 from 112 on"),
    ("customer-acquisition-cost", "new_customers", "payback_months", "4.2", "120", "from", "from 120 on"),
    ("pursuit-cost", "years", "break_even_probability", "0.1", "3", "from", "at most 10% from 3 on"),
    ("win-rate", "lost", "win_rate", "0.4", "36", "up_to", "at least 40% up to 36"),
    # A plateau begins or ends at its edge, wherever the present value lies.
    ("pipeline-coverage", "open_pipeline", "pipeline_gap", "0", "1520000", "from", "from 1,520,000 on"),
    ("sales-compensation", "bookings", "bonus", "500", "33000", "from", "at least 500 from 33,000 on"),
    ("sales-compensation", "bookings", "effective_rate", "0.05", "16500", "up_to", "is 5% up to 16,500"),
    # Rounded to what people type, and never beyond what reaches the goal.
    ("customer-lifetime-value", "monthly_churn", "lifetime_months", "60", "0.0166", "up_to", "up to 1.66% (Churn"),
    ("sales-velocity", "win_rate", "revenue_per_day", "3395.06", "0.3056", "from", "With 30.56%, it is 3,395.56."),
    ("sales-velocity", "cycle_days", "revenue_per_day", "4567", "54.7", "up_to", "up to 54.7 days"),
    ("average-deal-size", "won_revenue", "average_deal_size", "1000.003", "20000.06", "from", "from 20,000.06 on"),
    # Ratings rather than weights.
    ("bant", "authority", "score", "55", "2", "from", "from partial (2 of 3) on (Authority)"),
    # A jump over the goal.
    (
        "sales-compensation",
        "bookings",
        "total_pay",
        "9000",
        "33000",
        "from",
        "At 33,000 (Bookings), Total pay jumps from",
    ),
    ("sales-compensation", "quota", "total_pay", "9000", "40000", "up_to", "is reached up to 40,000"),
]


@pytest.mark.parametrize(("calculator", "unknown", "output", "target", "typed", "edge", "said"), CASES)
def test_an_end_is_said_and_used(
    calculator: str, unknown: str, output: str, target: str, typed: str, edge: str, said: str
) -> None:
    """“From … on” and “up to …”, with the value that is written into the field."""
    result = calculators.run(calculator)

    found = solve(result, unknown, output, Decimal(target))

    (solution,) = found.solutions
    assert (str(solution.typed), solution.edge) == (typed, edge)
    assert said in solution_text(result, unknown, output, found)


def test_a_plateau_is_the_same_from_wherever_one_starts() -> None:
    """From 100 as from 900,000, the gap is closed from 1,520,000 on."""
    for now in (0, 100, 900_000, 10**12):
        result = calculators.run("pipeline-coverage", {"open_pipeline": now})
        (solution,) = solve(result, "open_pipeline", "pipeline_gap", Decimal(0)).solutions
        assert solution.value == 1_520_000


def test_several_ranges_are_all_said_and_the_nearest_is_used() -> None:
    """A retroactive tier that pays less than what was earned before it lets the pay fall, and rise again."""
    tiers = [
        {"from_attainment": 0, "multiplier": 2, "retroactive": False},
        {"from_attainment": 1, "multiplier": 1, "retroactive": True},
    ]
    plan = {"tiers": tiers, "bonus_at_quota": 0, "spiff": 0, "base_salary": 0}
    result = calculators.run("sales-compensation", plan | {"bookings": 32_000})

    found = solve(result, "bookings", "total_pay", Decimal(5000))

    assert [(str(end.typed), end.edge) for end in found.solutions] == [
        ("25000", "from"),
        ("32999.99", "up_to"),
        ("50000", "from"),
    ]
    text = solution_text(result, "bookings", "total_pay", found)
    assert "25,000 to 32,999.99 · from 50,000 on" in text
    assert "nearest to yours is 32,999.99" in text


def test_a_jump_past_an_exact_goal_is_no_solution() -> None:
    """Where neither more nor less is better, a leap over the goal does not reach it."""
    tiers = [
        {"from_attainment": 0, "multiplier": 1, "retroactive": False},
        {"from_attainment": 1, "multiplier": 2, "retroactive": True},
    ]
    result = calculators.run("sales-compensation", {"tiers": tiers})

    found = solve(result, "bookings", "effective_rate", Decimal("0.15"))

    assert found.solutions == ()
    assert "jumps from 10% to 20%: no value leads to exactly 15%" in solution_text(
        result, "bookings", "effective_rate", found
    )


def test_a_goal_that_is_always_reached() -> None:
    """No value is proposed where each would do."""
    result = calculators.run("sales-compensation")

    found = solve(result, "base_salary", "total_pay", Decimal(100))

    assert found.is_always_reached
    assert "whatever the value of Base salary" in solution_text(result, "base_salary", "total_pay", found)


@pytest.mark.parametrize(
    ("calculator", "unknown", "output", "target", "said"),
    [
        ("win-rate", "won", "win_rate", "1.1", "as long as the other numbers stay as they are."),
        (
            "customer-acquisition-cost",
            "new_customers",
            "acquisition_cost",
            "-1",
            "as long as the other numbers stay as they are.",
        ),
        ("sales-compensation", "bookings", "bonus", "600", "Bonus is 500 at most."),
        ("pursuit-cost", "travel", "cost", "1000", "Cost of the pursuit is 26,000 at least."),
        ("bant", "timeline", "score", "90", "is 75 at most."),
    ],
)
def test_only_a_limit_with_a_meaning_is_named(
    calculator: str, unknown: str, output: str, target: str, said: str
) -> None:
    """What a billion new customers would bring helps nobody."""
    result = calculators.run(calculator)

    found = solve(result, unknown, output, Decimal(target))

    assert found.solutions == ()
    assert solution_text(result, unknown, output, found).endswith(said)


def test_rounding_follows_the_currency() -> None:
    """There is no hundredth of a won."""
    result = calculators.run("average-deal-size", {"won_deals": 7}, currency="KRW")

    (solution,) = solve(result, "won_revenue", "average_deal_size", Decimal("100.5")).solutions

    assert (solution.value, solution.typed) == (Decimal("703.5"), Decimal(704))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("calculator", "unknown", "output", "target", "typed", "edge", "said"), CASES)
def test_what_is_said_is_what_is_used(
    language: str, calculator: str, unknown: str, output: str, target: str, typed: str, edge: str, said: str
) -> None:
    """The figure of the sentence, read back in the language, is the value written into the field."""
    assert edge
    assert said
    result = calculators.run(calculator, {}, language)
    field = calculator_of(calculator).variable_inputs[unknown]

    text = solution_text(result, unknown, output, solve(result, unknown, output, Decimal(target)))

    assert field.show_in_full(Decimal(typed), result.numerals) in text


def calculator_of(name: str) -> Calculator:
    """Return a calculator by its id."""
    return calculators.all_calculators()[name]


def test_a_search_ends_when_each_run_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """With thousands of rows it says so, rather than holding the page."""
    monkeypatch.setattr("calculators.core.exploring.search._LONGEST", 0.0)
    result = calculators.run("sales-compensation")

    found = solve(result, "bookings", "total_pay", Decimal(9000))

    assert found.took_too_long
    assert "takes too long" in solution_text(result, "bookings", "total_pay", found)


@pytest.mark.parametrize("name", [name for name in calculators.all_calculators() if pairs(name)])
def test_the_pair_that_stands_first_depends_on_each_other(name: str) -> None:
    """The panel opens with a result and an input that moves it, in the worked example."""
    calculator = calculator_of(name)
    offered = pairs(name)
    output = calculator.headline if calculator.headline in offered else next(iter(offered))

    result = calculators.run(name)
    found = solve(result, offered[output][0], output, result.outputs[output])

    assert found.depends
    assert found.lowest != found.highest


def test_no_scorecard_offers_its_weights() -> None:
    """Whoever turns a weight or a half-life to reach a score deceives themselves."""
    for calculator in calculators.all_calculators().values():
        assert not [name for name in calculator.variable_inputs if name.endswith("_weight")]
    assert pairs("lead-score") == {}
    assert pairs("bant") == {"score": ("budget", "authority", "need", "timeline")}


LOWER_IS_BETTER = {
    "customer-acquisition-cost": {"acquisition_cost", "payback_months"},
    "lagged-acquisition-cost": {"lagged_cost", "same_month_cost"},
    "pipeline-coverage": {"remaining_quota", "required_coverage", "pipeline_gap", "gap_after_new", "gap_per_week"},
    "sales-cycle-length": {"mean_days", "median_days", "p75_days", "p90_days", "closing_interval_days"},
    "sales-cycle-from-dates": {
        *("median_days", "quarter_days", "three_quarter_days"),
        *("closed_median_days", "closed_mean_days", "longest_open_days"),
    },
    "pipeline-balance": {"overfull_stages", "stalled_stages", "empty_stages"},
    "pipeline-waterfall": {"slippage_by_count", "slippage_by_value"},
    "product-mix": {"total_leads", "total_deals"},
    "sales-capacity": {"gap", "more_sellers"},
    "revenue-plan": {"out_of_reach", "sellers_needed", "leads_per_week_needed", "total_leads"},
    "mutual-action-plan": {"days_late"},
    "pursuit-cost": {"cost", "cost_share_of_first_year", "break_even_probability", "second_place_loss"},
    "revenue-forecast": {"mape", "wmape", "against_naive"},
    "territory-balance": {"potential_to_move", "outside", "spread"},
    "revenue-retention": {"monthly_churn", "at_risk"},
    "commission-statement": {"clawed_back", "owed", "lost_to_cap"},
    "measure-payout": {"lost_below_threshold"},
    "win-loss-reasons": {"leading_share"},
    "compare-win-rates": {"deals_to_tell", "further_deals"},
    "weighted-forecast": {"standard_deviation", "aged_value"},
} | {card: {"unknowns"} for card in ("bant", "champ", "faint", "meddic", "scotsman", "three-questions")}
NEITHER_IS_BETTER = {
    "sales-cycle-length": {"deals_in_process"},
    "sales-cycle-from-dates": {"open"},
    "sales-compensation": {"base_commission_rate", "effective_rate"},
    "revenue-forecast": {"bias"},
    "lagged-acquisition-cost": {"difference"},
    "pipeline-waterfall": {"unexplained_value"},
    "territory-balance": {"assigned"},
    "cohort-conversion": {"open"},
}


@pytest.mark.parametrize("name", calculators.all_calculators())
def test_every_result_knows_what_is_better(name: str) -> None:
    """Of costs, gaps, waiting times, errors and work, less is better."""
    figures = calculator_of(name).figures

    assert {output for output, field in figures.items() if field.goal == "at_most"} == LOWER_IS_BETTER.get(name, set())
    assert {output for output, field in figures.items() if field.goal == "exactly"} == NEITHER_IS_BETTER.get(
        name, set()
    )


@given(st.decimals("0.001", "0.999", places=3), st.integers(1, 500), st.decimals(1, 10**6, places=2))
def test_running_the_solution_gives_the_target(win_rate: Decimal, opportunities: int, size: Decimal) -> None:
    """Solving for an input and running it gives the target back."""
    inputs = {"win_rate": win_rate, "opportunities": opportunities, "average_deal_size": size}
    target = calculators.run("sales-velocity", inputs).outputs["revenue_per_day"]

    result = calculators.run("sales-velocity", inputs | {"win_rate": "0.5"})
    (solution,) = solve(result, "win_rate", "revenue_per_day", target).solutions

    again = calculators.run("sales-velocity", inputs | {"win_rate": solution.value}).outputs["revenue_per_day"]
    assert again >= target * (1 - Decimal("1e-20"))
    assert float(again) == pytest.approx(float(target), rel=1e-12)
    assert float(solution.value) == pytest.approx(float(win_rate), rel=1e-12)


def test_a_solution_is_a_number_people_would_type() -> None:
    """36%, not 35.99999…%."""
    result = calculators.run("sales-velocity")

    (solution,) = solve(result, "win_rate", "revenue_per_day", Decimal(4000)).solutions

    assert str(solution.value) == "0.36"


@pytest.mark.parametrize(
    ("output", "unknown", "target", "value"),
    [
        ("win_rate", "won", "0.4", 38),  # 38 of 94 is 40.4%, 37 of 93 is 39.8%
        ("win_rate", "lost", "0.4", 36),  # 24 of 60 is exactly 40%
        ("win_rate_low", "lost", "0.4", 20),
    ],
)
def test_a_whole_input_is_the_one_that_reaches_the_goal(output: str, unknown: str, target: str, value: int) -> None:
    """One deal fewer, or more, would not do."""
    result = calculators.run("win-rate")

    (solution,) = solve(result, unknown, output, Decimal(target)).solutions

    assert solution.value == solution.typed
    step = 1 if unknown == "lost" else -1
    beside = compute_with(result.calculator, result.inputs, {unknown: solution.value + step})
    assert solution.value == value
    assert solution.output >= Decimal(target) > getattr(beside, output)


def test_out_of_reach_says_the_range() -> None:
    """No win rate brings 40,000 a day; between 0% and 100% it brings 0 to 11,111.11."""
    result = calculators.run("sales-velocity")

    found = solve(result, "win_rate", "revenue_per_day", Decimal(40_000))

    assert found.solutions == ()
    assert found.lowest == 0
    assert float(found.highest or 0) == pytest.approx(11111.111111111111)
    assert "11,111.11" in solution_text(result, "win_rate", "revenue_per_day", found)


def test_no_influence_is_said() -> None:
    """Open deals do not change the win rate."""
    result = calculators.run("win-rate")

    found = solve(result, "open", "win_rate", Decimal("0.3"))

    assert found.solutions == ()
    assert found.lowest == found.highest
    assert "does not depend" in solution_text(result, "open", "win_rate", found)


def test_no_result_at_all_is_said() -> None:
    """With a cycle of zero days there is no velocity, whatever the win rate."""
    result = calculators.run("sales-velocity", {"cycle_days": 0})

    found = solve(result, "win_rate", "revenue_per_day", Decimal(1))

    assert (found.solutions, found.lowest, found.highest) == ((), None, None)
    assert isinstance(result.figures.revenue_per_day, Undefined)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_command_line(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`solve` prints every solution with the range that can be reached."""
    arguments = [*AIM, "--target", "4000", "--language", language]

    assert main(["solve", "sales-velocity", *arguments, "--json"]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed["solutions"] == [{"value": 0.36, "output": 4000, "rounded": 0.36, "edge": "from"}]
    assert (printed["goal"], printed["always"], printed["jump"]) == ("at_least", False, None)
    assert printed["inputs"] == {"opportunities": 40, "average_deal_size": 25000, "cycle_days": 90}
    assert printed["reachable"] == [0, pytest.approx(11111.111111111111)]
    assert "36" in printed["text"]


@pytest.mark.parametrize(
    ("arguments", "errors"),
    [
        (["--for", "x", "--output", "y", "--target", "1"], [("for", "not_a_choice"), ("output", "not_a_choice")]),
        (["--for", "win_rate", "--output", "revenue_per_day", "--target", "x"], [("target", "not_a_number")]),
        (
            ["--for", "win_rate", "--output", "revenue_per_day", "--target", "1", "cycle_days=-1"],
            [("cycle_days", "too_small")],
        ),
    ],
)
def test_bad_questions(arguments: list[str], errors: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]) -> None:
    """Names and goals that do not fit are refused with status 2."""
    assert main(["solve", "sales-velocity", *arguments, "--json"]) == 2

    printed = json.loads(capsys.readouterr().out)["errors"]
    assert [(error["input"], error["code"]) for error in printed] == errors
