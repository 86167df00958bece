"""How the numbers of a workbook look: the codes of the calculators' workbooks, with the reader's units."""

from decimal import Decimal

from calculators.analysis.page.workbook.cells import Value
from calculators.analysis.page.writing import Writing
from calculators.core.declaring.fields import Count, Days, Money, Multiple, Number, Rate
from calculators.core.taking_along.cell_formats import format_code

_FIELDS: dict[str, Number] = {
    "count": Count(label=""),
    "days": Days(label=""),
    "money": Money(label=""),
    "multiple": Multiple(label=""),
    "rate": Rate(label=""),
}
_CODES = {
    # As no country swaps it.
    "date": "yyyy\\-mm\\-dd",
    "change": "+0.0%;-0.0%;0.0%",
    "cycle": "0",
    "line": "0",
}


def format_of(kind: str, value: Value, write: Writing) -> str:
    """Return the format code of a kind of numbers, with the decimals that a number needs; "" for texts."""
    if kind in _FIELDS:
        numbers = [Decimal(value)] if isinstance(value, Decimal | int) else []
        return format_code(_FIELDS[kind], numbers, write.numerals, is_input=False)
    return _CODES.get(kind, "")
