"""Should sales call this lead now?

fit = 100 × sum of (weight × rating) ÷ (3 × sum of the weights);
engagement = sum of points × count × 0.5^(days ago ÷ half-life); the two are kept apart and make a grade such as A2.
Sources: Focus Scale for two axes and no decay of fit, Fairview for halving with time. The thresholds are ours.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.charts import PLAIN, Chart
from calculators.core.charts import Series as ChartSeries
from calculators.core.choices import choice, text
from calculators.core.choices import rating as how_good
from calculators.core.fields import Number, Series, days, number
from calculators.core.fields import count as how_many
from calculators.core.messages import _
from calculators.core.outcome import Figure, Note, Undefined
from calculators.core.records import declare
from calculators.core.run import Result
from calculators.core.tables import table

TITLE = _("Lead score")
QUESTION = _("Should sales call this lead now?")
PAGE = "qualification/lead-scoring.md"
SOURCES = (
    "https://focus-scale.com/field-notes/hubspot-lead-scoring-model",
    "https://getfairview.com/blog/lead-scoring-model-template",
    "https://crmcurator.pages.dev/articles/zoho/zoho-marketing-automation-lead-scoring/",
    "https://circulos.co/skills/lead-scoring-model.md",
    "https://www.mv3marketing.com/glossary/lead-scoring/",
)
HEADLINE = "verdict"

# From these scores on, the first, second and third grade of either axis; the fourth lies below.
GRADES_FROM = (Decimal(75), Decimal(50), Decimal(25))
READY_FROM = Decimal(50)
DISCARD_BELOW = Decimal(25)
_HALF = Decimal("0.5")
# After so many half-lives less is left than a float can add to 1; the digits of far less could not be written.
_FADED_AFTER = Decimal(64)

CRITERION_NAMES = (_("Industry"), _("Company size"), _("Role of the contact"), _("Region"))
EVENT_NAMES = (_("Demo requested"), _("Pricing page visited"), _("Webinar attended"), _("Newsletter opened"))
VERDICTS = {"sales_ready": _("Sales-ready"), "nurture": _("Nurture"), "discard": _("Discard")}
_FIT_LETTERS, _ENGAGEMENT_NUMBERS = "ABCD", "1234"


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
        hint=_("After this time an act counts half. Choose it by your sales cycle."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    fit_score: Figure = number(_("Fit score (0 to 100)"))
    engagement_score: Figure = number(_("Engagement score"))
    grade: str | Undefined = choice(
        _("Grade"),
        options={letter + digit: letter + digit for letter in _FIT_LETTERS for digit in _ENGAGEMENT_NUMBERS},
    )
    verdict: str | Undefined = choice(_("Verdict"), options=VERDICTS)
    fit_points: Decimal = number(_("sum of the weighted ratings"), is_working=True)
    fit_weights: Decimal = number(_("sum of the weights"), is_working=True)
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
        "fit {fit_score}, engagement {engagement_score}: A and 1 from {=75}, B and 2 from {=50}, C and 3 from {=25}, "
        "D and 4 below"
    ),
    "verdict": _(
        "discard if {fit_score} < {=25}; sales-ready if {fit_score} ≥ {=50} and {engagement_score} ≥ {=50}; "
        "nurture otherwise"
    ),
}

# An unknown stands in its cell as a word, which SUMIF passes over.
_RATED_WEIGHTS = 'SUMIF({fit.rating},">=0",{fit.weight})'
_FIT_POINTS = "+".join(f"{level}*SUMIF({{fit.rating}},{level},{{fit.weight}})" for level in (1, 2, 3))


def _graded(score: str, signs: str) -> str:
    first, second, third, fourth = (f'"{sign}"' for sign in signs)
    return f"IF({{{score}}}>=75,{first},IF({{{score}}}>=50,{second},IF({{{score}}}>=25,{third},{fourth})))"


SPREADSHEET = {
    "fit_score": f"IF({_RATED_WEIGHTS}=0,NA(),100*({_FIT_POINTS})/(3*{_RATED_WEIGHTS}))",
    "engagement_score": (
        "IF(COUNT({engagement.points})=0,NA(),"
        "SUMPRODUCT({engagement.points},{engagement.count},EXP(-LN(2)*{engagement.days_ago}/{half_life_days})))"
    ),
    "grade": f"{_graded('fit_score', _FIT_LETTERS)}&{_graded('engagement_score', _ENGAGEMENT_NUMBERS)}",
}

NOTES = {
    "no_criteria": _("There is no fit score: the list holds no criterion. Add what the customers you win share."),
    "nothing_rated": _("There is no fit score: no criterion is rated yet. Find out one of them at least."),
    "no_weights": _("There is no fit score: every rated criterion has the weight zero."),
    "no_events": _(
        "There is no engagement score: the list holds no event. If nothing has happened, add one that happened 0 times."
    ),
    "unknown_left_out": _(
        "What is unknown is left out of the fit score, because unknown is not the same as a bad fit."
    ),
    "call_soon": _("Call soon: if nothing more happens, engagement falls below {=50} in {days_left}."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute both scores, the grade they make and what to do with the lead."""
    rated = [(row.weight, row.rating) for row in inputs.fit if row.rating is not None]
    fit_points = sum((weight * level for weight, level in rated), Decimal(0))
    fit_weights = sum((weight for weight, _level in rated), Decimal(0))
    fit = 100 * fit_points / (3 * fit_weights) if fit_weights else _no_fit(inputs)
    points_today = tuple(
        row.points * row.count * _share_left(row.days_ago / inputs.half_life_days) for row in inputs.engagement
    )
    engagement: Figure = sum(points_today, Decimal(0)) if points_today else Undefined("no_events")
    verdict = _verdict(fit, engagement)
    notes = []
    if isinstance(fit, Decimal) and len(rated) < len(inputs.fit):
        notes.append(Note("unknown_left_out", "fit_score"))
    days_left = None
    if verdict == "sales_ready" and isinstance(engagement, Decimal):
        days_left = inputs.half_life_days * (engagement / READY_FROM).ln() / Decimal(2).ln()
        notes.append(Note("call_soon", "verdict"))
    return Outputs(
        fit_score=fit,
        engagement_score=engagement,
        grade=_grade(fit, engagement),
        verdict=verdict,
        fit_points=fit_points,
        fit_weights=fit_weights,
        points_today=points_today,
        days_left=days_left,
        notes=tuple(notes),
    )


def _share_left(half_lives: Decimal) -> Decimal:
    return _HALF**half_lives if half_lives < _FADED_AFTER else Decimal(0)


def _no_fit(inputs: Inputs) -> Undefined:
    if not inputs.fit:
        return Undefined("no_criteria")
    is_rated = any(row.rating is not None for row in inputs.fit)
    return Undefined("no_weights" if is_rated else "nothing_rated")


def _grade(fit: Figure, engagement: Figure) -> str | Undefined:
    if isinstance(fit, Undefined):
        return fit
    if isinstance(engagement, Undefined):
        return engagement
    return _FIT_LETTERS[_place(fit)] + _ENGAGEMENT_NUMBERS[_place(engagement)]


def _place(score: Decimal) -> int:
    return sum(score < limit for limit in GRADES_FROM)


def _verdict(fit: Figure, engagement: Figure) -> str | Undefined:
    if isinstance(fit, Undefined):
        return fit
    if fit < DISCARD_BELOW:
        return "discard"
    if isinstance(engagement, Undefined):
        return engagement
    return "sales_ready" if fit >= READY_FROM and engagement >= READY_FROM else "nurture"


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
        marks=((result.gettext(VERDICTS["sales_ready"]), READY_FROM),),
    )
