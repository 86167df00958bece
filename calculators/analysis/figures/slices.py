"""The same few figures for each owner, product, source …: never ranked, with intervals, small groups marked as such.

In the order of their numbers of deals, the larger first, equal ones as the file has them; deals without a group last.
Classes of size stand from small to large. A group under 30 closed deals is small: differences to others are mostly
chance.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress

from calculators.analysis.figures.marks import Marks, both, with_outcomes
from calculators.analysis.figures.sizes import SIZE, size_group
from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, is_stopped
from calculators.analysis.figures.view import View
from calculators.analysis.figures.win_rate import WinRate, has_both_outcomes, rate_of
from calculators.analysis.gate.deals import NO_GROUP, UNKNOWN, Group
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import Pausing
from calculators.core.numbers.statistics import CAUTION_BELOW

# What deals are sliced by unless the reader says otherwise, where the file has it.
USUAL = ("owner", "product", "source", "region", "segment", "pipeline", SIZE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The deals with one value; `value` is None for those without any."""

    value: str | None
    deals: int
    won: int | None
    lost: int | None
    open: int | None
    win_rate: WinRate | None
    won_value: Decimal | None
    is_small: bool | None


def group_of(view: View, name: str, notes: Notes) -> Pausing[Group | None]:
    """Return what deals are sliced by; None if the file lacks it."""
    if name == SIZE:
        return (yield from size_group(view, notes, f"slices.{SIZE}"))
    return view.deals.groups.get(name)


def deals_with(group: Group, value: str | None) -> Marks:
    """Mark the deals with a value, or those without any."""
    code = NO_GROUP if value is None else group.names.index(value)
    return bytes(map(code.__eq__, group.codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What can be said of slices at all."""

    has_outcomes: bool
    has_amounts: bool
    has_rates: bool


def what_is_known(view: View, notes: Notes, figure: str) -> Known:
    """Return what can be said of slices while something is in doubt, with a note for what cannot."""
    has_outcomes = not is_stopped(view.circumstances, notes, figure, OUTCOMES)
    has_amounts = has_outcomes and not is_stopped(view.circumstances, notes, figure, AMOUNTS)
    has_rates = has_outcomes and has_both_outcomes(view)
    if has_outcomes and not has_rates:
        notes.add("part_missing", figure, part="win_rate")
    return Known(has_outcomes=has_outcomes, has_amounts=has_amounts, has_rates=has_rates)


def slice_of(
    value: str | None, *, deals: int, won: int, lost: int, open_: int, won_value: Decimal | None, known: Known
) -> Slice:
    """Return a slice with what can be said of it; `won_value` is None where none of its won deals has an amount."""
    has_outcomes = known.has_outcomes
    return Slice(
        value=value,
        deals=deals,
        won=won if has_outcomes else None,
        lost=lost if has_outcomes else None,
        open=open_ if has_outcomes else None,
        win_rate=rate_of(won, lost) if known.has_rates else None,
        won_value=(won_value if won else Decimal(0)) if known.has_amounts else None,
        is_small=won + lost < CAUTION_BELOW if has_outcomes else None,
    )


def slicing(view: View, group: Group, notes: Notes, name: str) -> Pausing[list[Slice]]:
    """Return the slices by a role or header, whose group this is, with pauses."""
    known = what_is_known(view, notes, f"slices.{name}")
    counted: list[Counter[int]] = []
    for meant in (view.won, view.lost, view.open, with_outcomes(view.deals.outcomes, UNKNOWN)):
        counted.append(Counter(compress(group.codes, meant)))
        yield
    won, lost, still_open, unknown = counted
    deals = won + lost + still_open + unknown
    if name == SIZE:
        order = sorted(deals, key=lambda code: (code == NO_GROUP, code))
    else:
        order = sorted(deals, key=lambda code: (code == NO_GROUP, -deals[code], code))
    values = _won_values(view, group) if known.has_amounts else {}
    yield
    return [
        slice_of(
            _name(group, code),
            deals=deals[code],
            won=won[code],
            lost=lost[code],
            open_=still_open[code],
            won_value=values.get(code),
            known=known,
        )
        for code in order
    ]


def _won_values(view: View, group: Group) -> dict[int, Decimal]:
    """Return what was won in each group, where any of its won deals has an amount."""
    meant = both(view.won, view.has_amount)
    # The last place is that of NO_GROUP, which is -1.
    sums = [0] * (len(group.names) + 1)
    for code, parts in zip(compress(group.codes, meant), compress(view.deals.amounts, meant), strict=True):
        sums[code] += parts
    return {code: view.deals.money(sums[code]) for code in set(compress(group.codes, meant))}


def _name(group: Group, code: int) -> str | None:
    return None if code == NO_GROUP else group.names[code]
