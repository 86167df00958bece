"""The deals of a file as compact arrays, from the columns that were understood."""

from array import array
from collections.abc import Sequence
from datetime import date
from itertools import combinations, compress
from operator import mul, ne

from calculators.analysis.gate.building import first_filled, group_of, of_kept, probabilities_of
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.currencies import Money
from calculators.analysis.gate.deals import LOST, NO_DAY, NO_GROUP, NO_PROBABILITY, OPEN, WON, Deals, Group
from calculators.analysis.gate.kinds import NORTH_AMERICA, ColumnProfile
from calculators.analysis.gate.loading import Loaded
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.outcomes import Outcomes
from calculators.analysis.gate.roles import Chosen, stage_of_header
from calculators.analysis.gate.words import end_of, meaning_of
from calculators.analysis.reading.progress import Pausing, gathered
from calculators.analysis.reading.table import Table

GROUPED = ("owner", "product", "source", "region", "segment", "pipeline", "stage", "lost_reason")
# 1 for the codes of closed deals, and for that of open ones.
_CLOSED = bytes(code in (WON, LOST) for code in range(256))
_OPEN = bytes(code == OPEN for code in range(256))
# What "NA" may be a part of, though nothing else in the column looks like it.
_OF_PLACES = {"region", "segment", "pipeline"}
_EXAMPLES, _LINES = 5, 20


def build_deals(
    loaded: Loaded,
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    of_columns: dict[int, array[int]],
    kept: Sequence[int],
    outcomes: Outcomes,
    money: Money,
    choices: Choices,
    notes: Notes,
) -> Pausing[Deals]:
    """Return the deals of the kept rows, and say what is odd about their dates and pipelines.

    `of_columns` holds the days of the kept rows in each column of dates.
    """
    profiles, table = loaded.profiles, loaded.table
    count = len(kept)

    def days(role: str, *parts: str) -> list[array[int]]:
        return [
            of_columns[place]
            for part in parts or ("",)
            for place, each in chosen.items()
            if each.role == role and each.part == part
        ]

    closing = first_filled(days("closed"), count)
    yield from _note_closing_days(profiles, chosen, of_columns, kept, outcomes.codes, table, notes)
    won, lost = first_filled(days("closed", "date_won"), count), first_filled(days("closed", "date_lost"), count)
    codes = outcomes.codes
    ended = yield from gathered("i", map(mul, closing, codes.translate(_CLOSED)))
    if any(won) or any(lost):
        ended = yield from gathered(
            "i",
            (
                generic if code not in (WON, LOST) else (by_won if code == WON else by_lost) or generic
                for code, by_won, by_lost, generic in zip(codes, won, lost, ended, strict=True)
            ),
        )
    expected = first_filled([*days("expected_close"), closing], count)
    yield
    if outcomes.has_source and not any(ended) and any(expected) and (WON in codes or LOST in codes):
        notes.add("planned_close_only", "cycle")
    entered = {
        each.stage or stage_of_header(profiles[place].name): of_columns[place]
        for place, each in chosen.items()
        if each.part == "stage_day"
    }
    groups = yield from _groups(profiles, chosen, kept, choices)
    _note_north_america(profiles, chosen, notes)
    if entered and "stage" not in groups:
        groups["stage"] = yield from _furthest_stage(entered, codes)
    if "pipeline" in groups and len(groups["pipeline"].names) > 1:
        notes.add(
            "several_pipelines", "", names=groups["pipeline"].names[:_EXAMPLES], count=len(groups["pipeline"].names)
        )
    still_expected = yield from gathered("i", map(mul, expected, codes.translate(_OPEN)))
    probabilities = yield from _probabilities(profiles, chosen, readings, kept)
    return Deals(
        rows=array("I", kept),
        lines=of_kept(table.lines, kept),
        outcomes=codes,
        created=first_filled(days("created"), count),
        closed=ended,
        expected=still_expected,
        amounts=money.amounts,
        amount_digits=money.digits,
        probabilities=probabilities,
        groups=groups,
        entered=entered,
    )


def forget_later_stages(deals: Deals, reopened: Sequence[int], as_of: date) -> None:
    """Take from deals what was not known on a past day: stages entered later, and where reopened deals stand now.

    An open deal stands in the stage it had entered last by then. A reopened one without a history has no stage where
    its own tells the end, and no probability: those are of today.
    """
    day = as_of.toordinal()
    for days in deals.entered.values():
        for place, entered in enumerate(days):
            if entered > day:
                days[place] = NO_DAY
    for place in reopened:
        deals.probabilities[place] = NO_PROBABILITY
    if "stage" not in deals.groups:
        return
    group = deals.groups["stage"]
    for place in reopened:
        name = group.names[group.codes[place]] if group.codes[place] != NO_GROUP else ""
        if name and (meaning_of(name) or end_of(name)) in {"won", "lost", "closed"}:
            group.codes[place] = NO_GROUP
    codes = {name: code for code, name in enumerate(group.names)}
    last: dict[int, tuple[int, str]] = {}
    for stage, days in deals.entered.items():
        for place, entered in enumerate(days):
            if entered and deals.outcomes[place] == OPEN:
                last[place] = max(last.get(place, (NO_DAY, "")), (entered, stage))
    for place, (_day, stage) in last.items():
        if stage not in codes:
            codes[stage] = len(group.names)
            group.names.append(stage)
        group.codes[place] = codes[stage]


def _note_closing_days(
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    of_columns: dict[int, array[int]],
    kept: Sequence[int],
    codes: bytearray,
    table: Table,
    notes: Notes,
) -> Pausing[None]:
    """Say which closed deals have two closing days that are not the same, and which of the two counts."""
    ends = {"date_won": WON, "date_lost": LOST}
    columns = [
        (profiles[place], of_columns[place], ends.get(each.part))
        for place, each in sorted(chosen.items(), key=lambda one: (one[1].role, one[1].part not in ends, one[0]))
        if each.role == "closed" or (each.role == "expected_close" and each.why == "values")
    ]
    for (first, earlier, end), (second, later, other_end) in combinations(columns, 2):
        meant = {end, other_end} - {None} or {WON, LOST}
        if {end, other_end} == {WON, LOST}:
            continue
        # Most rows have the same day in both, or none in one of them.
        is_other = yield from gathered("B", map(ne, earlier, later))
        rows = compress(zip(kept, codes, earlier, later, strict=True), is_other)
        differing = yield from gathered("I", (row for row, code, one, other in rows if one and other and code in meant))
        if differing:
            notes.add(
                "closing_days_differ", "", deals=len(differing), first=first.name, second=second.name,
                lines=[table.lines[row] for row in differing[:_LINES]],
            )  # fmt: skip


def _probabilities(
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    kept: Sequence[int],
) -> Pausing[array[int]]:
    for place, each in chosen.items():
        if each.role == "probability":
            return (yield from probabilities_of(profiles[place], readings.get(place, ReadingOfColumn()), kept))
    return array("i", [NO_PROBABILITY]) * len(kept)


def _groups(
    profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], kept: Sequence[int], choices: Choices
) -> Pausing[dict[str, Group]]:
    groups: dict[str, Group] = {}
    for place, each in chosen.items():
        if each.role in GROUPED and not each.part and not profiles[place].values.is_partial:
            groups[each.role] = yield from group_of(profiles[place], kept)
    if "stage" not in groups:
        # A status that tells more than how deals ended is the stage as well.
        status = next((place for place, each in chosen.items() if each.role == "outcome" and not each.part), None)
        if status is not None and len(profiles[status].values.counts) > len(("won", "lost", "open")):
            groups["stage"] = yield from group_of(profiles[status], kept)
    for name in choices.by:
        if name not in groups:
            for profile in profiles:
                if profile.name == name:
                    groups[name] = yield from group_of(profile, kept)
    return groups


def _note_north_america(profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], notes: Notes) -> None:
    """Say what "NA" is taken for where it may be a name: a whole region must not be lost in silence."""
    for place, each in chosen.items():
        values = profiles[place].values
        if each.role in GROUPED and NORTH_AMERICA in values.counts:
            rows = values.counts[NORTH_AMERICA]
            notes.add("na_is_name", "", column=profiles[place].name, rows=rows)
        elif each.role in _OF_PLACES and values.nothing.get(NORTH_AMERICA):
            notes.add("na_is_nothing", "", column=profiles[place].name, rows=values.nothing[NORTH_AMERICA])


def _furthest_stage(entered: dict[str, array[int]], codes: bytearray) -> Pausing[Group]:
    """Return the last stage that each deal reached, where each stage has a column of days."""
    names = list(entered)
    stages = array("i", [-1]) * len(codes)
    for place, days in enumerate(entered.values()):
        stages = yield from gathered("i", (place if day else before for day, before in zip(days, stages, strict=True)))
    return Group(names, stages)
