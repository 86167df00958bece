"""Publish the scripts and the runtime of the release before once more: `python -m tools.kept_release SITE KEPT`.

A page that is left open over a release asks for files of its own release, whose names change with their content. KEPT
is what this command left there for the last release, or nothing at the first one; it is left there for the next.
Of a release that changes none of these files, the one before it is that before.
"""

import argparse
import shutil
from pathlib import Path

from tools.pages.assets import PUBLISHED


def files_of(folder: Path) -> set[Path]:
    """Return the files below a folder, relative to it; none where there is no folder."""
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file()}


def carry_over(site: Path, kept: Path) -> set[Path]:
    """Put the files of the release before beside those of a site, keep those for the next, and return what was put."""
    assets, this, before = site / PUBLISHED, kept / "this-release", kept / "the-release-before"
    own = files_of(assets)
    if this.exists() and files_of(this) != own:
        shutil.rmtree(before, ignore_errors=True)
        this.rename(before)
    shutil.rmtree(this, ignore_errors=True)
    shutil.copytree(assets, this)
    earlier = files_of(before) - own
    for file in earlier:
        (assets / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(before / file, assets / file)
    return earlier


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("kept", type=Path)
    options = parser.parse_args()
    print(f"{len(carry_over(options.site, options.kept))} files of the release before are published once more")


if __name__ == "__main__":
    main()
