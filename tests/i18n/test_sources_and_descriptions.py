"""What every page says about itself: its title, its description, and the sources it was written from."""

import re
from collections import Counter
from datetime import datetime

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.pages.sources import entries_of
from tools.texts.written_pages import WrittenPage, written_pages

DOCS = PROJECT / "docs"
SEEN = {
    "en": r"seen (\d{4}-\d\d-\d\d)",
    "ko": r"(\d{4}-\d\d-\d\d) 확인",
    "ja": r"(\d{4}-\d\d-\d\d)閲覧",
    "el": r"προσπελάστηκ(?:ε|αν) (\d\d?/\d\d?/\d{4})",
}
# How a language writes a day, where it is not 2026-11-22.
WRITTEN = {"el": "%d/%m/%Y"}
ANY_DAY = r"(\d{4}-\d\d-\d\d)"
# Cited by a source and not opened: the entries say so instead.
NOT_OPENED = {
    "https://www.gartner.com/en/sales/insights/b2b-buying-journey",
    "https://www.forbes.com/advisor/business/sales-funnel-template/",
}
# What search engines and lists of pages show; a sign of Korean and Japanese says more than a letter.
DESCRIPTION = {"en": (50, 180), "el": (50, 180), "ko": (30, 110), "ja": (30, 110)}
TITLE = {"en": 60, "el": 60, "ko": 35, "ja": 35}
FENCE = re.compile(r"^( *)(`{3,}).*?^\1\2 *$|`[^`\n]+`", re.DOTALL | re.MULTILINE)


def pages_in(language: str) -> list[WrittenPage]:
    """Return the pages that are written in a language."""
    return [page for page in written_pages(DOCS, language) if page.language == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_external_source_says_when_it_was_seen(language: str) -> None:
    """A web page changes; the day of reading says which one was meant."""
    undated = [
        f"{page.path}: {entry}"
        for page in pages_in(language)
        for entry in entries_of(page)
        if set(re.findall(r"\]\((http[^)]*)\)", entry)) - NOT_OPENED
        and not re.search(SEEN.get(language, ANY_DAY), entry)
    ]
    assert undated == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_are_those_of_the_english_page(language: str) -> None:
    """Real days, and the same in every language."""
    english = {page.path: re.findall(SEEN["en"], " ".join(entries_of(page))) for page in pages_in("en")}
    for page in pages_in(language):
        written = re.findall(SEEN.get(language, ANY_DAY), " ".join(entries_of(page)))
        days = [datetime.strptime(day, WRITTEN.get(language, "%Y-%m-%d")).date() for day in written]
        assert [day.isoformat() for day in days] == english[page.path], page.path
        assert all(day.year >= 2020 for day in days), page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_external_links_stand_with_the_sources_only(language: str) -> None:
    """Prose leads to pages of the playbook: it does not send readers away, and no link in it can rot."""
    for page in pages_in(language):
        prose = FENCE.sub("", page.markdown)
        outside, _, sources = prose.partition("{#sources}")
        _, *after = re.split(r"^## ", sources, flags=re.MULTILINE)
        assert re.findall(r"\]\(https?://[^)]*\)|<https?://[^>]*>", outside + "".join(after)) == [], page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_descriptions_are_each_used_once(language: str) -> None:
    """A list of pages, or of search results, is of no use when two entries are the same."""
    pages = pages_in(language)
    for kind in ("title", "description"):
        counted = Counter(getattr(page, kind) for page in pages)
        assert {text: number for text, number in counted.items() if number > 1} == {}, kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_descriptions_are_neither_short_nor_cut_off(language: str) -> None:
    """A description fits into a search result, a title into the navigation of a phone."""
    least, most = DESCRIPTION.get(language, DESCRIPTION["en"])
    unfit = {
        page.path: (page.title, len(page.description))
        for page in pages_in(language)
        if not least <= len(page.description) <= most or not 1 <= len(page.title) <= TITLE.get(language, TITLE["en"])
    }
    assert unfit == {}
