"""What each column holds: dates, numbers, rates, names, choices or nothing, judged by the values of all its rows."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import batched, filterfalse, islice
from typing import Literal

from calculators.analysis.gate.day_columns import DayEvidence, DaysRead, evidence
from calculators.analysis.gate.day_shapes import DayText, read_day, read_day_number
from calculators.analysis.gate.number_columns import NumberEvidence
from calculators.analysis.gate.number_shapes import NumberText, read_number, simple_mark
from calculators.analysis.gate.units import AMOUNTS, SaidUnit, has_scale, unit_of, unit_of_header
from calculators.analysis.gate.words import (
    FLAGS,
    composed_roles_of,
    flags_of,
    folded,
    is_empty,
    nothing_among,
    roles_of,
)
from calculators.analysis.reading.progress import Pausing
from calculators.analysis.reading.table import MOST_TEXTS, Column, in_buckets

type Kind = Literal["date", "number", "rate", "text", "choice", "id", "empty"]

# So many of a column's filled rows must fit for it to be of dates or numbers; the others are named, and left out.
_SHARE_THAT_FITS = 0.8
# Where the header says what it is, words that recur ("not invoiced") may fill more of it.
_SHARE_BESIDE_RECURRING = 0.95
_MOST_RECURRING = 3
_MOST_PERCENT = 100
# A region, Namibia, somebody's initials, or nothing.
NORTH_AMERICA = "NA"
_NO_NAMES = {"stage", "outcome", "currency", *FLAGS}
_LONGEST_CODE = 5
_DAMAGED_ID = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
# Below the headers may stand a row of units.
_ROWS_OF_UNITS = 3
# Rows that are looked at first, in a long table.
_SPREAD = 250
# Texts after which a long column may be left.
_PIECE = 10_000
# Up to so many different texts are a choice, if they recur.
_MOST_CHOICES = 60
# What `number_of` has not read yet; None is what is no number.
_UNKNOWN = NumberText(None, None)
_DATE_ROLES = {"created", "closed", "expected_close", "last_activity", "date_won", "date_lost", "stage_entered"}


@dataclass(slots=True)
class Values:
    """The texts of a column with their number of rows, empty ones apart."""

    counts: dict[str, int]
    # The texts of this column that stand for nothing, with their rows.
    nothing: dict[str, int]
    # Where a column holds nearly as many texts as rows, what stands here is those that are held each by itself.
    is_partial: bool

    @property
    def filled(self) -> int:
        return sum(self.counts.values())


class ColumnProfile:
    """A column, what its values are, and how they are read.

    Judged once, by all rows but those that it is read `without` (totals and the like); in which order or with which
    mark it is read is decided beside its sister columns (`orders`).
    """

    def __init__(self, column: Column, place: int, without: Iterable[int] = ()) -> None:
        self.column, self.place, self.name = column, place, column.name
        self.words = header_roles(self.name)
        self.values = _values(column, without, may_be_codes=not _NO_NAMES & set(self.words))
        # What a line of the file says that amounts are counted in, where the header does not.
        self.said_unit: SaidUnit | None = None
        self.recurring: list[str] = []
        # What texts were read as: columns of numbers are read more than once.
        self._numbers_read: dict[str, NumberText | None] = {}
        self.kind: Kind = self._judge()
        self.filled_and_distinct = self.values.filled, len(self.values.counts)

    def is_empty(self, text: str) -> bool:
        """Return whether a text stands for an empty cell in this column: "NA" among codes is a name like them."""
        return is_empty(text) and text not in self.values.counts

    # --- its unit -------------------------------------------------------------

    @property
    def factor(self) -> Decimal | None:
        """What numbers of the column are multiplied by, None where nothing names a unit."""
        if self.said_unit is not None:
            return self.said_unit.unit.factor
        unit = unit_of_header(self.name)[1]
        return None if unit is None else unit.factor

    def take_unit(self, said: SaidUnit | None, lines: Sequence[int]) -> None:
        """Take the unit that the file says, in a row below the headers or around the table.

        Not where the header says one itself, or the amounts do; `lines` are those of the rows.
        """
        unit = unit_of_header(self.name)[1]
        is_of_money = not self.words or self.words[0] in AMOUNTS
        if self.kind != "number" or not is_of_money or (unit and unit.factor != 1):
            return
        for row, text in enumerate(islice(self.column, _ROWS_OF_UNITS)):
            below = unit_of(text) if text and self.number_of(text) is None else None
            if below and below.factor != 1:
                said = SaidUnit(below, text, lines[row])
        texts = list(islice(self.values.counts, _SPREAD))
        if said and any(not has_scale(text) and self.number_of(text) for text in texts):
            self.said_unit = said

    # --- reading a text -----------------------------------------------------

    def day_of(self, text: str) -> DayText | None:
        """Return what a text of this column is as a day, or None."""
        native = self.column.native.get(text)
        if isinstance(native, datetime):
            native = native.date()
        if isinstance(native, date):
            return DayText("year_first", native.toordinal())
        found = read_day(text)
        return found if found or not self._takes_day_numbers else read_day_number(text)

    def number_of(self, text: str) -> NumberText | None:
        """Return what a text of this column is as a number, or None."""
        known = self._numbers_read.get(text, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        number = self._read_number(text)
        if len(self._numbers_read) < MOST_TEXTS:
            self._numbers_read[text] = number
        return number

    def _read_number(self, text: str) -> NumberText | None:
        native = self.column.native.get(text)
        if isinstance(native, Decimal):
            # Cells of several currencies show each its sign.
            shown = read_number(text) if " " in text else None
            currency = "" if shown is None else shown.currency
            return NumberText(native, native, is_percent=text.endswith("%"), currency=currency)
        return read_number(text)

    @cached_property
    def _takes_day_numbers(self) -> bool:
        return bool(_DATE_ROLES & set(self.words))

    # --- evidence -----------------------------------------------------------

    @cached_property
    def days(self) -> DayEvidence:
        """What the column's texts say about the order of its dates."""
        return evidence(self.days_read)

    @cached_property
    def numbers(self) -> NumberEvidence:
        """What the column's texts say about the marks of its numbers."""
        found = NumberEvidence()
        for texts, rows in self._filled_pieces():
            self._gather(found, texts, rows)
        return found

    def _gather(self, found: NumberEvidence, texts: Sequence[str], rows: Sequence[int]) -> None:
        if self.column.native:
            # What a workbook calls a number is one, whatever its text looks like.
            for text, count in zip(texts, rows, strict=True):
                found.add(text, self.number_of(text), count)
        else:
            found.add_many(texts, rows, self.number_of)

    def gathering(self) -> Pausing[None]:
        """Gather the evidence of a long column piece by piece, so that the work can be left."""
        if self.kind == "date":
            days: DaysRead = {}
            for texts, rows in self._filled_pieces():
                self._add_days(days, texts, rows)
                yield
            self.__dict__["days_read"] = days
        elif self.kind in {"number", "rate"} and "numbers" not in self.__dict__:
            found = NumberEvidence()
            for texts, rows in self._filled_pieces():
                self._gather(found, texts, rows)
                yield
            self.__dict__["numbers"] = found
        if self.values.is_partial:
            self.filled_and_distinct = yield from self._counting()

    def _counting(self) -> Pausing[tuple[int, int]]:
        """Return how many rows are filled, and with how many different texts, where these are too many to hold."""
        # What stands for nothing recurs, so it is among the texts that are held each by itself.
        nothing = {"", *self.values.nothing}
        further = array("q")
        for texts in batched(filterfalse(nothing.__contains__, self.column.texts_of_the_block()), _PIECE):
            further.extend(map(hash, texts))
            yield
        distinct = len(self.values.counts)
        for part in (yield from in_buckets(further)):
            distinct += len(set(part))
            yield
        return self.values.filled + len(further), distinct

    @cached_property
    def days_read(self) -> DaysRead:
        """Each day of a column of dates, with the first text that it was read from and its rows."""
        days: DaysRead = {}
        for texts, rows in self._filled_pieces():
            self._add_days(days, texts, rows)
        return days

    def _add_days(self, days: DaysRead, texts: Sequence[str], counts: Sequence[int]) -> None:
        for text, rows in zip(texts, counts, strict=True):
            day = self.day_of(text)
            if day is not None:
                first, counted = days.get(day, (text, 0))
                days[day] = (first, counted + rows)

    def _filled_pieces(self) -> Iterator[tuple[Sequence[str], Sequence[int]]]:
        """Yield the texts that say something, some at a time, each with its rows."""
        counts = self.values.counts
        held = {text: rows for text, rows in counts.items() if text not in self.recurring} if self.recurring else counts
        for texts in batched(held, _PIECE):
            yield texts, list(map(held.__getitem__, texts))
        if self.values.is_partial:
            # What stands for nothing recurs, so it is among the texts that are held each by itself.
            left_out = {"", *self.values.nothing, *self.recurring}
            for texts in batched(filterfalse(left_out.__contains__, self.column.texts_of_the_block()), _PIECE):
                yield texts, [1] * len(texts)

    def all_counts(self) -> Iterator[tuple[str, int]]:
        """Yield each distinct text with its rows; where nearly all are distinct, the later ones one by one."""
        yield from self.values.counts.items()
        if self.values.is_partial:
            yield from ((text, 1) for text in self.column.texts_of_the_block())

    # --- judging ------------------------------------------------------------

    def _judge(self) -> Kind:
        counts = self.values.counts
        if not counts:
            return "empty"
        # Ids of digits alone are no numbers, and need not be read as such.
        if self.words[:1] == ("deal_id",) and (len(counts) > 1 or self.values.filled == 1):
            return "id"
        if self._fits(self.day_of, is_expected=bool(_DATE_ROLES & set(self.words))):
            return "date"
        is_of_numbers = bool({"amount", "probability", "estimated_amount", "actual_amount"} & set(self.words))
        if self._fits(self.number_of, is_expected=is_of_numbers):
            return self._kind_of_numbers()
        self._numbers_read = {}
        self.recurring = []
        return self._kind_of_texts()

    def _kind_of_numbers(self) -> Kind:
        numbers = self._some_numbers()
        if "deal_id" in self.words and not numbers.currencies:
            return "id"
        if "probability" in self.words and "amount" not in self.words and self._are_beyond_percents():
            # A header that lies: what is called a chance is money.
            self.words = (*self.words, "amount")
        is_of_percents = "%" in self.name or "％" in self.name
        if numbers.percents * 2 > numbers.rows or ("probability" in self.words and "amount" not in self.words):
            return "rate"
        return "rate" if is_of_percents and numbers.largest <= 100 else "number"

    def _are_beyond_percents(self) -> bool:
        """Whether most of the numbers, none of them with a sign for percent, are larger than any probability."""
        beyond = rows = 0
        for text, count in self.values.counts.items():
            number = self.number_of(text)
            if number is not None and (value := number.with_decimal("." if number.dot is not None else ",")):
                rows += count
                beyond += count if value > _MOST_PERCENT and not number.is_percent else 0
        return beyond * 2 > rows

    def _some_numbers(self) -> NumberEvidence:
        """Return what the numbers of a column say; of a long one that nearly always differs, what the first say."""
        if not self.values.is_partial:
            return self.numbers
        found = NumberEvidence()
        self._gather(found, *next(self._filled_pieces()))
        return found

    def _kind_of_texts(self) -> Kind:
        counts, filled = self.values.counts, self.values.filled
        if self.values.is_partial or (len(counts) == filled and "deal_id" in self.words):
            return "id" if "deal_id" in self.words else "text"
        if len(counts) <= _MOST_CHOICES and (len(counts) * 2 <= filled or len(counts) <= 3 or self._is_group):
            return "choice"
        return "id" if "deal_id" in self.words else "text"

    @cached_property
    def _is_group(self) -> bool:
        return bool({"stage", "outcome", "owner", "currency", "pipeline", "source", "region"} & set(self.words))

    def _fits[Reading](self, read: Callable[[str], Reading | None], *, is_expected: bool) -> bool:
        """Whether nearly all filled rows are read; where the header says so, beside a few words that recur."""
        if not is_expected and not self._may_fit(read):
            return False
        if read == self.number_of and not self.column.native and simple_mark(self.values.counts) is not None:
            self.recurring = []
            return True
        odd: Counter[str] = Counter()
        filled = 0
        for text, rows in self.values.counts.items():
            filled += rows
            if read(text) is None:
                odd[text] += rows
        fitting = filled - sum(odd.values())
        if fitting and fitting >= _SHARE_THAT_FITS * filled:
            self.recurring = []
            return True
        if not is_expected or not fitting:
            return False
        recurring = [text for text, rows in odd.most_common(_MOST_RECURRING) if rows > 1]
        left = filled - sum(odd[text] for text in recurring)
        if fitting and left and fitting >= _SHARE_BESIDE_RECURRING * left:
            self.recurring = recurring
            return True
        return False

    def _may_fit(self, read: Callable[[str], object | None]) -> bool:
        """Whether rows spread over the whole column are read at all; most columns are told by a few of them."""
        rows = len(self.column)
        if rows < 4 * _SPREAD:
            return True
        texts = [self.column.text(place * rows // _SPREAD) for place in range(_SPREAD)]
        filled = [text for text in texts if not is_empty(text)]
        return not filled or sum(read(text) is not None for text in filled) * 2 >= len(filled)


def are_damaged(profile: ColumnProfile) -> bool:
    """Whether a spreadsheet program took long ids for numbers, and wrote them back rounded: many are the same now."""
    return any(map(_DAMAGED_ID.fullmatch, profile.values.counts))


def header_roles(name: str) -> tuple[str, ...]:
    """Return the roles that a header may name, the likeliest first: as it is, or without a prefix of its program."""
    ways = list(_ways_of_naming(name))
    known = next((roles for text in ways if (roles := roles_of(text))), ())
    return known or next((roles for text in ways if (roles := composed_roles_of(text))), ())


# "Deal - Value" (Pipedrive), "Opportunity: Amount", "deal.amount", "SalesOpportunityAmount", "Opportunity Owner".
_PREFIXES = (
    "deal",
    "deals",
    "opportunity",
    "opportunities",
    "salesopportunity",
    "opp",
    "crm",
    "properties",
    "property",
    "商談の",
    "商談",
    "取引",
    "案件",
    "営業案件",
    "거래",
    "영업기회",
    "딜",
)


def _ways_of_naming(name: str) -> Iterator[str]:
    yield name
    bare = unit_of_header(name)[0]
    if bare != name:
        # "Amount (USD)", "예상매출(원)"; "Amount (converted)" is known with its brackets.
        yield from _ways_of_naming(bare)
        return
    for mark in (" - ", ": ", ".", "/", "__"):
        head, _mark, last = name.rpartition(mark)
        # "Gesch. Umsatz" is an abbreviation, "deal.amount" a path.
        if head and (mark != "." or not last.startswith(" ")):
            yield last
    short = folded(name)
    for prefix in _PREFIXES:
        if short.startswith(prefix) and len(short) > len(prefix) + 1:
            yield short.removeprefix(prefix)
    # Custom fields of Salesforce: "Region__c".
    if name.endswith("__c"):
        yield name.removesuffix("__c")


def _values(column: Column, without: Iterable[int], *, may_be_codes: bool) -> Values:
    counts = column.counts_of_held_texts()
    for row in without:
        text = column.text(row)
        if text in counts:
            counts[text] -= 1
    nothing = {text: counts[text] for text in nothing_among(counts)}
    filled = counts
    for text in [*nothing, *(text for text in map(column.text, without) if counts.get(text) == 0)]:
        filled.pop(text, None)
    if may_be_codes and nothing.get(NORTH_AMERICA) and _are_codes(filled) and flags_of(filled) is None:
        filled[NORTH_AMERICA] = nothing.pop(NORTH_AMERICA)
    return Values(filled, nothing, column.is_mostly_distinct)


def _are_codes(texts: Iterable[str]) -> bool:
    """Whether most of some texts are short ones in capitals (EMEA, APAC; US, DE; AB, MK), of which there are two."""
    kinds = [text.isalpha() and text.isascii() and text.isupper() and len(text) <= _LONGEST_CODE for text in texts]
    return sum(kinds) >= max(2, (len(kinds) + 1) // 2)
