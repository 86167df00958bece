"""Find and compile what a workbook needs beyond the snapshot; runs inside a plainly booted Pyodide.

The library that writes workbooks is too large for Python's start, and what it takes from the standard library is not
in the snapshot either: a restored Python has no files. So all of it is one archive, with each module where Python
looks for it, that the worker unpacks when the first workbook is asked for.

`bytecode` is that of compile_sources.py, run before.
"""
# ruff: noqa: F821 - see above

import importlib.metadata
import importlib.util
import json
import sys
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def modules_of_a_workbook() -> list[str]:
    """Write a workbook of every calculator in every language, and return what that imports."""
    from calculators.core.calculator import all_calculators
    from calculators.core.catalogue import LANGUAGES
    from calculators.core.page import answer, default_texts

    before = set(sys.modules)
    for language in LANGUAGES:
        for name in all_calculators():
            question = {"calculator": name, "language": language, "inputs": default_texts(name, language)}
            answer(json.dumps(question | {"currency": "EUR", "ask": "workbook", "address": "https://example.org/"}))
    return sorted(sys.modules.keys() - before)


def write_archive(modules: list[str], output: str) -> None:
    """Write those of the modules that have a source as bytecode, and the licence of the library.

    Not compressed, so that the whole is compressed better.
    """
    with zipfile.ZipFile(output, "w") as archive:
        for module in modules:
            spec = importlib.util.find_spec(module)
            if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
                continue
            path = module.replace(".", "/") + ("/__init__" if spec.submodule_search_locations is not None else "")
            content = bytecode(spec.loader.get_data(spec.origin), f"{path}.py")  # type: ignore[union-attr,name-defined]
            archive.writestr(zipfile.ZipInfo(f"{path}.pyc", _EARLIEST), content)
        licence = importlib.metadata.distribution("xlsxwriter").read_text("licenses/LICENSE") or ""
        archive.writestr(zipfile.ZipInfo("xlsxwriter/LICENSE", _EARLIEST), licence)
