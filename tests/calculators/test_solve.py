"""Finding the input that brings a wanted result."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.__main__ import main
from calculators.core.calculator import Calculator
from calculators.core.catalogue import LANGUAGES
from calculators.core.outcome import Undefined
from calculators.core.run import compute_with
from calculators.core.solve import solve
from calculators.core.tools import solution_text

AIM = ["--for", "win_rate", "--output", "revenue_per_day"]
PAIRS = [
    (calculator, unknown, output)
    for calculator in calculators.all_calculators().values()
    for unknown in calculator.variable_inputs
    for output in calculator.figures
]


@pytest.mark.parametrize(("calculator", "unknown", "output"), PAIRS, ids=lambda part: getattr(part, "id", part))
def test_what_the_defaults_give_is_found_again(calculator: Calculator, unknown: str, output: str) -> None:
    """Aiming for the present result, the present value is among the solutions, or the input has no influence."""
    result = calculators.run(calculator.id)
    target = result.outputs[output]
    now = getattr(result.inputs, unknown)
    if target is None or now is None:
        pytest.skip("the defaults have no result or no value here")

    found = solve(result, unknown, output, target)

    if found.lowest == found.highest:
        assert found.solutions == ()
    else:
        assert any(abs(solution.value - now) <= abs(now) * Decimal("1e-12") for solution in found.solutions)


@given(st.decimals("0.001", "0.999", places=3), st.integers(1, 500), st.decimals(1, 10**6, places=2))
def test_running_the_solution_gives_the_target(win_rate: Decimal, opportunities: int, size: Decimal) -> None:
    """Solving for an input and running it gives the target back."""
    inputs = {"win_rate": win_rate, "opportunities": opportunities, "average_deal_size": size}
    target = calculators.run("sales-velocity", inputs).outputs["revenue_per_day"]

    result = calculators.run("sales-velocity", inputs | {"win_rate": "0.5"})
    (solution,) = solve(result, "win_rate", "revenue_per_day", target).solutions

    again = calculators.run("sales-velocity", inputs | {"win_rate": solution.value}).outputs["revenue_per_day"]
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
    assert printed["solutions"] == [{"value": 0.36, "output": 4000}]
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
