"""What a manager reads on the analyser's page: amounts, whose answers they are, which files, which filters."""

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from calculators.analysis import analyse
from calculators.analysis.page.session import Session
from calculators.analysis.report.amounts import amounts
from calculators.analysis.report.files import clean_csv, is_negative
from calculators.core.words.catalogue import LANGUAGES
from tests.analysis.test_page import KEY, answered, figures_of, texts_in
from tools.samples.export import sample_of

NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("language", "currency", "amount", "text"),
    [
        ("ko", "KRW", "48841911.76", "4,884만 원"),
        ("ko", "KRW", "1376575000", "13.8억 원"),
        ("ko", "KRW", "550000", "550,000 원"),
        ("ko", "USD", "5400000", "US$540만"),
        ("en", "USD", "77877.29", "$77,880"),
        ("el", "EUR", "180500", "180.500 €"),
        ("ja", "JPY", "23980000", "2,398万円"),
        ("en", "EUR", "1200000", "€1.2 million"),
        ("en", "EUR", "999999999", "€1 billion"),
        ("en", "RUB", "180.50", "RUB 181"),
        ("en", "USD", "12.5", "$12.50"),
        ("en", "", "-2500000", "-2.5 million"),
        ("el", "EUR", "1250000", "1,25 εκ. €"),
    ],
)
def test_an_amount_has_few_figures_and_is_never_broken(language: str, currency: str, amount: str, text: str) -> None:
    """As it is said in the language, in the currency of the reader."""
    written = amounts(language, currency).money(Decimal(amount))
    assert " " not in written
    assert written.replace(NO_BREAK, " ") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_headline_tiles_and_sections_write_an_amount_alike(tmp_path: Path, language: str) -> None:
    """Whoever looks from one to the other sees the same amount; its cents stand where it is explained."""
    path = tmp_path / "deals.csv"
    path.write_bytes(sample_of(language).deals)
    page = answered(Session(), "read", files=[str(path)], language=language)
    size = figures_of(page)["deal_size.mean"]
    assert size["text"] in page["headline"]
    assert size["text"] in {tile["text"] for tile in page["tiles"]}
    assert size["text"] in {section["main"] for section in page["sections"]}
    assert len(re.sub(r"\D", "", size["exactly"])) > len(re.sub(r"\D", "", size["text"]))
    long = [tile["text"] for tile in page["tiles"] if len(re.findall(r"\d", tile["text"])) > 6]
    assert long == []


def section_of(page: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a section by its name."""
    return next(section for section in page["sections"] if section["name"] == name)


def test_the_number_beside_a_heading_is_of_what_the_heading_says(tmp_path: Path) -> None:
    """Open deals beside the open deals by stage, revenue beside revenue, and a velocity per day."""
    path = tmp_path / "deals.csv"
    path.write_bytes(sample_of("en").deals)
    page = answered(Session(), "read", files=[str(path)])
    open_deals = figures_of(page)["open"]["text"]
    assert section_of(page, "stages")["main"] == f"{open_deals} deals"
    last = [row for row in section_of(page, "revenue")["tables"][0]["rows"] if "(" not in row[0]][-1]
    assert section_of(page, "revenue")["main"] == f"{last[0]}: {last[2]}"
    assert section_of(page, "velocity")["main"].endswith("per day")


def many(rows: list[str], tmp_path: Path) -> str:
    """Return the path of a file with deals."""
    path = tmp_path / "deals.csv"
    path.write_text("\n".join(["Id,Stage,Amount,Created,Closed", *rows]) + "\n", encoding="utf-8")
    return str(path)


def quarters(won: list[int], tmp_path: Path) -> str:
    """Return a file with so many deals won in quarters that follow each other, and as many lost ones."""
    rows = []
    for quarter, number in enumerate(won):
        first, last = f"2024-{3 * quarter + 1:02}-01", f"2024-{3 * quarter + 3:02}-29"
        for deal in range(number):
            rows += [f"W{quarter}-{deal},Won,1000,2024-01-01,{last if deal else first}"]
            rows += [f"L{quarter}-{deal},Lost,1000,2024-01-01,{last}"]
    return many(rows, tmp_path)


def test_growth_from_a_few_deals_says_so(tmp_path: Path) -> None:
    """Below the number as well, and not only in the section."""
    page = answered(Session(), "read", files=[quarters([2, 40, 40], tmp_path)])
    growth = figures_of(page)["growth_per_quarter"]
    assert growth["beside"] == "Uncertain: 2 deals were won in Q1 2024."
    assert growth["beside"] in section_of(page, "revenue")["notes"]
    many_deals = answered(Session(), "read", files=[quarters([40, 40, 40], tmp_path)])
    assert figures_of(many_deals)["growth_per_quarter"]["beside"] == ""


def test_a_forecast_that_was_too_high_before_says_so_in_the_headline(tmp_path: Path) -> None:
    """Beside what may be expected, where somebody may read it aloud."""
    path = tmp_path / "deals.csv"
    path.write_bytes(sample_of("en").deals)
    page = answered(Session(), "read", files=[str(path)])
    errors = [row[3] for row in section_of(page, "forecast")["tables"][0]["rows"]]
    assert sum(not text.startswith("-") for text in errors) > len(errors) / 2
    (share,) = re.findall(r"Forecasts for past quarters came out (\d+%) too high", page["headline"])
    assert f"{share} too high in all" in section_of(page, "forecast")["notes"][0]


def test_only_periods_in_which_deals_ended_are_offered(tmp_path: Path) -> None:
    """Neither the year of a slip of the pen nor the planned day of an open deal; the newest is last, as in tables."""
    rows = [f"{deal},Won,100,2024-01-05,2024-0{deal}-05" for deal in range(1, 7)]
    rows += [
        "8,Lost,100,2024-01-05,2023-03-05",
        "9,Won,100,2024-01-05,2062-03-05",
        "10,Proposal,100,2024-01-05,2031-01-01",
    ]
    page = answered(Session(), "read", files=[many(rows, tmp_path)])
    (period,) = [one for one in page["filters"] if one["name"] == "period"]
    texts = [option["text"] for option in period["options"][1:]]
    assert texts == ["2023", "2024", "Q1 2023", "Q1 2024", "Q2 2024"]


def test_the_quota_is_answered_beside_its_field(tmp_path: Path) -> None:
    """For which quarter it is, and what it gives, also where a filter shows another period."""
    path = tmp_path / "deals.csv"
    path.write_bytes(sample_of("en").deals)
    session = Session()
    page = answered(session, "read", files=[str(path)], quota="2m")
    assert re.fullmatch(r"Coverage: [\d.]+×", page["quota"]["answer"])
    assert "Q3 2026" in page["quota"]["period"]
    booked = re.search(r"Booked: .*", page["quota"]["period"])
    filtered = answered(session, "again", quota="2m", filters={"period": "1"})
    assert booked
    assert booked[0] in filtered["quota"]["period"]
    assert filtered["quota"]["answer"] == page["quota"]["answer"]
    for typed, code in (("-5", "quota_not_positive"), ("0", "quota_not_positive"), ("abc", "not_an_amount")):
        (error,) = answered(session, "again", quota=typed)["errors"]
        assert (error["code"], error["column"]) == (code, "quota")


def test_as_many_questions_are_counted_as_are_asked(tmp_path: Path) -> None:
    """Of words that nobody knows, each is one."""
    rows = [f"{deal},X{deal % 3},100,2024-01-05,2024-02-05" for deal in range(12)]
    path = tmp_path / "deals.csv"
    path.write_text("\n".join(["Id,Closed flag,Stage,Amount,Created,Closed", *rows]) + "\n", encoding="utf-8")
    for file in (path, *sorted(KEY.glob("*.csv"))):
        page = answered(Session(), "read", files=[str(file)])
        asked = [doubt for doubt in page["gate"]["doubts"] if not doubt["decided"]]
        assert page["gate"]["open"] == len(asked), file.name


def test_each_answer_says_whose_it_is() -> None:
    """Guessed from a header or from values, remembered from an earlier file, or said now."""
    file = [str(KEY / "04-month-first.csv")]
    guessed = answered(Session(), "read", files=file)
    assert not guessed["is_remembered"]
    assert {column["reason"][:7] for column in guessed["confirm"]["columns"] if column["role"]} == {"Guessed"}
    name = next(column["name"] for column in guessed["confirm"]["columns"] if column["role"] == "amount")
    before, now = {"columns": {name: "amount"}}, {"columns": {name: "amount"}}
    for remembered, begins in ((before, "From your answers to an earlier file."), ({}, "You said so.")):
        page = answered(Session(), "read", files=file, mapping=now, remembered=remembered)
        (reason,) = [column["reason"] for column in page["confirm"]["columns"] if column["name"] == name]
        assert reason.startswith(begins)
        assert page["is_remembered"] is bool(remembered)


def test_the_files_in_use_are_named_and_so_is_one_that_is_refused(tmp_path: Path) -> None:
    """The history is told from the deals whichever comes first."""
    made = sample_of("en")
    paths = [tmp_path / "stages.csv", tmp_path / "deals.csv", tmp_path / "broken.csv"]
    for path, content in zip(paths, (made.history, made.deals, b""), strict=True):
        path.write_bytes(content)
    session = Session()
    page = answered(session, "read", files=list(map(str, paths[:2])))
    assert (page["files"]["deals"]["name"], page["files"]["deals"]["place"]) == ("deals.csv", 1)
    assert page["files"]["history"] == {"name": "stages.csv", "place": 0}
    (error,) = answered(session, "read", files=[str(paths[2])])["errors"]
    assert error["text"] == "“broken.csv” was not opened. This file is empty."
    assert answered(session, "again") == page


def test_encodings_and_separators_have_the_names_that_people_know() -> None:
    """Not those that Python has for them."""
    said = {}
    for file in sorted(KEY.glob("*.csv")):
        said[file.name] = answered(Session(), "read", files=[str(file)])["confirm"]["file"]
    assert "Korean (CP949)" in said["08-korean-cp949.csv"]
    assert "TSV, separated by tabs" in said["11-utf16-tabs.csv"]
    assert [text for name, text in said.items() if re.search(r"cp\d|utf-|utf_", text.removeprefix(name))] == []


def test_the_cleaned_table_has_all_days_and_numbers_in_one_shape() -> None:
    """Those of the last activity and of other columns too; a negative number is no formula."""
    rows = ["Id,Stage,Amount,Created,Last Activity,Balance,Note"]
    rows += [f"{deal},Won,100,{deal}/1/2024,{deal + 12}/2/2024,-{deal}.5,-{deal}" for deal in range(1, 9)]
    rows += ["9,Lost,100,9/1/2024,25/2/2024,-1.5,-1+1"]
    analysis = analyse("\n".join(rows).encode(), name="deals.csv")
    table = list(csv.DictReader(clean_csv(analysis).removeprefix("\ufeff").splitlines()))
    assert {row["last_activity"][:8] for row in table} == {"2024-02-"}
    assert [row["Balance"] for row in table[:2]] == ["-1.5", "-2.5"]
    assert [row["Note"] for row in table[-2:]] == ["-8", "'-1+1"]
    assert is_negative("-1.250,50 %")
    assert not is_negative("-2+3")


def test_a_range_is_said_with_its_likelihood(tmp_path: Path) -> None:
    """Beside the number, and figure by figure."""
    path = tmp_path / "deals.csv"
    path.write_bytes(sample_of("en").deals)
    page = answered(Session(), "read", files=[str(path)])
    assert any("80% likely" in text for text in texts_in(page["tiles"]))
    labels = {figure["label"] for name, figure in figures_of(page).items() if name.startswith("forecast.p")}
    assert labels == {f"{percent}% likely: at least" for percent in (90, 50, 10)}
