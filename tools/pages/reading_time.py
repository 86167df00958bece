"""How long a page takes to read, below its title."""

import math
import re
from html import escape, unescape

from calculators.core.words.catalogue import catalogue

# Words in a minute, as many as in English where a language is not here; in Korean and Japanese, characters.
WORDS = {"en": 220, "el": 190}
CHARACTERS = {"ko": 500, "ja": 500}
_NOT_READ = {"index.md", "reference/calculators.md", "reference/glossary.md", "reference/sources.md"}
_NOT_PROSE = re.compile(r"<(pre|script|style|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)
_SOURCES = re.compile(r'<h2 id="sources".*', re.DOTALL)


def add_reading_time(html: str, language: str, page: str) -> str:
    """Write the minutes below the title of a page, given before its calculators are filled in.

    The home page and generated pages are not read from top to bottom, so they say nothing.
    """
    if page in _NOT_READ:
        return html
    _ = catalogue(language).gettext
    text = escape(_("{number} min read").format(number=minutes(html, language)))
    return html.replace("</h1>", f'</h1>\n<p class="reading-time" data-search-exclude>{text}</p>', 1)


def minutes(html: str, language: str) -> int:
    """Return the whole minutes, one at least; the list of sources is not counted."""
    words = unescape(_NOT_PROSE.sub(" ", _SOURCES.sub("", html))).split()
    if language in CHARACTERS:
        return max(1, math.ceil(sum(map(len, words)) / CHARACTERS[language]))
    return max(1, math.ceil(len(words) / WORDS.get(language, WORDS["en"])))
