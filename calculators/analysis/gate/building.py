"""From texts to the compact arrays of deals: days, amounts, probabilities, groups."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import partial
from math import gcd

from calculators.analysis.gate.day_shapes import DayText
from calculators.analysis.gate.deals import CERTAIN, NO_AMOUNT, NO_DAY, NO_GROUP, NO_PROBABILITY, Group
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.number_columns import rate_divisor
from calculators.analysis.gate.number_shapes import simple_mark, whole_numbers
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.units import has_scale
from calculators.analysis.gate.words import is_empty
from calculators.analysis.reading.progress import Pausing, gathered

# Decimals that are kept of an amount: more are rounding of somebody's division.
_MOST_DIGITS = 6
# What a whole number of 64 bits holds for certain.
_MOST_PLACES = 18
# No deal is worth more in any currency: an id, or a phone number.
MOST_MONEY = Decimal(10) ** 15
_PLACES_OF_MONEY = 15
_ONE = Decimal(1)


def day_reader(profile: ColumnProfile, reading: ReadingOfColumn) -> Callable[[str], int]:
    """Return what reads a text of a column as a day's ordinal; NO_DAY where it is none, or must not be decided."""

    def read(text: str) -> int:
        day = None if is_empty(text) else profile.day_of(text)
        return NO_DAY if day is None else ordinal_of(day, reading)

    return read


def ordinal_of(day: DayText, reading: ReadingOfColumn) -> int:
    """Return the ordinal of a day of a column; NO_DAY where it must not be decided."""
    if not reading.order:
        same = day.shape == "year_last" and day.first == day.second
        return day.in_order("day_first") if same else day.day
    if day in reading.left_out:
        return NO_DAY
    if day.day or reading.order != "mixed":
        return day.in_order(reading.order)
    # Of two orders in one column, those with a day above twelve are sure.
    return day.in_order("day_first") or day.in_order("month_first")


def days_of(profile: ColumnProfile, reading: ReadingOfColumn, kept: Sequence[int]) -> Pausing[array[int]]:
    """Return the day of each kept row."""
    return of_kept((yield from profile.column.array_of("i", partial(map, day_reader(profile, reading)))), kept)


def of_kept(every: array[int], kept: Sequence[int]) -> array[int]:
    """Return of the values of all rows those of the kept ones; in most files that is nearly all, in many all."""
    return every if len(kept) == len(every) else array(every.typecode, map(every.__getitem__, kept))


def no_days(count: int) -> array[int]:
    """Return an array without any day."""
    return array("i", bytes(4 * count))


def first_filled(columns: Iterable[array[int]], count: int) -> array[int]:
    """Return for each row the first day that one of the columns has."""
    found: array[int] | None = None
    for column in columns:
        if found is None:
            found = column
        else:
            found = array("i", (have or other for have, other in zip(found, column, strict=True)))
    return no_days(count) if found is None else found


def amount_reader(profile: ColumnProfile, reading: ReadingOfColumn) -> Callable[[str], Decimal | None]:
    """Return what reads a text of a column as an amount, in the unit of its header ("예상매출(백만원)")."""
    factor = profile.factor or _ONE

    def read(text: str) -> Decimal | None:
        if is_empty(text):
            return None
        number = profile.number_of(text)
        value = None if number is None else number.with_decimal(reading.mark or ".")
        if value is not None and factor != _ONE and not has_scale(text):
            # 45k below "Amount (k€)" is 45k.
            value *= factor
        return None if value is None or abs(value) >= MOST_MONEY else value

    return read


def digits_needed(columns: Iterable[tuple[ColumnProfile, ReadingOfColumn]]) -> int:
    """Return how many decimals the amounts have, as many of them as 64 bits leave room for."""
    digits, places = 0, 1
    for profile, reading in columns:
        factor = (profile.factor or _ONE).adjusted()
        # Whole numbers, and those that are the same with both marks, are measured under the dot.
        for mark in {".", ","} if reading.mark not in {None, ".", ","} else {reading.mark or ".", "."}:
            digits = max(digits, profile.numbers.digits[mark] - factor)
            places = max(places, profile.numbers.places[mark] + factor)
    return max(0, min(digits, _MOST_DIGITS, _MOST_PLACES - min(places, _PLACES_OF_MONEY)))


def amounts_of(
    profile: ColumnProfile, reading: ReadingOfColumn, digits: int, kept: Sequence[int]
) -> Pausing[array[int]]:
    """Return the amount of each kept row in whole numbers of its smallest part."""
    limit = 1 << 62
    read = amount_reader(profile, reading)
    is_plain = profile.factor is None and not profile.column.native
    mark = reading.mark or "."

    def parts(text: str) -> int:
        value = read(text)
        if value is None:
            return NO_AMOUNT
        whole = int(value.scaleb(digits).to_integral_value(rounding=ROUND_HALF_EVEN))
        return whole if abs(whole) < limit else NO_AMOUNT

    def parts_of(texts: Sequence[str]) -> Iterable[int]:
        if is_plain and simple_mark(texts) in ("", mark):
            # Most amounts are written like this: their digits are the whole number.
            wholes, decimals = whole_numbers(texts, mark)
            if decimals <= digits:
                return map((10 ** (digits - decimals)).__mul__, wholes)
            # All may end in zeros, as 12.50 and 7.00 do together.
            if gcd(*wholes) % (part := 10 ** (decimals - digits)) == 0:
                return map(part.__rfloordiv__, wholes)
        return map(parts, texts)

    return of_kept((yield from profile.column.array_of("q", parts_of)), kept)


def probability_reader(profile: ColumnProfile, reading: ReadingOfColumn) -> Callable[[str], int]:
    """Return what reads a text of a column as a probability in millionths; NO_PROBABILITY for what is none."""
    divisor = rate_divisor(profile.numbers, says_percent="%" in profile.name or "％" in profile.name)

    def read(text: str) -> int:
        number = None if is_empty(text) else profile.number_of(text)
        value = None if number is None else number.with_decimal(reading.mark or ".")
        if number is None or value is None:
            return NO_PROBABILITY
        share = value / (100 if number.is_percent else divisor)
        return int(share * CERTAIN) if 0 <= share <= 1 else NO_PROBABILITY

    return read


def probabilities_of(profile: ColumnProfile, reading: ReadingOfColumn, kept: Sequence[int]) -> Pausing[array[int]]:
    """Return the probability of each kept row in millionths; NO_PROBABILITY where it has none between 0 and 1."""
    return of_kept((yield from profile.column.array_of("i", partial(map, probability_reader(profile, reading)))), kept)


def group_of(profile: ColumnProfile, kept: Sequence[int]) -> Pausing[Group]:
    """Return what the kept rows are grouped by in a column, the names in the order in which they first stand there."""
    names: dict[str, int] = {}

    def code(text: str) -> int:
        return NO_GROUP if profile.is_empty(text) else names.setdefault(text, len(names))

    codes = of_kept((yield from profile.column.array_of("i", partial(map, code))), kept)
    yield
    used = sorted(set(codes) - {NO_GROUP})
    texts = list(names)
    if len(used) == len(texts):
        return Group(texts, codes)
    place = {old: new for new, old in enumerate(used)} | {NO_GROUP: NO_GROUP}
    return Group([texts[old] for old in used], (yield from gathered("i", map(place.__getitem__, codes))))
