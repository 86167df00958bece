"""The list of sources: what the sections "Sources" of all pages cite, each once, with the pages that cite it.

An entry of such a section reads "Author, [Title](address), what it was used for, seen on a date". A work without an
address has its title in asterisks; where there are none, the first two parts are author and title. A work that nobody
could open is "cited from the literature", without a date. What English pages say of their own examples, or of
nothing in particular, begins with "The ".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.utils import get_relative_url

from calculators.core.words.catalogue import catalogue
from tools.pages.partials import partial
from tools.texts.playbook_pages import DEFAULT_LANGUAGE, url_of
from tools.texts.word_forms import fold
from tools.texts.written_pages import WrittenPage, written_pages

_EMPTY = "<div data-sources></div>"
_SECTION = re.compile(r"^## .*\{#sources\} *\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^- (.*(?:\n {2,}\S.*)*)", re.MULTILINE)
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])+)\]\((https?://[^)\s]+)\)")
_TITLE = re.compile(r"\*([^*]+)\*")
_KIND = re.compile(r"\s*(?:[(（]([^)）]*)[)）]|[,、，]\s*([^,、，.。]+))")
_PARENTHESES = re.compile(r"\s*[(（][^()（）]*[)）]")
_SEPARATOR = re.compile(r"\s*[,、，]\s*")
_QUOTES = "\"'“”„‟«»「」『』"


@dataclass(slots=True)
class Source:
    """Something cited; what is cited without an address is found by its title."""

    author: str
    title: str
    address: str = ""
    kind: str = ""
    """What a work without an address is: its publisher or journal and its year, or how it was read."""
    cited_by: list[WrittenPage] = field(default_factory=list)
    whole: str = ""
    """The entry, where nothing but commas tells a title without address from what follows it."""

    @property
    def order(self) -> tuple[str, str]:
        """By its author, or else the site it stands on, or else its title."""
        site = urlsplit(self.address).netloc.removeprefix("www.")
        return fold(self.author or site or self.title), fold(self.title)


def fill_sources(html: str, language: str, folder: str, page_url: str, docs: Path) -> str:
    """Replace the empty list of sources of a page; links lead into the `folder` of a language."""
    if _EMPTY not in html:
        return html
    entries = [
        {
            "source": source,
            "pages": [
                {"title": page.title, "url": get_relative_url(folder + url_of(page.path), page_url) + "#sources"}
                for page in source.cited_by
            ],
        }
        for source in all_sources(docs, language)
    ]
    return html.replace(_EMPTY, partial("sources.html").render(_=catalogue(language).gettext, entries=entries))


def all_sources(docs: Path, language: str) -> list[Source]:
    """Return what the pages of a language cite, in the order of authors."""
    found: dict[str, Source] = {}
    english = {page.path: entries_of(page) for page in written_pages(docs, DEFAULT_LANGUAGE)}
    for page in written_pages(docs, language):
        entries = entries_of(page)
        originals = english[page.path]
        if len(originals) != len(entries):  # while a translation is behind its original
            originals = entries
        for entry, original in zip(entries, originals, strict=True):
            for source in _cited(entry) if "](http" in original or not original.startswith("The ") else ():
                first = found.setdefault(source.address.rstrip("/") or fold(source.title), source)
                first.whole = first.whole if source is first else ""
                if page not in first.cited_by:
                    first.cited_by.append(page)
    return sorted(found.values(), key=lambda source: source.order)


def entries_of(page: WrittenPage) -> list[str]:
    """Return the entries of a page's section of sources."""
    section = _SECTION.search(page.markdown)
    return [" ".join(entry.split()) for entry in _ENTRY.findall(section[1])] if section else []


def _cited(entry: str) -> Iterator[Source]:
    links = list(_LINK.finditer(entry))
    for link in links:
        yield Source(_bare(entry[: links[0].start()]), _bare(link[1]), link[2])
    title = _TITLE.search(entry)
    if not links and title:
        kind = _KIND.match(entry, title.end())
        yield Source(_bare(entry[: title.start()]), _bare(title[1]), kind=(kind[1] or kind[2]).strip() if kind else "")
    elif not links:
        parts = [_bare(part) for part in _SEPARATOR.split(_PARENTHESES.sub("", entry))]
        quoted = entry[:1] in _QUOTES
        if quoted:
            yield Source("", _bare(entry[1 : _end_of_quote(entry)]))
        else:
            yield Source(parts[0], parts[1] if len(parts) > 1 else "", whole=entry)


def _end_of_quote(entry: str) -> int:
    """Return where a title in quotes ends."""
    return next((index for index in range(1, len(entry)) if entry[index] in _QUOTES), len(entry))


def _bare(text: str) -> str:
    """Return a part of an entry without what separates it from the next."""
    return text.strip().rstrip(",、，").strip(_QUOTES).strip()
