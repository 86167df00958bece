"""What the figures take from the engine: a row for each figure, group or day, each asked for once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.analysis.figures.day_counts import DayFigures
from calculators.analysis.figures.kaplan_meier import TimeToClose
from calculators.analysis.figures.marks import Marks
from calculators.analysis.figures.periods import QUARTER, period_of
from calculators.analysis.figures.view import Created, Decisions, Total, View
from calculators.analysis.gate.deals import NO_DAY, Circumstances
from calculators.analysis.reading.progress import Pausing
from calculators.warehouse.deals import WarehouseDeals
from calculators.warehouse.figures import cohorts, counts, cycle, deal_size, revenue, slices, values, velocity
from calculators.warehouse.table import Table

type Row = dict[str, Any]
type Ask = Callable[[Table], list[Row]]

_SHARES = {"median": Decimal("0.5"), "p75": Decimal("0.75"), "p90": Decimal("0.9")}


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
    """A view whose facts the engine has counted and added up, so that the plain figures take them as they are.

    Which deals they are, nobody knows here: what marks deals in a `View` is a tally.
    """

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

    def has_group(self, name: str) -> bool:
        return name in self.warehouse.groups

    def lines_of(self, meant: Marks) -> list[int]:
        """Return nothing: a table has no lines."""
        del meant
        return []

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
    def closed(self) -> Tally:
        """How many deals are won or lost."""
        return Tally(self._counts["won"] + self._counts["lost"])

    @cached_property
    def decided(self) -> Tally:
        """How many deals are closed on a day that is known and has been."""
        return Tally(self.row(velocity.expression)["closed"])

    @cached_property
    def created_in_period(self) -> Tally | None:
        """How many deals were created between the first and the last decision."""
        return None if self.period_of_decisions is None else Tally(self.row(velocity.expression)["created"])

    def without_length(self, *, of_won: bool) -> dict[str, Marks]:
        row, outcome = self.row(cycle.left_out), "won" if of_won else "closed"
        codes = ("without_dates", "closed_in_future", "negative_cycle")
        return {code: Tally(row[f"{outcome}_{code}"]) for code in codes}

    def without_period(self) -> dict[str, Marks]:
        row = self.row(cycle.left_out)
        return {
            "without_close_date": Tally(row["won_without_close_date"]),
            "closed_in_future": Tally(row["won_in_future"]),
        }

    def lengths(self, *, of_won: bool) -> DayFigures | None:
        row = self.row(cycle.of_won if of_won else cycle.expression)
        n = int(row["n"])
        if not n:
            return None
        return DayFigures(
            mean_days=Decimal(int(row["days"])) / n,
            median_days=_quantile(row, "median"),
            p75_days=_quantile(row, "p75"),
            p90_days=_quantile(row, "p90"),
            n=n,
        )

    def time_to_close(self) -> TimeToClose:
        """Return the median and the numbers; the engine keeps the curve."""
        row = self.row(cycle.expression)
        median = row["kaplan_meier_median_days"]
        return TimeToClose(
            median_days=None if median is None else int(median),
            closed=int(row["n"]),
            censored=int(row["censored"]),
            curve=(),
        )

    def twice_the_middle(self) -> Pausing[int]:
        yield
        # Of amounts, half of a part would be lost.
        return int(2 * _quantile(self.row(deal_size.expression), "median"))

    def quartiles(self) -> Pausing[list[int]]:
        yield
        row = self.row(slices.prices)
        if row["smallest"] is None:
            return []
        return [int(row[name]) for name in ("smallest", "quartile_1", "quartile_2", "quartile_3", "largest")]

    def _decided_in(self, months: int) -> dict[int, Row]:
        rows = self.rows(revenue.expression if months == QUARTER else revenue.by_month)
        return {period_of(ordinal(row["period"]), months): row for row in rows}

    def decisions(self, months: int) -> dict[int, Decisions]:
        return {
            period: Decisions(
                won=row["won"],
                lost=row["lost"],
                sized=int(row["sized"] or 0),
                parts=None if row["won_parts"] is None else int(row["won_parts"]),
            )
            for period, row in self._decided_in(months).items()
        }

    def _created_in(self) -> dict[int, Row]:
        return {period_of(ordinal(row["created"]), QUARTER): row for row in self.rows(cohorts.expression)}

    def created(self) -> Pausing[dict[int, Created]]:
        yield
        return {
            quarter: Created(deals=row["deals"], won=row["won"], lost=row["lost"], open=row["open"])
            for quarter, row in self._created_in().items()
        }

    def traced(self) -> Pausing[tuple[dict[int, int], dict[int, int]]]:
        yield
        created = {quarter: int(row["traced"]) for quarter, row in self._created_in().items()}
        decided = {quarter: int(row["with_cycle"] or 0) for quarter, row in self._decided_in(QUARTER).items()}
        return created, decided

    @property
    def won_in_period_total(self) -> Total:
        return self.total_of(self.row(velocity.expression), "won")

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


def _quantile(row: Row, name: str) -> Decimal:
    """Return a quantile from the two lengths or amounts between which it lies."""
    lower = row[f"{name}_lower"]
    upper = lower if row[f"{name}_upper"] is None else row[f"{name}_upper"]
    position = (int(row["n"]) - 1) * _SHARES[name]
    return int(lower) + (int(upper) - int(lower)) * (position - int(position))


def ordinal(day: date) -> int:
    """Return the ordinal of a day, also of one that an engine gives as a time."""
    return date(day.year, day.month, day.day).toordinal()
