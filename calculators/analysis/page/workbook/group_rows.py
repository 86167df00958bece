"""Rows of the page's tables by groups: stages of open deals, slices by owner and the like, pipelines."""

from collections.abc import Iterator, Sequence

from calculators.analysis.figures.all_figures import Figures
from calculators.analysis.figures.sizes import SIZE
from calculators.analysis.figures.slices import Slice
from calculators.analysis.page.workbook.cells import Cell, figure, label
from calculators.analysis.page.workbook.conditions import (
    Meant,
    count,
    interval_end,
    or_nothing,
    total,
    win_rate,
)
from calculators.analysis.page.workbook.deal_columns import DealColumns, sheet_text
from calculators.analysis.page.workbook.figure_formulas import older_than_cycles
from calculators.analysis.page.workbook.table_rows import Row, cell, rate_cell
from calculators.analysis.page.writing import Writing
from calculators.core.words.messages import _

# Comparisons of cells that one table may ask for: more would make every change a long wait.
_MOST_COMPARISONS = 50_000_000
_FORMULAS_OF_A_ROW = 5


class GroupRows:
    """Rows in the columns of the page; the interval of a win rate takes two."""

    def __init__(self, figures: Figures, deals: DealColumns, write: Writing) -> None:
        self._figures, self._deals, self._write = figures, deals, write
        self._won, self._lost, self._open = (deals.ended(word) for word in ("won", "lost", "open"))
        self._amount = deals["amount"]

    def stages(self) -> Iterator[Row]:
        """Yield the open deals of each stage."""
        found = self._figures.stages or []
        has_formulas = self._has_formulas("stage", len(found))
        limits = {limit.stage: limit for limit in self._figures.stalled.limits} if self._figures.stalled else {}
        for one in found:
            meant = (self._open, self._deals.of_group("stage", one.stage, "{@A}")) if has_formulas else ()
            timed = meant if self._deals.has_days else ()
            limit = limits.get(one.stage)
            old = older_than_cycles([limit] if limit else [])
            age = ""
            if timed and one.age_since == "created":
                aged = (*timed, Meant("deal_created", "<=", "as_of"))
                age = or_nothing(f"as_of-{total('deal_created', *aged)}/{count(*aged)}")
            yield Row(
                [
                    self._name(one.stage),
                    cell(one.deals, "count", count(*meant) if meant else ""),
                    cell(one.value, "money", total(self._amount, *meant) if meant else ""),
                    cell(one.mean_age_days, "days", age),
                    cell(one.stalled, "count", count(*timed, old) if timed and old else ""),
                ]
            )

    def pipelines(self) -> Iterator[Row]:
        """Yield the main figures of each pipeline."""
        found = self._figures.pipelines or []
        has_formulas = self._has_formulas("pipeline", len(found))
        for one in found:
            of = (self._deals.of_group("pipeline", one.pipeline, "{@A}"),) if has_formulas else ()
            size, length = one.deal_size, one.cycle
            above, below = (Meant(self._amount, sign, "0") for sign in (">", "<"))
            sized = f"({count(self._won, *of, above)}+{count(self._won, *of, below)})"
            mean = or_nothing(f"{total(self._amount, self._won, *of)}/{sized}") if of else ""
            median = ""
            if of and self._deals.has_cycle:
                median = or_nothing(f'MEDIAN(IF(EXACT({of[0].range},{of[0].expression}),deal_cycle,""))')
            of_cycle = (
                cell(None, "days")
                if length is None
                else figure(length.median_days, "days", median, is_array=bool(median))
            )
            rate = win_rate("{@C}", "{@D}", of_both=True) if of and one.won is not None else ""
            yield Row(
                [
                    self._name(one.pipeline),
                    cell(one.deals, "count", count(*of) if of else ""),
                    cell(one.won, "count", count(self._won, *of) if of else ""),
                    cell(one.lost, "count", count(self._lost, *of) if of else ""),
                    rate_cell(one.win_rate.value if one.win_rate else None, rate),
                    cell(size.mean if size else None, "money", mean),
                    of_cycle,
                    cell(one.open_value, "money", total(self._amount, self._open, *of) if of else ""),
                ]
            )

    def slices(self, key: str) -> Iterator[Row]:
        """Yield the figures of each value of a role or a header."""
        found = self._figures.slices[key]
        has_formulas = self._deals.has_room if key == SIZE else self._has_formulas(key, len(found))
        for one in found:
            if not has_formulas:
                formulas = [""] * 4
            elif key == SIZE:
                formulas = self._of_size(one.value)
            else:
                of = self._deals.of_group(key, one.value, "{@A}")
                formulas = [count(outcome, of) for outcome in (self._won, self._lost, self._open)]
                formulas.append(total(self._amount, self._won, of))
            yield self._slice(one, formulas)

    def _slice(self, one: Slice, formulas: Sequence[str]) -> Row:
        won, lost, still_open, value = formulas
        found, rate, low, high = one.win_rate, "", "", ""
        if won and self._figures.win_rate:
            rate = win_rate("{@B}", "{@C}", of_both=False)
            low, high = (interval_end("{@B}", "{@C}", sign) for sign in "-+")
        return Row(
            [
                self._name(one.value),
                cell(one.won, "count", won),
                cell(one.lost, "count", lost),
                cell(one.open, "count", still_open),
                rate_cell(found.value if found else None, rate),
                rate_cell(found.low if found else None, low),
                rate_cell(found.high if found else None, high),
                cell(one.won_value, "money", value),
            ]
        )

    def _of_size(self, name: str | None) -> list[str]:
        """Return the formulas of a class of amounts ("<1000", "1000–5000", "≥5000"), None for what is in no class."""
        above = Meant(self._amount, ">", "0")
        if name is None:
            pairs = [(count(outcome), count(outcome, above)) for outcome in (self._won, self._lost, self._open)]
            pairs.append((total(self._amount, self._won), total(self._amount, self._won, above)))
            return [f"{every}-{classed}" for every, classed in pairs]
        low, _dash, high = name.strip("<≥").partition("–")
        if name.startswith("<"):
            within = [above, Meant(self._amount, "<", low)]
        else:
            within = [Meant(self._amount, ">=", low)]
            if high:
                within.append(Meant(self._amount, "<", high))
        formulas = [count(outcome, *within) for outcome in (self._won, self._lost, self._open)]
        return [*formulas, total(self._amount, self._won, *within)]

    def _has_formulas(self, key: str, rows: int) -> bool:
        comparisons = rows * _FORMULAS_OF_A_ROW * self._deals.rows
        return self._deals.has_room and self._deals.tells_apart(key) and comparisons <= _MOST_COMPARISONS

    def _name(self, name: str | None) -> Cell:
        return label(self._write.say(_("(none)")) if name is None else sheet_text(name))
