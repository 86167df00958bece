"""Should sales call this lead now?

fit = 100 × sum of (weight × rating) ÷ (3 × sum of the weights);
engagement = sum of points × count × 0.5^(days ago ÷ half-life); the two are kept apart and make a grade such as A2.
Two axes, and halving with time, are common in published templates, none of them a standard. The thresholds that the
inputs open with are ours. What is unknown is left out of the fit; with less than half of the weight rated, neither the
best nor the worst grade of fit is given, and the lead is neither handed over nor discarded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import PLAIN, Chart
from calculators.core.declaring.charts import Series as ChartSeries
from calculators.core.declaring.choices import choice, text
from calculators.core.declaring.choices import rating as how_good
from calculators.core.declaring.fields import Number, days, number, rate, refuse_falling_thresholds, threshold
from calculators.core.declaring.fields import count as how_many
from calculators.core.declaring.fields import score as as_score
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import declare
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Lead score")
QUESTION = _("Should sales call this lead now?")
PAGE = "qualification/lead-scoring.md"
SOURCES = ("Sales pipeline mistakes: 8 to avoid, blog article of 2022-11-04, read in a Korean copy",)
HEADLINE = "verdict"

# From these scores on, the first, second and third grade of an axis; the fourth lies below. The second of both makes a
# lead ready for sales, and the fourth of fit is discarded.
_FIT_FROM = ("fit_a_from", "fit_b_from", "fit_c_from")
_ENGAGEMENT_FROM = ("engagement_1_from", "engagement_2_from", "engagement_3_from")
_HALF = Decimal("0.5")
# After so many half-lives less is left than a float can add to 1; the digits of far less could not be written.
_FADED_AFTER = Decimal(64)

CRITERION_NAMES = (_("Industry"), _("Company size"), _("Role of the contact"), _("Region"))
EVENT_NAMES = (_("Demo requested"), _("Pricing page visited"), _("Webinar attended"), _("Newsletter opened"))
VERDICTS = {"sales_ready": _("Sales-ready"), "nurture": _("Nurture"), "discard": _("Discard")}
_FIT_LETTERS, _ENGAGEMENT_NUMBERS = "ABCD", "1234"
# Why thresholds are no facts, said beside the first.
_MOVED_BY = _("Starting points of ours: move them by what became of your own leads.")
_MOST_ENGAGEMENT = Decimal(10) ** 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FitCriterion:
    """A fact about the lead; a rating of None is unknown."""

    criterion: str = text(_("Criterion"), names=CRITERION_NAMES)
    weight: Decimal = number(_("Weight"))
    rating: Decimal | None = how_good(
        _("Rating"),
        levels=(
            _("The opposite of the customers you win"),
            _("Far from the customers you win"),
            _("Close to the customers you win"),
            _("Like the customers you win"),
        ),
        default="unknown",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that the lead has done."""

    event: str = text(_("Event"), names=EVENT_NAMES)
    points: Decimal = number(_("Points"), minimum=Decimal(-1000), maximum=Decimal(1000))
    count: Decimal = how_many(_("How often"))
    days_ago: Decimal = days(_("Days ago"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    fit: tuple[FitCriterion, ...] = table(
        _("Fit: who the lead is"),
        row=FitCriterion,
        default=tuple(
            FitCriterion(criterion=name, weight=Decimal(weight), rating=Decimal(rated))
            for name, weight, rated in zip(CRITERION_NAMES, (3, 2, 3, 1), (3, 2, 2, 3), strict=True)
        ),
        hint=_("Facts that the customers you win share. What is unknown is left out until you know it."),
    )
    engagement: tuple[Event, ...] = table(
        _("Engagement: what the lead has done"),
        row=Event,
        default=tuple(
            Event(event=name, points=Decimal(points), count=Decimal(times), days_ago=Decimal(ago))
            for name, points, times, ago in zip(
                EVENT_NAMES, (40, 10, 15, 2), (1, 3, 1, 5), (5, 10, 45, 20), strict=True
            )
        ),
        hint=_("Acts that often come before an opportunity. Negative points are possible, such as for unsubscribing."),
    )
    half_life_days: Decimal = days(
        _("Half-life of engagement, in days"),
        default="30",
        minimum=Decimal(1),
        is_setting=True,
        hint=_("After this time an act counts half. Choose it by your sales cycle."),
    )
    fit_a_from: Decimal = threshold(_("Threshold of fit A"), default="75", hint=_MOVED_BY)
    fit_b_from: Decimal = threshold(_("Threshold of fit B (ready for sales)"), default="50")
    fit_c_from: Decimal = threshold(_("Threshold of fit C (discarded below)"), default="25")
    # Points are the reader's own, so engagement has no upper end.
    engagement_1_from: Decimal = threshold(_("Threshold of engagement 1"), default="75", maximum=_MOST_ENGAGEMENT)
    engagement_2_from: Decimal = threshold(
        _("Threshold of engagement 2 (ready for sales)"), default="50", maximum=_MOST_ENGAGEMENT
    )
    engagement_3_from: Decimal = threshold(_("Threshold of engagement 3"), default="25", maximum=_MOST_ENGAGEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    fit_score: Figure = as_score(_("Fit score (0 to 100)"), sample="rated")
    engagement_score: Figure = number(_("Engagement score"))
    grade: str | Undefined = choice(
        _("Grade"),
        options={letter + digit: letter + digit for letter in _FIT_LETTERS for digit in _ENGAGEMENT_NUMBERS},
    )
    verdict: str | Undefined = choice(_("Verdict"), options=VERDICTS)
    fit_points: Decimal = number(_("sum of the weighted ratings"), is_working=True)
    fit_weights: Decimal = number(_("sum of the weights"), is_working=True)
    rated_share: Figure = rate(_("share of the weight that is rated"), is_working=True)
    rated: Decimal = how_many(_("how many criteria are rated"), is_working=True)
    criteria: Decimal = how_many(_("how many criteria are listed"), is_working=True)
    find_out_first: str = text(_("heaviest unknown criterion"), names=CRITERION_NAMES, is_working=True)
    points_today: tuple[Decimal, ...] = declare(
        Series(label=_("what each event counts today"), item=Number(label=""), is_working=True)
    )
    days_left: Decimal | None = days(_("days until engagement falls below the threshold"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "fit_score": "100 × {fit_points} ÷ (3 × {fit_weights})",
    "engagement_score": _(
        "sum of points × count × {=0.5}^(days ago ÷ {half_life_days}) over all events: {points_today}"
    ),
    "grade": _(
        "fit {fit_score}: A from {fit_a_from}, B from {fit_b_from}, C from {fit_c_from}, D below, but only B or C "
        "while less than half of the weight is rated ({rated_share}); engagement {engagement_score}: 1 from "
        "{engagement_1_from}, 2 from {engagement_2_from}, 3 from {engagement_3_from}, 4 below"
    ),
    "verdict": _(
        "nurture while less than half of the weight is rated ({rated_share}); discard if {fit_score} < {fit_c_from}; "
        "sales-ready if {fit_score} ≥ {fit_b_from} and {engagement_score} ≥ {engagement_2_from}; nurture otherwise"
    ),
}

# An unknown stands in its cell as a word, which SUMIF passes over.
_RATED_WEIGHTS = 'SUMIF({fit.rating},">=0",{fit.weight})'
_FIT_POINTS = "+".join(f"{level}*SUMIF({{fit.rating}},{level},{{fit.weight}})" for level in (1, 2, 3))


def _graded(score: str, signs: str, thresholds: tuple[str, ...]) -> str:
    graded = f'"{signs[-1]}"'
    for sign, limit in zip(signs[-2::-1], thresholds[::-1], strict=True):
        graded = f'IF({{{score}}}>={{{limit}}},"{sign}",{graded})'
    return graded


_FIT_GRADE = _graded("fit_score", _FIT_LETTERS, _FIT_FROM)
_CAUTIOUS_GRADE = _graded("fit_score", _FIT_LETTERS[1:3], _FIT_FROM[1:2])

SPREADSHEET = {
    "fit_score": f"IF({_RATED_WEIGHTS}=0,NA(),100*({_FIT_POINTS})/(3*{_RATED_WEIGHTS}))",
    "rated_share": f"IF(SUM({{fit.weight}})=0,NA(),{_RATED_WEIGHTS}/SUM({{fit.weight}}))",
    "engagement_score": (
        "IF(COUNT({engagement.points})=0,NA(),"
        "SUMPRODUCT({engagement.points},{engagement.count},EXP(-LN(2)*{engagement.days_ago}/{half_life_days})))"
    ),
    "grade": (
        f"IF(2*{_RATED_WEIGHTS}<SUM({{fit.weight}}),{_CAUTIOUS_GRADE},{_FIT_GRADE})"
        f"&{_graded('engagement_score', _ENGAGEMENT_NUMBERS, _ENGAGEMENT_FROM)}"
    ),
}

NOTES = {
    "no_criteria": _("There is no fit score: the list holds no criterion. Add what the customers you win share."),
    "nothing_rated": _("There is no fit score: no criterion is rated yet. Find out one of them at least."),
    "no_weights": _("There is no fit score: every rated criterion has the weight zero."),
    "no_events": _(
        "There is no engagement score: the list holds no event. If nothing has happened, add one that happened 0 times."
    ),
    "unknown_left_out": _(
        "Criteria rated: {rated} of {criteria}, with {rated_share} of the weight. "
        "What is unknown is left out of the fit score, because unknown is not the same as a bad fit."
    ),
    "too_little_rated": _(
        "Less than half of the weight is rated: that is too little for an A or a D, and to hand the lead over or to "
        "discard it."
    ),
    "find_out_first": _("Find this out first: {find_out_first}. Nothing else that is unknown weighs more."),
    "find_out_more": _("Find out first what weighs most among the unknown criteria."),
    "call_soon": _("Call soon: if nothing more happens, engagement falls below {engagement_2_from} in {days_left}."),
    "call_today": _(
        "Call today: if nothing more happens, engagement falls below {engagement_2_from} in less than a day."
    ),
}

ANSWERS = {
    "sales_ready": _("Yes: sales should call this lead now; its grade is {grade}."),
    "nurture": _("Not yet: nurture this lead; its grade is {grade}."),
    "provisional": _(
        "Provisional: not yet. Less than half of the weight is rated, so the fit score of {fit_score} says little."
    ),
    "discard": _("No: discard this lead; with a fit score of {fit_score} it does not fit."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute both scores, the grade they make and what to do with the lead."""
    refuse_falling_thresholds(inputs, *reversed(_FIT_FROM))
    refuse_falling_thresholds(inputs, *reversed(_ENGAGEMENT_FROM))
    rated = [(row.weight, row.rating) for row in inputs.fit if row.rating is not None]
    fit_points = sum((weight * level for weight, level in rated), Decimal(0))
    fit_weights = sum((weight for weight, _level in rated), Decimal(0))
    all_weights = sum((row.weight for row in inputs.fit), Decimal(0))
    fit = 100 * fit_points / (3 * fit_weights) if fit_weights else _no_fit(inputs)
    points_today = tuple(
        row.points * row.count * _share_left(row.days_ago / inputs.half_life_days) for row in inputs.engagement
    )
    engagement: Figure = sum(points_today, Decimal(0)) if points_today else Undefined("no_events")
    is_known = 2 * fit_weights >= all_weights
    verdict = _verdict(inputs, fit, engagement, is_known=is_known)
    days_left = None
    if verdict == "sales_ready" and isinstance(engagement, Decimal) and inputs.engagement_2_from:
        days_left = inputs.half_life_days * (engagement / inputs.engagement_2_from).ln() / Decimal(2).ln()
    find_out_first = _find_out_first(inputs)
    return Outputs(
        fit_score=fit,
        rated_share=fit_weights / all_weights if all_weights else _no_fit(inputs),
        engagement_score=engagement,
        grade=_grade(inputs, fit, engagement, is_known=is_known),
        verdict=verdict,
        fit_points=fit_points,
        fit_weights=fit_weights,
        rated=Decimal(len(rated)),
        criteria=Decimal(len(inputs.fit)),
        find_out_first=find_out_first,
        points_today=points_today,
        days_left=days_left,
        notes=tuple(_cautions(inputs, fit, days_left, find_out_first, is_known=is_known)),
    )


def _cautions(
    inputs: Inputs, fit: Figure, days_left: Decimal | None, find_out_first: str, *, is_known: bool
) -> Iterator[Note]:
    unknown = [row for row in inputs.fit if row.rating is None]
    if isinstance(fit, Decimal) and unknown:
        yield Note("unknown_left_out", "fit_score")
    if isinstance(fit, Decimal) and not is_known:
        yield Note("too_little_rated", "grade")
        yield Note("find_out_first" if find_out_first else "find_out_more", "grade")
    if days_left is not None:
        yield Note("call_soon" if days_left >= 1 else "call_today", "verdict")


def _find_out_first(inputs: Inputs) -> str:
    """Return the unknown criterion of the greatest weight, or "" where it has no name or nothing is unknown."""
    unknown = [row for row in inputs.fit if row.rating is None]
    return max(unknown, key=lambda row: row.weight).criterion if unknown else ""


def _share_left(half_lives: Decimal) -> Decimal:
    return _HALF**half_lives if half_lives < _FADED_AFTER else Decimal(0)


def _no_fit(inputs: Inputs) -> Undefined:
    if not inputs.fit:
        return Undefined("no_criteria")
    is_rated = any(row.rating is not None for row in inputs.fit)
    return Undefined("no_weights" if is_rated else "nothing_rated")


def _grade(inputs: Inputs, fit: Figure, engagement: Figure, *, is_known: bool) -> str | Undefined:
    if isinstance(fit, Undefined):
        return fit
    if isinstance(engagement, Undefined):
        return engagement
    letter = _place(inputs, fit, _FIT_FROM)
    if not is_known:
        # What is still unknown could turn the best as well as the worst fit around.
        letter = min(max(letter, 1), 2)
    return _FIT_LETTERS[letter] + _ENGAGEMENT_NUMBERS[_place(inputs, engagement, _ENGAGEMENT_FROM)]


def _place(inputs: Inputs, score: Decimal, thresholds: tuple[str, ...]) -> int:
    return sum(score < getattr(inputs, name) for name in thresholds)


def _verdict(inputs: Inputs, fit: Figure, engagement: Figure, *, is_known: bool) -> str | Undefined:
    if isinstance(fit, Undefined):
        return fit
    if fit < inputs.fit_c_from and is_known:
        return "discard"
    if isinstance(engagement, Undefined):
        return engagement
    is_ready = fit >= inputs.fit_b_from and engagement >= inputs.engagement_2_from
    return "sales_ready" if is_ready and is_known else "nurture"


def answer(result: Result) -> Answer:
    """Say what to do with the lead; as long as too little is rated, that it is provisional."""
    figures = result.figures
    if isinstance(figures.verdict, Undefined):
        return figures.verdict
    return str(figures.verdict) if 2 * figures.rated_share >= 1 else "provisional"


def chart(result: Result) -> Chart | None:
    """Draw how engagement fades over three half-lives if the lead does nothing more."""
    engagement, half_life = result.figures.engagement_score, result.inputs.half_life_days
    if isinstance(engagement, Undefined):
        return None
    halves = [Decimal(place) / 2 for place in range(7)]
    return Chart(
        kind="lines",
        title=result.gettext(_("Engagement if nothing more happens")),
        category=result.gettext(_("Days from now")),
        categories=tuple(result.numerals.number(half_life * passed) for passed in halves),
        series=(
            ChartSeries(
                name=result.gettext(_("Engagement score")),
                values=tuple(engagement * _HALF**passed for passed in halves),
            ),
        ),
        unit=PLAIN,
        marks=((result.gettext(VERDICTS["sales_ready"]), result.inputs.engagement_2_from),),
    )
