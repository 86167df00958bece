"""Forecasts of a series from its own past: a straight line, a season, the mean of the last values.

Each is tested as it would have been used: the forecast of a past period is made from what was known before it.
`spread` is how uncertain a forecast is as the method itself has it, for errors of variance 1, squared: errors of the
back-test are divided by theirs, and what comes is as uncertain as its own says. Sums of squares divided so are those
of recursive residuals (Brown, Durbin and Evans 1975): for the mean of all they give the usual standard deviation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

# The 90th percentile of the standard normal distribution: four of five cases lie between it and its opposite.
Z_80 = Decimal("1.281551565544600466965103329449")


@dataclass(frozen=True, slots=True)
class Step:
    """A forecast and its squared spread; `raw` is what the method gives where revenue cannot be, below zero."""

    raw: Decimal
    spread: Decimal

    @property
    def value(self) -> Decimal:
        """What is expected: revenue is never below zero."""
        return max(self.raw, Decimal(0))


@dataclass(frozen=True, slots=True)
class Projection:
    """Forecasts of the periods from `needed` + 1 to the last (none where the history is too short), and what comes.

    `change` is what the method adds: from period to period for the line, from season to season for a growing season.
    """

    needed: int
    tested: tuple[Step, ...]
    coming: tuple[Step, ...]
    change: Decimal = Decimal(0)

    def deviation(self, history: Sequence[Decimal]) -> Decimal:
        """Return the standard deviation of the errors around zero, each divided by its spread; one error at least."""
        pairs = zip(self.tested, history[len(history) - len(self.tested) :], strict=True)
        squares = sum(((step.value - actual) ** 2 / step.spread for step, actual in pairs), Decimal(0))
        return (squares / len(self.tested)).sqrt()


def run_rate(history: Sequence[Decimal], ahead: int, periods: int) -> Projection:
    """Expect the mean of the last so many values in every coming period."""
    spread = 1 + 1 / Decimal(periods)
    total = Decimal(0)
    forecasts: list[Step] = []
    for place, value in enumerate(history):
        total += value - (history[place - periods] if place >= periods else 0)
        if place + 1 >= periods:
            forecasts.append(Step(total / periods, spread))
    return _projection(periods, forecasts, lambda _step: forecasts[-1], ahead)


def line(history: Sequence[Decimal], ahead: int) -> Projection:
    """Expect the straight line through all values so far, by least squares, to go on; three values at least."""
    needed = 3
    forecasts: list[Step] = []
    total = by_place = slope = Decimal(0)

    def beyond(periods: int, step: int) -> Step:
        away = Decimal(periods - 1) / 2 + step
        squares = Decimal(periods * (periods * periods - 1)) / 12
        return Step(total / periods + slope * away, 1 + 1 / Decimal(periods) + away * away / squares)

    for periods, value in enumerate(history, start=1):
        total += value
        by_place += periods * value
        if periods >= needed:
            slope = 6 * (2 * by_place - (periods + 1) * total) / (periods * (periods * periods - 1))
            forecasts.append(beyond(periods, 1))
    return _projection(needed, forecasts, lambda step: beyond(len(history), step), ahead, slope)


def season(history: Sequence[Decimal], ahead: int, periods: int, *, has_growth: bool) -> Projection:
    """Expect the value of one season ago, with growth plus the mean change since; two whole seasons for that."""
    needed = periods * (2 if has_growth else 1)
    forecasts: list[Step] = []
    grown = change = Decimal(0)

    def beyond(known: int, step: int) -> Step:
        seasons = (step - 1) // periods + 1
        uncertain = Decimal(seasons * seasons) / (known - periods) if has_growth else Decimal(0)
        return Step(history[known + step - 1 - seasons * periods] + seasons * change, seasons + uncertain)

    for known, value in enumerate(history, start=1):
        grown += value - history[known - 1 - periods] if known > periods else 0
        if known >= needed:
            change = grown / (known - periods) if has_growth else change
            forecasts.append(beyond(known, 1))
    return _projection(needed, forecasts, lambda step: beyond(len(history), step), ahead, change)


def level(forecasts: Sequence[Decimal], ahead: int, spread: Callable[[int, int], Decimal]) -> Projection:
    """Take forecasts of the second period to the one after the last, and expect the latter in every coming period.

    `spread` is asked for after so many known periods, and so many steps ahead.
    """
    *past, following = forecasts
    known = len(forecasts)
    return Projection(
        1,
        tuple(Step(value, spread(place, 1)) for place, value in enumerate(past, start=1)),
        tuple(Step(following, spread(known, step)) for step in range(1, ahead + 1)),
    )


def _projection(
    needed: int, forecasts: list[Step], beyond: Callable[[int], Step], ahead: int, change: Decimal = Decimal(0)
) -> Projection:
    """Return a projection from the forecasts after each period, of which the last is that of the next one."""
    coming = tuple(beyond(step) for step in range(1, ahead + 1)) if forecasts else ()
    return Projection(needed, tuple(forecasts[:-1]), coming, change)
