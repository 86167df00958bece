"""Columns of days under the names of stages: "Demo date", "Entered Proposal", 'Fecha de entrada en "Demo (Ventas)"'.

What stands around the stage is the same in all of them, in whatever language, so no list of it is needed: two such
columns tell what it is.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from calculators.analysis.gate.words import folded, meaning_of, row_words

_WORD = re.compile(r"[^\W_]+")
# A stage has few words.
_MOST_WORDS = 4
_FEWEST_STAGES = 2


def stages_of_headers(headers: Iterable[tuple[int, str]], stages: Collection[str]) -> dict[int, str]:
    """Return the stage that each header of days names, by its place; none where fewer than two are alike.

    `stages` are those of the file; others are told by the word lists.
    """
    known = set(map(folded, stages))
    alike: defaultdict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for place, header in headers:
        for stage, around in _stages_within(header, known):
            if around and not any(word in row_words("left") for word in around):
                alike[around].setdefault(place, stage)
    found: dict[int, str] = {}
    for named in sorted(alike.values(), key=len, reverse=True):
        if len({folded(stage) for stage in named.values()}) >= _FEWEST_STAGES:
            found = {**named, **found}
    return found


def _stages_within(header: str, known: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each stage that some words of a header are, the longest first, with the folded words around it."""
    words = list(_WORD.finditer(header))
    for length in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        for first in range(len(words) - length + 1):
            last = first + length
            stage = header[words[first].start() : words[last - 1].end()]
            if folded(stage) in known or meaning_of(stage) is not None:
                yield stage, tuple(folded(word[0]) for word in (*words[:first], *words[last:]))
