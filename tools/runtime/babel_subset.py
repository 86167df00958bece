"""Cut Babel down to what writes and reads numbers in the languages of the playbook.

The full wheel holds 1,000 locales in 31 MB. The subset is the same code and the
same CLDR data, less the locales and the kinds of data that no calculator uses.
"""

import importlib.metadata
import pickle
from importlib.resources import files
from pathlib import Path
from typing import Any

from calculators.core.words.catalogue import LANGUAGES
from tools.runtime.wheel import write_wheel

# The modules that `calculators.core.numbers.numerals` reaches.
_MODULES = ("__init__.py", "core.py", "localedata.py", "numbers.py", "plural.py")
_LOCALE_KEYS = (
    "locale_id",
    "plural_form",
    "number_symbols",
    "default_numbering_system",
    "numbering_systems",
    "decimal_formats",
    "percent_formats",
    "currency_formats",
    "currency_symbols",
)
_GLOBAL_KEYS = ("cldr", "currency_fractions", "parent_exceptions")
# Asked for by every amount, though our patterns never spell a currency's name.
_EMPTY_LOCALE_KEYS = ("currency_names", "currency_names_plural")
# Looked up whenever a locale is named; empty, a name stands for itself.
_EMPTY_GLOBAL_KEYS = ("language_aliases", "territory_aliases", "script_aliases", "variant_aliases", "likely_subtags")


def write_babel_subset(directory: Path) -> Path:
    """Write the subset as a wheel into a directory and return its path."""
    source = files("babel")
    contents = {f"babel/{name}": source.joinpath(name).read_bytes() for name in _MODULES}
    for locale in ("root", *LANGUAGES):
        data = pickle.loads(source.joinpath("locale-data", f"{locale}.dat").read_bytes())  # noqa: S301 - Babel's own
        contents[f"babel/locale-data/{locale}.dat"] = pickle.dumps(_cut_locale(data), 4)
    data = pickle.loads(source.joinpath("global.dat").read_bytes())  # noqa: S301 - Babel's own
    kept = {key: data[key] for key in _GLOBAL_KEYS} | {key: {} for key in _EMPTY_GLOBAL_KEYS}
    contents["babel/global.dat"] = pickle.dumps(kept, 4)
    distribution = importlib.metadata.distribution("babel")
    licence = distribution.read_text("licenses/LICENSE")
    if licence is None:
        raise RuntimeError("Babel's licence is not where it was: its subset must carry it")
    return write_wheel(
        directory,
        name="babel",
        version=f"{distribution.version}+playbook",
        summary="Babel's numbers, cut down to the languages of the Pipeline Playbook",
        requires=(),
        contents=contents,
        licence=licence,
    )


def _cut_locale(data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in _LOCALE_KEYS if key in data} | {key: {} for key in _EMPTY_LOCALE_KEYS}
