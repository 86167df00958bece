"""What the search is given: an index per language that is small, and without what must not be found."""

import gzip
import json
import re
import tomllib

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.document import Document
from tests.support import PROJECT, BuiltSite
from tools.pages.search_index import SYNONYMS, names_of_terms, section
from tools.texts.playbook_pages import url_of

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


def test_terms_name_their_pages() -> None:
    """The page that explains a term is known by the term's names in all languages, its own first."""
    names = names_of_terms("ko", "ko/")["ko/metrics/win-rate/"].splitlines()
    assert names[0] == "수주율"
    assert {"win rate", "受注率"} <= set(names)


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
    contents = re.findall(r"- (?:\w+: )?([\w/-]+\.md)", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = {url_of(page) for page in contents}
    expected: set[str] = set()
    for language in LANGUAGES:
        queries = [query for query, *_ in QUERIES[language]["found"]]
        assert len(set(queries)) == len(queries) >= FEWEST_QUERIES
        expected.update(target for _, *targets in QUERIES[language]["found"] for target in targets)
    assert expected == pages
