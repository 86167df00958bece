"""8,800 real-shaped deals of ../shared/data/maven, reduced to the calculators' inputs. They have no licence to ship."""

import csv
import json
from datetime import date
from typing import Any

from tests.worked_examples import SHARED_DATA

MAVEN = SHARED_DATA / "maven"


def reference() -> dict[str, Any]:
    """Return the figures computed elsewhere."""
    return dict(json.loads((MAVEN / "reference.json").read_text(encoding="utf-8")))


def reduced() -> dict[str, dict[str, Any]]:
    """Return the inputs of each calculator that the deals have figures for, by the calculator's id."""
    with (MAVEN / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        deals = list(csv.DictReader(file))
    won, lost, engaging = (
        [deal for deal in deals if deal["deal_stage"] == stage] for stage in ("Won", "Lost", "Engaging")
    )
    revenue = sum(float(deal["close_value"]) for deal in won)
    cycles = [_cycle(deal) for deal in won]
    return {
        "average-deal-size": {"won_revenue": revenue, "won_deals": len(won)},
        "sales-cycle-length": {
            "cycle_days": cycles,
            "window_days": reference()["dates"]["closing_window_days_inclusive"],
        },
        "win-rate": {
            "won": len(won),
            "lost": len(lost),
            "open": len(deals) - len(won) - len(lost),
            "won_value": revenue,
            "lost_value": sum(float(deal["close_value"]) for deal in lost),
        },
        "sales-velocity": {
            "opportunities": len(engaging),
            "average_deal_size": revenue / len(won),
            "win_rate": len(won) / (len(won) + len(lost)),
            "cycle_days": sum(cycles) / len(cycles),
        },
    }


def _cycle(deal: dict[str, str]) -> int:
    """Return the days from engagement to close."""
    return (date.fromisoformat(deal["close_date"]) - date.fromisoformat(deal["engage_date"])).days
