"""The gate before the figures: questions only the reader can answer, rows set aside, what else has to be known."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from calculators.analysis.page.confirm import MEANINGS
from calculators.analysis.page.writing import Writing
from calculators.core.words.messages import _

# What a decision on a doubt is called where it is not as the doubt itself.
_DECIDED_AS = {"several_currencies": "currency"}
# What a decision changes, as it is said beside the choice.
_EFFECTS: dict[str, tuple[str, Callable[[Writing, Any], str]]] = {
    "win_rate": (_("win rate {figure}"), Writing.percent),
    "cycle_median_days": (_("median cycle {figure}"), Writing.days),
    "cycles": (_("cycles measured {figure}"), Writing.count),
    "deals": (_("deals {figure}"), Writing.count),
    "won": (_("won {figure}"), Writing.count),
    "lost": (_("lost {figure}"), Writing.count),
    "open": (_("open {figure}"), Writing.count),
    "won_value": (_("value won {figure}"), Writing.money),
    "open_value": (_("value open {figure}"), Writing.money),
}
_BY = {
    "file": _("Decided by the file itself."),
    "mapping": _("Decided by your answers."),
    "remembered": _("From your answers to an earlier file."),
    "default": _("Taken so, because nothing in the file decides it."),
}
_OF_WORDS = "outcome_unknown"


def to_page(answer: Mapping[str, Any], write: Writing) -> dict[str, Any]:
    """Return open questions before decided ones, what was set aside, and the notes that belong to no figure."""
    doubts = sorted(answer["doubts"], key=lambda doubt: doubt["decided"] is not None)
    questions = [question for doubt in doubts for question in _questions(doubt, write)]
    number = number_of_questions(answer)
    set_aside = sum(entry["rows"] for entry in answer["set_aside"])
    return {
        "questions": write.plural(
            "{number} question that only you can answer", "{number} questions that only you can answer", number
        ),
        "open": number,
        # Also what is taken for now, where it changes what a deal is.
        "comes_first": number > 0 or any(is_by_rows(doubt) for doubt in doubts),
        "doubts": questions,
        "set_aside_title": write.plural("{number} row set aside", "{number} rows set aside", set_aside),
        "set_aside": [_set_aside(entry, write) for entry in answer["set_aside"]],
        "notes": [note["text"] for note in answer["notes"] if not note["figure"]],
    }


def is_by_rows(doubt: Mapping[str, Any]) -> bool:
    """Whether rows are counted that may not be deals of their own, since nobody has said what they are."""
    return (doubt["code"], doubt["by"]) == ("repeated_ids", "default")


def number_of_questions(answer: Mapping[str, Any]) -> int:
    """Return how many questions are open: of words nobody knows, each is one."""
    return sum(
        len({choice["value"].rpartition("=")[0] for choice in doubt["choices"]}) if doubt["code"] == _OF_WORDS else 1
        for doubt in answer["doubts"]
        if doubt["decided"] is None
    )


def _questions(doubt: Mapping[str, Any], write: Writing) -> list[dict[str, Any]]:
    """Return the question of a doubt; of words nobody knows, one for each word."""
    by = _BY.get(doubt["by"] or "")
    question = {
        "code": doubt["code"],
        "decides": _DECIDED_AS.get(doubt["code"], doubt["code"]),
        "text": doubt["text"],
        "examples": write.numerals.listing(doubt["examples"]),
        "choices": _choices(doubt["choices"], write),
        "decided": doubt["decided"] or "",
        "by": write.say(by) if by else "",
        "is_said": doubt["by"] == "mapping",
    }
    if doubt["code"] != _OF_WORDS:
        return [question]
    words: dict[str, list[dict[str, str]]] = {}
    for choice in question["choices"]:
        word, _equals, means = choice["value"].rpartition("=")
        words.setdefault(word, []).append(choice | {"value": means, "text": write.say(MEANINGS[means])})
    return [
        question
        | {
            "decides": f"outcome:{word}",
            "text": write.joined((doubt["text"] if first else "", write.say(_("What does “{word}” mean?"), word=word))),
            "examples": "",
            "choices": choices,
        }
        for first, (word, choices) in zip([True] + [False] * len(words), words.items(), strict=False)
    ]


def _choices(choices: Sequence[Mapping[str, Any]], write: Writing) -> list[dict[str, str]]:
    """Return each choice with those figures that are not the same for all."""
    effects = [choice["effect"] for choice in choices]
    differing = [name for name in _EFFECTS if len({effect.get(name) for effect in effects}) > 1]
    return [
        {
            "value": choice["value"],
            "text": choice["text"],
            "effect": write.numerals.listing(_effect(name, choice["effect"].get(name), write) for name in differing)
            or (write.say(_("Counts, win rate, values and cycle are the same.")) if choice["effect"] else ""),
        }
        for choice in choices
    ]


def _effect(name: str, value: Any, write: Writing) -> str:
    label, written = _EFFECTS[name]
    return write.say(label, figure=written(write, value))


def _set_aside(entry: Mapping[str, Any], write: Writing) -> dict[str, str]:
    lines = [str(line) for line in entry["lines"]]
    if len(lines) < entry["rows"]:
        lines.append("…")
    return {
        "text": entry["text"],
        "rows": write.count(entry["rows"]),
        "lines": write.say(_("Lines: {lines}"), lines=write.numerals.listing(lines)),
    }
