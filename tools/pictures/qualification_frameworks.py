"""Which framework asks about which criterion, shown by the letter of its name."""

from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_FRAMEWORKS = ("BANT", "MEDDPICC", "CHAMP", "FAINT", "SCOTSMAN")
# Each criterion with the letter of each framework: a star after a must-have, a plus after what MEDDIC leaves out.
_ROWS = (
    (_("Need or problem"), ("N*", "I", "CH*", "N", "N*")),
    (_("Authority"), ("A", "E*", "A", "A", "A")),
    (_("Money or budget"), ("B", "", "M", "F", "M")),
    (_("Time or priority"), ("T", "", "P", "T", "T")),
    (_("Interest"), ("", "", "", "I*", "")),
    (_("Gain in figures"), ("", "M", "", "", "")),
    (_("Decision criteria"), ("", "D", "", "", "")),
    (_("Decision process"), ("", "D", "", "", "")),
    (_("Contract process"), ("", "P+", "", "", "")),
    (_("Champion"), ("", "C", "", "", "")),
    (_("Competition"), ("", "C+", "", "", "C")),
    (_("Our solution"), ("", "", "", "", "S")),
    (_("Our difference"), ("", "", "", "", "O")),
    (_("Size"), ("", "", "", "", "S")),
)
_RADIUS = 11


def draw(drawing: Drawing) -> None:
    """Draw a table: criteria down, frameworks across, a disc with the letter where one asks."""
    first = 180.0 if drawing.is_wide else 126.0
    column = (drawing.width - first) / len(_FRAMEWORKS)
    centres = [first + column * (place + 0.5) for place in range(len(_FRAMEWORKS))]
    if drawing.is_wide:
        top = drawing.leading + 4
        for centre, name in zip(centres, _FRAMEWORKS, strict=True):
            drawing.text(centre, 0, name, column, anchor="middle", bold=True)
    else:
        top = 88.0
        for centre, name in zip(centres, _FRAMEWORKS, strict=True):
            drawing.upright(centre, top - 4, name)
    for criterion, letters in _ROWS:
        name = drawing.say(criterion)
        text_height = drawing.height_of(name, first - 6)
        height = max(2 * _RADIUS, text_height) + 6
        drawing.line([(0, top), (drawing.width, top)], "line--quiet")
        drawing.text(0, top + (height - text_height) / 2, name, first - 6)
        for centre, letter in zip(centres, letters, strict=True):
            if letter:
                _letter(drawing, (centre, top + height / 2), letter)
        top += height
    drawing.line([(0, top), (drawing.width, top)], "line--quiet")
    top += 8
    for sign, meaning in (
        ("*", _("Must-have in our scorecard")),
        ("", _("Asked by this framework")),
        ("+", _("Asked by MEDDPICC, not by MEDDIC")),
    ):
        _letter(drawing, (_RADIUS, top + _RADIUS), sign)
        room = drawing.width - 2 * _RADIUS - 8
        text = drawing.say(meaning)
        below = drawing.text(2 * _RADIUS + 8, top + _RADIUS - drawing.leading / 2, text, room)
        top = max(below, top + 2 * _RADIUS) + 4


def _letter(drawing: Drawing, place: tuple[float, float], letter: str) -> None:
    x, y = place
    kind = {"*": "fill--1", "+": "box--dashed"}.get(letter[-1:], "box--1")
    drawing.dot(x, y, _RADIUS, kind)
    word = letter.rstrip("*+")
    if word:
        drawing.text(
            x,
            y - drawing.leading / 2,
            word,
            2 * _RADIUS,
            anchor="middle",
            bold=True,
            kind="on-fill" if kind == "fill--1" else "",
        )


PICTURE = Picture(
    title=_("Five frameworks and what they ask about"),
    description=_(
        "A table of criteria and five frameworks, with the letter that asks. All five ask about need or problem and "
        "about authority. BANT, CHAMP, FAINT and SCOTSMAN also ask about money and about time or priority. Only FAINT "
        "asks about interest. Only MEDDPICC asks about the gain in figures, decision criteria, decision process, "
        "contract process and champion, and together with SCOTSMAN about competition. Only SCOTSMAN asks about our "
        "solution, our difference and the size. Must-haves are need in BANT and SCOTSMAN, the economic buyer in "
        "MEDDPICC, challenges in CHAMP and interest in FAINT."
    ),
    caption=_("The letter in a disc is the one in the framework's name that asks about this criterion."),
    draw=draw,
)
