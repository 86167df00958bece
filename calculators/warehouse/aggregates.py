"""What the figures take from the engine: a row for each figure, group or day, each asked for once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.analysis.figures.view import Total, View
from calculators.analysis.gate.deals import NO_DAY, Circumstances
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures import counts, cycle, values
from calculators.warehouse.table import Table

type Row = dict[str, Any]
type Ask = Callable[[Table], list[Row]]


class Tally(bytes):
    """Stands for marks of which only the number is known: it can be counted and nothing else."""

    number: int

    def __new__(cls, number: int) -> "Tally":
        """Return a tally of so many deals."""
        tally = super().__new__(cls)
        tally.number = number
        return tally

    def count(self, *_byte: Any) -> int:
        return self.number


class Aggregates(View):
    """A view whose facts the engine has counted, so that the plain figures that only count take them as they are."""

    def __init__(self, warehouse: WarehouseDeals, circumstances: Circumstances, ask: Ask) -> None:
        self.warehouse, self.circumstances = warehouse, circumstances
        self.as_of = circumstances.as_of.toordinal() if circumstances.as_of else NO_DAY
        self._ask = ask
        self._answered: dict[tuple[Any, ...], list[Row]] = {}

    def __len__(self) -> int:
        return int(self._counts["deals"])

    def rows(self, expression: Callable[..., Table], *arguments: Any) -> list[Row]:
        """Return the rows of an expression of these deals."""
        key = (expression, *map(repr, arguments))
        if key not in self._answered:
            self._answered[key] = self._ask(expression(self.warehouse, *arguments))
        return self._answered[key]

    def row(self, expression: Callable[..., Table], *arguments: Any) -> Row:
        """Return the only row of an expression."""
        (row,) = self.rows(expression, *arguments)
        return row

    def of(self, column: str, value: str | None) -> "Aggregates":
        """Return the aggregates of the deals with a value in a column, or without any."""
        return Aggregates(self.warehouse.only(column, value), self.circumstances, self._ask)

    def money(self, parts: Any) -> Decimal:
        """Return an amount from its smallest parts."""
        return Decimal(int(parts)).scaleb(-self.warehouse.digits)

    def known(self, parts: Any) -> Decimal | None:
        """Return an amount, None where nothing was added up."""
        return None if parts is None else self.money(parts)

    @cached_property
    def _counts(self) -> Row:
        return self.row(counts.expression)

    @cached_property
    def won(self) -> Tally:
        """How many deals are won."""
        return Tally(self._counts["won"])

    @cached_property
    def lost(self) -> Tally:
        """How many deals are lost."""
        return Tally(self._counts["lost"])

    @cached_property
    def open(self) -> Tally:
        """How many deals are open."""
        return Tally(self._counts["open"])

    @cached_property
    def won_total(self) -> Total:
        """The amounts of won deals."""
        return self._total("won")

    @cached_property
    def lost_total(self) -> Total:
        """The amounts of lost deals."""
        return self._total("lost")

    @cached_property
    def open_total(self) -> Total:
        """The amounts of open deals."""
        return self._total("open")

    def _total(self, outcome: str) -> Total:
        return self.total_of(self.row(values.expression), outcome)

    def total_of(self, row: Row, name: str) -> Total:
        """Return a total from the columns of a row."""
        return Total(
            value=self.money(row[f"{name}_parts"] or 0),
            deals=row[f"{name}_deals"],
            missing=row[f"{name}_missing"],
            zero=row[f"{name}_zero"],
            negative=row[f"{name}_negative"],
        )

    @cached_property
    def period_of_decisions(self) -> tuple[int, int] | None:
        """The first and the last day on which a deal was decided."""
        row = self.row(cycle.left_out)
        first, last = row["first_decision"], row["last_decision"]
        return None if first is None else (ordinal(first), ordinal(last))


def ordinal(day: date) -> int:
    """Return the ordinal of a day, also of one that an engine gives as a time."""
    return date(day.year, day.month, day.day).toordinal()
