"""How large a won deal is: mean and median.

Only won deals with an amount other than zero: an amount that is missing, or stored as zero, is no size, and a free
pilot is reported apart (docs/en/metrics/average-deal-size.md, edge cases). Mean × n is the value of the won deals.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.marks import Marks
from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing
from calculators.core.numbers.statistics import CAUTION_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class DealSize:
    """The size of `n` won deals."""

    mean: Decimal
    median: Decimal
    n: int


def deal_size(view: View, notes: Notes, figure: str = "deal_size") -> Pausing[DealSize | None]:
    """Return the size of won deals; None without any that has an amount."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    total = view.won_total
    if not total.with_amount:
        notes.add("no_amounts" if total.deals else "no_won_deals", figure, deals=total.deals)
        return None
    notes.add_counted("without_amount", figure, total.missing, of=total.deals)
    notes.add_counted("amount_zero", figure, total.zero, of=total.deals)
    if total.with_amount < CAUTION_BELOW:
        notes.add("few_won_deals", figure, deals=total.with_amount)
    middle = yield from view.twice_the_middle()
    return DealSize(mean=total.value / total.with_amount, median=view.money(middle) / 2, n=total.with_amount)


def sized_won(view: View) -> Marks:
    """Mark the won deals that have a size."""
    return view.sized(view.won)
