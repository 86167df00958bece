"""Which inputs move which result: what the page offers to aim at, and by what."""

from functools import cache
from typing import Any

from calculators.core.declaring.choices import Flag
from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import Undefined
from calculators.core.exploring.search import range_of
from calculators.core.exploring.solve import differ
from calculators.core.running.calculator import find
from calculators.core.running.run import Result, compute_with, run


@cache
def pairs(calculator_id: str) -> dict[str, tuple[str, ...]]:
    """Return the results that can be aimed at, each with the inputs that move it: first those of the worked example.

    Behind them come those that count only with an option ticked, or with an optional field filled in.
    """
    calculator = find(calculator_id)
    fields = calculator.input_fields
    further: dict[str, Any] = {name: True for name, field in fields.items() if isinstance(field, Flag)}
    further |= {
        name: field.maximum for name, field in fields.items() if isinstance(field, Number) and field.is_optional
    }
    in_example = _moved(run(calculator_id))
    with_further = _moved(run(calculator_id, further)) if further else in_example
    found = {output: tuple(dict.fromkeys([*in_example[output], *with_further[output]])) for output in in_example}
    return {output: inputs for output, inputs in found.items() if inputs}


def _moved(result: Result) -> dict[str, list[str]]:
    calculator = result.calculator
    moved: dict[str, list[str]] = {output: [] for output in calculator.figures}
    for unknown, field in calculator.variable_inputs.items():
        places = range_of(field, result).places(getattr(result.inputs, unknown), ())
        answers = [compute_with(calculator, result.inputs, {unknown: place}) for place in places]
        for output, inputs in moved.items():
            found = [getattr(figures, output) for figures in answers if figures is not None]
            known = [figure for figure in found if not isinstance(figure, Undefined)]
            if known and differ(min(known), max(known)):
                inputs.append(unknown)
    return moved
