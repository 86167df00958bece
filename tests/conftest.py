"""What all tests share: the site, built once per run and served as GitHub Pages would, and a browser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support import CHROMIUM_SWITCHES, PROJECT, BuiltSite, Guard, OpenPage, chromium
from tools.serve import DEFAULT_PREFIX, SiteServer, free_port

# Examples are slow on a busy machine, and that says nothing about them.
settings.register_profile("playbook", deadline=None)
settings.load_profile("playbook")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the real pages, strictly, for a port that is free now; `make test` has made the bundles."""
    port = free_port()
    site = BuiltSite(tmp_path_factory.mktemp("site"), f"http://localhost:{port}{DEFAULT_PREFIX}", port)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site.directory)],
        check=False,  # so that its complaints are shown
        cwd=PROJECT,
        env={**os.environ, "SITE_URL": site.address, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return site


@pytest.fixture(scope="session")
def server(built_site: BuiltSite) -> Iterator[SiteServer]:
    """Serve the built site on the port it was built for: on another one the theme turns instant navigation off."""
    with SiteServer(built_site.directory, port=built_site.port) as running:
        assert running.address == built_site.address
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, once per run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, server: SiteServer) -> Iterator[OpenPage]:
    """Return a function that opens a path of the site in a fresh profile; nothing may go wrong in it until the end."""
    guards: list[Guard] = []
    closing: list[BrowserContext] = []

    def open_page(
        path: str = "",
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        missing_pages_allowed: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        closing.append(context)
        guard = Guard(server.address, missing_pages_allowed)
        guards.append(guard)
        page = context.new_page()
        guard.watch(page)
        page.goto(server.address + path)
        return page

    yield open_page
    for context in closing:
        context.close()
    assert [complaint for guard in guards for complaint in guard.complaints] == []
