"""Sections on time: how long deals take, what the pipeline brings per day, revenue by period, deals by their start."""

from collections.abc import Mapping
from typing import Any

from calculators.analysis.page.about import Answered
from calculators.analysis.page.parts import FIGURE, WORDS, Figure, Section, Table
from calculators.core.numbers.statistics import CAUTION_BELOW
from calculators.core.words.messages import _

_READINGS = {
    "live": _("Live: open deals worked at one time"),
    "created": _("All deals created in the time of the file"),
    "closed": _("All deals closed in the time of the file"),
}


def cycle(about: Answered) -> Section:
    """Return how long closed deals took, won ones alone, and what the open ones change."""
    write, found = about.write, about.figures["cycle"]
    figures = [_time(about, "cycle", name, label) for name, label in _times().items()]
    if found and found["kaplan_meier_median_days"] is not None:
        figures.append(_with_open(about, found))
    figures += [_time(about, "cycle_of_won", "mean_days", _("Mean, won deals alone"))]
    figures += [_time(about, "cycle_of_won", "median_days", _("Median, won deals alone"))]
    return Section(
        name="cycle",
        title=write.say(_("Sales cycle")),
        figures=figures,
        notes=about.cautions("cycle"),
    )


def _times() -> dict[str, str]:
    return {
        "median_days": _("Median sales cycle"),
        "mean_days": _("Mean sales cycle"),
        "p75_days": _("Three of four deals are closed within"),
        "p90_days": _("Nine of ten deals are closed within"),
    }


def _time(about: Answered, figure: str, name: str, label: str) -> Figure:
    write, found = about.write, about.figures[figure]
    closed = _closed(about) if figure == "cycle" else about.figures["won"]
    of_all = _("Calendar days from the start of a deal to its close, over won and lost deals.")
    of_won = _("Calendar days from start to close over won deals alone, as most dashboards show it.")
    return Figure(
        name=f"{figure}.{name}",
        label=write.say(label),
        text=write.days(found and found[name]),
        sample=_sample(about, figure, found["n"]) if found else "",
        rule=write.say(of_all if figure == "cycle" else of_won),
        left_out=about.left_out(closed, found and found["n"]),
        why=about.why(figure),
        rows=figure if found else "",
        is_main=name == "median_days" and figure == "cycle",
        aloud=write.days_aloud(found[name]) if found else "",
        more=about.page("sales-cycle-length"),
    )


def _sample(about: Answered, figure: str, number: int) -> str:
    if figure == "cycle":
        return about.write.plural("{number} closed deal", "{number} closed deals", number)
    return about.write.plural("{number} won deal", "{number} won deals", number)


def _closed(about: Answered) -> int | None:
    figures = about.figures
    return None if figures["won"] is None else figures["won"] + figures["lost"]


def _with_open(about: Answered, found: Mapping[str, Any]) -> Figure:
    write = about.write
    return Figure(
        name="cycle.kaplan_meier_median_days",
        label=write.say(_("Median with the open deals counted")),
        text=write.days(found["kaplan_meier_median_days"]),
        sample=write.plural(
            "{number} open deal not decided yet", "{number} open deals not decided yet", found["censored"]
        ),
        rule=write.say(
            _(
                "Kaplan–Meier: an open deal counts as one that took at least its age. Closed deals alone look faster "
                "than the pipeline is while slow deals are still open."
            )
        ),
        rows="cycle:kaplan_meier_median_days",
        more=about.page("sales-cycle-length"),
    )


def velocity(about: Answered) -> Section:
    """Return the velocity in three readings of N, beside what really came in per day."""
    write, found = about.write, about.figures["velocity"]
    section = Section(name="velocity", title=write.say(_("Sales velocity")))
    live = next((one for one in found["readings"] if one["reading"] == "live"), None) if found else None
    has_live = bool(live and live["opportunities"])
    came_in = write.money(about.get("velocity.actual_revenue_per_day"))
    section.figures = [
        Figure(
            name="velocity.actual",
            label=write.say(_("Revenue that came in per day")),
            text=came_in,
            is_main=not has_live,
            exactly=write.money_exactly(about.get("velocity.actual_revenue_per_day")),
            rule=write.say(_("Value of the won deals ÷ days from the first close to the last one.")),
            why=about.why_without("velocity", about.get("velocity.actual_revenue_per_day")),
            rows="velocity:actual_revenue_per_day" if found else "",
        ),
        Figure(
            name="velocity.live",
            label=write.say(_("Revenue per day by the formula")),
            text=write.money(live and live["revenue_per_day"]),
            sample=write.plural("{number} live deal", "{number} live deals", int(live["opportunities"]))
            if live
            else "",
            rule=write.say(_("Live deals × average deal size × win rate ÷ mean sales cycle.")),
            why=about.why_without("velocity", live and live["revenue_per_day"]),
            is_main=has_live,
            beside=write.say(_("What came in: {amount}"), amount=came_in) if has_live else "",
            exactly=write.money_exactly(live and live["revenue_per_day"]),
            rows="velocity:live" if live else "",
            send=_to_velocity(about, found, live),
            more=about.page("sales-velocity"),
        ),
    ]
    if has_live and live and live["revenue_per_day"] is not None:
        section.main = write.say(_("{amount} per day"), amount=write.money(live["revenue_per_day"]))
    if found:
        section.tables = [_readings(about, found)]
        section.notes = about.cautions("velocity")
    return section


def _to_velocity(about: Answered, found: Mapping[str, Any] | None, live: Mapping[str, Any] | None) -> str:
    if not found or not live:
        return ""
    shared = {name: found[name] for name in ("average_deal_size", "win_rate", "cycle_days")}
    return about.send("sales-velocity", opportunities=live["opportunities"], **shared)


def _readings(about: Answered, found: Mapping[str, Any]) -> Table:
    write, actual = about.write, found["actual_revenue_per_day"]
    rows = []
    for one in found["readings"]:
        per_day = one["revenue_per_day"]
        apart = per_day / actual - 1 if actual and per_day is not None else None
        label = write.say(_READINGS[one["reading"]])
        rows.append([label, write.count(one["opportunities"]), write.money(per_day), write.change(apart)])
    return Table(
        name="readings",
        title=write.say(_("What is counted as opportunities changes the result")),
        head=[
            write.say(_("Reading")),
            write.say(_("Opportunities")),
            write.say(_("Revenue per day")),
            write.say(_("Beside what came in")),
        ],
        kinds=[WORDS, FIGURE, FIGURE, FIGURE],
        rows=rows,
        keys=[f"velocity:{one['reading']}" for one in found["readings"]],
        hint=write.say(_("The reading that comes closest to the revenue that came in is the one to use.")),
    )


def revenue(about: Answered) -> Section:
    """Return the revenue by quarter and by month, and its growth."""
    write, growth = about.write, about.figures["growth_per_quarter"]
    whole = [one for one in about.figures["revenue"] or [] if not one["is_partial"]]
    to_calculator = ""
    if growth is not None and len(whole) > 1:
        ends = {"start_revenue": whole[0]["won_value"], "end_revenue": whole[-1]["won_value"]}
        to_calculator = about.send("revenue-growth", **ends, periods=len(whole) - 1)
    section = Section(name="revenue", title=write.say(_("Revenue over time")))
    section.figures = [
        Figure(
            name="growth_per_quarter",
            label=write.say(_("Growth per quarter")),
            text=write.change(growth),
            sample=write.plural("{number} whole quarter", "{number} whole quarters", len(whole)),
            rule=write.say(_("From the first whole quarter to the last one; a quarter that is not whole is left out.")),
            why=about.why("growth_per_quarter"),
            rows="growth_per_quarter" if growth is not None else "",
            aloud=write.change_aloud(growth) if growth is not None else "",
            beside=_small_base(about, whole),
            send=to_calculator,
            is_main=True,
            more=about.page("revenue-growth"),
        )
    ]
    if whole and whole[-1]["won_value"] is not None:
        latest = whole[-1]
        section.main = write.say(
            _("{period}: {amount}"), period=write.period(latest["period"]), amount=write.money(latest["won_value"])
        )
    titles = {"revenue": (_("By quarter"), _("Quarter")), "revenue_by_month": (_("By month"), _("Month"))}
    section.tables = [_periods(about, name, *words) for name, words in titles.items() if about.figures[name]]
    section.notes = about.notes("revenue", "revenue_by_month") + about.cautions("growth_per_quarter")
    if growth is not None and (small := _small_base(about, whole)):
        section.notes.append(small)
    return section


def _small_base(about: Answered, whole: list[Mapping[str, Any]]) -> str:
    """Return on how few deals the growth between two quarters rests, "" where there are enough."""
    ends = [whole[0], whole[-1]] if len(whole) > 1 else []
    few = min(ends, key=lambda one: one["won"], default=None)
    if few is None or few["won"] >= CAUTION_BELOW:
        return ""
    return about.write.plural(
        "Uncertain: {number} deal was won in {period}.",
        "Uncertain: {number} deals were won in {period}.",
        few["won"],
        period=about.write.period(few["period"]),
    )


def _periods(about: Answered, name: str, title: str, period: str) -> Table:
    write, found = about.write, about.figures[name]
    return Table(
        name=name,
        title=write.say(title),
        head=[write.say(period), write.say(_("Won deals")), write.say(_("Revenue"))],
        kinds=[WORDS, FIGURE, FIGURE],
        rows=[
            [
                write.period(one["period"], is_partial=one["is_partial"]),
                write.count(one["won"]),
                write.money(one["won_value"]),
            ]
            for one in found
        ],
        keys=[f"{name}:{one['period']}" for one in found],
    )


def cohorts(about: Answered) -> Section:
    """Return how the deals of each quarter of creation stand today."""
    write, found = about.write, about.figures["cohorts"]
    section = Section(name="cohorts", title=write.say(_("Deals by the quarter they began in")))
    if not found:
        section.notes = about.notes("cohorts")
        return section
    section.tables = [
        Table(
            name="cohorts",
            title="",
            head=[
                write.say(text)
                for text in (_("Began in"), _("Deals"), _("Won"), _("Lost"), _("Open"), _("Win rate so far"))
            ],
            kinds=[WORDS, *[FIGURE] * 5],
            rows=[
                [
                    write.period(one["created"]),
                    *(write.count(one[name]) for name in ("deals", "won", "lost", "open")),
                    write.percent(one["win_rate"]),
                ]
                for one in found
            ],
            keys=[f"cohorts:{one['created']}" for one in found],
            hint=write.say(
                _("Of a young quarter, mostly quick deals are decided: its rate moves until the last of them is.")
            ),
        )
    ]
    return section
