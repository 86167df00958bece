"""8,800 real-shaped deals, reduced to the calculators' inputs, give the reference figures."""

import csv
import json
from datetime import date
from typing import Any

import pytest

import calculators
from tests.worked_examples import SHARED_DATA

MAVEN = SHARED_DATA / "maven"
pytestmark = pytest.mark.skipif(not MAVEN.exists(), reason="../shared/data/maven is absent")


@pytest.fixture(scope="module")
def deals() -> list[dict[str, str]]:
    """Read the export, a row a deal."""
    with (MAVEN / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    """Read the figures computed elsewhere."""
    return dict(json.loads((MAVEN / "reference.json").read_text(encoding="utf-8")))


def in_stage(deals: list[dict[str, str]], stage: str) -> list[dict[str, str]]:
    """Return the deals of a stage."""
    return [deal for deal in deals if deal["deal_stage"] == stage]


def cycles(deals: list[dict[str, str]]) -> list[int]:
    """Return the days from engagement to close of closed deals."""
    return [(date.fromisoformat(deal["close_date"]) - date.fromisoformat(deal["engage_date"])).days for deal in deals]


def revenue(deals: list[dict[str, str]]) -> float:
    """Return the sum of the deals' values."""
    return sum(float(deal["close_value"]) for deal in deals)


def test_average_deal_size(deals: list[dict[str, str]], reference: dict[str, Any]) -> None:
    """Won deals only: 2,360.91, not the 1,490.92 over all closed deals."""
    won = in_stage(deals, "Won")

    result = calculators.run("average-deal-size", {"won_revenue": revenue(won), "won_deals": len(won)})

    expected = reference["value"]["average_deal_size_won"]
    assert result.to_json()["outputs"]["average_deal_size"] == pytest.approx(expected, rel=1e-12)


def test_sales_cycle_length(deals: list[dict[str, str]], reference: dict[str, Any]) -> None:
    """4,238 cycles at once: mean, median and percentiles; the shortcut's 0.07 days is the time between closings."""
    won = in_stage(deals, "Won")
    window = reference["dates"]["closing_window_days_inclusive"]

    result = calculators.run("sales-cycle-length", {"cycle_days": cycles(won), "window_days": window})

    outputs, expected = result.to_json()["outputs"], reference["cycle_days"]
    assert outputs["mean_days"] == pytest.approx(expected["won_mean"], rel=1e-12)
    assert [outputs["median_days"], outputs["p75_days"], outputs["p90_days"]] == [
        expected["won_median"],
        expected["won_p75"],
        expected["won_p90"],
    ]
    shortcut = expected["seed_shortcut_elapsed_days_over_won_deals_WRONG"]
    assert outputs["closing_interval_days"] == pytest.approx(shortcut, rel=1e-12)


def test_win_rate(deals: list[dict[str, str]], reference: dict[str, Any]) -> None:
    """By count with its interval; by value there is none, since every lost deal has an amount of zero."""
    won, lost = in_stage(deals, "Won"), in_stage(deals, "Lost")
    inputs = {
        "won": len(won),
        "lost": len(lost),
        "open": len(deals) - len(won) - len(lost),
        "won_value": revenue(won),
        "lost_value": revenue(lost),
    }

    outputs = calculators.run("win-rate", inputs).to_json()["outputs"]

    expected = reference["win_rate"]
    assert outputs["win_rate"] == pytest.approx(expected["by_count_closed_only"], rel=1e-12)
    assert [outputs["win_rate_low"], outputs["win_rate_high"]] == pytest.approx(expected["wilson_95"], rel=1e-12)
    assert outputs["win_rate_by_value"] is None


@pytest.mark.parametrize(("name", "stages"), [("N_open_all_2089", 2089), ("N_open_engaging_1589", 1589)])
def test_sales_velocity(deals: list[dict[str, str]], reference: dict[str, Any], name: str, stages: int) -> None:
    """The formula with each reading of N gives that reading's figure."""
    won, lost = in_stage(deals, "Won"), in_stage(deals, "Lost")
    lengths = cycles(won)
    inputs = {
        "opportunities": stages,
        "average_deal_size": revenue(won) / len(won),
        "win_rate": len(won) / (len(won) + len(lost)),
        "cycle_days": sum(lengths) / len(lengths),
    }

    outputs = calculators.run("sales-velocity", inputs).to_json()["outputs"]

    assert outputs["revenue_per_day"] == pytest.approx(reference["sales_velocity_per_day"][name], rel=1e-12)
