"""How many leads and deals does each product need?

deals = revenue / deal size; opportunities = deals / win rate; leads = opportunities / lead-to-opportunity rate.
Each figure is rounded up once, from its unrounded value; the totals add the rounded rows, so that the table adds up.
Source: the article on eight mistakes (the two questions); the arithmetic is ours; see `SOURCES`.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from calculators.core.declaring.choices import text
from calculators.core.declaring.fields import Count, count, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import declare
from calculators.core.declaring.series import Series as SeriesField
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Product mix")
QUESTION = _("How many leads and deals do we need for each product?")
HEADLINE = "total_leads"
PAGE = "pipeline/product-mix.md"
SOURCES = ("Sales pipeline mistakes: 8 to avoid, blog article of 2022-11-04, read in a Korean copy",)

PRODUCT_NAMES = (_("Platform"), _("Add-on module"), _("Services"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a product is to bring, and its own rates."""

    name: str = text(_("Product"), names=PRODUCT_NAMES)
    revenue_share: Decimal = rate(_("Share of the revenue"))
    average_deal_size: Decimal = money(_("Average deal size"))
    win_rate: Decimal = rate(_("Win rate"))
    lead_to_opportunity_rate: Decimal = rate(_("From lead to opportunity"))


def _product(name: str, share: str, size: str, win_rate: str, lead_rate: str) -> Product:
    return Product(
        name=name,
        revenue_share=Decimal(share),
        average_deal_size=Decimal(size),
        win_rate=Decimal(win_rate),
        lead_to_opportunity_rate=Decimal(lead_rate),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    revenue_goal: Decimal = money(
        _("Revenue goal"), default="1000000", hint=_("Of all products together."), quantity="revenue_goal"
    )
    products: tuple[Product, ...] = table(
        _("Products"),
        row=Product,
        minimum_rows=2,
        default=(
            _product(PRODUCT_NAMES[0], "0.5", "50000", "0.2", "0.1"),
            _product(PRODUCT_NAMES[1], "0.3", "10000", "0.4", "0.25"),
            _product(PRODUCT_NAMES[2], "0.2", "20000", "0.3", "0.2"),
        ),
        hint=_("One row for each product, with its own deal size and rates. The shares must add up to 100%."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What one product needs."""

    name: str = text(_("Product"), names=PRODUCT_NAMES)
    revenue: Decimal = money(_("Revenue"))
    deals_to_close: Figure = count(_("Deals to close"))
    opportunities: Figure = count(_("Opportunities"))
    leads: Figure = count(_("Leads to make"))
    revenue_share: Decimal = rate(_("Share of the revenue"), is_working=True)
    average_deal_size: Decimal = money(_("Average deal size"), is_working=True)
    win_rate: Decimal = rate(_("Win rate"), is_working=True)
    lead_to_opportunity_rate: Decimal = rate(_("From lead to opportunity"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    targets: tuple[Target, ...] = table(_("Targets by product"), row=Target)
    total_leads: Figure = count(_("Leads to make, all products"), goal="at_most")
    total_deals: Figure = count(_("Deals to close, all products"), goal="at_most")
    leads_by_product: tuple[Decimal, ...] = declare(
        SeriesField(label=_("the leads of each product"), item=Count(label=""), is_working=True)
    )
    deals_by_product: tuple[Decimal, ...] = declare(
        SeriesField(label=_("the deals of each product"), item=Count(label=""), is_working=True)
    )
    share_total: Decimal = rate(_("Sum of the shares"), is_working=True)
    share_difference: Decimal = rate(_("Distance of the shares from 100%"), is_working=True)
    revenue_difference: Decimal = money(_("Distance of the planned revenue from the goal"), is_working=True)
    notes: tuple[Note, ...] = ()


ANSWERS = {
    "needs": _("We need {total_leads} leads to close {total_deals} deals; the table shows how many for each product."),
    "one_deal": _("We need {total_leads} leads to close one deal; the table shows how many for each product."),
    "one_lead": _("We need one lead and one deal; the table shows for which product."),
    "nothing": _("We need no leads: no product has a share of a revenue goal."),
}

WORKING = {
    "targets.revenue": "{revenue_goal} × {row.revenue_share}",
    "targets.deals_to_close": _("{row.revenue} ÷ {row.average_deal_size}, rounded up"),
    "targets.opportunities": _("{row.revenue} ÷ {row.average_deal_size} ÷ {row.win_rate}, rounded up"),
    "targets.leads": _(
        "{row.revenue} ÷ {row.average_deal_size} ÷ {row.win_rate} ÷ {row.lead_to_opportunity_rate}, rounded up"
    ),
    "total_leads": _("the sum of {leads_by_product}"),
    "total_deals": _("the sum of {deals_by_product}"),
}

_DEALS = "{revenue_goal}*{products.row.revenue_share}/{products.row.average_deal_size}"
_OPPORTUNITIES = _DEALS + "/{products.row.win_rate}"
_LEADS = _OPPORTUNITIES + "/{products.row.lead_to_opportunity_rate}"

# Spreadsheets divide in binary: rounded to six places first, 500.00000000000006 stays 500.
SPREADSHEET = {
    "targets.revenue": "{revenue_goal}*{products.row.revenue_share}",
    "targets.deals_to_close": f"IFERROR(ROUNDUP(ROUND({_DEALS},6),0),NA())",
    "targets.opportunities": f"IFERROR(ROUNDUP(ROUND({_OPPORTUNITIES},6),0),NA())",
    "targets.leads": f"IFERROR(ROUNDUP(ROUND({_LEADS},6),0),NA())",
    "total_leads": "IF(COUNT({targets.leads})<ROWS({targets.leads}),NA(),SUM({targets.leads}))",
    "total_deals": (
        "IF(COUNT({targets.deals_to_close})<ROWS({targets.deals_to_close}),NA(),SUM({targets.deals_to_close}))"
    ),
}

NOTES = {
    "no_deal_size": _("With an average deal size of zero, a target cannot be reached: enter the size of a usual deal."),
    "no_win_rate": _("With a win rate of zero, a target cannot be reached, however many opportunities there are."),
    "no_lead_rate": _(
        "With no leads becoming opportunities, a target cannot be reached, however many leads there are."
    ),
    "shares_below": _(
        "The shares add up to {share_total}, {share_difference} short of 100%: "
        "{revenue_difference} of the goal has no product. Each row is worked out from the share it has."
    ),
    "shares_above": _(
        "The shares add up to {share_total}, {share_difference} over 100%: "
        "the rows plan {revenue_difference} more than the goal. Each row is worked out from the share it has."
    ),
}


def compute(inputs: Inputs) -> Outputs:
    """Go back from the revenue of each product to its deals, opportunities and leads."""
    targets = tuple(_target(product, inputs.revenue_goal) for product in inputs.products)
    share_total = sum((product.revenue_share for product in inputs.products), Decimal(0))
    notes: tuple[Note, ...] = ()
    if share_total != 1:
        notes = (Note("shares_below" if share_total < 1 else "shares_above", "targets"),)
    leads = [target.leads for target in targets]
    deals = [target.deals_to_close for target in targets]
    return Outputs(
        targets=targets,
        total_leads=_total(leads),
        total_deals=_total(deals),
        leads_by_product=_known(leads),
        deals_by_product=_known(deals),
        share_total=share_total,
        share_difference=abs(share_total - 1),
        revenue_difference=inputs.revenue_goal * abs(share_total - 1),
        notes=notes,
    )


def answer(result: Result) -> Answer:
    """Say how many leads and deals are needed in all."""
    leads, deals = result.figures.total_leads, result.figures.total_deals
    if isinstance(leads, Undefined):
        return leads
    if not leads:
        return "nothing"
    # Each deal takes one lead at least.
    if leads == 1:
        return "one_lead"
    return "one_deal" if deals == 1 else "needs"


def _target(product: Product, revenue_goal: Decimal) -> Target:
    needed = Fraction(revenue_goal) * Fraction(product.revenue_share)
    figures: list[Figure] = []
    missing: Undefined | None = None
    for divisor, code in (
        (product.average_deal_size, "no_deal_size"),
        (product.win_rate, "no_win_rate"),
        (product.lead_to_opportunity_rate, "no_lead_rate"),
    ):
        if missing is None and divisor == 0:
            missing = Undefined(code)
        if missing is None:
            # As a fraction: in decimals, 500 could become 500.000…01 and then 501.
            needed /= Fraction(divisor)
        figures.append(missing or Decimal(math.ceil(needed)))
    deals, opportunities, leads = figures
    return Target(
        name=product.name,
        revenue=revenue_goal * product.revenue_share,
        deals_to_close=deals,
        opportunities=opportunities,
        leads=leads,
        revenue_share=product.revenue_share,
        average_deal_size=product.average_deal_size,
        win_rate=product.win_rate,
        lead_to_opportunity_rate=product.lead_to_opportunity_rate,
    )


def _known(figures: Iterable[Figure]) -> tuple[Decimal, ...]:
    return tuple(figure for figure in figures if isinstance(figure, Decimal))


def _total(figures: list[Figure]) -> Figure:
    """Add the figures of all rows; one that cannot be reached leaves no total."""
    missing = next((figure for figure in figures if isinstance(figure, Undefined)), None)
    return missing or sum(_known(figures), Decimal(0))
