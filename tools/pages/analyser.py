"""Fill a page's analyser: everything it says, in the language of the page, before a file is there."""

import re

from mkdocs.utils import get_relative_url

from calculators.analysis.report.words import words
from calculators.core.words.catalogue import catalogue
from tools.pages import my_numbers
from tools.pages.form import currencies
from tools.pages.partials import partial
from tools.samples.publishing import address, history_address
from tools.texts.playbook_pages import folder_of, url_of

ELEMENT = "playbook-analyser"
_EMPTY = re.compile(rf"<{ELEMENT}></{ELEMENT}>")


def fill_analysers(html: str, language: str, page_url: str) -> str:
    """Replace the empty analyser of a page; its links are relative to `page_url`."""
    return _EMPTY.sub(lambda _match: render_analyser(language, page_url), html)


def render_analyser(language: str, page_url: str) -> str:
    """Return the analyser's element in a language, for a page at an address within the site."""
    own, shared = words(language), catalogue(language)

    def gettext(message: str) -> str:
        # What it shares with the calculators ("Try again") is translated there.
        text = own.gettext(message)
        return shared.gettext(message) if text == message else text

    return partial("analyser.html").render(
        _=gettext,
        currencies=currencies(language),
        language=language,
        numbers_address=get_relative_url(folder_of(language) + url_of(my_numbers.PAGE), page_url),
        root=get_relative_url(folder_of(language) or ".", page_url),
        samples=[get_relative_url(of(language), page_url) for of in (address, history_address)],
    )
