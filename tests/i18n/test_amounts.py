"""Where a page shows amounts of money, one line says in which unit: figures are equal in every language, not units."""

import re

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.texts.prose import prose_of
from tools.texts.written_pages import WrittenPage, written_pages

DOCS = PROJECT / "docs"
UNIT = {
    "en": "*Amounts: US dollars.*",
    "ko": "*금액 단위: 천 원*",
    "ja": "*金額の単位：千円*",
    "el": "*Ποσά σε ευρώ.*",
}
# Unit costs and pay: in thousands of yen nobody would believe these pages (docs/decisions/0009-japanese-…).
OTHER_UNIT = {
    ("ja", "buyers/before-buying-starts.md"): "*金額の単位：百円*",
    ("ja", "selling/discovery.md"): "*金額の単位：百円*",
    ("ja", "team/compensation.md"): "*金額の単位：百円*",
}
# All amounts stand in speech there, with their unit: 400万円.
IN_SPEECH = {("ja", "pipeline/stages.md")}
# An amount is a figure of a thousand and more, written with a separator, unless it counts something.
AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]|\.\d)")
COUNTED = re.compile(r"\s(?:leads?|deals?|orders?|companies|sales|random|selling|customers?|sellers?|rows|results)\b")
# Pages whose figures of a thousand and more are no money.
NO_MONEY = {
    "about/contribute.md": "a way of writing numbers",
    "metrics/conversion-rate.md": "counts of leads in tables",
    "pipeline/analyse.md": "a way of writing numbers",
    "reference/calculators.md": "a figure that a reader might look for, in no unit",
}


def blocks_of(markdown: str) -> list[str]:
    """Return the paragraphs, tables, lists and boxes of a page in their order, without headings and sources."""
    body = markdown.split("\n---\n", 1)[-1].partition("{#sources}")[0]
    body = re.sub(r"^( *)(`{3,}).*?^\1\2 *$", "", body, flags=re.DOTALL | re.MULTILINE)
    return [block for block in re.split(r"\n{2,}(?! {4})", body) if block.strip() and not block.strip().startswith("#")]


def has_amount(text: str) -> bool:
    """Return whether an English text shows an amount of money."""
    return any(not COUNTED.match(text, match.end()) for match in AMOUNT.finditer(text))


def pages() -> dict[str, dict[str, WrittenPage]]:
    """Return the pages that are written, by their path and language."""
    found: dict[str, dict[str, WrittenPage]] = {}
    for language in LANGUAGES:
        for page in written_pages(DOCS, language):
            if page.language == language:
                found.setdefault(page.path, {})[language] = page
    return found


def unit_of(path: str, language: str) -> str:
    """Return the line that a page says its unit with."""
    return OTHER_UNIT.get((language, path), UNIT.get(language, UNIT["en"]))


def test_a_page_with_amounts_says_their_unit() -> None:
    """Directly before the first amount, or below "At a glance" if the first one stands there."""
    without = []
    for path, page in ((path, versions["en"]) for path, versions in pages().items()):
        blocks = blocks_of(page.markdown)
        first = next((place for place, block in enumerate(blocks) if has_amount(block)), None)
        if first is None or path in NO_MONEY:
            continue
        after = "!!! abstract" in blocks[first]
        if (blocks[first + 1] if after else blocks[first - 1]).strip() != UNIT["en"]:
            without.append(path)
    assert without == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unit_stands_in_every_language_or_in_none(language: str) -> None:
    """Once on a page, and on the same pages as in English."""
    written = {path: versions for path, versions in pages().items() if language in versions}
    english = {path for path in written if UNIT["en"] in written[path]["en"].markdown}
    lines = {
        path: versions[language].markdown.count(f"\n{unit_of(path, language)}\n") for path, versions in written.items()
    }

    assert {path for path, number in lines.items() if number} == {
        path for path in english if (language, path) not in IN_SPEECH
    }
    assert {path: number for path, number in lines.items() if number > 1} == {}


def test_pages_without_money_have_none() -> None:
    """An exception that no longer excepts anything goes."""
    assert [path for path in NO_MONEY if not (DOCS / "en" / path).is_file()] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("worth 600,000 and lost", True),
        ("| 2,777.78 |", True),
        ("1,000 leads arrived", False),
        ("a team of 40", False),
    ],
)
def test_an_amount_is_told_from_a_count(text: str, *, expected: bool) -> None:
    """Leads and companies are counted, money is not."""
    assert has_amount(text) is expected


def test_prose_is_what_readers_see() -> None:
    """The unit is a line of its own, in every language."""
    for path, versions in pages().items():
        for language, page in versions.items():
            lines = [line.text for line in prose_of(page.markdown)]
            assert lines.count(unit_of(path, language)) <= 1, path
