"""Does the plan hold: from a revenue goal by quarter back to deals, opportunities, leads, pipeline by week, and people?

remaining = goal - booked; expected = (live opportunities x their share that closes in the quarter + leads in hand x
lead-to-opportunity rate x theirs) x win rate x deal size, each closing evenly over its time; new revenue = remaining -
expected, of a quarter of which a day lies at least lead time + sales cycle ahead: earlier, nothing begun now can close;
deals = new revenue / deal size; opportunities = deals / win rate; leads = opportunities / lead-to-opportunity rate, by
week of those days; sellers = opportunities decided per day x sales cycle / opportunities a seller works (Little's law).
Sources: Little for the people; the way back from the goal as in `product-mix`; the rest is arithmetic; see `SOURCES`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import choice, text
from calculators.core.declaring.fields import LONGEST_TIME, count, days, money, number, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Revenue plan")
QUESTION = _("Does our plan hold, and what does it take by quarter and by week?")
HEADLINE = "weakest_link"
PAGE = "pipeline/plan.md"
SOURCES = (
    "Sales pipeline mistakes: 8 to avoid, blog article of 2022-11-04, read in a Korean copy",
    "John D. C. Little, A proof for the queuing formula: L = λW, Operations Research 9 (1961)",
)

QUARTER_NAMES = (_("Quarter 1"), _("Quarter 2"), _("Quarter 3"), _("Quarter 4"))
LINKS = {
    "time": _("Time"),
    "sellers": _("Sellers"),
    "leads": _("Leads"),
    "nothing": _("None: the plan holds"),
}
DAYS_PER_QUARTER = Fraction(36525, 400)
DAYS_PER_WEEK = 7
# What a week's list is for: a quarter ahead.
WEEKS = 13
_FIRST_DAY_OF_A_RUNNING_QUARTER = Decimal(-91)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """What a quarter is to bring, and what of it is won already."""

    name: str = text(_("Quarter"), names=QUARTER_NAMES)
    goal: Decimal = money(_("Revenue goal"))
    booked: Decimal = money(_("Already booked"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    goals: tuple[Quarter, ...] = table(
        _("Goals by quarter"),
        row=Quarter,
        minimum_rows=1,
        default=tuple(
            Quarter(name=name, goal=Decimal(goal), booked=Decimal(booked))
            for name, goal, booked in zip(
                QUARTER_NAMES, ("300000", "350000", "400000", "450000"), ("60000", "0", "0", "0"), strict=True
            )
        ),
        hint=_("One row for each quarter, one after the other."),
    )
    days_to_start: Decimal = days(
        _("Days until the first quarter begins"),
        default="0",
        minimum=_FIRST_DAY_OF_A_RUNNING_QUARTER,
        maximum=Decimal(366),
        hint=_("0 if it begins today; −30 if it began 30 days ago."),
    )
    average_deal_size: Decimal = money(
        _("Average deal size"), default="25000", hint=_("Of won deals only."), quantity="average_deal_size"
    )
    win_rate: Decimal = rate(
        _("Win rate"),
        default="0.25",
        hint=_("Won deals as a share of won and lost deals."),
        quantity="win_rate",
    )
    lead_to_opportunity_rate: Decimal = rate(
        _("From lead to opportunity"),
        default="0.2",
        hint=_("The share of leads that become a qualified opportunity."),
        quantity="lead_to_opportunity_rate",
    )
    lead_days: Decimal = days(
        _("Days from lead to opportunity"), default="30", hint=_("From the first contact until it is qualified.")
    )
    cycle_days: Decimal = days(
        _("Sales cycle in days"),
        default="90",
        hint=_("Mean length of closed deals, in calendar days."),
        quantity="cycle_days",
    )
    live_opportunities: Decimal = count(
        _("Opportunities worked at one time"),
        default="40",
        hint=_("Those of today: live, qualified deals."),
        quantity="live_opportunities",
    )
    open_leads: Decimal = count(
        _("Leads in hand"), default="60", hint=_("Leads of today that are worked and are no opportunity yet.")
    )
    sellers: Decimal = count(_("Sellers"), default="5", hint=_("Those who can take a full load."))
    opportunities_per_seller: Decimal = count(
        _("Opportunities a seller can work at one time"), default="15", minimum=Decimal(1)
    )
    leads_per_week: Decimal = count(
        _("Leads you can make in a week"),
        default="25",
        hint=_("By all who make them: marketing, prospecting, partners."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuarter:
    """What a quarter still takes; amounts, counts, and what has to be made in a week."""

    name: str = text(_("Quarter"), names=QUARTER_NAMES)
    remaining: Decimal = money(_("Still to win"))
    expected: Decimal = money(_("Expected from what there is"))
    out_of_reach: Decimal = money(_("Too late for new leads"))
    deals: Figure = count(_("New deals to close"))
    opportunities: Figure = count(_("New opportunities"))
    leads: Figure = count(_("New leads"))
    pipeline_per_week: Figure = money(_("New pipeline per week"))
    leads_per_week: Figure = number(_("New leads per week"))
    sellers: Figure = number(_("Sellers it takes"))
    live_share: Decimal = rate(_("share of the opportunities that close in it"), is_working=True)
    lead_share: Decimal = rate(_("share of the leads in hand that close in it"), is_working=True)
    new_revenue: Decimal = money(_("to win with new leads"), is_working=True)
    first_day: Decimal = days(_("first day on which a new lead can have closed"), is_working=True)
    last_day: Decimal = days(_("last day, counted from today"), is_working=True)
    reach_days: Decimal = days(_("days on which it can"), is_working=True)
    weeks: Decimal = number(_("weeks to begin them in, at least 1"), is_working=True)
    days_left: Decimal = days(_("days left"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What has to be made in one of the next weeks."""

    week: Decimal = count(_("Week"))
    leads: Figure = number(_("New leads"))
    opportunities: Figure = number(_("New opportunities"))
    pipeline: Figure = money(_("New pipeline"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    weakest_link: str | Undefined = choice(_("Weakest link"), options=LINKS)
    out_of_reach: Decimal = money(_("Too late for new leads, all quarters"), goal="at_most")
    sellers_needed: Figure = number(_("Sellers in the busiest quarter"), goal="at_most")
    leads_per_week_needed: Figure = number(_("Leads per week in the busiest quarter"), goal="at_most")
    total_leads: Figure = count(_("New leads, all quarters"), goal="at_most")
    plan: tuple[PlannedQuarter, ...] = table(_("The plan by quarter"), row=PlannedQuarter)
    by_week: tuple[Week, ...] = table(_("The next 13 weeks"), row=Week)
    lead_time: Decimal = days(_("lead time and sales cycle together"), maximum=2 * LONGEST_TIME, is_working=True)
    notes: tuple[Note, ...] = ()


_REVENUE = "{row.new_revenue} ÷ {average_deal_size}"

WORKING = {
    "out_of_reach": _("the sum of the column “Too late for new leads”"),
    "sellers_needed": _("the largest value of the column “Sellers it takes”"),
    "leads_per_week_needed": _("the largest value of the column “New leads per week”"),
    "total_leads": _("the sum of the column “New leads”"),
    "plan.expected": (
        "({live_opportunities} × {row.live_share} + {open_leads} × {lead_to_opportunity_rate} × {row.lead_share}) "
        "× {win_rate} × {average_deal_size}"
    ),
    "plan.out_of_reach": _(
        "{row.remaining} − {row.expected}, at least 0, if the quarter ends within {lead_time} from today; otherwise 0"
    ),
    "plan.deals": _("{row.new_revenue} ÷ {average_deal_size}, rounded up"),
    "plan.opportunities": _("{row.new_revenue} ÷ {average_deal_size} ÷ {win_rate}, rounded up"),
    "plan.leads": _("{row.new_revenue} ÷ {average_deal_size} ÷ {win_rate} ÷ {lead_to_opportunity_rate}, rounded up"),
    "plan.pipeline_per_week": "{row.new_revenue} ÷ {win_rate} ÷ {row.weeks}",
    "plan.leads_per_week": _REVENUE + " ÷ {win_rate} ÷ {lead_to_opportunity_rate} ÷ {row.weeks}",
    "plan.sellers": (
        "({row.remaining} − {row.out_of_reach}) ÷ {average_deal_size} ÷ {win_rate} × {cycle_days} "
        "÷ {row.days_left} ÷ {opportunities_per_seller}"
    ),
}


def _overlap(low: str, high: str, start: str, end: str) -> str:
    """Return the formula of the days that two stretches of time share; both may be whole columns."""
    last = f"({high}+{end}-ABS({high}-{end}))/2"
    first = f"({low}+{start}+ABS({low}-{start}))/2"
    return f"(({last}-{first})+ABS({last}-{first}))/2"


def _share(start: str, length: str) -> str:
    """Return the formula of the share of what closes evenly over a time that falls into a row's quarter."""
    begins, ends = "({row.last_day}-91.3125)", "{row.last_day}"
    at_once = f"IF(AND({begins}<={start},{start}<{ends}),1,0)"
    evenly = f"MAX(0,MIN({ends},{start}+{length})-MAX({begins},{start}))/{length}"
    return f"IF({length}=0,{at_once},{evenly})"


def _in_week(before: str) -> str:
    """Return the formula of how many opportunities are begun in a row's week, so long `before` they close."""
    days_of = _overlap(
        "({row.week}-1)*7", "{row.week}*7", f"({{plan.first_day}}-{before})", f"({{plan.last_day}}-{before})"
    )
    # A quarter out of reach has no days, and nothing new.
    per_day = "{plan.new_revenue}/({plan.reach_days}+({plan.reach_days}=0))"
    return f"SUMPRODUCT({days_of}*({{plan.reach_days}}>0)*{per_day})/{{average_deal_size}}/{{win_rate}}"


_GAP = "MAX(0,{row.remaining}-{row.expected})"
_OPPORTUNITIES = "{row.new_revenue}/{average_deal_size}/{win_rate}"
_LEADS = _OPPORTUNITIES + "/{lead_to_opportunity_rate}"

# Spreadsheets divide in binary: rounded to six places first, 500.00000000000006 stays 500.
SPREADSHEET = {
    "out_of_reach": "SUM({plan.out_of_reach})",
    "sellers_needed": "IF(COUNT({plan.sellers})<ROWS({plan.sellers}),NA(),MAX({plan.sellers}))",
    "leads_per_week_needed": (
        "IF(COUNT({plan.leads_per_week})<ROWS({plan.leads_per_week}),NA(),MAX({plan.leads_per_week}))"
    ),
    "total_leads": "IF(COUNT({plan.leads})<ROWS({plan.leads}),NA(),SUM({plan.leads}))",
    "lead_time": "{lead_days}+{cycle_days}",
    "plan.remaining": "MAX(0,{goals.row.goal}-{goals.row.booked})",
    "plan.live_share": _share("0", "{cycle_days}"),
    "plan.lead_share": _share("{cycle_days}", "{lead_days}"),
    "plan.expected": (
        "({live_opportunities}*{row.live_share}+{open_leads}*{lead_to_opportunity_rate}*{row.lead_share})"
        "*{win_rate}*{average_deal_size}"
    ),
    "plan.last_day": "{days_to_start}+91.3125*(ROW()-ROW({plan.first.name})+1)",
    "plan.first_day": "MAX({row.last_day}-91.3125,{lead_time})",
    "plan.days_left": "{row.last_day}-MAX({row.last_day}-91.3125,0)",
    "plan.reach_days": "MAX(0,{row.last_day}-{row.first_day})",
    "plan.out_of_reach": f"IF({{row.reach_days}}=0,{_GAP},0)",
    "plan.new_revenue": f"IF({{row.reach_days}}=0,0,{_GAP})",
    "plan.deals": "IF({row.new_revenue}=0,0,ROUNDUP(ROUND({row.new_revenue}/{average_deal_size},6),0))",
    "plan.opportunities": f"IF({{row.new_revenue}}=0,0,ROUNDUP(ROUND({_OPPORTUNITIES},6),0))",
    "plan.leads": f"IF({{row.new_revenue}}=0,0,ROUNDUP(ROUND({_LEADS},6),0))",
    "plan.weeks": "MAX(1,{row.reach_days}/7)",
    "plan.pipeline_per_week": "IF({row.new_revenue}=0,0,{row.new_revenue}/{win_rate}/{row.weeks})",
    "plan.leads_per_week": f"IF({{row.new_revenue}}=0,0,{_LEADS}/{{row.weeks}})",
    "plan.sellers": (
        "IF({row.remaining}-{row.out_of_reach}=0,0,({row.remaining}-{row.out_of_reach})/{average_deal_size}/{win_rate}"
        "*{cycle_days}/{row.days_left}/{opportunities_per_seller})"
    ),
    "by_week.opportunities": f"IF(SUM({{plan.new_revenue}})=0,0,{_in_week('{cycle_days}')})",
    "by_week.leads": (f"IF(SUM({{plan.new_revenue}})=0,0,{_in_week('{lead_time}')}/{{lead_to_opportunity_rate}})"),
    "by_week.pipeline": "{row.opportunities}*{average_deal_size}",
}

NOTES = {
    "no_deal_size": _("With an average deal size of zero, a target cannot be reached: enter the size of a usual deal."),
    "no_win_rate": _("With a win rate of zero, a target cannot be reached, however many opportunities there are."),
    "no_lead_rate": _(
        "With no leads becoming opportunities, a target cannot be reached, however many leads there are."
    ),
    "too_late": _(
        "A lead of today closes in {lead_time} on average, so {out_of_reach} can only come from what is there already: "
        "from larger deals, a better win rate, or deals pulled in."
    ),
    "surplus": _(
        "In one quarter or more, what is there is worth more than what is still to win. "
        "What is over is not counted for the next quarter."
    ),
}

ANSWERS = {
    "covered": _("Yes: what is booked and what is there is enough for every quarter."),
    "holds_sellers": _(
        "Yes: the plan holds. The sellers are the tightest link: the busiest quarter takes {sellers_needed}, "
        "and there are {sellers}."
    ),
    "holds_leads": _(
        "Yes: the plan holds. Leads are the tightest link: it takes {leads_per_week_needed} a week, "
        "and you can make {leads_per_week}."
    ),
    "time": _("No: it is too late for {out_of_reach} of it; new leads cannot close in time."),
    "sellers": _("No: there are too few sellers. The busiest quarter takes {sellers_needed}, and there are {sellers}."),
    "leads": _(
        "No: there are too few leads. It takes {leads_per_week_needed} a week, and you can make {leads_per_week}."
    ),
    "also_sellers": _("Sellers are too few as well: {sellers_needed} are needed, and there are {sellers}."),
    "also_leads": _(
        "Leads are too few as well: {leads_per_week_needed} a week are needed, and you can make {leads_per_week}."
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Go back from the goal of each quarter to what has to be made, and compare that with time, people and leads."""
    rates = _Rates(inputs)
    rows = tuple(_planned(place, quarter, inputs, rates) for place, quarter in enumerate(inputs.goals))
    out_of_reach = sum((row.out_of_reach for row in rows), Decimal(0))
    sellers, per_week = _largest([row.sellers for row in rows]), _largest([row.leads_per_week for row in rows])
    leads = [row.leads for row in rows]
    notes = [Note("too_late", "out_of_reach")] if out_of_reach else []
    if any(row.expected > row.remaining for row in rows):
        notes.append(Note("surplus", "plan"))
    missing = next((figure for figure in leads if isinstance(figure, Undefined)), None)
    return Outputs(
        weakest_link=_weakest(inputs, out_of_reach, sellers, per_week),
        out_of_reach=out_of_reach,
        sellers_needed=sellers,
        leads_per_week_needed=per_week,
        total_leads=missing or sum((figure for figure in leads if isinstance(figure, Decimal)), Decimal(0)),
        plan=rows,
        by_week=_weeks(rows, inputs, rates),
        lead_time=inputs.lead_days + inputs.cycle_days,
        notes=tuple(notes),
    )


def answer(result: Result) -> Answer:
    """Say whether the plan holds, and which link is the weakest."""
    figures, inputs = result.figures, result.inputs
    link = figures.weakest_link
    if isinstance(link, Undefined):
        return link
    overloads = {"sellers": _overload(figures.sellers_needed, inputs.sellers)}
    overloads["leads"] = _overload(figures.leads_per_week_needed, inputs.leads_per_week)
    if link == "nothing":
        if not figures.leads_per_week_needed:
            return "covered"
        return "holds_leads" if overloads["leads"] > overloads["sellers"] else "holds_sellers"
    return (link, *(f"also_{name}" for name, overload in overloads.items() if name != link and overload > 1))


def chart(result: Result) -> Chart | None:
    """Draw where the revenue of each quarter is to come from."""
    rows = result.figures.plan
    if not any(row.remaining for row in rows):
        return None
    fields = result.calculator.output_fields["plan"].columns  # type: ignore[attr-defined]  # it is a table
    inside = [min(row.expected, row.remaining) for row in rows]
    series = (
        (_("Expected from what there is"), inside),
        (_("To win with new leads"), [row.new_revenue for row in rows]),
        (_("Too late for new leads"), [row.out_of_reach for row in rows]),
    )
    return Chart(
        kind="stacked",
        title=result.gettext(_("Where the revenue still to win is to come from")),
        category=result.gettext(_("Quarter")),
        categories=tuple(fields["name"].show(row.name, result.numerals) for row in rows),
        series=tuple(Series(name=result.gettext(name), values=tuple(values)) for name, values in series),
        unit=fields["remaining"],
    )


class _Rates:
    """What turns revenue into deals, opportunities and leads; a figure that one of them leaves without meaning says so.

    As fractions: in decimals, 500 could become 500.000…01 and then 501.
    """

    def __init__(self, inputs: Inputs) -> None:
        self._steps = (
            (Fraction(inputs.average_deal_size), Undefined("no_deal_size")),
            (Fraction(inputs.win_rate), Undefined("no_win_rate")),
            (Fraction(inputs.lead_to_opportunity_rate), Undefined("no_lead_rate")),
        )

    def deals(self, revenue: Fraction) -> Fraction | Undefined:
        """Return how many deals a revenue is."""
        return self._back(revenue, 1)

    def opportunities(self, revenue: Fraction) -> Fraction | Undefined:
        """Return how many opportunities it takes."""
        return self._back(revenue, 2)

    def leads(self, revenue: Fraction) -> Fraction | Undefined:
        """Return how many leads it takes."""
        return self._back(revenue, 3)

    def _back(self, revenue: Fraction, steps: int) -> Fraction | Undefined:
        for divisor, missing in self._steps[:steps]:
            if not revenue:
                return revenue
            if not divisor:
                return missing
            revenue /= divisor
        return revenue


def _planned(place: int, quarter: Quarter, inputs: Inputs, rates: _Rates) -> PlannedQuarter:
    begin = Fraction(inputs.days_to_start) + DAYS_PER_QUARTER * place
    end = begin + DAYS_PER_QUARTER
    cycle, lead_days = Fraction(inputs.cycle_days), Fraction(inputs.lead_days)
    live_share, lead_share = _share_of(0, cycle, begin, end), _share_of(cycle, lead_days, begin, end)
    closing = Fraction(inputs.live_opportunities) * live_share
    closing += Fraction(inputs.open_leads) * Fraction(inputs.lead_to_opportunity_rate) * lead_share
    expected = closing * Fraction(inputs.win_rate) * Fraction(inputs.average_deal_size)
    remaining = Fraction(max(Decimal(0), quarter.goal - quarter.booked))
    first_day = max(begin, cycle + lead_days)
    reach_days, days_left = max(Fraction(0), end - first_day), end - max(begin, Fraction(0))
    gap = max(Fraction(0), remaining - expected)
    new, late = (gap, Fraction(0)) if reach_days else (Fraction(0), gap)
    # Of fewer days, nobody makes more in a week than there is to make.
    weeks = max(Fraction(1), reach_days / DAYS_PER_WEEK)
    opportunities, leads = rates.opportunities(new), rates.leads(new)
    pipeline = (
        opportunities if isinstance(opportunities, Undefined) else opportunities * Fraction(inputs.average_deal_size)
    )
    worked = rates.opportunities(remaining - late)
    load = (
        worked
        if isinstance(worked, Undefined)
        else worked * cycle / days_left / Fraction(inputs.opportunities_per_seller)
    )
    return PlannedQuarter(
        name=quarter.name,
        remaining=_decimal(remaining),
        expected=_decimal(expected),
        out_of_reach=_decimal(late),
        deals=_whole(rates.deals(new)),
        opportunities=_whole(opportunities),
        leads=_whole(leads),
        pipeline_per_week=_per(pipeline, weeks),
        leads_per_week=_per(leads, weeks),
        sellers=_figure(load),
        live_share=_decimal(live_share),
        lead_share=_decimal(lead_share),
        new_revenue=_decimal(new),
        first_day=_decimal(first_day),
        last_day=_decimal(end),
        reach_days=_decimal(reach_days),
        weeks=_decimal(weeks),
        days_left=_decimal(days_left),
    )


def _share_of(start: Fraction | int, length: Fraction, begin: Fraction, end: Fraction) -> Fraction:
    """Return the share that falls into a stretch of days, of what is spread evenly over a time that begins at a day."""
    if not length:
        return Fraction(begin <= start < end)
    return max(Fraction(0), min(end, start + length) - max(begin, start)) / length


def _weeks(rows: Sequence[PlannedQuarter], inputs: Inputs, rates: _Rates) -> tuple[Week, ...]:
    """Return what all quarters together take in each week, so that it closes in theirs.

    Where what all of them take has no meaning, a week without any has none either.
    """
    # Of each quarter: the first and the last day on which a deal that begins now can close, and what is to close a day.
    closing = [
        (Fraction(row.first_day), Fraction(row.last_day), Fraction(row.new_revenue) / Fraction(row.reach_days))
        for row in rows
        if row.new_revenue
    ]
    cycle, size = Fraction(inputs.cycle_days), inputs.average_deal_size
    lead_time = cycle + Fraction(inputs.lead_days)
    new = sum((Fraction(row.new_revenue) for row in rows), Fraction(0))
    no_opportunities, no_leads = (
        figure if isinstance(figure := back(new), Undefined) else None for back in (rates.opportunities, rates.leads)
    )
    weeks = []
    for week in range(1, WEEKS + 1):
        opportunities = no_opportunities or _figure(rates.opportunities(_begun_in(week, closing, cycle)))
        weeks.append(
            Week(
                week=Decimal(week),
                leads=no_leads or _figure(rates.leads(_begun_in(week, closing, lead_time))),
                opportunities=opportunities,
                pipeline=opportunities if isinstance(opportunities, Undefined) else opportunities * size,
            )
        )
    return tuple(weeks)


def _begun_in(week: int, closing: Sequence[tuple[Fraction, Fraction, Fraction]], before: Fraction) -> Fraction:
    """Return the revenue whose deals are begun in a week, so long before they close."""
    begin, end = DAYS_PER_WEEK * (week - 1) + before, DAYS_PER_WEEK * week + before
    shares = ((min(end, last) - max(begin, first)) * per_day for first, last, per_day in closing)
    return sum((share for share in shares if share > 0), Fraction(0))


def _figure(amount: Fraction | Undefined) -> Figure:
    return amount if isinstance(amount, Undefined) else _decimal(amount)


def _weakest(inputs: Inputs, out_of_reach: Decimal, sellers: Figure, leads: Figure) -> str | Undefined:
    """Return which link gives way first: time, which nothing makes up for, before the larger overload of the others.

    Less than half a deal is no reason to name time: deals come whole.
    """
    for figure in (sellers, leads):
        if isinstance(figure, Undefined):
            return figure
    if out_of_reach and 2 * out_of_reach >= inputs.average_deal_size:
        return "time"
    overloads = {"sellers": _overload(sellers, inputs.sellers), "leads": _overload(leads, inputs.leads_per_week)}
    link = max(overloads, key=overloads.__getitem__)
    return link if overloads[link] > 1 else "nothing"


def _overload(needed: Figure, there: Decimal) -> Decimal:
    """Return how many times what is there is needed; where nothing is there, more than anything."""
    assert isinstance(needed, Decimal)
    if not needed:
        return Decimal(0)
    return needed / there if there else Decimal("Infinity")


def _largest(figures: Sequence[Figure]) -> Figure:
    """Return the largest figure; one that has no meaning leaves none."""
    missing = next((figure for figure in figures if isinstance(figure, Undefined)), None)
    return missing or max((figure for figure in figures if isinstance(figure, Decimal)), default=Decimal(0))


def _per(amount: Fraction | Undefined, weeks: Fraction) -> Figure:
    if isinstance(amount, Undefined):
        return amount
    return _decimal(amount / weeks) if amount else Decimal(0)


def _whole(amount: Fraction | Undefined) -> Figure:
    return amount if isinstance(amount, Undefined) else Decimal(math.ceil(amount))


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
