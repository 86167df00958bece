"""How much does this buyer need what we are strong in, and have we done it before?

score of a group = 100 × sum of its ratings ÷ (3 × number of them); fit = mean of the five group scores.
The three groups of needs follow Liferay's training for sellers (docs/en/buyers/where-we-fit.md); the thresholds are
ours. Unlike in the scorecards of qualification, what is unknown is left out of the means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.charts import PLAIN, Chart
from calculators.core.charts import Series as ChartSeries
from calculators.core.choices import choice, rating
from calculators.core.fields import Number, Series, count, number
from calculators.core.messages import _
from calculators.core.outcome import Figure, Note, Undefined
from calculators.core.records import declare
from calculators.core.run import Result
from calculators.core.statistics import mean

TITLE = _("Solution fit")
QUESTION = _("How much does this buyer need what we are strong in?")
PAGE = "buyers/where-we-fit.md"
SOURCES = ()
HEADLINE = "fit_score"

STRONG_FROM = Decimal(70)
PARTIAL_FROM = Decimal(40)
VERDICTS = {"strong": _("Strong"), "partial": _("Partial"), "weak": _("Weak")}

COMPLEXITY = ("user_profiles", "workflows", "integrations", "scenarios")
SECURITY = ("regulated_industry", "access_control", "identity")
ENTERPRISE = ("markets", "users", "customers", "flexibility")
REFERENCES = ("references_in_industry",)
BUILT = ("solution_built",)
_EVERY_RATING = (*COMPLEXITY, *SECURITY, *ENTERPRISE, *REFERENCES, *BUILT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    user_profiles: Decimal | None = rating(
        _("Many user profiles"),
        levels=(
            _("Asked: one kind of user only"),
            _("Perhaps more than one kind, by our own conclusion"),
            _("The buyer speaks of several kinds"),
            _("Many kinds with their own needs, shown or listed to us"),
        ),
        default="3",
        hint=_("Complexity: how much this buyer needs it, by what was said or shown."),
    )
    workflows: Decimal | None = rating(
        _("Workflows with approvals"),
        levels=(
            _("Asked: nothing has to be approved"),
            _("A step or two, or only our guess"),
            _("The buyer described approvals"),
            _("Many approvals, shown to us or required in writing"),
        ),
        default="2",
    )
    integrations: Decimal | None = rating(
        _("Integrations"),
        levels=(
            _("Asked: nothing has to be connected"),
            _("One system, or only our guess"),
            _("The buyer named several systems"),
            _("Many systems, listed by the buyer"),
        ),
        default="3",
    )
    scenarios: Decimal | None = rating(
        _("Many scenarios of use"),
        levels=(
            _("Asked: one use, and no other in sight"),
            _("A second use that we imagine"),
            _("The buyer spoke of several uses"),
            _("Many uses, planned or listed by the buyer"),
        ),
        default="2",
    )
    regulated_industry: Decimal | None = rating(
        _("Regulated industry"),
        levels=(
            _("Asked: no rules beyond those for everyone"),
            _("Some rules, which hardly touch this project"),
            _("The buyer says that rules apply to it"),
            _("Auditors or authorities check it regularly"),
        ),
        default="3",
        hint=_("Security: how much this buyer needs it, by what was said or shown."),
    )
    access_control: Decimal | None = rating(
        _("Strict access control"),
        levels=(
            _("Asked: everybody may see everything"),
            _("A few rights, or only our guess"),
            _("The buyer wants different rights for different roles"),
            _("Strict rights by role or document, required in writing"),
        ),
        default="3",
    )
    identity: Decimal | None = rating(
        _("Managed identity and login"),
        levels=(
            _("Asked: no login is needed"),
            _("A login of its own would do, or only our guess"),
            _("The buyer wants to use the logins it already has"),
            _("Central identity and login, required in writing"),
        ),
        default="2",
    )
    markets: Decimal | None = rating(
        _("Many markets"),
        levels=(
            _("Asked: one market only"),
            _("Two markets, or more only in our guess"),
            _("The buyer speaks of several markets"),
            _("Many markets, planned in writing"),
        ),
        default="1",
        hint=_("Enterprise: how much this buyer needs it, by what was said or shown."),
    )
    users: Decimal | None = rating(
        _("Many users"),
        levels=(
            _("Asked: a handful of users"),
            _("One team, or more only in our guess"),
            _("The buyer speaks of several departments"),
            _("The whole company or thousands, planned in writing"),
        ),
        default="2",
    )
    customers: Decimal | None = rating(
        _("Many customers"),
        levels=(
            _("Asked: no customer would use it"),
            _("A few customers, or only our guess"),
            _("The buyer speaks of many customers"),
            _("Most or all customers, planned in writing"),
        ),
        default="2",
    )
    flexibility: Decimal | None = rating(
        _("Room to change and extend"),
        levels=(
            _("Asked: a finished product will do as it is"),
            _("Small changes, or only our guess"),
            _("The buyer wants to change or extend parts"),
            _("Changing and extending is required in writing"),
        ),
        default="2",
    )
    references_in_industry: Decimal | None = rating(
        _("References in the industry"),
        levels=(
            _("We can name no customer in this industry"),
            _("One customer in this industry"),
            _("Some customers in this industry"),
            _("Many customers, and the buyer may call them"),
        ),
        names=(_("no reference"), _("one reference"), _("some references"), _("many references")),
        default="1",
        hint=_("Proof: the buyer wants to see that you know the industry. A trial customer is no reference."),
    )
    solution_built: Decimal | None = rating(
        _("Solution already built"),
        levels=(
            _("We have delivered nothing like it"),
            _("We have delivered a small part of it"),
            _("We have delivered something similar"),
            _("We have delivered the same"),
        ),
        names=(_("nothing like it"), _("a small part"), _("something similar"), _("the same")),
        default="2",
        hint=_("Proof: how close it is to something that you have delivered."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    complexity_score: Figure = number(_("Complexity (0 to 100)"))
    security_score: Figure = number(_("Security (0 to 100)"))
    enterprise_score: Figure = number(_("Enterprise (0 to 100)"))
    fit_score: Figure = number(_("Fit (0 to 100)"))
    verdict: str | Undefined = choice(_("Verdict"), options=VERDICTS)
    complexity_points: Decimal = number(_("sum of the ratings of complexity"), is_working=True)
    complexity_rated: Decimal = count(_("how many of them are rated"), is_working=True)
    security_points: Decimal = number(_("sum of the ratings of security"), is_working=True)
    security_rated: Decimal = count(_("how many of them are rated"), is_working=True)
    enterprise_points: Decimal = number(_("sum of the ratings of enterprise"), is_working=True)
    enterprise_rated: Decimal = count(_("how many of them are rated"), is_working=True)
    references_score: Figure = number(_("References in the industry"), is_working=True)
    built_score: Figure = number(_("Solution already built"), is_working=True)
    group_scores: tuple[Decimal, ...] = declare(
        Series(label=_("the scores of the five groups"), item=Number(label=""), is_working=True)
    )
    unknowns: Decimal = count(_("Unknown ratings"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "complexity_score": "100 × {complexity_points} ÷ (3 × {complexity_rated})",
    "security_score": "100 × {security_points} ÷ (3 × {security_rated})",
    "enterprise_score": "100 × {enterprise_points} ÷ (3 × {enterprise_rated})",
    "fit_score": _("mean of {group_scores}"),
    "verdict": _("strong if {fit_score} ≥ {=70}; partial if {fit_score} ≥ {=40}; weak otherwise"),
}


def _group_formula(names: Sequence[str]) -> str:
    cells = ",".join(f"{{{name}}}" for name in names)
    return f"IF(COUNT({cells})=0,NA(),100*AVERAGE({cells})/3)"


_GROUP_CELLS = "{complexity_score},{security_score},{enterprise_score},{references_in_industry},{solution_built}"

# An unknown stands in its cell as a word, which COUNT and AVERAGE pass over.
SPREADSHEET = {
    "complexity_score": _group_formula(COMPLEXITY),
    "security_score": _group_formula(SECURITY),
    "enterprise_score": _group_formula(ENTERPRISE),
    "fit_score": (
        f"IF(COUNT({_GROUP_CELLS})=0,NA(),(IFERROR({{complexity_score}},0)+IFERROR({{security_score}},0)"
        "+IFERROR({enterprise_score},0)+100*(N({references_in_industry})+N({solution_built}))/3)"
        f"/COUNT({_GROUP_CELLS}))"
    ),
}

NOTES = {
    "group_unknown": _("A group without a single rating has no score, and is left out of the fit."),
    "nothing_rated": _("There is no fit yet: nothing is rated. Ask what this buyer needs, and rate what was said."),
    "unknown_left_out": _("What is unknown ({unknowns}) is left out of the means. Ask before you rely on this fit."),
    "proof_missing": _(
        "The needs match well; what is missing is proof. Look for a customer with the same process in a neighboring "
        "industry, before the buyer asks."
    ),
}


_COMPARED_DIGITS = Decimal("1e-20")


def compute(inputs: Inputs) -> Outputs:
    """Compute the score of each group, their mean, and what it is called."""
    needs = [_rated(inputs, names) for names in (COMPLEXITY, SECURITY, ENTERPRISE)]
    need_scores = [_score(ratings, "group_unknown") for ratings in needs]
    proof_scores = [_score(_rated(inputs, names), "nothing_rated") for names in (REFERENCES, BUILT)]
    known_needs = [score for score in need_scores if isinstance(score, Decimal)]
    known = known_needs + [score for score in proof_scores if isinstance(score, Decimal)]
    unknowns = len(_EVERY_RATING) - len(_rated(inputs, _EVERY_RATING))
    fit: Figure = mean(known) if known else Undefined("nothing_rated")
    notes = []
    if isinstance(fit, Decimal) and unknowns:
        notes.append(Note("unknown_left_out", "fit_score"))
    if isinstance(fit, Decimal) and fit < STRONG_FROM and known_needs and mean(known_needs) >= STRONG_FROM:
        notes.append(Note("proof_missing", "verdict"))
    complexity, security, enterprise = needs
    return Outputs(
        complexity_score=need_scores[0],
        security_score=need_scores[1],
        enterprise_score=need_scores[2],
        fit_score=fit,
        verdict=_verdict(fit),
        complexity_points=sum(complexity, Decimal(0)),
        complexity_rated=Decimal(len(complexity)),
        security_points=sum(security, Decimal(0)),
        security_rated=Decimal(len(security)),
        enterprise_points=sum(enterprise, Decimal(0)),
        enterprise_rated=Decimal(len(enterprise)),
        references_score=proof_scores[0],
        built_score=proof_scores[1],
        group_scores=tuple(known),
        unknowns=Decimal(unknowns),
        notes=tuple(notes),
    )


def _rated(inputs: Inputs, names: Sequence[str]) -> list[Decimal]:
    ratings = (getattr(inputs, name) for name in names)
    return [given for given in ratings if given is not None]


def _score(ratings: Sequence[Decimal], code: str) -> Figure:
    return 100 * sum(ratings, Decimal(0)) / (3 * len(ratings)) if ratings else Undefined(code)


def _verdict(fit: Figure) -> str | Undefined:
    if isinstance(fit, Undefined):
        return fit
    # A mean of thirds can miss a threshold by its last digit.
    fit = fit.quantize(_COMPARED_DIGITS)
    if fit >= STRONG_FROM:
        return "strong"
    return "partial" if fit >= PARTIAL_FROM else "weak"


def chart(result: Result) -> Chart:
    """Draw the score of each of the five groups; one without a rating has no bar."""
    figures = result.figures
    groups = (
        (_("Complexity"), figures.complexity_score),
        (_("Security"), figures.security_score),
        (_("Enterprise"), figures.enterprise_score),
        (_("References in the industry"), figures.references_score),
        (_("Solution already built"), figures.built_score),
    )
    return Chart(
        kind="bars",
        title=result.gettext(_("Where the fit comes from")),
        category=result.gettext(_("Group")),
        categories=tuple(result.gettext(name) for name, _score in groups),
        series=(
            ChartSeries(
                name=result.gettext(_("Score")),
                values=tuple(None if isinstance(score, Undefined) else score for _name, score in groups),
            ),
        ),
        unit=PLAIN,
        marks=((result.gettext(VERDICTS["strong"]), STRONG_FROM),),
    )
