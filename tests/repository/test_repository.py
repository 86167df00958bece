"""What must hold of the repository itself."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import PROJECT

IMPORTABLE = {
    "calculators": {"calculators"},
    "tools": {"calculators", "tools"},
    "tests": {"calculators", "tools", "tests"},
}


# The rooms inside a folder, and files between them, lowest first: each imports from itself and from those below it.
FLOORS = {
    "calculators.core": ("words", "numbers", "declaring", "running", ("exploring", "taking_along"), "page"),
    "calculators.analysis": ("reading", "gate", "figures", "comparing", "analyse", "report", "page"),
    "calculators.warehouse": (
        "sentences",
        "refusing",
        "table",
        "deals",
        "figures",
        "aggregates",
        "finishing",
        "all_figures",
        "gate",
        ("connecting", "sql"),
        "answer",
        "command_line",
    ),
    "tools": (("texts", "samples", "licences"), ("pictures", "translation"), "runtime", "pages"),
}


def tracked_files() -> list[Path]:
    """Return the files git tracks, and new ones it does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for name in listed if (path := PROJECT / name).is_file()]


def imported_by(path: Path) -> set[str]:
    """Return the top-level names a Python file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def modules_imported_by(path: Path) -> set[str]:
    """Return the full names of the modules a Python file imports, and of what it takes from them."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("folder", FLOORS)
def test_imports_inside_a_folder_go_down(folder: str) -> None:
    """Every room stands on a floor, and imports from its own room and from lower floors only."""
    floor_of = {
        room: floor
        for floor, rooms in enumerate(FLOORS[folder])
        for room in ((rooms,) if isinstance(rooms, str) else rooms)
    }
    inside = PROJECT / folder.replace(".", "/")
    rooms = {path.parent.name for path in inside.glob("*/__init__.py")}
    assert rooms <= floor_of.keys() <= rooms | {path.stem for path in inside.glob("*.py")}
    for room in floor_of:
        for path in (inside / room).rglob("*.py") if room in rooms else [inside / f"{room}.py"]:
            for name in modules_imported_by(path):
                if name.startswith(f"{folder}."):
                    imported = name.removeprefix(f"{folder}.").partition(".")[0]
                    assert imported == room or floor_of[imported] < floor_of[room], f"{path} imports {name}"


@pytest.mark.parametrize("folder", IMPORTABLE)
def test_imports_run_one_way(folder: str) -> None:
    """The order is calculators ← tools ← tests."""
    for path in (PROJECT / folder).rglob("*.py"):
        assert imported_by(path) & IMPORTABLE.keys() <= IMPORTABLE[folder], path


def test_only_the_command_line_knows_the_warehouse() -> None:
    """What the browser gets must not lean on what it does not get."""
    command_line = PROJECT / "calculators" / "__main__.py"
    for path in (PROJECT / "calculators").rglob("*.py"):
        if path != command_line and not path.is_relative_to(WAREHOUSE):
            assert not any("calculators.warehouse" in name for name in modules_imported_by(path)), path


# What few files need besides, which the browser gets when it is needed.
ON_DEMAND = {
    "core/taking_along/workbook.py": {"xlsxwriter"},
    "analysis/page/workbook/writing.py": {"xlsxwriter"},
    "analysis/reading/workbook.py": {"python_calamine"},
}
# What works on a warehouse, with the extra of that name, and never in the browser.
WAREHOUSE = PROJECT / "calculators" / "warehouse"


def test_calculators_need_the_standard_library_and_babel_only() -> None:
    """Everything else would have to be shipped to the browser."""
    for path in (PROJECT / "calculators").rglob("*.py"):
        further = ON_DEMAND.get(path.relative_to(PROJECT / "calculators").as_posix(), set())
        further = {"ibis", "sqlglot"} if path.is_relative_to(WAREHOUSE) else further
        assert imported_by(path) - sys.stdlib_module_names <= {"babel", "calculators"} | further, path


def test_no_file_names_a_package_registry() -> None:
    """A lock file with addresses would only work where those can be reached."""
    address = re.compile(
        r'"resolved": *"|--(extra-)?index-url|registry *= *\S*https?:|files\.pythonhosted|registry\.npm'
    )
    for path in tracked_files():
        if path.suffix in {".png", ".zip"} or path == Path(__file__):
            continue
        # The analyser's answer key is written in old encodings; an address is the same in all of them.
        assert not address.search(path.read_text(encoding="utf-8", errors="replace")), path


@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("requirements.txt", 50),
        ("tools/set_up/audit_requirements.txt", 20),
        ("tools/set_up/generators_forks.txt", 20),
        ("tools/set_up/generators_zensical.txt", 20),
        ("tools/set_up/mutants_requirements.txt", 20),
        ("tools/set_up/spark_requirements.txt", 1),
    ],
)
def test_every_requirement_is_pinned_with_a_hash(file: str, least: int) -> None:
    """Anything else could change under us."""
    text = (PROJECT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

    assert len(lines) > least
    for line in lines:
        assert re.match(r"[\w.\[\]-]+==[\w.]+ ", line), line
        assert "--hash=sha256:" in line, line


def test_exact_versions_of_browser_parts() -> None:
    """The snapshot leans on internals of one version of Pyodide."""
    package = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))

    for name, version in (package["dependencies"] | package["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_the_licence_is_shipped_with_the_calculators() -> None:
    """The wheel's licence is the repository's, and names both licences."""
    text = (PROJECT / "LICENSE").read_text(encoding="utf-8")

    assert "MIT License" in text
    assert "CC BY 4.0" in text


def test_every_top_level_file_has_its_reason_in_the_readme() -> None:
    """Few files at the top, each named."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    known = {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", ".gitignore"}
    for path in tracked_files():
        if path.parent == PROJECT and path.name not in known:
            assert path.name in readme or (path.match("tsconfig*.json") and "tsconfig*.json" in readme), path.name


def test_no_page_holds_a_script_or_style() -> None:
    """Words only in docs/."""
    for path in (PROJECT / "docs").rglob("*.md"):
        assert not re.search(r"<(script|style)\b|\bon\w+=", path.read_text(encoding="utf-8")), path


def test_no_merge_was_left_half_done() -> None:
    """A page with the marks of a conflict builds without complaint, and shows them."""
    marks = re.compile(rb"^(<{7}|>{7}|\|{7}) ", re.MULTILINE)
    assert [path for path in tracked_files() if marks.search(path.read_bytes())] == []
