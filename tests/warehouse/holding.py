"""Puts deals of the tests into a table of an engine, as the gate would hand them on."""

from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow

from calculators.analysis.gate.deals import CERTAIN
from calculators.warehouse.aggregates import Aggregates, Row
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.table import Table
from tests.analysis.deals_by_hand import AMOUNT_DIGITS, Deal, circumstances

GROUPS = ("owner", "stage", "pipeline")
_SCHEMA = pyarrow.schema(
    [
        ("outcome", pyarrow.string()),
        ("created", pyarrow.date32()),
        ("closed", pyarrow.date32()),
        ("parts", pyarrow.int64()),
        ("chance", pyarrow.int64()),
        *((name, pyarrow.string()) for name in GROUPS),
    ]
)


def arrow_of(deals: Sequence[Deal]) -> pyarrow.Table:
    """Return deals as the columns that figures are worked out from."""
    return pyarrow.Table.from_pylist(
        [
            {
                "outcome": deal.outcome,
                "created": deal.created,
                "closed": deal.closed,
                "parts": None if deal.amount is None else int(deal.amount.scaleb(AMOUNT_DIGITS)),
                "chance": None if deal.probability is None else int(deal.probability * CERTAIN),
                **{name: deal.groups.get(name) for name in GROUPS},
            }
            for deal in deals
        ],
        schema=_SCHEMA,
    )


def aggregates_of(deals: Sequence[Deal], engine: Any, as_of: Any, **around: Any) -> Aggregates:
    """Return the deals as an engine counts them."""
    engine.con.register("held", arrow_of(deals))
    table = engine.table("held")
    groups = tuple(name for name in GROUPS if any(name in deal.groups for deal in deals))
    warehouse = WarehouseDeals(table=table, as_of=as_of, digits=AMOUNT_DIGITS, groups=groups)

    def ask(expression: Table) -> list[Row]:
        rows: list[Row] = engine.to_pyarrow(expression).to_pylist()
        return rows

    def settle(table: Table) -> Table:
        return engine.sql(engine.compile(table), schema=table.schema())

    return Aggregates(warehouse.settled(settle), circumstances(as_of, **around), ask)


def duckdb() -> Any:
    """Return an empty database in memory."""
    return ibis.duckdb.connect()
