"""What would past revenue lead us to expect, and how well would that have worked so far?

naive: the last value; mean: of all values; exponential smoothing: alpha × last value + (1 − alpha) × last forecast,
beginning with the first value as the forecast of the second period; run rate: the mean of the last values; trend: the
least-squares line through all values; season: the value one season ago; season and growth: plus the mean change from
season to season. Each period is forecast from those before it (one-step back-test); bias is forecast − actual, so that
it is positive when too much was forecast. What comes is never below zero.
Interval = forecast ± 1.28 × standard deviation of the errors × spread: of the naive method √steps, of smoothing
√(1 + (steps − 1) × alpha²), of the mean √(1 + 1 ÷ periods), of a season √(seasons ahead), of the line as in regression.
Sources: Oracle (smoothing and its first forecast), Hyndman and Athanasopoulos (methods, back-tests, intervals),
Hyndman and Koehler (errors against the naive method); see `SOURCES`. Season and growth is their drift method over
seasons instead of periods.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import choice
from calculators.core.declaring.fields import count, money, multiple, number, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.series import money_series
from calculators.core.declaring.tables import table
from calculators.core.numbers.projections import Z_80, Projection, level, line, run_rate, season
from calculators.core.numbers.statistics import NO_RATE_BELOW
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Revenue forecast")
QUESTION = _("What would our past revenue lead us to expect?")
PAGE = "forecasting/from-history.md"
SOURCES = (
    "https://docs.oracle.com/cd/E36352_01/epm.1112/cb_statistical/ch05s03s01s03.html",
    "Rob J. Hyndman and George Athanasopoulos, Forecasting: Principles and Practice, OTexts 2021",
    "Rob J. Hyndman and Anne B. Koehler, Another look at measures of forecast accuracy, "
    "International Journal of Forecasting 22 (2006)",
)
HEADLINE = "next_value"

METHODS = {
    "naive": _("Naive: the last value"),
    "mean": _("Mean of all values"),
    "exponential_smoothing": _("Exponential smoothing"),
    "run_rate": _("Run rate: the mean of the last values"),
    "trend": _("Trend: a straight line"),
    "seasonal_naive": _("Season: the value one season ago"),
    "seasonal_trend": _("Season and growth"),
}
# What keeps its level gets the same figure in every coming period.
_FLAT = {"naive", "mean", "exponential_smoothing", "run_rate"}
# The formula with a weight is theirs.
_WEIGHTED = {"naive", "mean", "exponential_smoothing"}
_EXAMPLE = (82_000, 85_000, 88_000, 84_000, 90_000, 95_000, 92_000, 97_000, 101_000, 99_000, 104_000, 108_000)
_FEW_PERIODS = 12
# In a longer history, the best alpha would take too long to find.
_MOST_SEARCHED = 1_000
_MOST_DRAWN = 60
# The errors lean to one side when more than half of them is left after they cancel each other. The threshold is ours.
_LEANING = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a reader enters."""

    history: tuple[Decimal, ...] = money_series(
        _("Revenue of past periods, the oldest first"),
        default=tuple(map(str, _EXAMPLE)),
        hint=_("One value per line. All periods have the same length and are complete."),
    )
    method: str = choice(
        _("Method"),
        options=METHODS,
        default="exponential_smoothing",
        hint=_("Compare the errors of several methods: the simplest one often wins."),
    )
    alpha: Decimal = rate(
        _("Alpha: weight of the last value"),
        default="0.3",
        hint=_("Only for exponential smoothing. The larger it is, the faster the forecast forgets."),
    )
    run_rate_periods: Decimal = count(
        _("Periods in the run rate"),
        default="3",
        minimum=Decimal(1),
        maximum=Decimal(366),
        hint=_("Only for the run rate: of how many of the last periods it is the mean."),
        is_setting=True,
    )
    season_periods: Decimal = count(
        _("Periods in a season"),
        default="12",
        minimum=Decimal(2),
        maximum=Decimal(366),
        hint=_("Only for the two methods with a season: 12 for months, 4 for quarters."),
        is_setting=True,
    )
    periods_ahead: Decimal = count(
        _("Periods to forecast"), default="3", minimum=Decimal(1), maximum=Decimal(36), hint=_("From 1 to 36.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The forecast of a coming period; periods count from the first value."""

    period: Decimal = count(_("Period"))
    value: Figure = money(_("Forecast"))
    low: Figure = money(_("Lower end (80%)"))
    high: Figure = money(_("Upper end (80%)"))
    spread: Figure = number(_("spread"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What is worked out; `fitted` holds the forecasts of the last periods, as many as are compared, for the chart."""

    forecast: tuple[Forecast, ...] = table(_("Forecast of the coming periods"), row=Forecast)
    mape: Figure = rate(_("Mean error in percent (MAPE)"), sample="compared_periods", goal="at_most")
    wmape: Figure = rate(_("Error in percent of all revenue (WMAPE)"), sample="compared_periods", goal="at_most")
    bias: Figure = money(_("Bias: mean of forecast − actual"), sample="compared_periods", goal="exactly")
    naive_wmape: Figure = rate(
        _("WMAPE of the naive method in the same periods"), sample="compared_periods", is_jagged=True
    )
    against_naive: Figure = multiple(
        _("Mean error as a multiple of the naive one"), sample="compared_periods", goal="at_most"
    )
    best_alpha: Figure = rate(_("Alpha with the smallest squared errors"), sample="compared_periods", is_jagged=True)
    best_wmape: Figure = rate(_("WMAPE with that alpha"), sample="compared_periods", is_jagged=True)
    next_value: Figure = money(_("Forecast of the next period"), is_working=True)
    weight: Figure = rate(_("weight of the last value"), is_working=True)
    last_value: Figure = money(_("last value"), is_working=True)
    last_forecast: Figure = money(_("forecast of the last period"), is_working=True)
    compared_periods: Decimal = count(_("periods compared"), is_working=True)
    relative_errors: Decimal = rate(_("sum of (|forecast − actual| ÷ actual)"), is_working=True)
    absolute_errors: Decimal = money(_("sum of |forecast − actual|"), is_working=True)
    errors: Decimal = money(_("sum of (forecast − actual)"), is_working=True)
    compared_revenue: Decimal = money(_("sum of the actual values compared"), is_working=True)
    naive_errors: Decimal = money(_("sum of |last value − actual|"), is_working=True)
    best_errors: Figure = money(_("sum of |forecast with that alpha − actual|"), is_working=True)
    deviation: Figure = money(_("standard deviation of the errors"), is_working=True)
    change: Decimal = money(_("change of the line or the season"), is_working=True)
    needed_periods: Decimal = count(_("periods needed"), is_working=True)
    tested_from: Decimal = count(_("periods needed for a back-test"), is_working=True)
    fitted: tuple[Decimal, ...] = ()
    notes: tuple[Note, ...] = ()


WORKING = {
    "forecast.value": "{weight} × {last_value} + (1 − {weight}) × {last_forecast}",
    "forecast.low": _("{row.value} − {=1.2816} × {deviation} × {row.spread}, and not below zero"),
    "forecast.high": "{row.value} + {=1.2816} × {deviation} × {row.spread}",
    "mape": "{relative_errors} ÷ {compared_periods}",
    "wmape": "{absolute_errors} ÷ {compared_revenue}",
    "bias": "{errors} ÷ {compared_periods}",
    "naive_wmape": "{naive_errors} ÷ {compared_revenue}",
    "against_naive": "{absolute_errors} ÷ {naive_errors}",
    "best_alpha": _("the one from 1% to 100% with the smallest sum of (forecast − actual)²"),
    "best_wmape": "{best_errors} ÷ {compared_revenue}",
}

# A cell holds the method in the reader's words, so no formula can ask for it: the figures are written as values.
SPREADSHEET: dict[str, str] = {}

NOTES = {
    "no_history": _("There is no forecast yet: enter the revenue of at least one past period."),
    "too_short": _(
        "There is no forecast yet: this method needs the revenue of at least {needed_periods} past periods."
    ),
    "no_back_test": _("There is nothing to compare: a back-test needs the revenue of at least two periods."),
    "no_back_test_yet": _(
        "There is nothing to compare: a back-test of this method needs the revenue of at least {tested_from} periods."
    ),
    "zero_period": _("A period has a revenue of zero, so its error in percent is not defined. Read the WMAPE instead."),
    "no_revenue": _("There is no error in percent: the periods compared have no revenue."),
    "few_errors": _(
        "A back-test of fewer than {=5} periods is too short for an interval, a comparison with the naive method or a "
        "best alpha."
    ),
    "is_naive": _("This is the naive method: the others are compared with it."),
    "naive_without_error": _("The naive method made no error in these periods, so no error is a multiple of its own."),
    "only_smoothing": _("Only exponential smoothing has an alpha: pick this method to see the best one."),
    "any_alpha": _("There is no best alpha: with each of them the errors would have been the same."),
    "too_long": _("The best alpha is looked for in a history of up to {=1000} periods."),
    "flat": _("Every coming period gets the same figure: this method knows neither growth nor season."),
    "line_change": _("From one period to the next, the line changes by {change}."),
    "season_change": _("From one season to the next, a period has changed by {change} on average."),
    "below_zero": _("This forecast would fall below zero. Revenue cannot, so zero stands there."),
    "few_periods": _("With fewer than {=12} periods the errors rest on few comparisons: read them as rough."),
    "few_compared": _("The errors rest on few comparisons, {compared_periods} in all: read them as rough."),
    "too_low": _(
        "The back-test was mostly too low: on rising revenue such a forecast runs behind. Say so when you report it."
    ),
    "too_high": _(
        "The back-test was mostly too high: on falling revenue such a forecast runs behind. Say so when you report it."
    ),
    "tuned": _(
        "The best alpha was found with the same periods that it is tested on, so it looks better than it will do."
    ),
    "alpha_zero": _("With an alpha of 0 the forecast never moves: it stays at the first value of your history."),
    "alpha_one": _("With an alpha of 100% smoothing is the naive method: only the last value counts."),
}

ANSWERS = {
    "tested": _(
        "For the next period, past revenue leads us to expect {next_value}; "
        "so far, such forecasts were off by {wmape} of the revenue."
    ),
    "hardly_anything": _("For the next period, past revenue leads us to expect hardly any revenue."),
    "untested": _(
        "For the next period, past revenue leads us to expect {next_value}, "
        "but these numbers cannot show how far off that may be."
    ),
    "beat_naive": _("That beats the naive method, which was off by {naive_wmape} in the same periods."),
    "lost_to_naive": _(
        "The naive method, which takes the last value, was off by only {naive_wmape} in the same periods."
    ),
    "as_naive": _("The naive method, which takes the last value, did about as well in the same periods."),
}


def compute(inputs: Inputs) -> Outputs:
    """Forecast the coming periods, and test the method on each past period with what was known before it."""
    history = inputs.history
    projection = _projection(inputs)
    tested = [step.value for step in projection.tested]
    first = len(history) - len(tested)
    actuals = history[first:]
    errors = [forecast - actual for forecast, actual in zip(tested, actuals, strict=True)]
    compared, revenue = Decimal(len(errors)), sum(actuals, Decimal(0))
    absolute, total = sum(map(abs, errors), Decimal(0)), sum(errors, Decimal(0))
    relative = sum((abs(error) / actual for error, actual in zip(errors, actuals, strict=True) if actual), Decimal(0))
    naive = sum((abs(history[place - 1] - history[place]) for place in range(first, len(history)) if place), Decimal(0))
    missing = Undefined("no_back_test" if projection.needed == 1 else "no_back_test_yet")
    without_revenue = Undefined("no_revenue") if tested else missing
    best, best_errors = _best(inputs, missing)
    deviation = _deviation(inputs, projection, missing)
    forecast = tuple(_coming(inputs, projection, deviation))
    is_weighted = inputs.method in _WEIGHTED
    return Outputs(
        forecast=forecast,
        mape=_mape(actuals, relative, missing),
        wmape=_share(absolute, revenue, without_revenue),
        bias=total / compared if compared else missing,
        naive_wmape=_share(naive, revenue, without_revenue),
        against_naive=_against_naive(inputs, absolute, naive, compared, missing),
        best_alpha=best,
        best_wmape=best_errors if isinstance(best_errors, Undefined) else _share(best_errors, revenue, without_revenue),
        next_value=forecast[0].value,
        weight=_weight(inputs, len(history)) if is_weighted else Undefined("only_smoothing"),
        last_value=history[-1] if history else Undefined("no_history"),
        last_forecast=_last_forecast(history, tested) if is_weighted else Undefined("only_smoothing"),
        compared_periods=compared,
        relative_errors=relative,
        absolute_errors=absolute,
        errors=total,
        compared_revenue=revenue,
        naive_errors=naive,
        best_errors=best_errors,
        deviation=deviation,
        change=projection.change,
        needed_periods=Decimal(projection.needed),
        tested_from=Decimal(projection.needed + 1),
        fitted=tuple(tested),
        notes=tuple(_cautions(inputs, projection, total, absolute, best)),
    )


def answer(result: Result) -> Answer:
    """Say what to expect next, how far off the method was, and whether it beat the naive one."""
    figures = result.figures
    if isinstance(figures.next_value, Undefined):
        return figures.next_value
    if result.is_hardly_anything("next_value"):
        return "hardly_anything"
    if isinstance(figures.wmape, Undefined):
        return "untested"
    if isinstance(figures.against_naive, Undefined):
        return "tested"
    if result.shown("wmape") == result.shown("naive_wmape"):
        return "tested", "as_naive"
    return "tested", "beat_naive" if figures.against_naive < 1 else "lost_to_naive"


def _projection(inputs: Inputs) -> Projection:
    history, ahead = inputs.history, int(inputs.periods_ahead)
    match inputs.method:
        case "run_rate":
            return run_rate(history, ahead, int(inputs.run_rate_periods))
        case "trend":
            return line(history, ahead)
        case "seasonal_naive" | "seasonal_trend":
            has_growth = inputs.method == "seasonal_trend"
            return season(history, ahead, int(inputs.season_periods), has_growth=has_growth)
    if not history:
        return Projection(1, (), ())
    return level(_fitted(inputs), ahead, lambda known, step: _spread(inputs, known, step))


def _fitted(inputs: Inputs) -> tuple[Decimal, ...]:
    """Return the forecast of each period from the second to the one after the last."""
    forecasts = [inputs.history[0]]
    for place, actual in enumerate(inputs.history[1:], start=2):
        weight = _weight(inputs, place)
        forecasts.append(weight * actual + (1 - weight) * forecasts[-1])
    return tuple(forecasts)


def _weight(inputs: Inputs, periods: int) -> Decimal:
    """Return how much the last value counts in the forecast after so many periods."""
    if inputs.method == "mean":
        return 1 / Decimal(max(periods, 1))
    return Decimal(1) if inputs.method == "naive" else inputs.alpha


def _spread(inputs: Inputs, known: int, step: int) -> Decimal:
    """Return how uncertain a forecast is, squared, for errors of variance 1."""
    if inputs.method == "mean":
        return 1 + 1 / Decimal(known)
    return 1 + (step - 1) * _weight(inputs, known) ** 2


def _last_forecast(history: tuple[Decimal, ...], tested: list[Decimal]) -> Figure:
    if tested:
        return tested[-1]
    return history[0] if history else Undefined("no_history")


def _deviation(inputs: Inputs, projection: Projection, missing: Undefined) -> Figure:
    """Return the standard deviation of the errors, or why there is no interval."""
    if not projection.coming:
        return Undefined("too_short" if inputs.history else "no_history")
    if not projection.tested:
        return missing
    return projection.deviation(inputs.history) if len(projection.tested) >= NO_RATE_BELOW else Undefined("few_errors")


def _coming(inputs: Inputs, projection: Projection, deviation: Figure) -> Iterator[Forecast]:
    for step in range(1, int(inputs.periods_ahead) + 1):
        period = Decimal(len(inputs.history) + step)
        if not projection.coming:
            yield Forecast(period=period, value=deviation, low=deviation, high=deviation, spread=deviation)
            continue
        coming = projection.coming[step - 1]
        spread = coming.spread.sqrt()
        low = high = deviation
        if isinstance(deviation, Decimal):
            away = Z_80 * deviation * spread
            low, high = max(coming.value - away, Decimal(0)), coming.value + away
        yield Forecast(period=period, value=coming.value, low=low, high=high, spread=spread)


def _share(errors: Decimal, revenue: Decimal, missing: Undefined) -> Figure:
    return errors / revenue if revenue else missing


def _mape(actuals: tuple[Decimal, ...], relative: Decimal, missing: Undefined) -> Figure:
    if not actuals:
        return missing
    if not any(actuals):
        return Undefined("no_revenue")
    return relative / len(actuals) if all(actuals) else Undefined("zero_period")


def _against_naive(inputs: Inputs, absolute: Decimal, naive: Decimal, compared: Decimal, missing: Undefined) -> Figure:
    if inputs.method == "naive":
        return Undefined("is_naive")
    if compared < NO_RATE_BELOW:
        return Undefined("few_errors") if compared else missing
    return absolute / naive if naive else Undefined("naive_without_error")


def _best(inputs: Inputs, missing: Undefined) -> tuple[Figure, Figure]:
    """Return the best alpha and the sum of its absolute errors."""
    compared = len(inputs.history) - 1
    reason = None
    if inputs.method != "exponential_smoothing":
        reason = Undefined("only_smoothing")
    elif compared < 1:
        reason = missing
    elif compared < NO_RATE_BELOW:
        reason = Undefined("few_errors")
    elif compared >= _MOST_SEARCHED:
        reason = Undefined("too_long")
    elif len(set(inputs.history[:-1])) == 1:  # no forecast is tested with the last value in it
        reason = Undefined("any_alpha")
    return (reason, reason) if reason else _best_alpha(inputs.history)


# Solving for an input and varying it run the same history again and again.
@lru_cache(maxsize=1)
def _best_alpha(history: tuple[Decimal, ...]) -> tuple[Decimal, Decimal]:
    """Return the alpha of 1% to 100% with the smallest sum of squared errors, and the sum of its absolute errors."""
    results = []
    for percent in range(1, 101):
        alpha, forecast = Decimal(percent) / 100, history[0]
        squares = absolute = Decimal(0)
        for actual in history[1:]:
            error = actual - forecast
            squares += error * error
            absolute += abs(error)
            forecast += alpha * error
        results.append((squares, alpha, absolute))
    _squares, alpha, absolute = min(results)
    return alpha, absolute


def _cautions(
    inputs: Inputs, projection: Projection, total: Decimal, absolute: Decimal, best: Figure
) -> Iterator[Note]:
    if inputs.method == "exponential_smoothing" and inputs.alpha in {0, 1} and len(inputs.history) > 1:
        yield Note("alpha_one" if inputs.alpha else "alpha_zero", "forecast")
    if projection.coming:
        if inputs.periods_ahead > 1 and inputs.method in _FLAT:
            yield Note("flat", "forecast")
        if inputs.method in {"trend", "seasonal_trend"}:
            yield Note("line_change" if inputs.method == "trend" else "season_change", "forecast")
        if any(step.raw < 0 for step in projection.coming):
            yield Note("below_zero", "forecast")
    if 0 < len(projection.tested) < _FEW_PERIODS - 1:
        yield Note("few_periods" if len(inputs.history) < _FEW_PERIODS else "few_compared", "bias")
    if abs(total) > _LEANING * absolute:
        yield Note("too_low" if total < 0 else "too_high", "bias")
    if isinstance(best, Decimal):
        yield Note("tuned", "best_alpha")


def chart(result: Result) -> Chart | None:
    """Draw past revenue, what would have been forecast for it, and the coming periods; of a long history the end."""
    history, figures = result.inputs.history, result.figures
    if not history:
        return None
    if isinstance(figures.next_value, Undefined):
        coming: tuple[Forecast, ...] = ()
    else:
        coming = figures.forecast
    past = len(history) - len(figures.fitted)
    last = len(history) + len(coming)
    actual = (*history, *(None for _row in coming))
    forecast = (*(None for _place in range(past)), *figures.fitted, *(row.value for row in coming))
    fields = result.calculator.output_fields
    columns = fields["forecast"].columns  # type: ignore[attr-defined]  # it is a table
    shown = slice(max(0, len(history) - _MOST_DRAWN), last)
    lines = [(_("Actual"), actual), (_("Forecast"), forecast)]
    if isinstance(figures.deviation, Decimal):
        lines += [
            (columns[end].label, (*(None for _value in history), *(getattr(row, end) for row in coming)))
            for end in ("low", "high")
        ]
    return Chart(
        kind="lines",
        title=result.gettext(_("Past revenue and its forecast, one period ahead")),
        category=result.gettext(columns["period"].label),
        categories=tuple(
            columns["period"].show(Decimal(place), result.numerals) for place in range(1, last + 1)[shown]
        ),
        series=tuple(Series(name=result.gettext(name), values=values[shown]) for name, values in lines),
        unit=fields["bias"],
    )
