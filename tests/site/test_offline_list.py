"""The service worker's list of a release, and what makes the site an app."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from PIL import Image

from calculators.core.words.catalogue import LANGUAGES
from tests.document import Document
from tests.support import BuiltSite
from tools.pages import app, offline
from tools.pages.assets import Manifest
from tools.texts.playbook_pages import folder_of


@pytest.fixture(scope="module")
def release(first_site: BuiltSite) -> dict[str, Any]:
    """Return the list that is published."""
    script = (first_site.directory / "service_worker.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(script.removeprefix("self.playbookRelease=").partition(";\n")[0])
    return found


def test_every_listed_file_is_there_as_listed(first_site: BuiltSite, release: dict[str, Any]) -> None:
    """A browser keeps nothing else, and uses nothing else."""
    for path, listed, size in release["files"]:
        file = first_site.directory / path
        content = (file / "index.html" if file.is_dir() else file).read_bytes()
        assert len(content) == size, path
        assert re.fullmatch(r"[0-9a-f]{12}", listed), path
        assert hashlib.sha256(content).hexdigest().startswith(listed), path
        # These are kept under their names alone.
        if path.startswith("assets/playbook/"):
            assert re.search(r"-[0-9A-Z]{8}\.(js|css|bin|json|txt)$", path), path


def test_the_list_has_every_page_with_all_it_loads(first_site: BuiltSite, release: dict[str, Any]) -> None:
    """Pages for frames on other sites are left out; they are never visited by themselves."""
    paths = [path for path, *_ in release["files"]]
    pages = {page for page in first_site.pages() if page.name == "index.html" and "embed" not in page.parts}
    assert {first_site.directory / path / "index.html" for path in release["pages"]} == {
        first_site.directory / page for page in pages
    }
    prefix = f"/{first_site.address.split('/', 3)[3]}"
    for group in ("pages", "shells"):
        for name, numbers in release[group].items():
            listed = {paths[number] for number in numbers}
            page = name if group == "pages" else f"{folder_of(name)}503.html"
            file = first_site.directory / page
            document = Document.read(file / "index.html" if file.is_dir() else file)
            loaded = {
                _resolved(page, address, prefix)
                for element, address in document.addresses()
                if element.tag in {"script", "img"} or element.attributes.get("rel") == "stylesheet"
            }
            assert loaded <= listed, page


def _resolved(page: str, address: str, prefix: str) -> str:
    if address.startswith("/"):
        return address.removeprefix(prefix)
    parts: list[str] = [*Path(page).parts]
    for part in address.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_the_same_files_make_the_same_list(first_site: BuiltSite, release: dict[str, Any]) -> None:
    """Otherwise every build would be another release."""
    again = json.loads(json.dumps(offline.release_of(first_site.directory, Manifest.read())))
    assert again == release
    assert [path for path, *_ in release["files"]] == sorted(path for path, *_ in release["files"])


def test_an_app_in_every_language(first_site: BuiltSite) -> None:
    """With its name, its own start, icons of the right size, and the whole site as its scope.

    Its id, which resolves against the host alone, is its own on the host: the address at which it starts.
    """
    for language in LANGUAGES:
        folder = first_site.directory / folder_of(language)
        manifest = json.loads((folder / app.MANIFEST).read_text("utf-8"))
        assert (manifest["lang"], manifest["start_url"]) == (language, "./")
        address = first_site.address + folder_of(language)
        assert urljoin(urljoin(address, "/"), manifest["id"]) == urljoin(address, manifest["start_url"])
        assert (folder / manifest["scope"]).resolve() == first_site.directory.resolve()
        assert manifest["name"].strip()
        assert manifest["description"].strip()
        sizes = set()
        for icon in manifest["icons"]:
            with Image.open(folder / icon["src"]) as picture:
                assert icon["sizes"] == f"{picture.width}x{picture.height}"
                sizes.add((picture.width, icon["purpose"]))
                # A maskable icon fills its square; the other one shows what is behind its corners.
                assert (picture.mode == "RGBA") == (icon["purpose"] == "any")
        assert sizes == {(192, "any"), (512, "any"), (192, "maskable"), (512, "maskable")}
        (link,) = Document.read(folder / "index.html").find("link", rel="manifest")
        assert (folder / link.attributes["href"]).resolve() == (folder / app.MANIFEST).resolve()


def test_icons_are_drawn_the_same_each_time() -> None:
    """Their names change with what they show, and with nothing else."""
    assert [icon.png() for icon in app.ICONS] == [icon.png() for icon in app.ICONS]


def test_an_edition_without_a_service_worker_removes_it(tmp_path: Path) -> None:
    """The file stays, so that browsers that have one find what takes its place."""
    offline.write(tmp_path, Manifest({"removing_worker.js": "removing.js"}), is_wanted=False)
    assert (tmp_path / "service_worker.js").read_text("utf-8") == 'importScripts("assets/playbook/removing.js");\n'
