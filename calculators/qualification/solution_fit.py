"""How much does this buyer need what we are strong in, and have we done it before?

score of a group = 100 × sum of its ratings ÷ (3 × number of them); fit = mean of the five group scores.
The three groups of needs follow Liferay's training for sellers (docs/en/buyers/where-we-fit.md); the thresholds that
the inputs open with are ours. Unlike in the scorecards of qualification, what is unknown is left out of the means, so
there is no verdict before half of the ratings, with half of the weight, are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import PLAIN, Chart
from calculators.core.declaring.charts import Series as ChartSeries
from calculators.core.declaring.choices import choice, choices, rating
from calculators.core.declaring.fields import Number, count, number, rate, refuse_falling_thresholds, threshold
from calculators.core.declaring.fields import score as as_score
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import declare, fields_of
from calculators.core.declaring.series import Series
from calculators.core.numbers.statistics import mean
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Solution fit")
QUESTION = _("How much does this buyer need what we are strong in?")
PAGE = "buyers/where-we-fit.md"
SOURCES = ()
HEADLINE = "fit_score"

VERDICTS = {"strong": _("Strong"), "partial": _("Partial"), "weak": _("Weak")}

COMPLEXITY = ("user_profiles", "workflows", "integrations", "scenarios")
SECURITY = ("regulated_industry", "access_control", "identity")
ENTERPRISE = ("markets", "users", "customers", "flexibility")
REFERENCES = ("references_in_industry",)
BUILT = ("solution_built",)
_GROUPS = (COMPLEXITY, SECURITY, ENTERPRISE, REFERENCES, BUILT)
_EVERY_RATING = tuple(name for group in _GROUPS for name in group)
# A fifth of the fit for each group, and within it the same for each rating: in sixtieths, to be whole numbers.
_WEIGHTS = {name: 60 // len(_GROUPS) // len(group) for group in _GROUPS for name in group}
_ALL_WEIGHTS = sum(_WEIGHTS.values())
# So many of the heaviest unknowns are named.
_NAMED = 3
# Why thresholds are no facts, said beside the first.
_MOVED_BY = _("Starting points of ours: set them where your own won and lost deals part.")


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
            _("A separate login would do, or only our guess"),
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
    strong_from: Decimal = threshold(_("Threshold of a strong fit"), default="70", hint=_MOVED_BY)
    partial_from: Decimal = threshold(_("Threshold of a partial fit"), default="40")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    complexity_score: Figure = as_score(_("Complexity (0 to 100)"))
    security_score: Figure = as_score(_("Security (0 to 100)"))
    enterprise_score: Figure = as_score(_("Enterprise (0 to 100)"))
    fit_score: Figure = as_score(_("Fit (0 to 100)"), sample="rated")
    verdict: str | Undefined = choice(_("Verdict"), options=VERDICTS)
    complexity_points: Decimal = number(_("sum of the ratings of complexity"), is_working=True)
    complexity_rated: Decimal = count(_("how many of them are rated"), is_working=True)
    security_points: Decimal = number(_("sum of the ratings of security"), is_working=True)
    security_rated: Decimal = count(_("how many of them are rated"), is_working=True)
    enterprise_points: Decimal = number(_("sum of the ratings of enterprise"), is_working=True)
    enterprise_rated: Decimal = count(_("how many of them are rated"), is_working=True)
    references_score: Figure = as_score(_("References in the industry"), is_working=True)
    built_score: Figure = as_score(_("Solution already built"), is_working=True)
    group_scores: tuple[Decimal, ...] = declare(
        Series(label=_("the scores of the five groups"), item=Number(label=""), is_working=True)
    )
    rated: Decimal = count(_("how many ratings are known"), is_working=True)
    ratings: Decimal = count(_("how many ratings there are"), is_working=True)
    rated_share: Decimal = rate(_("share of the weight that is rated"), is_working=True)
    find_out_first: tuple[str, ...] = choices(
        _("heaviest unknown ratings"),
        options={name: fields_of(Inputs)[name].label for name in _EVERY_RATING},
        is_working=True,
    )
    notes: tuple[Note, ...] = ()


WORKING = {
    "complexity_score": "100 × {complexity_points} ÷ (3 × {complexity_rated})",
    "security_score": "100 × {security_points} ÷ (3 × {security_rated})",
    "enterprise_score": "100 × {enterprise_points} ÷ (3 × {enterprise_rated})",
    "fit_score": _("mean of {group_scores}"),
    "verdict": _("strong if {fit_score} ≥ {strong_from}; partial if {fit_score} ≥ {partial_from}; weak otherwise"),
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
    "rated_share": "(" + "+".join(f"{weight}*COUNT({{{name}}})" for name, weight in _WEIGHTS.items()) + ")/60",
}

NOTES = {
    "group_unknown": _("A group without a single rating has no score, and is left out of the fit."),
    "nothing_rated": _("There is no fit yet: nothing is rated. Ask what this buyer needs, and rate what was said."),
    "unknown_left_out": _(
        "Ratings known: {rated} of {ratings}, with {rated_share} of the weight. "
        "What is unknown is left out of the means. Ask before you rely on this fit."
    ),
    "too_little_rated": _(
        "There is no verdict yet: less than half of the ratings, or of their weight, is known. "
        "Find out first what weighs most: {find_out_first}."
    ),
    "proof_missing": _(
        "The needs match well; what is missing is proof. Look for a customer with the same process in a neighboring "
        "industry, before the buyer asks."
    ),
}

ANSWERS = {
    "strong": _("Very much: the fit is strong, at {fit_score} of 100."),
    "partial": _("In part: the fit is partial, at {fit_score} of 100."),
    "weak": _("Little: the fit is weak, at {fit_score} of 100."),
    "proof_missing": _("The needs match well, but proof is missing: the fit is {fit_score} of 100."),
    "provisional": _("Provisional: the fit is {fit_score} of 100 so far, but too little is rated for a verdict."),
}

_COMPARED_DIGITS = Decimal("1e-20")


def compute(inputs: Inputs) -> Outputs:
    """Compute the score of each group, their mean, and what it is called."""
    refuse_falling_thresholds(inputs, "partial_from", "strong_from")
    needs = [_rated(inputs, names) for names in (COMPLEXITY, SECURITY, ENTERPRISE)]
    need_scores = [_score(ratings, "group_unknown") for ratings in needs]
    proof_scores = [_score(_rated(inputs, names), "nothing_rated") for names in (REFERENCES, BUILT)]
    known_needs = [score for score in need_scores if isinstance(score, Decimal)]
    known = known_needs + [score for score in proof_scores if isinstance(score, Decimal)]
    fit: Figure = mean(known) if known else Undefined("nothing_rated")
    unknown = [name for name in _EVERY_RATING if getattr(inputs, name) is None]
    rated_weights = _ALL_WEIGHTS - sum(_WEIGHTS[name] for name in unknown)
    is_known = 2 * len(unknown) <= len(_EVERY_RATING) and 2 * rated_weights >= _ALL_WEIGHTS
    verdict = _verdict(inputs, fit) if is_known or isinstance(fit, Undefined) else Undefined("too_little_rated")
    notes = []
    if isinstance(fit, Decimal) and unknown:
        notes.append(Note("unknown_left_out", "fit_score"))
    if verdict in {"partial", "weak"} and known_needs and mean(known_needs) >= inputs.strong_from:
        notes.append(Note("proof_missing", "verdict"))
    complexity, security, enterprise = needs
    return Outputs(
        complexity_score=need_scores[0],
        security_score=need_scores[1],
        enterprise_score=need_scores[2],
        fit_score=fit,
        rated_share=Decimal(rated_weights) / _ALL_WEIGHTS,
        verdict=verdict,
        complexity_points=sum(complexity, Decimal(0)),
        complexity_rated=Decimal(len(complexity)),
        security_points=sum(security, Decimal(0)),
        security_rated=Decimal(len(security)),
        enterprise_points=sum(enterprise, Decimal(0)),
        enterprise_rated=Decimal(len(enterprise)),
        references_score=proof_scores[0],
        built_score=proof_scores[1],
        group_scores=tuple(known),
        rated=Decimal(len(_EVERY_RATING) - len(unknown)),
        ratings=Decimal(len(_EVERY_RATING)),
        find_out_first=tuple(sorted(unknown, key=lambda name: -_WEIGHTS[name])[:_NAMED]),
        notes=tuple(notes),
    )


def _rated(inputs: Inputs, names: Sequence[str]) -> list[Decimal]:
    ratings = (getattr(inputs, name) for name in names)
    return [given for given in ratings if given is not None]


def _score(ratings: Sequence[Decimal], code: str) -> Figure:
    return 100 * sum(ratings, Decimal(0)) / (3 * len(ratings)) if ratings else Undefined(code)


def _verdict(inputs: Inputs, fit: Figure) -> str | Undefined:
    if isinstance(fit, Undefined):
        return fit
    # A mean of thirds can miss a threshold by its last digit.
    fit = fit.quantize(_COMPARED_DIGITS)
    if fit >= inputs.strong_from:
        return "strong"
    return "partial" if fit >= inputs.partial_from else "weak"


def answer(result: Result) -> Answer:
    """Say how well the needs match; as long as too little is rated, that it is provisional."""
    figures = result.figures
    if isinstance(figures.fit_score, Undefined):
        return figures.fit_score
    if isinstance(figures.verdict, Undefined):
        return "provisional"
    is_without_proof = any(note.code == "proof_missing" for note in figures.notes)
    return "proof_missing" if is_without_proof else str(figures.verdict)


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
        marks=((result.gettext(VERDICTS["strong"]), result.inputs.strong_from),),
    )
