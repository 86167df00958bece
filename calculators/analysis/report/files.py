"""Tables to take along: the deals as they were understood, and the rows that were set aside, as CSV."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from calculators.analysis.analyse import Analysis
from calculators.analysis.gate.building import amount_reader, day_reader
from calculators.analysis.gate.day_shapes import day_text
from calculators.analysis.gate.deals import CERTAIN, LOST, NO_DAY, NO_PROBABILITY, OPEN, UNKNOWN, WON
from calculators.analysis.report.saying import Saying
from calculators.core.taking_along.text_and_csv import harmless

_OUTCOMES = {OPEN: "open", WON: "won", LOST: "lost", UNKNOWN: ""}
_NEGATIVE = re.compile(r"[-−][0-9]+(?:[.,'\u00a0\u202f ][0-9]+)*[ \u00a0]?%?|-[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}")
# What a deal has of its own, in the contract's names; the others follow as they stand in the file.
_OWN = ("outcome", "amount", "currency", "created", "closed", "expected_close", "probability")


def clean_csv(analysis: Analysis) -> str:
    """Return the deals in one shape: all days as ISO dates, all numbers with a point, outcomes as won, lost or open.

    The first column is the line of the file. A text that a spreadsheet program would take for a formula gets an
    apostrophe in front.
    """
    return _csv(_clean_rows(analysis))


def set_aside_csv(analysis: Analysis, language: str = "en") -> str:
    """Return the rows that were set aside as they stand in the file, each with its line and the reason."""
    saying, table = Saying(language), analysis.loaded.table

    def rows() -> Iterator[list[str]]:
        yield ["line", "reason", *(column.name for column in table.columns)]
        for each in analysis.understood.set_aside:
            reason = saying.set_aside(each.code)
            if not each.rows:
                yield from ([str(line), reason] for line in each.lines)
            for row, line in zip(each.rows, each.lines, strict=False):
                yield [str(line), reason, *table.row(row)]

    return _csv(rows())


def clean_names(analysis: Analysis) -> list[str]:
    """Return the headers of the clean table: `line`, then what each deal has, then the other columns of the file."""
    return ["line", *_texts(analysis), *_OWN, *_others(analysis)]


def _texts(analysis: Analysis) -> dict[str, int]:
    """Return the roles whose texts stand as they are, with the place of their column."""
    return {
        each.role: place
        for place, each in sorted(analysis.understood.chosen.items())
        if each.role not in _OWN and each.part != "stage_day"
    }


def _others(analysis: Analysis) -> dict[str, int]:
    taken = set(analysis.understood.chosen)
    return {
        profile.name: profile.place
        for profile in analysis.loaded.profiles
        if profile.place not in taken and profile.name and profile.kind != "empty"
    }


def _clean_rows(analysis: Analysis) -> Iterator[list[str]]:
    deals = analysis.understood.deals
    texts, others = (
        [_in_one_shape(analysis, place) for place in places.values()]
        for places in (_texts(analysis), _others(analysis))
    )
    yield clean_names(analysis)
    for deal in range(len(deals)):
        row, amount, chance = deals.rows[deal], deals.amount(deal), deals.probabilities[deal]
        yield [
            str(deals.lines[deal]),
            *(text(row) for text in texts),
            _OUTCOMES[deals.outcomes[deal]],
            _number(amount),
            analysis.understood.currency,
            *(_day(days[deal]) for days in (deals.created, deals.closed, deals.expected)),
            "" if chance == NO_PROBABILITY else _number(Decimal(chance) / CERTAIN),
            *(text(row) for text in others),
        ]


def _in_one_shape(analysis: Analysis, place: int) -> Callable[[int], str]:
    """Return what writes a column's value of a row: days and numbers as those of deals, else as it stands."""
    column, profile = analysis.loaded.table.columns[place], analysis.loaded.profiles[place]
    reading = analysis.understood.readings.get(place)
    if reading is not None and profile.kind == "date":
        days = day_reader(profile, reading)
        return lambda row: _day(days(column.text(row))) or column.text(row)
    if reading is not None and profile.kind == "number":
        numbers = amount_reader(profile, reading)
        return lambda row: _number(numbers(column.text(row))) or column.text(row)
    return column.text


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _day(ordinal: int) -> str:
    return "" if ordinal == NO_DAY else day_text(ordinal)


def _csv(rows: Iterator[list[str]]) -> str:
    """Return rows as CSV that spreadsheet programs open as UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([cell if is_negative(cell) else harmless(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def is_negative(cell: str) -> bool:
    """Whether a cell begins with a minus and is a number or a day, however it is written: nothing to be worked out."""
    return bool(_NEGATIVE.fullmatch(cell))
