"""One search index per language, cut out of the one that Material's search plugin writes for all.

The worker (overrides/assets/search/worker.js) fetches `search/<language>.json` when the search is opened. The plugin's
own file is fetched on every full page load, so it is left without sections.

What a reader types need not stand on the page that answers it: the page that explains a term of the term base is found
by the term's names in all languages, and search_synonyms.toml has words that readers use instead of ours.
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
from tools.texts.playbook_pages import url_of
from tools.texts.termbase import read_terms

SYNONYMS = Path(__file__).with_name("search_synonyms.toml")
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
    synonyms = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
    for language, entries in sections.items():
        contents = {
            "sections": entries,
            "names": names_of_terms(language, "" if language == default else f"{language}/"),
            "synonyms": synonyms.get(language, []),
        }
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


def names_of_terms(language: str, folder: str) -> dict[str, str]:
    """Return by page the names of the terms it explains: of this language first, then of the others."""
    names: dict[str, list[str]] = {}
    for term in read_terms():
        found = names.setdefault(folder + url_of(term.page), [])
        for other in (language, *LANGUAGES):
            found.extend(name for name in term.variants(other) if name not in found)
    return {page: "\n".join(found) for page, found in names.items()}


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
