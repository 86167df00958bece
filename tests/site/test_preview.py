"""An author who edits a page sees it without asking; that its pages are right, test_reproducible.py says."""

import os
from pathlib import Path

from tests.support import PROJECT
from tools.preview import builds_after, changed, times_of_sources


def edited(*names: str) -> list[str]:
    """Return what is built after a change of these sources, in order."""
    return [name for name, _command in builds_after(PROJECT / name for name in names)]


def test_the_pages_of_the_language_edited_come_first() -> None:
    """What else may depend on them follows; other sources than pages concern every language."""
    assert edited("docs/ko/index.md") == ["the pages in ko", "the whole site"]
    both = edited("docs/el/index.md", "docs/en/team/index.md", "docs/el/team/skills.md")
    assert both == ["the pages in en", "the pages in el", "the whole site"]
    assert edited("docs/ko/index.md", "docs/termbase.csv") == ["the whole site"]
    assert edited("overrides/main.html") == ["the whole site"]
    assert edited("mkdocs.yml") == ["the whole site"]


def test_every_change_of_a_source_is_seen_and_none_of_what_a_build_writes(tmp_path: Path) -> None:
    """A page edited, added, renamed or removed; not compiled code and catalogues."""
    page, folder = tmp_path / "docs" / "ko" / "index.md", tmp_path / "calculators"
    for place in (page.parent, folder):
        place.mkdir(parents=True)
    for file in (page, tmp_path / "mkdocs.yml"):
        file.write_text("a", encoding="utf-8")
    before = times_of_sources(tmp_path)
    assert changed(before, times_of_sources(tmp_path)) == set()

    (folder / "calculators.mo").write_bytes(b"")
    (folder / "run.pyc").write_bytes(b"")
    os.utime(page, ns=(0, before[page] + 1))
    (tmp_path / "mkdocs.yml").unlink()
    new = page.with_name("new.md")
    new.write_text("b", encoding="utf-8")
    assert changed(before, times_of_sources(tmp_path)) == {page, tmp_path / "mkdocs.yml", new}
