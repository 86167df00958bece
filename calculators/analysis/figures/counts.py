"""How many deals there are, and how many of them are won, lost and open."""

from dataclasses import dataclass

from calculators.analysis.figures.marks import count
from calculators.analysis.figures.stopping import OUTCOMES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Deals by outcome; None while it is not known how deals ended."""

    deals: int
    won: int | None = None
    lost: int | None = None
    open: int | None = None


def counts(view: View, notes: Notes) -> Counts:
    """Count the deals; outcomes in doubt stop all but their number."""
    # Each of the three is null, so each says why.
    if [figure for figure in ("won", "lost", "open") if is_stopped(view.circumstances, notes, figure, OUTCOMES)]:
        return Counts(deals=len(view))
    if not count(view.open):
        notes.add("no_open_deals", "open")
    return Counts(deals=len(view), won=count(view.won), lost=count(view.lost), open=count(view.open))
