"""`python -m calculators waterfall`: two exports of the same deals, joined by id, give the waterfall of a period."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.__main__ import main
from calculators.analysis.comparing.periods import period_from
from calculators.analysis.comparing.two_exports import STEPS, Deal, Waterfall, _follow
from calculators.analysis.gate.deals import LOST, NO_DAY, OPEN, WON
from calculators.analysis.page.session import Session
from calculators.analysis.reading.refused import Refused
from calculators.core.words.catalogue import LANGUAGES

HEAD = "Deal ID,Deal name,Stage,Amount,Create date,Close date\n"
FIRST = HEAD + (
    '1,Won at a discount,Proposal,"40,000",2026-05-02,2026-08-15\n'
    '2,Pushed,Proposal,"30,000",2026-05-03,2026-09-10\n'
    '3,Lost at zero,Proposal,"20,000",2026-05-04,2026-07-30\n'
    '4,Grows,Negotiation,"10,000",2026-05-05,2026-09-20\n'
    '5,Pulled in,Discovery,"15,000",2026-06-01,2026-11-20\n'
    '6,Pulled in and won,Discovery,"5,000",2026-06-02,2026-10-15\n'
    '7,Later still,Discovery,"70,000",2026-06-03,2026-12-10\n'
    '8,Reopened,Closed lost,"12,000",2026-03-01,2026-06-20\n'
    '9,Won before,Closed won,"50,000",2026-03-02,2026-06-25\n'
    '10,Deleted,Proposal,"8,000",2026-06-10,2026-08-01\n'
    '14,Won after the period,Proposal,"6,000",2026-06-11,2026-09-29\n'
)
SECOND = HEAD + (
    '1,Won at a discount,Closed won,"34,000",2026-05-02,2026-08-20\n'
    '2,Pushed,Proposal,"30,000",2026-05-03,2026-10-31\n'
    "3,Lost at zero,Closed lost,0,2026-05-04,2026-08-02\n"
    '4,Grows,Negotiation,"13,000",2026-05-05,2026-09-25\n'
    '5,Pulled in,Proposal,"16,000",2026-06-01,2026-09-28\n'
    '6,Pulled in and won,Closed won,"5,000",2026-06-02,2026-08-30\n'
    '7,Later still,Discovery,"75,000",2026-06-03,2026-12-10\n'
    '8,Reopened,Proposal,"11,000",2026-03-01,2026-09-15\n'
    '9,Won before,Closed won,"50,000",2026-03-02,2026-06-25\n'
    '11,Created,Discovery,"25,000",2026-07-10,2026-09-05\n'
    '12,Created and won,Closed won,"9,000",2026-07-12,2026-08-28\n'
    '13,Created for later,Discovery,"90,000",2026-08-01,2026-12-01\n'
    '14,Won after the period,Closed won,"6,000",2026-06-11,2026-10-02\n'
)
DOUBTFUL = HEAD + "1,A,Closed won,1,01/05/2026,02/08/2026\n4,B,Proposal,1,01/02/2026,03/09/2026\n"
# Added up by hand from the two tables above.
STEPS_BY_HAND = {
    "start": (["1", "2", "3", "4", "10", "14"], 114_000),
    "created": (["11", "12"], 34_000),
    "reopened": (["8"], 11_000),
    "pulled_in": (["5", "6"], 21_000),
    "pushed_out": (["2", "14"], 36_000),
    "won": (["1", "6", "12"], 48_000),
    "lost": (["3", "10"], 28_000),
}


def answered(
    capsys: pytest.CaptureFixture[str], folder: Path, first: str, second: str, *further: str
) -> tuple[int, dict[str, Any]]:
    """Return the exit status and the JSON for two files."""
    paths = []
    for name, text in (("june.csv", first), ("october.csv", second)):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    period = () if "--period" in further else ("--period", "2026-Q3")
    status = main(["waterfall", *map(str, paths), *period, *further, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_each_deal_takes_its_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind of deal, at the amount that the decision says, and what is counted at the end agrees."""
    status, answer = answered(capsys, tmp_path, FIRST, SECOND)

    assert status == 0
    assert answer["deals"] == {step: ids for step, (ids, _value) in STEPS_BY_HAND.items()}
    assert {step: answer["inputs"][f"{step}_value"] for step in STEPS} == {
        step: value for step, (_ids, value) in STEPS_BY_HAND.items()
    }
    assert (answer["inputs"]["raised_value"], answer["inputs"]["lowered_value"]) == (3_000, 6_000)
    # Of the second file alone: 13,000 + 16,000 + 11,000 + 25,000.
    assert answer["inputs"]["counted_value"] == answer["outputs"]["end_value"] == 65_000
    assert answer["outputs"]["end_deals"] == 4
    assert answer["outputs"]["unexplained_value"] == 0
    assert answer["outputs"]["slippage_by_count"] == pytest.approx(2 / 6)
    assert [note["code"] for note in answer["said_of_files"]] == ["gone", "decided_later"]


def test_the_link_opens_the_calculator_with_these_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers only: no id and no name of a deal goes into a link."""
    _status, answer = answered(capsys, tmp_path, FIRST, SECOND)
    page, _mark, link = answer["link"].partition("#pipeline-waterfall?")
    given = dict(pair.split("=") for pair in link.split("&"))

    assert page == "forecasting/review/"
    assert calculators.run("pipeline-waterfall", given).to_json()["outputs"] == answer["outputs"]
    assert all(value.replace(".", "").isdecimal() for value in given.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_for_people(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer in a sentence, the steps, and which deals a review asks about."""
    for name, text in (("june.csv", FIRST), ("october.csv", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("june.csv", "october.csv")]

    assert main(["waterfall", *paths, "--period", "2026-Q3", "--language", language]) == 0

    printed = capsys.readouterr().out
    assert "2, 14\n" in printed
    assert "3, 10\n" in printed
    assert "{" not in printed
    assert len(printed.splitlines()) == 1 + 1 + 10 + 1 + 2 + 3 + 4


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (FIRST.replace("Deal ID", "Place"), SECOND, "no_ids_to_join"),
        (FIRST, SECOND.replace("\n4,", "\n,"), "ids_missing"),
        (FIRST.replace("\n4,", "\n3,"), SECOND, "ids_recur"),
        (FIRST, SECOND.replace("\n", "\nX").removesuffix("X"), "no_deal_in_both"),
        (FIRST, HEAD + "4,Grows,Negotiation,13000,2026-05-05,2026-09-25\n", "open_deals_only"),
        (FIRST.replace("Close date", "Motto").replace("2026-", "in "), SECOND, "no_close_dates"),
        (FIRST, DOUBTFUL, "decide_first"),
        (FIRST, "Deal ID,Amount,Created,Close date\n1,10,2026-05-01,2026-08-20\n", "no_outcomes"),
        ("", SECOND, "empty_file"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(
    first: str, second: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the reader's language, with the file that is meant; no figure comes from half of the deals."""
    for language in LANGUAGES:
        status, answer = answered(capsys, tmp_path, first, second, "--language", language)

        assert status == 2
        (error,) = answer["errors"]
        assert error["code"] == code
        assert "june.csv" in error["text"] or "october.csv" in error["text"]
        assert "{" not in error["text"]


def test_an_open_question_is_asked_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not by its code; decided for both files, it is no longer in the way."""
    _status, answer = answered(capsys, tmp_path, FIRST, DOUBTFUL)
    assert "Is the day or the month first in: Create date, Close date?" in answer["errors"][0]["text"]

    status, answer = answered(capsys, tmp_path, FIRST, DOUBTFUL, "--decide", "date_order=day_first")
    assert status == 0
    assert answer["deals"]["won"] == ["1"]


def test_two_currencies_are_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Amounts are never converted."""
    other = SECOND.replace("Amount", "Amount (EUR)")
    status, answer = answered(capsys, tmp_path, FIRST.replace("Amount", "Amount (USD)"), other)

    assert status == 2
    assert answer["errors"][0]["code"] == "other_currency_then"
    assert "USD" in answer["errors"][0]["text"]


def test_a_deal_won_before_the_period_is_no_booking_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It leaves as won, since it is open no more; that the bar is above the bookings then is said."""
    first = HEAD + "1,Early,Proposal,400,2026-05-02,2026-08-15\n2,Due,Proposal,300,2026-05-03,2026-09-10\n"
    second = HEAD + "1,Early,Closed won,400,2026-05-02,2026-06-15\n2,Due,Closed won,300,2026-05-03,2026-09-09\n"
    _status, answer = answered(capsys, tmp_path, first, second)
    assert [(note["code"], "(1)" in note["text"]) for note in answer["said_of_files"]] == [("won_earlier", True)]
    assert answer["deals"]["won"] == ["1", "2"]


def test_notes_on_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A filtered export, deals without amount or day, and two files in the wrong order are named."""
    second = SECOND + (
        "15,Old but new here,Proposal,1000,2026-02-01,2026-09-02\n"
        "16,Without an amount,Proposal,,2026-07-15,2026-09-02\n"
        "17,Won some day,Closed won,500,2026-07-20,\n"
    )
    _status, answer = answered(capsys, tmp_path, FIRST, second)
    said = {note["code"]: note["text"] for note in answer["said_of_files"]}
    assert said.keys() == {"gone", "decided_later", "created_before", "without_amount", "without_day"}
    assert [ids in said[code] for code, ids in (("created_before", "(15)"), ("without_amount", "(16)"))] == [True, True]
    assert "(17)" in said["without_day"]

    _status, answer = answered(capsys, tmp_path, SECOND, FIRST)
    assert "later_first" in {note["code"] for note in answer["said_of_files"]}


def test_salesforce_ids_of_both_lengths_are_the_same_deal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports have 15 letters, and exports of data 18."""
    short = [f"006Hs00001aBc{number:02}" for number in range(1, 15)]
    first, second = FIRST, SECOND
    for number, text in enumerate(short, start=1):
        first = first.replace(f"\n{number},", f"\n{text},")
        second = second.replace(f"\n{number},", f"\n{text}IAM,")
    _status, answer = answered(capsys, tmp_path, first, second)

    assert [len(answer["deals"][step]) for step in STEPS] == [len(ids) for ids, _value in STEPS_BY_HAND.values()]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        (" 2026-q3 ", "2026-07-01", "2026-09-30"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-02-01..2026-04-30", "2026-02-01", "2026-04-30"),
        ("2026-02-01..2026-02-01", "2026-02-01", "2026-02-01"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    """Quarters and months of the calendar, and any days for a fiscal year of another kind; both ends belong to it."""
    period = period_from(text)

    assert [period.first, period.last] == [period_from(f"{day}..{day}").first for day in (first, last)]
    assert period.first in period
    assert period.last in period
    assert period.first - 1 not in period
    assert period.last + 1 not in period


@pytest.mark.parametrize("text", ["", "Q3", "2026-Q5", "2026-13", "0000-Q1", "2026-09-30..2026-07-01", "a..b", "2026"])
def test_what_is_no_period_is_refused(text: str) -> None:
    """With a sentence that shows how to write one."""
    with pytest.raises(Refused) as refused:
        period_from(text)
    assert refused.value.code == "not_a_period"


# --- in the page ------------------------------------------------------------------------------------------------------


def asked_in_page(session: Session, ask: str, *files: Path, **further: Any) -> dict[str, Any]:
    """Return the answer to a question of the page."""
    question = {
        "ask": ask, "number": 1, "language": "en", "sheet": "", "mapping": {}, "is_remembered": False, "as_of": "",
        "quota": "", "filters": {}, "currency": "", "files": list(map(str, files)),
    }  # fmt: skip
    *_steps, last = map(json.loads, session.asking(json.dumps(question | further)))
    return dict(last)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Write the two exports."""
    paths = tmp_path / "june.csv", tmp_path / "october.csv"
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_same_waterfall(files: tuple[Path, Path], language: str) -> None:
    """The open file is the later one; the page gets the sentence, the steps, and the numbers for the calculator."""
    first, second = files
    session = Session()
    opened = asked_in_page(session, "read", second, language=language)
    # The last day on which something happened is the 2nd of October.
    assert opened["period"] == {"first": "2026-10-01", "last": "2026-12-31"}

    answer = asked_in_page(session, "waterfall", first, language=language, first="2026-07-01", last="2026-09-30")

    given = dict(pair.split("=") for pair in answer["send"].partition("?")[2].split("&"))
    result = calculators.run("pipeline-waterfall", given, language)
    assert answer["headline"] == result.headline
    assert len(answer["rows"]) == len(result.figures.steps)
    assert len(answer["head"]) == len(answer["rows"][0]) == 4
    assert any(re.search(r"[(（]10[)）]", note) for note in answer["notes"])
    assert not any("{" in note for note in answer["notes"])


def test_the_page_refuses_and_goes_on(files: tuple[Path, Path], tmp_path: Path) -> None:
    """Days that are no period, and a file that cannot be joined: the open file stays as it is."""
    first, second = files
    session = Session()
    period = asked_in_page(session, "read", second)["period"]
    nameless = tmp_path / "nameless.csv"
    nameless.write_text(FIRST.replace("Deal ID", "Place"), encoding="utf-8")

    for days in ({"first": "", "last": "2026-09-30"}, {"first": "2026-10-01", "last": "2026-09-30"}):
        (error,) = asked_in_page(session, "waterfall", first, **days)["errors"]
        assert error["code"] == "no_days_of_period"
    (error,) = asked_in_page(session, "waterfall", nameless, **period)["errors"]
    assert (error["code"], "nameless.csv" in error["text"]) == ("no_ids_to_join", True)
    assert "headline" in asked_in_page(session, "waterfall", first, **period)


def test_a_file_without_dates_has_no_usual_period(tmp_path: Path) -> None:
    """The reader gives it."""
    path = tmp_path / "undated.csv"
    path.write_text("Deal ID,Stage,Amount\n1,Proposal,10\n2,Closed won,20\n", encoding="utf-8")

    assert asked_in_page(Session(), "read", path)["period"] == {"first": "", "last": ""}


def test_negative_amounts_that_outweigh_the_others_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipeline below zero is no pipeline."""
    status, answer = answered(capsys, tmp_path, FIRST, SECOND.replace('"25,000"', "-25000"))

    assert (status, answer["errors"][0]["code"]) == (2, "negative_step")


PERIOD = period_from("2026-Q3")
deals = st.none() | st.builds(
    Deal,
    name=st.just("x"),
    outcome=st.sampled_from([OPEN, WON, LOST]),
    day=st.sampled_from([NO_DAY, PERIOD.first - 1, PERIOD.first, PERIOD.last, PERIOD.last + 1]),
    amount=st.none() | st.decimals(0, 1000, places=2),
    created=st.just(NO_DAY),
)


@given(st.lists(st.tuples(deals, deals), max_size=30))
def test_the_waterfall_closes_whatever_the_deals_do(pairs: list[tuple[Deal | None, Deal | None]]) -> None:
    """The steps lead from the first export's pipeline to the second's, by value and by count: none is overlooked."""
    found = Waterfall(PERIOD)
    for before, after in pairs:
        if before or after:
            _follow(before, after, found)
    left = [after for _before, after in pairs if after and after.outcome == OPEN and after.day in PERIOD]
    found.counted = sum((deal.value for deal in left), Decimal(0))
    outputs = calculators.run("pipeline-waterfall", found.inputs).outputs

    assert outputs["unexplained_value"] == 0
    assert outputs["end_deals"] == len(left)
