"""Filters act on all figures: a period, and one value each of the columns that deals are grouped by.

What is chosen is a number, counted from 1 in the order of the choice, so that an address can hold it without a name of
the file. A period takes the deals closed in it, and all open ones: these are looked at as of one day.
"""

from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from calculators.analysis.analyse import USUAL_SLICES, Analysis
from calculators.analysis.figures.all_figures import STEPS, computing_figures
from calculators.analysis.figures.coverage import coverage
from calculators.analysis.figures.marks import between, both, either, with_outcomes
from calculators.analysis.figures.selecting import those
from calculators.analysis.figures.slices import deals_with
from calculators.analysis.figures.view import View
from calculators.analysis.gate.deals import OPEN, Circumstances, Deals
from calculators.analysis.gate.notes import Notes
from calculators.analysis.page.writing import Writing
from calculators.analysis.reading.progress import Pausing, Progress, finished, saying
from calculators.analysis.report.file_sentences import ROLES
from calculators.core.words.messages import _

PERIOD = "period"
_OF_BOOKED = {"booked_in_quarter", "booked_unknown"}
BY = ("pipeline", "owner", "product", "source", "region", "segment")
# A longer choice is none on a phone.
_MOST_VALUES = 300


def filters_to_page(analysis: Analysis, chosen: Mapping[str, str], write: Writing) -> dict[str, Any]:
    """Return each filter with its options and what is chosen, and in a line what all of them leave."""
    deals, periods = analysis.understood.deals, _periods(analysis)
    found = [_choice(PERIOD, _("Closed in"), [write.period(name) for name in periods], chosen, write)]
    found += [
        _choice(role, ROLES[role], deals.groups[role].names, chosen, write) for role in BY if _has_choice(deals, role)
    ]
    shown = [filter_ for filter_ in found if len(filter_["options"]) > 2]
    texts = [
        next(option["text"] for option in filter_["options"] if option["value"] == filter_["chosen"])
        for filter_ in shown
        if filter_["chosen"]
    ]
    return {"filters": shown, "chosen": write.numerals.listing(texts)}


def _choice(name: str, label: str, values: list[str], chosen: Mapping[str, str], write: Writing) -> dict[str, Any]:
    options = [{"value": str(number), "text": value or "–"} for number, value in enumerate(values, start=1)]
    number = chosen.get(name, "")
    return {
        "name": name,
        "label": write.say(label),
        "options": [{"value": "", "text": write.say(_("all"))}, *options],
        "chosen": number if any(option["value"] == number for option in options) else "",
    }


def _has_choice(deals: Deals, role: str) -> bool:
    return role in deals.groups and 1 < len(deals.groups[role].names) <= _MOST_VALUES


def _periods(analysis: Analysis) -> list[str]:
    """Return the years in which deals were won or lost, if there are several, then the quarters, as they followed."""
    view = analysis.figures.view
    assert view is not None
    days = map(date.fromordinal, view.won_by_day.keys() | view.lost_by_day.keys())
    quarters = {f"{day.year:04}-Q{(day.month + 2) // 3}" for day in days}
    years = {quarter[:4] for quarter in quarters}
    return sorted(years if len(years) > 1 else ()) + sorted(quarters)


def filtered(analysis: Analysis, chosen: Mapping[str, str]) -> Pausing[Deals]:
    """Return the deals that are left; what is no choice here leaves all."""
    deals, periods = analysis.understood.deals, _periods(analysis)
    kept = b"\x01" * len(deals)
    if period := _chosen(periods, chosen.get(PERIOD, "")):
        first, last = _days_of(period)
        kept = either(with_outcomes(deals.outcomes, OPEN), between(deals.closed, first, last))
        yield
    for role in BY:
        group = deals.groups.get(role)
        if group and _has_choice(deals, role) and (name := _chosen(group.names, chosen.get(role, ""))) is not None:
            kept = both(kept, deals_with(group, name))
            yield
    return deals if all(kept) else (yield from those(deals, kept))


def refiguring(analysis: Analysis, chosen: Mapping[str, str]) -> Generator[Progress, None, Analysis]:
    """Work out the figures of the deals that are left, in steps; without any filter it is the analysis itself."""
    understood = analysis.understood
    deals = yield from saying(Progress("computing", 0, STEPS), filtered(analysis, chosen))
    if deals is understood.deals:
        return analysis
    notes = Notes()
    for note in understood.notes:
        # What is said of the file holds for any part of it; what is said of a figure is of other deals.
        if not note.figure:
            notes.add(note.code, note.figure, **note.values)
    circumstances = _with_booked(analysis, chosen, notes)
    work = computing_figures(deals, circumstances, notes, [*USUAL_SLICES, *analysis.choices.by])
    while True:
        try:
            done = next(work)
        except StopIteration as ended:
            left = replace(understood, deals=deals, notes=notes, circumstances=circumstances)
            return replace(analysis, understood=left, figures=ended.value)
        yield Progress("computing", done, STEPS)


def _with_booked(analysis: Analysis, chosen: Mapping[str, str], notes: Notes) -> Circumstances:
    """Return the circumstances with what is booked of the quota, and say it: no filter by period takes that away."""
    circumstances = analysis.understood.circumstances
    if not circumstances.quota or circumstances.booked is not None or not chosen.get(PERIOD):
        return circumstances
    others = finished(filtered(analysis, {name: number for name, number in chosen.items() if name != PERIOD}))
    own = Notes()
    found = coverage(View(others, circumstances), own)
    for note in own:
        if note.code in _OF_BOOKED:
            notes.add(note.code, note.figure, **note.values)
    return replace(circumstances, booked=found.booked) if found else circumstances


def _chosen(values: list[str], number: str) -> str | None:
    return values[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(values) else None


def _days_of(period: str) -> tuple[int, int]:
    """Return the first and the last day of a year or a quarter, as ordinals."""
    year, quarter = int(period[:4]), int(period[6:] or 0)
    first = date(year, 3 * quarter - 2 if quarter else 1, 1)
    months = 3 if quarter else 12
    following = date(year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    return first.toordinal(), following.toordinal() - 1
