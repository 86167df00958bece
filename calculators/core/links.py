"""A calculator's inputs as text behind the # of a link: sorted, defaults left out, free text never in it.

An example: `sales-velocity?opportunities=80&win_rate=0.3`.
"""

import re
from typing import Any
from urllib.parse import quote, unquote

from calculators.core.calculator import find
from calculators.core.outcome import InvalidInput, InvalidInputs
from calculators.core.run import Result, run

_CURRENCY = "currency"
_CURRENCY_CODE = re.compile("[A-Z]{3}")
_PLAIN = ",;.:-_"


class BrokenLink(ValueError):  # noqa: N818 - as InvalidInput: it says what happened to a reader
    """A link whose inputs cannot be read."""


def to_link(result: Result) -> str:
    """Return what stands behind the #; `from_link` gives the same result back, but for private texts."""
    calculator = result.calculator
    entries = {}
    for name, field in calculator.input_fields.items():
        text = field.to_link(getattr(result.inputs, name))
        if not field.is_private and text != field.to_link(calculator.defaults[name]):
            entries[name] = text
    if result.numerals.currency:
        entries[_CURRENCY] = result.numerals.currency
    pairs = "&".join(f"{name}={quote(text, safe=_PLAIN)}" for name, text in sorted(entries.items()))
    return f"{calculator.id}?{pairs}"


def from_link(link: str, language: str) -> Result:
    """Run what a link says. Raises BrokenLink when it names what does not exist or cannot be computed with."""
    calculator_id, _mark, pairs = link.partition("?")
    try:
        calculator = find(calculator_id)
    except InvalidInput:
        raise BrokenLink(link) from None
    given: dict[str, Any] = {}
    for pair in filter(None, pairs.split("&")):
        name, equals, text = pair.partition("=")
        if not equals or name in given:
            raise BrokenLink(link)
        given[name] = unquote(text)
    currency = given.pop(_CURRENCY, "")
    if currency and not _CURRENCY_CODE.fullmatch(currency):
        raise BrokenLink(link)
    if any(name in calculator.input_fields and calculator.input_fields[name].is_private for name in given):
        raise BrokenLink(link)
    try:
        return run(calculator_id, given, language, currency)
    except InvalidInputs:
        raise BrokenLink(link) from None
