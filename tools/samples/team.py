"""What an invented sales team did in six quarters: its deals with their stages, day by day, from one seed.

Deals arrive evenly, take a cycle of skewed length, and are won by a rate that differs by source and product; what is
not decided on the day of the export is open. Some open deals have not moved for months.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

SEED = 20260930
FIRST_DAY = date(2025, 4, 1)
EXPORTED = date(2026, 9, 30)
DEALS = 600
# Open stages before the decision, each with the chance its deals are given.
PROBABILITIES = (10, 25, 40, 60, 80)

WON, LOST, OPEN = "won", "lost", "open"

_WIN_RATE = 0.26
_MEDIAN_CYCLE = {WON: 58, LOST: 66}
_SPREAD = 0.55
_STALLED = 22
# What makes a win likelier or less likely, by the place in the wording's lists.
_BY_SOURCE = (1.0, 1.7, 0.9, 0.6, 1.3)
_BY_PRODUCT = (1.0, 1.15, 0.8, 1.05)
# Deals a day each owner gets of all: the last one has only just begun.
_BY_OWNER = (20, 18, 17, 16, 14, 13, 2)
_ZEROED_WHEN_LOST = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One deal; `entered` holds the day of each open stage it reached. Texts are places in the wording's lists."""

    number: int
    account: int
    owner: int
    product: int
    source: int
    region: int
    kind: int
    amount: int
    created: date
    outcome: str
    closed: date | None
    expected: date
    last_activity: date
    entered: tuple[date, ...]
    lost_reason: int | None
    in_own_stage: bool = False

    @property
    def stage(self) -> int:
        """The last open stage it reached."""
        return len(self.entered) - 1


def deals(typical_amount: int, rounded_to: int, accounts: int, seed: int = SEED) -> list[Deal]:
    """Return the team's deals in the order in which they were created."""
    random = Random(seed)  # noqa: S311  # invented deals, no secrets
    days = (EXPORTED - FIRST_DAY).days
    arrivals = [FIRST_DAY + timedelta(days=number * days // (DEALS - 1)) for number in range(DEALS)]
    made = [
        _deal(number, created, typical_amount, rounded_to, accounts, random) for number, created in enumerate(arrivals)
    ]
    return _with_stalled(made, random)


def _deal(number: int, created: date, typical: int, rounded_to: int, accounts: int, random: Random) -> Deal:
    source, product = _weighted(random, (30, 18, 17, 22, 13)), _weighted(random, (34, 28, 22, 16))
    is_won = random.random() < min(0.9, _WIN_RATE * _BY_SOURCE[source] * _BY_PRODUCT[product])
    outcome = WON if is_won else LOST
    cycle = max(4, round(_MEDIAN_CYCLE[outcome] * math.exp(random.gauss(0, _SPREAD))))
    reached = len(PROBABILITIES) if is_won else 1 + _weighted(random, (30, 26, 18, 16, 10))
    entered = _entered(created, cycle, reached, random)
    closed = _workday(created + timedelta(days=cycle))
    amount = max(rounded_to, round(typical * math.exp(random.gauss(0, 0.6)) / rounded_to) * rounded_to)
    if not is_won and random.random() < _ZEROED_WHEN_LOST:
        amount = 0
    is_open = closed > EXPORTED
    if is_open:
        entered = tuple(day for day in entered if day <= EXPORTED)
    last = min(closed, EXPORTED) - timedelta(days=random.randrange(0, 9))
    return Deal(
        number=number,
        account=random.randrange(accounts),
        owner=_weighted(random, _BY_OWNER),
        product=product,
        source=source,
        region=_weighted(random, (36, 24, 22, 18)),
        kind=_weighted(random, (50, 18, 20, 12)),
        amount=amount or (0 if not is_open else rounded_to),
        created=created,
        outcome=OPEN if is_open else outcome,
        closed=None if is_open else closed,
        expected=_workday(created + timedelta(days=round(cycle * random.uniform(0.7, 1.1)) + 7)),
        last_activity=max(created, last),
        entered=entered,
        lost_reason=None if is_open or is_won else _weighted(random, (30, 26, 16, 20, 8)),
    )


def _with_stalled(made: Sequence[Deal], random: Random) -> list[Deal]:
    """Leave some lost deals of the first quarters open: nobody has touched them, and nobody has closed them."""
    early = [deal.number for deal in made if deal.outcome == LOST and deal.amount and deal.created < date(2026, 3, 1)]
    forgotten = set(random.sample(early, _STALLED))
    return [
        replace(deal, outcome=OPEN, closed=None, lost_reason=None, in_own_stage=deal.number % 5 == 0)
        if deal.number in forgotten
        else deal
        for deal in made
    ]


def _entered(created: date, cycle: int, reached: int, random: Random) -> tuple[date, ...]:
    """Return the days of the stages reached: the first on the day of creation, all before the end."""
    shares = [random.uniform(0.5, 1.5) for _ in range(reached)]
    days, gone = [created], 0.0
    for share in shares[:-1]:
        gone += share
        days.append(created + timedelta(days=min(cycle - 1, round(cycle * gone / sum(shares)))))
    return tuple(days)


def _workday(day: date) -> date:
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def _weighted(random: Random, weights: Sequence[int]) -> int:
    drawn = random.random() * sum(weights)
    for place, weight in enumerate(weights):
        drawn -= weight
        if drawn < 0:
            return place
    return len(weights) - 1
