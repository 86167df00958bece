"""What stands around every calculator: finding an input, what moves the result, comparing, links, taking it along.

Each tool takes the result of what stands in the fields and the page's question, and returns what the page shows.
"""

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from calculators.core.declaring import charts
from calculators.core.declaring.choices import Rating
from calculators.core.declaring.fields import NOTHING
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs
from calculators.core.exploring.compare import compare
from calculators.core.exploring.sensitivity import Lever, sensitivity
from calculators.core.exploring.solve import solve
from calculators.core.page.solution_text import solution_text
from calculators.core.running.run import Result
from calculators.core.running.sentences import fill
from calculators.core.taking_along import links, text_and_csv
from calculators.core.taking_along.links import BrokenLink
from calculators.core.words.messages import _

# Beyond this, messengers and mail programs cut a link off.
LONGEST_LINK = 8_000

_STEP = _("{value} → {result}")
_CUT_STEP = _("{value} → {result} (at the limit)")
_STILL = _("Without effect on this result: {inputs}.")


def _solve(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    unknown, output = asked["unknown"], asked["output"]
    # A goal is written as the result is: a percentage for a rate.
    field = result.calculator.figures[output]
    try:
        target = field.without_limits().read_text("target", asked["target"], result.numerals)
    except InvalidInput as error:
        raise InvalidInputs([error]) from None
    assert target is not None  # it is not optional
    found = solve(result, unknown, output, target)
    use = found.nearest(getattr(result.inputs, unknown))
    input_field = result.calculator.input_fields[unknown]
    return {
        "text": solution_text(result, unknown, output, found),
        "solutions": [input_field.write_text(solution.typed, result.numerals) for solution in found.solutions],
        "use": None if use is None else input_field.write_text(use.typed, result.numerals),
    }


def _sensitivity(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    calculator, numerals, output = result.calculator, result.numerals, asked["output"]
    field = calculator.figures[output]
    step = Decimal(asked["step"])
    now = result.outputs[output]
    levers = [] if now is None else sensitivity(result, output, step)
    moving = [lever for lever in levers if lever.swing or None in (lever.at_low, lever.at_high)]
    still = [result.gettext(calculator.input_fields[lever.input].label) for lever in levers if lever not in moving]

    def side(lever: Lever, value: Decimal, figure: Decimal | None, share: Decimal) -> str:
        names = {
            "value": calculator.input_fields[lever.input].show(value, numerals),
            "result": NOTHING if figure is None else field.show(figure, numerals),
        }
        return fill(result.gettext(_STEP if share == 1 else _CUT_STEP), names, numerals)

    def row(lever: Lever) -> list[str]:
        return [
            result.gettext(calculator.input_fields[lever.input].label),
            side(lever, lever.low, lever.at_low, lever.low_share),
            side(lever, lever.high, lever.at_high, lever.high_share),
        ]

    if now is None:
        text = result.gettext(_("There is no result that could be moved: see the note below the result."))
    else:
        text = fill(result.gettext(_STILL), {"inputs": numerals.listing(still)}, numerals) if still else ""
    down, up = _directions(result, step)
    bars = [lever for lever in moving if lever.swing]
    chart = charts.Chart(
        kind="tornado",
        title=result.gettext(field.label),
        category=result.gettext(_("Input")),
        categories=tuple(result.gettext(calculator.input_fields[lever.input].label) for lever in bars),
        series=(
            charts.Series(name=down, values=tuple(lever.at_low for lever in bars)),
            charts.Series(name=up, values=tuple(lever.at_high for lever in bars)),
        ),
        unit=field,
        marks=((result.gettext(_("now")), now or Decimal(0)),),
    )
    return {
        "head": [result.gettext(_("Input")), down, up],
        "rows": [row(lever) for lever in moving],
        "text": text,
        "chart": charts.to_page(chart, numerals) if bars else None,
    }


def _directions(result: Result, step: Decimal) -> list[str]:
    """Return what the two sides of the table are called: of a scorecard, levels are moved and no shares."""
    if all(isinstance(field, Rating) for field in result.calculator.variable_inputs.values()):
        return [result.gettext(_("one level lower")), result.gettext(_("one level higher"))]
    share = {"step": result.numerals.percent(step)}
    return [fill(result.gettext(text), share, result.numerals) for text in (_("{step} less"), _("{step} more"))]


def _compare(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        kept = links.from_link(asked["kept"], result.numerals.language, with_private=True)
    except BrokenLink:
        return {"broken": True}
    if kept.calculator is not result.calculator:
        return {"broken": True}
    return {"rows": [asdict(row) for row in compare(kept, result)]}


def _link(result: Result, _asked: dict[str, Any]) -> dict[str, Any]:
    link = links.to_link(result)
    return {"link": link, "is_too_long": len(link) > LONGEST_LINK}


def _keep(result: Result, _asked: dict[str, Any]) -> dict[str, Any]:
    return {"kept": links.to_link(result, with_private=True)}


def _text(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    return {"text": text_and_csv.as_text(result, asked["address"])}


def _csv(result: Result, _asked: dict[str, Any]) -> dict[str, Any]:
    return {"text": text_and_csv.as_csv(result)}


def _calendar(result: Result, _asked: dict[str, Any]) -> dict[str, Any]:
    if result.calculator.calendar is None:
        return {}
    # Here and not above: in the browser it comes with the calculators that have one.
    from calculators.core.taking_along.calendar_file import as_calendar

    return {"text": as_calendar(result)}


def _workbook(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    # Here and not above: in the browser they come when the first workbook is asked for.
    import base64

    from calculators.core.taking_along.workbook import write_workbook

    return {"base64": base64.b64encode(write_workbook(result, asked["address"])).decode()}


def open_link(
    asked: dict[str, Any], to_page: Callable[[Result], dict[str, Any]], *, is_kept: bool = False
) -> dict[str, Any]:
    """Return the inputs of a link as they stand in the fields, its currency and its result, or `broken`.

    What the reader's own browser kept (`is_kept`) has notes and names of deals, too.
    """
    try:
        result = links.from_link(asked["link"], asked["language"], with_private=is_kept)
    except BrokenLink:
        return {"broken": True}
    if result.calculator.id != asked["calculator"]:
        return {"broken": True}
    return {"currency": result.numerals.currency} | to_page(result)


TOOLS: dict[str, Callable[[Result, dict[str, Any]], dict[str, Any]]] = {
    "solve": _solve,
    "sensitivity": _sensitivity,
    "compare": _compare,
    "link": _link,
    "keep": _keep,
    "text": _text,
    "csv": _csv,
    "calendar": _calendar,
    "workbook": _workbook,
}
