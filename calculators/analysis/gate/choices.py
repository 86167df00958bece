"""What the reader said of a file: roles of columns, meanings of words, decisions. Kept as a small file, used again."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from calculators.analysis.gate.roles import ROLES
from calculators.analysis.reading.refused import Refused

MEANINGS = ("won", "lost", "open")
_ORDERS = ("day_first", "month_first", "year_first")
# What can be decided, and how; a currency is any of the file's.
DECISIONS: dict[str, tuple[str, ...]] = {
    "date_order": _ORDERS,
    "history_date_order": _ORDERS,
    "mixed_dates": ("set_aside", *_ORDERS),
    "number_marks": ("thousands", "decimal"),
    "repeated_ids": ("each_row", "last_row", "added_up"),
    "currency": (),
}
# A mapping is a small file: what is longer is none.
_MOST_ENTRIES, _LONGEST = 5_000, 500


@dataclass(frozen=True, slots=True)
class Mapping:
    """What holds for a file whatever its guesses are.

    `columns` by header (a role, or None for no role), `outcomes` by word, `decisions` by the code of a doubt.
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)

    def with_decision(self, code: str, value: str) -> "Mapping":
        """Return the mapping with one more decision; `outcome:WORD` says what a word means. Raises Refused."""
        if code.startswith("outcome:"):
            return Mapping.from_json(
                self.to_json() | {"outcomes": self.outcomes | {code.removeprefix("outcome:"): value}}
            )
        return Mapping.from_json(self.to_json() | {"decisions": self.decisions | {code: value}})

    def to_json(self) -> dict[str, Any]:
        """Return the mapping in the contract's names."""
        return {"columns": dict(self.columns), "outcomes": dict(self.outcomes), "decisions": dict(self.decisions)}

    @classmethod
    def from_json(cls, data: object) -> "Mapping":
        """Return the mapping that a file holds. Raises Refused where it holds anything else."""
        if not isinstance(data, dict) or not data.keys() <= {"columns", "outcomes", "decisions"}:
            raise Refused("bad_mapping")
        parts = [data.get(name) or {} for name in ("columns", "outcomes", "decisions")]
        if not all(isinstance(part, dict) and len(part) <= _MOST_ENTRIES for part in parts):
            raise Refused("bad_mapping")
        columns, outcomes, decisions = parts
        for name, role in columns.items():
            if role is not None and role not in ROLES:
                raise Refused(
                    "unknown_role", column=str(name)[:_LONGEST], typed=str(role)[:_LONGEST], names=", ".join(ROLES)
                )
        for word, means in outcomes.items():
            if means not in MEANINGS:
                raise Refused("unknown_meaning", typed=f"{word}={means}"[:_LONGEST], names=", ".join(MEANINGS))
        for code, value in decisions.items():
            _check_decision(code, value)
        return cls(columns, outcomes, decisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that the reader chose. `options` are decisions that came as options, which a mapping file does not hold."""

    mapping: Mapping = field(default_factory=Mapping)
    options: Mapping = field(default_factory=Mapping)
    as_of: date | None = None
    quota: Decimal | None = None
    booked: Decimal | None = None
    by: tuple[str, ...] = ()

    @property
    def columns(self) -> Dictionary[str, str | None]:
        return self.mapping.columns | self.options.columns

    @property
    def outcomes(self) -> Dictionary[str, str]:
        return self.mapping.outcomes | self.options.outcomes

    def decision(self, code: str) -> tuple[str | None, str | None]:
        """Return what was decided and whether by an `option` or the `mapping`, or twice None."""
        if code in self.options.decisions:
            return self.options.decisions[code], "option"
        if code in self.mapping.decisions:
            return self.mapping.decisions[code], "mapping"
        return None, None


def _check_decision(code: object, value: object) -> None:
    if code not in DECISIONS or not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise Refused("unknown_decision", typed=f"{code}={value}"[:_LONGEST], names=", ".join(DECISIONS))
    allowed = DECISIONS[str(code)]
    if allowed and value not in allowed:
        raise Refused("unknown_decision", typed=f"{code}={value}"[:_LONGEST], names=", ".join(allowed))
