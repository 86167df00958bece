"""Every code that is said has its sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from calculators.analysis.report import file_sentences, note_sentences
from tests.support import PROJECT

ANALYSIS = PROJECT / "calculators" / "analysis"


def first_texts(function: str) -> Iterator[tuple[Path, str]]:
    """Yield the texts that calls of a function may have as their first argument, over all modules of the analyser."""
    for path in sorted(ANALYSIS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if name == function:
                    yield from ((path, text) for text in texts_in(node.args[0]))


def texts_in(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression may be, both of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from texts_in(node.body)
        yield from texts_in(node.orelse)


def test_every_refusal_has_its_sentence() -> None:
    """A code without one would end in a traceback where the reader needs a way on."""
    codes = {code for _path, code in first_texts("Refused")}
    assert len(codes) > 25
    assert codes - file_sentences.REFUSALS.keys() == set()


def test_every_note_has_its_sentence() -> None:
    """Notes of files and of figures."""
    added = {*first_texts("add"), *first_texts("add_counted")}
    codes = {code for path, code in added if "figures" in path.parts or "gate" in path.parts}
    known = note_sentences.OF_FIGURES.keys() | note_sentences.OF_FILES.keys()
    # What stops figures stands in sets of its own.
    stops = {"no_outcome", "planned_close_only", "several_currencies"}
    assert len(codes) > 40
    assert codes - known - stops == set()
    assert stops <= known


def test_every_row_set_aside_has_its_reason() -> None:
    """As the lists of rows name it."""
    codes = {code for _path, code in first_texts("put_aside")} | {"above_header"}
    assert codes == file_sentences.SET_ASIDE.keys()
