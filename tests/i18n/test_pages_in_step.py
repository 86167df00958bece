"""A translated page says what the English one says: same headings, ids, links, fences, tables and figures."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.support import PROJECT

DOCS = PROJECT / "docs"
LANGUAGES = ("ko", "ja", "el")
FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2 *$", re.DOTALL | re.MULTILINE)
PAGES = sorted(path.relative_to(DOCS) for language in LANGUAGES for path in (DOCS / language).rglob("*.md"))
# Numerals up to twelve may be words in one language and digits in another.
SMALL = {str(number) for number in range(13)}


def body_of(path: Path) -> str:
    """Return a page's text without front matter."""
    return path.read_text(encoding="utf-8").split("\n---\n", 1)[1]


def shape_of(text: str) -> dict[str, object]:
    """Return what must be equal in every language."""
    prose = FENCE.sub("", text)
    return {
        "headings": re.findall(r"^(#+) .*?(\{#[\w-]+\})?$", prose, re.MULTILINE),
        "fences": [match[0] for match in FENCE.finditer(text)],
        "admonitions": re.findall(r"^ *(?:!!!|\?\?\?\+?) (\w+)", prose, re.MULTILINE),
        "links": sorted(re.findall(r"\]\(([^)\s]+)\)", prose)),
        "table rows": len(re.findall(r"^ *\|", prose, re.MULTILINE)),
        "list items": len(re.findall(r"^ *(?:[-*]|\d+\.) ", prose, re.MULTILINE)),
    }


def figures_of(text: str, language: str) -> Counter[str]:
    """Return the figures of a page's prose, written in one way."""
    prose = re.sub(r"\{#.*?\}|\]\([^)]*\)|\d{4}-\d\d-\d\d|^ *\d+\. ", "", FENCE.sub("", text), flags=re.MULTILINE)
    group, decimal = (".", ",") if language == "el" else (",", ".")
    found = re.findall(r"\d[\d.,]*\d|\d", prose)
    plain = (figure.replace(group, "").replace(decimal, ".") for figure in found)
    return Counter(figure for figure in plain if figure not in SMALL)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_structure_and_figures_are_those_of_the_english_page(page: Path) -> None:
    """Sentences may differ; what a reader could check against the English page may not."""
    english = DOCS / "en" / Path(*page.parts[1:])
    original, translated = body_of(english), body_of(DOCS / page)

    assert shape_of(translated) == shape_of(original)
    assert figures_of(translated, page.parts[0]) == figures_of(original, "en")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_front_matter(page: Path) -> None:
    """Title and description stand in the page's own language, and differ from the English ones."""
    metadata, english = (
        yaml.safe_load(path.read_text(encoding="utf-8").split("\n---\n", 1)[0])
        for path in (DOCS / page, DOCS / "en" / Path(*page.parts[1:]))
    )

    assert {"title", "description"} <= metadata.keys()
    assert metadata["description"] != english["description"]


def test_all_pages_of_this_release_are_translated() -> None:
    """Only how to contribute is in English alone, for now."""
    english = {path.relative_to(DOCS / "en") for path in (DOCS / "en").rglob("*.md")}
    for language in LANGUAGES:
        translated = {path.relative_to(DOCS / language) for path in (DOCS / language).rglob("*.md")}
        assert english - translated == {Path("about/contribute.md")}
        assert translated <= english
