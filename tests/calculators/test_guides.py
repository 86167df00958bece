"""What the guides conclude, for any answers."""

import itertools
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.records import fields_of
from calculators.guides import buying_phase, methodology_chooser, pipeline_audit
from tests.support import PROJECT

PHASES = list(buying_phase.PHASES)
PAGES = PROJECT / "docs" / "en"
signals = st.sets(st.sampled_from(list(buying_phase.SIGNALS)))
ratings = st.fixed_dictionaries({name: st.integers(0, 3) for name in fields_of(pipeline_audit.Inputs)})
answers = st.fixed_dictionaries({name: st.sampled_from(list(o)) for name, o in methodology_chooser.OPTIONS.items()})


def outputs(calculator: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return a calculator's outputs."""
    return calculators.run(calculator, inputs).outputs


def page(path: str) -> str:
    """Return the English text of a page; the calculators are tested without the pages as well."""
    file = PAGES / path
    if not file.exists():
        pytest.skip(f"{path} is not written yet")
    return file.read_text(encoding="utf-8")


@given(signals)
def test_a_phase_is_one_whose_signals_are_seen(seen: set[str]) -> None:
    """Never a guess at a phase of which nothing was seen, except that nothing at all means: before buying."""
    phase = outputs("buying-phase", {"signals": list(seen)})["phase"]

    assert phase in {buying_phase.SIGNALS[key].phase for key in seen} or (not seen and phase == PHASES[0])


@given(signals)
def test_no_earlier_phase_has_open_work(seen: set[str]) -> None:
    """Before the phase found, each phase is either finished or untouched."""
    phase = outputs("buying-phase", {"signals": list(seen)})["phase"]

    for earlier in PHASES[: PHASES.index(phase)]:
        own = {key for key, signal in buying_phase.SIGNALS.items() if signal.phase == earlier}
        assert not own & seen or (own <= seen and earlier != "before_buying")


@given(signals)
def test_what_is_seen_is_no_next_move(seen: set[str]) -> None:
    """Nothing is asked for that the buyer has done; something is always left to do."""
    moves = outputs("buying-phase", {"signals": list(seen)})["next_moves"]

    assert moves
    assert not {buying_phase.SIGNALS[key].to_do for key in seen} & set(moves)


def test_the_signals_are_those_of_the_page() -> None:
    """Word for word and in the same order."""
    listed = page(buying_phase.PAGE).partition("{#signals}")[2].partition("!!!")[0]

    assert re.findall(r"^- (.+)$", listed, re.M) == [signal.seen for signal in buying_phase.SIGNALS.values()]


@given(ratings)
def test_the_audit_names_the_lowest_scores(rated: dict[str, int]) -> None:
    """At most three fixes, the lowest first, none for a mistake that is not made; a score is a share of nine."""
    figures = outputs("pipeline-audit", rated)

    scores = {row.name: row.score for row in figures["scores"]}
    fixes = figures["first_fixes"] or ()
    names = [mistake.name for fix in fixes for mistake in pipeline_audit.MISTAKES.values() if mistake.first_fix == fix]
    assert len(names) == min(3, sum(score < 100 for score in scores.values()))
    assert [scores[name] for name in names] == sorted(scores.values())[: len(names)]
    for key, mistake in pipeline_audit.MISTAKES.items():
        total = sum(rated[f"{key}_{place}"] for place in (1, 2, 3))
        assert float(scores[mistake.name]) == pytest.approx(100 * total / 9)


@given(ratings, st.sampled_from(list(fields_of(pipeline_audit.Inputs))))
def test_a_better_rating_raises_only_its_own_score(rated: dict[str, int], name: str) -> None:
    """The mistakes are scored apart."""
    before = outputs("pipeline-audit", rated | {name: 0})["scores"]
    after = outputs("pipeline-audit", rated | {name: 3})["scores"]

    changed = [late.score - early.score for early, late in zip(before, after, strict=True)]
    assert sorted(changed)[:-1] == [0] * 7
    assert float(max(changed)) == pytest.approx(100 / 3)


def test_every_mistake_leads_to_its_place_on_the_page() -> None:
    """Names, ids and order are those of the page."""
    headings = re.findall(r"^## \d\. (.+) \{#(.+)\}$", page(pipeline_audit.PAGE), re.M)

    assert [name for name, _id in headings] == [mistake.name for mistake in pipeline_audit.MISTAKES.values()]
    assert [f"{pipeline_audit.PAGE}#{id_}" for _name, id_ in headings] == list(pipeline_audit.LINKS.values())


@given(answers)
def test_the_ranking_is_complete_and_adds_up(given_: dict[str, str]) -> None:
    """Seven methods in falling order, each with a reason; points are the sum of what the five answers give."""
    rows = outputs("methodology-chooser", given_)["ranking"]

    assert len({row.name for row in rows}) == 7
    assert [row.points for row in rows] == sorted((row.points for row in rows), reverse=True)
    for row in rows:
        parts = (row.size_points, row.cycle_points, row.decider_points, row.awareness_points, row.initiator_points)
        assert sum(parts) == row.points
        assert row.reasons


def test_every_method_is_the_best_for_some_deal() -> None:
    """A method that never comes first would not need to be asked about."""
    combinations = itertools.product(*methodology_chooser.OPTIONS.values())
    first = {
        methodology_chooser.compute(
            methodology_chooser.Inputs(**dict(zip(methodology_chooser.OPTIONS, combination, strict=True)))
        )
        .ranking[0]
        .name
        for combination in combinations
    }

    assert first == {method.name for method in methodology_chooser.METHODS.values()}


def test_a_reason_stands_for_every_point_that_needs_one() -> None:
    """Each option has points; where it fits or speaks against a method, there is a sentence that says why."""
    for method in methodology_chooser.METHODS.values():
        assert list(method.fits) == list(methodology_chooser.OPTIONS)
        for name, fit in method.fits.items():
            assert len(fit.points) == len(methodology_chooser.OPTIONS[name])
            assert set(fit.points) <= {0, 1, 2, 3}
            assert bool(fit.reason_for) == (max(fit.points) > 1)
            assert bool(fit.reason_against) == (min(fit.points) == 0)


def test_equal_points_keep_the_order_of_the_playbook() -> None:
    """A ranking does not depend on chance."""
    given_ = {"deal_size": "medium", "cycle": "medium", "deciders": "few", "awareness": "problem"}
    rows = outputs("methodology-chooser", given_ | {"initiator": "seller"})["ranking"]

    equal = [row.name for row in rows if row.points == Decimal(7)]
    assert equal == ["Inbound", "Consultative selling"]
