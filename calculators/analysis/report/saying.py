"""Turns codes into sentences of the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from calculators.analysis.gate.doubts import Doubt
from calculators.analysis.gate.notes import Note
from calculators.analysis.gate.orders import ReadingOfColumn
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report import file_sentences, note_sentences
from calculators.analysis.report.amounts import amounts
from calculators.analysis.report.setting import joined, period_text
from calculators.analysis.report.words import words
from calculators.core.numbers.calendar_days import from_iso, in_words
from calculators.core.words.messages import _

# What stands between the items of a list inside a sentence.
_LIST_MARK = _(", ")
_LINE, _LINES = _("line {numbers}"), _("lines {numbers}")
_BLANK = _("(blank)")
_OF_PERIODS = {"period", "quarter", "first", "last"}
_OF_FILES_ALONE = ("", "stage_conversion")


class Saying:
    """Says things of one file in one language, amounts in one currency ("" for bare ones)."""

    def __init__(self, language: str, currency: str = "") -> None:
        self.language = language
        self._gettext = words(language).gettext
        self._numerals = amounts(language, currency)

    def text(self, message: str, values: Mapping[str, Any] | None = None) -> str:
        """Return a message in the language, with its placeholders filled."""
        if not message:
            return ""
        filled = {name: self.value(name, value) for name, value in (values or {}).items()}
        if values and "lines" in values:
            filled["lines"] = self._lines(values)
        return self._gettext(message).format_map(filled)

    def value(self, name: str, value: Any) -> str:
        """Return a value as it stands in a sentence: numbers, days and lists as people write them."""
        if isinstance(value, str):
            if not value and name in {"word", "words"}:
                return self._gettext(_BLANK)
            return period_text(value, self._gettext) if name in _OF_PERIODS else value
        if isinstance(value, date):
            return in_words(int(from_iso(value.isoformat()) or 0), self.language)
        if isinstance(value, Decimal):
            return self._numerals.number(value) if name == "factor" else self._numerals.money(value)
        if isinstance(value, int):
            # Lines are names, not quantities.
            return str(value) if name in {"row", "line"} else self._numerals.number(Decimal(value))
        if isinstance(value, Iterable):
            texts = [self.value(name, each) for each in value]
            return self._gettext(_LIST_MARK).join(texts)
        return "" if value is None else str(value)

    def _lines(self, values: Mapping[str, Any]) -> str:
        """Return lines by which rows are found; there may be more than are named."""
        lines = [str(line) for line in values["lines"]]
        if len(lines) < values.get("deals", values.get("rows", 0)):
            lines.append("…")
        numbers = self._gettext(_LIST_MARK).join(lines)
        return self._gettext(_LINE if len(lines) == 1 else _LINES).format(numbers=numbers)

    # --- of a file ---------------------------------------------------------------------------------------------------

    def refusal(self, refused: Refused) -> str:
        """Return why a file or a choice cannot be used."""
        values = {"row": refused.row, "column": refused.column} | refused.values
        if doubts := values.pop("doubts", None):
            values["questions"] = joined([self.doubt(doubt) for doubt in doubts], self._gettext)
        return self.text(file_sentences.REFUSALS[refused.code], values)

    def refusal_of(self, file: str, reason: str) -> str:
        """Return the sentence of a refusal, which names its file."""
        return self.text(file_sentences.REFUSED_FILE, {"file": file, "reason": reason})

    def role(self, role: str) -> str:
        """Return the name of a role."""
        return self._gettext(file_sentences.ROLES[role])

    def reason(self, why: str, reading: ReadingOfColumn | None) -> str:
        """Return why a column is taken for what it is and read as it is."""
        parts = [self.text(file_sentences.WHY_ROLE[why])]
        if reading is not None and reading.why:
            example = reading.values.get(reading.order or "", "")
            values = {"example": example, "mark": reading.mark or "", "other": ""} | reading.values
            parts.append(self.text(file_sentences.WHY_READING[reading.why], values))
        return joined(parts, self._gettext)

    def outcome_reason(self, code: str) -> str:
        """Return why a word means what it does."""
        return self.text(file_sentences.WHY_OUTCOME[code])

    def set_aside(self, code: str) -> str:
        """Return why rows were set aside."""
        return self.text(file_sentences.SET_ASIDE[code])

    def doubt(self, doubt: Doubt) -> str:
        """Return what is to be decided."""
        return self.text(file_sentences.DOUBTS[doubt.code], doubt.values)

    def choice(self, doubt: Doubt, value: str) -> str:
        """Return a way to decide a doubt."""
        if doubt.code == "several_currencies":
            return self.text(file_sentences.CHOICES["currency"], {"currency": value})
        word, equals, meaning = value.rpartition("=")
        return self.text(file_sentences.CHOICES[meaning if equals else value], {"word": word})

    def as_of(self, reason: str, column: str) -> str:
        """Return why open deals are looked at on the day they are."""
        return self.text(file_sentences.AS_OF[reason], {"column": column})

    def note(self, note: Note) -> str:
        """Return what is said of a figure, or of the file."""
        code = note.code
        values = dict(note.values)
        if "role" in values:
            values["role"] = self.role(values["role"])
        if note.figure in _OF_FILES_ALONE and code in note_sentences.OF_FILES:
            return self.text(note_sentences.OF_FILES[code], values)
        if code == "part_missing":
            values["part"] = self._gettext(note_sentences.PARTS[values["part"]])
        if note.figure not in note_sentences.WIN_RATES and code in note_sentences.OF_OTHER_FIGURES:
            return self.text(note_sentences.OF_OTHER_FIGURES[code], values)
        return self.text(note_sentences.OF_FIGURES.get(code) or note_sentences.OF_FILES[code], values)
