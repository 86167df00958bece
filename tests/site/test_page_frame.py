"""What stands around the text of every built page: links to its calculators, tables, tags and a picture for sharing."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from PIL import Image

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.document import Document, language_of, url_of
from tests.support import PROJECT, BuiltSite
from tools.pages import error_pages
from tools.pages.partials import partial
from tools.pages.share_pictures import SharePicture, locale_of
from tools.pages.tables import lay_out_tables
from tools.pictures.typesetting import Lettering, RoomError, TypesettingError, pieces_of
from tools.texts.playbook_pages import folder_of


@pytest.fixture(scope="module")
def contents(built_site: BuiltSite) -> dict[Path, Document]:
    """Every page of the playbook, parsed."""
    return {
        page: Document.read(built_site.directory / page)
        for page in built_site.pages()
        if page.name not in error_pages.NAMES and "embed" not in page.parts
    }


def test_every_calculator_has_a_link_below_the_title(built_site: BuiltSite, contents: dict[Path, Document]) -> None:
    """In the order of the page, with the question it answers, unless the calculator itself comes first."""
    with_links = 0
    for page in contents:
        html = (built_site.directory / page).read_text(encoding="utf-8")
        article = html[html.index("<article") : html.index("</article>")]
        calculators = re.findall(r'<playbook-calculator name="([\w-]+)"', article)
        links = re.search(
            r'</h1>\s*(?:<p class="reading-time".*?</p>\s*)?<ul class="jump-links".*?</ul>', article, re.S
        )
        first = article.partition("<playbook-calculator")[0]
        in_sight = "<h2" not in first and "admonition" not in first
        assert bool(links) == (bool(calculators) and not in_sight), page
        if links:
            with_links += 1
            assert re.findall(r'href="#calculator-([\w-]+)"', links[0]) == calculators, page
            for question in re.findall(r'<p class="calculator__question"[^>]*>(.*?)</p>', article):
                assert question in links[0], page
    assert with_links >= 27 * len(LANGUAGES)


def test_the_gallery_comes_second_in_the_navigation(contents: dict[Path, Document]) -> None:
    """In every language, on every page, at the address it always had."""
    for page, document in contents.items():
        links = [
            element.attributes["href"]
            for element in document.find("a")
            if "md-nav__link" in element.attributes.get("class", "").split()
            and not element.attributes["href"].startswith("#")
        ]
        if page.parent.name != "calculators":
            assert links[1].endswith("calculators/"), page


def test_sharing_tags(built_site: BuiltSite, contents: dict[Path, Document]) -> None:
    """Title, words, language, address and picture of each page, with whole addresses."""
    pictures = set()
    for page, document in contents.items():
        tags = {
            element.attributes["property"]: element.attributes["content"]
            for element in document.find("meta")
            if element.attributes.get("property", "").startswith("og:")
        }
        (canonical,) = document.find("link", rel="canonical")
        assert tags["og:url"] == canonical.attributes["href"], page
        assert tags["og:description"] == document.find("meta", name="description")[0].attributes["content"], page
        assert tags["og:locale"] == locale_of(language_of(page)), page
        assert tags["og:title"].strip(), page
        assert tags["og:site_name"].strip(), page
        assert tags["og:image:alt"].startswith(tags["og:title"]), page
        assert tags["og:image"].startswith(built_site.address), page
        file = built_site.directory / urlsplit(tags["og:image"]).path.removeprefix(urlsplit(built_site.address).path)
        assert file.stat().st_size < 30_000, page
        pictures.add(file)
    assert len(pictures) == len(contents)
    for file in list(pictures)[:5]:
        with Image.open(file) as image:
            assert image.size == (1200, 630)


def test_other_languages_stand_in_the_page(contents: dict[Path, Document]) -> None:
    """Each language that the page is written in is offered, in its own words, hidden until a script knows better."""
    for page, document in contents.items():
        offers = document.find_class("language-offer")
        assert {offer.attributes["lang"] for offer in offers} == set(LANGUAGES) - {language_of(page)}, page
        assert all("hidden" in offer.attributes for offer in offers), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_the_same_on_every_run(language: str) -> None:
    """Drawn twice, it is the same file; other words have another address."""
    title = catalogue(language).gettext("Win rate")
    picture = SharePicture(language, "Playbook", "", title, "…")
    assert picture.drawn() == picture.drawn() == picture.png()
    assert picture.address != SharePicture(language, "Playbook", "", title, "?").address


def test_korean_lines_end_between_words_and_japanese_ones_keep_small_signs() -> None:
    """No Korean word is cut; no Japanese line begins with a small kana, a long sign or a closing bracket."""
    korean = "파이프라인의 여덟 가지 실수와 고치는 순서"
    lines = Lettering("ko", 80, 700).lines(korean, 500)
    assert len(lines) > 1
    assert " ".join(lines) == korean
    japanese = "「ミッション」をきっちり進めるために、チャンピオンを見つけて確かめます。"
    for room in range(300, 900, 50):
        lines = Lettering("ja", 40, 400).lines(japanese, room)
        assert "".join(lines) == japanese
        assert not [line for line in lines if line[0] in "ーっゃゅょッャュョ」。、" or line[-1] == "「"]
    assert "".join(pieces_of(japanese, "ja")) == japanese


def test_what_cannot_be_drawn_says_why() -> None:
    """A sign that no font has, and a word that has no room."""
    with pytest.raises(TypesettingError, match=r"U\+1F600"):
        Lettering("en", 40, 400).width("😀")
    with pytest.raises(RoomError, match="wider"):
        Lettering("el", 80, 700).lines("Αποτελεσματικότητα", 200)


TABLE = "<table>\n<thead>\n<tr>\n{head}\n</tr>\n</thead>\n<tbody>\n<tr>\n{row}\n</tr>\n</tbody>\n</table>"


def table(head: list[str], row: list[str]) -> str:
    """Return a table as Markdown makes it, laid out."""
    cells = "\n".join(f"<th>{text}</th>" for text in head), "\n".join(f"<td>{text}</td>" for text in row)
    return lay_out_tables(TABLE.format(head=cells[0], row=cells[1]))


def test_a_table_that_fits_a_phone_stays_one() -> None:
    """Few narrow columns are no blocks; figures are compared down a column."""
    html = table(["Deal", "Won", "Rate"], ["A", "3", "30%"])
    assert "text-table--stacks" not in html
    assert "data-label" not in html
    assert html.count('class="text-table__figure"') == 4


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["거래 D", "확률", "여섯 건의 가중 금액", "250,000에 이를 확률"], ["수주", "20%", "396,000", "96.7%"]),
        (["経過", "足した合計", "まだパイプラインにある額"], ["1か月", "7,500", "7,500"]),
    ],
    ids=["bold digits", "a Japanese phrase"],
)
def test_a_head_too_wide_for_a_phone_makes_blocks(head: list[str], row: list[str]) -> None:
    """Heads are bold, and the browser keeps their phrases whole."""
    assert "text-table--stacks" in table(head, row)


def test_a_wide_table_is_labelled() -> None:
    """Each cell says its column; what has no head has no label, and is the head of its row; it still is a table."""
    html = table(
        ["", 'What "good" is', "Question"],
        ["Prospecting", "Picks <b>accounts</b> by reasons", "Which accounts did you choose this week, and why?"],
    )
    assert 'data-label="What &quot;good&quot; is"' in html
    assert html.count("data-label") == 2
    roles = ("table", "rowgroup", "row", "columnheader", "rowheader", "cell")
    assert [html.count(f'role="{role}"') for role in roles] == [1, 2, 2, 2, 1, 3]


def test_the_folder_of_a_language_is_offered_by_its_own_address(contents: dict[Path, Document]) -> None:
    """The offer leads to the same page."""
    for page, document in contents.items():
        name = url_of(page).removeprefix(folder_of(language_of(page)))
        for language in set(LANGUAGES) - {language_of(page)}:
            links = [
                element.attributes["href"]
                for element in document.find("a", hreflang=language)
                if "class" not in element.attributes and element.language == language
            ]
            assert any(name in link or not name for link in links), page


@pytest.mark.parametrize("repository", ["", "https://github.com/our-team/playbook"])
def test_the_foot_of_a_page_leads_to_where_faults_are_reported(repository: str) -> None:
    """To the forms that stand in the repository, with page and language filled in; without one, to what to do then."""
    html = partial("reporting.html").render(
        _=catalogue("ko").gettext,
        repository=repository,
        source="ko/metrics/win-rate.md",
        address="https://example.org/ko/metrics/win-rate/",
        language="ko",
        contribute="../../about/contribute/",
    )
    addresses = [unescape(address) for address in re.findall(r'href="([^"]*)"', html)]
    if not repository:
        assert addresses == ["../../about/contribute/#report"]
        return
    *forms, source = map(urlsplit, addresses)
    assert source.path == "/our-team/playbook/blob/HEAD/docs/ko/metrics/win-rate.md"
    for form in forms:
        asked = dict(parse_qsl(form.query))
        written = yaml.safe_load(
            (PROJECT / ".github/ISSUE_TEMPLATE" / asked.pop("template")).read_text(encoding="utf-8")
        )
        assert asked == {"language": "ko", "page": "https://example.org/ko/metrics/win-rate/"}
        assert asked.keys() <= {part.get("id") for part in written["body"]}
    assert len(forms) == 2


def test_pages_without_a_repository_say_how_to_report(contents: dict[Path, Document]) -> None:
    """In every language, at an address that is there (the links are checked with all others)."""
    for page, document in contents.items():
        found = [element.attributes.get("href", "") for element in document.find("a")]
        assert any(address.endswith(("contribute/#report", "./#report")) for address in found), page
