"""Figures as JSON: field names are those of the contract."""

from collections.abc import Mapping
from dataclasses import field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from calculators.core.declaring.fields import json_number

# Marks a field of a figure that pictures and lists need, and that is not in the JSON.
BESIDE_THE_CONTRACT = {"is_beside_the_contract": True}


def beside_the_contract(default: Any) -> Any:
    """Declare such a field."""
    return field(default=default, metadata=BESIDE_THE_CONTRACT)


def as_json(value: Any) -> Any:
    """Return a figure, or anything made of figures, as what `json.dumps` takes.

    Whole numbers stay whole, other decimals become the nearest float; a field named `from_` is "from".
    """
    if is_dataclass(value):
        return {
            part.name.rstrip("_"): as_json(getattr(value, part.name))
            for part in fields(value)
            if part.metadata != BESIDE_THE_CONTRACT
        }
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, Mapping):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
