"""The figures once more, as slowly and plainly as they are defined, deal by deal: what the fast ones must equal.

Written from the contract, not from the code it checks: exact fractions, no days counted together, no marks.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from statistics import mean, median, quantiles

from tests.analysis.deals_by_hand import Deal

type Json = object


def whole(value: Fraction | Decimal | int) -> float:
    """Return a number as JSON compares it."""
    return float(value)


def closed(deals: Iterable[Deal]) -> list[Deal]:
    """Return the won and the lost deals."""
    return [deal for deal in deals if deal.outcome in ("won", "lost")]


def with_outcome(deals: Iterable[Deal], outcome: str) -> list[Deal]:
    """Return the deals with an outcome."""
    return [deal for deal in deals if deal.outcome == outcome]


def amounts(deals: Iterable[Deal]) -> list[Fraction]:
    """Return the amounts that are known."""
    return [Fraction(deal.amount) for deal in deals if deal.amount is not None]


def value_of(deals: Sequence[Deal]) -> float | None:
    """Return the sum of the amounts; none where deals have none."""
    return None if deals and not amounts(deals) else whole(sum(amounts(deals), Fraction(0)))


def win_rate(deals: Sequence[Deal]) -> float | None:
    """Return won ÷ (won + lost), of both and of five deals or more."""
    won, lost = len(with_outcome(deals, "won")), len(with_outcome(deals, "lost"))
    return won / (won + lost) if won and lost and won + lost >= 5 else None


def win_rate_by_value(deals: Sequence[Deal]) -> float | None:
    """Return the same of the amounts, where both are above zero."""
    if win_rate(deals) is None:
        return None
    won = sum(amounts(with_outcome(deals, "won")), Fraction(0))
    lost = sum(amounts(with_outcome(deals, "lost")), Fraction(0))
    return whole(won / (won + lost)) if won > 0 and lost > 0 else None


def deal_size(deals: Sequence[Deal]) -> dict[str, float] | None:
    """Return mean and median of the won deals with an amount other than zero."""
    sizes = [size for size in amounts(with_outcome(deals, "won")) if size]
    return {"mean": whole(mean(sizes)), "median": whole(median(sizes)), "n": len(sizes)} if sizes else None


def decided(deals: Sequence[Deal], as_of: date) -> list[Deal]:
    """Return closed deals with a day of decision that is not to come."""
    return [deal for deal in closed(deals) if deal.closed is not None and deal.closed <= as_of]


def lengths(deals: Sequence[Deal], as_of: date) -> list[int]:
    """Return the days from creation to decision of each closed deal that has them in order."""
    found = []
    for deal in decided(deals, as_of):
        if deal.created is not None and deal.closed is not None and deal.closed >= deal.created:
            found.append((deal.closed - deal.created).days)
    return found


def ages(deals: Sequence[Deal], as_of: date) -> list[int]:
    """Return the days since creation of each open deal."""
    return [
        (as_of - deal.created).days
        for deal in with_outcome(deals, "open")
        if deal.created is not None and deal.created <= as_of
    ]


def day_figures(days: Sequence[int]) -> dict[str, float] | None:
    """Return mean and quantiles of some lengths."""
    if not days:
        return None
    cuts = quantiles(map(Fraction, days), n=100, method="inclusive") if len(days) > 1 else [Fraction(days[0])] * 99
    return {
        "mean_days": whole(mean(map(Fraction, days))),
        "median_days": whole(median(map(Fraction, days))),
        "p75_days": whole(cuts[74]),
        "p90_days": whole(cuts[89]),
        "n": len(days),
    }


def kaplan_meier_median(events: Sequence[int], censored: Sequence[int]) -> int | None:
    """Return the first time at which half or less survive: the textbook's product, each factor from scratch."""
    survival = Fraction(1)
    for time in sorted(set(events)):
        at_risk = sum(event >= time for event in events) + sum(age >= time for age in censored)
        survival *= 1 - Fraction(events.count(time), at_risk)
        if survival <= Fraction(1, 2):
            return time
    return None


def quarter(day: date) -> tuple[int, int]:
    """Return the quarter of a day."""
    return day.year, (day.month - 1) // 3 + 1


def month(day: date) -> tuple[int, int]:
    """Return the month of a day."""
    return day.year, day.month


def period_name(period: tuple[int, int], cut: Callable[[date], tuple[int, int]]) -> str:
    """Return the name of a period."""
    year, part = period
    return f"{year}-Q{part}" if cut is quarter else f"{year}-{part:02}"


@cache
def working_days(period: tuple[int, int], cut: Callable[[date], tuple[int, int]]) -> list[date]:
    """Return every day of a period but Saturdays, Sundays and the 1st of January."""
    year = period[0]
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    return [day for day in days if cut(day) == period and day.isoweekday() < 6 and (day.month, day.day) != (1, 1)]


def periods_between(first: date, last: date, cut: Callable[[date], tuple[int, int]]) -> list[tuple[int, int]]:
    """Return every period from one day to another."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return list(dict.fromkeys(map(cut, days)))


def revenue(deals: Sequence[Deal], as_of: date, cut: Callable[[date], tuple[int, int]]) -> list[dict[str, Json]] | None:
    """Return what was won in each period from the first decision to the last."""
    decisions = {deal.closed for deal in decided(deals, as_of) if deal.closed}
    if not decisions:
        return None
    first, last = min(decisions), max(decisions)
    rows: list[dict[str, Json]] = []
    for period in periods_between(first, last, cut):
        won = [
            deal for deal in with_outcome(decided(deals, as_of), "won") if deal.closed and cut(deal.closed) == period
        ]
        days = working_days(period, cut)
        rows.append(
            {
                "period": period_name(period, cut),
                "won": len(won),
                "won_value": value_of(won),
                "is_partial": first > days[0] or max(last, as_of) < days[-1],
            }
        )
    return rows


def cohorts(deals: Sequence[Deal]) -> list[dict[str, Json]] | None:
    """Return what became of the deals of each quarter of creation."""
    quarters = sorted({quarter(deal.created) for deal in deals if deal.created})
    rows: list[dict[str, Json]] = []
    for created in quarters:
        those = [deal for deal in deals if deal.created and quarter(deal.created) == created]
        won, lost = len(with_outcome(those, "won")), len(with_outcome(those, "lost"))
        has_rate = won + lost >= 5 and with_outcome(deals, "won") and with_outcome(deals, "lost")
        rows.append(
            {
                "created": period_name(created, quarter),
                "deals": len(those),
                "won": won,
                "lost": lost,
                "open": len(with_outcome(those, "open")),
                "win_rate": won / (won + lost) if has_rate else None,
            }
        )
    return rows or None


def slices(deals: Sequence[Deal], role: str) -> dict[str | None, tuple[int, int, int, int, float | None, bool]]:
    """Return deals, won, lost, open, won value and whether it is small, by value."""
    found = {}
    for value in {deal.groups.get(role) for deal in deals}:
        those = [deal for deal in deals if deal.groups.get(role) == value]
        won, lost, still_open = (with_outcome(those, outcome) for outcome in ("won", "lost", "open"))
        is_small = len(won) + len(lost) < 30
        found[value] = (len(those), len(won), len(lost), len(still_open), value_of(won), is_small)
    return found


def stages(deals: Sequence[Deal], as_of: date) -> dict[str | None, tuple[int, float | None, float | None, int | None]]:
    """Return deals, value, mean age and stalled ones by stage, of a file without a history."""
    all_lengths = lengths(deals, as_of)
    limit = None
    if len(all_lengths) >= 5:
        limit = quantiles(map(Fraction, all_lengths), n=100, method="inclusive")[74]
    found = {}
    still_open = with_outcome(deals, "open")
    for stage in {deal.groups.get("stage") for deal in still_open}:
        those = [deal for deal in still_open if deal.groups.get("stage") == stage]
        of_stage = ages(those, as_of)
        found[stage] = (
            len(those),
            whole(sum(amounts(those), Fraction(0))) if amounts(those) else None,
            whole(mean(map(Fraction, of_stage))) if of_stage else None,
            sum(age > limit for age in of_stage) if of_stage and limit is not None else None,
        )
    return found


def back_test(deals: Sequence[Deal], as_of: date) -> list[dict[str, Json]]:
    """Return forecast and actual of each tested quarter."""
    decisions = [deal.closed for deal in decided(deals, as_of) if deal.closed]
    if not decisions:
        return []
    first, last = min(decisions), max(decisions)
    quarters = [
        period
        for period in periods_between(first, last, quarter)
        if first <= working_days(period, quarter)[0] and max(last, as_of) >= working_days(period, quarter)[-1]
    ]
    traced = [
        deal
        for deal in deals
        if deal.created
        and (
            (deal.outcome == "open" and deal.created <= as_of)
            or (deal in decided(deals, as_of) and deal.closed and deal.closed >= deal.created)
        )
    ]
    rows: list[dict[str, Json]] = []
    for now, following in pairwise(quarters):
        begin = date(now[0], 3 * now[1] - 2, 1)
        end = working_days(now, quarter)[-1]
        while quarter(end + timedelta(days=1)) == now:
            end += timedelta(days=1)
        pool = [deal for deal in traced if deal.created and deal.created <= end]
        open_before = sum(
            deal.created is not None and deal.created < begin and not (deal.closed and deal.closed < begin)
            for deal in pool
        )
        created = sum(deal.created is not None and deal.created >= begin for deal in pool)
        ended = sum(deal.closed is not None and begin <= deal.closed <= end for deal in pool)
        open_then = sum(not (deal.closed and deal.closed <= end) for deal in pool)
        known = [deal for deal in decided(deals, as_of) if deal.closed and deal.closed <= end]
        size, rate = deal_size(known), win_rate(known)
        if size is None or rate is None or not open_before + created:
            continue
        came = [
            deal
            for deal in with_outcome(decided(deals, as_of), "won")
            if deal.closed and quarter(deal.closed) == following
        ]
        forecast = (open_then + created) * ended / (open_before + created) * rate * size["mean"]
        rows.append(
            {
                "period": period_name(following, quarter),
                "forecast": forecast,
                "actual": whole(sum(amounts(came), Fraction(0))),
            }
        )
    return rows


def stage_days(deals: Sequence[Deal], order: Sequence[str], as_of: date) -> dict[str, list[int]]:
    """Return how long deals stayed in each stage until they moved on, or were decided."""
    found: dict[str, list[int]] = {stage: [] for stage in order}
    for deal in deals:
        way = sorted((day, order.index(stage)) for stage, day in deal.entered.items())
        for place, (day, stage) in enumerate(way):
            left = way[place + 1][0] if place + 1 < len(way) else None
            if left is None and deal in decided(deals, as_of):
                left = deal.closed
            if left is not None and left >= day:
                found[order[stage]].append((left - day).days)
    return found


def reached(deals: Sequence[Deal], steps: Sequence[str]) -> list[int]:
    """Return how many deals entered each step or a later one."""
    return [sum(any(stage in deal.entered for stage in steps[place:]) for deal in deals) for place in range(len(steps))]


def limits(deals: Sequence[Deal], order: Sequence[str], as_of: date) -> dict[str | None, tuple[float, str]]:
    """Return the limit of each stage with open deals, and where it comes from."""
    days_in = stage_days(deals, order, as_of)
    all_lengths = lengths(deals, as_of)
    found: dict[str | None, tuple[float, str]] = {}
    for stage in {deal.groups.get("stage") for deal in with_outcome(deals, "open")}:
        days = list(map(Fraction, days_in.get(stage or "", ())))
        if len(days) >= 30:
            found[stage] = whole(quantiles(days, n=100, method="inclusive")[74]), "p75"
        elif len(days) >= 5:
            found[stage] = whole(2 * median(days)), "twice_median"
        elif len(all_lengths) >= 5:
            found[stage] = whole(quantiles(map(Fraction, all_lengths), n=100, method="inclusive")[74]), "all"
    return found


def stalled(deals: Sequence[Deal], order: Sequence[str], as_of: date) -> list[Deal]:
    """Return the open deals that are older than the limit of their stage, by the clock of that limit."""
    found = []
    of_stages = limits(deals, order, as_of)
    for deal in with_outcome(deals, "open"):
        stage = deal.groups.get("stage")
        limit, source = of_stages.get(stage, (None, ""))
        start = deal.created if source == "all" else deal.entered.get(stage or "")
        if limit is not None and start is not None and start <= as_of and (as_of - start).days > limit:
            found.append(deal)
    return found


def weighted_value(deals: Sequence[Deal], steps: Sequence[str]) -> float | None:
    """Return the sum of amount × chance over the open deals with an amount above zero."""
    priced = [deal for deal in with_outcome(deals, "open") if deal.amount is not None and deal.amount > 0]
    with_probability = [deal for deal in priced if deal.probability is not None]
    if 2 * len(with_probability) > len(priced):
        return sum(whole(deal.amount or 0) * whole(deal.probability or 0) for deal in with_probability)
    rate = win_rate(deals)
    if not priced or rate is None:
        return None
    total = 0.0
    travelled = [deal for deal in deals if any(stage in deal.entered for stage in steps)]
    won = with_outcome(travelled, "won")
    for deal in priced:
        chance = rate
        if travelled and deal.groups.get("stage") in steps:
            further = steps[steps.index(str(deal.groups["stage"])) :]
            lost = [lost for lost in with_outcome(travelled, "lost") if any(stage in lost.entered for stage in further)]
            if len(won) + len(lost) >= 5:
                chance = len(won) / (len(won) + len(lost))
        total += whole(deal.amount or 0) * chance
    return total
