"""What the page asks about the reader's numbers: which of them fit a calculator, and how each is written."""

from typing import Any

from calculators.core.declaring.fields import Number, handed_on
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs
from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.numbers.currencies import CURRENCIES
from calculators.core.numbers.numerals import Numerals, numerals
from calculators.core.running.calculator import find
from calculators.core.running.my_numbers import Known, file_of, known_from, quantities_of, read_file
from calculators.core.running.run import error_json
from calculators.core.running.sentences import fill
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _


def offers(asked: dict[str, Any]) -> dict[str, Any]:
    """Return for each input of a calculator the number that is known of its quantity, where another one stands there.

    `numbers` are those of the browser's store. `offers` has, by input, the `quantity`, the `text` for people and the
    `value` as it stands in the field. A number that the input would refuse is not offered, nor an amount in another
    currency than the page's: nothing is converted.
    """
    calculator, language, currency = find(asked["calculator"]), asked["language"], asked["currency"]
    written = numerals(language, currency)
    known = _kept(asked["numbers"])
    offered = {}
    for name, quantity in quantities_of(calculator).items():
        if quantity not in known:
            continue
        field = calculator.input_fields[name]
        assert isinstance(field, Number)
        try:
            value = field.read_value(name, handed_on(known[quantity].value))
        except InvalidInput:
            continue
        if value is None or _stands_there(field, asked["inputs"].get(name), value, written):
            continue
        own = known[quantity].currency
        if own and currency not in ("", own):
            continue
        text = field.show(value, numerals(language, own or currency))
        offered[name] = {"quantity": quantity, "text": text, "value": field.write_text(value, written)}
    return {"offers": offered}


def numbers(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the reader's numbers as the page that shows all of them writes them.

    `numbers` are those of the browser's store; `typed` what stands in some fields, by quantity, in the language of the
    page; `file` the text of a file, "" for none. `numbers` has, of the store, what was typed and the file, each coming
    before the one before it: by quantity, what the store keeps and `text`, as it stands in its field. What cannot be
    read is among the `errors`, and the rest is read all the same; of a file, all or nothing. `kept` is what the file
    holds.
    """
    language = asked["language"]
    # The tab's storage may hold anything, and there is no chooser here to compare it with.
    currency = asked["currency"] if asked["currency"] in CURRENCIES else ""
    written = numerals(language, currency)
    known, errors = _kept(asked["numbers"]), []
    if asked["file"]:
        try:
            known |= read_file(asked["file"])
        except InvalidInputs as refused:
            errors += [_of_file(error, language) for error in refused.errors]
    for name, typed in asked["typed"].items():
        field = QUANTITIES.get(name)
        if field is None or not isinstance(typed, str):
            continue
        if not typed.strip():
            known.pop(name, None)
            continue
        try:
            value = field.read_text(name, typed, written)
        except InvalidInput as error:
            errors.append(error_json(error, language, currency))
            continue
        assert value is not None  # no quantity is optional
        known[name] = Known(value=value, currency=currency if field.kind == "money" else "")
    shown = {
        name: known[name].to_json() | {"text": QUANTITIES[name].write_text(known[name].value, written)}
        for name in QUANTITIES
        if name in known
    }
    return {"numbers": shown, "kept": file_of(known), "errors": errors}


def _kept(entries: Any) -> dict[str, Known]:
    """Return what the browser kept; what somebody else has put there is left out."""
    known: dict[str, Known] = {}
    for name, entry in entries.items() if isinstance(entries, dict) else ():
        try:
            known |= known_from({name: entry})
        except InvalidInputs:
            continue
    return known


def _of_file(error: InvalidInput, language: str) -> dict[str, Any]:
    """Return a refusal of a file, with the name of the quantity that it is about."""
    refusal = error_json(error, language)
    if error.input in QUANTITIES:
        gettext = catalogue(language).gettext
        names = {"column": gettext(QUANTITIES[error.input].label), "sentence": refusal["text"]}
        refusal["text"] = fill(gettext(_("{column}: {sentence}")), names, numerals(language))
    return refusal | {"input": ""}


def _stands_there(field: Number, typed: Any, value: Any, written: Numerals) -> bool:
    """Whether a field says a number already, however it is written there."""
    if not isinstance(typed, str):
        return False
    try:
        there = field.read_text("", typed, written)
    except InvalidInput:
        return False
    return there is not None and handed_on(there) == handed_on(value)
