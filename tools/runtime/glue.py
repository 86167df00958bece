"""Every line of Pyodide's own script that is changed: each is a debt, due at the next version of Pyodide.

Besides, what it does not use of the interpreter is left out of it (`without_unused_exports`).
`write_glue` stops the build where a line is not there exactly once; `tests/runtime/test_glue.py` says of each
whether what it is for still holds. At a new version: empty `CHANGES`, run the tests and `make bench`, and put back what
pays, as that version has it.
"""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A piece of Pyodide's script and what stands there instead."""

    before: str
    after: str
    why: str
    at_next_version: str
    """What to look at if the piece has moved."""


_ENTERS_EVERY_FUNCTION = 'if(typeof value=="function"){newValue=addFunction(value)}else if(typeof value.value'

CHANGES = (
    Change(
        before=_ENTERS_EVERY_FUNCTION,
        after=_ENTERS_EVERY_FUNCTION.replace("{newValue", "{if(!GOT[symName])continue;newValue"),
        why="""At each start, Pyodide enters all 8,000 functions it exports into a table, for packages with compiled
        code to find. Ours, loaded into a running Python (spreadsheet.bin), finds what it asks for without; and a start
        takes a quarter less time. The snapshot and the browser need the same script: the table's order is in it.""",
        at_next_version="updateGOT in pyodide.asm.mjs; a reader of workbooks that is compiled must still load",
    ),
)


_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_ASSIGNMENTS = re.compile(r"var (?P<declared>[\w$,]+);function assignWasmExports\(wasmExports\){(?P<assigned>[^{}]*)}")
_ASSIGNMENT = re.compile(
    r'(?P<variable>_[\w$]+)=Module\["(?P=variable)"\]=wasmExports\["(?P<export>[\w$]+)"\](?:\.value>>>0)?'
)


def without_unused_exports(glue: str, loader: str) -> str:
    """Return Pyodide's script without variables for exports of the interpreter that neither it nor its loader names.

    There are 4,600, for packages with compiled code, which find what they need elsewhere: a third of the script, that
    each start would read and run. Raises RuntimeError if they are not assigned in one place, as in 314.0.3 they are.
    """
    found = _ASSIGNMENTS.findall(glue)
    if len(found) != 1:
        raise RuntimeError("Pyodide's script no longer assigns all exports in one function: see assignWasmExports")
    declared, assigned = found[0]
    named = set(_WORD.findall(_ASSIGNMENTS.sub("", glue) + loader))
    unused = {
        match["variable"]: match[0]
        for match in map(_ASSIGNMENT.fullmatch, assigned.split(";"))
        if match and not named & {match["variable"], match["export"]}
    }
    kept = ";".join(statement for statement in assigned.split(";") if statement not in unused.values())
    variables = ",".join(name for name in declared.split(",") if name not in unused)
    return glue.replace(declared, variables, 1).replace(assigned, kept, 1)


def write_glue(source: Path, target: Path) -> None:
    """Write the script with its changes; raises RuntimeError if a piece has moved."""
    glue = source.read_text(encoding="utf-8")
    for change in CHANGES:
        if glue.count(change.before) != 1:
            raise RuntimeError(f"Pyodide's script has no longer “{change.before}”: {change.at_next_version}")
        glue = glue.replace(change.before, change.after)
    loader = source.with_name("pyodide.mjs").read_text(encoding="utf-8")
    target.write_text(without_unused_exports(glue, loader), encoding="utf-8")
