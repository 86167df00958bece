"""What is published for the browser: wheels, lock file, interpreter and snapshot."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from calculators.core.running.calculator import GROUPS, all_calculators
from calculators.core.words.catalogue import LANGUAGES, catalogue
from tests.support import PROJECT, executable
from tools.runtime.babel_subset import write_babel_subset

RUNTIME = PROJECT / "build" / "runtime"
PYODIDE = PROJECT / "node_modules" / "pyodide"


def test_the_lock_file_names_our_wheels_only() -> None:
    """Two packages, served from here, with their hashes; nothing would be fetched from elsewhere."""
    packages = json.loads((RUNTIME / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]

    assert sorted(packages) == ["babel", "calculators"]
    assert packages["calculators"]["depends"] == ["babel"]
    for package in packages.values():
        assert "/" not in package["file_name"]
        wheel = (RUNTIME / package["file_name"]).read_bytes()
        assert hashlib.sha256(wheel).hexdigest() == package["sha256"]


def test_the_runtime_is_pyodides_own_and_complete() -> None:
    """The interpreter is the npm package's, in two parts; the plain boot finds everything it asks for."""
    assert whole_interpreter() == (PYODIDE / "pyodide.asm.wasm").read_bytes()
    assert (RUNTIME / "python_stdlib.zip").read_bytes() == (PYODIDE / "python_stdlib.zip").read_bytes()
    assert len(decompressed("snapshot")) > 5_000_000


def test_most_of_the_interpreter_is_not_what_every_reader_downloads() -> None:
    """Calculators leave most of it alone; what they need is a fraction of what Pyodide sends."""
    assert (RUNTIME / "interpreter.bin").stat().st_size < 1_450_000


def test_the_calculators_wheel_has_every_catalogue_and_no_command_line() -> None:
    """A language without its catalogue would fail in the browser only."""
    wheel = next(RUNTIME.glob("calculators-*.whl"))
    names = zipfile.ZipFile(wheel).namelist()

    for language in LANGUAGES[1:]:
        assert f"calculators/locale/{language}/LC_MESSAGES/calculators.mo" in names
    assert "calculators/__main__.py" not in names


def test_the_babel_subset_is_small_licensed_and_reproducible(tmp_path: Path) -> None:
    """The same bytes each time, so that its hash is the same on every machine."""
    (tmp_path / "again").mkdir()
    first, second = write_babel_subset(tmp_path), write_babel_subset(tmp_path / "again")

    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < 100_000
    licences = [name for name in zipfile.ZipFile(first).namelist() if name.endswith("licenses/LICENSE")]
    assert len(licences) == 1


@pytest.mark.parametrize(
    ("archive", "most", "modules", "licences"),
    [
        (
            "workbook",
            250_000,
            {"xlsxwriter/worksheet.pyc", "calculators/core/taking_along/workbook.pyc"},
            {"xlsxwriter"},
        ),
        (
            "analysis",
            400_000,
            {"calculators/analysis/reading/table.pyc", "encodings/cp949.pyc"},
            {"calculators_analysis"},
        ),
        (
            "spreadsheet",
            550_000,
            {"python_calamine/_python_calamine.cpython-314-wasm32-emscripten.so"},
            {"python_calamine"},
        ),
    ],
)
def test_what_is_fetched_later_is_small_and_licensed(
    archive: str, most: int, modules: set[str], licences: set[str]
) -> None:
    """Libraries with their licences, and nothing that the snapshot has already."""
    packed = (RUNTIME / f"{archive}.bin").read_bytes()
    names = names_in(archive)

    assert len(packed) < most
    assert modules <= names
    assert not {"re/__init__.pyc", "zipfile/__init__.pyc", "calculators/core/running/run.pyc"} & names
    assert {name.split("-")[0] for name in names if name.endswith("licenses/LICENSE")} == licences


def test_nothing_of_the_analyser_is_fetched_before_a_file_is_there() -> None:
    """Neither its modules nor its words; once one is, all modules with their data, and the words of one language."""
    start = next(RUNTIME.glob("calculators-*.whl"))
    names = names_in("analysis")
    folder = PROJECT / "calculators" / "analysis"
    files = [
        path for path in folder.rglob("*") if path.name != "__init__.py" and not path.name.endswith("command_line.py")
    ]
    wanted = {path.relative_to(PROJECT).as_posix() for path in files if path.suffix in {".py", ".csv"}}

    assert not [name for name in zipfile.ZipFile(start).namelist() if "analysis" in name]
    assert {f"{name}c" if name.endswith(".py") else name for name in wanted} <= names
    for language in LANGUAGES[1:]:
        assert names_in(f"analysis-words-{language}") == {f"calculators/locale/{language}/LC_MESSAGES/analysis.mo"}


def test_calculators_and_words_are_not_in_the_snapshot() -> None:
    """Each is in an archive, and small: the snapshot does not grow with them."""
    snapshot = decompressed("snapshot")
    for group in GROUPS:
        modules = [path.stem for path in (PROJECT / "calculators" / group).glob("*.py")]
        names = {f"calculators/locale/{language}/LC_MESSAGES/names-{group}.mo" for language in LANGUAGES[1:]}
        for language in LANGUAGES[1:]:
            words = f"words-{group}-{language}"
            assert names_in(words) == {f"calculators/locale/{language}/LC_MESSAGES/words-{group}.mo"}
            assert (RUNTIME / f"{words}.bin").stat().st_size < 30_000
        packed = names_in(f"group-{group}")
        # What of ours only some calculators import comes with each group of them.
        shared = {name for name in packed if name.startswith("calculators/core/")}
        assert packed - shared == {f"calculators/{group}/{module}.pyc" for module in modules} | names
        assert shared == imported_by(group)
        assert not [name for name in shared if name.encode() in snapshot]
        assert (RUNTIME / f"group-{group}.bin").stat().st_size < 40_000
    for calculator in all_calculators().values():
        assert calculator.question.encode() not in snapshot
    for language in LANGUAGES[1:]:
        numbers = f"babel/locale-data/{language}.dat"
        assert names_in(f"words-{language}") == {numbers, f"calculators/locale/{language}/LC_MESSAGES/calculators.mo"}
        assert (RUNTIME / f"words-{language}.bin").stat().st_size < 20_000
        for calculator in all_calculators().values():
            assert catalogue(language).gettext(calculator.question).encode() not in snapshot


def imported_by(group: str) -> set[str]:
    """Return the modules of the core that a group's calculators import, and a question does not without them."""
    program = f"""
import importlib, pkgutil, sys
import calculators.core.page.answer
before = set(sys.modules)
for entry in pkgutil.iter_modules(importlib.import_module("calculators.{group}").__path__):
    importlib.import_module("calculators.{group}." + entry.name)
print(*(name for name in sys.modules if name.startswith("calculators.core.") and name not in before))
"""
    printed = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    return {f"{name.replace('.', '/')}.pyc" for name in printed.stdout.split()}


def decompressed(name: str) -> bytes:
    """Return what a file of the runtime holds."""
    return _from_node("await bytesOf(argument)", RUNTIME / f"{name}.bin")


def whole_interpreter() -> bytes:
    """Return what the browser puts together of the two parts of the interpreter."""
    read = "new Uint8Array(await bytesOf(`${argument}/%s.bin`))"
    return _from_node(f"whole({read % 'interpreter'}, {read % 'rest'})", RUNTIME)


def _from_node(expression: str, argument: Path) -> bytes:
    """Return the bytes of an expression: Python reads Zstandard from 3.14 on only."""
    script = f"""
        import {{ bytesOf }} from "{PROJECT}/tools/runtime/pyodide_in_node.mjs";
        import {{ whole }} from "{PROJECT}/overrides/assets/runtime/webassembly.js";
        const argument = process.argv[1];
        process.stdout.write(new Uint8Array({expression}), () => process.exit(0));
    """
    command = [executable("node"), "--input-type=module", "--eval", script, str(argument)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def names_in(archive: str) -> set[str]:
    """Return the files of an archive."""
    return set(zipfile.ZipFile(io.BytesIO(decompressed(archive))).namelist())
