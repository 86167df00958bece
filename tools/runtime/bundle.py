"""Put together what the reader's browser needs to run Python: `python -m tools.runtime.bundle OUT`.

Wheels of the calculators and of the cut-down Babel, a Pyodide lock file that
names them with their hashes, the interpreter, a memory snapshot in which all
of it is already imported, and what is fetched for workbooks. `tools/bundle.mjs` publishes the folder under a
name that holds a hash of its contents.
"""

import argparse
import gzip
import importlib.metadata
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib.resources import files
from pathlib import Path

from calculators.core.catalogue import LANGUAGES, LOCALE_DIRECTORY
from tools.runtime.babel_subset import write_babel_subset
from tools.runtime.wheel import write_wheel

PROJECT = Path(__file__).resolve().parents[2]
PYODIDE = PROJECT / "node_modules" / "pyodide"
GLUE = PROJECT / "build" / "pyodide.asm.mjs"

# At each start, Pyodide enters all 8,000 functions it exports into a table, for packages with compiled code to find.
# We have none; without it a start takes a quarter less time. The snapshot and the browser need the same glue, since
# the table's order is in the snapshot.
_ENTERS_EVERY_FUNCTION = 'if(typeof value=="function"){newValue=addFunction(value)}else if(typeof value.value'
_ENTERS_WHAT_IS_ASKED_FOR = (
    'if(typeof value=="function"){if(!GOT[symName])continue;newValue=addFunction(value)}else if(typeof value.value'
)
NODE = Path(sys.executable).with_name("node")


def build_runtime(output: Path) -> None:
    """Write wheels, lock file and snapshot into a directory; raises CalledProcessError when a step fails."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    _write_glue()
    wheels = [write_babel_subset(output), _write_calculators(output)]
    _write_lock_file(output, wheels)
    shutil.copy(PYODIDE / "python_stdlib.zip", output)
    subprocess.run([NODE, Path(__file__).with_name("make_snapshot.mjs"), output], check=True, cwd=PROJECT)
    _write_workbook_modules(output)
    # Compressed here, since hosts compress neither format reliably; `.bin`, so that none takes it for an encoding.
    _compress((PYODIDE / "pyodide.asm.wasm").read_bytes(), output / "interpreter.bin")
    for made in (output / "snapshot.bin", output / "workbook.bin"):
        _compress(made.read_bytes(), made)


def _write_workbook_modules(output: Path) -> None:
    """Write the archive that is fetched when the first workbook is asked for."""
    distribution = importlib.metadata.distribution("xlsxwriter")
    licence = distribution.read_text("licenses/LICENSE.txt")
    if licence is None:
        raise RuntimeError("XlsxWriter's licence is not where it was: its modules must carry it")
    source = files("xlsxwriter")
    contents = {f"xlsxwriter/{file.name}": file.read_bytes() for file in source.iterdir() if file.name.endswith(".py")}
    with tempfile.TemporaryDirectory() as directory:
        wheel = write_wheel(
            Path(directory),
            name="xlsxwriter",
            version=distribution.version,
            summary=distribution.metadata["Summary"],
            requires=(),
            contents=contents,
            licence=licence,
        )
        script = Path(__file__).with_name("make_workbook_modules.mjs")
        subprocess.run([NODE, script, output, wheel], check=True, cwd=PROJECT)


def _write_glue() -> None:
    """Write Pyodide's glue without the filling of a table that nothing here reads; raises RuntimeError if it moved."""
    glue = (PYODIDE / "pyodide.asm.mjs").read_text(encoding="utf-8")
    if glue.count(_ENTERS_EVERY_FUNCTION) != 1:
        raise RuntimeError("Pyodide fills its table of functions in another way: look at updateGOT in pyodide.asm.mjs")
    GLUE.write_text(glue.replace(_ENTERS_EVERY_FUNCTION, _ENTERS_WHAT_IS_ASKED_FOR), encoding="utf-8")


def _compress(content: bytes, target: Path) -> None:
    target.write_bytes(gzip.compress(content, 9, mtime=0))


def _write_calculators(output: Path) -> Path:
    package = PROJECT / "calculators"
    sources = [path for path in package.rglob("*.py") if path.name != "__main__.py"]
    catalogues = [LOCALE_DIRECTORY / language / "LC_MESSAGES" / "calculators.mo" for language in LANGUAGES[1:]]
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return write_wheel(
        output,
        name="calculators",
        version=project["version"],
        summary=project["description"],
        requires=("babel",),
        contents={path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in [*sources, *catalogues]},
        licence=(PROJECT / "LICENSE").read_text(encoding="utf-8"),
    )


def _write_lock_file(output: Path, wheels: list[Path]) -> None:
    """Add the wheels to a lock file that keeps Pyodide's versions but none of its 350 packages."""
    pyodide_lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    empty, lock = output / "empty-lock.json", output / "pyodide-lock.json"
    empty.write_text(json.dumps(pyodide_lock | {"packages": {}}), encoding="utf-8")
    pyodide = Path(sys.executable).with_name("pyodide")
    options: list[str | Path] = ["--input", empty, "--output", lock, "--base-path", output]
    subprocess.run([pyodide, "lockfile", "add-wheels", *options, *wheels], check=True, cwd=output)
    empty.unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("output", type=Path)
    build_runtime(parser.parse_args().output.resolve())
