"""The words of the analyser in the languages of the playbook, a catalogue apart from the calculators'."""

import gettext

from calculators.core.words.catalogue import catalogue

DOMAIN = "analysis"


def words(language: str) -> gettext.NullTranslations:
    """Return the analyser's catalogue of a language.

    Raises ValueError for a language that there is not and FileNotFoundError
    when the catalogues have not been compiled.
    """
    return catalogue(language, DOMAIN)
