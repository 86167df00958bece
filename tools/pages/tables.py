"""Tables of a page's text: as wide as the text, and on a phone each row a block of its cells with their labels.

What fits a phone as it is, stays a table there. Whether it does is estimated here, in the language of the page, so that
neither a script nor a second layout is needed: `overrides/assets/site/styles/tables.css` does the rest.
"""

import re
from dataclasses import dataclass
from html import escape, unescape
from unicodedata import east_asian_width

_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
# A number with its sign, unit and range: what is compared down a column.
_FIGURE = re.compile(r"[-−+±~≈]?[\d.,\s%×:/–-]*\d[\d.,\s%×:/–-]*\D{0,10}")

# In em: what a phone of 320 pixels has for a table; the padding of a cell, and the narrowest column.
_PHONE = 17.9
_PADDING = 1.4
_NARROWEST = 3.75
# Heads are bold. Of the fonts that a reader may have, DejaVu and Verdana are the widest.
_WIDE_SIGN, _SIGN, _BOLD_SIGN = 1.0, 0.57, 0.7
# Prose in a column narrower than this is a tower of single words.
_PROSE = 8.75
# Above this, what stands beside its label on a phone would be one.
_SHORT = 11.0


@dataclass(frozen=True, slots=True)
class _Cell:
    tag: str
    html: str

    @property
    def text(self) -> str:
        return " ".join(unescape(_TAG.sub("", self.html)).split())


def lay_out_tables(html: str) -> str:
    """Frame each table that was written in Markdown, and label the cells of those too wide for a phone."""
    return _TABLE.sub(lambda match: _laid_out(match[1]), html)


def _laid_out(content: str) -> str:
    rows = [[_Cell(*cell) for cell in _CELL.findall(row)] for row in _ROW.findall(content)]
    head, body = rows[0], rows[1:]
    columns = list(zip(*rows, strict=True))
    figures = [index > 0 and _are_figures(column[1:]) for index, column in enumerate(columns)]
    stacks = sum(map(_needs, columns)) > _PHONE
    classes = ["text-table"]
    if stacks:
        classes.append("text-table--stacks")
        if all(_width(cell.text) <= _SHORT for row in body for cell in row[1:]):
            classes.append("text-table--short")
    labels = [f' data-label="{escape(cell.text)}"' if stacks and cell.text else "" for cell in head]

    def of_cell(index: int, cell: _Cell) -> str:
        html = cell.html
        if "text-table--short" in classes and "<" in html:
            html = f"<span>{html}</span>"  # stands beside its label as one
        look = ' class="text-table__figure"' if figures[index] else ""
        if cell.tag == "th" and cell.text:
            return f'<th scope="col"{_role("columnheader")}{look}>{cell.html}</th>'
        if cell.tag == "td" and index == 0 and not head[0].text:
            # Nothing stands above it: it is the head of its row.
            return f'<th scope="row"{_role("rowheader")}>{cell.html}</th>'
        return f"<td{_role('cell')}{look}{labels[index]}>{html}</td>"

    def _role(name: str) -> str:
        # A browser that lays table elements out as blocks may forget that they are a table.
        return f' role="{name}"' if stacks else ""

    def of_row(row: list[_Cell]) -> str:
        # Apart, because the search reads the text of neighbours as one word otherwise.
        cells = "\n".join(of_cell(index, cell) for index, cell in enumerate(row))
        return f"<tr{_role('row')}>\n{cells}\n</tr>\n"

    return (
        f'<div class="table-frame"><table class="{" ".join(classes)}"{_role("table")}>\n'
        f"<thead{_role('rowgroup')}>\n{of_row(head)}</thead>\n"
        f"<tbody{_role('rowgroup')}>\n{''.join(map(of_row, body))}</tbody>\n</table></div>"
    )


def _are_figures(cells: tuple[_Cell, ...]) -> bool:
    texts = [cell.text for cell in cells if cell.text]
    return bool(texts) and all(_FIGURE.fullmatch(text) for text in texts)


def _needs(column: tuple[_Cell, ...]) -> float:
    """Return how wide a column must be, in em, for its words to stay whole and its sentences to be read."""
    head, *body = column
    words = max(
        (_width(word, _BOLD_SIGN if cell is head else _SIGN) for cell in column for word in _words(cell)), default=0.0
    )
    whole = max(_width(cell.text) for cell in body or column)
    return max(max(words, min(whole, _PROSE)) + _PADDING, _NARROWEST)


def _words(cell: _Cell) -> list[str]:
    """Return what is not broken: words, in Japanese about six signs, and in a head whole phrases."""
    words: list[str] = []
    for word in cell.text.split():
        if not re.search(r"[\u3040-\u30ff]", word):
            words.append(word)
            continue
        words += [word[start : start + 6] for start in range(0, len(word), 6)]
        if cell.tag == "th":
            # What stands before kana, with them: 「パイプラインに」 stays on one line.
            words += re.findall(r"[^\u3041-\u309f]*[\u3041-\u309f]*", word)
    return words


def _width(text: str, sign: float = _SIGN) -> float:
    return sum(_WIDE_SIGN if east_asian_width(one) in "WF" else sign for one in text)
