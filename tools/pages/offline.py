"""The service worker of a release: the list of its files, so that they are kept together and without a network.

The list stands in `service_worker.js` at the site's root, before the code (overrides/assets/service_worker): when any
listed file changes so does that script, and browsers take the release as a new one.
"""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tools.pages import answer_key, warehouse
from tools.pages.assets import Manifest
from tools.pages.partials import partial
from tools.samples import publishing as samples
from tools.texts.playbook_pages import folder_of

SCRIPT = "service_worker.js"
_ELEMENT = "playbook-offline"
_EMPTY = re.compile(rf"<{_ELEMENT}></{_ELEMENT}>")
# What parts.js loads for an element.
_SCRIPTS = {
    _ELEMENT: "offline.js",
    "playbook-answer-key": "answer_key.js",
    "playbook-numbers": "my_numbers.js",
    warehouse.ELEMENT: "warehouse.js",
}
# As release.js has it: enough for a few hundred files, and a quarter of the list's bytes.
_HASH_DIGITS = 12
_NEEDED = re.compile(r'<(?:script|img)\b[^>]*? src="([^"]+)"|<link rel="(?:icon|stylesheet)" href="([^"]+)"')
# Bundles that pages load by themselves where something is used, besides the runtime's files.
_OF_CALCULATORS = ("calculator_worker.js", "python.js", "charts.js", "calculator_tools.js")
_OF_ANALYSER = ("analyser.js", "analyser.css", "analyser_worker.js", "python.js", "charts.js")
_NOT_FOR_CALCULATORS = re.compile(r"analysis|spreadsheet")
# Fetched by the theme at every full load: which pages there are, and the search's settings.
_OF_THE_THEME = ("sitemap.xml", "search/search_index.json")


def fill(html: str, language: str) -> str:
    """Replace the empty element that takes a language along."""
    return _EMPTY.sub(
        lambda _match: partial("offline.html").render(_=catalogue(language).gettext, language=language), html
    )


def write(site: Path, manifest: Manifest, *, is_wanted: bool) -> None:
    """Write the service worker of a built site, or the one that removes an earlier one."""
    if is_wanted:
        release = json.dumps(release_of(site, manifest), ensure_ascii=False, separators=(",", ":"))
        text = f'self.playbookRelease={release};\nimportScripts("{manifest.address("service_worker.js")}");\n'
    else:
        text = f'importScripts("{manifest.address("removing_worker.js")}");\n'
    (site / SCRIPT).write_text(text, encoding="utf-8")


def release_of(site: Path, manifest: Manifest) -> dict[str, object]:
    """Return the list of a release, as overrides/assets/service_worker/release.js describes it."""
    needed = {path: [path, *_needed_by(site, path)] for path in _pages_of(site)}
    # Of every language: the reader may turn to one without a network.
    missing = [f"{folder_of(language)}503.html" for language in LANGUAGES]
    shells = {}
    for language in LANGUAGES:
        shells[language] = [
            *missing,
            *(path for page in missing for path in _needed_by(site, page)),
            f"search/{language}.json",
            manifest.address("search_worker.js"),
            *_OF_THE_THEME,
        ]
    uses = _uses(manifest)
    extras = {
        language: [
            samples.address(language),
            samples.history_address(language),
            answer_key.address(),
            *warehouse.addresses(),
        ]
        for language in LANGUAGES
    }
    for path, paths in needed.items():
        html = _read(site, path)
        paths += [manifest.address(script) for element, script in _SCRIPTS.items() if f"<{element}" in html]
    files = sorted({path for group in (needed, shells, uses, extras) for paths in group.values() for path in paths})
    numbers = {path: number for number, path in enumerate(files)}

    def numbered(group: dict[str, list[str]]) -> dict[str, list[int]]:
        return {name: sorted({numbers[path] for path in paths}) for name, paths in group.items()}

    return {
        "scripts": manifest.address("site.js"),
        "languages": list(LANGUAGES),
        "files": [_entry(site, path) for path in files],
        "pages": numbered(needed),
        "shells": numbered(shells),
        "uses": numbered(uses),
        "extras": numbered(extras),
    }


def _uses(manifest: Manifest) -> dict[str, list[str]]:
    """Return what is needed where something is used; calculators understand the words of every language."""
    runtime = [name for name in manifest.files if name.endswith(".bin")]
    uses = {"calculators": [*_OF_CALCULATORS, *(name for name in runtime if not _NOT_FOR_CALCULATORS.match(name))]}
    for language in LANGUAGES:
        others = {f"analysis-words-{other}.bin" for other in LANGUAGES if other != language}
        uses[f"analyser-{language}"] = [*_OF_ANALYSER, *(name for name in runtime if name not in others)]
    return {what: [manifest.address(name) for name in names] for what, names in uses.items()}


def _pages_of(site: Path) -> list[str]:
    """Return the addresses of the playbook's pages, each a folder; without those for frames on other sites."""
    files = (path.relative_to(site) for path in site.rglob("index.html"))
    return sorted(
        "" if len(file.parts) == 1 else f"{file.parent.as_posix()}/" for file in files if "embed" not in file.parts
    )


def _needed_by(site: Path, path: str) -> Iterable[str]:
    """Return what a page's HTML loads, relative to the site's root."""
    # Relative for pages; absolute, with the site's own folder in front, for error pages.
    html = _read(site, path)
    prefix = re.search(r'<meta name="playbook-release"[^>]*? data-service-worker="([^"]*)service_worker.js"', html)
    for found in _NEEDED.finditer(html):
        address = found[1] or found[2]
        if address.startswith("data:"):
            continue
        if prefix and prefix[1].startswith("/"):
            yield address.removeprefix(prefix[1])
        else:
            yield urljoin(f"/{path}", address).removeprefix("/")


def _read(site: Path, path: str) -> str:
    return _file(site, path).read_text(encoding="utf-8")


def _file(site: Path, path: str) -> Path:
    return site / path / "index.html" if not path or path.endswith("/") else site / path


def _entry(site: Path, path: str) -> tuple[str, str, int]:
    """Return a file as it is listed: with the hash of its content, and its size in bytes."""
    content = _file(site, path).read_bytes()
    return path, sha256(content).hexdigest()[:_HASH_DIGITS], len(content)
