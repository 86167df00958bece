"""What is asked of the whole file: whether it has headers, whether values stand one column off, what words mean."""

from collections.abc import Sequence

from calculators.analysis.gate.doubts import Choice, Doubt
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.loading import Loaded
from calculators.analysis.gate.outcomes import Outcomes

# All rows have more or fewer fields than the header: a column was added or lost.
_ALL_THROUGH = 0.95
_EXAMPLES = 5
# Headers whose columns are told by what they hold.
_TOLD_BY_KIND = (
    ({"created", "closed", "expected_close", "last_activity", "date_won", "date_lost"}, {"date"}),
    ({"amount", "probability", "age_days", "estimated_amount", "actual_amount"}, {"number", "rate"}),
)


def no_header(loaded: Loaded, *, decided: bool) -> Doubt:
    """Ask what each column holds, where the first row holds data."""
    return Doubt(
        code="no_header",
        examples=[" | ".join(loaded.first_row)[:200]],
        decided="positions" if decided else None,
        by="mapping" if decided else None,
    )


def shifted_rows(loaded: Loaded, *, decided: bool) -> Doubt | None:
    """Ask where nearly all rows have fewer or more fields than the header: values may stand one column off.

    Not where dates and numbers stand under headers of dates and numbers: then only the last cells are left out.
    """
    widths = loaded.table.widths
    named = max((place + 1 for place, name in enumerate(loaded.header.names) if name), default=0)
    if loaded.header.record is None or not widths:
        return None
    fewer = sum(1 for width in widths if width < named)
    more = len(loaded.table.overlong) + sum(
        1 for width, has in zip(widths, _filled_beyond(loaded, named), strict=True) if width > named and has
    )
    off = max(fewer, more)
    if off < _ALL_THROUGH * len(widths) or _stand_in_place(loaded.profiles):
        return None
    return Doubt(
        code="shifted_rows",
        examples=[" | ".join(loaded.first_row)[:200]],
        decided="positions" if decided else None,
        by="mapping" if decided else None,
        values={"header": named, "fields": sorted(widths)[len(widths) // 2], "rows": off},
    )


def _stand_in_place(profiles: Sequence[ColumnProfile]) -> bool:
    """Whether every filled column whose header is of a date or a number holds such, and there is one."""
    told = [
        profile.kind in kinds
        for profile in profiles
        for roles, kinds in _TOLD_BY_KIND
        if profile.kind != "empty" and roles & set(profile.words[:1])
    ]
    return bool(told) and all(told)


def _filled_beyond(loaded: Loaded, named: int) -> list[bool]:
    """Return for each row whether it holds something beyond the last header."""
    beyond = [column for column in loaded.table.columns[named:] if not column.name]
    filled = [False] * len(loaded.table)
    for column in beyond:
        filled = [one or other for one, other in zip(filled, column.map(bool), strict=True)]
    return filled


def unknown_outcomes(outcomes: Outcomes) -> Doubt | None:
    """Ask what the words mean that leave closed deals unclear."""
    if not outcomes.has_source or not outcomes.unknown:
        return None
    counts = {value.value: value.deals for value in outcomes.values}
    return Doubt(
        code="outcome_unknown",
        column=next((value.column for value in outcomes.values if value.means is None), None),
        examples=outcomes.unknown[:_EXAMPLES],
        choices=[
            Choice(f"{word}={meaning}") for word in outcomes.unknown[:_EXAMPLES] for meaning in ("won", "lost", "open")
        ],
        values={
            "words": outcomes.unknown[:_EXAMPLES],
            "deals": sum(counts.get(word, 0) for word in outcomes.unknown),
        },
    )
