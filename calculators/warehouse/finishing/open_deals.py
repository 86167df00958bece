"""The open deals of each stage, as the engine has added them up: what the plain `stages` and `stalled` take."""

from functools import cached_property

from calculators.analysis.figures.open_deals import Limit, OpenDeals, StageSums
from calculators.analysis.figures.stopping import CLOSE_DATES, stopped_by
from calculators.analysis.figures.view import Total
from calculators.analysis.reading.progress import Pausing
from calculators.core.numbers.statistics import NO_RATE_BELOW
from calculators.warehouse.aggregates import Aggregates
from calculators.warehouse.figures import stages


class OpenDealsOfTable(OpenDeals):
    """Open deals whose ages are since creation, with one limit: a table does not tell how long a stage took."""

    def __init__(self, view: Aggregates) -> None:
        self._aggregates = view
        # By their names, those without one last: a table has no order of its own.
        self._rows = sorted(view.rows(stages.expression), key=lambda row: (row["stage"] is None, row["stage"] or ""))

    def __len__(self) -> int:
        return self._aggregates.open.count(1)

    def name(self, stage: int) -> str | None:
        name: str | None = self._rows[stage]["stage"]
        return name

    @cached_property
    def order(self) -> list[int]:
        """The stages that hold open deals, by their places in what the engine answered."""
        return list(range(len(self._rows)))

    @cached_property
    def limits(self) -> dict[int, Limit]:
        """The same limit for each, where there is one."""
        view = self._aggregates
        lengths = view.lengths(of_won=False)
        is_stopped = not view.as_of or stopped_by(view.circumstances, CLOSE_DATES)
        if is_stopped or lengths is None or lengths.n < NO_RATE_BELOW:
            return {}
        return {stage: Limit(stage=self.name(stage), limit_days=lengths.p75_days, from_="all") for stage in self.order}

    def sums(self) -> Pausing[dict[int, StageSums]]:
        yield
        return {
            stage: StageSums(
                deals=row["deals"],
                parts=int(row["parts"] or 0),
                with_amount=row["with_amount"],
                days=int(row["days"] or 0),
                aged=row["aged"],
                stalled=row["stalled"],
            )
            for stage, row in enumerate(self._rows)
        }

    @property
    def aged(self) -> int:
        """How many have an age."""
        return sum(row["aged"] for row in self._rows)

    @property
    def stalled_total(self) -> Total:
        """The amounts of the stalled ones; which of them are zero or negative, nothing asks."""
        return Total(
            value=self._aggregates.money(sum(int(row["stalled_parts"] or 0) for row in self._rows)),
            deals=sum(row["stalled"] for row in self._rows),
            missing=sum(row["stalled_missing"] for row in self._rows),
            zero=0,
            negative=0,
        )
