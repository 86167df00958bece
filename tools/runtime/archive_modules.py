"""Find and compile what is needed beyond the snapshot for one thing; runs inside a plainly booted Pyodide.

What only some readers come to is too large for the start of Python, and what it takes from the standard library may
not be in the snapshot either: a restored Python has no files. So all of it is one archive for each such thing, with
each module where Python looks for it, that the worker unpacks when the thing is first asked for.

`bytecode` is that of compile_sources.py, run before.
"""
# ruff: noqa: F821 - see above

import codecs
import importlib
import importlib.util
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

_EARLIEST = (1980, 1, 1, 0, 0, 0)
# What of a wheel is taken beside its modules; `.so` is compiled code.
_DATA = (".csv", ".mo", ".so")
_UNICODE = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def modules_of(name: str) -> list[str]:
    """Do what an archive is for, and return what that imports."""
    before = set(sys.modules)
    use, _, part = name.partition("-")
    _USES[use](*part.split())
    imported = sorted(sys.modules.keys() - before)
    if use == "group":
        # What of ours another group imports as well is in the archives of both: a reader may come to either.
        for module in imported:
            if module.startswith("calculators.core."):
                del sys.modules[module]
    return imported


def _import_group(group: str) -> None:
    """Import the calculators of a group."""
    import pkgutil

    from calculators.core.running.calculator import find

    for entry in pkgutil.iter_modules(importlib.import_module(f"calculators.{group}").__path__):
        find(entry.name.replace("_", "-"))


def _write_workbooks() -> None:
    """Write a workbook of every calculator in every language."""
    from calculators.core.page.answer import answer, default_texts
    from calculators.core.running.calculator import all_calculators
    from calculators.core.words.catalogue import LANGUAGES

    for language in LANGUAGES:
        for name in all_calculators():
            question = {"calculator": name, "language": language, "inputs": default_texts(name, language)}
            answer(json.dumps(question | {"currency": "EUR", "ask": "workbook", "address": "https://example.org/"}))


def _analyse() -> None:
    """Import every module of the analyser, the calculators it sends figures to, and the encodings of files."""
    import calculators.analysis
    from calculators.core.running.calculator import all_calculators

    all_calculators()

    place = Path(calculators.analysis.__path__[0])
    for path in sorted(place.rglob("*.py*")):
        if path.parent.name != "__pycache__" and path.stem != "__init__":
            importlib.import_module(".".join(("calculators.analysis", *path.relative_to(place).with_suffix("").parts)))
    likelihood = importlib.import_module("calculators.analysis.reading.likelihood")
    for encoding in (*_UNICODE, *likelihood.OLD_ENCODINGS):
        codecs.lookup(encoding)


def _read_spreadsheets() -> None:
    """Import the reader of workbooks."""
    importlib.import_module("python_calamine")


_USES: dict[str, Callable[..., None]] = {
    "group": _import_group,
    "workbook": _write_workbooks,
    "analysis": _analyse,
    "spreadsheet": _read_spreadsheets,
}


def write_archive(modules: list[str], wheels: list[str], output: str) -> None:
    """Write those of the modules that have a source as bytecode, and from the wheels data, compiled code and licences.

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
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as source:
                for name in source.namelist():
                    if name.endswith(_DATA) or ".dist-info/licenses/" in name:
                        archive.writestr(zipfile.ZipInfo(name, _EARLIEST), source.read(name))
