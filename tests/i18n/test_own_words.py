"""No sentence of the texts the playbook grew from stands in a page: facts and scope only were taken."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tests.worked_examples import SHARED_DATA
from tools.texts.prose import prose_of
from tools.texts.word_forms import fold

SOURCES = SHARED_DATA.parent / "sources"
SCRIPTS = {"ko": "[가-힣]", "ja": "[ぁ-ゖァ-ヺ]", "el": "[α-ω]", "en": "[a-z]"}
# So long that nobody writes the same by chance: in signs where words are not told apart by spaces alone.
SIGNS, WORDS = 14, 8


def language_of(text: str) -> str:
    """Return the language whose script is the first of ours to make up a tenth of a text."""
    letters = re.findall(r"[^\W\d_]", text)
    return next(code for code, script in SCRIPTS.items() if len(re.findall(script, fold(text))) >= len(letters) / 10)


def pieces_of(text: str, language: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of words, or of signs, in a text, without punctuation and case."""
    by_sign = language in {"ko", "ja"}
    parts = re.findall(r"\w" if by_sign else r"[\w']+", fold(text))
    length = SIGNS if by_sign else WORDS
    yield from (tuple(parts[start : start + length]) for start in range(len(parts) - length + 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_copies_a_source(language: str) -> None:
    """Compared with the sources in the same language, sentence by sentence of the page."""
    if not SOURCES.is_dir():
        pytest.skip("../shared/sources is absent: it holds texts without a licence to ship")
    texts = [text for path in sorted(SOURCES.iterdir()) if language_of(text := path.read_text("utf-8")) == language]
    if not texts:
        pytest.skip(f"no source is in the language {language!r}")
    sources = {piece for text in texts for piece in pieces_of(text, language)}

    copied = {
        f"{page.relative_to(PROJECT)}:{line.number}": line.text
        for page in sorted((PROJECT / "docs" / language).rglob("*.md"))
        for line in prose_of(page.read_text(encoding="utf-8"))
        if not line.in_sources and not sources.isdisjoint(pieces_of(line.text, language))
    }
    assert copied == {}


@pytest.mark.parametrize(
    ("language", "source", "page"),
    [
        ("ko", "판매자에게 중요한 사항에만 초점을 맞춥니다.", "그래서 “판매자에게 중요한 사항에만” 초점을 둡니다."),
        ("ja", "売り手にとって重要なことだけに焦点を当てる。", "営業は、売り手にとって重要なことだけに注目する。"),
        (
            "el",
            "Πώληση είναι η ανταλλαγή ενός προϊόντος με χρήματα.",
            "Η πώληση είναι η ανταλλαγή ενός προϊόντος, με χρήματα.",
        ),
        ("en", "It is not possible to win every deal.", "We know: it is not possible to win every (deal)."),
    ],
)
def test_a_copy_is_found(language: str, source: str, page: str) -> None:
    """Whatever the punctuation and the case around it."""
    assert language_of(source) == language
    assert not set(pieces_of(source, language)).isdisjoint(pieces_of(page, language))


def test_sources_are_where_they_are_looked_for() -> None:
    """Beside the repository, with the data sets that may not be shipped either."""
    assert Path("shared/sources") == SOURCES.relative_to(PROJECT.parent)
