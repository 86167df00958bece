"""A translated page says what the English one says: same headings, ids, links, fences, tables and figures."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.core import Locale

from tests.support import PROJECT
from tools.pages.fence import read_quiz
from tools.translation.page_translation import blob_id
from tools.translation.stamp import stamp
from tools.translation.translations import TRANSLATED

DOCS = PROJECT / "docs"
FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2 *$", re.DOTALL | re.MULTILINE)
PAGES = sorted(path.relative_to(DOCS) for language in TRANSLATED for path in (DOCS / language).rglob("*.md"))
# A figure in quotation marks is one that somebody has printed, and stays as printed; so does the title of a work.
NO_FIGURES = re.compile(
    r"\{#.*?\}|\]\([^)]*\)|\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}|(?:CC BY|Python) \d+\.\d+|^ *\d+\. |`[^`\n]+`"
    r"|[\"“«「]\d[\d.,]*[\"”»」]|(?<!\*)\*[^*\n]+\*(?!\*)",
    re.MULTILINE,
)
QUIZ = re.compile(r"^```quiz\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# Numerals up to twelve may be words in one language and digits in another.
SMALL = {str(number) for number in range(13)}
# Amounts as people say them. A Korean page counts in thousands of won: 13만 원 is its 130, and 30,000만 means "only".
SPOKEN = {
    "en": re.compile(r"(?P<thousands>\d+(?:\.\d+)?)k\b"),
    "el": re.compile(r"(?P<thousands>\d+) χιλιάδ(?:ες|ων)\b"),
    "ko": re.compile(
        r"(?<![가-힣\d])(?:(?P<hundred_millions>\d+)억 ?)?(?:(?P<ten_millions>\d*)천)?(?:(?P<millions>\d*)백)?"
        r"(?P<ten_thousands>\d*)만(?: (?P<thousands_of_won>\d)천)? 원(?! 단위|으로)"
        r"|(?P<only>\d+)억(?: ?원|(?= ?\d천))(?: ?(?P<and_ten_millions>\d)천)?"
    ),
    # 1億8,000万 is the 180,000 of a page in thousands of yen, 1万3,000円 the 130 of one in hundreds.
    "ja": re.compile(
        r"(?P<hundred_millions>[\d,]+)億(?:(?P<and_ten_thousands>[\d,]+)万)?"
        r"|(?P<ten_thousands>[\d,]+)万(?:(?P<ones>[\d,]+)円)?"
    ),
}
# A page of unit costs or pay: in thousands of yen nobody would believe its figures.
IN_HUNDREDS = "*金額の単位：百円*"
WORTH = {
    "thousands": 1_000,
    "hundred_millions": 100_000,
    "only": 100_000,
    "ten_millions": 10_000,
    "and_ten_millions": 10_000,
    "millions": 1_000,
    "ten_thousands": 10,
    "and_ten_thousands": 10,
    "ones": 0.001,
    "thousands_of_won": 1,
}
# English writes out round numbers that other languages have in digits: "half an hour" is 30分.
TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
HALVES = {"half[ -](?:an )?(?:hours?|minute)": "30", "one and a half": "1.5"}
WRITTEN_OUT = re.compile(
    rf"\b(?:(?:(?P<hundreds>{'|'.join(ONES)}) )?(?P<hundred>hundred)\b(?: and )?)?"
    rf"(?:(?P<teens>{'|'.join(TEENS)})\b|(?P<tens>{'|'.join(TENS)})(?:y|ieth)\b(?:-(?P<ones>{'|'.join(ONES)})\b)?"
    rf"|(?P<one>{'|'.join(ONES)})\b(?= ?(?:and a half )?thousand))?(?P<half> and a half)?(?P<thousand> ?thousand\b)?",
    re.IGNORECASE,
)


def body_of(path: Path) -> str:
    """Return a page's text without front matter."""
    return path.read_text(encoding="utf-8").split("\n---\n", 1)[1]


def metadata_of(path: Path) -> dict[str, str]:
    """Return a page's front matter."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8").split("\n---\n", 1)[0]))


def shape_of(text: str) -> dict[str, object]:
    """Return what must be equal in every language."""
    prose = FENCE.sub("", text)
    return {
        "headings": re.findall(r"^(#+) .*?(\{#[\w-]+\})?$", prose, re.MULTILINE),
        "fences": [match[0] for match in FENCE.finditer(text) if not QUIZ.fullmatch(match[0])],
        "quizzes": [
            [[answer["right"] for answer in question["answers"]] for question in read_quiz(match[1])]
            for match in QUIZ.finditer(text)
        ],
        "admonitions": re.findall(r"^ *(?:!!!|\?\?\?\+?) (\w+)", prose, re.MULTILINE),
        "links": sorted(re.findall(r"\]\(([^)\s]+)\)", prose)),
        "table rows": len(re.findall(r"^ *\|", prose, re.MULTILINE)),
        "list items": len(re.findall(r"^ *(?:[-*]|\d+\.) ", prose, re.MULTILINE)),
    }


def figures_of(text: str, language: str) -> Counter[str]:
    """Return the figures of a page's prose, written in one way; code, dates and versions are no figures."""
    prose = NO_FIGURES.sub("", FENCE.sub("", text))
    if language in SPOKEN:
        scale = 10 if IN_HUNDREDS in text else 1
        prose = SPOKEN[language].sub(lambda amount: read_spoken(amount, scale), prose)
    symbols = Locale.parse(language).number_symbols["latn"]
    group, decimal = symbols["group"], symbols["decimal"]
    found = re.findall(r"\d[\d.,]*\d|\d", prose)
    plain = (figure.replace(group, "").replace(decimal, ".") for figure in found)
    return Counter(figure for figure in plain if figure not in SMALL)


def read_spoken(amount: re.Match[str], scale: int = 1) -> str:
    """Return an amount as people say it as the figure that tables have; 천만 원 is one times ten million won."""
    # The last part has no "one" of its own: in 3천만 원 the ten thousands are not there.
    parts = {name: digits for name, digits in amount.groupdict().items() if digits is not None}
    if parts.get("ten_thousands") == "":
        del parts["ten_thousands"]
    worths = [float(digits.replace(",", "") or 1) * WORTH[name] for name, digits in parts.items()]
    return f"{sum(worths) * scale:.0f}" if parts else amount[0]


def written_out_in(text: str) -> Counter[str]:
    """Return the numbers that an English text writes out in words, those above twelve and halves."""
    prose = FENCE.sub("", text)
    found = Counter(
        {digits: len(re.findall(rf"\b{words}\b", prose, re.IGNORECASE)) for words, digits in HALVES.items()}
    )
    for match in WRITTEN_OUT.finditer(prose):
        names = ("hundreds", "teens", "tens", "ones", "one")
        hundreds, teens, tens, *ones = (str(match[name] or "").lower() for name in names)
        number = 100 * (ONES.index(hundreds) + 1 if hundreds else bool(match["hundred"]))
        number += TEENS.index(teens) + 10 if teens else 0
        number += 10 * (TENS.index(tens) + 2) if tens else 0
        number += sum(ONES.index(one) + 1 for one in ones if one)
        number = number * 1000 + 500 * bool(match["half"]) if match["thousand"] else number
        found.update([str(number)] if number else [])
    return Counter({number: times for number, times in found.items() if number not in SMALL and times})


def quiz_figures_of(text: str, language: str) -> list[set[str]]:
    """Return the figures of each question; how often a sentence repeats one is a matter of style."""
    questions = [question for match in QUIZ.finditer(text) for question in read_quiz(match[1])]
    return [set(figures_of(" ".join(texts_of(question)), language)) for question in questions]


def texts_of(question: dict[str, Any]) -> list[str]:
    """Return the sentences of a question."""
    return [question["question"], *(answer["answer"] for answer in question["answers"]), question["explanation"]]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_structure_and_figures_are_those_of_the_english_page(page: Path) -> None:
    """Sentences may differ; what a reader could check against the English page may not."""
    english = DOCS / "en" / Path(*page.parts[1:])
    if metadata_of(DOCS / page)["source_rev"] != blob_id(english.read_bytes()):
        pytest.skip("the English page has changed since; readers are told so")
    original, translated = body_of(english), body_of(DOCS / page)

    assert shape_of(translated) == shape_of(original)
    figures, written_out = figures_of(translated, page.parts[0]), written_out_in(original)
    assert figures_of(original, "en") - figures == Counter()
    assert figures - figures_of(original, "en") - written_out == Counter()
    assert quiz_figures_of(translated, page.parts[0]) == quiz_figures_of(original, "en")


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("ko", "13만 원쯤요.", ["130"]),
        ("ko", "한 번에 천만 원이죠.", ["10000"]),
        ("ko", "한 시간에 250만 원이 날아갑니다.", ["2500"]),
        ("ko", "1억 8천만 원을 결재할 수 있어요?", ["180000"]),
        ("ko", "1억 8천을 결재할 수 있어요?", ["180000"]),
        ("ko", "5백만 원이요.", ["5000"]),
        ("ko", "한 건에 2만 2천 원이 듭니다.", ["22"]),
        ("ko", "수천만 원에 이릅니다. 백만 원 단위로 적습니다.", []),
        ("ko", "3억 원입니다.", ["300000"]),
        ("ko", "6,000만 쓰고, 1억을 말합니다.", ["6000"]),
        ("ja", "1億8,000万を決裁できるの？ 5,000万までです。", ["180000", "50000"]),
        ("ja", "先月は1億800万円、返品は1件2万2,000円、チームで4億円です。", ["108000", "22", "400000"]),
        ("ja", "*金額の単位：百円*\n\nまあ1万3,000円くらいですかね。", ["130"]),
        ("el", "Συμφωνία 180 χιλιάδων, όχι 2.500.", ["180000", "2500"]),
        ("en", "It is 130k, or 2.5k a month.", ["130000", "2500"]),
    ],
)
def test_amounts_as_people_say_them_are_the_figures_of_the_tables(language: str, text: str, figures: list[str]) -> None:
    """In dialogue a Korean page has 13만 원 where the English one has 130: the unit is a thousand won."""
    assert figures_of(text, language) == Counter(figures)


def test_numbers_that_english_writes_out_may_be_digits_elsewhere() -> None:
    """Also with hundreds; up to twelve it makes no difference."""
    text = "Two hundred and fifty deals, twenty-five of them a hundred in two; sixteen by the twentieth."
    text += " Half an hour is no weekly half hour; three and twelve do not count."
    text += " Two and a half thousand, sixteen thousand, a hundred and ninety-two thousand, ten thousand."
    figures = ["250", "25", "100", "16", "20", "30", "30", "2500", "16000", "192000", "10000"]
    assert written_out_in(text) == Counter(figures)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_front_matter(page: Path) -> None:
    """Title and description stand in the page's own language, and differ from the English ones."""
    metadata, english = metadata_of(DOCS / page), metadata_of(DOCS / "en" / Path(*page.parts[1:]))

    assert {"title", "description", "source_rev"} <= metadata.keys()
    assert metadata["description"] != english["description"]


def test_stamping_a_translation_twice_leaves_one_stamp(tmp_path: Path) -> None:
    """The stamp follows the English page, and nothing else in the translation changes."""
    for language, text in (("en", "---\ntitle: One\n---\n\n# One\n"), ("ko", "---\ntitle: 하나\n---\n\n# 하나\n")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "page.md").write_text(text, encoding="utf-8")
    translation = tmp_path / "ko" / "page.md"
    stamp(translation, tmp_path)
    (tmp_path / "en" / "page.md").write_text("---\ntitle: Two\n---\n\n# Two\n", encoding="utf-8")

    stamp(translation, tmp_path)

    revision = blob_id((tmp_path / "en" / "page.md").read_bytes())
    assert translation.read_text(encoding="utf-8") == f"---\nsource_rev: {revision}\ntitle: 하나\n---\n\n# 하나\n"


def test_every_translation_has_an_english_page() -> None:
    """A page that was moved or dropped in English must not stay behind in another language."""
    english = {path.relative_to(DOCS / "en") for path in (DOCS / "en").rglob("*.md")}

    assert {Path(*page.parts[1:]) for page in PAGES} <= english
