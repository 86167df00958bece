"""The languages of the site: those of the calculators, with the names that mkdocs.yml gives them."""

from collections.abc import Iterable
from typing import Protocol

from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import File

from calculators.core.words.catalogue import LANGUAGES
from tools.texts.playbook_pages import folder_of


class NamedLanguage(Protocol):
    """What static-i18n knows of a language."""

    locale: str
    name: str


def links(languages: Iterable[NamedLanguage]) -> list[dict[str, str]]:
    """Return the links of the language switcher, relative so that any sub-path works.

    Raises ConfigurationError when mkdocs.yml has other languages than the calculators.
    """
    named = {language.locale: language.name for language in languages}
    if differing := sorted(named.keys() ^ set(LANGUAGES)):
        raise ConfigurationError(
            f"{', '.join(differing)}: a language must stand in LANGUAGES of calculators/core/words/catalogue.py "
            "and under the languages of mkdocs.yml"
        )
    return [{"name": name, "link": folder_of(locale) or "./", "lang": locale} for locale, name in named.items()]


def others_of(file: File, language: str) -> list[tuple[str, str]]:
    """Return the other languages that a page is written in, each with the page's address in it."""
    # static-i18n adds these to the file: its counterparts by language; an untranslated one is the English file again.
    counterparts: dict[str, File] = getattr(file, "alternates", {})
    return [
        (other, counterpart.url)
        for other, counterpart in counterparts.items()
        if other != language and getattr(counterpart, "locale", None) == other
    ]
