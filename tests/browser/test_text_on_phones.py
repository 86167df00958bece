"""The text of the pages on a phone: tables, Korean words, headings, sizes. Without scripts, as it is built."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.document import language_of, url_of
from tests.support import BuiltSite, patient_context
from tools.serve import SiteServer

LOOK = """() => {
    const found = { tables: [], headings: [], words: [], small: [] };
    found.wide = document.scrollingElement.scrollWidth - innerWidth;
    for (const frame of document.querySelectorAll(".table-frame")) {
        // Another reader's font is a little wider.
        frame.style.letterSpacing = "0.5px";
        if (frame.scrollWidth > frame.clientWidth) found.tables.push(frame.textContent.trim().slice(0, 80));
        frame.style.letterSpacing = "";
    }
    for (const link of document.querySelectorAll("article .headerlink")) {
        const height = link.parentElement.offsetHeight;
        link.style.display = "none";
        if (link.parentElement.offsetHeight < height) found.headings.push(link.parentElement.textContent);
        link.style.display = "";
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, element = text.parentElement;
        if (!text.data.trim() || element.closest(".calculator, script, style, template, noscript, svg")) continue;
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        if (parseFloat(getComputedStyle(element).fontSize) < 14) found.small.push(element.outerHTML.slice(0, 80));
        // Read out only, one pixel wide.
        if (document.documentElement.lang !== "ko" || element.closest(".text-table--stacks thead")) continue;
        for (const word of text.data.matchAll(/[가-힣]+/g)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
            if (lines.size > 1) found.words.push(word[0]);
        }
    }
    return found;
}"""


@pytest.mark.parametrize("language", ["en", "ko", "ja", "el"])
def test_the_text_of_every_page(browser: Browser, built_site: BuiltSite, server: SiteServer, language: str) -> None:
    """No table scrolls, no sign of a link stands alone, no Korean word is broken, nothing is below 14 pixels."""
    complaints: dict[Path, dict[str, Any]] = {}
    with patient_context(browser, viewport={"width": 320, "height": 640}, java_script_enabled=False) as context:
        page = context.new_page()
        for path in built_site.pages():
            if language_of(path) != language or path.name == "404.html" or "embed" in path.parts:
                continue
            page.goto(server.address + url_of(path))
            if found := {kind: what for kind, what in page.evaluate(LOOK).items() if what}:
                complaints[path] = found
    assert complaints == {}
