"""Strategies for deals at random: nulls, ties, zeros, negative amounts and cycles, future days, histories."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from tests.analysis.deals_by_hand import Deal

AS_OF = date(2024, 12, 31)
STAGES = ("Lead", "Demo", "Offer")
_FIRST = date(2023, 11, 1)

# Few different ones, so that ties are usual; some lie after AS_OF.
days = st.integers(0, 440).map(lambda number: _FIRST + timedelta(days=number))
amounts = st.one_of(
    st.none(),
    st.sampled_from([Decimal(0), Decimal("100"), Decimal("100.01"), Decimal("-20")]),
    st.decimals(min_value=1, max_value=10**6, places=2),
)


@st.composite
def deals(draw: st.DrawFn, *, has_history: bool = False) -> Deal:
    """Return a deal."""
    outcome = draw(st.sampled_from(["won", "won", "lost", "lost", "open", "open", "unknown"]))
    created = draw(st.none() | days)
    closed = None
    if outcome in ("won", "lost"):
        closed = draw(st.one_of(st.none(), days, st.just(created)))
    entered: dict[str, date] = {}
    if has_history and created is not None:
        day = created
        for stage in STAGES:
            day += timedelta(days=draw(st.integers(-2, 40)))
            if draw(st.booleans()):
                entered[stage] = day
    return Deal(
        outcome=outcome,
        amount=draw(amounts),
        created=created,
        closed=closed,
        probability=draw(st.none() | st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)),
        groups={
            "owner": draw(st.sampled_from([None, "Ana", "Ben", "Chloe"])),
            "stage": draw(st.sampled_from([None, *STAGES])),
        },
        entered=entered,
    )


def files(*, has_history: bool = False) -> st.SearchStrategy[list[Deal]]:
    """Return the deals of a file: few and odd ones, none at all now and then, or many usual ones with some odd."""
    few = st.lists(deals(has_history=has_history), max_size=40)
    many = st.builds(_many, st.randoms(use_true_random=False), st.just(has_history), few)
    return st.one_of(few, many)


def _many(random: Random, has_history: bool, odd: list[Deal]) -> list[Deal]:  # noqa: FBT001 - st.builds passes it on
    found = [usual(random, has_history=has_history) for _deal in range(random.randrange(20, 150))]
    found.extend(odd)
    random.shuffle(found)
    return found


def usual(random: Random, *, has_history: bool) -> Deal:
    """Return a deal as most are: decided some weeks after it was created, or open, on its way through the stages."""
    created = _FIRST + timedelta(days=random.randrange(400))
    days_in_all = random.randrange(120)
    closed = created + timedelta(days=days_in_all)
    outcome = random.choice(["won", "lost"]) if closed <= AS_OF else "open"
    steps = random.randrange(1, len(STAGES) + 1)
    return Deal(
        outcome=outcome,
        amount=Decimal(random.randrange(1, 10**6)) / 100 if random.random() < 0.95 else None,
        created=created,
        closed=None if outcome == "open" else closed,
        groups={"owner": random.choice(["Ana", "Ben", "Chloe"]), "stage": STAGES[steps - 1]},
        entered={
            stage: created + timedelta(days=days_in_all * place // len(STAGES))
            for place, stage in enumerate(STAGES[:steps])
            if has_history
        },
    )
