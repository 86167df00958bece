"""The SQL of figures, as it stands in the built pages and in the files beside them."""

import re
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from calculators.core.words.catalogue import LANGUAGES
from calculators.warehouse.sentences import FIGURES
from tests.document import Document
from tests.support import PROJECT, BuiltSite
from tools.pages import offline, warehouse
from tools.pages.assets import Manifest
from tools.pages.fence import FenceError, format_warehouse
from tools.texts.playbook_pages import folder_of, url_of
from tools.texts.written_pages import written_pages

DOCS = PROJECT / "docs"
FENCE = re.compile(r"^```warehouse\nfigure: (\w+)\n```$", re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_on_a_page(built_site: BuiltSite, language: str) -> None:
    """With its text in the dialect that is shown, a choice of all others, and the way to the table that it reads."""
    found = set()
    for page in written_pages(DOCS, language):
        figures = FENCE.findall(page.markdown)
        file = built_site.directory / folder_of(language) / url_of(page.path) / "index.html"
        html = file.read_text(encoding="utf-8")
        elements = re.findall(r"<playbook-sql .*?</playbook-sql>", html, re.DOTALL)
        assert len(elements) == len(figures), page.path
        for figure, element in zip(figures, elements, strict=True):
            (text,) = re.findall(r'<code data-part="text"[^>]*>(.*?)</code>', element, re.DOTALL)
            assert unescape(text) == warehouse.texts(figure)["duckdb"] + "\n"
            assert re.findall(r'<option value="(\w+)"( selected)?>', element) == [
                (dialect, " selected" if dialect == "duckdb" else "") for dialect in warehouse.NAMES
            ]
            (data_file,) = re.findall(r'data-file="([^"]+)"', element)
            table, all_dialects = re.findall(r'href="([^"]+)"', element)
            assert all_dialects == data_file
            assert (file.parent / data_file).resolve() == built_site.directory.resolve() / warehouse.address(figure)
            assert (file.parent / data_file).is_file()
            assert table.endswith("#table")
            columns = Document.read(file.parent / table.partition("#")[0] / "index.html")
            assert columns.ids["table"] == 1
        found |= set(figures)
    assert found == set(FIGURES)


def test_a_file_has_every_dialect_with_whether_it_is_run(built_site: BuiltSite) -> None:
    """As text that a browser shows by itself; the words are those of the script that reads it."""
    head = re.search(r"HEAD = /(.+)/m;", (PROJECT / "overrides/assets/warehouse/element.js").read_text("utf-8"))
    assert head
    for figure in FIGURES:
        text = (built_site.directory / warehouse.address(figure)).read_text(encoding="utf-8")
        before, *parts = re.split(head[1], text, flags=re.MULTILINE)
        assert before == ""
        found = {name: part.strip() for name, part in zip(parts[::2], parts[1::2], strict=True)}
        assert found == warehouse.texts(figure)
        said = dict(re.findall(r"^-- dialect: (\w+) \((.+)\)$", text, re.MULTILINE))
        assert {name for name, standing in said.items() if standing == "run in the tests"} == {"duckdb", "postgres"}
        assert set(said.values()) == {"run in the tests", "generated, not run"}


def test_pages_have_the_text_that_the_command_prints() -> None:
    """What is kept from an earlier build is what the code writes now, one figure and dialect for all."""
    sql = pytest.importorskip("calculators.warehouse.sql", reason="the extra “warehouse” is not installed")
    assert set(warehouse.NAMES) == set(sql.DIALECTS)
    assert warehouse.runs_here() == set(sql.RUN_HERE)
    assert set(FIGURES) <= set(sql.FIGURES)
    for figure, dialect in (("coverage", "duckdb"), ("win_rate", "snowflake")):
        assert warehouse.texts(figure)[dialect] == sql.sql_of(figure, dialect)


def test_what_is_kept_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build reads it; where the code is another one, it is written anew and the old one goes."""
    monkeypatch.setattr(warehouse, "_KEPT", tmp_path)
    monkeypatch.setattr(warehouse, "_kept", warehouse._kept.__wrapped__)
    monkeypatch.setattr(warehouse, "_state", lambda: "now")
    written = dict.fromkeys(warehouse.NAMES, "SELECT 1")
    made: list[str] = []

    def make(figure: str) -> dict[str, str]:
        made.append(figure)
        return written

    monkeypatch.setattr(warehouse, "_made", make)
    (tmp_path / "cycle-before.json").write_text("{}", encoding="utf-8")

    texts = [warehouse.texts("cycle") for _build in range(2)]

    assert texts == [written] * 2
    assert made == ["cycle"]
    assert [path.name for path in tmp_path.iterdir()] == ["cycle-now.json"]


def test_without_the_extra_a_build_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is kept; there is no page without its SQL."""
    monkeypatch.setattr(warehouse, "_KEPT", tmp_path)
    monkeypatch.setattr(warehouse, "_kept", warehouse._kept.__wrapped__)
    monkeypatch.setitem(sys.modules, "calculators.warehouse.sql", None)
    monkeypatch.delattr("calculators.warehouse.sql", raising=False)
    with pytest.raises(PluginError, match="extra “warehouse”"):
        warehouse.texts("cycle")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_figure_stops_the_build() -> None:
    """With the names that there are."""
    with pytest.raises(FenceError, match="'winrate': the figures are win_rate, "):
        format_warehouse("figure: winrate", "", "", {}, None)


def test_the_markdown_of_a_page_links_to_the_file(built_site: BuiltSite) -> None:
    """For readers who bring their own assistant."""
    text = (built_site.directory / "metrics/win-rate/index.md").read_text(encoding="utf-8")
    address = built_site.address + warehouse.address("win_rate")
    assert f"[SQL for your warehouse: Win rate by count]({address})" in text


def test_a_page_is_kept_with_its_script_and_a_language_with_all_files(first_site: BuiltSite) -> None:
    """Without a network, the dialect in the page can be copied; who saves a language has the others as well."""
    release: Any = offline.release_of(first_site.directory, Manifest.read())
    places = {path: place for place, (path, *_) in enumerate(release["files"])}
    script = places[Manifest.read().address("warehouse.js")]
    assert script in release["pages"]["metrics/win-rate/"]
    assert script not in release["pages"]["metrics/customer-acquisition-cost/"]
    for language in LANGUAGES:
        assert {places[warehouse.address(figure)] for figure in FIGURES} <= set(release["extras"][language])
