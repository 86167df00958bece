"""The export of the invented team in one language, with the faults that live exports have, and what is true of it.

    python -m tools.samples FOLDER

The faults, each once or a few times: a row of totals, a footer, rows that stand twice, one id with two amounts, a deal
that closed before it was created, one that closed in the future, an amount in words, lost deals of no value, open deals
that nobody has touched for months, a stage of the company's own, a sign for empty cells. What is planned is planned by
quarter, so that the latest date of the file is the day of the export whenever the sample is opened.
"""

import csv
import io
import statistics
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tools.samples.team import EXPORTED, LOST, OPEN, PROBABILITIES, WON, Deal, deals

_WORDING = Path(__file__).parent / "wording"
# No clock of these years calls it past.
_FUTURE = date(2062, 9, 11)
_DAYS_TOO_EARLY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the team of one language writes: its lists are those that a deal's numbers are places in."""

    currency: str
    typical_amount: int
    rounded_to: int
    day: str
    quarter: str
    delimiter: str
    thousands: str
    decimal: str
    decimals: int
    amount_in_words: dict[str, int | str]
    total: str
    footer: str
    nothing: str
    won: str
    lost: str
    own_stage: str
    stages: list[str]
    owners: list[str]
    products: list[str]
    sources: list[str]
    regions: list[str]
    lost_reasons: list[str]
    kinds: list[str]
    company_starts: list[str]
    company_ends: list[str]
    headers: dict[str, str]
    history_headers: dict[str, str]

    def written_day(self, day: date | None) -> str:
        """Return a day as the export writes it, or its sign for nothing."""
        return day.strftime(self.day) if day else self.nothing

    def written_amount(self, amount: int) -> str:
        """Return an amount with the language's marks."""
        if amount == self.amount_in_words["amount"]:
            return str(self.amount_in_words["text"])
        marks = str.maketrans({",": self.thousands, ".": self.decimal})
        return f"{amount:,.{self.decimals}f}".translate(marks)

    def stage_of(self, deal: Deal) -> str:
        """Return the stage in which a deal stands."""
        if deal.outcome == OPEN:
            return self.own_stage if deal.in_own_stage else self.stages[deal.stage]
        return self.won if deal.outcome == WON else self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of the export, in the analyser's names; amounts in the currency, days as numbers."""

    deals: int
    won: int
    lost: int
    open: int
    won_value: int
    lost_value: int
    open_value: int
    cycle_mean_days: float
    cycle_median_days: float
    cycles: int
    identical_rows: int
    negative_cycle: str
    closed_in_future: str
    two_amounts: str
    own_stage: str
    own_stage_deals: int
    stage_deals: dict[str, int]
    won_by_quarter: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The two files of a language, as bytes, and the truth about them."""

    deals: bytes
    history: bytes
    truth: Truth


@cache
def wording_of(language: str) -> Wording:
    """Return how the team of a language writes; English for a language without a team of its own."""
    file = _WORDING / f"{language}.toml"
    return Wording(**tomllib.loads((file if file.exists() else _WORDING / "en.toml").read_text(encoding="utf-8")))


@cache
def sample_of(language: str) -> Sample:
    """Return the sample of a language: the same bytes every time."""
    wording = wording_of(language)
    made = _with_faults(deals(wording.typical_amount, wording.rounded_to, _accounts(wording)), wording)
    rows = [_row(deal, wording) for deal in made]
    twice = [deal for deal in made if deal.outcome != OPEN][17:180:130]
    second_amount = _two_amounts(made)
    rows = [*rows[:300], *(_row(deal, wording) for deal in twice), *rows[300:]]
    rows.insert(411, _row(second_amount, wording))
    return Sample(
        deals=_deals_file(rows, made, wording),
        history=_history_file(made, wording),
        truth=_truth([*made, second_amount], len(twice), wording),
    )


def _with_faults(made: list[Deal], wording: Wording) -> list[Deal]:
    """Give three won deals a fault that a figure has to be kept from."""
    won = [deal.number for deal in made if deal.outcome == WON]
    negative, future, in_words = won[40], won[70], won[90]
    for number in (negative, future, in_words):
        deal = made[number]
        if number == negative:
            deal = replace(deal, closed=deal.created - timedelta(days=_DAYS_TOO_EARLY))
        elif number == future:
            deal = replace(deal, closed=_FUTURE)
        else:
            deal = replace(deal, amount=int(wording.amount_in_words["amount"]))
        made[number] = deal
    return made


def _two_amounts(made: list[Deal]) -> Deal:
    """Return one of the open deals once more, with another amount under the same id."""
    deal = next(deal for deal in made if deal.outcome == OPEN and not deal.in_own_stage and deal.number > 400)
    return replace(deal, amount=deal.amount * 2)


def _accounts(wording: Wording) -> int:
    return len(wording.company_starts) * len(wording.company_ends)


def _account(deal: Deal, wording: Wording) -> str:
    start, end = divmod(deal.account, len(wording.company_ends))
    blank = "" if any(letter > "\u3000" for letter in wording.company_ends[0]) else " "
    return f"{wording.company_starts[start]}{blank}{wording.company_ends[end]}"


def _row(deal: Deal, wording: Wording) -> list[str]:
    account, product = _account(deal, wording), wording.products[deal.product]
    probability = {WON: 100, LOST: 0, OPEN: PROBABILITIES[deal.stage]}[deal.outcome]
    cells = {
        "deal_id": _id(deal),
        "name": f"{account} {product} {wording.kinds[deal.kind]}",
        "account": account,
        "owner": wording.owners[deal.owner],
        "stage": wording.stage_of(deal),
        "amount": wording.written_amount(deal.amount),
        "probability": str(probability),
        "created": wording.written_day(deal.created),
        "expected_quarter": wording.quarter.format(year=deal.expected.year, quarter=_quarter(deal.expected)),
        "closed": wording.written_day(deal.closed),
        "product": product,
        "source": wording.sources[deal.source],
        "region": wording.regions[deal.region],
        "lost_reason": wording.nothing if deal.lost_reason is None else wording.lost_reasons[deal.lost_reason],
        "last_activity": wording.written_day(deal.last_activity),
    }
    return [cells[role] for role in wording.headers]


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _id(deal: Deal) -> str:
    return f"OPP-{24_000 + deal.number * 7}"


def _deals_file(rows: list[list[str]], made: list[Deal], wording: Wording) -> bytes:
    """Return the export with the rows that reports put below it: a blank one, totals, a footer."""
    roles = list(wording.headers)
    total = [""] * len(roles)
    total[0] = wording.total.format(deals=len(made))
    total[roles.index("amount")] = wording.written_amount(sum(deal.amount for deal in made))
    return _file([list(wording.headers.values()), *rows, [], total, [wording.footer]], wording)


def _history_file(made: list[Deal], wording: Wording) -> bytes:
    """Return one row for each change of stage, in the order of the days."""
    changes: list[tuple[date, int, int, str, str]] = []
    for deal in made:
        names = [wording.stages[stage] for stage in range(len(deal.entered))]
        days = list(deal.entered)
        if deal.in_own_stage:
            names[-1] = wording.own_stage
        if deal.closed and deal.closed <= EXPORTED and deal.closed >= deal.created:
            names.append(wording.stage_of(deal))
            days.append(deal.closed)
        for place, (name, day) in enumerate(zip(names, days, strict=True)):
            changes.append((day, deal.number, place, names[place - 1] if place else "", name))
    by_number = {deal.number: _id(deal) for deal in made}
    rows = [
        [by_number[number], before, name, wording.written_day(day)] for day, number, _, before, name in sorted(changes)
    ]
    return _file([list(wording.history_headers.values()), *rows], wording)


def _file(rows: list[list[str]], wording: Wording) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=wording.delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _truth(kept: list[Deal], identical: int, wording: Wording) -> Truth:
    won, lost, still_open = ([deal for deal in kept if deal.outcome == outcome] for outcome in (WON, LOST, OPEN))
    negative = next(deal for deal in won if deal.closed and deal.closed < deal.created)
    future = next(deal for deal in won if deal.closed == _FUTURE)
    cycles = [
        (deal.closed - deal.created).days
        for deal in kept
        if deal.closed and deal.number not in {negative.number, future.number}
    ]
    ids = Counter(deal.number for deal in kept)
    return Truth(
        deals=len(kept),
        won=len(won),
        lost=len(lost),
        open=len(still_open),
        won_value=sum(deal.amount for deal in won),
        lost_value=sum(deal.amount for deal in lost),
        open_value=sum(deal.amount for deal in still_open),
        cycle_mean_days=statistics.fmean(cycles),
        cycle_median_days=statistics.median(cycles),
        cycles=len(cycles),
        identical_rows=identical,
        negative_cycle=_id(negative),
        closed_in_future=_id(future),
        two_amounts=next(_id(deal) for deal in kept if ids[deal.number] > 1),
        own_stage=wording.own_stage,
        own_stage_deals=sum(deal.in_own_stage for deal in still_open),
        stage_deals=dict(Counter(wording.stage_of(deal) for deal in still_open)),
        won_by_quarter=dict(
            Counter(
                f"{deal.closed.year}-Q{_quarter(deal.closed)}"
                for deal in won
                if deal.closed and deal.closed <= EXPORTED
            )
        ),
    )
