"""Which of the old encodings some words are in: the one in which their letters are those of a language.

A text can be decoded in several of them without an error, so what decides is what comes out. `letters.csv` has the
letters beyond ASCII of each language, the frequent ones first; a letter far behind, of another language, or a sign
amid letters speaks against an encoding. General detectors look for languages in running text; a deals table is names.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from math import log
from pathlib import Path
from unicodedata import category, name

# Ahead where two read the same: the more common one.
OLD_ENCODINGS = ("cp1252", "cp1253", "iso8859-7", "cp932", "euc_jp", "cp949", "cp1250", "cp1251")

# Natural logarithms of how often a character comes, where no language has it among its letters.
_ASCII = log(1 / 60)
_SIGN, _SCRIPT_SIGN = log(2e-3), log(5e-4)
_BY_BLOCK = (("HANGUL SYLLABLE", 1e-5), ("CJK UNIFIED", 1e-6), ("HALFWIDTH KATAKANA", 1e-4), ("LATIN", 1e-3))
_OTHER_LETTER, _OTHER_SIGN, _CONTROL = log(1e-4), log(1e-5), log(1e-10)
_SIGNS = "–—‘’“”„…€£§°«»·№\xa0"
_WIDE_SIGNS = "、。・「」（）【】￥：／＆％－＋〜～　①②③④⑤㈱"
# A capital against its small letter.
_CAPITAL = log(1 / 8)
# Bytes that are no character in this encoding: a few are damage, many are another encoding.
_DAMAGE = log(1e-10)
# Words in Latin letters have few beyond ASCII.
_BEYOND_ASCII = log(0.15)
# What speaks against languages before their letters are seen, because fewer exports are in them.
_RARE = dict.fromkeys(("cp1250", "cp1251", "cp1253", "iso8859-7", "cp932", "euc_jp", "cp949"), -2.0)
_RARE_LANGUAGES = {"is": -5.0, "fo": -7.0, "ca": -3.0}
# Valid UTF-8 comes about by chance hardly ever, whatever its letters.
_UTF_8_LETTER = log(5e-2)

_LETTER = r"[^\W\d_]"
_UNLIKELY = (
    # Letters of two alphabets in one word.
    (re.compile(r"[A-Za-zÀ-ɏ](?=[Ͱ-ӿ])|[Ͱ-ӿ](?=[A-Za-zÀ-ɏ])"), log(1e-3)),
    (re.compile(r"[Ͱ-Ͽ](?=[Ѐ-ӿ])|[Ѐ-ӿ](?=[Ͱ-Ͽ])"), log(1e-3)),
    # A capital behind a small letter, where one of the two is not ASCII ("McÉwan" has it, once).
    (re.compile(r"[a-zß-öø-ÿά-ώа-џ](?=[À-ÖØ-ÞΆ-ΫЀ-Я])|[ß-öø-ÿά-ώа-џ](?=[A-ZÀ-ÖØ-ÞΆ-ΫЀ-Я])"), log(0.05)),
    # The sigma of a word's end amid it, and the other one at the end.
    (re.compile(r"ς(?=[α-ώ])|[α-ώ]σ\b"), log(0.05)),
    # Ideographs amid Latin letters, katakana of half width beside other letters or alone.
    (re.compile(r"(?<=[A-Za-z])[\u3040-\u9fff\uac00-\ud7a3](?=[a-z])|[\u3040-\u9fff\uac00-\ud7a3](?=[a-z])"), log(0.1)),
    (re.compile(r"[\uff66-\uff9f](?=[a-z\u3040-\u9fff])|[a-z\u3040-\u9fff](?=[\uff66-\uff9f])"), log(0.1)),
    (re.compile(r"(?<![\uff66-\uff9f])[\uff66-\uff9f](?![\uff66-\uff9f])"), log(0.1)),
    # A sign before a letter, unless it parts two or opens a quotation.
    (re.compile(rf"[^\w\s\x00-\x7f–—‘“„«·№（「【・／－＆](?<!{_LETTER}[’])(?={_LETTER})"), log(0.01)),
    (re.compile(rf"(?<={_LETTER})[€£§°№](?={_LETTER})"), log(0.01)),
)


def ranked(words: Iterable[bytes], others: Iterable[str] = ()) -> list[tuple[float, str]]:
    """Return the encodings, UTF-8 among them, likeliest first, each with a logarithm of how likely."""
    words = list(words)
    scored = [(_likelihood(words, encoding), encoding) for encoding in ("utf-8", *OLD_ENCODINGS, *others)]
    return sorted(scored, key=lambda pair: -pair[0])


def _likelihood(words: list[bytes], encoding: str) -> float:
    text = b"\n".join(words).decode(encoding, "replace")
    counts = Counter(text)
    damage = counts.pop("\ufffd", 0) * _DAMAGE
    ascii_letters = sum(counts.pop(letter, 0) for letter in map(chr, range(128)))
    if encoding == "utf-8":
        return damage + ascii_letters * _ASCII + counts.total() * _UTF_8_LETTER
    likeliest = max(
        prior + sum(number * (letters.get(letter) or _elsewhere(letter)) for letter, number in counts.items())
        for prior, letters in _languages()[encoding]
    )
    unlikely = sum(weight * len(pattern.findall(text)) for pattern, weight in _UNLIKELY)
    return damage + ascii_letters * _ASCII + likeliest + unlikely


@cache
def _languages() -> Mapping[str, list[tuple[float, dict[str, float]]]]:
    """Return for each encoding its languages: what comes before their letters, and the letters' logarithms."""
    languages: dict[str, list[tuple[float, dict[str, float]]]] = {encoding: [] for encoding in OLD_ENCODINGS}
    with Path(__file__).with_name("letters.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            total = sum(1 / (place + 1) for place in range(len(row["letters"])))
            beyond = _BEYOND_ASCII if name(row["letters"][0]).startswith("LATIN") else 0.0
            letters = {letter: log(1 / (place + 1) / total) + beyond for place, letter in enumerate(row["letters"])}
            for letter, logarithm in list(letters.items()):
                letters.setdefault(letter.upper(), logarithm + _CAPITAL)
            for encoding in row["encodings"].split():
                prior = _RARE.get(encoding, 0.0) + _RARE_LANGUAGES.get(row["language"], 0.0)
                languages[encoding].append((prior, letters))
    return languages


@cache
def _elsewhere(letter: str) -> float:
    """Return the logarithm of how often a character comes that is no letter of the language."""
    if letter in _SIGNS:
        return _SIGN
    if letter in _WIDE_SIGNS:
        return _SCRIPT_SIGN
    kind = category(letter)
    if kind in ("Cc", "Co", "Cn"):
        return _CONTROL
    if not kind.startswith("L"):
        return _OTHER_SIGN
    called = name(letter, "")
    return next((log(share) for block, share in _BY_BLOCK if called.startswith(block)), _OTHER_LETTER)
