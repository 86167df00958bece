"""What must be kept up: internals of others and the tests that watch them, versions in several places, dates."""

import ast
import json
import re
import tomllib
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.support import PROJECT
from tools import upkeep

INTERNALS = PROJECT / "docs" / "decisions" / "0017-internals-we-lean-on.md"
WORKFLOWS = PROJECT / ".github" / "workflows"
ROW = re.compile(r"^\| (?!Internal|---)(.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
# What leans on an internal can be told by its look; each find must be in the list.
LOOKS = {
    r"\bAPI\.(?:config\.)?\w+": ("overrides/assets/runtime", "tools/runtime"),
    r"\b_(?:make|load)Snapshot\b|\b_sysExecutable\b|\bcreatePyodideModule\b|\binstantiateWasm\b": (
        "overrides/assets/runtime",
        "tools/runtime",
    ),
    r"\b_emscripten_\w+": ("overrides/assets/runtime", "tools/runtime"),
    r"\bpyodide\._\w+": ("overrides/assets/runtime", "tools/runtime"),
    r"\b__(?:md_(?:get|set|scope|hash)|palette|drawer|search|config)\b": ("overrides/assets", "overrides/partials"),
    r"\bdocument\$": ("overrides/assets",),
    r"(?<=\bi18n\.)(?!config\b|plugin)\w+": ("tools/pages",),
    r'(?<=getattr\(page\.file, ")\w+|(?<=getattr\(file, ")\w+': ("tools",),
}


def pins() -> dict[str, str]:
    """Return the exact versions of what is pinned, by name."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(entry for group in project["project"]["optional-dependencies"].values() for entry in group),
        *(entry for group in project["dependency-groups"].values() for entry in group),
    ]
    package = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))
    found: dict[str, str] = {**package["dependencies"], **package["devDependencies"]}
    return found | dict(re.sub(r"\[\w+\]", "", entry).split("==") for entry in wanted if "==" in entry)


@cache
def named_in(file: Path) -> frozenset[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_each_internal_has_a_test_that_would_say_that_it_moved() -> None:
    """A test that is there, named in full; and the files that lean on it are where the list says."""
    rows = ROW.findall(INTERNALS.read_text(encoding="utf-8"))

    assert len(rows) > 30
    for internal, places, watched in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", watched)
        assert named, internal
        for file, name in named:
            assert (PROJECT / file).is_file(), file
            assert name in named_in(PROJECT / file), f"{file} has no {name}"
        files = re.findall(r"`([\w/]+\.[\w.]+)`", places)
        assert files, internal
        assert [file for file in files if not (PROJECT / file).is_file()] == []


@pytest.mark.parametrize("look", LOOKS)
def test_what_leans_on_an_internal_is_in_the_list(look: str) -> None:
    """Found by its look in our sources, so that a new one is not forgotten."""
    text = INTERNALS.read_text(encoding="utf-8")
    found: dict[str, Path] = {}
    for folder in LOOKS[look]:
        for file in (PROJECT / folder).rglob("*"):
            if file.suffix in {".js", ".mjs", ".py", ".html"}:
                found |= dict.fromkeys(re.findall(look, file.read_text(encoding="utf-8")), file)

    assert found
    assert {name: str(file) for name, file in found.items() if name not in text} == {}


def test_the_list_is_of_the_versions_that_are_pinned() -> None:
    """Whoever changes a pin comes by the list."""
    headings = re.findall(r"^### (.+)$", INTERNALS.read_text(encoding="utf-8"), re.MULTILINE)
    names = {"Pyodide": "pyodide", "Material for MkDocs": "mkdocs-material", "MkDocs": "mkdocs"}
    listed = {
        names.get(name, name): version
        for heading in headings
        for name, version in re.findall(r"([\w -]+?) (\d+(?:\.\d+)+)", heading.replace(" and ", ", "))
        for name in [name.strip(" ,")]
    }

    assert listed == {name: pins()[name] for name in ("pyodide", "mkdocs-material", "mkdocs", "mkdocs-static-i18n")}


def test_a_version_that_stands_in_several_places_is_the_same() -> None:
    """Of packages in pyproject.toml, package.json and their locks; of the theme in what is said of it."""
    pinned = pins()
    lock = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    requirements = dict(
        re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", (PROJECT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    )
    for name, version in pinned.items():
        locked = lock.get(f"node_modules/{name}", {}).get("version") or requirements[name.lower()]
        assert locked == version, name
    build_system = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert f"babel=={pinned['babel']}" in build_system
    assert len({version for name, version in pinned.items() if name.startswith("workbox-")}) == 1

    series = ".".join(pinned["mkdocs-material"].split(".")[:2])
    said = {
        (str(file.relative_to(PROJECT)), version)
        for file in (PROJECT / "overrides").rglob("*")
        if file.suffix in {".js", ".html", ".css"}
        for version in re.findall(r"Material for MkDocs (\d+\.\d+)", file.read_text(encoding="utf-8"))
    }
    assert len(said) > 2
    assert {entry for entry in said if entry[1] != series} == set()


def test_the_oldest_python_is_the_same_everywhere() -> None:
    """For whoever installs, for the linter, the locks and readers of the README; the workflows have a newer one."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    oldest = project["project"]["requires-python"].removeprefix(">=")

    assert project["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"
    texts = {name: (PROJECT / name).read_text("utf-8") for name in ("Makefile", "README.md", "CONTRIBUTING.md")}
    assert set(re.findall(r"--python-version (\S+)", texts["Makefile"])) == {oldest}
    for name, text in texts.items():
        assert set(re.findall(r"Python (3\.\d+) or newer", text)) == {oldest}, name
    used = (PROJECT / ".python-version").read_text(encoding="ascii").strip()
    assert tuple(map(int, used.split("."))) >= tuple(map(int, oldest.split(".")))
    assert any(f"Python {oldest} " in end.what for end in upkeep.read_ends())


def test_all_workflows_use_the_same_actions() -> None:
    """One that is renewed in one workflow is renewed in all."""
    versions: dict[str, set[str]] = defaultdict(set)
    for file in WORKFLOWS.glob("*.yml"):
        for action, version in re.findall(r"uses: ([\w./-]+)@(\w+ # \S+)", file.read_text(encoding="utf-8")):
            versions[action].add(version)

    assert len(versions) > 4
    assert {action: found for action, found in versions.items() if len(found) > 1} == {}


def test_every_week_somebody_looks() -> None:
    """For known faults, for what is due, for what other generators make of the pages, and for the figures on Spark."""
    run: set[str] = set()
    for file in WORKFLOWS.glob("*.yml"):
        # YAML takes the key `on` for a truth.
        workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "schedule" in workflow[True]:
            assert all(re.fullmatch(r"\d+ \d+ \* \* \d", entry["cron"]) for entry in workflow[True]["schedule"])
            run |= {step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step}

    assert run >= {"make audit", "make upkeep", "make generators", "make spark"}


def seen_on_pages() -> list[date]:
    """Return the days on which sources were opened, in their order."""
    return sorted(due.date for due in upkeep.sources())


def test_a_source_is_due_a_year_after_it_was_seen() -> None:
    """Not the day before; and it is named with its page."""
    oldest = seen_on_pages()[0]
    last_day = oldest + upkeep.SOURCES_LAST

    assert not [line for line in upkeep.due(last_day) if "seen" in line]
    after = [line for line in upkeep.due(last_day + timedelta(days=1)) if "seen" in line]
    assert after
    assert all(line.startswith("docs/en/") and f"seen {oldest}" in line for line in after)
    assert len(seen_on_pages()) > 50


def test_an_end_is_due_some_time_before_it_comes() -> None:
    """Early enough to do what it says."""
    for end in upkeep.read_ends():
        last_day = end.date - end.warned_before
        before = [line for line in upkeep.due(last_day - timedelta(days=1)) if line.startswith(end.what)]
        then = [line for line in upkeep.due(last_day) if line.startswith(end.what)]
        assert before == []
        assert len(then) == 1
        assert str(end.date) in then[0]
        assert end.do in then[0]


def test_what_is_due_ends_the_job(capsys: pytest.CaptureFixture[str]) -> None:
    """So that whoever owns the repository gets a mail; with nothing due, it says so."""
    day = seen_on_pages()[-1]

    assert upkeep.main([f"--today={day}"]) == 0
    assert "nothing is due" in capsys.readouterr().out
    assert upkeep.main([f"--today={day.replace(year=day.year + 2)}"]) == 1
    assert "Material for MkDocs" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        upkeep.main(["--today=soon"])
