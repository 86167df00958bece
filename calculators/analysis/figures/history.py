"""The way of deals through the stages, where the file has a history: their order, days in each, how far deals got."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations, islice

from calculators.analysis.figures import marks
from calculators.analysis.figures.marks import Marks
from calculators.analysis.figures.stopping import CLOSE_DATES, stopped_by
from calculators.analysis.figures.view import View
from calculators.analysis.gate.deals import NO_DAY

NOWHERE = 0
# Further ones do not fit into a byte; no company has them.
_MOST_STAGES = 255
# Enough to see which of two stages comes first.
_DEALS_FOR_ORDER = 20_000


class History:
    """The stages of a history in the order in which most deals entered them, and what the deals did there."""

    def __init__(self, view: View) -> None:
        self._view = view
        # Of a part of the deals, some stages may be empty.
        self._entered = {stage: days for stage, days in view.deals.entered.items() if any(days)}

    def __bool__(self) -> bool:
        return bool(self._entered)

    @cached_property
    def order(self) -> list[str]:
        """The stages from first to last: each comes before those that most deals in both entered later."""
        names = list(self._entered)
        # For a pair of stages: in how many more deals the first came first.
        lead: Counter[tuple[int, int]] = Counter()
        for days in islice(filter(any, zip(*self._entered.values(), strict=True)), _DEALS_FOR_ORDER):
            visited = [(day, place) for place, day in enumerate(days) if day != NO_DAY]
            for (first_day, first), (second_day, second) in combinations(visited, 2):
                lead[first, second] += (first_day < second_day) - (first_day > second_day)
        before = [0] * len(names)
        for first, second in combinations(range(len(names)), 2):
            before[first] += lead[first, second] > 0
            before[second] += lead[first, second] < 0
        return [names[place] for place in sorted(range(len(names)), key=lambda place: (-before[place], place))]

    @cached_property
    def steps(self) -> list[str]:
        """The stages that lead to a win: all but those that none but lost deals ever entered."""
        return [stage for stage in self.order if not self._is_for_lost(stage)][:_MOST_STAGES]

    def _is_for_lost(self, stage: str) -> bool:
        entered = marks.filled(self._entered[stage])
        return marks.count(entered) > 0 and not marks.count(marks.without(entered, self._view.lost))

    @cached_property
    def days_in(self) -> dict[str, Counter[int]]:
        """How many deals moved on from each stage after how many days: to any other stage, or to their end.

        A deal that comes back to a stage is in it since its first day there, as the history gives one day for each.
        """
        days_in: dict[str, Counter[int]] = {stage: Counter() for stage in self.order}
        counters = list(days_in.values())
        closed = self._view.deals.closed
        decided = bytes(len(closed)) if stopped_by(self._view.circumstances, CLOSE_DATES) else self._view.decided
        for deal, days in self._visits():
            visits = [(day, place) for place, day in enumerate(days) if day != NO_DAY]
            visits.sort()
            day, place = visits[0]
            for next_day, next_place in visits[1:]:
                counters[place][next_day - day] += 1
                day, place = next_day, next_place
            if decided[deal] and closed[deal] >= day:
                counters[place][closed[deal] - day] += 1
        return days_in

    @cached_property
    def furthest(self) -> bytes:
        """How many of `steps` each deal went, skipped ones included: the place, from 1, of the last it entered.

        NOWHERE for a deal without a history.
        """
        furthest = bytes(len(self._view))
        for place, stage in enumerate(self.steps, start=1):
            entered = marks.filled(self._entered[stage])
            furthest = bytes(map(max, furthest, entered.translate(_table({1: place}))))
        return furthest

    def reached(self, place: int) -> Marks:
        """Mark the deals that reached one of `steps`, by its place from 0."""
        return self.furthest.translate(_table(dict.fromkeys(range(place + 1, _MOST_STAGES + 1), 1)))

    def _visits(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield each deal that has a history, with its days in the order of the stages."""
        rows: Iterable[tuple[int, ...]] = zip(*(self._entered[stage] for stage in self.order), strict=True)
        return ((deal, days) for deal, days in enumerate(rows) if any(days))


def _table(values: dict[int, int]) -> bytes:
    """Return the table for `bytes.translate` that turns each byte into its value, others into 0."""
    return bytes(values.get(byte, 0) for byte in range(256))
