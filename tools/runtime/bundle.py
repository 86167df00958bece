"""Put together what the reader's browser needs to run Python: `python -m tools.runtime.bundle OUT`.

Wheels of the calculators and of the cut-down Babel, a Pyodide lock file that
names them with their hashes, the interpreter in two parts, a memory snapshot in
which all of it is already imported, and the archives of what only some readers
come to.
`tools/bundle.mjs` publishes the folder under a name that holds a hash of its
contents.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from calculators.core.words.catalogue import LANGUAGES, LOCALE_DIRECTORY
from tools.runtime.archives import ANALYSIS, WAREHOUSE, add_names, wheels_of_archives, write_words
from tools.runtime.babel_subset import write_babel_subset
from tools.runtime.glue import write_glue
from tools.runtime.wheel import UNVERSIONED, write_wheel

PROJECT = Path(__file__).resolve().parents[2]
PYODIDE = PROJECT / "node_modules" / "pyodide"
GLUE = PROJECT / "build" / "pyodide.asm.mjs"

NODE = Path(sys.executable).with_name("node")


def build_runtime(output: Path) -> None:
    """Write wheels, lock file and snapshot into a directory; raises CalledProcessError when a step fails."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    write_glue(PYODIDE / "pyodide.asm.mjs", GLUE)
    babel = write_babel_subset(output)
    _write_lock_file(output, [babel, _write_calculators(output)])
    shutil.copy(PYODIDE / "python_stdlib.zip", output)
    _run("make_snapshot.mjs", output)
    write_words(output, babel)
    _write_archives(output)
    _run("cut_interpreter.mjs", output)
    _run("check_answers.mjs", output)
    # Compressed here, since hosts compress neither format reliably; `.bin`, so that none takes it for an encoding.
    _run("compress.mjs", output)


def _write_archives(output: Path) -> None:
    """Write the other archives, of which each may lean on those before."""
    with tempfile.TemporaryDirectory() as directory:
        for names, wheels in wheels_of_archives(Path(directory)).items():
            _run("make_archive.mjs", output, names, *wheels)
    add_names(output)


def _run(script: str, output: Path, *arguments: str | Path) -> None:
    """Run a script that lies beside this one; raises CalledProcessError when it fails."""
    subprocess.run([NODE, Path(__file__).with_name(script), output, *arguments], check=True, cwd=PROJECT)


def _write_calculators(output: Path) -> Path:
    """Write the calculators' wheel and return its path; raises RuntimeError when their version is not where it was.

    Without their version, which would be in the snapshot: a release leaves what it does not change as it was.
    """
    package = PROJECT / "calculators"
    elsewhere = (ANALYSIS, WAREHOUSE)
    sources = [
        path
        for path in package.rglob("*.py")
        if path.name != "__main__.py" and not any(map(path.is_relative_to, elsewhere))
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
