"""One search index per language, cut out of the one that Material's search plugin writes for all.

The worker (overrides/assets/search/worker.js) fetches `search/<language>.json` when the search is opened. The plugin's
own file is fetched on every full page load, so it is left without sections.

What a reader types need not stand on the page that answers it. A page is found by the names of the terms it explains,
in all languages, with all they are also called; by its English title; and by what search_names.toml says people call
its subject. search_synonyms.toml has words that readers use instead of ours, search_loans.toml English words in the
letters of the other languages, and a dictionary tells how Japanese words are read.
"""

import html
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from calculators.core.words.catalogue import LANGUAGES
from tools.pages.glossary import PAGE as GLOSSARY
from tools.pages.readings import readings
from tools.texts.playbook_pages import DEFAULT_LANGUAGE, url_of
from tools.texts.termbase import read_terms

SYNONYMS = Path(__file__).with_name("search_synonyms.toml")
LOANS = Path(__file__).with_name("search_loans.toml")
NAMES = Path(__file__).with_name("search_names.toml")
# Pages that name everything, and the sections that end each page: not to stand before the page that explains.
WEIGHTS_OF_PAGES = {url_of(GLOSSARY): 0.5, url_of("reference/sources.md"): 0.5}
WEIGHTS_OF_SECTIONS = {"sources": 0.2, "next": 0.5}
# In an index of another language: an English page would win every English term by its many words.
WEIGHT_OF_UNTRANSLATED = 0.5

_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")


def plain_text(markup: str) -> str:
    """Return the text of the plugin's reduced HTML, on one line."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", markup))).strip()


def language_of(location: str, languages: Iterable[str], default: str) -> str:
    """Return the language in whose folder an address lies: the default one stands at the root."""
    folder = re.split(r"[/#]", location, maxsplit=1)[0]
    return folder if folder in languages and folder != default else default


def split_by_language(site: Path, languages: Iterable[str], default: str) -> None:
    """Write an index for each language and empty the common one."""
    common = site / "search" / "search_index.json"
    index = json.loads(common.read_text(encoding="utf-8"))
    sections: dict[str, list[dict[str, Any]]] = {language: [] for language in languages}
    for entry in index["docs"]:
        language = language_of(entry["location"], sections, default)
        sections[language].append(section(entry, "" if language == default else f"{language}/"))
    weigh_untranslated(sections, default)
    titles = {entry["location"]: entry["title"] for entry in sections[default] if "#" not in entry["location"]}
    for language, entries in sections.items():
        contents = {
            "sections": entries,
            "names": names_of_pages(language, "" if language == default else f"{language}/", titles),
        } | words_for_others(language, entries)
        _write_json(common.with_name(f"{language}.json"), contents)
    _write_json(common, {"config": index["config"], "docs": []})


def section(entry: dict[str, str], folder: str) -> dict[str, Any]:
    """Return a section of the plugin's index as ours has it, with its weight if that is not 1."""
    found = {
        "location": entry["location"],
        "title": plain_text(entry["title"]),
        "text": plain_text(entry["text"]),
    }
    page, _, fragment = entry["location"].removeprefix(folder).partition("#")
    weight = WEIGHTS_OF_PAGES.get(page, WEIGHTS_OF_SECTIONS.get(fragment, 1))
    return found if weight == 1 else found | {"weight": weight}


def weigh_untranslated(sections: dict[str, list[dict[str, Any]]], default: str) -> None:
    """Let the sections count less that stand in another language's index as in the default one."""
    originals = {section["location"]: section["text"] for section in sections[default]}
    for language in sections.keys() - {default}:
        for entry in sections[language]:
            original = originals.get(entry["location"].removeprefix(f"{language}/"))
            if original and original == entry["text"]:
                entry["weight"] = entry.get("weight", 1) * WEIGHT_OF_UNTRANSLATED


def names_of_pages(language: str, folder: str, titles: dict[str, str]) -> dict[str, str]:
    """Return what people call the subject of each page, by page: in this language first, then in the others.

    `titles` are the English ones, by the address of the page.
    """
    names: dict[str, list[str]] = {}
    for term in read_terms():
        found = names.setdefault(url_of(term.page), [])
        for other in (language, *LANGUAGES):
            found.extend(term.search_names(other))
        found.extend(abbreviations(term.search_names(DEFAULT_LANGUAGE)))
    for page, called in _read(NAMES).items():
        names.setdefault(url_of(page), []).extend(called.get(language, []))
    for page, title in titles.items():
        names.setdefault(page, []).append(title)
    return {folder + page: "\n".join(dict.fromkeys(found)) for page, found in names.items()}


def abbreviations(names: Iterable[str]) -> list[str]:
    """Return the first letters of names of three words or more: MAP for a mutual action plan."""
    words = [re.findall(r"[A-Za-z]+", name) for name in names]
    return ["".join(word[0] for word in name).upper() for name in words if len(name) > 2]


def words_for_others(language: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the words of a language that stand for others: synonyms, loan words, and readings if it has kanji."""
    loans = [[english, *written[language]] for english, written in _read(LOANS).items() if written.get(language)]
    texts = (text for entry in entries for text in (entry["title"], entry["text"]))
    found = {"synonyms": _read(SYNONYMS).get(language, []), "loans": loans}
    return found | ({"readings": readings(texts)} if language == "ja" else {})


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
