"""Put together what the reader's browser needs to run Python: `python -m tools.runtime.bundle OUT`.

Wheels of the calculators and of the cut-down Babel, a Pyodide lock file that
names them with their hashes, the interpreter, a memory snapshot in which all
of it is already imported, and the archives of what only some readers come to.
`tools/bundle.mjs` publishes the folder under a name that holds a hash of its
contents.
"""

import argparse
import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from calculators.core.words.catalogue import LANGUAGES, LOCALE_DIRECTORY
from tools.runtime.archives import ANALYSIS, add_names, wheels_of_archives, write_words
from tools.runtime.babel_subset import write_babel_subset
from tools.runtime.wheel import UNVERSIONED, write_wheel

PROJECT = Path(__file__).resolve().parents[2]
PYODIDE = PROJECT / "node_modules" / "pyodide"
GLUE = PROJECT / "build" / "pyodide.asm.mjs"

# At each start, Pyodide enters all 8,000 functions it exports into a table, for packages with compiled code to find.
# Ours, loaded into a running Python (spreadsheet.bin), finds what it asks for without; and a start takes a quarter less
# time. The snapshot and the browser need the same glue, since the table's order is in the snapshot.
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
    babel = write_babel_subset(output)
    _write_lock_file(output, [babel, _write_calculators(output)])
    shutil.copy(PYODIDE / "python_stdlib.zip", output)
    subprocess.run([NODE, Path(__file__).with_name("make_snapshot.mjs"), output], check=True, cwd=PROJECT)
    archives = write_words(output, babel) + _write_archives(output)
    # Compressed here, since hosts compress neither format reliably; `.bin`, so that none takes it for an encoding.
    _compress((PYODIDE / "pyodide.asm.wasm").read_bytes(), output / "interpreter.bin")
    for made in (output / "snapshot.bin", *archives):
        _compress(made.read_bytes(), made)


def _write_archives(output: Path) -> list[Path]:
    """Write the other archives, of which each may lean on those before, and return the paths."""
    script = Path(__file__).with_name("make_archive.mjs")
    with tempfile.TemporaryDirectory() as directory:
        wheels = wheels_of_archives(Path(directory))
        for names, parts in wheels.items():
            subprocess.run([NODE, script, output, names, *parts], check=True, cwd=PROJECT)
    add_names(output)
    subprocess.run([NODE, Path(__file__).with_name("check_answers.mjs"), output], check=True, cwd=PROJECT)
    return [output / f"{name}.bin" for names in wheels for name in names.split(",")]


def _write_glue() -> None:
    """Write Pyodide's glue without the filling of a table that nothing here reads; raises RuntimeError if it moved."""
    glue = (PYODIDE / "pyodide.asm.mjs").read_text(encoding="utf-8")
    if glue.count(_ENTERS_EVERY_FUNCTION) != 1:
        raise RuntimeError("Pyodide fills its table of functions in another way: look at updateGOT in pyodide.asm.mjs")
    GLUE.write_text(glue.replace(_ENTERS_EVERY_FUNCTION, _ENTERS_WHAT_IS_ASKED_FOR), encoding="utf-8")


def _compress(content: bytes, target: Path) -> None:
    target.write_bytes(gzip.compress(content, 9, mtime=0))


def _write_calculators(output: Path) -> Path:
    """Write the calculators' wheel and return its path; raises RuntimeError when their version is not where it was.

    Without their version, which would be in the snapshot: a release leaves what it does not change as it was.
    """
    package = PROJECT / "calculators"
    sources = [
        path for path in package.rglob("*.py") if path.name != "__main__.py" and not path.is_relative_to(ANALYSIS)
    ]
    catalogues = [LOCALE_DIRECTORY / language / "LC_MESSAGES" / "calculators.mo" for language in LANGUAGES[1:]]
    contents = {path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in [*sources, *catalogues]}
    opening, count = re.subn(rb'^__version__ = ".*"$', b"", contents["calculators/__init__.py"], flags=re.MULTILINE)
    if count != 1:
        raise RuntimeError("calculators/__init__.py no longer says its version in one line")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return write_wheel(
        output,
        name="calculators",
        version=UNVERSIONED,
        summary=project["description"],
        requires=("babel",),
        contents=contents | {"calculators/__init__.py": opening},
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
