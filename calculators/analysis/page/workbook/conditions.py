"""Formulas that count and add up the deals that meet some conditions.

Nothing in them depends on the language of the program: numbers and days are never written into a text by us, but put
behind a comparison with `&`, as the program itself writes and reads them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from calculators.core.declaring.fields import NOTHING
from calculators.core.numbers.statistics import NO_RATE_BELOW

# COUNTIFS takes other texts for comparisons, patterns, numbers, dates or truths, and knows no capitals.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z .,&'()_-]{0,199}")
_TRUTHS = {"true", "false"}
# The 97.5th percentile of the standard normal distribution.
_Z = "1.95996398454005"


@dataclass(frozen=True, slots=True)
class Meant:
    """A condition on the cells of a range: how they compare to an expression; `is_exact` also minds capitals."""

    range: str
    sign: str
    expression: str
    is_exact: bool = False

    @property
    def criterion(self) -> str:
        """The condition as COUNTIFS and SUMIFS take it."""
        compared = self.expression if self.sign == "=" else f'"{self.sign}"&{self.expression}'
        if self.sign != "=" and self.expression.isdecimal():
            compared = f'"{self.sign}{self.expression}"'
        return f"{self.range},{compared}"

    @property
    def factor(self) -> str:
        """The condition as a factor of SUMPRODUCT; an empty cell is no number there."""
        if self.is_exact:
            return f"EXACT({self.range},{self.expression})"
        compared = f"({self.range}{self.sign}{self.expression})"
        return compared if self.sign == "=" else f"ISNUMBER({self.range})*{compared}"


def count(*conditions: Meant) -> str:
    """Return the number of deals that meet all conditions, one or more."""
    if any(condition.is_exact for condition in conditions):
        return f"SUMPRODUCT(1*{_product(conditions)})"
    return f"COUNTIFS({_criteria(conditions)})"


def total(range_: str, *conditions: Meant) -> str:
    """Return the sum of a range over the deals that meet all conditions."""
    if any(condition.is_exact for condition in conditions):
        return f"SUMPRODUCT({_product(conditions)}*{range_})"
    return f"SUMIFS({range_},{_criteria(conditions)})"


def _product(conditions: Sequence[Meant]) -> str:
    return "*".join(condition.factor for condition in conditions)


def _criteria(conditions: Sequence[Meant]) -> str:
    return ",".join(condition.criterion for condition in conditions)


def are_plain(names: Sequence[str]) -> bool:
    """Whether COUNTIFS tells names apart, and takes each for the text that it is."""
    return len({name.lower() for name in names}) == len(names) and all(
        _PLAIN.fullmatch(name) and name.lower() not in _TRUTHS for name in names
    )


def quoted(text: str) -> str:
    """Return a text as formulas have it."""
    return '"' + text.replace('"', '""') + '"'


def or_nothing(formula: str) -> str:
    """Return a formula that shows a dash where there is no figure."""
    return f"IFERROR({formula},{quoted(NOTHING)})"


def win_rate(won: str, lost: str, *, of_both: bool) -> str:
    """Return the share won, of 5 closed deals or more; `of_both` asks for won and lost ones."""
    least = f"{won}+{lost}<{NO_RATE_BELOW}"
    missing = f"OR({won}=0,{lost}=0,{least})" if of_both else least
    return f"IF({missing},{quoted(NOTHING)},{won}/({won}+{lost}))"


def interval_end(won: str, lost: str, sign: str) -> str:
    """Return an end of the 95 % interval of a win rate (Wilson): the lower one for "-", the upper one for "+"."""
    closed = f"({won}+{lost})"
    spread = f"{_Z}*SQRT({won}*{lost}/{closed}^3+{_Z}^2/(4*{closed}^2))"
    inner = f"({won}/{closed}+{_Z}^2/(2*{closed}){sign}{spread})/(1+{_Z}^2/{closed})"
    none, end = (won, "0") if sign == "-" else (lost, "1")
    return f"IF({closed}<{NO_RATE_BELOW},{quoted(NOTHING)},IF({none}=0,{end},{inner}))"
