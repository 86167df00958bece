"""The sales cycle with open deals: against the definition of Kaplan and Meier in fractions, and its picture."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.outcome import InvalidInputs, Undefined
from calculators.core.numbers.survival import first_length, steps
from calculators.core.page.answer import answer, default_texts, to_page
from calculators.core.words.catalogue import LANGUAGES

NAME = "sales-cycle-from-dates"
AS_OF = date(2026, 12, 1)
LENGTHS = st.lists(st.integers(0, 12), max_size=12)


def deals_of(lengths: Sequence[int], ages: Sequence[int]) -> list[dict[str, Any]]:
    """Return closed deals of some lengths, which closed on different days, and open ones of some ages."""
    closed = [
        {"started": str(end - timedelta(length)), "closed": str(end)}
        for place, length in enumerate(lengths)
        for end in [AS_OF - timedelta(place)]
    ]
    return [*closed, *({"started": str(AS_OF - timedelta(age))} for age in ages)]


def run(lengths: Sequence[int], ages: Sequence[int]) -> Any:
    """Return the figures of such deals on the day of the list."""
    return calculators.run(NAME, {"as_of": str(AS_OF), "deals": deals_of(lengths, ages)}).figures


def share_open(lengths: Sequence[int], ages: Sequence[int], days: int) -> Fraction:
    """Return the share still open after some days: of each length up to then, those go on that did not end."""
    share = Fraction(1)
    for length in sorted({length for length in lengths if length <= days}):
        lasting = sum(other >= length for other in (*lengths, *ages))
        share *= 1 - Fraction(lengths.count(length), lasting)
    return share


@given(LENGTHS, LENGTHS)
def test_lengths_are_those_of_the_definition(lengths: list[int], ages: list[int]) -> None:
    """The first day on which so much or less is left, looked for day by day; and none where no day has it."""
    figures = run(lengths, ages)

    for name, left in (("quarter", 3), ("median", 2), ("three_quarter", 1)):
        days = range(max([*lengths, *ages], default=0) + 1)
        first = next((day for day in days if share_open(lengths, ages, day) <= Fraction(left, 4)), None)
        found = getattr(figures, "median_days" if name == "median" else f"{name}_days")
        assert (None if isinstance(found, Undefined) else found) == first


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12), LENGTHS)
def test_the_curve_is_that_of_the_definition(lengths: list[int], ages: list[int]) -> None:
    """A row for each length of a closed deal, with the share behind it; none for shares of fewer than five deals."""
    figures = run(lengths, ages)

    assert [(row.days, row.decided) for row in figures.curve] == sorted(Counter(lengths).items())
    for row in figures.curve:
        assert row.lasting == sum(other >= row.days for other in (*lengths, *ages))
        if len(lengths) + len(ages) < 5:
            assert row.share == row.before == Undefined("too_few")
        else:
            assert float(row.share) == pytest.approx(float(share_open(lengths, ages, int(row.days))), rel=1e-20)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_without_open_deals_it_is_the_deal_in_the_middle(lengths: list[int]) -> None:
    """The smallest length that half of the deals do not exceed; a quarter and three quarters likewise."""
    figures = run(lengths, [])

    for found, part in ((figures.quarter_days, 1), (figures.median_days, 2), (figures.three_quarter_days, 3)):
        within = [length for length in sorted(lengths) if 4 * sum(x <= length for x in lengths) >= part * len(lengths)]
        assert found == within[0]
    assert figures.curve[-1].days == max(lengths)


@given(LENGTHS, st.lists(st.integers(0, 12), min_size=1, max_size=12), st.data())
def test_an_older_open_deal_never_makes_it_shorter(lengths: list[int], ages: list[int], data: st.DataObject) -> None:
    """Left open for longer, it lasts at least as long; where no median is reached, there is none then either."""
    place = data.draw(st.integers(0, len(ages) - 1))
    older = [age + (4 if number == place else 0) for number, age in enumerate(ages)]
    before, after = run(lengths, ages).median_days, run(lengths, older).median_days

    assert isinstance(after, Undefined) or (not isinstance(before, Undefined) and after >= before)


@given(LENGTHS, LENGTHS, st.integers(0, 30))
def test_what_closes_later_is_open(lengths: list[int], ages: list[int], later: int) -> None:
    """The pipeline as of a day does not know what comes after it."""
    deals = deals_of(lengths, ages)
    known = [deal if "closed" in deal else deal | {"closed": str(AS_OF + timedelta(1 + later))} for deal in deals]
    figures = [calculators.run(NAME, {"as_of": str(AS_OF), "deals": rows}) for rows in (deals, known)]

    assert figures[0].outputs == figures[1].outputs
    assert [note.code for note in figures[1].notes].count("closed_later") == bool(ages)
    assert figures[1].figures.closed_later == len(ages)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("started", "closed", "code", "column"),
    [
        ("2026-11-20", "2026-11-19", "closed_before_start", "closed"),
        ("2026-12-02", "", "starts_after_list", "started"),
        ("2026-12-02", "2026-12-03", "starts_after_list", "started"),
        ("", "2026-11-19", "no_day", "started"),
    ],
)
def test_days_that_cannot_be_right_are_refused_in_their_cell(
    started: str, closed: str, code: str, column: str, language: str
) -> None:
    """Beside the cell, in the language of the page."""
    rows = [{"name": "", "started": "2026-11-20", "closed": ""}, {"name": "", "started": started, "closed": closed}]
    asked = {
        "calculator": NAME,
        "language": language,
        "currency": "",
        "inputs": default_texts(NAME, language) | {"deals": rows},
    }

    (error,) = json.loads(answer(json.dumps(asked)))["errors"]

    assert (error["input"], error["code"], error["row"], error["column"]) == ("deals", code, 2, column)
    assert "{" not in error["text"]


def test_one_answer_decides_a_column_of_dates() -> None:
    """Whoever writes 3/4/2026 writes all of the column so: the reader is asked once, and clear dates stay."""
    typed = ["3/4/2026", "5/6/2026", "25/3/2026", "March 1, 2026"]
    rows = [{"name": "", "started": text, "closed": ""} for text in typed]
    inputs = default_texts(NAME, "en") | {"deals": rows}
    asked = {"calculator": NAME, "language": "en", "currency": ""}

    (error,) = json.loads(answer(json.dumps(asked | {"inputs": inputs})))["errors"]

    assert (error["code"], error["row"]) == ("two_readings", 1)
    for choice, days in zip(
        error["choices"], (["2026-04-03", "2026-06-05"], ["2026-03-04", "2026-05-06"]), strict=True
    ):
        answered = json.loads(answer(json.dumps(asked | {"inputs": inputs | {"deals": choice["value"]}})))
        assert "errors" not in answered
        result = calculators.run_text(NAME, inputs | {"deals": choice["value"]}, "en")
        started = [deal["started"] for deal in result.to_json()["inputs"]["deals"]]
        assert started == [*days, "2026-03-25", "2026-03-01"]


def test_a_refused_day_is_named_where_it_was_typed() -> None:
    """Rows left empty before it count as the reader sees them, though nothing is computed from them."""
    typed = {"name": "", "started": "2026-03-05", "closed": "2026-03-01"}
    empty = dict.fromkeys(typed, "")

    with pytest.raises(InvalidInputs) as refused:
        calculators.run_text(NAME, {"deals": [empty, typed | {"closed": ""}, empty, typed]}, "en")

    (error,) = refused.value.errors
    assert error.cell is not None
    assert (error.code, error.cell.row, error.cell.column) == ("closed_before_start", 4, "closed")


def test_the_picture_ends_where_the_oldest_open_deal_stands() -> None:
    """From the start to the last day that anything is known of, beside closed deals alone; not for a few deals."""
    chart = to_page(calculators.run(NAME, {}))["chart"]
    days = [row[0] for row in chart["rows"]]

    assert days[:2] == ["0 days", "20 days"]
    assert days[-3:-1] == ["113 days", "152 days"]
    assert chart["rows"][6] == ["63 days", "46.9%", "14.3%"]
    assert chart["rows"][-2] == ["152 days", "23.4%", "0%"]
    few = calculators.run(NAME, {"as_of": str(AS_OF), "deals": deals_of([3, 5], [4, 9])})
    assert to_page(few).get("chart") is None
    at_once = calculators.run(NAME, {"as_of": str(AS_OF), "deals": deals_of([0] * 5, [])})
    assert to_page(at_once).get("chart") is None


@given(LENGTHS, LENGTHS)
def test_steps_count_everything_once(ended: list[int], still: list[int]) -> None:
    """Each end stands in one step; a share of all is reached by the first step, and one below nothing never."""
    curve = list(steps(Counter(ended), Counter(still)))

    assert sum(step.ended for step in curve) == len(ended)
    assert [step.lasting for step in curve] == sorted((step.lasting for step in curve), reverse=True)
    assert first_length(curve, 1, 1) == (min(ended) if ended else None)
    assert first_length(curve, -1, 1) is None
