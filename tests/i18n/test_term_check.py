"""The check of words against the term base finds what it should, and nothing else."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import PROJECT
from tools.texts.prose import Line
from tools.texts.termbase import read_terms
from tools.texts.word_forms import fold
from tools.translation.term_check import Exceptions, complaints, forbidden_pattern, read_exceptions, used_terms, uses


def finds(form: str, language: str, text: str) -> bool:
    """Return whether a form to avoid is found in a text."""
    return forbidden_pattern(form, language).search(fold(text)) is not None


def test_pages_and_messages_use_the_words_of_the_term_base() -> None:
    """The same as `make check`."""
    assert list(complaints(PROJECT / "docs", read_exceptions())) == []


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("폐쇄", "거래를 폐쇄하면 끝납니다."),
        ("폐쇄", "이달에 폐쇄된 거래"),
        ("자격(리드 거래)", "자격을 갖춘 리드를 넘깁니다."),
        ("자격(리드 거래)", "거래의 자격을 봅니다."),
        ("판매 유입 경로", "판매유입경로의 단계"),
        ("할당량", "분기 할당량을 채웁니다."),
    ],
)
def test_korean_forms_to_avoid_are_found(form: str, text: str) -> None:
    """Alone, with a particle, and with other spaces."""
    assert finds(form, "ko", text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("폐쇄", "폐쇄적인 조직과 폐쇄망"),
        ("자격(리드 거래)", "자격증을 딴 담당자가 리드를 받습니다."),
        ("자격(리드 거래)", "입찰 참가 자격을 잃습니다."),
        ("자격(리드 거래)", "무자격 업체와 거래"),
        ("할당량", "재할당량"),
    ],
)
def test_innocent_korean_compounds_pass(form: str, text: str) -> None:
    """A short word within a longer one is another word."""
    assert not finds(form, "ko", text)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("μολυβδ*", "ΜΟΛΥΒΔΟΥ", True),
        ("μολυβδ*", "των μολύβδων", True),
        ("πρωταθλητ*", "ο Πρωταθλητής μας", True),
        ("οδηγούς", "ο οδηγός αυτός οδηγεί", False),
        ("αγωγού", "η αγωγή", False),
        ("χαρακτηρισμ* μολυβδ*", "χαρακτηρισμός  μολύβδου", True),
    ],
)
def test_greek_forms_are_compared_without_case_and_accents(form: str, text: str, *, expected: bool) -> None:
    """A stem takes any ending, a word only its own."""
    assert finds(form, "el", text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("商談を閉鎖する", True), ("工場閉鎖の影響", False), ("閉鎖的な", False)]
)
def test_japanese_kanji_are_words_of_their_own(text: str, *, expected: bool) -> None:
    """Not within a longer word in kanji."""
    assert finds("閉鎖", "ja", text) is expected


def test_a_page_that_lacks_a_term_is_named(tmp_path: Path) -> None:
    """English uses it twice, the translation never; once in English is no reason to complain."""
    pages = {
        "en/a.md": "A win rate is a win rate.\n\nA sales cycle.\n",
        "ko/a.md": "성공률입니다.\n",
        "ja/a.md": "受注率です。\n",
        "el/a.md": "Τα ποσοστά κερδισμένων συμφωνιών.\n",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    nothing = Exceptions(forbidden=frozenset(), unused=frozenset(), everyday=frozenset(), other_names={})

    found = [line for line in complaints(tmp_path, nothing) if line.startswith("ko/")]

    assert found == ["ko/a.md: never says “수주율”, the English page says “win rate” at least twice"]


def test_particles_after_latin_letters_are_no_part_of_a_name() -> None:
    """MEDDIC은 is a use of MEDDIC."""
    assert uses("MEDDIC은 프레임워크입니다.", ["MEDDIC"], "ko")
    assert not uses("MEDDICC은 프레임워크입니다.", ["MEDDIC"], "ko")


def test_exceptions_are_about_terms_and_pages_there_are() -> None:
    """An exception that no longer excepts anything goes."""
    exceptions = read_exceptions()
    concepts = {term.concept for term in read_terms()}
    named = {concept for concept, _ in exceptions.unused | exceptions.other_names.keys()} | exceptions.everyday

    assert named <= concepts
    assert [page for _, page in exceptions.unused if not (PROJECT / "docs" / page).exists()] == []


def test_a_name_stands_for_one_term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader who looks for it finds one definition, or an exception says why there are two."""
    terms = read_terms()
    faulty = replace(terms[0], also=terms[0].also | {"en": (*terms[0].also["en"], "Win Rate")})
    monkeypatch.setattr("tools.translation.term_check.read_terms", lambda: (faulty, *terms[1:]))

    found = [line for line in complaints(tmp_path, read_exceptions()) if line.startswith("term base")]

    assert found == ["term base: “win rate” (en) stands for “sales pipeline”, “win rate”"]


def test_forms_to_avoid_in_english_are_found(tmp_path: Path) -> None:
    """The language that all others follow is held to the term base too."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en/a.md").write_text("There are two deciders.\n", encoding="utf-8")

    found = [line for line in complaints(tmp_path, read_exceptions()) if line.startswith("en/")]

    assert found == ["en/a.md:1: “decider*”, where the term base says “decision maker”"]


def test_shared_names_are_shared() -> None:
    """An exception for a name that stands for one term only goes."""
    named = Counter(
        (language, name)
        for term in read_terms()
        for language in term.languages
        for name in {fold(name) for name in (*term.variants(language), *term.also[language])}
    )
    assert [name for name in read_exceptions().shared if named[name] < 2] == []


def test_an_exception_needs_a_reason(tmp_path: Path) -> None:
    """So that the next reader can judge whether it still holds."""
    path = tmp_path / "exceptions.toml"
    path.write_text('[[everyday]]\nconcept = "deal"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="no reason is given"):
        read_exceptions(path)


def test_a_longer_term_hides_the_shorter_ones_in_it() -> None:
    """Lead scoring is no lead."""
    lines = [Line(1, "Lead scoring and lead scoring, a lead.", in_sources=False)]
    assert used_terms(lines) == {("lead scoring",)}
