"""The page with all numbers of the reader, and what a calculator says about where such a number is from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mkdocs.utils import get_relative_url

from calculators.core.declaring.fields import Number
from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.running.calculator import Calculator, all_calculators
from calculators.core.words.catalogue import catalogue
from tools.pages.partials import partial
from tools.texts.playbook_pages import folder_of, url_of

PAGE = "reference/my-numbers.md"
_ELEMENT = "playbook-numbers"
_EMPTY = re.compile(rf"<{_ELEMENT}></{_ELEMENT}>")


@dataclass(frozen=True, slots=True)
class _Using:
    """A calculator that asks for a quantity or works it out."""

    name: str
    title: str
    url: str


def fill(html: str, language: str, page_url: str) -> str:
    """Replace the empty element of a page; its links are relative to `page_url`."""
    return _EMPTY.sub(lambda _match: _element(language, page_url), html)


def titles_beside(calculator: Calculator, language: str) -> dict[str, str]:
    """Return the titles of the calculators from which numbers for one may come, by id."""
    wanted = {quantity for field in calculator.input_fields.values() if (quantity := _quantity(field))}
    gettext = catalogue(language).gettext
    return {
        other.id: gettext(other.title) for other in all_calculators().values() if wanted & _quantities_of(other).keys()
    }


def _quantities_of(calculator: Calculator) -> Mapping[str, str]:
    fields = calculator.input_fields | calculator.result_fields
    return {quantity: name for name, field in fields.items() if (quantity := _quantity(field))}


def _quantity(field: object) -> str | None:
    return field.quantity if isinstance(field, Number) else None


def _element(language: str, page_url: str) -> str:
    gettext = catalogue(language).gettext
    used_in: dict[str, list[_Using]] = {name: [] for name in QUANTITIES}
    for calculator in all_calculators().values():
        address = get_relative_url(folder_of(language) + url_of(calculator.page), page_url)
        using = _Using(calculator.id, gettext(calculator.title), f"{address}#calculator-{calculator.id}")
        for quantity in _quantities_of(calculator):
            used_in[quantity].append(using)
    return partial("my_numbers.html").render(
        _=lambda message: gettext(message) if message else "",
        key="my-numbers",
        language=language,
        quantities=QUANTITIES,
        used_in=used_in,
    )
