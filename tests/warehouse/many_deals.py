"""Usual deals in pipelines, some with a probability: enough for forecasts and a back test."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.analysis.deals_by_hand import Deal
from tests.analysis.random_deals import usual

_CHANCES = tuple(map(Decimal, ("0", "0.1", "0.25", "0.333333", "0.9", "1")))


def several(number: int, seed: int) -> list[Deal]:
    """Return so many deals, the same ones for the same seed."""
    random = Random(seed)  # noqa: S311 - invented, and the same for a seed
    found = []
    for _deal in range(number):
        deal = usual(random, has_history=False)
        chance = None if random.random() < 0.2 else random.choice(_CHANCES)
        pipeline = random.choice(("New", "New", "Renewal", None))
        found.append(replace(deal, probability=chance, groups={**deal.groups, "pipeline": pipeline}))
    return found
