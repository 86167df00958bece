"""A file in memory, with each of its columns judged by its values."""

from collections.abc import Generator
from dataclasses import dataclass
from itertools import chain

from calculators.analysis.gate.grouping import fill_groups
from calculators.analysis.gate.header import Header, find_header
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.setting_aside import Frame, framing
from calculators.analysis.gate.units import SaidUnit, said_unit
from calculators.analysis.reading.opening import Opened
from calculators.analysis.reading.progress import Progress, saying
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
    # Columns that stood only in the first row of each group, with how many rows below were filled.
    grouped: dict[str, int]


def _said_around(opened: Opened, header: Header, table: Table, frame: Frame) -> SaidUnit | None:
    """Return the unit of amounts that a line above or below the table says."""
    above = ((text, opened.head_lines[place]) for place in range(header.record or 0) for text in opened.head[place])
    below = ((text, table.lines[row]) for row in frame.footers for text in table.row(row))
    return said_unit(chain(above, below))


def loading(opened: Opened) -> Generator[Progress, None, Loaded]:
    """Read a file into memory and judge its columns."""
    header = find_header(opened.head)
    table = yield from opened.load(header.first_record, header.names)
    table.facts.header_row = None if header.record is None else opened.head_lines[header.record]
    frame = yield from saying(Progress("understanding", 0, len(table.columns)), framing(table))
    grouped = fill_groups(table, frame)
    profiles = []
    for place, column in enumerate(table.columns):
        if not column.name and header.record is None:
            column.name = str(place + 1)
        profile = ColumnProfile(column, place, frame.rows)
        profiles.append(profile)
        progress = Progress("understanding", place, len(table.columns))
        yield progress
        yield from saying(progress, profile.gathering())
    said = _said_around(opened, header, table, frame)
    for profile in profiles:
        profile.take_unit(said, table.lines)
    above = [
        opened.head_lines[place]
        for place in range(header.record or 0)
        if any(text.strip() for text in opened.head[place])
    ]
    first_row = list(opened.head[header.first_record]) if header.first_record < len(opened.head) else []
    return Loaded(header, table, frame, profiles, above, first_row, grouped)
