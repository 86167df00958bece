"""Every page is bound by a Content-Security-Policy of its own.

That everything works under it is what the browser tests show: in each of them a complaint of the browser is a failure.
"""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.support import BuiltSite
from tools.pages.content_policy import with_policy


class _Page(HTMLParser):
    """What of a page its policy is about, in the order it stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.policies: list[str] = []
        self.inline: list[str] = []
        self.before_policy: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(attributes.get("content") or "")
        elif not self.policies and tag not in {"html", "head"}:
            self.before_policy.append(f"{tag} {attributes}")
        if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json":
            self._in_script = True
            self.inline.append("")

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.inline[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_script &= tag != "script"


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_every_page_has_a_policy_that_names_its_scripts(built_site: BuiltSite) -> None:
    """Nothing but the encoding comes before it, and each inline script is allowed by its hash, none by a word."""
    for file in built_site.directory.rglob("*.html"):
        page = _Page()
        page.feed(file.read_text(encoding="utf-8"))
        (policy,) = page.policies
        assert page.before_policy == ["meta {'charset': 'utf-8'}"], file
        scripts = _directives(policy)["script-src"]
        hashes = {
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in page.inline
        }
        assert set(scripts) == {"'self'", "'wasm-unsafe-eval'", *hashes}, file


def test_the_policy_leaves_nothing_open(built_site: BuiltSite) -> None:
    """No other host, no text that becomes a script, no plug-in, no form that sends."""
    policies = set()
    for file in built_site.directory.rglob("*.html"):
        found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', file.read_text(encoding="utf-8"))
        assert found, file
        policies.add(found[1])
    for policy in policies:
        directives = _directives(policy)
        assert directives["default-src"] == ["'self'"]
        assert directives["object-src"] == ["'none'"]
        assert directives["base-uri"] == ["'self'"]
        assert directives["form-action"] == ["'none'"]
        for sources in directives.values():
            assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(sources)
            assert not [source for source in sources if "." in source], "a host"


def test_a_page_without_a_place_for_the_policy_is_not_written() -> None:
    """A new kind of page cannot go without."""
    with pytest.raises(ValueError, match="charset"):
        with_policy("<!doctype html><html><head><title>New</title></head></html>")


def test_the_policy_follows_the_page() -> None:
    """Another inline script is another hash; data is no script."""
    page = '<head><meta charset="utf-8"></head><body>{}</body>'
    one = with_policy(page.format("<script>a = 1</script>"))
    assert one != with_policy(page.format("<script>a = 2</script>"))
    without = with_policy(page.format(""))
    assert "sha256" not in without
    assert "sha256" not in with_policy(page.format('<script type="application/json">{"a": 1}</script>'))
