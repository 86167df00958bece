"""A host of the site whose network can be cut, that can die in the middle, and that can publish another release."""

import contextlib
import io
import json
import os
import re
import shutil
import socket
import threading
from pathlib import Path
from typing import Any, Self
from unittest import mock

from playwright.sync_api import Page

from tests.support import BuiltSite, wait_until
from tools.pages import offline
from tools.pages.assets import Manifest
from tools.serve import DEFAULT_PREFIX, SiteServer, free_port

_ADDRESSED = frozenset({".html", ".json", ".md", ".txt", ".xml"})
_KEPT_PATHS = """async () => {
    const keys = await (await caches.open("playbook-pages")).keys();
    return keys.map(({ url }) => url).filter(url => !url.includes("service_worker.js"));
}"""


class Host(SiteServer):
    """Serves a copy of the built site, made for a port of its own."""

    def __init__(self, built: BuiltSite, directory: Path) -> None:
        self.directory = directory
        port = free_port()
        _copy(built, directory, f"localhost:{port}/")
        self.manifest = Manifest.read()
        self.write_worker()
        super().__init__(directory, DEFAULT_PREFIX, port)
        self.is_down = False
        self.asked: list[str] = []
        # Paths of which nothing comes.
        self.failing: set[str] = set()
        # Paths of which half comes, and the rest once they `go_on`.
        self.halting: set[str] = set()
        self.go_on = threading.Event()
        host, handler = self, self._server.RequestHandlerClass

        class Cuttable(handler):  # type: ignore[misc, valid-type]
            def _send(self, *, with_body: bool) -> None:
                path = self.path.removeprefix(DEFAULT_PREFIX)
                host.asked.append(path)
                if host.is_down or path in host.failing:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if path in host.halting:
                    self._halt()
                else:
                    super()._send(with_body=with_body)

            def _halt(self) -> None:
                with mock.patch.object(self, "wfile", io.BytesIO()) as written:
                    super()._send(with_body=True)
                answer = written.getvalue()
                middle = len(answer) // 2
                self.wfile.write(answer[:middle])
                self.wfile.flush()
                host.go_on.wait()
                # Whoever has asked may be gone.
                with contextlib.suppress(OSError):
                    self.wfile.write(answer[middle:])
                    self.wfile.flush()

        self._server.RequestHandlerClass = Cuttable

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def write_worker(self, *, is_wanted: bool = True) -> None:
        """List what the folder holds now."""
        offline.write(self.directory, self.manifest, is_wanted=is_wanted)

    def publish(self, pages: dict[str, str], *, new_scripts: bool = False) -> None:
        """Publish another release: each named page has a sentence more, and each page other scripts if wanted."""
        for path, sentence in pages.items():
            file = self.directory / path / "index.html"
            file.write_text(file.read_text("utf-8").replace("</h1>", f"</h1><p>{sentence}</p>", 1), "utf-8")
        if new_scripts:
            self._rename_script()
        self.write_worker()

    def _rename_script(self) -> None:
        """Give the pages' main script another name and a line more, and take the one before away."""
        before = self.manifest.files["site.js"]
        after = re.sub(r"-\w{8}\.js$", "-RELEASE2.js", before)
        script = self.directory / "assets/playbook" / before
        script.with_name(after).write_text(script.read_text("utf-8") + "\nwindow.isSecondRelease = true;\n", "utf-8")
        script.unlink()
        for file in self.directory.rglob("*.html"):
            text = file.read_text("utf-8")
            if before in text:
                file.write_text(text.replace(before, after), "utf-8")
        self.manifest = Manifest({**self.manifest.files, "site.js": after})

    def release(self) -> dict[str, Any]:
        """Return the list in the published service worker."""
        text = (self.directory / offline.SCRIPT).read_text("utf-8")
        found: dict[str, Any] = json.loads(text.removeprefix("self.playbookRelease=").partition(";\n")[0])
        return found


def _copy(built: BuiltSite, directory: Path, address: str) -> None:
    before = f"localhost:{built.port}/"
    for file in built.directory.rglob("*"):
        target = directory / file.relative_to(built.directory)
        if file.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif file.suffix in _ADDRESSED:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes().replace(before.encode(), address.encode()))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target) if file.name == offline.SCRIPT else os.link(file, target)


def wait_for_worker(page: Page) -> None:
    """Wait until the service worker is in charge of the page."""
    page.evaluate("navigator.serviceWorker.ready")
    wait_until(page, "async () => navigator.serviceWorker.controller?.state === 'activated'")


def wait_until_kept(page: Page, *paths: str) -> None:
    """Wait until files of the site are kept, whatever their release."""
    wait_until(
        page,
        """async ([prefix, paths]) => {
            const keys = (await (await caches.open("playbook-pages")).keys()).map(({ url }) => new URL(url).pathname);
            return paths.every(path => keys.includes(prefix + path));
        }""",
        [DEFAULT_PREFIX, list(paths)],
    )


def kept(page: Page) -> list[str]:
    """Return the addresses under which files are kept."""
    found: list[str] = page.evaluate(_KEPT_PATHS)
    return sorted(found)
