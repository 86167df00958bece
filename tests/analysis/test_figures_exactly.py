"""Every part of a figure with its exact value, and the deals behind it: what a change of one sign would spoil."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given

from calculators.analysis.figures.all_figures import figures
from calculators.analysis.figures.effects import effect_of
from calculators.analysis.figures.left_out import deals_left_out
from calculators.analysis.figures.rows import deals_behind
from calculators.analysis.figures.sizes import size_group
from calculators.analysis.figures.view import View
from calculators.analysis.gate.notes import Notes
from calculators.analysis.reading.progress import finished
from calculators.analysis.report.saying import Saying
from tests.analysis.deals_by_hand import Deal, circumstances, deals_of
from tests.analysis.few_deals import AS_OF, LOST, OPEN, SIX, WON, found
from tests.analysis.random_deals import files
from tests.cases import cases


def left_out(deals: list[Deal], code: str, figure: str) -> list[int]:
    """Return the places of the deals that a figure left out."""
    return deals_left_out(code, figure, deals_of(deals), circumstances(AS_OF))


def behind(deals: list[Deal], name: str) -> list[int]:
    """Return the places of the deals behind a figure."""
    return deals_behind(name, deals_of(deals), circumstances(AS_OF))


@cases(40)
@given(files(has_history=True))
def test_every_note_is_a_whole_sentence(deals: list[Deal]) -> None:
    """Whatever the deals: nothing that a note counts is missing, and no name of a value is left in its sentence."""
    notes = Notes()
    figures(deals_of(deals), circumstances(AS_OF, quota=1000), notes, ("owner", "size"))

    for note in notes:
        assert None not in note.values.values(), note
        assert not re.search(r"[{}]", Saying("en").note(note)), note


def test_what_a_decision_changes() -> None:
    """Each of the figures shown before a decision is that of the whole answer, each at its name."""
    deals = [*SIX, OPEN, OPEN]
    effect = finished(effect_of(deals_of(deals), circumstances(AS_OF)))
    answer = found(deals)[0].to_json()

    assert effect == {
        **{name: answer[name] for name in ("deals", "won", "lost", "open", "won_value", "open_value")},
        "win_rate": answer["win_rate"]["value"],
        "cycle_median_days": answer["cycle"]["median_days"],
        "cycles": answer["cycle"]["n"],
    }
    assert finished(effect_of(deals_of([]), circumstances(AS_OF)))["win_rate"] is None


def test_amounts_of_zero_missing_and_below_zero_are_told_apart() -> None:
    """A won deal with an amount of zero has one; without any, it is another case; lost deals are in neither."""
    deals = [
        WON,
        replace(WON, amount=Decimal(0)),
        replace(WON, amount=None),
        replace(WON, amount=Decimal(-5)),
        replace(LOST, amount=Decimal(0)),
        replace(LOST, amount=Decimal(-7)),
    ]

    for figure in ("deal_size", "won_value"):
        assert left_out(deals, "amount_zero", figure) == [1]
        assert left_out(deals, "without_amount", figure) == [2]
        assert left_out(deals, "negative_amounts", figure) == [3]
    assert left_out(deals, "amount_zero", "lost_value") == [4]
    assert left_out(deals, "negative_amounts", "lost_value") == [5]
    assert left_out(deals, "won_without_amount", "win_rate_by_value") == [1, 2]
    assert left_out(deals, "lost_value_zero", "win_rate_by_value") == [4, 5]
    assert left_out(deals, "won_value_zero", "win_rate_by_value") == [0, 1, 2, 3]


def test_won_deals_without_a_day_are_in_no_period() -> None:
    """The note about revenue counts won deals alone: those without a close date, and those dated in the future."""
    deals = [
        WON,
        replace(WON, closed=None),
        replace(WON, closed=AS_OF + timedelta(days=1)),
        replace(LOST, closed=None),
    ]

    for figure in ("revenue", "revenue_by_month"):
        assert left_out(deals, "without_close_date", figure) == [1]
        assert left_out(deals, "closed_in_future", figure) == [2]


def test_every_figure_of_a_pipeline_is_that_of_its_deals() -> None:
    """Beside the whole stands what the file of that pipeline alone would say."""
    of_new = [replace(deal, groups={"pipeline": "New"}) for deal in (*SIX, OPEN)]
    others = [replace(WON, groups={"pipeline": "Old"}), replace(OPEN, groups={"pipeline": "Old"})]

    rows = found([*of_new, *others])[0].to_json()["pipelines"]
    alone = found(of_new)[0].to_json()

    assert [row["pipeline"] for row in rows] == ["New", "Old"]
    assert {name: value for name, value in rows[0].items() if name != "pipeline"} == {
        name: alone[name] for name in rows[0] if name != "pipeline"
    }


def test_lost_deals_without_amounts_are_counted_where_no_class_of_size_is() -> None:
    """The note says how many lost deals there are, and how many of them have no amount."""
    notes = Notes()
    lost = [replace(LOST, amount=None), replace(LOST, amount=Decimal(0))]
    view = View(deals_of([WON, WON, *lost]), circumstances(AS_OF))
    assert finished(size_group(view, notes, "slices.size")) is None
    assert [(note.code, note.values["deals"], note.values["missing"]) for note in notes] == [("lost_value_zero", 2, 1)]


def test_growth_rests_on_the_first_and_the_last_whole_quarter() -> None:
    """Deals won between them, or in the quarter that is not over, are not behind it; without whole quarters none is."""
    whole = [date(2024, 1, 5), date(2024, 2, 6), date(2024, 5, 7), date(2024, 8, 8)]
    days = [date(2023, 11, 10), *whole, date(2024, 11, 20)]
    deals = [replace(WON, created=date(2023, 11, 1), closed=day) for day in days]
    as_of = circumstances(date(2024, 11, 25))

    assert deals_behind("growth_per_quarter", deals_of(deals), as_of) == [1, 2, 4]
    assert deals_behind("growth_per_quarter", deals_of(deals[-1:]), as_of) == []


def test_the_stalled_deals_of_a_stage() -> None:
    """Behind a stage's stalled deals stand those of that stage alone."""
    old, new = AS_OF - timedelta(days=300), AS_OF - timedelta(days=2)
    stages = ("Demo", "Offer")
    closed = [
        replace(WON, created=AS_OF - timedelta(days=60), closed=AS_OF - timedelta(days=50), groups={"stage": "Closed"})
    ] * 12
    deals = [
        *(replace(OPEN, created=day, groups={"stage": stage}) for stage in stages for day in (old, new)),
        *closed,
    ]

    assert behind(deals, "stalled") == [0, 2]
    assert behind(deals, "stalled:Demo") == [0]
    assert behind(deals, "stalled:Offer") == [2]
    assert behind(deals, "stages:Offer") == [2, 3]


def test_what_stalls_by_a_history_is_told_by_the_clock_of_the_stage() -> None:
    """Open for long, but in its stage since last week: by its creation it would have stalled."""
    entered = AS_OF - timedelta(days=60)
    demo = {"stage": "Demo"}
    moved = [
        replace(WON, created=entered, closed=entered + timedelta(days=20), entered={"Demo": entered}, groups=demo)
    ] * 5
    since = [(AS_OF - timedelta(days=300), AS_OF - timedelta(days=41)), (AS_OF - timedelta(days=300), AS_OF)]
    since.append((AS_OF - timedelta(days=300), AS_OF - timedelta(days=40)))
    open_deals = [replace(OPEN, created=created, entered={"Demo": day}, groups=demo) for created, day in since]

    # Twice the median of 20 days.
    assert behind([*open_deals, *moved], "stalled") == [0]
    assert behind([*open_deals, *moved], "stalled:Demo") == [0]


def test_a_cohort_without_won_or_without_lost_deals_has_a_rate_of_its_own() -> None:
    """None won is none, of five and not of four; so it is with lost ones."""
    for outcome, rate in ((LOST, 0), (WON, 1)):
        for number, expected in ((5, rate), (4, None)):
            cohorts = found([*SIX, *[replace(outcome, created=date(2024, 4, 1), closed=date(2024, 4, 10))] * number])[
                0
            ].cohorts
            assert cohorts is not None
            assert [(each.created, each.win_rate) for each in cohorts] == [
                ("2024-Q2", expected),
                ("2024-Q4", Decimal("0.5")),
            ]


def test_groups_keep_their_names_while_outcomes_are_in_doubt() -> None:
    """How many deals each owner has is known even then; won, lost and rates are not."""
    deals = [replace(WON, groups={"owner": owner}) for owner in ("Ana", "Ana", "Ben", None)]

    rows = found(deals, "outcome_unknown", by=["owner"])[0].slices["owner"]

    assert [(row.value, row.deals, row.won, row.is_small) for row in rows] == [
        ("Ana", 2, None, None),
        ("Ben", 1, None, None),
        (None, 1, None, None),
    ]
