"""Every line of Pyodide's own script that is changed: each is a debt, due at the next version of Pyodide.

`write_glue` stops the build where a line is not there exactly once; `tests/runtime/test_glue.py` says of each
whether what it is for still holds. At a new version: empty `CHANGES`, run the tests and `make bench`, and put back what
pays, as that version has it.
"""

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


def write_glue(source: Path, target: Path) -> None:
    """Write the script with its changes; raises RuntimeError if a piece has moved."""
    glue = source.read_text(encoding="utf-8")
    for change in CHANGES:
        if glue.count(change.before) != 1:
            raise RuntimeError(f"Pyodide's script has no longer “{change.before}”: {change.at_next_version}")
        glue = glue.replace(change.before, change.after)
    target.write_text(glue, encoding="utf-8")
