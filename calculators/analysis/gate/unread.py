"""Single values that do not fit their column: the cell counts as empty, the row stays, and both are named."""

from collections.abc import Sequence

from calculators.analysis.gate.building import amount_reader, day_reader, probabilities_of
from calculators.analysis.gate.deals import NO_PROBABILITY
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.roles import Chosen
from calculators.analysis.gate.words import is_empty
from calculators.analysis.reading.table import Table

_OF_DAYS = {"created", "closed", "expected_close", "last_activity"}
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
        unread = _unread_texts(profile, each.role, reading, kept)
        recurring = [text for text in profile.recurring if text in unread]
        if recurring:
            rows = sum(unread.pop(text) for text in recurring)
            notes.add("words_for_nothing", "", column=profile.name, words=recurring, rows=rows)
        if unread:
            rows_of = [row for row in kept if profile.column.text(row) in unread]
            notes.add(
                "unread_values",
                "",
                column=profile.name,
                rows=len(rows_of),
                examples=list(unread)[:_EXAMPLES],
                lines=[table.lines[row] for row in rows_of[:_LINES]],
            )


def _unread_texts(profile: ColumnProfile, role: str, reading: ReadingOfColumn, kept: Sequence[int]) -> dict[str, int]:
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
    if role == "amount" and profile.numbers.may_be_unread:
        read = amount_reader(profile, reading)
        return {text: rows for text, rows in profile.all_counts() if not is_empty(text) and read(text) is None}
    if role == "probability":
        texts = [profile.column.text(row) for row in kept]
        values = probabilities_of(profile, reading, kept)
        found: dict[str, int] = {}
        for text, value in zip(texts, values, strict=True):
            if value == NO_PROBABILITY and not is_empty(text):
                found[text] = found.get(text, 0) + 1
        return found
    return {}
