"""Which open doubts and gaps stop a figure, by what it needs."""

from calculators.analysis.gate.deals import Circumstances
from calculators.analysis.gate.notes import Notes

# How deals ended; amounts that can be added; days of creation and of stages; days on which deals were decided.
OUTCOMES = ("outcome_unknown", "no_outcome")
AMOUNTS = ("several_currencies",)
DATES = ("date_order", "mixed_dates")
# Days on which deals entered their stages.
STAGE_DATES = (*DATES, "history_date_order")
CLOSE_DATES = (*DATES, "planned_close_only")


def stopped_by(circumstances: Circumstances, *needs: tuple[str, ...]) -> str | None:
    """Return the code of the first doubt or gap that takes away one of the needs."""
    return next((code for need in needs for code in need if code in circumstances.stopped), None)


def is_stopped(circumstances: Circumstances, notes: Notes, figure: str, *needs: tuple[str, ...]) -> bool:
    """Say whether a figure cannot be had, with a note that names the doubt."""
    code = stopped_by(circumstances, *needs)
    if code:
        notes.add(code, figure)
    return code is not None
