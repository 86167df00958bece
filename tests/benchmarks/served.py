"""What is measured: the built site and its peers, side by side on one server that counts what it sends.

The peers (`peers/`) lie beside the site and do the same sum with the same four inputs: bare Pyodide in a worker, which
is the yardstick; MicroPython; hand-written JavaScript; PyScript with Pyodide; and markdown-exec's Pyodide fence on a
page of Material for MkDocs, without the editor, the colours and the package that it fetches from other hosts
(`markdown_exec.js`), so that it comes out quicker than it is.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, BinaryIO

from tests.support import PROJECT
from tools.serve import DEFAULT_PREFIX, SiteServer

OUR_PAGE = "metrics/sales-velocity/"
NEXT_PAGE = "metrics/pipeline-coverage/"
EMBED_PAGE = "embed/sales-velocity/"
PLAIN_PAGE = "metrics/without-calculator/"
BARE, MARKDOWN_EXEC = "bare", "markdown_exec"
PEERS = (BARE, "micropython", "javascript", "pyscript", MARKDOWN_EXEC)

_SOURCES = Path(__file__).with_name("peers")
_PACKAGES = PROJECT / "node_modules"
# Folder beside the peers' pages → the package's folder, and which of its files.
_FILES = {
    "pyodide": ("pyodide", ("*.mjs", "pyodide.js", "*.wasm", "*.zip", "pyodide-lock.json")),
    "micropython": ("@micropython/micropython-webassembly-pyscript", ("*.mjs", "*.wasm")),
    "core": ("@pyscript/core/dist", ("*.js", "*.css")),
}
_FURTHER = {
    "pyscript": """<script type="module" src="core/core.js"></script>
<script type="py" src="pyscript.py" config='{"interpreter": "pyodide/pyodide.mjs"}'></script>"""
}
_CALCULATOR = re.compile(r"<playbook-calculator\b.*</playbook-calculator>|<script data-worker=.*?</script>", re.DOTALL)


def peer_page(name: str) -> str:
    """Return where a peer's page lies."""
    return f"peers/{name}/" if name == MARKDOWN_EXEC else f"peers/{name}.html"


def build(directory: Path, port: int) -> None:
    """Build the site for a port, from the bundles that are there, with its peers beside it. Raises SystemExit."""
    if not (PROJECT / "build/assets/manifest.json").is_file():
        raise SystemExit("build/assets is missing: `make bench` builds it first")
    _build_with_mkdocs(PROJECT / "mkdocs.yml", directory, f"http://localhost:{port}{DEFAULT_PREFIX}")
    page = (directory / OUR_PAGE / "index.html").read_text(encoding="utf-8")
    (directory / PLAIN_PAGE).mkdir()
    (directory / PLAIN_PAGE / "index.html").write_text(_CALCULATOR.sub("", page), encoding="utf-8")
    _build_peers(directory / "peers")


def _build_peers(peers: Path) -> None:
    shutil.copytree(_SOURCES, peers, ignore=shutil.ignore_patterns("page.html", MARKDOWN_EXEC))
    for folder, (package, patterns) in _FILES.items():
        (peers / folder).mkdir()
        for file in (file for pattern in patterns for file in (_PACKAGES / package).glob(pattern)):
            shutil.copy(file, peers / folder)
    template = Template((_SOURCES / "page.html").read_text(encoding="utf-8"))
    for name in PEERS:
        if name != MARKDOWN_EXEC:
            text = template.substitute(name=name, further=_FURTHER.get(name, ""))
            (peers / f"{name}.html").write_text(text, encoding="utf-8")
    _build_with_mkdocs(_SOURCES / MARKDOWN_EXEC / "mkdocs.yml", peers / MARKDOWN_EXEC)
    page = peers / MARKDOWN_EXEC / "index.html"
    ours = '<script src="../pyodide/pyodide.js"></script><script src="../markdown_exec.js"></script>'
    local = re.sub(r"<script[^>]*https://\S*/pyodide\.js[^>]*></script>", ours, page.read_text(encoding="utf-8"))
    page.write_text(re.sub(r"<(script|link)[^>]*https://[^>]*>(</script>)?", "", local), encoding="utf-8")


def _build_with_mkdocs(settings: Path, directory: Path, address: str = "") -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(settings), "--site-dir", str(directory)]
    environment = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{settings} could not be built:\n{done.stdout}{done.stderr}")


@dataclass(frozen=True, slots=True)
class Line:
    """What lies between server and browser: bytes a second for all connections together, seconds there and back."""

    bytes_per_second: float
    round_trip: float


FAST_4G = Line(9e6 / 8, 0.06)
SLOW_LINE = Line(1.6e6 / 8, 0.06)


class CountingServer(SiteServer):
    """Counts the bytes of every answer, heads included, for whichever thread of the browser asked; may be slow.

    The browser's own tools slow down what a page asks for, but not what a shared worker does.
    """

    def __init__(self, directory: Path, port: int) -> None:
        super().__init__(directory, port=port)
        self.sent: Counter[str] = Counter()
        self.line: Line | None = None
        self._turn = threading.Lock()
        self._busy_until = 0.0
        handler: Any = self._server.RequestHandlerClass
        # Compressing takes longer than sending: done now, as on a host that has long been asked for each file.
        for file in filter(Path.is_file, directory.rglob("*")):
            handler.site.answer(DEFAULT_PREFIX + file.relative_to(directory).as_posix())
        self._server.RequestHandlerClass = type("CountingHandler", (_Counting, handler), {"server_of_all": self})

    def forget(self) -> None:
        """Count from zero again."""
        self.sent.clear()

    def wait_for_round_trip(self) -> None:
        """Wait as long as a question and its answer are on the way."""
        if self.line:
            time.sleep(self.line.round_trip)

    def wait_for_line(self, count: int) -> None:
        """Wait until so many bytes have gone through, after all that was to be sent before."""
        if not self.line:
            return
        with self._turn:
            self._busy_until = max(time.monotonic(), self._busy_until) + count / self.line.bytes_per_second
            until = self._busy_until
        time.sleep(max(0.0, until - time.monotonic()))


class _CountingFile:
    """A handler's way to the browser that counts what goes through."""

    _PACKET = 8_192

    def __init__(self, file: BinaryIO, server: CountingServer) -> None:
        self._file = file
        self._server = server
        self.count = 0

    def write(self, data: bytes) -> int:
        self.count += len(data)
        if not self._server.line:
            return self._file.write(data)
        for start in range(0, len(data), self._PACKET):
            packet = data[start : start + self._PACKET]
            self._server.wait_for_line(len(packet))
            self._file.write(packet)
            self._file.flush()
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Counting:
    """Goes before the server's own handler."""

    server_of_all: CountingServer
    path: str
    wfile: Any
    close_connection: bool

    def setup(self) -> None:
        super().setup()  # type: ignore[misc]  # the handler's
        self.server_of_all.wait_for_round_trip()  # a connection is made
        self.wfile = _CountingFile(self.wfile, self.server_of_all)

    def do_GET(self) -> None:  # noqa: N802 - the standard library's name
        self.server_of_all.wait_for_round_trip()
        before = self.wfile.count
        try:
            super().do_GET()  # type: ignore[misc]  # the handler's
        except ConnectionError:
            self.close_connection = True  # the page was left before all had come
        finally:
            self.server_of_all.sent[self.path] += self.wfile.count - before
