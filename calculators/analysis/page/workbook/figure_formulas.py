"""The figures as formulas over the deals' sheet, as far as their rules can be written so; the others are values.

Names are those of the page's figures ("deal_size.mean"); {win_rate} in a formula is the cell of a figure, {win_rate.n}
that of the number of its deals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from calculators.analysis.analyse import Analysis
from calculators.analysis.figures.open_deals import Limit
from calculators.analysis.figures.view import View
from calculators.analysis.page.workbook.cells import Value
from calculators.analysis.page.workbook.conditions import Meant, count, interval_end, or_nothing, total, win_rate
from calculators.analysis.page.workbook.deal_columns import DealColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many deals a figure rests on, and how many there are `of` which others are left out; with their formulas."""

    n: int | None = None
    n_formula: str = ""
    of: int | None = None
    of_formula: str = ""


_NO_SAMPLE = Sample()


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A figure: its value with the formula, "" for a value that stays as it is."""

    value: Value
    kind: str
    formula: str = ""
    is_array: bool = False
    sample: Sample = _NO_SAMPLE


def live_figures(analysis: Analysis, view: View, deals: DealColumns) -> dict[str, Live]:
    """Return the figures that there are."""
    return {name: live for name, live in _Figures(analysis, view, deals).all() if live.value is not None}


class _Figures:
    def __init__(self, analysis: Analysis, view: View, deals: DealColumns) -> None:
        self._figures, self._view, self._deals = analysis.figures, view, deals
        self._circumstances = analysis.understood.circumstances
        self._won, self._lost, self._open = (deals.ended(word) for word in ("won", "lost", "open"))
        self._closed = (self._figures.won or 0) + (self._figures.lost or 0)

    def all(self) -> Iterator[tuple[str, Live]]:
        for name, live in self._every():
            # Formulas would be of a part of the deals, or of days that the program has not.
            needs_days = any(part in live.formula + live.sample.n_formula for part in ("as_of", "deal_c"))
            has_formulas = self._deals.has_days if needs_days else self._deals.has_room
            yield name, live if has_formulas else _fixed(live)

    def _every(self) -> Iterator[tuple[str, Live]]:
        if self._deals.has_days:
            yield "as_of", Live(value=date.fromordinal(self._view.as_of), kind="date")
        yield from self._counts()
        yield from self._sizes()
        yield from self._cycles()
        yield from self._velocity()
        yield from self._growth()
        yield from self._open_deals()
        yield from self._forecast()

    def _counts(self) -> Iterator[tuple[str, Live]]:
        figures = self._figures
        yield "deals", Live(value=figures.deals, kind="count", formula=f"COUNT({self._deals['line']})")
        for name, outcome in (("won", self._won), ("lost", self._lost), ("open", self._open)):
            yield name, Live(value=getattr(figures, name), kind="count", formula=count(outcome))
        rate, by_value = figures.win_rate, figures.win_rate_by_value
        if rate:
            sample = Sample(n=rate.n, n_formula="{won}+{lost}")
            formula = win_rate("{won}", "{lost}", of_both=True)
            yield "win_rate", Live(value=rate.value, kind="rate", formula=formula, sample=sample)
            for name, value, sign in (("low", rate.low, "-"), ("high", rate.high, "+")):
                formula = interval_end("{won}", "{lost}", sign)
                yield f"win_rate.{name}", Live(value=value, kind="rate", formula=formula)
        if by_value:
            formula = or_nothing("{won_value}/({won_value}+{lost_value})")
            n_formula = f"{self._sized(self._won)}+{self._sized(self._lost)}"
            sample = self._of_closed(by_value.n, n_formula)
            yield "win_rate_by_value", Live(value=by_value.value, kind="rate", formula=formula, sample=sample)

    def _sizes(self) -> Iterator[tuple[str, Live]]:
        figures, amount, size = self._figures, self._deals["amount"], self._figures.deal_size
        for name, outcome in (("won", self._won), ("lost", self._lost), ("open", self._open)):
            value = getattr(figures, f"{name}_value")
            yield f"{name}_value", Live(value=value, kind="money", formula=total(amount, outcome))
        if size:
            sample = Sample(n=size.n, n_formula=self._sized(self._won), of=figures.won, of_formula="{won}")
            mean = or_nothing("{won_value}/{deal_size.mean.n}")
            yield "deal_size.mean", Live(value=size.mean, kind="money", formula=mean, sample=sample)
            median = or_nothing(f'MEDIAN(IF({self._won.factor}*({amount}<>0),{amount},""))')
            yield (
                "deal_size.median",
                Live(value=size.median, kind="money", formula=median, is_array=True, sample=sample),
            )

    def _sized(self, outcome: Meant) -> str:
        """Return how many deals have an amount other than zero."""
        above, below = (Meant(self._deals["amount"], sign, "0") for sign in (">", "<"))
        return f"{count(outcome, above)}+{count(outcome, below)}"

    # --- time ------------------------------------------------------------------------------------------------------

    def _cycles(self) -> Iterator[tuple[str, Live]]:
        found, of_won = self._figures.cycle, self._figures.cycle_of_won
        if not found:
            return
        days = "deal_cycle"
        sample = self._of_closed(found.n, f"COUNT({days})")
        formulas = {
            "mean_days": f"AVERAGE({days})",
            "median_days": f"MEDIAN({days})",
            "p75_days": f"PERCENTILE({days},0.75)",
            "p90_days": f"PERCENTILE({days},0.9)",
        }
        for name, formula in formulas.items():
            value = getattr(found, name)
            yield f"cycle.{name}", Live(value=value, kind="days", formula=or_nothing(formula), sample=sample)
        is_aged = Meant("deal_created", "<=", "as_of")
        sample = Sample(n=found.n + found.censored, n_formula=f"COUNT({days})+{count(self._open, is_aged)}")
        value = found.kaplan_meier_median_days
        yield "cycle.kaplan_meier_median_days", Live(value=value, kind="days", sample=sample)
        if not of_won:
            return
        has_cycle = Meant(days, ">=", "0")
        won = self._figures.won
        sample = Sample(n=of_won.n, n_formula=count(self._won, has_cycle), of=won, of_formula="{won}")
        mean = or_nothing(f"AVERAGEIFS({days},{self._won.criterion})")
        yield "cycle_of_won.mean_days", Live(value=of_won.mean_days, kind="days", formula=mean, sample=sample)
        median = or_nothing(f'MEDIAN(IF({self._won.factor},{days},""))')
        value = of_won.median_days
        yield (
            "cycle_of_won.median_days",
            Live(value=value, kind="days", formula=median, is_array=True, sample=sample),
        )

    def _velocity(self) -> Iterator[tuple[str, Live]]:
        found, period = self._figures.velocity, self._view.period_of_decisions
        if not found:
            return
        if found.actual_revenue_per_day is not None and period:
            is_decided = f"({self._won.factor}+{self._lost.factor})*ISNUMBER(deal_closed)*(deal_closed<=as_of)"
            for name, day, pick in zip(("first", "last"), period, ("MIN", "MAX"), strict=True):
                formula = f'{pick}(IF({is_decided},deal_closed,""))'
                yield f"velocity.{name}", Live(value=date.fromordinal(day), kind="date", formula=formula, is_array=True)
            won = total(self._deals["amount"], self._won, Meant("deal_closed", "<=", "as_of"))
            formula = or_nothing(f"{won}/({{velocity.last}}-{{velocity.first}}+1)")
            yield "velocity.actual", Live(value=found.actual_revenue_per_day, kind="money", formula=formula)
        live = next(one for one in found.readings if one.reading == "live")
        formula = or_nothing("{open}*{deal_size.mean}*{win_rate}/{cycle.mean_days}")
        sample = Sample(n=live.opportunities, n_formula="{open}")
        yield "velocity.live", Live(value=live.revenue_per_day, kind="money", formula=formula, sample=sample)

    def _growth(self) -> Iterator[tuple[str, Live]]:
        growth = self._figures.growth_per_quarter
        if growth is not None:
            whole = [quarter.period for quarter in self._figures.revenue or () if not quarter.is_partial]
            first, last = f"{{revenue:{whole[0]}}}", f"{{revenue:{whole[-1]}}}"
            formula = or_nothing(f"({last}/{first})^(1/{len(whole) - 1})-1")
            yield "growth_per_quarter", Live(value=growth, kind="change", formula=formula)

    # --- open deals ------------------------------------------------------------------------------------------------

    def _open_deals(self) -> Iterator[tuple[str, Live]]:
        if found := self._figures.stalled:
            old = older_than_cycles(found.limits)
            formula = count(self._open, old) if old else ""
            yield "stalled", Live(value=found.deals, kind="count", formula=formula)
            formula = total(self._deals["amount"], self._open, old) if old else ""
            yield "stalled.value", Live(value=found.value, kind="money", formula=formula)
        if quota := self._figures.coverage:
            booked = ""
            if self._circumstances.booked is None and self._view.as_of and self._figures.revenue is not None:
                begin = "DATE(YEAR(as_of),3*INT((MONTH(as_of)-1)/3)+1,1)"
                days = (Meant("deal_closed", ">=", begin), Meant("deal_closed", "<=", "as_of"))
                booked = total(self._deals["amount"], self._won, *days)
            yield "coverage.quota", Live(value=quota.quota, kind="money")
            yield "coverage.booked", Live(value=quota.booked, kind="money", formula=booked)
            formula = or_nothing("{open_value}/({coverage.quota}-{coverage.booked})")
            yield "coverage", Live(value=quota.coverage, kind="multiple", formula=formula)

    def _forecast(self) -> Iterator[tuple[str, Live]]:
        found, amount = self._figures.forecast, self._deals["amount"]
        if not found:
            return
        formula, n_formula, priced = "", "", Meant(amount, ">", "0")
        if found.basis == "win_rate":
            formula = "{win_rate}*" + total(amount, self._open, priced)
            n_formula = count(self._open, priced)
        elif found.basis == "probability":
            chance = self._deals["probability"]
            formula = f"SUMPRODUCT({self._open.factor}*({amount}>0)*{amount}*{chance})"
            n_formula = count(self._open, priced, Meant(chance, ">=", "0"))
        sample = Sample(n=found.deals, n_formula=n_formula, of=self._figures.open, of_formula="{open}")
        yield (
            "forecast.weighted_value",
            Live(value=found.weighted_value, kind="money", formula=formula, sample=sample),
        )
        for name in ("p10", "p50", "p90"):
            yield f"forecast.{name}", Live(value=getattr(found, name), kind="money")

    def _of_closed(self, n: int, n_formula: str) -> Sample:
        return Sample(n=n, n_formula=n_formula, of=self._closed, of_formula="({won}+{lost})")


def older_than_cycles(limits: Sequence[Limit]) -> Meant | None:
    """Return the condition that deals stand still, where that means older than three in four cycles; else None."""
    if not limits or any(limit.from_ != "all" for limit in limits):
        return None
    return Meant("deal_created", "<", "(as_of-{cycle.p75_days})")


def _fixed(live: Live) -> Live:
    sample = replace(live.sample, n_formula="", of_formula="")
    return replace(live, formula="", is_array=False, sample=sample)
