"""Visits of one page by a real Chromium, each with what it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.benchmarks.served import NEXT_PAGE, OUR_PAGE, CountingServer
from tests.support import CHROMIUM_SWITCHES, chromium, wait_for_instant_navigation

NAN = float("nan")
_PROBE = Path(__file__).with_name("probe.js")
# A small laptop's; the calculator is near enough to start when the page opens.
_VIEWPORT = {"width": 1280, "height": 900}
# A browser that has just started does much else; a reader's has been up for a while.
_SETTLE_SECONDS = 1.5
# What follows the first result in the main thread has happened by then, and the yardstick's caches are written.
_AFTERWARDS_SECONDS = 2.5
_DISK_SECONDS = 30
CACHE = "playbook-runtime"
# The large files; archives are kept beside them.
_KEPT = f"""() => caches.open('{CACHE}').then(cache => cache.keys())
    .then(keys => ['interpreter', 'snapshot'].every(name => keys.some(({{ url }}) => url.includes(name))))"""

# In the place of the calculators' worker, one that never answers: everything the page does, without the boot.
_SILENT_WORKER = """
    delete window.SharedWorker;
    const RealWorker = window.Worker;
    class SilentWorker extends EventTarget { postMessage() {} terminate() {} }
    window.Worker = function (address, options) {
        return String(address).includes("calculator_worker") ? new SilentWorker() : new RealWorker(address, options);
    };
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of more than 50 ms in the main thread; times in milliseconds since the navigation."""

    start: float
    duration: float
    scripts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit; times in milliseconds since the navigation, bytes by address."""

    started: float
    text: float
    """When the first paragraph was drawn."""
    progress: float
    """When it was first shown how many bytes are there; not a number where the result came before."""
    result: float
    next_result: float
    """Of the next page, loaded in full in the same browser; a peer's next page is its only one."""
    clicked_result: float
    """Of the next page, by a click on a link to it, since then; not a number for peers."""
    sent: dict[str, int]
    sent_afterwards: int
    tasks: list[Task]

    @property
    def bytes(self) -> int:
        """What the server sent until the first result."""
        return sum(self.sent.values())


@contextmanager
def browser(playwright: Playwright, profile: Path) -> Iterator[BrowserContext]:
    """Start a browser with a profile; its pages write down what `probe.js` says."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=chromium(),
        args=list(CHROMIUM_SWITCHES),
        viewport=_VIEWPORT,  # type: ignore[arg-type]  # a typed dictionary there
    )
    context.set_default_timeout(180_000)
    context.add_init_script(path=_PROBE)
    try:
        yield context
    finally:
        context.close()


def visit(
    playwright: Playwright,
    profile: Path,
    server: CountingServer,
    path: str,
    *,
    is_warm: bool,
    is_left_soon: bool = False,
) -> Visit:
    """Open a page in a newly started browser with this profile, wait for its result and then, if not left, go on.

    Raises RuntimeError if the calculator fails or anything complains, or if a warm visit of ours finds nothing kept:
    a snapshot that could not be restored, or an empty cache, would otherwise be measured as if it were not so.
    """
    with browser(playwright, profile) as context:
        page = _settled_page(context)
        complaints: list[str] = []
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
        )
        server.forget()
        page.goto(server.address + path, wait_until="commit")
        state = page.evaluate("playbookProbe.settled")
        sent = dict(server.sent)
        # The worker keeps its files only a good while after the result, so these are of the visit before.
        if is_warm and _is_ours(page) and not page.evaluate(_KEPT):
            complaints.append("nothing was kept by the visit before")
        if state != "ready" or complaints:
            raise RuntimeError(f"{path} is {state}: {'; '.join(complaints)}")
        if not is_left_soon:
            _wait_for_caches(page, profile)
        sent_afterwards = server.sent.total() - sum(sent.values())
        probe = page.evaluate("playbookProbe")
        clicked_result = next_result = NAN
        if not is_left_soon:
            is_whole = path == OUR_PAGE
            clicked_result = _follow(page) if is_whole else NAN
            next_result = _load(page, server.address + (NEXT_PAGE if is_whole else path))
    return Visit(
        started=probe["started"] or 0.0,
        text=_time(probe["text"]),
        progress=_time(probe["progress"]),
        result=probe["ready"],
        next_result=next_result,
        clicked_result=clicked_result,
        sent=sent,
        sent_afterwards=sent_afterwards,
        tasks=_tasks(probe),
    )


def _time(value: float | None) -> float:
    return NAN if value is None else value


def _follow(page: Page) -> float:
    """Follow the link to the next page, as most readers do, and return when it showed a result, since the click."""
    wait_for_instant_navigation(page)
    return float(page.evaluate("path => playbookProbe.follow(path)", NEXT_PAGE))


def _load(page: Page, address: str) -> float:
    """Leave the page, load another, and return when that showed a result, in milliseconds since its navigation."""
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.evaluate("playbookProbe.settled")
    return float(page.evaluate("playbookProbe.ready"))


def first_text(playwright: Playwright, profile: Path, server: CountingServer, path: str) -> float:
    """Open a page in a new profile, and return when its first paragraph was drawn."""
    with browser(playwright, profile) as context:
        page = _settled_page(context)
        page.goto(server.address + path, wait_until="commit")
        return float(page.wait_for_function("() => playbookProbe.text").json_value())


def visit_without_boot(playwright: Playwright, profile: Path, server: CountingServer, path: str) -> Visit:
    """Open a page whose calculators never hear from their worker, for what the page does by itself."""
    with browser(playwright, profile) as context:
        context.add_init_script(_SILENT_WORKER)
        page = _settled_page(context)
        server.forget()
        page.goto(server.address + path, wait_until="load")
        page.wait_for_function("() => playbookProbe.started !== null")
        time.sleep(_AFTERWARDS_SECONDS)
        probe = page.evaluate("playbookProbe")
    return Visit(
        started=probe["started"],
        text=_time(probe["text"]),
        progress=NAN,
        result=NAN,
        next_result=NAN,
        clicked_result=NAN,
        sent=dict(server.sent),
        sent_afterwards=0,
        tasks=_tasks(probe),
    )


def _settled_page(context: BrowserContext) -> Page:
    page = context.pages[0]
    time.sleep(_SETTLE_SECONDS)
    return page


def _is_ours(page: Page) -> bool:
    return page.locator("playbook-calculator").count() > 0


def _wait_for_caches(page: Page, profile: Path) -> None:
    """Wait until what the first visit keeps is on disk, not only in the browser's memory."""
    time.sleep(_AFTERWARDS_SECONDS)
    if _is_ours(page):
        page.wait_for_function(_KEPT)
        deadline = time.monotonic() + _DISK_SECONDS
        # Chromium writes the list of caches seconds after the caches; closed before, it forgets them.
        while not any(CACHE.encode() in index.read_bytes() for index in profile.glob("**/CacheStorage/*/index.txt")):
            if time.monotonic() > deadline:
                raise RuntimeError(f"{CACHE} was not written to {profile}")
            time.sleep(0.1)


def _tasks(probe: dict[str, Any]) -> list[Task]:
    return [
        Task(start=task["start"], duration=task["duration"], scripts=_scripts_within(task, probe["frames"]))
        for task in probe["tasks"]
    ]


def _scripts_within(task: dict[str, float], frames: list[dict[str, Any]]) -> str:
    """Say which files' scripts ran longest in the frames that overlap a task; the rest is style and layout."""
    end = task["start"] + task["duration"]
    scripts = [
        (script["duration"], script["address"].rpartition("/")[2] or "page")
        for frame in frames
        if frame["start"] < end and frame["start"] + frame["duration"] > task["start"]
        for script in frame["scripts"]
    ]
    return ", ".join(f"{name} {duration:.0f} ms" for duration, name in sorted(scripts, reverse=True)[:3])
