"""Verdicts that could mislead: firm ones out of hardly any evidence, dashes for figures, notes that contradict."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.choices import Choice, Choices, Flag, Rating
from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.outcome import InvalidInputs, Undefined
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.numbers.numerals import numerals
from calculators.core.page.answer import to_page
from calculators.core.running.calculator import find
from calculators.core.running.run import Result, run_text
from calculators.core.taking_along.links import from_link, to_link
from calculators.core.words.catalogue import LANGUAGES, catalogue
from calculators.guides import methodology_chooser

CARDS = ("three-questions", "bant", "meddic", "champ", "faint", "scotsman")
BEST = {"advance", "sales_ready", "strong"}
weights = st.integers(0, 9)
ratings = st.sampled_from(["0", "1", "2", "3", "unknown"])


def codes(result: Result) -> set[str]:
    """Return the codes of a result's notes."""
    return {note.code for note in result.notes}


@pytest.mark.parametrize("card", CARDS)
@given(data=st.data())
def test_no_deal_advances_on_what_nobody_has_asked(card: str, data: st.DataObject) -> None:
    """However low the thresholds: less than half of the weight rated is no advance, and a note says so."""
    inputs: dict[str, Any] = {"advance_from": data.draw(st.integers(0, 100), "advance from"), "stop_below": 0}
    names = [name for name, field in find(card).input_fields.items() if isinstance(field, Rating)]
    for name in names:
        inputs |= {name: data.draw(ratings, name), f"{name}_weight": data.draw(weights, f"weight of {name}")}
    result = calculators.run(card, inputs)

    taking_part = [name for name in names if getattr(find(card).input_fields[name], "shown_if", None) is None]
    total = sum(inputs[f"{name}_weight"] for name in taking_part)
    rated = sum(inputs[f"{name}_weight"] for name in taking_part if inputs[name] != "unknown")
    if 2 * rated < total:
        assert result.outputs["verdict"] != "advance"
        score = result.outputs["score"]
        if result.outputs["verdict"] == "work_on" and score >= inputs["advance_from"]:
            assert codes(result) & {"too_little_rated", "must_have_unknown"}
    if total:
        assert result.figures.rated_share == Decimal(rated) / total


fit_rows = st.lists(st.fixed_dictionaries({"criterion": st.just("A"), "weight": weights, "rating": ratings}))


@given(fit_rows, st.integers(0, 300))
def test_no_lead_is_judged_by_less_than_half_of_its_criteria(fit: list[dict[str, Any]], points: int) -> None:
    """Neither A nor D, neither handed over nor discarded, with the share that is rated beside the score."""
    events = [{"event": "A", "points": points, "count": 1, "days_ago": 0}]
    result = calculators.run("lead-score", {"fit": fit, "engagement": events})

    total = sum(row["weight"] for row in fit)
    rated = sum(row["weight"] for row in fit if row["rating"] != "unknown")
    if result.outputs["grade"] is None:
        assert not rated
    elif 2 * rated < total:
        assert result.outputs["grade"][0] in "BC"
        assert result.outputs["verdict"] == "nurture"
        assert {"unknown_left_out", "too_little_rated"} <= codes(result)
    else:
        assert "too_little_rated" not in codes(result)
    if total:
        assert result.figures.rated_share == Decimal(rated) / total


def test_one_fact_of_ten_makes_no_lead_ready_for_sales() -> None:
    """One criterion rated 3 and nine unknown: at best B, to be nurtured, and what to find out first."""
    fit = [{"criterion": f"Fact {place}", "weight": 1, "rating": "unknown"} for place in range(10)]
    fit[0]["rating"], fit[7]["weight"] = "3", 2
    result = calculators.run("lead-score", {"fit": fit})

    assert (result.outputs["grade"], result.outputs["verdict"]) == ("B2", "nurture")
    texts = " ".join(map(result.note_text, result.notes))
    assert "1 of 10" in texts
    assert "Fact 7" in texts
    assert result.sample("fit_score") == "1"


@given(
    st.fixed_dictionaries(
        {
            name: ratings
            for name in calculators.all_calculators()["solution-fit"].input_fields
            if not name.endswith("_from")
        }
    )
)
def test_no_fit_is_called_strong_or_weak_by_less_than_half(inputs: dict[str, str]) -> None:
    """Below half of the ratings or of their weight there is no verdict, and the heaviest unknowns are named."""
    result = calculators.run("solution-fit", inputs)

    known = [name for name, rated in inputs.items() if rated != "unknown"]
    is_half = 2 * len(known) >= 13 and result.figures.rated_share >= Decimal("0.5")
    if known:
        assert (result.outputs["verdict"] is not None) == is_half
        assert ("too_little_rated" in codes(result)) != is_half
    assert result.outputs["verdict"] is None or len(known) >= 7


def test_one_of_thirteen_is_no_strong_fit() -> None:
    """The score stays, with its n beside it; what weighs most is to be found out first."""
    names = [name for name in find("solution-fit").input_fields if not name.endswith("_from")]
    inputs = dict.fromkeys(names, "unknown") | {"users": "3"}
    result = calculators.run("solution-fit", inputs)

    assert (result.outputs["fit_score"], result.outputs["verdict"]) == (100, None)
    (reason,) = [result.note_text(note) for note in result.notes if note.output == "verdict"]
    assert "References in the industry · Solution already built" in reason
    assert "1 of 13" in " ".join(map(result.note_text, result.notes))


def test_a_new_row_of_a_table_is_no_row() -> None:
    """As “Add a row” makes it: lists of choices at their first option, nothing typed."""
    expected = calculators.run("lead-score").outputs
    texts = to_page(calculators.run("lead-score"))["inputs"]
    for first in ("0", "unknown", ""):
        rows = [*texts["fit"], {"criterion": "", "weight": "", "rating": first}]
        assert run_text("lead-score", {**texts, "fit": rows}, "en").outputs == expected
    tiers = to_page(calculators.run("sales-compensation"))["inputs"]["tiers"]
    empty = dict.fromkeys(tiers[0], "")
    assert run_text("sales-compensation", {"tiers": [*tiers, empty]}, "en").outputs == (
        calculators.run("sales-compensation").outputs
    )


def test_a_row_in_which_something_was_picked_is_a_row() -> None:
    """What the reader has done is not thrown away."""
    texts = to_page(calculators.run("lead-score"))["inputs"]
    rows = [*texts["fit"], {"criterion": "", "weight": "", "rating": "3"}]

    with pytest.raises(InvalidInputs):
        run_text("lead-score", {**texts, "fit": rows}, "en")


THRESHOLDS = {
    **dict.fromkeys(CARDS, ("advance_from", "stop_below")),
    "solution-fit": ("strong_from", "partial_from"),
    "lead-score": ("fit_a_from", "fit_b_from", "fit_c_from"),
}


@pytest.mark.parametrize("name", THRESHOLDS)
def test_thresholds_are_refused_out_of_order(name: str) -> None:
    """A sentence at the lower one; the last inputs of the form are the thresholds; equal ones are allowed."""
    upper, *_between, lower = THRESHOLDS[name]
    fields = find(name).input_fields
    thresholds = [key for key, field in fields.items() if getattr(field, "is_threshold", False)]
    assert list(fields)[-len(thresholds) :] == thresholds
    assert not set(thresholds) & find(name).variable_inputs.keys()

    calculators.run(name, dict.fromkeys(thresholds, 60))
    for language in LANGUAGES:
        with pytest.raises(InvalidInputs) as refused:
            calculators.run(name, dict.fromkeys(thresholds, 60) | {upper: 30}, language)
        assert {error.code for error in refused.value.errors} == {"above_next_threshold"}
    with pytest.raises(InvalidInputs) as refused:
        calculators.run(name, {upper: 101})
    assert [error.code for error in refused.value.errors] == ["too_large"]
    assert lower in fields


def test_moved_thresholds_decide_and_stay_in_the_link() -> None:
    """A verdict by the reader's own limits, in the working and the notes as well."""
    result = calculators.run("bant", {"advance_from": 50, "stop_below": 30})

    assert result.outputs["verdict"] == "advance"
    assert "50 ≥ 50" in result.working("verdict")
    assert from_link(to_link(result), "en").outputs == result.outputs
    stopped = calculators.run("bant", {"stop_below": 70, "timeline": 0})
    assert stopped.outputs["verdict"] == "stop"
    assert any("70" in stopped.note_text(note) for note in stopped.notes)


COMBINATIONS = [
    dict(zip(methodology_chooser.OPTIONS, answers, strict=True))
    for answers in itertools.product(*methodology_chooser.OPTIONS.values())
]


def test_nothing_that_speaks_for_or_against_a_method_is_left_unsaid() -> None:
    """Over all 162 combinations of answers, for every place; ties share a place, and are said."""
    assert len(COMBINATIONS) == 162
    for answers in COMBINATIONS:
        result = calculators.run("methodology-chooser", answers)
        rows = result.outputs["ranking"]
        for row in rows:
            (method,) = [each for each in methodology_chooser.METHODS.values() if each.name == row.name]
            for name, fit in method.fits.items():
                place = list(methodology_chooser.OPTIONS[name]).index(answers[name])
                assert (fit.reason_against in row.against) == (fit.points[place] == 0) or not fit.reason_against
                assert (fit.reason_for in row.reasons) == (fit.points[place] > 1) or not fit.reason_for
            assert row.place == 1 + sum(other.points > row.points for other in rows)
            assert row.reasons
            assert row.against
        first = [row for row in rows if row.place == 1]
        close = [row for row in rows if row.points == first[0].points - 1]
        doubted = [row for row in first if 0 in _points_of(row)]
        assert codes(result) == {
            code
            for code, is_so in {
                "tied": len(first) > 1,
                "close": bool(close),
                "against_first": bool(doubted),
            }.items()
            if is_so
        }
        for code, listed in {"tied": first, "close": close, "against_first": doubted}.items():
            if code in codes(result):
                (text,) = [result.note_text(note) for note in result.notes if note.code == code]
                assert all(row.name in text for row in listed)
        assert all(row.name in to_page(result)["summary"] for row in first)


def _points_of(row: methodology_chooser.Place) -> tuple[Decimal, ...]:
    return (row.size_points, row.cycle_points, row.decider_points, row.awareness_points, row.initiator_points)


PURSUITS = [
    {"spent_so_far": spent, "annual_value": value, "margin": margin, "win_probability": chance, "travel": travel}
    for spent, value, margin, chance, travel in itertools.product(
        (0, 20000, 30000, 40000), (0, 1, 30000, 150000), (0, 0.8, 1), (0, 0.0001, 0.2, 0.25, 0.375, 1), (0, 4000)
    )
]


def test_a_verdict_on_a_pursuit_never_contradicts_what_stands_below_it() -> None:
    """Over a grid with every edge: lost or worthless deals end, none is pursued below break-even."""
    for inputs in PURSUITS:
        result = calculators.run("pursuit-cost", inputs)
        figures, notes = result.outputs, codes(result)
        if notes & {"no_chance", "never_covered", "no_margin", "no_annual_value"}:
            assert figures["verdict"] == "walk_away"
        if "spent_more" in notes:
            assert figures["verdict"] == "pursue"
        break_even, chance = figures["break_even_probability"], Decimal(str(inputs["win_probability"]))
        if break_even is None or not chance:
            assert figures["verdict"] == "walk_away"
        elif chance == break_even and break_even:
            assert figures["verdict"] == "review"
            assert figures["expected_value"] == 0
        else:
            assert (figures["verdict"] == "walk_away") == (chance < break_even)
            assert (figures["verdict"] == "walk_away") == (figures["expected_value"] < 0)
        assert NOTHING not in result.working("verdict")


def extremes(field: Any, default: Any) -> list[Any]:
    """Return the least, and for what may be left out the missing value of a field."""
    match field:
        case Series():
            return [(), tuple(Decimal(0) for _item in default)]
        case Table():
            rows = [
                replace(
                    row, **{name: extremes(column, getattr(row, name))[0] for name, column in field.columns.items()}
                )
                for row in default
            ]
            return [tuple(rows), tuple(rows[: field.minimum_rows])]
        case Number():
            least = field.minimum or Decimal(0)
            return [None, least] if field.is_optional else [least]
        case Rating():
            return [None, Decimal(0)] if field.may_be_unknown else [Decimal(0)]
        case Choice():
            return list(field.options)
        case Choices():
            return [(), tuple(field.options)]
        case Flag():
            return [True, False]
    return [""]


def changes_of(calculator: Any) -> Iterator[dict[str, Any]]:
    """Yield every extreme of every input alone, each two of them, and all at once."""
    single = [
        (name, value)
        for name, field in calculator.input_fields.items()
        if not field.is_private and not getattr(field, "is_threshold", False)
        for value in extremes(field, calculator.defaults[name])
    ]
    yield from ({name: value} for name, value in single)
    yield from (dict(pair) for pair in itertools.combinations(single, 2))
    yield dict(single)


def sentences_of(result: Result) -> Iterator[str]:
    """Yield every sentence in which figures stand: notes, formulas with numbers, and what is spoken."""
    yield from map(result.note_text, result.notes)
    yield from map(result.working, result.calculator.working)
    yield to_page(result)["summary"]


def shape_of(result: Result) -> tuple[Any, ...]:
    """Return what is missing and what is noted: sentences of the same shape differ in their numbers only."""
    figures = {name: getattr(result.figures, name) for name in result.calculator.output_fields}
    given = {name: getattr(result.inputs, name) for name in result.calculator.input_fields}
    missing = frozenset(
        name
        for name, value in (figures | given).items()
        if value is None or value in ("", ()) or isinstance(value, Undefined)
    )
    return missing, tuple((note.code, note.output) for note in result.notes)


@pytest.mark.parametrize("name", calculators.all_calculators())
def test_no_sentence_has_a_dash_for_a_figure(name: str) -> None:
    """With zeros, nothing or an end of the scale in any input, any two and all of them, in every language."""
    calculator = find(name)
    seen = set()
    for changes in changes_of(calculator):
        base = calculators.run(name)
        inputs = replace(base.inputs, **changes)
        try:
            result = replace(base, inputs=inputs, figures=calculator.compute(inputs))
        except Exception as error:
            assert type(error).__name__ == "InvalidInput"  # noqa: PT017 - a refusal is an answer
            continue
        if shape_of(result) in seen:
            continue
        seen.add(shape_of(result))
        for language in LANGUAGES:
            translated = replace(result, numerals=numerals(language), gettext=catalogue(language).gettext)
            for sentence in sentences_of(translated):
                assert NOTHING not in sentence.split(), (changes, sentence)
                assert f"{NOTHING}:" not in sentence, (changes, sentence)
