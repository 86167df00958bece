"""Cells of an analysis' sheets, before any library writes them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from calculators.core.taking_along.cell_formulas import column_name

type Value = Decimal | int | date | str | None

# Behind the label of what is no formula, as in the calculators' workbooks.
FIXED = " *"


class Style(Enum):
    """What a cell is, which is how it looks."""

    TITLE = "title"
    REMARK = "remark"
    HEADING = "heading"
    LABEL = "label"
    HEAD = "head"
    WORDS_HEAD = "words head"
    FIGURE_HEAD = "figure head"
    FIGURE = "figure"
    FIXED = "fixed"
    INPUT = "input"
    PLAIN = "plain"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; with a formula, the value is what it gives for the deals as they were read.

    In a formula, {name} is the cell that is called so, and {@B} the cell of column B in the same row. `kind` says what
    a number is ("money", "rate", "days" …), `link` is an address. Grey is what rests on too few deals.
    """

    value: Value
    style: Style
    kind: str = ""
    formula: str = ""
    is_array: bool = False
    link: str = ""
    is_grey: bool = False


@dataclass(slots=True, kw_only=True)
class Sheet:
    """Rows of cells from column A on; `widths` are in characters. A sheet of `is_list` has a head that stays."""

    name: str
    widths: list[int]
    rows: list[list[Cell]] = field(default_factory=list)
    is_list: bool = False

    @property
    def reference(self) -> str:
        """The sheet's name as formulas have it."""
        return "'" + self.name.replace("'", "''") + "'"

    def add(self, *cells: Cell) -> None:
        """Add a row."""
        self.rows.append(list(cells))

    def line(self, text: str, style: Style) -> None:
        """Add a row with one text."""
        self.add(Cell(value=text, style=style))

    def heading(self, text: str) -> None:
        """Add a heading, with room above it."""
        self.add()
        self.line(text, Style.HEADING)

    def head(self, texts: list[str], *, words: int = 1) -> None:
        """Add the head of a table: the first columns hold `words`, the others figures."""
        styles = [Style.HEAD, *[Style.WORDS_HEAD] * (words - 1), *[Style.FIGURE_HEAD] * len(texts)]
        self.add(*(Cell(value=text, style=style) for text, style in zip(texts, styles, strict=False)))

    def next_place(self, column: int) -> str:
        """Return the reference to a cell of the row that is added next, from any sheet."""
        return f"{self.reference}!${column_name(column)}${len(self.rows) + 1}"


def figure(value: Value, kind: str, formula: str = "", *, is_array: bool = False) -> Cell:
    """Return the cell of a figure: a formula, or a value that stays as it is."""
    if not formula:
        return Cell(value=value, style=Style.FIXED, kind=kind)
    return Cell(value=value, style=Style.FIGURE, kind=kind, formula=formula, is_array=is_array)


def label(text: str) -> Cell:
    """Return the cell of a name or a label."""
    return Cell(value=text, style=Style.LABEL)
