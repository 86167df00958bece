"""Sections on deals that ended: won and lost, both readings of the win rate, and what a won deal brings."""

from decimal import Decimal
from typing import Any

from calculators.analysis.page.about import Answered
from calculators.analysis.page.parts import Figure, Section
from calculators.core.words.messages import _


def won_and_lost(about: Answered) -> Section:
    """Return how many deals ended how, and the win rate by count and by value side by side."""
    return Section(
        name="win_rate",
        title=about.write.say(_("Won and lost")),
        figures=[by_count(about), _by_value(about), *_counts(about)],
        notes=about.cautions("win_rate", "win_rate_by_value", "deals", "won", "lost", "open"),
    )


def by_count(about: Answered) -> Figure:
    """Return the win rate by count."""
    write, rate = about.write, about.figures["win_rate"]
    return Figure(
        name="win_rate",
        label=write.say(_("Win rate by count")),
        text=write.percent(about.get("win_rate.value")),
        aloud=write.percent_aloud(rate["value"]) if rate else "",
        beside=about.interval_aloud(rate),
        interval=about.interval(rate),
        sample=_closed(about, rate and rate["n"]),
        rule=write.joined(
            (
                write.say(_("Won deals ÷ (won + lost deals); open deals are in neither.")),
                write.say(
                    _(
                        "Gong's dashboards show this reading. One that divides by all deals, open ones too, or that "
                        "counts overdue deals as lost, as Zoho Motivator may, shows a lower rate."
                    )
                ),
            )
        ),
        why=about.why("win_rate"),
        rows="win_rate" if rate else "",
        is_main=True,
        send=_to_calculator(about),
        more=about.page("win-rate"),
    )


def _by_value(about: Answered) -> Figure:
    write, rate = about.write, about.figures["win_rate_by_value"]
    return Figure(
        name="win_rate_by_value",
        label=write.say(_("Win rate by value")),
        text=write.percent(about.get("win_rate_by_value.value")),
        sample=_closed(about, rate and rate["n"]),
        rule=write.joined(
            (
                write.say(_("Value of the won deals ÷ value of the won and lost deals.")),
                write.say(_("QuarterOne's dashboards show this reading.")),
                write.say(_("Where it is lower than the rate by count, the larger deals are lost more often.")),
            )
        ),
        left_out=about.left_out(about.get("win_rate.n"), rate and rate["n"]),
        why=about.why("win_rate_by_value"),
        rows="win_rate_by_value" if rate else "",
        send=_to_calculator(about) if rate else "",
        more=about.page("win-rate"),
    )


def _to_calculator(about: Answered) -> str:
    counts = {name: about.figures[name] for name in ("won", "lost", "open")}
    values = {name: about.figures[name] or 0 for name in ("won_value", "lost_value")}
    return about.send("win-rate", **counts, **values)


def _closed(about: Answered, number: int | None) -> str:
    return "" if number is None else about.write.plural("{number} closed deal", "{number} closed deals", number)


def _counts(about: Answered) -> list[Figure]:
    write, figures = about.write, about.figures
    labels = {
        "deals": (_("Deals in all"), _("Rows that were read as deals; those set aside are not among them.")),
        "won": (_("Won"), _("Deals whose outcome says that they are won.")),
        "lost": (_("Lost"), _("Deals whose outcome says that they are lost.")),
        "open": (_("Open"), _("Deals that are neither won nor lost yet.")),
    }
    return [
        Figure(
            name=name,
            label=write.say(label),
            text=write.count(figures[name]),
            rule=write.say(rule),
            why=about.why(name),
            rows="" if figures[name] is None else name,
        )
        for name, (label, rule) in labels.items()
    ]


def deal_size(about: Answered) -> Section:
    """Return what a won deal brings, and the value of the won, lost and open deals."""
    write, size = about.write, about.figures["deal_size"]
    sample = write.plural("{number} won deal", "{number} won deals", size["n"]) if size else ""
    common: dict[str, Any] = {
        "sample": sample,
        "left_out": about.left_out(about.figures["won"], size and size["n"]),
        "why": about.why("deal_size"),
        "rows": "deal_size" if size else "",
        "more": about.page("average-deal-size"),
    }
    to_calculator = ""
    if size:
        revenue = Decimal(str(size["mean"])) * size["n"]
        to_calculator = about.send("average-deal-size", won_revenue=revenue, won_deals=size["n"])
    figures = [
        Figure(
            name="deal_size.mean",
            label=write.say(_("Average deal size")),
            text=write.money(about.get("deal_size.mean")),
            rule=write.say(_("Value of the won deals ÷ their number; lost and open deals do not count.")),
            send=to_calculator,
            is_main=True,
            exactly=write.money_exactly(about.get("deal_size.mean")),
            **common,
        ),
        Figure(
            name="deal_size.median",
            label=write.say(_("Median deal size")),
            text=write.money(about.get("deal_size.median")),
            exactly=write.money_exactly(about.get("deal_size.median")),
            rule=write.say(_("Half of the won deals are larger, half are smaller: a few huge deals do not move it.")),
            **common,
        ),
    ]
    return Section(
        name="deal_size",
        title=write.say(_("Deal size and value")),
        figures=figures + _values(about),
        notes=about.cautions("deal_size", "won_value", "lost_value", "open_value"),
    )


def _values(about: Answered) -> list[Figure]:
    write = about.write
    labels = {
        "won_value": _("Value of the won deals"),
        "lost_value": _("Value of the lost deals"),
        "open_value": _("Value of the open deals"),
    }
    return [
        Figure(
            name=name,
            label=write.say(label),
            text=write.money(about.figures[name]),
            exactly=write.money_exactly(about.figures[name]),
            rule=write.say(_("The sum of their amounts; a deal without an amount adds nothing.")),
            why=about.why(name),
            rows="" if about.figures[name] is None else name,
        )
        for name, label in labels.items()
    ]
