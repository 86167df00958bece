"""Spark in local mode: the same figures, where PySpark (below 4.1, as Ibis 12 wants it) and Java are installed."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

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
_NUMBERS = {"parts", "chance"}


@pytest.fixture
def engine() -> Iterator[Any]:
    """Start Spark on this machine, with one thread."""
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield ibis.pyspark.connect(session)
    session.stop()


def test_the_figures_are_those_of_plain_python(engine: Any) -> None:
    """To the last digit; stages and pipelines have no order of their own."""
    from calculators.warehouse.aggregates import Aggregates
    from calculators.warehouse.all_figures import figures
    from calculators.warehouse.deals import WarehouseDeals
    from tests.warehouse.holding import GROUPS, arrow_of

    deals = several(300, 17)
    held = arrow_of(deals)
    kinds = ", ".join(
        f"{name} {'date' if name in {'created', 'closed'} else 'bigint' if name in _NUMBERS else 'string'}"
        for name in held.column_names
    )
    rows = [tuple(row.values()) for row in held.to_pylist()]
    engine._session.createDataFrame(rows, schema=kinds).createOrReplaceTempView("held")
    warehouse = WarehouseDeals(table=engine.table("held"), as_of=AS_OF, digits=AMOUNT_DIGITS, groups=GROUPS)
    warehouse = warehouse.settled(lambda table: engine.sql(engine.compile(table), schema=table.schema()))
    around = circumstances(AS_OF, quota=1000)
    view = Aggregates(warehouse, around, lambda expression: engine.to_pyarrow(expression).to_pylist())

    found = figures(view, Notes()).to_json()
    expected = plain_figures(deals_of(deals), around, Notes(), ()).to_json()

    for answer in (found, expected):
        for name, by in (("stages", "stage"), ("pipelines", "pipeline")):
            answer[name].sort(key=lambda row, by=by: str(row[by]))
        answer["stalled"]["limits"].sort(key=lambda row: str(row["stage"]))
    assert found == expected
