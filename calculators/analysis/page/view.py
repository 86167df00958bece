"""An analysis as the page shows it: every text written, in the order in which the page is read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from calculators.analysis.figures.view import View
from calculators.analysis.page import closed_sections, confirm, gate, open_sections, pictures, slices, time_sections
from calculators.analysis.page.about import Answered
from calculators.analysis.page.headline import headline
from calculators.analysis.page.numbers import numbers_of
from calculators.analysis.page.parts import Figure, Section
from calculators.analysis.page.writing import Writing, exact
from calculators.core.words.messages import _

_SECTIONS = (
    closed_sections.won_and_lost,
    closed_sections.deal_size,
    time_sections.cycle,
    time_sections.velocity,
    time_sections.revenue,
    open_sections.stages,
    open_sections.forecast,
    time_sections.cohorts,
    slices.slices,
)


def page_of(answer: Mapping[str, Any], view: View, write: Writing, *, each_alone: bool = False) -> dict[str, Any]:
    """Return an answer of the contract as the page shows it; `view` is of the deals that it answers for.

    Figures that are missing for one reason stand together, unless `each_alone`, as in a workbook's rows.

    `headline` and `summary` (what is spoken), `tiles`, `charts` (as `calculators.core.declaring.charts` has them),
    `sections` (figures and tables), `confirm`, `gate`, `as_of`, `numbers` (as `numbers_of` has them), `mapping` (the
    contract's, with what is decided now).
    """
    about = Answered(answer, write)
    sections = [section for make in _SECTIONS if _says_something(section := make(about))]
    sentence = headline(about)
    as_of = answer["as_of"]
    return {
        "headline": sentence,
        "summary": sentence,
        "tiles": _tiles(sections),
        "charts": pictures.pictures(about, view),
        "sections": [(section if each_alone else _said_once(section, write)).to_json() for section in sections],
        "confirm": confirm.to_page(answer, gate.number_of_questions(answer), write),
        "gate": gate.to_page(answer, write),
        "as_of": {
            "date": as_of["date"] or "",
            "text": write.say(_("As of {date}: {reason}"), date=write.date(as_of["date"]), reason=as_of["reason"])
            if as_of["date"]
            else "",
        },
        "quota": _quota(about),
        "numbers": numbers_of(about),
        "mapping": answer["mapping"],
    }


def _quota(about: Answered) -> dict[str, str]:
    """Return of which quarter the quota is, and what is said of it beside its field."""
    write, found, day = about.write, about.figures["coverage"], about.answer["as_of"]["date"]
    quarter = write.period(f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}") if day else ""
    answer = ""
    if found and found["coverage"] is not None:
        answer = write.say(_("Coverage: {coverage}"), coverage=write.numerals.multiple(exact(found["coverage"])))
    elif found:
        answer = write.joined(about.notes("coverage"))
    return {
        "answer": answer,
        "period": write.joined(
            (
                write.say(_("For {quarter}, the quarter of the day above."), quarter=quarter) if quarter else "",
                write.joined(about.notes("coverage")) if found and found["coverage"] is not None else "",
            )
        ),
    }


def _says_something(section: Section) -> bool:
    return bool(section.figures or section.tables or section.notes)


def _said_once(section: Section, write: Writing) -> Section:
    """Return a section in which figures that are missing for one reason stand together, and the reason once."""
    missing: dict[str, list[Figure]] = {}
    for figure in section.figures:
        if figure.why:
            missing.setdefault(figure.why, []).append(figure)
    figures = []
    for figure in section.figures:
        together = missing.get(figure.why, [figure])
        if figure is together[0] and len(together) > 1:
            labels = write.numerals.listing(each.label for each in together)
            figures.append(Figure(name=figure.name, label=labels, text="", why=figure.why))
        elif len(together) == 1:
            figures.append(figure)
    return replace(section, figures=figures)


def _tiles(sections: list[Section]) -> list[dict[str, str]]:
    """Return the main figure of each section, those that there are."""
    return [
        {
            "label": figure.label,
            "text": figure.aloud or figure.text,
            "further": figure.beside or figure.interval or figure.sample,
        }
        for section in sections
        for figure in section.figures
        if figure.is_main and not figure.why
    ]
