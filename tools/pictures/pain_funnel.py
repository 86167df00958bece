"""The pain funnel: from a general complaint down to what it means to the person who has it."""

from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

# What each level asks for, and a question of our own for it.
_LEVELS = (
    (_("The complaint"), _("Could you tell me more?")),
    (_("How long"), _("Since when is it like this?")),
    (_("What was tried"), _("What have you done about it?")),
    (_("What it costs"), _("What does a month of it cost?")),
    (_("What it means to you"), _("How do you feel about that?")),
)
_PADDING, _GAP = 8, 6
_NARROWEST = 0.62


def draw(drawing: Drawing) -> None:
    """Draw a box for each level, each a little narrower than the one above it."""
    top = 0.0
    for number, (level, question) in enumerate(_LEVELS):
        width = drawing.width * (1 - (1 - _NARROWEST) * number / (len(_LEVELS) - 1))
        room = width - 2 * _PADDING
        texts = (drawing.say(level), drawing.say(question))
        heights = (drawing.height_of(texts[0], room, bold=True), drawing.height_of(texts[1], room))
        height = sum(heights) + 2 * _PADDING
        drawing.box((drawing.width - width) / 2, top, width, height, "box--1")
        below = drawing.text(drawing.width / 2, top + _PADDING, texts[0], room, anchor="middle", bold=True)
        drawing.text(drawing.width / 2, below, texts[1], room, anchor="middle")
        top += height + _GAP


PICTURE = Picture(
    title=_("The pain funnel, with a question for each level"),
    description=_(
        "Five boxes one below the other, each narrower than the one above. First the complaint, then how long it has "
        "lasted, what was tried against it, what it costs, and at the bottom what it means to the person who speaks."
    ),
    caption=_("The questions lead from the general to the personal; the seller only goes down when an answer is full."),
    draw=draw,
)
