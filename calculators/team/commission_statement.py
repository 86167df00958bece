"""What does the plan pay in each period, year to date?

attainment = credited to date / quota of the year; commission to date = each slice of the credits to date x that of its
tier x target variable / quota of the year, at most the cap; earned = commission to date - that of one period
before, below zero where bookings were canceled (the clawback). A bonus step counts while the attainment is at or above
it. due = earned + bonus - balance carried; paid = due, at least the draw; balance = recoverable draw - due, at least 0.
Sources: Oracle and Xactly for draws, Sales Cookie for negative credits; see `SOURCES`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import flag, text
from calculators.core.declaring.fields import LARGEST_AMOUNT, count, money, multiple, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Commission statement")
QUESTION = _("What does our plan pay in each period, with cancellations, a draw and a cap?")
HEADLINE = "paid"
PAGE = "team/compensation.md"
SOURCES = (
    "https://docs.oracle.com/en/cloud/saas/sales/facmi/example-of-incentive-compensation-draw-and-recovery.html",
    "https://www.xactlycorp.com/blog/non-recoverable-draw/",
    "https://support2.salescookie.com/portal/en/kb/articles/kb-how-can-i-claw-back-commissions",
)

PERIOD_NAMES = (_("Quarter 1"), _("Quarter 2"), _("Quarter 3"), _("Quarter 4"))
DEAL_NAMES = (_("Deal A"), _("Deal B"), _("Deal C"), _("Deal B, canceled"), _("Deal D"), _("Deal E"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of the plan's year."""

    name: str = text(_("Period"), names=PERIOD_NAMES)
    quota: Decimal = money(_("Quota"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What is credited to the seller for one deal, or taken off for one that was canceled."""

    name: str = text(_("Deal"), names=DEAL_NAMES, is_private=True)
    period: Decimal = count(_("Number of the period"), minimum=Decimal(1))
    amount: Decimal = money(_("Amount"), minimum=-LARGEST_AMOUNT)
    share: Decimal | None = rate(_("Share of the credit"), is_optional=True)

    @property
    def credited(self) -> Decimal:
        """The seller's part of the amount: all of it where no share is given."""
        return self.amount if self.share is None else self.amount * self.share


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """From which attainment of the year’s quota on a multiple of the base rate is paid, on its own slice."""

    from_attainment: Decimal = rate(_("From attainment"), maximum=Decimal(10))
    multiplier: Decimal = multiple(_("Multiplier of the base rate"), minimum=Decimal(0), maximum=Decimal(100))


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusStep:
    """What is paid once when an attainment of the year’s quota is reached."""

    from_attainment: Decimal = rate(_("From attainment"), maximum=Decimal(10))
    bonus: Decimal = money(_("Bonus"))


def _credit(place: int, period: int, amount: int, share: str) -> Credit:
    return Credit(name=DEAL_NAMES[place], period=Decimal(period), amount=Decimal(amount), share=Decimal(share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    target_variable: Decimal = money(
        _("Target variable pay of the year"),
        default="40000",
        hint=_("The commission that the plan promises for the quota of all periods."),
    )
    periods: tuple[Period, ...] = table(
        _("Periods of the year"),
        row=Period,
        minimum_rows=1,
        default=tuple(
            Period(name=name, quota=Decimal(quota))
            for name, quota in zip(PERIOD_NAMES, ("50000", "100000", "125000", "125000"), strict=True)
        ),
        hint=_("All periods of the plan in their order, those to come too. For somebody new, the first are lower."),
    )
    credits: tuple[Credit, ...] = table(
        _("Credits"),
        row=Credit,
        default=(
            _credit(0, 1, 30_000, "1"),
            _credit(1, 2, 120_000, "1"),
            _credit(2, 2, 160_000, "0.5"),
            _credit(3, 3, -120_000, "1"),
            _credit(4, 3, 40_000, "1"),
            _credit(5, 4, 270_000, "1"),
        ),
        hint=_(
            "1 is the first period. A cancellation is a negative amount in the period in which it happens. "
            "An empty share means all of the credit."
        ),
    )
    tiers: tuple[Tier, ...] = table(
        _("Tiers"),
        row=Tier,
        default=(
            Tier(from_attainment=Decimal(0), multiplier=Decimal(1)),
            Tier(from_attainment=Decimal(1), multiplier=Decimal("1.5")),
        ),
        hint=_("By attainment of the year’s quota. Each tier pays on its own slice of the credits."),
    )
    bonus_steps: tuple[BonusStep, ...] = table(
        _("Bonus steps"),
        row=BonusStep,
        default=(
            BonusStep(from_attainment=Decimal("0.5"), bonus=Decimal(1000)),
            BonusStep(from_attainment=Decimal(1), bonus=Decimal(3000)),
        ),
        hint=_("Paid once when this attainment of the year’s quota is reached, and taken back if it is lost again."),
    )
    cap: Decimal | None = money(
        _("Cap of the year"), is_optional=True, hint=_("The most commission in the year, without bonuses.")
    )
    draw: Decimal = money(_("Draw"), default="5000", hint=_("Paid in advance in each period; 0 for none."))
    draw_is_recoverable: bool = flag(
        _("The draw is recoverable"),
        default=True,
        hint=_("It is offset against what is earned later. Otherwise it is the least that each period pays."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One period of the statement."""

    name: str = text(_("Period"), names=PERIOD_NAMES)
    quota_to_date: Decimal = money(_("Quota to date"))
    credited: Decimal = money(_("Credited"))
    attainment: Decimal = rate(_("Attainment of the year’s quota"))
    pace: Figure = rate(_("Attainment of the quota to date"))
    earned: Decimal = money(_("Commission earned"))
    bonus: Decimal = money(_("Bonus"))
    paid: Decimal = money(_("Paid"))
    owed: Decimal = money(_("Still to be offset"))
    credited_to_date: Decimal = money(_("credited to date"), is_working=True)
    commission_to_date: Decimal = money(_("commission to date"), is_working=True)
    commission_before: Decimal = money(_("commission to date one period before"), is_working=True)
    bonus_to_date: Decimal = money(_("bonuses of the steps reached"), is_working=True)
    bonus_before: Decimal = money(_("those of one period before"), is_working=True)
    owed_before: Decimal = money(_("what was still to be offset before"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    paid: Figure = money(_("Paid, all periods"))
    commission: Figure = money(_("Commission"))
    bonus: Figure = money(_("Bonus"))
    attainment: Figure = rate(_("Attainment of the year’s quota"))
    clawed_back: Figure = money(_("Taken back for cancellations"), goal="at_most")
    owed: Figure = money(_("Still to be offset at the end"), goal="at_most")
    lost_to_cap: Figure = money(_("Lost to the cap"), goal="at_most")
    statement: tuple[Line, ...] = table(_("Statement by period"), row=Line)
    year_quota: Figure = money(_("quota of the year"), is_working=True)
    total_credited: Decimal = money(_("all credits, added up"), is_working=True)
    uncapped: Figure = money(_("commission without the cap"), is_working=True)
    recoverable_draw: Decimal = money(_("recoverable draw"), is_working=True)
    misplaced: Decimal = count("", is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "paid": _("the sum of the column “Paid”"),
    "commission": _("the sum of the column “Commission earned”"),
    "bonus": _("the sum of the column “Bonus”"),
    "attainment": "{total_credited} ÷ {year_quota}",
    "clawed_back": _("what is below zero in the columns “Commission earned” and “Bonus”, added up"),
    "owed": _("the last value of the column “Still to be offset”"),
    "lost_to_cap": "{uncapped} − {commission}",
    "statement.attainment": "{row.credited_to_date} ÷ {year_quota}",
    "statement.pace": "{row.credited_to_date} ÷ {row.quota_to_date}",
    "statement.earned": _(
        "{row.commission_to_date} (each slice of the credits to date × its multiplier × {target_variable} ÷ "
        "{year_quota}, within the cap) − {row.commission_before}"
    ),
    "statement.bonus": "{row.bonus_to_date} − {row.bonus_before}",
    "statement.paid": _("{row.earned} + {row.bonus} − {row.owed_before}, at least {draw}"),
    "statement.owed": _("{recoverable_draw} − ({row.earned} + {row.bonus} − {row.owed_before}), at least 0"),
}

_FROM, _MULTIPLIER = "{tiers.from_attainment}", "{tiers.multiplier}"
_RANK = f'COUNTIF({_FROM},"<="&{_FROM})'
# How much a tier pays more than the one below it, whatever the order of the rows.
_STEP = f"({_MULTIPLIER}-({_RANK}>1)*SUMIF({_FROM},SMALL({_FROM},{_RANK}-1+({_RANK}=1)),{_MULTIPLIER}))"
_PLACE = "(ROW()-ROW({statement.first.name})+1)"
_SHARE = '({credits.share}+({credits.share}=""))'
_DUE = "{row.earned}+{row.bonus}-N({statement.previous.owed})"


def _commission_formula(credited: str) -> str:
    """Return a cell's formula of the commission without the cap."""
    slices = f"({credited}>{_FROM}*{{year_quota}})*({credited}-{_FROM}*{{year_quota}})"
    return f"{{target_variable}}/{{year_quota}}*IF(COUNT({_FROM})=0,0,SUMPRODUCT({slices}*{_STEP}))"


def _if_whole(formula: str) -> str:
    """Return a formula over the lines of the statement, for a statement that has them all."""
    return f"IF(COUNT({{statement.paid}})<ROWS({{periods.quota}}),NA(),{formula})"


_UNCAPPED_TO_DATE = _commission_formula("{row.credited_to_date}")
# A workbook has no statement, either, without a quota, with two tiers at one attainment, or a credit of no period.
SPREADSHEET = {
    "paid": _if_whole("SUM({statement.paid})"),
    "commission": _if_whole("SUM({statement.earned})"),
    "bonus": _if_whole("SUM({statement.bonus})"),
    "attainment": "{total_credited}/{year_quota}",
    "clawed_back": _if_whole('-SUMIF({statement.earned},"<0")-SUMIF({statement.bonus},"<0")'),
    "owed": _if_whole("{statement.last.owed}"),
    "lost_to_cap": "{uncapped}-{commission}",
    "year_quota": (
        f"IF(OR(SUM({{periods.quota}})=0,SUMPRODUCT((COUNTIF({_FROM},{_FROM})>1)*1)>0,"
        'COUNTIF({credits.period},">"&ROWS({periods.quota}))>0),NA(),SUM({periods.quota}))'
    ),
    "total_credited": f"SUMPRODUCT({{credits.amount}}*{_SHARE})",
    "uncapped": _commission_formula("{total_credited}"),
    "recoverable_draw": "IF({draw_is_recoverable},{draw},0)",
    "statement.quota_to_date": "N({statement.previous.quota_to_date})+{periods.row.quota}",
    "statement.credited": f"SUMPRODUCT(({{credits.period}}={_PLACE})*{{credits.amount}}*{_SHARE})",
    "statement.credited_to_date": f"SUMPRODUCT(({{credits.period}}<={_PLACE})*{{credits.amount}}*{_SHARE})",
    "statement.attainment": "{row.credited_to_date}/{year_quota}",
    "statement.pace": "IF({row.quota_to_date}=0,NA(),{row.credited_to_date}/{row.quota_to_date})",
    "statement.commission_to_date": f'IF({{cap}}="",{_UNCAPPED_TO_DATE},MIN({{cap}},{_UNCAPPED_TO_DATE}))',
    "statement.earned": "{row.commission_to_date}-N({statement.previous.commission_to_date})",
    "statement.bonus_to_date": (
        "SUMPRODUCT((ROUND({row.attainment},9)>={bonus_steps.from_attainment})*{bonus_steps.bonus})"
    ),
    "statement.bonus": "{row.bonus_to_date}-N({statement.previous.bonus_to_date})",
    "statement.paid": f"MAX({{draw}},{_DUE})",
    "statement.owed": f"MAX(0,{{recoverable_draw}}-({_DUE}))",
}

NOTES = {
    "no_quota": _("Without a quota there is no attainment, and so no commission can be worked out."),
    "same_attainment": _("Two tiers begin at the same attainment, so it is open which one pays: remove one of them."),
    "no_such_period": _(
        "Row {misplaced} of the credits belongs to a period that is not listed. "
        "Correct its number, or list all periods of the year."
    ),
    "no_quota_yet": _("As long as the quota to date is zero, nothing can be compared with it."),
    "no_tiers": _("Without a tier no commission is paid. For one plain rate, enter a tier from 0% with multiplier 1."),
    "starts_above_zero": _("No tier begins at 0%: until attainment reaches the first tier, no commission is paid."),
    "below_zero": _(
        "More was canceled than credited. Commission to date is zero then: what was paid for deals of an earlier year "
        "has to be settled by the plan of that year."
    ),
    "still_to_come": _(
        "The last periods have no credits: they are worked out as if nothing more were booked, and the draw were paid "
        "in each of them."
    ),
    "bonus_taken_back": _(
        "Cancellations took the attainment below a bonus step again, so its bonus is taken back. "
        "Say in the plan whether this is meant."
    ),
    "capped": _("The cap is reached. Deals that earn nothing more may be held back until the next year."),
    "still_owed": _(
        "Something is still to be offset at the end. Whether it may be kept from later pay, or asked for from somebody "
        "who leaves, is a matter of the plan and of local labor law."
    ),
}

ANSWERS = {
    "pays": _("At an attainment of {attainment} of the year’s quota, this plan pays {paid} in all."),
    "pays_hardly_anything": _("In all, this plan pays hardly anything."),
    "owes": _("Of this, {owed} is still to be offset against what is earned later."),
}


def compute(inputs: Inputs) -> Outputs:
    """Work out what is earned to date after each period, and pay the differences with draw and balance."""
    quota = sum((period.quota for period in inputs.periods), Decimal(0))
    starts = {tier.from_attainment for tier in inputs.tiers}
    misplaced = [row for row, credit in enumerate(inputs.credits, 1) if credit.period > len(inputs.periods)]
    if misplaced:
        return _without_statement(inputs, "no_such_period", misplaced[0])
    if not quota or len(starts) < len(inputs.tiers):
        return _without_statement(inputs, "same_attainment" if quota else "no_quota")
    plan = _Plan(inputs, quota)
    lines = tuple(_lines(inputs, plan))
    last, uncapped = lines[-1], plan.commission(_total(inputs))
    return Outputs(
        paid=sum((line.paid for line in lines), Decimal(0)),
        commission=last.commission_to_date,
        bonus=last.bonus_to_date,
        attainment=last.attainment,
        clawed_back=-sum((min(Decimal(0), line.earned + line.bonus) for line in lines), Decimal(0)),
        owed=last.owed,
        lost_to_cap=uncapped - last.commission_to_date,
        statement=lines,
        year_quota=quota,
        total_credited=last.credited_to_date,
        uncapped=uncapped,
        recoverable_draw=_recoverable_draw(inputs),
        misplaced=Decimal(0),
        notes=tuple(_cautions(inputs, lines, uncapped)),
    )


def _without_statement(inputs: Inputs, code: str, misplaced: int = 0) -> Outputs:
    missing = Undefined(code)
    return Outputs(
        paid=missing,
        commission=missing,
        bonus=missing,
        attainment=missing,
        clawed_back=missing,
        owed=missing,
        lost_to_cap=missing,
        statement=(),
        year_quota=missing,
        total_credited=_total(inputs),
        uncapped=missing,
        recoverable_draw=_recoverable_draw(inputs),
        misplaced=Decimal(misplaced),
    )


def _total(inputs: Inputs) -> Decimal:
    return sum((credit.credited for credit in inputs.credits), Decimal(0))


def _recoverable_draw(inputs: Inputs) -> Decimal:
    return inputs.draw if inputs.draw_is_recoverable else Decimal(0)


class _Plan:
    """What is earned on all that has been credited to date: tiers and bonus steps in ascending order."""

    def __init__(self, inputs: Inputs, quota: Decimal) -> None:
        self.quota = quota
        self._target = inputs.target_variable
        tiers = sorted(inputs.tiers, key=lambda tier: tier.from_attainment)
        self._starts = [tier.from_attainment * quota for tier in tiers]
        self._multipliers = [tier.multiplier for tier in tiers]
        slices = zip(pairwise(self._starts), self._multipliers, strict=False)
        weighted = ((end - start) * multiplier for (start, end), multiplier in slices)
        # bookings x multiplier below the start of each tier
        self._weighted = [*accumulate(weighted, initial=Decimal(0))]
        steps = sorted(inputs.bonus_steps, key=lambda step: step.from_attainment)
        self._steps = [step.from_attainment * quota for step in steps]
        self._bonuses = [*accumulate((step.bonus for step in steps), initial=Decimal(0))]

    def commission(self, credited: Decimal) -> Decimal:
        """Return the commission without the cap: each slice at its tier, and nothing below zero."""
        place = bisect_right(self._starts, credited) - 1
        if place < 0:
            return Decimal(0)
        weighted = self._weighted[place] + (credited - self._starts[place]) * self._multipliers[place]
        return weighted * self._target / self.quota

    def bonus(self, credited: Decimal) -> Decimal:
        """Return the bonuses of all steps that are reached."""
        return self._bonuses[bisect_right(self._steps, credited)]


def _credited(inputs: Inputs) -> Sequence[Decimal]:
    """Return what is credited in each period."""
    credited = [Decimal(0)] * len(inputs.periods)
    for credit in inputs.credits:
        credited[int(credit.period) - 1] += credit.credited
    return credited


def _lines(inputs: Inputs, plan: _Plan) -> Iterator[Line]:
    to_date = quota_to_date = commission = bonus = owed = Decimal(0)
    for period, credited in zip(inputs.periods, _credited(inputs), strict=True):
        to_date, quota_to_date = to_date + credited, quota_to_date + period.quota
        commission_now, bonus_now = plan.commission(to_date), plan.bonus(to_date)
        if inputs.cap is not None:
            commission_now = min(inputs.cap, commission_now)
        due = commission_now - commission + bonus_now - bonus - owed
        line = Line(
            name=period.name,
            quota_to_date=quota_to_date,
            credited=credited,
            attainment=to_date / plan.quota,
            pace=to_date / quota_to_date if quota_to_date else Undefined("no_quota_yet"),
            earned=commission_now - commission,
            bonus=bonus_now - bonus,
            paid=max(inputs.draw, due),
            owed=max(Decimal(0), _recoverable_draw(inputs) - due),
            credited_to_date=to_date,
            commission_to_date=commission_now,
            commission_before=commission,
            bonus_to_date=bonus_now,
            bonus_before=bonus,
            owed_before=owed,
        )
        yield line
        commission, bonus, owed = commission_now, bonus_now, line.owed


def _cautions(inputs: Inputs, lines: tuple[Line, ...], uncapped: Decimal) -> Iterator[Note]:
    if not inputs.tiers:
        yield Note("no_tiers", "commission")
    elif all(tier.from_attainment for tier in inputs.tiers):
        yield Note("starts_above_zero", "commission")
    if any(line.credited_to_date < 0 for line in lines):
        yield Note("below_zero", "commission")
    if any(line.bonus < 0 for line in lines):
        yield Note("bonus_taken_back", "bonus")
    if uncapped > lines[-1].commission_to_date:
        yield Note("capped", "lost_to_cap")
    last_credited = max((credit.period for credit in inputs.credits), default=Decimal(0))
    if inputs.draw and last_credited < len(lines):
        yield Note("still_to_come", "paid")
    if lines[-1].owed:
        yield Note("still_owed", "owed")


def answer(result: Result) -> Answer:
    """Say what all periods pay, and what of it is not earned yet."""
    if isinstance(result.figures.paid, Undefined):
        return result.figures.paid
    if result.is_hardly_anything("paid"):
        return "pays_hardly_anything"
    return "pays" if result.reads_as_zero("owed") else ("pays", "owes")


def chart(result: Result) -> Chart | None:
    """Draw what each period earned beside what it pays."""
    rows = result.figures.statement
    if not rows:
        return None
    field = result.calculator.output_fields["statement"]
    columns = field.columns  # type: ignore[attr-defined]  # it is a table
    return Chart(
        kind="bars",
        title=result.gettext(field.label),
        category=result.gettext(columns["name"].label),
        categories=tuple(columns["name"].show(row.name, result.numerals) for row in rows),
        series=tuple(
            Series(name=result.gettext(columns[name].label), values=tuple(getattr(row, name) for row in rows))
            for name in ("earned", "bonus", "paid")
        ),
        unit=columns["paid"],
    )
