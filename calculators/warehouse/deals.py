"""Deals as an engine holds them, and as the figures look at them: on one day, each with what several figures ask of it.

The columns that the gate hands on (`outcome` as won, lost, open or unknown, `created`, `closed`, `parts`, `chance` and
texts to group by) mean what the arrays of the plain `Deals` do: `closed` is filled for closed deals alone, `parts` are
whole numbers of 10 ** -digits of the currency, so that every engine adds them up exactly, `chance` is in millionths.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import ibis

from calculators.warehouse.table import NEVER, Column, Table

WON, LOST, OPEN, UNKNOWN = "won", "lost", "open", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseDeals:
    """`table` has a row for each deal that counts; `as_of` is the day on which they are looked at."""

    table: Table
    as_of: date | None
    digits: int
    groups: tuple[str, ...] = ()
    # What `looked_at` is, once it is settled.
    looked: Table = None

    def settled(self, settle: Callable[[Table], Table]) -> "WarehouseDeals":
        """Return the deals with their tables as SQL texts: whatever is asked of them need not be worked out again."""
        table = settle(self.table)
        return replace(self, table=table, looked=settle(replace(self, table=table).looked_at))

    def only(self, column: str, value: str | None) -> "WarehouseDeals":
        """Return the deals with a value in a column, or without any."""

        def part(table: Table) -> Table:
            return table.filter(table[column].isnull() if value is None else table[column] == value)

        return replace(self, table=part(self.table), looked=part(self.looked_at))

    @property
    def looked_at(self) -> Table:
        """The table with facts of each deal, named as those of the plain `View`."""
        if self.looked is not None:
            return self.looked
        table = self.table
        day = None if self.as_of is None else ibis.literal(self.as_of.isoformat()).cast("date")
        never = NEVER
        table = table.mutate(
            is_won=table.outcome == WON,
            is_lost=table.outcome == LOST,
            is_open=table.outcome == OPEN,
            is_closed=table.outcome.isin([WON, LOST]),
        )
        table = table.mutate(
            in_future=never if day is None else (table.is_closed & (table.closed > day)).fill_null(NEVER),
            age=ibis.null("int64") if day is None else day.delta(table.created, unit="day"),
            days=table.closed.delta(table.created, unit="day"),
        )
        table = table.mutate(decided=table.is_closed & table.closed.notnull() & ~table.in_future)
        return table.mutate(
            undated=table.is_closed & (table.created.isnull() | table.closed.isnull()),
            has_cycle=table.decided & (table.days >= 0).fill_null(NEVER),
            negative_cycle=table.decided & (table.days < 0).fill_null(NEVER),
            aged=table.is_open & (table.age >= 0).fill_null(NEVER),
            priced=table.is_open & (table.parts > 0).fill_null(NEVER),
        )

    def money(self, parts: Column) -> Column:
        """Return an amount of the currency from its smallest parts, as the engine divides."""
        return parts.cast("float64") / 10**self.digits
