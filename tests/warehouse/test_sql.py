"""The SQL that is printed: it says the same as plain Python where it is run, and stands in all dialects."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pyarrow
import pytest

from calculators.__main__ import main
from calculators.analysis.figures.all_figures import Figures, figures
from calculators.analysis.gate.notes import Notes
from calculators.core.words.catalogue import LANGUAGES
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of
from tests.analysis.random_deals import AS_OF
from tests.support import PROJECT
from tests.warehouse.many_deals import several

pytest.importorskip("ibis", reason="the extra “warehouse” is not installed")

import sqlglot
from sqlglot import expressions

from calculators.warehouse.sql import DIALECTS, FIGURES, GENERATED, RUN_HERE, sql_of, stands_for_a_condition
from tests.warehouse.holding import duckdb

DEALS = several(700, 11)


def table_of(deals: list[Deal]) -> pyarrow.Table:
    """Return deals as the documented table holds them."""
    ids = count(1)
    rows = [
        {
            "id": f"D{next(ids)}",
            "created": deal.created,
            "closed": deal.closed,
            "outcome": deal.outcome,
            "amount": deal.amount,
            "currency": "EUR",
            "stage": deal.groups["stage"],
            "owner": deal.groups["owner"],
            "probability": deal.probability,
            "pipeline": deal.groups["pipeline"],
            "source": None,
            "product": None,
        }
        for deal in deals
    ]
    kinds: dict[str, Any] = dict.fromkeys(rows[0], pyarrow.string())
    kinds |= dict.fromkeys(("created", "closed"), pyarrow.date32())
    kinds |= {"amount": pyarrow.decimal128(18, 2), "probability": pyarrow.decimal128(7, 6)}
    return pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(list(kinds.items())))


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """Hold the deals in DuckDB."""
    engine = duckdb()
    engine.con.register("deals", table_of(DEALS))
    yield engine
    engine.disconnect()


@pytest.fixture(scope="module")
def answers(engine: Any) -> dict[str, list[dict[str, Any]]]:
    """Run each SQL text on DuckDB."""
    return {name: engine.con.sql(sql_of(name, "duckdb", AS_OF)).to_arrow_table().to_pylist() for name in FIGURES}


@pytest.fixture(scope="module")
def plain() -> Figures:
    """Work the figures out in plain Python."""
    return figures(deals_of(DEALS), circumstances(AS_OF, quota=1000), Notes(), ("owner",))


def about(value: Any) -> Any:
    """Return what an engine's own division may miss in the last digits."""
    if isinstance(value, list):
        return list(map(about, value))
    return None if value is None else pytest.approx(float(value), rel=1e-12)


def row_of(answers: dict[str, list[dict[str, Any]]], name: str) -> dict[str, Any]:
    """Return the only row of an answer."""
    (row,) = answers[name]
    return row


def test_rates_sizes_and_values(answers: dict[str, list[dict[str, Any]]], plain: Figures) -> None:
    """Counts, both win rates with the interval, deal size and values."""
    assert plain.win_rate
    assert plain.win_rate_by_value
    assert plain.deal_size
    assert row_of(answers, "deals") == {name: getattr(plain, name) for name in ("deals", "won", "lost", "open")}
    rate = row_of(answers, "win_rate")
    assert rate["n"] == plain.win_rate.n
    for name in ("value", "low", "high"):
        assert rate[name] == about(getattr(plain.win_rate, name))
    by_value = row_of(answers, "win_rate_by_value")
    assert (by_value["value"], by_value["n"]) == (about(plain.win_rate_by_value.value), plain.win_rate_by_value.n)
    size = row_of(answers, "deal_size")
    assert [size["mean"], size["median"]] == about([plain.deal_size.mean, plain.deal_size.median])
    values = row_of(answers, "values")
    for name in ("won_value", "lost_value", "open_value"):
        assert values[name] == about(getattr(plain, name))


@pytest.mark.parametrize("name", ["cycle", "cycle_of_won"])
def test_cycles(answers: dict[str, list[dict[str, Any]]], plain: Figures, name: str) -> None:
    """Mean and quantiles, and the median that counts open deals."""
    row, figure = row_of(answers, name), getattr(plain, name)
    for part in ("mean_days", "median_days", "p75_days", "p90_days"):
        assert row[part] == about(getattr(figure, part))
    if name == "cycle":
        assert row["kaplan_meier_median_days"] == figure.kaplan_meier_median_days
        assert row["censored"] == figure.censored


def test_periods_and_groups(answers: dict[str, list[dict[str, Any]]], plain: Figures) -> None:
    """Revenue by quarter and month, cohorts, stages, slices by owner."""
    for name, months in (("revenue", 3), ("revenue_by_month", 1)):
        periods = {each.period: each for each in getattr(plain, name) if each.won or each.lost}
        assert len(answers[name]) == len(periods)
        for row in answers[name]:
            period = periods[_name(row["period"], months)]
            assert (row["won"], row["won_value"]) == (period.won, about(period.won_value))
    cohorts = {each.created: each for each in plain.cohorts or ()}
    for row in answers["cohorts"]:
        cohort = cohorts[_name(row["created"], 3)]
        assert [row[part] for part in ("deals", "won", "lost", "open")] == [
            cohort.deals, cohort.won, cohort.lost, cohort.open,
        ]  # fmt: skip
        assert row["win_rate"] == about(cohort.win_rate)
    stages = {each.stage: each for each in plain.stages or ()}
    for row in answers["stages"]:
        stage = stages[row["stage"]]
        assert [row["deals"], row["stalled"]] == [stage.deals, stage.stalled]
        assert [row["value"], row["mean_age_days"]] == about([stage.value, stage.mean_age_days])
    owners = {each.value: each for each in plain.slices["owner"]}
    for row in answers["slices"]:
        owner = owners[row["slice"]]
        assert (row["won"], row["win_rate"]) == (owner.won, about(owner.win_rate and owner.win_rate.value))


def test_open_deals(answers: dict[str, list[dict[str, Any]]], plain: Figures) -> None:
    """What is stalled, the parts of the coverage, the velocity's opportunities, the weighted value."""
    assert plain.stalled
    assert plain.coverage
    assert plain.velocity
    assert plain.forecast
    stalled = row_of(answers, "stalled")
    assert [stalled["deals"], stalled["value"]] == [plain.stalled.deals, about(plain.stalled.value)]
    coverage = row_of(answers, "coverage")
    assert [coverage["open_value"], coverage["booked"]] == about([plain.coverage.open_value, plain.coverage.booked])
    velocity = row_of(answers, "velocity")
    for reading in plain.velocity.readings:
        assert velocity[reading.reading] == reading.opportunities
    assert velocity["actual_revenue_per_day"] == about(plain.velocity.actual_revenue_per_day)
    weighted = sum(row["weighted_value"] for row in answers["forecast"] if row["chance"] is not None)
    assert plain.forecast.basis == "probability"
    assert weighted == about(plain.forecast.weighted_value)


def _name(day: date, months: int) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}" if months == 3 else f"{day.year}-{day.month:02}"


# One of each kind: a division, windows, periods, groups.
KINDS = ("win_rate", "cycle", "revenue", "slices")
# They look at outcomes and amounts alone.
OF_NO_DAY = {"deals", "win_rate", "win_rate_by_value", "deal_size", "values", "forecast", "slices"}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_all_dialects(dialect: str) -> None:
    """Each figure has a text in each dialect, over the table's name; all of them are tried in one dialect."""
    for name in FIGURES if dialect == "snowflake" else KINDS:
        text = sql_of(name, dialect, AS_OF, "analytics.deals")
        assert "deals" in text
        assert "analytics" in text


@pytest.mark.parametrize(("dialect", "said"), [("duckdb", "run here"), ("snowflake", "generated, not run")])
def test_text_says_whether_it_is_run(capsys: pytest.CaptureFixture[str], dialect: str, said: str) -> None:
    """The first line is a comment with the figure, the dialect and whether it is run in the tests."""
    assert main(["sql", "win_rate", "--dialect", dialect]) == 0
    head, _end, text = capsys.readouterr().out.partition("\n")
    assert head.startswith(f"-- win_rate, {dialect}: {said}")
    assert text.startswith("WITH")


def test_snowflake_finds_names_in_capitals() -> None:
    """Names are not quoted there, as a quoted small letter would be another column."""
    assert '"' not in sql_of("cycle", "snowflake", AS_OF)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_view_and_the_names(language: str) -> None:
    """The view that readers copy is what is run here, and all figures and dialects are named."""
    page = (PROJECT / "docs" / language / "metrics" / "in-your-warehouse.md").read_text(encoding="utf-8")
    view = (PROJECT / "calculators" / "warehouse" / "views" / "salesforce.sql").read_text(encoding="utf-8")

    assert f"```sql\n{view}```" in page
    assert [
        name
        for name in (*FIGURES, *GENERATED)
        if name not in page.casefold().replace("microsoft sql server", "mssql")
        and name not in {"deals", "values", "revenue_by_month"}
    ] == []


@pytest.mark.parametrize("name", FIGURES)
def test_without_a_day_it_is_the_day_on_which_the_sql_runs(
    name: str, answers: dict[str, list[dict[str, Any]]], engine: Any
) -> None:
    """So that a dashboard need not be edited each day; on the same day, the rows are the same."""
    text = sql_of(name, "duckdb")
    assert ("CURRENT_DATE" in text) == (name not in OF_NO_DAY)
    assert list(engine.con.sql(text).columns) == list(answers[name][0])

    on_the_day = text.replace("CURRENT_DATE", f"CAST('{AS_OF}' AS DATE)")

    rows = engine.con.sql(on_the_day).to_arrow_table().to_pylist()
    assert sorted(rows, key=repr) == sorted(answers[name], key=repr)


def test_dialects_are_told_apart() -> None:
    """What is run is not said to be generated only."""
    assert not set(RUN_HERE) & set(GENERATED)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["winrate"], "win_rate_by_value"), (["win_rate", "--dialect", "oracle"], "snowflake")],
)
def test_unknown_names(capsys: pytest.CaptureFixture[str], arguments: list[str], named: str) -> None:
    """A slip is refused with the names that there are."""
    assert main(["sql", *arguments]) == 2
    assert named in capsys.readouterr().err


def test_amounts_are_exact() -> None:
    """A hundred thousand tenths are ten thousand, which floats do not add up to."""
    engine = duckdb()
    deal = Deal(outcome="won", amount=Decimal("0.10"), groups={"stage": None, "owner": None, "pipeline": None})
    engine.con.register("deals", table_of([deal] * 100_000))
    rows = engine.con.sql(sql_of("values", "duckdb", AS_OF)).to_arrow_table().to_pylist()
    assert rows[0]["won_value"] == 10_000


@pytest.mark.parametrize("name", FIGURES)
def test_sql_server_is_given_values_where_it_takes_no_condition(
    name: str, answers: dict[str, list[dict[str, Any]]], engine: Any
) -> None:
    """As Ibis alone would not; read back by SQLGlot and run on DuckDB, the SQL has the rows of DuckDB's own."""
    text = sql_of(name, "mssql", AS_OF)
    statement = sqlglot.parse_one(text, read="tsql")
    conditions = (expressions.Predicate, expressions.Connector, expressions.Not)
    found = [node for node in statement.walk() if isinstance(node, conditions)]
    assert [node.sql(dialect="tsql") for node in found if not stands_for_a_condition(node)] == []

    # A FLOAT of SQL Server has 64 bits.
    on_duckdb = re.sub(r"\b(FLOAT|REAL)\b", "DOUBLE", statement.sql(dialect="duckdb"))
    rows = engine.con.sql(on_duckdb).to_arrow_table().to_pylist()

    assert _values(rows) == pytest.approx(_values(answers[name]), rel=1e-12)


def _values(rows: list[dict[str, Any]]) -> list[Any]:
    """Return the values of rows, texts and days as numbers, in an order of their own."""
    numbers = [
        [
            float(value) if isinstance(value, int | float | Decimal) else float(hash(str(value)[:10]))
            for value in row.values()
        ]
        for row in rows
    ]
    return [value for row in sorted(numbers) for value in row]
