"""What all tests share: the site, built once per run and served as GitHub Pages would, and a browser."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

import tests.cases  # noqa: F401 - it settles how many cases Hypothesis tries, before a test is imported
from tests.support import (
    CHROMIUM_SWITCHES,
    PROJECT,
    BuiltSite,
    Guard,
    OpenPage,
    SharedProfile,
    chromium,
    patient_context,
)
from tools.serve import DEFAULT_PREFIX, SiteServer, free_port

# Files of a built site that name its address.
ADDRESSED = frozenset({".html", ".json", ".md", ".txt", ".xml"})


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the real pages, strictly, for a port that is free now; `make test` has made the bundles.

    The first of several workers builds; each of the others copies that for a port of its own.
    """
    run = folder_of_the_run(tmp_path_factory)
    port = free_port()
    with (run / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        first, note = run / "site-of-the-run", run / "site.port"
        if not note.exists():
            site = build(first, port)
            note.write_text(str(port), encoding="ascii")
            return site
    site = BuiltSite(tmp_path_factory.mktemp("site") / "copy", f"http://localhost:{port}{DEFAULT_PREFIX}", port)
    shutil.copytree(first, site.directory)
    before, after = f"localhost:{note.read_text(encoding='ascii')}/".encode(), f"localhost:{port}/".encode()
    for file in site.directory.rglob("*"):
        if file.suffix in ADDRESSED and before in (content := file.read_bytes()):
            file.write_bytes(content.replace(before, after))
    return site


@pytest.fixture(scope="session")
def first_site(built_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the site as it was built, whichever worker asks; another one may serve it."""
    del built_site  # only then is it there
    run = folder_of_the_run(tmp_path_factory)
    port = int((run / "site.port").read_text(encoding="ascii"))
    return BuiltSite(run / "site-of-the-run", f"http://localhost:{port}{DEFAULT_PREFIX}", port)


def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers share."""
    run = tmp_path_factory.getbasetemp()
    return run.parent if "PYTEST_XDIST_WORKER" in os.environ else run


def build(directory: Path, port: int) -> BuiltSite:
    """Build the site for a port, and show what it complains of."""
    site = BuiltSite(directory, f"http://localhost:{port}{DEFAULT_PREFIX}", port)
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
def playwright() -> Iterator[Playwright]:
    """Start what drives browsers, once per run: a process can have one of it only."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the system's Chromium, once per run."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_SWITCHES))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def shared_profile(browser: Browser, built_site: BuiltSite, server: SiteServer) -> Iterator[SharedProfile]:
    """Share a profile between tests, in which Python boots once."""
    (worker,) = built_site.directory.glob("assets/playbook/calculator_worker-*.js")
    profile = SharedProfile(browser, server.address + worker.relative_to(built_site.directory).as_posix())
    yield profile
    profile.close()


@pytest.fixture
def open_page(
    browser: Browser, server: SiteServer, shared_profile: SharedProfile, request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Return a function that opens a path of the site; nothing may go wrong in it until the end.

    The page finds nothing kept of an earlier visit, but its Python may be running since the test before. `fresh` is a
    profile of its own: for what counts requests, changes the clock or what is allowed, or is hard on Python.
    `may_complain` is for what a test breaks on purpose.
    """
    guards: list[Guard] = []
    pages: list[Page] = []
    closing: list[BrowserContext] = []
    failed_before = request.session.testsfailed

    def open_page(
        path: str = "",
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        missing_pages_allowed: bool = False,
        fresh: bool = False,
        may_complain: bool = False,
    ) -> Page:
        if fresh or not javascript:
            context = patient_context(
                browser,
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                java_script_enabled=javascript,
            )
            closing.append(context)
            page = context.new_page()
        else:
            page = shared_profile.context.new_page()
            pages.append(page)
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if not may_complain:
            guard = Guard(server.address, missing_pages_allowed)
            guards.append(guard)
            guard.watch(page)
        page.goto(server.address + path)
        return page

    yield open_page
    for context in closing:
        context.close()
    # What a failed test leaves behind is not met by the next one.
    if request.session.testsfailed > failed_before:
        shared_profile.renew()
    elif pages:
        try:
            shared_profile.forget()
        except PlaywrightError:
            shared_profile.renew()  # one that has crashed is not met either
            raise
    assert [complaint for guard in guards for complaint in guard.complaints] == []


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """Return a page in a fresh profile that may fail and complain.

    Without shared workers, as some browsers are: what those ask for, a test can neither see nor break.
    """
    context = patient_context(browser, viewport={"width": 1280, "height": 1600})
    context.add_init_script("delete window.SharedWorker")
    page = context.new_page()
    yield page
    context.close()
