"""How long the figures of a deals file take, by the number of deals: `python -m tests.benchmarks.figures`."""

import sys
from array import array
from datetime import date
from random import Random
from time import perf_counter

from calculators.analysis.figures.all_figures import computing_figures
from calculators.analysis.gate.deals import (
    LOST,
    NO_AMOUNT,
    NO_DAY,
    NO_PROBABILITY,
    OPEN,
    WON,
    Circumstances,
    Deals,
    Group,
)
from calculators.analysis.gate.notes import Notes

AS_OF = date(2026, 9, 30)
_GROUPS = {"owner": 40, "product": 12, "source": 8, "region": 5, "stage": 6}
_STAGES = ("Lead", "Qualified", "Demo", "Proposal", "Negotiation", "Won")


def invented_deals(number: int, *, has_history: bool) -> Deals:
    """Return invented deals of three years, always the same ones."""
    random = Random(10)  # noqa: S311 - invented, and the same in every run
    last = AS_OF.toordinal()
    outcomes = bytearray(random.choices((OPEN, WON, LOST), (25, 35, 40), k=number))
    created = array("i", (last - random.randrange(1100) for _deal in range(number)))
    closed = array("i")
    for deal, outcome in enumerate(outcomes):
        day = created[deal] + int(random.expovariate(1 / 60))
        if outcome != OPEN and day > last:
            outcomes[deal], outcome = OPEN, OPEN
        closed.append(NO_DAY if outcome == OPEN else day)
    entered = {}
    if has_history:
        entered = {
            stage: array("i", (day + 9 * place if random.random() < 0.85**place else NO_DAY for day in created))
            for place, stage in enumerate(_STAGES)
        }
    return Deals(
        rows=array("I", range(number)),
        lines=array("I", range(2, number + 2)),
        outcomes=outcomes,
        created=created,
        closed=closed,
        expected=array("i", [NO_DAY]) * number,
        amounts=array(
            "q", (NO_AMOUNT if random.random() < 0.05 else random.randrange(1, 10**7) for _deal in range(number))
        ),
        amount_digits=2,
        probabilities=array("i", [NO_PROBABILITY]) * number,
        groups={
            role: Group(
                [f"{role} {place}" for place in range(size)] if role != "stage" else list(_STAGES),
                array("i", (random.randrange(size) for _deal in range(number))),
            )
            for role, size in _GROUPS.items()
        },
        entered=entered,
    )


def main() -> None:
    """Print seconds in all, and the longest step, which is how long a reader who cancels waits."""
    for number in map(int, sys.argv[1:] or ("10000", "100000", "1000000")):
        for has_history in (False, True):
            deals = invented_deals(number, has_history=has_history)
            start = before = perf_counter()
            steps = []
            for _step in computing_figures(deals, Circumstances(as_of=AS_OF), Notes()):
                steps.append(perf_counter() - before)
                before = perf_counter()
            print(
                f"{number:>9,} deals{' with history' if has_history else '':<13}: {before - start:.3f} s; steps "
                + " ".join(f"{seconds:.3f}" for seconds in steps)
            )


if __name__ == "__main__":
    main()
