"""The words of the calculators in the languages of the playbook.

English messages stand in the code, marked with `_`; the other languages are
gettext catalogues in `calculators/locale/`, compiled by `make messages`. What
the browser fetches apart has a catalogue of its own there (a gettext domain).

The browser fetches the words of its page's language and group of calculators
only: there, each group has a catalogue of its own, beside that of the words
which all need (tools/runtime/archives.py). What can be picked, and the headings
of tables, are understood in every language, whatever the page is in: these names
come with the group, as small catalogues in all languages.
"""

import gettext
from functools import cache
from pathlib import Path

# The only list of languages, English first; mkdocs.yml gives each its name.
LANGUAGES = ("en", "ko", "ja", "el")
DOMAIN = "calculators"
NAMES = "names-"
GROUP_WORDS = "words-"
LOCALE_DIRECTORY = Path(__file__).resolve().parents[2] / "locale"
_added: set[Path] = set()


@cache
def catalogue(language: str, domain: str = DOMAIN) -> gettext.NullTranslations:
    """Return the catalogue of a language, one of `LANGUAGES`.

    Raises ValueError for another language and FileNotFoundError when the
    catalogues have not been compiled.
    """
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}: expected one of {', '.join(LANGUAGES)}")
    if language == "en":
        return gettext.NullTranslations()
    words = _read(LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{domain}.mo")
    if domain == DOMAIN:
        _add_group_words(words, language)
    return words


@cache
def take_group_words(language: str, _group: str) -> None:
    """Add the words of a group to the catalogue of a language, where they came after it was first asked for."""
    _add_group_words(catalogue(language), language)


def _add_group_words(words: gettext.NullTranslations, language: str) -> None:
    for file in sorted(LOCALE_DIRECTORY.glob(f"{language}/LC_MESSAGES/{GROUP_WORDS}*.mo")):
        if file not in _added:
            _added.add(file)
            words.add_fallback(_read(file))


def _read(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


@cache
def names(message: str) -> tuple[str, ...]:
    """Return what a message of a field's `understood` is in every language, English first."""
    return tuple(_name(message, language) for language in LANGUAGES)


def _name(message: str, language: str) -> str:
    """Return it from whichever catalogue is there; a group's names come with the group, so one of them has it."""
    files = sorted(LOCALE_DIRECTORY.glob(f"{language}/LC_MESSAGES/*.mo"))
    domains = [file.stem for file in files if file.stem == DOMAIN or file.stem.startswith(NAMES)]
    found = (catalogue(language, domain).gettext(message) for domain in domains)
    return next((name for name in found if name != message), message)
