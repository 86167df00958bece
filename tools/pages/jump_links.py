"""Below the title of a page: a link to each of its calculators, which names the question that it answers."""

import re

from calculators.core.running.calculator import Calculator, find
from calculators.core.words.catalogue import catalogue
from tools.pages.partials import partial

_CALCULATOR = re.compile(r'<playbook-calculator name="([\w-]+)"')
_TITLE = re.compile(r'</h1>(?:\s*<p class="reading-time".*?</p>)?', re.DOTALL)


def calculators_of(html: str) -> list[Calculator]:
    """Return the calculators of a page, in their order."""
    return [find(name) for name in _CALCULATOR.findall(html)]


def add_jump_links(html: str, language: str) -> str:
    """Add the links below the title and the reading time of a page."""
    calculators = calculators_of(html)
    if not calculators:
        return html
    links = partial("jump_links.html").render(_=catalogue(language).gettext, calculators=calculators)
    return _TITLE.sub(lambda match: f"{match[0]}\n{links}", html, count=1)
