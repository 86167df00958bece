"""Spark in local mode: the same figures, where PySpark (below 4.1, as Ibis 12 wants it) and Java are installed.

`make spark` installs both and runs this file; `make test` skips it, and says so.
"""

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from calculators.__main__ import main
from calculators.analysis.figures.all_figures import figures as plain_figures
from calculators.analysis.gate.notes import Notes
from tests.analysis.deals_by_hand import AMOUNT_DIGITS, circumstances, deals_of
from tests.analysis.random_deals import AS_OF
from tests.warehouse.many_deals import several

ibis = pytest.importorskip("ibis", reason="the extra “warehouse” is not installed")
pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed; the figures on Spark are not compared")

pytestmark = [
    pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed; the figures on Spark are not compared"),
    pytest.mark.filterwarnings("ignore"),
]


DEALS = several(300, 17)


@pytest.fixture
def session() -> Iterator[Any]:
    """Start Spark on this machine, with one thread."""
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


def hold(session: Any, name: str, held: Any, kinds: dict[str, str]) -> None:
    """Give a table to Spark, whose columns are texts but for those of other kinds."""
    schema = ", ".join(f"{column} {kinds.get(column, 'string')}" for column in held.column_names)
    rows = [tuple(row.values()) for row in held.to_pylist()]
    session.createDataFrame(rows, schema=schema).createOrReplaceTempView(name)


def in_order(found: dict[str, Any]) -> dict[str, Any]:
    """Return figures with stages and pipelines by their names: a table has no order of its own."""
    for name, by in (("stages", "stage"), ("pipelines", "pipeline")):
        found[name].sort(key=lambda row: str(row[by]))
    found["stalled"]["limits"].sort(key=lambda row: str(row["stage"]))
    return found


def test_the_figures_are_those_of_plain_python(session: Any) -> None:
    """To the last digit."""
    from calculators.warehouse.aggregates import Aggregates
    from calculators.warehouse.all_figures import figures
    from calculators.warehouse.deals import WarehouseDeals
    from tests.warehouse.holding import GROUPS, arrow_of

    days, numbers = dict.fromkeys(("created", "closed"), "date"), dict.fromkeys(("parts", "chance"), "bigint")
    hold(session, "held", arrow_of(DEALS), days | numbers)
    engine = ibis.pyspark.connect(session)
    warehouse = WarehouseDeals(table=engine.table("held"), as_of=AS_OF, digits=AMOUNT_DIGITS, groups=GROUPS)
    warehouse = warehouse.settled(lambda table: engine.sql(engine.compile(table), schema=table.schema()))
    around = circumstances(AS_OF, quota=1000)
    view = Aggregates(warehouse, around, lambda expression: engine.to_pyarrow(expression).to_pylist())

    found = in_order(figures(view, Notes()).to_json())

    assert found == in_order(plain_figures(deals_of(DEALS), around, Notes(), ()).to_json())


def test_a_table_is_analysed_by_its_address(
    session: Any, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Through the gate, by the command, in the session that runs: the answer is that of DuckDB, but for the order."""
    from pyarrow import parquet

    from tests.warehouse.test_sql import table_of

    deals = table_of(DEALS)
    days = dict.fromkeys(("created", "closed"), "date")
    hold(session, "deals", deals, days | {"amount": "decimal(18, 2)", "probability": "decimal(7, 6)"})
    folder = tmp_path_factory.mktemp("parquet")
    parquet.write_table(deals, folder / "deals.parquet")
    answers = []
    for on in ("pyspark://local", str(folder)):
        assert (
            main(["analyse", "--table", "deals", "--on", on, "--as-of", str(AS_OF), "--quota", "1000", "--json"]) == 0
        )
        answers.append(json.loads(capsys.readouterr().out))

    of_spark, of_duckdb = answers

    for answer in answers:
        in_order(answer["figures"])
        for rows in answer["slices"].values():
            rows.sort(key=lambda row: str(row["value"]))
    assert of_spark == of_duckdb


def test_the_sql_for_databricks_is_run_on_spark(session: Any) -> None:
    """The engine is the same where it counts: what is printed for Databricks has the rows that DuckDB has."""
    from calculators.warehouse.sql import FIGURES, sql_of
    from tests.warehouse.holding import duckdb
    from tests.warehouse.test_postgresql import _plain
    from tests.warehouse.test_sql import table_of

    deals = table_of(DEALS)
    days = dict.fromkeys(("created", "closed"), "date")
    hold(session, "deals", deals, days | {"amount": "decimal(18, 2)", "probability": "decimal(7, 6)"})
    local = duckdb()
    local.con.register("deals", deals)
    for name in FIGURES:
        rows = [row.asDict() for row in session.sql(sql_of(name, "databricks", AS_OF)).collect()]
        other = local.con.sql(sql_of(name, "duckdb", AS_OF)).to_arrow_table().to_pylist()
        assert _plain(rows) == pytest.approx(_plain(other), rel=1e-12), name
