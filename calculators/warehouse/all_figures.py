"""All figures of the contract from aggregates: what the engine counted and added up, finished in decimals.

The engine hands over whole numbers; the last division is the plain one, so that figures are equal to the last digit.
What is said of a figure is said in the plain order and words.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from calculators.analysis.figures import velocity as plain_velocity
from calculators.analysis.figures.all_figures import Figures
from calculators.analysis.figures.back_test import TestedQuarter
from calculators.analysis.figures.cohorts import Cohort
from calculators.analysis.figures.counts import counts
from calculators.analysis.figures.coverage import Coverage
from calculators.analysis.figures.cycle import Cycle
from calculators.analysis.figures.day_counts import DayFigures
from calculators.analysis.figures.deal_size import DealSize
from calculators.analysis.figures.open_deals import Limit
from calculators.analysis.figures.periods import MONTH, QUARTER, name_of, period_of
from calculators.analysis.figures.pipelines import Pipeline
from calculators.analysis.figures.revenue import PeriodRevenue, growth_per_quarter, is_whole
from calculators.analysis.figures.slices import Slice
from calculators.analysis.figures.stages import Stage
from calculators.analysis.figures.stalled import Stalled
from calculators.analysis.figures.stopping import AMOUNTS, CLOSE_DATES, OUTCOMES, is_stopped, stopped_by
from calculators.analysis.figures.values import lost_value, open_value, won_value
from calculators.analysis.figures.velocity import Velocity, VelocityReading
from calculators.analysis.figures.win_rate import WinRate, has_both_outcomes, rate_of, win_rate, win_rate_by_value
from calculators.analysis.gate.notes import Notes
from calculators.core.numbers.statistics import CAUTION_BELOW, NO_RATE_BELOW
from calculators.warehouse.aggregates import Aggregates, Row, ordinal
from calculators.warehouse.figures import (
    cohorts,
    cycle,
    deal_size,
    revenue,
    slices,
    stages,
    velocity,
)
from calculators.warehouse.finishing.forecast import forecast
from calculators.warehouse.finishing.sizes import SIZE, size_slices

_MOST_PIPELINES = 50
_SHARES = {"median": Decimal("0.5"), "p75": Decimal("0.75"), "p90": Decimal("0.9")}


def figures(view: Aggregates, notes: Notes, by: Sequence[str] = ()) -> Figures:
    """Work out all figures, and slices by columns. Each figure that is None has a note."""
    found = Figures()
    counted = counts(view, notes)
    found.deals, found.won, found.lost, found.open = counted.deals, counted.won, counted.lost, counted.open
    found.win_rate = win_rate(view, notes)
    found.win_rate_by_value = win_rate_by_value(view, notes)
    found.deal_size = _deal_size(view, notes)
    found.won_value, found.lost_value = won_value(view, notes), lost_value(view, notes)
    found.open_value = open_value(view, notes)
    found.cycle = cycle_of_closed(view, notes)
    found.cycle_of_won = _lengths(view, notes, "cycle_of_won", of_won=True)
    found.velocity = _velocity(view, notes, found.deal_size, found.win_rate, found.cycle)
    found.revenue = _revenue(view, notes, QUARTER, "revenue")
    found.revenue_by_month = _revenue(view, notes, MONTH, "revenue_by_month")
    found.growth_per_quarter = growth_per_quarter(found.revenue, notes)
    # A table holds deals as they stand now.
    notes.add("no_stage_history", "stage_conversion")
    found.stages = _stages(view, notes)
    found.stalled = _stalled(view, notes)
    found.coverage = _coverage(view, notes)
    found.forecast = forecast(view, notes)
    found.back_test = _back_test(view, notes)
    found.cohorts = _cohorts(view, notes)
    found.pipelines = _pipelines(view)
    for name in by:
        if name == SIZE:
            sliced = size_slices(view, notes, f"slices.{name}", _slice)
        else:
            sliced = _slices(view, notes, name) if name in view.warehouse.groups else None
        if sliced is not None:
            found.slices[name] = sliced
    return found


# --- deal size and cycle ---------------------------------------------------------------------------------------------


def _deal_size(view: Aggregates, notes: Notes, figure: str = "deal_size") -> DealSize | None:
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    total = view.won_total
    if not total.with_amount:
        notes.add("no_amounts" if total.deals else "no_won_deals", figure, deals=total.deals)
        return None
    notes.add_counted("without_amount", figure, total.missing, of=total.deals)
    notes.add_counted("amount_zero", figure, total.zero, of=total.deals)
    if total.with_amount < CAUTION_BELOW:
        notes.add("few_won_deals", figure, deals=total.with_amount)
    middle = view.money(_quantile(view.row(deal_size.expression), "median", 2))
    return DealSize(mean=total.value / total.with_amount, median=middle / 2, n=total.with_amount)


def _quantile(row: Row, name: str, times: int = 1) -> Decimal:
    """Return a quantile, so many times: of amounts, half of a part would be lost."""
    lower = row[f"{name}_lower"]
    upper = lower if row[f"{name}_upper"] is None else row[f"{name}_upper"]
    position = (int(row["n"]) - 1) * _SHARES[name]
    return times * (int(lower) + (int(upper) - int(lower)) * (position - int(position)))


def cycle_of_closed(view: Aggregates, notes: Notes, figure: str = "cycle") -> Cycle | None:
    """Return the lengths of closed deals, and the median that counts open ones."""
    found = _lengths(view, notes, figure, of_won=False)
    if found is None:
        return None
    row = view.row(cycle.expression)
    still_open, censored, median = view.open.count(1), int(row["censored"]), row["kaplan_meier_median_days"]
    notes.add_counted("open_uncounted", figure, still_open - censored, of=still_open)
    if median is None:
        notes.add("median_not_reached", figure, censored=censored, closed=found.n)
    return Cycle(
        mean_days=found.mean_days,
        median_days=found.median_days,
        p75_days=found.p75_days,
        p90_days=found.p90_days,
        n=found.n,
        kaplan_meier_median_days=None if median is None else int(median),
        censored=censored,
    )


def _lengths(view: Aggregates, notes: Notes, figure: str, *, of_won: bool) -> DayFigures | None:
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, CLOSE_DATES):
        return None
    closed = view.won.count(1) + (0 if of_won else view.lost.count(1))
    if not closed:
        notes.add("no_won_deals" if of_won else "no_closed_deals", figure)
        return None
    left_out = view.row(cycle.left_out)
    for code in ("without_dates", "closed_in_future", "negative_cycle"):
        notes.add_counted(code, figure, left_out[f"{'won' if of_won else 'closed'}_{code}"], of=closed, lines=[])
    row = view.row(cycle.of_won if of_won else cycle.expression)
    n = int(row["n"])
    if not n:
        notes.add("no_cycles", figure, deals=closed)
        return None
    if n < CAUTION_BELOW:
        notes.add("few_cycles", figure, deals=n)
    return DayFigures(
        mean_days=Decimal(int(row["days"])) / n,
        median_days=_quantile(row, "median"),
        p75_days=_quantile(row, "p75"),
        p90_days=_quantile(row, "p90"),
        n=n,
    )


def _velocity(
    view: Aggregates, notes: Notes, size: DealSize | None, rate: WinRate | None, length: Cycle | None
) -> Velocity | None:
    figure = "velocity"
    if is_stopped(view.circumstances, notes, figure, OUTCOMES):
        return None
    parts = {"deal_size": size, "win_rate": rate, "cycle": length}
    for part, value in parts.items():
        if value is None:
            notes.add("part_missing", figure, part=part)
    if not any(parts.values()):
        return None
    if length is not None and not length.mean_days:
        notes.add("no_cycle", figure)
    per_opportunity = None
    if size is not None and rate is not None and length is not None and length.mean_days:
        per_opportunity = size.mean * rate.value / length.mean_days
    row = view.row(velocity.expression)
    has_period = view.period_of_decisions is not None and not stopped_by(view.circumstances, CLOSE_DATES)
    readings = []
    for reading in plain_velocity.READINGS:
        number = int(row[reading]) if reading == "live" or has_period else None
        per_day = None if number is None or per_opportunity is None else number * per_opportunity
        readings.append(VelocityReading(reading=reading, opportunities=number, revenue_per_day=per_day))
    return Velocity(
        average_deal_size=size.mean if size else None,
        win_rate=rate.value if rate else None,
        cycle_days=length.mean_days if length else None,
        actual_revenue_per_day=_actual(view, notes, row) if size else None,
        readings=tuple(readings),
    )


def _actual(view: Aggregates, notes: Notes, row: Row, figure: str = "velocity") -> Decimal | None:
    if is_stopped(view.circumstances, notes, figure, CLOSE_DATES):
        return None
    if view.period_of_decisions is None:
        notes.add("no_decisions", figure)
        return None
    first, last = view.period_of_decisions
    days = last - first + 1
    notes.add("period_of_decisions", figure, first=date.fromordinal(first), last=date.fromordinal(last), days=days)
    won = view.total_of(row, "won")
    return None if won.known is None else won.known / days


# --- periods ---------------------------------------------------------------------------------------------------------


def _periods(view: Aggregates, months: int) -> dict[int, Row]:
    """Return what was decided in each period that has a decision."""
    rows = view.rows(revenue.expression if months == QUARTER else revenue.by_month)
    return {period_of(ordinal(row["period"]), months): row for row in rows}


def _revenue(view: Aggregates, notes: Notes, months: int, figure: str) -> list[PeriodRevenue] | None:
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, CLOSE_DATES):
        return None
    if view.period_of_decisions is None:
        notes.add("no_decisions", figure)
        return None
    left_out, won = view.row(cycle.left_out), view.won.count(1)
    notes.add_counted("without_close_date", figure, left_out["won_without_close_date"], of=won, lines=[])
    notes.add_counted("closed_in_future", figure, left_out["won_in_future"], of=won, lines=[])
    has_amounts = not is_stopped(view.circumstances, notes, figure, AMOUNTS)
    if has_amounts and view.won_total.known is None:
        notes.add("no_amounts", figure, deals=view.won_total.deals)
    rows = _periods(view, months)
    first, last = (period_of(day, months) for day in view.period_of_decisions)
    periods = []
    for period in range(first, last + 1):
        row = rows.get(period, {"won": 0, "lost": 0, "won_parts": None})
        # A period in which nothing was won has brought nothing.
        parts = row["won_parts"] if row["won"] else 0
        periods.append(
            PeriodRevenue(
                period=name_of(period, months),
                won=row["won"],
                won_value=view.known(parts) if has_amounts else None,
                is_partial=not is_whole(view, period, months),
                lost=row["lost"],
            )
        )
    return periods


def _back_test(view: Aggregates, notes: Notes, figure: str = "back_test") -> list[TestedQuarter] | None:
    """Return what the plain back test does, from the rows of `revenue` and `cohorts`."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, CLOSE_DATES, AMOUNTS):
        return None
    if view.period_of_decisions is None:
        notes.add("no_decisions", figure)
        return None
    decided = _periods(view, QUARTER)
    created = {period_of(ordinal(row["created"]), QUARTER): int(row["traced"]) for row in view.rows(cohorts.expression)}
    first, last = (period_of(day, QUARTER) for day in view.period_of_decisions)
    tested = []
    for quarter in range(first, last):
        if is_whole(view, quarter, QUARTER) and is_whole(view, quarter + 1, QUARTER):
            foreseen = _forecast_after(view, quarter, decided, created)
            if foreseen is not None:
                actual = view.money(decided.get(quarter + 1, {}).get("won_parts") or 0)
                tested.append(
                    TestedQuarter(
                        period=name_of(quarter + 1, QUARTER), forecast=foreseen, actual=actual, error=foreseen - actual
                    )
                )
    if not tested:
        notes.add("too_few_quarters_to_test", figure)
        return None
    return tested


def _forecast_after(view: Aggregates, quarter: int, decided: dict[int, Row], created: dict[int, int]) -> Decimal | None:
    def until(name: str, last: int) -> int:
        return sum(int(row[name] or 0) for period, row in decided.items() if period <= last)

    now = created.get(quarter, 0)
    before = sum(deals for period, deals in created.items() if period < quarter)
    open_before = before - until("with_cycle", quarter - 1)
    decided_now = int(decided.get(quarter, {}).get("with_cycle") or 0)
    won, lost, sized = until("won", quarter), until("lost", quarter), until("sized", quarter)
    if not (won and lost and sized and open_before + now) or won + lost < NO_RATE_BELOW:
        return None
    share_decided = Decimal(decided_now) / (open_before + now)
    open_then = open_before + now - decided_now
    size = view.money(until("won_parts", quarter)) / sized
    return (open_then + now) * share_decided * won / (won + lost) * size


def _cohorts(view: Aggregates, notes: Notes, figure: str = "cohorts") -> list[Cohort] | None:
    rows = view.rows(cohorts.expression)
    dated = sum(row["deals"] for row in rows)
    if not dated:
        notes.add("no_created_dates", figure)
        return None
    notes.add_counted("without_created", figure, len(view) - dated, of=len(view))
    has_outcomes = not is_stopped(view.circumstances, notes, figure, OUTCOMES)
    has_rates = False
    if has_outcomes:
        still_open = [row["open"] for row in rows if row["open"]]
        notes.add_counted("cohorts_undecided", figure, sum(still_open), cohorts=len(still_open))
        has_rates = has_both_outcomes(view)
        if not has_rates:
            notes.add("part_missing", figure, part="win_rate")
    found = []
    for row in rows:
        rate = rate_of(row["won"], row["lost"]) if has_rates else None
        found.append(
            Cohort(
                created=name_of(period_of(ordinal(row["created"]), QUARTER), QUARTER),
                deals=row["deals"],
                won=row["won"] if has_outcomes else None,
                lost=row["lost"] if has_outcomes else None,
                open=row["open"] if has_outcomes else None,
                win_rate=rate.value if rate else None,
            )
        )
    return found


# --- open deals ------------------------------------------------------------------------------------------------------


def _by_stage(view: Aggregates) -> list[Row]:
    """Return the stages with open deals by their names, those without one last: a table has no order of its own."""
    return sorted(view.rows(stages.expression), key=lambda row: (row["stage"] is None, row["stage"] or ""))


def _limit(view: Aggregates) -> Decimal | None:
    row = view.row(cycle.expression)
    if not view.as_of or stopped_by(view.circumstances, CLOSE_DATES) or int(row["n"]) < NO_RATE_BELOW:
        return None
    return _quantile(row, "p75")


def _stages(view: Aggregates, notes: Notes, figure: str = "stages") -> list[Stage] | None:
    if is_stopped(view.circumstances, notes, figure, OUTCOMES):
        return None
    if "stage" not in view.warehouse.groups:
        notes.add("no_stage", figure)
        return None
    still_open = view.open.count(1)
    if not still_open:
        notes.add("no_open_deals", figure)
        return None
    has_amounts = not is_stopped(view.circumstances, notes, figure, AMOUNTS)
    rows, limit = _by_stage(view), _limit(view)
    notes.add_counted("open_without_age", figure, still_open - sum(row["aged"] for row in rows), of=still_open)
    return [
        Stage(
            stage=row["stage"],
            deals=row["deals"],
            value=view.known(row["parts"]) if has_amounts else None,
            mean_age_days=Decimal(int(row["days"])) / row["aged"] if row["aged"] else None,
            stalled=row["stalled"] if limit is not None and row["aged"] else None,
            aged=row["aged"],
        )
        for row in rows
    ]


def _stalled(view: Aggregates, notes: Notes, figure: str = "stalled") -> Stalled | None:
    if is_stopped(view.circumstances, notes, figure, OUTCOMES):
        return None
    still_open = view.open.count(1)
    if not still_open:
        notes.add("no_open_deals", figure)
        return None
    limit = _limit(view)
    if limit is None:
        if not is_stopped(view.circumstances, notes, figure, ("planned_close_only",)):
            notes.add("too_few_cycles", figure, deals=int(view.row(cycle.expression)["n"]))
        return None
    rows = _by_stage(view)
    aged = sum(row["aged"] for row in rows)
    if not aged:
        notes.add("no_ages", figure, deals=still_open)
        return None
    notes.add_counted("open_without_age", figure, still_open - aged, of=still_open)
    has_amounts = not is_stopped(view.circumstances, notes, figure, AMOUNTS)
    deals = sum(row["stalled"] for row in rows)
    missing = sum(row["stalled_missing"] for row in rows)
    value = None
    if has_amounts and not (deals and missing == deals):
        value = view.money(sum(int(row["stalled_parts"] or 0) for row in rows))
    return Stalled(
        limits=[Limit(stage=row["stage"], limit_days=limit, from_="all") for row in rows], deals=deals, value=value
    )


def _coverage(view: Aggregates, notes: Notes, figure: str = "coverage") -> Coverage | None:
    quota = view.circumstances.quota
    if quota is None:
        notes.add("no_quota", figure)
        return None
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    booked = _booked(view, notes, figure)
    worth = view.open_total.known
    remaining = quota - booked
    share = None
    if worth is None:
        notes.add("no_amounts", figure, deals=view.open_total.deals)
    elif remaining <= 0:
        notes.add("quota_reached", figure, quota=quota, booked=booked)
    else:
        notes.add_counted("without_amount", figure, view.open_total.missing, of=view.open_total.deals)
        share = worth / remaining
    return Coverage(open_value=worth, quota=quota, booked=booked, coverage=share)


def _booked(view: Aggregates, notes: Notes, figure: str) -> Decimal:
    if view.circumstances.booked is not None:
        return view.circumstances.booked
    if not view.as_of or stopped_by(view.circumstances, CLOSE_DATES):
        notes.add("booked_unknown", figure)
        return Decimal(0)
    quarter = period_of(view.as_of, QUARTER)
    booked = view.money(_periods(view, QUARTER).get(quarter, {}).get("won_parts") or 0)
    notes.add("booked_in_quarter", figure, quarter=name_of(quarter, QUARTER), booked=booked)
    return booked


# --- groups ----------------------------------------------------------------------------------------------------------


def _slices(view: Aggregates, notes: Notes, name: str) -> list[Slice]:
    """Return the slices by a column: the larger first, equal ones by name, deals without a value last."""
    rows = view.rows(slices.expression, name)
    rows = sorted(rows, key=lambda row: (row["slice"] is None, -row["deals"], row["slice"] or ""))
    shown = _shown(view, notes, f"slices.{name}")
    return [_slice(view, row, row["slice"], shown) for row in rows]


def _shown(view: Aggregates, notes: Notes, figure: str) -> tuple[bool, bool, bool]:
    """Say whether slices have outcomes, amounts and rates."""
    has_outcomes = not is_stopped(view.circumstances, notes, figure, OUTCOMES)
    has_amounts = has_outcomes and not is_stopped(view.circumstances, notes, figure, AMOUNTS)
    has_rates = has_outcomes and has_both_outcomes(view)
    if has_outcomes and not has_rates:
        notes.add("part_missing", figure, part="win_rate")
    return has_outcomes, has_amounts, has_rates


def _slice(view: Aggregates, row: Row, name: str | None, shown: tuple[bool, bool, bool]) -> Slice:
    has_outcomes, has_amounts, has_rates = shown
    outcomes: dict[str, Any] = {each: row[each] if has_outcomes else None for each in ("won", "lost", "open")}
    return Slice(
        value=name,
        deals=row["deals"],
        **outcomes,
        win_rate=rate_of(row["won"], row["lost"]) if has_rates else None,
        won_value=view.known(row["won_parts"] if row["won"] else 0) if has_amounts else None,
        is_small=row["won"] + row["lost"] < CAUTION_BELOW if has_outcomes else None,
    )


def _pipelines(view: Aggregates) -> list[Pipeline] | None:
    if "pipeline" not in view.warehouse.groups:
        return None
    rows = view.rows(slices.expression, "pipeline")
    rows = sorted(rows, key=lambda row: (row["slice"] is None, -row["deals"], row["slice"] or ""))
    if not 2 <= sum(row["slice"] is not None for row in rows) <= _MOST_PIPELINES:
        return None
    return [_pipeline(view.of("pipeline", row["slice"]), row["slice"]) for row in rows]


def _pipeline(part: Aggregates, name: str | None) -> Pipeline:
    unsaid = Notes()
    counted = counts(part, unsaid)
    return Pipeline(
        pipeline=name,
        deals=counted.deals,
        won=counted.won,
        lost=counted.lost,
        open=counted.open,
        win_rate=win_rate(part, unsaid),
        deal_size=_deal_size(part, unsaid),
        cycle=cycle_of_closed(part, unsaid),
        won_value=won_value(part, unsaid),
        open_value=open_value(part, unsaid),
    )
