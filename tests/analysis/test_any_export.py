"""Whatever shape an export has, its figures are the right ones or a question: never others."""

import os
from collections import Counter
from datetime import date
from decimal import Decimal
from random import Random
from statistics import median

import pytest

from calculators.analysis.analyse import Analysis, analyse
from tests.analysis.exporting import Deal, Export, exported

# More of them: EXPORTS=5000 python -m pytest tests/analysis/test_any_export.py
BATCHES, EACH = 20, int(os.environ.get("EXPORTS", "600")) // 20
TODAY = date(2026, 11, 29)


def truth(deals: list[Deal]) -> dict[str, object]:
    """Return the figures of the deals, worked out without any of the analyser's code."""
    counts = Counter(deal.outcome for deal in deals)
    closed = counts["won"] + counts["lost"]
    cycles = [(deal.closed - deal.created).days for deal in deals if deal.closed]
    return {
        "won": counts["won"],
        "lost": counts["lost"],
        "open": counts["open"],
        "won_value": sum((deal.amount for deal in deals if deal.outcome == "won"), Decimal(0)),
        "open_value": sum((deal.amount for deal in deals if deal.outcome == "open"), Decimal(0)),
        "win_rate": Decimal(counts["won"]) / closed if closed >= 5 else None,
        "cycle": Decimal(str(median(cycles))) if cycles else None,
    }


def read(analysis: Analysis) -> dict[str, object]:
    """Return the same figures as the analyser has them."""
    figures = analysis.figures
    return {
        "won": figures.won,
        "lost": figures.lost,
        "open": figures.open,
        "won_value": figures.won_value,
        "open_value": figures.open_value,
        "win_rate": None if figures.win_rate is None else figures.win_rate.value,
        "cycle": None if figures.cycle is None else Decimal(figures.cycle.median_days),
    }


def complaint(export: Export) -> str | None:
    """Return what is wrong with the reading of an export, or None."""
    analysis = analyse(export.content, name="export.csv", today=TODAY)
    right, found = truth(export.deals), read(analysis)
    doubts = {doubt.code for doubt in analysis.understood.doubts}
    taken = {"number_marks"} & doubts
    for name, value in right.items():
        if found[name] == value or (found[name] is None and analysis.open_doubts):
            continue
        # Said with the other reading, one click away.
        if name.endswith("_value") and taken:
            continue
        return f"{name}: {found[name]} instead of {value}, doubts {doubts}, {export.habits}"
    rows = len(analysis.understood.deals) + sum(len(each.lines) for each in analysis.understood.set_aside)
    if rows + analysis.loaded.table.blank_rows < len(export.deals):
        return f"{rows} rows of {len(export.deals)}"
    return None


@pytest.mark.parametrize("batch", range(BATCHES))
def test_an_export_is_read_right_or_asked_about(batch: int) -> None:
    """Random deals in random shapes: the same figures come back, or an open doubt and no figure."""
    complaints = []
    for place in range(EACH):
        seed = batch * EACH + place
        export = exported(Random(seed))  # noqa: S311 - it has to be the same everywhere
        if wrong := complaint(export):
            complaints.append(f"seed {seed}: {wrong}")
    assert complaints == []
