"""Japanese pages and messages write figures, units and words as offices do.

The rules stand in docs/decisions/0009-japanese-as-offices-write-it.md, the spellings in words/ja.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from tests.support import PROJECT
from tools.texts.prose import prose_of
from tools.translation.translations import DOMAINS, read_messages

SPELLINGS = Path(__file__).parent / "words" / "ja.toml"
PAGES = sorted((PROJECT / "docs" / "ja").rglob("*.md"))
UNIT = re.compile(r"^\*金額の単位：(?:千円|百円)\*$", re.MULTILINE)

COUNTERS = (
    "件|社|人|名|問|冊|項目|円|千円|百万円|日|週|か月|年|分|秒|時|回|倍|割|期|四半期|番目|位|号|つ|種類|通り|行|列|枚|本|桁|通|点|文字"
    "|文|組|台|棟|階|店舗|拠点|か所|か国|か年|言語|段階|段|軸|部署|支店|チーム|グループ|パターン|プラン|案|ページ|画面|個|歳|代|世紀"
    "|月|営業日|周期|周|乗|ポイント|パーセンタイル|パーセント|ピクセル|バイト|セグメント|ファイル|シート|フレームワーク|フェーズ|ステップ|億|万"
)
# What may follow a figure that is no number of things: limits, amounts and what is said of the figure itself.
AFTER_A_FIGURE = "以上|以下|以内|以降|未満|超|相当|前後|対|増|減|加|下が|上が|上回|下回|低|高|短|長|多|少|版|章|閲覧"
# Words with a kanji numeral that count nothing.
IDIOMS = re.compile(
    "一つひとつ|[のその]一つ|もう一つ|ただ一つ|一つは、|一人ひとり|もう一人|一人で|同一人物|一度|一段と|一通り|一回り"
    "|十分|四半期|五分五分|百分率|第一印象|第三者|二人三脚|一本化|一点張り|千円|百円|百万円|[数何幾][十百千万]+"
)
KANJI_NUMERAL = re.compile(
    "(?:第?[一二三四五六七八九十百千]+)(?:つ|件|社|人|名|回|度|分|秒|時間|日|週|か月|年|問|項目|行|列|枚|本|通り|種類|点|倍"
    "|割|番目|位|版|台|個|拠点|店舗|文(?![句書])|文字|段階|組|桁|か所|か国|言語|円|ポイント|案|歳|代(?!わ))"
)
NO_COUNTER = re.compile(
    rf"(?<![A-Za-z#.\d第])\d[\d,.]*(?!(?:{COUNTERS}|{AFTER_A_FIGURE}))(?=[ァ-ヺ一-鿿])|\d[\d,]{{1,}}つ|\d[ヶケヵカ]月"
)

# An amount, as far as its looks tell: in thousands or more, and nothing counted. These pages have such figures of
# deals, and of how numbers are written.
AMOUNT = re.compile(rf"(?<![\d.,A-Za-z])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!,?\d)(?!{COUNTERS})")
NO_MONEY = {
    *("about/contribute.md", "metrics/conversion-rate.md", "pipeline/analyse.md", "pipeline/stages.md"),
    "reference/calculators.md",
}


@lru_cache(maxsize=1)
def spellings() -> list[tuple[re.Pattern[str], str]]:
    """Return what is not written, and what is written instead."""
    variants = tomllib.loads(SPELLINGS.read_text(encoding="utf-8"))["variant"]
    return [(re.compile(variant["not"]), variant["but"]) for variant in variants]


def faults(text: str) -> Iterator[str]:
    """Yield what an office would write in another way."""
    # A gap where an idiom stood, so that what stands beside it is not read together.
    for match in KANJI_NUMERAL.finditer(IDIOMS.sub("␣", text)):
        yield f"漢数字「{match[0]}」"
    for match in NO_COUNTER.finditer(text):
        yield f"助数詞「{text[match.start() : match.end() + 4]}」"
    for pattern, right in spellings():
        for match in pattern.finditer(text):
            yield f"表記「{text[max(0, match.start() - 6) : match.end() + 6]}」→ {right}"


def test_pages() -> None:
    """Titles of others, in the section of sources, stay as they are."""
    found = [
        f"{page.relative_to(PROJECT)}:{line.number}: {fault}"
        for page in PAGES
        for line in prose_of(page.read_text(encoding="utf-8"))
        for fault in faults(re.sub(r"「[^」]*」", "", line.text) if line.in_sources else line.text)
    ]
    assert found == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_messages(domain: str) -> None:
    """A placeholder stands for a figure or a name: neither is looked at."""
    found = []
    for message in read_messages("ja", domain):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        found += [
            f"{message.id}: {fault}"
            for text in strings
            if text and message.id
            for fault in faults(re.sub(r"\{=?[\w.]+\}", "␣", str(text)))
        ]
    assert found == []


def test_a_page_says_its_unit_of_money_once() -> None:
    """Where readers see amounts; more than one line, or another wording, would leave them in doubt."""
    wrong = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if len(UNIT.findall(text)) > 1 or text.count("金額の単位：") != len(UNIT.findall(text)):
            wrong[page.name] = [line for line in text.splitlines() if "金額の単位" in line]
    assert wrong == {}


def test_the_unit_stands_before_the_first_amount() -> None:
    """A heading or the box at the page's beginning may have one before it: the unit follows at once."""
    wrong = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        unit = UNIT.search(text)
        before = text[: unit.start()] if unit else text
        lines = [line for line in prose_of(before) if not line.in_sources and AMOUNT.search(line.text)]
        written = before.splitlines()
        named = page.relative_to(PROJECT / "docs" / "ja").as_posix()
        wrong += [
            f"{named}:{line.number}: {line.text}"
            for line in lines
            if named not in NO_MONEY and not (unit and re.match("#|    - ", written[line.number - 1]))
        ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("商談を三つ選びます。", "漢数字"),
        ("六十件のリード。", "漢数字"),
        ("注文を四分の一にする。", "漢数字"),
        ("一か月あたり。", "漢数字"),
        ("営業一人の名前。一人の担当者。", "漢数字"),
        ("12つの間違い。", "助数詞"),
        ("3品を売る。", "助数詞"),
        ("3ヶ月かかる。", "助数詞"),
        ("お客さまの声。", "表記"),
        ("いまは買わない。", "表記"),
        ("よい根拠。", "表記"),
    ],
)
def test_faults_are_found(text: str, fault: str) -> None:
    """Each rule finds what it is for."""
    assert fault in {found[: len(fault)] for found in faults(text)}


@pytest.mark.parametrize(
    "text",
    [
        "3件のうち1件、10問、4項目、2人、30分、12か月、3分の1、9割、2番目、第3四半期。",
        "一つひとつ確かめ、四半期に一度、数十件を見直す。その一つ、もう一人、一人で決める。",
        "1億3,000万円、75以上、100社あたり、2022年11月、5つの段階、P90、A2のランク。",
        "どこから始めてもよい。使います。違います。自分から声をかけた。及びます。",
    ],
)
def test_what_offices_write_passes(text: str) -> None:
    """Counters, idioms and round numbers."""
    assert list(faults(text)) == []
