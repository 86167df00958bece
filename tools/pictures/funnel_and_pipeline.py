"""A funnel beside a pipeline: the same half-year, counted once as a group and once as what is open today."""

from collections.abc import Mapping
from decimal import Decimal

from calculators.core.numbers.numerals import Numerals
from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_DAYS = 180
# Stage, how many of the group reached it, and the mean days one stays in it: entered per day × days = open at one time.
_STAGES = (
    (_("Lead"), 1000, Decimal(9)),
    (_("Qualified"), 400, Decimal(18)),
    (_("Contacted"), 240, Decimal(15)),
    (_("Proposal"), 90, Decimal(40)),
    (_("Closed won"), 30, None),
)
_PITCH, _BAR = 12.0, 20.0


def _open(entered: int, stay: Decimal | None) -> int:
    return 0 if stay is None else int(entered * stay / _DAYS)


def figures(numbers: Numerals) -> Mapping[str, str]:
    """Return the numbers of the picture as text."""
    counted = {f"reached_{place}": numbers.number(Decimal(row[1])) for place, row in enumerate(_STAGES)}
    still = {f"open_{place}": numbers.number(Decimal(_open(*row[1:]))) for place, row in enumerate(_STAGES)}
    return counted | still


def draw(drawing: Drawing) -> None:
    """Draw the stages as rows, with a bar of the funnel on the left and the open deals on the right."""
    between = 48 if drawing.is_wide else 20
    column = (drawing.width - between) / 2
    right = column + between
    heads = (
        (_("Sales funnel"), _("How many got this far in half a year?")),
        (
            _("Sales pipeline"),
            _("What is open today, and where?"),
        ),
    )
    top = 0.0
    for x, (name, question) in zip((0.0, right), heads, strict=True):
        below = drawing.text(x, 0, drawing.say(name), column, bold=True)
        top = max(top, drawing.text(x, below, drawing.say(question), column))
    top += 10
    before: tuple[float, float] | None = None
    texts = figures(drawing.numerals)
    for place, (stage, entered, stay) in enumerate(_STAGES):
        drawing.line([(0, top), (drawing.width, top)], "line--quiet")
        name = drawing.say(stage)
        label_end = top + 4 + drawing.height_of(name, column - 44)
        bar_top, bar = label_end + 3, max(column * entered / _STAGES[0][1], 4)
        if before is not None:
            width, end = before
            drawing.area(
                [
                    (column / 2 - width / 2, end),
                    (column / 2 + width / 2, end),
                    (column / 2 + bar / 2, bar_top),
                    (column / 2 - bar / 2, bar_top),
                ],
                "tint--1",
            )
        drawing.box(column / 2 - bar / 2, bar_top, bar, _BAR, "fill--1", 2)
        before = bar, bar_top + _BAR
        drawing.text(0, top + 4, name, column - 44)
        drawing.text(column, top + 4, texts[f"reached_{place}"], 44, anchor="end", bold=True)
        drawing.text(right, top + 4, name, column - 44)
        drawing.text(drawing.width, top + 4, texts[f"open_{place}"] if stay else "–", 44, anchor="end", bold=True)
        top = max(bar_top + _BAR, _deals(drawing, right, bar_top, column, _open(entered, stay))) + 8


def _deals(drawing: Drawing, x: float, top: float, column: float, number: int) -> float:
    """Draw each open deal as a small square, and return where they end."""
    in_a_row = min(int(column // _PITCH), 25)
    for place in range(number):
        row, cell = divmod(place, in_a_row)
        drawing.box(x + cell * _PITCH, top + row * _PITCH, _PITCH - 3, _PITCH - 3, "fill--3", 2)
    return top + -(-number // in_a_row) * _PITCH


PICTURE = Picture(
    title=_("Sales funnel and sales pipeline"),
    description=_(
        "On the left the funnel of half a year, as bars that get narrower: {reached_0} leads, {reached_1} qualified, "
        "{reached_2} contacted, {reached_3} with a proposal, {reached_4} won. On the right the pipeline of today, with "
        "a square for each open deal: {open_0} leads, {open_1} qualified, {open_2} contacted and {open_3} proposals; "
        "what is won is no longer open."
    ),
    caption=_(
        "The same sales twice: {reached_3} deals reached the proposal stage within half a year, and {open_3} proposals "
        "are open today."
    ),
    draw=draw,
    figures=figures,
)
