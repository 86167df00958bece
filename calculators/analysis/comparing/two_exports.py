"""The waterfall of a period from two exports: what each deal did between them, joined by its id.

The steps and the amount at which a deal takes each are those of the calculator `pipeline-waterfall`, see
docs/decisions/0020-calculators-of-the-weeks-work.md. What is counted at the end is added up from the second export
alone, so that a step that was overlooked shows as a difference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from calculators.analysis.comparing.periods import Period
from calculators.analysis.gate.deals import LOST, NO_DAY, OPEN, WON
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.notes import Note
from calculators.analysis.gate.stage_history import ways_of_writing
from calculators.analysis.gate.understanding import Understood
from calculators.analysis.reading.refused import Refused

CALCULATOR = "pipeline-waterfall"
# Steps with deals, in the order of the calculator.
STEPS = ("start", "created", "reopened", "pulled_in", "pushed_out", "won", "lost")
_LINES = _IDS = 5
# What only a person can decide, and what decides over the step of a deal or its amount.
_NEEDED = {"date_order", "mixed_dates", "several_currencies", "outcome_unknown"}


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as an export has it: its id as written there, how it stands, its close date and its amount.

    `day` is the day on which it is expected to close, or was decided; NO_DAY where there is none. `amount` is None
    where the file has none.
    """

    name: str
    outcome: int
    day: int
    amount: Decimal | None
    created: int

    @property
    def value(self) -> Decimal:
        """The amount; zero without one."""
        return self.amount or Decimal(0)


@dataclass(slots=True)
class Waterfall:
    """What happened between two exports: inputs of the calculator, ids of the deals of each step, and notes."""

    period: Period
    counted: Decimal = Decimal(0)
    raised: Decimal = Decimal(0)
    lowered: Decimal = Decimal(0)
    values: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(STEPS, Decimal(0)))
    deals: dict[str, list[str]] = field(default_factory=lambda: {step: [] for step in STEPS})
    notes: list[Note] = field(default_factory=list)

    @property
    def inputs(self) -> dict[str, Decimal]:
        """The inputs of `pipeline-waterfall`."""
        by_step = {f"{step}_deals": Decimal(len(self.deals[step])) for step in STEPS}
        by_step |= {f"{step}_value": self.values[step] for step in STEPS}
        return by_step | {
            "raised_value": self.raised,
            "lowered_value": self.lowered,
            "counted_value": self.counted,
        }

    def take(self, step: str, deal: Deal, value: Decimal) -> None:
        """Count a deal in a step."""
        self.deals[step].append(deal.name)
        self.values[step] += value

    def change(self, before: Decimal, after: Decimal) -> None:
        """Count a change of amount."""
        if after > before:
            self.raised += after - before
        else:
            self.lowered += before - after


def compare(first: Understood, second: Understood, period: Period) -> Waterfall:
    """Return the waterfall of a period from an earlier and a later export of the same deals.

    Raises Refused where deals cannot be joined, or where it is not known how they stand.
    """
    before, after = deals_of(first), deals_of(second)
    if not before.keys() & after.keys():
        raise Refused("no_deal_in_both", one=_name(first), other=_name(second))
    if first.currency and second.currency and first.currency != second.currency:
        raise Refused("other_currency_then", one=first.currency, other=second.currency)
    gone = [deal for key, deal in before.items() if deal.outcome == OPEN and key not in after]
    if gone and not any(deal.outcome in (WON, LOST) for deal in after.values()):
        # An export of open deals only: nobody knows whether what is missing was won.
        raise Refused("open_deals_only", export=_name(second), deals=len(gone))
    found = Waterfall(period)
    for key in [*before, *(key for key in after if key not in before)]:
        _follow(before.get(key), after.get(key), found)
    found.counted = sum(
        (deal.value for deal in after.values() if deal.outcome == OPEN and deal.day in period), Decimal(0)
    )
    if min(found.inputs.values()) < 0:
        raise Refused("negative_step")
    found.notes += _notes(first, second, before, after, found)
    return found


def _follow(before: Deal | None, after: Deal | None, found: Waterfall) -> None:
    """Count what one deal did."""
    period = found.period
    if before is not None and before.outcome == OPEN and before.day in period:
        found.take("start", before, before.value)
        _follow_of_start(before, after, found)
        return
    if after is None or after.day not in period:
        return
    step = "created" if before is None else "pulled_in" if before.outcome == OPEN else "reopened"
    # What was closed before and still is, or was lost without ever being in the period, is in no step.
    if (before is not None and before.outcome == WON and after.outcome != OPEN) or (
        before is not None and after.outcome == LOST
    ):
        return
    found.take(step, after, after.value)
    if after.outcome == WON:
        found.take("won", after, after.value)
    elif after.outcome == LOST:
        found.take("lost", after, after.value)


def _follow_of_start(before: Deal, after: Deal | None, found: Waterfall) -> None:
    """Count what a deal did that belonged to the period at the start."""
    period = found.period
    if after is None:
        found.take("lost", before, before.value)
    elif (after.outcome == OPEN and after.day not in period) or after.day > period.last:
        found.take("pushed_out", before, before.value)
    elif after.outcome == LOST:
        found.take("lost", before, before.value)
    else:
        found.change(before.value, after.value)
        if after.outcome == WON:
            found.take("won", after, after.value)


def deals_of(understood: Understood) -> dict[str, Deal]:
    """Return the deals of an export by their id.

    Raises Refused where ids are missing or recur, or where it is not known how deals stand.
    """
    name, deals = _name(understood), understood.deals
    if doubts := [doubt for doubt in understood.doubts if doubt.is_open and doubt.code in _NEEDED]:
        raise Refused("decide_first", export=name, doubts=doubts)
    if "no_outcome" in understood.circumstances.stopped:
        raise Refused("no_outcomes", export=name)
    identity = _identity(understood)
    if identity is None:
        raise Refused("no_ids_to_join", export=name)
    if not any(deals.expected) and OPEN in deals.outcomes:
        raise Refused("no_close_dates", export=name)
    found: dict[str, Deal] = {}
    recurring: list[str] = []
    lines: list[int] = []
    for place, row in enumerate(deals.rows):
        text = identity.column.text(row)
        if not text:
            lines.append(deals.lines[place])
            continue
        outcome = deals.outcomes[place]
        key = ways_of_writing(text)[-1]
        if key in found:
            recurring.append(text)
        found[key] = Deal(
            name=text,
            outcome=outcome,
            day=deals.expected[place] if outcome == OPEN else deals.closed[place],
            amount=deals.amount(place),
            created=deals.created[place],
        )
    if lines:
        raise Refused("ids_missing", export=name, rows=len(lines), lines=lines[:_LINES])
    if recurring:
        raise Refused("ids_recur", export=name, rows=len(recurring), ids=_first(recurring))
    return found


def _identity(understood: Understood) -> ColumnProfile | None:
    profiles = understood.loaded.profiles
    return next((profiles[place] for place, each in understood.chosen.items() if each.role == "deal_id"), None)


def _name(understood: Understood) -> str:
    return understood.loaded.table.facts.name


def _first(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))[:_IDS]


def _notes(
    first: Understood, second: Understood, before: dict[str, Deal], after: dict[str, Deal], found: Waterfall
) -> Iterator[Note]:
    """Say what was decided about deals, and what looks as if the exports were not of the same deals."""
    period, as_of = found.period, first.as_of.date
    of_start = {key: deal for key, deal in before.items() if deal.outcome == OPEN and deal.day in period}
    counted = {name for names in found.deals.values() for name in names}
    cases = {
        "gone": [deal.name for key, deal in of_start.items() if key not in after],
        "decided_later": [
            deal.name
            for key, deal in of_start.items()
            if key in after and after[key].outcome in (WON, LOST) and after[key].day > period.last
        ],
        "won_earlier": [
            deal.name
            for key, deal in of_start.items()
            if key in after and after[key].outcome == WON and NO_DAY < after[key].day < period.first
        ],
        "created_before": [
            deal.name
            for key, deal in after.items()
            if key not in before and as_of and NO_DAY < deal.created < as_of.toordinal() and deal.name in counted
        ],
        "without_amount": [
            deal.name for deal in {**before, **after}.values() if deal.amount is None and deal.name in counted
        ],
        "without_day": [
            deal.name
            for key, deal in after.items()
            if deal.outcome == WON
            and deal.day == NO_DAY
            and key not in of_start
            and (key not in before or before[key].outcome != WON)
        ],
    }
    for code, names in cases.items():
        if names:
            yield Note(code, "", {"deals": len(names), "ids": _first(names)})
    if as_of and second.as_of.date and as_of > second.as_of.date:
        yield Note("later_first", "", {})
