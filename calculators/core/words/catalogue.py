"""The words of the calculators in the languages of the playbook.

English messages stand in the code, marked with `_`; the other languages are
gettext catalogues in `calculators/locale/`, compiled by `make messages`. What
the browser fetches apart has a catalogue of its own there (a gettext domain).
"""

import gettext
from functools import cache
from pathlib import Path

# The only list of languages, English first; mkdocs.yml gives each its name.
LANGUAGES = ("en", "ko", "ja", "el")
DOMAIN = "calculators"
LOCALE_DIRECTORY = Path(__file__).resolve().parents[2] / "locale"


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
    with (LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
