"""Retention of revenue and customers, and a lifetime value with expansion and discount: against adding up."""

from decimal import Decimal
from fractions import Fraction
from math import isclose
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import calculators

AMOUNTS = st.integers(0, 10**7)
GROUPS = st.lists(
    st.builds(
        lambda opening, expansion, cut, gone, customers, lost: {
            "name": "A",
            "opening": opening,
            "expansion": expansion,
            "contraction": opening * cut // 200,
            "churned": opening * gone // 200,
            "customers": customers,
            "lost": customers * lost // 100,
        },
        AMOUNTS,
        AMOUNTS,
        st.integers(0, 100),
        st.integers(0, 100),
        st.integers(0, 500),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=6,
)


def total(groups: list[dict[str, Any]], column: str) -> int:
    """Return the sum of a column."""
    return sum(group[column] for group in groups)


@given(GROUPS, st.integers(1, 60))
def test_retention_is_of_the_sums(groups: list[dict[str, Any]], period_months: int) -> None:
    """Not a mean of the groups'; gross retention is a share, and net retention is above it by the expansion."""
    figures = calculators.run("revenue-retention", {"groups": groups, "period_months": period_months}).outputs
    opening, customers = total(groups, "opening"), total(groups, "customers")
    closing = opening + total(groups, "expansion") - total(groups, "contraction") - total(groups, "churned")

    assert figures["closing"] == closing
    if not opening:
        assert figures["net_retention"] is None
        return
    assert isclose(figures["net_retention"], Fraction(closing, opening), rel_tol=1e-20)
    assert 0 <= figures["gross_retention"] <= 1
    gap = Fraction(total(groups, "expansion"), opening)
    assert isclose(Fraction(figures["net_retention"]) - Fraction(figures["gross_retention"]), gap, abs_tol=1e-18)
    if customers >= 5:
        kept = 1 - Fraction(total(groups, "lost"), customers)
        assert isclose(figures["customer_retention"], kept, rel_tol=1e-20)
        per_month = (1 - float(figures["monthly_churn"])) ** period_months
        assert isclose(per_month, kept, rel_tol=1e-9, abs_tol=1e-12)


@given(st.lists(st.tuples(AMOUNTS, st.decimals(0, 1, places=3)), min_size=1, max_size=8))
def test_renewals_are_of_what_is_due(due: list[tuple[int, Decimal]]) -> None:
    """What is expected and what is not add up to what ends."""
    rows = [{"name": "", "amount": amount, "renewal_rate": share} for amount, share in due]
    figures = calculators.run("revenue-retention", {"due": rows}).outputs

    assert figures["expected_renewals"] == sum(amount * share for amount, share in due)
    assert figures["expected_renewals"] + figures["at_risk"] == sum(amount for amount, _share in due)


@given(
    st.decimals("0.01", "1", places=3),
    st.decimals(0, "0.02", places=4),
    st.decimals(0, "0.5", places=3),
    st.integers(1, 120),
)
def test_the_lifetime_value_is_the_sum_over_all_months(
    churn: Decimal, expansion: Decimal, discount: Decimal, cap: int
) -> None:
    """Month by month: the share still there, its margin grown and discounted, the first payment at once."""
    inputs = {
        "monthly_churn": churn,
        "monthly_expansion": expansion,
        "yearly_discount": discount,
        "lifetime_cap_months": cap,
    }
    outputs = calculators.run("customer-lifetime-value", inputs).outputs
    kept = 1 - max(float(churn), 1 / cap)
    ratio = kept * (1 + float(expansion)) / (1 + float(discount)) ** (1 / 12)

    if ratio > 1 - 1e-9:
        assert outputs["lifetime_value"] is None
    elif ratio < 0.99:
        summed = 200 * sum(ratio**month for month in range(4_000))
        assert isclose(outputs["lifetime_value"], summed, rel_tol=1e-9)
