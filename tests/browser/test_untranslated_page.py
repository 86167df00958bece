"""A page that is not translated yet, on a site of two pages: the playbook itself may have none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import PROJECT, Guard, patient_context
from tools.serve import SiteServer, free_port

CONFIGURATION = """
INHERIT: {project}/mkdocs.yml
docs_dir: docs
theme: {{custom_dir: {project}/overrides}}
hooks: [{project}/tools/pages/hooks.py]
nav: [index.md, about.md]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Serve a home page in English and Korean, and a page in English only."""
    folder = tmp_path_factory.mktemp("half_translated")
    shutil.copytree(PROJECT / "docs/assets", folder / "docs/assets")
    for path, title in (("en/index.md", "Home"), ("ko/index.md", "홈"), ("en/about.md", "About")):
        page = folder / "docs" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\ntitle: {title}\ndescription: The page {title}.\n---\n\n# {title}\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION.format(project=PROJECT), encoding="utf-8")
    site, port = folder / "site", free_port()
    with SiteServer(site, port=port) as running:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(folder / "mkdocs.yml")],
            check=False,  # so that its complaints are shown
            cwd=PROJECT,
            env={**os.environ, "SITE_URL": running.address, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield running


@pytest.fixture
def page(browser: Browser, server: SiteServer) -> Iterator[Page]:
    """Open the untranslated page in its Korean frame; nothing may go wrong in it."""
    with patient_context(browser) as context:
        page = context.new_page()
        guard = Guard(server.address, missing_pages_allowed=False)
        guard.watch(page)
        page.goto(f"{server.address}ko/about/")
        yield page
    assert guard.complaints == []


def test_the_notice_leads_to_the_english_page(page: Page, server: SiteServer) -> None:
    """Its link changes the language of the frame as well, not of the text only."""
    page.evaluate("document.documentElement.dataset.sameDocument = ''")
    page.locator(".page-notice--missing a").click()
    expect(page).to_have_url(f"{server.address}about/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html[data-same-document]")).to_have_count(0)


def test_the_text_is_marked_as_english(page: Page, server: SiteServer) -> None:
    """For screen readers; search engines are sent to the English page."""
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.locator("h1").evaluate("element => element.closest('[lang]').lang") == "en"
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex,follow")
    expect(page.locator("link[rel=canonical]")).to_have_attribute("href", f"{server.address}about/")


def test_a_translated_page_has_no_notice(page: Page, server: SiteServer) -> None:
    """Nor is it kept from search engines."""
    page.goto(f"{server.address}ko/")
    expect(page.locator(".page-notice")).to_have_count(0)
    expect(page.locator("meta[name=robots]")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("홈")
