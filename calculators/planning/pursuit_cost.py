"""Is this deal worth what its pursuit costs?

cost = people x hours x hourly cost + expenses; expected value = p x annual value x years x margin - remaining cost;
break-even probability = remaining cost / (annual value x years x margin). What has been spent does not count.
The verdict compares p x annual value x years x margin with the remaining cost: walk away below it, and where a win is
impossible or brings nothing.
Source: Arkes and Blumer (sunk cost); expected value is arithmetic, and the verdict's factor is ours.
"""

from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import choice, text
from calculators.core.declaring.fields import count, money, number, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.series import money_series
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Cost of a pursuit")
QUESTION = _("Should we pursue this deal or walk away?")
HEADLINE = "verdict"
PAGE = "buyers/pursue-or-walk-away.md"
SOURCES = (
    "Hal R. Arkes and Catherine Blumer, The psychology of sunk cost, "
    "Organizational Behavior and Human Decision Processes 35 (1985)",
)

ROLES = (_("Account executive"), _("Solution engineer"), _("Legal and management"))
VERDICTS = {"pursue": _("Pursue"), "review": _("Review"), "walk_away": _("Walk away")}
# An estimated probability is rough: up to this many times break-even, somebody else should look at it.
REVIEW_UP_TO = Decimal("1.5")
_EXPENSES = ("travel", "mileage", "per_diem", "lodging", "meals", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who works on the pursuit, and what an hour of theirs costs."""

    role: str = text(_("Role"), names=ROLES)
    people: Decimal = count(_("People"))
    hours: Decimal = number(_("Hours each"))
    hourly_cost: Decimal = money(_("Cost per hour"))


_TEAM = ((1, 120, 60), (1, 120, 70), (2, 20, 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    team: tuple[Role, ...] = table(
        _("People who work on the pursuit"),
        row=Role,
        default=tuple(
            Role(role=role, people=Decimal(people), hours=Decimal(hours), hourly_cost=Decimal(cost))
            for role, (people, hours, cost) in zip(ROLES, _TEAM, strict=True)
        ),
        hint=_("From the start to the decision. Take the full hourly cost, with overhead, and not the wage."),
    )
    travel: Decimal = money(_("Travel"), default="4000", hint=_("Flights, trains and taxis."))
    mileage: Decimal = money(_("Mileage"), default="600")
    per_diem: Decimal = money(_("Per diem"), default="1200")
    lodging: Decimal = money(_("Lodging"), default="2400")
    meals: Decimal = money(_("Meals"), default="800")
    other: Decimal = money(_("Other costs"), default="1400", hint=_("For example a trial system or outside advice."))
    spent_so_far: Decimal = money(
        _("Spent so far"), default="0", hint=_("Of the costs above. It is gone, so only the rest counts.")
    )
    annual_value: Decimal = money(_("Value per year"), default="150000", hint=_("What the customer would pay a year."))
    years: Decimal = count(
        _("Years counted"),
        default="1",
        minimum=Decimal(1),
        maximum=Decimal(100),
        hint=_("Only the years that your own renewals support."),
    )
    margin: Decimal = rate(
        _("Margin"),
        default="0.8",
        hint=_("What is left of the price after the cost of serving the customer."),
        quantity="gross_margin",
    )
    win_probability: Decimal = rate(
        _("Win probability"), default="0.2", hint=_("Start from your win rate for such deals.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    cost: Decimal = money(_("Cost of the pursuit"), goal="at_most")
    cost_share_of_first_year: Figure = rate(_("Cost as a share of the first year"), goal="at_most")
    expected_value: Decimal = money(_("Expected value"))
    break_even_probability: Figure = rate(_("Break-even probability"), goal="at_most")
    second_place_loss: Decimal = money(_("Lost if you come second"), goal="at_most")
    verdict: str = choice(_("Verdict"), options=VERDICTS)
    role_costs: tuple[Decimal, ...] = money_series(_("people × hours × cost per hour of each role"), is_working=True)
    remaining_cost: Decimal = money(_("Cost still to be spent"), is_working=True)
    expected_gain: Decimal = money(_("win probability × what a win brings"), is_working=True)
    review_limit: Decimal = money(_("one and a half times the cost still to be spent"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "cost": _("({role_costs}, added up) + {travel} + {mileage} + {per_diem} + {lodging} + {meals} + {other}"),
    "cost_share_of_first_year": "{cost} ÷ {annual_value}",
    "expected_value": "{win_probability} × {annual_value} × {years} × {margin} − {remaining_cost}",
    "break_even_probability": "{remaining_cost} ÷ ({annual_value} × {years} × {margin})",
    "second_place_loss": "{cost}",
    "verdict": _(
        "{expected_gain}: walk away at 0 and below {remaining_cost}, review up to {review_limit}, pursue above"
    ),
}

_REMAINING = "MAX(0,{cost}-{spent_so_far})"
_GAIN = "{annual_value}*{years}*{margin}"

# The verdict is a word in the reader's language, so it is written as a value.
SPREADSHEET = {
    "cost": (
        "SUMPRODUCT({team.people},{team.hours},{team.hourly_cost})"
        "+{travel}+{mileage}+{per_diem}+{lodging}+{meals}+{other}"
    ),
    "cost_share_of_first_year": "IF({annual_value}=0,NA(),{cost}/{annual_value})",
    "expected_value": f"{{win_probability}}*{_GAIN}-{_REMAINING}",
    "break_even_probability": f"IF({_GAIN}=0,NA(),{_REMAINING}/({_GAIN}))",
    "second_place_loss": "{cost}",
}

NOTES = {
    "no_annual_value": _("A deal without value has nothing that its cost could be compared with."),
    "no_margin": _("With a margin of zero, no probability makes the pursuit worth it."),
    "never_covered": _("Even a certain win would not bring back what is still to be spent."),
    "spent_more": _(
        "More has been spent than the pursuit was to cost, so nothing counts as still to be spent. "
        "The verdict holds only if that is so: estimate the rest anew and add it to the costs."
    ),
    "no_chance": _("A probability of zero says that the deal is lost: then nothing more should be spent on it."),
    "certain_win": _("No open deal is certain: ask a colleague outside the deal to estimate the probability."),
}

ANSWERS = {
    "pursue": _("Pursue it: the chance is {win_probability}, and {break_even_probability} would be enough."),
    "pursue_for_nothing": _("Pursue it: nothing is left to be spent on it."),
    "review": _(
        "Review it first: the chance of {win_probability} is too close to the {break_even_probability} it takes."
    ),
    "review_narrowly": _("Review it first: the chance is only just the {break_even_probability} it takes."),
    "walk_away": _("Walk away: the chance is {win_probability}, and it takes at least {break_even_probability}."),
    "walk_away_narrowly": _("Walk away: the chance lies just below the {break_even_probability} it takes."),
    "never_covered": _("Walk away: even a certain win would not cover what is still to be spent."),
    "no_chance": _("Walk away: with a chance of zero, nothing more should be spent."),
    "worthless": _("Walk away: a win would bring nothing."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compare what is still to be spent with what a win would bring, times its probability."""
    role_costs = tuple(role.people * role.hours * role.hourly_cost for role in inputs.team)
    cost = sum(role_costs, Decimal(0)) + sum((getattr(inputs, name) for name in _EXPENSES), Decimal(0))
    remaining = max(Decimal(0), cost - inputs.spent_so_far)
    gain = inputs.annual_value * inputs.years * inputs.margin
    break_even: Figure = Undefined("no_margin" if inputs.annual_value else "no_annual_value")
    if gain:
        break_even = remaining / gain
    expected_gain = inputs.win_probability * gain
    return Outputs(
        cost=cost,
        cost_share_of_first_year=cost / inputs.annual_value if inputs.annual_value else Undefined("no_annual_value"),
        expected_value=expected_gain - remaining,
        break_even_probability=break_even,
        second_place_loss=cost,
        verdict=_verdict(expected_gain, remaining),
        role_costs=role_costs or (Decimal(0),),
        remaining_cost=remaining,
        expected_gain=expected_gain,
        review_limit=REVIEW_UP_TO * remaining,
        notes=_cautions(inputs, cost, remaining, gain),
    )


def _verdict(expected_gain: Decimal, remaining: Decimal) -> str:
    """Compare the amounts: the probabilities would be quotients, whose last digit could decide."""
    if expected_gain == 0 or expected_gain < remaining:
        return "walk_away"
    return "review" if expected_gain <= REVIEW_UP_TO * remaining else "pursue"


def answer(result: Result) -> Answer:
    """Say what to do with the deal, and by how much."""
    figures, probability = result.figures, result.inputs.win_probability
    if isinstance(figures.break_even_probability, Undefined):
        return "worthless"
    if not probability:
        return "no_chance"
    if not figures.remaining_cost:
        return "pursue_for_nothing"
    if figures.verdict == "pursue":
        return "pursue"
    reads_the_same = result.shown("win_probability") == result.shown("break_even_probability")
    if figures.verdict == "review":
        return "review_narrowly" if reads_the_same else "review"
    if figures.break_even_probability > 1:
        return "never_covered"
    return "walk_away_narrowly" if reads_the_same else "walk_away"


def _cautions(inputs: Inputs, cost: Decimal, remaining: Decimal, gain: Decimal) -> tuple[Note, ...]:
    cases = {
        Note("never_covered", "break_even_probability"): 0 < gain < remaining,
        # Where a win is impossible or brings nothing, no new estimate would change the verdict.
        Note("spent_more", "expected_value"): inputs.spent_so_far > cost and inputs.win_probability * gain > 0,
        Note("no_chance", "verdict"): inputs.win_probability == 0,
        Note("certain_win", "verdict"): inputs.win_probability == 1,
    }
    return tuple(note for note, is_so in cases.items() if is_so)


def chart(result: Result) -> Chart | None:
    """Draw where the cost goes: each role, each kind of expense."""
    inputs, fields = result.inputs, result.calculator.input_fields
    role = fields["team"].columns["role"]  # type: ignore[attr-defined]  # it is a table
    bars = [
        (role.show(row.role, result.numerals), spent)
        for row, spent in zip(inputs.team, result.figures.role_costs, strict=False)
    ]
    bars += [(result.gettext(fields[name].label), getattr(inputs, name)) for name in _EXPENSES]
    bars = [(name, spent) for name, spent in bars if spent]
    if not bars:
        return None
    cost = result.calculator.output_fields["cost"]
    return Chart(
        kind="bars",
        title=result.gettext(_("Where the cost goes")),
        category=result.gettext(_("Who or what")),
        categories=tuple(name for name, _spent in bars),
        series=(Series(name=result.gettext(_("Cost")), values=tuple(spent for _name, spent in bars)),),
        unit=cost,
    )
