"""The server used in tests answers as GitHub Pages does."""

import gzip
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools.serve import SiteServer


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """Make a site of a few files."""
    site = tmp_path / "site"
    files = {
        "index.html": "home",
        "404.html": "missing",
        "ko/404.html": "없음",
        "ko/index.html": "홈",
        "app.mjs": "export {}",
        "core.wasm": "\0asm",
        "data.bin": "0000",
        "empty/note.txt": "note",
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return site


def get(connection: HTTPConnection, path: str, *, encoding: str = "gzip") -> tuple[HTTPResponse, bytes]:
    """Ask over a connection that stays open."""
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    return response, response.read()


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/book/", 200, "home"),
        ("/book/index.html", 200, "home"),
        ("/book/ko/", 200, "홈"),
        ("/book/ko/?q=1", 200, "홈"),
        ("/book/none", 404, "missing"),
        ("/book/ko/none/", 404, "missing"),
        ("/book/empty/", 404, "missing"),
        ("/book/app.mjs/", 404, "missing"),
        ("/book/../secret.txt", 404, "missing"),
        ("/book/%2e%2e/secret.txt", 404, "missing"),
        ("/", 404, "Not found: another site begins here.\n"),
        ("/book/%00", 400, "The address cannot be read.\n"),
        ("/book/index.html%00.txt", 400, "The address cannot be read.\n"),
        ("/book/%FF", 400, "The address cannot be read.\n"),
        ("/book/" + "x" * 5000, 404, "missing"),
        ("/book/" + "x/" * 2500, 404, "missing"),
        ("/book/" + "%F0%9F%98%80" * 100, 404, "missing"),
        ("/book/" + "x" * 9000, 414, "The address is too long.\n"),
    ],
)
def test_answers(small_site: Path, path: str, status: int, text: str) -> None:
    """Below the sub-path, only the root's 404 page answers; folders are not listed, and nothing outside is served.

    An address that no file can have is answered as well, over the connection that stays open.
    """
    with SiteServer(small_site, "/book/") as server:
        connection = HTTPConnection("127.0.0.1", urlsplit(server.address).port or 0)
        response, body = get(connection, path, encoding="identity")
        assert (response.status, body.decode()) == (status, text)
        assert get(connection, "/book/")[0].status == HTTPStatus.OK
        connection.close()


def test_headers(small_site: Path) -> None:
    """Types, compression and lifetime are those of GitHub Pages, over one connection."""
    with SiteServer(small_site, "/book/") as server:
        connection = HTTPConnection("127.0.0.1", urlsplit(server.address).port or 0)
        response, body = get(connection, "/book/ko/")
        assert response.getheader("Content-Encoding") == "gzip"
        assert gzip.decompress(body).decode() == "홈"
        assert response.getheader("Cache-Control") == "max-age=600"
        types = {}
        for name in ("ko/", "app.mjs", "core.wasm", "data.bin"):
            response, _ = get(connection, f"/book/{name}")
            types[name] = (response.getheader("Content-Type"), response.getheader("Content-Encoding"))
        assert types == {
            "ko/": ("text/html; charset=utf-8", "gzip"),
            "app.mjs": ("text/javascript; charset=utf-8", "gzip"),
            "core.wasm": ("application/wasm", "gzip"),
            "data.bin": ("application/octet-stream", None),
        }
        response, _ = get(connection, "/book/ko")
        assert (response.status, response.getheader("Location")) == (301, "/book/ko/")
        connection.close()
