"""The answer as lines of text, with the words and numbers of the page: what a terminal shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from calculators.analysis.report.words import words
from calculators.core.words.messages import _

_SET_ASIDE = _("Rows set aside")
_QUESTIONS = _("To be decided")
_DECIDE = _("Decide with {option}")


def as_text(answer: Mapping[str, Any], page: Mapping[str, Any], language: str) -> str:
    """Return an answer as text; `page` is the same as the page shows it."""
    return "\n".join(_lines(answer, page, words(language).gettext))


def _lines(answer: Mapping[str, Any], page: Mapping[str, Any], gettext: Any) -> Iterator[str]:
    yield page["headline"]
    if page["as_of"]["text"]:
        yield page["as_of"]["text"]
    open_doubts = [doubt for doubt in answer["doubts"] if doubt["decided"] is None]
    if open_doubts:
        yield f"\n{gettext(_QUESTIONS)}"
    for doubt in open_doubts:
        yield f"? {doubt['text']}"
        code = "currency" if doubt["code"] == "several_currencies" else doubt["code"]
        for choice in doubt["choices"]:
            option = f"outcome:{choice['value']}" if code == "outcome_unknown" else f"{code}={choice['value']}"
            yield f"    {choice['text']}: " + gettext(_DECIDE).format(option=f"--decide {option!r}")
    for section in page["sections"]:
        yield f"\n{section['title']}"
        for figure in section["figures"]:
            beside = " · ".join(filter(None, (figure["sample"], figure["interval"], figure["why"])))
            yield f"  {figure['label']}: {figure['text']}" + (f" ({beside})" if beside else "")
    if answer["set_aside"]:
        yield f"\n{gettext(_SET_ASIDE)}"
    for each in answer["set_aside"]:
        yield f"  {each['rows']}: {each['text']} ({', '.join(map(str, each['lines']))})"
    notes = dict.fromkeys(note["text"] for note in answer["notes"])
    if notes:
        yield ""
    for note in notes:
        yield f"! {note}"
