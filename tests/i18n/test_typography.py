"""Pages and messages use the signs of their language: quotes, punctuation, minus signs, and no look-alike letters."""

import re
import unicodedata
from collections.abc import Iterator

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.texts.prose import prose_of
from tools.translation.translations import DOMAINS, TRANSLATED, read_messages

KANA_OR_KANJI = "[ぁ-ゖァ-ヺー一-鿿々]"
FULL_WIDTH = "[、。，．！？：；（）「」『』【】〜・]"
# Whatever the language. A table's cells are lines of their own here.
EVERYWHERE = {
    "two spaces": r"\S {2,}\S",
    "a letter of another script that looks alike": r"[A-Za-z][Ͱ-Ͽἀ-῿Ѐ-ӿ]|[Ͱ-Ͽἀ-῿Ѐ-ӿ][A-Za-z]|[Ѐ-ӿ]",
    "a hyphen for a minus sign": r"(?<![\w.,)%-])-\d|\d - \d",
    "a letter or an asterisk for ×": r"\d ?[xX*] ?\d",
    "three points for …": r"\.\.\.",
    "an invisible or compatibility sign": r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff０-９Ａ-Ｚａ-ｚｦ-ﾟ]",
}
SPACED = {
    "a space before punctuation": r"\S [,.;:!?](?!\w)",
    "no space after punctuation": r"(?<!\bό)(?<!\bΌ)(?<=[^\W\d_])[,;:!?][^\W\d_]",
}
RULES = {
    "en": EVERYWHERE | SPACED | {"quotes of another language": "[“”‘’«»「」„]"},
    "ko": EVERYWHERE | SPACED | {
        "quotes of another language": "[\"«»「」„]|(?<![A-Za-z])'",
        "punctuation of another language": "[、。，．！？：；（）]",
    },
    "el": EVERYWHERE | SPACED | {
        "quotes of another language": "[\"„「」‘]",
        "a question mark that is not ;": r"[Ͱ-Ͽἀ-῿»)]\?|\u037e",
        "a raised point that is not ·": "[\u0387•‧]",
        "a Latin letter for the article": r"(?<!\w)[HOo](?!\w)",
    },
    "ja": EVERYWHERE | {
        "quotes of another language": "[\"“”‘’«»„]",
        "half-width punctuation": rf"{KANA_OR_KANJI}[,.;:!?]|[、。][,.;:!?]",
        # Formulas and marks keep theirs: (138 + 270) ÷ 5, (✓).
        "half-width parentheses": rf"{KANA_OR_KANJI}\((?![\d{{✓])|\([^()\d{{✓]*\){KANA_OR_KANJI}",
        "a space beside full-width punctuation": rf" {FULL_WIDTH}|[、。，．（「『【] ",
        # A label before what it marks keeps its space: スコア 6 ÷ 12, 2 一部確認.
        "a space after kana or kanji": rf"{KANA_OR_KANJI} (?:[A-Za-z]|\d[\d.,]*(?! [−+×÷=])(?![\d.,]))",
        "a space before kana or kanji": rf"(?:[A-Za-z]|[^\d.,]\d[\d.,]*) {KANA_OR_KANJI}",
    },
}  # fmt: skip
PAIRS = {"en": ["()"], "ko": ["()", "“”", "‘’"], "ja": ["（）", "()", "「」", "『』"], "el": ["()", "«»"]}


def complaints(text: str, language: str) -> Iterator[str]:
    """Yield what is wrong with a text."""
    for name, pattern in RULES.get(language, EVERYWHERE).items():
        if match := re.search(pattern, text):
            yield f"{name}: …{text[max(0, match.start() - 15) : match.end() + 15]}…"
    if unicodedata.normalize("NFC", text) != text:
        yield f"signs put together from parts: {text}"


def unpaired(text: str, language: str) -> Iterator[str]:
    """Yield what is opened or closed alone; quotes may go over several lines, and only parentheses may be nested."""
    for pair in PAIRS.get(language, ["()"]):
        opening, closing = pair[0], pair[1]
        depth = 0
        for match in re.finditer(f"[{opening}{closing}]|\\Z", text):
            depth += {opening: 1, closing: -1}.get(match[0], 0)
            if depth < 0 or (depth > 1 and opening not in "(（") or (depth and not match[0]):
                yield f"{opening} without {closing}: …{text[max(0, match.start() - 15) : match.start() + 15]}…"
                break


def cells(line: str) -> list[str]:
    """Return the cells of a row of a table, or the whole line."""
    return [cell.strip() for cell in line.split("|")] if line.startswith("|") else [line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages(language: str) -> None:
    """Every line of prose; titles of others, in the section of sources, keep their own signs."""
    found = []
    for page in sorted((PROJECT / "docs" / language).rglob("*.md")):
        lines = [line for line in prose_of(page.read_text(encoding="utf-8")) if not line.in_sources]
        name = page.relative_to(PROJECT)
        found += [
            f"{name}:{line.number}: {complaint}"
            for line in lines
            for cell in cells(line.text)
            for complaint in complaints(cell, language)
        ]
        found += [f"{name}: {complaint}" for complaint in unpaired("\n".join(line.text for line in lines), language)]
    assert found == []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_messages(language: str, domain: str) -> None:
    """The words of the calculators, of the theme and of the analyser."""
    found: list[str] = []
    for message in read_messages(language, domain):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for text in (str(text) for text in strings if text and message.id):
            found += [*complaints(text, language), *unpaired(text, language)]
    assert found == []


@pytest.mark.parametrize(
    ("language", "text", "complaint"),
    [
        ("en", "Won  deals, and more.", "two spaces"),
        ("en", "Won deals , and more.", "a space before punctuation"),
        ("en", "From -5 to 5.", "a hyphen for a minus sign"),
        ("ko", '그는 "좋습니다"라고 했습니다.', "quotes of another language"),
        ("ko", "수주，실주", "punctuation of another language"),
        ("ja", "受注,失注", "half-width punctuation"),
        ("ja", "商談 （大型）", "a space beside full-width punctuation"),
        ("ja", "商談(大型)", "half-width parentheses"),
        ("ja", "商談は 30 件です。", "a space after kana or kanji"),
        ("el", "Ποιος αγοράζει?", "a question mark that is not ;"),
        ("el", "Η \u0041γορά μεγαλώνει.", "a letter of another script that looks alike"),
        ("el", "\u004f αγοραστής αποφασίζει.", "a Latin letter for the article"),
        ("el", 'Ο όρος "pipeline".', "quotes of another language"),
    ],
)
def test_mistakes_are_found(language: str, text: str, complaint: str) -> None:
    """Each rule finds what it is for."""
    assert complaint in {found.partition(":")[0] for found in complaints(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'Gong\'s page says "won ÷ (won + lost)", or −5 to 5, at 9:30.'),
        ("ko", "“수주 ÷ (수주 + 실주)”라고 합니다. 10.8%~60.3%(Little's law)입니다."),
        ("ja", "平均値は(138 + 270) ÷ 5です。「受注率」（win rate）は30%です。"),
        ("el", "Κάντε ό,τι λέει ο «οδηγός» (N = 5): ποιος αγοράζει; Το 1.234,5 στ' αλήθεια."),
    ],
)
def test_what_is_right_passes(language: str, text: str) -> None:
    """Formulas, figures, foreign names and elisions are no mistakes."""
    assert [*complaints(text, language), *unpaired(text, language)] == []


def test_a_quote_that_is_not_closed_is_found() -> None:
    """Also when the lines between are quoted too."""
    assert list(unpaired("«Ναι.\nΊσως.»", "el")) == []
    assert len(list(unpaired("«Ναι.\n«Ίσως.»", "el"))) == 1
