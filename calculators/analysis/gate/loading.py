"""A file in memory, with each of its columns judged by its values."""

from collections.abc import Generator
from dataclasses import dataclass

from calculators.analysis.gate.header import Header, find_header
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.setting_aside import Frame, frame_of
from calculators.analysis.reading.opening import Opened
from calculators.analysis.reading.progress import Progress
from calculators.analysis.reading.table import Table


@dataclass(slots=True)
class Loaded:
    """A file in memory, judged column by column; nothing in it depends on what the reader chooses."""

    header: Header
    table: Table
    frame: Frame
    profiles: list[ColumnProfile]
    # Physical lines of filled records above the header.
    above: list[int]
    first_row: list[str]


def loading(opened: Opened) -> Generator[Progress, None, Loaded]:
    """Read a file into memory and judge its columns."""
    header = find_header(opened.head)
    table = yield from opened.load(header.first_record, header.names)
    table.facts.header_row = None if header.record is None else opened.head_lines[header.record]
    frame = frame_of(table)
    profiles = []
    for place, column in enumerate(table.columns):
        if not column.name and header.record is None:
            column.name = str(place + 1)
        profile = ColumnProfile(column, place, frame.rows)
        profiles.append(profile)
        yield Progress("understanding", place, len(table.columns))
        for _some in profile.gathering():
            yield Progress("understanding", place, len(table.columns))
    above = [
        opened.head_lines[place]
        for place in range(header.record or 0)
        if any(text.strip() for text in opened.head[place])
    ]
    first_row = list(opened.head[header.first_record]) if header.first_record < len(opened.head) else []
    return Loaded(header, table, frame, profiles, above, first_row)
