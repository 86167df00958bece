"""The forms in which a term stands in a text: folded, with the plurals and endings of its language."""

import re
import unicodedata
from functools import cache

_IRREGULAR = {"criterion": "criteri(?:on|a)"}
# Of folded words.
_GREEK_ENDING = re.compile(r"(?:ουσ|οσ|ου|ον|ων|οι|εσ|ησ|εισ|εων|ασ|ια|ιο|η|α|ο|ι|ω)$")

# Of nouns and adjectives: a verb from the same stem (αγοράζει, αποφασίζει) is another word.
_GREEK_ENDINGS = (
    "(?:α|ασ|ατα|ατοσ|ατων|ε|εα|εασ|εισ|εσ|ευσ|εωσ|εων|η|ησ|ι|ια|ιασ|ιεσ|ιο|ιοι|ιοσ|ιου|ιουσ|ιων|ο|οι|ον|οντα|οντασ"
    "|οντεσ|οντοσ|οντων|οσ|ου|ουσ|ρια|ριασ|ριεσ|υ|υσ|ω|ων)?"
)


def fold(text: str) -> str:
    """Return a text without case and Greek accents, of the same length."""
    return text.translate(_folded_signs())


@cache
def _folded_signs() -> dict[int, str]:
    """Return what each Latin and Greek letter is taken for."""
    signs = {}
    for sign in map(chr, (*range(0x250), *range(0x370, 0x400), *range(0x1F00, 0x2000))):
        bare = unicodedata.normalize("NFD", sign)[0] if sign >= "Ͱ" else sign
        folded = bare.lower().replace("ς", "σ")
        if folded != sign and len(folded) == 1:
            signs[ord(sign)] = folded
    return signs


def form_of(name: str, language: str) -> str:
    """Return the pattern of a name in folded text.

    English, and a language that has no rule here: the word and its plural. Korean: not within a word, whatever
    particle follows. Japanese: anywhere, but not within a run of katakana. Greek: each word by its stem, with any
    ending of a noun or adjective.
    """
    folded = fold(name)
    if language == "ko" and re.search("[가-힣]", folded):
        return f"(?<![가-힣]){re.escape(folded)}"
    if language == "ja" and re.search("[぀-ヿ一-鿿]", folded):
        before = "(?<![ァ-ヶー])" if re.match("[ァ-ヶー]", folded) else ""
        after = "(?![ァ-ヶー])" if re.search("[ァ-ヶー]$", folded) else ""
        return f"{before}{re.escape(folded)}{after}"
    words = [_word(word) for word in folded.split()]
    return rf"(?<![\w-]){r'\s+'.join(words)}(?![\w-])"


def _word(word: str) -> str:
    if re.match("[α-ω]", word):
        stem = _GREEK_ENDING.sub("", word) if len(word) > 3 else word
        return re.escape(stem) + (_GREEK_ENDINGS if stem != word else "")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return re.escape(word[:-1]) + "(?:y|ies)" if word.endswith("y") else re.escape(word) + "s?"
