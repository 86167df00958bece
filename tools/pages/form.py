"""Fill a page's calculators: the complete form, the result of the defaults and how it is worked out."""

import re
from collections.abc import Callable
from functools import cache
from itertools import count, filterfalse
from typing import NamedTuple

from babel.core import Locale
from babel.numbers import get_currency_name, get_currency_symbol
from mkdocs.utils import get_relative_url

from calculators.core.declaring.records import Field
from calculators.core.declaring.tables import Table
from calculators.core.exploring.pairs import pairs
from calculators.core.exploring.sensitivity import STEPS
from calculators.core.numbers.currencies import CURRENCIES
from calculators.core.numbers.numerals import numerals
from calculators.core.numbers.ways_of_writing import WAYS
from calculators.core.page.answer import default_answer, default_texts
from calculators.core.running.calculator import Calculator, find
from calculators.core.running.run import formula_in_words
from calculators.core.words.catalogue import catalogue
from tools.pages import my_numbers
from tools.pages.partials import partial
from tools.texts.playbook_pages import folder_of, url_of

# Powers of ten: amounts in sales end with thousands of millions.
_LARGEST_SCALE = 9
_EMPTY_ELEMENT = re.compile(r'<playbook-calculator name="([\w-]+)"></playbook-calculator>')


class Currency(NamedTuple):
    """A currency as the chooser shows it."""

    name: str
    symbol: str


@cache
def currencies(language: str) -> dict[str, Currency]:
    """Return the currencies of the chooser by code, named in a language."""
    locale = Locale.parse(language)
    return {
        code: Currency(f"{code} – {get_currency_name(code, locale=locale)}", get_currency_symbol(code, locale=locale))
        for code in CURRENCIES
    }


def fill_calculators(html: str, language: str, page_url: str, *, waits: bool) -> str:
    """Replace each empty calculator element of a page by its form in a language; its links are relative to `page_url`.

    One that `waits` loads nothing of Python before the reader comes to it.
    """
    numbers = count(1)
    address = get_relative_url(folder_of(language) + url_of(my_numbers.PAGE), page_url)
    return _EMPTY_ELEMENT.sub(
        lambda match: render_form(
            match[1], language, f"calculator-{next(numbers)}", numbers_address=address, waits=waits
        ),
        html,
    )


class Group(NamedTuple):
    """An input as it stands in the form, with the inputs that belong to it: evidence and weight of a rating."""

    name: str
    field: Field
    further: dict[str, Field]
    shown_if: str | None


def groups_of(fields: dict[str, Field]) -> list[Group]:
    """Return the inputs in their order, each rating with its evidence and its weight."""
    own = {name: {f"{name}_{part}" for part in ("evidence", "weight")} & fields.keys() for name in fields}
    taken = set().union(*own.values())
    return [
        Group(
            name,
            field,
            {further: fields[further] for further in sorted(own[name])},
            getattr(field, "shown_if", None),
        )
        for name, field in fields.items()
        if name not in taken
    ]


def _is_threshold(group: Group) -> bool:
    return getattr(group.field, "is_threshold", False)


def render_form(calculator_id: str, language: str, key: str, *, numbers_address: str = "", waits: bool = False) -> str:
    """Return a calculator's element; `key` begins the ids inside it and is unique on the page.

    `numbers_address` leads to the page with the reader's numbers, "" for none.
    """
    calculator = find(calculator_id)
    gettext = catalogue(language).gettext
    groups = groups_of(calculator.input_fields)
    return partial("calculator.html").render(
        _=lambda message: gettext(message) if message else "",
        answer=default_answer(calculator_id, language),
        calculator=calculator,
        currencies=currencies(language),
        decimal_mark=Locale.parse(language).number_symbols["latn"]["decimal"],
        embed_address=f"{folder_of(language)}embed/{calculator_id}/",
        groups=list(filterfalse(_is_threshold, groups)),
        key=key,
        language=language,
        numbers_address=numbers_address,
        pairs=pairs(calculator_id),
        scales=[word for power, word in reversed(WAYS[language].spoken) if power <= _LARGEST_SCALE],
        steps={str(step): numerals(language).percent(step) for step in STEPS},
        thresholds=list(filter(_is_threshold, groups)),
        texts=default_texts(calculator_id, language),
        titles_beside=my_numbers.titles_beside(calculator, language),
        waits=waits,
        words={name: formula_in_words(calculator, name, language) for name in calculator.working},
        working_labels=_working_labels(calculator, gettext),
    )


def _working_labels(calculator: Calculator, gettext: Callable[[str], str]) -> dict[str, str]:
    """Return what each formula is of: a result, or a column of a table among the results."""
    labels = {}
    for name in calculator.working:
        output, _dot, column = name.partition(".")
        if output in calculator.result_fields:
            field = calculator.result_fields[output]
            labels[name] = gettext(field.columns[column].label if isinstance(field, Table) else field.label)
    return labels
