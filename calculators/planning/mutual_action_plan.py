"""When must each step of a plan begin, so that the buyer is live on the agreed day?

Latest days: a step must be finished when the first of those that wait for it must begin, at go-live if none does.
Earliest days: a step can begin today, or when the last of those it waits for can be finished.
Slack = latest − earliest; the steps with the least are critical. A step ends on the day on which the next may begin.
Source: the critical path method; see `SOURCES`.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import NameList, Text, flag, name_list, text
from calculators.core.declaring.days import day
from calculators.core.declaring.fields import Count, count, days
from calculators.core.declaring.outcome import Answer, Figure, InvalidInput, Note, Undefined
from calculators.core.declaring.records import declare, fields_of
from calculators.core.declaring.tables import table
from calculators.core.numbers.calendar_days import is_weekend
from calculators.core.numbers.numerals import Numerals
from calculators.core.numbers.ways_of_writing import fold
from calculators.core.running.run import Result
from calculators.core.taking_along.calendar_file import Calendar, Event
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _

TITLE = _("Mutual action plan")
QUESTION = _("When must each step begin so that the go-live date holds?")
PAGE = "selling/mutual-action-plan.md"
SOURCES = (
    "James E. Kelley and Morgan R. Walker, Critical-path planning and scheduling, Eastern Joint Computer Conference"
    " (1959)",
)
HEADLINE = "start_by"

_STEPS = (
    _("Success criteria agreed"),
    _("Security review"),
    _("Trial"),
    _("Business case confirmed"),
    _("Decision in principle"),
    _("Contract review"),
    _("Signature"),
    _("Start-up and training"),
)
_OWNERS = (_("Sales"), _("IT security"), _("Department"), _("Finance"), _("Management"), _("Legal"), _("Purchasing"))
# A formula names the cells of all steps that wait for one, or that one waits for: spreadsheet programs take 255.
_MOST_LINKS = 250
_BETWEEN = re.compile(r"[,;、\n]")
_LONGEST_PLACE = 5
# 1899-12-31 and 9999-12-31, in spreadsheet programs.
_FIRST_SHOWN, _LAST_SHOWN = Decimal(1), Decimal(2_958_465)
# A dash stands for nothing, as in the table of results; numbers in circles are set side by side without a mark.
_DASHES = frozenset("-‐‑‒–—−")
_BETWEEN_CIRCLED = re.compile(r"(?<=[①-⑳])(?=[①-⑳])")
_FIGURES = re.compile(r"[0-9]+(?:\s+[0-9]+)*")


class Awaited(Text):
    """The numbers or names of steps; names of the example are understood as the page of a language shows them."""

    __slots__ = ()

    def read_value(self, name: str, raw: Any) -> str:
        return self._listed(Text.read_value(self, name, raw), {_folded(step): step for step in self.names})

    def read_text(self, name: str, typed: str, numerals: Numerals) -> str:
        gettext = catalogue(numerals.language).gettext
        return self._listed(Text.read_value(self, name, typed), {_folded(gettext(step)): step for step in self.names})

    def write_text(self, value: str, numerals: Numerals) -> str:
        return self._listed(value, {_folded(step): catalogue(numerals.language).gettext(step) for step in self.names})

    @staticmethod
    def _listed(after: str, called: dict[str, str]) -> str:
        return ", ".join(called.get(_folded(piece), piece) for piece in _pieces(after))


def _pieces(after: str) -> list[str]:
    """Return what a text names, each by itself: numbers may have but a blank between them."""
    after = unicodedata.normalize("NFKC", _BETWEEN_CIRCLED.sub(",", after))
    pieces = (piece.strip() for piece in _BETWEEN.split(after))
    named = (piece for piece in pieces if not _DASHES.issuperset(piece))
    return [part for piece in named for part in (piece.split() if _FIGURES.fullmatch(piece) else [piece])]


def _folded(step: str) -> str:
    return fold(" ".join(unicodedata.normalize("NFKC", step).split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    name: str = text(_("Step of the plan"), names=_STEPS)
    owner: str = text(_("Owner"), names=_OWNERS)
    days: Decimal = days(_("Takes"), is_whole=True)
    after: str = declare(Awaited(label=_("Waits for"), names=_STEPS))
    done: bool = flag(_("Done"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    go_live: Decimal = day(
        _("Go-live date"), default="2027-03-15", hint=_("The day on which the buyer has the result.")
    )
    today: Decimal = day(_("Today"), default="2026-12-01", hint=_("Put today's date here."))
    steps: tuple[Step, ...] = table(
        _("Steps to go-live"),
        row=Step,
        minimum_rows=1,
        default=tuple(
            Step(name=name, owner=owner, days=Decimal(length), after=after, done=False)
            for name, owner, length, after in zip(
                _STEPS,
                (_OWNERS[0], _OWNERS[1], _OWNERS[2], _OWNERS[3], _OWNERS[4], _OWNERS[5], _OWNERS[6], _OWNERS[0]),
                (7, 10, 14, 7, 7, 28, 3, 42),
                ("", "1", "1", "3", "2, 4", "5", "6", "7"),
                strict=True,
            )
        ),
        hint=_("In calendar days. Under “Waits for”, give the numbers of the rows, or names, for example 1, 2."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step with its days; `awaited` and `waiting` are the places of those it waits for, and of those after it."""

    name: str = text(_("Step of the plan"), names=_STEPS)
    owner: str = text(_("Owner"), names=_OWNERS)
    start_by: Figure = day(_("Start by"))
    finish_by: Figure = day(_("Finish by"))
    slack: Figure = days(_("Slack"), goal="at_least")
    days_late: Figure = days(_("Late"), goal="at_most")
    critical: bool = flag(_("Critical"))
    earliest_start: Figure = day(_("Earliest start"))
    earliest_finish: Figure = day(_("Earliest finish"))
    after: str = declare(Awaited(label=_("Waits for"), names=_STEPS, is_working=True))
    awaited: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    start_by: Figure = day(_("Start by"))
    slack: Figure = days(_("Slack of the whole plan"))
    days_late: Figure = days(_("Days late"), goal="at_most")
    earliest_go_live: Figure = day(_("Earliest go-live"))
    plan: tuple[PlannedStep, ...] = table(_("The plan"), row=PlannedStep)
    changed: Decimal = count(_("Rows whose “Waits for” was changed here"), is_working=True)
    first_critical: tuple[str | int, ...] = name_list(names=_STEPS)
    weekend_steps: tuple[str | int, ...] = name_list(names=_STEPS)
    early_steps: tuple[str | int, ...] = name_list(names=_STEPS)
    notes: tuple[Note, ...] = ()


WORKING = {
    "start_by": _("The first day on which a step must begin"),
    "slack": _("The least slack of a step that is not done"),
    "days_late": _("How far the slack lies below 0"),
    "earliest_go_live": _("The last of the earliest days on which steps can be finished"),
    "plan.slack": "{row.start_by} − {row.earliest_start}",
}

# Whom a step waits for is part of the formulas: after a change of it, no figure is better than an old one.
_IF_SAME = "IF({changed}>0,NA(),"
_IF_OPEN = "IF({steps.row.done},NA(),"
SPREADSHEET = {
    "start_by": f"{_IF_SAME}IF(COUNT({{plan.start_by}})=0,NA(),MIN({{plan.start_by}})))",
    "slack": f"{_IF_SAME}IF(COUNT({{plan.slack}})=0,NA(),MIN({{plan.slack}})))",
    "days_late": "MAX(0,-{slack})",
    "earliest_go_live": f"{_IF_SAME}IF(COUNT({{plan.earliest_finish}})=0,NA(),MAX({{plan.earliest_finish}})))",
    "plan.start_by": "{row.finish_by}-{steps.row.days}",
    "plan.finish_by": f"{_IF_SAME}{_IF_OPEN}MIN({{go_live}}{{plan.waiting.start_by}})))",
    "plan.slack": "{row.start_by}-{row.earliest_start}",
    "plan.days_late": "MAX(0,-{row.slack})",
    "plan.critical": "IF(ISNUMBER({row.slack}),{row.slack}=MIN({plan.slack}),FALSE)",
    "plan.earliest_start": f"{_IF_SAME}{_IF_OPEN}MAX({{today}}{{plan.awaited.earliest_finish}})))",
    "plan.earliest_finish": "{row.earliest_start}+{steps.row.days}",
    # Both without dashes: one stands where nothing is, and one may be part of a name.
    "changed": 'SUMPRODUCT((SUBSTITUTE({steps.after},"–","")<>SUBSTITUTE({plan.after},"–",""))*1)',
}

NOTES = {
    "step_done": _("A dash stands beside steps that are done."),
    "all_done": _("All steps are done: nothing has to begin any more."),
    "passed": _("The go-live date has passed. Agree on a new one with the buyer."),
    "weekend": _("On a Saturday or Sunday these must begin: {weekend_steps}. Begin on the Friday before."),
    "weekend_go_live": _("The go-live date is a Saturday or Sunday: ask whether the buyer's people work then."),
    "early": _("Done, though a step they wait for is not: {early_steps}. Ask whether that one is still needed."),
}

ANSWERS = {
    "in_time": _("Begin by {start_by}: the plan has {slack} to spare."),
    "just_in_time": _("Begin today: the plan has no day to spare."),
    "late": _("The plan is {days_late} late: as it stands, go-live is on {earliest_go_live}."),
    "critical": _("The first critical step: {first_critical}."),
}


def compute(inputs: Inputs) -> Outputs:
    """Go back from go-live and forward from today; what is done waits for nothing and holds up nothing."""
    steps = inputs.steps
    awaited, waiting = _links(steps)
    order = _in_order(steps, awaited, waiting)
    latest: dict[int, Decimal] = {}
    for i in reversed(order):
        if not steps[i].done:
            latest[i] = min([inputs.go_live, *(latest[j] - steps[j].days for j in waiting[i] if j in latest)])
    earliest: dict[int, Decimal] = {}
    for i in order:
        if not steps[i].done:
            earliest[i] = max([inputs.today, *(earliest[j] + steps[j].days for j in awaited[i] if j in earliest)])
    _check_days(latest, earliest, steps)
    slacks = {i: latest[i] - steps[i].days - earliest[i] for i in latest}
    least = min(slacks.values(), default=None)
    done = Undefined("step_done")

    def planned(i: int, step: Step) -> PlannedStep:
        is_open = i in slacks
        return PlannedStep(
            name=step.name,
            owner=step.owner,
            start_by=latest[i] - step.days if is_open else done,
            finish_by=latest.get(i, done),
            slack=slacks.get(i, done),
            days_late=max(Decimal(0), -slacks[i]) if is_open else done,
            critical=is_open and slacks[i] == least,
            earliest_start=earliest.get(i, done),
            earliest_finish=earliest[i] + step.days if is_open else done,
            after=step.after,
            awaited=tuple(awaited[i]),
            waiting=tuple(waiting[i]),
        )

    plan = tuple(planned(i, step) for i, step in enumerate(steps))
    early = [i for i, step in enumerate(steps) if step.done and any(j in latest for j in awaited[i])]
    # Who is late cannot begin before a day that has passed already.
    weekend = [i for i in latest if slacks[i] >= 0 and _can_begin_before(latest[i] - steps[i].days, inputs.today)]
    all_done = Undefined("all_done")
    return Outputs(
        start_by=all_done if least is None else min(latest[i] - steps[i].days for i in latest),
        slack=all_done if least is None else least,
        days_late=all_done if least is None else max(Decimal(0), -least),
        earliest_go_live=all_done if least is None else max(earliest[i] + steps[i].days for i in earliest),
        plan=plan,
        changed=Decimal(0),
        first_critical=_called(steps, [i for i in order if plan[i].critical][:1]),
        weekend_steps=_called(steps, sorted(weekend)),
        early_steps=_called(steps, early),
        notes=_cautions(inputs, is_open=bool(latest), weekend=weekend, early=early),
    )


def _check_days(latest: dict[int, Decimal], earliest: dict[int, Decimal], steps: tuple[Step, ...]) -> None:
    """Raise InvalidInput where a step would lie on a day that neither spreadsheets nor calendars can show."""
    first = min((latest[i] - steps[i].days for i in latest), default=_FIRST_SHOWN)
    last = max((earliest[i] + steps[i].days for i in earliest), default=_LAST_SHOWN)
    if first < _FIRST_SHOWN or last > _LAST_SHOWN:
        field = fields_of(Outputs)["start_by"]
        raise InvalidInput("steps", "beyond_calendar", minimum=(field, _FIRST_SHOWN), maximum=(field, _LAST_SHOWN))


def _can_begin_before(start: Decimal, today: Decimal) -> bool:
    """Whether a day is a Saturday or Sunday, and the Friday before has not passed."""
    number = int(start)
    return is_weekend(number) and start - Decimal(number % 7 + 1) >= today


def _links(steps: tuple[Step, ...]) -> tuple[list[list[int]], list[list[int]]]:
    """Return for each step the places of those it waits for, and of those that wait for it.

    Raises InvalidInput in the cell that names no other step.
    """
    places: dict[str, set[int]] = {}
    for i, step in enumerate(steps):
        # A name with a comma in it looks like several ones.
        for called in {_folded(step.name), _folded(", ".join(_pieces(step.name)))} - {""}:
            places.setdefault(called, set()).add(i)
    awaited: list[list[int]] = []
    waiting: list[list[int]] = [[] for _step in steps]
    for i, step in enumerate(steps):
        pieces = _pieces(step.after)
        meant = [_meant(piece, places, len(steps)) for piece in pieces]
        if len(pieces) > 1 and (as_one := places.get(_folded(", ".join(pieces)))):
            if all(meant):
                raise _refusal(i, "several_steps", typed=step.after)
            pieces, meant = [step.after], [as_one]
        others: list[int] = []
        for piece, named in zip(pieces, meant, strict=True):
            if len(named) != 1:
                raise _refusal(i, "several_steps" if named else "unknown_step", typed=piece)
            others += named
        if i in others:
            raise _refusal(i, "waits_for_itself")
        awaited.append(list(dict.fromkeys(others)))
        for other in awaited[i]:
            waiting[other].append(i)
    for i, links in enumerate(zip(awaited, waiting, strict=True)):
        if max(map(len, links)) > _MOST_LINKS:
            raise _refusal(i, "too_many", maximum=(Count(label=""), Decimal(_MOST_LINKS)))
    return awaited, waiting


def _meant(piece: str, places: dict[str, set[int]], rows: int) -> set[int]:
    """Return the places of the steps that a name or number may be: none, one, or several, of which none is guessed."""
    meant = places.get(_folded(piece), set())
    if len(piece) < _LONGEST_PLACE and _FIGURES.fullmatch(piece) and 0 < int(piece) <= rows:
        return meant | {int(piece) - 1}
    return meant


def _refusal(place: int, code: str, **values: Any) -> InvalidInput:
    return InvalidInput("steps", code, **values).in_cell(place + 1, "after", fields_of(Step)["after"].label)


def _in_order(steps: tuple[Step, ...], awaited: list[list[int]], waiting: list[list[int]]) -> list[int]:
    """Return the steps' places so that each comes after those it waits for; raises InvalidInput for a circle."""
    left = list(map(len, awaited))
    order = [i for i, others in enumerate(left) if not others]
    for i in order:  # which grows meanwhile
        for j in waiting[i]:
            left[j] -= 1
            if not left[j]:
                order.append(j)
    if len(order) < len(steps):
        circle = _circle(left, awaited)
        names = (NameList(label="", names=_STEPS), _called(steps, circle))
        raise _refusal(circle[0], "circle", names=names)
    return order


def _circle(left: list[int], awaited: list[list[int]]) -> list[int]:
    """Return one circle among the steps for which something is left to wait for."""
    path = {next(i for i, others in enumerate(left) if others): None}
    while True:
        following = next(j for j in awaited[next(reversed(path))] if left[j])
        if following in path:
            return list(path)[list(path).index(following) :]
        path[following] = None


def _called(steps: tuple[Step, ...], places: list[int]) -> tuple[str | int, ...]:
    return tuple(steps[i].name or i + 1 for i in places)


def _cautions(inputs: Inputs, *, is_open: bool, weekend: list[int], early: list[int]) -> tuple[Note, ...]:
    cases = {
        Note("passed", "days_late"): is_open and inputs.go_live < inputs.today,
        Note("weekend", "plan"): bool(weekend),
        Note("weekend_go_live", "plan"): is_open and is_weekend(int(inputs.go_live)),
        Note("early", "plan"): bool(early),
    }
    return tuple(note for note, is_so in cases.items() if is_so)


def answer(result: Result) -> Answer:
    """Say by when the plan must begin, or how late it is, and which steps decide that."""
    slack = result.figures.slack
    if isinstance(slack, Undefined):
        return slack
    return ("in_time" if slack > 0 else "late" if slack < 0 else "just_in_time", "critical")


def calendar(result: Result) -> Calendar:
    """Return an event for each step that is not done, from its last day to begin to its last day to finish."""
    inputs, numerals, gettext = result.inputs, result.numerals, result.gettext
    fields = fields_of(PlannedStep)
    owner = fields["owner"]
    events = [
        Event(
            first=step.start_by,
            last=step.finish_by,
            # One without a name is called by its place.
            title=fields["name"].show(step.name, numerals) if step.name else f"{gettext(fields['name'].label)} {place}",
            text=f"{gettext(owner.label)}: {owner.show(step.owner, numerals)}" if step.owner else "",
        )
        for place, step in enumerate(result.figures.plan, start=1)
        if not isinstance(step.start_by, Undefined)
    ]
    go_live = Event(first=inputs.go_live, last=inputs.go_live, title=gettext(_("Go-live")))
    return Calendar(as_of=inputs.today, events=(*events, go_live))


def chart(result: Result) -> Chart | None:
    """Draw each step that is not done from its earliest start to its earliest finish, in days from today."""
    steps = [step for step in result.figures.plan if not isinstance(step.slack, Undefined)]
    if not steps:
        return None
    fields, gettext = fields_of(PlannedStep), result.gettext
    lengths = [step.earliest_finish - step.earliest_start for step in steps]

    def series(label: str, *, is_critical: bool) -> Series:
        values = (length if step.critical is is_critical else None for step, length in zip(steps, lengths, strict=True))
        return Series(name=gettext(label), values=tuple(values))

    go_live = result.inputs.go_live - result.inputs.today
    return Chart(
        kind="waterfall",
        title=gettext(_("Days from today")),
        category=gettext(fields["name"].label),
        categories=tuple(fields["name"].show(step.name, result.numerals) for step in steps),
        series=(
            series(fields["critical"].label, is_critical=True),
            series(_("With slack"), is_critical=False),
        ),
        unit=result.calculator.output_fields["days_late"],
        marks=((gettext(_("Go-live")), go_live),) if go_live >= 0 else (),
        begins=tuple(step.earliest_start - result.inputs.today for step in steps),
    )
