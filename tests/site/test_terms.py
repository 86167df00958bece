"""The terms: what the term base holds, how a page marks them, and the glossary they lead to."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT, BuiltSite
from tools.pages.glossary import PAGE as GLOSSARY
from tools.pages.glossary import glossary_address, in_order, initials, kana_order
from tools.pages.terms import MOST_ON_A_PAGE, mark_terms
from tools.texts.playbook_pages import DEFAULT_LANGUAGE, folder_of
from tools.texts.termbase import TERMBASE, TermbaseError, read_terms
from tools.texts.word_forms import fold, form_of

MARKED = re.compile(r'<a class="term" href="([^"#]*)#([\w-]+)" title="([^"]*)">([^<]*)</a>')


def marks(html: str, language: str = "en", page: str = "some/page.md") -> list[tuple[str, str]]:
    """Return the words that a page marks, with the entries they lead to."""
    marked = mark_terms(html, language, page, "../../reference/glossary/")
    assert re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", marked) == html
    return [(match[4], match[2]) for match in MARKED.finditer(marked)]


def test_each_term_is_explained_on_a_page() -> None:
    """The term base names a page for each term, and the page is there."""
    missing = {term.concept: term.page for term in read_terms() if not (PROJECT / "docs/en" / term.page).exists()}
    assert missing == {}


def test_the_term_base_is_a_reference() -> None:
    """It holds at least 200 terms, each with what it is also called in every language."""
    terms = read_terms()
    assert len(terms) >= 200
    empty = [(term.concept, language) for term in terms for language in LANGUAGES if not term.also[language]]
    assert empty == []


def test_also_called_is_something_else() -> None:
    """What a term is also called is none of its names, and stands there once."""
    for term in read_terms():
        for language in term.languages:
            also = [fold(name) for name in term.also[language]]
            assert len(also) == len(set(also)), (term.concept, language)
            assert not set(also) & set(map(fold, term.variants(language))), (term.concept, language)


def test_what_a_reader_may_type() -> None:
    """Names, abbreviations, trade words and, in Japanese, the reading in kana find a term."""
    terms = {term.concept: term for term in read_terms()}
    lifetime = terms["customer lifetime value"]
    assert {"customer lifetime value", "LTV", "CLV"} <= set(lifetime.search_names("en"))
    assert {"受注率", "じゅちゅうりつ", "成約率"} <= set(terms["win rate"].search_names("ja"))
    assert "NRR" in terms["net revenue retention"].search_names("ko")
    assert "じゅちゅうりつ" not in terms["win rate"].search_names("el")


def test_definitions_are_sentences_without_forbidden_forms() -> None:
    """Each definition ends as a sentence does, and obeys the term base it stands in."""
    terms = read_terms()
    for language in sorted(terms[0].languages):
        forbidden = {form.lower() for term in terms for form in term.forbidden[language]}
        for term in terms:
            text = term.definitions[language]
            assert text.endswith((".", "。")), (term.concept, language)
            assert not [form for form in forbidden if form in f"{term.names[language]} {text}".lower()], term.concept


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("definition_el", "", "'win rate' has nothing under definition_el"),
        ("ja", " ", "'win rate' has nothing under ja"),
        ("hover", "often", "'win rate' has 'often' under hover"),
        ("hover", "", "'win rate' has '' under hover"),
        ("hover", "ko|xx", "'win rate' has 'ko|xx' under hover"),
        ("reading_ja", "ジュチュウリツ", "reading of 'win rate' is not in hiragana"),
        ("concept", "Lead", "more than one row of terms.csv for: lead"),
    ],
)
def test_a_faulty_row_stops_the_build(column: str, value: str, complaint: str, tmp_path: Path) -> None:
    """The sentence names the term and what is wrong with it."""
    with TERMBASE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["concept"] == "win rate")[column] = value
    with (tmp_path / "terms.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    with pytest.raises(TermbaseError, match=re.escape(complaint)):
        read_terms(tmp_path / "terms.csv")


@pytest.mark.parametrize(
    ("language", "name", "found", "not_found"),
    [
        ("en", "lead", ["A lead", "leads.", "Leads"], ["leader", "mislead", "lead-in"]),
        ("en", "opportunity", ["one opportunity", "Opportunities"], ["opportunistic"]),
        ("en", "exit criterion", ["exit criteria", "the exit criterion"], ["exit"]),
        ("ko", "리드", ["리드를", "새 리드가"], ["스피리드"]),
        ("ja", "リード", ["リードが", "このリード。"], ["リードスコアリング", "スリード"]),
        ("ja", "受注率", ["今期の受注率は"], ["受注"]),
        ("el", "κύκλος πώλησης", ["Κύκλου πώλησης", "κύκλοι πωλήσεων"], ["κύκλος εργασιών"]),
        ("el", "αφορμή", ["μια αφορμή", "ΑΦΟΡΜΕΣ"], ["αφορά", "αφορούν"]),
        ("el", "υποστηρικτής", ["τον υποστηρικτή", "υποστηρικτών"], ["υποστηρικτική τεχνολογία"]),
        ("el", "φάση αγοράς", ["φάσεις αγοράς"], ["σε αυτή τη φάση αγοράζει"]),
        ("el", "εγκρίνων", ["τον εγκρίνοντα", "του εγκρίνοντος"], ["εγκρίνει"]),
        ("el", "status quo", ["το status quo"], ["status"]),
    ],
)
def test_forms_of_a_name(language: str, name: str, found: list[str], not_found: list[str]) -> None:
    """A name is found with its plural, its particles or its endings, and not within another word."""
    pattern = re.compile(form_of(name, language))
    assert [text for text in found if not pattern.search(fold(text))] == []
    assert [text for text in not_found if pattern.search(fold(text))] == []


def test_a_longer_name_comes_first() -> None:
    """Lead scoring is not a lead with something behind it."""
    assert marks("<p>With lead scoring and leads.</p>") == [("lead scoring", "lead-scoring")]


def test_folding_keeps_the_length() -> None:
    """Positions in the folded text are positions in the text."""
    for text in ("Άριστος ΐΰ", "ﬁ İ ß", "구매자 ｶﾞ", "e\u0301"):
        assert len(fold(text)) == len(text)


def test_first_use_only() -> None:
    """A term is marked once on a page, in the letters of the page."""
    assert marks("<p>Churn hurts.</p><p>More churn.</p>") == [("Churn", "churn")]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Churn</h2>",
        '<p><a href="x">the <em>churn</em></a></p>',
        "<p><code>churn</code></p>",
        "<table><thead><tr><th>Churn</th></tr></thead></table>",
        "<form><p>Churn</p></form>",
        '<figure class="picture"><svg><text>churn</text></svg></figure>',
        '<p class="admonition-title">Churn</p>',
        '<ul><li class="task-list-item"><input type="checkbox"/> Churn</li></ul>',
        '<h2 id="sources">Sources</h2><ul><li>On churn</li></ul>',
        '<div data-quiz="churn"></div>',
    ],
)
def test_no_mark_where_it_would_be_wrong(html: str) -> None:
    """Headings, links, code, forms, figures, heads of tables and titles of others stay as they are."""
    assert marks(html) == []


def test_after_what_is_left_out_marks_go_on() -> None:
    """A heading with a link in it ends where it ends."""
    assert marks('<h2>On <a href="x">churn</a></h2><p>Churn</p>') == [("Churn", "churn")]


def test_a_page_does_not_send_away_from_its_own_subject() -> None:
    """The page that explains a term does not mark it."""
    assert marks("<p>The win rate.</p>", page="metrics/win-rate.md") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They lead to 48 totals.", []),
        ("Each answer leads to a page.", []),
        ("The project lead rings.", []),
        ("Nobody prospects in March.", []),
        ("The team forgets to prospect.", []),
        ("Petra leads a team and has a new lead.", ["lead"]),
        ("A group is all leads of a month.", ["leads"]),
        ("What the prospect needs.", ["prospect"]),
    ],
)
def test_a_verb_is_not_the_term(text: str, expected: list[str]) -> None:
    """What a lead is does not explain who leads."""
    assert [word for word, _ in marks(f"<p>{text}</p>")] == expected


def test_a_word_is_explained_where_its_language_needs_it() -> None:
    """A best case is an everyday word in English, and ベストケース a category of forecasts in Japanese."""
    assert marks("<p>That is the best case.</p>") == []
    assert marks("<p>ベストケースに入れる。</p>", "ja") == [("ベストケース", "best-case")]


def test_japanese_explains_no_deal_as_qualified() -> None:
    """商談 is any deal: pages use it where leads are meant too."""
    assert marks("<p>商談の数を数えます。</p>", "ja") == []


def test_marks_do_not_crowd() -> None:
    """One in a paragraph, and no more than ten on a page."""
    assert len(marks("<p>Churn, quota and champion.</p>")) == 1
    names = [term.names["en"] for term in read_terms() if "en" in term.hovered_in and "(" not in term.names["en"]]
    assert len(marks("".join(f"<p>{name}</p>" for name in names))) == MOST_ON_A_PAGE


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("がけ", "かちかん"), ("ちーむ", "ちえ"), ("じゅちゅう", "じゅちゅうりつ"), ("りーど", "りいん")],
)
def test_kana_stand_in_the_order_of_a_dictionary(earlier: str, later: str) -> None:
    """Voiced and small kana count as the plain ones, and ー as the vowel before it."""
    assert kana_order(earlier) < kana_order(later)


def test_the_glossary_stands_in_the_order_of_its_language() -> None:
    """A reader who knows the alphabet finds a term without the search."""
    english = [term.names["en"].lower() for term in in_order("en")]
    assert english == sorted(english)
    assert in_order("el")[-1].names["el"][0] in "ΧχΨψΩω"
    assert in_order("ko")[0].names["ko"].isascii()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["A", "B", "C"]),
        ("ko", ["A–Z", "ㄱ", "ㄴ"]),
        ("ja", ["あ", "か", "さ"]),
        ("el", ["A–Z", "Α", "Β"]),
    ],
)
def test_initials_lead_to_their_first_entry(language: str, expected: list[str]) -> None:
    """In the order of the language; Korean by consonants, Japanese by the rows of kana."""
    order = [term.anchor for term in in_order(language)]
    places = [order.index(anchor) for anchor in initials(language).values()]
    assert places == sorted(places)
    assert places[0] == 0
    assert list(initials(language))[:3] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_page(built_site: BuiltSite, language: str) -> None:
    """Each term has one entry, in all languages, each marked as what it is."""
    html = (built_site.directory / glossary_address(language) / "index.html").read_text(encoding="utf-8")
    written_in = language if (PROJECT / "docs" / language / GLOSSARY).exists() else DEFAULT_LANGUAGE
    for term in read_terms():
        assert html.count(f'id="{term.anchor}"') == 1
        entry = html.partition(f'id="{term.anchor}"')[2].partition("<h3")[0]
        for other in term.languages - {written_in}:
            assert re.search(f'lang="{other}">{re.escape(term.names[other])}<', unescape(entry)), entry
        for name in (name for names in term.also.values() for name in names):
            assert name in unescape(entry), (term.concept, name)
    assert 'class="term"' not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_of_the_pages(built_site: BuiltSite, language: str) -> None:
    """Each mark leads to an entry of the glossary in the same language, and is no link within a link."""
    anchors = {term.anchor for term in read_terms() if language in term.hovered_in}
    others = {folder_of(other) for other in LANGUAGES} - {folder_of(language)}
    counts = []
    for page in (built_site.directory / folder_of(language)).rglob("index.html"):
        path = page.relative_to(built_site.directory).as_posix()
        if language == "en" and path.startswith(tuple(other for other in others if other)):
            continue
        found = MARKED.findall(page.read_text(encoding="utf-8"))
        counts.append(len(found))
        for address, anchor, title, _ in found:
            target = (page.parent / address / "index.html").resolve()
            assert target == (built_site.directory / glossary_address(language) / "index.html").resolve()
            assert anchor in anchors
            assert title
    assert max(counts) <= MOST_ON_A_PAGE
    assert sum(counts) > len(counts)
