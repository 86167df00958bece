"""Days of a result as an iCalendar file (RFC 5545): one event for each, which lasts whole days."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.numbers.calendar_days import to_iso
from calculators.core.running.run import Result
from calculators.core.taking_along.links import to_link
from calculators.core.taking_along.text_and_csv import tidy

# Octets of a line, without its end.
_LONGEST_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None, "\t": " "})
_HASH_BEGINS, _HASH_PRIME, _HASH_MASK = 0xCBF29CE484222325, 0x100000001B3, 2**64 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a calendar shows from one day to another, both included; texts are in the reader's language."""

    first: Decimal
    last: Decimal
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The events of a result, and the day as of which they hold."""

    as_of: Decimal
    events: tuple[Event, ...]


def as_calendar(result: Result) -> str:
    """Return the file of a result whose calculator has a calendar.

    The same inputs give the same file. Other ones give other identifiers, so that the plan of one deal never replaces
    that of another in somebody's calendar.
    """
    assert result.calculator.calendar is not None
    calendar: Calendar = result.calculator.calendar(result)
    plan = _hash(to_link(result, with_private=True))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Pipeline Playbook//{result.calculator.id}//{result.numerals.language.upper()}",
    ]
    for place, event in enumerate(calendar.events, start=1):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{plan}-{place}@pipeline-playbook",
            f"DTSTAMP:{_day(calendar.as_of)}T000000Z",
            f"DTSTART;VALUE=DATE:{_day(event.first)}",
            # The end is the first day that no longer belongs to it.
            f"DTEND;VALUE=DATE:{_day(event.last + 1)}",
            f"SUMMARY:{_escaped(event.title)}",
            *([f"DESCRIPTION:{_escaped(event.text)}"] if event.text else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _day(number: Decimal) -> str:
    return to_iso(int(number)).replace("-", "")


def _escaped(text: str) -> str:
    return tidy(text).translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Cut a line where it becomes too long, and never within a character; what goes on begins with a blank."""
    piece, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > _LONGEST_LINE:
            yield piece
            piece, octets = " ", 1
        piece, octets = piece + character, octets + size
    yield piece


def _hash(text: str) -> str:
    """Return sixteen digits for a text, by FNV-1a."""
    number = _HASH_BEGINS
    for octet in text.encode():
        number = (number ^ octet) * _HASH_PRIME & _HASH_MASK
    return f"{number:016x}"
