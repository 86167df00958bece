"""Scorecards that rate evidence: made from their criteria, counted and judged in the same way.

score = 100 × sum of (weight × rating) ÷ (3 × sum of the weights); what is unknown counts 0.
The rules are ours, and so are the thresholds that the inputs open with; readers move them by their own deals:
docs/en/qualification/index.md#verdict. However low they are, a deal advances only with half of the weight rated.

    CARD = Scorecard(Criterion(name="need", …), Criterion(name="timeline", …))
    Inputs, Outputs, compute = CARD.inputs, CARD.outputs, CARD.compute
"""

from collections.abc import Sequence
from dataclasses import dataclass, make_dataclass
from decimal import Decimal
from typing import Any

from calculators.core.declaring.charts import PLAIN, Chart, Series
from calculators.core.declaring.choices import LEVELS, choice, choices, flag, rating, sentences, text
from calculators.core.declaring.fields import count, number, rate, refuse_falling_thresholds, threshold
from calculators.core.declaring.fields import score as as_score
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.running.run import Result
from calculators.core.words.messages import _

# With less of the weight rated, a good verdict would rest on what nobody has asked.
ENOUGH_RATED = Decimal("0.5")
_PROVEN = Decimal(3)

# Why thresholds are no facts, said beside the first.
_MOVED_BY = _("Starting points of ours: move them by your own closed deals.")
VERDICTS = {"advance": _("Advance"), "work_on": _("Work on it"), "stop": _("Stop")}

WORKING = {
    "score": "100 × {points} ÷ (3 × {weights})",
    "verdict": _(
        "stop with a blocker or if {best_score} < {stop_below}; advance if {score} ≥ {advance_from}, no must-have is "
        "unknown and at least half of the weight is rated ({rated_share}); work on it otherwise"
    ),
}

NOTES = {
    "no_weights": _("There is no score: every weight is zero. Give at least one criterion a weight."),
    "nothing_rated": _("No criterion is the weakest yet: nothing is rated. Begin with the questions to ask next."),
    "blocker": _("A must-have is absent: {blockers}. This stops the deal, because no other strength replaces it."),
    "unknown_counts_zero": _(
        "What is unknown counts 0 in the score. If all of it turned out proven, the score would be {best_score}."
    ),
    "out_of_reach": _(
        "Even if everything unknown turned out proven, the score would be {best_score}, below {stop_below}: "
        "put your hours into another deal."
    ),
    "too_weak": _("The score is below {stop_below}, and no unknown could raise it: put your hours into another deal."),
    "must_have_unknown": _("The score is enough to advance, but a must-have is still unknown: find it out first."),
    "too_little_rated": _(
        "Criteria rated: {rated} of {counted}, with {rated_share} of the weight. The score is enough to advance, "
        "but that takes at least half of the weight: begin with the questions to ask next."
    ),
    "rests_on_one": _("Only one criterion has a weight, so the score says nothing about the others."),
}

# Every scorecard's question can be answered with yes or no.
ANSWERS = {
    "advance": _("Yes: advance. The score is {score} of 100."),
    "needs_work": _("Not yet: at {score} of 100 it needs work, first of all here: {weakest}."),
    "find_out": _(
        "Not yet: the score is {score} of 100. Find out what is unknown: "
        "with all of it proven, it would be {best_score}."
    ),
    "must_have_unknown": _("Not yet: the score of {score} would be enough, but a must-have is still unknown."),
    "provisional": _(
        "Provisional: not yet. Less than half of the weight is rated, so the score of {score} says little."
    ),
    "nothing_rated": _("Not known yet: nothing is rated. Begin with the questions to ask next."),
    "blocked": _("No: stop. A must-have is absent: {blockers}."),
    "out_of_reach": _(
        "No: stop. Even if everything unknown turned out proven, the score would be too low, at {best_score} of 100."
    ),
    "too_weak": _("No: stop. The score is too low, at {score} of 100."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a scorecard. All texts are English messages.

    `levels` says what absent, weak, partial and proven look like here, `evidence` what to write down. `find_out` is
    asked while the answer is unknown, `question` to get from a rating below 3 to a better one. `default` is a rating
    from 0 to 3 or "unknown". A criterion with `shown_if` counts only when the extension of this name is switched on.
    """

    name: str
    label: str
    levels: tuple[str, str, str, str]
    evidence: str
    find_out: str
    question: str
    weight_label: str
    evidence_label: str
    default: str
    is_must_have: bool = False
    shown_if: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A switch that adds criteria to a scorecard; `caution` is said while it is on."""

    name: str
    label: str
    hint: str
    caution: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the reader said about a criterion that takes part; a rating of None is unknown."""

    criterion: Criterion
    rating: Decimal | None
    weight: Decimal

    @property
    def is_unknown(self) -> bool:
        """Whether it is to be found out: a must-have is even without weight, because it decides the verdict."""
        return self.rating is None and (self.weight > 0 or self.criterion.is_must_have)


class Scorecard:
    """What the module of a calculator declares, made from the criteria of a scorecard."""

    def __init__(self, *criteria: Criterion, extension: Extension | None = None) -> None:
        self.criteria = criteria
        self.extension = extension
        self.inputs = _inputs(criteria, extension)
        self.outputs = _outputs(criteria)
        self.working = WORKING
        self.spreadsheet = _spreadsheet(criteria)
        self.notes = NOTES if extension is None else NOTES | {"extended": extension.caution}
        self.answers = ANSWERS

    def compute(self, inputs: Any) -> Any:
        """Compute the score, what is missing, the verdict, and what to ask next."""
        refuse_falling_thresholds(inputs, "stop_below", "advance_from")
        answers = self._answers(inputs)
        counted = [answer for answer in answers if answer.weight]
        blockers = tuple(
            answer.criterion.name for answer in answers if answer.criterion.is_must_have and answer.rating == 0
        )
        weights = sum((answer.weight for answer in counted), Decimal(0))
        points = _points(counted, Decimal(0))
        score = _score(points, weights)
        best_score = _score(_points(counted, _PROVEN), weights)
        rated = [answer for answer in counted if answer.rating is not None]
        rated_share = sum((answer.weight for answer in rated), Decimal(0)) / weights if weights else score
        verdict = "stop" if blockers else _verdict(inputs, score, best_score, answers, rated_share)
        return self.outputs(
            score=score,
            unknowns=Decimal(sum(answer.is_unknown for answer in answers)),
            weakest=_weakest(counted),
            blockers=blockers,
            verdict=verdict,
            next_questions=_next_questions(answers),
            points=points,
            weights=weights,
            best_score=best_score,
            rated=Decimal(len(rated)),
            counted=Decimal(len(counted)),
            rated_share=rated_share,
            notes=tuple(self._notes(inputs, score, answers, blockers, verdict)),
        )

    def answer(self, result: Result) -> Answer:
        """Say what to do with the deal; as long as too little is rated, that it is provisional."""
        figures, answers = result.figures, self._answers(result.inputs)
        is_open = any(answer.rating is None and answer.weight for answer in answers)
        if figures.blockers:
            return "blocked"
        if isinstance(figures.score, Undefined):
            return figures.score
        if figures.verdict == "stop":
            return "out_of_reach" if is_open else "too_weak"
        if figures.verdict == "advance":
            return "advance"
        if not figures.rated:
            return "nothing_rated"
        if figures.rated_share < ENOUGH_RATED:
            return "provisional"
        if figures.score >= result.inputs.advance_from:
            return "must_have_unknown"
        return "find_out" if is_open else "needs_work"

    def chart(self, result: Result) -> Chart | None:
        """Draw the rating of each criterion that counts; one that is unknown has no bar."""
        counted = [answer for answer in self._answers(result.inputs) if answer.weight]
        if not counted:
            return None
        return Chart(
            kind="bars",
            title=result.gettext(_("Rating of each criterion")),
            category=result.gettext(_("Criterion")),
            categories=tuple(result.gettext(answer.criterion.label) for answer in counted),
            series=(Series(name=result.gettext(_("Rating")), values=tuple(answer.rating for answer in counted)),),
            unit=PLAIN,
            # The scale ends at 3, however low the ratings are.
            marks=((result.gettext(LEVELS[3]), _PROVEN),),
        )

    def _answers(self, inputs: Any) -> list[_Answer]:
        return [
            _Answer(criterion, getattr(inputs, criterion.name), getattr(inputs, f"{criterion.name}_weight"))
            for criterion in self.criteria
            if criterion.shown_if is None or getattr(inputs, criterion.shown_if)
        ]

    def _notes(
        self,
        inputs: Any,
        score: Figure,
        answers: Sequence[_Answer],
        blockers: tuple[str, ...],
        verdict: str,
    ) -> list[Note]:
        notes = []
        is_open = any(answer.rating is None and answer.weight for answer in answers)
        if blockers:
            notes.append(Note("blocker", "blockers"))
        elif verdict == "stop":
            notes.append(Note("out_of_reach" if is_open else "too_weak", "verdict"))
        elif is_open:
            notes.append(Note("unknown_counts_zero", "score"))
        if isinstance(score, Decimal) and score >= inputs.advance_from and verdict == "work_on":
            notes.append(Note("must_have_unknown" if _lacks_must_have(answers) else "too_little_rated", "verdict"))
        if len(answers) > 1 == sum(answer.weight > 0 for answer in answers) and not blockers:
            notes.append(Note("rests_on_one", "score"))
        if self.extension is not None and isinstance(score, Decimal) and getattr(inputs, self.extension.name):
            notes.append(Note("extended", "score"))
        return notes


def _points(counted: Sequence[_Answer], for_unknown: Decimal) -> Decimal:
    ratings = (for_unknown if answer.rating is None else answer.rating for answer in counted)
    return sum((answer.weight * given for answer, given in zip(counted, ratings, strict=True)), Decimal(0))


def _score(points: Decimal, weights: Decimal) -> Figure:
    return 100 * points / (_PROVEN * weights) if weights else Undefined("no_weights")


def _verdict(inputs: Any, score: Figure, best_score: Figure, answers: Sequence[_Answer], rated_share: Figure) -> str:
    """Return the verdict on a deal without a blocker."""
    if isinstance(score, Undefined) or isinstance(best_score, Undefined) or isinstance(rated_share, Undefined):
        return "work_on"
    if best_score < inputs.stop_below:
        return "stop"
    is_known = rated_share >= ENOUGH_RATED and not _lacks_must_have(answers)
    return "advance" if score >= inputs.advance_from and is_known else "work_on"


def _lacks_must_have(answers: Sequence[_Answer]) -> bool:
    return any(answer.criterion.is_must_have and answer.is_unknown for answer in answers)


def _weakest(counted: Sequence[_Answer]) -> str | Undefined:
    rated = [(answer.rating, answer.criterion.name) for answer in counted if answer.rating is not None]
    if not rated:
        return Undefined("nothing_rated" if counted else "no_weights")
    return min(rated, key=lambda entry: entry[0])[1]


def _next_questions(answers: Sequence[_Answer]) -> tuple[str, ...]:
    """Return what to find out, must-haves first, then what to ask about the rest, weakest first."""
    unknown = [answer.criterion for answer in answers if answer.is_unknown]
    unknown.sort(key=lambda criterion: not criterion.is_must_have)
    rated = [
        (answer.rating, answer.criterion)
        for answer in answers
        if answer.weight and answer.rating is not None and answer.rating < _PROVEN
    ]
    rated.sort(key=lambda entry: entry[0])
    return (
        *(criterion.find_out for criterion in unknown),
        *(criterion.question for _rating, criterion in rated),
    )


def _inputs(criteria: Sequence[Criterion], extension: Extension | None) -> type:
    """Return the `Inputs`: the switch if there is one, rating, weight and evidence of each criterion, thresholds."""
    declared: list[tuple[str, Any, Any]] = []
    if extension is not None:
        declared.append((extension.name, bool, flag(extension.label, default=False, hint=extension.hint)))
    for criterion in criteria:
        declared += [
            (criterion.name, Decimal | None, _rating_field(criterion)),
            (f"{criterion.name}_weight", Decimal, _weight_field(criterion)),
            (f"{criterion.name}_evidence", str, _evidence_field(criterion)),
        ]
    declared += [
        ("advance_from", Decimal, threshold(_("Threshold to advance"), default="70", hint=_MOVED_BY)),
        ("stop_below", Decimal, threshold(_("Threshold to stop below"), default="40")),
    ]
    return make_dataclass("Inputs", declared, frozen=True, slots=True, kw_only=True, module=__name__)


def _rating_field(criterion: Criterion) -> Any:
    return rating(
        criterion.label,
        levels=criterion.levels,
        default=criterion.default,
        hint=_("A must-have: rated absent, it stops the deal.") if criterion.is_must_have else "",
        shown_if=criterion.shown_if,
    )


def _weight_field(criterion: Criterion) -> Any:
    return number(
        criterion.weight_label,
        default="1",
        is_setting=True,
        hint=_("With 0 it is left out of the score. Rated absent, it still stops the deal.")
        if criterion.is_must_have
        else _("With 0 it is left out."),
        shown_if=criterion.shown_if,
    )


def _evidence_field(criterion: Criterion) -> Any:
    return text(
        criterion.evidence_label,
        default="",
        is_long=True,
        is_private=True,
        hint=criterion.evidence,
        shown_if=criterion.shown_if,
    )


def _outputs(criteria: Sequence[Criterion]) -> type:
    """Return the `Outputs`, whose findings name the criteria."""
    labels = {criterion.name: criterion.label for criterion in criteria}
    must_haves = {criterion.name: criterion.label for criterion in criteria if criterion.is_must_have}

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Outputs:
        score: Figure = as_score(_("Score (0 to 100)"))
        unknowns: Decimal = count(_("Unknown, to be found out"), goal="at_most")
        weakest: str | Undefined = choice(_("Weakest criterion"), options=labels)
        blockers: tuple[str, ...] = choices(_("Blockers"), options=must_haves)
        verdict: str = choice(_("Verdict"), options=VERDICTS)
        next_questions: tuple[str, ...] = sentences(_("Ask next"))
        points: Decimal = number(_("sum of the weighted ratings"), is_working=True)
        weights: Decimal = number(_("sum of the weights"), is_working=True)
        best_score: Figure = as_score(_("score if all unknowns were proven"), is_working=True)
        rated: Decimal = count(_("how many criteria are rated"), is_working=True)
        counted: Decimal = count(_("how many criteria have a weight"), is_working=True)
        rated_share: Figure = rate(_("share of the weight that is rated"), is_working=True)
        notes: tuple[Note, ...] = ()

    return Outputs


def _spreadsheet(criteria: Sequence[Criterion]) -> dict[str, str]:
    """Return the formulas of the figures; the findings in words are written as values.

    An unknown stands in its cell as a word: N takes it for 0, COUNT does not count it.
    """

    def summed(terms: Sequence[str]) -> str:
        return "+".join(
            term if criterion.shown_if is None else f"IF({{{criterion.shown_if}}},{term},0)"
            for criterion, term in zip(criteria, terms, strict=True)
        )

    weights = summed([f"{{{criterion.name}_weight}}" for criterion in criteria])
    points = summed([f"{{{criterion.name}_weight}}*N({{{criterion.name}}})" for criterion in criteria])
    unknowns = summed(
        [
            f"(1-COUNT({{{criterion.name}}}))" + ("" if criterion.is_must_have else f"*({{{criterion.name}_weight}}>0)")
            for criterion in criteria
        ]
    )
    return {"score": f"IF({weights}=0,NA(),100*({points})/(3*({weights})))", "unknowns": unknowns}
