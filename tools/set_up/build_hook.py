"""Compile the catalogues when a wheel of the calculators is built, wherever that is (see pyproject.toml).

Git ignores compiled catalogues, so that neither a fresh clone nor a source distribution has them.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Puts each language's `.mo` file into the wheel; an editable install reads those that `make messages` compiles."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._compiled = Path(tempfile.mkdtemp(prefix="catalogues-"))
        for source in sorted(Path(self.root, "calculators", "locale").glob("*/LC_MESSAGES/*.po")):
            place = source.relative_to(self.root).with_suffix(".mo")
            compiled = self._compiled / place
            compiled.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as text, compiled.open("wb") as file:
                write_mo(file, read_po(text))
            build_data["force_include"][str(compiled)] = place.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's
        if version != "editable":
            shutil.rmtree(self._compiled)
