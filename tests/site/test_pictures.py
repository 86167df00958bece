"""The pictures that are drawn when the site is built, in every language and both widths."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from calculators.core.numbers.numerals import numerals
from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.pages.fence import FenceError, format_picture
from tools.pictures import PICTURES, drawn, fill_pictures, render_picture
from tools.pictures.drawing import NARROW, WIDE
from tools.pictures.lettering import text_width, wrap

STYLES = PROJECT / "overrides/assets/site/styles/pictures.css"
every_picture = pytest.mark.parametrize("name", PICTURES)
every_language = pytest.mark.parametrize("language", LANGUAGES)
both_widths = pytest.mark.parametrize("width", [NARROW, WIDE])


@every_picture
@every_language
def test_a_picture_says_what_it_shows(name: str, language: str) -> None:
    """Both drawings are images with a name and a description, and the figure has a caption."""
    figure = ElementTree.fromstring(render_picture(name, language, "picture-1"))
    drawings = figure.findall("svg")
    assert len(drawings) == 2
    for drawing in drawings:
        texts = {element.attrib["id"]: element.text or "" for element in drawing if "id" in element.attrib}
        assert drawing.attrib["role"] == "img"
        assert texts[drawing.attrib["aria-labelledby"]].strip()
        assert len(texts[drawing.attrib["aria-describedby"]]) > 60
    assert (figure.findtext("figcaption") or "").strip()
    assert "{" not in "".join(figure.itertext())


@every_picture
@every_language
@both_widths
def test_texts_fit(name: str, language: str, width: float) -> None:
    """No line is wider than its box, leaves the picture or lies over another, and none is smaller than 12 pixels."""
    drawing = drawn(name, language, width)
    assert drawing.placed
    assert drawing.size >= 12
    assert not [line.text for line in drawing.placed if line.width > line.room + 0.01]
    assert not [
        line.text
        for line in drawing.placed
        if line.left < 0 or line.left + line.width > width or line.top < 0 or line.top + line.height > drawing.height
    ]
    assert not [
        (one.text, other.text)
        for one, other in combinations(drawing.placed, 2)
        if one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top + 0.1 < other.top + other.height
        and other.top + 0.1 < one.top + one.height
    ]


@every_picture
def test_colours_come_from_the_style_sheet(name: str) -> None:
    """A drawing names no colour, and every class it names has a rule."""
    figure = render_picture(name, "en", "picture-1")
    assert not re.search(r'(?:fill|stroke|style)="|#[0-9a-f]{3}', figure)
    rules = set(re.findall(r"\.(picture[\w-]*)", STYLES.read_text(encoding="utf-8")))
    classes = {each for attribute in re.findall(r'class="([^"]*)"', figure) for each in attribute.split()}
    assert classes <= rules


def test_no_id_twice_on_a_page() -> None:
    """The same picture may stand on a page twice."""
    page = fill_pictures('<div data-picture="stages"></div><div data-picture="stages"></div>', "en")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 8


def test_numbers_are_in_the_page_s_format() -> None:
    """Thousands are separated as in the text around the picture."""
    assert "16,500" in render_picture("marginal-and-retroactive", "ko", "picture-1")
    assert "16.500" in render_picture("marginal-and-retroactive", "el", "picture-1")


def test_an_unknown_picture_is_refused() -> None:
    """The build stops with a sentence that names the pictures there are."""
    with pytest.raises(FenceError, match="no picture is called 'stage': the pictures are buyer-phases"):
        format_picture("name: stage", "picture", "picture", {}, None)


def test_japanese_breaks_between_phrases() -> None:
    """A line neither splits a word where it need not nor begins with a closing mark."""
    assert wrap("提案を検討し、何が足りないかを言う", 100, 12.5, "ja") == ["提案を検討し、", "何が足りないかを", "言う"]
    assert all(line[0] not in "、。）ー" for line in wrap("セールスエンジニアリングー、（です）", 40, 12.5, "ja"))


def test_korean_breaks_between_words() -> None:
    """Hangul is as wide as it is high, and a word stays whole."""
    assert text_width("고객", 10) == 20
    assert wrap("고객이 제안을 요청함", 60, 12.5, "ko") == ["고객이", "제안을", "요청함"]


def test_the_funnel_has_the_figures_of_its_page() -> None:
    """The half-year of the picture is that of the page on conversion rates: reached, and open on any day."""
    figures = PICTURES["funnel-and-pipeline"].figures(numerals("en"))
    page = (PROJECT / "docs/en/metrics/conversion-rate.md").read_text(encoding="utf-8")

    assert (
        "Of {reached_0} leads, {reached_1} were qualified, {reached_2} were contacted, "
        "{reached_3} received a proposal and {reached_4} were won."
    ).format(**figures) in page
    assert (
        "On any day, {open_0} leads, {open_1} qualified, {open_2} contacted and {open_3} proposals are open."
    ).format(**figures) in page
