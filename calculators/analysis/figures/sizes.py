"""Classes of deal size in round numbers, about a quarter of the deals in each, so that win rates can be compared.

Only where lost deals have amounts as well: of won ones alone, every class would be won. Deals without an amount, or
with one that is not above zero, are in no class.
"""

from bisect import bisect_right
from decimal import Decimal
from itertools import pairwise, repeat

from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.gate.deals import NO_GROUP, Group
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing, gathered
from calculators.core.declaring.fields import plain_number

SIZE = "size"
_ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def size_group(view: View, notes: Notes, figure: str) -> Pausing[Group | None]:
    """Return the class of size of each deal; None while amounts or outcomes are in doubt, or lost ones have none."""
    edges = yield from class_edges(view, notes, figure)
    if not edges:
        return None
    # Below the first of these, one smallest part, lie the deals without a class: they get NO_GROUP, which is -1.
    begins = [1, *(int(edge.scaleb(view.deals.amount_digits)) for edge in edges)]
    codes = map(NO_GROUP.__add__, map(bisect_right, repeat(begins), view.deals.amounts))
    return Group(class_names(edges), (yield from gathered("i", codes)))


def class_edges(view: View, notes: Notes, figure: str) -> Pausing[list[Decimal]]:
    """Return the amounts at which a class ends and the next begins: quartiles of all deals, rounded to 1, 2 or 5.

    There are none while amounts or outcomes are in doubt, or where lost deals have no amounts.
    """
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return []
    if view.lost_total.deals and not view.lost_total.with_amount:
        notes.add("lost_value_zero", figure, deals=view.lost_total.deals, missing=view.lost_total.missing)
        return []
    smallest, *quartiles, largest = (yield from view.quartiles()) or (0, 0)
    edges = {max(_rounded(view.money(parts)), view.money(1)) for parts in quartiles}
    # An edge at or below the smallest deal, or above the largest, divides nothing.
    found = [edge for edge in sorted(edges) if view.money(smallest) < edge <= view.money(largest)]
    if not found:
        notes.add("no_size_classes", figure)
    return found


def _rounded(amount: Decimal) -> Decimal:
    """Return the nearest of 1, 2, 5 and 10 times a power of ten."""
    power = amount.adjusted()
    leading = amount.scaleb(-power)
    return min(_ROUND, key=lambda figure: abs(figure - leading)).scaleb(power)


def class_names(edges: list[Decimal]) -> list[str]:
    """Name the classes without words: "<1000", "1000–5000", "≥5000"; an edge belongs to the class above it."""
    texts = [plain_number(edge) for edge in edges]
    middle = [f"{low}–{high}" for low, high in pairwise(texts)]
    return [f"<{texts[0]}", *middle, f"≥{texts[-1]}"]
