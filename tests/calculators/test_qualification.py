"""The scorecards of qualification, counted a second time in fractions and by trying every answer."""

import re
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.charts import to_page
from calculators.core.declaring.outcome import InvalidInputs
from calculators.core.running.calculator import find
from calculators.core.taking_along.links import from_link, to_link

MUST_HAVES = {
    "three-questions": "agreement",
    "bant": "need",
    "meddic": "economic_buyer",
    "champ": "challenges",
    "faint": "interest",
    "scotsman": "need",
}
ADDED_BY_MEDDPICC = {"paper_process", "competition"}
RATINGS = ("0", "1", "2", "3", "unknown")

cards = pytest.mark.parametrize("card", MUST_HAVES)
ratings = st.sampled_from(RATINGS)
weights = st.integers(0, 9)


def criteria_of(card: str) -> list[str]:
    """Return the criteria of a card in their order."""
    return [name for name, field in find(card).input_fields.items() if field.kind == "rating"]


def outputs(calculator: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return a calculator's outputs."""
    return calculators.run(calculator, inputs).outputs


def drawn(card: str, data: st.DataObject) -> dict[str, Any]:
    """Draw a rating and a weight for each criterion."""
    inputs: dict[str, Any] = {}
    for name in criteria_of(card):
        inputs |= {name: data.draw(ratings, name), f"{name}_weight": data.draw(weights, f"weight of {name}")}
    if card == "meddic":
        inputs["meddpicc"] = data.draw(st.booleans(), "meddpicc")
    return inputs


def taking_part(card: str, inputs: dict[str, Any]) -> list[str]:
    """Return the criteria that take part: those of MEDDPICC only when it is switched on."""
    left_out = ADDED_BY_MEDDPICC if card == "meddic" and not inputs["meddpicc"] else set()
    return [name for name in criteria_of(card) if name not in left_out]


def score_of(names: list[str], inputs: dict[str, Any], found: dict[str, int]) -> Fraction | None:
    """Return the score as the page defines it; `found` says what the unknowns turned out to be."""
    total = sum(inputs[f"{name}_weight"] for name in names)
    if not total:
        return None
    given = {name: found.get(name, 0) if inputs[name] == "unknown" else int(inputs[name]) for name in names}
    return Fraction(100 * sum(inputs[f"{name}_weight"] * given[name] for name in names), 3 * total)


@cache
def question_about(card: str, name: str, rated: str) -> str:
    """Return what is asked when only this criterion is not proven."""
    inputs: dict[str, Any] = dict.fromkeys(criteria_of(card), "3") | {name: rated}
    (question,) = outputs(card, inputs | ({"meddpicc": True} if card == "meddic" else {}))["next_questions"]
    return str(question)


@cards
@given(data=st.data())
def test_score_and_verdict_follow_the_page(card: str, data: st.DataObject) -> None:
    """Stop, advance and work on it as the table on the page says, with every outcome of the unknowns tried."""
    inputs = drawn(card, data)
    names, must_have = taking_part(card, inputs), MUST_HAVES[card]
    figures = outputs(card, inputs)

    score = score_of(names, inputs, {})
    # Trying 0 and 3 is enough for each unknown: the score is a sum.
    unknown = [name for name in names if inputs[name] == "unknown"]
    outcomes = [
        score_of(names, inputs, dict(zip(unknown, found, strict=True)))
        for found in product((0, 3), repeat=len(unknown))
    ]
    if inputs[must_have] == "0" or all(outcome is not None and outcome < 40 for outcome in outcomes):
        verdict = "stop"
    elif score is not None and score >= 70 and inputs[must_have] != "unknown":
        verdict = "advance"
    else:
        verdict = "work_on"
    assert figures["verdict"] == verdict
    assert figures["blockers"] == ((must_have,) if inputs[must_have] == "0" else ())
    if score is None:
        assert figures["score"] is None
    else:
        assert abs(Fraction(figures["score"]) - score) < Fraction(1, 10**20)
        assert 0 <= figures["score"] <= 100


@cards
@given(data=st.data())
def test_questions_begin_with_what_is_unknown(card: str, data: st.DataObject) -> None:
    """One question for each unknown, the must-have first, then one for each rating below 3, weakest first."""
    inputs = drawn(card, data)
    names, must_have = taking_part(card, inputs), MUST_HAVES[card]
    figures = outputs(card, inputs)

    counted = [name for name in names if inputs[f"{name}_weight"]]
    unknown = [name for name in names if inputs[name] == "unknown" and (name in counted or name == must_have)]
    weak = [name for level in "012" for name in counted if inputs[name] == level]
    in_order = sorted(unknown, key=lambda name: name != must_have) + weak
    assert figures["next_questions"] == tuple(question_about(card, name, inputs[name]) for name in in_order)
    assert figures["unknowns"] == len(unknown)
    rated = [name for name in counted if inputs[name] != "unknown"]
    assert figures["weakest"] == (min(rated, key=lambda name: int(inputs[name])) if rated else None)


@cards
def test_an_unknown_is_asked_about_differently_from_a_weak_answer(card: str) -> None:
    """Every criterion has two questions of its own, each with something to say out loud."""
    names = criteria_of(card)
    asked = [question_about(card, name, rated) for name in names for rated in ("unknown", "1")]

    assert len(set(asked)) == 2 * len(names)
    assert all(re.fullmatch(r"[^“”]+: “[^“”]+\?”", question) for question in asked)


@cards
@given(data=st.data())
def test_only_the_proportion_of_the_weights_counts(card: str, data: st.DataObject) -> None:
    """Ten times every weight changes nothing."""
    inputs = drawn(card, data)
    larger = {name: value * 10 if name.endswith("_weight") else value for name, value in inputs.items()}

    assert outputs(card, larger) == outputs(card, inputs)


@cards
@given(data=st.data())
def test_a_better_answer_never_lowers_the_score(card: str, data: st.DataObject) -> None:
    """Nor does it ever lead away from the advance."""
    inputs = drawn(card, data)
    name = data.draw(st.sampled_from(criteria_of(card)))
    before, after = (outputs(card, inputs | {name: rated}) for rated in ("1", "2"))

    if before["score"] is not None:
        assert after["score"] >= before["score"]
    assert ["stop", "work_on", "advance"].index(after["verdict"]) >= ["stop", "work_on", "advance"].index(
        before["verdict"]
    )


@cards
def test_every_level_says_what_it_looks_like(card: str) -> None:
    """Four different phrases for each criterion, short enough for a form."""
    fields = find(card).input_fields
    for name in criteria_of(card):
        levels = fields[name].levels  # type: ignore[attr-defined]  # it is a rating
        assert len(set(levels)) == 4
        assert max(map(len, levels)) <= 70
        assert list(fields)[list(fields).index(name) :][:3] == [name, f"{name}_weight", f"{name}_evidence"]


@cards
def test_evidence_never_leaves_the_page(card: str) -> None:
    """A link holds ratings and weights, no notes; an opened link has none."""
    name = criteria_of(card)[0]
    result = calculators.run(card, {name: "1", f"{name}_weight": 2, f"{name}_evidence": "The director said so."})
    link = to_link(result)

    assert "evidence" not in link
    assert "director" not in link
    assert from_link(link, "en").outputs == result.outputs
    assert getattr(from_link(link, "en").inputs, f"{name}_evidence") == ""


def test_the_chart_has_a_gap_where_nobody_has_asked() -> None:
    """One bar for each criterion that counts, on a scale that ends at 3; none for what has no weight."""
    chart = find("bant").chart
    assert chart is not None
    drawn_chart = chart(calculators.run("bant", {"budget_weight": 0}))
    page = to_page(drawn_chart, calculators.run("bant").numerals)

    assert page["rows"] == [["Authority", "1"], ["Need", "3"], ["Timeline", "–"], ["proven", "3"]]
    nothing = {f"{name}_weight": 0 for name in criteria_of("bant")}
    assert chart(calculators.run("bant", nothing)) is None


def test_what_meddpicc_adds_is_shown_only_with_it() -> None:
    """The form hides rating, weight and evidence of the two further criteria."""
    shown_if = {name: getattr(field, "shown_if", None) for name, field in find("meddic").input_fields.items()}

    added = {f"{name}{part}" for name in ADDED_BY_MEDDPICC for part in ("", "_weight", "_evidence")}
    assert {name for name, flag in shown_if.items() if flag == "meddpicc"} == added


fit_rows = st.fixed_dictionaries({"criterion": st.just("A"), "weight": weights, "rating": ratings})
event_rows = st.fixed_dictionaries(
    {
        "event": st.just("A"),
        "points": st.integers(-50, 100),
        "count": st.integers(0, 20),
        "days_ago": st.integers(0, 400),
    }
)


@given(st.lists(fit_rows, max_size=5), st.lists(event_rows, max_size=5), st.integers(1, 90))
def test_a_lead_is_graded_on_two_axes(fit: list[dict[str, Any]], events: list[dict[str, Any]], half_life: int) -> None:
    """Fit in fractions, engagement in floats, and the grade from the tables of the page."""
    figures = outputs("lead-score", {"fit": fit, "engagement": events, "half_life_days": half_life})

    rated = [(row["weight"], int(row["rating"])) for row in fit if row["rating"] != "unknown"]
    total = sum(weight for weight, _rating in rated)
    if not total:
        assert figures["fit_score"] is figures["grade"] is figures["verdict"] is None
    else:
        fit_score = Fraction(100 * sum(weight * level for weight, level in rated), 3 * total)
        assert abs(Fraction(figures["fit_score"]) - fit_score) < Fraction(1, 10**20)
    if not events:
        assert figures["engagement_score"] is figures["grade"] is None
    else:
        engagement = sum(row["points"] * row["count"] * 2.0 ** (-row["days_ago"] / half_life) for row in events)
        assert float(figures["engagement_score"]) == pytest.approx(engagement, rel=1e-12, abs=1e-9)
    if figures["grade"] is not None:
        letter, number = figures["grade"]
        is_known = 2 * total >= sum(row["weight"] for row in fit)
        # With little rated, the ends of the scale are not given.
        ends = {"A": (75, 101), "B": (50, 75), "C": (25, 50), "D": (0, 25)}
        least_fit, most_fit = (ends if is_known else {"B": (50, 101), "C": (0, 50)})[letter]
        assert least_fit <= figures["fit_score"] < most_fit
        least = {"1": 75, "2": 50, "3": 25}.get(number)
        assert least is None or figures["engagement_score"] >= least
        assert number == "1" or figures["engagement_score"] < {"2": 75, "3": 50, "4": 25}[number]
        assert (figures["verdict"] == "discard") == (letter == "D")
        assert (figures["verdict"] == "sales_ready") == (is_known and letter in "AB" and number in "12")


@given(st.integers(1, 365))
def test_an_act_of_one_half_life_ago_counts_half(half_life: int) -> None:
    """And one of two half-lives ago a quarter."""
    events = [{"event": "A", "points": 40, "count": 1, "days_ago": half_life * passed} for passed in (0, 1, 2)]

    assert outputs("lead-score", {"engagement": events, "half_life_days": half_life})["engagement_score"] == 70


def test_a_half_life_of_zero_is_refused() -> None:
    """It would be divided by."""
    with pytest.raises(InvalidInputs) as refused:
        calculators.run("lead-score", {"half_life_days": 0})

    assert [(error.input, error.code) for error in refused.value.errors] == [("half_life_days", "too_small")]


def test_waiting_for_the_days_left_brings_the_lead_to_the_threshold() -> None:
    """The days in which to call, checked by letting them pass."""
    result = calculators.run("lead-score")
    left = result.figures.days_left
    later = [
        {"event": row.event, "points": row.points, "count": row.count, "days_ago": row.days_ago + left}
        for row in result.inputs.engagement
    ]

    assert float(outputs("lead-score", {"engagement": later})["engagement_score"]) == pytest.approx(50, rel=1e-20)


GROUPS = {
    "complexity_score": ("user_profiles", "workflows", "integrations", "scenarios"),
    "security_score": ("regulated_industry", "access_control", "identity"),
    "enterprise_score": ("markets", "users", "customers", "flexibility"),
    "references": ("references_in_industry",),
    "built": ("solution_built",),
}


@given(st.fixed_dictionaries({name: ratings for names in GROUPS.values() for name in names}))
def test_fit_is_the_mean_of_the_groups_that_are_known(inputs: dict[str, str]) -> None:
    """Every group counts the same, however many ratings it has; unknowns are left out."""
    result = calculators.run("solution-fit", inputs)
    figures = result.outputs

    means = {}
    for group, names in GROUPS.items():
        known = [int(inputs[name]) for name in names if inputs[name] != "unknown"]
        if known:
            means[group] = Fraction(100 * sum(known), 3 * len(known))
    for group in ("complexity_score", "security_score", "enterprise_score"):
        if group in means:
            assert abs(Fraction(figures[group]) - means[group]) < Fraction(1, 10**20)
        else:
            assert figures[group] is None
    if not means:
        assert figures["fit_score"] is figures["verdict"] is None
    else:
        fit = sum(means.values(), Fraction(0)) / len(means)
        assert abs(Fraction(figures["fit_score"]) - fit) < Fraction(1, 10**20)
        # With less than half of the ratings or of their weight, a fit is called nothing.
        is_known = result.figures.rated_share >= 0.5 and sum(rated != "unknown" for rated in inputs.values()) >= 7
        called = "strong" if fit >= 70 else "partial" if fit >= 40 else "weak"
        assert figures["verdict"] == (called if is_known else None)
