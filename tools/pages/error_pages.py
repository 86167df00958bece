"""The error pages, one per language: of an address that there is not (404), and of a lost network (503).

GitHub Pages serves only the root's 404; `overrides/assets/site/not_found.js` shows the others all the same. The service
worker serves the 503 pages.
"""

from pathlib import Path

NAMES = frozenset({"404.html", "503.html"})


def write(html: str, name: str, site: Path, language: str) -> None:
    """Write the error page of a language into its folder."""
    folder = site / language
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(html, encoding="utf-8")
