"""What would past revenue lead us to expect, and how well would that have worked so far?

next forecast = weight × last value + (1 − weight) × last forecast, beginning with the first value as the forecast of
the second period; flat beyond one step. The weight is 1 (naive: the last value), 1 ÷ number of periods so far (the mean
of all) or alpha (single exponential smoothing). Errors come from a one-step back-test over the periods 2 to n; bias is
forecast − actual, so that it is positive when too much was forecast.
Sources: Oracle (smoothing and its first forecast), Hyndman and Athanasopoulos (naive, mean, errors, back-tests).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.declaring.charts import Chart, Series
from calculators.core.declaring.choices import choice
from calculators.core.declaring.fields import count, money, rate
from calculators.core.declaring.outcome import Answer, Figure, Note, Undefined
from calculators.core.declaring.series import money_series
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Revenue forecast")
QUESTION = _("What would our past revenue lead us to expect?")
PAGE = "forecasting/from-history.md"
SOURCES = (
    "https://docs.oracle.com/cd/E36352_01/epm.1112/cb_statistical/ch05s03s01s03.html",
    "Rob J. Hyndman and George Athanasopoulos, Forecasting: Principles and Practice, OTexts 2021",
)
HEADLINE = "next_value"

METHODS = {
    "naive": _("Naive: the last value"),
    "mean": _("Mean of all values"),
    "exponential_smoothing": _("Exponential smoothing"),
}
_EXAMPLE = (82_000, 85_000, 88_000, 84_000, 90_000, 95_000, 92_000, 97_000, 101_000, 99_000, 104_000, 108_000)
_FEW_PERIODS = 12
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
        hint=_("Compare the errors of all three: the simplest one often wins."),
    )
    alpha: Decimal = rate(
        _("Alpha: weight of the last value"),
        default="0.3",
        hint=_("Only for exponential smoothing. The larger it is, the faster the forecast forgets."),
    )
    periods_ahead: Decimal = count(
        _("Periods to forecast"), default="3", minimum=Decimal(1), maximum=Decimal(36), hint=_("From 1 to 36.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The forecast of a coming period; periods count from the first value."""

    period: Decimal = count(_("Period"))
    value: Figure = money(_("Forecast"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What is worked out; `fitted` holds the forecasts of the periods 2 to n for the chart."""

    forecast: tuple[Forecast, ...] = table(_("Forecast of the coming periods"), row=Forecast)
    mape: Figure = rate(_("Mean error in percent (MAPE)"), sample="compared_periods", goal="at_most")
    wmape: Figure = rate(_("Error in percent of all revenue (WMAPE)"), sample="compared_periods", goal="at_most")
    bias: Figure = money(_("Bias: mean of forecast − actual"), sample="compared_periods", goal="exactly")
    next_value: Figure = money(_("Forecast of the next period"), is_working=True)
    weight: Decimal = rate(_("weight of the last value"), is_working=True)
    last_value: Figure = money(_("last value"), is_working=True)
    last_forecast: Figure = money(_("forecast of the last period"), is_working=True)
    compared_periods: Decimal = count(_("periods compared"), is_working=True)
    relative_errors: Decimal = rate(_("sum of (|forecast − actual| ÷ actual)"), is_working=True)
    absolute_errors: Decimal = money(_("sum of |forecast − actual|"), is_working=True)
    errors: Decimal = money(_("sum of (forecast − actual)"), is_working=True)
    compared_revenue: Decimal = money(_("sum of the actual values compared"), is_working=True)
    fitted: tuple[Decimal, ...] = ()
    notes: tuple[Note, ...] = ()


WORKING = {
    "forecast.value": "{weight} × {last_value} + (1 − {weight}) × {last_forecast}",
    "mape": "{relative_errors} ÷ {compared_periods}",
    "wmape": "{absolute_errors} ÷ {compared_revenue}",
    "bias": "{errors} ÷ {compared_periods}",
}

# A cell holds the method in the reader's words, so no formula can ask for it: the figures are written as values.
SPREADSHEET: dict[str, str] = {}

NOTES = {
    "no_history": _("There is no forecast yet: enter the revenue of at least one past period."),
    "no_back_test": _("There is nothing to compare: a back-test needs the revenue of at least two periods."),
    "zero_period": _("A period has a revenue of zero, so its error in percent is not defined. Read the WMAPE instead."),
    "no_revenue": _("There is no error in percent: the periods compared have no revenue."),
    "flat": _("Every coming period gets the same figure: this method knows neither growth nor season."),
    "few_periods": _("With fewer than {=12} periods the errors rest on few comparisons: read them as rough."),
    "too_low": _(
        "The back-test was mostly too low: on rising revenue such a forecast runs behind. Say so when you report it."
    ),
    "too_high": _(
        "The back-test was mostly too high: on falling revenue such a forecast runs behind. Say so when you report it."
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
}


def compute(inputs: Inputs) -> Outputs:
    """Forecast the coming periods, and test the method on each past period with what was known before it."""
    history = inputs.history
    fitted = _fitted(inputs)
    *known, following = fitted or (Undefined("no_history"),)
    errors = [forecast - actual for forecast, actual in zip(known, history[1:], strict=True)] if history else []
    actuals = history[1:]
    compared, revenue = Decimal(len(errors)), sum(actuals, Decimal(0))
    absolute, total = sum(map(abs, errors), Decimal(0)), sum(errors, Decimal(0))
    relative = sum((abs(error) / actual for error, actual in zip(errors, actuals, strict=True) if actual), Decimal(0))
    no_history = Undefined("no_history")
    missing = Undefined("no_back_test")
    return Outputs(
        forecast=tuple(
            Forecast(period=Decimal(len(history) + step), value=following)
            for step in range(1, int(inputs.periods_ahead) + 1)
        ),
        mape=_mape(actuals, relative),
        wmape=absolute / revenue if revenue else Undefined("no_revenue" if compared else "no_back_test"),
        bias=total / compared if compared else missing,
        next_value=following,
        weight=_weight(inputs, len(history)),
        last_value=history[-1] if history else no_history,
        last_forecast=known[-1] if known else (history[0] if history else no_history),
        compared_periods=compared,
        relative_errors=relative,
        absolute_errors=absolute,
        errors=total,
        compared_revenue=revenue,
        fitted=tuple(known),
        notes=tuple(_cautions(inputs, total, absolute)),
    )


def answer(result: Result) -> Answer:
    """Say what to expect next, and how far off the method was."""
    figures = result.figures
    if isinstance(figures.next_value, Undefined):
        return figures.next_value
    if result.is_hardly_anything("next_value"):
        return "hardly_anything"
    return "untested" if isinstance(figures.wmape, Undefined) else "tested"


def _fitted(inputs: Inputs) -> tuple[Decimal, ...]:
    """Return the forecast of each period from the second to the one after the last; none without a history."""
    if not inputs.history:
        return ()
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


def _mape(actuals: tuple[Decimal, ...], relative: Decimal) -> Figure:
    if not actuals:
        return Undefined("no_back_test")
    if not any(actuals):
        return Undefined("no_revenue")
    return relative / len(actuals) if all(actuals) else Undefined("zero_period")


def _cautions(inputs: Inputs, total: Decimal, absolute: Decimal) -> Iterator[Note]:
    if inputs.method == "exponential_smoothing" and inputs.alpha in {0, 1} and len(inputs.history) > 1:
        yield Note("alpha_one" if inputs.alpha else "alpha_zero", "forecast")
    if inputs.periods_ahead > 1 and inputs.history:
        yield Note("flat", "forecast")
    if 1 < len(inputs.history) < _FEW_PERIODS:
        yield Note("few_periods", "bias")
    if abs(total) > _LEANING * absolute:
        yield Note("too_low" if total < 0 else "too_high", "bias")


def chart(result: Result) -> Chart | None:
    """Draw past revenue, what would have been forecast for it, and the coming periods; of a long history the end."""
    history, figures = result.inputs.history, result.figures
    if not history:
        return None
    coming = tuple(row.value for row in figures.forecast)
    last = len(history) + len(coming)
    actual = (*history, *(None for _row in coming))
    forecast = (None, *figures.fitted, *coming)
    fields = result.calculator.output_fields
    period = fields["forecast"].columns["period"]  # type: ignore[attr-defined]  # it is a table
    shown = slice(max(0, len(history) - _MOST_DRAWN), last)
    return Chart(
        kind="lines",
        title=result.gettext(_("Past revenue and its forecast, one period ahead")),
        category=result.gettext(period.label),
        categories=tuple(period.show(Decimal(place), result.numerals) for place in range(1, last + 1)[shown]),
        series=(
            Series(name=result.gettext(_("Actual")), values=actual[shown]),
            Series(name=result.gettext(_("Forecast")), values=forecast[shown]),
        ),
        unit=fields["bias"],
    )
