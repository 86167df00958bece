"""Compile the standard library and the wheels to bytecode; runs inside a plainly booted Pyodide.

Only Pyodide's own compiler makes bytecode that Pyodide loads. A Python that
imports bytecode leaves no traces of parsing in its memory, and without
docstrings and line tables the snapshot is a sixth smaller: a traceback then
names functions but no lines, which the plain boot still does.
"""

import ast
import importlib.util
import marshal
import types
import zipfile

# An unchecked hash: the header of a file that is never compared with its source.
_HEADER = importlib.util.MAGIC_NUMBER + b"\x01\x00\x00\x00" + bytes(8)


def compile_archives(archives: list[str], output: str, left_out: list[str]) -> None:
    """Write the contents of the archives into one, with `.pyc` files in the place of `.py` files.

    Without what lies in the folders `left_out`, and without records, which say something of every other file.
    """
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as compiled:
        for archive in archives:
            with zipfile.ZipFile(archive) as sources:
                for name in sources.namelist():
                    if name.startswith(tuple(left_out)) or ".dist-info/" in name:
                        continue
                    content = sources.read(name)
                    if name.endswith(".py"):
                        compiled.writestr(f"{name}c", bytecode(content, name))
                    else:
                        compiled.writestr(name, content)


def bytecode(source: bytes, name: str) -> bytes:
    """Return what stands in the `.pyc` file of a source."""
    tree = ast.parse(source, name)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.decorator_list:
            # Without one, a dataclass writes itself a docstring when it is made, which takes half of that time.
            node.body.append(ast.parse('__doc__ = "."').body[0])
    return _HEADER + marshal.dumps(_without_lines(compile(tree, name, "exec", dont_inherit=True, optimize=2)))


def _without_lines(code: types.CodeType) -> types.CodeType:
    constants = tuple(_without_lines(value) if isinstance(value, types.CodeType) else value for value in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"")
