"""Which order and decimal mark each column has: its own values decide, then its sister columns, then the reader."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.day_shapes import DayText
from calculators.analysis.gate.doubts import Choice, Doubt
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.number_columns import NumberEvidence

_EXAMPLES = 5
_ORDERS = ("day_first", "month_first")


@dataclass(slots=True)
class ReadingOfColumn:
    """How a column's texts are read: `order` of its dates, decimal `mark` of its numbers; `why` is a reason's code.

    `left_out` are days that are read as nothing, since they may have been swapped.
    """

    order: str | None = None
    mark: str | None = None
    why: str = ""
    values: dict[str, str] = field(default_factory=dict)
    left_out: frozenset[DayText] = frozenset()


def decide_orders(
    profiles: Sequence[ColumnProfile], choices: Choices, used: Collection[int] | None = None
) -> tuple[dict[int, ReadingOfColumn], list[Doubt]]:
    """Return how each column of dates and numbers is read, by its place, and what only a person can decide.

    Columns that are not `used` (by their places; None: all are) may decide for others, and are not asked about.
    """
    readings: dict[int, ReadingOfColumn] = {}
    doubts = [
        *_decide_days([profile for profile in profiles if profile.kind == "date"], choices, readings, used),
        *_decide_marks(
            [profile for profile in profiles if profile.kind in {"number", "rate"}], choices, readings, used
        ),
    ]
    return readings, doubts


# --- dates -----------------------------------------------------------------------------------------------------------


def _decide_days(
    profiles: list[ColumnProfile],
    choices: Choices,
    readings: dict[int, ReadingOfColumn],
    used: Collection[int] | None,
) -> list[Doubt]:
    forced, by = choices.decision("date_order")
    doubts = []
    sure = {profile.days.order for profile in profiles if profile.days.order in _ORDERS}
    sister = next(iter(sure)) if len(sure) == 1 else None
    still_open: list[ColumnProfile] = []
    for profile in profiles:
        days = profile.days
        has_order = bool(days.day_first or days.month_first or days.either)
        is_used = used is None or profile.place in used
        if days.is_mixed:
            doubt = _mixed(profile, choices, readings)
            doubts += [doubt] if is_used else []
        elif forced and has_order:
            readings[profile.place] = ReadingOfColumn(forced, why="decided")
        elif days.order:
            readings[profile.place] = ReadingOfColumn(days.order, why=_why(profile), values=dict(days.examples))
        elif sister and not days.may_be_short_year_first:
            named = next(other for other in profiles if other.days.order == sister)
            readings[profile.place] = ReadingOfColumn(sister, why="sister_order", values={"other": named.name})
        elif days.either or days.may_be_short_year_first:
            readings[profile.place] = ReadingOfColumn(None, why="order_open" if is_used else "")
            still_open += [profile] if is_used else []
        else:
            # Only days such as the fifth of May: every order reads them alike.
            readings[profile.place] = ReadingOfColumn("day_first" if days.same else None, why="written_out")
    if still_open or (forced and any(readings[place].why == "decided" for place in readings)):
        doubts.append(_order_doubt(still_open or profiles, forced, by))
    return doubts


def decide_days_of_history(
    profiles: Sequence[ColumnProfile], days: ColumnProfile, of_deals: Sequence[str], choices: Choices
) -> tuple[ReadingOfColumn | None, list[Doubt]]:
    """Return how the days of a history are read, None while only a person can say, and what is to be asked.

    Its own dates decide, then its other columns, then `of_deals`: the orders that the dates of the deals' file show.
    """
    forced, by = choices.decision("history_date_order")
    own = days.days
    if own.is_mixed:
        readings: dict[int, ReadingOfColumn] = {}
        doubt = _mixed(days, choices, readings)
        return readings[days.place], [doubt]
    if own.order and not forced:
        return ReadingOfColumn(own.order, why=_why(days)), []
    sisters: set[str | None] = {profile.days.order for profile in profiles if profile.kind == "date"}
    sisters = sisters & set(_ORDERS) or set(of_deals)
    if not own.either and not own.may_be_short_year_first and not forced:
        return ReadingOfColumn("day_first" if own.same else None, why="written_out"), []
    if len(sisters) == 1 and not own.may_be_short_year_first and not forced:
        return ReadingOfColumn(next(iter(sisters)), why="sister_order"), []
    if forced and not (own.day_first or own.month_first or own.either):
        return ReadingOfColumn(own.order, why="written_out"), []
    doubt = _order_doubt([days], forced, by)
    doubt.code = "history_date_order"
    return (ReadingOfColumn(forced, why="decided") if forced else None), [doubt]


def orders_shown(profiles: Sequence[ColumnProfile], readings: dict[int, ReadingOfColumn]) -> list[str]:
    """Return the orders of day and month that the columns of a file show, or that were decided for them."""
    found = (readings[profile.place] for profile in profiles if profile.kind == "date" and profile.place in readings)
    shown = {"above_twelve", "dots", "decided"}
    return sorted({str(reading.order) for reading in found if reading.why in shown and reading.order in _ORDERS})


def _why(profile: ColumnProfile) -> str:
    days = profile.days
    if days.is_short_year_first:
        return "short_years"
    if days.day_first or days.month_first:
        return "above_twelve"
    return "dots" if days.either else "written_out"


def _order_doubt(profiles: list[ColumnProfile], forced: str | None, by: str | None) -> Doubt:
    examples = [text for profile in profiles for text in list(profile.values.counts)[:_EXAMPLES]]
    orders = list(_ORDERS)
    if any(profile.days.may_be_short_year_first for profile in profiles):
        orders.append("year_first")
    return Doubt(
        code="date_order",
        column=profiles[0].name,
        examples=list(dict.fromkeys(examples))[:_EXAMPLES],
        choices=[Choice(order) for order in orders],
        decided=forced,
        by=by,
        values={"columns": ", ".join(profile.name for profile in profiles)},
    )


def _mixed(profile: ColumnProfile, choices: Choices, readings: dict[int, ReadingOfColumn]) -> Doubt:
    """Ask about a column of two orders; decided, what could be either is left out, or all is read in one order."""
    decided, by = choices.decision("mixed_dates")
    days = profile.days
    unclear = days.swapped or {
        day: text for text in profile.values.counts
        if (day := profile.day_of(text)) and day.shape == "year_last"
        and day.in_order("day_first") and day.in_order("month_first") and day.first != day.second
    }  # fmt: skip
    usual = "day_first" if days.day_first >= days.month_first else "month_first"
    is_one_order = decided is not None and decided != "set_aside"
    readings[profile.place] = ReadingOfColumn(
        decided if is_one_order else "mixed" if days.day_first and days.month_first else usual,
        why="mixed_orders",
        left_out=frozenset() if is_one_order else frozenset(unclear),
    )
    return Doubt(
        code="mixed_dates",
        column=profile.name,
        examples=[*days.examples.values(), *unclear.values()][:_EXAMPLES],
        choices=[Choice(value) for value in ("set_aside", *_ORDERS)],
        decided=decided,
        by=by,
        values={"column": profile.name, "unclear": len(unclear)},
    )


# --- numbers ---------------------------------------------------------------------------------------------------------


def _decide_marks(
    profiles: list[ColumnProfile],
    choices: Choices,
    readings: dict[int, ReadingOfColumn],
    used: Collection[int] | None,
) -> list[Doubt]:
    decided, by = choices.decision("number_marks")
    doubts = []
    for profile in profiles:
        numbers = profile.numbers
        # A fraction like 0.25 stands so in files whose amounts are written for people: it tells nothing of them.
        sisters = [other for other in profiles if other.numbers.mark and "rate" not in {other.kind} - {profile.kind}]
        sure = {other.numbers.mark for other in sisters}
        sister = next(iter(sure)) if len(sure) == 1 else None
        if numbers.mark:
            readings[profile.place] = ReadingOfColumn(mark=numbers.mark, why="shown_mark")
        elif not numbers.either:
            readings[profile.place] = ReadingOfColumn(mark=None, why="no_mark")
        elif sister:
            named = sisters[0]
            readings[profile.place] = ReadingOfColumn(mark=sister, why="sister_mark", values={"other": named.name})
        else:
            readings[profile.place] = ReadingOfColumn(
                mark=_mark_taken(numbers, is_decimal=decided == "decimal"), why="mark_taken"
            )
            if used is not None and profile.place not in used:
                continue
            doubts.append(
                Doubt(
                    code="number_marks",
                    column=profile.name,
                    examples=list(numbers.ambiguous.values()),
                    choices=[Choice("thousands"), Choice("decimal")],
                    decided=decided or "thousands",
                    by=by or "default",
                    values={"column": profile.name, "example": next(iter(numbers.ambiguous.values()))},
                )
            )
    return doubts


def _mark_taken(numbers: NumberEvidence, *, is_decimal: bool) -> str:
    """Return the mark that is decimal, where each mark of a column is taken for one of thousands, or of decimals."""
    if len(numbers.ambiguous) > 1:
        return "decimals" if is_decimal else "thousands"
    mark = next(iter(numbers.ambiguous))
    return mark if is_decimal else "," if mark == "." else "."
