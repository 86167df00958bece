"""The answer in the contract's names: what `analyse --json` prints and the page is built from."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from calculators.analysis.analyse import Analysis, decided_as
from calculators.analysis.figures.all_figures import Figures
from calculators.analysis.gate.as_of import AsOf
from calculators.analysis.gate.building import ordinal_of
from calculators.analysis.gate.choices import Mapping
from calculators.analysis.gate.day_shapes import day_text
from calculators.analysis.gate.deals import NO_DAY
from calculators.analysis.gate.doubts import Doubt
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.notes import Note
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.gate.outcomes import OutcomeValue
from calculators.analysis.gate.roles import Chosen
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report.saying import Saying
from calculators.core.declaring.fields import json_number

ANSWERED, REFUSED, IN_DOUBT = 0, 2, 3
_EXAMPLES = 3
_LINES = 20
_LONGEST_EXAMPLE = 80
_NOTHING = ReadingOfColumn()
_NOT_SUMMED = {"probability", "age_days", "deal_id", "stage", "outcome"}


def answer(
    analysis: Analysis, language: str = "en", currency: str = "", remembered: Mapping | None = None
) -> dict[str, Any]:
    """Return the answer to a file, with sentences in a language.

    Amounts are in `currency`, "" for that of the file; `remembered` is what of the mapping was kept from another file.
    """
    understood, loaded = analysis.understood, analysis.loaded
    remembered = remembered or Mapping()
    saying = Saying(language, currency or understood.currency)
    facts = loaded.table.facts
    return {
        "file": {
            "name": facts.name,
            "encoding": facts.encoding,
            "delimiter": facts.delimiter,
            "sheet": facts.sheet,
            "header_row": facts.header_row,
            "rows": len(understood.deals),
            "fields": len(loaded.table.columns),
        },
        "columns": [
            _column(
                profile,
                understood.chosen.get(profile.place),
                understood.readings.get(profile.place),
                saying,
                remembered,
            )
            for profile in loaded.profiles
        ],
        "outcomes": [
            outcome_to_json(value, saying, _by(value.reason, value.means, remembered.outcomes.get(value.value)))
            for value in understood.outcomes.values
        ],
        "set_aside": [
            {
                "code": each.code,
                "text": saying.set_aside(each.code),
                "rows": len(each.lines),
                "lines": each.lines[:_LINES],
            }
            for each in understood.set_aside
        ],
        "doubts": [
            doubt_to_json(doubt, saying, _by(doubt.by, doubt.decided, remembered.decisions.get(decided_as(doubt))))
            for doubt in understood.doubts
        ],
        **worked_out(analysis.figures, understood.as_of, understood.notes, saying),
        "mapping": analysis.mapping.to_json(),
    }


def outcome_to_json(value: OutcomeValue, saying: Saying, reason: str) -> dict[str, Any]:
    """Return a word for how deals ended, with what it means and why."""
    return {
        "value": value.value,
        "column": value.column,
        "means": value.means,
        "deals": value.deals,
        "reason": saying.outcome_reason(reason),
    }


def doubt_to_json(doubt: Doubt, saying: Saying, by: str | None) -> dict[str, Any]:
    """Return a doubt with its choices and what was decided, `by` whom."""
    return {
        "code": doubt.code,
        "column": doubt.column,
        "text": saying.doubt(doubt),
        "examples": doubt.examples,
        "choices": [
            {"value": choice.value, "text": saying.choice(doubt, choice.value), "effect": choice.effect}
            for choice in doubt.choices
        ],
        "decided": doubt.decided,
        "by": by or None,
    }


def worked_out(figures: Figures, as_of: AsOf, notes: Iterable[Note], saying: Saying) -> dict[str, Any]:
    """Return the figures, the day on which they look at the deals, and what is said of them."""
    return {
        "as_of": {"date": as_of.date and as_of.date.isoformat(), "reason": saying.as_of(as_of.reason, as_of.column)},
        "figures": figures.to_json(),
        "slices": figures.slices_to_json(),
        "notes": [{"code": note.code, "figure": note.figure or None, "text": saying.note(note)} for note in notes],
    }


def status(analysis: Analysis) -> int:
    """Return the command line's exit status: 3 while something only a person can decide is open."""
    return IN_DOUBT if analysis.open_doubts else ANSWERED


def refusal(refused: Refused, language: str = "en") -> dict[str, Any]:
    """Return what is answered to a file or an option that cannot be used."""
    entry: dict[str, Any] = {"code": refused.code, "text": Saying(language).refusal(refused)}
    if refused.row is not None:
        entry["row"] = refused.row
    if refused.column is not None:
        entry["column"] = refused.column
    if file := refused.values.get("file"):
        entry["text"] = Saying(language).refusal_of(file, entry["text"])
    return {"errors": [entry]}


def _column(
    profile: ColumnProfile, chosen: Chosen | None, reading: ReadingOfColumn | None, saying: Saying, remembered: Mapping
) -> dict[str, Any]:
    why = chosen.why if chosen else "empty" if profile.kind == "empty" else ""
    why = _by(why, chosen.role if chosen else None, remembered.columns.get(profile.name))
    return {
        "name": profile.name,
        "kind": profile.kind,
        "role": chosen.role if chosen else None,
        "reason": saying.reason(why, reading if profile.kind in {"date", "number", "rate"} else None),
        "order": reading.order if reading and profile.kind == "date" and reading.order != "mixed" else None,
        "decimal_mark": reading.mark if reading and reading.mark in {".", ","} else None,
        "examples": [text[:_LONGEST_EXAMPLE] for text in list(profile.values.counts)[:_EXAMPLES]],
        "profile": _profile(profile, reading or _NOTHING, chosen.role if chosen else ""),
    }


def _by(why: str | None, said: str | None, before: str | None) -> str:
    """Return why something is so: what the reader says now is told apart from what is only remembered."""
    return "remembered" if why == "mapping" and said is not None and said == before else why or ""


def _profile(profile: ColumnProfile, reading: ReadingOfColumn, role: str) -> dict[str, Any]:
    """Return how full a column is, and between which values it lies: days as ISO text, numbers as they are written."""
    is_day = profile.kind == "date"
    filled, distinct = profile.filled_and_distinct
    smallest: int | Decimal | None = None
    largest: int | Decimal | None = None
    total = None
    if is_day:
        days = [ordinal for day in profile.days_read if (ordinal := ordinal_of(day, reading)) != NO_DAY]
        smallest, largest = min(days, default=None), max(days, default=None)
    elif profile.kind in {"number", "rate"}:
        factor, span = profile.factor or 1, profile.numbers.span(reading.mark)
        smallest = None if span.smallest is None else span.smallest * factor
        largest = None if span.largest is None else span.largest * factor
        # A sum of probabilities, of ages or of ids is of nothing.
        total = None if profile.kind == "rate" or role in _NOT_SUMMED else span.total * factor
    return {
        "filled": filled,
        "empty": len(profile.column) - filled,
        "distinct": distinct,
        "smallest": _end(smallest, is_day=is_day),
        "largest": _end(largest, is_day=is_day),
        "sum": None if total is None else json_number(total),
    }


def _end(value: Any, *, is_day: bool) -> Any:
    if value is None:
        return None
    return day_text(value) if is_day else json_number(value)
