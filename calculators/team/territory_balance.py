"""Are our territories fair, and how should the goal be divided?

mean = all potential / all sellers; index = potential / sellers / mean; fair quota = goal x share of the potential.
Every territory is to lie within the tolerance of the mean: one outside moves to the nearer edge; what is left over goes
to those on the other side of the mean, in proportion to their distance from it, so that no less can be moved and none
crosses the mean.
Sources: Zoltners and Lorimer (balance by potential, cited from the literature); the moves are ours; see `SOURCES`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import flag, name_list, text
from calculators.core.declaring.fields import count, money, multiple, number, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Territory balance")
QUESTION = _("Are our territories fair, and how should the goal be divided?")
HEADLINE = "potential_to_move"
PAGE = "team/capacity.md"
SOURCES = (
    "https://kellogg.northwestern.edu/faculty/research/detail/2000/"
    "sales-territory-alignment-an-overlooked-productivity-tool",
    "https://bettersalescomp.com/2014/09/22/its-quota-setting-time-beware-of-irrational-exuberance/",
)

TERRITORY_NAMES = (_("North"), _("South"), _("East"), _("West"))
# How a territory is called in a sentence that has no name, or that of another.
_BY_PLACE = _("territory {place}")
_EXAMPLE = (
    ("5400000", "1", "900000", "840000"),
    ("3000000", "1", "600000", "840000"),
    ("4000000", "1", "640000", "840000"),
    ("1600000", "0.5", "400000", "420000"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """What a territory could buy, who sells there, and what it brought and is to bring."""

    # Often that of a person, beside whom a link would put a quota.
    name: str = text(_("Territory"), names=TERRITORY_NAMES, is_private=True)
    potential: Decimal = money(_("Potential in a year"))
    sellers: Decimal = number(_("Sellers"))
    booked: Decimal | None = money(_("Booked last year"), is_optional=True)
    quota: Decimal | None = money(_("Quota"), is_optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    goal: Decimal = money(
        _("Goal to divide"), default="2800000", hint=_("Of all territories, in a year."), quantity="revenue_goal"
    )
    tolerance: Decimal = rate(
        _("Tolerance"),
        default="0.15",
        hint=_("How far from the mean a territory may lie, up or down."),
        is_setting=True,
    )
    territories: tuple[Territory, ...] = table(
        _("Territories"),
        row=Territory,
        minimum_rows=2,
        default=tuple(
            Territory(
                name=name,
                potential=Decimal(potential),
                sellers=Decimal(sellers),
                booked=Decimal(booked),
                quota=Decimal(quota),
            )
            for name, (potential, sellers, booked, quota) in zip(TERRITORY_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_(
            "Potential: what all accounts could buy from you or others. Half a seller is 0.5. "
            "What was booked, and the quota, may stay empty."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How a territory compares with the mean, and what would be fair."""

    name: str = text(_("Territory"), names=TERRITORY_NAMES, is_private=True)
    index: Figure = rate(_("Potential per seller, mean = 100%"))
    outside: bool | Undefined = flag(_("Outside the tolerance"))
    change: Figure = money(_("Potential to gain or give up"))
    fair_quota: Figure = money(_("Fair quota"))
    quota_to_fair: Figure = rate(_("Quota ÷ fair quota"))
    penetration: Figure = rate(_("Booked ÷ potential"))
    potential: Decimal = money(_("Potential in a year"), is_working=True)
    sellers: Decimal = number(_("Sellers"), is_working=True)
    booked: Decimal | None = money(_("Booked last year"), is_working=True)
    quota: Decimal | None = money(_("Quota"), is_working=True)
    to_edge: Figure = money(_("to the edge of the tolerance"), is_working=True)
    further: Figure = money(_("share of what others have over or lack"), is_working=True)
    rest: Figure = money(_("distance from the mean that is left"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    potential_to_move: Figure = money(_("Potential to move"), goal="at_most")
    outside: Figure = count(_("Territories outside the tolerance"), goal="at_most")
    spread: Figure = multiple(_("Largest potential per seller ÷ smallest"), goal="at_most")
    assigned: Figure = rate(_("Quotas ÷ goal"), goal="exactly")
    penetration: Figure = rate(_("Booked ÷ potential, all territories"))
    balance: tuple[Balance, ...] = table(_("Territories beside each other"), row=Balance)
    total_potential: Decimal = money(_("potential of all territories"), is_working=True)
    total_quota: Figure = money(_("sum of the quotas"), is_working=True)
    total_booked: Figure = money(_("booked in all territories"), is_working=True)
    mean: Figure = money(_("Mean potential per seller"), is_working=True)
    lowest: Figure = money(_("Lower edge of the tolerance"), is_working=True)
    highest: Figure = money(_("Upper edge of the tolerance"), is_working=True)
    givers: tuple[str | int, ...] = name_list(names=TERRITORY_NAMES, by_place=_BY_PLACE)
    receivers: tuple[str | int, ...] = name_list(names=TERRITORY_NAMES, by_place=_BY_PLACE)
    notes: tuple[Note, ...] = ()


WORKING = {
    "potential_to_move": _("what is gained in the column “Potential to gain or give up”, added up"),
    "spread": _("the largest value of the column “Potential per seller, mean = 100%” ÷ the smallest"),
    "assigned": "{total_quota} ÷ {goal}",
    "penetration": "{total_booked} ÷ {total_potential}",
    "balance.index": "{row.potential} ÷ {row.sellers} ÷ {mean}",
    "balance.change": "{row.to_edge} + {row.further}",
    "balance.fair_quota": "{goal} × {row.potential} ÷ {total_potential}",
    "balance.quota_to_fair": "{row.quota} ÷ {row.fair_quota}",
    "balance.penetration": "{row.booked} ÷ {row.potential}",
}

# Of a row: how far the nearer edge lies, what it moves further, and how far the mean lies from there.
type _Move = tuple[Fraction, Fraction, Fraction]
_NO_MOVE: _Move = (Fraction(0), Fraction(0), Fraction(0))
_POTENTIAL, _SELLERS = "{territories.row.potential}", "{territories.row.sellers}"
_WITHIN = f"MAX({{lowest}}*{_SELLERS},MIN({{highest}}*{_SELLERS},{_POTENTIAL}))"
# Of what the moves to the edges leave over (negative) or lack, the share of a row, from those on the other side.
_OVER = "SUM({balance.to_edge})"


def _share(sign: str, pick: str) -> str:
    """Return the formula of a row's share of all distances with a sign; none where there is no such distance."""
    total = f'SUMIF({{balance.rest}},"{sign}0")'
    return f"IF({total}=0,0,{pick}(0,{{row.rest}})/{total})"


SPREADSHEET = {
    "potential_to_move": '0*{mean}+SUMIF({balance.change},">0")',
    "outside": "0*{mean}+COUNTIF({balance.outside},TRUE)",
    "spread": "MAX({balance.index})/MIN({balance.index})",
    "assigned": "IF(COUNT({territories.quota})<ROWS({territories.quota}),NA(),SUM({territories.quota})/{goal})",
    "penetration": (
        "IF(COUNT({territories.booked})<ROWS({territories.booked}),NA(),SUM({territories.booked})/{total_potential})"
    ),
    "total_potential": "SUM({territories.potential})",
    "mean": "IF({total_potential}=0,NA(),{total_potential}/SUM({territories.sellers}))",
    "lowest": "{mean}*(1-{tolerance})",
    "highest": "{mean}*(1+{tolerance})",
    "balance.index": f"{_POTENTIAL}/{_SELLERS}/{{mean}}",
    # Spreadsheets multiply in binary: rounded to six places first, what lies on the edge stays within.
    "balance.outside": "ROUND({row.to_edge},6)<>0",
    "balance.to_edge": f"{_WITHIN}-{_POTENTIAL}",
    "balance.rest": f"{_WITHIN}-{{mean}}*{_SELLERS}",
    "balance.further": f"0*{{mean}}-MIN(0,{_OVER})*{_share('<', 'MIN')}-MAX(0,{_OVER})*{_share('>', 'MAX')}",
    "balance.change": "{row.to_edge}+{row.further}",
    "balance.fair_quota": f"{{goal}}*{_POTENTIAL}/{{total_potential}}",
    "balance.quota_to_fair": 'IF({territories.row.quota}="",NA(),{territories.row.quota}/{row.fair_quota})',
    "balance.penetration": f'IF({{territories.row.booked}}="",NA(),{{territories.row.booked}}/{_POTENTIAL})',
}

NOTES = {
    "no_potential": _("There is nothing to compare: no territory has any potential."),
    "no_sellers": _("There is no mean: no territory has a seller."),
    "vacant": _(
        "A territory has no seller: all its potential has to move, and until then nobody carries its share of the goal."
    ),
    "zero_potential": _("A territory has no potential, so nothing can be set against it: enter an estimate."),
    "no_goal": _("With a goal of zero there is no fair quota."),
    "no_quota": _("Enter the quota of every territory, and you see how they compare with the fair ones."),
    "no_booked": _("Enter what every territory booked last year, and you see how much of its potential that is."),
    "above_potential": _("A territory booked more than its potential: the estimate is too low."),
}

ANSWERS = {
    "fair": _("Yes: every territory lies within {tolerance} of the mean potential per seller."),
    "nearly": _("Nearly: hardly any potential has to move for every territory to lie within {tolerance} of the mean."),
    "unfair": _(
        "No: {potential_to_move} of potential has to move from {givers} to {receivers} "
        "for every territory to lie within {tolerance} of the mean."
    ),
    "divided": _("The table shows the fair share of each in the goal of {goal}."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compare the potential per seller with the mean, divide the goal, and move what lies outside the tolerance."""
    rows, tolerance = inputs.territories, Fraction(inputs.tolerance)
    total, sellers = (
        sum((Fraction(getattr(row, name)) for row in rows), Fraction(0)) for name in ("potential", "sellers")
    )
    missing = "no_sellers" if total else "no_potential"
    mean = total / sellers if total and sellers else None
    moves = [_NO_MOVE] * len(rows) if mean is None else _moves(rows, mean, tolerance)
    changes = [edge + further for edge, further, _rest in moves]
    balance = tuple(_balance(inputs, row, total, mean, move) for row, move in zip(rows, moves, strict=True))
    indices = [Fraction(row.index) for row in balance if isinstance(row.index, Decimal)]
    quotas, booked = _sum([row.quota for row in rows]), _sum([row.booked for row in rows])
    return Outputs(
        potential_to_move=_figure(mean and sum((change for change in changes if change > 0), Fraction(0)), missing),
        outside=_figure(mean and Fraction(sum(edge != 0 for edge, _further, _rest in moves)), missing),
        spread=_ratio(max(indices), min(indices), "", "zero_potential") if indices else Undefined(missing),
        assigned=_ratio(quotas, Fraction(inputs.goal), "no_quota", "no_goal"),
        penetration=_ratio(booked, total, "no_booked", "no_potential"),
        balance=balance,
        total_potential=_decimal(total),
        total_quota=_figure(quotas, "no_quota"),
        total_booked=_figure(booked, "no_booked"),
        mean=_figure(mean, missing),
        lowest=_figure(mean and mean * (1 - tolerance), missing),
        highest=_figure(mean and mean * (1 + tolerance), missing),
        givers=_named(rows, [change < 0 for change in changes]),
        receivers=_named(rows, [change > 0 for change in changes]),
        notes=tuple(_cautions(rows)),
    )


def answer(result: Result) -> Answer:
    """Say whether the territories are fair and what has to move, and where the division of the goal stands."""
    figures = result.figures
    if isinstance(figures.potential_to_move, Undefined):
        return figures.potential_to_move
    if not figures.potential_to_move:
        first = "fair"
    else:
        first = "nearly" if result.reads_as_zero("potential_to_move") else "unfair"
    return (first, "divided") if result.inputs.goal else first


def chart(result: Result) -> Chart | None:
    """Draw the potential per seller of each territory, beside the mean and the edges of the tolerance."""
    figures, rows = result.figures, result.inputs.territories
    if isinstance(figures.mean, Undefined):
        return None
    fields = result.calculator.output_fields
    columns = result.calculator.input_fields["territories"].columns  # type: ignore[attr-defined]  # it is a table
    return Chart(
        kind="bars",
        title=result.gettext(_("Potential per seller")),
        category=result.gettext(columns["name"].label),
        categories=tuple(columns["name"].show(row.name, result.numerals) for row in rows),
        series=(
            Series(
                name=result.gettext(_("Potential per seller")),
                values=tuple(row.potential / row.sellers if row.sellers else None for row in rows),
            ),
        ),
        unit=columns["potential"],
        marks=tuple(
            (result.gettext(fields[name].label), getattr(figures, name)) for name in ("lowest", "mean", "highest")
        ),
    )


def _moves(rows: Sequence[Territory], mean: Fraction, tolerance: Fraction) -> list[_Move]:
    """Return the moves that bring every row within the tolerance.

    More than goes over the edges cannot be saved: what is above has to leave, what is missing has to come. The larger
    of both sums is moved. Those on the other side of the mean have room for the rest: to the mean, all differences
    cancel.
    """
    edges, rests = [], []
    for row in rows:
        fair, potential = mean * Fraction(row.sellers), Fraction(row.potential)
        within = max(fair * (1 - tolerance), min(fair * (1 + tolerance), potential))
        edges.append(within - potential)
        rests.append(within - fair)
    over = sum(edges, Fraction(0))
    # Taken over, potential goes to those below the mean; what is missing comes from those above it.
    ready = [min(Fraction(0), rest) if over < 0 else max(Fraction(0), rest) for rest in rests]
    room = sum(ready, Fraction(0))
    further = [-over * share / room if room else Fraction(0) for share in ready]
    return list(zip(edges, further, rests, strict=True))


def _balance(inputs: Inputs, row: Territory, total: Fraction, mean: Fraction | None, move: _Move) -> Balance:
    missing = "no_sellers" if total else "no_potential"
    potential = Fraction(row.potential)
    fair_quota = Fraction(inputs.goal) * potential / total if total else None
    edge, further, rest = move
    return Balance(
        name=row.name,
        index=_ratio(
            mean and potential,
            mean and mean * Fraction(row.sellers),
            missing,
            "vacant" if potential else "zero_potential",
        ),
        outside=Undefined(missing) if mean is None else edge != 0,
        change=_figure(mean and edge + further, missing),
        fair_quota=_figure(fair_quota, missing),
        quota_to_fair=_ratio(row.quota, fair_quota, "no_quota", "zero_potential" if inputs.goal else "no_goal"),
        penetration=_ratio(row.booked, potential, "no_booked", "zero_potential"),
        potential=row.potential,
        sellers=row.sellers,
        booked=row.booked,
        quota=row.quota,
        to_edge=_figure(mean and edge, missing),
        further=_figure(mean and further, missing),
        rest=_figure(mean and rest, missing),
    )


def _ratio(
    amount: Decimal | Fraction | None, whole: Fraction | None, without_amount: str, without_whole: str
) -> Figure:
    if amount is None:
        return Undefined(without_amount)
    return _decimal(Fraction(amount) / whole) if whole else Undefined(without_whole)


def _sum(amounts: Sequence[Decimal | None]) -> Fraction | None:
    """Return the sum of the amounts of all rows; one that is missing leaves none."""
    known = [Fraction(amount) for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if len(known) == len(amounts) else None


def _figure(amount: Fraction | None, missing: str) -> Figure:
    return Undefined(missing) if amount is None else _decimal(amount)


def _named(rows: Sequence[Territory], marks: Sequence[bool]) -> tuple[str | int, ...]:
    """Return the marked territories; one without a name, or with that of another, by its place."""
    names = Counter(row.name for row in rows)
    return tuple(
        row.name if row.name and names[row.name] == 1 else place
        for place, (row, is_marked) in enumerate(zip(rows, marks, strict=False), start=1)
        if is_marked
    )


def _cautions(rows: Sequence[Territory]) -> Iterator[Note]:
    if any(row.booked is not None and row.booked > row.potential for row in rows):
        yield Note("above_potential", "balance")


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
