"""How old the open deals are in their stages, and after how many days one counts as stalled.

Two clocks (docs/en/pipeline/balance.md, "Three clocks"). Where the history tells how long deals stay in a stage, age is
the days since a deal entered it, and the limit is what three in four of the deals that moved on did not exceed (`p75`,
from 30 of them), or twice their median (`twice_median`, from 5). For any other stage, age is the days since creation,
and the limit is what three in four of all closed deals did not exceed (`all`, from 5). Stalled is what is older.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import compress
from typing import Literal

from calculators.analysis.figures.day_counts import percentiles
from calculators.analysis.figures.history import History
from calculators.analysis.figures.marks import Marks, at, places
from calculators.analysis.figures.stopping import CLOSE_DATES, STAGE_DATES, stopped_by
from calculators.analysis.figures.view import Total, View
from calculators.analysis.gate.deals import NO_AMOUNT, NO_DAY, NO_GROUP
from calculators.analysis.reading.progress import AT_ONCE, Pausing
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW

NO_AGE = -1
_MEDIAN, _THREE_QUARTERS = Decimal("0.5"), Decimal("0.75")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The age in days that open deals of a stage may have; `stage` is None for deals without one."""

    stage: str | None
    limit_days: Decimal
    from_: Literal["p75", "twice_median", "all"]


@dataclass(slots=True)
class StageSums:
    """The open deals of a stage, added up: `with_amount` have one, `aged` have an age, of `days` in all."""

    deals: int = 0
    parts: int = 0
    with_amount: int = 0
    days: int = 0
    aged: int = 0
    stalled: int = 0


class OpenDeals:
    """The open deals with stage and age, in the order of the file."""

    def __init__(self, view: View, history: History) -> None:
        self._view, self._history = view, history
        self.deals = places(view.open)
        group = view.deals.groups.get("stage")
        self.names = group.names if group else []
        # The stage of each, as its place in `names`; NO_GROUP without one.
        self.stages = (
            array("i", compress(group.codes, view.open)) if group else array("i", [NO_GROUP]) * len(self.deals)
        )
        self._has_dates = bool(view.as_of) and not stopped_by(view.circumstances, STAGE_DATES)
        self._has_cycles = not stopped_by(view.circumstances, CLOSE_DATES)

    def __len__(self) -> int:
        return len(self.deals)

    def name(self, stage: int) -> str | None:
        """Return the name of a stage."""
        return None if stage == NO_GROUP else self.names[stage]

    @cached_property
    def order(self) -> list[int]:
        """The stages that hold open deals: those of the history in its order, then the others as the file has them."""
        rank = {name: place for place, name in enumerate(self._history.order if self._history else ())}
        last = len(rank) + len(self.names)

        def place(stage: int) -> int:
            return last if stage == NO_GROUP else rank.get(self.names[stage], len(rank) + stage)

        return sorted(set(self.stages), key=place)

    @cached_property
    def limits(self) -> dict[int, Limit]:
        """The limit of each stage that holds open deals, where there is one."""
        if not self._has_dates:
            return {}
        overall = self._limit_of_cycles()
        limits = {}
        for stage in self.order:
            name = self.name(stage)
            days = self._days_in.get(name) if name is not None else None
            if days and sum(days.values()) >= NO_RATE_BELOW:
                limits[stage] = _limit_of_stage(name, days)
            elif overall is not None:
                limits[stage] = Limit(stage=name, limit_days=overall, from_="all")
        return limits

    @property
    def _days_in(self) -> Mapping[str, Mapping[int, int]]:
        return self._history.days_in if self._history else {}

    def _limit_of_cycles(self) -> Decimal | None:
        cycles = self._view.cycles if self._has_cycles else {}
        return percentiles(cycles, _THREE_QUARTERS)[0] if sum(cycles.values()) >= NO_RATE_BELOW else None

    @cached_property
    def ages(self) -> array[int]:
        """The age of each open deal in days by the clock of its stage; NO_AGE without a date or with a later one."""
        if not self._has_dates:
            return array("i", [NO_AGE]) * len(self.deals)
        created = self._view.deals.created
        starts = {stage: self._starts(stage) for stage in self.order}
        as_of = self._view.as_of
        ages = array("i")
        for deal, stage in zip(self.deals, self.stages, strict=True):
            start = starts[stage]
            day = start[deal] if start is not None else created[deal]
            ages.append(as_of - day if NO_DAY < day <= as_of else NO_AGE)
        return ages

    def _starts(self, stage: int) -> array[int] | None:
        """Return the days on which deals entered a stage, None where its clock starts at creation."""
        limit = self.limits.get(stage)
        name = self.name(stage)
        if name is None or limit is None or limit.from_ == "all":
            return None
        return self._view.deals.entered[name]

    @cached_property
    def is_stalled(self) -> bytes:
        """Whether each open deal is older than the limit of its stage."""
        # An age is whole, so it is over a limit if it is over the whole part of it.
        limits = {stage: int(limit.limit_days) for stage, limit in self.limits.items()}
        return bytes(stage in limits and age > limits[stage] for stage, age in zip(self.stages, self.ages, strict=True))

    @property
    def aged(self) -> int:
        """How many have an age."""
        return len(self.ages) - self.ages.count(NO_AGE)

    @property
    def stalled_total(self) -> Total:
        """The amounts of the stalled ones."""
        return self._view.total(self.stalled)

    def sums(self) -> Pausing[dict[int, StageSums]]:
        """Add up the deals of each stage."""
        sums = {stage: StageSums() for stage in self.order}
        amounts = compress(self._view.deals.amounts, self._view.open)
        rows = zip(self.stages, amounts, self.ages, self.is_stalled, strict=True)
        for place, (stage, parts, age, is_stalled) in enumerate(rows):
            if place % AT_ONCE == 0:
                yield
            of_stage = sums[stage]
            of_stage.deals += 1
            if parts != NO_AMOUNT:
                of_stage.parts += parts
                of_stage.with_amount += 1
            if age != NO_AGE:
                of_stage.days += age
                of_stage.aged += 1
                of_stage.stalled += is_stalled
        return sums

    @property
    def stalled(self) -> Marks:
        """Mark the stalled ones among all deals."""
        return at(compress(self.deals, self.is_stalled), len(self._view))


def _limit_of_stage(name: str | None, days: Mapping[int, int]) -> Limit:
    if sum(days.values()) >= CAUTION_BELOW:
        return Limit(stage=name, limit_days=percentiles(days, _THREE_QUARTERS)[0], from_="p75")
    return Limit(stage=name, limit_days=2 * percentiles(days, _MEDIAN)[0], from_="twice_median")
