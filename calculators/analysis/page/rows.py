"""The deals behind a figure: as the file has them, with their lines, a page of them at a time or all as CSV."""

from collections.abc import Callable, Sequence
from typing import Any

from calculators.analysis.analyse import Analysis
from calculators.analysis.figures.history import History
from calculators.analysis.figures.open_deals import OpenDeals
from calculators.analysis.figures.rows import deals_behind
from calculators.analysis.figures.stalled import StalledDeal, stalled_deals
from calculators.analysis.figures.view import View
from calculators.analysis.page.writing import Writing
from calculators.analysis.report.files import is_negative
from calculators.core.taking_along.text_and_csv import BYTE_ORDER_MARK, text_cell
from calculators.core.words.messages import _

_PER_PAGE = 25
# Beside the line: what fits a screen.
_MOST_COLUMNS = 9
_STALLED = "stalled"
# What a deal is called by, the plainest first.
_CALLED_BY = ("name", "account", "deal_id")

type _Further = tuple[list[str], Callable[[int], list[str]]]


def rows_to_page(analysis: Analysis, figure: str, page: int, write: Writing) -> dict[str, Any]:
    """Return a page of the deals behind a figure (named as `figures.rows` has it), counted from 0.

    `head` and `rows` are texts, `pages` is how many there are, `text` which of how many deals are shown. Raises
    KeyError for a figure that there is not.
    """
    deals, further = _deals(analysis, figure, write)
    pages = max(1, -(-len(deals) // _PER_PAGE))
    first = min(max(page, 0), pages - 1) * _PER_PAGE
    shown = deals[first : first + _PER_PAGE]
    columns = _columns(analysis)
    table = analysis.loaded.table
    head, cells = further
    names = [table.columns[place].name for place in columns]
    return {
        # What the deal is called comes first: on a phone it is the heading of its block.
        "head": [*names[:1], write.say(_("Line")), *names[1:], *head],
        "rows": [_row(analysis, deal, columns) + cells(deal) for deal in shown],
        "pages": pages,
        "text": _which(first, len(shown), len(deals), write),
    }


def rows_as_csv(analysis: Analysis, figure: str, write: Writing) -> str:
    """Return all deals behind a figure with every column of the file. Raises KeyError for a figure there is not."""
    deals, (head, cells) = _deals(analysis, figure, write)
    table, rows = analysis.loaded.table, analysis.understood.deals.rows
    separator = "," if write.numerals.comma_separates_lists else ";"
    lines = [[write.say(_("Line")), *(column.name for column in table.columns), *head]]
    lines += [[str(analysis.understood.deals.lines[deal]), *table.row(rows[deal]), *cells(deal)] for deal in deals]
    return BYTE_ORDER_MARK + "".join(separator.join(map(_cell, line)) + "\r\n" for line in lines)


def _cell(text: str) -> str:
    return text if is_negative(text) and "," not in text else text_cell(text)


def _which(first: int, shown: int, total: int, write: Writing) -> str:
    if not total:
        return write.say(_("There is no such deal."))
    if shown == total:
        return write.deals(total)
    names = {"first": write.count(first + 1), "last": write.count(first + shown)}
    return write.plural("{first} to {last} of {number} deal", "{first} to {last} of {number} deals", total, **names)


def _deals(analysis: Analysis, figure: str, write: Writing) -> tuple[Sequence[int], _Further]:
    """Return the places of the deals, and what stands beside the columns of the file."""
    understood = analysis.understood
    if figure == _STALLED:
        view = View(understood.deals, understood.circumstances)
        found = stalled_deals(OpenDeals(view, History(view)))
        return [one.deal for one in found], _ages(found, write)
    return deals_behind(figure, understood.deals, understood.circumstances), ([], lambda _deal: [])


def _ages(found: Sequence[StalledDeal], write: Writing) -> _Further:
    by_deal = {one.deal: one for one in found}

    def cells(deal: int) -> list[str]:
        one = by_deal[deal]
        return [write.days(one.age_days), write.days(one.limit.limit_days)]

    return [write.say(_("Age")), write.say(_("Limit"))], cells


def _row(analysis: Analysis, deal: int, columns: Sequence[int]) -> list[str]:
    table, deals = analysis.loaded.table, analysis.understood.deals
    texts = [table.columns[place].text(deals.rows[deal]) for place in columns]
    return [*texts[:1], str(deals.lines[deal]), *texts[1:]]


def _columns(analysis: Analysis) -> list[int]:
    """Return the places of the columns to show: what a deal is called by, then what else means something."""
    chosen = analysis.understood.chosen
    named = [place for place, column in enumerate(analysis.loaded.table.columns) if column.name]
    used = sorted(chosen) or named
    first = next(
        (place for role in _CALLED_BY for place in used if place in chosen and chosen[place].role == role), None
    )
    return sorted(used[:_MOST_COLUMNS], key=lambda place: (place != first, place))
