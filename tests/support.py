"""What the fixtures of `conftest.py` are made of."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

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


def executable(name: str) -> str:
    """Return a program of the virtual environment, or else the system's. Raises if there is none."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        raise FileNotFoundError(f"{name} is neither in {Path(sys.executable).parent} nor in PATH")
    return found


def chromium() -> str:
    """Return the browser's path: `CHROMIUM`, or what tools/set_up_chromium.sh looks for. Raises if there is none."""
    chosen = os.environ.get("CHROMIUM")
    names = [chosen] if chosen else ["chromium", "chromium-browser", "google-chrome"]
    for name in names:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(f"no browser: {', '.join(names)}; `make test` installs one where it can")


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
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A failed request is written down where it is answered, with its address.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
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


def serious_problems(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical."""
    page.add_script_tag(path=PROJECT / "node_modules/axe-core/axe.min.js")
    violations = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in violations
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
