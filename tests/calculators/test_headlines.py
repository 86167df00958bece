"""The answer to a calculator's question: every sentence is reached, and says what the figures say."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.__main__ import main
from calculators.core.declaring.fields import NOTHING
from calculators.core.declaring.outcome import Undefined
from calculators.core.numbers.numerals import numerals
from calculators.core.page.answer import default_texts, to_page
from calculators.core.running.calculator import Calculator, all_calculators
from calculators.core.running.run import Result, run_text
from calculators.core.running.scorecard import ANSWERS as OF_SCORECARDS
from calculators.core.running.sentences import named
from calculators.core.taking_along.text_and_csv import as_csv
from calculators.core.words.catalogue import LANGUAGES
from tests.calculators.test_properties import values_of, with_falling_thresholds
from tests.headlines import CASES, SCORECARDS, of_scorecard
from tests.worked_examples import Example, all_examples

# How a sentence begins beside a verdict.
BEGINS: dict[str | None, str | tuple[str, ...]] = {
    "advance": "Yes: ",
    "work_on": ("Not", "Provisional: "),
    "stop": "No: ",
    "pursue": "Pursue it: ",
    "review": "Review it first: ",
    "walk_away": "Walk away: ",
    "sales_ready": "Yes: ",
    "nurture": ("Not", "Provisional: "),
    "discard": "No: ",
    "strong": "Very much: ",
    "partial": ("In part: ", "The needs"),
    "weak": ("Little: ", "The needs"),
}


def codes(result: Result) -> tuple[str, ...]:
    """Return which sentences a result is answered with; none where a reason stands for the answer."""
    answered = result.calculator.answer(result)
    if isinstance(answered, Undefined):
        return ()
    return (answered,) if isinstance(answered, str) else answered


REACHED = [(name, code) for name, cases in CASES.items() for code in cases]


@pytest.mark.parametrize(("name", "code"), REACHED, ids=lambda value: value)
def test_each_sentence_is_said_where_it_is_true(name: str, code: str) -> None:
    """Nobody translates a sentence that is never said; each says what the figures say."""
    inputs, sentence = CASES[name][code]
    result = calculators.run(name, inputs)

    assert code in codes(result)
    assert result.headline == sentence


@pytest.mark.parametrize("name", SCORECARDS)
def test_every_scorecard_says_each_of_its_sentences(name: str) -> None:
    """Yes, not yet, no, with the reason; a verdict on little evidence begins with a warning."""
    verdicts = {"advance": "advance", "blocked": "stop", "out_of_reach": "stop", "too_weak": "stop"}
    said = {code: calculators.run(name, inputs) for code, inputs in of_scorecard(name).items()}

    assert said.keys() == OF_SCORECARDS.keys()
    for code, result in said.items():
        assert codes(result) == (code,)
        assert result.outputs["verdict"] == verdicts.get(code, "work_on")
        assert result.headline.startswith(
            {"advance": "Yes", "stop": "No: "}.get(verdicts.get(code, ""), ("Not", "Prov"))
        )


def test_every_sentence_has_a_case() -> None:
    """What a module declares and what is tried here are the same."""
    declared = {name: set(calculator.answers) for name, calculator in all_calculators().items()}

    assert declared == {name: set(cases) for name, cases in CASES.items()} | {
        name: set(OF_SCORECARDS) for name in SCORECARDS
    }


@pytest.mark.parametrize("name", all_calculators())
def test_every_place_in_a_sentence_is_an_input_or_an_output(name: str) -> None:
    """A misspelt one would be noticed by the first reader whose numbers lead there."""
    calculator = all_calculators()[name]
    known = calculator.input_fields.keys() | calculator.output_fields.keys()

    assert {place for sentence in calculator.answers.values() for place in named(sentence)} <= known


# Beside the headline output: the figures of which one stands in the sentence.
FIGURES = {
    "pipeline-coverage": ("pipeline_gap", "coverage"),
    "stage-conversion": ("weakest_rate",),
    "revenue-growth": ("growth", "decline"),
    "pipeline-balance": ("overfull_names", "stalled_names", "empty_names"),
    "pursuit-cost": ("win_probability", "break_even_probability"),
    "sales-capacity": ("gap", "capacity"),
    "mutual-action-plan": ("start_by", "days_late"),
    "revenue-plan": ("sellers_needed", "leads_per_week_needed", "out_of_reach"),
    "territory-balance": ("potential_to_move", "tolerance"),
    "compare-win-rates": ("first_rate",),
    "lead-score": ("grade", "fit_score"),
    "buying-phase": ("phase", "first_move"),
} | dict.fromkeys(SCORECARDS, ("score", "best_score", "blockers"))
IN_WORDS = {
    *("free", "unchanged", "gone", "nothing", "loses_nobody", "balanced", "one_lead", "nothing_rated"),
    *("pursue_for_nothing", "never_covered", "no_chance", "worthless", "covered"),
    "just_in_time",
    "nothing_kept",
    "loses_hardly_any_decided",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", ["", "KRW"])
@pytest.mark.parametrize("example", all_examples(), ids=str)
def test_the_sentence_of_an_example_holds_its_figure(example: Example, currency: str, language: str) -> None:
    """In every language, with a currency or without: the figure as it is shown, or the reason why there is none."""
    result = calculators.run(example.calculator, example.inputs, language, currency)
    said = codes(result)

    assert not any(sign in result.headline for sign in ("{", "}", NOTHING, "NaN", "None"))
    if not said:
        assert result.headline in {result.note_text(note) for note in result.notes}
    elif not IN_WORDS & set(said):
        names = FIGURES.get(example.calculator, (result.calculator.headline,))
        assert any(result.shown(name) in result.headline for name in names)


@given(st.decimals(0, 1, places=3), st.sampled_from(["", "EUR", "KRW"]))
def test_what_reads_as_nothing_is_not_missing(gap: Any, currency: str) -> None:
    """Nobody is told that 0 of pipeline is missing."""
    inputs = {"quota": 100, "booked": 0, "win_rate": "0.5", "open_pipeline": str(200 - gap)}
    result = calculators.run("pipeline-coverage", inputs, "en", currency)

    assert codes(result) == ("enough" if result.reads_as_zero("pipeline_gap") else "missing",)


@pytest.mark.parametrize("language", LANGUAGES)
@given(missing=st.integers(1, 10**8))
def test_what_falls_short_of_the_whole_does_not_read_as_the_whole(missing: int, language: str) -> None:
    """A rate below 1 never reads 100%, nor a score below 100 as 100: nobody is told of a certainty that is none."""
    numbers, rate = numerals(language), 1 - Decimal(missing).scaleb(-10)

    assert numbers.percent(rate) != numbers.percent(Decimal(1))
    assert numbers.score(rate * 100) != numbers.score(Decimal(100))


@pytest.mark.parametrize("name", ["pursuit-cost", "lead-score", "solution-fit", *SCORECARDS])
@given(data=st.data())
def test_the_sentence_agrees_with_the_verdict(name: str, data: st.DataObject) -> None:
    """Whatever is put in: a sentence that says yes stands beside a verdict that does."""
    calculator: Calculator = all_calculators()[name]
    inputs = {key: data.draw(values_of(field)) for key, field in calculator.input_fields.items()}
    result = calculators.run(name, with_falling_thresholds(calculator, inputs))
    verdict = result.outputs["verdict"]
    if codes(result):
        assert result.headline.startswith(BEGINS.get(verdict, "Provisional: "))
    else:
        assert verdict in {None, "work_on"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", all_calculators())
def test_the_answer_is_said_wherever_the_result_goes(
    name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the page, to a screen reader, in the file and on the command line: one sentence."""
    result = calculators.run(name, {}, language)
    page = to_page(result)

    assert page["headline"] == page["summary"] == result.headline
    assert result.headline.replace('"', '""') in as_csv(result)
    assert main(["run", name, "--language", language]) == 0
    assert capsys.readouterr().out.startswith(f"{result.headline}\n\n")


def test_a_row_that_nobody_has_filled_in_changes_no_lead_score() -> None:
    """A row added and left empty is passed over, in both lists."""
    texts = default_texts("lead-score", "en")
    added = texts | {
        "fit": [*texts["fit"], {"criterion": "", "weight": "", "rating": "unknown"}],
        "engagement": [*texts["engagement"], {"event": "", "points": "", "count": "", "days_ago": ""}],
    }

    assert run_text("lead-score", added, "en").to_json() == run_text("lead-score", texts, "en").to_json()
