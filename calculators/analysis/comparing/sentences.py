"""What is said of two exports beside the calculator's own notes."""

from calculators.core.words.messages import _

NOTES = {
    "gone": _("Deals of the first export that the second does not have count as lost: {deals} ({ids})."),
    "decided_later": _(
        "Deals of the start that were won or lost after the period count as pushed out: {deals} ({ids})."
    ),
    "won_earlier": _(
        "Deals of the start that were won before the period began count as won: {deals} ({ids}). "
        "They are no bookings of the period."
    ),
    "created_before": _(
        "Deals that count as created were created before the first export was made: {deals} ({ids}). "
        "Was one of the exports filtered?"
    ),
    "without_amount": _("Deals without an amount count as zero: {deals} ({ids})."),
    "without_day": _(
        "Won deals that were not in the period before and have no closing day are left out: {deals} ({ids})."
    ),
    "later_first": _("The dates in the first export go on longer than those in the second: is the earlier one first?"),
}
