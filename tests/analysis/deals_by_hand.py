"""Deals for tests of the figures: from a few plain values each, from the Maven data set, and at random."""

import csv
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from calculators.analysis.gate.deals import (
    CERTAIN,
    LOST,
    NO_AMOUNT,
    NO_DAY,
    NO_GROUP,
    NO_PROBABILITY,
    OPEN,
    UNKNOWN,
    WON,
    Circumstances,
    Deals,
    Group,
)
from tests.maven import MAVEN

OUTCOMES = {"won": WON, "lost": LOST, "open": OPEN, "unknown": UNKNOWN}
AMOUNT_DIGITS = 2


@dataclass(frozen=True, kw_only=True)
class Deal:
    """One deal as a person would write it down."""

    outcome: str
    amount: Decimal | None = None
    created: date | None = None
    closed: date | None = None
    expected: date | None = None
    probability: Decimal | None = None
    groups: Mapping[str, str | None] = field(default_factory=dict)
    entered: Mapping[str, date] = field(default_factory=dict)


def deals_of(plain: Iterable[Deal]) -> Deals:
    """Return deals as the gate hands them on."""
    plain = list(plain)
    numbers = range(len(plain))
    roles = dict.fromkeys(role for deal in plain for role in deal.groups)
    stages = sorted({stage for deal in plain for stage in deal.entered})
    return Deals(
        rows=array("I", numbers),
        lines=array("I", (number + 2 for number in numbers)),
        outcomes=bytearray(OUTCOMES[deal.outcome] for deal in plain),
        created=_days(deal.created for deal in plain),
        closed=_days(deal.closed for deal in plain),
        expected=_days(deal.expected for deal in plain),
        amounts=array(
            "q",
            (NO_AMOUNT if deal.amount is None else int(deal.amount.scaleb(AMOUNT_DIGITS)) for deal in plain),
        ),
        amount_digits=AMOUNT_DIGITS,
        probabilities=array(
            "i",
            (NO_PROBABILITY if deal.probability is None else int(deal.probability * CERTAIN) for deal in plain),
        ),
        groups={role: _group([deal.groups.get(role) for deal in plain]) for role in roles},
        entered={stage: _days(deal.entered.get(stage) for deal in plain) for stage in stages},
    )


def circumstances(
    as_of: date | None, *stopped: str, quota: int | None = None, booked: int | None = None
) -> Circumstances:
    """Return the circumstances on a day."""
    return Circumstances(
        as_of=as_of,
        quota=None if quota is None else Decimal(quota),
        booked=None if booked is None else Decimal(booked),
        stopped=frozenset(stopped),
    )


@cache
def maven_deals() -> tuple[Deal, ...]:
    """Return the 8,800 deals of the Maven data set."""
    outcome = {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
    managers = {row["sales_agent"]: row for row in _rows("sales_teams.csv")}
    return tuple(
        Deal(
            outcome=outcome[row["deal_stage"]],
            amount=Decimal(row["close_value"]) if row["close_value"] else None,
            created=date.fromisoformat(row["engage_date"]) if row["engage_date"] else None,
            closed=date.fromisoformat(row["close_date"]) if row["close_date"] else None,
            groups={
                "stage": row["deal_stage"],
                "owner": row["sales_agent"],
                "product": row["product"],
                "region": managers[row["sales_agent"]]["regional_office"],
                "manager": managers[row["sales_agent"]]["manager"],
            },
        )
        for row in _rows("sales_pipeline.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (MAVEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _days(days: Iterable[date | None]) -> array[int]:
    return array("i", (NO_DAY if day is None else day.toordinal() for day in days))


def _group(values: list[str | None]) -> Group:
    names = list(dict.fromkeys(value for value in values if value is not None))
    places = {name: place for place, name in enumerate(names)}
    return Group(names, array("i", (NO_GROUP if value is None else places[value] for value in values)))
