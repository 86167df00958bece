"""Browsers besides Chromium, as Debian has them, driven by the same Playwright.

Firefox speaks WebDriver BiDi. WebKitGTK's small browser speaks the protocol of its inspector, which Playwright knows
from Safari on phones: it has a single page, whose keys and clicks are made by a script.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.support import GOOD_LINE, PATIENCE_MILLISECONDS, STILL
from tools.serve import free_port

HEIGHT = 900
WITHOUT_SHARED_WORKERS = "delete window.SharedWorker;"
_SECONDS_TO_START = 30
_SOCKET = re.compile(r"/socket/\d+/\d+/WebPage")


class Engine(Protocol):
    """A browser that opens pages for one test after another."""

    name: str
    downloads: Path

    def new_page(self, *, width: int, is_dark: bool, shared_workers: bool, service_workers: bool) -> Page:
        """Return an empty page in a profile that remembers nothing."""

    def forget(self) -> None:
        """Close what a test has opened, with all that was kept."""

    def close(self) -> None:
        """End it."""


def firefox_path() -> str | None:
    """Return where Firefox is: `FIREFOX`, or what tools/set_up/other_browsers.sh looks for."""
    chosen = os.environ.get("FIREFOX")
    return next(filter(None, map(shutil.which, [chosen] if chosen else ["firefox-esr", "firefox"])), None)


def webkit_path() -> str | None:
    """Return where WebKitGTK's small browser is, if there is also a screen for it that nobody sees."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return str(found[-1]) if found and shutil.which("Xvfb") else None


class Firefox:
    """Firefox without a window; another one where the device is dark, which BiDi cannot say to version 153."""

    name = "firefox"

    def __init__(self, playwright: Playwright, path: str) -> None:
        self._playwright = playwright
        self._path = path
        self._browsers: dict[bool, Browser] = {}
        self._contexts: list[BrowserContext] = []
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.downloads = Path(self._folder.name)

    def new_page(self, *, width: int, is_dark: bool, shared_workers: bool, service_workers: bool) -> Page:
        context = self._browser(is_dark=is_dark).new_context(
            viewport={"width": width, "height": HEIGHT}, service_workers="allow" if service_workers else "block"
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        for script in _scripts(shared_workers=shared_workers):
            context.add_init_script(script)
        return context.new_page()

    def forget(self) -> None:
        while self._contexts:
            self._contexts.pop().close()

    def close(self) -> None:
        self.forget()
        for browser in self._browsers.values():
            browser.close()
        self._folder.cleanup()

    def _browser(self, *, is_dark: bool) -> Browser:
        if is_dark not in self._browsers:
            self._browsers[is_dark] = self._playwright.firefox.launch(
                channel="moz-firefox",
                executable_path=self._path,
                downloads_path=self.downloads,
                firefox_user_prefs={
                    "ui.prefersReducedMotion": 1,
                    "layout.css.prefers-color-scheme.content-override": 0 if is_dark else 1,
                    # Cut off from every host but this machine.
                    "network.proxy.type": 1,
                    "network.proxy.http": "127.0.0.1",
                    "network.proxy.http_port": 9,
                    "network.proxy.ssl": "127.0.0.1",
                    "network.proxy.ssl_port": 9,
                },
            )
        return self._browsers[is_dark]


class WebKit:
    """WebKitGTK's small browser on a screen nobody sees, begun anew for each page: it has one profile and one page."""

    name = "webkit"

    def __init__(self, playwright: Playwright, path: str) -> None:
        self._playwright = playwright
        self._path = path
        self._open = ExitStack()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1800x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._screen.stdout
        self.downloads = Path()
        self._display = f":{self._screen.stdout.readline().strip()}"

    def new_page(self, *, width: int, is_dark: bool, shared_workers: bool, service_workers: bool) -> Page:
        self.forget()
        port = free_port()
        home = self._open.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        self.downloads = Path(home)
        process = subprocess.Popen(
            [self._path, f"--geometry={width}x{HEIGHT}", "about:blank"],
            env={
                "PATH": os.environ["PATH"],
                "HOME": home,
                "LANG": "C.UTF-8",
                "DISPLAY": self._display,
                "WEBKIT_INSPECTOR_HTTP_SERVER": f"127.0.0.1:{port}",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._open.callback(_end, process)
        listing = self._open.enter_context(_Listing(port))
        browser = self._playwright.webkit.connect_over_cdp(listing.address)
        self._open.callback(browser.close)
        page = browser.contexts[0].pages[0]
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.emulate_media(color_scheme="dark" if is_dark else "light", reduced_motion="reduce")
        for script in _scripts(shared_workers=shared_workers):
            page.add_init_script(script)
        del service_workers  # cannot be blocked
        return page

    def forget(self) -> None:
        self._open.close()
        self._open = ExitStack()

    def close(self) -> None:
        self.forget()
        _end(self._screen)
        if self._screen.stdout:
            self._screen.stdout.close()


class _Listing:
    """Lists the pages of WebKitGTK's inspector as `ios_webkit_debug_proxy` does for Safari: that is what is known."""

    def __init__(self, port: int) -> None:
        inspector = f"127.0.0.1:{port}"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages = [{"webSocketDebuggerUrl": f"ws://{inspector}{path}"} for path in _sockets(inspector)]
                body = json.dumps(pages).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as the base class calls it
                pass

        self._inspector = inspector
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "_Listing":
        end = time.monotonic() + _SECONDS_TO_START
        while not _sockets(self._inspector):
            assert time.monotonic() < end, "WebKitGTK shows no page"
            time.sleep(0.05)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _sockets(inspector: str) -> list[str]:
    """Return the addresses of an inspector's pages; none while it starts."""
    with suppress(OSError), urllib.request.urlopen(f"http://{inspector}/", timeout=5) as answer:
        return _SOCKET.findall(answer.read().decode())
    return []


def _scripts(*, shared_workers: bool) -> list[str]:
    return [STILL, GOOD_LINE, *([] if shared_workers else [WITHOUT_SHARED_WORKERS])]


def _end(process: "subprocess.Popen[Any]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
