"""What amounts are counted in: thousands, millions, hundredths, and of which currency.

Said in a header ("Betrag (T€)", "Amount in k€", "금액(백만원)"), in a line above or below the table ("All amounts in
thousands of EUR", 単位：千円), or in a row of units below the headers.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from calculators.analysis.gate.number_shapes import CODES
from calculators.analysis.gate.word_lists import currency_words, scale_words
from calculators.analysis.gate.words import folded, header_words, roles_of, unit_words

_ONE = Decimal(1)
# Roles of columns of money.
AMOUNTS = frozenset({"amount", "estimated_amount", "actual_amount", "weighted_amount", "converted_amount"})
# Thousands where a code or sign stands behind (TEUR, T€), and words that stand in headers and sentences only.
_GLUED = {"t": 3, "thd": 3}
_FURTHER_SCALES = {
    "thousands": 3, "'000": 3, "’000": 3, "000": 3, "000s": 3, "'000s": 3, "000's": 3, "ths": 3, "tsd": 3, "tausend": 3,
    "milliers": 3, "millier": 3, "miles": 3, "mil": 3, "milhares": 3, "migliaia": 3, "mila": 3, "χιλιάδες": 3,
    "χιλιάδων": 3, "тысяч": 3, "тысячах": 3, "тыс": 3, "т.р.": 3, "millionen": 6, "millió": 6, "milhões": 6,
    "millones": 6, "milioni": 6, "εκατομμύρια": 6, "миллионов": 6, "миллионах": 6, "billions": 9, "milliarden": 9,
    "milliards": 9, "miliardi": 9, "cents": -2, "cent": -2, "pence": -2, "centimes": -2, "céntimos": -2,
    "centavos": -2, "centesimi": -2, "λεπτά": -2,
}  # fmt: skip
_FURTHER_CURRENCIES = {"reais": "BRL", "рублях": "RUB", "рублей": "RUB", "р": "RUB", "ευρώ": "EUR", "원화": "KRW"}
# What stands around a unit and changes nothing.
_AROUND = (
    r"in|of|en|de|em|di|d|σε|в|der|des|the|all|amounts?|values?|figures|are|unit|units|currency|einheit|angaben|beträge|"
    r"alle|unité|unités|montants?|unidad|unidades|importes?|unidade|valores|unità|importi|μονάδα|ποσά|суммы|ед|изм|"
    r"단위|単位|금액|金額|は|は、|은|는|입니다|です|vat|mwst|excl|incl|ex|net|netto|brutto|gross|ht|ttc|별도|포함|부가세|"
    r"税抜|税込|税別|iva|ндс|без|φπα|χωρίς|με"
)
_LEADS = (
    r"in|en|em|σε|в|units?|단위|単位|einheit|unité|unidad|unidade|unità|μονάδα(?:\s+μέτρησης)?|ед\.?\s*изм\.?|"
    r"единица(?:\s+измерения)?|denominated\s+in|expressed\s+in"
)
_LONGEST_UNIT, _LONGEST_SENTENCE = 60, 400
_BRACKETED = re.compile(
    r"^(?P<before>.*\S)\s*[(（\[［【〔<](?P<inside>[^()（）\[\]［］【】〔〕<>]*)[)）\]］】〕>]\s*:?$", re.DOTALL
)
_WORDS = re.compile(r"[\s_,:;/·・|–—-]+")
_HUMP = re.compile(r"(?<=[a-z]{2})(?=[A-Z])")
# A letter or digit of an alphabet that sets words apart by blanks.
_LETTER = "[0-9a-z\u00c0-\u024f\u0370-\u04ff]"
_LETTERS = re.compile(r"[^\W\d_]+")
_SCALES_OF_ASIA = re.compile("[만억조천백万萬億兆千百]")
# Letters that alone say too little in a sentence: "in k", "in M".
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """What amounts are multiplied by, and the code of their currency, "" where that is not said."""

    factor: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class SaidUnit:
    """A unit that a line of the file gives, with its text and physical line."""

    unit: Unit
    text: str
    line: int


def unit_of(text: str) -> Unit | None:
    """Return the unit that a text is, and nothing but that: "k€", "in Tsd. EUR", "백만원", "USD 000s"."""
    bare = text.strip(" ()（）[]【】:：")
    if not bare or len(bare) > _LONGEST_UNIT:
        return None
    found = _unit().fullmatch(_plain(bare))
    if found and (unit := _found(found)):
        return unit
    factor = unit_words().get(folded(bare))
    return None if factor is None else Unit(factor, _currency_inside(bare))


@lru_cache(maxsize=1 << 12)
def unit_of_header(header: str) -> tuple[str, Unit | None]:
    """Return a header without the unit at its end, and that unit: in brackets, or behind the words for an amount."""
    # "amountInEur"
    text = _HUMP.sub(" ", header.strip())
    bracketed = _BRACKETED.match(text)
    if bracketed and (unit := unit_of(bracketed["inside"])):
        return bracketed["before"], unit
    is_known = bool(AMOUNTS & set(header_words().get(folded(text), ())))
    for place in _WORDS.finditer(text):
        before, behind = text[: place.start()], text[place.end() :]
        unit = unit_of(behind) if before and AMOUNTS & set(roles_of(before)) else None
        # A header that is known as it stands may have been known for its currency.
        if unit and (not is_known or unit.factor != _ONE):
            return before, unit
    return header, None


def unit_in_sentence(text: str) -> Unit | None:
    """Return the unit of amounts that a line around the table says ("All amounts in thousands of EUR"), or None."""
    if not text or len(text) > _LONGEST_SENTENCE:
        return None
    bracketed = _BRACKETED.match(text.strip())
    for part in (text, bracketed["inside"] if bracketed else ""):
        whole = unit_of(part)
        # A deal may be called B, M or K.
        if whole and whole.factor != _ONE and (whole.currency or len(part.strip()) > _SHORT):
            return whole
    plain = _plain(text)
    for pattern in _sentences():
        for found in pattern.finditer(plain):
            scale = found["scale"] or found["glued"]
            is_short = scale.isascii() and len(scale.strip("'’.")) <= _SHORT and scale.strip("'’.").isalpha()
            if not is_short or found["before"] or found["behind"] or found["glued"]:
                return _found(found)
    return None


def said_unit(cells: Iterable[tuple[str, int]]) -> SaidUnit | None:
    """Return the first unit that cells around the table say; each comes with its line."""
    return next((SaidUnit(unit, text, line) for text, line in cells if (unit := unit_in_sentence(text))), None)


def has_scale(text: str) -> bool:
    """Whether an amount says itself what it is counted in: 45k, 3억."""
    plain = _plain(text)
    known = _scales()
    return bool(_SCALES_OF_ASIA.search(plain)) or any(word in known for word in _LETTERS.findall(plain))


def _found(found: re.Match[str]) -> Unit | None:
    said = found.groupdict()
    scale, glued = said["scale"], said["glued"]
    currency = said["before"] or said["behind"] or said["behind_glued"] or said.get("only") or ""
    if not scale and not glued and not currency:
        return None
    power = _GLUED[glued] if glued else _power(scale) if scale else 0
    return Unit(
        Decimal(1).scaleb(power), _currencies().get(currency) or _currencies().get(currency.removesuffix("."), "")
    )


def _power(scale: str) -> int:
    known = _scales()
    return known[scale] if scale in known else known[scale.removesuffix(".")]


def _currency_inside(text: str) -> str:
    signs = (sign for sign, code in currency_words().items() if code and not sign.isascii())
    found = next((sign for sign in signs if text.casefold().endswith(sign)), "")
    return currency_words().get(found, "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("_", " ").strip()


@cache
def _scales() -> dict[str, int]:
    return scale_words() | _FURTHER_SCALES


def _words_of_currencies() -> dict[str, str]:
    # "Amount Won" is what was won.
    return {word: code for word, code in currency_words().items() if code and word != "won"}


@cache
def _currencies() -> dict[str, str]:
    codes = {code.casefold(): code for code in CODES}
    return codes | _words_of_currencies() | _FURTHER_CURRENCIES


def _either(words: Iterable[str]) -> str:
    """Return what matches one of some words, as a whole word where it is of letters set apart by blanks."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word) + (r"\.?" if word[-1].isalpha() and word[-1] < "\u1100" else "") for word in longest_first
    )


@cache
def _core() -> str:
    """Return the pattern of a scale with a currency before or behind it, or of one of the two."""
    currency, scale = _either(_currencies()), _either(_scales())
    glue, behind = "|".join(_GLUED), r"(?:\s*(?:of|de|d['’]|di|der|σε)?\s*)"
    return (
        rf"(?:(?P<before>{currency})\s*(?:in\s+)?)?"
        rf"(?:(?P<glued>{glue})\s?(?P<behind_glued>{currency})"
        rf"|(?P<scale>{scale})(?:{behind}(?P<behind>{currency}))?)"
    )


@cache
def _unit() -> re.Pattern[str]:
    around = rf"(?:(?:{_AROUND})(?!{_LETTER})[\s.:,、;'’]*)*"
    alone = rf"(?P<only>{_either(_currencies())})"
    return re.compile(rf"{around}(?:{_core()}|{alone})[\s.,、;]*{around}")


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    core = _core()
    return (
        re.compile(rf"(?<!{_LETTER})(?:{_LEADS})\s*(?:[:=-]|は|が|은|는|이)?\s*(?:{core})(?!{_LETTER})"),
        re.compile(rf"(?:{core})\s*(?:単位|단위)"),
        # "Pipeline TEUR"; not "over 500 k€".
        re.compile(
            rf"(?<!{_LETTER})(?<!\d\s)(?P<before>)(?:(?P<glued>t)|(?P<scale>k|m))"
            rf"(?P<behind>€|\$|£|eur|usd|gbp|chf|¥)(?!{_LETTER})"
        ),
    )
