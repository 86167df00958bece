"""The command line's contract: what is printed and with which status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from calculators.__main__ import main
from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT

CONTRACT = {
    "stage-conversion": ["stage_rates", "overall_rate", "weakest_step"],
    "cohort-conversion": [
        "decided_rate",
        "decided_low",
        "decided_high",
        "lowest_rate",
        "highest_rate",
        "open",
        "closed_rate",
        "comparable",
        "cohort_rates",
    ],
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
    "mutual-action-plan": ["start_by", "slack", "days_late", "earliest_go_live", "plan"],
    "revenue-plan": [
        "weakest_link",
        "out_of_reach",
        "sellers_needed",
        "leads_per_week_needed",
        "total_leads",
        "plan",
        "by_week",
    ],
    "sales-capacity": [
        "capacity",
        "gap",
        "more_sellers",
        "quotas",
        "over_assignment",
        "by_quarter",
        "by_month",
        "ramp_curve",
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
    "commission-statement": [
        "paid",
        "commission",
        "bonus",
        "attainment",
        "clawed_back",
        "owed",
        "lost_to_cap",
        "statement",
    ],
    "measure-payout": ["payout", "payout_share", "lost_below_threshold", "by_measure"],
    "revenue-retention": [
        "net_retention",
        "gross_retention",
        "customer_retention",
        "net_per_year",
        "gross_per_year",
        "monthly_churn",
        "monthly_expansion",
        "closing",
        "expected_renewals",
        "at_risk",
        "renewal_rate",
        "kept",
    ],
    "win-loss-reasons": ["leading_share", "chance", "heard", "shares"],
    "compare-win-rates": [
        "difference",
        "difference_low",
        "difference_high",
        "first_rate",
        "second_rate",
        "chance",
        "limit",
        "deals_to_tell",
        "further_deals",
    ],
    "sales-cycle-from-dates": [
        "median_days",
        "quarter_days",
        "three_quarter_days",
        "closed_median_days",
        "closed_mean_days",
        "deal_count",
        "closed",
        "open",
        "longest_open_days",
        "curve",
    ],
    "territory-balance": ["potential_to_move", "outside", "spread", "assigned", "penetration", "balance"],
    "weighted-forecast": [
        "weighted_value",
        "best_case",
        "standard_deviation",
        "p10",
        "p50",
        "p90",
        "goal_probability",
        "safe_goal",
        "committed",
        "committed_chance",
        "best_case_called",
        "best_case_called_chance",
        "aged_value",
    ],
    "pipeline-waterfall": [
        "end_value",
        "end_deals",
        "slippage_by_count",
        "slippage_by_value",
        "unexplained_value",
        "steps",
    ],
    "revenue-forecast": [
        "forecast",
        "mape",
        "wmape",
        "bias",
        "naive_wmape",
        "against_naive",
        "best_alpha",
        "best_wmape",
    ],
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
    "lagged-acquisition-cost": ["lagged_cost", "same_month_cost", "difference", "pairs", "by_month"],
    "customer-lifetime-value": ["lifetime_months", "lifetime_value", "value_to_cost", "margin_months"],
    "revenue-growth": ["growth", "growth_per_period"],
    "pipeline-coverage": [
        "remaining_quota",
        "coverage",
        "required_coverage",
        "pipeline_gap",
        "expected_from_new",
        "gap_after_new",
        "gap_per_week",
    ],
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


def printed_errors(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Return what was refused, by input and code."""
    return [(error["input"], error["code"]) for error in json.loads(capsys.readouterr().out)["errors"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_may_begin_with_a_byte_order_mark(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As programs of Windows write it."""
    file = tmp_path / "deals.json"
    file.write_text(json.dumps({"deals": [{"name": "삼성", "value": 10, "probability": 1}]}), encoding=encoding)

    assert main(["run", "weighted-forecast", "--inputs", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outputs"]["best_case"] == 10


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"[1]",
        b"null",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xff{}",
        b"[" * 200_000,
        b'{"won": ' * 200_000,
        b'{"won": ' + b"9" * 5_000 + b"}",
        b"\x00" * 1_000,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_file_that_cannot_be_read_is_refused(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands in it: status 2 and a sentence."""
    file = tmp_path / "inputs.json"
    file.write_bytes(content)

    assert main(["run", "win-rate", "--inputs", str(file), "--json"]) == 2
    assert printed_errors(capsys) == [("inputs", "unreadable_inputs")]


def test_a_folder_or_an_endless_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is read for ever."""
    for path in (tmp_path, Path("/dev/zero"), tmp_path / ("x" * 300), Path("a\0b")):
        assert main(["run", "win-rate", "--inputs", str(path), "--json"]) == 2
        assert printed_errors(capsys) == [("inputs", "unreadable_inputs")]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5_000,
        "0." + "3" * 5_000,
        "1e400",
        "-1e-5000",
        "1e-400000",
        "1e999999999999999999999",
        "\ud800",
        "\0",
        "[" * 100_000,
    ],
)
@pytest.mark.parametrize("typed", [[], ["--typed"]])
@pytest.mark.parametrize(
    ("command", "pair"),
    [
        (["run", "sales-velocity"], "average_deal_size={}"),
        (["run", "sales-cycle-length"], "cycle_days={}"),
        (["run", "weighted-forecast"], "deals={}"),
        (["run", "weighted-forecast"], 'deals=[{{"name": "{0}", "value": "{0}", "probability": "{0}"}}]'),
        (["run", "sales-velocity"], "--currency={}"),
        (["run", "bant"], "need={}"),
        (["run", "bant"], "{}=1"),
        (["run", "{}"], "need=1"),
        (["solve", "sales-velocity", "--for=win_rate", "--output=revenue_per_day"], "--target={}"),
        (["solve", "sales-velocity", "--for={}", "--output={}"], "--target=1"),
    ],
)
def test_nothing_that_is_typed_ends_in_a_traceback(
    command: list[str], pair: str, typed: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Huge and tiny numbers, halves of characters, brackets: an answer, or status 2 with a sentence."""
    arguments = [*(part.format(text) for part in command), pair.format(text), *typed]
    status = status_of([*arguments, "--json"])

    shown = capsys.readouterr()
    refused = not shown.out or "errors" in json.loads(shown.out)
    assert status == (2 if refused else 0)
    assert shown.out or "error: " in shown.err


def status_of(arguments: list[str]) -> int:
    """Return the exit status, also where argparse leaves: what is no option, calculator or currency code at all."""
    try:
        return main(arguments)
    except SystemExit as left:
        return int(left.code or 0)


def run_program(*arguments: str, limit: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a shell, as people do."""
    quoted = " ".join(f"'{argument}'" for argument in arguments)
    command = f"set -o pipefail; '{sys.executable}' -m calculators {quoted} {limit}"
    return subprocess.run(["bash", "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)


def test_who_reads_no_further_gets_no_traceback() -> None:
    """`list | head` ends quietly; what cannot be written is said."""
    cut = run_program("run", "sales-compensation", "--json", limit="| head -c 10 >/dev/null; sleep 0.1")
    full = run_program("list", limit="> /dev/full")
    closed = run_program("list", limit="| true")

    assert (cut.returncode, cut.stderr) == (0, "")
    assert (closed.returncode, closed.stderr) == (0, "")
    assert (full.returncode, full.stderr) == (1, "No space left on device\n")


def test_a_terminal_without_unicode_shows_escapes() -> None:
    """JSON stays JSON, and nothing fails."""
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(PROJECT)}
    for arguments in (["run", "win-rate", "won=x", "--json"], ["list", "--language", "el"]):
        command = [sys.executable, "-m", "calculators", *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, check=False)
        assert done.stderr == b""
        assert b"\\u" in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_solve_says_what_can_be_solved_for(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name the possible ones are listed; where there is none, a sentence says so, whatever was asked."""
    in_language = ["--language", language, "--json"]

    assert main(["solve", "sales-velocity", *in_language]) == 2
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert [(error["input"], error["code"]) for error in errors] == [
        ("for", "no_choice_made"),
        ("output", "no_choice_made"),
    ]
    assert "win_rate" in errors[0]["text"]
    assert "revenue_per_month" in errors[1]["text"]

    for further in ([], ["--for", "goal"], ["--for", "x", "--output", "p50", "--target", "1"]):
        assert main(["solve", "weighted-forecast", *further, *in_language]) == 2
        assert printed_errors(capsys) == [("for", "nothing_to_solve")]

    aim = ["--for", "win_rate", "--output", "revenue_per_day"]
    assert main(["solve", "sales-velocity", *aim, *in_language]) == 2
    assert printed_errors(capsys) == [("target", "missing")]


@pytest.mark.parametrize(
    ("language", "pairs", "inputs"),
    [
        ("ko", ["average-deal-size", "won_revenue=5,000만"], {"won_revenue": 50_000_000, "won_deals": 20}),
        ("el", ["sales-velocity", "average_deal_size=25.000,5", "win_rate=12,5%"], {"win_rate": 0.125}),
        ("ja", ["sales-cycle-length", "cycle_days=４５\n60"], {"cycle_days": [45, 60]}),
        ("el", ["sales-cycle-length", "cycle_days=45,5; 60"], {"cycle_days": [45.5, 60]}),
        ("el", ["meddic", "meddpicc=ΝΑΙ", "champion=αποδεδειγμένο"], {"meddpicc": True, "champion": 3}),
        ("ko", ["revenue-forecast", "method=지수평활", "alpha=40%"], {"method": "exponential_smoothing", "alpha": 0.4}),
        (
            "ko",
            ["weighted-forecast", 'deals=[{"name": "A", "value": "3억", "probability": "25%"}]'],
            {"deals": [{"name": "A", "value": 300_000_000, "probability": 0.25, "call": "", "days_in_stage": None}]},
        ),
    ],
)
def test_typed_inputs(
    language: str, pairs: list[str], inputs: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """With --typed every kind of input is read as people of the language write it."""
    assert main(["run", *pairs, "--typed", "--language", language, "--json"]) == 0

    printed = json.loads(capsys.readouterr().out)["inputs"]
    assert printed | inputs == printed


def test_a_typed_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its texts are what was typed; its numbers mean what they mean without --typed."""
    deals = [{"name": "A", "value": "1.000,5", "probability": 0.25}, {"name": 7, "value": 20.5, "probability": "50%"}]
    file = tmp_path / "deals.json"
    file.write_text(json.dumps({"deals": deals, "goal": 1234.5}), encoding="utf-8")

    command = ["run", "weighted-forecast", "--inputs", str(file), "--typed", "--language", "el", "--json"]
    assert main(command) == 0
    printed = json.loads(capsys.readouterr().out)["inputs"]
    assert printed == {
        "deals": [
            {"name": "A", "value": 1000.5, "probability": 0.25, "call": "", "days_in_stage": None},
            {"name": "7", "value": 20.5, "probability": 0.5, "call": "", "days_in_stage": None},
        ],
        "goal": 1234.5,
        "booked": None,
        "common_shock": 0,
        "category_and_age": False,
        "usual_days": None,
    }

    assert main([*command, "goal=x", 'deals=[{"nom": "A"}]']) == 2
    assert sorted(printed_errors(capsys)) == [("deals", "unknown_column"), ("goal", "not_a_number")]


def test_a_typed_goal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`solve` and `workbook` read inputs as `run` does, and the goal is written as its result is."""
    aim = ["--for", "average_deal_size", "--output", "revenue_per_day", "--typed", "--language", "el"]
    assert main(["solve", "sales-velocity", *aim, "--target", "4.000,00", "win_rate=50%", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["target"], printed["solutions"]) == (
        4000,
        [{"value": 18000, "output": 4000, "rounded": 18000, "edge": "from"}],
    )

    file = tmp_path / "velocity.xlsx"
    assert (
        main(["workbook", "sales-velocity", "--typed", "--language", "el", "win_rate=50%", "--output", str(file)]) == 0
    )
    assert file.stat().st_size > 1_000


def test_amounts_in_a_currency(capsys: pytest.CaptureFixture[str]) -> None:
    """`run` shows it, and --typed understands its sign."""
    pairs = ["won_revenue=₩5,000만", "won_deals=20", "--typed", "--language", "ko", "--currency", "krw"]
    assert main(["run", "average-deal-size", *pairs]) == 0

    assert "₩2,500,000" in capsys.readouterr().out
