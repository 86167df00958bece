"""The gallery: every calculator of a group as a question, with the answer of its worked example."""

import re

from mkdocs.utils import get_relative_url

from calculators.core.calculator import all_calculators
from calculators.core.catalogue import catalogue
from calculators.core.run import run
from tools.partials import partial
from tools.playbook_pages import folder_of, url_of

_EMPTY = re.compile(r'<div data-gallery="(\w+)"></div>')


def fill_galleries(html: str, language: str, page_url: str) -> str:
    """Replace each empty gallery of a page; links are relative to `page_url`."""
    return _EMPTY.sub(lambda match: _gallery(match[1], language, page_url), html)


def _gallery(group: str, language: str, page_url: str) -> str:
    gettext = catalogue(language).gettext
    entries = []
    for calculator in all_calculators().values():
        if calculator.group != group:
            continue
        result = run(calculator.id, {}, language)
        headline = calculator.headline
        page = get_relative_url(folder_of(language) + url_of(calculator.page), page_url)
        entries.append(
            {
                "url": f"{page}#calculator-{calculator.id}",
                "question": gettext(calculator.question),
                "title": gettext(calculator.title),
                "label": gettext(calculator.output_fields[headline].label),
                "answer": result.text(headline) or "–",
            }
        )
    return partial("gallery.html").render(entries=entries)
