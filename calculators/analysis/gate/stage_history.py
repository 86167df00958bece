"""A file with one row per change of stage: on which day each deal entered each stage, joined by the deal's id."""

from array import array
from collections.abc import Sequence

from calculators.analysis.gate.building import day_reader
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.deals import NO_DAY
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.orders import ReadingOfColumn, decide_orders
from calculators.analysis.gate.words import is_empty
from calculators.analysis.reading.refused import Refused

# By which headers each of the three columns goes, the plainest first.
_OF_DEALS = ("deal_id",)
_OF_STAGES = ("to_stage", "stage")
_OF_DAYS = ("stage_entered", "created", "modified", "closed")


def stage_days(
    profiles: Sequence[ColumnProfile], ids: Sequence[str], choices: Choices, notes: Notes
) -> dict[str, array[int]]:
    """Return the first day on which each deal entered each stage, in the order of `ids`; NO_DAY where it never did.

    Stages come in the order in which deals usually pass them. Rows of deals that the deals' file does not have are
    counted in a note. Raises Refused where a column for deal, stage or day is missing.
    """
    deals = _column(profiles, _OF_DEALS, None)
    stages = _column(profiles, _OF_STAGES, None)
    days = _column(profiles, _OF_DAYS, "date")
    if deals is None or stages is None or days is None:
        raise Refused("unreadable_history", columns=", ".join(profile.name for profile in profiles))
    readings, _doubts = decide_orders([days], choices)
    read = day_reader(days, readings.get(days.place, ReadingOfColumn()))
    place_of: dict[str, int] = {}
    for row, name in enumerate(ids):
        place_of.setdefault(name, row)
    entered: dict[str, array[int]] = {}
    without_deal = 0
    for deal, stage, day in zip(deals.column, stages.column, days.column.map(read), strict=True):
        place = place_of.get(deal)
        if place is None:
            without_deal += 1
        elif day != NO_DAY and not is_empty(stage):
            first = entered.setdefault(stage, array("i", bytes(4 * len(ids))))
            if first[place] == NO_DAY or day < first[place]:
                first[place] = day
    if without_deal:
        notes.add("history_without_deal", "stage_conversion", rows=without_deal)
    return dict(sorted(entered.items(), key=lambda item: _usual_rank(item[1], entered)))


def _column(profiles: Sequence[ColumnProfile], words: Sequence[str], kind: str | None) -> ColumnProfile | None:
    for word in words:
        for profile in profiles:
            if word in profile.words and (kind is None or profile.kind == kind):
                return profile
    if kind is not None:
        return next((profile for profile in profiles if profile.kind == kind), None)
    return None


def _usual_rank(days: array[int], entered: dict[str, array[int]]) -> float:
    """Return the mean place of a stage among the stages of its deals."""
    ranks = [
        sum(1 for other in entered.values() if other is not days and other[deal] and other[deal] < day)
        for deal, day in enumerate(days)
        if day
    ]
    return sum(ranks) / len(ranks) if ranks else 0.0
