"""Files in which most ids recur: the same deals month by month, or a row for each product of a deal."""

from collections.abc import Collection, Iterable, Sequence
from itertools import batched

from calculators.analysis.gate.building import days_of
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.doubts import Choice, Doubt
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.reading.progress import AT_ONCE, Pausing

# How a deal of several rows can count; the first is taken where nobody decides.
EACH_ROW, LAST_ROW, ADDED_UP = "each_row", "last_row", "added_up"
# A few ids recur by mistake. Here, a deal has three rows in two on average, or more.
_FEWEST, _ROWS, _DEALS = 4, 3, 2
_EXAMPLES = 5


def repeated_ids(
    identity: ColumnProfile, kept: Sequence[int], recurring: Sequence[int], choices: Choices
) -> Doubt | None:
    """Ask what the rows of one deal are, where most ids recur; `recurring` are rows whose id an earlier one has."""
    deals = len(kept) - len(recurring)
    if len(recurring) < _FEWEST or len(kept) * _DEALS < deals * _ROWS:
        return None
    decided, by = choices.decision("repeated_ids")
    return Doubt(
        code="repeated_ids",
        column=identity.name,
        examples=list(dict.fromkeys(identity.column.text(row) for row in recurring[:_EXAMPLES])),
        choices=[Choice(value) for value in (EACH_ROW, LAST_ROW, ADDED_UP)],
        decided=decided or EACH_ROW,
        by=by or "default",
        values={"rows": len(kept), "deals": deals},
    )


def rows_of_deals(identity: ColumnProfile, kept: Iterable[int]) -> Pausing[list[list[int]]]:
    """Return the rows of each deal in the order of the file; a row without an id is a deal of its own."""
    deals: dict[str | int, list[int]] = {}
    for rows in batched(kept, AT_ONCE):
        for row in rows:
            deals.setdefault(identity.column.text(row) or row, []).append(row)
        yield
    return list(deals.values())


def latest(
    rows: list[list[int]],
    profiles: Sequence[ColumnProfile],
    readings: dict[int, ReadingOfColumn],
    of_deals: Collection[int],
) -> Pausing[list[int]]:
    """Return of each deal the row that was written last: by the day that tells its rows apart, else by the order.

    Days of the deal itself (columns `of_deals`) do not tell when a row was written.
    """
    order = list(range(max(map(max, rows)) + 1))
    for profile in profiles:
        if profile.kind == "date" and profile.place not in of_deals:
            days = yield from days_of(profile, readings.get(profile.place, ReadingOfColumn()), order)
            if all(len({days[row] for row in deal}) == len(deal) and all(days[row] for row in deal) for deal in rows):
                return [max(deal, key=days.__getitem__) for deal in rows]
    return [deal[-1] for deal in rows]
