"""pandas, another way to the same figures: thousands of invented deals, and the Maven ones where they are there."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pandas
import pytest

from calculators.analysis.figures.all_figures import figures
from calculators.analysis.gate.deals import LOST, NO_AMOUNT, OPEN, WON, Circumstances, Deals
from calculators.analysis.gate.notes import Notes
from tests.analysis.deals_by_hand import deals_of, maven_deals
from tests.benchmarks.figures import invented_deals
from tests.maven import MAVEN


def files() -> Iterator[Any]:
    """Yield the files with the day on which they are looked at."""
    yield pytest.param("invented", date(2026, 9, 30), id="invented")
    absent = pytest.mark.skipif(not MAVEN.exists(), reason="../shared/data/maven is absent")
    yield pytest.param("maven", date(2017, 12, 31), marks=absent, id="maven")


each_file = pytest.mark.parametrize(("name", "as_of"), list(files()))


@cache
def deals_named(name: str) -> Deals:
    """Return the deals of a file."""
    return deals_of(maven_deals()) if name == "maven" else invented_deals(5_000, has_history=False)


@cache
def answer_for(name: str, as_of: date) -> dict[str, Any]:
    """Return our figures and slices."""
    found = figures(deals_named(name), Circumstances(as_of=as_of), Notes(), ("owner", "product", "region"))
    return found.to_json() | {"slices": found.slices_to_json()}


@cache
def frame(name: str) -> pandas.DataFrame:
    """Return the deals as pandas holds them: missing values as NaN and NaT."""
    deals = deals_named(name)
    table = pandas.DataFrame(
        {
            "outcome": [{OPEN: "open", WON: "won", LOST: "lost"}[outcome] for outcome in deals.outcomes],
            "created": [pandas.Timestamp(date.fromordinal(day)) if day else pandas.NaT for day in deals.created],
            "closed": [pandas.Timestamp(date.fromordinal(day)) if day else pandas.NaT for day in deals.closed],
            "amount": [None if parts == NO_AMOUNT else parts / 10**deals.amount_digits for parts in deals.amounts],
        }
        | {role: [group.names[code] for code in group.codes] for role, group in deals.groups.items()}
    )
    table["amount"] = table["amount"].astype(float)
    table["days"] = (table["closed"] - table["created"]).dt.days
    return table


def about(value: Any) -> Any:
    """Return what differs by rounding only: pandas adds floats."""
    return pytest.approx(value, rel=1e-9)


@each_file
def test_cycles(name: str, as_of: date) -> None:
    """`Series.quantile` interpolates as PERCENTILE.INC does."""
    answer, table = answer_for(name, as_of), frame(name)

    for figure, outcomes in (("cycle", ["won", "lost"]), ("cycle_of_won", ["won"])):
        days = table[table["outcome"].isin(outcomes)]["days"].dropna()
        assert [answer[figure][key] for key in ("mean_days", "median_days", "p75_days", "p90_days", "n")] == about(
            [days.mean(), days.median(), days.quantile(0.75), days.quantile(0.9), len(days)]
        )


@each_file
def test_values(name: str, as_of: date) -> None:
    """Sums by outcome, and the size of won deals."""
    answer, table = answer_for(name, as_of), frame(name)
    of_outcome = table.groupby("outcome")["amount"]
    won = table[table["outcome"] == "won"]["amount"].dropna()

    sums = of_outcome.sum(min_count=1)
    for outcome in ("won", "lost", "open"):
        value = answer[f"{outcome}_value"]
        assert pandas.isna(sums[outcome]) if value is None else value == about(sums[outcome])
    assert answer["deal_size"] == about({"mean": won.mean(), "median": won.median(), "n": len(won)})


@each_file
@pytest.mark.parametrize(("figure", "frequency"), [("revenue", "Q"), ("revenue_by_month", "M")])
def test_revenue(name: str, as_of: date, figure: str, frequency: str) -> None:
    """Periods of the calendar, by the day on which deals were won."""
    table = frame(name)
    won = table[table["outcome"] == "won"]
    periods = won["closed"].dt.to_period(frequency)
    names = periods.dt.strftime("%Y-Q%q" if frequency == "Q" else "%Y-%m")
    expected = won.groupby(names)["amount"].agg(["size", "sum"])

    rows = {row["period"]: row for row in answer_for(name, as_of)[figure] if row["won"]}

    assert rows.keys() == set(expected.index)
    for period, row in rows.items():
        assert [row["won"], row["won_value"]] == about(list(expected.loc[period]))


@each_file
def test_cohorts(name: str, as_of: date) -> None:
    """Outcomes by quarter of creation."""
    table = frame(name)
    expected = pandas.crosstab(table["created"].dt.to_period("Q").dt.strftime("%Y-Q%q"), table["outcome"])

    rows = {row["created"]: row for row in answer_for(name, as_of)["cohorts"]}

    assert rows.keys() == set(expected.index)
    for quarter, row in rows.items():
        assert [row[outcome] for outcome in ("won", "lost", "open")] == list(
            expected.loc[quarter, ["won", "lost", "open"]]
        )


@each_file
@pytest.mark.parametrize("role", ["owner", "product", "region"])
def test_slices(name: str, as_of: date, role: str) -> None:
    """Outcomes and won value by group, the groups with most deals first."""
    table = frame(name)
    counts = pandas.crosstab(table[role], table["outcome"])
    values = table[table["outcome"] == "won"].groupby(role)["amount"].sum()

    rows = answer_for(name, as_of)["slices"][role]

    assert [row["deals"] for row in rows] == sorted(counts.sum(axis=1), reverse=True)
    for row in rows:
        assert [row[outcome] for outcome in ("won", "lost", "open")] == list(
            counts.loc[row["value"], ["won", "lost", "open"]]
        )
        assert row["won_value"] == about(values[row["value"]])


@each_file
def test_ages_by_stage(name: str, as_of: date) -> None:
    """Mean age of open deals since creation, and how many are older than three quarters of the cycles."""
    table = frame(name)
    still_open = table[table["outcome"] == "open"].copy()
    still_open["age"] = (pandas.Timestamp(as_of) - still_open["created"]).dt.days
    limit = table["days"].dropna().quantile(0.75)
    ages = still_open.groupby("stage")["age"]

    for row in answer_for(name, as_of)["stages"]:
        of_stage = ages.get_group(row["stage"]).dropna()
        assert row["deals"] == (still_open["stage"] == row["stage"]).sum()
        if len(of_stage):
            assert [row["mean_age_days"], row["stalled"]] == about([of_stage.mean(), (of_stage > limit).sum()])
        else:
            assert (row["mean_age_days"], row["stalled"]) == (None, None)
