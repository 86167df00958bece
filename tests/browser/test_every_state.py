"""Everyone can use every state of a page: each in one language, width and palette, and all of those in turn.

What is said in each state is in test_spoken.py, the contrast of colours in test_contrast.py.
"""

from functools import partial
from typing import Literal

import pytest

from calculators.core.words.catalogue import LANGUAGES
from tests.browser.page_states import STATES
from tests.support import OpenPage, problems

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 1280)
# What is written in letters that only one of the languages has, where a voice of another one would read it. Excerpts of
# the search are plain text.
FOREIGN_WORDS = """() => {
    const letters = {
        ko: /\\p{Script=Hangul}/u, ja: /[\\p{Script=Hiragana}\\p{Script=Katakana}]/u, el: /\\p{Script=Greek}{2}/u,
    };
    const unseen = "script, style, template, noscript, code, .md-search-result";
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { data, parentElement: element } = texts.currentNode;
        if (element.closest(unseen) || !element.checkVisibility()) continue;
        const language = element.closest("[lang]").lang;
        for (const [other, some] of Object.entries(letters)) {
            if (other !== language && some.test(data)) found.push(`${language}: ${data.trim()}`);
        }
    }
    return found;
}"""


@pytest.mark.parametrize(("place", "name"), list(enumerate(STATES)), ids=list(STATES))
def test_everyone_can_use_it(open_page: OpenPage, place: int, name: str) -> None:
    """axe-core finds nothing, not even minor; targets have 24 pixels; what is in another language says so."""
    language, width, scheme = LANGUAGES[place % 4], WIDTHS[place // 4 % 2], SCHEMES[place // 2 % 2]
    page = STATES[name](partial(open_page, width=width, height=800, scheme=scheme), language)
    assert problems(page) == []
    assert page.evaluate(FOREIGN_WORDS) == []


# Whether the reader sees what has the focus: a part of it, or of the label that stands for it, lies under nothing.
IN_SIGHT = """() => {
    const element = document.activeElement;
    if (element === document.body) return "";
    const shown = [element, ...(element.labels ?? [])];
    for (const one of shown) {
        for (const { left, top, right, bottom } of one.getClientRects()) {
            for (const [across, down] of [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]]) {
                const hit = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
                if (hit && shown.some(own => own.contains(hit) || (hit.control && hit.control === element))) return "";
            }
        }
    }
    return `not in sight: ${element.outerHTML.slice(0, 200)}`;
}"""
# In the order of the page: what comes next stands behind what was before.
BEHIND = """() => {
    const [before, now] = [window.focusedBefore, document.activeElement];
    window.focusedBefore = now;
    if (!before?.isConnected || now === document.body || before === document.body) return true;
    return Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


@pytest.mark.parametrize(
    ("name", "language"),
    [("error", "el"), ("asked about", "ja"), ("compared", "ko"), ("doubtful", "en"), ("rows", "el"), ("quiz", "ja")],
)
def test_by_keyboard_at_320_pixels(open_page: OpenPage, name: str, language: str) -> None:
    """From where the reader is, 60 times Tab leads on in the order of the page, and each stop is in sight."""
    page = STATES[name](partial(open_page, width=320, height=640), language)
    found: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        page.evaluate("new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 20)))")
        if page.evaluate("document.activeElement === document.body"):
            break
        found += [text for text in [page.evaluate(IN_SIGHT)] if text]
        if not page.evaluate(BEHIND) and not page.evaluate("document.activeElement.closest('dialog')"):
            found.append(page.evaluate("`comes before: ${document.activeElement.outerHTML.slice(0, 200)}`"))
    assert found == []
