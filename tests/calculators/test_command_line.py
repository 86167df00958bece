"""The command line's contract: what is printed and with which status."""

import json
from pathlib import Path

import pytest

from calculators.__main__ import main
from calculators.core.catalogue import LANGUAGES

CONTRACT = {
    "stage-conversion": ["stage_rates", "overall_rate", "weakest_step"],
    "lead-generation-goal": ["value_per_month", "total_value", "accumulation", "steady_state_value"],
    "product-mix": ["targets", "total_leads", "total_deals"],
    "pipeline-balance": ["findings", "overfull_stages", "stalled_stages", "empty_stages"],
    "pursuit-cost": [
        "cost",
        "cost_share_of_first_year",
        "expected_value",
        "break_even_probability",
        "second_place_loss",
        "verdict",
    ],
    "sales-compensation": [
        "attainment",
        "base_commission_rate",
        "commission",
        "bonus",
        "total_pay",
        "effective_rate",
        "pay_curve",
    ],
    "weighted-forecast": [
        "weighted_value",
        "best_case",
        "standard_deviation",
        "p10",
        "p50",
        "p90",
        "goal_probability",
    ],
    "revenue-forecast": ["forecast", "mape", "wmape", "bias"],
    **{
        scorecard: ["score", "unknowns", "weakest", "blockers", "verdict", "next_questions"]
        for scorecard in ("three-questions", "bant", "meddic", "champ", "faint", "scotsman")
    },
    "lead-score": ["fit_score", "engagement_score", "grade", "verdict"],
    "solution-fit": ["complexity_score", "security_score", "enterprise_score", "fit_score", "verdict"],
    "buying-phase": ["phase", "sales_stage", "buyer_needs", "next_moves"],
    "pipeline-audit": ["scores", "first_fixes"],
    "methodology-chooser": ["ranking"],
    "customer-acquisition-cost": ["acquisition_cost", "payback_months"],
    "customer-lifetime-value": ["lifetime_months", "lifetime_value", "value_to_cost"],
    "revenue-growth": ["growth", "growth_per_period"],
    "pipeline-coverage": ["remaining_quota", "coverage", "required_coverage", "pipeline_gap"],
    "average-deal-size": ["average_deal_size"],
    "sales-cycle-length": [
        "mean_days",
        "median_days",
        "p75_days",
        "p90_days",
        "deals",
        "closing_interval_days",
        "deals_in_process",
    ],
    "win-rate": ["win_rate", "win_rate_low", "win_rate_high", "win_rate_by_value"],
    "sales-velocity": ["revenue_per_day", "revenue_per_month", "revenue_per_year"],
}


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """`list --json` names every calculator with its inputs and outputs."""
    assert main(["list", "--json"]) == 0

    printed = {row["calculator"]: row["outputs"] for row in json.loads(capsys.readouterr().out)}
    assert printed == CONTRACT


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_for_people(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`list` has a line for each, with its question in the language."""
    assert main(["list", "--language", language]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(CONTRACT)


def test_run_prints_inputs_outputs_and_notes(capsys: pytest.CaptureFixture[str]) -> None:
    """Inputs left out take their default, and stand in what is printed."""
    assert main(["run", "average-deal-size", "won_deals=10", "--json"]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed["calculator"] == "average-deal-size"
    assert printed["inputs"] == {"won_revenue": 250000, "won_deals": 10}
    assert printed["outputs"] == {"average_deal_size": 25000}
    assert [(note["code"], note["output"]) for note in printed["notes"]] == [("few_won_deals", "average_deal_size")]
    assert "10" in printed["notes"][0]["text"]


def test_run_for_people_in_greek(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the result is in words, with its working in the language's numbers."""
    assert main(["run", "sales-velocity", "--language", "el"]) == 0

    assert "= 40 × 25.000 × 25% ÷ 90 ημέρες" in capsys.readouterr().out


def test_inputs_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--inputs reads a JSON object; a pair on the command line goes before it."""
    file = tmp_path / "deals.json"
    file.write_text(json.dumps({"cycle_days": [10, 20], "window_days": 5}), encoding="utf-8")

    assert main(["run", "sales-cycle-length", "--inputs", str(file), "window_days=10", "--json"]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed["inputs"] == {"cycle_days": [10, 20], "window_days": 10}


@pytest.mark.parametrize(
    ("arguments", "errors"),
    [
        (["win-rate", "won=abc"], [("won", "not_a_number")]),
        (["win-rate", "won="], [("won", "not_a_number")]),
        (["win-rate", "won=nan"], [("won", "not_a_number")]),
        (["win-rate", "won=-1"], [("won", "too_small")]),
        (["win-rate", "won=1.5"], [("won", "not_whole")]),
        (["win-rate", "won=1e12"], [("won", "too_large")]),
        (["sales-velocity", "win_rate=25"], [("win_rate", "rate_above_one")]),
        (["sales-velocity", "quota=1"], [("quota", "unknown_input")]),
        (
            ["sales-velocity", "win_rate=2", "cycle_days=x"],
            [("win_rate", "rate_above_one"), ("cycle_days", "not_a_number")],
        ),
        (["sales-cycle-length", "cycle_days=45,x,39"], [("cycle_days", "not_a_number_in_series")]),
        (["sales-cycle-length", "cycle_days=45,-1"], [("cycle_days", "too_small_in_series")]),
        (["sales-cycle-length", "cycle_days=45,99999"], [("cycle_days", "too_large_in_series")]),
        (["no-such-calculator"], [("calculator", "unknown_calculator")]),
        (["win-rate", "won"], [("won", "unreadable_inputs")]),
        (["win-rate", "--inputs", "no-such-file.json"], [("inputs", "unreadable_inputs")]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_input(
    arguments: list[str], errors: list[tuple[str, str]], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2 and every refused input with its sentence; nothing is computed."""
    assert main(["run", *arguments, "--json", "--language", language]) == 2

    printed = json.loads(capsys.readouterr().out)
    assert [(error["input"], error["code"]) for error in printed["errors"]] == errors
    assert all(error["text"] and "{" not in error["text"] for error in printed["errors"])
    assert list(printed) == ["errors"]


def test_bad_input_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the sentences go to standard error."""
    assert main(["run", "win-rate", "won=abc", "--language", "ko"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("won: ")


def test_a_list_for_a_number_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file may hold anything; what is no number for a number, or no list for a series, is said."""
    file = tmp_path / "inputs.json"
    file.write_text(json.dumps({"cycle_days": 45, "window_days": [60]}), encoding="utf-8")

    assert main(["run", "sales-cycle-length", "--inputs", str(file), "--json"]) == 2

    codes = [error["code"] for error in json.loads(capsys.readouterr().out)["errors"]]
    assert codes == ["not_a_series", "not_a_number"]
