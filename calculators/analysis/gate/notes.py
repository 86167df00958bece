"""What is to be said about a file and its figures: codes with numbers; the sentences are in `report/sentences.py`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """`figure` is a name of the contract, "" for the whole file; `values` fill the sentence of the code."""

    code: str
    figure: str
    values: dict[str, Any] = field(default_factory=dict)


class Notes:
    """The notes so far, each code once for a figure and a column."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, str, Any], Note] = {}

    def add(self, code: str, figure: str, **values: Any) -> None:
        """Add a note, unless the figure (and column, or pair of columns) has one with this code."""
        about = (values.get("column"), values.get("first"), values.get("second"))
        self._notes.setdefault((code, figure, about), Note(code, figure, values))

    def add_counted(self, code: str, figure: str, deals: int, **values: Any) -> None:
        """Add a note about some deals, if there are any."""
        if deals:
            self.add(code, figure, deals=deals, **values)

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes.values())

    def __len__(self) -> int:
        return len(self._notes)
