"""A file with one row per change of stage: on which day each deal entered each stage, joined by the deal's id."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from calculators.analysis.gate.building import day_reader
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.deals import NO_DAY
from calculators.analysis.gate.doubts import Doubt
from calculators.analysis.gate.kinds import ColumnProfile, are_damaged, header_roles
from calculators.analysis.gate.loading import Loaded
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.orders import ReadingOfColumn, decide_days_of_history
from calculators.analysis.gate.words import is_empty
from calculators.analysis.reading.refused import Refused

# By which headers each of the three columns goes, the plainest first.
_OF_STAGES = ("to_stage", "stage")
_OF_DAYS = ("stage_entered", "created", "modified", "closed")
# Headers of histories alone.
_OF_CHANGES = {"to_stage", "from_stage"}
# So many rows for a deal, and so many different stages of it, are those of changes.
_ROWS_PER_DEAL, _STAGES_PER_DEAL = 1.5, 1.4
# Ids of Salesforce with and without the letters that tell case apart.
_SHORT_ID, _LONG_ID = 15, 18


@dataclass(slots=True)
class StageHistory:
    """The first day on which each deal entered each stage, and what only a person can say of these days."""

    entered: dict[str, array[int]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def rows_per_deal(loaded: Loaded) -> tuple[int, int] | None:
    """Return how many rows of how many deals a file has that is a history of stages, or None for any other file."""
    profiles = loaded.profiles
    named = {word for profile in profiles for word in profile.words[:1] if profile.kind != "empty"}
    has_changes = bool(_OF_CHANGES & named)
    ids = [profile for profile in profiles if "deal_id" in profile.words and profile.kind != "empty"]
    if not ids and has_changes:
        ids = [profile for profile in profiles if "name" in profile.words]
    stages = _column(profiles, _OF_STAGES)
    if stages is None or not ids or (not has_changes and {"name", "amount"} <= named and "stage_entered" not in named):
        return None
    counted = [(_distinct(profile), profile) for profile in ids if not are_damaged(profile)]
    if not counted:
        return None
    deals, identity = min(counted, key=lambda each: each[0])
    rows = len(loaded.table)
    if not deals or not any(profile.kind == "date" for profile in profiles):
        return None
    repeats = rows >= _ROWS_PER_DEAL * deals
    if has_changes:
        return (rows, deals) if repeats or not named & {"amount", "created", "closed", "outcome"} else None
    if not repeats:
        return None
    steps = len({hash(pair) for pair in zip(identity.column, stages.column, strict=True)})
    return (rows, deals) if steps >= _STAGES_PER_DEAL * deals else None


def is_of_deals(loaded: Loaded) -> bool:
    """Whether a file that was given as a history is one more table of deals: of another year, or another team."""
    first = {word for profile in loaded.profiles for word in profile.words[:1] if profile.kind != "empty"}
    has_deals = "amount" in first and bool(first & {"created", "closed", "expected_close"})
    return has_deals and not first & {*_OF_CHANGES, "stage_entered"} and rows_per_deal(loaded) is None


def _distinct(profile: ColumnProfile) -> int:
    if not profile.values.is_partial:
        return len(profile.values.counts)
    return len({hash(text) for text in profile.column if text})


def read_history(
    profiles: Sequence[ColumnProfile],
    ids: Sequence[str],
    of_deals: Sequence[str],
    choices: Choices,
    notes: Notes,
) -> StageHistory:
    """Return the first day on which each deal entered each stage, in the order of `ids`; NO_DAY where it never did.

    Stages come in the order in which deals usually pass them. `of_deals` are the orders that the dates of the deals'
    file show. Rows about other fields are left out, rows of deals that the deals' file does not have are counted in a
    note. Raises Refused where a column for deal, stage or day is missing.
    """
    place_of: dict[str, int] = {}
    for row, name in enumerate(ids):
        for way in ways_of_writing(name):
            place_of.setdefault(way, row)
    deals, stages = _deals_column(profiles, place_of), _column(profiles, _OF_STAGES)
    days = None if deals is None else _days_column(profiles, deals)
    if deals is None or stages is None or days is None:
        raise Refused("unreadable_history", columns=", ".join(profile.name for profile in profiles))
    reading, doubts = decide_days_of_history(profiles, days, of_deals, choices)
    if reading is None:
        return StageHistory({}, doubts)
    entered = _first_days(deals, stages, days, reading, _about_stages(profiles), place_of, len(ids), notes)
    order = sorted(entered.items(), key=lambda item: _usual_rank(item[1], entered))
    return StageHistory(dict(order), doubts)


def _first_days(
    deals: ColumnProfile,
    stages: ColumnProfile,
    days: ColumnProfile,
    reading: ReadingOfColumn,
    is_about: bytes | None,
    place_of: dict[str, int],
    count: int,
    notes: Notes,
) -> dict[str, array[int]]:
    places = deals.column.map(
        lambda text: next((place_of[way] for way in ways_of_writing(text) if way in place_of), -1)
    )
    entered: dict[str, array[int]] = {}
    without_deal = of_others = without_day = 0
    about = is_about or b"\x01" * len(deals.column)
    read = day_reader(days, reading)
    for place, stage, day, counts in zip(places, stages.column, days.column.map(read), about, strict=True):
        if not counts:
            of_others += 1
        elif place < 0:
            without_deal += 1
        elif day == NO_DAY:
            without_day += 1
        elif not is_empty(stage):
            first = entered.setdefault(stage, array("i", bytes(4 * count)))
            if first[place] == NO_DAY or day < first[place]:
                first[place] = day
    if without_deal:
        notes.add("history_without_deal", "stage_conversion", rows=without_deal)
    if without_day:
        notes.add("history_without_day", "stage_conversion", rows=without_day)
    if of_others:
        notes.add("history_of_others", "stage_conversion", rows=of_others)
    return entered


def ways_of_writing(text: str) -> tuple[str, ...]:
    """Return an id as it is, and in the shorter way of the same program."""
    bare = text.removeprefix("zcrm_")
    if len(bare) == _LONG_ID and bare.isalnum() and bare[0] == "0":
        return text, bare[:_SHORT_ID]
    return (text, bare) if bare != text else (text,)


def _about_stages(profiles: Sequence[ColumnProfile]) -> bytes | None:
    """Return for each row whether it is about the stage, where a column says which field was changed."""
    for profile in profiles:
        if "field_changed" in profile.words and not profile.values.is_partial:
            known = {text for text in profile.values.counts if {"stage", "to_stage"} & set(header_roles(text))}
            if known:
                return bytes(profile.column.map(lambda text, known=known: int(text in known)))  # type: ignore[misc]
    return None


def _deals_column(profiles: Sequence[ColumnProfile], place_of: dict[str, int]) -> ColumnProfile | None:
    """Return the column of ids that the deals' file has most of: a history's own ids have the same header."""
    ids = [profile for profile in profiles if "deal_id" in profile.words]

    def joined(profile: ColumnProfile) -> int:
        return sum(profile.column.map(lambda text: any(way in place_of for way in ways_of_writing(text))))

    return max(ids, key=joined, default=None)


def _days_column(profiles: Sequence[ColumnProfile], deals: ColumnProfile) -> ColumnProfile | None:
    """Return the column of days that changes most within a deal: its creation is the same in all its rows."""
    days = [profile for profile in profiles if profile.kind == "date"]
    named = [(word, profile) for word in _OF_DAYS for profile in days if word in profile.words]
    candidates = list(dict.fromkeys(profile for _word, profile in named)) or days
    if len(candidates) < 2:
        return next(iter(candidates), None)

    def changes(profile: ColumnProfile) -> int:
        return len({hash(pair) for pair in zip(deals.column, profile.column, strict=True)})

    return max(candidates, key=changes)


def _column(profiles: Sequence[ColumnProfile], words: Sequence[str]) -> ColumnProfile | None:
    return next((profile for word in words for profile in profiles if word in profile.words), None)


def _usual_rank(days: array[int], entered: dict[str, array[int]]) -> float:
    """Return the mean place of a stage among the stages of its deals."""
    ranks = [
        sum(1 for other in entered.values() if other is not days and other[deal] and other[deal] < day)
        for deal, day in enumerate(days)
        if day
    ]
    return sum(ranks) / len(ranks) if ranks else 0.0
