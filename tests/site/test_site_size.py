"""How large the site is: said at each build, and bounded."""

from collections import Counter
from pathlib import Path

import pytest

from tests.support import PROJECT, BuiltSite
from tools import site_size
from tools.site_size import LIMIT, Size


def test_the_site_is_within_its_limits(first_site: BuiltSite, capsys: pytest.CaptureFixture[str]) -> None:
    """And near them: a limit that is far away would see nothing."""
    size = Size.of(first_site.directory)
    with capsys.disabled():
        print(f"\nPublished: {size}")

    assert size.above(LIMIT) == []
    assert size.files > LIMIT.files / 2
    assert size.bytes > LIMIT.bytes / 2
    assert size.largest > LIMIT.largest / 4


def test_what_is_too_much_is_said_and_ends_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file, or all of them; nothing to measure is no success either."""
    assert site_size.main([str(tmp_path)]) == 1
    assert "no site" in capsys.readouterr().err
    (tmp_path / "index.html").write_text("x" * 600, encoding="utf-8")
    (tmp_path / "a.js").write_text("x" * 500, encoding="utf-8")
    monkeypatch.setattr(site_size, "LIMIT", Size(files=1, bytes=1000, by_kind=Counter(), largest=550))

    status = site_size.main([str(tmp_path)])

    said = capsys.readouterr()
    assert status == 1
    assert "Published: 2 files, 0.0 MB" in said.out
    assert said.err.splitlines() == [
        "Too much: 2 files, more than 1",
        "Too much: 1,100 bytes, more than 1,000",
        "Too much: 600 bytes in one file, more than 550",
    ]


def test_each_build_says_its_size() -> None:
    """In the workflow as well, which makes the site in the same way."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    _before, _target, recipe = makefile.partition("\nbuild/site.stamp: ")
    assert "\tpython -m tools.site_size build/site-next\n" in recipe.partition("\n\n")[0]
