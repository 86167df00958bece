"""What stands around every calculator: finding an input, what moves the result, comparing, links, taking it along.

Each tool takes the result of what stands in the fields and the page's question, and returns what the page shows.
"""

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from calculators.core import charts, links, take_along
from calculators.core.compare import compare
from calculators.core.fields import NOTHING
from calculators.core.links import BrokenLink
from calculators.core.messages import _
from calculators.core.outcome import InvalidInput, InvalidInputs
from calculators.core.run import Result
from calculators.core.sensitivity import Lever, sensitivity
from calculators.core.sentences import fill
from calculators.core.solve import Answer, solve

# Beyond this, messengers and mail programs cut a link off.
LONGEST_LINK = 8_000

_ONE_SOLUTION = _("With {input} at {value}, {output} is {result}.")
_WHOLE_SOLUTION = _("The goal is reached with {value} ({input}): {output} is then {result}.")
_SEVERAL_SOLUTIONS = _("Several values of {input} lead there: {values}. With the first, {output} is {result}.")
_OUT_OF_REACH = _("No value of {input} alone leads there: {output} can lie between {lowest} and {highest}.")
_NO_INFLUENCE = _("{output} does not depend on {input} here: it is {lowest} throughout.")
_NO_RESULT = _("There is no result for any value of {input}, as long as the other numbers stay as they are.")


def solution_text(result: Result, unknown: str, output: str, found: Answer) -> str:
    """Say what `solve` found."""
    calculator, numerals = result.calculator, result.numerals
    input_field, output_field = calculator.input_fields[unknown], calculator.output_fields[output]
    names = {"input": result.gettext(input_field.label), "output": result.gettext(output_field.label)}
    if found.solutions:
        first = found.solutions[0]
        shown = [input_field.show(solution.value, numerals) for solution in found.solutions]
        names |= {"value": shown[0], "result": output_field.show(first.output, numerals)}
        names["values"] = numerals.listing(shown)
        if len(shown) > 1:
            sentence = _SEVERAL_SOLUTIONS
        else:
            sentence = _WHOLE_SOLUTION if getattr(input_field, "is_whole", False) else _ONE_SOLUTION
    elif found.lowest is None or found.highest is None:
        sentence = _NO_RESULT
    else:
        names |= {
            "lowest": output_field.show(found.lowest, numerals),
            "highest": output_field.show(found.highest, numerals),
        }
        sentence = _NO_INFLUENCE if found.lowest == found.highest else _OUT_OF_REACH
    return fill(result.gettext(sentence), names, numerals)


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
    input_field = result.calculator.input_fields[unknown]
    return {
        "text": solution_text(result, unknown, output, found),
        "solutions": [input_field.write_text(solution.value, result.numerals) for solution in found.solutions],
    }


def _sensitivity(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    calculator, numerals, output = result.calculator, result.numerals, asked["output"]
    field = calculator.figures[output]
    levers = sensitivity(result, output, Decimal(asked["step"]))
    now = result.outputs[output]

    def figure(value: Decimal | None) -> str:
        return NOTHING if value is None else field.show(value, numerals)

    def row(lever: Lever) -> list[str]:
        moved = calculator.input_fields[lever.input]
        return [
            result.gettext(moved.label),
            f"{moved.show(lever.low, numerals)} → {figure(lever.at_low)}",
            f"{moved.show(lever.high, numerals)} → {figure(lever.at_high)}",
        ]

    step = numerals.percent(Decimal(asked["step"]))
    down, up = (fill(result.gettext(text), {"step": step}, numerals) for text in (_("{step} less"), _("{step} more")))
    bars = [lever for lever in levers if now is not None and lever.swing]
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
        "rows": [row(lever) for lever in levers],
        "chart": charts.to_page(chart, numerals) if bars else None,
    }


def _compare(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        kept = links.from_link(asked["kept"], result.numerals.language)
    except BrokenLink:
        return {"broken": True}
    if kept.calculator is not result.calculator:
        return {"broken": True}
    return {"rows": [asdict(row) for row in compare(kept, result)]}


def _link(result: Result, _asked: dict[str, Any]) -> dict[str, Any]:
    link = links.to_link(result)
    return {"link": link, "is_too_long": len(link) > LONGEST_LINK}


def _text(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    return {"text": take_along.as_text(result, asked["address"])}


def _csv(result: Result, _asked: dict[str, Any]) -> dict[str, Any]:
    return {"text": take_along.as_csv(result)}


def _workbook(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    # Here and not above: in the browser they come when the first workbook is asked for.
    import base64

    from calculators.core.workbook import write_workbook

    return {"base64": base64.b64encode(write_workbook(result, asked["address"])).decode()}


def open_link(asked: dict[str, Any], to_page: Callable[[Result], dict[str, Any]]) -> dict[str, Any]:
    """Return the inputs of a link as they stand in the fields, its currency and its result, or `broken`."""
    try:
        result = links.from_link(asked["link"], asked["language"])
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
    "text": _text,
    "csv": _csv,
    "workbook": _workbook,
}
