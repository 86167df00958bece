"""What does this plan pay for a month, and where does the pay jump?

base rate = target variable / quota; commission = base rate x multiplier x bookings, tier by tier.
A marginal tier pays on its own slice of the bookings; a retroactive one, once reached, also reprices all below it.
Sources: QuotaPath (sample plan; its text says 1.5x above quota, its table 2x), Varicent (terms); see `SOURCES`.
"""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import flag
from calculators.core.declaring.fields import money, multiple, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.series import money_series
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Sales compensation")
QUESTION = _("What does this plan pay, and where does the pay jump?")
HEADLINE = "total_pay"
PAGE = "team/compensation.md"
SOURCES = (
    "https://comp.quotapath.com/account-executive/accelerators-decelerators",
    "https://www.varicent.com/blog/sales-comp-terms",
)

# The pay curve: every tenth of the quota up to twice the quota, and just below each jump.
_CURVE = tuple(Decimal(tenths) / 10 for tenths in range(21))
_JUST_BELOW = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """From which attainment on a multiple of the base rate is paid."""

    from_attainment: Decimal = rate(_("From attainment"), maximum=Decimal(10))
    multiplier: Decimal = multiple(_("Multiplier of the base rate"), minimum=Decimal(0), maximum=Decimal(100))
    retroactive: bool = flag(_("Retroactive"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    base_salary: Decimal = money(_("Base salary"), default="6000", hint=_("For the same period as the quota."))
    target_variable: Decimal = money(
        _("Target variable pay"), default="3300", hint=_("The commission that the plan promises at quota.")
    )
    quota: Decimal = money(
        _("Quota"), default="33000", hint=_("For somebody new, the lower quota of the start."), quantity="quota"
    )
    bookings: Decimal = money(
        _("Bookings"),
        default="40000",
        hint=_("Credited to this seller in the period, after cancellations."),
        quantity="booked",
    )
    tiers: tuple[Tier, ...] = table(
        _("Tiers"),
        row=Tier,
        default=tuple(
            Tier(from_attainment=Decimal(start), multiplier=Decimal(multiplier), retroactive=False)
            for start, multiplier in (("0", "0.5"), ("0.5", "1"), ("1", "2"))
        ),
        hint=_("A tier pays on its own slice of bookings. A retroactive one, once reached, reprices all below it too."),
    )
    bonus_at_quota: Decimal = money(_("Bonus for reaching quota"), default="500")
    spiff: Decimal = money(_("Spiff"), default="200", hint=_("A short incentive outside the plan."))


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPoint:
    """What the plan pays at one attainment."""

    attainment: Decimal = rate(_("Attainment"))
    total_pay: Decimal = money(_("Total pay"))
    commission: Decimal = money(_("Commission"), is_working=True)
    bonus: Decimal = money(_("Bonus"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    attainment: Figure = rate(_("Attainment"))
    base_commission_rate: Figure = rate(_("Base commission rate"), goal="exactly")
    commission: Figure = money(_("Commission"))
    bonus: Figure = money(_("Bonus"))
    total_pay: Figure = money(_("Total pay"))
    effective_rate: Figure = rate(_("Commission as a share of bookings"), goal="exactly")
    pay_curve: tuple[PayPoint, ...] = table(_("Pay by attainment"), row=PayPoint)
    weighted_slices: tuple[Decimal, ...] = money_series(_("bookings × multiplier of each tier"), is_working=True)
    commission_at_quota: Decimal = money(_("Commission at exactly the quota"), is_working=True)
    jump: Decimal = money(_("Largest jump of the commission"), is_working=True)
    jump_at: Decimal = rate(_("Attainment at the largest jump"), is_working=True)
    pay_jump: Decimal = money("", is_working=True)
    pay_jump_at: Decimal = rate("", is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "attainment": "{bookings} ÷ {quota}",
    "base_commission_rate": "{target_variable} ÷ {quota}",
    "commission": _("{target_variable} ÷ {quota} × ({weighted_slices}, added up)"),
    "bonus": _("{bonus_at_quota} if {bookings} reach {quota}, otherwise nothing"),
    "total_pay": "{base_salary} + {commission} + {bonus} + {spiff}",
    "effective_rate": "{commission} ÷ {bookings}",
    "pay_curve.total_pay": "{base_salary} + {row.commission} + {row.bonus} + {spiff}",
}

_FROM, _MULTIPLIER, _RETROACTIVE = "{tiers.from_attainment}", "{tiers.multiplier}", "{tiers.retroactive}"
_RANK = f'COUNTIF({_FROM},"<="&{_FROM})'
# How much a tier pays more than the one below it, whatever the order of the rows.
_STEP = f"({_MULTIPLIER}-({_RANK}>1)*SUMIF({_FROM},SMALL({_FROM},{_RANK}-1+({_RANK}=1)),{_MULTIPLIER}))"


def _commission_formula(bookings: str) -> str:
    """Return a cell's formula: all below the highest retroactive tier reached at its rate, the rest slice by slice."""
    repriced = f"SUMPRODUCT(MAX({_RETROACTIVE}*({_FROM}*{{quota}}<={bookings})*{_FROM}))"
    slices = (
        f"(({bookings}>{_FROM}*{{quota}})*({bookings}-{_FROM}*{{quota}})"
        f"-({repriced}>{_FROM})*({repriced}-{_FROM})*{{quota}})"
    )
    weighted = f"{repriced}*{{quota}}*SUMIF({_FROM},{repriced},{_MULTIPLIER})+SUMPRODUCT({slices}*{_STEP})"
    return (
        f"IF(OR({{quota}}=0,SUMPRODUCT((COUNTIF({_FROM},{_FROM})>1)*1)>0),NA(),"
        f"IF(COUNT({_FROM})=0,0,({weighted})*{{target_variable}}/{{quota}}))"
    )


SPREADSHEET = {
    "attainment": "IF({quota}=0,NA(),{bookings}/{quota})",
    "base_commission_rate": "IF({quota}=0,NA(),{target_variable}/{quota})",
    "commission": _commission_formula("{bookings}"),
    "bonus": "IF({quota}=0,NA(),IF({bookings}>={quota},{bonus_at_quota},0))",
    "total_pay": "{base_salary}+{commission}+{bonus}+{spiff}",
    "effective_rate": "IF({bookings}=0,NA(),{commission}/{bookings})",
    "pay_curve.total_pay": (
        "{base_salary}+"
        + _commission_formula("({row.attainment}*{quota})")
        + "+IF({row.attainment}>=1,{bonus_at_quota},0)+{spiff}"
    ),
}

NOTES = {
    "no_quota": _("Without a quota there is no attainment, and so no commission can be worked out."),
    "same_attainment": _("Two tiers begin at the same attainment, so it is open which one pays: remove one of them."),
    "no_bookings": _("There is no rate: nothing has been booked."),
    "no_tiers": _("Without a tier no commission is paid. For one plain rate, enter a tier from 0% with multiplier 1."),
    "not_sorted": _("The tiers are not in ascending order. They are applied in the order of their attainment."),
    "starts_above_zero": _("No tier begins at 0%: until attainment reaches the first tier, no commission is paid."),
    "below_target": _(
        "At exactly the quota this plan pays {commission_at_quota} of commission, "
        "less than the target variable pay of {target_variable}: say so in the plan."
    ),
    "jump": _(
        "At an attainment of {jump_at} the commission jumps by {jump}: ask who can move a date or a price to get there."
    ),
    "drop": _("A retroactive tier pays less than was earned before it, so pay falls there: check its multiplier."),
}

ANSWERS = {
    "pays": _("At an attainment of {attainment}, this plan pays {total_pay}."),
    "pays_just_short": _("Just short of an attainment of {pay_jump_at}, this plan pays {total_pay}."),
    "pays_hardly_anything": _("At an attainment of {attainment}, this plan pays hardly anything."),
    "jumps": _("The pay jumps most at an attainment of {pay_jump_at}: by {pay_jump}."),
    "hardly_jumps": _("The pay hardly jumps anywhere."),
    "never_jumps": _("There is no jump in the pay."),
}


def turns(inputs: Inputs, name: str) -> tuple[Decimal, ...]:
    """Return the bookings, or the quotas, at which a tier or the bonus begins: the pay may jump there, or turn."""
    starts = {Decimal(1), *(tier.from_attainment for tier in inputs.tiers)}
    if name == "bookings":
        return tuple(start * inputs.quota for start in starts)
    return tuple(inputs.bookings / start for start in starts if start) if name == "quota" else ()


@dataclass(frozen=True, slots=True)
class _Step:
    """A tier in money: where it starts and, as bookings x multiplier, what is earned just before and on reaching it."""

    start: Decimal
    multiplier: Decimal
    is_retroactive: bool
    before: Decimal
    earned: Decimal


def compute(inputs: Inputs) -> Outputs:
    """Pay the bookings tier by tier, and the same plan along its whole curve."""
    if inputs.quota == 0:
        return _without_commission(inputs, Undefined("no_quota"))
    tiers = sorted(inputs.tiers, key=lambda tier: tier.from_attainment)
    if any(lower.from_attainment == upper.from_attainment for lower, upper in pairwise(tiers)):
        return _without_commission(inputs, Undefined("same_attainment"))
    steps = _steps(tiers, inputs.quota)
    now = _pay(inputs, steps, inputs.bookings)
    per_weight = inputs.target_variable / inputs.quota
    largest = max(steps, key=lambda step: step.earned - step.before, default=None)
    jump = Decimal(0) if largest is None else max(Decimal(0), (largest.earned - largest.before) * per_weight)
    at_quota = _pay(inputs, steps, inputs.quota).commission
    pay_jump, pay_jump_at = _pay_jump(inputs, steps)
    return Outputs(
        attainment=now.attainment,
        base_commission_rate=per_weight,
        commission=now.commission,
        bonus=now.bonus,
        total_pay=now.total_pay,
        effective_rate=now.commission / inputs.bookings if inputs.bookings else Undefined("no_bookings"),
        pay_curve=_curve(inputs, steps, now),
        weighted_slices=_slices(steps, inputs.bookings),
        commission_at_quota=at_quota,
        jump=jump,
        jump_at=largest.start / inputs.quota if largest is not None and jump else Decimal(0),
        pay_jump=pay_jump,
        pay_jump_at=pay_jump_at,
        notes=_cautions(inputs, tiers, steps, at_quota, jump),
    )


def _without_commission(inputs: Inputs, missing: Undefined) -> Outputs:
    has_quota = inputs.quota > 0
    return Outputs(
        attainment=inputs.bookings / inputs.quota if has_quota else missing,
        base_commission_rate=inputs.target_variable / inputs.quota if has_quota else missing,
        commission=missing,
        bonus=_bonus(inputs, inputs.bookings) if has_quota else missing,
        total_pay=missing,
        effective_rate=missing,
        pay_curve=(),
        weighted_slices=(),
        commission_at_quota=Decimal(0),
        jump=Decimal(0),
        jump_at=Decimal(0),
        pay_jump=Decimal(0),
        pay_jump_at=Decimal(0),
    )


def answer(result: Result) -> Answer:
    """Say what the plan pays, and where the pay jumps most."""
    total_pay = result.figures.total_pay
    if isinstance(total_pay, Undefined):
        return total_pay
    if result.reads_as_zero("pay_jump"):
        jump = "hardly_jumps" if result.figures.pay_jump else "never_jumps"
    else:
        jump = "jumps"
    return (_pays(result, has_jump=jump == "jumps"), jump)


def _pays(result: Result, *, has_jump: bool) -> str:
    if result.is_hardly_anything("total_pay"):
        return "pays_hardly_anything"
    is_below = result.figures.attainment < result.figures.pay_jump_at
    reads_the_same = result.shown("attainment") == result.shown("pay_jump_at")
    return "pays_just_short" if has_jump and is_below and reads_the_same else "pays"


def _steps(tiers: list[Tier], quota: Decimal) -> list[_Step]:
    steps: list[_Step] = []
    for tier in tiers:
        start = tier.from_attainment * quota
        before = _weighted(steps, start)
        earned = start * tier.multiplier if tier.retroactive else before
        steps.append(_Step(start, tier.multiplier, tier.retroactive, before, earned))
    return steps


def _weighted(steps: list[_Step], bookings: Decimal) -> Decimal:
    """Return bookings x multiplier over all slices; times the base rate it is the commission."""
    reached = bisect_right(steps, bookings, key=lambda step: step.start)
    if not reached:
        return Decimal(0)
    step = steps[reached - 1]
    return step.earned + (bookings - step.start) * step.multiplier


def _slices(steps: list[_Step], bookings: Decimal) -> tuple[Decimal, ...]:
    """Return bookings x multiplier of each slice; what a retroactive tier has repriced is one slice."""
    slices: list[Decimal] = []
    reached = [step for step in steps if step.start <= bookings]
    ends = [*(step.start for step in reached[1:]), bookings]
    for step, end in zip(reached, ends, strict=False):
        if step.is_retroactive:
            slices = [step.earned] if step.start else []
        slices.append((end - step.start) * step.multiplier)
    return tuple(slices) or (Decimal(0),)


def _bonus(inputs: Inputs, bookings: Decimal) -> Decimal:
    return inputs.bonus_at_quota if bookings >= inputs.quota else Decimal(0)


def _pay(inputs: Inputs, steps: list[_Step], bookings: Decimal) -> PayPoint:
    commission = _weighted(steps, bookings) * inputs.target_variable / inputs.quota
    bonus = _bonus(inputs, bookings)
    return PayPoint(
        attainment=bookings / inputs.quota,
        total_pay=inputs.base_salary + commission + bonus + inputs.spiff,
        commission=commission,
        bonus=bonus,
    )


def _curve(inputs: Inputs, steps: list[_Step], now: PayPoint) -> tuple[PayPoint, ...]:
    """Return the pay along the curve, at each threshold, just below each jump, and at the present bookings."""
    starts = {step.start for step in steps}
    jumps = {step.start for step in steps if step.earned != step.before}
    if inputs.bonus_at_quota:
        jumps.add(inputs.quota)
    just_below = {start - _JUST_BELOW * inputs.quota for start in jumps if start > _JUST_BELOW * inputs.quota}
    places = {share * inputs.quota for share in _CURVE} | starts | just_below
    points = [_pay(inputs, steps, place) for place in places if place != inputs.bookings]
    return tuple(sorted([*points, now], key=lambda point: point.attainment))


def _pay_jump(inputs: Inputs, steps: list[_Step]) -> tuple[Decimal, Decimal]:
    """Return the largest jump of the pay, commission and bonus together, and its attainment; zero for none."""
    jumps = {step.start: (step.earned - step.before) * inputs.target_variable / inputs.quota for step in steps}
    jumps[inputs.quota] = jumps.get(inputs.quota, Decimal(0)) + inputs.bonus_at_quota
    place = max(jumps, key=lambda start: jumps[start])
    return (jumps[place], place / inputs.quota) if jumps[place] > 0 else (Decimal(0), Decimal(0))


def _cautions(
    inputs: Inputs, tiers: list[Tier], steps: list[_Step], at_quota: Decimal, jump: Decimal
) -> tuple[Note, ...]:
    cases = {
        Note("no_tiers", "commission"): not tiers,
        Note("not_sorted", "commission"): tiers != list(inputs.tiers),
        Note("starts_above_zero", "commission"): bool(tiers) and tiers[0].from_attainment > 0,
        Note("below_target", "commission"): bool(tiers) and at_quota < inputs.target_variable,
        Note("jump", "pay_curve"): jump > 0,
        Note("drop", "pay_curve"): any(step.earned < step.before for step in steps),
    }
    return tuple(note for note, is_so in cases.items() if is_so)


def chart(result: Result) -> Chart | None:
    """Draw the pay over the attainment, with the pay of the present month across."""
    rows = result.figures.pay_curve
    if not rows:
        return None
    fields = result.calculator.output_fields
    columns = fields["pay_curve"].columns  # type: ignore[attr-defined]  # it is a table
    pay = result.gettext(columns["total_pay"].label)
    return Chart(
        kind="lines",
        title=result.gettext(fields["pay_curve"].label),
        category=result.gettext(columns["attainment"].label),
        categories=tuple(columns["attainment"].show(row.attainment, result.numerals) for row in rows),
        series=(Series(name=pay, values=tuple(row.total_pay for row in rows)),),
        unit=columns["total_pay"],
        marks=((result.gettext(_("This month")), result.figures.total_pay),),
        positions=tuple(row.attainment for row in rows),
        position_unit=columns["attainment"],
    )
