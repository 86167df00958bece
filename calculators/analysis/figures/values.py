"""What the won, lost and open deals are worth: exact sums of their amounts.

Deals without an amount are left out and counted. Where there are deals and none has an amount, there is no value; where
there are no deals, it is zero.
"""

from decimal import Decimal

from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, is_stopped
from calculators.analysis.figures.view import Total, View
from calculators.analysis.gate.notes import Notes


def won_value(view: View, notes: Notes) -> Decimal | None:
    """Return the value of the won deals."""
    return _value(view, notes, "won_value", "won_total")


def lost_value(view: View, notes: Notes) -> Decimal | None:
    """Return the value of the lost deals: what they would have brought."""
    return _value(view, notes, "lost_value", "lost_total")


def open_value(view: View, notes: Notes, figure: str = "open_value") -> Decimal | None:
    """Return the value of the open deals."""
    return _value(view, notes, figure, "open_total")


def _value(view: View, notes: Notes, figure: str, name: str) -> Decimal | None:
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    total: Total = getattr(view, name)
    if total.known is None:
        notes.add("no_amounts", figure, deals=total.deals)
        return None
    notes.add_counted("without_amount", figure, total.missing, of=total.deals)
    notes.add_counted("negative_amounts", figure, total.negative, of=total.deals)
    return total.known
