"""Rows of the page's tables on time: what was won in each period, what became of deals, how the readings differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from calculators.analysis.figures.all_figures import Figures
from calculators.analysis.figures.cohorts import Cohort
from calculators.analysis.figures.periods import first_day, last_day, period_named
from calculators.analysis.figures.revenue import PeriodRevenue
from calculators.analysis.page.workbook.cells import Cell, Style, Value, figure, label
from calculators.analysis.page.workbook.conditions import Meant, count, or_nothing, total, win_rate
from calculators.analysis.page.workbook.deal_columns import DealColumns
from calculators.analysis.page.writing import Writing
from calculators.core.declaring.fields import NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `names` calls some of its cells, by their column, for other formulas."""

    cells: list[Cell]
    names: dict[str, int] = field(default_factory=dict)


def cell(value: Value, kind: str, formula: str = "") -> Cell:
    """Return the cell of a figure, a dash where there is none."""
    if value is None:
        return Cell(value=NOTHING, style=Style.FIXED, kind=kind)
    return figure(value, kind, formula)


def rate_cell(value: Value, formula: str) -> Cell:
    """Return the cell of a win rate, whose formula itself shows a dash where there are too few deals."""
    return figure(NOTHING if value is None else value, "rate", formula)


class TimeRows:
    """Rows in the columns of the page; of periods, the first and the last day stand behind the name."""

    def __init__(self, figures: Figures, deals: DealColumns, write: Writing) -> None:
        self._figures, self._deals, self._write = figures, deals, write
        self._won, self._lost, self._open = (deals.ended(word) for word in ("won", "lost", "open"))

    def revenue(self, table: str) -> Iterator[Row]:
        """Yield what was won in each quarter or month."""
        periods: list[PeriodRevenue] = getattr(self._figures, table) or []
        within = (Meant("deal_closed", ">=", "{@B}"), Meant("deal_closed", "<=", "MIN({@C},as_of)"))
        won = self._timed(count(self._won, *within))
        value = self._timed(total(self._deals["amount"], self._won, *within))
        for one in periods:
            yield Row(
                [
                    *self._days(one.period, is_partial=one.is_partial),
                    cell(one.won, "count", won),
                    cell(one.won_value, "money", value),
                ],
                {f"{table}:{one.period}": 4},
            )

    def cohorts(self) -> Iterator[Row]:
        """Yield what became of the deals created in each quarter."""
        within = (Meant("deal_created", ">=", "{@B}"), Meant("deal_created", "<=", "{@C}"))
        ended = {"won": self._won, "lost": self._lost, "open": self._open}
        cohorts: list[Cohort] = self._figures.cohorts or []
        for one in cohorts:
            counts = (
                cell(getattr(one, name), "count", self._timed(count(*within, meant))) for name, meant in ended.items()
            )
            rate = win_rate("{@E}", "{@F}", of_both=False) if self._figures.win_rate else ""
            yield Row(
                [
                    *self._days(one.created),
                    cell(one.deals, "count", self._timed(count(*within))),
                    *counts,
                    rate_cell(one.win_rate, self._timed(rate)),
                ]
            )

    def readings(self, texts: list[list[str]]) -> Iterator[Row]:
        """Yield the velocity by what counts as opportunities; `texts` is the table as the page shows it."""
        found = self._figures.velocity
        if not found:
            return
        first, last = "{velocity.first}", "{velocity.last}"
        is_closed = (Meant("deal_closed", ">=", first), Meant("deal_closed", "<=", last))
        created = count(Meant("deal_created", ">=", first), Meant("deal_created", "<=", last))
        has_actual = found.actual_revenue_per_day is not None
        formulas = {
            "live": "{open}" if self._deals.has_room else "",
            "created": self._timed(created if has_actual else ""),
            "closed": self._timed(
                f"{count(self._won, *is_closed)}+{count(self._lost, *is_closed)}" if has_actual else ""
            ),
        }
        per_day = or_nothing("{@B}*{deal_size.mean}*{win_rate}/{cycle.mean_days}")
        apart = or_nothing("{@C}/{velocity.actual}-1")
        for one, text in zip(found.readings, texts, strict=True):
            actual, per = found.actual_revenue_per_day, one.revenue_per_day
            yield Row(
                [
                    label(text[0]),
                    cell(one.opportunities, "count", formulas[one.reading]),
                    cell(per, "money", per_day if formulas[one.reading] else ""),
                    cell(per / actual - 1 if actual and per is not None else None, "change", self._timed(apart)),
                ]
            )

    def back_test(self, texts: list[list[str]]) -> Iterator[Row]:
        """Yield how the forecast would have met past quarters, which only the analyser works out."""
        for one, text in zip(self._figures.back_test or (), texts, strict=True):
            came, apart = self._timed(f"{{revenue:{one.period}}}"), self._timed(or_nothing("{@B}/{@C}-1"))
            yield Row(
                [
                    label(text[0]),
                    cell(one.forecast, "money"),
                    cell(one.actual, "money", came),
                    cell(one.error / one.actual if one.actual else None, "change", apart),
                ]
            )

    def conversion(self) -> Iterator[Row]:
        """Yield how many deals reached each stage, which is in their history and not in the sheet of deals."""
        stages = self._figures.stage_conversion or []
        for place, one in enumerate(stages):
            rate = or_nothing("{@B}/{" + f"reached:{place - 1}" + "}") if place else ""
            names = {f"reached:{place}": 1}
            yield Row([label(one.stage), cell(one.reached, "count"), cell(one.step_rate, "rate", rate)], names)

    def _timed(self, formula: str) -> str:
        return formula if self._deals.has_days else ""

    def _days(self, name: str, *, is_partial: bool = False) -> Iterator[Cell]:
        yield label(self._write.period(name, is_partial=is_partial))
        period, months = period_named(name)
        for ordinal in (first_day(period, months), last_day(period, months)):
            yield Cell(value=date.fromordinal(ordinal), style=Style.PLAIN, kind="date")
