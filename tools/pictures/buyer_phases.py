"""The buyer's phases against the sales stages, each with the question that side is busy with."""

from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

# Each phase with its question, and the sales stages beside it with theirs.
_ROWS = (
    (
        _("Before buying starts"),
        _("Why should we change anything?"),
        ((_("Lead generation"), _("Which companies fit us?")),),
    ),
    (
        _("Solution development"),
        _("Should we change, and what would solve it?"),
        (
            (_("Lead qualification"), _("Is this lead worth our time?")),
            (_("Contact"), _("What must the solution do?")),
        ),
    ),
    (
        _("Evaluation"),
        _("Which option is best for us?"),
        ((_("Proposal"), _("How do we meet the criteria?")),),
    ),
    (
        _("Commitment"),
        _("Is it safe to sign?"),
        ((_("Closing"), _("Which steps remain until the signature?")),),
    ),
    (
        _("Use and renewal"),
        _("Does it bring what we expected?"),
        ((_("Retention"), _("Has the customer reached the goal?")),),
    ),
)
_PADDING, _GAP = 9, 20


def draw(drawing: Drawing) -> None:
    """Draw two columns of boxes that go down in step."""
    between = 64 if drawing.is_wide else 18
    column = (drawing.width - between - 2) / 2
    left, right = 1.0, 1.0 + column + between
    top = drawing.text(left + column / 2, 0, drawing.say(_("The buyer asks")), column, anchor="middle", bold=True)
    drawing.text(right + column / 2, 0, drawing.say(_("The seller asks")), column, anchor="middle", bold=True)
    top += 6
    for number, (phase, question, stages) in enumerate(_ROWS):
        heights = [_height(drawing, column, stage) for stage in stages]
        height = max(sum(heights) + _GAP * (len(stages) - 1), _height(drawing, column, (phase, question)))
        stage_height = (height - _GAP * (len(stages) - 1)) / len(stages)
        if number:
            for x in (left, right):
                drawing.arrow((x + column / 2, top - _GAP + 3), (x + column / 2, top - 3))
        _box(drawing, (left, top, column, height), (phase, question), "box--1")
        for place, stage in enumerate(stages):
            stage_top = top + place * (stage_height + _GAP)
            if place:
                drawing.arrow((right + column / 2, stage_top - _GAP + 3), (right + column / 2, stage_top - 3))
            middle = stage_top + stage_height / 2
            drawing.line([(left + column, middle), (right, middle)], "line--arrow")
            _box(drawing, (right, stage_top, column, stage_height), stage, "box--3")
        top += height + _GAP


def _height(drawing: Drawing, column: float, words: tuple[str, str]) -> float:
    name, question = map(drawing.say, words)
    room = column - 2 * _PADDING
    return drawing.height_of(name, room, bold=True) + drawing.height_of(question, room) + 2 * _PADDING


def _box(drawing: Drawing, frame: tuple[float, float, float, float], words: tuple[str, str], kind: str) -> None:
    x, top, column, height = frame
    drawing.box(x, top, column, height, kind)
    name, question = map(drawing.say, words)
    top += (height - _height(drawing, column, words)) / 2 + _PADDING
    room, centre = column - 2 * _PADDING, x + column / 2
    top = drawing.text(centre, top, name, room, anchor="middle", bold=True)
    drawing.text(centre, top, question, room, anchor="middle")


PICTURE = Picture(
    title=_("Buying phases and sales stages"),
    description=_(
        "Two columns from top to bottom. On the left the buyer: before buying starts, solution development, "
        "evaluation, commitment, use and renewal. On the right the seller: lead generation beside the first; lead "
        "qualification and contact both beside solution development; proposal beside evaluation; closing beside "
        "commitment; retention beside use and renewal. Each box holds the question that this side asks then."
    ),
    caption=_("Beside each buying phase its sales stage: two stages lie in solution development."),
    draw=draw,
)
