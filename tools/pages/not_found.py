"""The 404 pages, one per language.

GitHub Pages serves only the root's; `overrides/404.html` says how the others are shown all the same.
"""

from pathlib import Path


def write(html: str, site: Path, language: str) -> None:
    """Write the 404 page of a language into its folder."""
    folder = site / language
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "404.html").write_text(html, encoding="utf-8")
