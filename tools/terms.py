"""Explanations at hand: where a page first uses a specialist word, the word leads to its entry in the glossary.

The definition is the link's title. Only words that the term base marks, in running text, each once, at most one in a
paragraph and ten on a page: more of them would shout. The page that explains a term does not mark it.
"""

import re
import unicodedata
from functools import cache, lru_cache
from html import escape

from tools.termbase import Term, read_terms

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
_SOURCES = re.compile(r'<h2 id="sources"')
_IRREGULAR = {"criterion": "criteri(?:on|a)"}
# Of folded words.
_GREEK_ENDING = re.compile(r"(?:ουσ|οσ|ου|ον|ων|οι|εσ|ησ|εισ|εων|ασ|ια|ιο|η|α|ο|ι|ω)$")


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
            found = next((match for match in pattern.finditer(fold(part)) if _anchor(match) in left), None)
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


def fold(text: str) -> str:
    """Return a text without case and Greek accents, of the same length."""
    return text.translate(_folded_signs())


@cache
def _folded_signs() -> dict[int, str]:
    """Return what each Latin and Greek letter is taken for."""
    signs = {}
    for sign in map(chr, (*range(0x250), *range(0x370, 0x400), *range(0x1F00, 0x2000))):
        bare = unicodedata.normalize("NFD", sign)[0] if sign >= "Ͱ" else sign
        folded = bare.lower().replace("ς", "σ")
        if folded != sign and len(folded) == 1:
            signs[ord(sign)] = folded
    return signs


def _split(html: str) -> tuple[str, str]:
    """Return the text and its section of sources, where titles of others stand."""
    found = _SOURCES.search(html)
    return (html[: found.start()], html[found.start() :]) if found else (html, "")


def _anchor(match: re.Match[str]) -> str:
    return (match.lastgroup or "").rpartition("__")[0].replace("_", "-")


@lru_cache(maxsize=8)
def _pattern(language: str, terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Return one pattern for all terms of a language, longest first, and the terms by anchor."""
    hovered = {term.anchor: term for term in terms if term.is_hovered and language in term.languages}
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


def form_of(name: str, language: str) -> str:
    """Return the pattern of a name in folded text.

    English, and a language that has no rule here: the word and its plural. Korean: not within a word, whatever
    particle follows. Japanese: anywhere, but not within a run of katakana. Greek: each word by its stem, with any
    ending.
    """
    folded = fold(name)
    if language == "ko" and re.search("[가-힣]", folded):
        return f"(?<![가-힣]){re.escape(folded)}"
    if language == "ja" and re.search("[぀-ヿ一-鿿]", folded):
        before = "(?<![ァ-ヶー])" if re.match("[ァ-ヶー]", folded) else ""
        after = "(?![ァ-ヶー])" if re.search("[ァ-ヶー]$", folded) else ""
        return f"{before}{re.escape(folded)}{after}"
    words = [_word(word) for word in folded.split()]
    return rf"(?<![\w-]){r'\s+'.join(words)}(?![\w-])"


def _word(word: str) -> str:
    if re.match("[α-ω]", word):
        stem = _GREEK_ENDING.sub("", word) if len(word) > 3 else word
        return re.escape(stem) + (r"\w{0,5}" if stem != word else "")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return re.escape(word[:-1]) + "(?:y|ies)" if word.endswith("y") else re.escape(word) + "s?"
