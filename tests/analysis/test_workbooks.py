"""A workbook's cells come out as its reader means them, whatever program wrote it."""

import io
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from calculators.analysis.reading.cell_values import form_of, of_number, of_serial
from calculators.analysis.reading.refused import Refused
from tests.analysis.files import opened, read
from tests.analysis.workbooks import SHEET, changed, ods, xls, xlsx
from tests.cases import cases


def written(*, is_1904: bool = False) -> bytes:
    """Return a workbook with a cover, a table with a cell of every kind, notes and a hidden sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"date_1904": is_1904}) as book:
        form = {
            code: book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "d.m.yy hh:mm", "[h]:mm", "0.0%")
        }
        cover = book.add_worksheet("Cover")
        cover.write_column(0, 0, ["Pipeline", "Confidential", "2026"])
        deals = book.add_worksheet("Deals")
        deals.write_row(2, 1, ["Deal", "Amount", "Closed", "Seen", "Took", "Rate", "Won", "Formula", "Text"])
        deals.write_string(3, 1, " Größe 한국 ")
        deals.write_number(3, 2, 1234.5)
        deals.write_datetime(3, 3, datetime(2026, 3, 4), form["dd/mm/yyyy"])
        deals.write_datetime(3, 4, datetime(2026, 3, 4, 10, 30), form["d.m.yy hh:mm"])
        deals.write_number(3, 5, 1.5, form["[h]:mm"])
        deals.write_number(3, 6, 0.125, form["0.0%"])
        deals.write(3, 7, True)  # noqa: FBT003 - the value itself
        deals.write_formula(3, 8, "=C4*2", None, 2469)
        deals.write_string(3, 9, "1.234")
        deals.write_row(5, 1, ["B", 2e21])
        deals.write_formula(5, 3, "=1/0", form["dd/mm/yyyy"], "#DIV/0!")
        deals.write_formula(5, 9, '=LOWER("Ä")', None, "ä & <b>")
        notes = book.add_worksheet("Notes")
        notes.write_row(0, 0, ["Deal", "Amount", "x", "y", "z", "1", "2", "3", "4"])
        book.add_worksheet("Old").hide()
    return file.getvalue()


ROWS = [
    ["", "Größe 한국", "1234.5", "2026-03-04", "2026-03-04 10:30:00", "36:00:00", "12.5%", "TRUE", "2469", "1.234"],
    ["", "B", "2" + "0" * 21, "", "", "", "", "", "", "ä & <b>"],
]


@pytest.mark.parametrize("is_1904", [False, True])
def test_cells_of_every_kind(is_1904: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Dates are ISO, numbers have no exponent, errors are empty, and the sheet's own row numbers count."""
    export = read(written(is_1904=is_1904))

    assert export.opened.facts.sheet == "Deals"
    assert export.opened.facts.sheets == [("Cover", False), ("Deals", False), ("Notes", False), ("Old", True)]
    assert (export.opened.facts.encoding, export.opened.facts.delimiter) == (None, None)
    assert export.opened.head_lines == [3, 4, 6]
    assert export.cells == ROWS
    assert list(export.table.lines) == [4, 6]


def test_what_texts_are() -> None:
    """A number cell's text is no thousand, a date is no text, and a text that looks like a number stays one."""
    natives = [column.native for column in read(written()).table.columns]

    assert natives[2] == {"1234.5": Decimal("1234.5")}
    assert natives[3] == {"2026-03-04": date(2026, 3, 4)}
    assert natives[4] == {"2026-03-04 10:30:00": datetime(2026, 3, 4, 10, 30)}
    assert natives[6] == {"12.5%": Decimal("12.5")}
    assert natives[7] == {"TRUE": True}
    assert natives[9] == {}


def test_a_sheet_by_name() -> None:
    """Any sheet can be asked for, hidden ones too; another name is refused with those there are."""
    assert opened(written(), sheet="Notes").head[0][0] == "Deal"
    with pytest.raises(Refused) as refusal:
        opened(written(), sheet="Nots")
    assert (refusal.value.code, refusal.value.values) == (
        "unknown_sheet",
        {"typed": "Nots", "names": "Cover, Deals, Notes, Old"},
    )


def test_the_first_sheet_that_holds_a_table() -> None:
    """Of two tables the first is taken, and a hidden one only where nothing else holds anything."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Empty")
        for name in ("Deals", "History"):
            sheet = book.add_worksheet(name)
            for row in range(20 if name == "Deals" else 100):
                sheet.write_row(row, 0, ["a", "b", "c", "d", "e"])
    assert opened(file.getvalue()).facts.sheet == "Deals"

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Start").activate()
        hidden = book.add_worksheet("Data")
        hidden.write_row(0, 0, ["Deal", "Amount"])
        hidden.hide()
    assert opened(file.getvalue()).facts.sheet == "Data"


def test_merged_cells() -> None:
    """A cell merged over several rows holds for each of them; a title merged over columns stays one cell."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "Deals of 2026")
        sheet.write_row("A2", ["Account", "Deal", "Amount"])
        sheet.merge_range("A3:A5", "Acme")
        for row in range(2, 6):
            sheet.write_row(row, 1, [f"Deal {row}", row])
    export = read(file.getvalue(), header=1)

    assert export.opened.head[0] == ["Deals of 2026"]
    assert [row[0] for row in export.cells] == ["Acme", "Acme", "Acme", ""]


OTHER_WAYS = {
    "prefixed names": lambda xml: re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x="),
    "single quotes": lambda xml: xml.replace('"', "'"),
    "no references": lambda xml: re.sub(r' r="\w+"', "", xml),
    "attributes in another order": lambda xml: re.sub(r'<c (r="\w+")( [st]="\w+")', r"<c\2 \1", xml),
    "line breaks between tags": lambda xml: xml.replace("><", ">\n  <"),
    "empty rows behind": lambda xml: xml.replace(
        "</sheetData>", '<row r="9"/><row r="10"><c r="A10"/></row></sheetData>'
    ),
    "no sizes": lambda xml: re.sub(r"<dimension[^>]*/>", "", xml),
}


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_xml_as_other_programs_write_it(way: str) -> None:
    """Prefixes, quotes, order and missing references make no difference."""
    rows: list[list[object]] = [["Deal", "Amount", "Owner"], ["A", 1.5, "Müller"], ["B", 2, "x"]]
    book = changed(xlsx(rows), SHEET, OTHER_WAYS[way])

    assert read(book).cells == [["A", "1.5", "Müller"], ["B", "2", "x"]]


def test_texts_inside_cells() -> None:
    """Texts that stand in the sheet, in parts, or with their pronunciation, which is none of it."""
    cells = (
        '<c r="B2" t="inlineStr"><is><r><t>東</t></r><r><rPr><color rgb="1"/></rPr><t xml:space="preserve">京 </t></r>'
        '<rPh sb="0"><t>トウキョウ</t></rPh></is></c><c r="C2" t="d"><v>2026-03-04T00:00:00</v></c>'
        '<c r="D2" t="str"><f>A2</f><v>a_x000D_b &amp; c</v></c>'
    )
    book = changed(
        xlsx([["Deal", "Amount"], ["A", 1]]), SHEET, lambda xml: xml.replace('<c r="B2"><v>1</v></c>', cells)
    )
    assert read(book).cells == [["A", "東京", "2026-03-04", "a\rb & c"]]


def test_a_cell_far_away() -> None:
    """A stray cell in the last row costs nothing, and a format without a value is no cell."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Deal", "Amount"])
        sheet.write(1_048_575, 1, "stray")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    export = read(file.getvalue())

    assert export.cells == [["", "stray"]]
    assert list(export.table.lines) == [1_048_576]


def test_old_and_open_workbooks() -> None:
    """Excel 97 and OpenDocument are read by the library, with the same texts and row numbers."""
    old = read(xls())
    assert old.opened.facts.sheets == [("Cover", False), ("Deals", False), ("Old", True)]
    assert old.opened.facts.sheet == "Deals"
    assert old.cells == [
        ["Größe 한국", "1234.5", "2026-03-04", "2026-03-04 10:30:00", "0.125", "TRUE"],
        ["B", "2000", "2026-12-31", "", "1", "FALSE"],
    ]
    assert list(old.table.lines) == [2, 4]
    assert old.table.columns[1].native == {"1234.5": Decimal("1234.5")}

    document = read(ods())
    assert document.cells == [["Größe", "1234.5", "2026-03-04"]]
    assert list(document.table.lines) == [4]


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("General", "number"),
        ("#,##0.00 [$€-407]", "number"),
        ('0.00" days"', "number"),
        ("[Red]-0;[<100]0", "number"),
        ("0%", "percent"),
        ("dd/mm/yyyy", "date"),
        ("[$-411]ggge年m月d日", "date"),
        ('yyyy"년" m"월" d"일"', "date"),
        ("mmm yy", "date"),
        ("m/d/yy h:mm AM/PM", "datetime"),
        ("h:mm:ss", "time"),
        ("mm:ss.0", "time"),
        ("[h]:mm", "duration"),
    ],
)
def test_number_formats(code: str, form: str) -> None:
    """A format's code says whether a number is one, whatever is in quotes or brackets."""
    assert form_of(164, code) == form


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (46085.0, "date", "2026-03-04"),
        (46085.4375, "date", "2026-03-04 10:30:00"),
        (46085.0, "datetime", "2026-03-04 00:00:00"),
        (46085.999999, "datetime", "2026-03-05 00:00:00"),
        (1.0, "date", "1900-01-01"),
        (59.0, "date", "1900-02-28"),
        (61.0, "date", "1900-03-01"),
        (0.4375, "time", "10:30:00"),
        (0.4375, "date", "10:30:00"),
        (1.5, "duration", "36:00:00"),
        (-0.25, "duration", "-6:00:00"),
        (-5.0, "date", "-5"),
        (1e9, "date", "1000000000"),
        (0.3, "percent", "30%"),
        (0.1 + 0.2, "number", "0.3"),
        (1e-7, "number", "0.0000001"),
        (1e21, "number", "1" + "0" * 21),
        (9007199254740991.0, "number", "9007199254740991"),
        (-0.0, "number", "0"),
        (float("nan"), "number", ""),
    ],
)
def test_numbers_as_text(number: float, form: str, text: str) -> None:
    """Days since 1900, times, durations and numbers, as a spreadsheet shows them."""
    assert of_serial(number, form, is_1904=False)[0] == text  # type: ignore[arg-type] # one of the forms


@cases(500)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=4))
def test_amounts_keep_their_digits(amount: Decimal) -> None:
    """What has up to fifteen digits is the same number as text."""
    text, native = of_number(float(amount))

    if len(amount.as_tuple().digits) <= 15:
        assert Decimal(text) == amount
        assert native is None or native == amount
    assert "E" not in text.upper()
