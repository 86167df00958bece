"""What makes the site an app to be installed: a manifest for each language, and icons drawn from the site's sign."""

import io
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from PIL import Image, ImageDraw

from calculators.core.words.catalogue import LANGUAGES
from tools.pages.share_pictures import GROUND, sign
from tools.texts.playbook_pages import folder_of

PUBLISHED = "assets/app"
MANIFEST = "app.webmanifest"
_INK = "#ffffff"
# A phone shows at least the middle four fifths of a maskable icon, in whatever shape.
_SIGN_IN_ICON = {"any": 0.78, "maskable": 0.52}
_CORNER = 0.19


class Icon(NamedTuple):
    """A square picture of the site's sign."""

    size: int
    purpose: str
    """`any` has round corners, `maskable` fills the square: the device cuts its own shape out of it."""

    def png(self) -> bytes:
        """Draw it."""
        image = Image.new("RGB", (self.size, self.size), GROUND)
        part = round(self.size * _SIGN_IN_ICON[self.purpose])
        image.paste(_INK, ((self.size - part) // 2,) * 2, sign(part))
        if self.purpose == "any":
            image.putalpha(_rounded(self.size))
        file = io.BytesIO()
        image.save(file, "PNG", optimize=True)
        return file.getvalue()

    @property
    def address(self) -> str:
        """Where it is published, relative to the site's root: the name changes with the picture."""
        return f"{PUBLISHED}/icon-{self.size}-{self.purpose}-{sha256(_drawn(self)).hexdigest()[:8]}.png"


ICONS = tuple(Icon(size, purpose) for purpose in _SIGN_IN_ICON for size in (192, 512))
# Apple's devices round the corners themselves, and have no other background than black.
TOUCH_ICON = Icon(180, "maskable")


@cache
def _drawn(icon: Icon) -> bytes:
    return icon.png()


def _rounded(size: int) -> Image.Image:
    """Return a mask with round corners, drawn large and made smaller so that its edges are smooth."""
    large = Image.new("L", (size * 4, size * 4))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, size * 4 - 1, size * 4 - 1), radius=size * 4 * _CORNER, fill=255)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def addresses(language: str) -> dict[str, str]:
    """Return what the pages of a language link to, relative to the site's root."""
    return {"manifest": folder_of(language) + MANIFEST, "touch_icon": TOUCH_ICON.address}


def manifest(language: str, name: str, description: str, prefix: str) -> dict[str, object]:
    """Return the manifest of a language, for its folder; `prefix` is the path of the site on its host.

    The app's scope is the site, whose languages link to each other. Its id is what tells apps of one host apart, and
    resolves against that host: hence the whole path.
    """
    root = "../" if folder_of(language) else "./"
    return {
        "id": prefix + folder_of(language),
        "name": name,
        "short_name": name,
        "description": description,
        "lang": language,
        "dir": "ltr",
        "start_url": "./",
        "scope": root,
        "display": "standalone",
        "theme_color": GROUND,
        "background_color": GROUND,
        "icons": [
            {
                "src": root + icon.address,
                "sizes": f"{icon.size}x{icon.size}",
                "type": "image/png",
                "purpose": icon.purpose,
            }
            for icon in ICONS
        ],
    }


def write(site: Path, names: dict[str, str], descriptions: dict[str, str], address: str) -> None:
    """Write icons and manifests into the site built for an address; `names` and `descriptions` are by language."""
    prefix = urlsplit(address).path
    for icon in (*ICONS, TOUCH_ICON):
        target = site / icon.address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_drawn(icon))
    for language in LANGUAGES:
        content = manifest(language, names[language], descriptions[language], prefix)
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (site / folder_of(language) / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
