"""From a file in memory to deals: what each column is for, how deals ended, what is set aside, what is in doubt."""

from array import array
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date

from calculators.analysis.gate.as_of import AsOf, ThatDay, find_as_of, on_that_day
from calculators.analysis.gate.asking import no_header, shifted_rows, unknown_outcomes
from calculators.analysis.gate.building import days_of
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.currencies import read_money
from calculators.analysis.gate.deal_building import build_deals, forget_later_stages
from calculators.analysis.gate.deals import LOST, OPEN, WON, Circumstances, Deals
from calculators.analysis.gate.doubts import Doubt
from calculators.analysis.gate.kinds import ColumnProfile, are_damaged
from calculators.analysis.gate.loading import Loaded
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.orders import ReadingOfColumn, decide_orders, orders_shown
from calculators.analysis.gate.outcomes import Outcomes, find_outcomes
from calculators.analysis.gate.repeated_ids import ADDED_UP, EACH_ROW, LAST_ROW, latest, repeated_ids, rows_of_deals
from calculators.analysis.gate.roles import Chosen, choose_roles
from calculators.analysis.gate.setting_aside import SetAside, Sieve, doubled_rows, sift
from calculators.analysis.gate.stage_history import is_of_deals, read_history, rows_per_deal
from calculators.analysis.gate.unread import note_lost_roles, note_unread_values
from calculators.analysis.gate.words import folded
from calculators.analysis.reading.progress import Pausing, Progress, saying
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.table import Table

_EXAMPLES, _MOST_NAMED = 5, 10
_STEPS = 8
_OF_DAYS = {"created", "closed", "expected_close"}


@dataclass(slots=True, kw_only=True)
class Understood:
    """What a file says once it is understood."""

    loaded: Loaded
    chosen: dict[int, Chosen]
    readings: dict[int, ReadingOfColumn]
    outcomes: Outcomes
    set_aside: list[SetAside]
    doubts: list[Doubt]
    notes: Notes
    as_of: AsOf
    deals: Deals
    circumstances: Circumstances
    currency: str = ""


def understanding(
    loaded: Loaded, choices: Choices, today: date, history: Loaded | None = None
) -> Generator[Progress, None, Understood]:
    """Find out what a file says, with what the reader chose; nothing dated after `today` is taken for the present.

    `history` is a file with a row for each change of stage. Raises Refused where it or a choice cannot be used.
    """
    notes = Notes()
    profiles, table = loaded.profiles, loaded.table
    mapped = _mapped(loaded, choices)
    if not mapped and (counted := rows_per_deal(loaded)):
        # Each change would count as a deal.
        raise Refused("history_alone", rows=counted[0], deals=counted[1])
    if others := [name for name, _is_hidden in table.facts.sheets if name != table.facts.sheet]:
        notes.add("other_sheets", "", sheet=table.facts.sheet, names=others[:_MOST_NAMED], count=len(others))
    for name, rows in loaded.grouped.items():
        notes.add("group_filled", "", column=name, rows=rows)
    doubts: list[Doubt] = []
    chosen = choose_roles(profiles, mapped)
    if loaded.header.record is None and table.lines:
        doubts.append(no_header(loaded, decided=bool(mapped)))
        chosen = chosen if mapped else _by_values(profiles)
    if shifted := shifted_rows(loaded, decided=bool(mapped)):
        doubts.append(shifted)
        # What stands under which header is not known, so nothing rests on headers.
        chosen = {place: each for place, each in chosen.items() if each.why == "mapping"}
    readings, order_doubts = decide_orders(profiles, choices, chosen)
    doubts += order_doubts
    yield _at(1)
    sieve = yield from saying(_at(1), sift(table, loaded.frame, profiles, chosen, loaded.above))
    yield _at(2)
    identity, recurring = yield from saying(_at(2), _set_doubled_aside(table, profiles, chosen, sieve, notes))
    further: dict[int, list[int]] = {}
    repeated = identity and repeated_ids(identity, sieve.kept, recurring, choices)
    if identity and repeated:
        doubts.append(repeated)
        further = yield from saying(_at(2), _one_row_a_deal(loaded, identity, repeated, chosen, readings, sieve))
    if identity and (not repeated or repeated.decided == EACH_ROW):
        _note_recurring(table, identity, recurring, notes)
    kept = sieve.kept
    that_day = None
    if choices.as_of is not None:
        that_day = yield from saying(_at(2), on_that_day(loaded, chosen, readings, kept, choices.as_of, today))
        sieve.put_aside("created_later", that_day.created_later)
        kept = sieve.kept
    yield _at(3)
    said = dict(choices.outcomes)
    outcomes = yield from saying(_at(3), find_outcomes(profiles, chosen, kept, said, notes, today))
    yield _at(4)
    reopened = _reopened(outcomes, kept, that_day, choices, today, notes)
    money = yield from saying(
        _at(4), read_money(profiles, chosen, readings, kept, outcomes, choices, table, notes, further)
    )
    doubts += money.doubts
    if money.other_rows:
        # Decided: deals in another currency are not compared.
        sieve.put_aside("other_currency", money.other_rows)
        kept = sieve.kept
        outcomes = yield from saying(_at(4), find_outcomes(profiles, chosen, kept, said, Notes(), today))
        reopened = _reopened(outcomes, kept, that_day, choices, today, Notes())
        money = yield from saying(
            _at(4), read_money(profiles, chosen, readings, kept, outcomes, choices, table, Notes(), further)
        )
    if doubt := unknown_outcomes(outcomes):
        doubts.append(doubt)
    yield _at(5)
    of_columns = yield from saying(_at(5), _days(profiles, chosen, readings, kept))
    as_of = yield from saying(_at(5), find_as_of(loaded, chosen, of_columns, outcomes, choices, today))
    yield _at(6)
    deals = yield from saying(
        _at(6), build_deals(loaded, chosen, readings, of_columns, kept, outcomes, money, choices, notes)
    )
    if history is not None:
        if is_of_deals(history):
            raise Refused("too_many_files")
        ids = _identities(profiles, chosen, kept)
        stages = read_history(history.profiles, ids, orders_shown(profiles, readings), choices, notes)
        deals.entered.update(stages.entered)
        doubts += stages.doubts
    if that_day is not None and choices.as_of is not None:
        forget_later_stages(deals, reopened, choices.as_of)
    if table.facts.damaged_lines:
        notes.add("damaged_letters", "", lines=table.facts.damaged_lines)
    yield _at(7)
    note_unread_values(table, profiles, chosen, readings, kept, notes)
    note_lost_roles(profiles, chosen, notes)
    _note_unused_answers(profiles, choices, outcomes, doubts, notes)
    stopped = {doubt.code for doubt in doubts if doubt.is_open and doubt.code not in {"no_header", "shifted_rows"}}
    stopped = {"several_currencies" if code == "currency" else code for code in stopped}
    if any(note.code == "planned_close_only" for note in notes):
        stopped.add("planned_close_only")
    if not outcomes.has_source:
        stopped.add("no_outcome")
        notes.add("no_outcome", "")
    return Understood(
        loaded=loaded,
        chosen=chosen,
        readings=readings,
        outcomes=outcomes,
        set_aside=sieve.set_aside,
        doubts=doubts,
        notes=notes,
        as_of=as_of,
        deals=deals,
        circumstances=Circumstances(
            as_of=as_of.date, quota=choices.quota, booked=choices.booked, stopped=frozenset(stopped)
        ),
        currency=money.currency,
    )


def _at(step: int) -> Progress:
    return Progress("understanding", step, _STEPS)


def _days(
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    kept: Sequence[int],
) -> Pausing[dict[int, array[int]]]:
    """Return the days of the kept rows in each column that holds dates, or is taken for one that does."""
    found = {}
    for profile in profiles:
        each = chosen.get(profile.place)
        if profile.kind == "date" or (each and (each.role in _OF_DAYS or each.part == "stage_day")):
            found[profile.place] = yield from days_of(profile, readings.get(profile.place, ReadingOfColumn()), kept)
    return found


def _reopened(
    outcomes: Outcomes, kept: Sequence[int], that_day: ThatDay | None, choices: Choices, today: date, notes: Notes
) -> list[int]:
    """Take deals that were decided after the day of the reader for open ones, and return their places."""
    if that_day is None or choices.as_of is None:
        return []
    found = [
        place for place, row in enumerate(kept) if row in that_day.closed_later and outcomes.codes[place] in (WON, LOST)
    ]
    for place in found:
        outcomes.codes[place] = OPEN
    if choices.as_of > today:
        notes.add("as_of_in_future", "", date=choices.as_of)
    elif found or that_day.created_later:
        notes.add("as_of_that_day", "", date=choices.as_of, reopened=len(found), created=len(that_day.created_later))
    return found


def _mapped(loaded: Loaded, choices: Choices) -> dict[int, str | None]:
    """Return the role that the reader gave to columns, by their place: named by header, or by position from 1."""
    names = {profile.name for profile in loaded.profiles}
    mapped: dict[int, str | None] = {}
    taken: set[str] = set()
    for profile in loaded.profiles:
        position = str(profile.place + 1)
        if profile.name in choices.columns and profile.name not in taken:
            # A header that recurs means its first column.
            taken.add(profile.name)
            mapped[profile.place] = choices.columns[profile.name]
        elif position not in names and position in choices.columns:
            mapped[profile.place] = choices.columns[position]
    return mapped


def _note_unused_answers(
    profiles: Sequence[ColumnProfile], choices: Choices, outcomes: Outcomes, doubts: list[Doubt], notes: Notes
) -> None:
    """Name what the reader said that fits nothing in this file.

    Of a mapping only the columns: that a word of it, or a question, does not come up in another export is usual.
    """
    headers = {profile.name for profile in profiles} | {str(profile.place + 1) for profile in profiles}
    words = {folded(value.value) for value in outcomes.values}
    asked = {doubt.code for doubt in doubts} | {"currency"}
    unused = [name for name, role in choices.mapping.columns.items() if role and name not in headers]
    unused += [name for name in choices.options.columns if name not in headers]
    unused += [f"outcome:{word}" for word in choices.options.outcomes if folded(word) not in words]
    unused += [code for code in choices.options.decisions if code not in asked]
    if unused:
        notes.add("unused_answers", "", names=unused[:_MOST_NAMED], count=len(unused))


def _identities(profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], kept: Sequence[int]) -> list[str]:
    """Return the ids of the kept rows; raises Refused where the file has none, so that nothing can be joined."""
    for place, each in chosen.items():
        if each.role == "deal_id":
            return [profiles[place].column.text(row) for row in kept]
    raise Refused("history_needs_ids")


def _by_values(profiles: Sequence[ColumnProfile]) -> dict[int, Chosen]:
    """Without headers, only the words of stages and outcomes speak for themselves."""
    return {
        place: each for place, each in choose_roles(profiles, {}).items()
        if each.why == "values" and each.role in {"stage", "outcome"} and each.part != "stage_day"
    }  # fmt: skip


def _set_doubled_aside(
    table: Table, profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], sieve: Sieve, notes: Notes
) -> Pausing[tuple[ColumnProfile | None, list[int]]]:
    """Return the column of ids, and the rows whose id an earlier, different row has."""
    identity = next((profiles[place] for place, each in chosen.items() if each.role == "deal_id"), None)
    # Shortened ids are often all the same, and then no column of ids: the header alone tells what they were.
    for profile in [identity] if identity else [each for each in profiles if each.words[:1] == ("deal_id",)]:
        if are_damaged(profile):
            notes.add("damaged_ids", "", column=profile.name)
            chosen.pop(profile.place, None)
            identity = None
    same, other = yield from doubled_rows(table, sieve, identity)
    if identity is None:
        if same:
            notes.add("identical_rows", "", rows=len(same), lines=[table.lines[row] for row in same[:20]])
        return None, []
    sieve.put_aside("duplicate_ids", same)
    return identity, other


def _note_recurring(table: Table, identity: ColumnProfile, rows: Sequence[int], notes: Notes) -> None:
    """Name the rows that count although an earlier, different one has their id."""
    if rows:
        names = list(dict.fromkeys(identity.column.text(row) for row in rows))
        lines = [table.lines[row] for row in rows[:20]]
        notes.add("duplicate_ids", "", rows=len(rows), ids=names[:_EXAMPLES], lines=lines)


def _one_row_a_deal(
    loaded: Loaded,
    identity: ColumnProfile,
    doubt: Doubt,
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    sieve: Sieve,
) -> Pausing[dict[int, list[int]]]:
    """Set aside all but one row of each deal, as was decided; return by row those whose amounts are added to it."""
    if doubt.decided == EACH_ROW:
        return {}
    deals = yield from rows_of_deals(identity, sieve.kept)
    if doubt.decided == LAST_ROW:
        of_deals = [place for place, each in chosen.items() if each.role != "last_activity"]
        counting = yield from latest(deals, loaded.profiles, readings, of_deals)
    else:
        counting = [rows[0] for rows in deals]
    sieve.put_aside("further_row", sorted({row for rows in deals for row in rows} - set(counting)))
    return {rows[0]: rows[1:] for rows in deals if len(rows) > 1} if doubt.decided == ADDED_UP else {}
