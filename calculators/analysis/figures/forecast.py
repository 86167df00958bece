"""What the open deals will bring: the weighted value, and what the outcomes lie below in 10, 50 and 90 % of cases.

The chance of a deal is, in this order of what the file gives: its own probability (where more than half of the open
deals with an amount have one); the share won of the decided deals that reached its stage (where there is a history of
stages; with fewer than 5 such deals, the win rate); the win rate by count. Deals without an amount, or with one that is
not above zero, and deals without a chance are left out and counted. Nothing says when a deal closes, so this is what
the open deals bring in the end, new ones not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched, compress
from typing import Literal

from calculators.analysis.figures.as_json import beside_the_contract
from calculators.analysis.figures.chance_of_totals import Way, quantiles
from calculators.analysis.figures.history import History
from calculators.analysis.figures.marks import Marks, both, count
from calculators.analysis.figures.stopping import AMOUNTS, DATES, OUTCOMES, is_stopped, stopped_by
from calculators.analysis.figures.view import View
from calculators.analysis.figures.win_rate import win_rate
from calculators.analysis.gate.deals import CERTAIN, NO_GROUP, NO_PROBABILITY
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import AT_ONCE, Pausing
from calculators.core.numbers.statistics import NO_RATE_BELOW

SHARES = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))
type Basis = Literal["probability", "stage_history", "win_rate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What `deals` open deals bring; `way` says how the quantiles were found."""

    weighted_value: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    basis: Basis
    deals: int = beside_the_contract(0)
    way: Way = beside_the_contract("exact")


def forecast(view: View, history: History, notes: Notes, figure: str = "forecast") -> Pausing[Forecast | None]:
    """Return the forecast; None while outcomes or amounts are in doubt, without open amounts, or without chances."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    if not view.open_total.deals:
        notes.add("no_open_deals", figure)
        return None
    priced = with_amount(view)
    if not count(priced):
        notes.add("no_amounts", figure, deals=view.open_total.deals)
        return None
    basis = _basis(view, history, priced)
    if basis is None:
        # The note says why there is no win rate.
        win_rate(view, notes, figure)
        return None
    yield
    amounts: dict[Decimal, list[int]] = {}
    pairs = zip(_chances(view, history, basis, priced), compress(view.deals.amounts, priced), strict=True)
    for some in batched(pairs, AT_ONCE):
        for chance, parts in some:
            if chance is not None:
                amounts.setdefault(chance, []).append(parts)
        yield
    way, of_shares = quantiles(amounts, SHARES, view.deals.amount_digits)
    yield
    # Of several chances, whole numbers are added before anything is rounded.
    weighted = sum((chance * sum(of_chance) for chance, of_chance in sorted(amounts.items())), Decimal(0))
    return noted(
        view,
        notes,
        figure,
        priced=count(priced),
        forecast=Forecast(
            weighted_value=weighted.scaleb(-view.deals.amount_digits),
            **dict(zip(("p10", "p50", "p90"), of_shares, strict=True)),
            basis=basis,
            deals=sum(map(len, amounts.values())),
            way=way,
        ),
    )


def noted(view: View, notes: Notes, figure: str, *, priced: int, forecast: Forecast) -> Forecast:
    """Return a forecast once it is noted how it was found, and what was left out of `priced` open deals."""
    total = view.open_total
    notes.add_counted("without_amount", figure, total.missing + total.zero, of=total.deals)
    notes.add_counted("negative_amounts", figure, total.negative, of=total.deals)
    notes.add_counted("without_probability", figure, priced - forecast.deals, of=priced)
    notes.add(f"forecast_{forecast.way}", figure, deals=forecast.deals)
    return forecast


def with_amount(view: View) -> Marks:
    """Mark the open deals with an amount above zero."""
    return both(view.open, view.has_price)


def weighted_deals(view: View, history: History) -> Marks:
    """Mark the deals that the forecast is of."""
    priced = with_amount(view)
    return both(priced, view.has_probability) if _basis(view, history, priced) == "probability" else priced


def _basis(view: View, history: History, priced: Marks) -> Basis | None:
    """Return what the chances of the open deals come from; None if nothing gives them."""
    if 2 * count(both(priced, view.has_probability)) > count(priced):
        return "probability"
    if win_rate(view, Notes()) is None:
        return None
    has_history = history and not stopped_by(view.circumstances, DATES) and "stage" in view.deals.groups
    return "stage_history" if has_history else "win_rate"


def _chances(view: View, history: History, basis: Basis, priced: Marks) -> Iterator[Decimal | None]:
    """Yield the chance of each open deal with an amount."""
    if basis == "probability":
        probabilities = list(compress(view.deals.probabilities, priced))
        of_parts = {parts: Decimal(parts) / CERTAIN for parts in set(probabilities) if parts != NO_PROBABILITY}
        return map(of_parts.get, probabilities)
    rate = win_rate(view, Notes())
    overall = rate.value if rate else None
    if basis == "win_rate":
        return (overall for _deal in range(count(priced)))
    by_stage = _chances_by_stage(view, history)
    stages = view.deals.groups["stage"]
    by_code = {code: by_stage.get(name, overall) for code, name in enumerate(stages.names)} | {NO_GROUP: overall}
    return map(by_code.__getitem__, compress(stages.codes, priced))


def _chances_by_stage(view: View, history: History) -> dict[str, Decimal]:
    """Return the share won of the decided deals that reached each stage, of 5 or more; a won deal reached all."""
    won = count(both(view.won, history.reached(0)))
    chances = {}
    for place, stage in enumerate(history.steps):
        decided = won + count(both(view.lost, history.reached(place)))
        if decided >= NO_RATE_BELOW:
            chances[stage] = Decimal(won) / decided
    return chances
