"""The glossary: every term of the term base, in all languages, with its definition and the page that explains it.

Below the definition stands what a term is also called, and in Japanese, where the name has kanji, how it is read.

Order: English by the alphabet. Korean by the code points of its syllables, which is the order of the dictionary.
Japanese by the kana of the reading (gojūon), where small and voiced kana count as the plain ones and ー as the vowel
before it. Greek by the alphabet without accents. In all of them names in Latin letters stand before the others, in
Japanese by their reading. Above the entries, a link leads to the first one of each initial.
"""

import re
import unicodedata
from pathlib import Path

from babel.core import Locale
from mkdocs.utils import get_relative_url

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tools.pages.partials import partial
from tools.texts.playbook_pages import folder_of, url_of
from tools.texts.termbase import GLOSSARY_PAGE, Term, read_terms
from tools.texts.written_pages import titles

PAGE = GLOSSARY_PAGE
_EMPTY = "<div data-glossary></div>"
_KANJI = re.compile("[一-鿿]")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
# The kana by their vowel, for what a long vowel sign stands for.
_VOWELS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみり",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれ",
    "お": "おこそとのほもよろを",
}
# The rows of the gojūon, by their first kana.
_ROWS = {
    "あ": "あいうえお",
    "か": "かきくけこ",
    "さ": "さしすせそ",
    "た": "たちつてと",
    "な": "なにぬねの",
    "は": "はひふへほ",
    "ま": "まみむめも",
    "や": "やゆよ",
    "ら": "らりるれろ",
    "わ": "わをん",
}
_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_TENSE = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
_LATIN = "A–Z"


def fill_glossary(html: str, language: str, folder: str, page_url: str, docs: Path) -> str:
    """Replace the empty glossary of a page; links lead into the `folder` of a language, relative to `page_url`."""
    if _EMPTY not in html:
        return html
    page_titles = titles(docs, language)
    entries = [
        {
            "anchor": term.anchor,
            "name": term.names[language],
            "reading": term.reading if language == "ja" and _KANJI.search(term.names[language]) else "",
            "definition": term.definitions[language],
            "also": term.also[language],
            "others": [
                {"language": other, "name": term.names[other], "also": term.also[other]}
                for other in LANGUAGES
                if other != language and other in term.languages
            ],
            "url": get_relative_url(folder + url_of(term.page), page_url),
            "page": page_titles.get(term.page) if term.page != PAGE else None,
        }
        for term in in_order(language)
    ]
    languages = {language: Locale.parse(language).get_display_name() for language in LANGUAGES}
    filled = partial("glossary.html").render(
        _=catalogue(language).gettext, entries=entries, languages=languages, initials=initials(language)
    )
    return html.replace(_EMPTY, filled)


def in_order(language: str) -> list[Term]:
    """Return all terms in the order of a language."""
    if language == "ja":
        return sorted(read_terms(), key=lambda term: (kana_order(term.reading), term.concept))
    return sorted(read_terms(), key=lambda term: (_letters(term.names[language]), term.concept))


def initials(language: str) -> dict[str, str]:
    """Return the initials of a language's entries in their order, each with the anchor of its first entry."""
    first: dict[str, str] = {}
    for term in in_order(language):
        first.setdefault(_initial(term, language), term.anchor)
    return first


def _initial(term: Term, language: str) -> str:
    """Return a letter, the row of a kana or the consonant of a syllable; one sign for Latin letters among others."""
    if language == "ja":
        sign = kana_order(term.reading)[0]
        return next(row for row, kana in _ROWS.items() if sign in kana)
    sign = _letters(term.names[language])[0].upper()
    if "가" <= sign <= "힣":
        return _CONSONANTS[(ord(sign) - ord("가")) // 588].translate(_TENSE)
    return _LATIN if sign.isascii() and language in {"ko", "el"} else sign


def glossary_address(language: str) -> str:
    """Return the address of a language's glossary, relative to the site's root."""
    return folder_of(language) + url_of(PAGE)


def kana_order(reading: str) -> str:
    """Return what a reading in hiragana is sorted by."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", reading) if not unicodedata.combining(sign))
    order = ""
    for sign in plain.translate(_SMALL):
        before = order[-1:]
        vowel = next((vowel for vowel, kana in _VOWELS.items() if before and before in kana), "")
        order += vowel if sign == "ー" else sign
    return order


def _letters(name: str) -> str:
    """Return a name without case and accents; Hangul stays whole."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare).casefold()
