"""What is taken, left out or not used is said: amounts, closing days, answers, and a day of the reader's own."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculators.analysis import Analysis, Choices, Mapping, analyse
from calculators.analysis.figures.view import View
from calculators.analysis.page.view import page_of
from calculators.analysis.page.writing import Writing
from calculators.analysis.report.answer import answer

TODAY = date(2026, 11, 29)
DEALS = """Id,Deal,Stage,Amount,Created,Close Date,Probability
1,A,Closed Won,5,2025-01-13,2025-03-01,100
2,B,Closed Lost,6,2025-01-14,2025-06-03,0
3,C,Demo,7,2025-02-01,2025-12-12,40
4,D,Demo,8,2025-08-01,2025-12-12,40
"""
HISTORY = """Deal ID,Stage,Entered
1,Qual,2025-01-13
1,Demo,2025-02-13
2,Qual,2025-01-20
2,Demo,2025-05-20
3,Qual,2025-02-01
3,Demo,2025-06-02
"""


def read(text: str, *, history: str | None = None, **chosen: Any) -> Analysis:
    """Return the analysis of a table."""
    stages = None if history is None else history.encode()
    return analyse(text.encode(), Choices(**chosen), name="deals.csv", history=stages, today=TODAY)


def note(analysis: Analysis, code: str) -> dict[str, Any] | None:
    """Return what fills the sentence of a note, None where it is not there."""
    return next((each.values for each in analysis.understood.notes if each.code == code), None)


def test_closing_days_that_differ_are_named() -> None:
    """With their lines, and which of the two counts."""
    analysis = read(
        "Deal,Status,Won time,Lost time,Deal closed on\nA,Won,2025-02-01,,2025-02-03\nB,Lost,,2025-02-01,2025-02-01\n"
        "C,Open,,,\n"
    )
    assert note(analysis, "closing_days_differ") == {
        "deals": 1, "first": "Won time", "second": "Deal closed on", "lines": [2],
    }  # fmt: skip
    assert date.fromordinal(analysis.understood.deals.closed[0]) == date(2025, 2, 1)


def test_amounts_that_are_not_used_are_named() -> None:
    """And the one that is."""
    analysis = read("Deal,Stage,Amount,ACV,Amount (converted),Budget\nA,Won,5,1,2,3\nB,Lost,6,1,2,3\n")
    assert note(analysis, "other_amounts") == {"column": "Amount", "names": ["ACV", "Amount (converted)", "Budget"]}
    assert note(read(DEALS), "other_amounts") is None


@pytest.mark.parametrize(
    ("text", "role", "rows"),
    [
        ("Deal,Stage,Amount\nA,Won,5\nB,Lost,soon\nC,Demo,ask Bob\nD,Demo,7\n", "amount", 2),
        ("Deal,Stage,Created\nA,Won,2025-01-01\nB,Lost,soon\nC,Demo,2025-02-02\n", "created", 1),
        ("Deal,Stage,Created\nA,Won,Jan 2025\nB,Lost,Feb 2025\n", "created", 2),
    ],
)
def test_a_column_that_loses_its_role_is_named(text: str, role: str, rows: int) -> None:
    """More than one in five of its values are none, or all."""
    said = note(read(text), "role_lost")
    assert said is not None
    assert (said["role"], said["rows"]) == (role, rows)


def test_an_id_is_no_amount() -> None:
    """Too large for any currency: it counts as empty, with its line, and takes no decimals from the others."""
    analysis = read("Deal,Stage,Amount\nA,Won,1000000000000000123\nB,Lost,100.55\nC,Demo,7.25\nD,Won,8\n")
    assert (analysis.figures.won_value, analysis.figures.open_value) == (Decimal(8), Decimal("7.25"))
    said = note(analysis, "absurd_amounts")
    assert said is not None
    assert (said["rows"], said["lines"]) == (1, [2])


def test_an_amount_out_of_proportion_is_said() -> None:
    """A phone number among amounts counts, as nobody can say, and is to be checked."""
    rows = "".join(f"D{number},Closed Won,{1000 + number}\n" for number in range(8))
    assert note(read(f"Deal,Stage,Amount\n{rows}E,Closed Lost,491701234567\n"), "outlying_amounts") == {
        "deals": 1, "lines": [10],
    }  # fmt: skip
    assert note(read(f"Deal,Stage,Amount\n{rows}E,Closed Lost,900000\n"), "outlying_amounts") is None


def test_answers_that_fit_nothing_are_named() -> None:
    """Of a mapping only its columns: another export may well lack a word."""
    options = Mapping().with_decision("outcome:Foo", "lost").with_decision("date_order", "day_first")
    mapping = Mapping(columns={"Betrag": "amount", "Notiz": None}, outcomes={"Bar": "won"})
    said = note(read(DEALS, options=options, mapping=mapping), "unused_answers")
    assert said == {"names": ["Betrag", "outcome:Foo", "date_order"], "count": 3}
    assert note(read(DEALS, mapping=read(DEALS).mapping), "unused_answers") is None


def test_a_past_day_shows_the_pipeline_of_that_day() -> None:
    """What was decided later was open, what was created later was not there, and the headline agrees."""
    analysis = read(DEALS, as_of=date(2025, 4, 1))
    figures = analysis.figures
    assert (figures.deals, figures.won, figures.lost, figures.open) == (3, 1, 0, 2)
    assert figures.open_value == 13
    assert {each.code: each.lines for each in analysis.understood.set_aside} == {"created_later": [5]}
    assert note(analysis, "as_of_that_day") == {"date": date(2025, 4, 1), "reopened": 1, "created": 1}
    answered = answer(analysis)
    page = page_of(answered, View(analysis.understood.deals, analysis.understood.circumstances), Writing("en"))
    assert "2 open deals worth 13" in page["headline"]
    assert page["as_of"]["text"].startswith("As of April 1, 2025: ")


def test_a_past_day_knows_no_later_stage() -> None:
    """Open deals stand where the history has them on that day; the end of a reopened one is no stage."""
    stages = read(DEALS, as_of=date(2025, 4, 1), history=HISTORY).figures.stages
    assert stages is not None
    assert [(stage.stage, stage.deals) for stage in stages] == [("Qual", 2)]
    without = read(DEALS, as_of=date(2025, 4, 1)).figures.stages
    assert without is not None
    assert [(stage.stage, stage.deals) for stage in without] == [("Demo", 1), (None, 1)]


@pytest.mark.parametrize(
    ("as_of", "code"), [(date(2025, 12, 31), None), (date(2027, 4, 1), "as_of_in_future"), (None, None)]
)
def test_a_day_on_which_all_was_known_changes_no_deal(as_of: date | None, code: str | None) -> None:
    """Nor one that is still to come, which is said."""
    analysis = read(DEALS, as_of=as_of)
    assert (analysis.figures.won, analysis.figures.lost, analysis.figures.open) == (1, 1, 2)
    said = {note.code for note in analysis.understood.notes if note.code.startswith("as_of")}
    assert said == ({code} if code else set())


def test_a_decision_still_to_come_is_a_slip_and_not_reopened() -> None:
    """A year mistyped on a won deal does not make it open on a past day."""
    analysis = read(DEALS.replace("2025-03-01", "2030-03-01"), as_of=date(2025, 4, 1))
    assert analysis.figures.won == 1
    assert note(analysis, "closed_in_future") is not None


def test_no_sum_of_probabilities() -> None:
    """Nor of ids: a sum stands where it means something."""
    profiles = {column["name"]: column["profile"] for column in answer(read(DEALS))["columns"]}
    assert (profiles["Amount"]["sum"], profiles["Probability"]["sum"], profiles["Id"]["sum"]) == (26, None, None)


@pytest.mark.parametrize(
    ("language", "line", "lines", "day"),
    [
        ("en", "(line 2)", "(lines 2, 3)", "April 1, 2027"),
        ("ko", "(줄 번호 2)", "(줄 번호 2, 3)", "2027년 4월 1일"),
        ("ja", "（行番号：2）", "（行番号：2、3）", "2027年4月1日"),
        ("el", "(γρ. 2)", "(γρ. 2, 3)", "1 Απριλίου 2027"),
    ],
)
def test_lines_and_days_are_written_as_readers_do(language: str, line: str, lines: str, day: str) -> None:
    """One line is a line, and no sentence holds an ISO date."""
    text = "Deal,Stage,Created,Close Date\nA,Closed Won,2025-05-01,2025-03-01\nB,Closed Lost,2025-01-01,2025-02-01\n"

    def sentences(table: str) -> list[str]:
        return [each["text"] for each in answer(read(table, as_of=date(2027, 4, 1)), language)["notes"]]

    one, two = sentences(text), sentences(text.replace("B,Closed Lost,2025-01-01", "B,Closed Lost,2025-04-01"))
    assert any(line in sentence for sentence in one)
    assert any(lines in sentence for sentence in two)
    assert any(day in sentence for sentence in one)
    assert not any("2027-04-01" in sentence for sentence in one)
