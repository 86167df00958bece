"""What Python holds for JavaScript is let go of, also where the browser cleans up in the middle of a read (WebKit)."""

import json
import subprocess

from tests.support import PROJECT, executable
from tools.runtime.bundle import PYODIDE

# The browser's part is played by a registry that calls back while Python reads, which is without its lock then.
_CLEAN_UP_WHILE_READING = """
    import { pathToFileURL } from "node:url";
    const [pyodidePath, source] = process.argv.slice(1);
    globalThis.self = globalThis;
    const cleanups = [];
    globalThis.FinalizationRegistry = class {
        constructor(cleanUp) { this.cleanUp = cleanUp; }
        register(_target, held) { if (held?.ptr) cleanups.push(() => this.cleanUp(held)); }
        unregister() {}
    };
    if (source) (await import(pathToFileURL(source).href)).cleanUpBetweenReads();
    const { loadPyodide } = await import(pathToFileURL(`${pyodidePath}/pyodide.mjs`).href);
    const pyodide = await loadPyodide({ indexURL: pyodidePath });
    pyodide.runPython("import os, sys\\nheld = object()\\ncount = lambda: sys.getrefcount(held)");
    const counts = [pyodide.runPython("count()")];
    cleanups.length = 0;
    pyodide.globals.get("held");
    counts.push(pyodide.runPython("count()"));
    const [cleanUp] = cleanups;
    let error = null;
    pyodide.FS.mkdev("/waiting", pyodide.FS.makedev(70, 0));
    pyodide.FS.registerDevice(pyodide.FS.makedev(70, 0), { read() {
        try { cleanUp(); } catch (refusal) { error = refusal.name; }
        return 0;
    } });
    pyodide.runPython("os.read(os.open('/waiting', os.O_RDONLY), 1)");
    await new Promise((resolve) => setTimeout(resolve, 20));
    counts.push(pyodide.runPython("count()"));
    process.stdout.write(JSON.stringify({ counts, error }), () => process.exit(0));
"""


def _cleaned_up(*source: str) -> dict[str, object]:
    command = [executable("node"), "--input-type=module", "--eval", _CLEAN_UP_WHILE_READING, str(PYODIDE), *source]
    answer: dict[str, object] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def test_pyodide_refuses_to_clean_up_while_python_reads() -> None:
    """That is what we mend: the error goes uncaught, and the object is never let go of."""
    assert _cleaned_up() == {"counts": [2, 3, 3], "error": "NoGilError"}


def test_it_is_cleaned_up_after_the_read() -> None:
    """Without an error, and the object is let go of."""
    source = PROJECT / "overrides" / "assets" / "runtime" / "cleaning_up.js"

    assert _cleaned_up(str(source)) == {"counts": [2, 3, 2], "error": None}
