"""Numbers of a column: one decimal mark for all rows."""

from decimal import Decimal

import pytest

from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.number_shapes import read_number
from calculators.analysis.gate.orders import decide_orders
from calculators.analysis.reading.table import Column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("12,34,567", "1234567"),
        ("-110.7 €,", "-110.7"),
        ("(1,234,000)", "-1234000"),
        ("▲500", "-500"),
        ("€ -50", "-50"),
        ("1.234,50-", "-1234.50"),
        ("USD 485,000.00", "485000"),
        ("R$ 1.234,00", "1234"),
        ("￥1,200,000", "1200000"),
        ("１２，３４５，０００円", "12345000"),
        ("12,500,000원", "12500000"),
        ("1억 2,000만", "120000000"),
        ("3億5,000万円", "350000000"),
        ("2만 5천", "25000"),
        ("45k", "45000"),
        ("1.2M", "1200000"),
        ("1,5 Mio. €", "1500000"),
        ("2.5 млн руб.", "2500000"),
        ("90%", "90"),
    ],
)
def test_money_in_many_shapes(text: str, value: str) -> None:
    """Where the text alone decides, with signs, codes, words and brackets."""
    read = read_number(text)
    assert read is not None
    assert not read.is_ambiguous
    assert (read.comma if read.dot is None else read.dot) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "12 monkeys", "2026-10-03", "1.5.2020", "1,2,3", "D-2401", "$", "1.23.45"])
def test_what_is_no_number(text: str) -> None:
    """Dates, ids and lists are none."""
    assert read_number(text) is None


def marks(*columns: list[str], decide: str = "") -> list[str | None]:
    """Return the decimal marks of columns of numbers beside each other."""
    profiles = []
    for place, texts in enumerate(columns):
        column = Column(f"Number {place}")
        column.extend(texts)
        profiles.append(ColumnProfile(column, place))
    options = Mapping().with_decision("number_marks", decide) if decide else Mapping()
    readings, _doubts = decide_orders(profiles, Choices(options=options))
    return [readings[place].mark for place in range(len(columns))]


def test_one_number_decides_for_all_rows() -> None:
    """1.234 is thousands where another row has a decimal comma."""
    assert marks(["1.234", "99,5"]) == [","]
    assert marks(["1.234", "99.5"]) == ["."]


def test_a_sister_column_decides() -> None:
    """The same program wrote both."""
    assert marks(["1.234", "5.678"], ["99,5", "1,25"]) == [",", ","]


def test_thousands_are_taken_where_nothing_decides() -> None:
    """And decimals where the reader says so."""
    assert marks(["1.234", "5.678"]) == [","]
    assert marks(["1.234", "5.678"], decide="decimal") == ["."]


def test_a_rate_tells_nothing_of_amounts() -> None:
    """0.25 stands so in files whose amounts are written for people."""
    column = Column("Amount")
    column.extend(["1.234", "5.678"])
    rate = Column("Probability (%)")
    rate.extend(["0.25", "0.5"])
    readings, _doubts = decide_orders([ColumnProfile(column, 0), ColumnProfile(rate, 1)], Choices())
    assert readings[0].mark == ","
