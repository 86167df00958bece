"""One search index per language, cut out of the one that Material's search plugin writes for all.

The worker (overrides/assets/search/worker.js) fetches `search/<language>.json` with the first query. The plugin's own
file is fetched on every full page load, so it is left without sections.
"""

import html
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

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
        sections[language_of(entry["location"], sections, default)].append(
            {
                "location": entry["location"],
                "title": plain_text(entry["title"]),
                "text": plain_text(entry["text"]),
            }
        )
    for language, entries in sections.items():
        _write_json(common.with_name(f"{language}.json"), {"sections": entries})
    _write_json(common, {"config": index["config"], "docs": []})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
