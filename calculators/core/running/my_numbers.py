"""The reader's numbers: quantities known from earlier, with where each is from, and the small file they travel in.

The file is JSON: `{"format": "playbook-numbers", "numbers": {"win_rate": {"value": "0.315", "from": "win-rate",
"day": "2026-11-30"}}}`. Values are written as programs write them: a rate as a fraction. `from` is the id of a
calculator, `analysis` or `typed`; `day` is when it was.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from calculators.core.declaring.fields import Number, handed_on, plain_number
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs, Undefined
from calculators.core.declaring.outside import bounded_json
from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.numbers.currencies import CURRENCIES
from calculators.core.running.calculator import Calculator, find
from calculators.core.running.run import Result
from calculators.core.running.sentences import named

FORMAT = "playbook-numbers"
_LONGEST_FILE = 100_000
_DEEPEST_FILE = 6
# An id of a calculator, or `analysis`, or `typed`.
_ORIGIN = re.compile(r"[a-z]{1,30}(-[a-z]{1,30}){0,5}")
# Not by `datetime`, of which the browser's Python has no part that calculators do not call.
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A number that is known: its value in the unit of its quantity, where it is from, and its day ("" for none).

    An amount may be in a `currency`; "" where nobody said which.
    """

    value: Decimal
    origin: str = "typed"
    day: str = ""
    currency: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the number as the file has it."""
        currency = {"currency": self.currency} if self.currency else {}
        return {"value": plain_number(self.value), "from": self.origin, "day": self.day} | currency


def known_from(entries: Any) -> dict[str, Known]:
    """Return the numbers of a file or of what a browser kept, by quantity, in the order of `QUANTITIES`.

    A value may also stand alone (`{"win_rate": 0.315}`). What is no quantity here is left out: a later release may
    know more of them. Raises InvalidInputs, naming each quantity whose value is none that it can have.
    """
    if not isinstance(entries, Mapping):
        raise InvalidInputs([InvalidInput("numbers", "unreadable_numbers")])
    found, errors = {}, []
    for name, field in QUANTITIES.items():
        if name not in entries:
            continue
        entry = entries[name] if isinstance(entries[name], Mapping) else {"value": entries[name]}
        try:
            value = field.read_value(name, entry.get("value"))
        except InvalidInput as error:
            errors.append(error)
            continue
        assert value is not None  # no quantity is optional
        currency = str(entry.get("currency"))
        found[name] = Known(
            value=value,
            origin=_origin(entry.get("from")),
            day=_day(entry.get("day")),
            currency=currency if field.kind == "money" and currency in CURRENCIES else "",
        )
    if errors:
        raise InvalidInputs(errors)
    return found


def read_file(text: str) -> dict[str, Known]:
    """Return the numbers of a file's text; raises InvalidInputs where it is none, as `known_from` does."""
    try:
        read = bounded_json(text, longest=_LONGEST_FILE, deepest=_DEEPEST_FILE)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise InvalidInputs([InvalidInput("numbers", "unreadable_numbers")])
    # Written by hand, the quantities may stand alone. A file of something else has none of them.
    entries = read.get("numbers", read)
    is_ours = read.get("format", FORMAT) == FORMAT and isinstance(entries, dict) and entries.keys() & QUANTITIES.keys()
    if not is_ours:
        raise InvalidInputs([InvalidInput("numbers", "unreadable_numbers")])
    return known_from(entries)


def file_of(known: Mapping[str, Known]) -> dict[str, Any]:
    """Return what the file holds, to be written as JSON."""
    return {"format": FORMAT, "numbers": {name: known[name].to_json() for name in QUANTITIES if name in known}}


def quantities_of(calculator: Calculator) -> dict[str, str]:
    """Return the quantity of each input of a calculator that has one."""
    return {name: quantity for name, field in calculator.input_fields.items() if (quantity := _quantity(field))}


def filled_in(calculator: Calculator, given: Mapping[str, Any], known: Mapping[str, Known]) -> dict[str, Known]:
    """Return the known numbers for those inputs of a calculator that are not given, by input."""
    inputs = quantities_of(calculator).items()
    return {name: known[quantity] for name, quantity in inputs if quantity in known and name not in given}


def learned_from(result: Result) -> dict[str, dict[str, Any]]:
    """Return what a result says about quantities, by the input or output that says it.

    Each has its `quantity`, its `value` as programs write it, and the inputs that it is made `of`: it is the reader's
    own number only where all of these are.
    """
    calculator, learned = result.calculator, {}
    for name, field in (calculator.input_fields | calculator.result_fields).items():
        quantity = _quantity(field)
        if quantity is None:
            continue
        is_input = name in calculator.input_fields
        value = getattr(result.inputs if is_input else result.figures, name)
        if value is None or isinstance(value, Undefined):
            continue
        of = [name] if is_input else list(_inputs_behind(calculator.id, name))
        learned[name] = {"quantity": quantity, "value": handed_on(value), "of": of}
    return learned


def _quantity(field: Any) -> str | None:
    return field.quantity if isinstance(field, Number) else None


@cache
def _inputs_behind(calculator_id: str, output: str) -> tuple[str, ...]:
    """Return the inputs that an output is worked out from, by the formulas of its workbook; all, where one has none."""
    calculator = find(calculator_id)
    behind: dict[str, None] = {}
    open_names, seen = [output], set()
    while open_names:
        name = open_names.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in calculator.input_fields:
            behind[name] = None
        elif name in calculator.spreadsheet:
            open_names += [found.partition(".")[0] for found in named(calculator.spreadsheet[name])]
        else:
            return tuple(calculator.input_fields)
    return tuple(name for name in calculator.input_fields if name in behind)


def _origin(written: Any) -> str:
    return written if isinstance(written, str) and _ORIGIN.fullmatch(written) else "typed"


def _day(written: Any) -> str:
    return written if isinstance(written, str) and _DAY.fullmatch(written) else ""
