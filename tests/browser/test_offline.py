"""Without a network: what was visited or taken along works, and a release is there whole or not at all."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.browser.test_calculator import output, path_of, ready
from tests.browser.test_failures import CUT_AT_77
from tests.offline_host import Host, kept, wait_for_worker, wait_until_kept
from tests.support import BuiltSite, Guard, patient_context, problems, wait_for_instant_navigation, wait_until
from tools.pages.assets import Manifest
from tools.serve import DEFAULT_PREFIX
from tools.texts.playbook_pages import folder_of

WIN_RATE = path_of("win-rate")
VELOCITY = path_of("sales-velocity")
SECOND = "Sentence of the second release."
NEVER_VISITED = "team/motivation/"
ASKED_AT_EVERY_LOAD = {"", "service_worker.js", "sitemap.xml", "search/search_index.json"}


@pytest.fixture
def host(built_site: BuiltSite, tmp_path: Path) -> Iterator[Host]:
    """Serve a copy of the site whose network can be cut."""
    with Host(built_site, tmp_path / "site") as host:
        yield host


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a fresh profile with service workers."""
    context = patient_context(browser, service_workers="allow", viewport={"width": 1280, "height": 1600})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open a page in it."""
    return context.new_page()


def visit(page: Page, host: Host, path: str) -> None:
    """Open a page, and wait until it is kept."""
    page.goto(host.address + path)
    wait_for_worker(page)
    wait_until_kept(page, path)


def wait_until_python_is_kept(page: Page) -> None:
    """Wait until what calculators need besides what has run is kept, too."""
    manifest = Manifest.read()
    names = ("python.js", "charts.js", "calculator_tools.js", "workbook.bin")
    wait_until_kept(page, *(manifest.address(name) for name in names))


def take_along(page: Page, host: Host, language: str) -> None:
    """Take a language along, from its page."""
    page.goto(host.address + folder_of(language) + "about/offline/")
    element = page.locator("playbook-offline")
    element.locator("[data-do=take]:visible").click()
    expect(element).to_have_attribute("data-state", "taken")


def test_what_was_visited_works_without_a_network(page: Page, host: Host) -> None:
    """Pages, instantly and anew, with search, calculator and tools; nothing complains."""
    visit(page, host, WIN_RATE)
    ready(page)
    wait_until_python_is_kept(page)
    page.goto(host.address + VELOCITY)
    wait_until_kept(page, VELOCITY)
    host.is_down = True

    page.goto(host.address + WIN_RATE + "?from=a-mail")
    calculator = ready(page)
    calculator.locator("[name=won]").fill("56")
    expect(output(calculator, "win_rate")).to_have_text("50%")
    calculator.locator("[data-tool=sensitivity] summary").click()
    expect(calculator.locator("[data-tool=sensitivity] [data-part=levers] tbody tr").first).to_be_visible()
    calculator.locator("[data-tool=share] summary").click()
    with page.expect_download() as download:
        calculator.locator("[data-save=workbook], [data-do=workbook]").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.locator("header input[name=query]").click()
    page.keyboard.insert_text("sales velocity")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")

    page.evaluate("window.isSameDocument = true")
    wait_for_instant_navigation(page)
    page.locator(".md-footer__link--next").click()
    expect(page.locator("playbook-calculator[name=sales-velocity]")).to_be_attached()
    assert page.evaluate("window.isSameDocument")
    page.reload()
    expect(output(ready(page), "velocity").or_(page.locator("output").first)).to_be_visible()


def test_what_most_answers_do_not_need_is_kept_too(context: BrowserContext, host: Host) -> None:
    """A question that needs the whole interpreter is answered without a network; so is the next one."""
    context.add_init_script("delete window.SharedWorker")
    (worker,) = host.directory.glob("assets/playbook/calculator_worker-*.js")
    script = worker.read_text("utf-8")
    worker.unlink()  # it is the built site's, too
    worker.write_text(CUT_AT_77 + script, "utf-8")
    host.write_worker()  # what is not as the list says is not kept
    page = context.new_page()
    visit(page, host, WIN_RATE)
    ready(page)
    wait_until_python_is_kept(page)
    wait_until_kept(page, Manifest.read().address("rest.bin"))
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    host.is_down = True

    page.goto(host.address + WIN_RATE + "?")
    calculator = ready(page)
    for won, rate in (("77", "57.9%"), ("56", "50%")):
        calculator.locator("[name=won]").fill(won)
        expect(output(calculator, "win_rate")).to_have_text(rate)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_kept_says_so(page: Page, host: Host, language: str) -> None:
    """In the reader's language, at its own address, with links to what is kept; when the network is back it comes."""
    folder = folder_of(language)
    visit(page, host, folder + WIN_RATE)
    host.is_down = True

    page.goto(host.address + folder + NEVER_VISITED)
    expect(page.locator("h1")).to_have_text(catalogue(language).gettext("No connection"))
    assert page.locator("html").get_attribute("lang") == language
    assert problems(page) == []
    links = page.locator("[data-part=kept-pages] a:visible")
    expect(links).to_have_count(1)
    links.click()
    expect(page).to_have_url(host.address + folder + WIN_RATE)
    expect(page.locator("playbook-calculator")).to_be_attached()

    page.goto(host.address + folder + NEVER_VISITED)
    host.is_down = False
    page.reload()
    expect(page.locator("h1")).not_to_have_text(catalogue(language).gettext("No connection"))


def test_a_language_never_visited_says_so_too(page: Page, host: Host) -> None:
    """In that language; if its page is lost, in another one: never with the browser's bare error."""
    visit(page, host, f"ko/{WIN_RATE}")
    wait_until_kept(page, "503.html")
    host.is_down = True
    page.goto(host.address + WIN_RATE)
    expect(page.locator("h1")).to_have_text("No connection")
    page.evaluate("""async () => {
        const cache = await caches.open("playbook-pages");
        const lost = (await cache.keys()).filter(({ url }) => url.includes("503.html") && !url.includes("/ko/"));
        for (const request of lost) await cache.delete(request);
    }""")
    page.goto(host.address + "el/" + WIN_RATE)
    expect(page.locator("h1")).to_have_text(catalogue("ko").gettext("No connection"))


def test_a_page_is_found_under_its_other_addresses(page: Page, host: Host) -> None:
    """Without its slash, and with the name of its file; what stands behind stays."""
    visit(page, host, WIN_RATE)
    host.is_down = True
    for address in (WIN_RATE.rstrip("/"), WIN_RATE + "index.html"):
        page.goto(f"{host.address}{address}?from=a-mail#a")
        expect(page).to_have_url(f"{host.address}{WIN_RATE}?from=a-mail#a")
        expect(page.locator("playbook-calculator")).to_be_attached()
        page.goto("about:blank")


def test_what_is_kept_wrong_is_fetched_anew(page: Page, host: Host) -> None:
    """Scripts and styles that the store has damaged, or another project of the host: when the page is next opened."""
    visit(page, host, WIN_RATE)
    wait_until_python_is_kept(page)
    page.evaluate("""async () => {
        const cache = await caches.open("playbook-pages");
        for (const { url } of await cache.keys()) {
            const [kind] = /(?<=[.])(js|css)$/.exec(new URL(url).pathname) ?? [];
            if (!kind || url.includes("service_worker.js")) continue;
            const type = kind === "js" ? "text/javascript" : "text/css";
            await cache.put(url, new Response("WRONG(", { headers: { "Content-Type": type } }));
        }
    }""")
    page.goto("about:blank")
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    for is_down in (False, True):
        host.is_down = is_down
        page.goto(host.address + WIN_RATE)
        calculator = ready(page)
        calculator.locator("[name=won]").fill("56")
        expect(output(calculator, "win_rate")).to_have_text("50%")
        page.goto("about:blank")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_language_is_taken_along_and_removed(page: Page, host: Host, language: str) -> None:
    """With its size before; then every page, calculator and the sample work; removed, they are gone."""
    folder = folder_of(language)
    page.goto(host.address + folder + "about/offline/")
    element = page.locator("playbook-offline")
    expect(element).to_have_attribute("data-state", "absent")
    said = element.locator("[data-part=said]").inner_text()
    assert 10 < float(re.findall(r"\d+\.\d", said)[0]) < 25
    assert problems(page) == []
    take_along(page, host, language)
    assert problems(page) == []
    host.is_down = True

    for path in (NEVER_VISITED, VELOCITY, "reference/glossary/"):
        page.goto(host.address + folder + path)
        expect(page.locator("article h1")).not_to_have_text(catalogue(language).gettext("No connection"))
    page.goto(host.address + folder + VELOCITY)
    ready(page)
    page.goto(host.address + folder + "pipeline/analyse/")
    page.locator("playbook-analyser [data-do=sample]").click()
    expect(page.locator("playbook-analyser")).to_have_attribute("data-state", re.compile("shown|ready|read|results"))
    page.goto(host.address + folder + "about/method/")
    page.locator("playbook-answer-key [data-do=run]").click()
    expect(page.locator("playbook-answer-key [data-calculator=win-rate]")).to_contain_text("✓")

    host.is_down = False
    page.goto(host.address + folder + "about/offline/")
    page.locator("[data-do=remove]:visible").click()
    expect(element).to_have_attribute("data-state", "removed")
    assert not [url for url in kept(page) if NEVER_VISITED in url]
    assert page.evaluate("caches.open('playbook-runtime').then(cache => cache.keys()).then(keys => keys.length)") == 0


def test_taking_along_can_be_cancelled_and_goes_on(page: Page, host: Host) -> None:
    """By keyboard; what has arrived is not fetched again."""
    page.goto(host.address + "about/offline/")
    element = page.locator("playbook-offline")
    expect(element).to_have_attribute("data-state", "absent")
    host.failing = {NEVER_VISITED}
    element.locator("[data-do=take]:visible").focus()
    page.keyboard.press("Enter")
    expect(element).to_have_attribute("data-state", "failed")
    host.failing, host.halting = set(), {NEVER_VISITED}  # so that it is not over before it can be cancelled
    element.locator("[data-do=take]:visible").focus()
    page.keyboard.press("Enter")
    cancel = element.locator("[data-do=cancel]")
    expect(cancel).to_be_visible()
    cancel.click()
    expect(element).to_have_attribute("data-state", "partly")
    host.halting = set()
    host.go_on.set()
    before = kept(page)
    assert before

    host.asked.clear()
    element.locator("[data-do=take]:visible").click()
    expect(element).to_have_attribute("data-state", "taken")
    again = {host.address + path for path in host.asked}
    opened = {host.address + path for path in (*ASKED_AT_EVERY_LOAD, "about/offline/")}
    assert not again & {url.partition("?content=")[0] for url in before} - opened


def test_cancel_answers_at_once_and_what_is_there_can_be_removed(page: Page, host: Host) -> None:
    """In the middle of a large file, whose bytes are counted as they come; also after the page was loaded anew."""
    snapshot = Manifest.read().address("snapshot.bin")
    sizes = {path: size for path, _, size in host.release()["files"]}
    host.halting = {snapshot}
    page.goto(host.address + "about/offline/")
    element = page.locator("playbook-offline")
    element.locator("[data-do=take]:visible").click()
    # All the others are there, and some of this one.
    bar = "() => document.querySelector('playbook-offline progress')"
    wait_until(
        page,
        f"size => {{ const {{ value, max }} = ({bar})(); return value > max - size && max > size; }}",
        sizes[snapshot],
    )
    assert page.evaluate(f"({bar})().value < ({bar})().max")
    element.locator("[data-do=cancel]").click()
    expect(element).to_have_attribute("data-state", "partly")
    host.go_on.set()

    page.reload()
    expect(element).to_have_attribute("data-state", "partly")
    assert not [url for url in kept(page) if snapshot in url]
    element.locator("[data-do=remove]:visible").click()
    expect(element).to_have_attribute("data-state", "removed")
    page.reload()
    expect(element).to_have_attribute("data-state", "absent")


def test_a_new_release_is_taken_whole_and_only_what_changed(page: Page, host: Host) -> None:
    """Once it is in use, kept pages are the new ones, and nothing else was fetched."""
    take_along(page, host, "en")
    host.publish({WIN_RATE: SECOND, NEVER_VISITED: SECOND})
    host.asked.clear()
    page.goto(host.address)
    wait_for_release(page, host)
    fetched = {path for path in host.asked if path not in ASKED_AT_EVERY_LOAD}
    assert fetched == {WIN_RATE, NEVER_VISITED}

    host.is_down = True
    for path in (WIN_RATE, NEVER_VISITED):
        page.goto(host.address + path)
        expect(page.get_by_text(SECOND)).to_be_visible()


def wait_for_release(page: Page, host: Host) -> None:
    """Wait until the published release is the one in use."""
    wait_until(
        page,
        """async ([notes, files]) => {
            const noted = await (await caches.open("playbook-pages")).match(notes);
            return JSON.stringify((await noted?.json())?.files) === JSON.stringify(files);
        }""",
        [host.address + "service_worker.js", host.release()["files"]],
    )


def test_a_release_that_breaks_off_is_not_used(page: Page, host: Host) -> None:
    """The host dies in the middle: the one before works whole; when it is back, the new one does."""
    visit(page, host, WIN_RATE)
    page.goto(host.address + VELOCITY)
    wait_until_kept(page, VELOCITY)
    host.publish({WIN_RATE: SECOND, VELOCITY: SECOND}, new_scripts=True)
    # The first page of the new release comes, and no other file of it.
    host.failing = {VELOCITY}
    page.goto(host.address + "about/method/")
    page.evaluate("""async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const coming = registration.installing ?? await registration.update().then(() => registration.installing);
        if (coming?.state !== "installing") return;
        await new Promise((resolve, reject) => {
            coming.addEventListener("statechange", resolve);
            setTimeout(() => reject(new Error("the worker is neither installed nor given up")), 60_000);
        });
    }""")
    host.is_down = True
    for path in (WIN_RATE, VELOCITY):
        page.goto(host.address + path)
        expect(page.get_by_text(SECOND)).to_have_count(0)
        expect(page.locator("playbook-calculator")).to_have_attribute("data-state", re.compile("."))
        assert page.evaluate("window.isSecondRelease") is None

    host.is_down, host.failing = False, set()
    page.goto(host.address + "about/method/")
    wait_for_release(page, host)
    host.is_down = True
    for path in (WIN_RATE, VELOCITY):
        page.goto(host.address + path)
        expect(page.get_by_text(SECOND)).to_be_visible()
        wait_until(page, "async () => window.isSecondRelease === true")


def test_two_tabs_of_two_releases(page: Page, host: Host) -> None:
    """The old tab goes on with its own scripts; the first page of the new release is loaded there as a whole."""
    visit(page, host, WIN_RATE)
    wait_for_instant_navigation(page)
    host.publish({VELOCITY: SECOND}, new_scripts=True)
    other = page.context.new_page()
    other.goto(host.address + VELOCITY)
    wait_for_release(other, host)
    assert other.evaluate("window.isSecondRelease")

    calculator = ready(page)
    calculator.locator("[name=won]").fill("56")
    expect(output(calculator, "win_rate")).to_have_text("50%")
    assert page.evaluate("window.isSecondRelease") is None
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("() => window.isSecondRelease === true")  # in whichever document: it is loaded anew
    expect(page.get_by_text(SECOND)).to_be_visible()


def test_online_the_newest_page_is_shown_at_once(page: Page, host: Host) -> None:
    """Also before the new release is there as a whole."""
    visit(page, host, WIN_RATE)
    host.publish({WIN_RATE: SECOND})
    host.failing = {"service_worker.js"}
    page.goto("about:blank")
    page.goto(host.address + WIN_RATE + "?")
    page.reload()
    expect(page.get_by_text(SECOND)).to_be_visible()


def test_what_is_typed_is_not_kept(page: Page, host: Host) -> None:
    """Neither in the addresses of what is kept, nor in the pages."""
    visit(page, host, WIN_RATE)
    page.goto(host.address + WIN_RATE + "?owner=secret#won=77")
    ready(page).locator("[name=won]").fill("78")
    wait_until_python_is_kept(page)
    page.goto(host.address + "pipeline/analyse/?owner=secret")
    wait_until_kept(page, "pipeline/analyse/")
    listed = {path for path, *_ in host.release()["files"]}
    for url in kept(page):
        path, _, query = url.partition("?")
        assert path.removeprefix(host.address) in listed
        assert re.fullmatch(r"(content=[0-9a-f]{12})?", query), url


@pytest.mark.parametrize(
    "missing",
    [
        "delete Navigator.prototype.serviceWorker",
        "navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'))",
    ],
)
def test_without_service_workers_nothing_is_missing(context: BrowserContext, host: Host, missing: str) -> None:
    """Where there are none, or storage is switched off: the page says so where it matters, and nothing complains."""
    context.add_init_script(missing)
    page = context.new_page()
    guard = Guard(host.address, missing_pages_allowed=False)
    guard.watch(page)
    page.goto(host.address + WIN_RATE)
    ready(page)
    page.goto(host.address + "about/offline/")
    expect(page.locator("playbook-offline")).to_have_attribute("data-state", "unsupported")
    expect(page.locator("playbook-offline button:visible")).to_have_count(0)
    assert guard.complaints == []


@pytest.mark.parametrize(
    "fault",
    [
        "Cache.prototype.put = async () => { throw new DOMException('no', 'QuotaExceededError'); };",
        "CacheStorage.prototype.open = async () => { throw new DOMException('no', 'SecurityError'); };",
        "(((",
    ],
)
def test_a_service_worker_that_cannot_be_brought_is_not_waited_for(page: Page, host: Host, fault: str) -> None:
    """The page does not look for ever: it says that nothing can be kept, and why."""
    worker = host.directory / "service_worker.js"
    worker.write_text(fault + worker.read_text(encoding="utf-8"), encoding="utf-8")
    page.goto(host.address + "about/offline/")
    element = page.locator("playbook-offline")
    expect(element).to_have_attribute("data-state", "unsupported")
    expect(element.locator("button:visible")).to_have_count(0)


def test_while_the_service_worker_is_on_its_way_the_page_says_that_it_looks(page: Page, host: Host) -> None:
    """Not that nothing can be kept, which is said where that is so."""
    page.add_init_script("""navigator.serviceWorker.register = new Proxy(navigator.serviceWorker.register, {
        apply: (register, target, given) => new Promise(resolve => { window.goOn = resolve; })
            .then(() => Reflect.apply(register, target, given)),
    });""")
    page.goto(host.address + "about/offline/")
    element = page.locator("playbook-offline")
    expect(element).to_have_attribute("data-state", "checking")
    page.wait_for_function("() => window.goOn")
    page.evaluate("() => window.goOn()")
    expect(element).to_have_attribute("data-state", "absent")


# As if the browser ended it whenever it is asked for a file; nothing can be removed either.
SILENT = """addEventListener("message", (event) => {
    if (event.data.take) event.stopImmediatePropagation();
});
Cache.prototype.delete = async () => { throw new Error("no"); };
"""


def test_a_service_worker_that_is_ended_in_the_middle_is_not_waited_for(page: Page, host: Host) -> None:
    """A browser may end it at any time, and nobody says so: what is there still is said, and can be tried again."""
    worker = host.directory / "service_worker.js"
    worker.write_text(SILENT + worker.read_text(encoding="utf-8"), encoding="utf-8")
    guard = Guard(host.address, missing_pages_allowed=False)
    guard.watch(page)
    page.goto(host.address + "about/offline/")
    element = page.locator("playbook-offline")
    expect(element).to_have_attribute("data-state", "absent")
    page.clock.install()
    element.locator("[data-do=take]:visible").click()
    expect(element).to_have_attribute("data-state", "taking")
    for _ in range(40):
        page.clock.run_for(1000)
    expect(element).to_have_attribute("data-state", "failed")

    element.locator("[data-do=remove]").click()
    expect(element).to_have_attribute("data-state", "partly")
    expect(element.locator("[data-do=take]:visible")).to_have_count(1)
    assert guard.complaints == []


def test_a_full_device_says_so(page: Page, host: Host) -> None:
    """Before anything is lost: pages are read and calculated as before."""
    page.goto(host.address + "about/offline/")
    element = page.locator("playbook-offline")
    expect(element).to_have_attribute("data-state", "absent")
    devtools = page.context.new_cdp_session(page)
    devtools.send(
        "Storage.overrideQuotaForOrigin", {"origin": host.address.removesuffix(DEFAULT_PREFIX), "quotaSize": 3_000_000}
    )
    element.locator("[data-do=take]:visible").click()
    expect(element).to_have_attribute("data-state", "full")
    page.goto(host.address + WIN_RATE)
    calculator = ready(page)
    calculator.locator("[name=won]").fill("56")
    expect(output(calculator, "win_rate")).to_have_text("50%")


def test_an_edition_without_one_removes_it(page: Page, host: Host) -> None:
    """At the next visit, with what it kept."""
    visit(page, host, WIN_RATE)
    host.write_worker(is_wanted=False)
    page.goto(host.address + VELOCITY)
    wait_until(page, "async () => !(await navigator.serviceWorker.getRegistration())")
    wait_until(page, "async () => !(await caches.has('playbook-pages'))")
    page.goto(host.address + WIN_RATE)
    ready(page)
