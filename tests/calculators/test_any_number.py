"""Whatever is written as a number is read as that number, asked about or refused: never read as another one.

The texts are written here, without any of the reader's code, in the habits of people: marks of one's own or of the
other half of the world, groups, signs, currencies, brackets, units, lists, blocks copied from a spreadsheet.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.choices import Text
from calculators.core.declaring.fields import Count, Days, Money, Multiple, Number, Rate
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.numbers.numerals import numerals
from calculators.core.numbers.reading import LONGEST_NUMBER, UnreadableNumber
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import all_calculators
from calculators.core.taking_along.links import from_link, to_link
from calculators.core.words.catalogue import LANGUAGES
from calculators.planning.mutual_action_plan import Awaited
from tests.calculators.test_hostile_input import watched
from tests.calculators.test_properties import values_of, with_falling_thresholds
from tests.cases import cases

languages = st.sampled_from(LANGUAGES)
# Group and decimal mark of each language, and of who writes the other way round.
OWN = {"en": (",", "."), "ko": (",", "."), "ja": (",", "."), "el": (".", ",")}
OTHER = {language: (decimal, group) for language, (group, decimal) in OWN.items()}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
BEFORE = {"en": ("$", "US$", "€", "USD "), "ko": ("₩", "$", "일금 "), "ja": ("¥", "￥", "金"), "el": ("€", "$")}
BEHIND = {"en": (" USD", "€", " dollars"), "ko": ("원", " 원", "₩"), "ja": ("円", " 円"), "el": (" €", "€", " ευρώ")}
UNITS = {
    "en": {"k": 3, " thousand": 3, "M": 6, " million": 6, "bn": 9, " lakh": 5},
    "ko": {"천": 3, "만": 4, "억": 8, "천만": 7, "조": 12, "k": 3},
    "ja": {"千": 3, "万": 4, "億": 8, "百万": 6, "兆": 12, "k": 3},
    "el": {" χιλ.": 3, " χιλιάδες": 3, " εκ.": 6, " εκατομμύρια": 6, " δισ.": 9, "k": 3},
}


@dataclass(frozen=True, slots=True)
class Written:
    """A number as somebody wrote it, and its value; `marks` are those of the habit it was written in."""

    text: str
    value: Decimal


def grouped(whole: str, group: str) -> str:
    """Return digits in groups of three."""
    first = len(whole) % 3 or 3
    return group.join([whole[:first], *(whole[place : place + 3] for place in range(first, len(whole), 3))])


@st.composite
def written(draw: st.DrawFn, language: str, marks: tuple[str, str], *, most_decimals: int = 4) -> Written:
    """Return an amount in the marks of a habit: groups or none, decimals or none, with what people put around it."""
    digits = draw(st.integers(1, 11))
    whole = str(draw(st.integers(0, 10**digits)))
    fraction = draw(st.text("0123456789", max_size=most_decimals))
    group = draw(st.sampled_from([marks[0], marks[0], "", " ", "\u00a0", "\u202f", "'", "’"]))
    value = Decimal(f"{whole}.{fraction or 0}")
    text = grouped(whole, group) if group else whole
    if fraction:
        text += marks[1] + fraction
    if draw(st.booleans()) and language != "en" and marks == OWN[language]:
        text = text.translate(FULL_WIDTH)
    if draw(st.integers(0, 3)) == 0 and len(fraction) < 3:
        word, power = draw(st.sampled_from([*UNITS[language].items()]))
        text, value = text + word, value.scaleb(power)
    if draw(st.booleans()):
        text = draw(st.sampled_from(BEFORE[language])) + text
    elif draw(st.booleans()):
        text += draw(st.sampled_from(BEHIND[language]))
    sign = draw(st.sampled_from(["", "", "-", "−", "()", "+"]))
    if sign == "()":
        return Written(f"({text})", -value)
    return Written(sign + text, -value if sign in {"-", "−"} else value)


def meanings(language: str, text: str, kind: str = "money") -> tuple[Decimal | None, set[Decimal]]:
    """Return what a text is read as, or None, and what else is said to be possible."""
    with watched():
        try:
            reading = numerals(language).reading(text, kind)
        except UnreadableNumber as error:
            return None, set(error.readings)
    return reading.value, set() if reading.other is None else {reading.other}


@cases(120)
@given(st.data())
def test_ones_own_habit_is_understood_or_asked_about(data: st.DataObject) -> None:
    """Groups, decimals, units, currencies, brackets: the number that was written, or a question that offers it."""
    language = data.draw(languages)
    number = data.draw(written(language, OWN[language]))

    value, others = meanings(language, number.text)

    assert value == number.value or (value is None and (number.value in others or len(number.text) > LONGEST_NUMBER))


@cases(120)
@given(st.data())
def test_the_other_habit_is_never_read_in_silence(data: st.DataObject) -> None:
    """1.234,5 on an English page: asked about, or refused; or said with both readings, as 25.000 is."""
    language = data.draw(languages)
    number = data.draw(written(language, OTHER[language]))
    digits = sum(character.isdigit() for character in number.text.rpartition(OTHER[language][1])[2])
    if OTHER[language][1] in number.text and digits == 3:
        return  # 1,234 is one thousand in English, whoever wrote it

    value, others = meanings(language, number.text)

    assert value is None or value == number.value or number.value in others


PLAIN = st.text("0123456789.,' -()", min_size=1, max_size=16)


@cases(150)
@given(language=languages, text=PLAIN)
@example(language="el", text="1.234,5")
@example(language="en", text="1,23,456.7")
def test_figures_and_marks_are_all_there(language: str, text: str) -> None:
    """What is read of figures and marks alone has all of its figures, in order, and one decimal mark at most."""
    group, decimal = OWN[language]
    value, _others = meanings(language, text)
    if value is None:
        return

    bare = re.sub(r"[.,]?[ ]*-$", "", text.strip())  # as invoices close an amount
    is_negative = (bare.startswith("(") and bare.endswith(")")) or "-" in bare
    figures = "".join(character for character in bare if character.isdigit() or character in OWN[language])
    figures = figures.removesuffix(decimal) if not figures.rpartition(decimal)[2] else figures
    assert figures.count(decimal) <= 1
    assert figures.rpartition(decimal)[2].count(group) == 0 or decimal not in figures
    expected = Decimal(figures.replace(group, "").replace(decimal, ".") or "0")
    assert value in {expected, -expected}
    assert (value < 0) == (is_negative and expected != 0)


@cases(80)
@given(st.data())
def test_what_was_read_is_written_so_that_it_reads_the_same(data: st.DataObject) -> None:
    """A field's text, once read and rewritten, is the same value with no remark, in any kind of field."""
    language = data.draw(languages)
    text = data.draw(written(language, data.draw(st.sampled_from([OWN[language], OTHER[language]])))).text
    field: Number = data.draw(st.sampled_from([Money, Count, Days, Rate, Multiple]))(label="")
    numbers = numerals(language)
    try:
        value = field.read_text("x", text, numbers)
    except InvalidInput:
        return
    assert value is not None
    again = field.write_text(value, numbers)

    assert field.read_text("x", again, numbers) == value
    assert field.remark(again, numbers) is None


@cases(120)
@given(st.data())
def test_a_list_is_read_whole_or_asked_about(data: st.DataObject) -> None:
    """Numbers in one's own habit, apart by any usual sign: all of them, in order; or a question, never others."""
    language = data.draw(languages)
    group, decimal = OWN[language]
    amounts = data.draw(st.lists(st.decimals(0, 10**7, places=data.draw(st.integers(0, 2))), min_size=1, max_size=8))
    has_groups, separator = data.draw(st.booleans()), data.draw(st.sampled_from(["\n", "\t", "; ", ";", ", ", "\r\n"]))
    texts = []
    for amount in amounts:
        whole, _, fraction = str(amount).partition(".")
        texts.append((grouped(whole, group) if has_groups else whole) + (decimal + fraction if fraction else ""))
    field, numbers = Series(label="", item=Money(label="")), numerals(language)

    with watched():
        try:
            value = field.read_text("x", separator.join(texts), numbers)
        except InvalidInput:
            return
    assert value == tuple(amounts)


@cases(120)
@given(language=languages, text=st.text("0123456789.,;' \t\n%-", max_size=30))
def test_a_list_of_anything_is_read_or_refused(language: str, text: str) -> None:
    """What is read, once rewritten, is the same list; and no figure got lost on the way."""
    field, numbers = Series(label="", item=Money(label="")), numerals(language)
    with watched():
        try:
            value = field.read_text("x", text, numbers)
        except InvalidInput:
            return

    assert field.read_text("x", field.write_text(value, numbers), numbers) == value
    figures = [character for character in text if character in "123456789"]
    assert sum(sum(digit in "123456789" for digit in f"{number:f}") for number in value) == len(figures)


# --- blocks ----------------------------------------------------------------------------------------------------------

TABLES = [
    (name, field_name)
    for name, calculator in all_calculators().items()
    for field_name, field in calculator.input_fields.items()
    if isinstance(field, Table)
]


def pasted(name: str, table: str, language: str, text: str, column: str | None = None) -> dict[str, Any]:
    """Return what becomes of a block that is pasted into the untouched example, with all of its columns in sight."""
    field = all_calculators()[name].input_fields[table]
    assert isinstance(field, Table)
    question = {
        "ask": "paste",
        "number": 1,
        "calculator": name,
        "language": language,
        "currency": "",
        "inputs": {
            option: "true" for column in field.columns.values() if (option := getattr(column, "shown_if", None))
        },
        "table": table,
        "text": text,
        "rows": default_texts(name, language)[table],
        "row": 0,
        "column": column or next(iter(field.columns)),
    }
    with watched():
        answered = json.loads(answer(json.dumps(question)))
    assert "trace" not in answered, answered["trace"]
    return dict(answered)


@pytest.mark.parametrize(("name", "table"), TABLES)
@cases(12)
@given(data=st.data())
def test_a_block_of_a_spreadsheet_is_pasted_as_it_is(name: str, table: str, data: st.DataObject) -> None:
    """Rows written with the language's numbers, by any delimiter, with headings or without: the same rows, or none."""
    language = data.draw(languages)
    calculator, numbers = all_calculators()[name], numerals(language)
    field = calculator.input_fields[table]
    assert isinstance(field, Table)
    delimiter = data.draw(st.sampled_from("\t;,|"))
    # The writer puts a name with the delimiter in quotes, but not one with what another program takes for it.
    columns = {
        key: st.text(f"abcΩ가漢&{delimiter}", min_size=1, max_size=8).map(lambda text: f"Deal {text}")
        if isinstance(column, Text) and not isinstance(column, Awaited)
        else values_of(column)
        for key, column in field.columns.items()
    }
    drawn = data.draw(st.lists(st.fixed_dictionaries(columns), min_size=2, max_size=5))
    rows = [{key: entry.read_value("", row[key]) for key, entry in field.columns.items()} for row in drawn]
    written_rows = [[entry.write_text(row[key], numbers) for key, entry in field.columns.items()] for row in rows]
    heading = [calculators.run(name, {}, language).gettext(entry.label) for entry in field.columns.values()]
    block = [heading, *written_rows] if data.draw(st.booleans()) else written_rows
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(block)

    answered = pasted(name, table, language, file.getvalue())

    if "refusal" in answered:
        assert delimiter == ","  # which may stand inside a number as well
        return
    read = [
        {key: entry.read_text("", row[key], numbers) for key, entry in field.columns.items()}
        for row in answered["rows"]
    ]
    assert read == [
        {key: " ".join(cell.split()) if isinstance(cell, str) else cell for key, cell in row.items()} for row in rows
    ]


@cases(80)
@given(data=st.data())
def test_any_block_is_pasted_or_refused(data: st.DataObject) -> None:
    """Quotes that never close, ragged rows, signs of all kinds: rows with every column, a question or a sentence."""
    name, table = data.draw(st.sampled_from(TABLES))
    language = data.draw(languages)
    field = all_calculators()[name].input_fields[table]
    assert isinstance(field, Table)
    pieces = ["\t", "\n", ";", ",", "|", '"', " ", "1", "2,5", "25%", "Total", "합계", "sep=;\n", "(k€)", "\ufeff", "="]
    labels = [entry.label for entry in field.columns.values()]
    signs = st.sampled_from([*pieces, *labels]) | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
    text = "".join(data.draw(st.lists(signs, max_size=40)))

    answered = pasted(name, table, language, text, data.draw(st.sampled_from([*field.columns])))

    assert {"rows", "choices", "refusal", "errors"} & answered.keys()
    for rows in [answered.get("rows", []), *(choice["rows"] for choice in answered.get("choices", ()))]:
        assert all(set(row) == set(field.columns) for row in rows)


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", all_calculators())
@cases(6)
@given(data=st.data())
def test_a_link_brings_the_same_inputs(name: str, data: st.DataObject) -> None:
    """Any valid inputs, in any language and currency: what is shared opens as the same sum, private texts aside."""
    calculator = all_calculators()[name]
    inputs = {key: data.draw(values_of(field)) for key, field in calculator.input_fields.items()}
    inputs = with_falling_thresholds(calculator, inputs)
    result = calculators.run(name, inputs, data.draw(languages), data.draw(st.sampled_from(["", "EUR", "KRW"])))

    opened = from_link(to_link(result), data.draw(languages))
    kept = from_link(to_link(result, with_private=True), "en", with_private=True)

    assert kept.inputs == result.inputs
    assert to_link(opened) == to_link(result)
    assert opened.outputs.keys() == result.outputs.keys()
    assert opened.numerals.currency == result.numerals.currency
