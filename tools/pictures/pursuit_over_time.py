"""Cost spent and win probability over the gates of a pursuit whose news gets worse, with one year counted."""

from collections.abc import Mapping
from decimal import Decimal

from calculators.core.numbers.numerals import Numerals
from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_COST, _MARGIN = Decimal(30000), Decimal(120000)
# Gate, cost spent until then, the team's estimate.
_GATES = (
    (_("At the start"), Decimal(0), Decimal("0.20")),
    (_("After discovery"), Decimal(6000), Decimal("0.15")),
    (_("After the demo"), Decimal(15000), Decimal("0.10")),
    (_("After the proposal"), Decimal(22000), Decimal("0.08")),
)
_LEAVE = 1
_TOP_OF_SCALE = Decimal("0.28")


def _break_even(spent: Decimal) -> Decimal:
    return (_COST - spent) / _MARGIN


def figures(numbers: Numerals) -> Mapping[str, str]:
    """Return the numbers of the picture as text."""
    texts = {"cost": numbers.money(_COST)}
    for place, (_gate, spent, estimate) in enumerate(_GATES):
        texts |= {
            f"spent_{place}": numbers.money(spent),
            f"left_{place}": numbers.money(_COST - spent),
            f"estimate_{place}": numbers.percent(estimate),
            f"break_even_{place}": numbers.percent(_break_even(spent)),
        }
    return texts


def draw(drawing: Drawing) -> None:
    """Draw the cost as columns, below it the estimate against break-even, over the same gates."""
    column = drawing.width / len(_GATES)
    centres = [column * (place + 0.5) for place in range(len(_GATES))]
    plot = 110.0 if drawing.is_wide else 96.0
    line = drawing.leading
    names = {"4": drawing.say(_("needed (break-even)")), "2": drawing.say(_("your estimate"))}
    key_height = max(drawing.height_of(name, drawing.width / 2 - 38) for name in names.values())
    # From the top: sign, name of the first panel, its columns, name and key of the second, its lines, the gates.
    cost_name = line + 8
    cost_end = cost_name + 2 * line + plot
    chance_name = cost_end + 14
    chance_end = chance_name + line + 6 + key_height + 16 + plot
    _sign(drawing, centres[_LEAVE], column, chance_end)
    drawing.text(0, cost_name, drawing.say(_("Cost spent")), drawing.width, bold=True)
    _costs(drawing, centres, column, (cost_end, plot))
    drawing.text(0, chance_name, drawing.say(_("Win probability")), drawing.width, bold=True)
    drawing.key(chance_name + line + 6, list(names.items()))
    _chances(drawing, centres, column, (chance_end, plot))
    for end in (cost_end, chance_end):
        drawing.line([(0, end), (drawing.width, end)], "line--axis")
    for centre, (gate, *_rest) in zip(centres, _GATES, strict=True):
        drawing.text(centre, chance_end + 5, drawing.say(gate), column - 4, anchor="middle")


def _sign(drawing: Drawing, centre: float, column: float, bottom: float) -> None:
    """Set off the gate at which to leave."""
    top = drawing.leading + 4
    drawing.box(centre - column / 2 + 2, top, column - 4, bottom - top, "ground", 4)
    drawing.text(centre, 0, drawing.say(_("Leave here")), 2 * column, anchor="middle", bold=True)


def _costs(drawing: Drawing, centres: list[float], column: float, frame: tuple[float, float]) -> None:
    """Draw what is spent at each gate as a column."""
    texts = figures(drawing.numerals)
    end, plot = frame
    for place, (_gate, spent, _estimate) in enumerate(_GATES):
        height = float(spent / _COST) * plot
        if height:
            drawing.box(centres[place] - column * 0.3, end - height, column * 0.6, height, "box--1", 2)
        text_top = end - height - drawing.leading - 1
        drawing.text(centres[place], text_top, texts[f"spent_{place}"], column - 6, anchor="middle")


def _chances(drawing: Drawing, centres: list[float], column: float, frame: tuple[float, float]) -> None:
    """Draw what is needed and what is estimated, the higher value above its point, the lower below."""
    texts = figures(drawing.numerals)
    end, plot = frame

    def y(chance: Decimal) -> float:
        return end - float(chance / _TOP_OF_SCALE) * plot

    needed = [_break_even(spent) for _gate, spent, _estimate in _GATES]
    estimates = [estimate for _gate, _spent, estimate in _GATES]
    for values, others, kind, name in ((needed, estimates, "4", "break_even"), (estimates, needed, "2", "estimate")):
        drawing.line([(x, y(value)) for x, value in zip(centres, values, strict=True)], f"line--{kind}")
        for place, (x, value, other) in enumerate(zip(centres, values, others, strict=True)):
            drawing.mark((x, y(value)), kind)
            top = y(value) - drawing.leading - 5 if value > other else y(value) + 4
            drawing.text(x, top, texts[f"{name}_{place}"], column - 6, anchor="middle")


PICTURE = Picture(
    title=_("Cost and win probability over a pursuit"),
    description=_(
        "Four gates. At the start nothing is spent, {break_even_0} is needed to break even and the estimate is "
        "{estimate_0}. After discovery {spent_1} is spent, {break_even_1} needed, {estimate_1} estimated: leave here. "
        "After the demonstration {spent_2}, {break_even_2} and {estimate_2}. After the proposal {spent_3} of {cost} is "
        "spent, and the estimate of {estimate_3} is above the {break_even_3} still needed."
    ),
    caption=_(
        "After the proposal going on pays again, but only because {spent_3} is gone and {left_3} is left to spend."
    ),
    draw=draw,
    figures=figures,
)
