"""A block pasted into a table: read right, or asked about, or refused as a whole."""

import csv
import io
import json
from typing import Any

import pytest

from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import find
from calculators.core.words.catalogue import LANGUAGES, catalogue

DEALS = [["Alpha", "10000", "50%"], ["Beta, Inc.", "1,250.50", "25%"], ["Gamma", "800", "10%"]]
EMPTY = {"name": "", "value": "", "probability": ""}


def paste(
    text: str,
    *,
    calculator: str = "weighted-forecast",
    table: str = "deals",
    language: str = "en",
    rows: list[dict[str, str]] | None = None,
    row: int = 0,
    column: str | None = None,
    ticked: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Paste as the page does, into the example unless rows are given."""
    question: dict[str, Any] = {
        "ask": "paste",
        "calculator": calculator,
        "language": language,
        "currency": "",
        "inputs": ticked or {},
        "table": table,
        "text": text,
        "rows": default_texts(calculator, language)[table] if rows is None else rows,
        "row": row,
        "column": column or next(iter(find(calculator).input_fields[table].columns)),  # type: ignore[attr-defined]
    }
    return dict(json.loads(answer(json.dumps(question))))


def written(delimiter: str, rows: list[list[str]] = DEALS, end: str = "\r\n") -> str:
    """Write rows as a spreadsheet program copies or saves them."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


def cells(rows: list[dict[str, str]]) -> list[list[str]]:
    """Return the cells of rows."""
    return [list(row.values()) for row in rows]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|"])
def test_a_block_replaces_the_untouched_example(delimiter: str, end: str) -> None:
    """Whatever separates its cells, quoted ones among them: the reader's rows, and none of the example's."""
    assert cells(paste(written(delimiter, end=end))["rows"]) == DEALS


def test_empty_rows_and_columns_at_the_end_are_none() -> None:
    """As a selection that was too large leaves them."""
    padded = [[*row, "", ""] for row in DEALS] + [[""] * 5] * 3

    assert cells(paste(written("\t", padded))["rows"]) == DEALS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("heads_in", LANGUAGES)
def test_our_own_headings_say_which_column_is_which(language: str, heads_in: str) -> None:
    """In any of the languages and any order, with their units; what the table lacks is left out, and said to be."""
    columns = find("weighted-forecast").input_fields["deals"].columns  # type: ignore[attr-defined]
    name, value, probability, *_hidden = (catalogue(heads_in).gettext(field.label) for field in columns.values())
    block = [[f"{probability} (%)", "Owner", name, value]] + [[row[2], "Kim", row[0], row[1]] for row in DEALS]
    pasted = paste(written("\t", block), language=language)

    assert cells(pasted["rows"]) == DEALS
    assert "Owner" in pasted["text"]


@pytest.mark.parametrize(
    ("calculator", "table", "head", "row"),
    [
        ("weighted-forecast", "deals", ["Deal Q4", "Q4 amount", "2026 %"], ["Alpha", "5000", "40%"]),
        ("pursuit-cost", "team", ["担当", "人数", "1人あたりの時間", "時給"], ["営業", "2", "10", "5000"]),
        ("stage-conversion", "stages", ["단계", "2분기 건수", "3분기 잔여"], ["리드", "400", "20"]),
    ],
)
def test_headings_with_figures_are_headings(calculator: str, table: str, head: list[str], row: list[str]) -> None:
    """They are no numbers where numbers belong, though they hold digits."""
    pasted = paste(written("\t", [head, row, row]), calculator=calculator, table=table, language="ja")

    assert cells(pasted["rows"]) == [row, row]


def test_into_edited_rows_it_asks() -> None:
    """Saying how many rows stay: all are replaced, written over from the cursor on, or kept with the new ones below."""
    own = [{"name": f"Own {number}", "value": "5", "probability": "10%"} for number in range(4)]
    asked = paste(written("\t", DEALS[:2]), rows=[*own, EMPTY], row=1)

    replaced, over, added, left = (cells(choice["rows"]) for choice in asked["choices"])
    assert "rows" not in asked
    assert "2 rows" in asked["text"]
    assert "4 rows" in asked["text"]
    assert replaced == DEALS[:2]
    assert over == [["Own 0", "5", "10%"], *DEALS[:2], ["Own 3", "5", "10%"], ["", "", ""]]
    assert [row[0] for row in added] == ["Own 0", "Own 1", "Own 2", "Own 3", "Alpha", "Beta, Inc."]
    assert left == cells([*own, EMPTY])
    assert [choice["label"] for choice in asked["choices"]][1:] == [
        "Write from row 2 on: 2 rows stay as they are",
        "Add the new ones below: all 4 rows stay",
        "Leave the table as it is",
    ]


def test_rows_without_content_are_replaced_unasked() -> None:
    """There is nothing to lose."""
    assert cells(paste(written("\t"), rows=[EMPTY, EMPTY])["rows"]) == DEALS


def test_one_column_goes_where_the_cursor_is() -> None:
    """A column of values copied alone, into edited rows: the other columns stay."""
    own = [{"name": f"Own {number}", "value": "5", "probability": "10%"} for number in range(2)]
    asked = paste("100\n200\n300\n", rows=own, column="value")

    assert cells(asked["choices"][1]["rows"]) == [["Own 0", "100", "10%"], ["Own 1", "200", "10%"], ["", "300", ""]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_stand_for_their_codes(language: str) -> None:
    """A column of ratings copied from our own table, as it is shown there, gives the same ratings."""
    field = find("lead-score").input_fields["fit"]
    columns = field.columns  # type: ignore[attr-defined]
    gettext = catalogue(language).gettext
    rating = columns["rating"]
    block = [["Budget", "1", f"{level} {gettext(name)}"] for level, name in enumerate(rating.names)]
    block += [["Budget", "1", gettext(name)] for name in rating.names] + [["Budget", "1", gettext("unknown")]]
    pasted = paste(written("\t", block), calculator="lead-score", table="fit", language=language)

    assert [row["rating"] for row in pasted["rows"]] == ["0", "1", "2", "3", "0", "1", "2", "3", "unknown"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_an_option_take_cells_while_it_is_ticked(language: str) -> None:
    """A category as it is called in any language, or left empty; with the option off, the table has no such column."""
    field = find("weighted-forecast").input_fields["deals"].columns["call"]  # type: ignore[attr-defined]
    keys = ["", "commit", "best_case", "pipeline"]
    called = [catalogue(language).gettext(field.options[key]) for key in keys]
    block = [["Alpha", "1000", "50%", word, "12"] for word in ["", *called]]
    pasted = paste(written("\t", block), language=language, ticked={"category_and_age": "true"})

    assert [row["call"] for row in pasted["rows"]] == ["", *keys]
    assert [row["days_in_stage"] for row in pasted["rows"]] == ["12"] * 5
    assert "refusal" in paste(written("\t", block), language=language)


def test_a_word_that_is_no_label_pastes_nothing() -> None:
    """Rather than emptying the choice: the sentence names row, column and what is possible."""
    refused = paste("Budget\t1\tproven\nTiming\t1\tsplendid\n", calculator="lead-score", table="fit", language="en")

    assert set(refused) == {"number", "refusal"}
    assert "Row 2" in refused["refusal"]
    assert "splendid" in refused["refusal"]
    assert "proven" in refused["refusal"]


@pytest.mark.parametrize(
    ("word", "is_on"), [("TRUE", True), ("x", True), ("예", True), ("Ναι", True), ("FALSE", False), ("", False)]
)
def test_ticks(word: str, is_on: bool) -> None:  # noqa: FBT001 - what is expected
    """What spreadsheet programs and people write for yes and no; another word is refused, not taken for no."""
    block = f"0%\t1\t{word}\n100%\t1.5\t{word}\n"
    pasted = paste(block, calculator="sales-compensation", table="tiers")

    assert [row["retroactive"] for row in pasted["rows"]] == ["true" if is_on else ""] * 2
    assert (
        "maybe"
        in paste(block.replace(f"\t{word}\n", "\tmaybe\n"), calculator="sales-compensation", table="tiers")["refusal"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "x\n" * 5000,
        "x" * 2_000_000 + "\ny",
        '"' + "x\n" * 1500,
        "\t\n\t\n",
        "a\tb\tc\td\te\n" * 3,
        "\n\n",
        "x\t" * 5000,
    ],
    ids=["rows", "letters", "quote", "empty", "columns", "nothing", "wide"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_block_for_the_table(text: str, language: str) -> None:
    """Too long, too wide, empty, or with a quote that never closes: a sentence, or rows as they stand in the text."""
    pasted = paste(text, language=language)

    assert pasted.keys() & {"refusal", "rows"}
    assert len(pasted.get("rows", ())) <= 2000


def test_two_thousand_rows() -> None:
    """As many as a table takes."""
    block = [[f"Deal {number}", str(number), "20%"] for number in range(2000)]

    assert cells(paste(written("\t", block))["rows"]) == block


@pytest.mark.parametrize("text", ["10,500\n12,300\n", "1,200\n3,400\n5,600\n", "10,050\n12,025\n"])
def test_a_column_of_numbers_with_commas_is_one_column(text: str) -> None:
    """Not an amount and a probability: each line is one number."""
    pasted = paste(text, column="value")

    assert [row["value"] for row in pasted["rows"]] == text.split()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Alpha,10,050\nBeta,20,025\n"),
        ("en", "Alpha 10,000\nBeta 20,000\n"),
        ("el", "Alpha,10,5\nBeta,20,5\n"),
        ("el", "Alpha, 10.000,50\nBeta, 20.000,50\n"),
    ],
)
def test_a_comma_that_may_stand_inside_a_number(language: str, text: str) -> None:
    """What separates cells cannot be told from what separates thousands or decimals, so nothing is guessed."""
    assert "refusal" in paste(text, language=language)


def test_a_first_row_with_a_number_is_no_heading() -> None:
    """A deal without an amount yet stays, to be refused where it lacks something."""
    pasted = paste("Alpha\tTBD\t50%\nBeta\t100\t20%\n")

    assert [row["name"] for row in pasted["rows"]] == ["Alpha", "Beta"]


def test_a_column_under_a_heading_of_the_readers_own_is_said() -> None:
    """Age is taken for the last column, which the reader is told, beside the button that takes it back."""
    pasted = paste("Deal\tAmount\tAge\nAlpha\t100\t30\n")

    assert "Age" in pasted["text"]


@pytest.mark.parametrize(
    ("language", "head", "row", "value"),
    [
        ("ja", ["案件", "金額（千円）", "受注確度"], ["A", "10", "20%"], "10千円"),
        ("ko", ["딜", "금액(만원)", "확률"], ["A", "10", "20%"], "10만원"),
        ("en", ["Deal", "Amount (K)", "Probability"], ["A", "10", "20%"], "10K"),
        ("en", ["Deal", "Amount (EUR)", "Probability"], ["A", "10", "20%"], "10EUR"),
        ("en", ["Deal", "Amount (net)", "Probability"], ["A", "10", "20%"], "10"),
    ],
)
def test_the_unit_of_a_heading_goes_to_its_numbers(language: str, head: list[str], row: list[str], value: str) -> None:
    """Amounts in thousands are thousands."""
    assert paste(written("\t", [head, row]), language=language)["rows"][0]["value"] == value


def test_a_row_of_totals_is_left_out_and_said() -> None:
    """A sum is no deal."""
    pasted = paste(
        "거래명\t금액\t확률\nA\t50,000,000\t30%\nB\t200,000,000\t80%\n합계\t250,000,000\t70%\n", language="ko"
    )

    assert [row["name"] for row in pasted["rows"]] == ["A", "B"]
    assert "합계" in pasted["text"]


def test_rows_of_numbers_apart_by_semicolons_are_cells() -> None:
    """A table that begins with a number: 80%;1; is cells, not a number that was typed twice."""
    rows = paste("80%;1;\n100%;1.5;\n", calculator="sales-compensation", table="tiers")["rows"]

    assert cells(rows) == [["80%", "1", ""], ["100%", "1.5", ""]]


def test_bars_part_cells_before_commas_in_numbers_do() -> None:
    """Two commas in an amount make as many pieces as the table has columns."""
    assert cells(paste("Deal A|1,000,000|50%\nDeal B|2,500,000|25%\n")["rows"]) == [
        ["Deal A", "1,000,000", "50%"],
        ["Deal B", "2,500,000", "25%"],
    ]


@pytest.mark.parametrize(("still_there", "is_asked"), [("", False), ("3", True)])
def test_a_column_left_empty_needs_no_question(still_there: str, *, is_asked: bool) -> None:
    """A block of the other columns over all rows replaces them; what somebody typed beside it is not lost unasked."""
    rows = [{"name": "Old", "count": "30", "still_there": still_there}]
    answered = paste("A\t1,000\nB\t250\n", calculator="stage-conversion", table="stages", rows=rows)

    assert ("choices" in answered) == is_asked
    if not is_asked:
        assert cells(answered["rows"]) == [["A", "1,000", ""], ["B", "250", ""]]
