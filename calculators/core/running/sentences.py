"""The sentences of refusals, shared by every calculator, and the filling of placeholders."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.numbers.numerals import Numerals
from calculators.core.words.messages import _

# Codes are part of the command line's contract; `InvalidInput` names them.
ERRORS = {
    "missing": _("Enter a number, for example {example}."),
    "not_a_number": _("“{typed}” is not a number. Write it like this: {example}."),
    "wrong_marks": _("“{typed}” cannot be read as a number here. Did you mean {suggestion}?"),
    "two_readings": _("“{typed}” can be {first} or {second}. Which do you mean?"),
    "several_values": _("“{typed}”: these are several values, and only one fits here."),
    "fraction": _("Does “{typed}” mean {first} or {second}?"),
    "fraction_in_column": _("No value in this column is above {largest}. Does “{typed}” mean {first} or {second}?"),
    "too_small": _("The smallest value possible here is {minimum}."),
    "too_large": _("The largest value possible here is {maximum}."),
    "too_precise": _("This number has more decimals than can be computed with. Round it, or enter 0."),
    "not_whole": _("Only whole numbers are possible here."),
    "rate_above_one": _("Give a rate as a fraction of 1, for example 0.25 for 25%. The largest value is {maximum}."),
    "no_day": _("Enter a date, for example {example}."),
    "not_a_day": _("“{typed}” is not a date. Write it like this: {example}."),
    "day_out_of_range": _("Only dates from {minimum} to {maximum} are possible here."),
    "not_a_series": _("Give a list of numbers."),
    "too_many": _("The list is too long: at most {maximum} values."),
    "not_a_number_in_series": _("Value {position}, “{typed}”, is not a number."),
    "wrong_marks_in_series": _(
        "Value {position}, “{typed}”, cannot be read as a number here. Did you mean {suggestion}?"
    ),
    "two_readings_in_series": _("Value {position}, “{typed}”, can be {first} or {second}. Which do you mean?"),
    "too_small_in_series": _("Value {position}, “{typed}”, is too small: the smallest possible is {minimum}."),
    "too_large_in_series": _("Value {position}, “{typed}”, is too large: the largest possible is {maximum}."),
    "too_precise_in_series": _("Value {position}, “{typed}”, has more decimals than can be computed with."),
    "not_a_table": _("Give a table: a list of rows, each with the columns {names}."),
    "unknown_column": _("This table has no column “{typed}”. Its columns are: {names}."),
    "too_many_rows": _("The table is too long: at most {maximum} rows."),
    "too_few_rows": _("Too few rows are filled in: it takes at least {minimum}."),
    "above_next_threshold": _("The largest value possible here is {maximum}, where the next threshold begins."),
    "unknown_step": _("“{typed}” is none of the steps. Give their numbers or names, for example 1, 2."),
    "several_steps": _("“{typed}” can be several of the steps. Give each of them a name of its own."),
    "waits_for_itself": _("A step cannot wait for itself."),
    "circle": _("These steps wait for each other in a circle: {names}."),
    "beyond_calendar": _(
        "With these lengths, a step would lie before {minimum} or after {maximum}. Shorten the steps."
    ),
    "starts_after_list": _("A deal cannot have started after the day of the list, {maximum}."),
    "closed_before_start": _("A deal cannot have closed before it started, on {minimum}."),
    "not_a_choice": _("“{typed}” is none of the possible values: {names}."),
    "no_choice_made": _("Give one of the possible values: {names}."),
    "nothing_to_solve": _(
        "Nothing can be found by solving here: this calculator has no single number that alone leads to a result."
    ),
    "not_a_flag": _("“{typed}” is neither true nor false."),
    "not_a_rating": _("“{typed}” is no rating: give 0, 1, 2, 3 or unknown."),
    "not_a_level": _("“{typed}” is no rating: give 0, 1, 2 or 3."),
    "not_a_text": _("“{typed}” is not a text."),
    "text_too_long": _("The text is too long: at most {maximum} characters."),
    "unknown_input": _("This calculator has no input “{typed}”. Its inputs are: {names}."),
    "unknown_calculator": _("There is no calculator “{typed}”. The list shows all of them."),
    "unknown_currency": _("There is no currency “{typed}” to choose. Give a code such as EUR."),
    "not_computable": _(
        "No result can be worked out from these numbers. Change the one you typed last; everything you entered is kept."
    ),
    "too_much": _("This is more text than can be read at once. Shorten it, or paste a part of it."),
    "unreadable_question": _("The question cannot be read, so nothing was computed."),
    "unreadable_numbers": _("This is no file of My numbers: nothing was taken from it."),
    "unreadable_inputs": _("The inputs cannot be read: give name=value, or a JSON file with an object of inputs."),
}

# `{name}` is an input or output; `{=0.75}` a number of the formula itself.
_PLACEHOLDER = re.compile(r"\{(=?)([\w.]+)\}")


def fill(template: str, names: Mapping[str, str], numerals: Numerals) -> str:
    """Fill `{name}` from `names` and write `{=0.75}` with the decimal mark of the language."""

    def text_of(match: re.Match[str]) -> str:
        return numerals.exact(Decimal(match[2])) if match[1] else names[match[2]]

    return _PLACEHOLDER.sub(text_of, template)


def named(template: str) -> list[str]:
    """Return the inputs and outputs that a template has places for."""
    return [name for mark, name in _PLACEHOLDER.findall(template) if not mark]


def error_text(error: InvalidInput, gettext: Any, numerals: Numerals) -> str:
    """Return the sentence of a refusal in the language of `gettext` and `numerals`."""
    names = {name: _value_text(value, numerals) for name, value in error.values.items()}
    sentence = fill(gettext(ERRORS[error.code]), names, numerals)
    if error.cell is None:
        return sentence
    place = {"row": str(error.cell.row), "column": gettext(error.cell.label), "sentence": sentence}
    if error.cell.row is None:
        return fill(gettext(_("{column}: {sentence}")), place, numerals)
    return fill(gettext(_("Row {row}, {column}: {sentence}")), place, numerals)


def _value_text(value: Any, numerals: Numerals) -> str:
    if isinstance(value, Number):
        return value.offer(value.example(), numerals).label
    if isinstance(value, tuple):
        field, limit = value
        return str(field.show(limit, numerals))
    return str(value)
