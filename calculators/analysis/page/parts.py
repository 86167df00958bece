"""What a section of the page is made of: figures and tables, all texts written already."""

from dataclasses import asdict, dataclass, field
from typing import Any

# How a column of a table looks: figures stand at its end, words at its beginning.
WORDS, FIGURE = "text", "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure with all that stands beside it; "" where there is nothing to say.

    `text` is the figure, `interval` how sure it is, `sample` what it rests on, `rule` how it is counted, `left_out`
    which deals are not in it, `why` why there is no figure. `more` is the page about it: its address in the folder of a
    language ("metrics/win-rate/") and its title. `rows` is the key of the deals behind it (rows.py), `send` the address
    of its calculator with the numbers in it (sending.py).
    """

    name: str
    label: str
    text: str
    interval: str = ""
    sample: str = ""
    rule: str = ""
    left_out: str = ""
    why: str = ""
    more: dict[str, str] | None = None
    rows: str = ""
    send: str = ""
    is_main: bool = False
    # An amount with all its figures, where `text` has fewer.
    exactly: str = ""
    # In the picture: as people say it, and what stands below it there instead of interval or sample.
    aloud: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of texts.

    `kinds` says how each column looks, `keys` which deals are behind each row, `small` which rows rest on too few
    deals to be compared.
    """

    name: str
    title: str
    head: list[str]
    kinds: list[str]
    rows: list[list[str]]
    keys: list[str] = field(default_factory=list)
    small: list[int] = field(default_factory=list)
    hint: str = ""


@dataclass(slots=True, kw_only=True)
class Section:
    """Figures and tables under one heading; `notes` are cautions, and why something is missing.

    `main` is what stands beside the heading, for who only reads headings: "" for the main figure.
    """

    name: str
    title: str
    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    send: str = ""
    main: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as the page takes it."""
        main = next((figure.text for figure in self.figures if figure.is_main and not figure.why), "")
        # What is said of two figures is said once.
        return asdict(self) | {"main": self.main or main, "notes": list(dict.fromkeys(self.notes))}
