"""The site that is published differs from the one that was tested in its address, and where it names its repository."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import PROJECT, BuiltSite

ADDRESS = "https://sellers.example.org/handbook/pipeline/"
REPOSITORY = "https://github.com/sellers/handbook"
# Where pages lead to the repository: links for reports, or to the page that says how, and the one to the source.
_TO_THE_REPOSITORY = re.compile(
    rb'<a href="(?:%s/(?:issues|blob)/[^"]*" rel="noopener"|[^"]*/#report")>[^<]*</a>\s*'
    rb'|<a href="%s" rel="noopener">[^<]*</a> \xc2\xb7\s*' % ((re.escape(REPOSITORY.encode()),) * 2)
)
# A script in error pages names the address. Scripts are compared themselves, and test_content_policy.py holds the sums.
_SUMS = re.compile(rb"'sha256-[\w+/=]+'")
# Lists the hash and size of each page, and so of pages with another address.
RELEASE = "service_worker.js"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as the workflow does after the tests: from the same bundles, for its address and repository."""
    site = tmp_path_factory.mktemp("published") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    environment = os.environ | {"SITE_URL": ADDRESS, "REPOSITORY_URL": REPOSITORY, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, cwd=PROJECT, env=environment)
    return site


def contents(site: Path) -> dict[str, bytes]:
    """Return the files of a site."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def path_of(address: str) -> bytes:
    """Return what error pages begin their links with, since they are shown at any address."""
    return f"/{address.split('/', 3)[3]}".rstrip("/").encode()


def _without_repository(html: bytes) -> bytes:
    """Return a page without its links to the repository, and without the blanks around them."""
    return b" ".join(_TO_THE_REPOSITORY.sub(b"", html).split())


def release(script: bytes) -> dict[str, Any]:
    """Return the list in a service worker."""
    found: dict[str, Any] = json.loads(script.decode().removeprefix("self.playbookRelease=").partition(";\n")[0])
    return found


def test_only_the_address_is_another(first_site: BuiltSite, published: Path) -> None:
    """Once the one address is written for the other, and links to the repository are left out."""
    assert "REPOSITORY_URL" not in os.environ  # then the site that is tested would have them, too
    tested, built = contents(first_site.directory), contents(published)
    assert tested.keys() == built.keys()
    here, there = first_site.address, ADDRESS
    pairs = [
        (there.encode(), here.encode()),
        (path_of(there), path_of(here)),
    ]
    differing = []
    for name, content in built.items():
        if name == RELEASE or content == tested[name]:
            continue
        for before, after in pairs:
            content = content.replace(before, after)
        if name.endswith(("404.html", "503.html")):
            content, tested[name] = (_SUMS.sub(b"", html) for html in (content, tested[name]))
        if name.endswith(".html"):
            content, tested[name] = (_without_repository(html) for html in (content, tested[name]))
        if content != tested[name]:
            differing.append(name)
    assert differing == []


def test_what_is_no_page_is_the_very_file_that_was_tested(first_site: BuiltSite, published: Path) -> None:
    """Scripts, styles, runtime, pictures and downloads do not know the address at all."""
    tested, built = contents(first_site.directory), contents(published)
    assert len([name for name in built if name.startswith("assets/playbook/")]) > 30
    for name, content in built.items():
        if name.startswith("assets/"):
            assert content == tested[name], name


def test_the_list_of_the_release_names_the_same_files(first_site: BuiltSite, published: Path) -> None:
    """Hashes and sizes are other ones for pages alone."""
    tested, built = (release((site / RELEASE).read_bytes()) for site in (first_site.directory, published))
    assert [path for path, *_rest in tested["files"]] == [path for path, *_rest in built["files"]]
    assert {key: value for key, value in tested.items() if key != "files"} == {
        key: value for key, value in built.items() if key != "files"
    }
    for one, other in zip(tested["files"], built["files"], strict=True):
        assert one == other or not one[0].startswith("assets/"), one[0]
