"""A part of the deals, as deals of their own: what a filter leaves, or one pipeline of several."""

from array import array
from itertools import compress

from calculators.analysis.figures.marks import Marks
from calculators.analysis.gate.deals import Deals, Group
from calculators.analysis.reading.progress import Pausing, gathered


def those(deals: Deals, meant: Marks) -> Pausing[Deals]:
    """Return the marked deals, in their order, with pauses; groups keep all of their names."""

    def part(values: array[int]) -> Pausing[array[int]]:
        return gathered(values.typecode, compress(values, meant))

    groups, entered = {}, {}
    for role, group in deals.groups.items():
        groups[role] = Group(group.names, (yield from part(group.codes)))
    for stage, days in deals.entered.items():
        entered[stage] = yield from part(days)
    return Deals(
        rows=(yield from part(deals.rows)),
        lines=(yield from part(deals.lines)),
        outcomes=bytearray(compress(deals.outcomes, meant)),
        created=(yield from part(deals.created)),
        closed=(yield from part(deals.closed)),
        expected=(yield from part(deals.expected)),
        amounts=(yield from part(deals.amounts)),
        amount_digits=deals.amount_digits,
        probabilities=(yield from part(deals.probabilities)),
        groups=groups,
        entered=entered,
    )
