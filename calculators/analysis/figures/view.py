"""Deals as the figures look at them: on one day, with what several figures need worked out once."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import compress, islice
from operator import lt, sub

from calculators.analysis.figures import marks
from calculators.analysis.figures.day_counts import DayFigures, day_figures
from calculators.analysis.figures.kaplan_meier import TimeToClose, of_lengths
from calculators.analysis.figures.marks import Marks
from calculators.analysis.figures.periods import QUARTER, by_period
from calculators.analysis.gate.deals import LOST, NO_AMOUNT, NO_DAY, NO_PROBABILITY, OPEN, WON, Circumstances, Deals
from calculators.analysis.reading.progress import Pausing, ordered

# Lines that are named of many.
_MOST_LINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The deals decided in a period: `sized` won ones have an amount but zero, `parts` is None where none has any."""

    won: int = 0
    lost: int = 0
    sized: int = 0
    parts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What became of the deals created in a period."""

    deals: int
    won: int
    lost: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The exact sum of the amounts of some deals, and how many of them have what for an amount."""

    value: Decimal
    deals: int
    missing: int
    zero: int
    negative: int

    @property
    def with_amount(self) -> int:
        """How many have an amount other than zero."""
        return self.deals - self.missing - self.zero

    @property
    def known(self) -> Decimal | None:
        """The sum; None where there are deals and none has an amount. Of no deals it is zero."""
        return None if self.deals and self.missing == self.deals else self.value


def preparing(facts: object) -> Pausing[None]:
    """Work out all cached properties of an object, one after the other, so that the work can be left between them."""
    for name, fact in vars(type(facts)).items():
        if isinstance(fact, cached_property):
            getattr(facts, name)
            yield


class View:
    """Deals, the circumstances they are looked at in, and facts of both.

    A closed deal is won or lost. A decision is a closed deal with the day on which it was decided, which is not after
    `as_of`. Nothing here minds doubts: a figure asks `stopping` before it takes a fact.
    """

    def __init__(self, deals: Deals, circumstances: Circumstances) -> None:
        self.deals, self.circumstances = deals, circumstances
        # NO_DAY without any date.
        self.as_of = circumstances.as_of.toordinal() if circumstances.as_of else NO_DAY

    def __len__(self) -> int:
        return len(self.deals)

    def has_group(self, name: str) -> bool:
        """Whether deals can be told apart by a role or header."""
        return name in self.deals.groups

    def money(self, parts: int) -> Decimal:
        """Return an amount from its smallest parts."""
        return self.deals.money(parts)

    def forget_marks(self) -> None:
        """Give back the memory of the marks, which are worked out again when they are asked for."""
        for name in [name for name, fact in vars(self).items() if isinstance(fact, bytes)]:
            del self.__dict__[name]

    def lines_of(self, meant: Marks) -> list[int]:
        """Return the lines of the first of some deals, by which a reader finds them in the file."""
        return list(islice(compress(self.deals.lines, meant), _MOST_LINES))

    @cached_property
    def won(self) -> Marks:
        """Won deals."""
        return marks.with_outcomes(self.deals.outcomes, WON)

    @cached_property
    def lost(self) -> Marks:
        """Lost deals."""
        return marks.with_outcomes(self.deals.outcomes, LOST)

    @cached_property
    def open(self) -> Marks:
        """Open deals."""
        return marks.with_outcomes(self.deals.outcomes, OPEN)

    @cached_property
    def closed(self) -> Marks:
        """Won and lost deals."""
        return marks.with_outcomes(self.deals.outcomes, WON, LOST)

    @cached_property
    def has_created(self) -> Marks:
        """Deals with a day of creation."""
        return marks.filled(self.deals.created)

    @cached_property
    def has_closed(self) -> Marks:
        """Deals with a day of decision."""
        return marks.filled(self.deals.closed)

    @cached_property
    def closed_in_future(self) -> Marks:
        """Closed deals whose day of decision is still to come: a slip of the pen, or a planned day."""
        if not self.as_of or not self.deals or max(self.deals.closed) <= self.as_of:
            return bytes(len(self))
        return marks.both(self.closed, bytes(map(self.as_of.__lt__, self.deals.closed)))

    @cached_property
    def decided(self) -> Marks:
        """Decisions: closed deals with their day."""
        return marks.without(marks.both(self.closed, self.has_closed), self.closed_in_future)

    @cached_property
    def negative_cycle(self) -> Marks:
        """Decisions that lie before the creation of their deal."""
        return marks.both(self.decided, bytes(map(lt, self.deals.closed, self.deals.created)))

    @cached_property
    def with_cycle(self) -> Marks:
        """Closed deals that took zero days or more."""
        return marks.without(marks.both(self.decided, self.has_created), self.negative_cycle)

    @cached_property
    def undated(self) -> Marks:
        """Closed deals without the day of creation or of decision."""
        return marks.without(self.closed, marks.both(self.has_created, self.has_closed))

    @cached_property
    def aged(self) -> Marks:
        """Open deals created on or before `as_of`."""
        if not self.as_of:
            return bytes(len(self))
        dated = marks.both(self.open, self.has_created)
        return marks.both(dated, bytes(map(self.as_of.__ge__, self.deals.created)))

    @cached_property
    def cycles_of_won(self) -> Counter[int]:
        """How many won deals took how many days."""
        return self._cycles(self.won)

    @cached_property
    def cycles_of_lost(self) -> Counter[int]:
        """How many lost deals took how many days."""
        return self._cycles(self.lost)

    @cached_property
    def cycles(self) -> Counter[int]:
        """How many closed deals took how many days."""
        return self.cycles_of_won + self.cycles_of_lost

    def _cycles(self, outcome: Marks) -> Counter[int]:
        meant = marks.both(outcome, self.with_cycle)
        return Counter(map(sub, compress(self.deals.closed, meant), compress(self.deals.created, meant)))

    @cached_property
    def ages(self) -> Counter[int]:
        """How many open deals are how many days old, since their creation."""
        return Counter(map(self.as_of.__sub__, compress(self.deals.created, self.aged)))

    @cached_property
    def won_by_day(self) -> Counter[int]:
        """How many deals were won on each day."""
        return Counter(compress(self.deals.closed, marks.both(self.won, self.decided)))

    @cached_property
    def lost_by_day(self) -> Counter[int]:
        """How many deals were lost on each day."""
        return Counter(compress(self.deals.closed, marks.both(self.lost, self.decided)))

    @cached_property
    def has_amount(self) -> Marks:
        """Deals with an amount, zero or another."""
        return bytes(map(NO_AMOUNT.__ne__, self.deals.amounts))

    @cached_property
    def has_size(self) -> Marks:
        """Deals with an amount other than zero."""
        return marks.both(self.has_amount, marks.filled(self.deals.amounts))

    @cached_property
    def has_price(self) -> Marks:
        """Deals with an amount above zero."""
        return marks.both(self.has_amount, bytes(map((0).__lt__, self.deals.amounts)))

    @cached_property
    def _sized_won_by_day(self) -> Counter[int]:
        """How many deals with an amount other than zero were won on each day."""
        return Counter(compress(self.deals.closed, marks.both(self.won, self.decided, self.has_size)))

    @cached_property
    def amounts_won_by_day(self) -> dict[int, tuple[int, int]]:
        """What was won on each day: the sum in smallest parts, and the number of deals with an amount but zero."""
        meant = marks.both(self.won, self.decided, self.has_amount)
        sums: dict[int, int] = {}
        for day, parts in zip(compress(self.deals.closed, meant), compress(self.deals.amounts, meant), strict=True):
            sums[day] = sums.get(day, 0) + parts
        return {day: (parts, self._sized_won_by_day[day]) for day, parts in sums.items()}

    @cached_property
    def period_of_decisions(self) -> tuple[int, int] | None:
        """The first and the last day on which a deal was decided."""
        days = self.won_by_day.keys() | self.lost_by_day.keys()
        return (min(days), max(days)) if days else None

    @cached_property
    def created_in_period(self) -> Marks | None:
        """Deals created between the first and the last decision; None without one."""
        return (
            None if self.period_of_decisions is None else marks.between(self.deals.created, *self.period_of_decisions)
        )

    @cached_property
    def has_probability(self) -> Marks:
        """Deals with a probability of their own."""
        return bytes(map(NO_PROBABILITY.__ne__, self.deals.probabilities))

    @cached_property
    def won_total(self) -> Total:
        """The amounts of won deals."""
        return self.total(self.won)

    @cached_property
    def lost_total(self) -> Total:
        """The amounts of lost deals."""
        return self.total(self.lost)

    @cached_property
    def open_total(self) -> Total:
        """The amounts of open deals."""
        return self.total(self.open)

    @property
    def won_in_period_total(self) -> Total:
        """The amounts of the deals won in the period of decisions."""
        return self.total(marks.both(self.won, self.decided))

    def without_length(self, *, of_won: bool) -> dict[str, Marks]:
        """Mark the closed deals without a length, by the code of the reason; each deal has one."""
        meant = self.won if of_won else self.closed
        return {
            "without_dates": marks.both(meant, self.undated),
            "closed_in_future": marks.without(marks.both(meant, self.closed_in_future), self.undated),
            "negative_cycle": marks.both(meant, self.negative_cycle),
        }

    def without_period(self) -> dict[str, Marks]:
        """Mark the won deals that are in no period, by the code of the reason."""
        return {
            "without_close_date": marks.without(self.won, self.has_closed),
            "closed_in_future": marks.both(self.won, self.closed_in_future),
        }

    def lengths(self, *, of_won: bool) -> DayFigures | None:
        """Return how long closed or won deals took; None without any length."""
        return day_figures(self.cycles_of_won if of_won else self.cycles)

    def time_to_close(self) -> TimeToClose:
        """Return the time to close of closed and open deals."""
        return of_lengths(self.cycles, self.ages)

    def twice_the_middle(self) -> Pausing[int]:
        """Return twice the median amount of the won deals that have a size, in smallest parts."""
        sizes = yield from ordered(compress(self.deals.amounts, self.sized(self.won)))
        return sizes[(len(sizes) - 1) // 2] + sizes[len(sizes) // 2]

    def quartiles(self) -> Pausing[list[int]]:
        """Return smallest, three quartiles and largest of the amounts above zero, in smallest parts; or nothing."""
        prices = yield from ordered(compress(self.deals.amounts, self.has_price))
        if not prices:
            return []
        return [prices[0], *(prices[len(prices) * quarter // 4] for quarter in (1, 2, 3)), prices[-1]]

    def decisions(self, months: int) -> dict[int, Decisions]:
        """Return what was decided in each period that has a decision."""
        won, lost = by_period(self.won_by_day, months), by_period(self.lost_by_day, months)
        parts = by_period({day: parts for day, (parts, _sized) in self.amounts_won_by_day.items()}, months)
        sized = by_period(self._sized_won_by_day, months)
        return {
            period: Decisions(
                won=won.get(period, 0),
                lost=lost.get(period, 0),
                sized=sized.get(period, 0),
                parts=parts.get(period),
            )
            for period in won.keys() | lost.keys()
        }

    def created(self) -> Pausing[dict[int, Created]]:
        """Return the deals created in each quarter that has any."""
        sums = []
        for meant in (self.has_created, self.won, self.lost, self.open):
            dated = marks.both(meant, self.has_created)
            sums.append(by_period(Counter(compress(self.deals.created, dated)), QUARTER))
            yield
        deals, won, lost, still_open = sums
        return {
            quarter: Created(
                deals=deals[quarter],
                won=won.get(quarter, 0),
                lost=lost.get(quarter, 0),
                open=still_open.get(quarter, 0),
            )
            for quarter in sorted(deals)
        }

    def traced(self) -> Pausing[tuple[dict[int, int], dict[int, int]]]:
        """Return how many of the deals whose way is known were created in each quarter, and how many decided.

        It is known if both of its ends are and in order; an open deal has one.
        """
        closed = marks.both(self.closed, self.with_cycle)
        created = Counter(compress(self.deals.created, closed))
        yield
        created += Counter(compress(self.deals.created, self.aged))
        yield
        decided = Counter(compress(self.deals.closed, closed))
        return by_period(created, QUARTER), by_period(decided, QUARTER)

    def total(self, meant: Marks) -> Total:
        """Add up the amounts of some deals."""
        amounts = list(compress(self.deals.amounts, meant))
        missing = amounts.count(NO_AMOUNT)
        return Total(
            value=self.deals.money(sum(amounts) - missing * NO_AMOUNT),
            deals=len(amounts),
            missing=missing,
            zero=amounts.count(0),
            negative=sum(map((0).__gt__, amounts)) - missing,
        )

    def sized(self, meant: Marks) -> Marks:
        """Mark those of some deals that have an amount other than zero."""
        return marks.both(meant, self.has_size)
