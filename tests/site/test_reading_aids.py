"""Self-checks, checklists, sources, reading times and plain Markdown, as they stand in the built site."""

import re
from pathlib import Path

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.document import Document
from tests.support import PROJECT, BuiltSite
from tools.pages.checklists import item_ids, label_checklists
from tools.pages.fence import FenceError, format_glossary, format_sources, read_quiz
from tools.pages.reading_time import minutes
from tools.pages.sources import all_sources, entries_of
from tools.texts.playbook_pages import folder_of, url_of
from tools.texts.written_pages import written_pages

DOCS = PROJECT / "docs"
ADDRESS = re.compile(r"\]\((https?://[^)\s]+)\)")
ONE_QUESTION = """
- question: Which?
  answers:
    - answer: This
      right: true
    - answer: That
  explanation: Because.
"""


def page_of(site: BuiltSite, language: str, path: str) -> Path:
    """Return the HTML file of a page."""
    return site.directory / folder_of(language) / url_of(path) / "index.html"


def pages_with(text: str) -> list[str]:
    """Return the English pages whose Markdown holds a text."""
    return [page.path for page in written_pages(DOCS, "en") if text in page.markdown]


def test_a_quiz_is_read() -> None:
    """One answer is right, the others say that they are not."""
    (question,) = read_quiz(ONE_QUESTION)
    assert [answer["right"] for answer in question["answers"]] == [True, False]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("- question: Which?", "question: Which?", "cannot be read|a quiz is a list"),
        ("  explanation: Because.", "", "has question, answers and explanation"),
        ("      right: true\n", "", "exactly one answer with `right: true`"),
        ("    - answer: That", "    - answer: That\n      right: true", "exactly one answer"),
        ("answer: That", "answer: 42", "in quotes if it looks like a number"),
        ("    - answer: That\n", "", "needs two answers"),
        ("answer: That", "text: That", "has `answer`"),
        (ONE_QUESTION, "[]", "a quiz is a list"),
    ],
)
def test_a_faulty_quiz_stops_the_build(old: str, new: str, complaint: str) -> None:
    """The sentence says what is wrong."""
    assert old in ONE_QUESTION
    with pytest.raises(FenceError, match=complaint):
        read_quiz(ONE_QUESTION.replace(old, new))


def test_the_generated_lists_know_one_content() -> None:
    """A misspelt fence is no empty list."""
    for formatter in (format_glossary, format_sources):
        with pytest.raises(FenceError, match="knows `of:"):
            formatter("of: everything", "", "", {}, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quizzes(built_site: BuiltSite, language: str) -> None:
    """Each question is a group of its own with one right answer, and its solution can be read without scripts."""
    pages = pages_with("```quiz")
    assert pages
    for path in pages:
        html = page_of(built_site, language, path).read_text(encoding="utf-8")
        questions = re.findall(r'<fieldset class="quiz__question".*?</fieldset>', html, re.DOTALL)
        names = [set(re.findall(r'type="radio" name="([^"]+)"', question)) for question in questions]
        assert all(len(name) == 1 for name in names), path
        assert len(set.union(*names)) == len(questions), path
        for question in questions:
            assert question.count('value="right"') == 1
            assert "<legend" in question
            assert 'role="status"' in question
            assert "<details" in question


@pytest.mark.parametrize("language", LANGUAGES)
def test_checklists(built_site: BuiltSite, language: str) -> None:
    """Each box stands in the label that names it; one control on a page offers to keep the ticks."""
    for path in pages_with("- [ ] "):
        html = page_of(built_site, language, path).read_text(encoding="utf-8")
        boxes = re.findall(r'<input type="checkbox" data-tick[^>]*>', html)
        assert boxes, path
        named = re.findall(r'<label><input type="checkbox" data-tick[^>]*><span>(.+?)</span></label>', html, re.DOTALL)
        assert len(named) == len(boxes), path
        assert html.count('data-control="remember-ticks"') == 1
        names = re.findall(r'data-tick="([^"]*)"', html)
        assert all(names), path
        assert len(set(names)) == len(names), path
        assert names == re.findall(r'data-tick="([^"]*)"', page_of(built_site, "en", path).read_text(encoding="utf-8"))


def test_items_keep_their_names_in_another_order(tmp_path: Path) -> None:
    """A tick belongs to an item, not to a place; the same words twice are two items."""
    page = tmp_path / "page.md"
    page.write_text("- [ ] First\n- [ ] Second\n", encoding="utf-8")
    first, second = item_ids(page)
    page.write_text("- [ ] New\n- [x] Second\n\nText\n\n- [ ]  First\n- [ ] First\n", encoding="utf-8")

    new, *others = item_ids(page)
    assert others[:2] == [second, first]
    assert len({new, *others}) == 4


def test_an_item_with_a_list_in_it_is_named_by_its_own_text() -> None:
    """A label ends where the inner list begins."""
    item = '<li class="task-list-item"><input type="checkbox"/> Outer<ul><li>in</li></ul></li>'
    assert "<span> Outer</span></label><ul>" in label_checklists(f'<ul class="task-list">{item}</ul>', "en", [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources(built_site: BuiltSite, language: str) -> None:
    """Every address that a page cites stands on the list, once."""
    cited = {
        address.rstrip("/")
        for page in written_pages(DOCS, language)
        for entry in entries_of(page)
        for address in ADDRESS.findall(entry)
    }
    listed = [source.address.rstrip("/") for source in all_sources(DOCS, language) if source.address]
    assert sorted(listed) == sorted(cited)
    document = Document.read(page_of(built_site, language, "reference/sources.md"))
    assert cited <= {address.rstrip("/") for _, address in document.addresses()}


def test_sources_without_an_address() -> None:
    """A book is listed by author and title, however differently pages say what they took from it."""
    found = [source for source in all_sources(DOCS, "en") if source.title == "The ultimate guide to B2B sales"]
    assert len(found) == 1
    assert len(found[0].cited_by) > 10
    assert not [source for source in all_sources(DOCS, "en") if source.author.startswith("The ") and not source.address]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_work_without_an_address_says_what_it_is(language: str) -> None:
    """Its publisher or journal and year, or how it was read; in English they are known."""
    works = {source.title: source for source in all_sources(DOCS, language) if not source.address and not source.whole}
    kinds = {title: works[title].kind for title in ("SPIN Selling", "A proof for the queuing formula: L = λW")}
    assert kinds == {
        "SPIN Selling": "McGraw-Hill 1988",
        "A proof for the queuing formula: L = λW": "Operations Research 9 (1961)",
    }
    assert works["The ultimate guide to B2B sales"].kind.startswith("2022")


@pytest.mark.parametrize(
    ("language", "html", "expected"),
    [
        ("en", "<h1>Title</h1>" + "<p>word</p>" * 439, 2),
        ("en", "<p>word</p>" * 441, 3),
        ("el", "<p>λέξη</p>" * 380, 2),
        ("ko", f"<p>{'글' * 1000}</p>", 2),
        ("ja", "<p>字</p>", 1),
        ("en", '<p>word</p><h2 id="sources">Sources</h2>' + "<p>word</p>" * 441, 1),
    ],
)
def test_minutes(language: str, html: str, expected: int) -> None:
    """Words are counted where words are written apart, characters elsewhere, sources not at all."""
    assert minutes(html, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_time(built_site: BuiltSite, language: str) -> None:
    """It stands on each page that is read from top to bottom."""
    without = {"index.md", "reference/glossary.md", "reference/sources.md", "reference/calculators.md"}
    for page in written_pages(DOCS, language):
        html = page_of(built_site, language, page.path).read_text(encoding="utf-8")
        assert ('class="reading-time"' in html) == (page.path not in without), page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_pages(built_site: BuiltSite, language: str) -> None:
    """Each page has its Markdown beside it, without the signs that only this site understands."""
    for page in written_pages(DOCS, language):
        html = page_of(built_site, language, page.path)
        text = html.with_name("index.md").read_text(encoding="utf-8")
        assert text.startswith("# "), page.path
        assert built_site.address + folder_of(language) + url_of(page.path) in text
        prose = re.sub(r"^( *)(`{3,}).*?^\1\2 *$|`[^`\n]+`", "", text, flags=re.DOTALL | re.MULTILINE)
        assert not re.search(r"^ *(!!!|\?\?\?)|\{#|\x00|^ *</?div|```", prose, re.MULTILINE), page.path
        alternate = Document.read(html).find("link", type="text/markdown")
        assert [link.attributes["href"].rpartition("/")[2] for link in alternate] == ["index.md"]
        for address in re.findall(r"\]\(([^)\s]+)\)", text):
            if address.startswith(built_site.address):
                target = built_site.directory / address.removeprefix(built_site.address).partition("#")[0]
                assert target.exists(), (page.path, address)
            else:
                assert re.match(r"https?://|#|mailto:", address), (page.path, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_llms_txt(built_site: BuiltSite, language: str) -> None:
    """Title and description in the list's language, every page of the navigation, and the lists of the others."""
    text = (built_site.directory / folder_of(language) / "llms.txt").read_text(encoding="utf-8")
    title = re.search(r"<title>([^<]+)", page_of(built_site, language, "index.md").read_text(encoding="utf-8"))
    assert title
    assert text.startswith(f"# {title[1]}\n\n> ")
    listed = re.findall(r"^- \[.+\]\((\S+index\.md)\): .", text, re.M)
    root = built_site.address + folder_of(language)
    assert set(listed) == {f"{root}{url_of(page.path)}index.md" for page in written_pages(DOCS, language)}
    others = {f"{built_site.address}{folder_of(other)}llms.txt" for other in LANGUAGES if other != language}
    assert others <= set(re.findall(r"\((\S+llms\.txt)\)", text))
