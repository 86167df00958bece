"""Two exports compared, as the page shows it: the answer, the steps, and the numbers for the calculator."""

from typing import Any

from calculators.analysis.comparing.sentences import NOTES
from calculators.analysis.comparing.two_exports import CALCULATOR, Waterfall
from calculators.analysis.figures.periods import QUARTER, first_day, last_day, period_of
from calculators.analysis.gate.day_shapes import day_text
from calculators.analysis.gate.understanding import Understood
from calculators.analysis.page.sending import address
from calculators.analysis.report.saying import Saying
from calculators.core.running.run import run

_RATES = ("slippage_by_count", "slippage_by_value")


def waterfall_to_page(found: Waterfall, language: str, currency: str) -> dict[str, Any]:
    """Return a `headline`, the table of steps (`head`, `rows`), `notes`, and the address to `send` the numbers to."""
    result = run(CALCULATOR, found.inputs, language, currency)
    saying = Saying(language, currency)
    fields = result.calculator.output_fields
    steps = fields["steps"]
    rates = [
        f"{result.gettext(fields[name].label)}: {result.text(name)}" for name in _RATES if result.text(name) is not None
    ]
    of_files = [saying.text(NOTES[note.code], note.values) for note in found.notes]
    return {
        "headline": result.headline,
        "title": result.gettext(steps.label),
        "head": [result.gettext(column.label) for column in steps.columns.values()],  # type: ignore[attr-defined]
        "rows": steps.show_rows(result.figures.steps, result.numerals),  # type: ignore[attr-defined]  # it is a table
        "notes": list(dict.fromkeys([*rates, *(result.note_text(note) for note in result.notes), *of_files])),
        "send": address(CALCULATOR, found.inputs, currency),
    }


def usual_period(understood: Understood) -> dict[str, str]:
    """Return the `first` and `last` day of the quarter in which an export was made; "" where it has no date."""
    day = understood.as_of.date
    if day is None:
        return {"first": "", "last": ""}
    quarter = period_of(day.toordinal(), QUARTER)
    return {"first": day_text(first_day(quarter, QUARTER)), "last": day_text(last_day(quarter, QUARTER))}
