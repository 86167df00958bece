"""Everything can be read and every control seen, in rest, hovered, focused, pressed and disabled, in every palette.

Controls are not listed here: they are whatever of the built pages takes the focus or the hand pointer. States are
forced through the developer tools, so that no pointer decides what is measured; the measuring itself is in contrast.js.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.test_calculator import ready
from tests.browser.test_calculator_tools import tool
from tests.document import Document, url_of
from tests.support import PROJECT, BuiltSite, OpenPage

# The site's light and dark palette, and the reader's own colours.
FORCED_COLOURS = "forced"
SCHEMES = ("default", "slate", FORCED_COLOURS)
WIDTHS = (1280, 360)
# What the browser forces on a control, and on everything around it.
FORCED = {
    "rest": ([], []),
    "hover": (["hover"], ["hover"]),
    "focus": (["focus"], ["focus-within"]),
    "focus-visible": (["focus", "focus-visible"], ["focus-within"]),
    "active": (["active", "hover", "focus"], ["active", "hover", "focus-within"]),
}
ATTRIBUTES = ("disabled", "checked", "invalid")


def kinds(document: Document) -> set[tuple[str, ...]]:
    """Return what elements of a page look like as far as the page says: tags, types and classes."""
    return {
        (element.tag, element.attributes.get("type", ""), *sorted(element.attributes.get("class", "").split()))
        for element in document.elements
    }


@pytest.fixture(scope="session")
def typical_pages(built_site: BuiltSite) -> list[str]:
    """Choose as few pages as show every kind of element that any page in English has."""
    left = {
        page: kinds(Document.read(built_site.directory / page))
        for page in built_site.pages()
        if page.parts[0] not in {"ko", "ja", "el"}
    }
    chosen: list[Path] = []
    while left and (best := max(left, key=lambda page: (len(left[page]), page.as_posix()))) and left[best]:
        shown = left.pop(best)
        chosen.append(best)
        left = {page: looks - shown for page, looks in left.items()}
    return [url_of(page) for page in chosen]


def wear(page: Page, scheme: str) -> str:
    """Let the browser force the reader's colours, or not; return the palette that the page then has."""
    page.emulate_media(forced_colors="active" if scheme == FORCED_COLOURS else "none")
    return SCHEMES[0] if scheme == FORCED_COLOURS else scheme


class Forcing:
    """Forces states on the marked controls of a page, all of which are at rest; what is as it should be is not sent."""

    def __init__(self, devtools: CDPSession, page: Page) -> None:
        """Find them."""
        self._devtools = devtools
        self._page = page
        root = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        self._controls, self._around = (
            frozenset(devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": f"[{mark}]"})["nodeIds"])
            for mark in ("data-contrast-control", "data-contrast-around")
        )
        self._forced: dict[int, list[str]] = {node: [] for node in self._around}

    def force(self, state: str) -> None:
        """Force a state."""
        of_control, of_around = FORCED[state]
        for node, forced in self._forced.items():
            classes = [*of_around, *of_control] if node in self._controls else of_around
            if classes != forced:
                self._devtools.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": classes})
                self._forced[node] = classes
        self._page.evaluate("contrast.unfold()")


@dataclass
class Gaze:
    """Looks at pages, and at each kind of control once."""

    known: dict[int, list[str]] = field(default_factory=lambda: {width: [] for width in WIDTHS})
    complaints: list[str] = field(default_factory=list)

    def look_at(self, page: Page, path: str) -> None:
        """Write down what cannot be read or seen of a page, in every state, both palettes and both widths."""
        page.evaluate((PROJECT / "tests/browser/contrast.js").read_text(encoding="utf-8"))
        devtools = page.context.new_cdp_session(page)
        devtools.send("DOM.enable")
        devtools.send("CSS.enable")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("contrast.unfold()")
            for scheme in SCHEMES:
                found = page.evaluate("scheme => contrast.texts(scheme)", wear(page, scheme))
                self._write(f"{path} {width} {scheme}", found)
            self.known[width] += page.evaluate("known => contrast.mark(known)", self.known[width])
            forcing = Forcing(devtools, page)
            for state in FORCED:
                forcing.force(state)
                self._measure(page, f"{path} {width}", state)
            forcing.force("rest")
            for state in ATTRIBUTES:
                page.evaluate("state => contrast.set(state, true)", state)
                self._measure(page, f"{path} {width}", state)
                page.evaluate("state => contrast.set(state, false)", state)
            page.evaluate("contrast.unmark()")

    def _measure(self, page: Page, where: str, state: str) -> None:
        for scheme in SCHEMES:
            found = page.evaluate("([state, scheme]) => contrast.controls(state, scheme)", [state, wear(page, scheme)])
            self._write(f"{where} {scheme} {state}", found)

    def _write(self, where: str, found: list[str]) -> None:
        self.complaints += [f"{where}: {text}" for text in found]


def test_every_control_of_the_built_pages(open_page: OpenPage, typical_pages: list[str]) -> None:
    """Every kind of control there is in a built page, with all that is folded away opened."""
    gaze = Gaze()
    for path in typical_pages:
        page = open_page(path, missing_pages_allowed=path == "404.html")
        gaze.look_at(page, path)
        page.close()
    assert sum(map(len, gaze.known.values())) > 100
    assert gaze.complaints == []


def test_what_scripts_add_to_a_page(open_page: OpenPage) -> None:
    """Results of a search, the verdicts of a quiz, and a calculator with every tool in use and a field refused."""
    gaze = Gaze()
    search = open_page("metrics/")
    search.locator("header input[name=query]").click()
    search.keyboard.type("velocity zebra")
    expect(search.locator(".md-search-result__terms").first).to_be_visible()
    gaze.look_at(search, "search")

    quiz = open_page("pipeline/")
    for place, answer in enumerate(("right", "wrong")):
        question = quiz.locator("[data-part=question]").nth(place)
        question.locator(f"label:has(input[value={answer}])").first.click()
        expect(question.locator("[data-part=verdict]")).not_to_be_empty()
    gaze.look_at(quiz, "quiz")

    page = open_page("embed/sales-velocity/")
    calculator = ready(page)
    target = tool(calculator, "solve").locator("[data-part=target]")
    target.fill("4000")
    expect(calculator.locator("[data-part=use] button")).to_be_visible()
    expect(tool(calculator, "sensitivity").locator("[data-part=levers] tbody tr").first).to_be_visible()
    tool(calculator, "compare").locator("[data-do=keep]").click()
    expect(calculator.locator("[data-part=scenarios] tbody tr").first).to_be_visible()
    expect(tool(calculator, "share").locator("[data-part=link]")).not_to_have_value("")
    calculator.locator("[name=opportunities]").fill("many")
    expect(calculator).to_have_attribute("data-state", "invalid")
    gaze.look_at(page, "calculator")
    assert gaze.complaints == []
