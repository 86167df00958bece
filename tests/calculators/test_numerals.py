"""Numbers read and written in four languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.core.declaring.fields import Count, Days, Money, Number, Rate
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.declaring.series import Series
from calculators.core.numbers.numerals import Numerals, numerals, round_half_up
from calculators.core.numbers.reading import UnreadableNumber
from calculators.core.words.catalogue import LANGUAGES

languages = st.sampled_from(LANGUAGES)
amounts = st.decimals(min_value=0, max_value=10**15, places=4)
FIELDS = (Number, Money, Count, Days, Rate)


@given(languages, amounts)
def test_what_is_written_exactly_reads_back(language: str, value: Decimal) -> None:
    """parse(format(x)) == x in every language."""
    text = numerals(language).exact(value)

    assert numerals(language).read(text) == value


@given(languages, st.sampled_from(FIELDS), st.decimals(min_value=0, max_value=1, places=6))
def test_what_stands_in_a_field_reads_back(language: str, kind: type[Number], value: Decimal) -> None:
    """A field rewritten in the language's format holds the same value."""
    field = kind(label="")

    assert field.read_text("x", field.write_text(value, numerals(language)), numerals(language)) == value


@given(languages, st.lists(st.decimals(min_value=0, max_value=36525, places=2), max_size=20))
def test_a_series_reads_back(language: str, values: list[Decimal]) -> None:
    """One value per line, whatever the decimal mark."""
    series = Series(label="", item=Days(label=""))

    assert series.read_text("x", series.write_text(tuple(values), numerals(language)), numerals(language)) == tuple(
        values
    )


@given(languages, st.text(max_size=80))
def test_any_text_is_read_or_refused(language: str, text: str) -> None:
    """No text makes reading fail in another way."""
    try:
        value = numerals(language).read(text)
    except UnreadableNumber:
        return
    assert value.is_finite()


@given(languages, amounts, st.sampled_from(["", "EUR", "KRW", "JPY", "USD"]))
def test_money_shows_the_nearest_amount(language: str, value: Decimal, currency: str) -> None:
    """An amount shown and read back differs by at most half of the last decimal shown."""
    shown = Numerals(language, currency).money(value)

    digits = 0 if currency in {"KRW", "JPY"} else 2
    assert Numerals(language, currency).read(shown) == round_half_up(value, digits)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,234.5", "1234.5"),
        ("en", "1234.5", "1234.5"),
        ("en", "1 234.5", "1234.5"),
        ("en", "$ 25,000", "25000"),
        ("en", "25k", "25000"),
        ("en", "1.2M", "1200000"),
        ("en", ".5", "0.5"),
        ("en", "−5", "-5"),
        ("el", "1.234,5", "1234.5"),
        ("el", "1234,5", "1234.5"),
        ("el", "25.000 €", "25000"),
        ("el", "1,2 εκ.", "1200000"),
        ("ko", "2,500만", "25000000"),
        ("ko", "1억 5,000만 원", "150000000"),
        ("ko", "₩3,000,000", "3000000"),
        ("ja", "１２，３４５．６", "12345.6"),
        ("ja", "250万円", "2500000"),
        ("ja", "1億2,000万", "120000000"),
    ],
)
def test_what_people_type_is_understood(language: str, text: str, value: str) -> None:
    """Local marks, spaces, full-width digits, currency signs and magnitude words."""
    assert numerals(language).read(text) == Decimal(value)


@pytest.mark.parametrize(
    ("language", "text", "suggestion"),
    [
        ("el", "1,234.5", "1.234,5"),
        ("el", "1.5", "1,5"),
        ("en", "1.234,5", "1,234.5"),
        ("ko", "1.234,5", "1,234.5"),
    ],
)
def test_foreign_marks_get_a_suggestion(language: str, text: str, suggestion: str) -> None:
    """A number in the other format is refused with what it would be here, never read as something else."""
    with pytest.raises(InvalidInput) as refused:
        Money(label="").read_text("x", text, numerals(language))

    assert (refused.value.code, refused.value.values["suggestion"]) == ("wrong_marks", suggestion)


@pytest.mark.parametrize(
    "text", ["", "abc", "1,23,456", "12,34", "1.2.3", "--5", "5-", "NaN", "inf", "1e99", "٣", "5만 3억"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    """Wrong groups, words, other digits, and magnitudes in the wrong order."""
    with pytest.raises(UnreadableNumber):
        numerals("ko").read(text)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "45, 54, 39", [45, 54, 39]),
        ("en", "45,54,39", [45, 54, 39]),
        ("en", "45\n54\r\n39\n", [45, 54, 39]),
        ("en", "1,200\n800", [1200, 800]),
        ("en", "45\t54\t39", [45, 54, 39]),
        ("el", "45,5; 54; 39", [Decimal("45.5"), 54, 39]),
        ("ja", "45、54、39", [45, 54, 39]),
        ("ko", "", []),
    ],
)
def test_a_series_is_read_as_it_is_pasted(language: str, text: str, values: list[Decimal]) -> None:
    """Lines, tabs, semicolons, and commas where the comma is no decimal mark."""
    series = Series(label="", item=Number(label=""))

    assert list(series.read_text("x", text, numerals(language))) == values


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [("0.125", 2, "0.13"), ("0.135", 2, "0.14"), ("-0.5", 0, "-1"), ("-0.001", 2, "0.00")],
)
def test_halves_are_rounded_up(value: str, digits: int, rounded: str) -> None:
    """Half up, as people expect of money, and never a negative zero."""
    assert str(round_half_up(Decimal(value), digits)) == rounded


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["2,777.78", "€2,777.78", "₩2,778", "21.1%", "1 day", "1.5 days", "0.072 days", "0.004%"]),
        ("ko", ["2,777.78", "€2,777.78", "₩2,778", "21.1%", "1일", "1.5일", "0.072일", "0.004%"]),
        ("ja", ["2,777.78", "€2,777.78", "₩2,778", "21.1%", "1日", "1.5日", "0.072日", "0.004%"]),
        (
            "el",
            ["2.777,78", "2.777,78\xa0€", "2.778\xa0₩", "21,1%", "1 ημέρα", "1,5 ημέρες", "0,072 ημέρες", "0,004%"],
        ),
    ],
)
def test_results_in_the_readers_format(language: str, shown: list[str]) -> None:
    """Amounts, rates and times; a small figure is not shown as zero."""
    amount = Decimal("2777.7777")
    plain = numerals(language)

    assert [
        plain.money(amount),
        numerals(language, "EUR").money(amount),
        numerals(language, "KRW").money(amount),
        plain.percent(Decimal("0.2106")),
        plain.days(Decimal(1)),
        plain.days(Decimal("1.5")),
        plain.days(Decimal("0.0722")),
        plain.percent(Decimal("0.00004")),
    ] == shown


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("ko", "118340000", "약 1.2억"),
        ("ko", "5000000", "500만"),
        ("ko", "12345678", "약 1,235만"),
        ("ja", "51135000000", "約511億"),
        ("en", "1234567", "about 1.2 million"),
        ("en", "2000000000", "2 billion"),
        ("el", "1234567", "περίπου 1,2\xa0εκ."),
        ("el", "-3500000", "-3,5\xa0εκ."),
        ("en", "999999", None),
    ],
)
def test_a_large_result_in_words(language: str, value: str, words: str | None) -> None:
    """As people of the language say it, and as our own reader reads it."""
    assert numerals(language).in_words(Decimal(value)) == words
    if words:
        assert abs(numerals(language).read(words) / Decimal(value) - 1) < Decimal("0.05")
