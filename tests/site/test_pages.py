"""Every page of the built site, as a search engine, a link checker and a browser without scripts see it."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from calculators.core.running.calculator import all_calculators
from calculators.core.words.catalogue import LANGUAGES
from tests.document import Document, language_of, url_of
from tests.support import PROJECT, BuiltSite, executable
from tools.pages import error_pages
from tools.pages.assets import Manifest
from tools.texts.playbook_pages import DEFAULT_LANGUAGE, folder_of

SITEMAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def documents(built_site: BuiltSite) -> dict[Path, Document]:
    """Every page, parsed."""
    return {page: Document.read(built_site.directory / page) for page in built_site.pages()}


@pytest.fixture(scope="module")
def contents(documents: dict[Path, Document]) -> dict[Path, Document]:
    """Every page of the playbook: without the error pages, and the bare pages for frames on other sites."""
    return {
        page: document
        for page, document in documents.items()
        if page.name not in error_pages.NAMES and "embed" not in page.parts
    }


def test_every_calculator_has_a_bare_page_in_every_language(documents: dict[Path, Document]) -> None:
    """For frames on other sites; search engines leave them out."""
    bare = {page: document for page, document in documents.items() if "embed" in page.parts}

    assert {page.parent.as_posix() for page in bare} == {
        f"{folder_of(language)}embed/{name}" for language in LANGUAGES for name in all_calculators()
    }
    for page, document in bare.items():
        assert document.text["title"].strip()
        robots = [element for element in document.elements if element.attributes.get("name") == "robots"]
        assert [element.attributes["content"] for element in robots] == ["noindex"], page


def source_of(page: Path) -> Path:
    """Return the Markdown file a page would have if it were written in its language."""
    language = language_of(page)
    within = page.relative_to(language) if page.parts[0] == language else page
    folder = PROJECT / "docs" / language / within.parent
    return folder / "index.md" if (folder / "index.md").exists() else folder.with_suffix(".md")


def is_translated(page: Path) -> bool:
    """Whether a page is written in the language of its folder."""
    return source_of(page).exists()


def test_every_page_says_its_language(documents: dict[Path, Document]) -> None:
    """A page below /ko/ is in Korean for a screen reader, and so is its 404 page."""
    assert {page: document.language for page, document in documents.items()} == {
        page: language_of(page) for page in documents
    }


def test_every_page_has_all_languages(contents: dict[Path, Document]) -> None:
    """The same pages stand in each language, translated or not."""
    names = {url_of(page).removeprefix(f"{language_of(page)}/") for page in contents}
    for language in LANGUAGES:
        prefix = "" if language == DEFAULT_LANGUAGE else f"{language}/"
        assert {url_of(page).removeprefix(prefix) for page in contents if language_of(page) == language} == names


def test_titles_tell_pages_apart(contents: dict[Path, Document]) -> None:
    """Each page has a title of its own, which never says the site's name twice."""
    titles = [document.text["title"].strip() for document in contents.values()]
    repeated = {title for title in titles if titles.count(title) > 1}
    assert not repeated
    assert not [title for title in titles if len(set(title.split(" - "))) < len(title.split(" - "))]


def test_every_page_has_one_heading_and_a_description(documents: dict[Path, Document]) -> None:
    """One h1 with words in it, and one description for the list of results of a search engine."""
    for page, document in documents.items():
        assert len(document.find("h1")) == 1, page
        assert document.text["h1"].strip(), page
        (description,) = document.find("meta", name="description")
        assert len(description.attributes["content"]) > 10, page


def test_descriptions_tell_translated_pages_apart(contents: dict[Path, Document]) -> None:
    """No page falls back on the description of the site."""
    descriptions = [
        document.find("meta", name="description")[0].attributes["content"]
        for page, document in contents.items()
        if is_translated(page)
    ]
    assert not {text for text in descriptions if descriptions.count(text) > 1}


def test_canonical_address(contents: dict[Path, Document], built_site: BuiltSite) -> None:
    """A page written in its language is its own original; an untranslated one names the English page."""
    for page, document in contents.items():
        (canonical,) = document.find("link", rel="canonical")
        url = url_of(page)
        if not is_translated(page):
            url = url.removeprefix(f"{language_of(page)}/")
        assert canonical.attributes["href"] == built_site.address + url, page


def test_sitemap_links_the_languages(contents: dict[Path, Document], built_site: BuiltSite) -> None:
    """The sitemap lists the pages really written in a language, each with its counterparts and English as default."""
    listed: dict[str, dict[str, str]] = {}
    for entry in ElementTree.parse(built_site.directory / "sitemap.xml").iterfind("map:url", SITEMAP):
        links = entry.iterfind("xhtml:link", SITEMAP)
        listed[entry.findtext("map:loc", namespaces=SITEMAP) or ""] = {
            link.attrib["hreflang"]: link.attrib["href"] for link in links
        }

    expected: dict[str, dict[str, str]] = {}
    translated = [page for page in contents if is_translated(page)]
    for page in translated:
        name = url_of(page).removeprefix(f"{language_of(page)}/")
        counterparts = {
            language_of(other): built_site.address + url_of(other)
            for other in translated
            if url_of(other).removeprefix(f"{language_of(other)}/") == name
        }
        expected[built_site.address + url_of(page)] = {**counterparts, "x-default": counterparts[DEFAULT_LANGUAGE]}
    assert listed == expected


def test_untranslated_page_says_so(contents: dict[Path, Document], built_site: BuiltSite) -> None:
    """An untranslated page says so, links the English page, marks its text as English and is not to be indexed."""
    untranslated = {page for page in contents if not is_translated(page)}
    for page, document in contents.items():
        notices = document.find_class("page-notice--missing")
        robots = document.find("meta", name="robots")
        assert bool(notices) == bool(robots) == (page in untranslated), page
        assert document.find("h1")[0].language == (DEFAULT_LANGUAGE if page in untranslated else language_of(page)), (
            page
        )
        if page in untranslated:
            assert notices[0].language == language_of(page)
            english = url_of(page).removeprefix(f"{language_of(page)}/")
            targets = {
                urljoin(built_site.address + url_of(page), address)
                for element, address in document.addresses()
                if element.attributes.get("hreflang") == DEFAULT_LANGUAGE
                and "md-select__link" not in element.attributes.get("class", "")
            }
            assert targets == {built_site.address + english}


def test_one_404_page_per_language(documents: dict[Path, Document], built_site: BuiltSite) -> None:
    """Each language has a 404 page that leads to its home page; search engines leave it out."""
    for language in LANGUAGES:
        page = Path("404.html") if language == DEFAULT_LANGUAGE else Path(language, "404.html")
        assert documents[page].find("meta", name="robots")[0].attributes["content"] == "noindex"
        home = built_site.address + ("" if language == DEFAULT_LANGUAGE else f"{language}/")
        main_links = [
            address
            for element, address in documents[page].addresses()
            if element.tag == "a" and "class" not in element.attributes
        ]
        assert home in {urljoin(built_site.address, address) for address in main_links}


def test_internal_links_and_anchors_lead_somewhere(documents: dict[Path, Document], built_site: BuiltSite) -> None:
    """Every address within the site is a file of it, and every fragment an element of that page.

    A fragment may also be a link with numbers for a calculator of that page, such as `win-rate?won=40`.
    """
    broken = []
    for page, document in documents.items():
        # An error page is served at any depth, so its addresses must not depend on where it lies.
        base = (
            f"{built_site.address}some/missing/page/"
            if page.name in error_pages.NAMES
            else built_site.address + url_of(page)
        )
        for _, address in document.addresses():
            target = urljoin(base, address)
            if not target.startswith(built_site.address):
                continue
            path = unquote(urlsplit(target).path).removeprefix(urlsplit(built_site.address).path)
            file = Path(path) / "index.html" if not path or path.endswith("/") else Path(path)
            fragment = unquote(urlsplit(target).fragment)
            name, has_numbers, _numbers = fragment.partition("?")
            if has_numbers:
                fragment = f"calculator-{name}"
            if not (built_site.directory / file).is_file():
                broken.append(f"{page}: {address}")
            elif fragment and file in documents and not documents[file].ids[fragment]:
                broken.append(f"{page}: {address} (no such id)")
    assert not broken


def test_links_stay_in_the_language(documents: dict[Path, Document], built_site: BuiltSite) -> None:
    """Only the language switcher and the notice of a page that is not up to date lead to another language."""
    strays = []
    for page, document in documents.items():
        for element, address in document.addresses():
            target = urljoin(built_site.address + url_of(page), address)
            if element.tag != "a" or "hreflang" in element.attributes or not target.startswith(built_site.address):
                continue
            path = Path(urlsplit(target).path.removeprefix(urlsplit(built_site.address).path) or "index.html")
            if path.parts[0] != "assets" and language_of(path) != language_of(page):
                strays.append(f"{page}: {address}")
    assert not strays


def test_ids_are_unique(documents: dict[Path, Document]) -> None:
    """No id is given twice in a page."""
    assert not {
        page: [name for name, count in document.ids.items() if count > 1]
        for page, document in documents.items()
        if document.ids.total() != len(document.ids)
    }


def test_nothing_is_loaded_from_another_host(documents: dict[Path, Document], built_site: BuiltSite) -> None:
    """Links may lead away; what the page loads by itself may not."""
    foreign = []
    for page, document in documents.items():
        for element, address in document.addresses():
            scheme, host, *_ = urlsplit(urljoin(built_site.address, address))
            loads = element.tag != "a" and element.attributes.get("rel") != "canonical"
            if loads and scheme != "data" and host != urlsplit(built_site.address).netloc:
                foreign.append(f"{page}: {element.tag} {address}")
    for style in built_site.directory.rglob("*.css"):
        for address in re.findall(r"""url\(\s*['"]?([^'")]+)""", style.read_text(encoding="utf-8")):
            if re.match(r"(https?:)?//", address):
                foreign.append(f"{style.name}: {address}")
    assert not foreign


def test_no_inline_handlers(documents: dict[Path, Document]) -> None:
    """No element carries a handler, and no address is a script: a strict Content-Security-Policy would stop them."""
    for page, document in documents.items():
        for element in document.elements:
            assert not [name for name in element.attributes if name.startswith("on")], (page, element)
        assert not [address for _, address in document.addresses() if address.startswith("javascript:")], page


def test_inline_scripts_are_the_themes(documents: dict[Path, Document], built_site: BuiltSite) -> None:
    """The few inline scripts stand in for the theme's, and a policy can name their hashes.

    One is ours in its place: partials/javascripts/beginning.html. Three are our own: one for which styles would
    wait, one that says that the others do not come, and one that finds error pages their folder.
    """
    own = {Manifest.read().script(name) for name in ("early_start.js", "without_scripts.js", "not_found.js")}
    known = ("document.documentElement.className", "__md_scope=", "var target=")
    for page in documents:
        html = (built_site.directory / page).read_text(encoding="utf-8")
        for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL):
            assert (
                "src=" in attributes
                or "application/json" in attributes
                or body.lstrip().startswith(known)
                or body in own
            ), (
                page,
                body[:80],
            )


def test_sources_are_not_published(built_site: BuiltSite) -> None:
    """Of our scripts and styles only the bundles are published; of the theme's, not its search."""
    names = {path.relative_to(built_site.directory).as_posix() for path in (built_site.directory / "assets").rglob("*")}
    assert not [name for name in names if re.match(r"assets/(site|search|calculator)\b", name)]
    assert not [name for name in names if name.endswith((".ts", "manifest.json"))]
    assert not [name for name in names if re.search(r"/lunr\b|/workers\b|packages\.json$", name)]


def test_search_indexes(built_site: BuiltSite, contents: dict[Path, Document]) -> None:
    """Each language's index holds its own pages, all of them; the theme's own index is empty."""
    folder = built_site.directory / "search"
    assert json.loads((folder / "search_index.json").read_text(encoding="utf-8"))["docs"] == []
    for language in LANGUAGES:
        sections = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))["sections"]
        pages = {section["location"].split("#")[0] for section in sections}
        assert pages == {url_of(page) for page in contents if language_of(page) == language}
        assert not [section for section in sections if "<" in section["title"]]


def test_pages_are_valid_html(built_site: BuiltSite) -> None:
    """html-validate finds nothing; .htmlvalidate.mjs gives a reason for each rule that is off."""
    done = subprocess.run(
        [
            executable("node"),
            "node_modules/html-validate/bin/html-validate.mjs",
            "--config",
            ".htmlvalidate.mjs",
            "--formatter",
            "text",
            str(built_site.directory),
        ],
        check=False,  # so that its complaints are shown
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[:5000] + done.stderr
