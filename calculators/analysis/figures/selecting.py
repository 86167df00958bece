"""A part of the deals, as deals of their own: what a filter leaves, or one pipeline of several."""

from array import array
from itertools import compress

from calculators.analysis.figures.marks import Marks
from calculators.analysis.gate.deals import Deals, Group


def those(deals: Deals, meant: Marks) -> Deals:
    """Return the marked deals, in their order; groups keep all of their names."""

    def part(values: array[int]) -> array[int]:
        return array(values.typecode, compress(values, meant))

    return Deals(
        rows=part(deals.rows),
        lines=part(deals.lines),
        outcomes=bytearray(compress(deals.outcomes, meant)),
        created=part(deals.created),
        closed=part(deals.closed),
        expected=part(deals.expected),
        amounts=part(deals.amounts),
        amount_digits=deals.amount_digits,
        probabilities=part(deals.probabilities),
        groups={role: Group(group.names, part(group.codes)) for role, group in deals.groups.items()},
        entered={stage: part(days) for stage, days in deals.entered.items()},
    )
