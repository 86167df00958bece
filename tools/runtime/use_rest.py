"""Say what of the interpreter's data is only for what calculators do not come to; see cut_interpreter.mjs."""

import _imp
import importlib
import sys
import unicodedata
from collections.abc import Iterator

_CODECS = ("_codecs_cn", "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw")
# All of them, whether or not the analyser knows one: their tables are in the interpreter.
_ENCODINGS = (
    "big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jis_2004", "euc_jisx0213", "euc_jp", "euc_kr", "gb18030",
    "gb2312", "gbk", "hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3",
    "iso2022_jp_ext", "iso2022_kr", "johab", "shift_jis", "shift_jis_2004", "shift_jisx0213",
)  # fmt: skip
# No table says anything of a character from here on, but for a few that are not seen.
_LAST = 0x34000
# Of a short text, another one may be a part.
_SHORTEST = 40


def use_rest() -> None:
    """Write and read every character in Chinese, Japanese and Korean encodings, and by its name."""
    every = [chr(code) for code in range(_LAST) if not 0xD800 <= code < 0xE000]
    for encoding in _ENCODINGS:
        for codecs in map(importlib.import_module, _CODECS):
            try:
                codec = codecs.getcodec(encoding)
            except LookupError:
                continue
            for start in range(0, len(every), 0x1000):
                text, _ = codec.encode("".join(every[start : start + 0x1000]), "ignore")
                codec.decode(text, "ignore")
            for lead in (b"", b"\x8f", *(bytes([byte]) for byte in range(0x81, 0xFF))):
                for first in range(0x21, 0xFF):
                    codec.decode(lead + bytes([first]), "ignore")
    for character in every:
        name = unicodedata.name(character, None)
        if name:
            unicodedata.lookup(name)


def texts_of_help() -> list[str]:
    """Return the documentation of what is written in C."""
    texts = set()
    for module in map(__import__, sorted(sys.builtin_module_names)):
        texts |= {module.__doc__, *(getattr(value, "__doc__", None) for value in vars(module).values())}
    for kind in _kinds(object):
        texts |= {kind.__doc__, *(getattr(value, "__doc__", None) for value in vars(kind).values())}
    return sorted(text for text in texts if isinstance(text, str) and len(text) >= _SHORTEST)


def _kinds(kind: type) -> Iterator[type]:
    below: type
    for below in type.__subclasses__(kind):
        yield below
        yield from _kinds(below)


def frozen_modules(imported: list[str]) -> list[bytes]:
    """Return the bytecode that is compiled into the interpreter, of modules that are imported already."""
    found = (_imp.find_frozen(name, withdata=True) for name in imported)
    return [bytes(module[0]) for module in found if module is not None and module[0] is not None]
