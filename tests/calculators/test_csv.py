"""A result as CSV and as text: read back it is the same, and whatever a name holds, it stays a name."""

import csv
import io
import re
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.choices import Text
from calculators.core.declaring.fields import NOTHING
from calculators.core.declaring.records import Field
from calculators.core.declaring.tables import Table
from calculators.core.running.run import Result
from calculators.core.taking_along.text_and_csv import as_csv, as_text
from calculators.core.words.catalogue import LANGUAGES
from calculators.planning.mutual_action_plan import Awaited
from tests.calculators.test_properties import values_of, with_falling_thresholds
from tests.cases import cases

MARK = "\ufeff"
SEPARATORS = (",", ";", "\t", "|")
CAUTIONS = "What to watch out for"
RISKY = "=+-@＝＋－＠﹦,;|\t\n\r\"' \u200b\u00a0\u202e\u2066\ufeff\x00\x1b\ud800a1"


def rows_of(text: str, separator: str) -> list[list[str]]:
    """Return the cells as a spreadsheet program parts them; one without quotation marks would part a cell anywhere."""
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), delimiter=separator))


def own_rows(result: Result) -> list[list[str]]:
    """Return the cells as a program of the reader's language parts them."""
    return rows_of(as_csv(result), "," if result.numerals.comma_separates_lists else ";")


def read_back(result: Result) -> dict[str, Any]:
    """Read every input from the CSV with the readers of the fields, as if it were pasted."""
    rows = iter(own_rows(result)[1:])
    found: dict[str, Any] = {}
    for name, field in result.calculator.input_fields.items():
        label, *cells = next(rows)
        assert label == result.gettext(field.label)
        if isinstance(field, Table):
            assert next(rows) == [result.gettext(column.label) for column in field.columns.values()]
            lines = [next(rows) for _row in getattr(result.inputs, name)]
            typed: Any = [dict(zip(field.columns, line, strict=True)) for line in lines]
        else:
            typed = "\n".join(cells)
        found[name] = field.read_text(name, typed, result.numerals)
    assert next(rows) == []
    return found


def plain(field: Field, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Leave out what is no value of its own: a text whose sign of a formula gets its apostrophe, and empty rows."""
    if isinstance(field, Text) and not isinstance(field, Awaited):
        return st.text("aΩ가漢 ·&%", min_size=1, max_size=12).map(lambda text: f"a{text}")
    if isinstance(field, Table):
        cells = {name: plain(column, values_of(column)) for name, column in field.columns.items()}
        return st.lists(st.fixed_dictionaries(cells), min_size=field.minimum_rows, max_size=field.minimum_rows + 4)
    return values


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", calculators.all_calculators())
@cases(20)
@given(data=st.data())
def test_csv_read_back_gives_the_same_inputs(name: str, language: str, data: st.DataObject) -> None:
    """Tables, lists, rates, ratings, choices: what was saved can be pasted, in every language."""
    calculator = calculators.all_calculators()[name]
    inputs = {
        field_name: data.draw(plain(field, values_of(field))) for field_name, field in calculator.input_fields.items()
    }
    result = calculators.run(name, with_falling_thresholds(calculator, inputs), language)

    assert read_back(result) == {field_name: getattr(result.inputs, field_name) for field_name in inputs}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", calculators.all_calculators())
def test_our_own_words_stand_as_they_are(name: str, language: str) -> None:
    """No label and no sentence of ours is taken for a formula."""
    result = calculators.run(name, {}, language)
    cells = {cell for row in own_rows(result) for cell in row}

    assert {result.gettext(field.label) for field in result.shown_fields.values()} <= cells
    assert {result.note_text(note) for note in result.notes} <= cells


def begins_a_formula(cell: str) -> bool:
    """Return whether a program might compute a cell: a sign in any width, behind what programs skip."""
    visible = "".join(character for character in cell if unicodedata.category(character)[0] not in "CZ")
    text = unicodedata.normalize("NFKC", visible).lstrip('"')
    is_number = re.fullmatch(r"-\d+([.,]\d+)?%?", text)
    return text[:1] in {*"=+-@"} and not is_number


def all_cells(text: str, separator: str) -> list[str]:
    """Part a text as the crudest program would: at each sign, whether quoted or not, and as one that knows quotes."""
    crude = re.split(rf"[\r\n{re.escape(separator)}]", text.removeprefix(MARK))
    return [*crude, *(cell for row in rows_of(text, separator) for cell in row)]


@pytest.mark.parametrize("language", LANGUAGES)
@given(name=st.text(RISKY, max_size=12))
@example(name="=1+1")
@example(name="＝1+1")
@example(name="＠SUM(A1)")
@example(name="a;=1+1")
@example(name="a,=1+1")
@example(name="a\t=1+1")
@example(name='a;"=1+1"')
@example(name='a"";""=1+1')
@example(name="a\n=1+1")
@example(name="a\r－1")
@example(name="\u200b=1+1")
def test_a_name_is_live_in_no_program(language: str, name: str) -> None:
    """Whichever sign another program takes for the separator, no piece of a name begins a formula."""
    deals = [{"name": name, "value": "10", "probability": "0.5"}, {"name": "b", "value": "1", "probability": "1"}]
    text = as_csv(calculators.run("weighted-forecast", {"deals": deals}, language))

    for separator in SEPARATORS:
        assert [cell for cell in all_cells(text, separator) if begins_a_formula(cell)] == []


@given(name=st.text(RISKY, max_size=12), evidence=st.text(RISKY, max_size=30))
def test_no_name_spoils_the_file(name: str, evidence: str) -> None:
    """Neither halves of characters nor signs of direction nor control characters get into it, and rows stay rows."""
    stages = [{"name": name, "count": 9}, {"name": "b", "count": 8}]
    conversion = calculators.run("stage-conversion", {"stages": stages})
    for result in (conversion, calculators.run("bant", {"budget_evidence": evidence})):
        for text in (as_csv(result), as_text(result)):
            text.encode()
            assert not set("\u202e\u2066\x00\x1b") & set(text)
    assert [row[1:] for row in own_rows(conversion)[3:5]] == [["9", ""], ["8", ""]]


@pytest.mark.parametrize(("language", "written"), [("en", "12.5%"), ("ko", "12.5%"), ("ja", "12.5%"), ("el", "12,5%")])
def test_rates_are_percentages(language: str, written: str) -> None:
    """As the reader writes them: a spreadsheet program takes them as percentages, and so do our fields."""
    result = calculators.run("sales-velocity", {"win_rate": "0.125"}, language)

    cells = {row[0]: row[1:] for row in own_rows(result) if row}
    assert cells[result.gettext("Win rate")] == [written]


def test_a_negative_number_stays_a_number() -> None:
    """Its minus is no sign of a formula."""
    result = calculators.run("revenue-growth", {"start_revenue": "200", "end_revenue": "150"}, "el")

    label = result.gettext(result.calculator.output_fields["growth"].label)
    assert [row[1] for row in own_rows(result) if row and row[0] == label] == ["-25%"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_results_say_why(language: str) -> None:
    """Beside the dash in CSV, and below the results in a text."""
    result = calculators.run("win-rate", {"won": 1, "lost": 1}, language)
    reason = result.note_text(result.notes[0])

    rows = {row[0]: row[1:] for row in own_rows(result) if row}
    assert rows[result.gettext("Win rate by count")] == [NOTHING, reason]
    assert reason in as_text(result)


@pytest.mark.parametrize("language", LANGUAGES)
def test_cautions_stand_at_the_end(language: str) -> None:
    """Each once, below their heading; among them why cells of a table have no figure."""
    stages = [{"name": "A", "count": 0}, {"name": "B", "count": 20}, {"name": "C", "count": 30}]
    result = calculators.run("stage-conversion", {"stages": stages}, language)
    rows = own_rows(result)

    below = [row[0] for row in rows[rows.index([result.gettext(CAUTIONS)]) + 1 :]]
    beside = [row[2] for row in rows if len(row) == 3 and row[1] == NOTHING]
    assert len(below) == len(set(below))
    assert {*below, *beside} == {result.note_text(note) for note in result.notes}
    assert not {*below} & {*beside}


def test_a_series_has_all_its_values() -> None:
    """In one row, with all their digits."""
    values = [Decimal("45.25"), Decimal(1000000000) / 100000, Decimal("0.1")]
    result = calculators.run("sales-cycle-length", {"cycle_days": values}, "el")

    assert own_rows(result)[1][1:] == ["45,25", "10000", "0,1"]
