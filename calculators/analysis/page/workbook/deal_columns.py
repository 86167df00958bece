"""The deals' sheet: one deal a row, days as days and amounts as numbers, with the ranges that formulas refer to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice

from calculators.analysis.analyse import Analysis
from calculators.analysis.figures.view import View
from calculators.analysis.gate.building import amount_reader, day_reader
from calculators.analysis.gate.deals import CERTAIN, LOST, NO_AMOUNT, NO_DAY, NO_GROUP, NO_PROBABILITY, OPEN, WON, Group
from calculators.analysis.page.confirm import MEANINGS
from calculators.analysis.page.workbook.conditions import Meant, are_plain, quoted
from calculators.analysis.page.writing import Writing
from calculators.analysis.report.file_sentences import ROLES
from calculators.core.taking_along.cell_formulas import column_name
from calculators.core.taking_along.text_and_csv import tidy
from calculators.core.words.messages import _

type Written = str | Decimal | date | None

MOST_ROWS = 1_048_576
MOST_DEALS = MOST_ROWS - 1
LONGEST_TEXT = 32_000
# In the calendar of spreadsheet programs, 1900 has a 29th of February. No quarter may begin before it.
_FIRST_DAY = date(1900, 4, 1).toordinal()
_OUTCOMES = {WON: "won", LOST: "lost", OPEN: "open"}
# What a deal has of its own, in the contract's names.
_OWN = ("outcome", "amount", "currency", "created", "closed", "expected_close", "probability")
_BY = "by "
_CYCLE = _("Sales cycle in days")


@dataclass(frozen=True, slots=True)
class DealColumn:
    """A column: `kind` says what its values are, which come in the order of the deals.

    `key` is what formulas are made with, for a group with `_BY` in front; `name` what they call it, "" for its range.
    """

    title: str
    kind: str
    values: Callable[[], Iterable[Written]]
    key: str = ""
    name: str = ""


class DealColumns:
    """The columns of the deals' sheet called `sheet` (as formulas have it), and what formulas call them.

    Formulas are right only while all deals have room (`has_room`), and those on time only while spreadsheet programs
    know all days (`has_days`).
    """

    def __init__(self, analysis: Analysis, view: View, write: Writing, sheet: str) -> None:
        self._analysis, self._view, self._write, self._sheet = analysis, view, write, sheet
        self._deals = view.deals
        self.has_room = 0 < len(self._deals) <= MOST_DEALS
        days = {*self._deals.created, *self._deals.closed} - {NO_DAY}
        self.has_days = self.has_room and bool(view.as_of) and min(days, default=0) >= _FIRST_DAY <= view.as_of
        self.has_cycle = self.has_days and analysis.figures.cycle is not None
        self.columns = list(self._columns())
        self._places = {column.key: place for place, column in enumerate(self.columns) if column.key}

    @property
    def rows(self) -> int:
        """How many deals stand in the sheet."""
        return min(len(self._deals), MOST_DEALS)

    def values(self) -> Iterator[tuple[Written, ...]]:
        """Yield the deals that have room."""
        columns = (column.values() for column in self.columns)
        return islice(zip(*columns, strict=True), self.rows)

    def sample(self, kind: str) -> Decimal | None:
        """Return a number with as many decimals as those of a kind of column have."""
        if kind == "money":
            whole = 10**self._deals.amount_digits
            has_parts = any(parts % whole for parts in self._deals.amounts if parts != NO_AMOUNT)
            return Decimal("0.5") if has_parts else Decimal(0)
        return Decimal("0.5") if kind == "rate" else None

    # --- for formulas ----------------------------------------------------------------------------------------------

    def names(self) -> dict[str, str]:
        """Return the names of ranges that formulas use, with the ranges."""
        return {column.name: self._range(place) for place, column in enumerate(self.columns) if column.name}

    def __getitem__(self, key: str) -> str:
        """Return what formulas call a column; raises KeyError for one that the sheet has not."""
        place = self._places[key]
        return self.columns[place].name or self._range(place)

    def _range(self, place: int) -> str:
        letters = column_name(place)
        return f"{self._sheet}!${letters}$2:${letters}${self.rows + 1}"

    def ended(self, outcome: str) -> Meant:
        """Return the condition that deals are won, lost or open."""
        return Meant(self["outcome"], "=", quoted(self._word(outcome)))

    def of_group(self, key: str, name: str | None, cell: str) -> Meant:
        """Return the condition that deals have the value that a cell holds; None is for those without one."""
        expression = '""' if name is None else cell
        return Meant(self[self._by(key)], "=", expression, is_exact=not are_plain(self._group_names(key)))

    def tells_apart(self, key: str) -> bool:
        """Whether every value of a group is another text in the sheet, too."""
        names = self._group_names(key)
        return self._by(key) in self._places and len(set(names)) == len(names) and "" not in names

    def _by(self, key: str) -> str:
        """Return the key of the column by which a role or a header groups deals; a header may have a role."""
        place = next((each.place for each in self._analysis.loaded.profiles if each.name == key), None)
        chosen = self._analysis.understood.chosen.get(-1 if place is None else place)
        is_own = key in self._deals.groups and _BY + key in self._places
        return _BY + (key if is_own or chosen is None else chosen.role)

    def cycle_formula(self, row: int) -> str:
        """Return how long the deal of a row took, nothing where it does not count; rows from 1."""
        outcome, created, closed = (
            f"{column_name(self._places[key])}{row}" for key in ("outcome", "created", "closed")
        )
        won, lost = (quoted(self._word(word)) for word in ("won", "lost"))
        is_meant = (
            f"OR({outcome}={won},{outcome}={lost}),ISNUMBER({created}),ISNUMBER({closed}),"
            f"{closed}>={created},{closed}<=as_of"
        )
        return f'IF(AND({is_meant}),{closed}-{created},"")'

    # --- columns ---------------------------------------------------------------------------------------------------

    def _columns(self) -> Iterator[DealColumn]:
        deals, say = self._deals, self._write.say
        yield _own("line", say(_("Line")), "line", lambda: map(Decimal, deals.lines))
        taken = self._analysis.understood.chosen
        texts = {each.role: place for place, each in sorted(taken.items(), reverse=True) if each.part != "stage_day"}
        for role, place in sorted(texts.items(), key=lambda item: item[1]):
            if role not in _OWN:
                yield self._of_file(role, say(ROLES[role]), place, name=f"deal_{role}")
        for role, group in deals.groups.items():
            # The stage may be told by the words of the outcome, or by days of stages.
            if role in ROLES and role not in texts and role not in _OWN:
                yield _of_group(role, say(ROLES[role]), group, f"deal_{role}")
        yield _own("outcome", say(ROLES["outcome"]), "text", self._outcomes)
        yield _own("amount", say(ROLES["amount"]), "money", self._amounts)
        if currency := self._analysis.understood.currency:
            yield DealColumn(say(ROLES["currency"]), "text", lambda: [currency] * len(deals))
        yield _own("created", say(ROLES["created"]), "date", lambda: map(_day, deals.created))
        yield _own("closed", say(ROLES["closed"]), "date", lambda: map(_day, deals.closed))
        if any(deals.expected):
            yield DealColumn(say(ROLES["expected_close"]), "date", lambda: map(_day, deals.expected))
        if any(map(NO_PROBABILITY.__ne__, deals.probabilities)):
            yield _own("probability", say(ROLES["probability"]), "rate", self._probabilities)
        if self.has_cycle:
            yield _own("cycle", say(_CYCLE), "cycle", self._cycles)
        for profile in self._analysis.loaded.profiles:
            if profile.place not in taken and profile.name and profile.kind != "empty":
                yield self._of_file(profile.name, profile.name, profile.place)

    def _of_file(self, key: str, title: str, place: int, name: str = "") -> DealColumn:
        """Return a column of the file: what deals are grouped by, or days, numbers and texts as they stand there."""
        group, profile = self._deals.groups.get(key), self._analysis.loaded.profiles[place]
        reading = self._analysis.understood.readings.get(place)
        if group is not None:
            return _of_group(key, title, group, name)
        if reading is not None and profile.kind == "date":
            days = day_reader(profile, reading)
            return DealColumn(title, "date", self._read(place, lambda text: _day(days(text)) or sheet_text(text)))
        if reading is not None and profile.kind == "number":
            amounts = amount_reader(profile, reading)
            return DealColumn(title, "number", self._read(place, lambda text: _else_text(amounts(text), text)))
        return DealColumn(title, "text", self._read(place, sheet_text))

    def _read(self, place: int, read: Callable[[str], Written]) -> Callable[[], Iterator[Written]]:
        column = self._analysis.loaded.table.columns[place]
        read_once = read if column.is_mostly_distinct else cache(read)
        return lambda: map(read_once, map(column.text, self._deals.rows))

    def _outcomes(self) -> Iterator[Written]:
        words = {outcome: self._word(word) for outcome, word in _OUTCOMES.items()}
        return map(words.get, self._deals.outcomes)

    def _amounts(self) -> Iterator[Written]:
        money = self._deals.money
        return (None if parts == NO_AMOUNT else money(parts) for parts in self._deals.amounts)

    def _probabilities(self) -> Iterator[Written]:
        return (None if chance == NO_PROBABILITY else Decimal(chance) / CERTAIN for chance in self._deals.probabilities)

    def _cycles(self) -> Iterator[Written]:
        days = zip(self._view.with_cycle, self._deals.created, self._deals.closed, strict=True)
        return (Decimal(closed - created) if is_meant else "" for is_meant, created, closed in days)

    def _word(self, outcome: str) -> str:
        return self._write.say(MEANINGS[outcome])

    def _group_names(self, key: str) -> list[str]:
        group = self._deals.groups.get(key)
        return [sheet_text(name) for name in group.names] if group else []


def _of_group(key: str, title: str, group: Group, name: str) -> DealColumn:
    """Return a column of what deals are grouped by."""
    names: dict[int, Written] = dict(enumerate(map(sheet_text, group.names))) | {NO_GROUP: None}
    return DealColumn(title, "text", lambda: map(names.__getitem__, group.codes), _BY + key, name)


def _own(key: str, title: str, kind: str, values: Callable[[], Iterable[Written]]) -> DealColumn:
    """Return a column of what every deal has."""
    return DealColumn(title, kind, values, key, f"deal_{key}")


def _day(ordinal: int) -> Written:
    """Return a day, as text where spreadsheet programs have no such day."""
    if ordinal == NO_DAY:
        return None
    day = date.fromordinal(ordinal)
    return day if ordinal >= _FIRST_DAY else day.isoformat()


def sheet_text(text: str) -> str:
    """Return a text as a cell can hold it."""
    return tidy(text)[:LONGEST_TEXT]


def _else_text(number: Decimal | None, text: str) -> Written:
    return sheet_text(text) if number is None else number
