"""Quantities that mean the same wherever they stand: known from one calculator, they are offered to the next.

A field says which one it is (`quantity="win_rate"`); what is measured in another way, such as a win rate by value, is
another quantity. Each has a field of its own here, which is the one that the page of the reader's numbers shows.
"""

from decimal import Decimal

from calculators.core.declaring.fields import LARGEST_AMOUNT, LONGEST_TIME, Count, Days, Money, Number, Rate
from calculators.core.words.messages import _

_NOTHING, _WHOLE = Decimal(0), Decimal(1)
_MOST_DEALS = Decimal(10) ** 9


def _amount(label: str, hint: str) -> Money:
    return Money(label=label, hint=hint, minimum=_NOTHING, maximum=LARGEST_AMOUNT)


def _share(label: str, hint: str) -> Rate:
    return Rate(label=label, hint=hint, minimum=_NOTHING, maximum=_WHOLE)


def _deals(label: str, hint: str) -> Count:
    return Count(label=label, hint=hint, minimum=_NOTHING, maximum=_MOST_DEALS, is_whole=True)


QUANTITIES: dict[str, Number] = {
    "win_rate": _share(_("Win rate by count"), _("Won deals as a share of won and lost deals.")),
    "win_rate_by_value": _share(
        _("Win rate by value"), _("The value of the won deals as a share of the value of won and lost deals.")
    ),
    "lead_to_opportunity_rate": _share(
        _("From lead to opportunity"), _("The share of leads that become a qualified opportunity.")
    ),
    "won_deals": _deals(_("Deals won"), _("In the period you look at.")),
    "won_value": _amount(_("Value of the deals won"), _("In the period you look at.")),
    "average_deal_size": _amount(_("Average deal size"), _("Of won deals only.")),
    "cycle_days": Days(
        label=_("Sales cycle in days"),
        hint=_("Mean length of closed deals, in calendar days."),
        minimum=_NOTHING,
        maximum=LONGEST_TIME,
    ),
    "live_opportunities": _deals(
        _("Opportunities worked at one time"),
        _("Live, qualified deals. Not those created in a period, and not those that went quiet long ago."),
    ),
    "open_pipeline": _amount(
        _("Open pipeline of the period"), _("Qualified deals that are to close within the period.")
    ),
    "quota": _amount(_("Quota"), _("Of one period, and of the same people as the other numbers.")),
    "booked": _amount(_("Already booked"), _("Won in the period so far. It lowers what is left of the quota.")),
    "remaining_quota": _amount(_("Quota still open"), _("The quota without what is already won.")),
    "revenue_goal": _amount(_("Revenue goal"), _("What the plan is to bring in its period.")),
    "monthly_revenue_per_customer": _amount(_("Monthly revenue per customer"), _("The mean of all customers.")),
    "gross_margin": _share(_("Gross margin"), _("What is left of the price after the cost of serving the customer.")),
    "monthly_churn": _share(_("Churn per month"), _("Customers lost in a month, as a share of those at its start.")),
    "monthly_expansion": _share(
        _("Expansion per month"),
        _("By how much the revenue of customers who stay grows in a month, with what they cut taken off."),
    ),
    "acquisition_cost": _amount(
        _("Cost per new customer"), _("All cost of sales and marketing, by new customers of the same period.")
    ),
}
