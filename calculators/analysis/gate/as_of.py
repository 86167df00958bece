"""The day on which open deals are looked at."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from calculators.analysis.gate.building import days_of, first_filled
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.loading import Loaded
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.outcomes import Outcomes
from calculators.analysis.gate.roles import Chosen
from calculators.analysis.reading.progress import Pausing, gathered

_NOTHING = ReadingOfColumn()
# Roles of days on which something happened.
_HAPPENED = {"created", "last_activity", "modified", "stage"}


@dataclass(slots=True, kw_only=True)
class AsOf:
    """The day on which open deals are looked at, with the code of the reason and the column it comes from."""

    date: date | None
    reason: str
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThatDay:
    """What the file knows and that day did not: rows of deals created later, and decisions that came later."""

    created_later: list[int]
    closed_later: frozenset[int]


def on_that_day(
    loaded: Loaded,
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    kept: Sequence[int],
    as_of: date,
    today: date,
) -> Pausing[ThatDay]:
    """Return which rows tell more than was known on a past day: a manager asks what the pipeline looked like then.

    A decision that is still to come today is a slip or a plan, and is left to the figures to name.
    """
    day, present = as_of.toordinal(), today.toordinal()

    def days(role: str) -> Pausing[array[int]]:
        columns = []
        for place, each in sorted(chosen.items(), key=lambda one: one[1].part == ""):
            if each.role == role:
                columns.append((yield from days_of(loaded.profiles[place], readings.get(place, _NOTHING), kept)))
        return first_filled(columns, len(kept))

    created, closed = (yield from days("created")), (yield from days("closed"))
    return ThatDay(
        created_later=list(compress(kept, map(day.__lt__, created))),
        closed_later=frozenset((yield from gathered("I", _within(kept, closed, day, present)))),
    )


def _within(kept: Sequence[int], days: array[int], after: int, until: int) -> Iterator[int]:
    return (row for row, day in zip(kept, days, strict=True) if after < day <= until)


def find_as_of(
    loaded: Loaded,
    chosen: dict[int, Chosen],
    of_columns: dict[int, array[int]],
    outcomes: Outcomes,
    choices: Choices,
    today: date,
) -> Pausing[AsOf]:
    """Return the day of the flag, or the latest date in the file that is not in the future.

    `of_columns` holds the days of the kept rows in each column of dates.

    What is planned (an expected close, a deadline) may lie after the export and before today, and says nothing of the
    present: it counts only where the file has no other date.
    """
    if choices.as_of is not None:
        return AsOf(date=choices.as_of, reason="given")
    limit = today.toordinal()
    latest, planned = (0, ""), (0, "")
    for profile in loaded.profiles:
        if profile.kind != "date":
            continue
        yield
        days = of_columns[profile.place]
        each = chosen.get(profile.place)
        role = each.role if each else "modified" if "modified" in profile.words else ""
        if role == "closed" and outcomes.has_source:
            happened: Iterable[int] = compress(days, outcomes.codes)
        else:
            happened = days if role in _HAPPENED else ()
        latest = max(latest, (max(filter(limit.__ge__, happened), default=0), profile.name))
        yield
        planned = max(planned, (max(filter(limit.__ge__, days), default=0), profile.name))
    day, column = latest if latest[0] else planned
    if not day:
        return AsOf(date=None, reason="no_date")
    return AsOf(date=date.fromordinal(day), reason="latest", column=column)
