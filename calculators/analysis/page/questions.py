"""What the page may ask about a file: each question is work in steps, and returns what the page shows."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from calculators.analysis.analyse import USUAL_SLICES, Analysis, judging
from calculators.analysis.comparing.periods import period_between
from calculators.analysis.comparing.two_exports import compare
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.choices import Mapping as Said
from calculators.analysis.gate.loading import Loaded, loading
from calculators.analysis.gate.stage_history import rows_per_deal
from calculators.analysis.gate.understanding import understanding
from calculators.analysis.page.files import FILES
from calculators.analysis.page.filters import filters_to_page, refiguring
from calculators.analysis.page.rows import rows_to_page
from calculators.analysis.page.view import page_of
from calculators.analysis.page.waterfall import usual_period, waterfall_to_page
from calculators.analysis.page.writing import Writing
from calculators.analysis.reading.opening import opening
from calculators.analysis.reading.progress import Progress
from calculators.analysis.reading.refused import Refused
from calculators.analysis.reading.source import Source
from calculators.analysis.report.answer import answer
from calculators.core.numbers.numerals import numerals
from calculators.core.numbers.reading import UnreadableNumber

_MOST_FILES = 2


@dataclass(slots=True)
class Kept:
    """What is kept between questions: the file, the analysis of all of it, and that of what filters leave.

    `places` are those of the deals and of the history among the files that were given.

    A question changes it when its work is done and not before, so that one that is left changes nothing.
    """

    loaded: Loaded | None = None
    history: Loaded | None = None
    places: tuple[int, ...] = (0,)
    analysis: Analysis | None = None
    shown: Analysis | None = None


type Asked = Mapping[str, Any]
type Question = Callable[[Kept, Asked], Generator[Progress, None, dict[str, Any]]]


def read(kept: Kept, asked: Asked) -> Generator[Progress, None, dict[str, Any]]:
    """Read one file of deals, or that and the history of its stages, and answer as `again` does.

    `files` are paths, `sheet` names a sheet of a workbook ("" for the first one with a table). With `is_remembered`,
    the mapping is of an earlier file: where it does not fit this one, it is as if there were none. Raises Refused,
    which names the file that it is about.
    """
    if len(asked["files"]) > _MOST_FILES:
        raise Refused("too_many_files")
    tables = []
    for path in asked["files"]:
        try:
            opened = yield from opening(Source.of(path), sheet=asked["sheet"] or None)
            tables.append((yield from loading(opened)))
        except Refused as refused:
            refused.values["file"] = Path(path).name
            raise
    loaded, history = _deals_and_history(tables)
    places = tuple(map(tables.index, filter(None, (loaded, history))))
    fresh = Kept(loaded=loaded, history=history, places=places)
    try:
        page = yield from again(fresh, asked)
    except Refused:
        if not asked["is_remembered"]:
            raise
        page = yield from again(fresh, {**asked, "mapping": {}, "remembered": {}})
    kept.loaded, kept.history, kept.places = fresh.loaded, fresh.history, fresh.places
    kept.analysis, kept.shown = fresh.analysis, fresh.shown
    return page


def _deals_and_history(tables: list[Loaded]) -> tuple[Loaded, Loaded | None]:
    """Return which of one or two files holds the deals, and the other one."""
    first, *further = tables
    second = next(iter(further), None)
    if second is not None and _is_history(first) and not _is_history(second):
        return second, first
    return first, second


def _is_history(loaded: Loaded) -> bool:
    return rows_per_deal(loaded) is not None


def again(kept: Kept, asked: Asked) -> Generator[Progress, None, dict[str, Any]]:
    """Answer for the file that is open, with what the reader chose.

    `mapping` is the contract's, `remembered` the part of it that was kept from an earlier file, `as_of` an ISO day or
    "", `quota` what the reader typed, `filters` the numbers of choices, `currency` a code or "".
    What did not change is not worked out anew. Raises Refused.
    """
    assert kept.loaded is not None
    choices = _choices(asked)
    analysis = kept.analysis
    if analysis is None or replace(analysis.choices, by=()) != choices:
        analysis = yield from judging(kept.loaded, choices, history=kept.history, by=USUAL_SLICES)
    shown = yield from refiguring(analysis, asked["filters"])
    kept.analysis, kept.shown = analysis, shown
    return _page(kept, analysis, shown, asked)


def _choices(asked: Asked) -> Choices:
    day, quota = asked["as_of"], asked["quota"]
    try:
        as_of = date.fromisoformat(day) if day else None
    except ValueError:
        raise Refused("not_a_day", typed=day) from None
    return Choices(mapping=Said.from_json(asked["mapping"]), as_of=as_of, quota=_amount(quota, asked["language"]))


def _amount(typed: str, language: str) -> Decimal | None:
    if not typed:
        return None
    try:
        amount = numerals(language).read(typed)
    except UnreadableNumber:
        raise Refused("not_an_amount", column="quota", typed=typed) from None
    if amount <= 0:
        raise Refused("quota_not_positive", column="quota", typed=typed)
    return amount


def _page(kept: Kept, analysis: Analysis, shown: Analysis, asked: Asked) -> dict[str, Any]:
    language, currency = asked["language"], _currency(analysis, asked)
    write = Writing(language, currency)
    facts = shown.loaded.table.facts
    remembered = Said.from_json(asked.get("remembered", {}))
    view = shown.figures.view
    assert view is not None
    page = page_of(answer(shown, language, currency, remembered), view, write)
    filters = filters_to_page(analysis, asked["filters"], write)
    sheets = [
        {"name": name, "is_hidden": is_hidden, "is_chosen": name == facts.sheet} for name, is_hidden in facts.sheets
    ]
    further = {"currency": currency, "sheets": sheets, "files": _files(kept, analysis, write)}
    further["period"] = usual_period(analysis.understood)
    return page | filters | further | {"is_remembered": remembered != Said()}


def _files(kept: Kept, analysis: Analysis, write: Writing) -> dict[str, Any]:
    """Return the names of the file of deals and of that of the history, each with its place among those given."""
    names = [loaded.table.facts.name for loaded in (kept.loaded, kept.history) if loaded is not None]
    found = [{"name": name, "place": place} for name, place in zip(names, kept.places, strict=False)]
    deals = found[0] | {"text": write.deals(len(analysis.understood.deals))}
    return {"deals": deals, "history": found[1] if len(found) > 1 else None}


def _currency(analysis: Analysis, asked: Asked) -> str:
    """Return what amounts are shown in: what the reader picked, else what the file says."""
    return str(asked["currency"] or analysis.understood.currency)


def rows(kept: Kept, asked: Asked) -> Generator[Progress, None, dict[str, Any]]:
    """Return a `page`, counted from 0, of the deals behind a figure (`rows`, as `figures.rows` names it)."""
    assert kept.shown is not None
    yield Progress("computing", 0, 1)
    write = Writing(asked["language"], _currency(kept.shown, asked))
    return rows_to_page(kept.shown, asked["rows"], int(asked["page"]), write)


def save(kept: Kept, asked: Asked) -> Generator[Progress, None, dict[str, Any]]:
    """Return a file to take along: its `name`, and what is `written`, which the worker takes; `save` says which one."""
    assert kept.shown is not None
    yield Progress("computing", 0, 1)
    write = Writing(asked["language"], _currency(kept.shown, asked))
    made = FILES[asked["save"]](kept.shown, asked, write)
    path = Path(mkdtemp()) / made.name
    path.write_bytes(made.content)
    return {"name": made.name, "written": {"path": str(path), "type": made.type}}


def waterfall(kept: Kept, asked: Asked) -> Generator[Progress, None, dict[str, Any]]:
    """Return what became of a period's pipeline since an earlier export of the same deals, the one of the `files`.

    `first` and `last` are ISO days of the period. What was answered about the open file holds for the earlier one.
    Raises Refused.
    """
    assert kept.analysis is not None
    period = period_between(asked["first"], asked["last"])
    (path,) = asked["files"]
    try:
        earlier = yield from loading((yield from opening(Source.of(path))))
        before = yield from understanding(earlier, Choices(mapping=Said.from_json(asked["mapping"])), date.today())
    except Refused as refused:
        refused.values["file"] = Path(path).name
        raise
    found = compare(before, kept.analysis.understood, period)
    return waterfall_to_page(found, asked["language"], _currency(kept.analysis, asked))


QUESTIONS: dict[str, Question] = {"read": read, "again": again, "rows": rows, "save": save, "waterfall": waterfall}
