"""A table, a connection or an option that cannot be used, with its sentence in the reader's language."""

from typing import Any

from calculators.analysis.reading.refused import Refused
from calculators.core.words.catalogue import catalogue
from calculators.warehouse.sentences import REFUSALS

# The words of this folder are a catalogue of their own: the browser fetches none of them.
DOMAIN = "warehouse"


class WarehouseRefused(Refused):
    """As `Refused`, with the codes of this folder."""


def refusal_text(refused: WarehouseRefused, language: str) -> str:
    """Return the sentence of a refusal."""
    values: dict[str, Any] = {"column": refused.column} | refused.values
    return catalogue(language, DOMAIN).gettext(REFUSALS[refused.code]).format_map(values)
