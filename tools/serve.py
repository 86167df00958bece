"""Serve a built site the way GitHub Pages does, for looking at it, for the browser tests and for benchmarks.

A project lies below a sub-path; a folder without its slash is redirected; only the root's 404.html answers a missing
address; some types are compressed; everything may be kept for ten minutes; no folder is listed.

    python -m tools.serve --directory site --prefix /pipeline-playbook/ --port 8000
"""

import argparse
import gzip
import mimetypes
import socket
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self
from urllib.parse import unquote, urlsplit

DEFAULT_PREFIX = "/pipeline-playbook/"
DEFAULT_PORT = 8000
# As most servers have it.
_LONGEST_TARGET = 8_000
# What a disk can hold, in bytes: asking it for more is an error, not a missing file.
_LONGEST_NAME, _LONGEST_PATH = 255, 4_000

# Python asks the machine for the rest, and machines disagree about these.
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".map": "application/json",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".html": "text/html",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/octet-stream",
    ".zip": "application/zip",
}
_COMPRESSED_BY_PAGES = frozenset(
    {
        "text/html",
        "text/css",
        "text/plain",
        "text/javascript",
        "application/javascript",
        "application/json",
        "application/xml",
        "application/wasm",
        "application/manifest+json",
        "image/svg+xml",
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for an address, with its compressed form where Pages has one."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    compressed: bytes | None = None
    location: str | None = None


@dataclass(slots=True)
class Site:
    """A folder on disk seen as GitHub Pages sees it."""

    directory: Path
    prefix: str
    _files: dict[tuple[Path, int], Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.directory = self.directory.resolve()
        self.prefix = f"/{self.prefix.strip('/')}/".replace("//", "/")

    def answer(self, target: str) -> Answer:
        """Answer a request target, with or without a query."""
        if len(target) > _LONGEST_TARGET:
            return Answer(HTTPStatus.REQUEST_URI_TOO_LONG, b"The address is too long.\n")
        try:
            path = unquote(urlsplit(target).path, errors="strict")
        except ValueError:
            return Answer(HTTPStatus.BAD_REQUEST, b"The address cannot be read.\n")
        if "\0" in path:
            return Answer(HTTPStatus.BAD_REQUEST, b"The address cannot be read.\n")
        if path == self.prefix.rstrip("/") and path:
            return self._redirect(self.prefix)
        if not path.startswith(self.prefix):
            return Answer(HTTPStatus.NOT_FOUND, b"Not found: another site begins here.\n")
        file = (self.directory / path.removeprefix(self.prefix)).resolve()
        if not file.is_relative_to(self.directory) or any(len(part.encode()) > _LONGEST_NAME for part in file.parts):
            return self._missing()
        if len(bytes(file)) > _LONGEST_PATH:
            return self._missing()
        if file.is_dir():
            if not path.endswith("/"):
                return self._redirect(f"{urlsplit(target).path}/")
            file = file / "index.html"
        elif path.endswith("/"):
            return self._missing()
        return self._file(file) if file.is_file() else self._missing()

    def _file(self, file: Path) -> Answer:
        # Keyed by time of change too, so that a rebuilt site is served without a restart.
        key = (file, file.stat().st_mtime_ns)
        if key not in self._files:
            body = file.read_bytes()
            kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._files[key] = Answer(
                HTTPStatus.OK,
                body,
                f"{kind}; charset=utf-8" if kind.startswith("text/") or kind == "application/json" else kind,
                gzip.compress(body, 6) if kind in _COMPRESSED_BY_PAGES else None,
            )
        return self._files[key]

    def _missing(self) -> Answer:
        page = self.directory / "404.html"
        if not page.is_file():
            return Answer(HTTPStatus.NOT_FOUND, b"Not found\n")
        found = self._file(page)
        return Answer(HTTPStatus.NOT_FOUND, found.body, found.content_type, found.compressed)

    @staticmethod
    def _redirect(location: str) -> Answer:
        return Answer(HTTPStatus.MOVED_PERMANENTLY, location=location)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without this, header and body go out as two packets and each answer waits for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    site: ClassVar[Site]
    cache_control: ClassVar[str]

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        answer = self.site.answer(self.path)
        body = answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Cache-Control", self.cache_control)
        if answer.compressed is not None:
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                self.send_header("Content-Encoding", "gzip")
                body = answer.compressed
        if answer.location is not None:
            self.send_header("Location", answer.location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the method replaced
        """Say nothing: the reader of a test's output is looking for something else."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class SiteServer:
    """Serves a site in a thread of its own while the `with` block runs."""

    def __init__(
        self, directory: Path, prefix: str = DEFAULT_PREFIX, port: int = 0, *, cache_control: str = "max-age=600"
    ) -> None:
        """Take the port at once; 0 means any free one. Pages lets everything be kept for ten minutes."""
        site = Site(directory, prefix)
        handler = type("Handler", (_Handler,), {"site": site, "cache_control": cache_control})
        self._server = _Server(("127.0.0.1", port), handler)
        self.address = f"http://localhost:{self._server.server_port}{site.prefix}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="site-server", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve_forever(self) -> None:
        """Serve in this thread until interrupted."""
        try:
            self._server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            self._server.server_close()


def free_port() -> int:
    """Return a port nobody listens on now: the site is built for a port before it is served on it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve a built site the way GitHub Pages does.")
    parser.add_argument("--directory", type=Path, default=Path("site"))
    parser.add_argument("--prefix", default=DEFAULT_PREFIX)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    options = parser.parse_args()
    try:
        server = SiteServer(options.directory, options.prefix, options.port)
    except OSError as error:
        raise SystemExit(
            f"Port {options.port} cannot be used ({error.strerror}): choose another, as in `make serve PORT=8080`."
        ) from None
    print(f"Serving {options.directory} at {server.address}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
