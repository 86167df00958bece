"""8,800 real-shaped deals, reduced to the calculators' inputs, give the reference figures."""

from typing import Any

import pytest

import calculators
from tests.maven import MAVEN, reduced, reference

pytestmark = pytest.mark.skipif(not MAVEN.exists(), reason="../shared/data/maven is absent")


def outputs(calculator: str) -> dict[str, Any]:
    """Return what a calculator makes of the deals."""
    return dict(calculators.run(calculator, reduced()[calculator]).to_json()["outputs"])


def test_average_deal_size() -> None:
    """Won deals only: 2,360.91, not the 1,490.92 over all closed deals."""
    expected = reference()["value"]["average_deal_size_won"]

    assert outputs("average-deal-size")["average_deal_size"] == pytest.approx(expected, rel=1e-12)


def test_sales_cycle_length() -> None:
    """4,238 cycles at once: mean, median and percentiles; the shortcut's 0.07 days is the time between closings."""
    figures, expected = outputs("sales-cycle-length"), reference()["cycle_days"]

    assert figures["mean_days"] == pytest.approx(expected["won_mean"], rel=1e-12)
    assert [figures["median_days"], figures["p75_days"], figures["p90_days"]] == [
        expected["won_median"],
        expected["won_p75"],
        expected["won_p90"],
    ]
    shortcut = expected["seed_shortcut_elapsed_days_over_won_deals_WRONG"]
    assert figures["closing_interval_days"] == pytest.approx(shortcut, rel=1e-12)


def test_win_rate() -> None:
    """By count with its interval; by value there is none, since every lost deal has an amount of zero."""
    figures, expected = outputs("win-rate"), reference()["win_rate"]

    assert figures["win_rate"] == pytest.approx(expected["by_count_closed_only"], rel=1e-12)
    assert [figures["win_rate_low"], figures["win_rate_high"]] == pytest.approx(expected["wilson_95"], rel=1e-12)
    assert figures["win_rate_by_value"] is None


def test_sales_velocity() -> None:
    """With the 1,589 open deals that were engaged as N."""
    expected = reference()["sales_velocity_per_day"]["N_open_engaging_1589"]

    assert outputs("sales-velocity")["revenue_per_day"] == pytest.approx(expected, rel=1e-12)
