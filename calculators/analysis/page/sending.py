"""A figure sent to its calculator: the address of the calculator's page with the numbers behind the #.

Only numbers go there, never a name or a text of the file.
"""

from collections.abc import Mapping
from typing import Any

from calculators.analysis.page.writing import exact
from calculators.core.declaring.fields import handed_on
from calculators.core.declaring.outcome import InvalidInputs
from calculators.core.running.calculator import find
from calculators.core.running.run import run
from calculators.core.taking_along.links import to_link


def address(calculator_id: str, inputs: Mapping[str, Any], currency: str = "") -> str:
    """Return the address within the folder of a language, or "" where the calculator does not take these numbers.

    `inputs` are numbers, lists of them, or rows of a table (dicts); one that is None leaves all out.
    """
    if None in inputs.values():
        return ""
    given = {name: _plain(value) for name, value in inputs.items()}
    try:
        link = to_link(run(calculator_id, given, currency=currency))
    except InvalidInputs:
        return ""
    page = find(calculator_id).page.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{page}/#{link}"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value if isinstance(value, str) else handed_on(exact(value))
