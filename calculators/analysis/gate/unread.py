"""Single values that do not fit their column: the cell counts as empty, the row stays, and both are named."""

from collections.abc import Sequence

from calculators.analysis.gate.building import MOST_MONEY, amount_reader, day_reader, probability_reader
from calculators.analysis.gate.deals import NO_PROBABILITY
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.roles import Chosen
from calculators.analysis.gate.words import is_empty
from calculators.analysis.reading.table import Table

_OF_DAYS = {"created", "closed", "expected_close", "last_activity"}
_READABLE = {*_OF_DAYS, "amount", "probability"}
# What headers name besides the roles.
_ROLE_OF_WORD = {
    "estimated_amount": "amount", "actual_amount": "amount", "date_won": "closed", "date_lost": "closed",
}  # fmt: skip
_USED_KINDS = {"date", "number", "rate", "id", "empty"}
_EXAMPLES = 3
_LINES = 20


def note_unread_values(
    table: Table,
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    kept: Sequence[int],
    notes: Notes,
) -> None:
    """Name the values of used columns that are read as nothing, and the words that recur in place of values."""
    for place, each in chosen.items():
        profile, reading = profiles[place], readings.get(place, ReadingOfColumn())
        unread = _unread_texts(profile, each.role, reading)
        recurring = [text for text in profile.recurring if text in unread]
        if recurring:
            rows = sum(unread.pop(text) for text in recurring)
            notes.add("words_for_nothing", "", column=profile.name, words=recurring, rows=rows)
        too_large = _too_large(profile, unread) if each.role == "amount" else {}
        for code, texts in (("absurd_amounts", too_large), ("unread_values", unread.keys() - too_large.keys())):
            if not texts:
                continue
            rows_of = [row for row in kept if profile.column.text(row) in texts]
            if not rows_of:
                continue
            notes.add(
                code,
                "",
                column=profile.name,
                rows=len(rows_of),
                examples=[text for text in unread if text in texts][:_EXAMPLES],
                lines=[table.lines[row] for row in rows_of[:_LINES]],
            )


def _too_large(profile: ColumnProfile, unread: dict[str, int]) -> dict[str, int]:
    """Return those of the texts that are numbers, but none of money."""
    return {text: rows for text, rows in unread.items() if _is_huge(profile, text)}


def _is_huge(profile: ColumnProfile, text: str) -> bool:
    number = profile.number_of(text)
    values = [] if number is None else [value for value in (number.dot, number.comma) if value is not None]
    return any(abs(value) * (profile.factor or 1) >= MOST_MONEY for value in values)


def _unread_texts(profile: ColumnProfile, role: str, reading: ReadingOfColumn) -> dict[str, int]:
    """Return the texts that say something and are read as nothing, with their rows."""
    if role in _OF_DAYS:
        if reading.order is None and profile.kind == "date":
            return {}  # nothing is decided yet
        read_day = day_reader(profile, reading)
        return {
            text: rows
            for text, rows in profile.all_counts()
            if not is_empty(text) and not read_day(text) and profile.day_of(text) not in reading.left_out
        }
    if role == "amount" and (
        profile.numbers.may_be_unread or profile.numbers.largest * (profile.factor or 1) >= MOST_MONEY
    ):
        read = amount_reader(profile, reading)
        return {text: rows for text, rows in profile.all_counts() if not is_empty(text) and read(text) is None}
    if role == "probability":
        read_chance = probability_reader(profile, reading)
        return {
            text: rows
            for text, rows in profile.all_counts()
            if not is_empty(text) and read_chance(text) == NO_PROBABILITY
        }
    return {}


def note_lost_roles(profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], notes: Notes) -> None:
    """Name columns whose header says dates or numbers, and of which too many values are none for them to be used."""
    held = {each.role for each in chosen.values()}
    for profile in profiles:
        roles = (_ROLE_OF_WORD.get(word, word) for word in profile.words)
        role = next((each for each in roles if each in _READABLE), "")
        if profile.place in chosen or not role or role in held or profile.kind in _USED_KINDS:
            continue
        read = profile.day_of if role in _OF_DAYS else profile.number_of
        unread = {text: rows for text, rows in profile.values.counts.items() if read(text) is None}
        filled = profile.values.filled
        if unread:
            examples = sorted(unread, key=lambda text: -unread[text])[:_EXAMPLES]
            notes.add(
                "role_lost", "", column=profile.name, role=role, rows=sum(unread.values()), of=filled, examples=examples
            )
