"""The SQL of a figure, in the words of an engine: `python -m calculators sql win_rate --dialect snowflake`."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import sqlglot
import sqlglot.expressions
from ibis.common.exceptions import IbisError
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.eliminate_subqueries import eliminate_subqueries
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify

from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures import (
    cohorts,
    counts,
    coverage,
    cycle,
    deal_size,
    forecast,
    revenue,
    slices,
    stages,
    stalled,
    values,
    velocity,
    win_rate,
)
from calculators.warehouse.gate import as_documented
from calculators.warehouse.refusing import WarehouseRefused
from calculators.warehouse.table import ROLES, Table, documented

# By the names of the contract; `slices` are by owner.
FIGURES: dict[str, Callable[[WarehouseDeals], Table]] = {
    "deals": counts.expression,
    "win_rate": win_rate.expression,
    "win_rate_by_value": win_rate.by_value,
    "deal_size": deal_size.expression,
    "values": values.expression,
    "cycle": cycle.expression,
    "cycle_of_won": cycle.of_won,
    "velocity": velocity.expression,
    "revenue": revenue.expression,
    "revenue_by_month": revenue.by_month,
    "stages": stages.expression,
    "stalled": stalled.expression,
    "coverage": coverage.expression,
    "forecast": forecast.expression,
    "cohorts": cohorts.expression,
    "slices": slices.expression,
}
# What some figures are called in the contract that stand in one row with others.
_TOGETHER = {
    "won": "deals", "lost": "deals", "open": "deals",
    "won_value": "values", "lost_value": "values", "open_value": "values",
}  # fmt: skip
RUN_HERE = ("duckdb", "postgres")
GENERATED = ("bigquery", "clickhouse", "databricks", "mssql", "snowflake", "trino")
DIALECTS = (*RUN_HERE, *GENERATED)


def sql_of(figure: str, dialect: str, as_of: date | None = None, table: str = "deals") -> str:
    """Return the SQL of a figure over the documented table, open deals looked at on a day. Raises WarehouseRefused."""
    if dialect not in DIALECTS:
        raise WarehouseRefused("unknown_dialect", typed=dialect, names=", ".join(DIALECTS))
    name = _TOGETHER.get(figure, figure)
    if name not in FIGURES:
        raise WarehouseRefused("unknown_figure", typed=figure, names=", ".join(FIGURES))
    expression = FIGURES[name](as_documented(documented(table), as_of or date.today()))
    try:
        return _readable(str(ibis.to_sql(expression, dialect=dialect, pretty=False)), dialect, table)
    except (IbisError, SqlglotError, NotImplementedError) as unsayable:
        reason = " ".join(str(unsayable).split())
        raise WarehouseRefused("no_sql", dialect=dialect, figure=figure, reason=reason) from None


def _schema(table: str) -> dict[str, Any]:
    """Return the columns of the table below its name and those in front of it, as SQLGlot takes them."""
    found: dict[str, Any] = dict.fromkeys(ROLES, "unknown")
    for name in reversed(table.split(".")):
        found = {name: found}
    return found


def _readable(text: str, dialect: str, table: str) -> str:
    """Return SQL as people read it: step by step from above, without the columns that nothing asks for."""
    spoken = {"mssql": "tsql"}.get(dialect, dialect)
    statement = qualify(
        sqlglot.parse_one(text, read=spoken),
        dialect=spoken,
        schema=_schema(table),
        validate_qualify_columns=False,
    )
    statement = eliminate_subqueries(pushdown_projections(statement))
    for identifier in statement.find_all(sqlglot.expressions.Identifier):
        # Snowflake writes names in capitals unless they are quoted, and so stand those of most tables there.
        identifier.set("quoted", dialect != "snowflake")
    return statement.sql(dialect=spoken, pretty=True)
