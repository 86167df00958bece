"""English pages and messages do without the words that readers stumbled over."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from calculators.core.words.catalogue import DOMAIN
from tests.support import PROJECT
from tools.texts.prose import prose_of
from tools.translation import translations

AVOID = [
    (re.compile(entry["pattern"]), entry["say"])
    for entry in tomllib.loads(Path(__file__).with_name("english_to_avoid.toml").read_text(encoding="utf-8"))["avoid"]
]
# Written by others: the page with its own checks on the words of an export.
OTHERS = {"pipeline/analyse.md"}


def complaints(text: str) -> Iterator[str]:
    """Yield what is to be avoided in a text, and what to say instead."""
    for pattern, say in AVOID:
        if found := pattern.search(text.lower()):
            yield f"{found[0]}: {say}"


def test_pages_do_without_them() -> None:
    """In what readers see, apart from the titles of sources."""
    docs = PROJECT / "docs/en"
    found = {
        f"{page.relative_to(docs)}:{line.number}": said
        for page in sorted(docs.rglob("*.md"))
        if page.relative_to(docs).as_posix() not in OTHERS
        for line in prose_of(page.read_text(encoding="utf-8"))
        if not line.in_sources and (said := list(complaints(line.text)))
    }
    assert found == {}


def test_messages_do_without_them(tmp_path: Path) -> None:
    """In the calculators' words, whose English stands in the code."""
    template = tmp_path / "calculators.pot"
    translations.extract(template, DOMAIN)
    with template.open("rb") as file:
        ids = [[message.id] if isinstance(message.id, str) else list(message.id) for message in read_po(file)]

    assert {text: said for texts in ids for text in texts if text and (said := list(complaints(text)))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "One or two deciders.",
        "What to mend first",
        "Opened mails show interest.",
        "Score it afterwards.",
        "The first sales talk takes place by phone.",
        "A problem in own words, from own data",
        "Both limits, from own data",
        "HubSpot advises to separate them.",
        "In proportion between neighbours",
    ],
)
def test_words_to_avoid_are_found(text: str) -> None:
    """Each of the kinds."""
    assert list(complaints(text))


@pytest.mark.parametrize(
    "text",
    [
        "In the buyer's own words",
        "From your own data",
        "We own the deal",
        "An email to a colleague",
        "They talk about it",
    ],
)
def test_good_english_passes(text: str) -> None:
    """Verbs, and a possessive before the word."""
    assert not list(complaints(text))
