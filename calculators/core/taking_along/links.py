"""A calculator's inputs as text behind the # of a link: sorted, defaults left out, free text never in it.

An example: `sales-velocity?opportunities=80&win_rate=0.3`.
A scenario kept in the reader's own browser is written in the same way, with the free text in it.
"""

from typing import Any
from urllib.parse import quote, unquote_to_bytes

from calculators.core.declaring.outcome import InvalidInput, InvalidInputs
from calculators.core.declaring.outside import excerpt
from calculators.core.declaring.tables import Table
from calculators.core.running.calculator import find
from calculators.core.running.run import Result, run

_CURRENCY = "currency"
_PLAIN = ",;.:-_"
# A full table of long names, every sign of them escaped twice; browsers and messengers cut links off far earlier.
_LONGEST = 1_000_000


class BrokenLink(ValueError):  # noqa: N818 - as InvalidInput: it says what happened to a reader
    """A link whose inputs cannot be read."""


def to_link(result: Result, *, with_private: bool = False) -> str:
    """Return what stands behind the #; `from_link` gives the same result back, but for private texts.

    With these it is what the reader's own browser keeps, and never a link.
    """
    calculator = result.calculator
    entries = {}
    for name, field in calculator.input_fields.items():
        write = field.to_keep if with_private and isinstance(field, Table) else field.to_link
        text = write(getattr(result.inputs, name))
        if (with_private or not field.is_private) and text != write(calculator.defaults[name]):
            entries[name] = text
    if result.numerals.currency:
        entries[_CURRENCY] = result.numerals.currency
    pairs = "&".join(f"{name}={quote(text, safe=_PLAIN)}" for name, text in sorted(entries.items()))
    return f"{calculator.id}?{pairs}"


def from_link(link: str, language: str, *, with_private: bool = False) -> Result:
    """Run what a link says. Raises BrokenLink when it names what does not exist or cannot be computed with.

    A link that brings private texts is broken; what the reader's own browser kept may have them (`with_private`).
    Its length and its parts are counted before any of it is read.
    """
    if len(link) > _LONGEST:
        raise BrokenLink(excerpt(link))
    calculator_id, _mark, pairs = link.partition("?")
    try:
        calculator = find(calculator_id)
    except InvalidInput:
        raise BrokenLink(excerpt(link)) from None
    fields = calculator.input_fields.items()
    open_fields = {name for name, field in fields if with_private or not field.is_private} | {_CURRENCY}
    if pairs.count("&") > len(open_fields):
        raise BrokenLink(excerpt(link))
    given: dict[str, Any] = {}
    for pair in filter(None, pairs.split("&")):
        name, equals, text = pair.partition("=")
        if not equals or name in given or name not in open_fields:
            raise BrokenLink(excerpt(link))
        try:
            given[name] = unquote_to_bytes(text).decode()
        except UnicodeError:
            raise BrokenLink(excerpt(link)) from None
    currency = given.pop(_CURRENCY, "")
    try:
        return run(calculator_id, given, language, currency)
    except InvalidInputs as refused:
        # Where what was raised was nobody's intention, it stays the cause.
        raise BrokenLink(excerpt(link)) from refused.__cause__
