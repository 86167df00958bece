"""Exports of CRMs with the headers and outcome words of their interface's language, as its users see them.

`crm_layouts.csv` is written from what the programs show, not from the analyser's word lists: what a list does not have
as a whole is told by its words, and what is not told shows here.
"""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

import pytest

from calculators.analysis.analyse import analyse

LAYOUTS = list(csv.DictReader(Path(__file__).with_name("crm_layouts.csv").read_text(encoding="utf-8").splitlines()))
TODAY = date(2026, 11, 30)
DAYS = {"de": "%d.%m.%Y", "ru": "%d.%m.%Y %H:%M:%S", "en": "%m/%d/%Y", "ko": "%Y. %m. %d.", "ja": "%Y年%m月%d日"}
NAMES = ("Acme, Inc.", "Total Energies", "Won Ltd", "Lost Lake", "Open Systems")


class Deal(NamedTuple):
    """What is true of a deal; `ended` is the day on which it closed, or is expected to."""

    outcome: str
    amount: Decimal
    created: date
    ended: date


def deals(random: Random) -> list[Deal]:
    """Return thirty invented deals, with days above twelve among them."""
    made = []
    for number in range(30):
        created = date(2024, 1, 13) + timedelta(days=random.randrange(400))
        outcome = ("won", "lost", "open")[number % 3]
        ended = created + timedelta(days=random.randrange(1, 200))
        made.append(Deal(outcome, Decimal(random.randrange(101, 900_000)), created, ended))
    return made


def exported(layout: dict[str, str], made: list[Deal], random: Random) -> str:
    """Return the deals as the program of a layout writes them."""
    shape = DAYS.get(layout["language"], "%d/%m/%Y")
    columns = dict(pair.split("=", 1) for pair in layout["headers"].split(" ; "))
    has_status = "status" in columns
    rows = []
    for number, deal in enumerate(made):
        is_open = deal.outcome == "open"
        word = layout[deal.outcome].split("|")
        ended, open_words = deal.ended.strftime(shape), layout["open"].split("|")
        values = {
            "id": f"{70_001 + number}",
            "name": f"{random.choice(NAMES)} {number}",
            "account": random.choice(NAMES),
            "owner": random.choice(("Ann", "Bo")),
            "status": random.choice(word),
            "stage": random.choice(("Demo", "Qualified")) if has_status else random.choice(word or open_words),
            "amount": str(deal.amount),
            "weighted": str(deal.amount / 2),
            "estimate": str(deal.amount + 1000 if deal.outcome == "won" else deal.amount),
            "actual": {"won": str(deal.amount), "lost": "0", "open": ""}[deal.outcome],
            "currency": "EUR",
            "created": deal.created.strftime(shape),
            "modified": ended,
            "close": ended,
            "closed": "" if is_open else ended,
            "expected": (deal.ended + timedelta(days=9)).strftime(shape),
            "won_date": ended if deal.outcome == "won" else "",
            "lost_date": ended if deal.outcome == "lost" else "",
            "prob": {"won": "100", "lost": "0", "open": random.choice(("20", "60"))}[deal.outcome],
            "pipeline": "Default",
            "lost_reason": "Price" if deal.outcome == "lost" else "",
            "is_closed": layout["yes_no"].split("|")[is_open] if layout["yes_no"] else "",
            "age": str(random.randrange(1, 99)),
            "source": random.choice(("Web", "Partner")),
        }
        rows.append([values[field] for field in columns])
    file = io.StringIO()
    csv.writer(file).writerows([list(columns.values()), *rows])
    return file.getvalue()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: f"{layout['crm']}-{layout['language']}")
def test_a_crm_in_its_users_language_is_read_right(layout: dict[str, str]) -> None:
    """Outcomes, values and cycles are those of the deals; where only planned days stand, no cycle is given."""
    random = Random(layout["headers"])  # noqa: S311 - invented deals
    made = deals(random)
    analysis = analyse(exported(layout, made, random).encode(), name="export.csv", today=TODAY)
    figures, counts = analysis.figures, Counter(deal.outcome for deal in made)

    assert [doubt.code for doubt in analysis.open_doubts] == []
    assert (figures.won, figures.lost, figures.open) == (counts["won"], counts["lost"], counts["open"])
    for outcome in ("won", "lost", "open"):
        value = sum(deal.amount for deal in made if deal.outcome == outcome)
        assert getattr(figures, f"{outcome}_value") == value, outcome
    if any(note.code == "planned_close_only" for note in analysis.understood.notes):
        assert "予定" in layout["headers"] or "예상" in layout["headers"] or layout["crm"] == "sugar"
    else:
        assert figures.cycle is not None
        assert figures.cycle.median_days == median(
            (deal.ended - deal.created).days for deal in made if deal.outcome != "open"
        )
