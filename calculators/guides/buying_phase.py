"""In which phase of buying is this deal, and what would move it on?

phase = the earliest one whose work has begun and is unfinished; if all that has begun is finished, the last of them.
The work of a phase is finished when all its signals are seen; business as usual, when none of its signals is.
The signals and the rule are ours (docs/en/buyers/buying-phases.md); the three phases are Liferay's, the jobs Gartner's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from calculators.core.declaring.choices import choice, choices, sentences
from calculators.core.declaring.outcome import Answer, Note
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Buying phase")
QUESTION = _("In which phase is the buyer, and what would move the deal on?")
PAGE = "buyers/buying-phases.md"
SOURCES = (
    "https://www.gartner.com/en/newsroom/press-releases/"
    "2018-10-09-gartner-says-the-marketing-to-sales-handoff-should-no-longer-exist",
)

PHASES = {
    "before_buying": _("Before buying starts"),
    "solution_development": _("Solution development"),
    "evaluation": _("Evaluation"),
    "commitment": _("Commitment"),
}
STAGES = {
    "lead_generation": _("Lead generation"),
    "lead_qualification": _("Lead qualification"),
    "contact": _("Contact"),
    "proposal": _("Proposal"),
    "closing": _("Closing"),
}


class Signal(NamedTuple):
    """What the buyer does, and what to do as long as it is not seen (English messages)."""

    phase: str
    seen: str
    to_do: str = ""


SIGNALS = {
    "speaks_in_general": Signal(
        "before_buying", _("The buyer speaks about the subject in general and about no project.")
    ),
    "nobody_in_charge": Signal("before_buying", _("Nobody has been given the task, a budget or a date.")),
    "describes_problem": Signal(
        "solution_development",
        _("The buyer describes the problem with the company's own figures, such as hours, claims or lost orders."),
        _("Help to put a figure on the problem, in the buyer's own hours, claims or lost orders."),
    ),
    "colleagues_join": Signal(
        "solution_development",
        _("Colleagues from other departments join the meetings."),
        _("Find a second person who shares the problem, and ask for a joint meeting."),
    ),
    "somebody_in_charge": Signal(
        "solution_development",
        _("Somebody has the task of finding a solution."),
        _("Ask who should find a solution, and by when."),
    ),
    "shows_criteria": Signal(
        "evaluation",
        _("The buyer shows you criteria, a list of suppliers or a timetable."),
        _("Agree on criteria and their weight before you demonstrate."),
    ),
    "tests_or_references": Signal(
        "evaluation",
        _("Users test, or ask to speak with a reference customer."),
        _("Offer a test by the agreed criteria, or a call with a reference customer."),
    ),
    "compares": Signal(
        "evaluation",
        _("Questions are detailed and compare you with others."),
        _("Ask which other options are looked at, including doing nothing."),
    ),
    "preferred": Signal(
        "commitment",
        _("You are told that you are the preferred supplier."),
        _("Ask whether you are preferred, and why."),
    ),
    "documents_asked": Signal(
        "commitment",
        _("Legal, security or procurement ask for documents."),
        _("Ask which approvals remain, with people and dates, and bring in legal, security and procurement."),
    ),
    "project_named": Signal(
        "commitment",
        _("The buyer names those who will work on the project, and the day it starts."),
        _("Ask who will run the project after the signature, and when it starts."),
    ),
}

# What the buyer needs now, from the tables of the pages on buying phases and on mapping to sales stages.
NEEDS = {
    "before_buying": (
        _("A reason to look at the subject: what such an event has meant for others."),
        _("A short case, a benchmark or a checklist; no product list and no price."),
    ),
    "solution_development": (
        _("Insight, figures and examples of similar companies: is the problem large enough, and can it be solved?"),
        _("A worksheet for the cost of the problem, sample requirements or a workshop; no full demonstration yet."),
    ),
    "evaluation": (
        _("Proof, clear answers and an honest list of gaps: does it work for us?"),
        _("A demonstration by criteria, reference calls, a trial; no features nobody asked about."),
    ),
    "commitment": (
        _("Certainty: a plan, terms, references and support from above, in case it fails."),
        _("A project plan, a list of risks and one page for the board; no new ideas that reopen the scope."),
    ),
}

# The move that ends a phase; what is not seen yet comes before it.
LAST_MOVES = {
    "before_buying": _("Bring an insight about the buyer's business, and ask for a meeting about one problem."),
    "solution_development": _("Bring in somebody who decides, and ask for criteria and dates."),
    "evaluation": _("Prove the agreed criteria, skip the rest, and ask for the steps to the signature."),
    "commitment": _("List each risk the buyer has named, with what you will do about it, by whom and by when."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a reader ticks."""

    signals: tuple[str, ...] = choices(
        _("What you have seen or heard from the buyer"),
        options={key: signal.seen for key, signal in SIGNALS.items()},
        default=("describes_problem", "colleagues_join", "somebody_in_charge", "shows_criteria", "compares"),
        hint=_("What you have done yourself, such as sending a proposal, is no signal."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What follows from the signals."""

    phase: str = choice(_("Buying phase"), options=PHASES)
    sales_stage: str = choice(_("Matching sales stage"), options=STAGES)
    buyer_needs: tuple[str, ...] = sentences(_("What the buyer needs now"))
    next_moves: tuple[str, ...] = sentences(_("What would move the deal on"))
    first_move: tuple[str, ...] = sentences("", is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "phase": _(
        "the earliest phase whose signals are seen in part; if none is, the last one whose signals are all seen"
    ),
    "sales_stage": _(
        "by phase: lead generation, lead qualification, proposal, closing; "
        "contact once the problem has figures and an owner"
    ),
}

# Findings in words, without a formula.
SPREADSHEET: dict[str, str] = {}

NOTES = {
    "no_signals": _("No signal is ticked, so the deal counts as not begun: ask what the buyer has done so far."),
    "one_signal": _(
        "The phase rests on a single signal, which may have another reason: "
        "look for a second one before you plan by it."
    ),
    "still_as_usual": _(
        "The buyer speaks of no project, or nobody is in charge. "
        "Later signals may be routine, so ask what they are for."
    ),
    "later_signals": _(
        "There are signals of a later phase. Take them as routine and finish the earlier phase first, "
        "because there its work is still open."
    ),
    "earlier_unseen": _(
        "You have seen nothing of an earlier phase: somebody else may have shaped it. "
        "Ask who wrote the requirements, and with whom."
    ),
}

ANSWERS = {
    "in_phase": _("The buyer is in the phase “{phase}”. Next move: {first_move}"),
    "not_begun": _("As far as we know, buying has not begun. Next move: {first_move}"),
}


def compute(inputs: Inputs) -> Outputs:
    """Find the earliest unfinished phase, and say what the buyer needs there and what would move the deal on."""
    phase = _phase(inputs.signals)
    unseen = [signal.to_do for key, signal in SIGNALS.items() if signal.phase == phase and key not in inputs.signals]
    moves = (*filter(None, unseen), LAST_MOVES[phase])
    return Outputs(
        phase=phase,
        sales_stage=_sales_stage(phase, inputs.signals),
        buyer_needs=NEEDS[phase],
        next_moves=moves,
        first_move=moves[:1],
        notes=tuple(_cautions(phase, inputs.signals)),
    )


def answer(result: Result) -> Answer:
    """Say in which phase the buyer is, and what to do first."""
    return "in_phase" if result.inputs.signals else "not_begun"


def _phase(seen: tuple[str, ...]) -> str:
    begun = [phase for phase in PHASES if any(SIGNALS[key].phase == phase for key in seen)]
    unfinished = [phase for phase in begun if phase == "before_buying" or not _is_finished(phase, seen)]
    return next(iter([*unfinished, *begun[-1:], "before_buying"]))


def _is_finished(phase: str, seen: tuple[str, ...]) -> bool:
    return all(key in seen for key, signal in SIGNALS.items() if signal.phase == phase)


def _sales_stage(phase: str, seen: tuple[str, ...]) -> str:
    if phase == "solution_development":
        # Two stages lie in this phase: the second begins when the problem is named and has an owner.
        return "contact" if {"describes_problem", "somebody_in_charge"} <= set(seen) else "lead_qualification"
    return {"before_buying": "lead_generation", "evaluation": "proposal", "commitment": "closing"}[phase]


def _cautions(phase: str, seen: tuple[str, ...]) -> Iterator[Note]:
    if not seen:
        yield Note("no_signals", "phase")
        return
    if len(seen) == 1:
        yield Note("one_signal", "phase")
    order = list(PHASES)
    begun = {order.index(SIGNALS[key].phase) for key in seen}
    place = order.index(phase)
    if max(begun) > place:
        yield Note("later_signals" if place else "still_as_usual", "phase")
    if any(earlier not in begun for earlier in range(1, place)):
        yield Note("earlier_unseen", "phase")
