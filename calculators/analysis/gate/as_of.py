"""The day on which open deals are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calculators.analysis.gate.building import days_of
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.deals import OPEN
from calculators.analysis.gate.loading import Loaded
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.outcomes import Outcomes
from calculators.analysis.gate.roles import Chosen

# Roles of days on which something happened.
_HAPPENED = {"created", "last_activity", "modified", "stage"}


@dataclass(slots=True, kw_only=True)
class AsOf:
    """The day on which open deals are looked at, with the code of the reason and the column it comes from."""

    date: date | None
    reason: str
    column: str = ""


def find_as_of(
    loaded: Loaded,
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    kept: Sequence[int],
    outcomes: Outcomes,
    choices: Choices,
    today: date,
) -> AsOf:
    """Return the day of the flag, or the latest date in the file that is not in the future.

    What is planned (an expected close, a deadline) may lie after the export and before today, and says nothing of the
    present: it counts only where the file has no other date.
    """
    if choices.as_of is not None:
        return AsOf(date=choices.as_of, reason="given")
    limit = today.toordinal()
    latest, planned = (0, ""), (0, "")
    for profile in loaded.profiles:
        if profile.kind != "date":
            continue
        days = days_of(profile, readings.get(profile.place, ReadingOfColumn()), kept)
        each = chosen.get(profile.place)
        role = each.role if each else "modified" if "modified" in profile.words else ""
        if role == "closed" and outcomes.has_source:
            happened = [day for day, code in zip(days, outcomes.codes, strict=True) if code != OPEN]
        else:
            happened = list(days) if role in _HAPPENED else []
        latest = max(latest, (max((day for day in happened if day <= limit), default=0), profile.name))
        planned = max(planned, (max((day for day in days if day <= limit), default=0), profile.name))
    day, column = latest if latest[0] else planned
    if not day:
        return AsOf(date=None, reason="no_date")
    return AsOf(date=date.fromordinal(day), reason="latest", column=column)
