"""The words of the calculators in the languages of the playbook.

English messages stand in the code, marked with `_`; the other languages are
gettext catalogues in `calculators/locale/`, compiled by `make messages`.
"""

import gettext
from functools import cache
from pathlib import Path

# The only list of languages, English first; mkdocs.yml gives each its name.
LANGUAGES = ("en", "ko", "ja", "el")
DOMAIN = "calculators"
LOCALE_DIRECTORY = Path(__file__).parent.parent / "locale"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language, one of `LANGUAGES`.

    Raises ValueError for another language and FileNotFoundError when the
    catalogues have not been compiled.
    """
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}: expected one of {', '.join(LANGUAGES)}")
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE_DIRECTORY, languages=[language])
