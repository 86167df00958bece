"""What amounts are counted in, said in headers, cells and the lines around the table."""

from datetime import date
from decimal import Decimal

import pytest

from calculators.analysis import Analysis, analyse
from calculators.analysis.gate.units import unit_in_sentence, unit_of_header

TODAY = date(2026, 11, 29)


def read(text: str) -> Analysis:
    """Return the analysis of a table."""
    return analyse(text.encode(), name="deals.csv", today=TODAY)


@pytest.mark.parametrize(
    ("header", "bare", "factor", "currency"),
    [
        ("Amount in k€", "Amount", 1000, "EUR"), ("Betrag (T€)", "Betrag", 1000, "EUR"),
        ("Betrag T€", "Betrag", 1000, "EUR"), ("金額（百万円）", "金額", 1_000_000, "JPY"),
        ("금액(백만원)", "금액", 1_000_000, "KRW"), ("금액 천원", "금액", 1000, "KRW"),
        ("売上金額［千円］", "売上金額", 1000, "JPY"), ("amount_k", "amount", 1000, ""),
        ("Сумма, тыс. руб.", "Сумма", 1000, "RUB"), ("Ποσό σε χιλ. €", "Ποσό", 1000, "EUR"),
        ("Montant en k€", "Montant", 1000, "EUR"), ("Deal Value ($M)", "Deal Value", 1_000_000, "USD"),
        ("Valor (R$ mil)", "Valor", 1000, "BRL"), ("Amount (USD in thousands)", "Amount", 1000, "USD"),
        ("Total Amount (in 000's)", "Total Amount", 1000, ""), ("Amount (EUR)", "Amount", 1, "EUR"),
    ],
)  # fmt: skip
def test_a_header_says_its_unit(header: str, bare: str, factor: int, currency: str) -> None:
    """In brackets or behind the word for the amount."""
    found, unit = unit_of_header(header)
    assert unit is not None
    assert (found, int(unit.factor), unit.currency) == (bare, factor, currency)


@pytest.mark.parametrize(
    "header", ["Amount", "Amount Won", "Amount (converted)", "Deal - Value", "Name M", "Close Date"]
)
def test_other_headers_say_none(header: str) -> None:
    """What was won is no currency, and M is a letter."""
    assert unit_of_header(header) == (header, None)


@pytest.mark.parametrize(
    ("sentence", "factor"),
    [
        ("All amounts in thousands of EUR", 1000), ("(단위 : 백만원, VAT 별도)", 1_000_000),
        ("※金額は千円単位です", 1000), ("Angaben in T€", 1000), ("Montants en milliers d'euros", 1000),
        ("ποσά σε χιλ. €", 1000), ("Суммы в тыс. руб.", 1000), ("Importes en miles de euros", 1000),
        ("Pipeline Q3 2026, amounts in thousands of EUR, confidential", 1000), ("Amounts in £m", 1_000_000),
        ("※金額の単位は千円", 1000), ("Pipeline (k EUR)", 1000), ("営業一覧（百万円）", 1_000_000),
        ("Pipeline TEUR", 1000),
        ("Deals over 500 k€", None), ("Upgrade (500k€)", None), ("Acme (M)", None),
        ("Report of last week", None), ("Deals in M", None), ("Sales in Mexico", None), ("B", None), ("K", None),
        ("Deals over 1 million USD", None), ("Meeting in b.", None), ("In kürze", None), ("Export in EUR", None),
    ],
)  # fmt: skip
def test_a_sentence_says_a_unit_or_none(sentence: str, factor: int | None) -> None:
    """Only what is said of amounts, not any number of letters."""
    unit = unit_in_sentence(sentence)
    assert (unit and unit.factor) == factor


@pytest.mark.parametrize(
    ("text", "won_value", "line"),
    [
        ("All amounts in thousands of EUR\n\nDeal,Stage,Amount\nA,Won,100\nB,Lost,2\n", "100000", 1),
        ("Deal,Stage,Amount\nA,Won,100\nB,Lost,2\n\nAlle Beträge in T€\n", "100000", 5),
        ("영업 현황,,(단위: 백만원)\n거래명,단계,금액\nA,수주,100\nB,실주,2\n", "100000000", 1),
        ("거래명,단계,금액\n,,(천원)\nA,수주,100\nB,실주,2\n", "100000", 2),
        ("All amounts in thousands;;\nDeal;Stage;Amount (EUR)\nA;Won;1,5\nB;Lost;2\n", "1500", 1),
    ],
)
def test_a_unit_around_the_table_counts_and_is_said(text: str, won_value: str, line: int) -> None:
    """Above, below, in a row of units; a header that names the currency alone does not speak against it."""
    analysis = read(text)
    assert analysis.figures.won_value == Decimal(won_value)
    note = next(note for note in analysis.understood.notes if note.code == "unit_said")
    assert note.values["line"] == line
    assert analysis.figures.deals == 2


@pytest.mark.parametrize(
    ("text", "won_value"),
    [
        ("Amounts in thousands of EUR\nDeal,Stage,Amount\nA,Won,100k\nB,Lost,20k\n", "100000"),
        ("Deal;Stage;Amount (k€)\nA;Won;100k\nB;Lost;20\n", "100000"),
        ("Deal,Stage,amount_in_cents\nA,Won,10050\nB,Lost,20000\n", "100.50"),
    ],
)
def test_what_a_cell_says_of_itself_counts_first(text: str, won_value: str) -> None:
    """45k below k€ is 45k."""
    assert read(text).figures.won_value == Decimal(won_value)


@pytest.mark.parametrize(
    ("text", "code", "groups"),
    [
        ("Deal,Stage,Region\nA,Won,NA\nB,Lost,EMEA\nC,Won,APAC\nD,Demo,NA\n", "na_is_name", ["NA", "EMEA", "APAC"]),
        ("Deal,Stage,Region\nA,Won,NA\nB,Lost,Europe\nC,Won,Asia\nD,Demo,NA\n", "na_is_nothing", ["Europe", "Asia"]),
    ],
)
def test_na_is_a_name_among_codes_and_never_lost_in_silence(text: str, code: str, groups: list[str]) -> None:
    """North America, Namibia or nothing: the other values tell, and what was taken is said with its rows."""
    analysis = read(text)
    assert analysis.understood.deals.groups["region"].names == groups
    note = next(note for note in analysis.understood.notes if note.code == code)
    assert note.values == {"column": "Region", "rows": 2}


def test_na_beside_yes_and_no_is_nothing() -> None:
    """Capitals alone do not make a code of it: nothing is said of D but that it is not won."""
    analysis = read("Deal,Won,Lost\nA,YES,NO\nB,NO,YES\nC,NO,NO\nD,NO,NA\n")
    assert [(doubt.code, doubt.examples) for doubt in analysis.open_doubts] == [("outcome_unknown", ["NO"])]
