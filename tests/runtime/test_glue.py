"""What is changed in Pyodide's own script, and that nothing else is."""

import re
import subprocess
from collections import Counter

import pytest

from tests.support import PROJECT, executable
from tools.runtime.bundle import GLUE, PYODIDE
from tools.runtime.glue import CHANGES, Change, without_unused_exports

# Counts what a fresh interpreter has in its table of functions.
_TABLE = """
    import { pathToFileURL } from "node:url";
    const { loadPyodide } = await import(pathToFileURL(`${process.argv[1]}/pyodide.mjs`).href);
    const { default: createModule } = await import(pathToFileURL(process.argv[2]).href);
    let table;
    await loadPyodide({ indexURL: process.argv[1], createPyodideModule: (settings) => {
        const { instantiateWasm } = settings;
        settings.instantiateWasm = (imports, done) => instantiateWasm(imports, (instance, module) => {
            table = instance.exports.__indirect_function_table;
            done(instance, module);
        });
        return createModule(settings);
    } });
    process.stdout.write(String(table.length), () => process.exit(0));
"""


def test_nothing_is_changed_but_what_is_listed() -> None:
    """The script is Pyodide's own once each change is undone, but for variables that nothing names."""
    glue = GLUE.read_text(encoding="utf-8")
    for change in CHANGES:
        assert glue.count(change.after) == 1
        glue = glue.replace(change.after, change.before)
    own = (PYODIDE / "pyodide.asm.mjs").read_text(encoding="utf-8")
    loader = (PYODIDE / "pyodide.mjs").read_text(encoding="utf-8")

    assert glue == without_unused_exports(own, loader)
    pieces_left_out = Counter(_pieces(own)) - Counter(_pieces(glue))
    assert len(pieces_left_out) > 8000
    words = set(re.findall(r"[\w$]+", re.sub(r'wasmExports\["[\w$]+"\]', "", glue)))
    for piece in pieces_left_out:
        assigned = re.fullmatch(r'(_[\w$]+)(=Module\["\1"\]=wasmExports\["[\w$]+"\](\.value>>>0)?)?', piece)
        assert assigned, piece
        assert assigned[1] not in words


def _pieces(script: str) -> list[str]:
    return re.split(r"[;,{}]|\bvar ", script)


def test_a_variable_that_the_loader_names_stays() -> None:
    """It reads Python's version by one, without which Python finds no library."""
    assert '_Py_Version=Module["_Py_Version"]' in GLUE.read_text(encoding="utf-8")


def test_exports_assigned_in_another_way_stop_the_build() -> None:
    """Another Pyodide may: then this has to be looked at."""
    with pytest.raises(RuntimeError, match="assignWasmExports"):
        without_unused_exports("function assign(exports){_a=exports.a}", "")


@pytest.mark.parametrize("change", CHANGES[:1], ids=lambda change: change.at_next_version.split()[0])
def test_functions_are_entered_only_where_one_is_asked_for(change: Change) -> None:
    """A start of Pyodide's own enters thousands; that its compiled packages still load, the analyser's tests say."""
    assert "addFunction" in change.before
    own, ours = (
        int(
            subprocess.run(
                [executable("node"), "--input-type=module", "--eval", _TABLE, str(PYODIDE), str(script)],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for script in (PYODIDE / "pyodide.asm.mjs", PROJECT / "build" / "pyodide.asm.mjs")
    )

    assert own - ours > 3000
