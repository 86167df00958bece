"""Amounts, and in which currency they are: two currencies are never added up."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress

from calculators.analysis.gate.building import amounts_of, digits_needed, of_kept
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.deals import NO_AMOUNT, WON
from calculators.analysis.gate.doubts import Choice, Doubt
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.number_shapes import CODES
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.outcomes import Outcomes
from calculators.analysis.gate.roles import Chosen
from calculators.analysis.gate.units import AMOUNTS, unit_of_header
from calculators.analysis.gate.word_lists import currency_words
from calculators.analysis.gate.words import is_empty
from calculators.analysis.reading.progress import Pausing, gathered
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.table import Table

_OTHER_AMOUNTS = AMOUNTS - {"weighted_amount"}
# An amount so many times the middle one is none, or in another unit.
_OUT_OF_PROPORTION = 10_000
_SAMPLE, _FEWEST, _LINES = 1_000, 5, 20


@dataclass(slots=True)
class Money:
    """Amounts of the kept rows; `other_rows` are places in the table of deals in another currency than the chosen."""

    amounts: array[int]
    digits: int
    currency: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    other_rows: list[int] = field(default_factory=list)


def read_money(
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    readings: dict[int, ReadingOfColumn],
    kept: Sequence[int],
    outcomes: Outcomes,
    choices: Choices,
    table: Table,
    notes: Notes,
    further: Mapping[int, Sequence[int]],
) -> Pausing[Money]:
    """Return the amounts of the kept rows, with those of `further` rows of the same deals added up.

    Raises Refused where a currency was chosen that the file does not have.
    """
    columns = [
        (profiles[place], readings.get(place, ReadingOfColumn()), each.part)
        for place, each in chosen.items()
        if each.role == "amount"
    ]
    digits = digits_needed((profile, reading) for profile, reading, _part in columns)
    amounts = yield from _amounts(columns, digits, kept, outcomes.codes)
    if further:
        amounts = array("q", amounts)
        places = [place for place, row in enumerate(kept) for _more in further.get(row, ())]
        rows = [more for row in kept for more in further.get(row, ())]
        codes = [outcomes.codes[place] for place in places]
        for place, more in zip(places, (yield from _amounts(columns, digits, rows, codes)), strict=True):
            if more != NO_AMOUNT:
                amounts[place] = more if amounts[place] == NO_AMOUNT else amounts[place] + more
    yield
    for profile, _reading, _part in columns:
        if said := profile.said_unit:
            factor = said.unit.factor.normalize()
            notes.add("unit_said", "", column=profile.name, text=said.text, line=said.line, factor=factor)
    negative = sum(map((0).__gt__, amounts)) - amounts.count(NO_AMOUNT)
    if negative:
        notes.add("negative_amounts", "", deals=negative)
    yield
    outlying = _outlying(amounts, has_negative=negative > 0)
    if outlying:
        lines = [table.lines[kept[deal]] for deal in outlying[:_LINES]]
        notes.add("outlying_amounts", "", deals=len(outlying), lines=lines)
    _note_other_amounts(profiles, chosen, notes)
    money = Money(amounts, digits)
    yield
    of_amounts = [profile for profile, _reading, _part in columns]
    yield from _settle_currency(money, of_amounts, profiles, chosen, kept, choices)
    return money


def _amounts(
    columns: Sequence[tuple[ColumnProfile, ReadingOfColumn, str]],
    digits: int,
    rows: Sequence[int],
    codes: Sequence[int],
) -> Pausing[array[int]]:
    """Return the amounts of rows whose deals ended as the codes say."""
    amounts = array("q", [NO_AMOUNT]) * len(rows)
    for place, (profile, reading, part) in enumerate(columns):
        here = yield from amounts_of(profile, reading, digits, rows)
        if not place and part != "actual":
            amounts = here
        elif part == "actual":
            # What came of it replaces the estimate, for won deals.
            amounts = yield from gathered(
                "q",
                (
                    new if code == WON and new not in (NO_AMOUNT, 0) else old
                    for old, new, code in zip(amounts, here, codes, strict=True)
                ),
            )
        else:
            # Of several columns the first that is filled counts.
            filled = (old if old != NO_AMOUNT else new for old, new in zip(amounts, here, strict=True))
            amounts = yield from gathered("q", filled)
    return amounts


def _outlying(amounts: array[int], *, has_negative: bool) -> list[int]:
    """Return the places of amounts that are out of all proportion to the others."""
    some = sorted(abs(each) for each in amounts[:: max(1, len(amounts) // _SAMPLE)] if each not in (NO_AMOUNT, 0))
    if len(some) < _FEWEST:
        return []
    limit = some[len(some) // 2] * _OUT_OF_PROPORTION
    if max(amounts) <= limit and not has_negative:
        return []
    return [place for place, each in enumerate(amounts) if each != NO_AMOUNT and abs(each) > limit]


def _note_other_amounts(profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], notes: Notes) -> None:
    """Say which columns of money are not used beside the one that is."""
    taken = [profiles[place].name for place, each in chosen.items() if each.role == "amount"]
    others = [
        profile.name for profile in profiles
        if profile.place not in chosen and profile.kind == "number" and _OTHER_AMOUNTS & set(profile.words)
    ]  # fmt: skip
    if taken and others:
        notes.add("other_amounts", "", column=" + ".join(taken), names=others)


def _settle_currency(
    money: Money,
    of_amounts: list[ColumnProfile],
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    kept: Sequence[int],
    choices: Choices,
) -> Pausing[None]:
    names, codes = yield from _currency_of_rows(of_amounts, profiles, chosen, kept)
    counts, priced = Counter[str](), array("B")
    if any(names):
        priced = yield from gathered("B", (amount not in (NO_AMOUNT, 0) for amount in money.amounts))
        counted = Counter(compress(codes, priced))
        counts.update({names[code]: rows for code, rows in counted.items() if names[code]})
        yield
    decided, by = choices.decision("currency")
    if decided is not None and decided not in counts and set(map(names.__getitem__, codes)) - {""}:
        raise Refused("unknown_currency", typed=decided, names=", ".join(sorted(counts)))
    if len(counts) > 1:
        money.doubts.append(
            Doubt(
                code="several_currencies",
                column=next((profiles[place].name for place, each in chosen.items() if each.role == "currency"), None),
                examples=[f"{code}: {rows}" for code, rows in counts.most_common(5)],
                choices=[Choice(code) for code, _rows in counts.most_common(10)],
                decided=decided,
                by=by,
                values={"currencies": ", ".join(code for code, _rows in counts.most_common())},
            )
        )
        if decided:
            # An amount without a currency may be in any of them.
            money.other_rows = [
                row for row, code, is_priced in zip(kept, codes, priced, strict=True)
                if names[code] != decided and (names[code] or is_priced)
            ]  # fmt: skip
    named = decided or (next(iter(counts)) if len(counts) == 1 else "")
    money.currency = named if named in CODES else ""


def _currency_of_rows(
    of_amounts: list[ColumnProfile], profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], kept: Sequence[int]
) -> Pausing[tuple[list[str], array[int]]]:
    """Return the currencies of the kept rows: their names, and for each row which of them it has.

    "" where it names none; from its column, a header, or the amount itself.
    """
    named = next(filter(None, map(_currency_of_header, of_amounts)), "")
    for place, each in chosen.items():
        # Beside a header that says it, a column that few rows have is of something else: of an invoice, say.
        if each.role == "currency" and (not named or profiles[place].values.filled * 2 >= len(profiles[place].column)):
            return (yield from _by_text(profiles[place], currency_code, kept))
    if named:
        return [named], array("B", bytes(len(kept)))
    for profile in of_amounts:
        if profile.numbers.currencies:
            return (yield from _by_text(profile, _currency_in(profile), kept))
    said = next((profile.said_unit.unit.currency for profile in of_amounts if profile.said_unit), "")
    return [said], array("B", bytes(len(kept)))


def _by_text(
    profile: ColumnProfile, read: Callable[[str], str], kept: Sequence[int]
) -> Pausing[tuple[list[str], array[int]]]:
    names: dict[str, int] = {}

    def code(text: str) -> int:
        return names.setdefault(read(text), len(names))

    codes = yield from profile.column.array_of("I", partial(map, code))
    return list(names), of_kept(codes, kept)


def _currency_of_header(profile: ColumnProfile) -> str:
    """Return the code that the header of an amount names: "amount_usd", "Amount (EUR)", "금액(백만원)"."""
    unit = unit_of_header(profile.name)[1]
    if unit and unit.currency in CODES:
        return unit.currency
    words: list[str] = re.findall(r"[A-Za-z]+", profile.name.replace("_", " "))
    return words[-1].upper() if len(words) > 1 and words[-1].upper() in CODES else ""


def _currency_in(profile: ColumnProfile) -> Callable[[str], str]:
    def read(text: str) -> str:
        number = profile.number_of(text)
        return number.currency if number else ""

    return read


def currency_code(text: str) -> str:
    """Return the ISO code that a cell of a currency column names, the words themselves where they are in no list."""
    if is_empty(text):
        return ""
    if re.fullmatch(r"[A-Za-z]{3}", text):
        return text.upper()
    named = currency_words().get(text.casefold(), "")
    return named or next((word for word in re.findall(r"\b[A-Z]{3}\b", text)), text)
