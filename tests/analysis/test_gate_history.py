"""A history of stages: alone, of all fields, with ids of its own, and with dates that only a person can read."""

from datetime import date

import pytest

from calculators.analysis import Analysis, Choices, Mapping, analyse
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report.answer import answer

TODAY = date(2026, 11, 29)
DEALS = """Deal ID,Name,Stage,Amount,Created,Close Date
1,A,Closed Won,5,2025-01-13,2025-03-01
2,B,Closed Lost,6,2025-01-14,2025-03-03
3,C,Demo,7,2025-02-01,
"""
FIELDS = """Id,OpportunityId,Field,OldValue,NewValue,CreatedDate
90,1,StageName,Qualification,Demo,2025-01-20
91,1,Amount,4,5,2025-01-21
92,1,StageName,Demo,Closed Won,2025-03-01
93,2,StageName,Qualification,Demo,2025-01-22
94,3,CloseDate,2025-01-01,2025-02-02,2025-02-02
95,2,StageName,Demo,Closed Lost,2025-03-03
"""
UNCLEAR = "Deal ID,Stage,Entered\n1,Qual,01/02/2025\n1,Demo,03/04/2025\n2,Qual,01/02/2025\n"


def read(history: str, deals: str = DEALS, **decided: str) -> Analysis:
    """Return the analysis of deals with a history."""
    options = Mapping()
    for code, value in decided.items():
        options = options.with_decision(code, value)
    return analyse(deals.encode(), Choices(options=options), name="deals.csv", history=history.encode(), today=TODAY)


def days(analysis: Analysis) -> dict[str, list[str]]:
    """Return the day on which each deal entered each stage, "" where it never did."""
    entered = analysis.understood.deals.entered
    return {
        stage: [date.fromordinal(day).isoformat() if day else "" for day in each] for stage, each in entered.items()
    }


@pytest.mark.parametrize(
    ("text", "rows", "deals"),
    [
        (FIELDS, 6, 3),
        ("event_id,deal_id,old_stage_id,new_stage_id,changed_at\n1,D1,,A,2026-06-01\n2,D1,A,WON,2026-06-02\n", 2, 1),
        ("Deal ID,Stage,Entered\n1,Qual,2025-01-01\n1,Demo,2025-01-11\n2,Qual,2025-01-02\n2,Won,2025-02-02\n", 4, 2),
        (
            "Id,OpportunityId,StageName,Amount,CreatedDate,CloseDate\n1,a,Qual,5,2025-01-01,2025-05-01\n"
            "2,a,Demo,5,2025-01-11,2025-05-01\n3,b,Qual,6,2025-01-02,2025-05-01\n4,b,Won,6,2025-02-02,2025-02-02\n",
            4, 2,
        ),
        ("거래 ID,변경 전 단계,변경 후 단계,변경일\n1,상담,제안,2025-01-01\n1,제안,수주,2025-01-09\n", 2, 1),
    ],
)  # fmt: skip
def test_a_history_alone_is_no_file_of_deals(text: str, rows: int, deals: int) -> None:
    """Its changes would count as deals."""
    with pytest.raises(Refused) as refused:
        analyse(text.encode(), name="stages.csv", today=TODAY)
    assert (refused.value.code, refused.value.values) == ("history_alone", {"rows": rows, "deals": deals})


@pytest.mark.parametrize(
    "text",
    [
        "Opportunity ID,Stage,Amount,Product\n1,Closed Won,5,P\n1,Closed Won,5,Q\n2,Demo,5,P\n2,Demo,5,Q\n",
        "Deal ID,Name,Stage,Previous Stage,Amount\n1,A,Won,Demo,5\n2,B,Lost,Demo,6\n",
        "Deal ID,Name,Stage,Last Modified,Amount\n1,A,Won,2025-01-01,5\n2,B,Lost,2025-01-02,6\n",
    ],
)
def test_other_files_with_ids_that_recur_or_earlier_stages_are_deals(text: str) -> None:
    """One row for each product, the stage before, the last change."""
    assert analyse(text.encode(), name="deals.csv", today=TODAY).figures.deals


def test_only_rows_about_the_stage_count() -> None:
    """A history of all fields has amounts as new values, and ids of its own under the same header."""
    analysis = read(FIELDS)
    assert days(analysis) == {
        "Demo": ["2025-01-20", "2025-01-22", ""],
        "Closed Won": ["2025-03-01", "", ""],
        "Closed Lost": ["", "2025-03-03", ""],
    }
    notes = {note.code: note.values for note in analysis.understood.notes}
    assert notes["history_of_others"] == {"rows": 2}
    assert "history_without_deal" not in notes


def test_the_day_of_a_change_is_the_one_that_changes() -> None:
    """Not the creation of the deal, wherever it stands."""
    analysis = read(
        "Opportunity ID,Created Date,From Stage,To Stage,Last Modified\n1,2025-01-13,Qual,Demo,2025-01-20\n"
        "1,2025-01-13,Demo,Closed Won,2025-03-01\n2,2025-01-14,Qual,Demo,2025-01-22\n"
    )
    assert days(analysis) == {"Demo": ["2025-01-20", "2025-01-22", ""], "Closed Won": ["2025-03-01", "", ""]}


def test_ids_of_both_lengths_are_the_same() -> None:
    """Salesforce writes 15 letters in reports and 18 elsewhere."""
    analysis = read(FIELDS.replace(",1,", ",006A0000001AbCd,"), DEALS.replace("\n1,", "\n006A0000001AbCdEFG,"))
    assert days(analysis)["Closed Won"] == ["2025-03-01", "", ""]


def test_the_order_of_its_dates_is_a_question_of_its_own() -> None:
    """What does not need it is answered; decided, it is read so."""
    analysis = read(UNCLEAR)
    assert [(doubt.code, doubt.column) for doubt in analysis.open_doubts] == [("history_date_order", "Entered")]
    assert (analysis.figures.won, analysis.figures.stage_conversion, analysis.figures.stalled) == (1, None, None)
    assert analysis.figures.cycle is not None
    assert days(read(UNCLEAR, history_date_order="month_first"))["Qual"][0] == "2025-01-02"
    decided = read(UNCLEAR, history_date_order="day_first")
    assert days(decided)["Qual"][0] == "2025-02-01"
    assert not decided.open_doubts
    assert answer(decided)["mapping"]["decisions"] == {"history_date_order": "day_first"}


@pytest.mark.parametrize(("created", "entered"), [("13/01/2025", "2025-02-01"), ("01/13/2025", "2025-01-02")])
def test_dates_of_the_deals_decide_for_the_history(created: str, entered: str) -> None:
    """Both files come from one program."""
    deals = DEALS
    for day in ("2025-01-13", "2025-01-14", "2025-02-01"):
        deals = deals.replace(day, created)
    analysis = read(UNCLEAR, deals)
    assert days(analysis)["Qual"][0] == entered
    assert not analysis.open_doubts


def test_rows_without_a_date_are_said() -> None:
    """A day that does not exist is none."""
    notes = {note.code for note in read(UNCLEAR + "2,Demo,soon\n1,Won,14/05/2025\n").understood.notes}
    assert "history_without_day" in notes


def test_two_tables_of_deals_are_no_deals_with_a_history() -> None:
    """The deals of another year would pass for changes of stage, each on the day of its creation."""
    with pytest.raises(Refused) as refused:
        read(DEALS.replace("2025", "2024"))
    assert refused.value.code == "too_many_files"


def test_damaged_ids_make_no_history() -> None:
    """Rounded by a spreadsheet program, ids of different deals are the same."""
    text = "Deal ID,Stage,Amount,Created\n1.2E+11,Won,5,2025-01-01\n1.2E+11,Lost,6,2025-01-01\n1.3E+11,Demo,6,\n"
    assert analyse(text.encode(), name="deals.csv", today=TODAY).figures.deals == 3
