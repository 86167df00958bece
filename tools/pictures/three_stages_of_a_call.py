"""The three stages of a sales call in Conceptual Selling, each with what it is for."""

from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_STAGES = (
    (_("Getting information"), _("What does this person want to change, and why?")),
    (_("Giving information"), _("Only what answers that, and what others cannot say")),
    (_("Getting commitment"), _("Which step will the buyer take next, and by when?")),
)
_PADDING, _GAP = 8, 22


def draw(drawing: Drawing) -> None:
    """Draw the stages as a chain on the left, with the question of each beside it."""
    width = 210.0 if drawing.is_wide else 128.0
    between = 24.0 if drawing.is_wide else 12.0
    beside = drawing.width - width - between
    top = 0.0
    for number, words in enumerate(_STAGES):
        name, question = map(drawing.say, words)
        room = width - 2 * _PADDING
        heights = (drawing.height_of(name, room, bold=True), drawing.height_of(question, beside))
        height = max(heights[0] + 2 * _PADDING, heights[1], 44)
        if number:
            drawing.arrow((width / 2, top - _GAP + 3), (width / 2, top - 3))
        drawing.box(0, top, width, height, "box--1")
        drawing.text(width / 2, top + (height - heights[0]) / 2, name, room, anchor="middle", bold=True)
        drawing.text(width + between, top + (height - heights[1]) / 2, question, beside)
        top += height + _GAP


PICTURE = Picture(
    title=_("The three stages of a Miller Heiman sales call"),
    description=_(
        "Three boxes in a chain. Getting information: what does this person want to change, and why? Giving "
        "information: only what answers that. Getting commitment: which step will the buyer take next, and by when?"
    ),
    caption=_("Three stages of one meeting, in this order: listen, answer, agree on the next step."),
    draw=draw,
)
