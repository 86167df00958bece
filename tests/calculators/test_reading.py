"""What people of each language type, read as they mean it, or asked about, never as another number."""

import itertools
import re
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.core.declaring.fields import Count, Days, Money, Months, Multiple, Number, Rate
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.declaring.series import Series
from calculators.core.numbers.numerals import numerals
from calculators.core.running.sentences import ERRORS, error_text
from calculators.core.words.catalogue import LANGUAGES, catalogue

MARKS = {"en": (",", "."), "ko": (",", "."), "ja": (",", "."), "el": (".", ",")}
# How large amounts are written: the power, and the words for it in newspapers, invoices and chat.
LARGE: dict[str, list[tuple[int, tuple[str, ...]]]] = {
    "en": [
        (3, ("k", "K", " thousand")),
        (6, ("m", "M", "mm", " million", " mn", " Million")),
        (9, ("bn", "B", " billion")),
        (12, (" trillion", "tn")),
        (5, (" lakh",)),
        (7, (" crore", " crores")),
    ],
    "ko": [
        (4, ("만", " 만")),
        (8, ("억", " 억")),
        (12, ("조",)),
        (3, ("천", "k", "K")),
        (7, ("천만",)),
        (6, ("백만", "M")),
    ],
    "ja": [
        (4, ("万", " 万")),
        (8, ("億", " 億")),
        (12, ("兆",)),
        (3, ("千", "k", "K")),
        (7, ("千万",)),
        (6, ("百万", "M")),
    ],
    "el": [
        (3, (" χιλ.", " χιλ", " χιλιάδες", "k", "Κ")),
        (6, (" εκ.", " εκατ.", " εκατομμύρια", "M", " ΕΚ.", " εκ")),
        (9, (" δισ.", " δις", " δισεκατομμύρια", " ΔΙΣ", " ΔΙΣ.")),
        (12, (" τρισ.",)),
    ],
}
MONEY = {
    "en": [
        "{}",
        "${}",
        "$ {}",
        "US${}",
        "USD {}",
        "{} USD",
        "€{}",
        "£{}",
        "{} dollars",
        "{} euros",
        "{} EUR",
        "usd {}",
    ],
    "ko": [
        "{}",
        "{}원",
        "{} 원",
        "₩{}",
        "￦{}",
        "{}원정",
        "금 {}원",
        "일금 {}원정",
        "{}달러",
        "KRW {}",
        "약 {}원",
        "₩{}-",
    ],
    "ja": ["{}", "{}円", "{} 円", "¥{}", "￥{}", "金{}円", "{}円也", "¥{}-", "JPY {}", "約{}円", "{}ドル", "{}ユーロ"],
    "el": ["{}", "{} €", "{}€", "€{}", "€ {}", "{} ευρώ", "{} ΕΥΡΩ", "{} EUR", "περίπου {} €", "{} δολάρια", "{},-"],
}
NEGATIVE = {
    "en": ["-{}", "−{}", "–{}", "({})", "- {}"],
    "ko": ["-{}", "−{}", "△{}", "({})"],
    "ja": ["-{}", "−{}", "▲{}", "△{}", "（{}）", "▲ {}"],
    "el": ["-{}", "−{}", "–{}", "({})"],
}
UNITS: dict[str, list[tuple[type[Number], list[str]]]] = {
    "en": [
        (Days, ["{} days", "{}d", "{} day"]),
        (Months, ["{} months", "{}mo", "{}m"]),
        (Count, ["{} deals"]),
        (Multiple, ["{}x", "{}×", "{} times"]),
        (Rate, ["{}%", "{} %", "{} percent", "{} per cent"]),
    ],
    "ko": [
        (Days, ["{}일", "{} 일", "{}일간"]),
        (Months, ["{}개월", "{} 개월"]),
        (Count, ["{}건", "{}개", "{}명"]),
        (Multiple, ["{}배"]),
        (Rate, ["{}%", "{}％", "{}퍼센트", "{}프로"]),
    ],
    "ja": [
        (Days, ["{}日", "{}日間"]),
        (Months, ["{}か月", "{}ヶ月", "{}カ月"]),
        (Count, ["{}件", "{}社", "{}人"]),
        (Multiple, ["{}倍"]),
        (Rate, ["{}%", "{}％", "{}パーセント"]),
    ],
    "el": [
        (Days, ["{} ημέρες", "{} ημ.", "{} μέρες"]),
        (Months, ["{} μήνες", "{} ΜΗΝΕΣ"]),
        (Count, ["{} ευκαιρίες"]),
        (Multiple, ["{}×", "{} φορές"]),
        (Rate, ["{}%", "{} %", "{} τοις εκατό"]),
    ],
}
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})

ABOUT_MONEY = {
    "en": [("$", ""), ("", " USD"), ("€", "")],
    "ko": [("₩", ""), ("", "원"), ("", " 원")],
    "ja": [("¥", ""), ("", "円"), ("￥", "")],
    "el": [("", " €"), ("€", ""), ("", " ευρώ")],
}
SPELLINGS = 3000
# Each of several numbers, so that these are more spellings still.
LISTS = 1000

languages = st.sampled_from(LANGUAGES)


def grouped(whole: int, mark: str) -> str:
    """Write a whole number in groups of three."""
    return f"{whole:,}".replace(",", mark)


class Writer:
    """Writes random numbers as people of a language do: the same ones for the same seed, many of them in a second."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.random = Random(f"{language} {seed}")  # noqa: S311 - the same spellings at every run

    def figures(self, largest: int = 10**9) -> tuple[str, Decimal]:
        """Return a number as the language writes it with figures, and the number."""
        choose = self.random.choice
        group, decimal = MARKS[self.language]
        whole = choose([self.random.randint(0, largest), self.random.randint(0, 2000), 1, 25, 82_000, 1_234_567])
        whole = min(whole, largest)
        fraction = choose(["", "", str(self.random.randint(0, 9)), f"{self.random.randint(0, 99):02}"])
        text = grouped(whole, choose([group, group, "", "", "\u00a0", "\u202f", " ", "'"]))
        if fraction:
            text += decimal + fraction
        if self.language in {"ko", "ja"} and choose([True, False]):
            text = text.translate(WIDE)
        return text, Decimal(f"{whole}.{fraction or 0}")

    def large(self) -> tuple[str, Decimal]:
        """Return a number with words for large amounts, such as 1억 5,000만 or 2,5 εκατ., and the number."""
        choose = self.random.choice
        power, words = choose(LARGE[self.language])
        if self.language in {"ko", "ja"} and power in {8, 12} and choose([True, False]):
            high, low = self.random.randint(1, 9999), self.random.randint(1, 9999)
            below = LARGE[self.language][0 if power == 8 else 1][1][0]
            text = f"{high}{words[0].strip()}{choose(['', ' '])}{grouped(low, choose(['', ',']))}{below}"
            return text, Decimal(high).scaleb(power) + Decimal(low).scaleb(power - 4)
        number, fraction = self.random.randint(1, 999), choose(["", "5", "25"])
        text = f"{number}{MARKS[self.language][1]}{fraction}" if fraction else str(number)
        return text + choose(words), Decimal(f"{number}.{fraction or 0}").scaleb(power)

    def in_a_field(self) -> tuple[Number, str, Decimal]:
        """Return a field, what is typed into it, and what that means."""
        choose = self.random.choice
        style = choose(["money", "negative", "unit"])
        if style == "unit":
            text, value = self.figures(1200)
            kind, forms = choose(UNITS[self.language])
            return kind(label=""), choose(forms).format(text), value.scaleb(-2) if kind is Rate else value
        text, value = choose([self.figures, self.large])()
        if style == "negative":
            before, after = choose([("", ""), *ABOUT_MONEY[self.language]])
            return Money(label=""), choose(NEGATIVE[self.language]).format(f"{before}{text}{after}"), -value
        # A dash that closes an amount stands where decimals would.
        forms = [form for form in MONEY[self.language] if not (form.endswith("-") and value % 1)]
        return Money(label=""), choose(forms).format(text), value

    def list(self) -> tuple[str, list[Decimal]]:
        """Return a list as somebody types or pastes it, and its values."""
        choose = self.random.choice
        items = [choose([lambda: self.figures(10**6), self.large])() for _item in range(self.random.randint(1, 6))]
        between = choose(
            ["\n", "\r\n", "\t", ";", "; ", ", ", " ", "\n\n", ",\n", *([","] if self.language != "el" else [])]
        )
        return between.join(text for text, _value in items), [value for _text, value in items]


def meanings(field: Any, typed: str, language: str) -> tuple[Any, list[Any]]:
    """Return the value that was read, or None and what was asked; the sentence of a refusal can always be written."""
    numbers = numerals(language)
    try:
        return field.read_text("x", typed, numbers), []
    except InvalidInput as refused:
        error_text(refused, catalogue(language).gettext, numbers)
        return None, [field.read_text("x", offer.value, numbers) for offer in refused.offers]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_read_as_its_language_means_it(language: str) -> None:
    """Money, large amounts, percentages, negatives and units: the value that is meant, or a question that offers it."""
    writer = Writer(language, seed=1)
    for _spelling in range(SPELLINGS):
        field, typed, meant = writer.in_a_field()
        value, offered = meanings(field, typed, language)

        assert value == meant or (value is None and meant in offered), (typed, value, offered)


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("ko", "5천만", 50_000_000),
        ("ko", "2천5백만", 25_000_000),
        ("ko", "백만", 1_000_000),
        ("ko", "오천만원", 50_000_000),
        ("ko", "일금 삼백만원정", 3_000_000),
        ("ko", "1만2000원", 12_000),
        ("ko", "3만5천", 35_000),
        ("ko", "2,500백만원", 2_500_000_000),
        ("ja", "1億2千万円", 120_000_000),
        ("ja", "五千万円", 50_000_000),
        ("ja", "金壱百万円也", 1_000_000),
        ("ja", "250千円", 250_000),
        ("ja", "▲500", -500),
        ("ja", "¥25,000-", 25_000),
        ("en", "1e5", 100_000),
        ("en", "1.5E+6", 1_500_000),
        ("en", "5 hundred thousand", 500_000),
        ("en", "2 million 500 thousand", 2_500_000),
        ("en", "($1,234.50)", "-1234.50"),
        ("en", "25k\n", 25_000),
        ("el", "2,5 εκατ.", 2_500_000),
        ("el", "2 εκ. 500 χιλ.", 2_500_000),
        ("el", "25.000,-", 25_000),
        ("el", "500 ευρώ", 500),
    ],
)
def test_the_languages_own_ways(language: str, typed: str, value: int | str) -> None:
    """Forms that no pattern of figures shows, each understood."""
    assert Money(label="").read_text("x", typed, numerals(language)) == Decimal(value)


@pytest.mark.parametrize(
    ("language", "typed", "readings"),
    [
        ("ko", "3억5", [350_000_000, 300_000_005]),
        ("ko", "1억2000", [120_000_000, 100_002_000]),
        ("ko", "1억 5천", [150_000_000, 100_005_000]),
        ("ko", "▲500", [-500, 500]),
        ("ja", "1億2000", [120_000_000, 100_002_000]),
        ("en", "2k5", [2500, 2005]),
        ("en", "2m 500", [2_500_000, 2_000_500]),
        ("en", "0,250", ["0.250"]),
        ("en", "1.234,5", ["1234.5"]),
        ("el", "0.250", ["0.250"]),
        ("en", "12€50", ["12.50"]),
        ("en", "82000\t85000", [82_000, 85_000]),
        ("ko", "82000; 85000", [82_000, 85_000]),
        ("en", "250¹", []),
        ("en", "½", []),
        ("en", "5-10", []),
        ("en", "12:30", []),
        ("el", "12.05.2024", []),
        ("ko", "1.5억 2천만", []),
    ],
)
def test_what_could_be_two_things_is_asked(language: str, typed: str, readings: list[int | str]) -> None:
    """Each reading is offered, and choosing it reads back as itself; what means nothing is refused."""
    value, offered = meanings(Money(label=""), typed, language)

    assert (value, offered) == (None, [Decimal(reading) for reading in readings])


@pytest.mark.parametrize(
    ("kind", "typed", "days"), [(Days, "삼십일", [30, 31]), (Days, "30일", 30), (Days, "３０ 일", 30)]
)
def test_thirty_one_or_thirty_days(kind: type[Number], typed: str, days: int | list[int]) -> None:
    """In Korean, the word for one is the word for day."""
    value, offered = meanings(kind(label=""), typed, "ko")

    assert (offered if value is None else value) == days


@pytest.mark.parametrize(
    ("language", "typed", "read", "other"),
    [
        ("en", "25.000", 25, 25_000),
        ("ko", "25.000", 25, 25_000),
        ("el", "25,000", 25, 25_000),
        ("en", "(1.234)", "-1.234", -1234),
    ],
)
def test_the_other_habit_is_said_once(language: str, typed: str, read: int | str, other: int | str) -> None:
    """25.000 is 25 on an English page, and the other reading is one click away; neither is said of again then."""
    field, numbers = Money(label=""), numerals(language)
    remark = field.remark(typed, numbers)

    assert remark is not None
    assert field.read_text("x", typed, numbers) == Decimal(read)
    for offer, value in ((remark.read, read), (remark.other, other)):
        assert field.read_text("x", offer.value, numbers) == Decimal(value)
        assert field.remark(offer.value, numbers) is None


def test_the_other_habit_is_said_only_where_it_is_possible() -> None:
    """12.500 % may be the rate 0.125; 12,500 % is no win rate."""
    win_rate = Rate(label="", minimum=Decimal(0), maximum=Decimal(1))

    assert win_rate.remark("12.500", numerals("en")) is None
    assert win_rate.read_text("x", "12.500", numerals("en")) == Decimal("0.125")


@given(
    languages,
    st.decimals(min_value=0, max_value=10**6, places=5),
    st.sampled_from([Money, Count, Days, Rate, Multiple]),
)
def test_what_we_write_is_never_asked_about(language: str, value: Decimal, kind: type[Number]) -> None:
    """What stands in a field after it was rewritten reads back as itself and is remarked on by nobody."""
    field, numbers = kind(label=""), numerals(language)
    written = field.write_text(value, numbers)

    assert field.read_text("x", written, numbers) == value
    assert field.remark(written, numbers) is None


# --- rates ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fraction", ["0.25", "0.5", "0.05", ".3"])
def test_a_rate_typed_as_a_fraction_is_asked_about(language: str, fraction: str) -> None:
    """0.25 in a field of percent: a quarter of one percent, or a quarter; with its sign it is what it says."""
    field = Rate(label="", minimum=Decimal(0), maximum=Decimal(1))
    typed = fraction.replace(".", MARKS[language][1])

    assert meanings(field, typed, language) == (None, [Decimal(fraction), Decimal(fraction) / 100])
    assert meanings(field, f"{typed}%", language) == (Decimal(fraction) / 100, [])


@pytest.mark.parametrize(("typed", "rate"), [("0", 0), ("1", "0.01"), ("25", "0.25"), ("100", 1), ("1.5", "0.015")])
def test_a_plain_percentage_is_no_question(typed: str, rate: int | str) -> None:
    """Beside a field that shows %, 1 is one percent."""
    assert meanings(Rate(label="", maximum=Decimal(1)), typed, "en") == (Decimal(rate), [])


@pytest.mark.parametrize(
    ("language", "typed", "rate"), [("ja", "2割5分", "0.25"), ("ja", "3割", "0.3"), ("ko", "2할 5푼", "0.25")]
)
def test_tenths(language: str, typed: str, rate: str) -> None:
    """Shares as Japanese and Korean count them."""
    assert Rate(label="").read_text("x", typed, numerals(language)) == Decimal(rate)


def test_the_example_of_a_refusal_is_one_that_the_field_takes() -> None:
    """Nobody is told to write 1,234.5 where percentages belong."""
    for language, kind in itertools.product(LANGUAGES, (Money, Count, Days, Months, Multiple, Rate)):
        limits = {"minimum": Decimal(0), "maximum": Decimal(1 if kind is Rate else 31)}
        field = kind(label="", is_whole=kind is Count, **limits)  # type: ignore[arg-type]  # limits are numbers
        assert field.read_text("x", field.offer(field.example(), numerals(language)).value, numerals(language))


# --- lists ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_read_as_it_is_meant(language: str) -> None:
    """Whatever stands between the values: the list that is meant, or a question, never another list."""
    writer = Writer(language, seed=2)
    for _list in range(LISTS):
        text, values = writer.list()
        read, offered = list_meanings(text, language)

        assert read in (values, None), (text, read)
        # With the separators of lists, each piece is read as a single field would: there is something to say.
        assert read is not None or offered or not re.search("[\n\t;]", text), text


def list_meanings(text: str, language: str) -> tuple[list[Decimal] | None, list[list[Decimal]]]:
    """Return the list that was read, or None and the lists that were offered."""
    series, numbers = Series(label="", item=Money(label="")), numerals(language)
    try:
        return list(series.read_text("x", text, numbers)), []
    except InvalidInput as refused:
        error_text(refused, catalogue(language).gettext, numbers)
        offered = []
        for offer in refused.offers:
            try:
                offered.append(list(series.read_text("x", offer.value, numbers)))
            except InvalidInput:
                offered.append([])
        return None, offered


@pytest.mark.parametrize(
    ("language", "typed", "readings"),
    [
        ("en", "1,234", [[1234], [1, 234]]),
        ("en", "1,5", [["1.5"], [1, 5]]),
        ("en", "120 350", [[120350], [120, 350]]),
        ("el", "1000,2000", [["1000.2"], [1000, 2000]]),
        ("el", "10,20,30", [[10, 20, 30]]),
        ("en", "1.234,50\n2.345,60\n3.000", [["1234.5", "2345.6", 3000], ["1.234", 50, "2.345", 60, 3]]),
        ("en", "Days\n45\n54", [[45, 54]]),
    ],
)
def test_an_unclear_list_is_asked_about(language: str, typed: str, readings: list[list[int | str]]) -> None:
    """Both readings of the whole list, one click each; one that was chosen is not asked about again."""
    read, offered = list_meanings(typed, language)

    assert read is None
    assert offered == [[Decimal(value) for value in reading] for reading in readings]


@pytest.mark.parametrize(
    ("language", "typed", "values"),
    [
        ("en", "82,000", [82_000]),
        ("en", "82,000,85,000", [82_000, 85_000]),
        ("en", "82,000.50,85,000.50", ["82000.5", "85000.5"]),
        ("ja", "８２，０００\n８５，０００", [82_000, 85_000]),
        ("ja", "８２，０００", [82_000]),
        ("ko", "82,000 원\n85,000 원", [82_000, 85_000]),
        ("el", "82.000,00 €\n85.000,00 €", [82_000, 85_000]),
        ("en", "45 54 39", [45, 54, 39]),
        ("en", "$1,234\n$5,678", [1234, 5678]),
    ],
)
def test_a_list_that_can_be_one_thing_only(language: str, typed: str, values: list[int | str]) -> None:
    """No value begins with a zero, so 82,000 is one."""
    assert list_meanings(typed, language) == ([Decimal(value) for value in values], [])


def test_every_refusal_of_a_list_has_its_sentence() -> None:
    """Whatever a single number can be refused for, a value of a list can as well."""
    for code in ("not_a_number", "wrong_marks", "two_readings", "too_small", "too_large"):
        assert f"{code}_in_series" in ERRORS
