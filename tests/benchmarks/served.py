"""What is measured: the built site and the yardstick, side by side on one server that counts what it sends."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO

from tests.support import PROJECT
from tools.serve import DEFAULT_PREFIX, SiteServer

OUR_PAGE = "metrics/sales-velocity/"
BARE_PAGE = "yardstick/"

_BARE_SOURCES = Path(__file__).with_name("bare")
_PYODIDE = PROJECT / "node_modules" / "pyodide"
_PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


def build(directory: Path, port: int) -> None:
    """Build the site for a port, from the bundles that are there, with the yardstick beside it. Raises SystemExit."""
    if not (PROJECT / "build/assets/manifest.json").is_file():
        raise SystemExit("build/assets is missing: `make bench` builds it first")
    address = f"http://localhost:{port}{DEFAULT_PREFIX}"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(directory)]
    environment = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"The site could not be built:\n{done.stdout}{done.stderr}")
    shutil.copytree(_BARE_SOURCES, directory / BARE_PAGE)
    pyodide = directory / BARE_PAGE / "pyodide"
    pyodide.mkdir()
    for name in _PYODIDE_FILES:
        shutil.copy(_PYODIDE / name, pyodide)


class CountingServer(SiteServer):
    """Counts the bytes of every answer, heads included, for whichever thread of the browser asked."""

    def __init__(self, directory: Path, port: int) -> None:
        super().__init__(directory, port=port)
        self.sent: Counter[str] = Counter()
        handler: Any = self._server.RequestHandlerClass
        # Compressing takes longer than sending: done now, as on a host that has long been asked for each file.
        for file in filter(Path.is_file, directory.rglob("*")):
            handler.site.answer(DEFAULT_PREFIX + file.relative_to(directory).as_posix())
        self._server.RequestHandlerClass = type("CountingHandler", (_Counting, handler), {"sent": self.sent})

    def forget(self) -> None:
        """Count from zero again."""
        self.sent.clear()


class _CountingFile:
    """A handler's way to the browser that counts what goes through."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def write(self, data: bytes) -> int:
        self.count += len(data)
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Counting:
    """Goes before the server's own handler."""

    sent: Counter[str]
    path: str
    wfile: Any

    def setup(self) -> None:
        super().setup()  # type: ignore[misc]  # the handler's
        self.wfile = _CountingFile(self.wfile)

    def do_GET(self) -> None:  # noqa: N802 - the standard library's name
        before = self.wfile.count
        try:
            super().do_GET()  # type: ignore[misc]  # the handler's
        finally:
            self.sent[self.path] += self.wfile.count - before
