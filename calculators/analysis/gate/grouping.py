"""Grouped reports: what all deals of a group share stands in the first row of the group alone.

Salesforce's formatted reports, pivot tables and merged cells are like this. Read as they are, all deals but the first
of each group would have no stage, and count as open.
"""

from calculators.analysis.gate.kinds import header_roles
from calculators.analysis.gate.setting_aside import Frame
from calculators.analysis.reading.table import Column, Table

# What reports are grouped by, where no totals show the groups.
_GROUPS = {"stage", "outcome", "owner", "account", "pipeline", "region", "segment", "source", "product"}
# In fewer rows, what is missing may as well be missing.
_FEWEST_ROWS, _FEWEST_GROUPS = 6, 2


def fill_groups(table: Table, frame: Frame) -> dict[str, int]:
    """Fill the columns of a report's groups, which are its first ones; return them with the rows filled."""
    found: dict[str, int] = {}
    without = frame.rows
    for place, column in enumerate(table.columns):
        counts = column.counts_of_held_texts()
        if not any(counts[text] for text in counts if text):
            # Reports may begin with empty columns.
            continue
        if column.is_mostly_distinct or not counts.get("") or not _is_of_groups(column, frame, without):
            break
        table.columns[place] = column.filled_down(without)
        found[column.name] = sum(column.is_blank) - sum(table.columns[place].is_blank)
    return found


def _is_of_groups(column: Column, frame: Frame, without: set[int]) -> bool:
    """Whether each text begins a group: right below totals, or, each standing there once, above as many empty rows."""
    first = next((row for row in range(len(column)) if row not in without), None)
    if first is None or not column.text(first):
        return False
    rows = [row for row in range(len(column)) if row not in without]
    starts = [row for row in rows if column.text(row)]
    if len(starts) == len(rows):
        return False
    totals = set(frame.totals)
    if len(starts) >= _FEWEST_GROUPS and all(row - 1 in totals for row in starts[1:]):
        return True
    texts = {column.text(row) for row in starts}
    return (
        bool(_GROUPS & set(header_roles(column.name)[:1]))
        and len(rows) >= _FEWEST_ROWS
        and len(texts) == len(starts) >= _FEWEST_GROUPS
        and len(rows) >= 2 * len(starts)
    )
