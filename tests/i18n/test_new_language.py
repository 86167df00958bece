"""A language that is only listed works: what it lacks is English, and nothing fails for want of an entry."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.mofile import read_mo
from mkdocs.exceptions import ConfigurationError

from calculators.core.numbers.numerals import Numerals
from calculators.core.words import catalogue
from calculators.core.words.catalogue import LANGUAGES
from tools.pages.reading_time import minutes
from tools.pages.terms import mark_terms
from tools.texts import termbase
from tools.texts.termbase import TERMBASE, Term, read_terms
from tools.translation import languages, translations

# Esperanto: the CLDR has its numbers.
NEW = "eo"


@pytest.fixture
def terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Term, ...]:
    """Return the terms as readers get them in a language for which the term base has no columns."""
    monkeypatch.setattr(termbase, "LANGUAGES", (*LANGUAGES, NEW))
    path = tmp_path / "terms.csv"
    path.write_bytes(TERMBASE.read_bytes())
    return read_terms(path)


def test_terms_have_their_english_names(terms: tuple[Term, ...]) -> None:
    """And are known not to be the language's own, so that no other language lists them."""
    assert {term.names[NEW] for term in terms} == {term.names["en"] for term in terms}
    assert all(term.definitions[NEW] == term.definitions["en"] for term in terms)
    assert all(term.languages == set(LANGUAGES) for term in terms)


def test_pages_mark_no_terms_of_another_language(terms: tuple[Term, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """An English explanation within a sentence of another language would help nobody."""
    monkeypatch.setattr("tools.pages.terms.read_terms", lambda: terms)
    html = "<p>Churn und Quota.</p>"
    assert mark_terms(html, NEW, "some/page.md", "../") == html
    assert mark_terms(html, "en", "some/page.md", "../") != html


def test_numbers_are_those_of_the_language() -> None:
    """From the CLDR; without words for large amounts, plain numbers are read."""
    numerals = Numerals(NEW, "EUR")
    assert numerals.read("1 234,5 €") == Decimal("1234.5")
    assert numerals.money(Decimal("1234.5")) == "€\xa01\xa0234,50"


def test_a_page_takes_as_long_as_in_english() -> None:
    """Until somebody measures it."""
    html = "<p>" + "Wort " * 1000 + "</p>"
    assert minutes(html, NEW) == minutes(html, "en")


def test_messages_that_are_not_there_are_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`compile` makes an empty catalogue, with which every message is English, and `check` lists them all."""
    monkeypatch.setattr(catalogue, "LOCALE_DIRECTORY", tmp_path)
    monkeypatch.setattr(translations, "TRANSLATED", (NEW,))

    translations.compile_catalogues()

    for domain in translations.DOMAINS:
        with translations.po_file(NEW, domain).with_suffix(".mo").open("rb") as file:
            assert not [message for message in read_mo(file) if message.id]
    assert f"{NEW} calculators: missing: Win rate" in translations.missing_messages()


def test_the_switcher_has_the_languages_of_the_site() -> None:
    """In their order, each at its folder."""
    named = [SimpleNamespace(locale=language, name=language.upper()) for language in LANGUAGES]
    assert languages.links(named)[:2] == [
        {"name": "EN", "link": "./", "lang": "en"},
        {"name": "KO", "link": "ko/", "lang": "ko"},
    ]


@pytest.mark.parametrize("listed", [LANGUAGES[:-1], (*LANGUAGES, NEW)])
def test_a_language_listed_in_one_place_only_stops_the_build(listed: tuple[str, ...]) -> None:
    """The sentence names it, and both places."""
    (differing,) = set(listed) ^ set(LANGUAGES)
    with pytest.raises(ConfigurationError, match=rf"^{differing}: .*catalogue.py.*mkdocs.yml"):
        languages.links(SimpleNamespace(locale=language, name=language) for language in listed)
