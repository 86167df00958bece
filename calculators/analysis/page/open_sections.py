"""Sections on open deals: stages and their age, stalled deals, coverage of the quota, forecast and its back-test."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculators.analysis.page.about import Answered
from calculators.analysis.page.parts import FIGURE, WORDS, Figure, Section, Table
from calculators.analysis.page.writing import exact
from calculators.core.words.messages import _

_LIMITS = {
    "p75": _("three of four closed deals left the stage earlier"),
    "twice_median": _("twice the median time of closed deals in the stage"),
    "all": _("three of four closed deals took less time in all"),
}
_BASES = {
    "probability": _("Amount × the probability that stands in the file, deal by deal."),
    "stage_history": _("Amount × the share of earlier deals in the same stage that were won."),
    "win_rate": _("Amount × the win rate of the file: it has neither probabilities nor a history of stages."),
}

# Of forecasts against what came: less is luck.
_WORTH_SAYING = Decimal("0.1")


def stages(about: Answered) -> Section:
    """Return the open deals by stage with their age, those that stand still, and how deals move on."""
    write, found = about.write, about.figures["stages"]
    section = Section(name="stages", title=write.say(_("Open deals by stage")))
    section.figures = [_stalled(about)]
    if about.figures["open"] is not None:
        section.main = write.deals(about.figures["open"])
    if found:
        section.tables.append(
            Table(
                name="stages",
                title="",
                head=[
                    write.say(text)
                    for text in (_("Stage"), _("Open deals"), _("Value"), _("Mean age"), _("Standing still"))
                ],
                kinds=[WORDS, *[FIGURE] * 4],
                rows=[
                    [
                        one["stage"] or write.say(_("(none)")),
                        write.count(one["deals"]),
                        write.money(one["value"]),
                        write.days(one["mean_age_days"]),
                        write.count(one["stalled"]),
                    ]
                    for one in found
                ],
                keys=[f"stages:{one['stage'] or ''}" for one in found],
            )
        )
    if conversion := about.figures["stage_conversion"]:
        section.tables.append(_conversion(about, conversion))
        section.send = about.send(
            "stage-conversion",
            stages=[{"name": str(place), "count": one["reached"]} for place, one in _numbered(conversion)],
        )
    section.notes = about.notes("stages", "stage_conversion") + about.cautions("stalled")
    return section


def _numbered(rows: list[Any]) -> list[tuple[int, Any]]:
    """Return rows counted from 1: names of stages do not go into a link."""
    return list(enumerate(rows, start=1))


def _stalled(about: Answered) -> Figure:
    write, found = about.write, about.figures["stalled"]
    rule = write.say(_("Open deals older than the limit of their stage."))
    if found:
        limits = (
            write.say(
                _("{stage}: {days} ({reason})"),
                stage=one["stage"] or write.say(_("(none)")),
                days=write.days(one["limit_days"]),
                reason=write.say(_LIMITS[one["from"]]),
            )
            for one in found["limits"]
        )
        rule = "\n".join((rule, *limits))
    return Figure(
        name="stalled",
        label=write.say(_("Deals that stand still")),
        text=write.count(found and found["deals"]),
        aloud=write.deals(found["deals"]) if found else "",
        interval=_worth(about, found and found["value"]),
        sample=write.plural("of {number} open deal", "of {number} open deals", about.figures["open"]) if found else "",
        rule=rule,
        why=about.why("stalled"),
        rows="stalled" if found else "",
        is_main=True,
        more=about.page("pipeline-balance"),
    )


def _worth(about: Answered, value: Any) -> str:
    return "" if value is None else about.write.say(_("worth {value}"), value=about.write.money(value))


def _conversion(about: Answered, found: list[Mapping[str, Any]]) -> Table:
    write = about.write
    return Table(
        name="stage_conversion",
        title=write.say(_("From stage to stage")),
        head=[
            write.say(_("Stage")),
            write.say(_("Deals that reached it")),
            write.say(_("Of those in the stage before")),
        ],
        kinds=[WORDS, FIGURE, FIGURE],
        rows=[[one["stage"], write.count(one["reached"]), write.percent(one["step_rate"])] for one in found],
        keys=[f"stage_conversion:{one['stage']}" for one in found],
    )


def forecast(about: Answered) -> Section:
    """Return the coverage of the quota, the forecast with its range, and how it would have done in the past."""
    write = about.write
    section = Section(name="forecast", title=write.say(_("Forecast and quota")))
    section.figures = [*_expected(about), _coverage(about)]
    if back := about.figures["back_test"]:
        section.tables = [_back_test(about, back)]
    section.notes = _caution(about) + about.cautions("forecast", "coverage") + about.notes("back_test")
    return section


def overshot(about: Answered) -> str:
    """Return by how much the forecasts of past quarters were too high in all, "" where they were not, or hardly."""
    tested = about.figures["back_test"] or []
    actual = sum(exact(one["actual"]) for one in tested)
    if actual <= 0:
        return ""
    share = sum(exact(one["forecast"]) for one in tested) / actual - 1
    return "" if share < _WORTH_SAYING else about.write.percent_aloud(share)


def _caution(about: Answered) -> list[str]:
    """Return what the forecasts of past quarters say of this one, where they were too high."""
    share = overshot(about)
    if not share:
        return []
    sentence = about.write.plural(
        "Tried on {number} past quarter, a forecast from win rate and deal size was {share} too high.",
        "Tried on {number} past quarters, a forecast from win rate and deal size was {share} too high in all.",
        len(about.figures["back_test"]),
        share=share,
    )
    return [sentence]


def _expected(about: Answered) -> list[Figure]:
    write, found = about.write, about.figures["forecast"]
    rule = write.say(_BASES[found["basis"]]) if found else ""
    range_rule = write.say(
        _("What all open deals together bring, when each of them is won or lost by its own probability.")
    )
    whole = ""
    if found and found["p10"] is not None:
        whole = write.say(
            _("80% likely: {low} to {high}"), low=write.money(found["p10"]), high=write.money(found["p90"])
        )
    open_deals = write.plural("{number} open deal", "{number} open deals", about.figures["open"] or 0)
    shared: dict[str, Any] = {
        "why": about.why("forecast"),
        "rows": "forecast" if found else "",
        "more": about.page("weighted-forecast"),
    }
    ends = {
        "p10": (_("90% likely: at least"), range_rule),
        "p50": (_("50% likely: at least"), range_rule),
        "p90": (_("10% likely: at least"), range_rule),
    }
    weighted = Figure(
        name="forecast.weighted_value",
        label=write.say(_("Weighted value of the open deals")),
        text=write.money(found and found["weighted_value"]),
        interval=whole,
        exactly=write.money_exactly(found and found["weighted_value"]),
        sample=open_deals if found else "",
        rule=rule,
        is_main=True,
        **shared,
    )
    further = [
        Figure(
            name=f"forecast.{name}",
            label=write.say(label),
            text=write.money(found[name]),
            exactly=write.money_exactly(found[name]),
            rule=rule_,
            **shared,
        )
        for name, (label, rule_) in ends.items()
        if found and found[name] is not None
    ]
    return [weighted, *further]


def _coverage(about: Answered) -> Figure:
    write, found = about.write, about.figures["coverage"]
    to_calculator = ""
    if found:
        inputs = {"open_pipeline": found["open_value"], "quota": found["quota"], "booked": found["booked"] or 0}
        rate = about.get("win_rate_by_value.value") or about.get("win_rate.value")
        to_calculator = about.send("pipeline-coverage", **inputs, **({"win_rate": rate} if rate else {}))
    value = found and found["coverage"]
    return Figure(
        name="coverage",
        label=write.say(_("Coverage of the rest of the quota")),
        text=write.numerals.multiple(exact(value)) if value is not None else write.count(None),
        rule=write.say(_("Value of the open deals ÷ (quota − what is booked already).")),
        why=about.why_without("coverage", value),
        is_main=value is not None,
        beside=write.joined(about.notes("coverage")),
        rows="coverage" if found else "",
        send=to_calculator,
        more=about.page("pipeline-coverage"),
    )


def _back_test(about: Answered, found: list[Mapping[str, Any]]) -> Table:
    write = about.write
    return Table(
        name="back_test",
        title=write.say(_("How a forecast from win rate and deal size would have done in the past")),
        head=[write.say(text) for text in (_("Quarter"), _("Forecast"), _("What came"), _("Error"))],
        kinds=[WORDS, FIGURE, FIGURE, FIGURE],
        rows=[
            [
                write.period(one["period"]),
                write.money(one["forecast"]),
                write.money(one["actual"]),
                write.change(one["error"] / one["actual"] if one["actual"] else None),
            ]
            for one in found
        ],
        hint=write.say(_("Made at the start of each period with nothing but what the file knew by then.")),
    )
