"""The first sheet: every figure of the page with its formula, what it rests on, and how it is counted."""

from collections.abc import Mapping
from typing import Any

from calculators.analysis.page.workbook.cells import FIXED, Cell, Sheet, Style, figure, label
from calculators.analysis.page.workbook.figure_formulas import Live
from calculators.analysis.page.writing import Writing
from calculators.core.words.messages import _

NAME = _("Figures")
_AS_OF = _("As of")
_LIVE = _("The figures are formulas over the sheet “{sheet}”: change deals there, and the figures follow.")
_LIVE_AND_TINTED = _(
    "The figures are formulas over the sheet “{sheet}”: change deals there, or a tinted cell here, and the figures "
    "follow."
)
_FIXED = _("* Worked out by the analyzer for the deals as they were read. It stays as it is when you change them here.")
_TOO_MANY = _(
    "The file has {deals} and a sheet holds {most}: the first ones stand in “{sheet}”. So no figure here is a formula."
)
_HEAD = (_("Figure"), _("Result"), _("Deals counted"), _("Deals left out"), _("How it is counted"), _("Read more"))
# What the page shows within the text of another figure.
_FURTHER = {
    "win_rate": (
        ("win_rate.low", _("Lower end of its 95% interval")),
        ("win_rate.high", _("Upper end of its 95% interval")),
    ),
    "velocity.actual": (("velocity.first", _("First close")), ("velocity.last", _("Last close"))),
    "stalled": (("stalled.value", _("Value of the deals that stand still")),),
    "coverage": (("coverage.quota", _("Quota")), ("coverage.booked", _("Booked already"))),
}
# What the reader said, and may change.
_INPUTS = {"as_of", "coverage.quota"}


class FiguresSheet:
    """Writes the sheet and says in `places` where each figure stands; `site` is the address of the language's pages."""

    def __init__(self, page: Mapping[str, Any], live: Mapping[str, Live], write: Writing, site: str) -> None:
        self._page, self._live, self._write, self._site = page, live, write, site
        self._sheet = Sheet(name=write.say(NAME), widths=[44, 18, 15, 15, 92, 26])
        self.places: dict[str, str] = {}

    def write(self, title: str, reason: str, deals_sheet: str, too_many: tuple[str, str] | None) -> Sheet:
        """Return the sheet.

        `reason` says why open deals are looked at on their day, `too_many` how many deals there are and have room,
        where that differs.
        """
        say, sheet = self._write.say, self._sheet
        sheet.line(title, Style.TITLE)
        sheet.line(self._page["headline"], Style.SENTENCE)
        if too_many:
            deals, most = too_many
            sheet.line(say(_TOO_MANY, deals=deals, most=most, sheet=deals_sheet), Style.REMARK)
        else:
            message = _LIVE_AND_TINTED if "as_of" in self._live else _LIVE
            sheet.line(say(message, sheet=deals_sheet), Style.REMARK)
        sheet.line(say(_FIXED), Style.REMARK)
        if "as_of" in self._live:
            sheet.add()
            self._place("as_of")
            day = Cell(value=self._live["as_of"].value, style=Style.INPUT, kind="date")
            sheet.add(label(say(_AS_OF)), day, _empty(), _empty(), Cell(value=reason, style=Style.PLAIN))
        for section in self._page["sections"]:
            self._section(section)
        return sheet

    def _section(self, section: Mapping[str, Any]) -> None:
        if not section["figures"] and not section["notes"]:
            return
        self._sheet.heading(section["title"])
        if section["figures"]:
            texts = [self._write.say(text) for text in _HEAD]
            styles = [Style.HEAD, *[Style.FIGURE_HEAD] * 3, *[Style.WORDS_HEAD] * 2]
            shown = len(texts) if self._site else len(texts) - 1
            cells = [Cell(value=text, style=style) for text, style in zip(texts, styles, strict=True)]
            self._sheet.add(*cells[:shown])
        for each in section["figures"]:
            self._figure(each)
        for note in dict.fromkeys(section["notes"]):
            self._sheet.line(note, Style.REMARK)

    def _figure(self, shown: Mapping[str, Any]) -> None:
        name, live = shown["name"], self._live.get(shown["name"])
        rule = "\n".join(filter(None, (shown["why"], shown["rule"])))
        cells = [Cell(value=rule, style=Style.PLAIN)]
        if self._site and shown["more"]:
            link = self._site + shown["more"]["address"]
            cells.append(Cell(value=shown["more"]["title"], style=Style.PLAIN, link=link))
        self._row(name, shown["label"], live, *cells)
        for further, text in _FURTHER.get(name, ()):
            if further in self._live:
                self._row(further, self._write.say(text), self._live[further])

    def _row(self, name: str, text: str, live: Live | None, *further: Cell) -> None:
        if live is None:
            # Why there is none stands at its side.
            self._sheet.add(label(text), _empty(), _empty(), _empty(), *further)
            return
        self._place(name)
        sample = live.sample
        n = left_out = _empty()
        if sample.n is not None:
            n = figure(sample.n, "count", sample.n_formula)
            self._place(f"{name}.n", column=2)
            if sample.of is not None:
                formula = f"{sample.of_formula}-{{{name}.n}}" if sample.of_formula and sample.n_formula else ""
                left_out = figure(sample.of - sample.n, "count", formula)
        value = figure(live.value, live.kind, live.formula, is_array=live.is_array)
        if name in _INPUTS:
            value = Cell(value=live.value, style=Style.INPUT, kind=live.kind)
        mark = FIXED if value.style is Style.FIXED else ""
        self._sheet.add(label(text + mark), value, n, left_out, *further)

    def _place(self, name: str, column: int = 1) -> None:
        self.places[name] = self._sheet.next_place(column)


def _empty() -> Cell:
    return Cell(value=None, style=Style.PLAIN)
