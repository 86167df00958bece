"""Fill a page's calculators: the complete form, the result of the defaults and how it is worked out."""

import re
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from babel.core import Locale
from babel.numbers import get_currency_name, get_currency_symbol
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from calculators.core.calculator import find
from calculators.core.catalogue import catalogue
from calculators.core.page import default_answer, default_texts
from calculators.core.run import formula_in_words

PARTIALS = Path(__file__).resolve().parents[1] / "overrides" / "partials"
_EMPTY_ELEMENT = re.compile(r'<playbook-calculator name="([\w-]+)"></playbook-calculator>')
# The reader's choice for display, ordered by code; nothing is converted.
CURRENCIES = (
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "INR", "JPY", "KRW",
    "MXN", "NOK", "NZD", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "VND", "ZAR",
)  # fmt: skip


class Currency(NamedTuple):
    """A currency as the chooser shows it."""

    name: str
    symbol: str


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(PARTIALS), autoescape=True, undefined=StrictUndefined)


@cache
def currencies(language: str) -> dict[str, Currency]:
    """Return the currencies of the chooser by code, named in a language."""
    locale = Locale.parse(language)
    return {
        code: Currency(f"{code} – {get_currency_name(code, locale=locale)}", get_currency_symbol(code, locale=locale))
        for code in CURRENCIES
    }


def fill_calculators(html: str, language: str) -> str:
    """Replace each empty calculator element of a page by its form in a language."""
    numbers = count(1)
    return _EMPTY_ELEMENT.sub(lambda match: render_form(match[1], language, f"calculator-{next(numbers)}"), html)


def render_form(calculator_id: str, language: str, key: str) -> str:
    """Return a calculator's element; `key` begins the ids inside it and is unique on the page."""
    calculator = find(calculator_id)
    return (
        _environment()
        .get_template("calculator.html")
        .render(
            _=lambda message: catalogue(language).gettext(message) if message else "",
            answer=default_answer(calculator_id, language),
            calculator=calculator,
            currencies=currencies(language),
            key=key,
            language=language,
            texts=default_texts(calculator_id, language),
            words={name: formula_in_words(calculator, name, language) for name in calculator.working},
        )
    )
