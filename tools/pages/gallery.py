"""The gallery: every calculator of a group as a question, with the answer of its worked example."""

import re

from mkdocs.utils import get_relative_url

from calculators.core.running.calculator import all_calculators
from calculators.core.running.run import run
from calculators.core.words.catalogue import catalogue
from tools.pages.partials import partial
from tools.texts.playbook_pages import folder_of, url_of

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
        page = get_relative_url(folder_of(language) + url_of(calculator.page), page_url)
        entries.append(
            {
                "url": f"{page}#calculator-{calculator.id}",
                "question": gettext(calculator.question),
                "title": gettext(calculator.title),
                "answer": result.headline,
            }
        )
    return partial("gallery.html").render(entries=entries)
