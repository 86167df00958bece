"""Slices: the same figures for each owner, product, source …, small groups marked and never ranked."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculators.analysis.page.about import Answered
from calculators.analysis.page.parts import FIGURE, WORDS, Section, Table
from calculators.analysis.page.writing import Writing
from calculators.analysis.report.file_sentences import ROLES
from calculators.core.numbers.statistics import CAUTION_BELOW
from calculators.core.words.messages import _

_NAMES = ROLES | {"size": _("Deal size")}


def slices(about: Answered) -> Section:
    """Return a table for each role that was asked for, in the order of the answer."""
    write = about.write
    tables = [_table(about, role, found) for role, found in about.answer["slices"].items() if len(found) > 1]
    if pipelines := about.figures["pipelines"]:
        tables = [_pipelines(about, pipelines), *(table for table in tables if table.name != "pipeline")]
    return Section(name="slices", title=write.say(_("Side by side")), tables=tables)


def _pipelines(about: Answered, found: list[Mapping[str, Any]]) -> Table:
    write = about.write
    return Table(
        name="pipelines",
        title=write.say(_("Pipelines")),
        head=[
            write.say(text)
            for text in (
                _("Pipeline"),
                _("Deals"),
                _("Won"),
                _("Lost"),
                _("Win rate"),
                _("Average deal size"),
                _("Median sales cycle"),
                _("Value of the open deals"),
            )
        ],
        kinds=[WORDS, *[FIGURE] * 7],
        rows=[
            [
                one["pipeline"] or write.say(_("(none)")),
                *(write.count(one[name]) for name in ("deals", "won", "lost")),
                write.percent(one["win_rate"] and one["win_rate"]["value"]),
                write.money(one["deal_size"] and one["deal_size"]["mean"]),
                write.days(one["cycle"] and one["cycle"]["median_days"]),
                write.money(one["open_value"]),
            ]
            for one in found
        ],
        keys=[f"pipelines:{one['pipeline'] or ''}" for one in found],
    )


def _table(about: Answered, role: str, found: list[Mapping[str, Any]]) -> Table:
    write = about.write
    title = write.say(_NAMES[role]) if role in _NAMES else role
    return Table(
        name=role,
        title=title,
        head=[
            title,
            *(
                write.say(text)
                for text in (_("Won"), _("Lost"), _("Open"), _("Win rate"), _("95% interval"), _("Revenue"))
            ),
        ],
        kinds=[WORDS, *[FIGURE] * 6],
        rows=[_row(about, role, one) for one in found],
        keys=[f"slices:{role}:{one['value'] or ''}" for one in found],
        small=[row for row, one in enumerate(found) if one["is_small"]],
        hint=write.say(
            _(
                "By number of deals, which is no ranking: where intervals overlap, a difference may be chance. "
                "Grey: fewer than {number} closed deals."
            ),
            number=str(CAUTION_BELOW),
        ),
    )


def _row(about: Answered, role: str, one: Mapping[str, Any]) -> list[str]:
    write, rate = about.write, one["win_rate"]
    interval = ""
    if rate and rate["low"] is not None:
        interval = f"{write.percent(rate['low'])} – {write.percent(rate['high'])}"
    return [
        write.say(_("(none)")) if one["value"] is None else _group_name(write, role, str(one["value"])),
        *(write.count(one[name]) for name in ("won", "lost", "open")),
        write.percent(rate and rate["value"]),
        interval or write.percent(None),
        write.money(one["won_value"]),
    ]


def _group_name(write: Writing, role: str, value: str) -> str:
    """Return the name of a group; the amounts in that of a class of size as amounts are written."""
    if role != "size":
        return value
    return re.sub(r"\d+(?:\.\d+)?", lambda found: write.money(Decimal(found[0])), value)
