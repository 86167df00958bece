"""8,800 real-shaped deals give every figure of the reference that their file can give."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from calculators.analysis.figures.all_figures import Figures, figures
from calculators.analysis.figures.history import History
from calculators.analysis.figures.open_deals import OpenDeals
from calculators.analysis.figures.stalled import stalled_deals
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from tests.analysis.deals_by_hand import circumstances, deals_of, maven_deals
from tests.maven import MAVEN, reference

pytestmark = pytest.mark.skipif(not MAVEN.exists(), reason="../shared/data/maven is absent")

AS_OF = date(2017, 12, 31)


@cache
def found() -> tuple[Figures, Notes]:
    """Return the figures of the data set with their notes."""
    notes = Notes()
    return figures(
        deals_of(maven_deals()), circumstances(AS_OF), notes, ("owner", "product", "region", "manager")
    ), notes


def about(value: float) -> Any:
    """Return a number that differs by rounding only."""
    return pytest.approx(value, rel=1e-12)


def test_counts() -> None:
    """Won, lost and open deals are counted apart."""
    answer, expected = found()[0].to_json(), reference()["counts"]

    assert [answer[name] for name in ("deals", "won", "lost", "open")] == [
        expected[name] for name in ("deals", "won", "lost", "open")
    ]


def test_win_rate() -> None:
    """By count with its interval; by value there is none, since every lost deal has an amount of zero."""
    answer, expected = found()[0].to_json(), reference()["win_rate"]

    assert answer["win_rate"] == {
        "value": about(expected["by_count_closed_only"]),
        "low": about(expected["wilson_95"][0]),
        "high": about(expected["wilson_95"][1]),
        "n": reference()["counts"]["closed"],
    }
    assert answer["win_rate_by_value"] is None
    assert ("lost_value_zero", "win_rate_by_value") in {(note.code, note.figure) for note in found()[1]}


def test_values() -> None:
    """Revenue, mean and median of won deals; open deals have no amount here, so they have no value."""
    answer, expected = found()[0].to_json(), reference()["value"]

    assert answer["deal_size"] == {
        "mean": about(expected["average_deal_size_won"]),
        "median": expected["median_deal_size_won"],
        "n": reference()["counts"]["won"],
    }
    assert (answer["won_value"], answer["lost_value"], answer["open_value"]) == (expected["won_revenue"], 0, None)


def test_cycles() -> None:
    """Of closed and of won deals, and the median with the open ones that have a day of creation."""
    answer, expected = found()[0].to_json(), reference()["cycle_days"]
    survival = expected["kaplan_meier_to_close_won_or_lost"]

    assert answer["cycle_of_won"] == {
        "mean_days": about(expected["won_mean"]),
        "median_days": expected["won_median"],
        "p75_days": expected["won_p75"],
        "p90_days": expected["won_p90"],
        "n": reference()["counts"]["won"],
    }
    cycle = answer["cycle"]
    assert cycle["mean_days"] == about(expected["closed_mean"])
    assert cycle["median_days"] == expected["closed_median"]
    assert (cycle["n"], cycle["censored"]) == (survival["n_events"], survival["n_censored"])
    assert cycle["kaplan_meier_median_days"] == survival["median"]


def test_velocity() -> None:
    """The three readings of N, and what was really earned per day.

    The reference divides by the mean cycle of won deals; the contract, as the page on velocity, by that of closed ones.
    """
    answer, expected = found()[0].to_json()["velocity"], reference()["sales_velocity_per_day"]
    by_won_cycle = answer["cycle_days"] / reference()["cycle_days"]["won_mean"]
    readings = {reading["reading"]: reading for reading in answer["readings"]}

    assert readings["live"]["opportunities"] == 2089
    assert readings["live"]["revenue_per_day"] * by_won_cycle == about(expected["N_open_all_2089"])
    assert readings["closed"]["opportunities"] == 6711
    assert readings["closed"]["revenue_per_day"] * by_won_cycle == about(expected["N_closed_6711_MISUSE"])
    assert answer["actual_revenue_per_day"] == about(expected["actual_revenue_per_day_in_closing_window"])


def test_revenue() -> None:
    """By quarter and month; the first quarter is partial, so growth starts with the second."""
    answer, expected = found()[0].to_json(), reference()

    for row in answer["revenue"]:
        of_quarter = expected["by_close_quarter"][row["period"]]
        assert (row["won"], row["won_value"]) == (of_quarter["won"], of_quarter["revenue"])
        assert row["is_partial"] == (row["period"] == "2017-Q1")
    assert {row["period"]: row["won_value"] for row in answer["revenue_by_month"]} == {
        month: figures["revenue"] for month, figures in expected["by_close_month"].items()
    }
    growth = expected["quarter_on_quarter_growth"]
    over_two = (1 + growth["2017-Q3"]) * (1 + growth["2017-Q4"])
    assert (1 + answer["growth_per_quarter"]) ** 2 == about(over_two)


def test_stalled() -> None:
    """Ages of the open deals that have a day of creation, and those older than three quarters of the cycles."""
    answer, expected = found()[0].to_json(), reference()["open_engaging_age_days_as_of_last_close"]
    engaging = next(stage for stage in answer["stages"] if stage["stage"] == "Engaging")
    view = View(deals_of(maven_deals()), circumstances(AS_OF))
    listed = stalled_deals(OpenDeals(view, History(view)))

    assert (engaging["deals"], engaging["mean_age_days"]) == (expected["n"], about(expected["mean"]))
    # The reference counts those above 88 days, the limit of won deals alone; that of closed deals is 85.
    assert sum(row.age_days > 88 for row in listed) == expected["older_than_won_p75"]
    assert sum(row.age_days > 106 for row in listed) == expected["older_than_won_p90"]
    assert len(listed) == answer["stalled"]["deals"] == engaging["stalled"]
    assert listed[0].age_days == expected["max"]


@pytest.mark.parametrize(
    ("role", "name"),
    [("owner", "by_agent"), ("product", "by_product"), ("region", "by_region"), ("manager", "by_manager")],
)
def test_slices(role: str, name: str) -> None:
    """By agent, product, region and manager, with the one small product marked."""
    rows = {row["value"]: row for row in found()[0].slices_to_json()[role]}
    expected = reference()[name]

    assert rows.keys() == expected.keys()
    for value, row in rows.items():
        assert [row[key] for key in ("deals", "won", "lost", "open", "won_value")] == [
            expected[value][key] for key in ("deals", "won", "lost", "open", "revenue")
        ]
        assert row["win_rate"]["value"] == about(expected[value]["win_rate"])
        assert row["is_small"] == (value == "GTK 500")
