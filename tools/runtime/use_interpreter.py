"""Use what calculators need of Python, so that it is seen which parts of the interpreter that is.

Runs inside a restored Pyodide whose interpreter notes the functions that are called; see cut_interpreter.mjs. What is
forgotten here still works, but only after the rest of the interpreter was fetched, so more is better: whatever a reader
may type, in any script and of any size.
"""

import bisect
import collections
import csv
import datetime
import decimal
import functools
import gc
import heapq
import io
import itertools
import json
import math
import operator
import os
import random
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from babel.core import Locale

from calculators.core.numbers.reading import Reader
from calculators.core.page.answer import answer, default_texts, warm_up
from calculators.core.running.calculator import all_calculators
from calculators.core.words.catalogue import LANGUAGES, LOCALE_DIRECTORY

_MODULES = (re, bisect, collections, csv, datetime, decimal, functools, heapq, itertools, json, math, operator)
_TYPED: tuple[Any, ...] = (
    "",
    " ",
    "?",
    "abc",
    "0",
    "-1",
    "+7",
    "1.5",
    "1,234.5",
    "1.234,5",
    "１２，３４５",
    "٣",
    "1e400",
    "-1e-400",
    "NaN",
    "1" * 400,
    "0." + "3" * 400,
    "12%",
    "€ 1.2m",
    "3억 5천만",
    "2,5 εκ.",
    "1億2345万",
    "½",
    "😀",
    "\x00",
    "x" * 5000,
    "2026-02-30",
    "31/12/2026",
    [],
    ["1", "x"],
    [["1", "2"], ["", "x"]],
    {},
    None,
    True,
    1,
    1e308,
)


def use() -> None:
    """Do all of it."""
    warnings.simplefilter("ignore")  # of what is still tried here
    warm_up()
    for language in LANGUAGES:
        for name in all_calculators():
            _type_badly(name, language)
            for other in LANGUAGES:
                _paste(name, language, other)
    _use_text()
    _use_numbers()
    _use_files()
    _collect_while_open()
    _read_numbers_anew()
    _use_collections()
    _use_every_function()
    for text in ("", "{", "[]", '{"number": 1}', '{"number": 1, "calculator": "none", "language": "en"}', "[" * 99):
        answer(text)
    gc.collect()


def _type_badly(name: str, language: str) -> None:
    """Type into every field what may stand there, the longest of it once."""
    texts = default_texts(name, language)
    question = {"number": 1, "calculator": name, "language": language, "currency": "JPY"}
    for number, typed in enumerate(_TYPED):
        # Another field and language for each: all of them in all would take minutes.
        fields = [field for place, field in enumerate(texts) if (place + number) % len(texts) < 2]
        answer(json.dumps(question | {"inputs": texts | dict.fromkeys(fields, typed)}))


def _paste(name: str, language: str, other: str) -> None:
    """Paste into every table, as a spreadsheet has it, and carry what stands there from another language."""
    texts = default_texts(name, language)
    question = {"number": 1, "calculator": name, "language": language, "currency": "", "inputs": texts}
    answer(json.dumps(question | {"ask": "carry", "from": other, "inputs": default_texts(name, other)}))
    answer(json.dumps(question | {"inputs": default_texts(name, other)}))
    for table, rows in texts.items():
        if not (isinstance(rows, list) and rows and isinstance(rows[0], dict)):
            continue
        foreign = [[str(cell) for cell in row.values()] for row in default_texts(name, other)[table]]
        for separator in ("\t", ";", ","):
            for head in ([], [list(rows[0])]):
                text = "\r\n".join(separator.join(cells) for cells in [*head, *foreign, ['"a""b"', "?"]])
                for column in rows[0]:
                    pasted = {"ask": "paste", "table": table, "text": text, "column": column, "row": 0, "rows": rows}
                    answer(json.dumps(question | pasted))


def _use_text() -> None:
    """Every script, by every way of looking at a character."""
    for code in range(0x34000):
        unicodedata.normalize("NFKD", chr(code)), unicodedata.category(chr(code)), chr(code).isalnum()
    codes = (*range(0x3400), *range(0x3400, 0xD800, 97), *range(0xE000, 0x10000, 7), *range(0x10000, 0x110000, 97))
    every = [chr(code) for code in codes]
    for look in (
        unicodedata.category,
        unicodedata.bidirectional,
        unicodedata.combining,
        unicodedata.decomposition,
        unicodedata.east_asian_width,
        unicodedata.mirrored,
    ):
        for character in every:
            look(character)
    for character in every:
        for look_up in (unicodedata.decimal, unicodedata.digit, unicodedata.numeric):
            look_up(character, None)
    for size in (0x80, 0x100, 0x3000, len(every)):
        text = "".join(every[:size])
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            unicodedata.normalize(form, text)
            unicodedata.is_normalized(form, text)
        for work in (str.upper, str.lower, str.casefold, str.title, str.swapcase, str.capitalize, repr, ascii, hash):
            work(text)
        for character in text:
            for is_it in (
                str.isalpha,
                str.isdigit,
                str.isdecimal,
                str.isnumeric,
                str.isspace,
                str.isprintable,
                str.isidentifier,
                str.isupper,
                str.islower,
                str.istitle,
                str.isalnum,
                str.isascii,
            ):
                is_it(character)
        _use_strings(text)


def _use_strings(text: str) -> None:
    middle = text[len(text) // 2]
    for encoding in ("utf-8", "utf-16", "utf-32", "ascii", "latin-1"):
        for errors in ("replace", "ignore", "backslashreplace", "xmlcharrefreplace"):
            encoded = text.encode(encoding, errors)
            encoded.decode(encoding, "replace")
    for found in (text.find, text.rfind, text.count, text.split, text.rsplit, text.partition, text.rpartition):
        found(middle)
    for part in (
        text[1:],
        text[::-1],
        text[: len(text) // 2] + text,
        text.replace(middle, "-"),
        text.replace(middle, ""),
    ):
        _ = part == text, part < text, part in text, part.startswith(text[1:9]), part.endswith(middle)
    text.splitlines(), text.split(), text.strip(), text.zfill(9), text.center(len(text) + 9, "*"), text.expandtabs()
    text.translate({ord(middle): "–", 48: None})
    ",".join(text[:999])
    json.loads(json.dumps(text)), json.loads(json.dumps(text, ensure_ascii=False))
    for pattern in (r"\w+", r"\s*\d+(?:[.,]\d+)?", r"(?i)[a-zω가-힣]+", r"^.*?$", r"(a|b)\1?", r"[^\W\d_]{2,5}"):
        compiled = re.compile(pattern)
        compiled.sub("-", text[:20000]), compiled.findall(text[:20000]), compiled.split(text[:20000])
        compiled.search(text), compiled.fullmatch(text[:99])


def _use_numbers() -> None:
    """Small, large, long and impossible ones, and every way of writing them."""
    wholes = [0, 1, -1, 7, 2**31, -(2**63), 10**40, 3**1000, -(7**3000)]
    fractions = [0.0, -0.0, 0.1, 1 / 3, 1e-310, 1e22, 1e23, -123456.789, 1.7e308, math.inf, -math.inf, math.nan, 5e-324]
    digits = [
        decimal.Decimal(text)
        for text in (
            "0",
            "-0",
            "1",
            "0.1",
            "-1.5",
            "1e30",
            "1e-30",
            "9" * 60,
            "0." + "1" * 90,
            "1e6000",
            "Infinity",
            "NaN",
        )
    ]
    digits += [decimal.Decimal(7) ** 4000, decimal.Decimal(10**5000 + 1) / 3]
    unary: list[Callable[[Any], Any]] = [
        abs,
        bool,
        complex,
        float,
        hash,
        int,
        repr,
        round,
        str,
        math.sqrt,
        math.exp,
        math.log,
        math.log1p,
        math.expm1,
        math.floor,
        math.ceil,
        math.erf,
        math.lgamma,
        math.isfinite,
        math.frexp,
        math.sin,
        math.atan,
        decimal.Decimal,
        Fraction,
        json.dumps,
    ]
    binary: list[Callable[[Any, Any], Any]] = [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a * b,
        lambda a, b: a / b,
        lambda a, b: a // b,
        lambda a, b: a % b,
        divmod,
        lambda a, b: a < b,
        lambda a, b: a == b,
        max,
        math.pow,
        math.isclose,
        math.gcd,
        math.fmod,
        lambda a, b: a**b if abs(b) < 999 else None,
        lambda a, b: round(a, b) if abs(b) < 99 else None,
        lambda a, b: a.quantize(b),
        lambda a, b: math.comb(a, b) if b < 99 else None,
        lambda a, b: a & b | a ^ b,
        lambda a, b: a << min(b, 99) >> min(b, 9),
    ]
    for group in (wholes, fractions, digits):
        for number in group:
            for work in unary:
                _try(work, number)
            for form in (
                "",
                "d",
                ",d",
                "f",
                ".3f",
                ",.2f",
                "e",
                ".0e",
                "g",
                ".40g",
                "%",
                "+08.1f",
                "x",
                "b",
                "n",
                "_",
                ">30",
            ):
                _try(format, number, form)
            for name in (
                "sqrt",
                "ln",
                "exp",
                "log10",
                "normalize",
                "to_integral_value",
                "as_tuple",
                "as_integer_ratio",
                "adjusted",
                "is_nan",
                "hex",
                "is_integer",
                "bit_length",
                "to_eng_string",
                "next_plus",
            ):
                if hasattr(number, name):
                    _try(getattr(number, name))
            for other in (*wholes, *fractions, *digits):
                for together in binary:
                    _try(together, number, other)
    for rounding in (decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_UP, decimal.ROUND_FLOOR, decimal.ROUND_CEILING):
        with decimal.localcontext() as context:
            context.prec, context.rounding = 50, rounding
            for number in digits:
                _try(number.quantize, decimal.Decimal("0.01"))
    for text in (*map(str, wholes), *map(repr, fractions), *map(str, digits), " 1_000 ", "٣", "0x1f", "1e", "--1"):
        for read in (int, float, decimal.Decimal, complex):
            _try(read, text)


def _use_files() -> None:
    """Those that are there and those that are not: words are looked for in files of languages that were not fetched."""
    for path in ("/", "/none/none", "/used"):
        for mode in ("r", "rb", "w", "wb", "a", "r+b"):
            _try(_write_and_read, path, mode)
        for work in (os.stat, os.listdir, os.path.exists, os.path.getsize, os.scandir, os.rmdir, os.remove, os.stat):
            _try(work, path)
    for folder in (Path("/none"), LOCALE_DIRECTORY, Path("/lib")):
        for pattern in ("*", "*/*-*.mo", "**/*.pyc", "none"):
            for found in sorted(folder.glob(pattern)):
                _ = found.is_file(), found.is_dir(), found.stem, found.suffix, found.relative_to(folder).parts
        _try(lambda: [(entry.name, entry.is_dir(), entry.stat()) for entry in os.scandir(folder)])  # noqa: B023 - at once


def _collect_while_open() -> None:
    """Have garbage collected while files of every kind are open, and such files collected that nobody closed."""
    with open("/used", "wb") as file:
        file.write(b"words\n" * 9)
    for _time in range(2):
        kept: list[Any] = [open("/used", mode) for mode in ("r", "w+", "rb", "wb", "r+b")]  # noqa: SIM115 - see above
        kept += [open("/used", "rb", buffering=0), os.scandir("/"), io.BytesIO(b"a\nb"), io.StringIO("a\nb")]  # noqa: SIM115
        kept += [io.TextIOWrapper(io.BytesIO(b"a\nb")), io.IncrementalNewlineDecoder(None, translate=True)]
        kept += [io.BufferedRWPair(io.BytesIO(), io.BytesIO()), iter(io.BufferedReader(io.BytesIO(b"a")))]
        kept += [csv.reader(kept), csv.writer(io.StringIO()), memoryview(b"a")]
        # What writes a workbook holds them for a moment.
        kept += [zlib.compressobj(), zlib.decompressobj(), zipfile.ZipFile(io.BytesIO(), "w"), struct.Struct("<I")]
        kept += [iter(kept), kept, *(re.finditer("a", "aa"), re.compile("a").finditer("aa"))]
        for generation in range(3):
            gc.collect(generation)
        del kept
        gc.collect()
    # What the snapshot has is left out otherwise, and with it kinds of things that only it has.
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _write_and_read(path: str, mode: str) -> None:
    content: Any = b"words\n" if "b" in mode else "words\n"
    with open(path, mode) as file:
        for work in (
            lambda: file.write(content),
            file.flush,
            lambda: file.seek(0),
            file.read,
            file.readline,
            file.tell,
        ):
            _try(work)


def _read_numbers_anew() -> None:
    """Compile the patterns of numbers, which the snapshot has already: those of a link's language may not be there."""
    for language in LANGUAGES:
        symbols = Locale.parse(language).number_symbols["latn"]
        Reader(language, symbols["group"], symbols["decimal"]).read("15")


def _use_collections() -> None:
    """As large as simulations have them, and every kind of chance."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    draws = [chance.random() for _ in range(30_000)]
    for draw in (
        chance.gauss,
        chance.normalvariate,
        chance.lognormvariate,
        chance.betavariate,
        chance.triangular,
        chance.uniform,
        chance.gammavariate,
        chance.expovariate,
        chance.randrange,
        chance.sample,
        chance.choice,
    ):
        for given in ((), (0.5,), (2.0, 3.0), (9,), (range(99), 5), (draws,)):
            _try(draw, *given)
    for count in (1, 9, 10_000):
        _try(chance.binomialvariate, count, 0.3)
    chance.shuffle(draws)
    (
        sorted(draws),
        sorted(draws, reverse=True),
        sorted(map(str, draws)),
        sum(draws),
        math.fsum(draws),
        max(draws),
        min(draws),
    )
    (
        sorted(map(decimal.Decimal, draws[:999])),
        sorted([(2, "a"), (1, "b"), (1, "a")]),
        sorted([Fraction(1, 2), Fraction(1, 3)]),
    )
    table: dict[Any, Any] = {str(draw): [draw] for draw in draws}
    for key in list(table)[::2]:
        del table[key]
    table |= dict.fromkeys(range(20_000), ())
    list(reversed(table)), set(table) | {1, 2}, set(table) - {1}, frozenset(table) & {1}, set(table) ^ {1}
    grid = [[*range(99)] for _ in range(999)]
    list(zip(*grid, strict=True)), [row[::-1] for row in grid], grid * 2, grid.index(grid[-1])
    _try([].pop)
    _try({}.__getitem__, "missing")
    bytearray(40_000_000)  # more memory than a fresh instance has


def _samples() -> list[Any]:
    match = re.compile(r"(a)(?P<second>b)?(c)?").search("xab")
    values: list[Any] = [
        match,
        match and match.re,
        io.StringIO("a\nb"),
        io.BytesIO(b"a\nb"),
        iter([1]),
        0,
        3,
        -1,
        1.5,
        "a",
        "b,1",
        "é漢😀",
        b"x1",
        decimal.Decimal("1.5"),
        Fraction(1, 3),
        True,
        None,
    ]
    return [
        *values,
        [3, 1],
        (1, "a"),
        {"a": 1},
        {1, 2},
        range(3),
        bytearray(b"x"),
        collections.deque([1]),
        datetime.date(2026, 1, 31),
    ]


def _use_every_function() -> None:
    """Every function of what calculators import, and every method of every kind of value, with other values."""
    places = range(len(_samples()))
    given_places = [(), *itertools.product(places, repeat=1), *itertools.product(places[::3], repeat=2)]
    for place, sample in enumerate(_samples()):
        for name in dir(sample):
            for given in given_places:
                samples = _samples()
                _try(_taken, getattr(samples[place], name), *(samples[other] for other in given))
    for module in _MODULES:
        for name, work in vars(module).items():
            if callable(work) and not name.startswith(("_", "set")):
                for given in given_places:
                    samples = _samples()
                    _try(_taken, work, *(samples[other] for other in given))


def _taken(work: Any, *given: Any) -> None:
    """Call something, and take the first of what it gives if that is a series."""
    result = work(*given)
    repr(result)
    if isinstance(result, Iterator):
        list(itertools.islice(result, 9))


def _try(work: Callable[..., Any], *given: Any) -> None:
    """Do something that may be refused; why is written, too."""
    try:
        work(*given)
    except Exception as error:
        str(error), repr(error)
