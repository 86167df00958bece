"""The picture that a chat or mail program shows beside a link to a page: its section, title and question.

Drawn when the site is built, and kept in build/ under a name that changes with what it says and how that is drawn.
"""

import hashlib
import io
import json
import os
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from babel.core import get_global
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from PIL import Image, ImageDraw
from PIL import __version__ as pillow_version

from calculators.core.words.catalogue import catalogue
from tools.pages.jump_links import calculators_of
from tools.pictures import typesetting
from tools.pictures.typesetting import FONTS, Lettering, RoomError, TypesettingError, fitting

WIDTH, HEIGHT = 1200, 630
PUBLISHED = "assets/share"
_KEPT = Path(__file__).resolve().parents[2] / "build" / "share-pictures"

_MARGIN = 84
_ROOM = WIDTH - 2 * _MARGIN
GROUND, _INK, _QUIET, _ACCENT = "#0f4c5c", "#ffffff", "#c4e3ea", "#ffb55c"
# The line of the site's sign, in a square of 32: docs/assets/images/favicon.svg.
_SIGN = (((6, 22.5), (13, 15), (18, 19.5), (26, 10)), ((19.5, 10), (26, 10), (26, 16.5)))
_COLOURS = 48


@dataclass(frozen=True, slots=True)
class SharePicture:
    """What a picture says."""

    language: str
    site_name: str
    section: str
    title: str
    words: str
    """The question of the page's calculator, or what the page is about."""

    @property
    def address(self) -> str:
        """Where it is published, relative to the site's root; changes with the picture. Raises PluginError."""
        return f"{PUBLISHED}/{hashlib.sha256(self.png()).hexdigest()[:16]}.png"

    def publish(self, site: Path) -> None:
        """Put it into a site; raises PluginError."""
        target = site / self.address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.png())

    def png(self) -> bytes:
        """Return it as a PNG of few colours, drawn unless it was before; raises PluginError without a font or sign."""
        said = "\n".join((_way_of_drawing(), *astuple(self)))
        kept = _KEPT / f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.png"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            drawn = kept.with_suffix(f".{os.getpid()}")
            drawn.write_bytes(self.drawn())
            drawn.replace(kept)  # at once: another build may look for it
        return kept.read_bytes()

    def drawn(self) -> bytes:
        """Draw it; raises PluginError."""
        try:
            image = self._image()
        except TypesettingError as error:
            raise PluginError(f"the picture for sharing {self.title!r} cannot be drawn: {error}") from error
        file = io.BytesIO()
        reduced = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        reduced.save(file, "PNG", optimize=True)
        return file.getvalue()

    def _image(self) -> Image.Image:
        image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
        canvas = ImageDraw.Draw(image)
        image.paste(_INK, (_MARGIN - 8, 62), sign(72))
        Lettering(self.language, 36, 600).draw(canvas, (_MARGIN + 78, 111), self.site_name, _INK)

        title, lines = self._title()
        top = 250 if len(lines) == 1 else 200
        if self.section:
            Lettering(self.language, 32, 600).draw(canvas, (_MARGIN, top - 8), self.section, _ACCENT)
        baseline = top + title.size * 1.15
        for line in lines:
            title.draw(canvas, (_MARGIN, baseline), line, _INK)
            baseline += title.size * 1.22

        words, lines = fitting(self.words, self.language, _ROOM, sizes=range(38, 23, -2), weight=400, most=3)
        baseline += words.size * 0.6 - title.size * 0.35
        for line in lines:
            words.draw(canvas, (_MARGIN, baseline), line, _QUIET)
            baseline += words.size * 1.45
        canvas.rectangle((0, HEIGHT - 14, WIDTH, HEIGHT), fill=_ACCENT)
        return image

    def _title(self) -> tuple[Lettering, list[str]]:
        """Return the title in one large line, or else in two."""
        try:
            return fitting(self.title, self.language, _ROOM, sizes=range(84, 63, -4), weight=700, most=1)
        except RoomError:
            return fitting(self.title, self.language, _ROOM, sizes=range(72, 43, -4), weight=700, most=2)


@cache
def _way_of_drawing() -> str:
    """Return what changes with how a text becomes a picture: the code, Pillow and the fonts."""
    digest = hashlib.sha256(pillow_version.encode())
    for file in (Path(__file__), Path(typesetting.__file__)):
        digest.update(file.read_bytes())
    for package in sorted(FONTS.glob("*/package.json")):
        digest.update(json.loads(package.read_text(encoding="utf-8"))["version"].encode())
    return digest.hexdigest()


def sign(size: int) -> Image.Image:
    """Return the site's sign as a mask, drawn large and made smaller so that its edges are smooth."""
    scale = size * 4 / 32
    mask = Image.new("L", (size * 4, size * 4))
    canvas = ImageDraw.Draw(mask)
    thick = round(2.8 * scale)
    for line in _SIGN:
        points = [(x * scale, y * scale) for x, y in line]
        canvas.line(points, fill=255, width=thick, joint="curve")
        for x, y in points:
            canvas.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
    return mask.resize((size, size), Image.Resampling.LANCZOS)


def picture_of(page: Page, html: str, language: str, site_name: str) -> SharePicture:
    """Return the picture of a page; `language` is that of its text."""
    title = str(page.meta.get("title", page.title))
    section = str(page.parent.title) if page.parent else ""
    calculators = calculators_of(html)
    words = (
        catalogue(language).gettext(calculators[0].question) if calculators else str(page.meta.get("description", ""))
    )
    return SharePicture(language, site_name, section if section != title else "", title, words or site_name)


def locale_of(language: str) -> str:
    """Return a language as Open Graph names it, with the country most of its readers live in: ko_KR."""
    parts = str(get_global("likely_subtags").get(language, language)).split("_")
    return f"{parts[0]}_{parts[-1]}"
