"""The self-check: questions with answers to choose from, and why one of them is right."""

import json
import re
from html import unescape
from itertools import count

from calculators.core.words.catalogue import catalogue
from tools.pages.partials import partial

_EMPTY = re.compile(r'<div data-quiz="([^"]*)"></div>')


def fill_quizzes(html: str, language: str) -> str:
    """Replace each empty quiz of a page, whose own words are then in `language`."""
    numbers = count(1)
    template = partial("quiz.html")
    gettext = catalogue(language).gettext
    return _EMPTY.sub(
        lambda match: template.render(_=gettext, key=f"quiz-{next(numbers)}", questions=json.loads(unescape(match[1]))),
        html,
    )
