"""What every page says about itself: its title, its description, and the sources it was written from."""

import re
import tomllib
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from calculators.core.running.calculator import all_calculators
from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.pages.sources import all_sources, entries_of
from tools.texts.written_pages import WrittenPage, written_pages

DOCS = PROJECT / "docs"
SEEN = {
    "en": r"seen (\d{4}-\d\d-\d\d)",
    "ko": r"(\d{4}-\d\d-\d\d) 확인",
    "ja": r"(\d{4}-\d\d-\d\d)閲覧",
    "el": r"προσπελάστηκ(?:ε|αν) (\d\d?/\d\d?/\d{4})",
}
ANY_DAY = r"(\d{4}-\d\d-\d\d)"
# How a language writes a day, where not as 2026-11-22.
WRITTEN = {"el": "%d/%m/%Y"}
# Cited by a source and not opened: the entries say so instead.
NOT_OPENED = {
    "https://www.gartner.com/en/sales/insights/b2b-buying-journey",
    "https://www.forbes.com/advisor/business/sales-funnel-template/",
}
# What search engines and lists of pages show; a sign of Korean and Japanese says more than a letter.
DESCRIPTION = {"en": (50, 180), "el": (50, 180), "ko": (30, 110), "ja": (30, 110)}
TITLE = {"en": 60, "el": 60, "ko": 35, "ja": 35}
HOSTS = tomllib.loads(Path(__file__).with_name("source_hosts.toml").read_text(encoding="utf-8"))
LITERATURE = {
    "en": "cited from the literature",
    "ko": "문헌을 통해 인용",
    "ja": "文献による",
    "el": "παραπομπή από τη βιβλιογραφία",
}
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
        found = re.findall(SEEN.get(language, ANY_DAY), " ".join(entries_of(page)))
        days = [datetime.strptime(day, WRITTEN.get(language, "%Y-%m-%d")).date() for day in found]
        assert [day.isoformat() for day in days] == english[page.path], page.path
        assert all(day.year >= 2020 for day in days), page.path


def unfit(address: str) -> str | None:
    """Return why a source may not be cited at an address, or nothing."""
    for kind, pattern in HOSTS["unfit"].items():
        if re.search(pattern, address):
            return str(kind)
    return None if urlsplit(address).netloc in HOSTS["hosts"] else "a host that nobody has looked at"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_host_of_a_source_is_known_and_fit(language: str) -> None:
    """A new host is listed with what it is; shared chats, listings, mirrors and AMP addresses are refused."""
    refused = {
        (page.path, address): why
        for page in pages_in(language)
        for entry in entries_of(page)
        for address in re.findall(r"\]\((https?://(?:[^()\s]|\([^()]*\))+)\)", entry)
        if (why := unfit(address))
    }
    assert refused == {}


def test_every_host_of_a_calculators_source_is_known_and_fit() -> None:
    """The same holds for what a calculator's spreadsheet names."""
    refused = {
        (name, source): why
        for name, calculator in all_calculators().items()
        for source in calculator.sources
        if source.startswith("http") and (why := unfit(source))
    }
    assert refused == {}


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://www.ainvest.com/chat/share/how-to-calculate-cagr", "a shared chat"),
        ("https://rateit.com/product_detail/A-BOOK/1", "a product listing"),
        ("https://docplayer.net/amp/15082490.html", "a mirror of another's text"),
        ("https://meddicc.com/resources/a?hs_amp=true", "an AMP address"),
        ("https://example.com/", "a host that nobody has looked at"),
        ("https://meddicc.com/resources/who-created-meddic", None),
    ],
)
def test_unfit_sources_are_told(address: str, why: str | None) -> None:
    """Each by its kind, and a fit one not at all."""
    assert unfit(address) == why


def test_hosts_that_are_no_longer_used_are_not_listed() -> None:
    """The list is that of the hosts in use."""
    pages = "\n".join(page.markdown for page in pages_in("en"))
    cited = pages + "\n".join(source for calculator in all_calculators().values() for source in calculator.sources)

    assert [host for host in HOSTS["hosts"] if f"://{host}/" not in cited] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_work_has_one_name(language: str) -> None:
    """The same address has the same title everywhere, and the same title of an author the same address."""
    titles, addresses = defaultdict(set), defaultdict(set)
    for page in pages_in(language):
        for entry in entries_of(page):
            for title, address in re.findall(r"\[([^\]]+)\]\((https?://[^)\s]+)\)", entry):
                titles[address.rstrip("/")].add(title)
                addresses[title, entry.split("[")[0]].add(address.rstrip("/"))

    assert {address: names for address, names in titles.items() if len(names) > 1} == {}
    assert {title: several for title, several in addresses.items() if len(several) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_work_without_an_address_has_one_author_and_place(language: str) -> None:
    """What stands before and after its title, up to what it was used for, is the same on every page."""
    named = defaultdict(set)
    for page in pages_in(language):
        for entry in entries_of(page):
            if "](http" not in entry and (work := re.match(r"([^*]*)\*([^*]+)\*", entry)):
                named[work[2]].add(work[1])

    assert {title: authors for title, authors in named.items() if len(authors) > 1} == {}
    listed = Counter((source.author, source.title) for source in all_sources(DOCS, language))
    assert [source for source, times in listed.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_cited_from_the_literature_has_no_date_and_no_address(language: str) -> None:
    """Nobody here opened it, and the entry says so."""
    said = LITERATURE.get(language, LITERATURE["en"])
    entries = [(page.path, entry) for page in pages_in(language) for entry in entries_of(page) if said in entry]

    assert entries
    assert [entry for entry in entries if re.search(r"\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}|https?://", entry[1])] == []


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
