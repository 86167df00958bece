"""What was understood of a file, for the reader to confirm or correct: columns, words of outcomes, the file itself."""

from collections.abc import Mapping
from typing import Any

from calculators.analysis.page.writing import Writing
from calculators.analysis.report.file_sentences import ROLES
from calculators.core.declaring.fields import NOTHING
from calculators.core.words.messages import _

_NO_ROLE = _("Not used")
# Of a single deal or a word for it, not of how many there are.
MEANINGS = {"won": _("won"), "lost": _("lost"), "open": _("still open")}
_NO_MEANING = _("Not known")
_KINDS = {
    "date": _("dates"),
    "number": _("numbers"),
    "rate": _("rates"),
    "text": _("texts"),
    "choice": _("a few values"),
    "id": _("ids"),
    "empty": _("nothing"),
}
_DELIMITERS = {
    ",": _("CSV, separated by commas"),
    ";": _("CSV, separated by semicolons"),
    "\t": _("TSV, separated by tabs"),
}
_ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "utf-32": "Unicode (UTF-32)",
    "cp1252": _("Western European (Windows-1252)"),
    "cp1250": _("Central European (Windows-1250)"),
    "cp1251": _("Cyrillic (Windows-1251)"),
    "cp1253": _("Greek (Windows-1253)"),
    "iso8859-7": _("Greek (ISO 8859-7)"),
    "cp932": _("Japanese (Shift JIS)"),
    "euc_jp": _("Japanese (EUC-JP)"),
    "cp949": _("Korean (CP949)"),
}
_ORDERS = {
    "day_first": _("day first"),
    "month_first": _("month first"),
    "year_first": _("year first"),
}
_MARKS = {".": _("decimal point"), ",": _("decimal comma")}


def to_page(answer: Mapping[str, Any], questions: int, write: Writing) -> dict[str, Any]:
    """Return the step that confirms: a line that sums it up, each column and each word of outcome with its choice.

    `questions` is how many are open.
    """
    used = [column for column in answer["columns"] if column["role"]]
    set_aside = sum(entry["rows"] for entry in answer["set_aside"])
    summary = [
        write.plural("{number} column understood", "{number} columns understood", len(used)),
        write.plural("{number} row set aside", "{number} rows set aside", set_aside),
    ]
    if questions:
        summary.append(write.plural("{number} question", "{number} questions", questions))
    return {
        "summary": write.numerals.listing(summary),
        "is_in_doubt": any(_asks_for_columns(doubt) for doubt in answer["doubts"]),
        "file": _file(answer["file"], write),
        "used": write.say(
            _("{columns}: {uses}"),
            columns=write.plural("{number} column that is used", "{number} columns that are used", len(used)),
            uses=write.numerals.listing(write.say(ROLES[role]) for role in dict.fromkeys(one["role"] for one in used)),
        ),
        "unused": write.plural(
            "{number} column that is not used",
            "{number} columns that are not used",
            len(answer["columns"]) - len(used),
        ),
        "columns": [_column(column, write) for column in answer["columns"]],
        "roles": _options(ROLES, _NO_ROLE, write),
        "outcomes": [
            {
                "column": outcome["column"],
                "value": outcome["value"],
                "means": outcome["means"] or "",
                "deals": write.deals(outcome["deals"]),
                "reason": outcome["reason"],
            }
            for outcome in answer["outcomes"]
        ],
        "meanings": _options(MEANINGS, _NO_MEANING, write),
    }


def _asks_for_columns(doubt: Mapping[str, Any]) -> bool:
    """Whether a doubt is decided by saying what the columns are, and by nothing else."""
    return doubt["decided"] is None and not doubt["choices"]


def _options(named: Mapping[str, str], none: str, write: Writing) -> list[dict[str, str]]:
    return [{"value": "", "text": write.say(none)}] + [
        {"value": value, "text": write.say(text)} for value, text in named.items()
    ]


def _file(file: Mapping[str, Any], write: Writing) -> str:
    """Return what the file is, in one line."""
    facts = [file["name"], write.plural("{number} deal", "{number} deals", file["rows"])]
    if file["sheet"]:
        facts.append(write.say(_("sheet “{name}”"), name=file["sheet"]))
    if file["delimiter"]:
        known = _DELIMITERS.get(file["delimiter"])
        facts.append(write.say(known) if known else write.say(_("text, separated by {sign}"), sign=file["delimiter"]))
    if file["encoding"]:
        facts.append(write.say(_("letters: {encoding}"), encoding=_encoding(file["encoding"], write)))
    if file["header_row"]:
        facts.append(write.say(_("header in line {line}"), line=str(file["header_row"])))
    else:
        facts.append(write.say(_("without a header")))
    return write.numerals.listing(facts)


def _encoding(name: str, write: Writing) -> str:
    """Return an encoding as programs for tables call it."""
    shown = _ENCODINGS.get(name.removesuffix("-sig").removesuffix("-le").removesuffix("-be"), name)
    return write.say(shown)


def _column(column: Mapping[str, Any], write: Writing) -> dict[str, Any]:
    kind = write.say(_KINDS[column["kind"]])
    details = [kind, *(write.say(named[value]) for named, value in _details(column))]
    profile = column["profile"]
    return {
        "name": column["name"],
        "role": column["role"] or "",
        "kind": write.numerals.listing(details),
        "reason": column["reason"] or "",
        "examples": write.numerals.listing(column["examples"]) or NOTHING,
        "profile": [
            {"label": write.say(label), "text": text}
            for label, text in (
                (_("Empty"), write.count(profile["empty"])),
                (_("Different values"), write.count(profile["distinct"])),
                (_("Smallest"), _end(profile["smallest"], write, column["kind"])),
                (_("Largest"), _end(profile["largest"], write, column["kind"])),
                (_("Sum"), _end(profile["sum"], write)),
            )
            if text != NOTHING
        ],
    }


def _details(column: Mapping[str, Any]) -> list[tuple[Mapping[str, str], str]]:
    found = ((_ORDERS, column["order"]), (_MARKS, column["decimal_mark"]))
    return [(named, value) for named, value in found if value]


def _end(value: Any, write: Writing, kind: str = "number") -> str:
    """Write an end of a column as it is: a number of the language, a date or a text."""
    if value is None or value == "":
        return NOTHING
    if kind == "date":
        return write.date(value)
    return write.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
