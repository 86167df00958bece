"""Draw a picture as SVG: text that is wrapped by its estimated width, boxes, lines and arrows.

Colours are classes (overrides/assets/site/styles/pictures.css), so that a picture follows light and dark. Where a text
stands is written down for tests/site/test_pictures.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from calculators.core.numbers.numerals import Numerals, numerals
from calculators.core.words.catalogue import catalogue
from tools.pictures.lettering import text_width, wrap

# A phone of 360 pixels leaves 328 for the text; a wide column has 640 and more.
NARROW, WIDE = 328, 640
_LEADING = 1.32

type Point = tuple[float, float]
type Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a picture says, as messages, and how it is drawn; `figures` fill the numbers into the messages."""

    title: str
    description: str
    caption: str
    draw: "Callable[[Drawing], None]"
    figures: Callable[[Numerals], Mapping[str, str]] = lambda _numerals: {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A line of text with the rectangle it is estimated to fill, and the width there is for it."""

    text: str
    left: float
    top: float
    width: float
    height: float
    room: float


class Drawing:
    """A picture being drawn in one language and width; `height` grows with what is put into it."""

    def __init__(self, language: str, width: float) -> None:
        self.language = language
        self.width = width
        self.height = 0.0
        self.is_wide = width >= WIDE
        self.size = 13.5 if self.is_wide else 12.5
        self.numerals = numerals(language)
        self.placed: list[Placed] = []
        self._shapes: list[str] = []

    def say(self, message: str, **figures: str) -> str:
        """Return a message in the picture's language."""
        text = catalogue(self.language).gettext(message) if message else ""
        return text.format(**figures) if figures else text

    # --- text --------------------------------------------------------------

    @property
    def leading(self) -> float:
        """Return the height of a line of text."""
        return self.size * _LEADING

    def height_of(self, text: str, room: float, *, bold: bool = False) -> float:
        """Return the height of a text that is wrapped into a width."""
        return len(wrap(text, room, self.size, self.language, bold=bold)) * self.leading

    def text(
        self,
        x: float,
        top: float,
        text: str,
        room: float,
        *,
        anchor: Anchor = "start",
        bold: bool = False,
        kind: str = "",
    ) -> float:
        """Write a text below `top`, wrapped into `room`, and return where it ends."""
        lines = wrap(text, room, self.size, self.language, bold=bold)
        spans = []
        for number, line in enumerate(lines):
            line_top = top + number * self.leading
            width = text_width(line, self.size, bold=bold)
            left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            self.placed.append(Placed(text=line, left=left, top=line_top, width=width, height=self.leading, room=room))
            baseline = line_top + self.leading / 2 + self.size * 0.35
            spans.append(f'<tspan x="{_n(x)}" y="{_n(baseline)}">{escape(line)}</tspan>')
        classes = (
            "picture__text" + (" picture__text--bold" if bold else "") + (f" picture__text--{kind}" if kind else "")
        )
        self._put(
            f'<text class="{classes}" font-size="{_n(self.size)}" text-anchor="{anchor}">{"".join(spans)}</text>',
            top + len(lines) * self.leading,
        )
        return top + len(lines) * self.leading

    def upright(self, x: float, bottom: float, text: str) -> None:
        """Write a bold line that runs upwards from `bottom`, centred on `x`: the head of a narrow column."""
        width = text_width(text, self.size, bold=True)
        self.placed.append(
            Placed(
                text=text, left=x - self.leading / 2, top=bottom - width, width=self.leading, height=width, room=bottom
            )
        )
        self._put(
            f'<text class="picture__text picture__text--bold" font-size="{_n(self.size)}" '
            f'transform="translate({_n(x + self.size * 0.35)} {_n(bottom)}) rotate(-90)">{escape(text)}</text>',
            bottom,
        )

    def key(self, top: float, entries: Sequence[tuple[str, str]]) -> float:
        """Say side by side which line is which, from the kind of a line and its name; return where it ends."""
        below, step = top, self.width / len(entries)
        for number, (kind, name) in enumerate(entries):
            x, middle = number * step, top + self.leading / 2
            self.line([(x, middle), (x + 24, middle)], f"line--{kind}")
            self.mark((x + 12, middle), kind)
            below = max(below, self.text(x + 30, top, name, step - 38))
        return below

    # --- shapes ------------------------------------------------------------

    def box(self, x: float, top: float, width: float, height: float, kind: str, radius: float = 5) -> None:
        """Draw a rectangle of a kind: `box--1` is tinted in the first colour, `fill--1` full of it."""
        self._put(
            f'<rect class="picture__{kind}" x="{_n(x)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}" '
            f'rx="{_n(radius)}"/>',
            top + height,
        )

    def dot(self, x: float, y: float, radius: float, kind: str) -> None:
        """Draw a disc."""
        self._put(f'<circle class="picture__{kind}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>', y + radius)

    def mark(self, place: Point, kind: str) -> None:
        """Mark a point of a line: a square on a broken line, a disc on a full one."""
        if kind == "2":
            self.dot(*place, 4.5, "fill--2")
        else:
            self.box(place[0] - 4, place[1] - 4, 8, 8, f"fill--{kind}", 0)

    def line(self, points: Sequence[Point], kind: str = "line--quiet") -> None:
        """Draw a line through points."""
        self._put(f'<path class="picture__line picture__{kind}" d="{_path(points)}"/>', max(y for _x, y in points))

    def area(self, points: Sequence[Point], kind: str) -> None:
        """Draw a filled shape."""
        self._put(f'<path class="picture__{kind}" d="{_path(points)}Z"/>', max(y for _x, y in points))

    def arrow(self, start: Point, end: Point, *, both: bool = False) -> None:
        """Draw a straight arrow, level or plumb, with a head at its end or at both."""
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        step = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
        tail = start if not both else (start[0] + step[0] * 7, start[1] + step[1] * 7)
        self.line([tail, (end[0] - step[0] * 7, end[1] - step[1] * 7)], "line--arrow")
        self._head(end, step)
        if both:
            self._head(start, (-step[0], -step[1]))

    def _head(self, tip: Point, step: Point) -> None:
        back = (tip[0] - step[0] * 7, tip[1] - step[1] * 7)
        side = (-step[1] * 3.5, step[0] * 3.5)
        self.area([tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])], "head")

    def _put(self, element: str, bottom: float) -> None:
        self._shapes.append(element)
        self.height = max(self.height, bottom)

    def svg(self, key: str, title: str, description: str) -> str:
        """Return the drawing; `key` begins its ids and is unique on the page."""
        width = "wide" if self.is_wide else "narrow"
        return (
            f'<svg class="picture__drawing picture__drawing--{width}" data-search-exclude="" '
            f'viewBox="0 0 {_n(self.width)} {_n(self.height + 1)}" role="img" '
            f'aria-labelledby="{key}-{width}-title" aria-describedby="{key}-{width}-description">'
            f'<title id="{key}-{width}-title">{escape(title)}</title>'
            f'<desc id="{key}-{width}-description">{escape(description)}</desc>{"".join(self._shapes)}</svg>'
        )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
