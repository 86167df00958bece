"""Which of the eight common pipeline mistakes do we make, and what should we mend first?

score = 100 × sum of the three ratings ÷ 9: 100 is healthy. The three lowest scores come first, in the order of the
page when they are equal.
The eight mistakes are those of the article in `SOURCES`; statements, ratings and scores are ours.
"""

from dataclasses import dataclass, make_dataclass
from decimal import Decimal
from typing import Any

from calculators.core.declaring.charts import PLAIN, Chart, Series
from calculators.core.declaring.choices import choices, name_list, rating, sentences, text
from calculators.core.declaring.fields import number
from calculators.core.declaring.outcome import Answer, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Pipeline audit")
QUESTION = _("Which pipeline mistakes do we make, and what should we fix first?")
PAGE = "pipeline/mistakes.md"
SOURCES = ("Sales pipeline mistakes: 8 to avoid, blog article of 2022-11-04, read in a Korean copy",)
HEADLINE = "weakest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A mistake with the statements of those who do not make it, and the first fix (English messages)."""

    name: str
    statements: tuple[str, str, str]
    hint: str
    first_fix: str
    defaults: str


MISTAKES = {
    "no_time_for_new_leads": Mistake(
        name=_("No time for new leads"),
        statements=(
            _("Time for new leads is fixed in our calendar"),
            _("New leads arrive in busy weeks too"),
            _("Our most experienced sellers prospect as well"),
        ),
        hint=_("Look at the calendar of the last four weeks, and at the new leads per week."),
        first_fix=_(
            "No time for new leads: put one fixed hour a day or two half days a week into the calendar, "
            "and treat them like a meeting with a customer."
        ),
        defaults="211",
    ),
    "unqualified_leads_kept": Mistake(
        name=_("Unqualified leads kept"),
        statements=(
            _("We know which problem each buyer has"),
            _("We ask the same questions of every deal"),
            _("Leads that do not fit are removed"),
        ),
        hint=_("Pick five deals of the first stage, and name the problem of each."),
        first_fix=_(
            "Unqualified leads kept: ask three questions of each deal (is there a problem that we help to solve, "
            "an opportunity that we can open, and does the prospect agree?) and remove deals with a no."
        ),
        defaults="222",
    ),
    "balance_lost": Mistake(
        name=_("Balance lost"),
        statements=(
            _("Each stage has a limit for number and age"),
            _("Each stage holds as many deals as we can work"),
            _("We work first on deals near their age limit"),
        ),
        hint=_("Count the deals in each stage today, and how long they have been there."),
        first_fix=_(
            "Balance lost: give each stage a limit for number and age, "
            "and work each morning on the deals nearest to their age limit."
        ),
        defaults="022",
    ),
    "fear_of_letting_go": Mistake(
        name=_("Fear of letting go"),
        statements=(
            _("Deals past their age limit are closed"),
            _("A close date moves only for a new reason"),
            _("The cost still to come decides, not the past"),
        ),
        hint=_("Look for deals that were on the list three months ago, with another close date."),
        first_fix=_(
            "Fear of letting go: write an exit rule (past the age limit, two attempts without an answer, "
            "then closed lost with a check-in after three months)."
        ),
        defaults="122",
    ),
    "data_not_tracked": Mistake(
        name=_("Data not tracked"),
        statements=(
            _("Every open deal has a next step with a date"),
            _("Lost deals keep their amount and a reason"),
            _("We can see when a deal entered its stage"),
        ),
        hint=_("Open ten deals in the CRM, open and lost ones."),
        first_fix=_(
            "Data not tracked: require six fields and no more (amount, stage, date of entry into the stage, "
            "next step with date, source, and reason at closing)."
        ),
        defaults="201",
    ),
    "existing_customers_ignored": Mistake(
        name=_("Existing customers ignored"),
        statements=(
            _("Each customer has an owner among us"),
            _("We talk with customers about their results"),
            _("We ask satisfied customers for a referral"),
        ),
        hint=_("Look at what happened with your ten largest customers this quarter."),
        first_fix=_(
            "Existing customers ignored: name an owner for each customer, "
            "and hold a meeting on use and results each quarter."
        ),
        defaults="322",
    ),
    "wrong_metrics": Mistake(
        name=_("Wrong metrics"),
        statements=(
            _("Each of our metrics has a written definition"),
            _("Two people work out the same figure"),
            _("A decision follows from each figure we report"),
        ),
        hint=_("Let two people work out last month's win rate, and ask what was decided on it."),
        first_fix=_("Wrong metrics: choose four metrics, and write the definition of each on one line."),
        defaults="232",
    ),
    "no_product_mix": Mistake(
        name=_("No product mix"),
        statements=(
            _("Each product has a target for leads"),
            _("Each product has a target for deals to close"),
            _("Every product that matters has early deals"),
        ),
        hint=_("Sort the open deals by product."),
        first_fix=_("No product mix: set two targets for each product, leads to make and deals to close."),
        defaults="132",
    ),
}
# Where the page template leads from a mistake or its first fix.
LINKS = {key: f"pipeline/mistakes.md#{key.replace('_', '-')}" for key in MISTAKES}
FREQUENCIES = (_("never"), _("sometimes"), _("mostly"), _("always"))
_NAMES = tuple(mistake.name for mistake in MISTAKES.values())
_HEALTHY, _BEST_SUM = Decimal(100), Decimal(9)
_FIXES = 3


def _rating_fields() -> list[tuple[str, Any, Any]]:
    return [
        (
            f"{key}_{place}",
            Decimal,
            rating(
                statement,
                levels=("", "", "", ""),
                names=FREQUENCIES,
                default=mistake.defaults[place - 1],
                hint=mistake.hint if place == 1 else "",
                may_be_unknown=False,
            ),
        )
        for key, mistake in MISTAKES.items()
        for place, statement in enumerate(mistake.statements, start=1)
    ]


Inputs = make_dataclass("Inputs", _rating_fields(), frozen=True, slots=True, kw_only=True, module=__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well a mistake is avoided."""

    name: str = text(_("Mistake"), names=_NAMES)
    score: Decimal = number(_("Score (100 is healthy)"))
    first: Decimal = number(_("first rating"), is_working=True)
    second: Decimal = number(_("second rating"), is_working=True)
    third: Decimal = number(_("third rating"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What the ratings say."""

    scores: tuple[Score, ...] = table(_("Score of each mistake"), row=Score)
    first_fixes: tuple[str, ...] | Undefined = sentences(_("Fix first"))
    equal: tuple[str, ...] = choices(
        _("mistakes with the same score as the last one named"),
        options={key: mistake.name for key, mistake in MISTAKES.items()},
        is_working=True,
    )
    weakest: str | Undefined = text(_("The mistake to fix first"), names=_NAMES, is_working=True)
    lowest: tuple[str, ...] = name_list(names=_NAMES)
    notes: tuple[Note, ...] = ()


WORKING = {
    "scores.score": "100 × ({row.first} + {row.second} + {row.third}) ÷ (3 × 3)",
    "first_fixes": _("the first fix of each of the three lowest scores, equal ones in the order of the page"),
}

# Each row of the scores rests on inputs of its own, which no formula for a whole column can name.
SPREADSHEET: dict[str, str] = {}

NOTES = {
    "all_healthy": _(
        "There is nothing to fix: every statement is rated “always”. "
        "Let a second person answer too, from the CRM and the calendar."
    ),
    "equal": _(
        "Further mistakes have the same score as the last one named, and only the order of the page leaves them out: "
        "{equal}."
    ),
    "distorted": _(
        "Remove dead deals before you measure anything: unqualified, stuck and dead deals distort every other figure."
    ),
}

ANSWERS = {
    "several": _("We make these mistakes most: {lowest}. Fix “{weakest}” first."),
    "single": _("We make one of the {=8} mistakes: fix “{weakest}”."),
}
# Mistakes 2, 3 and 4 of the page.
_DISTORTING = {"unqualified_leads_kept", "balance_lost", "fear_of_letting_go"}


def compute(inputs: Any) -> Outputs:
    """Score each mistake, and name what to mend first."""
    ratings = {key: [getattr(inputs, f"{key}_{place}") for place in (1, 2, 3)] for key in MISTAKES}
    scores = {key: _HEALTHY * sum(rated) / _BEST_SUM for key, rated in ratings.items()}
    made = sorted((key for key in MISTAKES if scores[key] < _HEALTHY), key=lambda key: scores[key])
    lowest = made[:_FIXES]
    equal = tuple(key for key in made[_FIXES:] if scores[key] == scores[lowest[-1]])
    cases = {"equal": bool(equal), "distorted": bool(_DISTORTING & set(lowest))}
    return Outputs(
        scores=tuple(
            Score(
                name=mistake.name,
                score=scores[key],
                **dict(zip(("first", "second", "third"), ratings[key], strict=True)),
            )
            for key, mistake in MISTAKES.items()
        ),
        first_fixes=tuple(MISTAKES[key].first_fix for key in lowest) or Undefined("all_healthy"),
        weakest=MISTAKES[lowest[0]].name if lowest else Undefined("all_healthy"),
        lowest=tuple(MISTAKES[key].name for key in lowest),
        equal=equal,
        notes=tuple(Note(code, "first_fixes") for code, is_so in cases.items() if is_so),
    )


def answer(result: Result) -> Answer:
    """Say which mistakes are made most, and what to mend first."""
    weakest, lowest = result.figures.weakest, result.figures.lowest
    if isinstance(weakest, Undefined):
        return weakest
    return "several" if len(lowest) > 1 else "single"


def chart(result: Result) -> Chart:
    """Draw the score of each mistake."""
    rows = result.figures.scores
    return Chart(
        kind="bars",
        title=result.gettext(_("Score of each mistake")),
        category=result.gettext(_("Mistake")),
        categories=tuple(result.gettext(row.name) for row in rows),
        series=(Series(name=result.gettext(_("Score")), values=tuple(row.score for row in rows)),),
        unit=PLAIN,
        # The scale ends at 100, however low the scores are.
        marks=((result.gettext(_("healthy")), _HEALTHY),),
    )
