"""The page about what others have written, in every language."""

import re
from html import unescape

import pytest

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.support import BuiltSite
from tools.licences.software import THEME_SOURCES, crates, shipped, theme_packages
from tools.pages.assets import BUNDLES
from tools.texts.playbook_pages import folder_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_whole_list(language: str, first_site: BuiltSite) -> None:
    """Name with a link to the sources, version, licence and purpose, in the words of the language; then the crates."""
    page = (first_site.directory / folder_of(language) / "about/licences/index.html").read_text(encoding="utf-8")
    rows = [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split())
            for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.S)
        ]
        for row in re.findall(r"<tr\b.*?>(.*?)</tr>", page, re.S)
    ]
    gettext = catalogue(language).gettext
    expected = [
        [
            entry.name,
            entry.version or gettext("as in {name}").format(name=entry.part_of),
            entry.licence.removeprefix("LicenseRef-"),
            *([gettext(entry.does)] if entry.does else []),
        ]
        for entry in (*shipped(BUNDLES), *crates())
    ]
    assert [row for row in rows if row] == expected
    for entry in (*shipped(BUNDLES), *crates()):
        assert f'href="{entry.source}"' in page, entry.name
    if language != "en":
        assert not [entry.does for entry in shipped(BUNDLES) if gettext(entry.does) == entry.does]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_texts_are_linked_and_there(language: str, first_site: BuiltSite) -> None:
    """Each under its name; from the page and from its Markdown."""
    folder = first_site.directory / folder_of(language) / "about/licences"
    (address,) = re.findall(r'href="([^"]*licences-[0-9A-F]{8}\.txt)"', (folder / "index.html").read_text("utf-8"))
    texts = (folder / address).read_text(encoding="utf-8")
    for entry in (*shipped(BUNDLES), *crates()):
        assert re.search(rf"^{re.escape(entry.name)} ", texts, re.MULTILINE), entry.name
    markdown = (folder / "index.md").read_text(encoding="utf-8")
    assert address.rpartition("/")[2] in markdown
    assert "| 3." in markdown
    assert "```" not in markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_each_page_leads_there(language: str, first_site: BuiltSite) -> None:
    """In the reader's language, from a page of any depth."""
    for page, up in (("", ""), ("metrics/win-rate/", "../../")):
        html = (first_site.directory / folder_of(language) / page / "index.html").read_text(encoding="utf-8")
        foot = html[html.index('class="md-copyright"') :]
        assert f'href="{up}about/licences/"' in foot.replace('href="./', 'href="')


def test_of_the_theme_only_what_is_listed_is_published(first_site: BuiltSite) -> None:
    """Its scripts and styles are those whose source maps are read."""
    assets = first_site.directory / "assets"
    published = {
        file.relative_to(assets).as_posix()
        for file in (*assets.glob("javascripts/**/*"), *assets.glob("stylesheets/**/*"))
    }
    listed = {file.relative_to(assets).as_posix() for pattern in THEME_SOURCES for file in assets.glob(pattern)}
    assert {name for name in published if name.endswith((".js", ".css"))} == {
        name.removesuffix(".map") for name in listed
    }
    assert theme_packages()


def test_icons_come_from_the_sets_that_are_listed(first_site: BuiltSite) -> None:
    """Font Awesome writes its name into each icon; no other set but Material Design Icons is asked for."""
    names = {entry.name for entry in shipped(BUNDLES)}
    texts = [path.read_text("utf-8") for path in first_site.directory.rglob("*") if path.suffix in {".html", ".css"}]
    assert ("Font Awesome Free" in names) == any("Font Awesome" in text for text in texts)
    assert "Material Design Icons" in names
    assert not [text for text in texts if "octicon" in text or "simpleicons" in text]
