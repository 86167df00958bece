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


def is_in_sight(html: str) -> bool:
    """Say whether the first calculator of a page stands before its first box and section, as on the home page."""
    before = _CALCULATOR.split(html, maxsplit=1)[0]
    return "<h2" not in before and 'class="admonition' not in before


def add_jump_links(html: str, language: str) -> str:
    """Add the links below title and reading time of a page, unless the first calculator is in sight there."""
    calculators = calculators_of(html)
    if not calculators or is_in_sight(html):
        return html
    links = partial("jump_links.html").render(_=catalogue(language).gettext, calculators=calculators)
    return _TITLE.sub(lambda match: f"{match[0]}\n{links}", html, count=1)
