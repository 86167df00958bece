"""The headline figures of each pipeline, beside the whole, where the file has several."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from calculators.analysis.figures.counts import counts
from calculators.analysis.figures.cycle import Cycle, cycle
from calculators.analysis.figures.deal_size import DealSize, deal_size
from calculators.analysis.figures.selecting import those
from calculators.analysis.figures.slices import deals_with
from calculators.analysis.figures.values import open_value, won_value
from calculators.analysis.figures.view import View, preparing
from calculators.analysis.figures.win_rate import WinRate, win_rate
from calculators.analysis.gate.deals import NO_GROUP
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing

ROLE = "pipeline"
# More are no pipelines, but a column that was taken for one.
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The deals of one pipeline; `pipeline` is None for those without one."""

    pipeline: str | None
    deals: int
    won: int | None
    lost: int | None
    open: int | None
    win_rate: WinRate | None
    deal_size: DealSize | None
    cycle: Cycle | None
    won_value: Decimal | None
    open_value: Decimal | None


def pipelines(view: View) -> Pausing[list[Pipeline] | None]:
    """Return each pipeline, the one with most deals first; None where the file has not got several.

    A figure that a pipeline lacks is None; the whole says why.
    """
    group = view.deals.groups.get(ROLE)
    if group is None:
        return None
    sizes = Counter(group.codes)
    if not 2 <= len(sizes) - (NO_GROUP in sizes) <= MOST:
        return None
    order = sorted(sizes, key=lambda code: (code == NO_GROUP, -sizes[code], code))
    found = []
    for code in order:
        name = None if code == NO_GROUP else group.names[code]
        part = View((yield from those(view.deals, deals_with(group, name))), view.circumstances)
        yield from preparing(part)
        found.append((yield from pipeline_of(part, name)))
    return found


def pipeline_of(part: View, name: str | None) -> Pausing[Pipeline]:
    """Return the figures of the deals of one pipeline."""
    unsaid = Notes()
    counted = counts(part, unsaid)
    size = yield from deal_size(part, unsaid)
    return Pipeline(
        pipeline=name,
        deals=counted.deals,
        won=counted.won,
        lost=counted.lost,
        open=counted.open,
        win_rate=win_rate(part, unsaid),
        deal_size=size,
        cycle=cycle(part, unsaid),
        won_value=won_value(part, unsaid),
        open_value=open_value(part, unsaid),
    )
