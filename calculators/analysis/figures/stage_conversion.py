"""How many deals reached each stage, and which share of those in the stage before: only where the file has a history.

A deal that entered a later stage has reached the ones before it, entered or not (docs/en/metrics/conversion-rate.md,
"Skipped stages"). Deals that are still open count where they got so far, so the rates of a young file still rise.
Stages that none but lost deals entered are an end and no step. Below 5 deals in the stage before there is no rate.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.history import NOWHERE, History
from calculators.analysis.figures.marks import both, count
from calculators.analysis.figures.stopping import STAGE_DATES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReached:
    """How many deals reached a stage, and which share of those that reached the one before; None for the first."""

    stage: str
    reached: int
    step_rate: Decimal | None


def stage_conversion(
    view: View, history: History, notes: Notes, figure: str = "stage_conversion"
) -> list[StageReached] | None:
    """Return the stages from first to last; None while dates are in doubt, and without a history of two stages."""
    if is_stopped(view.circumstances, notes, figure, STAGE_DATES):
        return None
    if not history or len(history.steps) < 2:
        notes.add("no_stage_history", figure)
        return None
    notes.add_counted("without_history", figure, history.furthest.count(NOWHERE), of=len(view))
    notes.add_counted("open_in_conversion", figure, count(both(view.open, history.reached(0))))
    found: list[StageReached] = []
    for place, stage in enumerate(history.steps):
        before, reached = found[-1].reached if found else 0, count(history.reached(place))
        if place and before < NO_RATE_BELOW:
            notes.add("too_few_in_stage", figure)
        elif place and before < CAUTION_BELOW:
            notes.add("few_in_stage", figure)
        rate = Decimal(reached) / before if before >= NO_RATE_BELOW else None
        found.append(StageReached(stage=stage, reached=reached, step_rate=rate))
    return found
