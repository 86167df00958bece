"""Where readers look for something, it stands, on every page of its kind and in every language."""

import re

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.texts.written_pages import written_pages

DOCS = PROJECT / "docs"
SCORECARDS = {"bant", "champ", "faint", "meddic", "scotsman"}


def sections_of(markdown: str) -> list[str]:
    """Return the ids of a page's sections in their order."""
    return re.findall(r"^## .*\{#([\w-]+)\}", markdown, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_read_a_figure_follows_its_example(language: str) -> None:
    """Whoever has seen the example asks what to do with the figure; where there is none, the calculator is it."""
    misplaced = {}
    for page in written_pages(DOCS, language):
        ids = sections_of(page.markdown)
        if page.path.startswith("metrics/") and "read" in ids and page.language == language:
            before = "example" if "example" in ids else "calculator"
            if ids[ids.index("read") - 1] != before:
                misplaced[page.path] = ids
    assert misplaced == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scorecard_stands_above_its_history(language: str) -> None:
    """Whoever opens the page has a deal to rate; where the letters come from can wait."""
    misplaced = {
        page.path: ids
        for page in written_pages(DOCS, language)
        if page.path.removeprefix("qualification/").removesuffix(".md") in SCORECARDS
        and page.language == language
        and ((ids := sections_of(page.markdown))[0] != "calculator" or ids.index("origin") < ids.index("example"))
    }
    assert misplaced == {}


def rows_of(markdown: str, section: str) -> list[list[str]]:
    """Return the cells of the first table of a section, without its head."""
    text = re.split(r"^## ", markdown.split(f"{{#{section}}}", 1)[1], flags=re.MULTILINE)[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_exit_criteria_agree(language: str) -> None:
    """What opens and closes a stage is said in the same words on the page of stages and beside the buyer's phases."""
    written = {page.path: page for page in written_pages(DOCS, language) if page.language == language}
    stages = rows_of(written["pipeline/stages.md"].markdown, "stages")
    mapped = rows_of(written["buyers/mapping-to-sales-stages.md"].markdown, "definition")

    assert [row[1:] for row in mapped] == stages
