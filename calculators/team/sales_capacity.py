"""How much can this team sell, month by month, and does that reach the goal of each quarter?

on board = those of the month before x (1 - attrition / 12) + who starts as planned + successors of those who left
`months_to_replace` months and one before; full sellers = those of each start who are still there x the share of a full
seller that the ramp has by then (that of its last step from that month or earlier);
capacity = full sellers x annual quota / 12 x attainment; gap = goal - capacity, at least 0, by quarter;
quotas of those on board = full sellers x annual quota / 12, added up; over-assignment = these / goal.
Sources: Revcast for ramp, quotas and over-assignment; the rest is arithmetic; see `SOURCES`.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import text
from calculators.core.declaring.fields import count, money, months, number, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.numbers.numerals import round_half_up
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Sales capacity")
QUESTION = _("Can our team reach the goal, and by when do we have to hire?")
HEADLINE = "capacity"
PAGE = "team/capacity.md"
SOURCES = (
    "https://www.revcast.com/resources/how-to-calculate-quota-attainment-over-assignment-and-number-of-sales-reps",
)

QUARTER_NAMES = (_("Quarter 1"), _("Quarter 2"), _("Quarter 3"), _("Quarter 4"))
SELLER_NAMES = (_("On board"), _("Signed"), _("Open seat"))
MONTHS_PER_QUARTER = 3
MONTHS_PER_YEAR = 12
# As far as a ramp is drawn; who has been there longer is where its last step leads.
LONGEST_RAMP = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """What three months of the plan are to bring."""

    name: str = text(_("Quarter"), names=QUARTER_NAMES)
    goal: Decimal = money(_("Revenue goal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """People who start in the same month of the plan."""

    name: str = text(_("Who"), names=SELLER_NAMES, is_private=True)
    people: Decimal = number(_("People"), minimum=Decimal(0), maximum=Decimal(100000))
    start_month: Decimal = count(_("Start (month of the plan)"), minimum=Decimal(-600))


@dataclass(frozen=True, slots=True, kw_only=True)
class RampStep:
    """From which month after the start on which share of a full seller is reached."""

    from_month: Decimal = count(_("From month"), minimum=Decimal(1), maximum=Decimal(LONGEST_RAMP))
    share: Decimal = rate(_("Share of a full seller"))


def _people(name: str, people: str, start: str) -> Seller:
    return Seller(name=name, people=Decimal(people), start_month=Decimal(start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    goals: tuple[Quarter, ...] = table(
        _("Goals by quarter"),
        row=Quarter,
        minimum_rows=1,
        default=tuple(
            Quarter(name=name, goal=Decimal(goal))
            for name, goal in zip(QUARTER_NAMES, ("600000", "650000", "780000", "1000000"), strict=True)
        ),
        hint=_("One row for each quarter, one after the other."),
    )
    sellers: tuple[Seller, ...] = table(
        _("Sellers"),
        row=Seller,
        minimum_rows=1,
        default=(
            _people(SELLER_NAMES[0], "5", "-12"),
            _people(SELLER_NAMES[1], "2", "1"),
            _people(SELLER_NAMES[2], "1", "4"),
        ),
        hint=_("1 is the first month of the plan, 0 the month before. Half a job is 0.5."),
    )
    annual_quota: Decimal = money(
        _("Annual quota of a full seller"), default="600000", hint=_("As it is given to somebody at full speed.")
    )
    attainment: Decimal = rate(
        _("Attainment"),
        default="0.8",
        maximum=Decimal(10),
        hint=_("The share of the quota that full sellers bring on average, those who miss it included."),
    )
    ramp: tuple[RampStep, ...] = table(
        _("Ramp"),
        row=RampStep,
        minimum_rows=1,
        default=tuple(
            RampStep(from_month=Decimal(month), share=Decimal(share))
            for month, share in (("1", "0"), ("3", "0.25"), ("5", "0.5"), ("7", "1"))
        ),
        hint=_("1 is the month of the start. A step holds until the next one."),
    )
    annual_attrition: Decimal = rate(
        _("Sellers who leave in a year"), default="0.2", hint=_("As a share of all, whoever ends it.")
    )
    months_to_replace: Decimal = months(
        _("Months until a seat is filled again"),
        default="3",
        minimum=Decimal(0),
        maximum=Decimal(MONTHS_PER_YEAR),
        is_whole=True,
        hint=_("From the last day of one to the first day of the next. With 12 it stays empty."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuarter:
    """What the team can sell in a quarter, and what is missing."""

    name: str = text(_("Quarter"), names=QUARTER_NAMES)
    goal: Decimal = money(_("Revenue goal"))
    full_sellers: Decimal = number(_("Full sellers"))
    capacity: Decimal = money(_("Capacity"))
    gap: Decimal = money(_("Missing"))
    more_sellers: Figure = count(_("More full sellers"))
    start_by: Decimal = count(_("At full speed if started by month"))
    first_month: Decimal = count(_("first month"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Who is there in a month, and what that is in full sellers."""

    month: Decimal = count(_("Month of the plan"))
    seats: Decimal = number(_("Seats"))
    on_board: Decimal = number(_("On board"))
    in_ramp: Decimal = number(_("Lost in the ramp"))
    full_sellers: Decimal = number(_("Full sellers"))
    capacity: Decimal = money(_("Capacity"))
    started: Decimal = number(_("starting in the month"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfRamp:
    """Which share of a full seller a month after the start brings."""

    month: Decimal = count(_("Month after the start"))
    share: Decimal = rate(_("Share of a full seller"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    capacity: Figure = money(_("Capacity"))
    gap: Figure = money(_("Missing, all quarters"), goal="at_most")
    more_sellers: Figure = count(_("More full sellers in the weakest quarter"), goal="at_most")
    quotas: Figure = money(_("Quotas of those on board"))
    over_assignment: Figure = rate(_("Quotas as a share of the goal"), maximum=None)
    by_quarter: tuple[PlannedQuarter, ...] = table(_("By quarter"), row=PlannedQuarter)
    by_month: tuple[Month, ...] = table(_("By month"), row=Month)
    ramp_curve: tuple[MonthOfRamp, ...] = table(_("The ramp by month"), row=MonthOfRamp)
    total_goal: Decimal = money(_("the goals, added up"), is_working=True)
    full_share: Decimal = rate(_("share that the ramp leads to"), is_working=True)
    ramp_months: Decimal = count(_("month of its last step"), is_working=True)
    # Of the first quarter that lacks something; of the first of all where none does.
    quarter: str = text("", names=QUARTER_NAMES, is_working=True)
    start_by: Decimal = count("", is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "capacity": _("the sum of the column “Capacity” by quarter"),
    "gap": _("the sum of the column “Missing”"),
    "more_sellers": _("the largest value of the column “More full sellers”"),
    "quotas": _("(the column “Full sellers” by month, added up) × {annual_quota} ÷ {=12}"),
    "over_assignment": "{quotas} ÷ {total_goal}",
    "by_quarter.full_sellers": _("the mean of “Full sellers” of its three months"),
    "by_quarter.capacity": "{row.full_sellers} × {annual_quota} ÷ {=4} × {attainment}",
    "by_quarter.gap": _("{row.goal} − {row.capacity}, at least 0"),
    "by_quarter.more_sellers": _(
        "{row.gap} ÷ ({annual_quota} ÷ {=4} × {attainment} × {full_share}), rounded up; what is missing, "
        "by what one seller at the end of the ramp brings"
    ),
    "by_quarter.start_by": "{row.first_month} − {ramp_months} + {=1}",
    "by_month.on_board": _(
        "those of the month before without {annual_attrition} ÷ {=12} of them, those who start as planned, "
        "and successors of those who left {months_to_replace} and one before"
    ),
    "by_month.full_sellers": "{row.on_board} − {row.in_ramp}",
    "by_month.capacity": "{row.full_sellers} × {annual_quota} ÷ {=12} × {attainment}",
}

_START, _PEOPLE = "{sellers.start_month}", "{sellers.people}"
_LEAVE = "{annual_attrition}/12"
_STEPS = "{ramp.from_month}"
_UNCLEAR = f"SUMPRODUCT((COUNTIF({_STEPS},{_STEPS})>1)*1)>0"
_QUARTER = "(ROW()-ROW({by_quarter.first.name})+1)"
_ITS_MONTHS = f"({{by_month.month}}>3*{_QUARTER}-3)*({{by_month.month}}<=3*{_QUARTER})"
_ONE_SELLER = "({annual_quota}/4*{attainment}*{full_share})"
_BEFORE = "{by_month.head.month}:{by_month.previous.month}", "{by_month.head.on_board}:{by_month.previous.on_board}"


def _share_after(months_: str) -> str:
    """Return the formula of the share so many months after a start, 1 being that of the start; of many at once."""
    return f"SUMIF({{ramp_curve.month}},{months_}-({months_}>12)*({months_}-12),{{ramp_curve.share}})"


def _if_clear(formula: str) -> str:
    """Return a formula of what the ramp leads to: in a workbook, too, two steps may come to begin in one month."""
    return f"IF({_UNCLEAR},NA(),{formula})"


_HERE_BEFORE = f"({_START}<=0)"
_AGE = "({row.month}-{by_month.month})"
SPREADSHEET = {
    "capacity": _if_clear("SUM({by_quarter.capacity})"),
    "gap": _if_clear("SUM({by_quarter.gap})"),
    "more_sellers": _if_clear(
        "IF(COUNT({by_quarter.more_sellers})<ROWS({by_quarter.more_sellers}),NA(),MAX({by_quarter.more_sellers}))"
    ),
    "quotas": _if_clear("SUM({by_month.full_sellers})*{annual_quota}/12"),
    "over_assignment": "{quotas}/{total_goal}",
    "total_goal": "SUM({goals.goal})",
    "full_share": "{ramp_curve.last.share}",
    "ramp_months": f"MAX({_STEPS})",
    "by_quarter.goal": "{goals.row.goal}",
    "by_quarter.first_month": f"3*{_QUARTER}-2",
    "by_quarter.full_sellers": _if_clear(f"SUMPRODUCT({_ITS_MONTHS}*{{by_month.full_sellers}})/3"),
    "by_quarter.capacity": "{row.full_sellers}*{annual_quota}/4*{attainment}",
    "by_quarter.gap": "MAX(0,ROUND({row.goal}-{row.capacity},9))",
    "by_quarter.more_sellers": f"IF({{row.gap}}=0,0,ROUNDUP(ROUND({{row.gap}}/{_ONE_SELLER},6),0))",
    "by_quarter.start_by": "{row.first_month}-{ramp_months}+1",
    "by_month.seats": f"SUMPRODUCT({_PEOPLE}*({_START}<={{row.month}}))",
    "by_month.started": (
        f"SUMPRODUCT({_PEOPLE}*({_START}={{row.month}}))"
        f"+SUMIF({_BEFORE[0]},{{row.month}}-1-{{months_to_replace}},{_BEFORE[1]})*{_LEAVE}"
    ),
    "by_month.on_board": (
        f"N({{by_month.previous.on_board}})*(1-{_LEAVE})+{{row.started}}"
        f"+({{row.month}}=1)*SUMPRODUCT({_PEOPLE}*{_HERE_BEFORE})"
    ),
    "by_month.in_ramp": "{row.on_board}-{row.full_sellers}",
    "by_month.full_sellers": _if_clear(
        f"SUMPRODUCT({_PEOPLE}*{_HERE_BEFORE}*{_share_after(f'({{row.month}}-{_START}+1)')})*(1-{_LEAVE})^({{row.month}}-1)"
        f"+SUMPRODUCT(({_AGE}>=0)*{{by_month.started}}*(1-{_LEAVE})^{_AGE}*{_share_after(f'({_AGE}+1)')})"
    ),
    "by_month.capacity": "{row.full_sellers}*{annual_quota}/12*{attainment}",
    "ramp_curve.share": _if_clear(
        f'IF(COUNTIF({_STEPS},"<="&{{row.month}})=0,0,'
        f'SUMIF({_STEPS},SMALL({_STEPS},COUNTIF({_STEPS},"<="&{{row.month}})),{{ramp.share}}))'
    ),
}

NOTES = {
    "same_month": _(
        "Two steps of the ramp begin in the same month, so it is open which one holds: remove one of them."
    ),
    "no_output": _("With this quota, attainment and ramp, a seller brings nothing, so no number of them is enough."),
    "no_goal": _("Without a goal there is nothing to compare with."),
    "quotas_below_goal": _(
        "The quotas given out add up to less than the goal: if everybody reaches exactly 100%, the goal is missed."
    ),
}

ANSWERS = {
    "enough": _("Yes: the team can sell {capacity}, and every quarter has what it needs."),
    "nearly": _("Nearly: the team can sell {capacity}, and hardly anything is missing."),
    "hire": _(
        "No: {gap} is missing. With {more_sellers} more at full speed, no quarter would lack anything; for {quarter} "
        "they have to start by month {start_by} of the plan."
    ),
    "too_soon": _(
        "No: {gap} is missing. "
        "It would take {more_sellers} more at full speed, and for {quarter} it is too late to hire."
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Follow everybody through the months of the plan, those who leave and those who come for them."""
    goal, last_step = _sum(row.goal for row in inputs.goals), max(step.from_month for step in inputs.ramp)
    if len({step.from_month for step in inputs.ramp}) < len(inputs.ramp):
        return _without_ramp(inputs, goal, last_step)
    steps = sorted(inputs.ramp, key=lambda step: step.from_month)
    shares = [_share(steps, month) for month in range(1, LONGEST_RAMP + 1)]
    by_month = _months(inputs, shares)
    by_quarter = tuple(
        _quarter(place, quarter, inputs, by_month, shares[-1], last_step) for place, quarter in enumerate(inputs.goals)
    )
    lacking = next((row for row in by_quarter if row.gap), by_quarter[0])
    quotas = _sum(row.full_sellers for row in by_month) * inputs.annual_quota / MONTHS_PER_YEAR
    return Outputs(
        capacity=_sum(row.capacity for row in by_quarter),
        gap=_sum(row.gap for row in by_quarter),
        more_sellers=_largest([row.more_sellers for row in by_quarter]),
        quotas=quotas,
        over_assignment=quotas / goal if goal else Undefined("no_goal"),
        by_quarter=by_quarter,
        by_month=tuple(by_month),
        ramp_curve=tuple(MonthOfRamp(month=Decimal(month), share=share) for month, share in enumerate(shares, start=1)),
        total_goal=goal,
        full_share=shares[-1],
        ramp_months=last_step,
        quarter=lacking.name,
        start_by=lacking.start_by,
        notes=(Note("quotas_below_goal", "over_assignment"),) if quotas < goal else (),
    )


def answer(result: Result) -> Answer:
    """Say whether every quarter has what it needs, and if not, by when somebody has to start."""
    figures = result.figures
    if isinstance(figures.more_sellers, Undefined):
        return figures.more_sellers
    if not figures.gap:
        return "enough"
    if result.reads_as_zero("gap"):
        return "nearly"
    return "hire" if figures.start_by >= 1 else "too_soon"


def chart(result: Result) -> Chart | None:
    """Draw the goal of each quarter beside what the team can sell."""
    rows = result.figures.by_quarter
    if not rows:
        return None
    fields = result.calculator.output_fields["by_quarter"].columns  # type: ignore[attr-defined]  # it is a table
    return Chart(
        kind="bars",
        title=result.gettext(_("Goal and capacity by quarter")),
        category=result.gettext(_("Quarter")),
        categories=tuple(fields["name"].show(row.name, result.numerals) for row in rows),
        series=tuple(
            Series(name=result.gettext(fields[column].label), values=tuple(getattr(row, column) for row in rows))
            for column in ("goal", "capacity")
        ),
        unit=fields["goal"],
    )


def _without_ramp(inputs: Inputs, goal: Decimal, last_step: Decimal) -> Outputs:
    missing = Undefined("same_month")
    return Outputs(
        capacity=missing,
        gap=missing,
        more_sellers=missing,
        quotas=missing,
        over_assignment=missing,
        by_quarter=(),
        by_month=(),
        ramp_curve=(),
        total_goal=goal,
        full_share=Decimal(0),
        ramp_months=last_step,
        quarter=inputs.goals[0].name,
        start_by=Decimal(0),
    )


def _share(steps: Sequence[RampStep], month: int) -> Decimal:
    """Return the share of the last step that begins in a month after the start, or earlier; before the first, none."""
    return next((step.share for step in reversed(steps) if step.from_month <= month), Decimal(0))


def _months(inputs: Inputs, shares: Sequence[Decimal]) -> list[Month]:
    """Return each month of the plan; whoever leaves does so at the end of a month, the same share of all each time."""
    leave = inputs.annual_attrition / MONTHS_PER_YEAR
    starting: defaultdict[int, Decimal] = defaultdict(Decimal)
    for seller in inputs.sellers:
        # Who started longer ago than the longest ramp is where it leads.
        starting[max(int(seller.start_month), -LONGEST_RAMP)] += seller.people
    before = {start: people for start, people in starting.items() if start < 1}
    # Those of each start who are still there, the latest first, as long as they are in their ramp.
    in_ramp = deque([before.get(start, Decimal(0)) for start in range(0, -LONGEST_RAMP, -1)], maxlen=LONGEST_RAMP)
    seats = on_board = _sum(before.values())
    left: deque[Decimal] = deque([Decimal(0)] * (int(inputs.months_to_replace) + 1))
    rows = []
    for month in range(1, MONTHS_PER_QUARTER * len(inputs.goals) + 1):
        planned = starting.get(month, Decimal(0))
        started = planned + left.popleft()
        seats, on_board = seats + planned, on_board + started
        in_ramp.appendleft(started)
        lost = _sum((1 - share) * people for share, people in zip(shares, in_ramp, strict=True))
        # Whoever has been there longer than the ramp is drawn is where it leads.
        lost += (1 - shares[-1]) * (on_board - _sum(in_ramp))
        full = on_board - lost
        rows.append(
            Month(
                month=Decimal(month),
                seats=seats,
                on_board=on_board,
                in_ramp=lost,
                full_sellers=full,
                capacity=full * inputs.annual_quota / MONTHS_PER_YEAR * inputs.attainment,
                started=started,
            )
        )
        left.append(leave * on_board)
        on_board -= left[-1]
        in_ramp = deque(((1 - leave) * people for people in in_ramp), maxlen=LONGEST_RAMP)
    return rows


def _quarter(
    place: int, quarter: Quarter, inputs: Inputs, by_month: Sequence[Month], full_share: Decimal, last_step: Decimal
) -> PlannedQuarter:
    first = MONTHS_PER_QUARTER * place
    full = _sum(row.full_sellers for row in by_month[first : first + MONTHS_PER_QUARTER]) / MONTHS_PER_QUARTER
    of_one = inputs.annual_quota * MONTHS_PER_QUARTER / MONTHS_PER_YEAR * inputs.attainment
    capacity, one_more = full * of_one, full_share * of_one
    gap = max(Decimal(0), _rounded(quarter.goal - capacity))
    more: Figure = Decimal(0)
    if gap:
        more = Decimal(math.ceil(_rounded(gap / one_more))) if one_more else Undefined("no_output")
    return PlannedQuarter(
        # One without a name is called by its place, in sentences, too.
        name=quarter.name or (*QUARTER_NAMES, str(place + 1))[min(place, len(QUARTER_NAMES))],
        goal=quarter.goal,
        full_sellers=full,
        capacity=capacity,
        gap=gap,
        more_sellers=more,
        start_by=first + 1 - last_step + 1,
        first_month=Decimal(first + 1),
    )


def _rounded(figure: Decimal) -> Decimal:
    """Return a figure without what arithmetic leaves behind the ninth decimal: no gap, and nobody to hire for it."""
    return round_half_up(figure, 9)


def _largest(figures: Sequence[Figure]) -> Figure:
    """Return the largest figure; one that has no meaning leaves none."""
    missing = next((figure for figure in figures if isinstance(figure, Undefined)), None)
    return missing or max(figure for figure in figures if isinstance(figure, Decimal))


def _sum(figures: Iterable[Decimal]) -> Decimal:
    return sum(figures, Decimal(0))
