"""The six buying jobs: four that follow each other and are taken up again, two that never stop."""

from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_JOBS = (
    _("Problem identification"),
    _("Solution exploration"),
    _("Requirements building"),
    _("Supplier selection"),
)
_ALWAYS = (_("Validation"), _("Consensus creation"))
_PADDING, _GAP = 8, 30


def draw(drawing: Drawing) -> None:
    """Draw the four jobs down the middle with arrows in both directions, between the two that are always on."""
    side = 140.0 if drawing.is_wide else 98.0
    between = 24.0 if drawing.is_wide else 6.0
    width = drawing.width - 2 * (side + between)
    left = side + between
    room = width - 2 * _PADDING
    top = 0.0
    for number, job in enumerate(_JOBS):
        name = drawing.say(job)
        text_height = drawing.height_of(name, room, bold=True)
        height = max(text_height + 2 * _PADDING, 40)
        if number:
            drawing.arrow((drawing.width / 2, top - _GAP + 3), (drawing.width / 2, top - 3), both=True)
        drawing.box(left, top, width, height, "box--1")
        drawing.text(drawing.width / 2, top + (height - text_height) / 2, name, room, anchor="middle", bold=True)
        top += height + _GAP
    bottom = top - _GAP
    for x, job in zip((0.0, drawing.width - side), _ALWAYS, strict=True):
        texts = (drawing.say(job), drawing.say(_("always on")))
        heights = [drawing.height_of(texts[0], side - 8, bold=True), drawing.height_of(texts[1], side - 8)]
        drawing.box(x, 0, side, bottom, "box--dashed")
        middle = (bottom - sum(heights)) / 2
        below = drawing.text(x + side / 2, middle, texts[0], side - 8, anchor="middle", bold=True)
        drawing.text(x + side / 2, below, texts[1], side - 8, anchor="middle")


PICTURE = Picture(
    title=_("Six buying jobs, done in loops"),
    description=_(
        "Four boxes one below the other: problem identification, solution exploration, requirements building and "
        "supplier selection. Arrows between them point both ways, because the buying group goes back. Beside them, "
        "over the whole height, stand validation and consensus creation, which are always on."
    ),
    caption=_("A buying group goes back to nearly every job at least once, and two of the six never stop."),
    draw=draw,
)
