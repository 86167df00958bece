"""What an analysis says about the reader's numbers, which calculators are then offered."""

from typing import Any

from calculators.analysis.page.about import Answered
from calculators.analysis.page.writing import exact
from calculators.core.declaring.fields import handed_on

# The figure of the contract that each quantity is: calculators/core/declaring/quantities.py says what they mean.
_FIGURES = {
    "win_rate": "win_rate.value",
    "win_rate_by_value": "win_rate_by_value.value",
    "won_deals": "won",
    "won_value": "won_value",
    "average_deal_size": "deal_size.mean",
    "cycle_days": "cycle.mean_days",
    "live_opportunities": "open",
    "open_pipeline": "coverage.open_value",
    "quota": "coverage.quota",
    "booked": "coverage.booked",
}


def numbers_of(about: Answered) -> dict[str, str]:
    """Return the figures that are quantities, by quantity, as programs write them; without those that are missing."""
    found: dict[str, Any] = {quantity: about.get(path) for quantity, path in _FIGURES.items()}
    return {quantity: handed_on(exact(value)) for quantity, value in found.items() if value is not None}
