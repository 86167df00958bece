"""Writes invented deals as some program somewhere would export them: a random language, encoding, order and habit.

The figures of the deals are known before anything is written, so what the analyser reads can be held against them.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from babel.dates import format_date

from calculators.analysis.gate import words

LISTS = Path(words.__file__).parent
LANGUAGES = ("en", "ko", "ja", "el", "de", "fr", "es", "pt", "it", "ru")
# What a program of each language would write besides Unicode.
ENCODINGS = {
    "en": ("cp1252",),
    "ko": ("cp949",),
    "ja": ("cp932", "euc_jp"),
    "el": ("cp1253", "iso8859_7"),
    "de": ("cp1252", "cp1250"),
    "fr": ("cp1252",),
    "es": ("cp1252",),
    "pt": ("cp1252",),
    "it": ("cp1252",),
    "ru": ("cp1251",),
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
OWNERS = {
    "en": ("Alice Novak", "Bob O'Neil", "Carol Smith"),
    "ko": ("김민준", "이서연", "박도윤"),
    "ja": ("佐藤 健", "鈴木 花子", "高橋 誠"),
    "el": ("Γιώργος Παπαδάκης", "Μαρία Ιωάννου", "Νίκος Άννινος"),
    "de": ("Jürgen Groß", "Käthe Müller", "Björn Weiß"),
    "fr": ("Hélène Lefèvre", "François Côté", "Zoé Garçon"),
    "es": ("Íñigo Núñez", "José Peña", "María Ibáñez"),
    "pt": ("João Conceição", "Inês Araújo", "Sérgio Falcão"),
    "it": ("Niccolò Rossi", "Chiara Però", "Andrea Città"),
    "ru": ("Иван Петров", "Анна Смирнова", "Пётр Щербаков"),
}
ACCOUNTS = ("Acme, Inc.", "North & South", 'The "Best" GmbH', "Delta; Partners", "Omega")
FIRST = date(2024, 1, 3)


@dataclass(frozen=True, slots=True)
class Deal:
    """What is true of a deal; `closed` is None while it is open."""

    number: int
    outcome: str
    created: date
    closed: date | None
    amount: Decimal
    owner: int
    account: str


@dataclass(slots=True)
class Export:
    """A file with what is true of it, and how it was written, for whoever reads a failing test."""

    content: bytes
    deals: list[Deal]
    habits: dict[str, str] = field(default_factory=dict)


@cache
def headers(role: str, language: str) -> list[str]:
    """Return the headers of a language that mean one role alone, and are no words for anything else."""
    with (LISTS / "header_words.csv").open(encoding="utf-8", newline="") as file:
        lines = [line["word"] for line in csv.DictReader(file) if (line["role"], line["language"]) == (role, language)]
    return [word for word in lines if words.roles_of(word) == (role,)]


@cache
def outcomes(means: str, language: str) -> list[str]:
    """Return the words of a language for an outcome."""
    with (LISTS / "outcome_words.csv").open(encoding="utf-8", newline="") as file:
        return [line["word"] for line in csv.DictReader(file) if (line["means"], line["language"]) == (means, language)]


def invented(random: Random) -> list[Deal]:
    """Return some deals, at least one of each outcome."""
    count = random.choice((3, 8, 30, 60))
    ends = ["won", "lost", "open", *random.choices(("won", "lost", "open"), (4, 5, 3), k=count - 3)]
    random.shuffle(ends)
    has_cents = random.random() < 0.5
    found = []
    for number, outcome in enumerate(ends):
        created = FIRST + timedelta(days=random.randrange(600))
        closed = None if outcome == "open" else created + timedelta(days=random.randrange(200))
        cents = random.randrange(100) if has_cents else 0
        amount = Decimal(random.randrange(1, 300_000) * 100 + cents) / 100
        found.append(
            Deal(1001 + number, outcome, created, closed, amount, random.randrange(3), random.choice(ACCOUNTS))
        )
    return found


def exported(random: Random) -> Export:
    """Return invented deals as a random program exports them."""
    deals, language = invented(random), random.choice(LANGUAGES)
    habits = {"language": language}
    write_day = _day_writer(random, language, habits)
    write_amount = _amount_writer(random, habits)
    if language in {"ko", "ja"} and random.random() < 0.3:
        write_amount = _in_words(language, habits)
    nothing = random.choice(("", "", "-", "N/A", "null"))
    columns: dict[str, list[str]] = {
        "deal_id": [f"D-{deal.number}" for deal in deals],
        "name": [f"{random.choice(('Project', 'Deal', 'Angebot'))} {deal.number}" for deal in deals],
        "account": [deal.account for deal in deals],
        "owner": [OWNERS[language][deal.owner] for deal in deals],
        "amount": [write_amount(deal.amount) for deal in deals],
        "created": [write_day(deal.created) for deal in deals],
    }
    for role in random.sample(("deal_id", "account", "owner"), random.randrange(3)):
        del columns[role]
    columns |= _ends(random, deals, language, write_day, nothing, habits)
    if random.random() < 0.3:
        columns["probability"] = _probabilities(random, deals, habits)
    names = {role: random.choice(headers(role, language)) for role in columns}
    if random.random() < 0.15:
        _write_in_thousands(random, columns, names, deals, habits)
    order = list(columns)
    random.shuffle(order)
    rows = [[names[role] for role in order], *map(list, zip(*(columns[role] for role in order), strict=True))]
    if random.random() < 0.3:
        _add_a_note(random, rows, habits)
    if "deal_id" in columns and random.random() < 0.2:
        habits["doubled"] = "yes"
        rows.insert(random.randrange(1, len(rows) + 1), list(random.choice(rows[1:])))
    return Export(_encoded(random, _noisy(random, rows, habits), language, habits), deals, habits)


def _ends(
    random: Random,
    deals: list[Deal],
    language: str,
    write_day: Callable[[date], str],
    nothing: str,
    habits: dict[str, str],
) -> dict[str, list[str]]:
    """Return the columns that say how and when deals ended: one status, flags, a status beside stages, or two dates."""
    habits["ends"] = layout = random.choice(
        ("stage", "outcome", "flags", "won and lost", "status and stage", "two dates")
    )
    closing = [write_day(deal.closed) if deal.closed else nothing for deal in deals]
    if random.random() < 0.3 and layout != "two dates":
        habits["open closing"] = "yes"
        planned = [deal.created + timedelta(days=90) for deal in deals]
        closing = [write_day(deal.closed or plan) for deal, plan in zip(deals, planned, strict=True)]
    said = {means: random.choice(outcomes(means, language)) for means in ("won", "lost", "open")}
    words_said = [said[deal.outcome] for deal in deals]
    if layout == "flags":
        yes, no = random.choice((("TRUE", "FALSE"), ("true", "false"), ("1", "0"), ("Yes", "No")))
        return {
            "is_closed": [yes if deal.closed else no for deal in deals],
            "is_won": [yes if deal.outcome == "won" else no for deal in deals],
            "closed": closing,
        }
    if layout == "won and lost":
        yes, no = random.choice((("TRUE", "FALSE"), ("1", "0"), ("Y", "N"), ("x", ""), ("✓", ""), ("○", "×")))
        return {
            "is_won": [yes if deal.outcome == "won" else no for deal in deals],
            "is_lost": [yes if deal.outcome == "lost" else no for deal in deals],
            "closed": closing,
        }
    if layout == "status and stage":
        stages = random.sample(outcomes("open", language), 2)
        return {"outcome": words_said, "stage": [random.choice(stages) for _deal in deals], "closed": closing}
    if layout == "two dates":
        return {
            "outcome": words_said,
            "date_won": [write_day(deal.closed) if deal.outcome == "won" and deal.closed else "" for deal in deals],
            "date_lost": [write_day(deal.closed) if deal.outcome == "lost" and deal.closed else "" for deal in deals],
        }
    return {layout: words_said, "closed": closing}


def _probabilities(random: Random, deals: list[Deal], habits: dict[str, str]) -> list[str]:
    habits["probability"] = shape = random.choice(("10", "10%", "0.10"))
    chances = {"won": 100, "lost": 0}
    found = [chances.get(deal.outcome, random.choice((10, 25, 60))) for deal in deals]
    return [f"{chance / 100:.2f}" if shape == "0.10" else f"{chance}{shape[2:]}" for chance in found]


def _day_writer(random: Random, language: str, habits: dict[str, str]) -> Callable[[date], str]:
    shapes = {
        "iso": "%Y-%m-%d",
        "iso time": "%Y-%m-%dT%H:%M:%SZ",
        "iso blank": "%Y-%m-%d 09:30",
        "day/month": "%d/%m/%Y",
        "month/day": "%m/%d/%Y",
        "day.month": "%d.%m.%Y",
        "day-month": "%d-%m-%Y 18:05:01",
        "year.month": "%Y.%m.%d",
        "year/month": "%Y/%m/%d",
        "short": "%d/%m/%y",
        "unpadded": "",
        "kanji": "%Y年%m月%d日",
        "named": "",
        "serial": "",
    }
    if language not in {"ja", "ko"}:
        del shapes["kanji"]
    habits["day"] = shape = random.choice(list(shapes))
    if shape == "unpadded":
        return lambda day: f"{day.month}/{day.day}/{day.year}"
    if shape == "named":
        return lambda day: str(
            format_date(day, "d MMM y" if language not in {"ko", "ja"} else "y/M/d", locale=language)
        )
    if shape == "serial":
        return lambda day: str((day - date(1899, 12, 30)).days)
    return lambda day: day.strftime(shapes[shape])


def _amount_writer(random: Random, habits: dict[str, str]) -> Callable[[Decimal], str]:
    marks = random.choice((("", "."), (",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", "."), ("", ",")))
    before, after = random.choice((("", ""), ("", ""), ("", ""), ("$", ""), ("", " €"), ("EUR ", ""), ("", " EUR")))
    always_cents = random.random() < 0.5
    habits["amount"] = f"{before}1{marks[0]}234{marks[1]}50{after}" + (" always" if always_cents else "")

    def write(amount: Decimal) -> str:
        digits = 2 if always_cents or amount != amount.to_integral_value() else 0
        text = f"{amount:,.{digits}f}"
        return before + text.translate({ord(","): marks[0], ord("."): marks[1]}) + after

    return write


def _in_words(language: str, habits: dict[str, str]) -> Callable[[Decimal], str]:
    """Return what writes amounts in 만 or 万, what is left behind them."""
    habits["amount"] = "12만 3,456.5"
    word, unit = ("만", "원") if language == "ko" else ("万", "円")

    def write(amount: Decimal) -> str:
        large, rest = divmod(amount, 10_000)
        parts = [f"{large:,}{word}"] if large else []
        if rest or not large:
            parts.append(f"{rest:,.2f}" if rest != rest.to_integral_value() else f"{rest:,.0f}")
        return " ".join(parts) + unit

    return write


_UNITS_ABOVE = (
    "All amounts in thousands of EUR", "Alle Beträge in T€", "Montants en milliers d'euros", "(단위: 천원)",
    "単位：千円",
    "Ποσά σε χιλ. €", "Суммы в тыс. руб.", "Valores em milhares de euros", "Importi in migliaia di euro",
    "Importes en miles de euros",
)  # fmt: skip


def _write_in_thousands(
    random: Random, columns: dict[str, list[str]], names: dict[str, str], deals: list[Deal], habits: dict[str, str]
) -> None:
    """Write amounts in thousands, and say so in the header."""
    habits["unit"] = unit = random.choice(("천원", "千円", "K€", "in thousands", "тыс. руб."))
    columns["amount"] = [f"{deal.amount / 1000:.5f}" for deal in deals]
    if random.random() < 0.5:
        names["amount"] += random.choice((f" ({unit})", f" {unit}", f" [{unit}]"))
    else:
        habits["unit above"] = random.choice(_UNITS_ABOVE)


def _add_a_note(random: Random, rows: list[list[str]], habits: dict[str, str]) -> None:
    """Add a column of free text with everything that disturbs a reader of tables."""
    habits["note"] = "yes"
    place = random.randrange(len(rows[0]) + 1)
    texts = ("called twice; no answer, yet", 'said "later"', "first line\nsecond line", "", "a, b; c\td", "1,5 or 2.5?")
    rows[0].insert(place, "Remarks")
    for row in rows[1:]:
        row.insert(place, random.choice(texts))


def _noisy(random: Random, rows: list[list[str]], habits: dict[str, str]) -> list[list[str]]:
    """Add what reports have around their rows."""
    width = len(rows[0])
    if "unit above" in habits:
        habits["title"] = "yes"
        rows = [[habits["unit above"], *[""] * (width - 1)], *rows]
    elif random.random() < 0.2:
        habits["title"] = "yes"
        rows = [["All opportunities"] + [""] * (width - 1), [""] * width, *rows]
    if random.random() < 0.2:
        habits["total"] = "yes"
        rows = [*rows, ["Grand Total", *[""] * (width - 1)]]
    if random.random() < 0.2:
        habits["footer"] = "yes"
        rows = [*rows, [""] * width, ["Confidential Information - Do Not Distribute", *[""] * (width - 1)]]
    if random.random() < 0.2 and "title" not in habits:
        habits["header again"] = "yes"
        place = random.randrange(1, len(rows))
        rows = [*rows[:place], rows[0], *rows[place:]]
    return rows


def _encoded(random: Random, rows: list[list[str]], language: str, habits: dict[str, str]) -> bytes:
    delimiter = random.choice(",;\t|")
    quoting: Literal[0, 1] = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    if random.random() < 0.2:
        habits["trailing delimiter"] = "yes"
        rows = [[*row, ""] for row in rows]
    end = random.choice(("\n", "\r\n"))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    if random.random() < 0.15 and "trailing delimiter" not in habits:
        habits["ragged"] = "yes"
        rows = [rows[0], *map(_without_empty_end, rows[1:])]
    if random.random() < 0.1 and "title" not in habits:
        habits["sep"] = "yes"
        text.write(f"sep={delimiter}{end}")
    writer.writerows(rows)
    encoding = random.choice((*UNICODE, *ENCODINGS[language]))
    try:
        content = text.getvalue().encode(encoding)
    except UnicodeEncodeError:
        encoding = "utf-8"
        content = text.getvalue().encode(encoding)
    habits |= {"delimiter": delimiter, "encoding": encoding, "quoted": str(quoting), "end": repr(end)}
    return content


def _without_empty_end(row: list[str]) -> list[str]:
    last = max((place for place, text in enumerate(row) if text), default=0)
    return row[: last + 1]
