"""A deals export in, its pipeline out: reads, understands, and works out the figures."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from calculators.analysis.figures.all_figures import STEPS, Figures, computing_figures
from calculators.analysis.figures.effects import effect_of
from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.gate.doubts import Doubt
from calculators.analysis.gate.loading import Loaded, loading
from calculators.analysis.gate.understanding import Understood, understanding
from calculators.analysis.gate.words import end_of, meaning_of
from calculators.analysis.reading.opening import opening
from calculators.analysis.reading.progress import Progress, finished, saying
from calculators.analysis.reading.source import Source

# What a page shows slices by, as far as the file has it; `size` are classes of amounts.
USUAL_SLICES = ("owner", "product", "source", "region", "segment", "size")
# Decisions whose other choices are not worked out: they change what the columns are.
_WITHOUT_EFFECT = {"no_header", "shifted_rows"}


@dataclass(slots=True, kw_only=True)
class Analysis:
    """The answer to a file: what was read (`loaded`), how it was understood, and the figures.

    `to_json` in `calculators.analysis.report.answer` gives it in the contract's names.
    """

    loaded: Loaded
    understood: Understood
    figures: Figures
    choices: Choices

    @property
    def open_doubts(self) -> list[Doubt]:
        """What only a person can decide, and nobody has."""
        return [doubt for doubt in self.understood.doubts if doubt.is_open]

    @property
    def mapping(self) -> Mapping:
        """What the file was understood as: guesses and choices together, to be used again on the next export."""
        profiles, chosen = self.loaded.profiles, self.understood.chosen
        is_shifted = any(doubt.code == "shifted_rows" for doubt in self.understood.doubts)
        columns: dict[str, str | None] = {
            # Under headers that are one column off, only the position says which column is meant.
            str(place + 1) if is_shifted else profiles[place].name: each.role
            # A header that recurs means its first column.
            for place, each in sorted(chosen.items(), reverse=True)
            if is_shifted or profiles[place].name
        }
        columns |= {name: role for name, role in self.choices.columns.items() if role is None}
        # Only what words say themselves: flags, and words that other columns explain, mean something else next time.
        # The column that tells most comes first, and a code of it may recur in another.
        outcomes = {
            value.value: value.means
            for value in reversed(self.understood.outcomes.values)
            if value.reason == "mapping"
            or (value.reason == "known_word" and (meaning_of(value.value) or end_of(value.value)) == value.means)
        }
        decisions = {
            decided_as(doubt): doubt.decided
            for doubt in self.understood.doubts
            if doubt.decided is not None and doubt.by in {"option", "mapping"} and doubt.code not in _WITHOUT_EFFECT
        }
        return Mapping(columns, {word: str(means) for word, means in outcomes.items()}, decisions)


def analyse(
    source: str | Path | bytes | BinaryIO | Source,
    choices: Choices | None = None,
    *,
    name: str | None = None,
    sheet: str | None = None,
    history: str | Path | bytes | BinaryIO | Source | None = None,
    by: Sequence[str] = (),
    today: date | None = None,
) -> Analysis:
    """Read a deals export and answer with the pipeline in it.

    `source` is a path, the bytes of a file or a binary stream; `history` a further file with one row per change of
    stage. `by` names roles ("owner") or headers to slice by. Nothing dated after `today` counts as the present day.
    Raises Refused where the file or a choice cannot be used, and OSError where a path cannot be read.
    """
    work = analysing(
        _source(source, name),
        choices or Choices(),
        sheet=sheet,
        history=None if history is None else _source(history, None),
        by=by,
        today=today,
    )
    return finished(work)


def analysing(
    source: Source,
    choices: Choices,
    *,
    sheet: str | None = None,
    history: Source | None = None,
    by: Sequence[str] = (),
    today: date | None = None,
) -> Generator[Progress, None, Analysis]:
    """Do what `analyse` does in steps, between which the work can be left; each step says how far it is."""
    opened = yield from opening(source, sheet=sheet)
    loaded = yield from loading(opened)
    of_stages = None
    if history is not None:
        of_stages = yield from loading((yield from opening(history)))
    return (yield from judging(loaded, choices, history=of_stages, by=by, today=today))


def judging(
    loaded: Loaded,
    choices: Choices,
    *,
    history: Loaded | None = None,
    by: Sequence[str] = (),
    today: date | None = None,
) -> Generator[Progress, None, Analysis]:
    """Work out the answer to a file that is in memory, for what the reader chose."""
    present = today or date.today()
    choices = replace(choices, by=tuple(dict.fromkeys((*choices.by, *by))))
    understood = yield from understanding(loaded, choices, present, history)
    figures = yield from _figures(understood, by)
    for doubt in understood.doubts:
        if doubt.code in _WITHOUT_EFFECT:
            continue
        for choice in doubt.choices:
            choice.effect = yield from _effect(loaded, choices, doubt, choice.value, present, history)
    return Analysis(loaded=loaded, understood=understood, figures=figures, choices=choices)


def _figures(understood: Understood, by: Sequence[str]) -> Generator[Progress, None, Figures]:
    work = computing_figures(understood.deals, understood.circumstances, understood.notes, by)
    while True:
        try:
            done = next(work)
        except StopIteration as ended:
            result: Figures = ended.value
            return result
        yield Progress("computing", done, STEPS)


def _effect(
    loaded: Loaded, choices: Choices, doubt: Doubt, value: str, today: date, history: Loaded | None
) -> Generator[Progress, None, dict[str, Any]]:
    """Return the figures that a doubt bears on as they would be with a choice."""
    code, decided = decided_as(doubt), value
    if doubt.code == "outcome_unknown":
        word, _equals, decided = value.rpartition("=")
        code = f"outcome:{word}"
    options = choices.options.with_decision(code, decided)
    understood = yield from understanding(loaded, replace(choices, options=options), today, history)
    # Where further words are unknown, what this one changes is shown without their deals.
    stopped = understood.circumstances.stopped - {"outcome_unknown"}
    circumstances = replace(understood.circumstances, stopped=stopped)
    return (yield from saying(Progress("computing", STEPS, STEPS), effect_of(understood.deals, circumstances)))


def decided_as(doubt: Doubt) -> str:
    """Return the name by which a doubt is decided."""
    return "currency" if doubt.code == "several_currencies" else doubt.code


def _source(what: str | Path | bytes | BinaryIO | Source, name: str | None) -> Source:
    return what if isinstance(what, Source) else Source.of(what, name)
