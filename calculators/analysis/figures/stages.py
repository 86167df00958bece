"""What lies open in each stage: deals, value, mean age, and how many of them are stalled.

In the order of the stages where the file has a history, else in the order in which the file names them. The age is by
the clock of `open_deals.py`: in the stage, where its history has a limit for it, else since creation.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import compress

from calculators.analysis.figures.as_json import beside_the_contract
from calculators.analysis.figures.marks import Marks, at
from calculators.analysis.figures.open_deals import OpenDeals
from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, STAGE_DATES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Open deals of a stage; `stage` is None for deals without one. `aged` have an age and are in its mean."""

    stage: str | None
    deals: int
    value: Decimal | None
    mean_age_days: Decimal | None
    stalled: int | None
    aged: int = beside_the_contract(0)
    age_since: str = beside_the_contract("created")


def stages(view: View, open_deals: OpenDeals, notes: Notes, figure: str = "stages") -> Pausing[list[Stage] | None]:
    """Return the stages with open deals; None while outcomes are in doubt, and without a stage or an open deal."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES):
        return None
    if not view.has_group("stage"):
        notes.add("no_stage", figure)
        return None
    if not len(open_deals):
        notes.add("no_open_deals", figure)
        return None
    has_dates = not is_stopped(view.circumstances, notes, figure, STAGE_DATES)
    has_amounts = not is_stopped(view.circumstances, notes, figure, AMOUNTS)
    sums = yield from open_deals.sums()
    if has_dates:
        aged = sum(of_stage.aged for of_stage in sums.values())
        notes.add_counted("open_without_age", figure, len(open_deals) - aged, of=len(open_deals))
    found = []
    for stage in open_deals.order:
        of_stage, limit = sums[stage], open_deals.limits.get(stage)
        found.append(
            Stage(
                stage=open_deals.name(stage),
                deals=of_stage.deals,
                value=view.money(of_stage.parts) if has_amounts and of_stage.with_amount else None,
                mean_age_days=Decimal(of_stage.days) / of_stage.aged if of_stage.aged else None,
                stalled=of_stage.stalled if limit and of_stage.aged else None,
                aged=of_stage.aged,
                age_since="created" if limit is None or limit.from_ == "all" else "entered",
            )
        )
    return found


def open_in(view: View, open_deals: OpenDeals, name: str | None) -> Marks:
    """Mark the open deals of a stage."""
    meant = (open_deals.name(stage) == name for stage in open_deals.stages)
    return at(compress(open_deals.deals, meant), len(view))
