"""Where Python cannot be had, dies or hangs, it heals by itself, or the page says why and what still works."""

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from calculators.core.words.catalogue import LANGUAGES
from tests.browser.test_calculator import output, path_of, ready, wait_until_kept
from tests.support import PROJECT, OpenPage, SharedProfile, built_with, rewritten, wait_until, with_module
from tools.pages.assets import BUNDLES, Manifest
from tools.serve import SiteServer

EXAMPLE = "2,777.78"
FIRST_WORKER = 'if (self.name === "python-0") { %s }\n'
NO_WORKERS = {
    "both throw": "window.Worker = window.SharedWorker = class { constructor() { throw new Error() } }",
    "there is none": "delete window.Worker; delete window.SharedWorker",
    "no WebAssembly": "delete window.WebAssembly",
}
NO_SHARED_WORKERS = {
    "it throws": "window.SharedWorker = class { constructor() { throw new Error() } }",
    "it is refused": """window.SharedWorker = class extends EventTarget {
        port = new MessageChannel().port1;
        constructor() { super(); setTimeout(() => this.onerror?.(new Event("error"))); }
    }""",
}
# What the first worker does, before or after its own script.
DYING = {
    "it loops when it starts": ("for (;;);", ""),
    "it is deaf": ("self.onmessage = () => {}; throw new Promise(() => {});", ""),
    "it answers the first question only": ("", "hear(2, () => close());"),
    "it loops at the second question": ("", "hear(2, () => { for (;;); });"),
    "it swallows the second question": ("", "hear(2, (event) => event.stopImmediatePropagation());"),
}
# Milliseconds that pass for a second of the page's clock while Python starts.
QUARTER_OF_A_SECOND = 250
HEAR = """const hear = (number, act) => {
    let heard = 0;
    addEventListener("message", (event) => { if (++heard === number) act(event); });
};"""

# As if the answer to 77 called a function that the interpreter is without.
CUT_AT_77 = """addEventListener("message", (event) => {
    const { number, inputs } = JSON.parse(event.data);
    if (inputs?.won !== "77" || self.name.includes("-whole")) return;
    event.stopImmediatePropagation();
    postMessage(JSON.stringify({ state: "failed", kind: "cut", number }));
    close();
});
"""
# As if the answer to 77 took for ever.
RUNS_AT_77 = """addEventListener("message", (event) => {
    if (JSON.parse(event.data).inputs?.won !== "77") return;
    postMessage(JSON.stringify({ state: "computing" }));
    for (;;);
});
"""
# As if a tool took for ever.
RUNS_AT_TOOL = """addEventListener("message", (event) => {
    if (JSON.parse(event.data).ask !== "%s") return;
    postMessage(JSON.stringify({ state: "computing" }));
    for (;;);
});
"""
# What the machine does not give any more: a new WebAssembly, or room for one. So Chromium, Firefox and WebKit say it.
NO_MEMORY = {
    "none for Python": """WebAssembly.Memory = class {
        constructor() { throw new RangeError("WebAssembly.Memory(): could not allocate memory"); }
    };""",
    "none to make one": """WebAssembly.instantiate = async () => {
        throw new RangeError("WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance");
    };""",
    "none for a file": """Response.prototype.arrayBuffer = async () => {
        throw new RangeError("Array buffer allocation failed");
    };""",
}
# As if there were none left for one number.
COMPUTING = "def compute(inputs: Inputs) -> Outputs:"
FULL_AT_77 = f"""def compute(inputs):
    if inputs.won == 77:
        raise MemoryError
    return computed(inputs)


{COMPUTING.replace("compute", "computed")}"""
KEPT_FILES = "caches.open('playbook-runtime').then(cache => cache.keys()).then(keys => keys.map(({url}) => url).sort())"


def said(calculator: Locator, kind: str) -> Locator:
    """Return the sentence about a failure of a kind."""
    return calculator.locator(f"[data-message=failed] p[data-failure={kind}]")


def missing(route: Route) -> None:
    """Answer as after a new release."""
    route.fulfill(status=404, body="Not found")


def failing(route: Route) -> None:
    """Answer as a host in trouble."""
    route.fulfill(status=500, body="Trouble")


def broken(route: Route) -> None:
    """Answer as without a network."""
    route.abort()


def hanging(route: Route) -> None:
    """Never answer."""


def pass_time(page: Page, calculator: Locator, state: str, seconds: int) -> None:
    """Let the page's clock run until a state is reached. Raises when it is not within `seconds`.

    Python's start is not hurried by that clock, so the page must not run out of patience with it on a busy machine.
    """
    for _ in range(seconds):
        if calculator.get_attribute("data-state") == state:
            return
        page.clock.run_for(1000)
        if state == "ready":
            page.wait_for_timeout(QUARTER_OF_A_SECOND)
        page.evaluate(
            """new Promise(resolve => {
                const {port1, port2} = new MessageChannel();
                port1.onmessage = resolve;
                port2.postMessage(0);
            })"""
        )
    expect(calculator).to_have_attribute("data-state", state)


@pytest.mark.parametrize(
    ("how", "language"),
    [("both throw", "ko"), ("there is none", "el"), ("no WebAssembly", "ja"), ("no WebAssembly", "en")],
)
def test_where_nothing_can_run_the_page_says_what_still_works(
    plain_page: Page, server: SiteServer, how: str, language: str
) -> None:
    """The example stays, and no button is offered that cannot help."""
    plain_page.context.add_init_script(NO_WORKERS[how])
    plain_page.goto(server.address + path_of("sales-velocity", language))
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()

    expect(said(calculator, "unsupported")).to_be_visible()
    expect(calculator.locator("[data-message=failed] button:visible")).to_have_count(0)
    expect(output(calculator, "revenue_per_day")).to_have_attribute("data-value", "2777.777777777778")


@pytest.mark.parametrize("how", NO_SHARED_WORKERS)
def test_without_a_shared_worker_the_page_has_its_own(plain_page: Page, server: SiteServer, how: str) -> None:
    """A browser that has shared workers but refuses one is not a browser without a calculator."""
    plain_page.context.add_init_script(NO_SHARED_WORKERS[how])
    plain_page.goto(server.address + path_of("sales-velocity"))

    ready(plain_page).locator("[name=opportunities]").fill("80")
    expect(output(plain_page.locator("playbook-calculator"), "revenue_per_day")).to_have_text("5,555.56")


@pytest.mark.parametrize("how", DYING)
def test_a_worker_that_dies_or_hangs_is_replaced(plain_page: Page, server: SiteServer, how: str) -> None:
    """The reader does nothing, sees no answer to another question, and gets the answer from the next worker."""
    before, after = DYING[how]
    handler = rewritten(lambda script: FIRST_WORKER % before + HEAR + FIRST_WORKER % after + script)
    plain_page.context.route("**/calculator_worker*", handler)
    plain_page.clock.install()
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()

    pass_time(plain_page, calculator, "ready", 60)
    calculator.locator("[name=opportunities]").fill("80")
    plain_page.clock.run_for(3000)
    expect(output(calculator, "revenue_per_day")).not_to_have_text(EXAMPLE)
    pass_time(plain_page, calculator, "ready", 60)
    expect(output(calculator, "revenue_per_day")).to_have_text("5,555.56")
    expect(calculator.locator("[data-message=failed]")).to_be_hidden()


def test_a_killed_shared_worker_is_replaced(
    browser: Browser, open_page: OpenPage, shared_profile: SharedProfile
) -> None:
    """Its process is gone without a word, and the next number is answered by another worker under another name."""
    devtools = browser.new_browser_cdp_session()

    def time_used() -> dict[int, int]:
        """Return by renderer how long it has computed."""
        found = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
        ids = [process["id"] for process in found if process["type"] == "renderer"]
        return {
            process: int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11]) for process in ids
        }

    def names() -> list[str]:
        found = devtools.send("Target.getTargets", {"filter": [{"type": "shared_worker"}]})["targetInfos"]
        return [target["title"] for target in found]

    # The worker lives in the process of the page that started it; the page looked at has its own.
    first = open_page(path_of("sales-velocity"), fresh=True)
    ready(first)
    page = first.context.new_page()
    page.goto(first.url)
    calculator = ready(page)
    before = time_used()
    page.evaluate("{ const end = Date.now() + 1000; while (Date.now() < end); }")
    used = {process: time - before.get(process, 0) for process, time in time_used().items()}
    of_page = max(used, key=lambda process: used[process])
    for process in used.keys() - {of_page}:
        os.kill(process, signal.SIGKILL)
    shared_profile.renew()  # its process was among them

    calculator.locator("[name=opportunities]").fill("80")
    expect(output(calculator, "revenue_per_day")).to_have_text("5,555.56", timeout=20_000)
    assert "python-1" in names()


@pytest.mark.parametrize("file", ["interpreter-", "snapshot-", "group-metrics-"])
@pytest.mark.parametrize(
    "body",
    [
        "''",
        "'garbage'",
        "new Uint8Array(9_000_000)",
        "'<!doctype html>', {headers: {'Content-Type': 'text/html'}}",
        "new Uint8Array([0x50, 0x4B, 5, 6, ...Array(18).fill(0)])",  # an archive, of nothing
    ],
)
def test_a_bad_kept_file_is_replaced(plain_page: Page, server: SiteServer, file: str, body: str) -> None:
    """Empty, cut off or something else: it is fetched again, and the visit after that finds it whole."""
    plain_page.goto(server.address + path_of("sales-velocity"))
    ready(plain_page)
    wait_until_kept(plain_page)
    spoil = f"""async () => {{
        const cache = await caches.open("playbook-runtime");
        const [request] = (await cache.keys()).filter(({{url}}) => url.includes("/{file}"));
        const size = (await (await cache.match(request)).blob()).size;
        await cache.put(request, new Response({body}));
        return size;
    }}"""
    size = plain_page.evaluate(spoil)

    plain_page.reload()
    ready(plain_page).locator("[name=opportunities]").fill("80")
    expect(output(plain_page.locator("playbook-calculator"), "revenue_per_day")).to_have_text("5,555.56")
    plain_page.wait_for_function(
        """async ([file, size]) => {
            const cache = await caches.open("playbook-runtime");
            const found = (await cache.keys()).find(({url}) => url.includes("/" + file));
            return Boolean(found) && (await (await cache.match(found)).blob()).size === size;
        }""",
        arg=[file, size],
    )


def test_a_kept_interpreter_that_is_another_one_is_replaced(plain_page: Page, server: SiteServer) -> None:
    """It starts, and nothing says that it is not of this release; the visit after that has the right one."""
    plain_page.goto(server.address + path_of("sales-velocity"))
    ready(plain_page)
    wait_until_kept(plain_page)
    spoil = """async () => {
        const cache = await caches.open("playbook-runtime");
        const [request] = (await cache.keys()).filter(({url}) => url.includes("/interpreter-"));
        const right = new Uint8Array(await (await cache.match(request)).arrayBuffer());
        const section = [0, 2, 1, 97];  // a section that says nothing
        const headers = {"Content-Type": "application/wasm"};
        await cache.put(request, new Response(new Blob([right, new Uint8Array(section)]), {headers}));
        return right.length;
    }"""
    size = plain_page.evaluate(spoil)

    plain_page.reload()
    ready(plain_page)
    wait_until(
        plain_page,
        """async size => {
            const cache = await caches.open("playbook-runtime");
            const [request] = (await cache.keys()).filter(({url}) => url.includes("/interpreter-"));
            return (await (await cache.match(request)).blob()).size === size;
        }""",
        size,
    )


def another(name: str) -> bytes:
    """Return a file of the runtime that decodes, and is no file of this name."""
    kind = {"interpreter": "snapshot", "snapshot": "interpreter"}.get(name, "group-planning")
    return (BUNDLES / Manifest.read().files[f"{kind}.bin"]).read_bytes()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("interpreter", "another"),
        ("interpreter", "half"),
        ("group-metrics", "another"),
        ("group-metrics", "half"),
        ("words-ko", "another"),
        ("words-ko", "half"),
        ("words-metrics-ko", "another"),
    ],
)
def test_a_file_that_comes_wrong_is_not_computed_with(
    plain_page: Page, server: SiteServer, name: str, body: str
) -> None:
    """Cut off, or another one of the same form: the site is to blame, not the numbers, and trying again helps."""

    def serve(route: Route) -> None:
        right = route.fetch().body()
        route.fulfill(body=another(name) if body == "another" else right[: len(right) // 2])

    address = f"**/{name}-*.bin"
    plain_page.context.route(address, serve)
    plain_page.goto(server.address + path_of("win-rate", "ko"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.locator("[name=won]").fill("44")

    expect(said(calculator, "broken")).to_be_visible()
    expect(calculator.locator("[data-error]:visible")).to_have_count(0)
    plain_page.context.unroute(address)
    calculator.locator("[data-control=retry]").click()
    expect(output(calculator, "win_rate")).to_have_text("44%")
    expect(calculator.locator("[name=won]")).to_have_value("44")


def test_with_a_wrong_snapshot_python_starts_without_one(plain_page: Page, server: SiteServer) -> None:
    """Slower, and nobody has to do anything."""
    plain_page.context.route("**/snapshot-*.bin", lambda route: route.fulfill(body=another("snapshot")))
    plain_page.goto(server.address + path_of("win-rate"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.locator("[name=won]").fill("44")
    expect(output(calculator, "win_rate")).to_have_text("44%")


def test_a_download_that_came_wrong_is_asked_for_once_more(plain_page: Page, server: SiteServer) -> None:
    """Past the browser's own cache, which may have kept it; nobody has to do anything."""
    asked: list[str] = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(body=b"")
        else:
            route.continue_()

    plain_page.context.route("**/group-metrics-*.bin", serve)
    plain_page.goto(server.address + path_of("win-rate"))
    ready(plain_page)
    assert len(asked) == 2


STOPS = """{
    const { fetch } = self;
    self.fetch = async (address, ...rest) => {
        const response = await fetch(address, ...rest);
        if (!String(address).includes("/interpreter-")) return response;
        const part = (await response.arrayBuffer()).slice(0, 100_000);
        return new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(part)) }), response);
    };
}"""


@pytest.mark.parametrize(
    "what", ["calculator_worker", "python-", "interpreter-", "snapshot-", "group-metrics-", "stops in the middle"]
)
def test_a_hung_download_is_given_up_with_a_sentence(plain_page: Page, server: SiteServer, what: str) -> None:
    """Nothing comes, or nothing more: the page says so, and trying again works once the line does."""
    stops = what == "stops in the middle"
    address = "**/calculator_worker*" if stops else f"**/{what}*"
    plain_page.context.route(address, rewritten(lambda script: STOPS + script) if stops else hanging)
    plain_page.clock.install()
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()

    pass_time(plain_page, calculator, "failed", 100)
    expect(calculator.locator("[data-message=failed] p:visible").first).to_be_visible()
    expect(output(calculator, "revenue_per_day")).to_have_text(EXAMPLE)
    plain_page.context.unroute(address)
    calculator.locator("[data-control=retry]").click()
    pass_time(plain_page, calculator, "ready", 30)


@pytest.mark.parametrize("what", ["calculator_worker*", "python-*", "interpreter-*", "group-metrics-*"])
@pytest.mark.parametrize(("fault", "kind"), [(missing, "gone"), (broken, "offline")])
def test_a_file_that_is_gone_is_told_from_a_network_that_is(
    plain_page: Page, server: SiteServer, what: str, fault: Callable[[Route], None], kind: str
) -> None:
    """After a new release the page offers to be loaded again; without a network, to try again."""
    plain_page.context.route(f"**/{what}", fault)
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()

    expect(said(calculator, kind)).to_be_visible()
    buttons = calculator.locator("[data-message=failed] button:visible")
    expect(buttons).to_have_count(1)
    plain_page.context.unroute(f"**/{what}")
    if kind == "offline":
        buttons.click()
    else:
        with plain_page.expect_event("load"):
            buttons.click()
    ready(plain_page)


def test_the_calculator_comes_back_with_the_network(plain_page: Page, server: SiteServer) -> None:
    """Nobody has to press a button for that."""
    plain_page.context.route("**/interpreter-*.bin", broken)
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.scroll_into_view_if_needed()
    expect(calculator).to_have_attribute("data-state", "failed")

    plain_page.context.unroute("**/interpreter-*.bin")
    plain_page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(calculator).to_have_attribute("data-state", "ready")


@pytest.mark.parametrize(("fault", "kind"), [(broken, "offline"), (failing, "broken"), (missing, "gone")])
def test_a_question_that_needs_more_than_can_be_had_is_refused_alone(
    plain_page: Page, server: SiteServer, fault: Callable[[Route], None], kind: str
) -> None:
    """What is kept stays, the rest is asked for twice at most, and the next number is answered without the network."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        fault(route)

    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: CUT_AT_77 + script))
    plain_page.context.route("**/rest-*.bin", refuse)
    plain_page.goto(server.address + path_of("win-rate"))
    calculator = ready(plain_page)
    wait_until_kept(plain_page)
    before = plain_page.evaluate(KEPT_FILES)
    calculator.locator("[name=won]").fill("77")

    expect(said(calculator, kind)).to_be_visible()
    assert 1 <= len(asked) <= 2
    assert plain_page.evaluate(KEPT_FILES) == before
    expect(calculator.locator("[name=won]")).to_have_value("77")
    plain_page.context.route("**/*.bin", broken)
    calculator.locator("[name=won]").fill("56")
    expect(output(calculator, "win_rate")).to_have_text("50%")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_long_run_can_be_stopped(plain_page: Page, server: SiteServer, language: str) -> None:
    """After two seconds; what is typed stays, and the next number is answered by another worker."""
    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: RUNS_AT_77 + script))
    plain_page.goto(server.address + path_of("win-rate", language))
    calculator = ready(plain_page)
    stop = calculator.locator("[data-control=stop]")
    calculator.locator("[name=won]").fill("44")
    expect(output(calculator, "win_rate")).to_have_attribute("data-value", "0.44")
    expect(stop).to_be_hidden()

    calculator.locator("[name=won]").fill("77")
    stop.click()
    expect(said(calculator, "stopped")).to_be_visible()
    expect(stop).to_be_hidden()
    expect(calculator.locator("[name=won]")).to_have_value("77")
    expect(output(calculator, "win_rate")).not_to_have_attribute("data-value", re.compile("."))
    calculator.locator("[data-control=retry]").click()
    stop.click()
    calculator.locator("[name=won]").fill("44")
    expect(output(calculator, "win_rate")).to_have_attribute("data-value", "0.44")
    expect(calculator.locator("[data-failure]:visible")).to_have_count(0)


@pytest.mark.parametrize("tool", ["solve", "sensitivity", "compare"])
def test_a_long_run_of_a_tool_can_be_stopped_in_it(plain_page: Page, server: SiteServer, tool: str) -> None:
    """There the reader looks; the result stays, and the tool and the calculator go on with the next number."""
    asked = "keep" if tool == "compare" else tool
    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: RUNS_AT_TOOL % asked + script))
    plain_page.goto(server.address + path_of("sales-velocity"))
    calculator = ready(plain_page)
    panel = calculator.locator(f"[data-tool={tool}]")
    panel.locator("summary").click()
    if tool == "solve":
        panel.locator("[data-part=target]").fill("4000")
    elif tool == "compare":
        panel.locator("[data-do=keep]").click()

    panel.locator("[data-remedy=stop]").click()
    expect(panel.locator("p[data-failure=stopped]")).to_be_visible()
    expect(panel.locator("[data-remedy=stop]")).to_be_hidden()
    expect(panel.locator("[aria-busy]")).to_have_count(0)
    expect(output(calculator, "revenue_per_day")).to_have_text(EXAMPLE)
    if tool == "solve":
        panel.locator("[data-part=target]").fill("")
    elif tool == "sensitivity":
        panel.locator("summary").click()
    calculator.locator("[name=cycle_days]").fill("45")
    expect(output(calculator, "revenue_per_day")).to_have_text("5,555.56")


def test_a_link_that_takes_long_can_be_stopped_and_is_not_opened_again(plain_page: Page, server: SiteServer) -> None:
    """Until it is read nothing can be typed that it would write over; then the example is there to be changed."""
    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: RUNS_AT_TOOL % "open" + script))
    plain_page.goto(server.address + path_of("win-rate") + "#win-rate?won=5")
    calculator = plain_page.locator("playbook-calculator")
    fields = calculator.locator(".calculator__fields").first
    expect(fields).to_have_attribute("inert", "")

    calculator.locator("[data-control=stop]").click()
    expect(said(calculator, "stopped")).to_be_visible()
    expect(calculator.locator("[data-part=opened]")).to_be_visible()
    expect(fields).not_to_have_attribute("inert", "")
    calculator.locator("[name=won]").fill("44")
    expect(output(calculator, "win_rate")).to_have_text("44%")


@pytest.mark.parametrize("what", NO_MEMORY)
def test_without_memory_there_is_a_sentence(plain_page: Page, server: SiteServer, what: str) -> None:
    """Which says what is short and what helps; what is typed stays, and is answered once there is room."""
    plain_page.context.route("**/calculator_worker*", rewritten(lambda script: NO_MEMORY[what] + script))
    plain_page.goto(server.address + path_of("win-rate"))
    calculator = plain_page.locator("playbook-calculator")
    calculator.locator("[name=won]").fill("44")
    expect(said(calculator, "memory")).to_be_visible()
    expect(calculator.locator("[name=won]")).to_have_value("44")

    plain_page.context.unroute("**/calculator_worker*")
    calculator.locator("[data-control=retry]").click()
    expect(output(calculator, "win_rate")).to_have_text("44%")


def test_memory_that_runs_out_is_not_blamed_on_the_number(plain_page: Page, server: SiteServer) -> None:
    """Python raises it in the middle of an answer: the sentence is about the device; the next number is answered."""
    source = (PROJECT / "calculators/metrics/win_rate.py").read_text(encoding="utf-8")
    assert COMPUTING in source
    changed = with_module("group-metrics", "calculators/metrics/win_rate", source.replace(COMPUTING, FULL_AT_77))
    plain_page.context.route("**/group-metrics-*", lambda route: route.fulfill(body=changed))
    plain_page.context.route("**/calculator_worker-*", built_with({"group-metrics": changed}))
    plain_page.goto(server.address + path_of("win-rate"))
    calculator = ready(plain_page)

    calculator.locator("[name=won]").fill("77")
    expect(said(calculator, "memory")).to_be_visible()
    expect(calculator.locator("[data-error]:visible")).to_have_count(0)
    expect(calculator.locator("[name=won]")).to_have_value("77")
    calculator.locator("[name=won]").fill("44")
    expect(output(calculator, "win_rate")).to_have_text("44%")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_when_all_is_well(open_page: OpenPage, language: str) -> None:
    """No sentence about a failure is visible, in the calculator, its chart, its tools or the search."""
    page = open_page(path_of("sales-compensation", language))
    calculator = ready(page)
    for tool in ("solve", "sensitivity", "compare", "share"):
        calculator.locator(f"[data-tool={tool}] > summary").click()
    expect(calculator.locator("[data-tool=share] [data-part=link]")).to_have_value(re.compile("#sales-compensation"))
    expect(page.locator("[data-failure]:visible, [data-part=waiting]:visible")).to_have_count(0)
