"""How do our cohorts convert while some of their deals are still open?

win rate so far = won / (won + lost); lowest possible rate = won / deals, if every open deal is lost; highest = (won +
open) / deals, if every one is won. The newest cohort can be compared once its lowest rate lies above, or its highest
below, the rate of earlier cohorts of which at most a tenth is open; or once no more of its own is.
Sources: Sightfull for cohorts against counts in a period, Wilson for the interval; see `SOURCES`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import choice, text
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, rate
from calculators.core.declaring.outcome import Answer, Figure, InvalidInput, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.declaring.tables import table
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Conversion of cohorts")
QUESTION = _("How do our cohorts convert while some of their deals are still open?")
HEADLINE = "decided_rate"
PAGE = "metrics/conversion-rate.md"
SOURCES = (
    "https://www.sightfull.com/glossary/sales-funnel-progression-rate/",
    "Edwin B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)",
)

# Of so many parts of a cohort, one may be open, and it is as good as decided.
_PARTS = 10

COHORT_NAMES = (_("Quarter 1"), _("Quarter 2"), _("Quarter 3"), _("Quarter 4"))
# Of the youngest, won of all looks worst and won of those decided best.
_EXAMPLE = (("80", "20", "58"), ("90", "21", "63"), ("100", "16", "44"), ("120", "12", "18"))
VERDICTS = {
    "above": _("Yes: it is above the earlier ones, and open deals cannot change that"),
    "below": _("Yes: it is below the earlier ones, and open deals cannot change that"),
    "alike": _("Yes: it is nearly decided, and no difference shows"),
    "not_yet": _("Not yet: too many of its deals are open"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The deals that began in one period, and how they stand today."""

    name: str = text(_("Began in"), names=COHORT_NAMES)
    entered: Decimal = count(_("Deals"))
    won: Decimal = count(_("Won"))
    lost: Decimal = count(_("Lost"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    cohorts: tuple[Cohort, ...] = table(
        _("Cohorts, from oldest to newest"),
        row=Cohort,
        minimum_rows=1,
        default=tuple(
            Cohort(name=name, entered=Decimal(entered), won=Decimal(won), lost=Decimal(lost))
            for name, (entered, won, lost) in zip(COHORT_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_(
            "All deals that were created in the period, and how many of them are won or lost today, whenever that was. "
            "The others count as open."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortRates:
    """Between which rates a cohort will end."""

    name: str = text(_("Began in"), names=COHORT_NAMES)
    open: Decimal = count(_("Still open"))
    share_open: Figure = rate(_("Share open"))
    lowest_rate: Figure = rate(_("Lowest possible rate"))
    decided_rate: Figure = rate(_("Win rate so far"))
    decided_low: Figure = rate(_("Lower end (95%)"))
    decided_high: Figure = rate(_("Upper end (95%)"))
    highest_rate: Figure = rate(_("Highest possible rate"))
    entered: Decimal = count(_("Deals"), is_working=True)
    won: Decimal = count(_("Won"), is_working=True)
    lost: Decimal = count(_("Lost"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    decided_rate: Figure = rate(_("Win rate so far, all cohorts"), sample="decided")
    decided_low: Figure = rate(_("Lower end of the interval (95%)"))
    decided_high: Figure = rate(_("Upper end of the interval (95%)"))
    lowest_rate: Figure = rate(_("Lowest possible rate"), sample="entered")
    highest_rate: Figure = rate(_("Highest possible rate"), sample="entered")
    open: Decimal = count(_("Still open"), goal="exactly")
    closed_rate: Figure = rate(_("Win rate of earlier cohorts, nearly decided"), sample="closed_decided")
    comparable: str | Undefined = choice(_("Can the newest cohort be compared?"), options=VERDICTS)
    cohort_rates: tuple[CohortRates, ...] = table(_("Cohorts beside each other"), row=CohortRates)
    entered: Decimal = count(_("deals of all cohorts"), is_working=True)
    won: Decimal = count(_("won deals of all cohorts"), is_working=True)
    lost: Decimal = count(_("lost deals of all cohorts"), is_working=True)
    decided: Decimal = count(_("decided deals of all cohorts"), is_working=True)
    closed_won: Decimal = count(_("won deals of earlier cohorts that are nearly decided"), is_working=True)
    closed_decided: Decimal = count(_("decided deals of earlier cohorts that are nearly decided"), is_working=True)
    newest_lowest: Figure = rate(_("lowest possible rate of the newest cohort"), is_working=True)
    newest_highest: Figure = rate(_("highest possible rate of the newest cohort"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "decided_rate": "{won} ÷ ({won} + {lost})",
    "decided_low": _(
        "Wilson: (p + z² ÷ 2n − z × √(p × (1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n) "
        "with p = {decided_rate}, n = {decided}, z = {=1.96}"
    ),
    "decided_high": _(
        "Wilson: (p + z² ÷ 2n + z × √(p × (1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n) "
        "with p = {decided_rate}, n = {decided}, z = {=1.96}"
    ),
    "lowest_rate": "{won} ÷ {entered}",
    "highest_rate": "({won} + {open}) ÷ {entered}",
    "open": "{entered} − {won} − {lost}",
    "closed_rate": "{closed_won} ÷ {closed_decided}",
    "comparable": _("{newest_lowest} to {newest_highest} against {closed_rate}"),
    "cohort_rates.share_open": "{row.open} ÷ {row.entered}",
    "cohort_rates.lowest_rate": "{row.won} ÷ {row.entered}",
    "cohort_rates.decided_rate": "{row.won} ÷ ({row.won} + {row.lost})",
    "cohort_rates.highest_rate": "({row.won} + {row.open}) ÷ {row.entered}",
}

_ENTERED, _WON, _LOST = "{cohorts.row.entered}", "{cohorts.row.won}", "{cohorts.row.lost}"
_OPEN = f"({_ENTERED}-{_WON}-{_LOST})"
_Z = "1.95996398454005"


def _wilson(won: str, lost: str, share: str, sign: str) -> str:
    """Return the formula of one end of a Wilson interval; without a share it gives no figure."""
    cases = f"({won}+{lost})"
    spread = f"{_Z}*SQRT({share}*(1-{share})/{cases}+{_Z}^2/(4*{cases}^2))"
    end = f"({share}+{_Z}^2/(2*{cases}){sign}{spread})/(1+{_Z}^2/{cases})"
    return f"IF({won}=0,0*{share},{end})" if sign == "-" else f"IF({lost}=0,0+{share},{end})"


def _of_closed(column: str) -> str:
    """Return the formula of a sum over the cohorts that are nearly decided, but for the newest."""
    share = f"({_PARTS}*{{cohort_rates.open}}<={{cohorts.entered}})"
    newest = f"{_PARTS}*{{cohort_rates.last.open}}<={{cohorts.last.entered}}"
    own = column.replace("cohorts.", "cohorts.last.")
    return f"SUMPRODUCT({share}*({column}))-IF({newest},{own},0)"


SPREADSHEET = {
    "decided_rate": "IF({decided}<5,NA(),{won}/{decided})",
    "decided_low": _wilson("{won}", "{lost}", "{decided_rate}", "-"),
    "decided_high": _wilson("{won}", "{lost}", "{decided_rate}", "+"),
    "lowest_rate": "IF({entered}<5,NA(),{won}/{entered})",
    "highest_rate": "IF({entered}<5,NA(),({won}+{open})/{entered})",
    "open": "IF(COUNT({cohort_rates.open})<ROWS({cohort_rates.open}),NA(),SUM({cohort_rates.open}))",
    "closed_rate": "IF({closed_decided}<5,NA(),{closed_won}/{closed_decided})",
    "entered": "SUM({cohorts.entered})",
    "won": "SUM({cohorts.won})",
    "lost": "SUM({cohorts.lost})",
    "decided": "{won}+{lost}",
    "closed_won": _of_closed("{cohorts.won}"),
    "closed_decided": _of_closed("{cohorts.won}+{cohorts.lost}"),
    "newest_lowest": "0+{cohort_rates.last.lowest_rate}",
    "newest_highest": "0+{cohort_rates.last.highest_rate}",
    "cohort_rates.open": f"IF({_OPEN}<0,NA(),{_OPEN})",
    "cohort_rates.share_open": f"IF({_ENTERED}<5,NA(),{{row.open}}/{_ENTERED})",
    "cohort_rates.lowest_rate": f"IF({_ENTERED}<5,NA(),{_WON}/{_ENTERED})",
    "cohort_rates.decided_rate": f"IF({_WON}+{_LOST}<5,NA(),{_WON}/({_WON}+{_LOST}))",
    "cohort_rates.decided_low": _wilson(_WON, _LOST, "{row.decided_rate}", "-"),
    "cohort_rates.decided_high": _wilson(_WON, _LOST, "{row.decided_rate}", "+"),
    "cohort_rates.highest_rate": f"IF({_ENTERED}<5,NA(),({_WON}+{{row.open}})/{_ENTERED})",
}

NOTES = {
    "no_deals": _("There is no rate where no deal began."),
    "too_few_deals": _("With fewer than {=5} deals a rate would say nothing."),
    "none_decided": _("There is no win rate so far: no deal has been won or lost."),
    "too_few_decided": _("With fewer than {=5} decided deals a win rate would say nothing."),
    "nothing_to_compare": _(
        "The newest cohort has nothing to be compared with: no earlier one has at most 10% of its deals open and {=5} "
        "decided ones or more."
    ),
    "few_decided": _("With fewer than {=30} decided deals chance plays a large part: look at the intervals."),
    "quick_first": _(
        "Quick deals are decided first, and winning and losing do not take the same time: the win rate of a young "
        "cohort is biased, and its interval does not say how much. Compare cohorts at the same age, or wait until at "
        "most about 10% is open."
    ),
    "may_be_chance": _("A difference between cohorts may still be chance. Compare them as two win rates."),
}

ANSWERS = {
    "ends_between": _(
        "Of the deals decided so far, {decided_rate} were won. Once the open ones are decided, the rate will lie "
        "between {lowest_rate} and {highest_rate}."
    ),
    "hardly_open": _("Of the deals decided so far, {decided_rate} were won, and the open ones can hardly change that."),
    "all_decided": _("All deals are decided, and {decided_rate} of them were won."),
    "newest_not_yet": _(
        "The newest cohort cannot be compared yet: it will end between {newest_lowest} and {newest_highest}, against "
        "{closed_rate} of the earlier ones that are nearly decided."
    ),
    "newest_above": _(
        "The newest cohort is above the earlier ones, and open deals cannot change that: {newest_lowest} at least, "
        "against {closed_rate}."
    ),
    "newest_below": _(
        "The newest cohort is below the earlier ones, and open deals cannot change that: {newest_highest} at most, "
        "against {closed_rate}."
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute between which rates each cohort and all together will end, and whether the newest can be compared.

    Raises InvalidInput where more deals are decided than began.
    """
    for place, cohort in enumerate(inputs.cohorts, start=1):
        _check(place, cohort)
    rows = tuple(_rates(cohort) for cohort in inputs.cohorts)
    *earlier, newest = rows
    whole = _rates(_sum("", inputs.cohorts))
    closed = [row for row in earlier if _is_nearly_decided(row)]
    closed_won = sum((row.won for row in closed), Decimal(0))
    closed_decided = sum((row.won + row.lost for row in closed), Decimal(0))
    closed_rate: Figure = Undefined("nothing_to_compare")
    if closed_decided >= NO_RATE_BELOW:
        closed_rate = closed_won / closed_decided
    comparable = _verdict(newest, closed, closed_rate)
    return Outputs(
        decided_rate=whole.decided_rate,
        decided_low=whole.decided_low,
        decided_high=whole.decided_high,
        lowest_rate=whole.lowest_rate,
        highest_rate=whole.highest_rate,
        open=whole.open,
        closed_rate=closed_rate,
        comparable=comparable,
        cohort_rates=rows,
        entered=whole.entered,
        won=whole.won,
        lost=whole.lost,
        decided=whole.won + whole.lost,
        closed_won=closed_won,
        closed_decided=closed_decided,
        newest_lowest=newest.lowest_rate,
        newest_highest=newest.highest_rate,
        notes=tuple(_remarks(rows, comparable)),
    )


def _check(place: int, cohort: Cohort) -> None:
    fields = fields_of(Cohort)
    for column, most in (("won", cohort.entered), ("lost", cohort.entered - cohort.won)):
        if getattr(cohort, column) > most:
            refusal = InvalidInput("cohorts", "too_large", maximum=(fields[column], most))
            raise refusal.in_cell(place, column, fields[column].label)


def _sum(name: str, cohorts: Sequence[Cohort]) -> Cohort:
    sums = {
        column: sum((getattr(cohort, column) for cohort in cohorts), Decimal(0))
        for column in ("entered", "won", "lost")
    }
    return Cohort(name=name, **sums)


def _rates(cohort: Cohort) -> CohortRates:
    entered, won, decided = cohort.entered, cohort.won, cohort.won + cohort.lost
    decided_rate = _share(won, decided, "none_decided", "too_few_decided")
    low, high = decided_rate, decided_rate
    if isinstance(decided_rate, Decimal):
        low, high = wilson_interval(won, decided)
    still_open = entered - decided
    return CohortRates(
        name=cohort.name,
        open=still_open,
        share_open=_share(still_open, entered, "no_deals", "too_few_deals"),
        lowest_rate=_share(won, entered, "no_deals", "too_few_deals"),
        decided_rate=decided_rate,
        decided_low=low,
        decided_high=high,
        highest_rate=_share(won + still_open, entered, "no_deals", "too_few_deals"),
        entered=entered,
        won=won,
        lost=cohort.lost,
    )


def _share(part: Decimal, whole: Decimal, empty: str, too_few: str) -> Figure:
    if whole < NO_RATE_BELOW:
        return Undefined(too_few if whole else empty)
    return part / whole


def _is_nearly_decided(row: CohortRates) -> bool:
    return _PARTS * row.open <= row.entered


def _verdict(newest: CohortRates, closed: Sequence[CohortRates], closed_rate: Figure) -> str | Undefined:
    """Return whether the newest cohort lies apart from the earlier ones that are nearly decided, whatever comes."""
    if isinstance(closed_rate, Undefined):
        return closed_rate
    if isinstance(newest.lowest_rate, Undefined) or isinstance(newest.highest_rate, Undefined):
        return newest.lowest_rate if isinstance(newest.lowest_rate, Undefined) else Undefined("too_few_deals")
    entered, won, still_open = (sum(getattr(row, column) for row in closed) for column in ("entered", "won", "open"))
    if newest.lowest_rate * entered > won + still_open:
        return "above"
    if newest.highest_rate * entered < won:
        return "below"
    return "alike" if _is_nearly_decided(newest) else "not_yet"


def _remarks(rows: Sequence[CohortRates], comparable: str | Undefined) -> Iterator[Note]:
    if comparable in {"above", "below"}:
        yield Note("may_be_chance", "comparable")
    if any(NO_RATE_BELOW <= row.won + row.lost < CAUTION_BELOW for row in rows):
        yield Note("few_decided", "cohort_rates")
    if any(not _is_nearly_decided(row) for row in rows):
        yield Note("quick_first", "cohort_rates")


def answer(result: Result) -> Answer:
    """Say which share was won, where it may end, and whether the newest cohort can be compared yet."""
    figures = result.figures
    if isinstance(figures.decided_rate, Undefined):
        return figures.decided_rate
    if not figures.open:
        first = "all_decided"
    else:
        is_open = result.shown("lowest_rate") != result.shown("highest_rate")
        first = "ends_between" if is_open else "hardly_open"
    further = _of_newest(result)
    return (first, further) if further else first


def _of_newest(result: Result) -> str | None:
    """Return the sentence about the newest cohort, where its figures, as they are shown, bear it out."""
    verdict = result.figures.comparable
    if verdict == "not_yet":
        return "newest_not_yet"
    end = {"above": "newest_lowest", "below": "newest_highest"}.get(verdict)
    if end is None or result.shown(end) == result.shown("closed_rate"):
        return None
    return f"newest_{verdict}"


def definitions(_inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return the win rate so far, and what others take for the conversion of cohorts."""
    unit = fields_of(Outputs)["decided_rate"]
    return (
        Definition(
            code="of_decided",
            name=_("Of those decided: won ÷ (won + lost), all cohorts"),
            effect=_(
                "The definition used here, with both ends beside it. Too high while losing takes longer than winning, "
                "too low while it is the other way around."
            ),
            unit=unit,
            figure=outputs.decided_rate,
        ),
        Definition(
            code="of_all",
            name=_("Of all that began: won ÷ deals, all cohorts"),
            effect=_("Treats open deals as lost, so the youngest cohort looks worst, and every rate still rises."),
            unit=unit,
            figure=outputs.lowest_rate,
        ),
        Definition(
            code="of_closed",
            name=_("Of earlier cohorts that are nearly decided: won ÷ (won + lost)"),
            effect=_("Hardly moves any more, but it says how you sold some time ago."),
            unit=unit,
            figure=outputs.closed_rate,
        ),
    )


def chart(result: Result) -> Chart:
    """Draw how many deals of each cohort are won, lost and still open."""
    rows = result.figures.cohort_rates
    columns = fields_of(CohortRates)
    return Chart(
        kind="stacked",
        title=result.gettext(_("How the deals of each cohort stand")),
        category=result.gettext(columns["name"].label),
        categories=tuple(columns["name"].show(row.name, result.numerals) for row in rows),
        series=tuple(
            Series(name=result.gettext(columns[name].label), values=tuple(getattr(row, name) for row in rows))
            for name in ("won", "lost", "open")
        ),
        unit=columns["open"],
    )
