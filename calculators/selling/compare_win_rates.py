"""Is the difference between two win rates more than chance?

difference = second rate - first rate, with Newcombe's interval; p-value of Fisher's exact test; how many closed deals
each side needs for such a test to find a difference of this size in 80 of 100 tries (Fleiss, with correction).
Sources: Newcombe (1998), Fisher (1935), Fleiss (1981); see `SOURCES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, rate, rate_difference
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.numbers.rate_differences import cases_to_tell, fisher_exact, newcombe_interval
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval
from calculators.core.running.chances import told
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Comparing two win rates")
QUESTION = _("Is the difference between two win rates more than chance?")
HEADLINE = "difference"
PAGE = "selling/win-loss.md"
SOURCES = (
    "Robert G. Newcombe, Interval estimation for the difference between independent proportions, "
    "Statistics in Medicine 17 (1998)",
    "Ronald A. Fisher, The Design of Experiments (1935)",
    "Joseph L. Fleiss, Statistical Methods for Rates and Proportions, 2nd edition (1981)",
)

_MOST_DEALS = Decimal(100_000)
# By convention, what chance brings in fewer than one of twenty comparisons is called more than chance.
_LIMIT = Decimal("0.05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    first_won: Decimal = count(
        _("First: deals won"),
        default="24",
        maximum=_MOST_DEALS,
        hint=_("The first may be a period, a product, a region or a seller."),
    )
    first_lost: Decimal = count(_("First: deals lost"), default="56", maximum=_MOST_DEALS)
    second_won: Decimal = count(
        _("Second: deals won"), default="36", maximum=_MOST_DEALS, hint=_("What you compare it with.")
    )
    second_lost: Decimal = count(_("Second: deals lost"), default="54", maximum=_MOST_DEALS)
    comparisons: Decimal = count(
        _("Comparisons you look at"),
        default="1",
        minimum=Decimal(1),
        maximum=Decimal(1000),
        hint=_("If this is the most striking one of ten, enter 10."),
        is_setting=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    difference: Figure = rate_difference(_("Difference of the win rates"))
    difference_low: Figure = rate_difference(_("Lower end of the interval (95%)"))
    difference_high: Figure = rate_difference(_("Upper end of the interval (95%)"))
    first_rate: Figure = rate(_("First win rate"), sample="first_closed")
    second_rate: Figure = rate(_("Second win rate"), sample="second_closed")
    chance: Figure = rate(_("How often chance alone differs as much (p-value)"), is_jagged=True)
    limit: Decimal = rate(_("Limit for more than chance"))
    deals_to_tell: Figure = count(_("Closed deals of each to tell"), goal="at_most")
    further_deals: Figure = count(_("Closed deals still missing"), goal="at_most")
    first_closed: Decimal = count(_("closed deals of the first"), is_working=True)
    second_closed: Decimal = count(_("closed deals of the second"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "difference": "{second_rate} − {first_rate}",
    "difference_low": _("Newcombe: from the Wilson intervals of {first_rate} and {second_rate}"),
    "difference_high": _("Newcombe: from the Wilson intervals of {first_rate} and {second_rate}"),
    "first_rate": "{first_won} ÷ ({first_won} + {first_lost})",
    "second_rate": "{second_won} ÷ ({second_won} + {second_lost})",
    "chance": _(
        "Fisher’s exact test, two-sided: {first_won} of {first_closed} against {second_won} of {second_closed}"
    ),
    "limit": "{=0.05} ÷ {comparisons}",
    "deals_to_tell": _("Fleiss, with correction for continuity, 80% power: {first_rate} against {second_rate}"),
    "further_deals": _("what each side lacks to {deals_to_tell}, added up"),
}

_Z = "1.95996398454005"


def _wilson(side: str, sign: str) -> str:
    """Return the formula of one end of a Wilson interval."""
    won, cases, share = f"{{{side}_won}}", f"{{{side}_closed}}", f"{{{side}_rate}}"
    spread = f"{_Z}*SQRT({share}*(1-{share})/{cases}+{_Z}^2/(4*{cases}^2))"
    end = f"({share}+{_Z}^2/(2*{cases}){sign}{spread})/(1+{_Z}^2/{cases})"
    return f"IF({won}=0,0,{end})" if sign == "-" else f"IF({won}={cases},1,{end})"


_GAP = "ABS({second_rate}-{first_rate})"
_MIDDLE = "(({first_rate}+{second_rate})/2)"
_PLAIN = (
    f"(({_Z}*SQRT(2*{_MIDDLE}*(1-{_MIDDLE}))+0.841621233572914*SQRT({{first_rate}}*(1-{{first_rate}})"
    f"+{{second_rate}}*(1-{{second_rate}})))^2/{_GAP}^2)"
)
SPREADSHEET = {
    "difference": "{second_rate}-{first_rate}",
    "difference_low": (
        f"{{difference}}-SQRT(({{second_rate}}-{_wilson('second', '-')})^2+({_wilson('first', '+')}-{{first_rate}})^2)"
    ),
    "difference_high": (
        f"{{difference}}+SQRT(({_wilson('second', '+')}-{{second_rate}})^2+({{first_rate}}-{_wilson('first', '-')})^2)"
    ),
    "first_rate": "IF({first_closed}<5,NA(),{first_won}/{first_closed})",
    "second_rate": "IF({second_closed}<5,NA(),{second_won}/{second_closed})",
    "limit": "0.05/{comparisons}",
    "deals_to_tell": (f"IF({_GAP}<1E-12,NA(),ROUNDUP(ROUND({_PLAIN}/4*(1+SQRT(1+4/({_PLAIN}*{_GAP})))^2,6),0))"),
    "further_deals": "MAX(0,{deals_to_tell}-{first_closed})+MAX(0,{deals_to_tell}-{second_closed})",
    "first_closed": "{first_won}+{first_lost}",
    "second_closed": "{second_won}+{second_lost}",
}

NOTES = {
    "hardly_ever": _(
        "Chance alone would differ as much in fewer than one of a million cases, so no figure stands here."
    ),
    "too_few": _(
        "There is nothing to compare: each side needs {=5} closed deals or more (here {first_closed} and "
        "{second_closed})."
    ),
    "no_difference": _("Both rates are the same, so no number of deals would tell them apart."),
    "few": _("One side has fewer than {=30} closed deals: only a very large difference could show."),
    "as_observed": _(
        "The number of deals assumes that the true difference is the one seen here. If it is half as large, about four "
        "times as many are needed."
    ),
    "not_the_cause": _(
        "More than chance is not yet a reason: compare deals of the same kind and size before you say what made the "
        "difference."
    ),
}

ANSWERS = {
    "more_than_chance": _(
        "Yes: {second_rate} against {first_rate} is more than chance. The true difference should lie between "
        "{difference_low} and {difference_high}."
    ),
    "maybe_chance": _(
        "Not shown: {second_rate} against {first_rate} may be chance, which alone differs as much in {chance} of cases."
    ),
    "needs_more": _("Each side would need about {deals_to_tell} closed deals to tell."),
    "same": _("No: both rates are the same, {first_rate}."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compare two win rates: the interval of their difference, the exact test, and how many deals would tell."""
    first, second = inputs.first_won + inputs.first_lost, inputs.second_won + inputs.second_lost
    limit = _LIMIT / inputs.comparisons
    first_rate, second_rate = _rate(inputs.first_won, first), _rate(inputs.second_won, second)
    if isinstance(first_rate, Undefined) or isinstance(second_rate, Undefined):
        missing = Undefined("too_few")
        return Outputs(
            difference=missing,
            difference_low=missing,
            difference_high=missing,
            first_rate=first_rate,
            second_rate=second_rate,
            chance=missing,
            limit=limit,
            deals_to_tell=missing,
            further_deals=missing,
            first_closed=first,
            second_closed=second,
        )
    sides = inputs.first_won, first, inputs.second_won, second
    low, high = newcombe_interval(*sides)
    chance = fisher_exact(*sides)
    # Compared as whole numbers: two shares that are the same may differ in their last digits.
    is_same = inputs.first_won * second == inputs.second_won * first
    needed: Figure = Undefined("no_difference")
    further: Figure = needed
    if not is_same:
        needed = cases_to_tell(first_rate, second_rate).to_integral_value(ROUND_CEILING)
        further = max(Decimal(0), needed - first) + max(Decimal(0), needed - second)
    return Outputs(
        difference=Decimal(0) if is_same else second_rate - first_rate,
        difference_low=low,
        difference_high=high,
        first_rate=first_rate,
        second_rate=second_rate,
        chance=told(chance),
        limit=limit,
        deals_to_tell=needed,
        further_deals=further,
        first_closed=first,
        second_closed=second,
        notes=tuple(_remarks(min(first, second), needed, is_telling=chance < limit)),
    )


def _rate(won: Decimal, closed: Decimal) -> Figure:
    return Undefined("too_few") if closed < NO_RATE_BELOW else won / closed


def _remarks(fewest: Decimal, needed: Figure, *, is_telling: bool) -> Iterator[Note]:
    if fewest < CAUTION_BELOW:
        yield Note("few", "difference")
    if is_telling:
        yield Note("not_the_cause", "difference")
    elif isinstance(needed, Decimal):
        yield Note("as_observed", "deals_to_tell")


def answer(result: Result) -> Answer:
    """Say whether the difference is more than chance, and how many deals would tell where that is open."""
    figures = result.figures
    if isinstance(figures.difference, Undefined):
        return figures.difference
    if not figures.difference:
        return "same"
    chance = figures.chance
    is_telling = isinstance(chance, Undefined) or chance < figures.limit
    return "more_than_chance" if is_telling else ("maybe_chance", "needs_more")


def definitions(inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the exact test, and what others use to call a difference more than chance."""
    unit = fields_of(Outputs)["chance"]
    doubled = outputs.chance
    if isinstance(outputs.difference, Decimal):
        doubled = told(
            fisher_exact(
                inputs.first_won * 2, outputs.first_closed * 2, inputs.second_won * 2, outputs.second_closed * 2
            )
        )
    return (
        Definition(
            code="exact",
            name=_("Fisher’s exact test, two-sided"),
            effect=_("The definition used here. It holds for few deals, too, and is rather too careful than too bold."),
            unit=unit,
            figure=outputs.chance,
        ),
        Definition(
            code="counted_twice",
            name=_("Every deal counted twice"),
            effect=_(
                "A mistake that exports invite: where a deal stands in two rows, one for each product or month, chance "
                "seems smaller than it is."
            ),
            unit=unit,
            figure=doubled,
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw both rates between the ends of their intervals."""
    inputs, figures = result.inputs, result.figures
    if isinstance(figures.difference, Undefined):
        return None
    first = wilson_interval(inputs.first_won, figures.first_closed)
    second = wilson_interval(inputs.second_won, figures.second_closed)
    fields = result.calculator.output_fields
    return Chart(
        kind="bars",
        title=result.gettext(_("Both win rates and the ends of their intervals")),
        category=result.gettext(_("Rate")),
        categories=tuple(result.gettext(fields[name].label) for name in ("first_rate", "second_rate")),
        series=(
            Series(name=result.gettext(_("Lower end of the interval (95%)")), values=(first[0], second[0])),
            Series(name=result.gettext(_("Win rate")), values=(figures.first_rate, figures.second_rate)),
            Series(name=result.gettext(_("Upper end of the interval (95%)")), values=(first[1], second[1])),
        ),
        unit=fields["first_rate"],
    )
