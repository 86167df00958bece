"""Explanations at hand: where a page first uses a specialist word, the word leads to its entry in the glossary.

The definition is the link's title. Only words that the term base marks, in running text, each once, at most one in a
paragraph and ten on a page: more of them would shout. The page that explains a term does not mark it. An English word
that is a verb too ("Petra leads a team", "a project lead") is marked only behind a word that makes it the noun.
"""

import re
from functools import lru_cache
from html import escape

from tools.texts.playbook_pages import DEFAULT_LANGUAGE
from tools.texts.termbase import Term, read_terms
from tools.texts.word_forms import fold, form_of

MOST_ON_A_PAGE = 10
_TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
# Where a link would be wrong, or would disturb.
_LEFT_OUT = frozenset(
    [
        "a",
        "button",
        "code",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "label",
        "pre",
        "summary",
        "svg",
        "th",
    ]
)
_LEFT_OUT_CLASS = re.compile(r'class="[^"]*\b(admonition-title|task-list-item|grid cards)\b')
_BLOCKS = frozenset(["dd", "li", "p", "td"])
_ALSO_VERBS = frozenset(["lead", "prospect"])
# Before a folded form in one, in many, or in either.
_NOUN = re.compile(
    r"\b(?:(?:a|this|each|every|another) (?:\w+[^s])|(?:all|more|many|fewer|few|these|those|[\d,]+) \w+s"
    r"|(?:the|any|no|of|for|with|from|by|in|about|your|our|new|cold|inbound|qualified|similar|first) \w+)$"
)
_SOURCES = re.compile(r'<h2 id="sources"')


def mark_terms(html: str, language: str, page: str, glossary_url: str) -> str:
    """Link the first use of each term of a page; `language` is that of its text, `page` its path."""
    pattern, terms = _pattern(language, read_terms())
    prose, sources = _split(html)
    left = {anchor for anchor, term in terms.items() if term.page != page}
    parts = _TAG.split(prose)
    marked = 0
    skipping, depth = "", 0
    block_is_free = True
    for index, part in enumerate(parts):
        if index % 2:
            name = match[1].lower() if (match := _NAME.match(part)) else ""
            if skipping:
                if name == skipping and not part.endswith("/>"):
                    depth += -1 if part.startswith("</") else 1
                    skipping = skipping if depth else ""
            elif not part.startswith("</") and (name in _LEFT_OUT or _LEFT_OUT_CLASS.search(part)):
                skipping, depth = name, 1
            elif name in _BLOCKS:
                block_is_free = True
        elif not skipping and block_is_free and marked < MOST_ON_A_PAGE and part.strip():
            matches = (match for match in pattern.finditer(fold(part)) if _anchor(match) in left)
            found = next((match for match in matches if _is_term(match, language)), None)
            if found:
                anchor = _anchor(found)
                left.remove(anchor)
                marked += 1
                block_is_free = False
                start, end = found.span()
                title = escape(terms[anchor].definitions[language])
                link = f'<a class="term" href="{glossary_url}#{anchor}" title="{title}">{part[start:end]}</a>'
                parts[index] = part[:start] + link + part[end:]
    return "".join(parts) + sources


def _split(html: str) -> tuple[str, str]:
    """Return the text and its section of sources, where titles of others stand."""
    found = _SOURCES.search(html)
    return (html[: found.start()], html[found.start() :]) if found else (html, "")


def _anchor(match: re.Match[str]) -> str:
    return (match.lastgroup or "").rpartition("__")[0].replace("_", "-")


def _is_term(match: re.Match[str], language: str) -> bool:
    """Return whether a form is the term and not the verb, as far as the word before it tells."""
    if language != DEFAULT_LANGUAGE or _anchor(match) not in _ALSO_VERBS:
        return True
    return _NOUN.search(match.string[: match.end()].replace("\n", " ")) is not None


@lru_cache(maxsize=8)
def _pattern(language: str, terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Return one pattern for all terms of a language, longest first, and the terms by anchor."""
    hovered = {term.anchor: term for term in terms if language in term.hovered_in}
    names = [(variant, anchor) for anchor, term in hovered.items() for variant in term.variants(language)]
    names.sort(key=lambda name: len(name[0]), reverse=True)
    # Names of groups: letters, digits and _, each once, so a number tells the names of a term apart.
    alternatives = (
        f"(?P<{anchor.replace('-', '_')}__{number}>{form_of(variant, language)})"
        for number, (variant, anchor) in enumerate(names)
    )
    # Nearly every place in a text is left at once, for no name begins there.
    begin = "" if language in {"ko", "ja"} else r"(?<!\w)"
    first = "".join(sorted({re.escape(fold(variant)[0]) for variant, _ in names}))
    return re.compile(f"{begin}(?=[{first}])(?:{'|'.join(alternatives)})" if names else "(?!)"), hovered
