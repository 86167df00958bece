"""Why do we lose, and is one reason ahead of the others by more than chance?

share of a reason = deals lost for it / all lost deals, with Wilson's interval; the two largest are compared by the
exact test of equal halves (the sign test): were both as frequent, each of their deals would fall to either with one
half.
Sources: Wilson (1927), Dixon and Mood (the sign test); MaRS on whom to ask; see `SOURCES`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import name_list, text
from calculators.core.declaring.fields import count, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.numbers.rate_differences import equal_halves
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval
from calculators.core.running.chances import told
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Reasons for lost deals")
QUESTION = _("Why do we lose, and is one reason ahead of the others by more than chance?")
HEADLINE = "leading_share"
PAGE = "selling/win-loss.md"
SOURCES = (
    "https://learn.marsdd.com/article/win-loss-interview-best-practices/",
    "Edwin B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)",
    "W. J. Dixon and A. M. Mood, The statistical sign test, JASA 41 (1946)",
)

REASON_NAMES = (
    _("No decision (nothing was bought)"),
    _("A competitor fitted the need better"),
    _("Price or terms"),
    _("A function or a proof was missing"),
    _("We came late or reached the wrong people"),
    _("Reason not known"),
)
_EXAMPLE = (("22", "520000"), ("12", "610000"), ("9", "260000"), ("6", "240000"), ("4", "160000"), ("3", "110000"))
# How a reason is called in a sentence that has no name.
_BY_PLACE = _("reason {place}")
_MOST_DEALS = Decimal(10_000)
_LIMIT = Decimal("0.05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Deals that were lost for one reason, the main one of each."""

    name: str = text(_("Reason"), names=REASON_NAMES)
    deals: Decimal = count(_("Lost deals"), maximum=_MOST_DEALS)
    value: Decimal | None = money(_("Their value"), is_optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    reasons: tuple[Reason, ...] = table(
        _("Reasons"),
        row=Reason,
        minimum_rows=2,
        default=tuple(
            Reason(name=name, deals=Decimal(deals), value=Decimal(value))
            for name, (deals, value) in zip(REASON_NAMES, _EXAMPLE, strict=True)
        ),
        hint=_("One main reason for each lost deal, so that no deal counts twice. The value may stay empty."),
    )
    from_buyers: Decimal = count(
        _("Reasons heard from the buyer"),
        default="14",
        hint=_("Of how many of these deals somebody asked the buyer. The others are what sellers believe."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How large a part of the lost deals one reason is."""

    name: str = text(_("Reason"), names=REASON_NAMES)
    share: Figure = rate(_("Share of lost deals"))
    low: Figure = rate(_("Lower end of the interval (95%)"))
    high: Figure = rate(_("Upper end of the interval (95%)"))
    by_value: Figure = rate(_("Share of the value"))
    deals: Decimal = count(_("Lost deals"), is_working=True)
    value: Decimal | None = money(_("Their value"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    leading_share: Figure = rate(_("Share of the most frequent reason"), sample="lost", goal="at_most")
    chance: Figure = rate(
        _("How often chance alone puts one of two equal reasons so far ahead (p-value)"), is_jagged=True
    )
    heard: Figure = rate(_("Reasons heard from the buyer"), sample="lost")
    shares: tuple[Share, ...] = table(_("Reasons beside each other"), row=Share)
    lost: Decimal = count(_("all lost deals"), is_working=True)
    lost_value: Figure = money(_("value of all lost deals"), is_working=True)
    most: Decimal = count(_("deals of the most frequent reason"), is_working=True)
    second: Decimal = count(_("deals of the second reason"), is_working=True)
    leading: tuple[str | int, ...] = name_list(names=REASON_NAMES, by_place=_BY_PLACE)
    notes: tuple[Note, ...] = ()


WORKING = {
    "leading_share": "{most} ÷ {lost}",
    "chance": _("exact test of equal halves: {most} against {second} deals"),
    "heard": "{from_buyers} ÷ {lost}",
    "shares.share": "{row.deals} ÷ {lost}",
    "shares.by_value": "{row.value} ÷ {lost_value}",
}

_DEALS = "{reasons.row.deals}"
_Z = "1.95996398454005"
_SPREAD = f"{_Z}*SQRT({{row.share}}*(1-{{row.share}})/{{lost}}+{_Z}^2/(4*{{lost}}^2))"
_SCALE = f"(1+{_Z}^2/{{lost}})"
_MIDDLE = f"({{row.share}}+{_Z}^2/(2*{{lost}}))"
SPREADSHEET = {
    "leading_share": "IF({lost}<5,NA(),{most}/{lost})",
    "chance": (
        "IF({lost}<5,NA(),IF(2*BINOMDIST({second},{most}+{second},0.5,TRUE)<1E-6,NA(),"
        "MIN(1,2*BINOMDIST({second},{most}+{second},0.5,TRUE))))"
    ),
    "heard": "IF(OR({lost}<5,{from_buyers}>{lost}),NA(),{from_buyers}/{lost})",
    "lost": "SUM({reasons.deals})",
    "lost_value": "IF(COUNT({reasons.value})<ROWS({reasons.value}),NA(),SUM({reasons.value}))",
    "most": "LARGE({reasons.deals},1)",
    "second": "LARGE({reasons.deals},2)",
    "shares.share": f"IF({{lost}}<5,NA(),{_DEALS}/{{lost}})",
    "shares.low": f"IF({_DEALS}=0,0*{{row.share}},({_MIDDLE}-{_SPREAD})/{_SCALE})",
    "shares.high": f"IF({_DEALS}={{lost}},{{row.share}},({_MIDDLE}+{_SPREAD})/{_SCALE})",
    "shares.by_value": "IF({lost_value}=0,NA(),{reasons.row.value}/{lost_value})",
}

NOTES = {
    "hardly_ever": _(
        "Chance alone would differ as much in fewer than one of a million cases, so no figure stands here."
    ),
    "no_lost": _("There are no shares: no deal was lost."),
    "too_few": _("With fewer than {=5} lost deals shares would say nothing. Read each of them instead."),
    "few": _("With fewer than {=30} lost deals chance plays a large part: look at the intervals."),
    "no_value": _("Enter the value of the deals of every reason, and you see their shares of the value."),
    "more_heard_than_lost": _("There is no such share: more reasons were heard from buyers than deals were lost."),
    "mostly_believed": _(
        "Most of these reasons are what sellers believe. Buyers often name another one: ask more of them before you "
        "act on it."
    ),
    "picked_after": _(
        "The two reasons compared are the largest ones, picked after counting. That makes a lead look a little surer "
        "than it is."
    ),
}

ANSWERS = {
    "ahead": _(
        "Most often we lose for this reason: {leading}, {leading_share} of {lost} lost deals. That is more than chance "
        "ahead of the next one."
    ),
    "maybe_ahead": _(
        "Most often we lose for this reason: {leading}, {leading_share} of {lost} lost deals. But its lead over the "
        "next one may be chance."
    ),
    "alike": _("Several reasons are equally frequent, {leading_share} of {lost} lost deals each: {leading}."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute the share of each reason with its interval, and whether the first is ahead by more than chance."""
    rows = inputs.reasons
    lost = sum((row.deals for row in rows), Decimal(0))
    values = [row.value for row in rows if row.value is not None]
    lost_value: Figure = sum(values, Decimal(0)) if len(values) == len(rows) else Undefined("no_value")
    most, second = sorted((row.deals for row in rows), reverse=True)[:2]
    missing = Undefined("too_few" if lost else "no_lost")
    has_rates = lost >= NO_RATE_BELOW
    heard: Figure = missing
    if has_rates:
        heard = inputs.from_buyers / lost if inputs.from_buyers <= lost else Undefined("more_heard_than_lost")
    chance = told(equal_halves(most, second)) if has_rates else missing
    return Outputs(
        leading_share=most / lost if has_rates else missing,
        chance=chance,
        heard=heard,
        shares=tuple(_share(row, lost, lost_value, missing) for row in rows),
        lost=lost,
        lost_value=lost_value,
        most=most,
        second=second,
        leading=_named(rows, most),
        notes=tuple(_remarks(lost, heard, chance)),
    )


def _share(row: Reason, lost: Decimal, lost_value: Figure, missing: Undefined) -> Share:
    by_value = lost_value
    if isinstance(lost_value, Decimal):
        assert row.value is not None  # there is no sum where one is missing
        by_value = row.value / lost_value if lost_value else Undefined("no_value")
    has_rates = lost >= NO_RATE_BELOW
    low, high = wilson_interval(row.deals, lost) if has_rates else (missing, missing)
    return Share(
        name=row.name,
        share=row.deals / lost if has_rates else missing,
        low=low,
        high=high,
        by_value=by_value,
        deals=row.deals,
        value=row.value,
    )


def _named(rows: tuple[Reason, ...], deals: Decimal) -> tuple[str | int, ...]:
    """Return the reasons that so many deals were lost for; one without a name, or with that of another, by place."""
    names = Counter(row.name for row in rows)
    return tuple(
        row.name if row.name and names[row.name] == 1 else place
        for place, row in enumerate(rows, start=1)
        if row.deals == deals
    )


def _remarks(lost: Decimal, heard: Figure, chance: Figure) -> Iterator[Note]:
    if NO_RATE_BELOW <= lost < CAUTION_BELOW:
        yield Note("few", "leading_share")
    if isinstance(heard, Decimal) and heard < Decimal("0.5"):
        yield Note("mostly_believed", "heard")
    if lost >= NO_RATE_BELOW and _is_telling(chance):
        yield Note("picked_after", "leading_share")


def _is_telling(chance: Figure) -> bool:
    """Whether a lead is more than chance, of enough deals: below one of a million there is no figure."""
    return isinstance(chance, Undefined) or chance < _LIMIT


def answer(result: Result) -> Answer:
    """Say which reason is the most frequent, and whether its lead may be chance."""
    figures = result.figures
    if isinstance(figures.leading_share, Undefined):
        return figures.leading_share
    if figures.most == figures.second:
        return "alike"
    return "ahead" if _is_telling(figures.chance) else "maybe_ahead"


def chart(result: Result) -> Chart | None:
    """Draw the share of each reason, by number and by value."""
    rows = result.figures.shares
    if isinstance(result.figures.leading_share, Undefined):
        return None
    columns = result.calculator.output_fields["shares"].columns  # type: ignore[attr-defined]  # it is a table
    shown = ["share", *(["by_value"] if isinstance(rows[0].by_value, Decimal) else [])]
    return Chart(
        kind="bars",
        title=result.gettext(_("Why deals were lost")),
        category=result.gettext(columns["name"].label),
        categories=tuple(columns["name"].show(row.name, result.numerals) for row in rows),
        series=tuple(
            Series(name=result.gettext(columns[name].label), values=tuple(getattr(row, name) for row in rows))
            for name in shown
        ),
        unit=columns["share"],
    )
