"""What the open deals will bring, from their amounts by chance and the hundred that matter most.

As `chance_of_totals`: of up to a hundred deals the plain way needs each amount with its chance, and above that the
hundred whose outcome matters most, beside the sums of all. Nothing tells whose these amounts are.
"""

from decimal import Decimal
from math import fsum

from calculators.analysis.figures import chance_of_totals
from calculators.analysis.figures.chance_of_totals import MOST_SIMULATED
from calculators.analysis.figures.forecast import SHARES, Basis, Forecast, noted
from calculators.analysis.figures.stopping import AMOUNTS, OUTCOMES, is_stopped
from calculators.analysis.figures.win_rate import win_rate
from calculators.analysis.gate.deals import CERTAIN
from calculators.analysis.gate.notes import Notes
from calculators.core.numbers.simulation import Distribution
from calculators.warehouse.aggregates import Aggregates
from calculators.warehouse.figures import forecast as expressions

# chance, number of deals, sum of amounts and of their squares, in smallest parts.
type _Sums = tuple[Decimal, int, int, int]


def forecast(view: Aggregates, notes: Notes, figure: str = "forecast") -> Forecast | None:
    """Return the forecast; None while outcomes or amounts are in doubt, without open amounts, or without chances."""
    if is_stopped(view.circumstances, notes, figure, OUTCOMES, AMOUNTS):
        return None
    if not view.open_total.deals:
        notes.add("no_open_deals", figure)
        return None
    rows = view.rows(expressions.expression)
    priced = sum(row["deals"] for row in rows)
    if not priced:
        notes.add("no_amounts", figure, deals=view.open_total.deals)
        return None
    sums: list[_Sums] = [
        (Decimal(row["chance"]) / CERTAIN, row["deals"], int(row["parts"]), int(row["squares"]))
        for row in rows
        if row["chance"] is not None
    ]
    basis: Basis = "probability"
    if 2 * sum(deals for _chance, deals, _parts, _squares in sums) <= priced:
        rate = win_rate(view, Notes())
        if rate is None:
            # The note says why there is no win rate.
            win_rate(view, notes, figure)
            return None
        basis = "win_rate"
        parts, squares = (sum(int(row[name]) for row in rows) for name in ("parts", "squares"))
        sums = [(rate.value, priced, parts, squares)]
        large = [(int(row["parts"]), rate.value) for row in view.rows(expressions.largest_amounts)]
    else:
        large = [(int(row["parts"]), Decimal(row["chance"]) / CERTAIN) for row in view.rows(expressions.largest)]
    counted = sum(deals for _chance, deals, _parts, _squares in sums)
    way, of_shares = _quantiles(sums, large, counted, view.warehouse.digits)
    weighted = sum((chance * parts for chance, _deals, parts, _squares in sorted(sums)), Decimal(0))
    return noted(
        view,
        notes,
        figure,
        priced=priced,
        forecast=Forecast(
            weighted_value=weighted.scaleb(-view.warehouse.digits),
            **dict(zip(("p10", "p50", "p90"), of_shares, strict=True)),
            basis=basis,
            deals=counted,
            way=way,
        ),
    )


def _quantiles(
    sums: list[_Sums], large: list[tuple[int, Decimal]], number: int, digits: int
) -> tuple[chance_of_totals.Way, list[Decimal]]:
    if number <= MOST_SIMULATED:
        amounts: dict[Decimal, list[int]] = {}
        for parts, chance in large:
            amounts.setdefault(chance, []).append(parts)
        return chance_of_totals.quantiles(amounts, SHARES, digits)
    large = sorted(large, key=lambda deal: (-deal[0], -deal[1]))
    distribution = Distribution([(Decimal(parts).scaleb(-digits), chance) for parts, chance in large])
    mean = float(sum((chance * parts for chance, _deals, parts, _squares in sums), Decimal(0)))
    mean -= fsum(float(chance) * parts for parts, chance in large)
    variance = fsum(float(chance * (1 - chance)) * squares for chance, _deals, _parts, squares in sums) - fsum(
        float(chance * (1 - chance)) * parts * parts for parts, chance in large
    )
    return "approximated", chance_of_totals.approximated(distribution, mean, variance, SHARES, digits)
