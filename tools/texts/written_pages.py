"""The pages as they are written, read from `docs/`: their front matter and their Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.utils.meta import get_data

from tools.texts.playbook_pages import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page as a language's readers get it: in English where it is not translated yet."""

    path: str
    """Within the folder of the language: `metrics/win-rate.md`."""
    language: str
    """The language of its text."""
    title: str
    description: str
    markdown: str
    """Without the front matter."""


def written_pages(docs: Path, language: str) -> Iterator[WrittenPage]:
    """Yield every page for the readers of a language, in the order of the paths."""
    for english in sorted((docs / DEFAULT_LANGUAGE).rglob("*.md")):
        path = english.relative_to(docs / DEFAULT_LANGUAGE).as_posix()
        translated = docs / language / path
        written_in = language if translated.exists() else DEFAULT_LANGUAGE
        markdown, metadata = get_data((docs / written_in / path).read_text(encoding="utf-8"))
        yield WrittenPage(
            path,
            written_in,
            str(metadata.get("title", path)),
            str(metadata.get("description", "")),
            markdown,
        )


def titles(docs: Path, language: str) -> dict[str, str]:
    """Return the title of each page by its path."""
    return {page.path: page.title for page in written_pages(docs, language)}
