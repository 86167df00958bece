"""What other definitions give: the figures of the pages' tables, and what is shown of them."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.outcome import Figure, Undefined
from calculators.core.page.answer import to_page
from calculators.core.running.calculator import all_calculators, find
from calculators.core.words.catalogue import LANGUAGES
from tests.worked_examples import all_examples

WITH_DEFINITIONS = [name for name, calculator in all_calculators().items() if calculator.definitions]


def by_definition(calculator: str, **inputs: Any) -> dict[str, Figure]:
    """Return the figure of each definition by its code."""
    result = calculators.run(calculator, inputs)
    defined = find(calculator).definitions
    assert defined is not None
    return {entry.code: entry.figure for entry in defined(result.inputs, result.figures)}


# Figures as printed in docs/en/metrics/, or worked out by hand where the page has only words.
@pytest.mark.parametrize(
    ("calculator", "expected"),
    [
        ("win-rate", {"by_count": 0.3, "by_value": 0.24, "of_all": 0.2, "to_losses": 24 / 56}),
        (
            "sales-velocity",
            {"live": 2777.78, "created_per_month": 939.43, "created_per_year": 11_273.15, "won_only": 694.44},
        ),
        (
            "customer-lifetime-value",
            {
                "margin": 10_000,
                "revenue": 12_500,
                "no_cap": 10_000,
                "within_cap": 7_024,
                "discounted": 6_733,
                # The page divides by the churn as shown, 21.5%: 930.
                "mixed_periods": 929,
            },
        ),
        ("customer-acquisition-cost", {"fully_loaded": 1_000, "marketing_only": 400}),
        ("pipeline-coverage", {"remaining_quota": 2.368421, "whole_quota": 1.8, "with_win_rate": 0.45}),
        ("pipeline-waterfall", {"of_start": 0.25, "of_start_by_value": 7 / 30, "of_due": 1 / 3}),
        ("revenue-growth", {"compound": 0.15, "average": 0.15, "one_too_many": 0.0723805}),
        ("sales-cycle-length", {"mean": 46, "median": 45, "interval": 20}),
        ("stage-conversion", {"from_first": 0.03, "from_second": 0.075, "last_step": 1 / 3}),
        ("cohort-conversion", {"of_decided": 69 / 252, "of_all": 69 / 390, "of_closed": 41 / 162}),
    ],
)
def test_the_defaults_give_the_figures_of_the_page(calculator: str, expected: dict[str, float]) -> None:
    """The page's table of definitions and the calculator agree, entry by entry."""
    figures = by_definition(calculator)

    assert list(figures) == list(expected)
    assert {code: float(figure) for code, figure in figures.items() if isinstance(figure, Decimal)} == pytest.approx(
        expected, rel=1e-4
    )


def test_growth_over_several_periods() -> None:
    """10,000 to 19,000 in three years: 23.86% a year, not 30%; with eleven steps counted as twelve, 1.17%."""
    years = by_definition("revenue-growth", start_revenue=10_000, end_revenue=19_000, periods=3)
    steps = by_definition("revenue-growth", periods=11)

    assert years["compound"] == pytest.approx(Decimal("0.2386"), abs=Decimal("0.00005"))
    assert years["average"] == Decimal("0.3")
    assert steps["compound"] == pytest.approx(Decimal("0.0128"), abs=Decimal("0.00005"))
    assert steps["one_too_many"] == pytest.approx(Decimal("0.0117"), abs=Decimal("0.00005"))


def test_the_cap_counts_in_the_definition_used_here_only() -> None:
    """At a churn of 1% the cap of 60 months gives 12,000 and its absence 20,000; without churn there is no latter."""
    low = by_definition("customer-lifetime-value", monthly_churn="0.01")
    none = by_definition("customer-lifetime-value", monthly_churn=0)
    hardly = by_definition("customer-lifetime-value", monthly_churn="1e-30")

    assert [low["margin"], low["no_cap"]] == [12_000, 20_000]
    assert [none["margin"], none["within_cap"]] == [12_000, 12_000]
    assert none["no_cap"] == none["mixed_periods"] == Undefined("no_churn")
    assert {**hardly, "discounted": none["discounted"]} == none


@given(churn=st.decimals("0.001", 1, places=3), cap=st.integers(1, 120))
def test_margin_received_within_the_cap_is_what_arrives_month_by_month(churn: Decimal, cap: int) -> None:
    """The closed formula is the sum over the months of what those who are still there pay."""
    figures = by_definition("customer-lifetime-value", monthly_churn=churn, lifetime_cap_months=cap)
    summed = sum((200 * (1 - churn) ** month for month in range(1, cap)), Decimal(200))

    assert figures["within_cap"] == pytest.approx(summed, rel=Decimal("1e-12"))


@pytest.mark.parametrize(
    ("calculator", "inputs", "missing"),
    [
        ("win-rate", {"lost": 0, "lost_value": 0}, {"to_losses"}),
        ("win-rate", {"won": 2, "lost": 2}, {"by_count", "by_value", "of_all", "to_losses"}),
        ("sales-velocity", {"cycle_days": 0}, {"live", "created_per_month", "created_per_year", "won_only"}),
        ("customer-acquisition-cost", {"new_customers": 0}, {"fully_loaded", "marketing_only"}),
        ("pipeline-coverage", {"booked": 500_000}, {"remaining_quota"}),
        ("pipeline-coverage", {"quota": 0}, {"remaining_quota", "whole_quota", "with_win_rate"}),
        (
            "pipeline-waterfall",
            {"start_deals": 4, "pushed_out_deals": 2, "won_deals": 1, "lost_deals": 1},
            {"of_start", "of_start_by_value", "of_due"},
        ),
        ("pipeline-waterfall", {"start_value": 0}, {"of_start_by_value"}),
        ("revenue-growth", {"periods": 0}, {"compound", "average", "one_too_many"}),
        ("sales-cycle-length", {"cycle_days": []}, {"mean", "median", "interval"}),
        ("sales-cycle-length", {"window_days": 0}, {"interval"}),
        (
            "stage-conversion",
            {"stages": [{"name": "Lead", "count": 10}, {"name": "Won", "count": 2}]},
            {"from_second"},
        ),
    ],
)
def test_a_definition_without_a_figure_has_none(calculator: str, inputs: dict[str, Any], missing: set[str]) -> None:
    """Never a zero in its place, and a dash in the page."""
    figures = by_definition(calculator, **inputs)
    shown = to_page(calculators.run(calculator, inputs))["definitions"]

    assert {code for code, figure in figures.items() if isinstance(figure, Undefined)} == missing
    assert {entry["code"] for entry in shown if entry["text"] == "–"} == missing


@pytest.mark.parametrize("calculator", WITH_DEFINITIONS)
def test_the_first_definition_is_the_calculators_own(calculator: str) -> None:
    """Its figure is one of the results, in every example; a code stands once, and each has its two sentences."""
    cases = [example.inputs for example in all_examples() if example.calculator == calculator]
    for inputs in [{}, *cases]:
        result = calculators.run(calculator, inputs)
        defined = find(calculator).definitions
        assert defined is not None
        entries = defined(result.inputs, result.figures)
        own = next(name for name, field in result.calculator.result_fields.items() if field is entries[0].unit)

        assert entries[0].figure == getattr(result.figures, own)
        assert len({entry.code for entry in entries}) == len(entries) > 1
        assert all(entry.name and entry.effect.endswith(".") for entry in entries)
        assert "{" not in "".join(entry.name + entry.effect for entry in entries)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("calculator", WITH_DEFINITIONS)
def test_the_page_says_how_far_each_is_from_the_first(calculator: str, language: str) -> None:
    """The first has no difference; the others have theirs, with a sign."""
    first, *others = json.loads(json.dumps(to_page(calculators.run(calculator, {}, language))["definitions"]))

    assert first["difference"] == ""
    assert all(entry["difference"].lstrip("-−+")[0].isdigit() for entry in others)
