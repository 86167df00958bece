"""How long do our deals take if the open ones count, too?

A closed deal lasted close − start days; an open one at least as of − start. At each length at which deals closed, the
share still open is that before × (1 − decided ÷ deals that lasted so long); the median is the first length at which a
half or less is still open, the quartiles likewise: see `calculators.core.numbers.survival`.
Source: Kaplan and Meier (1958); Ben Hanowell on why closed deals alone are too short.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import text
from calculators.core.declaring.days import day
from calculators.core.declaring.fields import count, days, rate
from calculators.core.declaring.outcome import Answer, Figure, InvalidInput, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.declaring.series import days_series
from calculators.core.declaring.tables import table
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, mean, percentile
from calculators.core.numbers.survival import Step, first_length, steps
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Sales cycle from dates, with open deals")
QUESTION = _("How long do our deals take if the open ones count, too?")
PAGE = "metrics/sales-cycle-length.md"
SOURCES = (
    "Edward L. Kaplan and Paul Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958)",
    "https://statmodeling.stat.columbia.edu/2019/10/08/bizstat-modeling-performance-indicators-for-deals/",
)

DEAL_NAMES = (
    *(_("Deal A"), _("Deal B"), _("Deal C"), _("Deal D"), _("Deal E"), _("Deal F")),
    *(_("Deal G"), _("Deal H"), _("Deal I"), _("Deal J"), _("Deal K"), _("Deal L")),
)
# Days from the start to the day as of which the deals are looked at, and to the close.
_EXAMPLE = (
    *((260, 113), (237, 35), (208, 63), (175, 20), (152, None), (140, 48)),
    *((103, 28), (96, None), (84, None), (78, 43), (70, None), (40, None)),
)
_AS_OF = Decimal(46_357)
_HALF = Decimal("0.5")
# A long list has hundreds of lengths: the table shows some of them, and always those that are asked for.
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal, won, lost or open: without a day of close it is still open."""

    name: str = text(_("Deal"), names=DEAL_NAMES, is_private=True)
    started: Decimal = day(_("Started"))
    closed: Decimal | None = day(_("Closed"), is_optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    as_of: Decimal = day(
        _("Day of the list"), default="2026-12-01", hint=_("Mostly today. What closes later counts as open.")
    )
    deals: tuple[Deal, ...] = table(
        _("List of deals"),
        row=Deal,
        default=tuple(
            Deal(
                name=name,
                started=_AS_OF - age,
                closed=None if length is None else _AS_OF - age + length,
            )
            for name, (age, length) in zip(DEAL_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_("One row for each deal: won, lost or open. Leave “Closed” empty while a deal is open."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What is still open after some days; `before` is the share just before them."""

    days: Decimal = days(_("Days since the start"))
    lasting: Decimal = count(_("Deals that lasted so long"))
    decided: Decimal = count(_("Decided then"))
    share: Figure = rate(_("Share still open"))
    before: Figure = rate(_("Share still open before"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    median_days: Figure = days(
        _("Half of all deals, the open ones counted, are decided within"), sample="deal_count", goal="at_most"
    )
    quarter_days: Figure = days(_("A quarter of them are decided within"), sample="deal_count", goal="at_most")
    three_quarter_days: Figure = days(
        _("Three quarters of them are decided within"), sample="deal_count", goal="at_most"
    )
    closed_median_days: Figure = days(_("Median of the closed deals alone"), sample="closed", goal="at_most")
    closed_mean_days: Figure = days(_("Mean of the closed deals alone"), sample="closed", goal="at_most")
    deal_count: Decimal = count(_("Number of deals"))
    closed: Decimal = count(_("Closed deals"))
    open: Decimal = count(_("Open deals"), goal="exactly")
    longest_open_days: Figure = days(_("Age of the oldest open deal"), goal="at_most")
    curve: tuple[Share, ...] = table(_("How many are still open after so many days"), row=Share)
    closed_later: Decimal = count(_("Deals closed after the day of the list"), is_working=True)
    total_days: Decimal = days(_("Sum of all cycles"), is_working=True)
    ordered_days: tuple[Decimal, ...] = days_series(_("the cycles in ascending order"), is_working=True)
    oldest_start: Figure = day(_("Start of the oldest open deal"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "median_days": _("the first length after which half of the deals or fewer are still open"),
    "quarter_days": _("the first length after which three quarters of the deals or fewer are still open"),
    "three_quarter_days": _("the first length after which a quarter of the deals or fewer are still open"),
    "closed_median_days": _("{ordered_days}: the value in the middle, or the mean of the two in the middle"),
    "closed_mean_days": "{total_days} ÷ {closed}",
    "longest_open_days": "{as_of} − {oldest_start}",
    "curve.share": "{row.before} × (1 − {row.decided} ÷ {row.lasting})",
}

_IS_CLOSED = '({deals.closed}<>"")*({deals.closed}<={as_of})'
_IS_OPEN = '(({deals.closed}="")+({deals.closed}>{as_of}))'
# The lengths at which deals closed are no formula, nor what is worked out at each: their figures are written as values.
SPREADSHEET = {
    "closed_mean_days": "IF({closed}=0,NA(),{total_days}/{closed})",
    "deal_count": "COUNT({deals.started})",
    "closed": f"SUMPRODUCT({_IS_CLOSED})",
    "open": "{deal_count}-{closed}",
    "longest_open_days": f"IF({{open}}=0,NA(),SUMPRODUCT(MAX({_IS_OPEN}*({{as_of}}-{{deals.started}}))))",
    "closed_later": '0+SUMPRODUCT(({deals.closed}<>"")*({deals.closed}>{as_of}))',
    "total_days": f"0+SUMPRODUCT({_IS_CLOSED}*({{deals.closed}}-{{deals.started}}))",
    "oldest_start": "{as_of}-{longest_open_days}",
}

NOTES = {
    "no_deals": _("There is no sales cycle yet: the list holds no deal."),
    "median_not_reached": _(
        "The median is not reached yet: more than half of the deals are still open at the end of the curve. "
        "Ask again when more of them are decided."
    ),
    "not_reached": _("The curve ends before so many deals are decided. Ask again when more of the open ones are."),
    "none_closed": _("No deal is closed yet, so closed deals alone have no length."),
    "none_open": _("No deal is open."),
    "too_few": _("With fewer than {=5} deals shares would say nothing: read the deals one by one."),
    "few_deals": _(
        "With fewer than {=30} closed deals (here {closed}), each further one moves these figures: "
        "read them as a first hint."
    ),
    "closed_later": _("Closed after {as_of}, and counted as open on that day: {closed_later}."),
    "some_rows": _("The table shows some of the lengths only. All of them are in the figures."),
}

ANSWERS = {
    "with_open": _(
        "Half of our deals are decided within {median_days}, the open ones counted. "
        "Closed deals alone would say {closed_median_days}."
    ),
    "same": _("Half of our deals are decided within {median_days}, whether the open ones are counted or not."),
    "all_closed": _("Half of our deals are decided within {median_days}. No deal is open."),
}


def compute(inputs: Inputs) -> Outputs:
    """Count how many deals lasted how long, closed and open, and follow the share still open."""
    lengths, ages, closed_later = _lengths(inputs)
    closed, still_open = tuple(sorted(lengths)), len(ages)
    found = tuple(steps(Counter(map(int, lengths)), Counter(map(int, ages))))
    lowest, middle, highest = (first_length(found, part, 4) for part in (3, 2, 1))
    has_rates = len(inputs.deals) >= NO_RATE_BELOW
    no_deals = None if inputs.deals else Undefined("no_deals")
    none_closed = no_deals or Undefined("none_closed")
    shown = _rows_shown(found, {lowest, middle, highest})
    curve = tuple(row for place, row in enumerate(_curve(found, has_rates=has_rates)) if place in shown)
    oldest = max(ages, default=None)
    total = sum(closed, Decimal(0))
    return Outputs(
        median_days=_or_missing(middle, no_deals or Undefined("median_not_reached")),
        quarter_days=_or_missing(lowest, no_deals or Undefined("not_reached")),
        three_quarter_days=_or_missing(highest, no_deals or Undefined("not_reached")),
        closed_median_days=percentile(closed, _HALF) if closed else none_closed,
        closed_mean_days=mean(closed) if closed else none_closed,
        deal_count=Decimal(len(inputs.deals)),
        closed=Decimal(len(closed)),
        open=Decimal(still_open),
        longest_open_days=Undefined("none_open") if oldest is None else oldest,
        curve=curve,
        closed_later=Decimal(closed_later),
        total_days=total,
        ordered_days=closed,
        oldest_start=Undefined("none_open") if oldest is None else inputs.as_of - oldest,
        notes=tuple(_remarks(len(closed), closed_later, is_whole=len(curve) == len(found))) if inputs.deals else (),
    )


def _lengths(inputs: Inputs) -> tuple[list[Decimal], list[Decimal], int]:
    """Return the lengths of closed deals, the ages of open ones, and how many of these closed later.

    Raises InvalidInput in the cell of a day that cannot be right.
    """
    lengths, ages, closed_later = [], [], 0
    fields = fields_of(Deal)
    for row, deal in enumerate(inputs.deals, start=1):
        if deal.started > inputs.as_of:
            refusal = InvalidInput("deals", "starts_after_list", maximum=(fields["started"], inputs.as_of))
            raise refusal.in_cell(row, "started", fields["started"].label)
        if deal.closed is None or deal.closed > inputs.as_of:
            ages.append(inputs.as_of - deal.started)
            closed_later += deal.closed is not None
            continue
        if deal.closed < deal.started:
            refusal = InvalidInput("deals", "closed_before_start", minimum=(fields["started"], deal.started))
            raise refusal.in_cell(row, "closed", fields["closed"].label)
        lengths.append(deal.closed - deal.started)
    return lengths, ages, closed_later


def _or_missing(length: int | None, missing: Undefined) -> Figure:
    return missing if length is None else Decimal(length)


def _curve(found: Sequence[Step], *, has_rates: bool) -> Iterator[Share]:
    share = Decimal(1)
    missing = Undefined("too_few")
    for step in found:
        before, share = share, share * (step.lasting - step.ended) / step.lasting
        yield Share(
            days=Decimal(step.length),
            lasting=Decimal(step.lasting),
            decided=Decimal(step.ended),
            share=share if has_rates else missing,
            before=before if has_rates else missing,
        )


def _rows_shown(found: Sequence[Step], asked_for: set[int | None]) -> set[int]:
    """Return the places of all steps or, where they are many, of some up to the last and of those asked for."""
    apart = -(-len(found) // _MOST_ROWS) or 1
    asked = {place for place, step in enumerate(found) if step.length in asked_for}
    return asked | set(range(len(found) - 1, -1, -apart))


def _remarks(closed: int, closed_later: int, *, is_whole: bool) -> Iterator[Note]:
    if 0 < closed < CAUTION_BELOW:
        yield Note("few_deals", "closed")
    if closed_later:
        yield Note("closed_later", "open")
    if not is_whole:
        yield Note("some_rows", "curve")


def answer(result: Result) -> Answer:
    """Say within how many days half of the deals are decided, beside what closed deals alone say."""
    figures = result.figures
    if isinstance(figures.median_days, Undefined):
        return figures.median_days
    if not figures.open:
        return "all_closed"
    return "same" if result.shown("median_days") == result.shown("closed_median_days") else "with_open"


def chart(result: Result) -> Chart | None:
    """Draw the share still open by days, beside that of the closed deals alone."""
    figures = result.figures
    rows = figures.curve
    if not rows or isinstance(rows[0].share, Undefined):
        return None
    fields = fields_of(Share)
    last = figures.longest_open_days if figures.open else rows[-1].days
    # All are open at the start, and after the last close the share stays what it is until the oldest open deal.
    first = ((Decimal(0), Decimal(1)),) if rows[0].days else ()
    rest = ((last, rows[-1].share),) if last > rows[-1].days else ()
    points = (*first, *((row.days, row.share) for row in rows), *rest)
    if len(points) == 1:
        return None
    places = tuple(place for place, _share in points)
    series = [Series(name=result.gettext(_("With the open deals")), values=tuple(share for _place, share in points))]
    if figures.open:
        alone = tuple(sum(length > place for length in figures.ordered_days) / figures.closed for place in places)
        series.append(Series(name=result.gettext(_("Closed deals alone")), values=alone))
    return Chart(
        kind="lines",
        title=result.gettext(_("Deals still open, by days since their start")),
        category=result.gettext(fields["days"].label),
        categories=tuple(fields["days"].show(place, result.numerals) for place in places),
        series=tuple(series),
        unit=fields["share"],
        marks=((result.gettext(_("Half of the deals")), _HALF),),
        positions=places,
        position_unit=fields["days"],
    )
