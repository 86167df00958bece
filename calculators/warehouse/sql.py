"""The SQL of a figure, in the words of an engine: `python -m calculators sql win_rate --dialect snowflake`."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import sqlglot
from ibis.common.exceptions import IbisError
from sqlglot import expressions
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
# Stands for the day on which the SQL runs until all else is written: a day that only the engine knows keeps Ibis from
# writing steps into one.
_TODAY = date(1, 2, 3)
RUN_HERE = ("duckdb", "postgres")
GENERATED = ("bigquery", "clickhouse", "databricks", "mssql", "snowflake", "trino")
DIALECTS = (*RUN_HERE, *GENERATED)
_CONDITIONS = (expressions.Predicate, expressions.Connector, expressions.Not)


def sql_of(figure: str, dialect: str, as_of: date | None = None, table: str = "deals") -> str:
    """Return the SQL of a figure over the documented table. Raises WarehouseRefused.

    Open deals are looked at on a day; unless one is given, on that on which the SQL is run.
    """
    if dialect not in DIALECTS:
        raise WarehouseRefused("unknown_dialect", typed=dialect, names=", ".join(DIALECTS))
    name = _TOGETHER.get(figure, figure)
    if name not in FIGURES:
        raise WarehouseRefused("unknown_figure", typed=figure, names=", ".join(FIGURES))
    expression = FIGURES[name](as_documented(documented(table), as_of or _TODAY))
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
    for literal in list(statement.find_all(expressions.Literal)):
        if literal.this == _TODAY.isoformat() and literal.parent:
            now = expressions.CurrentTimestamp()
            literal.parent.replace(expressions.cast(now, "date") if spoken == "tsql" else expressions.CurrentDate())
    if spoken == "tsql":
        _give_conditions_values(statement)
    for identifier in statement.find_all(expressions.Identifier):
        # Snowflake writes names in capitals unless they are quoted, and so stand those of most tables there.
        identifier.set("quoted", dialect != "snowflake")
    return statement.sql(dialect=spoken, pretty=True)


def _give_conditions_values(statement: Any) -> None:
    """Write 1 and 0 where SQL Server takes no condition for a value, as Ibis hands it on.

    A condition that is unknown counts as one that is not met; nothing here asks for the opposite of such a one.
    """
    for node in reversed(list(statement.find_all(expressions.Coalesce))):
        if isinstance(node.this.unnest(), _CONDITIONS):
            value = _one_or_zero(node.this)
            node.replace(expressions.EQ(this=value, expression=_number(1)) if stands_for_a_condition(node) else value)
    # The innermost first: what stands around a condition may be one itself.
    for node in reversed(list(statement.walk())):
        if isinstance(node, _CONDITIONS) and not stands_for_a_condition(node):
            node.replace(_one_or_zero(node))


def _one_or_zero(condition: Any) -> Any:
    return expressions.If(this=condition.copy(), true=_number(1), false=_number(0))


def _number(value: int) -> Any:
    return expressions.Literal.number(value)


def stands_for_a_condition(node: Any) -> bool:
    """Say whether a part of a statement stands where a condition is meant, and not a value."""
    parent = node.parent
    if isinstance(parent, expressions.Paren):
        return stands_for_a_condition(parent)
    if isinstance(parent, expressions.If | expressions.Join):
        return bool(node.arg_key == ("on" if isinstance(parent, expressions.Join) else "this"))
    return isinstance(parent, expressions.Where | expressions.Having | expressions.Connector | expressions.Not)
