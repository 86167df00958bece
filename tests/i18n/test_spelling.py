"""The words of the pages are spelt right, by hunspell's dictionaries and our lists of further words.

`words/<language>.txt` holds what is right and in no dictionary: names, trade words, abbreviations. A Korean entry
stands for the word with any particle that fits its last sound, so 파이프라인을 is right and 파이프라인를 is not; an
entry with a hyphen before it (-씩) may be added to a word. Japanese has no dictionary of this kind.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import PROJECT
from tools.texts.prose import prose_of

DICTIONARIES = {"en": "en_US", "ko": "ko_KR", "el": "el_GR"}
WORDS = {
    "en": re.compile(r"(?<![\w.-])[A-Za-z]+(?:['’][a-z]+)*(?![\w.]*\.\w)"),
    "ko": re.compile(r"([^\s가-힣(“‘|]?)([가-힣]+)"),
    "el": re.compile(r"[όΌ],τι|(?<!\d)[Ͱ-Ͽἀ-῿]+['’]?"),
}
_WITHOUT_ACCENT = str.maketrans("άέήίόύώ", "αεηιουω")
# Nouns of the dictionary, ending in a vowel, in ㄹ and in another consonant: particles go by the last sound.
VOWEL, RIEUL, CONSONANT = "조사", "배달", "생산"


def own_words(language: str) -> frozenset[str]:
    """Return our list of further words."""
    lines = (Path(__file__).parent / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def unknown_to_hunspell(forms: set[str], language: str) -> set[str]:
    """Return the forms that the dictionary lacks; skips where there is no hunspell or no dictionary."""
    if shutil.which("hunspell") is None:
        pytest.skip("hunspell is absent: tools/set_up/hunspell.sh installs it on Debian")
    run = subprocess.run(
        ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"],
        input="\n".join(sorted(forms)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        pytest.skip(f"hunspell has no dictionary {DICTIONARIES[language]}")
    return set(run.stdout.split())


def stand_in(word: str) -> str:
    """Return a noun of the dictionary that takes the same particles as a Korean word."""
    last = (ord(word[-1]) - 0xAC00) % 28
    return VOWEL if last == 0 else RIEUL if last == 8 else CONSONANT


def bare(word: str) -> str:
    """Return an English word without 's, and a Greek one without the accent it has from the word after it."""
    word = re.sub("['’]s$", "", word)
    if word.lower() == "ό,τι":
        return "ότι"
    first, *rest = re.split("(?<=[άέήίόύώΐΰΆΈΉΊΌΎΏ])", word, maxsplit=1)
    return first + "".join(rest).translate(_WITHOUT_ACCENT)


def ways_to_be_right(word: str, after: str, known: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield sets of Korean forms: the word is right if the dictionary has all forms of one of them."""
    yield frozenset([word])
    if after:  # the sound of a figure or of Latin letters is not known
        yield from (frozenset([noun + word]) for noun in (VOWEL, RIEUL, CONSONANT))
    for end in range(1, len(word) + 1):
        head, rest = word[:end], word[end:]
        if head in known:
            yield frozenset([stand_in(head) + rest])
    for end in range(0 if after else 1, len(word)):
        for suffix in (entry[1:] for entry in known if entry.startswith("-")):
            if word.startswith(suffix, end):
                head, rest = word[:end], word[end + len(suffix) :]
                first = CONSONANT if head in known or after else head
                yield frozenset([first, stand_in(suffix) + rest])


def wrong_words(texts: dict[str, str], language: str) -> dict[str, str]:
    """Return each wrong word with the first place where it stands, of texts by place."""
    known = own_words(language)
    found: dict[tuple[str, str], str] = {}
    for place, text in texts.items():
        for match in WORDS[language].finditer(text):
            key = (match[2], "A" if match[1] else "") if language == "ko" else (match[0], "")
            found.setdefault(key, place)
    if language == "ko":
        ways = {key: list(ways_to_be_right(*key, known)) for key in found}
    else:
        ways = {key: [frozenset([bare(key[0])])] for key in found if not {key[0], bare(key[0])} & known}
    unknown = unknown_to_hunspell({form for sets in ways.values() for forms in sets for form in forms}, language)
    return {key[0]: found[key] for key, sets in ways.items() if all(forms & unknown for forms in sets)}


def texts_of(docs: Path, language: str) -> dict[str, str]:
    """Return the lines of all pages by place; the sources have titles in other languages."""
    return {
        f"{page.relative_to(docs)}:{line.number}": line.text
        for page in sorted((docs / language).rglob("*.md"))
        for line in prose_of(page.read_text(encoding="utf-8"))
        if not line.in_sources
    }


@pytest.mark.parametrize("language", DICTIONARIES)
def test_words_are_spelt_right(language: str) -> None:
    """A right word that is reported belongs into `words/`, in the order of the alphabet."""
    assert wrong_words(texts_of(PROJECT / "docs", language), language) == {}


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "Liferay's pipline is seperate.", ["pipline", "seperate"]),
        ("ko", "파이프라인를 보고 CRM에 수주율을 적는데 몇일 걸립니다.", ["파이프라인를", "몇일"]),
        ("el", "Η συμφονία έκλεισε στον ιστότοπό μας.", ["συμφονία"]),
    ],
)
def test_mistakes_are_found(language: str, text: str, wrong: list[str]) -> None:
    """Also a Korean particle that does not fit the sound before it."""
    assert list(wrong_words({"here": text}, language)) == wrong


@pytest.mark.parametrize("language", DICTIONARIES)
def test_lists_of_words_are_in_order(language: str) -> None:
    """Each word once, sorted, so that two people who add words do not collide."""
    lines = (Path(__file__).parent / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
