"""Build the pages of one language into a built site, for an author who waits: `… -m tools.pages.one_language ko SITE`.

A quarter of the work of the whole: the other languages, the search and what is written once for all of them stay as the
last build left them. The pages are byte for byte those of a whole build of the same sources.
"""

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tools.pages.share_pictures import PUBLISHED as SHARE_PICTURES

# Written for all languages together: one alone would be in that language.
_OF_ALL_LANGUAGES = Path("404.html")


def build_pages(language: str, site: Path) -> None:
    """Build the pages of a language and put those that have changed into a site; raises mkdocs' Abort."""
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(site_dir=folder)
        config.plugins.on_startup(command="build", dirty=False)
        # As static-i18n itself builds each language but the first.
        i18n = config.plugins["i18n"]
        i18n.current_language = language  # type: ignore[attr-defined]  # the plugin has no types
        i18n.building = True  # type: ignore[attr-defined]
        # Half a second goes into an index that the whole build makes anew.
        events = config.plugins.events["page_context"]
        search = config.plugins["material/search"]
        events[:] = [method for method in events if getattr(method, "__self__", None) is not search]
        build(config)
        built = Path(folder)
        for file in [*built.rglob("*.html"), *(built / SHARE_PICTURES).iterdir()]:
            name = file.relative_to(built)
            target = site / name
            if name == _OF_ALL_LANGUAGES or (target.exists() and target.read_bytes() == file.read_bytes()):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            partly = target.with_name(f"{target.name}.{os.getpid()}")
            shutil.copyfile(file, partly)
            partly.replace(target)  # whoever reads the site meanwhile gets either whole


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("language")
    parser.add_argument("site", type=Path)
    options = parser.parse_args()
    build_pages(options.language, options.site)
