"""The sheets on the file itself: how it was read, and the rows that were set aside."""

from collections.abc import Iterator, Mapping
from typing import Any

from calculators.analysis.analyse import Analysis
from calculators.analysis.page.confirm import MEANINGS
from calculators.analysis.page.workbook.cells import Cell, Sheet, Style
from calculators.analysis.page.workbook.deal_columns import sheet_text
from calculators.analysis.page.writing import Writing
from calculators.analysis.report.file_sentences import ROLES
from calculators.analysis.report.saying import Saying
from calculators.core.words.messages import _

_HOW_READ = _("How the file was read")
_COLUMNS, _OUTCOMES, _DECISIONS = _("Columns"), _("How deals ended"), _("Decisions")
_FURTHER = _("What else is to know")
_COLUMN_HEAD = (_("Column"), _("Used as"), _("Why"), _("Holds"), _("Examples"))
_OUTCOME_HEAD = (_("Word"), _("Means"), _("Why"), _("Column"), _("Deals"))
_DECISION_HEAD = (_("Question"), _("Decided"), _("By"))
_NOT_USED, _NOT_KNOWN, _NOT_DECIDED = _("Not used"), _("Not known"), _("Not decided yet")
SET_ASIDE = _("Rows set aside")
_BY = {
    "file": _("Decided by the file itself."),
    "mapping": _("Decided by the mapping that you opened."),
    "default": _("Taken so, because nothing in the file decides it."),
    "option": _("Decided by you."),
}


def how_read(answer: Mapping[str, Any], page: Mapping[str, Any], write: Writing) -> Sheet:
    """Return the sheet that says what each column and word was taken for, why, and what was decided."""
    say, confirm = write.say, page["confirm"]
    sheet = Sheet(name=say(_HOW_READ), widths=[40, 24, 56, 28, 48])
    sheet.line(say(_HOW_READ), Style.TITLE)
    sheet.line(confirm["file"], Style.SENTENCE)
    if page["as_of"]["text"]:
        sheet.line(page["as_of"]["text"], Style.SENTENCE)
    _table(
        sheet,
        write,
        _COLUMNS,
        _COLUMN_HEAD,
        [
            [
                column["name"],
                say(ROLES[column["role"]] if column["role"] else _NOT_USED),
                column["reason"],
                column["kind"],
                column["examples"],
            ]
            for column in confirm["columns"]
        ],
    )
    outcomes = [
        [each["value"], say(MEANINGS.get(each["means"], _NOT_KNOWN)), each["reason"], each["column"], each["deals"]]
        for each in confirm["outcomes"]
    ]
    _table(sheet, write, _OUTCOMES, _OUTCOME_HEAD, outcomes)
    decisions = [
        [doubt["text"], _decided(doubt) or say(_NOT_DECIDED), say(_BY[doubt["by"]]) if doubt["by"] else ""]
        for doubt in answer["doubts"]
    ]
    _table(sheet, write, _DECISIONS, _DECISION_HEAD, decisions)
    if page["gate"]["notes"]:
        sheet.heading(say(_FURTHER))
    for note in page["gate"]["notes"]:
        sheet.line(note, Style.SENTENCE)
    return sheet


def _decided(doubt: Mapping[str, Any]) -> str:
    """Return the text of the chosen answer, what was chosen where it has none, "" for an open question."""
    texts = (choice["text"] for choice in doubt["choices"] if choice["value"] == doubt["decided"])
    return next(texts, doubt["decided"] or "")


def _table(sheet: Sheet, write: Writing, title: str, head: tuple[str, ...], rows: list[list[Any]]) -> None:
    if not rows:
        return
    sheet.heading(write.say(title))
    sheet.head([write.say(text) for text in head], words=len(head))
    for row in rows:
        first, *others = (sheet_text(text) if text else None for text in row)
        sheet.add(Cell(value=first, style=Style.LABEL), *(Cell(value=text, style=Style.PLAIN) for text in others))


def set_aside(analysis: Analysis, write: Writing) -> tuple[list[str], Iterator[list[str]]]:
    """Return head and rows of what was set aside as it stands in the file, each with its line and the reason."""
    table, saying = analysis.loaded.table, Saying(write.language)
    head = [write.say(_("Line")), write.say(_("Reason")), *(sheet_text(column.name) for column in table.columns)]

    def rows() -> Iterator[list[str]]:
        for each in analysis.understood.set_aside:
            reason = saying.set_aside(each.code)
            if not each.rows:
                yield from ([str(line), reason] for line in each.lines)
            for row, line in zip(each.rows, each.lines, strict=False):
                yield [str(line), reason, *map(sheet_text, table.row(row))]

    return head, rows()
