"""How the Japanese words of the pages are read, so that the search finds 受注率 by じゅちゅうりつ.

A dictionary cuts the text and reads it, when the site is built; readers get the readings of the site's own words, and
nothing of the dictionary (docs/decisions/0010-readings-at-build.md).
"""

import re
from collections import Counter
from collections.abc import Iterable

from sudachipy import Dictionary, SplitMode

# The dictionary takes up to 49,149 bytes at a time.
_LONGEST_TEXT = 10_000
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_WORD = re.compile(r"[\u3400-\u9fff々ァ-ヺー]")
# Particles, signs and endings are not looked for.
_PARTS_OF_SPEECH = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "代名詞"}


def readings(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return the words with kanji or katakana by their reading in hiragana, the most frequent of a reading first."""
    tokenizer = Dictionary(dict="small").tokenizer()
    counts: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for start in range(0, len(text), _LONGEST_TEXT):
            for mode in (SplitMode.A, SplitMode.C):
                for word in tokenizer.tokenize(text[start : start + _LONGEST_TEXT], mode):
                    if word.part_of_speech()[0] in _PARTS_OF_SPEECH and _WORD.search(word.surface()):
                        counts[word.reading_form().translate(_TO_HIRAGANA), word.surface()] += 1
    found: dict[str, list[str]] = {}
    for (reading, surface), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        found.setdefault(reading, []).append(surface)
    return dict(sorted(found.items()))
