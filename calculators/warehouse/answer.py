"""The answer in the contract's names, as of a file: what `analyse --table … --json` prints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from calculators.analysis.analyse import decided_as
from calculators.analysis.figures.all_figures import Figures
from calculators.analysis.figures.as_json import as_json
from calculators.analysis.figures.effects import effects
from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.gate.day_shapes import day_text
from calculators.analysis.gate.doubts import Doubt
from calculators.analysis.gate.notes import Note
from calculators.analysis.gate.words import end_of, meaning_of
from calculators.analysis.report.answer import ANSWERED, IN_DOUBT, doubt_to_json, outcome_to_json, worked_out
from calculators.analysis.report.saying import Saying
from calculators.core.words.catalogue import catalogue
from calculators.warehouse.aggregates import Aggregates, ordinal
from calculators.warehouse.all_figures import figures
from calculators.warehouse.connecting import Connection
from calculators.warehouse.gate import Understood, understanding
from calculators.warehouse.refusing import DOMAIN
from calculators.warehouse.sentences import WITHOUT_LINES
from calculators.warehouse.table import DAYS, ROLES

# Decisions whose other choices are not worked out: there is none.
_WITHOUT_EFFECT = {"repeated_ids"}


@dataclass(slots=True, kw_only=True)
class WarehouseAnalysis:
    """The answer to a table: how it was understood, and the figures."""

    connection: Connection
    understood: Understood
    figures: Figures
    choices: Choices

    @property
    def status(self) -> int:
        """The command line's exit status: 3 while something only a person can decide is open."""
        return IN_DOUBT if any(doubt.is_open for doubt in self.understood.doubts) else ANSWERED


def analyse_table(
    connection: Connection, choices: Choices | None = None, *, by: Sequence[str] = (), today: date | None = None
) -> WarehouseAnalysis:
    """Work out the answer to a table. Raises Refused where it or a choice cannot be used."""
    choices, present = choices or Choices(), today or date.today()
    by = tuple(dict.fromkeys((*choices.by, *by)))
    understood = understanding(connection.table, connection.ask, connection.settle, choices, present, by)
    found = figures(_view(connection, understood), understood.notes, by)
    for doubt in understood.doubts:
        if doubt.code not in _WITHOUT_EFFECT:
            for choice in doubt.choices:
                choice.effect = _effect(connection, choices, doubt, choice.value, present)
    return WarehouseAnalysis(connection=connection, understood=understood, figures=found, choices=choices)


def _view(connection: Connection, understood: Understood) -> Aggregates:
    return Aggregates(understood.deals, understood.circumstances, connection.ask)


def _effect(connection: Connection, choices: Choices, doubt: Doubt, value: str, today: date) -> dict[str, Any]:
    """Return the figures that a doubt bears on as they would be with a choice."""
    code, decided = decided_as(doubt), value
    if doubt.code == "outcome_unknown":
        word, _equals, decided = value.rpartition("=")
        code = f"outcome:{word}"
    options = choices.options.with_decision(code, decided)
    understood = understanding(
        connection.table, connection.ask, connection.settle, replace(choices, options=options), today
    )
    # Where further words are unknown, what this one changes is shown without their deals.
    stopped = understood.circumstances.stopped - {"outcome_unknown"}
    understood.circumstances = replace(understood.circumstances, stopped=stopped)
    return effects(_view(connection, understood))


class _Saying(Saying):
    """Says what `Saying` does, without the lines that a table does not have."""

    def note(self, note: Note) -> str:
        if note.code not in WITHOUT_LINES:
            return super().note(note)
        text = catalogue(self.language, DOMAIN).gettext(WITHOUT_LINES[note.code])
        return text.format_map({name: self.value(name, value) for name, value in note.values.items()})


def answer(analysis: WarehouseAnalysis, language: str = "en") -> dict[str, Any]:
    """Return the answer to a table, with sentences in a language."""
    understood = analysis.understood
    saying = _Saying(language, understood.currency)
    return {
        "file": {
            "name": analysis.connection.name,
            "encoding": None,
            "delimiter": None,
            "sheet": None,
            "header_row": None,
            "rows": analysis.figures.deals,
            "fields": len(analysis.connection.table.columns),
        },
        "columns": [_column(name, header, understood, saying) for name, header in understood.columns.items()],
        "outcomes": [outcome_to_json(value, saying, value.reason) for value in understood.outcomes.values],
        "set_aside": [
            {"code": each.code, "text": saying.set_aside(each.code), "rows": each.rows, "lines": []}
            for each in understood.set_aside
        ],
        "doubts": [doubt_to_json(doubt, saying, doubt.by) for doubt in understood.doubts],
        **worked_out(analysis.figures, understood.as_of, understood.notes, saying),
        "mapping": _mapping(analysis).to_json(),
    }


def _column(name: str, header: str, understood: Understood, saying: Saying) -> dict[str, Any]:
    profile = understood.profile
    is_empty = not profile[f"filled_{name}"]
    kind = (
        "empty" if is_empty else "date" if name in DAYS else "id" if name == "id" else "number" if name == "amount"
        else "rate" if name == "probability" else "choice" if name in ROLES else "text"
    )  # fmt: skip
    smallest, largest = profile.get(f"smallest_{name}"), profile.get(f"largest_{name}")
    if name in DAYS:
        smallest, largest = (None if day is None else day_text(ordinal(day)) for day in (smallest, largest))
    total = profile["sum_amount"] if name == "amount" else None
    return {
        "name": header,
        "kind": kind,
        "role": None if is_empty else ROLES.get(name),
        "reason": saying.reason("empty" if is_empty else "header" if name in ROLES else "", None),
        "order": None,
        "decimal_mark": None,
        "examples": [],
        "profile": as_json(
            {
                "filled": profile[f"filled_{name}"],
                "empty": profile["rows"] - profile[f"filled_{name}"],
                "distinct": profile[f"distinct_{name}"],
                "smallest": smallest,
                "largest": largest,
                "sum": total,
            }
        ),
    }


def _mapping(analysis: WarehouseAnalysis) -> Mapping:
    understood = analysis.understood
    columns: dict[str, str | None] = {
        header: ROLES[name]
        for name, header in understood.columns.items()
        if name in ROLES and understood.profile[f"filled_{name}"]
    }
    outcomes = {
        value.value: str(value.means)
        for value in understood.outcomes.values
        if value.reason == "mapping"
        or (value.reason == "known_word" and (meaning_of(value.value) or end_of(value.value)) == value.means)
    }
    decisions = {
        decided_as(doubt): doubt.decided
        for doubt in understood.doubts
        if doubt.decided is not None and doubt.by in {"option", "mapping"}
    }
    return Mapping(columns, outcomes, decisions)
