"""The theme's own words, where ours stand in their place."""

from collections.abc import Callable
from importlib.resources import files
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader
from mkdocs.config import load_config

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT

THEME = files("material") / "templates"


def words_of(language: str) -> tuple[Callable[[str], str], Callable[[str], str], dict[str, str]]:
    """Return what the pages say, what the theme alone would say, and our words by key."""
    environment = Environment(
        loader=FileSystemLoader([str(PROJECT / "overrides"), str(THEME)]), autoescape=True, extensions=["jinja2.ext.do"]
    )
    config = SimpleNamespace(theme=SimpleNamespace(language=language))
    page = environment.get_template("partials/language.html").make_module({"config": config})
    theme = environment.get_template(f"partials/languages/{language}.html").make_module()
    return vars(page)["t"], vars(theme)["t"], vars(page)["ours"].get(language, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_words_stand_in_the_place_of_the_themes(language: str) -> None:
    """Each is a key that the theme has and another text than the theme's: a mended theme makes ours superfluous."""
    said, themes, ours = words_of(language)

    for key, text in ours.items():
        assert said(key) == text
        assert themes(key) not in {"", text}, f"{key}: the theme does not have it, or says the same"


def test_what_we_leave_to_the_theme_is_still_said() -> None:
    """In its language, and in English where it has nothing."""
    said, themes, _ = words_of("ko")

    assert said("clipboard.copied") == themes("clipboard.copied") == "클립보드에 복사됨"
    assert said("search.result.other") == "일치하는 문서 #개"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_are_called_as_their_first_pages_are(language: str) -> None:
    """Who takes 영업 활동 in the navigation must not find a page called 영업 실무."""
    config = load_config(str(PROJECT / "mkdocs.yml"))
    languages = {named.locale: named.nav_translations for named in config.plugins["i18n"].config.languages}
    different = {}
    for section in config.nav or ():
        ((name, pages),) = section.items()
        if isinstance(pages, list) and pages[0].endswith("/index.md"):
            text = (PROJECT / "docs" / language / pages[0]).read_text(encoding="utf-8")
            title = text.partition("\ntitle: ")[2].partition("\n")[0]
            called = (languages[language] or {}).get(name, name)
            if called.casefold() not in title.casefold():
                different[called] = title
    assert different == {}
