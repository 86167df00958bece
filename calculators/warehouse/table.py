"""The table of deals that the figures are worked out from: one row a deal, twelve columns.

| column | type | what it holds |
|---|---|---|
| id | text or number | what tells deals apart |
| created | date or time | when the deal was created |
| closed | date or time | when it was won or lost; empty while it is open |
| outcome | text | won, lost or open; other words as exports have them |
| amount | number | its worth in `currency` |
| currency | text | a code such as EUR; a warehouse in one currency may leave the column out |
| stage | text | where it stands |
| owner | text | whose it is |
| probability | number | of winning it, 0 to 1 |
| pipeline | text | which pipeline it belongs to |
| source | text | where it came from |
| product | text | what is sold |

The first five are needed. Names are told apart by their letters alone, not by their case: some engines write them in
capitals. Any further column can be named to slice by.
"""

from typing import Any

import ibis
import ibis.expr.datatypes as types

from calculators.warehouse.refusing import WarehouseRefused

# What Ibis knows as a table or a column: its methods depend on types that only the engine knows.
type Table = Any
type Column = Any

# What a condition is where a value is missing.
NEVER, ALWAYS = ibis.literal(value=False), ibis.literal(value=True)

# Each column with its role in the analyser's contract.
ROLES = {
    "id": "deal_id",
    "created": "created",
    "closed": "closed",
    "outcome": "outcome",
    "amount": "amount",
    "currency": "currency",
    "stage": "stage",
    "owner": "owner",
    "probability": "probability",
    "pipeline": "pipeline",
    "source": "source",
    "product": "product",
}
NEEDED = ("id", "created", "closed", "outcome", "amount")
DAYS = ("created", "closed")
NUMBERS = ("amount", "probability")
TEXTS = ("outcome", "currency", "stage", "owner", "pipeline", "source", "product")
# What a column of the documented table is made of, where only its SQL is wanted.
_DOCUMENTED = {
    name: types.date if name in DAYS else types.Decimal(18, 2) if name == "amount"
    else types.Decimal(7, 6) if name == "probability" else types.string
    for name in ROLES
}  # fmt: skip


def how_many(condition: Column) -> Column:
    """Return how many rows of a table or group meet a condition.

    Not `table.count(where=…)`: for Spark, Databricks and SQL Server Ibis writes a sum, which is nothing where there is
    no row, or where a condition is unknown in all of them.
    """
    return condition.ifelse(1, ibis.null("int8")).count()


def documented(name: str = "deals") -> Table:
    """Return the documented table by itself, of no engine; its name may have that of a schema in front."""
    *schema, own = name.split(".")
    return ibis.table(
        _DOCUMENTED, name=own, database=schema[-1] if schema else None, catalog=".".join(schema[:-1]) or None
    )


def with_known_columns(table: Table, further: tuple[str, ...] = ()) -> Table:
    """Return a table's columns under the documented names, days as dates, blank texts as nothing.

    `further` are other columns of it to slice by. Raises WarehouseRefused, with its name, for a column that is missing
    or of a type that cannot be what it is for.
    """
    names = {name.casefold(): name for name in reversed(table.columns)}
    columns: dict[str, Column] = {}
    for name in (*ROLES, *further):
        if name.casefold() not in names:
            if name in NEEDED or name in further:
                raise WarehouseRefused("missing_column", column=name, names=", ".join(table.columns))
            continue
        column = table[names[name.casefold()]]
        columns[name] = _as_documented(name, column)
    return table.select(**columns)


def _as_documented(name: str, column: Column) -> Column:
    kind = column.type()
    if name in DAYS:
        if not (kind.is_date() or kind.is_timestamp() or kind.is_null()):
            raise WarehouseRefused("wrong_type", column=column.get_name(), found=str(kind), wanted="date, timestamp")
        return column.cast("date")
    if name in NUMBERS:
        if not (kind.is_numeric() or kind.is_null()) or kind.is_boolean():
            raise WarehouseRefused("wrong_type", column=column.get_name(), found=str(kind), wanted="integer, decimal")
        return column.cast("int64") if kind.is_null() else column
    if kind.is_nested() or kind.is_binary() or (name == "outcome" and kind.is_boolean()):
        raise WarehouseRefused("wrong_type", column=column.get_name(), found=str(kind), wanted="text")
    return column.cast("string").strip().nullif("")
