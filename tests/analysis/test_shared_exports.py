"""Exports of ../shared/data and faults that other importers have, each read as its README says; they may not ship."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from calculators.analysis import Analysis, Choices, Mapping, analyse
from tests.worked_examples import SHARED_DATA

pytestmark = pytest.mark.skipif(not SHARED_DATA.exists(), reason="../shared/data is not here")
TODAY = date(2026, 11, 29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """The right reading of a file: outcomes (None: not to be had), roles and orders of columns, doubts and notes."""

    encoding: str = "utf-8"
    delimiter: str = ","
    rows: int
    counts: tuple[int | None, int | None, int | None] = (None, None, None)
    roles: dict[str, str | None] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    amounts: tuple[str, ...] = ()
    open_doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    set_aside: dict[str, int] = field(default_factory=dict)
    currency: str = ""


EXPORTS = {
    "02-bitrix24-ru.csv": Right(
        rows=12, counts=(2, 1, 9), currency="RUB", notes=("duplicate_ids", "negative_amounts"),
        roles={"stage_id": "stage", "manager_id": "owner", "expected_amount": "amount"},
    ),
    "05-hubspot-es-semicolon.csv": Right(
        encoding="utf-8-sig", delimiter=";", rows=500, counts=(6, 13, 481), currency="USD",
        orders={"close_date": "day_first", "deal_created_date": "day_first"}, roles={"close_date": "closed"},
    ),
    "07-dynamics365-lost-only.csv": Right(
        rows=20, notes=("no_outcome",), roles={"Actual Close Date": "closed", "Est. Revenue": "amount"},
    ),
    "09-salesforce-sfdmu-NA.csv": Right(rows=5, counts=(1, 0, 4), roles={"Name": "name", "StageName": "stage"}),
    "11-dates-per-stage-de.csv": Right(
        rows=25, counts=(5, 8, 12),
        roles={"Erstgespräch": "stage", "Absage": "closed", "Absage - Grund": "lost_reason"},
    ),
    "12-mdy-true-false.csv": Right(
        rows=1061, counts=(697, 364, 0), roles={"IsAccepted": "outcome", "": None},
        orders={"CreatedDate": "month_first", "AcceptedDecisionDate": "month_first"},
    ),
    "15-warehouse-salesforce.csv": Right(
        rows=10, counts=(5, 4, 1), notes=("unread_values",), roles={"is_closed": "outcome", "is_won": "outcome"},
    ),
    "17-espocrm-el-cp1253.csv": Right(
        encoding="cp1253", delimiter=";", rows=4, counts=(1, 1, 2), currency="EUR",
        amounts=("12500", "8200.50", "1250", "19900"), orders={"Ημερομηνία Κλεισίματος": "day_first"},
    ),
    "19-sugarcrm-ko-cp949.csv": Right(
        encoding="cp949", rows=4, counts=(1, 1, 2), currency="KRW", notes=("planned_close_only",),
        amounts=("12500000", "8200000", "3000000", "120000000"),
        roles={"가능성": "amount", "성공확률 (%):": "probability", "마감 예정일": "expected_close"},
        orders={"생성일": "year_first"},
    ),
    "21-freshsales-dmy-dash.csv": Right(
        rows=3, counts=(1, 1, 1), orders={"Created at": "day_first", "Closed date": "day_first"},
        roles={"Expected deal value": None, "Closed date": "closed", "Expected close": "expected_close"},
    ),
    "23-24sevenoffice-codes.csv": Right(
        encoding="cp1252", delimiter=";", rows=3, open_doubts=("outcome_unknown",),
        amounts=("125000.50", "82000", "1250000"),
        roles={"SalesOpportunityCloseDate": "expected_close", "SalesOpportunityClosedDate": "closed"},
    ),
    "25-excel-ko-note-row.csv": Right(
        encoding="utf-8-sig", rows=3, counts=(1, 0, 2), amounts=("120000000", "85000000", "30000000"), currency="KRW",
        set_aside={"no_deal": 1}, roles={"연도": None, "진행단계": "stage"},
    ),
}  # fmt: skip
FAULTS = {
    "bug-01.csv": Right(
        delimiter=";", rows=3, counts=(2, 1, 0), notes=("planned_close_only",),
        orders={"Expected Close Date": "day_first", "Date Created": "day_first"},
    ),
    "bug-03.csv": Right(rows=2, notes=("no_outcome",), orders={"close date": "month_first"}),
    "bug-05.csv": Right(delimiter=";", rows=2, amounts=("100", "200"), notes=("no_outcome",)),
    "bug-07.csv": Right(encoding="utf-8-sig", rows=2, amounts=("100", "200"), roles={"Deal": "name"}),
    "bug-09.csv": Right(rows=4, counts=(3, 1, 0), open_doubts=("mixed_dates",)),
    "bug-11.csv": Right(
        delimiter=";", rows=3, amounts=("-110.7", "-116.62", "1109.78"), currency="EUR", notes=("negative_amounts",),
    ),
    "bug-13.csv": Right(encoding="utf-16-le", delimiter="\t", rows=2, roles={"Record ID": "deal_id"}),
    "bug-15.csv": Right(rows=2, orders={"Close date": "day_first"}),
}  # fmt: skip
FILES = {f"exports/{name}": right for name, right in EXPORTS.items()} | {
    f"import-faults/{name}": right for name, right in FAULTS.items()
}


def as_right(analysis: Analysis, right: Right) -> Right:
    """Return an analysis in the shape of the right reading, of what that names."""
    understood, profiles = analysis.understood, {each.name: each for each in analysis.loaded.profiles}
    figures, deals = analysis.figures, understood.deals
    amounts = [deals.amount(deal) for deal in range(len(deals))]
    chosen, readings = understood.chosen, understood.readings
    codes = {note.code for note in understood.notes}
    return Right(
        encoding=analysis.loaded.table.facts.encoding or "",
        delimiter=analysis.loaded.table.facts.delimiter or "",
        rows=len(deals),
        counts=(figures.won, figures.lost, figures.open),
        roles={
            name: chosen[profiles[name].place].role if profiles[name].place in chosen else None for name in right.roles
        },
        orders={name: readings[profiles[name].place].order or "" for name in right.orders},
        amounts=tuple(text for text, amount in zip(right.amounts, amounts, strict=False) if Decimal(text) == amount),
        open_doubts=tuple(doubt.code for doubt in analysis.open_doubts),
        notes=tuple(code for code in right.notes if code in codes),
        set_aside={each.code: len(each.lines) for each in understood.set_aside},
        currency=understood.currency,
    )


@pytest.mark.parametrize("name", FILES)
def test_an_export_is_read_as_it_says(name: str) -> None:
    """What is odd about it is met, and nothing else is in doubt."""
    analysis = analyse(SHARED_DATA / name, today=TODAY)
    assert as_right(analysis, FILES[name]) == FILES[name]


def test_a_history_of_stages_is_joined_by_id() -> None:
    """Doubled rows count once, and a deal that the file does not have is said."""
    analysis = analyse(
        SHARED_DATA / "exports/02-bitrix24-ru.csv",
        history=SHARED_DATA / "exports/02b-bitrix24-ru-stage-history.csv",
        today=TODAY,
    )
    days = analysis.understood.deals.entered
    assert {stage: sum(1 for day in entered if day) for stage, entered in days.items()}["QUALIFICATION"] == 1
    assert any(note.code == "history_without_deal" for note in analysis.understood.notes)


def test_codes_that_were_explained_are_read() -> None:
    """Status 2 is won and 3 lost; the stage 2 of an open deal is another thing."""
    options = Mapping().with_decision("outcome:2", "won").with_decision("outcome:3", "lost")
    analysis = analyse(SHARED_DATA / "exports/23-24sevenoffice-codes.csv", Choices(options=options), today=TODAY)
    assert (analysis.figures.won, analysis.figures.lost, analysis.figures.open) == (1, 1, 1)
    assert not analysis.open_doubts


def test_a_forced_order_sets_no_day_that_does_not_exist() -> None:
    """Day first against the file: 07/30/2023 is no day, and is named with its line."""
    options = Mapping().with_decision("date_order", "day_first")
    analysis = analyse(SHARED_DATA / "import-faults/bug-03.csv", Choices(options=options), today=TODAY)
    note = next(note for note in analysis.understood.notes if note.code == "unread_values")
    assert (note.values["rows"], note.values["lines"]) == (1, [2])


def test_the_maven_deals() -> None:
    """8,800 deals from the file itself: every figure that it can give (figures beside them: test_figures_maven)."""
    path: Path = SHARED_DATA / "maven" / "sales_pipeline.csv"
    figures = analyse(path, today=TODAY).figures
    assert (figures.deals, figures.won, figures.lost, figures.open) == (8800, 4238, 2473, 2089)
    assert figures.win_rate is not None
    assert float(figures.win_rate.value) == pytest.approx(0.6315005215318135)
    assert figures.won_value == 10005534
