"""Our bundles in the site: made by `tools/bundle.mjs`, published as `assets/playbook/`, found by name."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

BUNDLES = Path(__file__).parent.parent / "build" / "assets"
PUBLISHED = "assets/playbook"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which file a bundle's name stands for; the file's name changes with its content."""

    files: dict[str, str]

    @classmethod
    def read(cls, bundles: Path = BUNDLES) -> Self:
        """Read the manifest of the last bundling. Raises PluginError when there is none."""
        try:
            return cls(json.loads((bundles / MANIFEST).read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise PluginError(f"{bundles / MANIFEST} is missing: `make site` makes it, with tools/bundle.mjs") from None

    def address(self, name: str) -> str:
        """Return where a bundle is published, relative to the site's root. Raises PluginError for an unknown name."""
        try:
            return f"{PUBLISHED}/{self.files[name]}"
        except KeyError:
            raise PluginError(f"no bundle {name!r}: tools/bundle.mjs makes {', '.join(sorted(self.files))}") from None


def publish(site: Path, bundles: Path = BUNDLES) -> None:
    """Copy the bundles into the built site."""
    shutil.copytree(bundles, site / PUBLISHED, dirs_exist_ok=True, ignore=shutil.ignore_patterns(MANIFEST))


def sources_among(files: Iterable[File], custom_dir: Path) -> list[File]:
    """Return the bundles' sources: MkDocs would publish them, as it does with every file of the theme."""
    sources = custom_dir / "assets"
    return [file for file in files if file.abs_src_path and Path(file.abs_src_path).is_relative_to(sources)]
