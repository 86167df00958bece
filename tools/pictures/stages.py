"""Six pipeline stages, each with what lets a deal in and what lets it out."""

from calculators.core.words.messages import _
from tools.pictures.drawing import Drawing, Picture

_STAGES = (
    (_("Lead generation"), _("The company fits and can be reached"), _("Reacts")),
    (_("Lead qualification"), _("The lead has reacted"), _("Agrees that the problem is worth solving")),
    (_("Contact"), _("Problem and need are confirmed"), _("Asks for an offer")),
    (_("Proposal"), _("The buyer has asked for an offer"), _("Discusses it and says what is missing")),
    (_("Closing"), _("The open points are known"), _("Signs, or says no")),
    (_("Retention"), _("The contract is signed"), _("Uses it, renews or buys more")),
)
_PADDING, _GAP = 8, 20


def draw(drawing: Drawing) -> None:
    """Draw the stages down the middle, the way in on the left, the way out on the right."""
    between = 34 if drawing.is_wide else 14
    centre_width = 180 if drawing.is_wide else 100
    side = (drawing.width - centre_width - 2 * between) / 2
    centre = drawing.width / 2
    heads = (drawing.say(_("Enters when")), drawing.say(_("Leaves when the buyer")))
    top = max(drawing.height_of(head, side, bold=True) for head in heads)
    drawing.text(side, top - drawing.height_of(heads[0], side, bold=True), heads[0], side, anchor="end", bold=True)
    after = drawing.width - side
    drawing.text(after, top - drawing.height_of(heads[1], side, bold=True), heads[1], side, bold=True)
    top += 8
    for number, words in enumerate(_STAGES):
        name, enters, leaves = map(drawing.say, words)
        room = centre_width - 2 * _PADDING
        name_height = drawing.height_of(name, room, bold=True)
        side_heights = [drawing.height_of(text, side) for text in (enters, leaves)]
        height = max(name_height + 2 * _PADDING, *side_heights, 40)
        middle = top + height / 2
        if number:
            drawing.arrow((centre, top - _GAP + 3), (centre, top - 3))
        drawing.box(centre - centre_width / 2, top, centre_width, height, "box--1")
        drawing.text(centre, middle - name_height / 2, name, room, anchor="middle", bold=True)
        drawing.text(side, middle - side_heights[0] / 2, enters, side, anchor="end")
        drawing.text(after, middle - side_heights[1] / 2, leaves, side)
        margin = 8 if drawing.is_wide else 2
        drawing.arrow((side + margin, middle), (side + between - margin / 2, middle))
        drawing.arrow((after - between + margin / 2, middle), (after - margin, middle))
        top += height + _GAP


PICTURE = Picture(
    title=_("Six pipeline stages with their entry and exit"),
    description=_(
        "Six boxes in a chain. Lead generation: a deal enters when the company fits and can be reached, and leaves "
        "when the buyer reacts. Lead qualification: from the reaction until the buyer agrees that the problem is "
        "worth solving. Contact: from the confirmed need until the buyer asks for an offer. Proposal: from that "
        "request until the buyer discusses the offer and says what is missing. Closing: from there until the buyer "
        "signs or says no. Retention: from the signature on; the customer uses the product, renews or buys more."
    ),
    caption=_("What lets a deal into each stage, and which act of the buyer lets it out."),
    draw=draw,
)
