"""Text to number: what a person of a language means by what they typed, or a question, never another value.

One reader for every place a number comes in as text: fields, cells, lists, goals and files. It answers with a value,
with the values that the text could have (`UnreadableNumber.readings`), or not at all. A form that means one thing is
understood; one that could be two things is asked about; everything else is refused.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.core.numbers.ways_of_writing import CURRENCY_CODES, NOT_FOR_TIMES, fold, ways_of

LONGEST_NUMBER = 60
# More digits than the arithmetic keeps would not be the number that was typed.
_MOST_DIGITS = 28
_MOST_POWER = 30
_MINUSES = str.maketrans(dict.fromkeys("−–‒‐‑﹣", "-"))
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))
_NEVER_IN_A_NUMBER = frozenset({"No", "Cc", "Cs"})
_TRIANGLES = "▲△"
# Which say how the sign before them looks.
_VARIATIONS = {"\ufe0e", "\ufe0f"}
_SEPARATORS = re.compile(r"[\n\r\t;；]+")
_EXPONENT = re.compile(r"(\d+(?:[.,]\d+)?)e([+-]?\d{1,2})", re.ASCII)
# No amount begins with a zero: a longer one is the number of a telephone or an order.
_WHOLE = r"(?:[1-9]\d*|0\d{0,2})"
_CENTS_BEHIND_A_SIGN = re.compile(r"(\d+)\s*([$€£¥₩₹₺₽]|원|円)\s*(\d\d)", re.ASCII)
# Words in these scripts end where a letter of them does; Hangul and kanji follow each other without a gap.
_LETTERS = re.compile("[a-zα-ω]")
_CLOSING_DASH = re.compile(r"[,.]?\s*[-—―ー]$")
_BEFORE_DOLLAR = "(?:us|ca|c|au|a|nz|nt|hk|s|mx|r)?"


class UnreadableNumber(ValueError):  # noqa: N818 - as InvalidInput: it says what happened to a reader
    """A text that is no number in the reader's language, or could be several.

    `readings` are the values that it could have: none, one to offer ("did you mean …?"), or two to choose from.
    `are_several` says that they stand there side by side, as two cells pasted into one field do.
    """

    def __init__(self, text: str, readings: tuple[Decimal, ...] = (), *, are_several: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.readings = readings
        self.are_several = are_several


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that was read; `other` is what it would be in the other habit (25.000 read as 25), or None.

    `is_share` says that a percent sign or word stood there: the value is then the number before it.
    """

    value: Decimal
    other: Decimal | None = None
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """Digits and small units before a big one (2천5백 before 만): what they mean, and what else they could."""

    value: Decimal
    other: Decimal | None
    is_plain: bool
    """Whether it is one number without small units."""
    figures: str
    """The digits of that number, without marks."""


class Reader:
    """Reads numbers of one language, whose marks for groups and decimals the CLDR gives."""

    def __init__(self, language: str, group: str, decimal: str) -> None:
        ways = ways_of(language)
        self._ways = ways
        self._language = language
        self._decimal = decimal
        self._group = group
        # Compiled here and not where they are used: a snapshot keeps them, but not the cache of `re`.
        self._own = _number_pattern(group, decimal, indian=ways.indian_groups)
        self._other_habit = re.compile(rf"[1-9]\d{{0,2}}{re.escape(decimal)}\d{{3}}(?!\d)", re.ASCII)
        self._words = {
            is_for_times: _units_pattern(
                [word for word in (*ways.small, *ways.big) if not (is_for_times and word in NOT_FOR_TIMES)]
            )
            for is_for_times in (False, True)
        }
        self._digits = dict(zip(ways.digits[::2], ways.digits[1::2], strict=True))
        self._run_of_digits = re.compile(f"[{''.join(self._digits)}]{{2,}}" if self._digits else "(?!)")
        self._about = _words_before(ways.about)
        self._before_money = _words_before((*ways.before_money, *CURRENCY_CODES))
        self._after_money = _words_behind((*ways.after_money, *CURRENCY_CODES, *ways.units.get("money", ())))
        self._units = {kind: _words_behind(words) for kind, words in ways.units.items()}

    def read(self, text: str, kind: str = "money", signs: tuple[str, ...] = ()) -> Reading:
        """Read one number as a field of a kind would: money, count, rate, days, months, multiple or number.

        `signs` are the reader's own currency's. Raises UnreadableNumber.
        """
        if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and text[0] != "0":
            return Reading(Decimal(text))  # most of a pasted column, at a tenth of the time
        if len(text) > LONGEST_NUMBER:
            raise UnreadableNumber(text[:LONGEST_NUMBER] + "…")
        shown = text.strip()
        several = [piece for piece in map(str.strip, _SEPARATORS.split(shown)) if piece]
        if len(several) > 1:
            raise UnreadableNumber(shown, self._each(several, kind, signs), are_several=True)
        cleaned = _cleaned(shown)
        if cleaned is None:
            raise UnreadableNumber(shown)
        found = list(self._readings(cleaned, kind, signs))
        values = list(dict.fromkeys(reading.value for reading in found))
        if len(values) == 1:
            return found[0]
        if values:
            raise UnreadableNumber(shown, tuple(values))
        raise UnreadableNumber(shown, self._suggestions(cleaned, kind, signs))

    def _each(self, pieces: list[str], kind: str, signs: tuple[str, ...]) -> tuple[Decimal, ...]:
        values = []
        for piece in pieces:
            try:
                values.append(self.read(piece, kind, signs).value)
            except UnreadableNumber:
                return ()
        return tuple(dict.fromkeys(values))

    def _suggestions(self, text: str, kind: str, signs: tuple[str, ...]) -> tuple[Decimal, ...]:
        """Return what an unreadable text would be with the other language's marks, or with cents behind the sign."""
        if match := _CENTS_BEHIND_A_SIGN.fullmatch(text):
            return (Decimal(f"{match[1]}.{match[3]}"),)
        bare, is_negative, _is_share = self._bare(text, kind, signs)
        swapped = bare.translate({ord(self._decimal): self._group, ord(self._group): self._decimal})
        values = list(self._amounts(swapped, is_for_times=kind in {"days", "months"}))
        return tuple(-value if is_negative else value for value in values) if len(values) == 1 else ()

    # --- what stands around the number ---------------------------------------

    def _readings(self, text: str, kind: str, signs: tuple[str, ...], *, as_unit: bool = True) -> Iterator[Reading]:
        """Yield what a cleaned text can mean; `as_unit` says whether its last character may be a unit and a digit."""
        if kind == "rate" and self._ways.tenths and (share := self._tenths(text)) is not None:
            yield Reading(share, is_share=True)
            return
        if text[:1] and text[0] in self._ways.unclear_sign:
            for reading in self._readings(text[1:].strip(), kind, signs):
                yield Reading(-reading.value)
                yield Reading(reading.value)
            return
        bare, is_negative, is_share = self._bare(text, kind, signs)
        if as_unit and kind != "money" and bare == text and text[-1:] in self._digits and not re.search(r"\d", text):
            # In Korean, 삼십일 is thirty-one, and thirty days.
            yield from self._readings(f"{text[:-1]} {text[-1]}", kind, signs, as_unit=False)
        for value in self._amounts(bare, is_for_times=kind in {"days", "months"}):
            other = None
            if match := self._other_habit.match(bare):
                joined = match[0].replace(self._decimal, "") + bare[match.end() :]
                other = next(self._amounts(joined, is_for_times=kind in {"days", "months"}), None)
            if is_negative:
                value, other = -value, None if other is None else -other
            yield Reading(value, other, is_share)

    def _bare(self, text: str, kind: str, signs: tuple[str, ...]) -> tuple[str, bool, bool]:
        """Return the number without sign, currency and unit; whether it is negative; whether it is a percentage."""
        text = self._about.sub("", text, count=1)
        has_sign = is_negative = False
        if text.startswith("(") and text.endswith(")"):
            text, has_sign, is_negative = text[1:-1].strip(), True, True
        has_money = False
        for _both_orders in range(2):
            # The sign may stand before or behind the currency: -$5, $-5.
            if text[:1] and text[0] in f"-+{self._ways.negative}":
                if has_sign:
                    break
                has_sign, is_negative, text = True, text[0] != "+", text[1:].strip()
            if kind == "money" and not has_money:
                text, has_money = self._without_money_before(text, signs)
        if kind == "money":
            return self._without_money_behind(text, signs, has_money=has_money), is_negative, False
        is_share = False
        if kind == "rate":
            bare = text.removesuffix("%").strip()
            if bare == text and "rate" in self._units:
                bare = self._units["rate"].sub("", text, count=1).strip()
            is_share, text = bare != text, bare
        else:
            text = self._without_unit(text, kind)
        return text, is_negative, is_share

    def _without_unit(self, text: str, kind: str) -> str:
        kinds = {"count": ("count",), "number": ("multiple", "count"), "multiple": ("multiple",)}.get(kind, (kind,))
        for name in kinds:
            pattern = self._units.get(name)
            match = pattern.search(text) if pattern else None
            # A digit written as a character may be the last of the number: see `_readings`.
            is_digit = match is not None and match[0] in self._digits and not re.search(r"\d|\s", text)
            if match and not is_digit:
                return text[: match.start()].strip()
        return text

    def _without_money_before(self, text: str, signs: tuple[str, ...]) -> tuple[str, bool]:
        for sign in signs:
            if sign and text.startswith(folded := fold(sign)):
                return text[len(folded) :].strip(), True
        if match := re.match(rf"{_BEFORE_DOLLAR}\$", text):
            return text[match.end() :].strip(), True
        if text[:1] and _is_currency_sign(text[0]):
            return text[1:].strip(), True
        bare = self._before_money.sub("", text, count=1).strip()
        return bare, bare != text

    def _without_money_behind(self, text: str, signs: tuple[str, ...], *, has_money: bool) -> str:
        # As invoices end an amount, so that nothing is added: ¥25,000-, 25.000,-
        if text.endswith((",-", ".-")) or (has_money and self._ways.ends_with_a_dash):
            text = _CLOSING_DASH.sub("", text)
        for _ornament_and_currency in range(2):
            before = text
            for sign in signs:
                text = text.removesuffix(fold(sign)).strip() if sign else text
            if text[-1:] and _is_currency_sign(text[-1]):
                text = text[:-1].strip()
                text = re.sub(r"(?<=[\d\s])(?:us|ca|au|nz|hk)$", "", text).strip()
            text = self._after_money.sub("", text, count=1).strip()
            if text == before:
                break
        return text

    def _tenths(self, text: str) -> Decimal | None:
        """Read 2割5分 as 25 (%): tenths, hundredths and thousandths."""
        text = "".join(self._digits.get(character, character) for character in text)
        assert self._ways.tenths is not None
        parts = "".join(rf"(?:(\d+(?:\.\d+)?)\s*{unit}\s*)?" for unit in self._ways.tenths)
        match = re.fullmatch(parts, text, re.ASCII)
        if match is None or not match[1]:
            return None  # 5分 alone is five percent, and one half
        worth = (Decimal(10), Decimal(1), Decimal("0.1"))
        return sum((Decimal(part) * each for part, each in zip(match.groups(), worth, strict=True) if part), Decimal(0))

    # --- the number ----------------------------------------------------------

    def _amounts(self, text: str, *, is_for_times: bool) -> Iterator[Decimal]:
        """Yield the values of a number without sign and unit, with or without large units; nothing if it is none."""
        value = _plain(text, self._own)
        if value is not None:
            yield value
            return
        if match := _EXPONENT.fullmatch(text):
            mantissa = _plain(match[1], self._own)
            if mantissa is not None:
                value = mantissa.scaleb(int(match[2]))
                yield from [value] if _is_bounded(value) else []
            return
        yield from dict.fromkeys(self._with_units(text, is_for_times=is_for_times))

    def _with_units(self, text: str, *, is_for_times: bool) -> Iterator[Decimal]:
        """Read 1억 5,000만 as a sum of descending units."""
        if not any("0" <= character <= "9" for character in text):
            text = self._in_figures(text)
            if (value := _plain(text, self._own)) is not None:
                yield value
                return
        pieces = self._words[is_for_times].split(text)
        if len(pieces) < 2:
            return
        # Between the words stand numbers or nothing: number, word, number, word, …, number.
        numbers, words = [piece.strip() for piece in pieces[::2]], pieces[1::2]
        if any(self._decimal in number for number in [number for number in numbers if number][:-1]):
            return  # 1.5억 2천만 is no way of writing
        if any(number.startswith(self._decimal) for number in numbers[1:]):
            return
        totals: list[Decimal] = [Decimal(0)]
        last_power: int | None = None
        items: list[tuple[str, int]] = []
        for number, word in zip(numbers, [*words, ""], strict=True):
            if word in self._ways.small:
                items.append((number, self._ways.small[word]))
                continue
            is_end = word == ""
            if is_end and not number and not items:
                break
            if not number and not items and _LETTERS.match(word):
                return  # 5억m: only units that are characters may stand alone
            section = self._section(items, number)
            items = []
            if section is None:
                return
            power = 0 if is_end else self._ways.big[word]
            if last_power is not None and (power >= last_power or not section.value):
                return
            if last_power is not None and section.value.scaleb(power) >= Decimal(1).scaleb(last_power):
                return
            choices = {section.value.scaleb(power)}
            if section.other is not None:
                choices.add(section.other.scaleb(power))
            if is_end and last_power is not None:
                choices |= self._spoken_short(section, last_power)
            totals = [total + choice for total in totals for choice in sorted(choices, reverse=True)]
            last_power = power
        yield from (total for total in totals if _is_bounded(total))

    def _spoken_short(self, section: _Section, last_power: int) -> set[Decimal]:
        """Return what else a number behind a unit may be: 3억5 is 350 million to who says it, 1억2000 120 million."""
        group = self._ways.group
        if section.is_plain and len(section.figures) == 1 and section.value:
            return {section.value.scaleb(last_power - 1)}
        is_short = 0 < section.value < Decimal(10) ** group and not section.figures.startswith("0")
        return {section.value.scaleb(last_power - group)} if last_power > group and is_short else set()

    def _section(self, items: list[tuple[str, int]], number: str) -> _Section | None:
        """Read digits and small units: 2천5백, 12百, 5,000, or nothing where a unit may stand alone."""
        if not items:
            if not number:
                return _Section(Decimal(1), None, is_plain=False, figures="") if self._ways.may_be_bare else None
            value = _plain(number, self._own)
            figures = re.sub(r"\D", "", number)
            return None if value is None else _Section(value, None, is_plain=True, figures=figures)
        value, last = Decimal(0), None
        for text, power in items:
            factor = _plain(text, self._own) if text else Decimal(1) if self._ways.may_be_bare else None
            if factor is None or (last is not None and power >= last):
                return None
            if (len(items) > 1 or number) and (factor >= 10 or factor != factor.to_integral_value()):
                return None
            value, last = value + factor.scaleb(power), power
        if not number:
            return _Section(value, None, is_plain=False, figures="")
        rest = _plain(number, self._own)
        if rest is None or last is None or rest >= Decimal(1).scaleb(last):
            return None
        other = value + rest.scaleb(last - 1) if len(number) == 1 and rest and last > 1 else None
        return _Section(value + rest, other, is_plain=False, figures="")

    def _in_figures(self, text: str) -> str:
        """Write digits that are characters (五, 오) as figures, but where two of them are "two or three" (二三)."""
        for run in re.findall(self._run_of_digits, text):
            first, second = self._digits[run[0]], self._digits[run[1]]
            has_more = len(run) < len(text.strip())
            if has_more or (len(run) == 2 and int(second) == int(first) + 1):
                return text
        return "".join(self._digits.get(character, character) for character in text)


def _is_currency_sign(character: str) -> bool:
    # A cent is a hundredth of what the others stand for.
    return unicodedata.category(character) == "Sc" and character != "¢"


def _cleaned(text: str) -> str | None:
    """Return a text with usual signs and small letters, or None where a sign has no place in a number."""
    categories = {character: unicodedata.category(character) for character in text}
    # A footnote's ¹ or a half would become digits; a control character never belongs here.
    if not _NEVER_IN_A_NUMBER.isdisjoint(categories.values()):
        return None
    if any(category == "So" and sign not in _TRIANGLES for sign, category in categories.items()):
        return None  # ㎜ would become letters
    visible = "".join(sign for sign in text if categories[sign] != "Cf" and sign not in _VARIATIONS)
    normal = unicodedata.normalize("NFKC", visible).translate(_MINUSES).translate(_APOSTROPHES)
    if any(unicodedata.category(character) == "Mn" for character in normal):
        return None  # struck through, say
    return " ".join(fold(normal).split())


def _number_pattern(group: str, decimal: str, *, indian: bool) -> re.Pattern[str]:
    """Return the pattern of a number with these marks; groups are whole groups of three, the first without a zero."""
    separator, point = rf"[{re.escape(group)} ']", re.escape(decimal)
    groups = rf"[1-9]\d{{0,2}}(?P<separator>{separator})\d{{3}}(?:(?P=separator)\d{{3}})*"
    if indian:
        groups += rf"|[1-9]\d?(?:{re.escape(group)}\d\d)+{re.escape(group)}\d{{3}}"
    return re.compile(rf"(?:(?P<whole>{groups}|{_WHOLE})(?:{point}(?P<fraction>\d*))?|{point}(?P<only>\d+))", re.ASCII)


def _plain(text: str, pattern: re.Pattern[str]) -> Decimal | None:
    """Read digits with the marks of a pattern, or return None."""
    match = pattern.fullmatch(text.strip())
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"] or "0")
    value = Decimal(f"{whole}.{match['fraction'] or match['only'] or '0'}")
    return value if _is_bounded(value) else None


def _is_bounded(value: Decimal) -> bool:
    """Whether the arithmetic keeps all digits of a number."""
    _sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # it is finite
    written = "".join(map(str, digits)).rstrip("0")
    least = exponent + len(digits) - len(written)
    if not value:
        return True
    return len(written) <= _MOST_DIGITS and least >= -LONGEST_NUMBER and value.adjusted() <= _MOST_POWER


def _units_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that splits a text at units; Latin and Greek ones only where the word ends."""
    letters = [word for word in words if _LETTERS.match(word)]
    signs = [word for word in words if not _LETTERS.match(word)]
    return re.compile(rf"((?<![a-zα-ω])(?:{_alternatives(letters)})(?![a-zα-ω])|{_alternatives(signs)})\.?")


def _words_before(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of words that may open a text."""
    return re.compile(rf"^(?:{_alternatives(words)})\.?\s*(?=[^a-zα-ω])")


def _words_behind(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of words that may close a text."""
    letters = [word for word in words if _LETTERS.match(word)]
    signs = [word for word in words if not _LETTERS.match(word)]
    return re.compile(rf"(?:(?<![a-zα-ω])(?:{_alternatives(letters)})|{_alternatives(signs)})\.?$")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
