"""The pictures of one page: charts as data, drawn by the page as those of the calculators are."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from calculators.analysis.figures.periods import QUARTER, name_of, period_of
from calculators.analysis.figures.view import View
from calculators.analysis.page.about import Answered
from calculators.analysis.page.writing import Writing, exact
from calculators.core.declaring import charts
from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.fields import Count, Days, Money, Rate
from calculators.core.words.messages import _

_AMOUNT, _COUNT, _DAYS, _SHARE = Money(label=""), Count(label="", is_whole=True), Days(label=""), Rate(label="")
_MOST_STAGES, _MOST_QUARTERS, _BINS = 15, 12, 12


def pictures(about: Answered, view: View) -> list[dict[str, Any]]:
    """Return the charts of the picture, those that the answer has numbers for."""
    drawn = {
        "stages": _stages(about),
        "quarters": _quarters(about, view),
        "lengths": _lengths(about, view),
        "cycle": _cycle(about, view),
        "forecast": _forecast(about),
    }
    return [{"name": name, **charts.to_page(chart, about.write.numerals)} for name, chart in drawn.items() if chart]


def _stages(about: Answered) -> Chart | None:
    write = about.write
    found = (about.figures["stages"] or [])[:_MOST_STAGES]
    if not found or all(one["value"] is None for one in found):
        return None
    return Chart(
        kind="bars",
        title=write.say(_("Open deals by stage: value, and how old they are")),
        category=write.say(_("Stage")),
        categories=tuple(
            write.say(
                _("{stage}: {deals}, mean age {days}"),
                stage=one["stage"],
                deals=write.deals(one["deals"]),
                days=write.days_aloud(one["mean_age_days"]),
            )
            if one["mean_age_days"] is not None
            else write.say(_("{stage}: {deals}"), stage=one["stage"], deals=write.deals(one["deals"]))
            for one in found
        ),
        series=(Series(name=write.say(_("Value")), values=tuple(_or_none(one["value"]) for one in found)),),
        unit=_AMOUNT,
    )


def _or_none(value: Any) -> Decimal | None:
    return None if value is None else exact(value)


def _quarters(about: Answered, view: View) -> Chart | None:
    write = about.write
    won, lost = (_by_quarter(days) for days in (view.won_by_day, view.lost_by_day))
    quarters = sorted(won | lost)[-_MOST_QUARTERS:]
    if not quarters or about.figures["won"] is None:
        return None
    partial = {one["period"] for one in about.figures["revenue"] or [] if one["is_partial"]}
    names = [name_of(quarter, QUARTER) for quarter in quarters]
    return Chart(
        kind="columns",
        title=_title_of_quarters(write, [name for name in names if name in partial]),
        category=write.say(_("Quarter")),
        categories=tuple(write.period(name) for name in names),
        series=tuple(
            Series(name=write.say(label), values=tuple(Decimal(counts[quarter]) for quarter in quarters))
            for counts, label in ((won, _("Won")), (lost, _("Lost")))
        ),
        unit=_COUNT,
    )


def _title_of_quarters(write: Writing, partial: list[str]) -> str:
    """Return the title, which says which quarters are not whole: below the bars there is room for a few names only."""
    if not partial:
        return write.say(_("Won and lost deals by quarter of their close"))
    named = write.numerals.listing(map(write.period, partial))
    return write.say(_("Won and lost deals by quarter of their close (not whole: {quarters})"), quarters=named)


def _by_quarter(days: Mapping[int, int]) -> Counter[int]:
    # Of each day once: there are some thousand days, and up to a million deals.
    counts: Counter[int] = Counter()
    for day, number in days.items():
        counts[period_of(day, QUARTER)] += number
    return counts


def _cycle(about: Answered, view: View) -> Chart | None:
    """Return how many of the closed deals are decided by which day, beside the same with the open deals counted."""
    write = about.write
    if not about.figures["cycle"]:
        return None
    places = _places(view.cycles)
    series = [Series(name=write.say(_("Of the closed deals")), values=tuple(_share_within(view.cycles, places)))]
    if view.ages:
        series.append(
            Series(
                name=write.say(_("With the open deals counted (Kaplan–Meier)")),
                values=tuple(_decided_by(view.time_to_close().curve, places)),
            )
        )
    return Chart(
        kind="lines",
        title=write.say(_("How many deals are decided by which day")),
        category=write.say(_("Days since the start")),
        categories=tuple(write.days(place) for place in places),
        series=tuple(series),
        unit=_SHARE,
        positions=tuple(Decimal(place) for place in places),
        position_unit=_DAYS,
    )


def _lengths(about: Answered, view: View) -> Chart | None:
    """Return how many deals took how long, in classes of equal width."""
    write = about.write
    if not about.figures["cycle"]:
        return None
    places = _places(view.cycles)
    width = places[1]
    counts: Counter[int] = Counter()
    for days, number in view.cycles.items():
        counts[min(days // width, len(places) - 1)] += number
    last = len(places) - 1
    classes = [*range(last), *([last] if counts[last] else [])]
    return Chart(
        kind="columns",
        title=write.say(_("How long closed deals took, in days")),
        category=write.say(_("Days")),
        categories=tuple(
            write.say(_("{days} and more"), days=write.count(place * width))
            if place == last
            else f"{write.count(place * width)}–{write.count((place + 1) * width - 1)}"
            for place in classes
        ),
        series=(Series(name=write.say(_("Closed deals")), values=tuple(Decimal(counts[one]) for one in classes)),),
        unit=_COUNT,
    )


def _places(taken: Counter[int]) -> list[int]:
    """Return evenly spaced days from 0 to the longest cycle but for the longest hundredth of the deals."""
    total, seen, end = taken.total(), 0, 1
    for days in sorted(taken):
        seen += taken[days]
        end = max(1, days)
        if seen >= total * 0.99:
            break
    step = max(1, -(-end // _BINS))
    return list(range(0, end + step, step))


def _share_within(taken: Counter[int], places: Iterable[int]) -> list[Decimal]:
    total, ordered = taken.total(), sorted(taken.items())
    return [Decimal(sum(number for days, number in ordered if days <= place)) / total for place in places]


def _decided_by(curve: Sequence[tuple[int, float]], places: Iterable[int]) -> list[Decimal]:
    days = [day for day, _share in curve]
    shares = [0.0, *(1 - share for _day, share in curve)]
    return [Decimal(str(round(shares[bisect_right(days, place)], 6))) for place in places]


def _forecast(about: Answered) -> Chart | None:
    write, found = about.write, about.figures["forecast"]
    if not found or found["p10"] is None:
        return None
    coverage = about.figures["coverage"]
    bars = {
        _("90% likely: at least"): found["p10"],
        _("50% likely: at least"): found["p50"],
        _("10% likely: at least"): found["p90"],
        _("Weighted value"): found["weighted_value"],
    }
    rest = exact(coverage["quota"]) - exact(coverage["booked"] or 0) if coverage else None
    return Chart(
        kind="bars",
        title=write.say(_("What the open deals should bring")),
        category=write.say(_("Forecast")),
        categories=tuple(write.say(label) for label in bars),
        series=(Series(name=write.say(_("Value")), values=tuple(_or_none(value) for value in bars.values())),),
        unit=_AMOUNT,
        marks=((write.say(_("Rest of the quota")), rest),) if rest is not None and rest > 0 else (),
    )
