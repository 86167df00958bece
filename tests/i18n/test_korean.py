"""Korean as a salesperson writes it: one register, words of today, particles that agree with the figures before them.

What has to do with a term stands in the term base (forms to avoid); here is what no list of words can hold.
"""

import re
from collections.abc import Iterator

import pytest

from calculators.__main__ import main
from calculators.core.numbers.numerals import numerals
from calculators.core.running.calculator import all_calculators
from calculators.core.words.catalogue import catalogue
from tests.support import PROJECT
from tools.pictures import PICTURES
from tools.texts.prose import prose_of
from tools.texts.termbase import read_terms
from tools.translation.translations import DOMAINS, read_messages

PAGES = sorted((PROJECT / "docs" / "ko").rglob("*.md"))
QUOTED = re.compile("“[^”]*”")
ENDING = r"(?=[\s.,!?:;)…’|]|$)"
# Pages and calculators command in 하십시오체; only questions end in -나요 or -까요.
REGISTER = re.compile(
    rf"[가-힣](?:세요|어요|아요|해요|예요|에요|네요|군요|데요|지요|래요|게요|든요|니까요|와요|워요|려요|돼요|죠){ENDING}"
)
RULES = {
    "곧 for “that is”: 즉": re.compile(r", 곧 "),
    "a count of days or decades in old words: 9일, 30년": re.compile(
        r"(?<![가-힣])(?:사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|서른|마흔|예순|일흔|여든|아흔)"
    ),
    "half an hour: 30분": re.compile(r"반 ?시간"),
    "품 for effort: 공수, 시간": re.compile(rf"(?<![가-힣])품[을이은과만도]?{ENDING}"),
    "다음 단계 for a next step: 다음 할 일": re.compile(
        r"다음 단계[가를도]? (?:없|청하|잡[으히아]|정하|제안)|(?:작은|정해진|합의한|약속한) 다음 단계"
    ),
    "구매자 in running text: 고객": re.compile(
        r"(?<!^)구매자(?! 프로세스| 페르소나)|^구매자(?! 프로세스| 페르소나|$|:)"
    ),
    "a surname that reads as another word: 김, 박, 정": re.compile(
        r"(?<![가-힣])[이서인도나은고원전한사] (?:대리|과장|차장|부장|팀장|실장|상무|전무|사원|원장|소장)(?!들)"
    ),
    "만 right after a figure, which reads as ten thousand: 8,000뿐, 6,000까지만": re.compile(
        r"(?:\d\d|,\d{3})만(?! 원|큼| \d천 원)"
    ),
    "a percentile with 번째: 75백분위수": re.compile(r"번째 백분위"),
    "two particles to choose from: another sentence": re.compile(
        r"[은을이과]\([는를가와]\)|[는를가와]\([은을이과]\)|\(으\)로"
    ),
}
READ_AS = {"0": "영", "1": "일", "2": "이", "3": "삼", "4": "사", "5": "오", "6": "육", "7": "칠", "8": "팔", "9": "구"}
# What is said last: of 6,000 천, of 20% 퍼센트.
BEFORE_PARTICLE = re.compile(
    r"(?<![\w.,])(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<percent>%p?)?(?P<particle>을|를|은|는|이|가|과|와|으로|로)(?![가-힣])"
)
AFTER_CONSONANT = {"을": True, "를": False, "은": True, "는": False, "이": True, "가": False, "과": True, "와": False}
PLACEHOLDER = re.compile(r"\{(?P<name>\w+)\}(?:을|를|은|는|이|가|과|와|으로|로)(?![가-힣])")
# What is filled in before a particle that depends on it, and how it always ends; other sentences do without.
ENDS_IN = {
    "퍼센트": {
        *("rate", "break_even_1", "break_even_probability", "decided_rate", "estimate_3", "first_rate"),
        *("gross_retention", "weakest_rate", "win_probability"),
    },
    "일, 건": {"cycle", "deals"},
    "천": {"spent_1", "spent_3"},
}


def last_sound(figure: str) -> str:
    """Return the last syllable of a figure as it is read: 천 of 6,000, 오 of 2.5."""
    digits = figure.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if "." in digits or not zeros:
        return READ_AS[digits[-1]]
    if zeros == len(digits):
        return "영"
    return {1: "십", 2: "백", 3: "천"}.get(zeros, "만" if zeros < 8 else "억")


def agrees(figure: str, particle: str, *, is_percent: bool) -> bool:
    """Return whether a particle is the one that a figure takes."""
    final = (ord("트" if is_percent else last_sound(figure)) - ord("가")) % 28
    if particle in {"로", "으로"}:
        return (particle == "으로") == (final not in {0, 8})  # none, or ㄹ
    return AFTER_CONSONANT[particle] == bool(final)


def wrong_particles(text: str) -> Iterator[str]:
    """Yield each figure with a particle that does not agree with it."""
    for match in BEFORE_PARTICLE.finditer(text):
        if not agrees(match["figure"], match["particle"], is_percent=bool(match["percent"])):
            yield f"{match[0]}: …{text[max(0, match.start() - 15) : match.end() + 15]}…"


def complaints(text: str) -> Iterator[str]:
    """Yield what is wrong with a text; the register of what people say, in quotes, is theirs."""
    if match := REGISTER.search(QUOTED.sub("“”", text)):
        yield f"the register of talk (해요체): …{match[0]}"
    for name, rule in RULES.items():
        if match := rule.search(text):
            yield f"{name}: …{text[max(0, match.start() - 15) : match.end() + 15]}…"
    yield from wrong_particles(text)


def messages() -> Iterator[tuple[str, str]]:
    """Yield every Korean message with its domain."""
    for domain in DOMAINS:
        for message in read_messages("ko", domain):
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            yield from ((domain, str(text)) for text in strings if message.id and text)


def test_pages() -> None:
    """Quotes may go over several lines: what is said in them is left out before the lines are read."""
    found = []
    for page in PAGES:
        text = "\n".join(line.text for line in prose_of(page.read_text(encoding="utf-8")) if not line.in_sources)
        told = QUOTED.sub(lambda match: "“”" + "\n" * match[0].count("\n"), text)
        found += [f"{page.name}: {complaint}" for line in told.split("\n") for complaint in complaints(line)]
        said = "\n".join(QUOTED.findall(text))
        found += [f"{page.name}: {complaint}" for line in said.split("\n") for complaint in complaints(f"“{line}”")]
    assert found == []


def test_messages() -> None:
    """The calculators, the theme and the analyser, beside the pages."""
    assert [complaint for _, text in messages() for complaint in complaints(text)] == []


def test_terms() -> None:
    """The definitions of the glossary; that of the buyer's process has the buyer in the name."""
    told = [term.definitions["ko"] for term in read_terms() if term.concept != "buyer process"]
    assert [complaint for text in told for complaint in complaints(text)] == []


def test_labels_leave_the_unit_to_the_field() -> None:
    """Beside “영업 주기(일)” the field would say 일 once more."""
    labels = [text for domain, text in messages() if domain == "calculators"]
    assert [text for text in labels if re.search(r"\((?:일|개월|원)\)$", text)] == []


def test_only_what_always_ends_alike_takes_a_particle() -> None:
    """A filled-in name or amount may end in a vowel or in a consonant, so that no particle suits all of them."""
    known = {name for names in ENDS_IN.values() for name in names}
    assert {match["name"] for _, text in messages() for match in PLACEHOLDER.finditer(text)} <= known


@pytest.mark.parametrize("name", sorted(all_calculators()))
def test_answers_of_the_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the figures filled in, as the page and a copied text have them."""
    assert main(["run", name, "--language", "ko"]) == 0
    assert [complaint for line in capsys.readouterr().out.splitlines() for complaint in complaints(line)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_descriptions_of_pictures(name: str) -> None:
    """Their figures are worked out, and their sentences are read aloud."""
    picture = PICTURES[name]
    figures = picture.figures(numerals("ko"))
    for message in (picture.title, picture.description, picture.caption):
        assert list(wrong_particles(catalogue("ko").gettext(message).format(**figures))) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("두 숫자를 확인하세요.", "the register of talk"),
        ("그래서 중요하거든요.", "the register of talk"),
        ("하루 800분, 곧 13.3시간입니다.", "곧 for"),
        ("월말을 열흘 앞두고", "a count of days"),
        ("한 건에 반 시간을 씁니다.", "half an hour"),
        ("그에 드는 우리 품과 여력", "품 for effort"),
        ("다음 단계가 없는 거래를 종료합니다.", "다음 단계 for"),
        ("작은 다음 단계를 청합니다.", "다음 단계 for"),
        ("필요가 없는 구매자에게 가격은 관심 밖입니다.", "구매자 in running text"),
        ("인 대리가 답합니다.", "a surname"),
        ("6,000만 쓰고 접어야 합니다.", "만 right after a figure"),
        ("커미션은 33,000를 넘습니다.", "33,000를"),
        ("4,700와 3,875이 됩니다.", "4,700와"),
        ("수주율은 25%을 넘습니다.", "25%을"),
        ("1,650로 뜁니다.", "1,650로"),
        ("“{typed}”은(는) 쓸 수 없습니다.", "two particles"),
    ],
)
def test_mistakes_are_found(text: str, complaint: str) -> None:
    """Each rule finds what it is for."""
    assert any(found.startswith(complaint) for found in complaints(text))


@pytest.mark.parametrize(
    "text",
    [
        "“두 숫자를 확인하세요.” 팀장이 말합니다.",
        "이 고객은 지금 어느 단계에 있나요?",
        "곧 구매에 나설 회사",
        "제품을 품질로 견줍니다.",
        "다음 단계로 옮길 일은 아닙니다.",
        "구매자 페르소나에서 시작합니다.",
        "어느 팀장이 보고합니다. 박 대리가 답합니다.",
        "13만 원 정도, 2만 2천 원, 620,000만큼",
        "33,000을 넘어 2,475로, 7과 8로, 25%를, 5퍼센트포인트, 0은, 100,000이",
        "중요한 개요와 필요한 수요, 주요 고객",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    """The neighbors of each rule."""
    assert list(complaints(text)) == []
