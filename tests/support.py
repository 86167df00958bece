"""What the fixtures of `conftest.py` are made of."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, Route, expect

PROJECT = Path(__file__).resolve().parents[1]
CHROMIUM_SWITCHES = (
    "--no-sandbox",  # containers forbid the namespaces the sandbox is made of
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Cut off from every host but this machine, whichever thread of the browser asks.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
# Far longer than anything takes on a busy machine: a wait that ends early says something about the machine only, and
# only a test that fails waits to the end. A runner with two of these browsers has needed more than 15 seconds.
PATIENCE_MILLISECONDS = 60_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)
# What is between two states is not looked at.
STILL = """{
    const still = new CSSStyleSheet();
    still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
    document.adoptedStyleSheets = [still];
}"""


def executable(name: str) -> str:
    """Return a program of the virtual environment, or else the system's. Raises if there is none."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        raise FileNotFoundError(f"{name} is neither in {Path(sys.executable).parent} nor in PATH")
    return found


def chromium() -> str:
    """Return the browser's path: `CHROMIUM`, or what tools/set_up/chromium.sh looks for. Raises if there is none."""
    chosen = os.environ.get("CHROMIUM")
    names = [chosen] if chosen else ["chromium", "chromium-browser", "google-chrome"]
    for name in names:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(f"no browser: {', '.join(names)}; `make test` installs one where it can")


# Chromium guesses the speed of the line from all that its contexts have fetched: after a test that held something back,
# pages of others would wait for a touch.
GOOD_LINE = """Object.defineProperty(navigator, "connection", {
    value: { effectiveType: "4g", downlink: 10, saveData: false }, configurable: true,
});"""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site on disk with the address it was built for."""

    directory: Path
    address: str
    port: int

    def pages(self) -> list[Path]:
        """Return every HTML file, relative to the site."""
        return sorted(path.relative_to(self.directory) for path in self.directory.rglob("*.html"))


@dataclass
class Guard:
    """Writes down what a page must not do: complain, ask another host, or ask for what is not there."""

    address: str
    missing_pages_allowed: bool
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a page."""
        page.on("pageerror", self._error)
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("response", self._response)

    def _error(self, error: object) -> None:
        # So WebKit calls a request that ended because its page was left. One of another host is found by `_request`.
        host = re.escape(urlsplit(self.address).netloc)
        if not re.fullmatch(rf"(http:/)?/{host}/\S+ due to access control checks\.", str(error)):
            self.complaints.append(f"uncaught: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        # A failed request is written down where it is answered, with its address; that no service worker comes between
        # is what the tests want (see `patient_context`).
        known = ("Failed to load resource", "Service Worker registration blocked by Playwright")
        if message.type in {"error", "warning"} and not message.text.startswith(known):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        scheme, host, *_ = urlsplit(request.url)
        if scheme not in {"data", "blob"} and host != urlsplit(self.address).netloc:
            self.complaints.append(f"other host: {request.url}")

    def _response(self, response: Response) -> None:
        allowed = self.missing_pages_allowed and response.request.is_navigation_request()
        if response.status >= 400 and not allowed:
            self.complaints.append(f"{response.status}: {response.url}")


type OpenPage = Callable[..., Page]


def patient_context(browser: Browser, **options: Any) -> BrowserContext:
    """Open a fresh profile on a good line; nothing moves by itself, and waits are long enough for a busy machine.

    Without a service worker unless a test wants one: what that asks for, a test can neither see nor break.
    """
    context = browser.new_context(**{"reduced_motion": "reduce", "service_workers": "block", **options})
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    context.add_init_script(STILL)
    context.add_init_script(GOOD_LINE)
    return context


# As connection.js calls the first one.
KEEP_WORKER = """() => {
    globalThis.kept = new SharedWorker(location.href, { type: "module", name: "python-0", extendedLifetime: true });
}"""


class SharedProfile:
    """A profile for many tests: all that a visit keeps is forgotten between them, and Python runs on.

    Each profile of its own boots Python anew, which takes longer than most tests.
    """

    def __init__(self, browser: Browser, worker: str) -> None:
        """Open it, for the calculators' worker at an address."""
        self._browser = browser
        self._worker = worker
        self._begin()

    def renew(self) -> None:
        """Begin anew, with nothing of before."""
        self.close()
        self._begin()

    def _begin(self) -> None:
        self.context = patient_context(self._browser, viewport={"width": 1280, "height": 800})
        self._keeper = self.context.new_page()
        # A document without scripts, the worker's as text, is connected to the worker: it lives as long as that does.
        self._keeper.goto(self._worker)
        self._keeper.evaluate(KEEP_WORKER)
        self._devtools = self.context.new_cdp_session(self._keeper)

    def forget(self) -> None:
        """Close what a test opened, and forget what it left in the browser."""
        for page in self.context.pages:
            if page is not self._keeper:
                page.close()
        self.context.clear_cookies()
        origin = self._keeper.evaluate("location.origin")
        kinds = "local_storage,cache_storage,indexeddb"
        self._devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})

    def close(self) -> None:
        """Close it."""
        self.context.close()


def zstandard(direction: Literal["Compress", "Decompress"], content: bytes) -> bytes:
    """Return bytes compressed or decompressed by Node: Python has Zstandard from 3.14 on only."""
    script = f"process.stdout.write(require('node:zlib').zstd{direction}Sync(require('node:fs').readFileSync(0)))"
    command = [executable("node"), "--eval", script]
    return subprocess.run(command, input=content, check=True, capture_output=True).stdout


def rewritten(change: Callable[[str], str]) -> Callable[[Route], None]:
    """Return a handler that serves a script changed."""

    def serve(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    return serve


def built_with(files: dict[str, bytes]) -> Callable[[Route], None]:
    """Return a handler that serves a worker's script as if the site had been built with other files of the runtime."""

    def change(script: str) -> str:
        for name, content in files.items():
            holds = hashlib.sha256(zstandard("Decompress", content)).hexdigest()[:8].upper()
            entry = rf'((?<![\w-]){name}"?:\{{file:"[^"]+",bytes:\d+,holds:)"\w+"'
            script, count = re.subn(entry, rf'\g<1>"{holds}"', script)
            assert count == 1, name
        return script

    return rewritten(change)


def with_module(archive: str, module: str, source: str) -> bytes:
    """Return an archive of the runtime in which a module has another source; `module` is its path without a suffix."""
    content = zstandard("Decompress", (PROJECT / "build" / "runtime" / f"{archive}.bin").read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(changed := io.BytesIO(), "w") as after:
        for name in before.namelist():
            if name != f"{module}.pyc":
                after.writestr(name, before.read(name))
        after.writestr(f"{module}.py", source)
    return zstandard("Compress", changed.getvalue())


def wait_until(page: Page, function: str, argument: object = None) -> None:
    """Wait until an asynchronous function of the page returns something true. Raises Error when that takes too long.

    Playwright's `wait_for_function` would take its promise for that.
    """
    page.evaluate(
        """async ([body, argument, patience]) => {
            const holds = (0, eval)(`(${body})`);
            const end = Date.now() + patience;
            while (!await holds(argument)) {
                if (Date.now() > end) throw new Error(`never true: ${body}`);
                await new Promise(resolve => setTimeout(resolve, 100));
            }
        }""",
        [function, argument, PATIENCE_MILLISECONDS],
    )


def wait_for_instant_navigation(page: Page) -> None:
    """Wait until a link is followed without a full load: the theme first reads which pages there are."""
    page.wait_for_function(
        "() => performance.getEntriesByType('resource')"
        ".some(one => one.name.endsWith('/sitemap.xml') && one.responseEnd)"
    )
    page.evaluate("new Promise(resolve => setTimeout(resolve))")  # what has come is read before


# As the site calls its light and its dark palette.
PALETTES: dict[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}


def in_both_palettes(page: Page) -> Iterator[str]:
    """Let the device turn light, then dark, and tell which it is once the open page has followed."""
    for device, palette in PALETTES.items():
        page.emulate_media(color_scheme=device)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", palette)
        yield device


# Not part of its usual run: WCAG 2.2's size of targets, and rules that are on trial.
AXE_RULES = ("target-size", "label-content-name-mismatch", "p-as-heading", "table-fake-caption", "td-has-header")
# The only complaints that are let pass: each by its beginning, with the reason.
LET_PASS = (
    # ARIA gives labels no role. Those of the theme open the drawer, the search and the levels of the navigation:
    # without scripts they must be labels, with them buttons are what they are (overrides/assets/site/drawer.js).
    "minor aria-allowed-role: <label",
)


# Nothing lies under the header at the top of the page, nor is anything laid out only once it comes into view.
LAID_OUT = """() => {
    scrollTo(0, 0);
    const all = new CSSStyleSheet();
    all.replaceSync("* { content-visibility: visible !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, all];
}"""


def problems(page: Page) -> list[str]:
    """Return what axe-core complains of, whatever its impact, each with that."""
    page.mouse.move(0, 0)  # where it hovers as little as may be
    page.evaluate(LAID_OUT)
    if not page.evaluate("Boolean(window.axe)"):
        # As the tools of the browser do it: a script of another place would be stopped by the page's policy.
        page.evaluate((PROJECT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate(
        """rules => axe.run(document, {
            resultTypes: ["violations"], rules: Object.fromEntries(rules.map(rule => [rule, { enabled: true }])),
        }).then(({ violations }) => violations)""",
        list(AXE_RULES),
    )
    found = [
        f"{violation['impact']} {violation['id']}: {node['html'][:200]} {node['failureSummary']} {_beside(node)}"
        for violation in violations
        for node in violation["nodes"]
    ]
    return [text for text in found if not text.startswith(LET_PASS)]


def _beside(node: dict[str, Any]) -> list[str]:
    """Return what axe-core names beside an element that it complains of."""
    return [other["html"][:100] for check in node["any"] for other in check["relatedNodes"]]
