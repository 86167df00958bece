"""The words of money and of months, in every language we know them in.

Data beside this file, one word a line: `money_words.csv` (means, word, value) holds what stands before or after a
number, `month_words.csv` (month, language, word) names of months as Babel has them. Not taken from Babel, of which the
browser has the four languages of the pages only.
"""

import csv
from functools import cache
from pathlib import Path

from calculators.analysis.gate.words import folded

_FOLDER = Path(__file__).resolve().parent


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def currency_words() -> dict[str, str]:
    """Return the ISO code of each sign or word of a currency ("" for one of several countries)."""
    return {row["word"]: row["value"] for row in _rows("money_words.csv") if row["means"] == "currency"}


@cache
def scale_words() -> dict[str, int]:
    """Return the power of ten of each word behind a number (만, k, Mio.)."""
    return {row["word"]: int(row["value"]) for row in _rows("money_words.csv") if row["means"] == "scale"}


@cache
def months() -> dict[str, int]:
    """Return the month of each folded name or short name, in the languages of the list."""
    return {folded(row["word"]): int(row["month"]) for row in _rows("month_words.csv")}
