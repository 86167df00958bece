"""Rows that are no deals: headers again, totals, footers, notes, deleted and doubled ones. Each with its reason.

Nothing is dropped in silence: rows read and rows set aside are together the rows of the file.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import compress
from operator import and_
from sys import byteorder

from calculators.analysis.gate.header import holds_headers_again
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.number_shapes import read_number
from calculators.analysis.gate.roles import Chosen
from calculators.analysis.gate.units import unit_in_sentence
from calculators.analysis.gate.words import folded, is_empty, is_footer, is_total, is_total_of, is_yes, row_words
from calculators.analysis.reading.progress import Pausing, gathered
from calculators.analysis.reading.table import Column, Table, in_buckets

# Without any of these a row is no deal.
_MAKES_A_DEAL = {"deal_id", "name", "stage", "outcome", "amount"}
_MOST_FILLED_IN_A_FOOTER = 2
# In a table of so many columns, a row with a single field is no row of it.
_FEWEST_BESIDE_A_REMARK = 3
# A remark below the table begins with one of these.
_MARKS_OF_NOTES = "※＊*"
# Sums are looked for in tables that a person adds up.
_MOST_SUMMED = 20_000
# What stands below a table is short; its rows lack what the rows of the table have.
_MOST_BELOW, _FEWEST_USUAL = 200, 4
# Up to so many, each row is looked at.
_FEW_ROWS = 200
_MOST_WITH_ONE_ID = 50
_COUNTED = re.compile(r"(?:[ØøΣ∑~≈=#]|avg|moy|prom|media|mean)?[\s.:]*\d[\d.,\s]*\s*[^\W\d_]{0,15}", re.IGNORECASE)
# Rows that are looked at one by one between two pauses.
_ROWS_AT_ONCE = 2_000


@dataclass(slots=True)
class SetAside:
    """Rows of one reason: places in the table, with the physical lines of all of them."""

    code: str
    rows: list[int]
    lines: list[int]


class Sieve:
    """Which rows are still taken for deals."""

    def __init__(self, table: Table, above: Sequence[int]) -> None:
        self._table = table
        self._is_kept = bytearray(b"\x01") * len(table)
        self.set_aside: list[SetAside] = []
        if above:
            self.set_aside.append(SetAside("above_header", [], list(above)))

    @property
    def kept(self) -> array[int]:
        """The places of the rows that are taken for deals."""
        return array("I", compress(range(len(self._is_kept)), self._is_kept))

    def is_kept(self, row: int) -> bool:
        """Whether a row is still taken for a deal."""
        return bool(self._is_kept[row])

    def of_kept(self, values: array[int]) -> Iterator[int]:
        """Return of the values of all rows those of rows that are taken for deals."""
        return compress(values, self._is_kept)

    def put_aside(self, code: str, rows: Iterable[int]) -> None:
        """Set rows aside that are not yet."""
        fresh = [row for row in rows if self._is_kept[row]]
        if not fresh:
            return
        for row in fresh:
            self._is_kept[row] = 0
        self.set_aside.append(SetAside(code, fresh, [self._table.lines[row] for row in fresh]))


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows that are no deals whatever the columns mean: headers again, totals and footers.

    `titles` are those of groups of deals, each with its own headers, `parts` the rows below a deal that are its parts.
    """

    headers: list[int]
    titles: list[int]
    parts: list[int]
    totals: list[int]
    footers: list[int]

    @property
    def rows(self) -> set[int]:
        """All of them."""
        return {*self.headers, *self.titles, *self.parts, *self.totals, *self.footers}


def framing(table: Table) -> Pausing[Frame]:
    """Find the rows around and between the deals, before any column is judged by its values."""
    headers = _headers_again(table)
    # The title of a group stands alone, right above its headers.
    titles = [row - 1 for row in headers if row and sum(map(bool, table.row(row - 1))) == 1]
    yield
    return Frame(headers, titles, _parts(table), *(yield from _totals_and_footers(table)))


def _parts(table: Table) -> list[int]:
    """Return the rows of parts that follow a deal, below headers of their own, as monday.com writes its subitems."""
    words = row_words("parts")
    first = table.columns[0] if table.columns else None
    if first is None or not any(folded(text) in words for text in first.counts_of_held_texts()):
        return []
    found: list[int] = []
    is_below = False
    for row, text in enumerate(first):
        is_below = folded(text) in words or (is_below and not text)
        if is_below:
            found.append(row)
    return found


def sift(
    table: Table,
    frame: Frame,
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    above: Sequence[int],
) -> Pausing[Sieve]:
    """Set aside what is no deal, whatever the reader says of the rest."""
    sieve = Sieve(table, above)
    sieve.put_aside("repeated_header", frame.headers)
    sieve.put_aside("group_title", frame.titles)
    sieve.put_aside("overlong_row", sorted(table.overlong))
    sieve.put_aside("total_row", frame.totals)
    sieve.put_aside("footer", frame.footers)
    sieve.put_aside("parts", frame.parts)
    for profile in profiles:
        if "is_deleted" in profile.words:
            deleted = list(compress(range(len(table)), profile.column.where(lambda text: is_yes(text) is True)))
            # Where all rows are flagged, the flag is of something else, or the export is of the recycle bin.
            if len(deleted) < len(table):
                sieve.put_aside("deleted", deleted)
            yield
    sieve.put_aside("no_deal", (yield from _without_a_deal(table, profiles, chosen)))
    return sieve


def _headers_again(table: Table) -> list[int]:
    named = [column for column in table.columns if column.name]
    if len(named) < 2:
        return []
    # The column with the fewest texts tells at once of nearly all rows.
    fewest = min(named, key=lambda column: column.texts_to_read)
    first, second = named[:2]
    is_header = _is_header_in_length(first.name) if fewest.is_mostly_distinct else _is_header(fewest.name)
    return [
        row for row in compress(range(len(table)), (first if fewest.is_mostly_distinct else fewest).where(is_header))
        if all(column.text(row).casefold() == column.name.casefold() for column in (first, second))
        and holds_headers_again(table.columns, row)
    ]  # fmt: skip


def _is_header(name: str) -> Callable[[str], bool]:
    """Return what says whether a text is a header as `holds_headers_again` compares them."""
    word = folded(name)
    return lambda text: folded(text) == word


def _is_header_in_length(name: str) -> Callable[[str], bool]:
    """Return what says whether a text may be a header, of very many."""
    length = len(name)
    return lambda text: len(text) == length


def _totals_and_footers(table: Table) -> Pausing[tuple[list[int], list[int]]]:
    """Return rows of totals and footers, by the word in the first cell that holds anything."""
    totals: list[int] = []
    footers: list[int] = []
    for looked_at, row in enumerate((yield from _sparse_rows(table))):
        if looked_at % _ROWS_AT_ONCE == 0:
            yield
        filled = [text for text in table.row(row) if not is_empty(text)]
        # A deal may be called Total: it has words in further columns.
        if not filled:
            continue
        is_of_numbers = all(read_number(text) or is_total(text) for text in filled[1:])
        is_headed = is_total(filled[0]) or is_total_of(filled[0])
        if is_headed and (is_of_numbers or all(map(_is_figure, filled[1:]))):
            totals.append(row)
        elif len(filled) <= _MOST_FILLED_IN_A_FOOTER and _is_remark(filled[0]):
            footers.append(row)
        elif is_of_numbers and read_number(filled[0]) and _is_sum(table, row, totals):
            totals.append(row)
    footers += _remarks_below(table, {*totals, *footers})
    footers += _blocks_below(table, {*totals, *footers})
    return totals, sorted(footers)


def _is_figure(text: str) -> bool:
    """Whether a cell of a row of totals holds a number, with what it counts: "3 deals", "Ø 20"."""
    return bool(read_number(text) or is_total(text) or _COUNTED.fullmatch(text))


def _remarks_below(table: Table, known: set[int]) -> list[int]:
    """Return the last rows that have a single field where others have several: a remark, in whatever words."""
    found: list[int] = []
    if len(table.columns) < _FEWEST_BESIDE_A_REMARK:
        return found
    for row in range(len(table) - 1, 0, -1):
        if table.widths[row] > 1:
            break
        if row not in known:
            found.append(row)
    # All of them: then it is no table.
    return found if len(found) + len(known) < len(table) - 1 else []


def _blocks_below(table: Table, known: set[int]) -> list[int]:
    """Return the rows of what stands below the table, behind empty lines: a summary, or a table of something else."""
    found: list[int] = []
    end = len(table)
    for row in range(len(table) - 1, max(0, len(table) - _MOST_BELOW), -1):
        if not _is_below_a_gap(table, row):
            continue
        usual = [column for column in table.columns if _is_usual(column, row, known)]
        block = [each for each in range(row, end) if each not in known]
        most = max(_MOST_FILLED_IN_A_FOOTER, len(usual) // 3)
        if len(usual) < _FEWEST_USUAL or any(sum(map(bool, table.row(each))) > most for each in block):
            break
        found += block
        end = row
    return found


def _is_below_a_gap(table: Table, row: int) -> bool:
    """Whether there are empty lines between a row and the one above it, which may take several lines."""
    lines = 1 + sum(text.count("\n") for text in table.row(row - 1))
    return table.lines[row] > table.lines[row - 1] + lines


def _is_usual(column: Column, end: int, known: set[int]) -> bool:
    """Whether nearly all rows above one have something in a column, of the last hundreds of them."""
    rows = [row for row in range(max(0, end - _FEW_ROWS), end) if row not in known]
    return len(rows) > 1 and sum(not column.text(row) for row in rows) * 10 <= len(rows)


def _is_remark(text: str) -> bool:
    """Whether a cell that stands nearly alone is a report's footer, a note, or says what amounts are counted in."""
    return is_footer(text) or text[0] in _MARKS_OF_NOTES or unit_in_sentence(text) is not None


def _is_sum(table: Table, row: int, totals: list[int]) -> bool:
    """Whether a row of numbers alone holds the sum of the rows above it: of all, or since the last such row."""
    column = next((column for column in table.columns if not is_empty(column.text(row))), None)
    total = None if column is None else read_number(column.text(row))
    if column is None or total is None or row < 2 or row > _MOST_SUMMED:
        return False
    since = max(totals, default=-1) + 1
    sums = {0: Decimal(0), since: Decimal(0)}
    for place in range(row):
        number = None if place in totals else read_number(column.text(place))
        value = None if number is None else number.comma if number.dot is None else number.dot
        for start in sums:
            if value is not None and place >= start:
                sums[start] += value
    return bool({total.dot, total.comma} & set(sums.values())) and any(sums.values())


def _sparse_rows(table: Table) -> Pausing[Iterable[int]]:
    """Return the rows that lack some of what rows usually have: a total has sums, and neither names nor days."""
    blank = []
    for column in table.columns:
        blank.append(column.is_blank)
        yield
    usual = [flags for flags in blank if flags.count(1) * 10 <= len(flags)]
    if not usual or len(table) < _FEW_ROWS:
        return range(len(table))
    least = max(1, len(usual) // 4)
    lacking = [flags for flags in usual if 1 in flags]
    if len(lacking) < least:
        return ()
    # How many of them each row lacks, in two bytes a row: all rows are added up at once.
    lacks = sum(int.from_bytes(_widened(flags), byteorder) for flags in lacking)
    counted = array("H", lacks.to_bytes(2 * len(table), byteorder))
    return compress(range(len(table)), map(least.__le__, counted))


def _widened(flags: bytes) -> bytearray:
    """Return each byte as a number of two."""
    wide = bytearray(2 * len(flags))
    wide[byteorder == "big" :: 2] = flags
    return wide


def _without_a_deal(table: Table, profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen]) -> Pausing[list[int]]:
    """Return the rows without id, name, stage, outcome or an amount other than zero, if any column is of these."""
    makes = [(profiles[place], each) for place, each in chosen.items() if each.role in _MAKES_A_DEAL]
    if all(each.part == "stage_day" for _profile, each in makes):
        return []
    silent = b"\x01" * len(table)
    for profile, each in makes:
        if each.role != "amount" and 1 in silent:
            silent = bytes(map(and_, silent, _says_nothing(profile)))
            yield
    amounts = [profile for profile, each in makes if each.role == "amount"]
    return [row for row in compress(range(len(table)), silent) if not any(_has_amount(each, row) for each in amounts)]


def _says_nothing(profile: ColumnProfile) -> bytes:
    """Return a byte for each row: 1 where its cell says nothing."""
    nothing = {"", *profile.values.nothing}
    return profile.column.is_blank if len(nothing) == 1 else profile.column.where(nothing.__contains__)


def _has_amount(profile: ColumnProfile, row: int) -> bool:
    number = profile.number_of(profile.column.text(row))
    return number is not None and bool(number.dot or number.comma)


def doubled_rows(table: Table, sieve: Sieve, identity: ColumnProfile | None) -> Pausing[tuple[list[int], list[int]]]:
    """Return the rows that repeat an earlier one cell by cell, and those whose id an earlier, other row has.

    Without a column of ids, only the first list is filled.
    """
    seen: dict[int, list[int]] = {}
    same: list[int] = []
    other: list[int] = []
    hashes = yield from _hashes(table, identity)
    often = yield from _more_than_once((yield from gathered("q", sieve.of_kept(hashes))))
    if not often:
        return same, other
    recurring = compress(enumerate(hashes), map(often.__contains__, hashes))
    for looked_at, (row, value) in enumerate(recurring):
        if looked_at % _ROWS_AT_ONCE == 0:
            yield
        if not sieve.is_kept(row):
            continue
        if identity is not None and is_empty(identity.column.text(row)):
            continue
        earlier = seen.setdefault(value, [])
        cells = table.row(row) if earlier else []
        alike = [each for each in earlier if identity is None or _have_same_id(identity, each, row)]
        if any(table.row(each) == cells for each in alike):
            same.append(row)
            continue
        if alike:
            other.append(row)
        # A column that is no identity after all would make this long.
        if len(earlier) < _MOST_WITH_ONE_ID:
            earlier.append(row)
    return same, other


def _have_same_id(identity: ColumnProfile, row: int, other: int) -> bool:
    return identity.column.text(row) == identity.column.text(other)


def _hashes(table: Table, identity: ColumnProfile | None) -> Pausing[array[int]]:
    """Return a number for each row that equal rows (or rows with one id) share."""
    if identity is not None:
        return (yield from identity.column.array_of("q", partial(map, hash)))
    combined = array("q", bytes(8 * len(table)))
    for column in table.columns:
        combined = yield from gathered("q", map(hash, zip(combined, column.map(hash), strict=True)))
    return combined


def _more_than_once(hashes: array[int]) -> Pausing[set[int]]:
    """Return the numbers that recur."""
    recurring: set[int] = set()
    for part in (yield from in_buckets(hashes)):
        if len(set(part)) < len(part):
            recurring.update(value for value, rows in Counter(part).items() if rows > 1)
        yield
    return recurring
