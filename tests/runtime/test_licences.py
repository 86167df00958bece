"""The list of licences names all that is shipped for the browser, in the versions that it has, with whole texts."""

import json
import re
import subprocess
import zipfile
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.test_bundle import RUNTIME, names_in
from tests.support import PROJECT, executable
from tools.licences import software
from tools.licences.software import COMPILED, Software, UnknownSoftwareError, crates, shipped, version_in, whole_texts

BUNDLES = PROJECT / "build" / "assets"
OURS = {"calculators"}
# Modules of Pyodide's own, and what Pyodide makes of JavaScript.
PYODIDES = {"_pyodide", "_pyodide_core", "_hiwire", "pyodide", "pyodide_js", "js"}
# Libraries that others have written, by the module that brings them into an interpreter.
BROUGHT_BY = {
    "_bz2": "bzip2",
    "_ctypes": "libffi",
    "_decimal": "libmpdec",
    "_lzma": "XZ Utils (liblzma)",
    "_sha2": "HACL*",
    "_sqlite3": "SQLite",
    "_zstd": "Zstandard",
    "pyexpat": "Expat",
    "unicodedata": "Unicode Character Database",
    "zlib": "zlib",
}
# These would bring OpenSSL, Readline, ncurses, Berkeley DB, GDBM, Tcl/Tk.
NOT_THERE = {"_ssl", "_hashlib", "readline", "_curses", "_dbm", "_gdbm", "_tkinter"}
# With what a whole text ends, or what only stands near its end.
NEAR_THE_END = {
    "0BSD": "performance of this software",
    "Apache-2.0": "end of terms and conditions",
    "BSD-2-Clause": "even if advised of the possibility of such damage",
    "BSD-3-Clause": "even if advised of the possibility of such damage",
    "CC-BY-4.0": "creativecommons.org/licenses/by/4.0",
    "LLVM-exception": "with respect to the combined software",
    "LicenseRef-public-domain": "public domain",
    "MIT": "dealings in the software",
    "MPL-2.0": "exhibit b",
    "NCSA": "or other dealings with the software",
    "PSF-2.0": "agrees to be bound by the terms and conditions of this license agreement",
    "Unicode-3.0": "without prior written authorization of the copyright holder",
    "W3C-20150513": "remain with copyright holders",
    "Zlib": "may not be removed or altered from any source distribution",
    "blessing": "public domain",
    "bzip2-1.0.6": "even if advised of the possibility of such damage",
}


@pytest.fixture(scope="module")
def listed() -> dict[str, Software]:
    """Return the list by name."""
    return {entry.name: entry for entry in shipped(BUNDLES)}


@cache
def said_by_pyodide(scratch: Path) -> dict[str, Any]:
    """Return what Pyodide, plainly booted and restored, says of itself."""
    script = PROJECT / "tests" / "runtime" / "what_is_shipped.mjs"
    command = [executable("node"), str(script), str(RUNTIME), str(scratch)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Ask Pyodide once."""
    return said_by_pyodide(tmp_path_factory.mktemp("scratch"))


def test_versions_are_those_that_the_interpreter_says(listed: dict[str, Software], said: dict[str, Any]) -> None:
    """They are read from its code without running it."""
    assert said["versions"] == {name: listed[name].version for name in said["versions"]}
    assert len(said["versions"]) >= 8


def test_every_library_in_the_interpreter_is_listed(listed: dict[str, Software], said: dict[str, Any]) -> None:
    """Each is there because a module of Python is; a module that brings another one would show here."""
    modules = set(said["modules"])
    assert BROUGHT_BY.keys() <= modules
    assert set(BROUGHT_BY.values()) <= listed.keys()
    assert not NOT_THERE & modules


def test_every_python_package_that_is_shipped_is_listed(listed: dict[str, Software], said: dict[str, Any]) -> None:
    """In the wheels, the standard library's archive, each further archive, and the snapshot."""
    archives = [*RUNTIME.glob("*.whl"), RUNTIME / "python_stdlib.zip"]
    files = {name for archive in archives for name in zipfile.ZipFile(archive).namelist()}
    groups = ("workbook", "analysis", "spreadsheet", *(path.stem for path in RUNTIME.glob("group-*.bin")))
    files |= {name for archive in groups for name in names_in(archive)}
    modules = {name.partition("/")[0].partition(".")[0] for name in files if re.search(r"\.(pyc?|so)$", name)}
    modules |= set(said["snapshot"])

    further = modules - set(said["standard_library"]) - set(said["modules"]) - OURS - PYODIDES
    further = {module for module in further if not module.startswith(("_sysconfigdata", "__"))}
    distributions = {module: packages_distributions().get(module, [module])[0].lower() for module in further}
    names = {entry.name.lower() for entry in listed.values()}
    assert {module for module, name in distributions.items() if name not in names} == set()
    assert {"babel", "xlsxwriter", "python-calamine"} <= set(distributions.values())


def test_every_npm_package_that_our_scripts_import_is_listed(listed: dict[str, Software]) -> None:
    """Whatever esbuild then says of it."""
    specifier = re.compile(r'''(?<![\w.])(?:from |import |import\()"((?:@[\w.-]+/)?[\w-][\w.-]*)(?:/[^"]*)?"''')
    imported = {
        name
        for path in (PROJECT / "overrides" / "assets").rglob("*.js")
        for name in specifier.findall(path.read_text(encoding="utf-8"))
    }
    assert {"echarts", "pyodide", "workbox-core"} <= imported <= listed.keys()
    packages = json.loads((BUNDLES / software.PACKAGES).read_text(encoding="utf-8"))
    assert {folder.removeprefix("node_modules/") for folder in packages} <= listed.keys()


def test_a_package_that_nobody_described_stops_the_build(tmp_path: Path) -> None:
    """So does one that is in the list in vain."""
    (tmp_path / software.PACKAGES).write_text('["node_modules/typescript"]', encoding="utf-8")
    with pytest.raises(UnknownSoftwareError, match="typescript goes into a bundle"):
        shipped(tmp_path)


@pytest.mark.parametrize("library", COMPILED, ids=lambda library: library.name)
def test_a_library_that_leaves_the_interpreter_stops_the_build(library: software.Compiled) -> None:
    """The list says what is there, not what was there."""
    with pytest.raises(UnknownSoftwareError, match="not in Pyodide's interpreter as it was"):
        version_in(b"an interpreter without it", library)


def test_every_part_of_the_theme_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its source maps name them; an update that brings another one stops the build."""
    monkeypatch.delitem(software.THEME, "rxjs")
    with pytest.raises(UnknownSoftwareError, match="rxjs"):
        software.theme()


def test_what_has_no_version_is_part_of_what_has_one(listed: dict[str, Software]) -> None:
    """Pyodide's name is the package's."""
    named = {name.lower(): entry for name, entry in listed.items()}
    for entry in listed.values():
        assert entry.version or named[entry.part_of.lower()].version, entry.name
        assert entry.source.startswith("https://"), entry.name


def test_texts_are_whole() -> None:
    """Each licence that is named is there to its end."""
    for entry in shipped(BUNDLES):
        text = " ".join(entry.text.lower().split())
        for licence in re.split(r" (?:AND|OR|WITH) ", entry.licence):
            assert NEAR_THE_END[licence] in text, f"{entry.name}: {licence}"
    whole = whole_texts(shipped(BUNDLES), crates())
    assert "Copyright (c) 2001 Python Software Foundation" in whole
    for entry in shipped(BUNDLES):
        assert entry.text.strip() in whole


def test_every_crate_may_be_had_under_a_licence_whose_text_is_there() -> None:
    """As the wheel's bill of materials states them; tools that are only used to build it are left out."""
    licences = {licence for crate in crates() for licence in re.findall(r"[\w.-]+", crate.licence)} - {"AND", "OR"}
    assert licences <= {"Apache-2.0", "MIT", "BSD-3-Clause", "Unicode-3.0", "Zlib", "Unlicense"}
    # Never the only choice.
    assert not [crate.name for crate in crates() if crate.licence == "Unlicense"]
    names = {crate.name for crate in crates()}
    assert {"calamine", "quick-xml", "zip"} <= names
    assert "autocfg" not in names
