"""Deals as the figures take them: one compact array for each fact, all of the same length."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

OPEN, WON, LOST, UNKNOWN = range(4)

NO_DAY = 0
NO_AMOUNT = -(1 << 63)
NO_PROBABILITY = -1
NO_GROUP = -1
# A probability of 1.
CERTAIN = 1_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """What deals are grouped by (their owner, say): the names in order, and for each deal which one it is."""

    names: list[str]
    codes: array[int]  # "i"; NO_GROUP where the deal has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Deals:
    """Deals in the order of the file.

    Days are proleptic ordinals (`date.toordinal`), NO_DAY where there is none or it was set aside. `closed` is the day
    on which a won or lost deal was decided, and NO_DAY for open ones. Amounts are whole numbers of
    10 ** -amount_digits of the currency, so that sums are exact. `rows` are places in the table, `lines` are physical.
    """

    rows: array[int]  # "I"
    lines: array[int]  # "I"
    outcomes: bytearray  # OPEN, WON, LOST or UNKNOWN
    created: array[int]  # "i"
    closed: array[int]  # "i"
    expected: array[int]  # "i"
    amounts: array[int]  # "q"; NO_AMOUNT where there is none
    amount_digits: int
    probabilities: array[int]  # "i", of CERTAIN; NO_PROBABILITY where there is none
    # By role ("owner", "stage", "product" …), and by header for what `by` names besides; only those the file has.
    groups: dict[str, Group] = field(default_factory=dict)
    # Days on which each deal entered each stage, where there is a history: stage → "i", NO_DAY where it never did.
    entered: dict[str, array[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def amount(self, deal: int) -> Decimal | None:
        """Return the amount of a deal, or None."""
        parts = self.amounts[deal]
        return None if parts == NO_AMOUNT else self.money(parts)

    def money(self, parts: int) -> Decimal:
        """Return an amount from its whole number of smallest parts."""
        return Decimal(parts).scaleb(-self.amount_digits)

    def where(self, *outcomes: int) -> Iterator[int]:
        """Yield the places of the deals with one of the outcomes."""
        return (deal for deal, outcome in enumerate(self.outcomes) if outcome in outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the figures need to know besides the deals.

    `as_of` is the day on which open deals are looked at. Doubts and gaps that stop figures, by the contract's codes,
    are in `stopped`: a figure that needs dates is null while `date_order` or `mixed_dates` is in it, one that needs
    amounts while `several_currencies` is, one that needs to know how deals ended while `outcome_unknown` or
    `no_outcome` is.
    """

    as_of: date | None
    quota: Decimal | None = None
    booked: Decimal | None = None
    stopped: frozenset[str] = frozenset()
