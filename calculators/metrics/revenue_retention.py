"""How much of our revenue stays, and what does it become without a new customer?

net retention = (opening + expansion - contraction - churned) / opening; gross retention leaves expansion out; customer
retention = customers still there / customers at the start. All three look at the same customers from start to end.
Renewals to expect = sum over (amount due x share that is renewed); what is not due cannot be renewed or lost.
Sources: Baremetrics (net retention), Displayr (of what is due), Wilson (the interval); see `SOURCES`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import text
from calculators.core.declaring.definitions import Definition
from calculators.core.declaring.fields import count, money, months, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.records import fields_of
from calculators.core.declaring.tables import table
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW, wilson_interval
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Revenue retention")
QUESTION = _("How much of our revenue stays, and what does it become without a new customer?")
HEADLINE = "net_retention"
PAGE = "metrics/net-revenue-retention.md"
SOURCES = (
    "https://changelog.baremetrics.com/new-metric-net-revenue-retention-2BOJIA",
    "https://rdrr.io/github/Displayr/flipRevenueMetrics/man/CustomerRetention.html",
    "Edwin B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)",
)

_MONTHS_PER_YEAR = 12

GROUP_NAMES = (_("In their first year"), _("In their second year"), _("Longer with us"))
_GROUPS = (
    ("400000", "60000", "10000", "70000", "80", "18"),
    ("350000", "55000", "12000", "28000", "50", "5"),
    ("650000", "70000", "15000", "26000", "60", "3"),
)
DUE_NAMES = (_("Agreed in writing"), _("In use, no word yet"), _("Little use, or the sponsor left"))
_DUE = (("300000", "0.97"), ("220000", "0.85"), ("90000", "0.45"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Customers who were there at the start, and what became of their recurring revenue until the end."""

    name: str = text(_("Customers"), names=GROUP_NAMES)
    opening: Decimal = money(_("Revenue at the start"))
    expansion: Decimal = money(_("Expansion"))
    contraction: Decimal = money(_("Contraction"))
    churned: Decimal = money(_("Churned revenue"))
    customers: Decimal = count(_("Customers at the start"))
    lost: Decimal = count(_("Customers lost"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Contracts that end in the period to come."""

    # Often the name of a customer.
    name: str = text(_("Contracts"), names=DUE_NAMES, is_private=True)
    amount: Decimal = money(_("Revenue up for renewal"))
    renewal_rate: Decimal = rate(_("Share that is renewed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    period_months: Decimal = months(
        _("Months from start to end"),
        default="12",
        hint=_("Twelve is what others mean unless they say otherwise."),
        is_setting=True,
    )
    groups: tuple[Group, ...] = table(
        _("Customers of the start"),
        row=Group,
        default=tuple(
            Group(
                name=name,
                opening=Decimal(opening),
                expansion=Decimal(expansion),
                contraction=Decimal(contraction),
                churned=Decimal(churned),
                customers=Decimal(customers),
                lost=Decimal(lost),
            )
            for name, (opening, expansion, contraction, churned, customers, lost) in zip(
                GROUP_NAMES, _GROUPS, strict=True
            )
        ),
        hint=_(
            "Recurring revenue, all of it by month or all by year. Expansion and contraction: of customers who stayed. "
            "Customers won since the start do not belong here."
        ),
    )
    due: tuple[Due, ...] = table(
        _("Contracts that end in the period to come"),
        row=Due,
        default=tuple(
            Due(name=name, amount=Decimal(amount), renewal_rate=Decimal(share))
            for name, (amount, share) in zip(DUE_NAMES, _DUE, strict=True)
        ),
        hint=_(
            "The share is what your own contracts of that kind were renewed at, by revenue. "
            "An amount of zero where nothing ends."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What one group kept."""

    name: str = text(_("Customers"), names=GROUP_NAMES)
    net: Figure = rate(_("Net retention"))
    gross: Figure = rate(_("Gross retention"))
    customer_retention: Figure = rate(_("Customer retention"))
    customers: Decimal = count(_("Customers at the start"))
    opening: Decimal = money(_("Revenue at the start"), is_working=True)
    left: Figure = money(_("contraction and churn of the group"), is_working=True)
    expansion: Decimal = money(_("Expansion"), is_working=True)
    stayed: Figure = count(_("Customers who stayed"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    net_retention: Figure = rate(_("Net revenue retention (NRR)"))
    gross_retention: Figure = rate(_("Gross revenue retention (GRR)"))
    customer_retention: Figure = rate(_("Customer retention (logos)"), sample="total_customers")
    net_per_year: Figure = rate(_("Net retention in a year"))
    gross_per_year: Figure = rate(_("Gross retention in a year"))
    monthly_churn: Figure = rate(_("Customers lost per month"), quantity="monthly_churn", goal="at_most")
    monthly_expansion: Figure = rate(_("Expansion per month, of customers who stay"), quantity="monthly_expansion")
    closing: Figure = money(_("Revenue of these customers at the end"))
    expected_renewals: Decimal = money(_("Renewals to expect"))
    at_risk: Decimal = money(_("Revenue not renewed"), goal="at_most")
    renewal_rate: Figure = rate(_("Share of what is due"))
    kept: tuple[Kept, ...] = table(_("What each group kept"), row=Kept)
    total_opening: Decimal = money(_("revenue at the start of all groups"), is_working=True)
    total_expansion: Decimal = money(_("expansion of all groups"), is_working=True)
    total_contraction: Decimal = money(_("contraction of all groups"), is_working=True)
    total_churned: Decimal = money(_("churned revenue of all groups"), is_working=True)
    total_left: Figure = money(_("contraction and churn of all groups"), is_working=True)
    total_customers: Decimal = count(_("customers of all groups"), is_working=True)
    total_lost: Figure = count(_("customers lost of all groups"), is_working=True)
    total_due: Decimal = money(_("revenue up for renewal in all"), is_working=True)
    low: Figure = rate(_("Lower end of the interval (95%)"), is_working=True)
    high: Figure = rate(_("Upper end of the interval (95%)"), is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "net_retention": "({total_opening} + {total_expansion} − {total_left}) ÷ {total_opening}",
    "gross_retention": "({total_opening} − {total_left}) ÷ {total_opening}",
    "customer_retention": "({total_customers} − {total_lost}) ÷ {total_customers}",
    "net_per_year": "{net_retention} ^ ({=12} ÷ {period_months})",
    "gross_per_year": "{gross_retention} ^ ({=12} ÷ {period_months})",
    "monthly_churn": "{=1} − {customer_retention} ^ ({=1} ÷ {period_months})",
    "monthly_expansion": (
        "({=1} + ({total_expansion} − {total_contraction}) ÷ ({total_opening} − {total_churned}))"
        " ^ ({=1} ÷ {period_months}) − {=1}"
    ),
    "closing": "{total_opening} + {total_expansion} − {total_left}",
    "expected_renewals": _("each amount × the share that is renewed, added up"),
    "at_risk": "{total_due} − {expected_renewals}",
    "renewal_rate": "{expected_renewals} ÷ {total_due}",
    "kept.net": "({row.opening} + {row.expansion} − {row.left}) ÷ {row.opening}",
    "kept.gross": "({row.opening} − {row.left}) ÷ {row.opening}",
    "kept.customer_retention": "{row.stayed} ÷ {row.customers}",
}

_LEFT = "({groups.row.contraction}+{groups.row.churned})"
_OPENING = "{groups.row.opening}"
SPREADSHEET = {
    "net_retention": "IF({total_opening}=0,NA(),{closing}/{total_opening})",
    "gross_retention": "IF({total_opening}=0,NA(),({total_opening}-{total_left})/{total_opening})",
    "customer_retention": ("IF({total_customers}<5,NA(),({total_customers}-{total_lost})/{total_customers})"),
    "net_per_year": "{net_retention}^(12/{period_months})",
    "gross_per_year": "{gross_retention}^(12/{period_months})",
    "monthly_churn": "1-{customer_retention}^(1/{period_months})",
    "monthly_expansion": (
        "IF({total_opening}=0,NA(),(0*{total_left}+1+({total_expansion}-{total_contraction})"
        "/({total_opening}-{total_churned}))^(1/{period_months})-1)"
    ),
    "closing": "{total_opening}+{total_expansion}-{total_left}",
    "expected_renewals": "SUMPRODUCT({due.amount},{due.renewal_rate})",
    "at_risk": "{total_due}-{expected_renewals}",
    "renewal_rate": "IF({total_due}=0,NA(),{expected_renewals}/{total_due})",
    "kept.net": f"({_OPENING}+{{groups.row.expansion}}-{{row.left}})/{_OPENING}",
    "kept.gross": f"({_OPENING}-{{row.left}})/{_OPENING}",
    "kept.customer_retention": "IF({groups.row.customers}<5,NA(),{row.stayed}/{groups.row.customers})",
    "kept.customers": "{groups.row.customers}",
    "kept.left": f"IF({_LEFT}>{_OPENING},NA(),{_LEFT})",
    "kept.stayed": ("IF({groups.row.lost}>{groups.row.customers},NA(),{groups.row.customers}-{groups.row.lost})"),
    "total_opening": "SUM({groups.opening})",
    "total_expansion": "SUM({groups.expansion})",
    "total_contraction": "SUM({groups.contraction})",
    "total_churned": "SUM({groups.churned})",
    "total_left": "IF(COUNT({kept.left})<ROWS({kept.left}),NA(),SUM({kept.left}))",
    "total_customers": "SUM({groups.customers})",
    "total_lost": "IF(COUNT({kept.stayed})<ROWS({kept.stayed}),NA(),{total_customers}-SUM({kept.stayed}))",
    "total_due": "SUM({due.amount})",
}

NOTES = {
    "no_opening": _("There is no retention: these customers brought no revenue at the start."),
    "more_left_than_there": _(
        "These numbers cannot all be right: more revenue left than a group had at the start. "
        "Churn of customers won since then does not belong here."
    ),
    "no_customers": _("There is no retention of customers: none was there at the start."),
    "too_few_customers": _("With fewer than {=5} customers at the start a rate of customers would say nothing."),
    "more_lost_than_there": _(
        "These numbers cannot all be right: a group lost more customers than it had at the start."
    ),
    "interval": _(
        "With {total_customers} customers at the start, the 95% interval of the retention of customers is {low} to "
        "{high}."
    ),
    "few_customers": _("With fewer than {=30} customers chance plays a large part: look at the interval."),
    "not_a_year": _("Measured over {period_months}. The figures of a year assume that it goes on like this."),
    "expansion_hides": _(
        "Expansion more than makes up for what left. If one large customer brought it, look at gross retention first."
    ),
    "group_without_revenue": _("A group had no revenue at the start, so it has no rates of revenue."),
    "group_without_customers": _("A group had no customers at the start, so it has no rate of customers."),
    "nobody_stayed": _("There is no expansion of those who stayed: all revenue of the start has left."),
    "nothing_due": _("There is no share of renewals: no contract ends in the period to come."),
}

ANSWERS = {
    "grew": _(
        "We kept {gross_retention} of the revenue, and with expansion it became {net_retention}: it grows without a "
        "new customer."
    ),
    "shrank": _(
        "We kept {gross_retention} of the revenue, and with expansion it became {net_retention}: without new customers "
        "it shrinks."
    ),
    "unchanged": _(
        "We kept {gross_retention} of the revenue, and with expansion it became {net_retention}: as much as at the "
        "start."
    ),
    "nothing_kept": _("Nothing of the revenue is left."),
    "renews": _("Of the {total_due} up for renewal, {expected_renewals} can be expected."),
    "hardly_renews": _("Of the {total_due} up for renewal, hardly anything can be expected."),
}


def compute(inputs: Inputs) -> Outputs:
    """Compute retention by revenue and by customers, in all and by group, and the renewals to expect."""
    opening, expansion = _total(inputs, "opening"), _total(inputs, "expansion")
    customers = _total(inputs, "customers")
    kept = tuple(_kept(group) for group in inputs.groups)
    left = _added([row.left for row in kept])
    stayed = _added([row.stayed for row in kept])
    closing = left if isinstance(left, Undefined) else opening + expansion - left
    contraction, churned = _total(inputs, "contraction"), _total(inputs, "churned")
    of_stayed = _of_those_who_stayed(left, opening, expansion - contraction, churned)
    growth = _for(of_stayed, 1, inputs.period_months)
    net = _share(closing, opening, "no_opening")
    gross = _share(left if isinstance(left, Undefined) else opening - left, opening, "no_opening")
    by_customers, low, high = _of_customers(stayed, customers)
    due = sum((row.amount for row in inputs.due), Decimal(0))
    expected = sum((row.amount * row.renewal_rate for row in inputs.due), Decimal(0))
    return Outputs(
        net_retention=net,
        gross_retention=gross,
        customer_retention=by_customers,
        net_per_year=_for(net, _MONTHS_PER_YEAR, inputs.period_months),
        gross_per_year=_for(gross, _MONTHS_PER_YEAR, inputs.period_months),
        monthly_churn=_lost_per_month(by_customers, inputs.period_months),
        monthly_expansion=growth if isinstance(growth, Undefined) else growth - 1,
        closing=closing,
        expected_renewals=expected,
        at_risk=due - expected,
        renewal_rate=_share(expected, due, "nothing_due"),
        kept=kept,
        total_opening=opening,
        total_expansion=expansion,
        total_contraction=contraction,
        total_churned=churned,
        total_left=left,
        total_customers=customers,
        total_lost=stayed if isinstance(stayed, Undefined) else customers - stayed,
        total_due=due,
        low=low,
        high=high,
        notes=tuple(_remarks(inputs, net, gross, by_customers, customers)),
    )


def _total(inputs: Inputs, column: str) -> Decimal:
    return sum((getattr(group, column) for group in inputs.groups), Decimal(0))


def _added(figures: Sequence[Figure]) -> Figure:
    """Return the sum, or why there is none."""
    total = Decimal(0)
    for figure in figures:
        if isinstance(figure, Undefined):
            return figure
        total += figure
    return total


def _share(part: Figure, whole: Decimal, missing: str) -> Figure:
    if isinstance(part, Undefined):
        return part
    return part / whole if whole else Undefined(missing)


def _kept(group: Group) -> Kept:
    left: Figure = group.contraction + group.churned
    remaining: Figure = group.opening - group.contraction - group.churned
    closing: Figure = group.opening + group.expansion - group.contraction - group.churned
    if group.contraction + group.churned > group.opening:
        left = remaining = closing = Undefined("more_left_than_there")
    stayed: Figure = group.customers - group.lost
    if group.lost > group.customers:
        stayed = Undefined("more_lost_than_there")
    return Kept(
        name=group.name,
        net=_share(closing, group.opening, "group_without_revenue"),
        gross=_share(remaining, group.opening, "group_without_revenue"),
        customer_retention=_of_group(stayed, group.customers),
        opening=group.opening,
        left=left,
        expansion=group.expansion,
        stayed=stayed,
        customers=group.customers,
    )


def _of_group(stayed: Figure, customers: Decimal) -> Figure:
    if isinstance(stayed, Undefined):
        return stayed
    if customers < NO_RATE_BELOW:
        return Undefined("too_few_customers" if customers else "group_without_customers")
    return stayed / customers


def _of_customers(stayed: Figure, customers: Decimal) -> tuple[Figure, Figure, Figure]:
    """Return the share of customers who stayed, and its interval."""
    if isinstance(stayed, Undefined):
        return stayed, stayed, stayed
    if customers < NO_RATE_BELOW:
        missing = Undefined("too_few_customers" if customers else "no_customers")
        return missing, missing, missing
    return stayed / customers, *wilson_interval(stayed, customers)


def _of_those_who_stayed(left: Figure, opening: Decimal, grown: Decimal, churned: Decimal) -> Figure:
    """Return what the revenue of customers who stayed became, as a share of theirs at the start."""
    if isinstance(left, Undefined):
        return left
    if not opening:
        return Undefined("no_opening")
    return 1 + grown / (opening - churned) if opening > churned else Undefined("nobody_stayed")


def _for(retention: Figure, wanted: int, measured: Decimal) -> Figure:
    """Return what a retention measured over some months becomes over others, if it goes on like that."""
    # A first power is the number itself, and one worked out would not be in the last digits.
    if isinstance(retention, Undefined) or wanted == measured or not retention:
        return retention
    return retention ** (wanted / measured)


def _lost_per_month(retention: Figure, measured: Decimal) -> Figure:
    kept = _for(retention, 1, measured)
    return kept if isinstance(kept, Undefined) else 1 - kept


def _remarks(inputs: Inputs, net: Figure, gross: Figure, by_customers: Figure, customers: Decimal) -> Iterator[Note]:
    if isinstance(by_customers, Decimal):
        yield Note("interval", "customer_retention")
        if customers < CAUTION_BELOW:
            yield Note("few_customers", "customer_retention")
    if isinstance(net, Decimal) and inputs.period_months != _MONTHS_PER_YEAR:
        yield Note("not_a_year", "net_per_year")
    if isinstance(net, Decimal) and isinstance(gross, Decimal) and net >= 1 > gross:
        yield Note("expansion_hides", "net_retention")


def answer(result: Result) -> Answer:
    """Say what is kept and whether it grows by itself, and what can be expected of the renewals to come."""
    net: Figure = result.figures.net_retention
    if isinstance(net, Undefined):
        return net
    as_at_the_start = result.calculator.figures["net_retention"].show(Decimal(1), result.numerals)
    if not net:
        first = "nothing_kept"
    elif result.text("net_retention") == as_at_the_start:
        first = "unchanged"
    else:
        first = "grew" if net > 1 else "shrank"
    if not result.figures.total_due:
        return first
    return first, "hardly_renews" if result.reads_as_zero("expected_renewals") else "renews"


def definitions(_inputs: Inputs, outputs: Outputs) -> tuple[Definition, ...]:
    """Return net retention, and what others call by its name."""
    unit = fields_of(Outputs)["net_retention"]
    rates = [row.net for row in outputs.kept if row.opening]
    mean: Figure = outputs.net_retention
    if isinstance(outputs.net_retention, Decimal):
        mean = sum((figure for figure in rates if isinstance(figure, Decimal)), Decimal(0)) / len(rates)
    return (
        Definition(
            code="net",
            name=_("Net: (start + expansion − contraction − churn) ÷ start"),
            effect=_("The definition used here. The same customers at both ends, none of them new."),
            unit=unit,
            figure=outputs.net_retention,
        ),
        Definition(
            code="gross",
            name=_("Gross: (start − contraction − churn) ÷ start"),
            effect=_("Never above 100%. It shows what leaves, however much the others buy."),
            unit=unit,
            figure=outputs.gross_retention,
        ),
        Definition(
            code="by_customers",
            name=_("By customers: still there ÷ at the start"),
            effect=_(
                "A small customer counts as much as a large one. Lower than by revenue when the small ones leave."
            ),
            unit=unit,
            figure=outputs.customer_retention,
        ),
        Definition(
            code="mean_of_groups",
            name=_("Mean of the groups: their net retentions, each counted once"),
            effect=_("A mistake where groups differ in size: a small one weighs as much as a large one."),
            unit=unit,
            figure=mean,
        ),
        Definition(
            code="of_those_who_stayed",
            name=_("Of those who stayed: their revenue at the end ÷ theirs at the start"),
            effect=_("A mistake: it leaves out everybody who left, and so it flatters."),
            unit=unit,
            figure=_of_those_who_stayed(
                outputs.total_left,
                outputs.total_opening,
                outputs.total_expansion - outputs.total_contraction,
                outputs.total_churned,
            ),
        ),
    )


def chart(result: Result) -> Chart | None:
    """Draw net and gross retention of each group, with the line at which revenue stays the same."""
    rows = result.figures.kept
    if isinstance(result.figures.net_retention, Undefined):
        return None
    columns = result.calculator.output_fields["kept"].columns  # type: ignore[attr-defined]  # it is a table
    return Chart(
        kind="bars",
        title=result.gettext(_("Net and gross retention of each group")),
        category=result.gettext(columns["name"].label),
        categories=tuple(columns["name"].show(row.name, result.numerals) for row in rows),
        series=tuple(
            Series(
                name=result.gettext(columns[name].label),
                values=tuple(None if isinstance(value := getattr(row, name), Undefined) else value for row in rows),
            )
            for name in ("net", "gross")
        ),
        unit=columns["net"],
        marks=((result.gettext(_("as at the start")), Decimal(1)),),
    )
