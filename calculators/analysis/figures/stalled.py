"""Which open deals have waited longer than deals of this file use to: limits, how many they are, and their list."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import compress

from calculators.analysis.figures.open_deals import Limit, OpenDeals
from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, STAGE_DATES, is_stopped, stopped_by
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stalled:
    """The limit of each stage that has one, and the open deals that are older."""

    limits: list[Limit]
    deals: int
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StalledDeal:
    """A row of the list: `deal` is a place in Deals, `age_days` is by the clock of its limit."""

    deal: int
    age_days: int
    limit: Limit


def stalled(view: View, open_deals: OpenDeals, notes: Notes, figure: str = "stalled") -> Stalled | None:
    """Return what is stalled; None while dates or outcomes are in doubt, without open deals or any limit."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, STAGE_DATES):
        return None
    if not len(open_deals):
        notes.add("no_open_deals", figure)
        return None
    if not open_deals.limits:
        # Without any history of stages, only the days of decision could have given one.
        if not is_stopped(view.circumstances, notes, figure, ("planned_close_only",)):
            lengths = view.lengths(of_won=False)
            notes.add("too_few_cycles", figure, deals=lengths.n if lengths else 0)
        return None
    if not open_deals.aged:
        notes.add("no_ages", figure, deals=len(open_deals))
        return None
    notes.add_counted("open_without_age", figure, len(open_deals) - open_deals.aged, of=len(open_deals))
    total = open_deals.stalled_total
    if stopped_by(view.circumstances, AMOUNTS):
        is_stopped(view.circumstances, notes, figure, AMOUNTS)
    return Stalled(
        limits=list(open_deals.limits.values()),
        deals=total.deals,
        value=None if stopped_by(view.circumstances, AMOUNTS) else total.known,
    )


def stalled_deals(open_deals: OpenDeals) -> list[StalledDeal]:
    """Return the stalled deals, those furthest over their limit first."""
    rows = zip(open_deals.deals, open_deals.stages, open_deals.ages, strict=True)
    found = [
        StalledDeal(deal=deal, age_days=age, limit=open_deals.limits[stage])
        for deal, stage, age in compress(rows, open_deals.is_stalled)
    ]
    return sorted(found, key=lambda row: (row.limit.limit_days - row.age_days, row.deal))
