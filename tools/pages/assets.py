"""What the site holds besides pages: our bundles, made by `tools/bundle.mjs` and found by name, and files to try.

Bundles are published as `assets/playbook/`, the samples for the analyser as `assets/samples/`, and its answer key,
which lies in `docs/assets/answer-key/`, in one archive too.
"""

import json
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from tools.licences.software import PACKAGES
from tools.samples import publishing as samples

BUNDLES = Path(__file__).resolve().parents[2] / "build" / "assets"
PUBLISHED = "assets/playbook"
ANSWER_KEY = "assets/answer-key"
# They stand in the pages.
_WRITTEN_INTO_PAGES = ("early_start-*", "not_found-*", "without_scripts-*")
# Archives keep a day for each file; one that never changes, so that equal files make equal archives.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
MANIFEST = "manifest.json"
# Ours is in its place, so no page asks for it.
_THEME_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which file a bundle's name stands for; the file's name changes with its content."""

    files: dict[str, str]
    bundles: Path = BUNDLES

    @classmethod
    def read(cls, bundles: Path = BUNDLES) -> Self:
        """Read the manifest of the last bundling. Raises PluginError when there is none."""
        try:
            return cls(json.loads((bundles / MANIFEST).read_text(encoding="utf-8")), bundles)
        except FileNotFoundError:
            raise PluginError(f"{bundles / MANIFEST} is missing: `make site` makes it, with tools/bundle.mjs") from None

    def address(self, name: str) -> str:
        """Return where a bundle is published, relative to the site's root. Raises PluginError for an unknown name."""
        try:
            return f"{PUBLISHED}/{self.files[name]}"
        except KeyError:
            raise PluginError(f"no bundle {name!r}: tools/bundle.mjs makes {', '.join(sorted(self.files))}") from None

    def script(self, name: str) -> str:
        """Return a bundle to be written into a page. Raises PluginError for an unknown name."""
        return (self.bundles / Path(self.address(name)).name).read_text(encoding="utf-8").strip()


def publish(site: Path, bundles: Path = BUNDLES) -> None:
    """Copy the bundles into the built site."""
    unpublished = shutil.ignore_patterns(MANIFEST, PACKAGES, *_WRITTEN_INTO_PAGES)
    shutil.copytree(bundles, site / PUBLISHED, dirs_exist_ok=True, ignore=unpublished)


def publish_samples(site: Path) -> None:
    """Write the samples for the analyser into the built site."""
    samples.write(site / samples.PUBLISHED)


def answer_key_archive(config: MkDocsConfig, build: Path = BUNDLES.parent) -> File:
    """Pack the analyser's answer key into an archive, and return it as a file of the site that pages can link to.

    It lies in the build's folder, as static-i18n takes no file that has no place on the disk.
    """
    folder = build / "answer-key"
    archive = folder / ANSWER_KEY / "answer-key.zip"
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted((Path(config.docs_dir) / ANSWER_KEY).iterdir()):
            packed.writestr(zipfile.ZipInfo(f"answer-key/{file.name}", _NO_DAY), file.read_bytes())
    return File(
        archive.relative_to(folder).as_posix(), str(folder), str(config.site_dir), bool(config.use_directory_urls)
    )


def unused_among(files: Iterable[File], custom_dir: Path) -> list[File]:
    """Return what MkDocs would publish with every file of the theme: the bundles' sources, the theme's own search."""
    sources = custom_dir / "assets"
    return [
        file
        for file in files
        if file.src_uri.startswith(_THEME_SEARCH)
        or (file.abs_src_path and Path(file.abs_src_path).is_relative_to(sources))
    ]
