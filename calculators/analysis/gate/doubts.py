"""What only a person can decide, in the contract's codes."""

from dataclasses import dataclass, field
from typing import Any

# Doubts about which the usual reading is taken and said, with the other one.
_NEVER_OPEN = {"number_marks", "repeated_ids"}


@dataclass(slots=True)
class Choice:
    """One way to decide a doubt; `effect` holds figures as they would be, in the contract's names."""

    value: str
    effect: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Doubt:
    """`values` fill the sentence of the code; `decided` is the chosen value, `by` who chose it."""

    code: str
    column: str | None = None
    examples: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    decided: str | None = None
    by: str | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether figures wait for a decision."""
        return self.decided is None and self.code not in _NEVER_OPEN
