"""Record which English text a translation was made from.

    python -m tools.translation.stamp docs/ko/metrics/win-rate.md …

Run it once a translation says what the English page says now. Until the English
page changes again, readers see no notice that the two may differ.
"""

import argparse
import re
from pathlib import Path

from tools.translation.page_translation import blob_id

_FRONT_MATTER = "---\n"


def stamp(translation: Path, docs: Path = Path("docs")) -> None:
    """Write the id of the English page into a translation's front matter.

    Raises ValueError for a page outside a language folder or without front
    matter, and FileNotFoundError when there is no English page.
    """
    _language, *parts = translation.relative_to(docs).parts
    english = docs.joinpath("en", *parts)
    text = translation.read_text(encoding="utf-8")
    if english == translation or not text.startswith(_FRONT_MATTER):
        raise ValueError(f"{translation} is no translation with front matter")
    text = re.sub(r"^source_rev:.*\n", "", text, count=1, flags=re.MULTILINE)
    line = f"source_rev: {blob_id(english.read_bytes())}\n"
    translation.write_text(_FRONT_MATTER + line + text.removeprefix(_FRONT_MATTER), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="+", type=Path)
    for page in parser.parse_args().pages:
        stamp(page)
