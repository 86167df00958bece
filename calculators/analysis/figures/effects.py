"""The few figures that show what a decision changes, side by side before it is taken."""

from typing import Any

from calculators.analysis.figures.as_json import as_json
from calculators.analysis.figures.counts import counts
from calculators.analysis.figures.cycle import cycle
from calculators.analysis.figures.values import open_value, won_value
from calculators.analysis.figures.view import View, preparing
from calculators.analysis.figures.win_rate import win_rate
from calculators.analysis.gate.deals import Circumstances, Deals
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing


def effect_of(deals: Deals, circumstances: Circumstances) -> Pausing[dict[str, Any]]:
    """Return counts, win rate, values and the median cycle in the contract's names; None where there is none."""
    view = View(deals, circumstances)
    yield from preparing(view)
    return effects(view)


def effects(view: View) -> dict[str, Any]:
    """Return the same of a view."""
    notes = Notes()
    counted, rate, days = counts(view, notes), win_rate(view, notes), cycle(view, notes)
    found = {
        "deals": counted.deals,
        "won": counted.won,
        "lost": counted.lost,
        "open": counted.open,
        "win_rate": None if rate is None else rate.value,
        "won_value": won_value(view, notes),
        "open_value": open_value(view, notes),
        "cycle_median_days": None if days is None else days.median_days,
        "cycles": None if days is None else days.n,
    }
    return dict(as_json(found))
