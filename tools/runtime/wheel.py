"""Write a pure Python wheel, byte for byte the same for the same contents.

Our two wheels are served by content hash; a build back end stamps times into
them, and would need the network for an isolated build.
"""

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_WHEEL = b"Wheel-Version: 1.0\nGenerator: tools.runtime.wheel\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# Of what is part of this site: its release number would change a part that nothing else has changed.
UNVERSIONED = "0"
EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_wheel(
    directory: Path,
    *,
    name: str,
    version: str,
    summary: str,
    requires: Iterable[str],
    contents: Mapping[str, bytes],
    licence: str,
) -> Path:
    """Write `{name}-{version}-py3-none-any.whl` with these files and return its path."""
    info = f"{name}-{version}.dist-info"
    metadata = [
        "Metadata-Version: 2.4",
        f"Name: {name.replace('_', '-')}",
        f"Version: {version}",
        f"Summary: {summary}",
    ]
    metadata += [f"Requires-Dist: {requirement}" for requirement in requires]
    entries = dict(sorted(contents.items())) | {
        f"{info}/licenses/LICENSE": licence.encode(),
        f"{info}/METADATA": "\n".join([*metadata, "License-File: LICENSE", ""]).encode(),
        f"{info}/WHEEL": _WHEEL,
    }
    record = "".join(f"{path},{_digest(content)},{len(content)}\n" for path, content in entries.items())
    entries[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    path = directory / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for entry, content in entries.items():
            wheel.writestr(zipfile.ZipInfo(entry, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return path


def _digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
