"""A won, a lost and an open deal, and the figures of a few such."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import Any

from calculators.analysis.figures.all_figures import Figures, figures
from calculators.analysis.figures.as_json import as_json
from calculators.analysis.gate.notes import Notes
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of

AS_OF = date(2025, 3, 31)
WON = Deal(outcome="won", amount=Decimal(1000), created=date(2024, 10, 1), closed=date(2024, 10, 31))
LOST = Deal(outcome="lost", amount=Decimal(3000), created=date(2024, 10, 1), closed=date(2024, 11, 10))
OPEN = Deal(outcome="open", amount=Decimal(500), created=date(2025, 3, 1), groups={"stage": "Demo"})
SIX = [*repeat(WON, 3), *repeat(LOST, 3)]


def found(
    deals: Sequence[Deal], *stopped: str, by: Sequence[str] = (), quota: int | None = None, booked: int | None = None
) -> tuple[Figures, set[tuple[str, str]]]:
    """Return the figures of some deals, and the codes of their notes with the figures they are about."""
    notes = Notes()
    around = circumstances(AS_OF, *stopped, quota=quota, booked=booked)
    return figures(deals_of(deals), around, notes, by), {(note.code, note.figure) for note in notes}


def plain(*values: Any) -> Any:
    """Return values as the JSON has them."""
    return as_json(values)
