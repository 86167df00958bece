"""What the search is given: an index per language that is small, and without what must not be found."""

import gzip
import json
import re
import tomllib

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.document import Document
from tests.support import PROJECT, BuiltSite
from tools.pages.readings import readings
from tools.pages.search_index import LOANS, NAMES, SYNONYMS, abbreviations, names_of_pages, section
from tools.texts.playbook_pages import DEFAULT_LANGUAGE, url_of

LARGEST_INDEX = 400_000
FEWEST_QUERIES = 40
QUERIES = tomllib.loads((PROJECT / "tests/site/search_queries.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_size(built_site: BuiltSite, language: str) -> None:
    """A first search in a language waits for no more than 400 KB."""
    index = (built_site.directory / "search" / f"{language}.json").read_bytes()
    assert len(gzip.compress(index, 6)) < LARGEST_INDEX


def test_forms_and_quizzes_are_left_out(built_site: BuiltSite) -> None:
    """What calculators and quizzes say on every page is not found: the search would be full of it."""
    excluded = 0
    for path in built_site.pages():
        for element in Document.read(built_site.directory / path).elements:
            if {"calculator", "quiz"} & set(element.attributes.get("class", "").split()) and element.tag in {
                "form",
                "div",
            }:
                excluded += "data-search-exclude" in element.attributes
                assert "data-search-exclude" in element.attributes or element.tag == "div", (path, element)
    assert excluded


def test_lists_of_everything_count_less() -> None:
    """The glossary, the sources and the sections that end each page do not crowd out the page that explains."""
    entry = {"title": "Win <b>rate</b>", "text": "a &amp; b"}
    plain = section({**entry, "location": "ko/metrics/win-rate/#definition"}, "ko/")
    assert plain == {"location": "ko/metrics/win-rate/#definition", "title": "Win rate", "text": "a & b"}
    for location in ("ko/reference/glossary/#win-rate", "ko/reference/sources/", "ko/metrics/win-rate/#sources"):
        assert section({**entry, "location": location}, "ko/")["weight"] < 1


def test_names_of_pages() -> None:
    """A page is known by its terms' names in all languages, its own first, by its English title and by trade names."""
    names = names_of_pages("ko", "ko/", {"metrics/win-rate/": "Win rate", "team/": "Team"})
    assert names["ko/metrics/win-rate/"].splitlines()[0] == "수주율"
    assert {"win rate", "受注率", "승률"} <= set(names["ko/metrics/win-rate/"].splitlines())
    assert "Team" in names["ko/team/"].splitlines()
    assert "MAP" in names["ko/selling/mutual-action-plan/"].splitlines()


def test_abbreviations() -> None:
    """The first letters of three words or more are an abbreviation; of two they would be anything."""
    assert abbreviations(["mutual action plan", "win rate", "on-target earnings"]) == ["MAP", "OTE"]


def test_trade_names() -> None:
    """Trade names are given for every page of the contents and no other, once for each page, in every language."""
    contents = re.findall(r"- (?:[\w ]+: )?([\w/-]+\.md)", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    called: dict[str, dict[str, list[str]]] = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    assert called.keys() <= set(contents)
    for page, names in called.items():
        assert names.keys() == set(LANGUAGES), page
        for language, own in names.items():
            assert own, (page, language)
            assert len(own) == len(set(own)), (page, language)


def test_loan_words() -> None:
    """An English word is written in one other language or more, in its letters, and each spelling once."""
    loans: dict[str, dict[str, list[str]]] = tomllib.loads(LOANS.read_text(encoding="utf-8"))
    for language in LANGUAGES[1:]:
        written = [word for english in loans.values() for word in english.get(language, [])]
        assert len(written) == len(set(written)), language
        assert not [word for word in written if re.search("[A-Za-z]", word)]
    assert all(any(spelled.values()) for spelled in loans.values())


def test_readings() -> None:
    """Words with kanji or katakana are known by their reading in hiragana, the most frequent of a reading first."""
    found = readings(["交渉する。交渉と高尚。", "パイプライン"])
    assert found["こうしょう"] == ["交渉", "高尚"]
    assert found["ぱいぷらいん"] == ["パイプライン"]
    assert "する" not in found


def test_readings_are_published(built_site: BuiltSite) -> None:
    """The Japanese index has readings and the others have none, and nothing of the dictionary is on the site."""
    for language in LANGUAGES:
        index = json.loads((built_site.directory / "search" / f"{language}.json").read_text(encoding="utf-8"))
        assert ("readings" in index) == (language == "ja")
        assert bool(index["loans"]) == (language != DEFAULT_LANGUAGE)
    assert not list(built_site.directory.rglob("*.dic"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_synonyms(language: str) -> None:
    """A synonym stands for another word, and each word in one group only."""
    groups: list[list[str]] = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))[language]
    words = [word for group in groups for word in group]
    assert all(len(group) > 1 for group in groups)
    assert len(words) == len(set(words))


def test_synonyms_are_published(built_site: BuiltSite) -> None:
    """Each index has the synonyms of its language."""
    synonyms = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
    for language in LANGUAGES:
        index = json.loads((built_site.directory / "search" / f"{language}.json").read_text(encoding="utf-8"))
        assert index["synonyms"] == synonyms[language]


def test_queries_are_enough() -> None:
    """Each language has 40 queries or more, none twice, and every page of the contents is looked for."""
    contents = re.findall(r"- (?:[\w ]+: )?([\w/-]+\.md)", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = {url_of(page) for page in contents}
    expected: set[str] = set()
    for language in LANGUAGES:
        queries = [query for query, *_ in QUERIES[language]["found"]]
        assert len(set(queries)) == len(queries) >= FEWEST_QUERIES
        expected.update(target for _, *targets in QUERIES[language]["found"] for target in targets)
    assert expected == pages


def test_every_page_has_the_names_that_the_trade_gives_it() -> None:
    """In every language; a new page is not found by what people call it until somebody says what that is."""
    named = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    pages = {path.relative_to(PROJECT / "docs" / "en").as_posix() for path in (PROJECT / "docs" / "en").rglob("*.md")}
    assert pages - named.keys() == set()
    assert [page for page in named if set(named[page]) != set(LANGUAGES)] == []
