"""Small exports that were read wrong once: each is right now, or asked about."""

from datetime import date
from decimal import Decimal

import pytest

from calculators.analysis import Analysis, Choices, Mapping, analyse
from calculators.analysis.gate.number_shapes import read_number
from calculators.analysis.reading.table import MOST_TEXTS, Column

TODAY = date(2026, 11, 29)
PRODUCTS = "".join(
    f"006{number},D{number},{'Closed Won' if number < 3 else 'Closed Lost'},1000,{product}\n"
    for number in range(6)
    for product in "PQ"
)


def read(text: str, mapping: Mapping | None = None) -> Analysis:
    """Return the analysis of a table."""
    return analyse(text.encode(), Choices(mapping=mapping or Mapping()), name="deals.csv", today=TODAY)


def counts(analysis: Analysis) -> tuple[int | None, int | None, int | None]:
    """Return won, lost and open."""
    return analysis.figures.won, analysis.figures.lost, analysis.figures.open


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Topic,Status,Amount,Currency\nA,Won,1,US Dollar\nB,Won,1,Euro\nC,Lost,1,US Dollar\n", "several_currencies"),
        ("Topic,Status,Est. Revenue,Currency\nA,Won,100,USD\nB,Won,100,KES\nC,Lost,100,USD\n", "several_currencies"),
        ("Deal,Stage,Amount\nA,Closed Won,1000 kr\nB,Closed Won,€500\nC,Lost,€1\n", "several_currencies"),
        ("Deal,Won,Close Date\nA,TRUE,2025-01-02\nB,FALSE,2025-01-02\nC,FALSE,2026-12-31\n", "outcome_unknown"),
        ("Deal,Status,Closed Date\nA,Won,2025-01-01\nB,,2025-01-02\nC,Open,\nD,Lost,2025-01-01\n", "outcome_unknown"),
        ("Deal,Status\nA,1\nB,2\nC,3\nD,2\n", "outcome_unknown"),
        (
            "Deal,Stage,Close Date,Created\nA,Closed Won,2025-09-03,2025-01-01\nB,Closed Won,2025-05-05,2025-01-01\n"
            "C,Closed Lost,14/09/2025,2025-01-01\nD,Closed Won,2025-02-01,2025-01-01\n",
            "mixed_dates",
        ),
        ("Deal,Stage,Close Date\nA,Closed Won,4/3/08\nB,Closed Lost,5/6/25\nC,Closed Lost,9/11/12\n", "date_order"),
    ],
)  # fmt: skip
def test_what_was_taken_is_asked(text: str, doubt: str) -> None:
    """Currencies in words, ends that only a date tells, bare numbers, days that a spreadsheet may have swapped."""
    assert [each.code for each in read(text).open_doubts] == [doubt]


@pytest.mark.parametrize(
    ("text", "right", "won_value"),
    [
        ("Deal,Stage,Budget,Deal Value\nA,Closed Won,999,5\nB,Closed Lost,999,5\n", (1, 1, 0), 5),
        ("Deal,Stage,ACV,Amount,TCV\nA,Closed Won,999,5,3\nB,Closed Lost,999,5,3\n", (1, 1, 0), 5),
        ("Deal,Stage,Amount\nA,Closed Won,100\nB,Closed Lost,200\nC,Proposal,300\n,,600\n", (1, 1, 1), 100),
        ("Stage,Deal,Amount\nClosed Won,A,5\nClosed Won Total,,5\nClosed Lost,B,6\nGrand Total,,11\n", (1, 1, 0), 5),
        ('Deal,Stage,Amount\nA,Won,"1,234"\nB,Won,1.234\nC,Lost,"2,000"\nD,Demo,3.000\n', (2, 1, 1), 2468),
        ("Deal,Stage,Amount\nA,Won - renewal,5\nB,Lost - Competitor,5\nC,Nearly closed won,4\n", (1, 1, 1), 5),
        ("Deal,Stage,Amount,Amount\nA,Closed Won,100,9100\nB,Lost,1,2\n", (1, 1, 0), 100),
        (
            "Kunde;Angebot;Angebot unterschrieben;Absage\nA;2025-01-01;2025-02-01;\nB;2025-01-01;;2025-01-03\n",
            (1, 1, 0),
            None,
        ),
        ("No,영업기회명,영업단계,금액\n1,A,수주,5\n2,B,실주,6\n※ 부가세 별도,,,\n", (1, 1, 0), 5),
    ],
)  # fmt: skip
def test_what_was_wrong_is_right(text: str, right: tuple[int, int, int], won_value: int | None) -> None:
    """The plainest amount, totals without their word, reasons behind an end, headers that recur, remarks below."""
    analysis = read(text)
    assert counts(analysis) == right
    assert analysis.figures.won_value == won_value
    assert not analysis.open_doubts


@pytest.mark.parametrize(
    "text",
    [
        "Deal,Stage,Start Date,Created Date,Close Date\nA,Closed Won,2025-03-01,2025-01-01,2025-02-01\n",
        "Deal,Stage,Created Date,Close Date,End Date\nA,Closed Won,2025-01-01,2025-02-01,2026-02-01\n"
        "B,Open,2025-01-01,2025-03-01,\n",
        "Deal,Stage,Created,Close Date,Renewal Date\nA,Won,2025-01-01,2025-02-01,03/04/2026\n",
    ],
)  # fmt: skip
def test_a_cycle_runs_from_creation_to_close(text: str) -> None:
    """Not from a start of the contract, nor to its end; and a date that is not used asks nothing."""
    analysis = read(text)
    assert analysis.figures.cycle is not None
    assert analysis.figures.cycle.mean_days == 31


def test_short_years_beside_full_ones_stand_first() -> None:
    """25.03.20 in a column with 2025.04.22 is a day in March."""
    analysis = read(
        "거래명,단계,등록일,종료일\nA,수주,2025-01-02,25.03.20\nB,실주,2025-01-03,25.04.21\nC,수주,2025-01-03,2025.04.22\n"
    )
    assert [day and date.fromordinal(day).year for day in analysis.understood.deals.closed] == [2025, 2025, 2025]


@pytest.mark.parametrize(
    ("decided", "right", "won_value"),
    [
        ("", (6, 6, 0), 6000),
        ("each_row", (6, 6, 0), 6000),
        ("last_row", (3, 3, 0), 3000),
        ("added_up", (3, 3, 0), 6000),
    ],
)
def test_a_row_for_each_product_is_asked_about(decided: str, right: tuple[int, int, int], won_value: int) -> None:
    """Each counts until somebody decides, and that is said; what every choice makes of the figures stands beside it."""
    mapping = Mapping(decisions={"repeated_ids": decided} if decided else {})
    analysis = read(f"Opportunity ID,Opportunity Name,Stage,Amount,Product\n{PRODUCTS}", mapping)
    assert counts(analysis) == right
    assert analysis.figures.won_value == won_value
    [doubt] = analysis.understood.doubts
    assert (doubt.code, doubt.is_open, doubt.by) == ("repeated_ids", False, "mapping" if decided else "default")
    assert [choice.effect["won_value"] for choice in doubt.choices] == [6000, 3000, 6000]
    assert analysis.mapping.decisions == mapping.decisions
    is_kept = decided in {"", "each_row"}
    assert ("duplicate_ids" in {note.code for note in analysis.understood.notes}) == is_kept
    assert [(each.code, each.lines) for each in analysis.understood.set_aside] == (
        [] if is_kept else [("further_row", [2 * deal + (2 if decided == "last_row" else 3) for deal in range(6)])]
    )


@pytest.mark.parametrize("is_newest_first", [False, True])
def test_of_monthly_snapshots_the_latest_counts(*, is_newest_first: bool) -> None:
    """By the day of the snapshot, whichever way the file is sorted; a day of the deal itself does not tell."""
    rows = [
        f"2026-0{month}-28,D{deal},Deal {deal},{stage},{deal}00,2025-12-0{deal},2026-0{9 - month}-01,Ann"
        for month, stage in ((1, "Discovery"), (2, "Proposal"), (3, "Closed Won"))
        for deal in range(1, 6)
    ]
    rows = rows[::-1] if is_newest_first else rows
    text = (
        "Snapshot Date,Opportunity ID,Opportunity Name,Stage,Amount,Created Date,Close Date,Owner\n"
        + "\n".join(rows)
        + "\n"
    )
    analysis = read(text, Mapping(decisions={"repeated_ids": "last_row"}))
    assert counts(analysis) == (5, 0, 0)
    assert analysis.figures.won_value == 1500


def test_a_few_ids_that_recur_are_named_and_not_asked_about() -> None:
    """Somebody's mistake is no other kind of file."""
    deals = "".join(f"D{number},Won,100\n" for number in range(20))
    analysis = read(f"Id,Stage,Amount\n{deals}D1,Won,7\nD2,Lost,7\nD3,Lost,7\nD4,Lost,7\nD5,Lost,7\n")
    assert analysis.understood.doubts == []
    assert "duplicate_ids" in {note.code for note in analysis.understood.notes}


@pytest.mark.parametrize(
    "text",
    [
        "Id,Name,StageName,IsClosed,IsWon\n1,A,Signed,true,true\n2,B,Gone,true,false\n3,C,Talk,false,false\n",
        "Deal,Stage,Amount,Amount\nA,Closed Won,100,9100\nB,Lost,1,2\nC,Demo,3,4\n",
        "Deal,Stage,Actual Revenue\nA,Won,100\nB,Lost,200\nC,Demo,300\n",
    ],
)
def test_a_mapping_brings_the_same_answer(text: str) -> None:
    """Flags, headers that recur, an actual amount without an estimate."""
    first = read(text)
    assert counts(first) == (1, 1, 1)
    assert read(text, first.mapping).figures.to_json() == first.figures.to_json()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1억 2천", "120000000"),
        ("45 k€", "45000"),
        ("45K$", "45000"),
        ("Rs. 5,000.00", "5000"),
        ("₹1.5 Cr", "15000000"),
        ("2 millones", "2000000"),
        ("1.250,-", "1250"),
    ],
)
def test_amounts_as_they_are_said(text: str, value: str) -> None:
    """Signs behind words, words of other countries."""
    number = read_number(text)
    assert number is not None
    assert Decimal(value) in {number.dot, number.comma}


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2066", "\u2069"])
def test_no_text_of_a_file_turns_the_line_it_stands_on(sign: str) -> None:
    """Headers, stages and owners without it, a text with it the same as one without; marks of Hebrew words stay."""
    stages = ["Closed Won", f"{sign}Closed Won", f"Closed{sign} Lost", "Demo"]
    owners = ["Kim", f"{sign}Kim ", "\u200fדנה", sign]
    rows = "".join(f"{stage}-,{stage},5,{owner}\n" for stage, owner in zip(stages, owners, strict=True))
    analysis = read(f"Deal,Stage,{sign}Amount,Owner\n{rows}")

    assert counts(analysis) == (2, 1, 1)
    assert analysis.figures.won_value == 10
    assert [column.name for column in analysis.loaded.table.columns] == ["Deal", "Stage", "Amount", "Owner"]
    assert list(analysis.loaded.table.columns[3]) == ["Kim", "Kim", "\u200fדנה", ""]


def test_nor_does_one_of_a_long_column() -> None:
    """Where nearly every row has another text, they are held in another way."""
    column = Column("Id")
    column.extend([str(number) for number in range(MOST_TEXTS)])
    column.extend(["\u202egnp.exe", "plain"])

    assert list(column)[-2:] == ["gnp.exe", "plain"]
