"""The browsers besides Chromium: each is skipped, with a sentence, where it is not installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.other_browsers.engines import Engine, Firefox, WebKit, firefox_path, webkit_path
from tests.support import Guard, OpenPage
from tools.serve import SiteServer

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a failed test twice more, as in tests/browser/conftest.py."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session", params=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Engine]:
    """Start each browser in turn, once per run."""
    engine: Engine
    if request.param == "firefox":
        path = firefox_path()
        if path is None:
            pytest.skip("Firefox is not here: install firefox-esr, or set FIREFOX to the path of one you have")
        engine = Firefox(playwright, path)
    else:
        path = webkit_path()
        if path is None:
            pytest.skip("WebKitGTK's MiniBrowser and Xvfb are not here: install libwebkit2gtk-4.1-0 and xvfb")
        engine = WebKit(playwright, path)
    yield engine
    engine.close()


@pytest.fixture
def open_page(engine: Engine, server: SiteServer) -> Iterator[OpenPage]:
    """Return a function that opens a path of the site in a fresh profile; nothing may go wrong in it until the end.

    WebKitGTK has one page: opening another ends the one before.
    """
    guards: list[Guard] = []

    def open_page(
        path: str = "",
        *,
        address: str | None = None,
        width: int = 1280,
        is_dark: bool = False,
        shared_workers: bool = True,
        service_workers: bool = False,
        may_complain: bool = False,
    ) -> Page:
        page = engine.new_page(
            width=width, is_dark=is_dark, shared_workers=shared_workers, service_workers=service_workers
        )
        if not may_complain:
            guards.append(Guard(address or server.address, missing_pages_allowed=False))
            guards[-1].watch(page)
        page.goto((address or server.address) + path)
        return page

    yield open_page
    engine.forget()
    assert [complaint for guard in guards for complaint in guard.complaints] == []
