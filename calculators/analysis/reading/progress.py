"""How far the work on a file is: long work is a generator that says so, and may be left between two words."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total`: bytes while `decoding`, rows while `reading` (`total` is estimated), steps otherwise."""

    stage: Literal["decoding", "reading", "understanding", "computing"]
    done: int
    total: int
