"""Inputs that are picked rather than typed, words among the results, and short texts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from calculators.core.declaring.fields import NOTHING, Count
from calculators.core.declaring.outcome import InvalidInput
from calculators.core.declaring.outside import clean_text, isolated, number_text
from calculators.core.declaring.records import declare
from calculators.core.numbers.numerals import Numerals
from calculators.core.numbers.ways_of_writing import fold
from calculators.core.words.catalogue import LANGUAGES, catalogue, names
from calculators.core.words.messages import _

UNKNOWN = "unknown"
_UNKNOWN_SHOWN = _("unknown")
_LEVEL_SHOWN = _("{level} ({number} of 3)")
_LONGEST_TEXT = 200
_LONGEST_NOTE = 5_000
_BETWEEN_LABELS = re.compile(r"[\n;·]")
_YES = {"true", "1", "yes", "on"}
# What spreadsheet programs and people write in a column of ticks.
_YES_WORDS = frozenset(
    ["y", "x", "✓", "✔", "☑", "예", "네", "참", "はい", "○", "〇", "◯", "真", "ναι", "αληθησ", "wahr", "vrai", "ja"]
)
_NO_WORDS = frozenset(
    ["n", "-", "–", "✗", "✘", "☐", "아니요", "아니오", "거짓", "いいえ", "×", "偽", "οχι", "ψευδησ", "falsch", "faux"]
)
_NO = {"false", "0", "no", "off", ""}
_LONGEST_WORD = 60
_MOST_NAMES = 5


def _word(raw: Any) -> str | None:
    """Return a word or a digit in small letters, or None for what cannot be one."""
    if not isinstance(raw, str):
        return str(raw) if isinstance(raw, int | Decimal) and raw in range(10) else None
    return raw.strip().lower() if len(raw) <= _LONGEST_WORD else None


def _labels(options: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Return what each key is called, language by language."""
    return {key: names(label) for key, label in options.items()}


def _folded(text: str) -> str:
    """Return a text by which words are compared: without capitals, Greek accents, widths and doubled spaces."""
    return fold(" ".join(unicodedata.normalize("NFKC", text).split()))


@cache
def _folded_name(name: str) -> str:
    """Return it of what can be picked: a form of ratings compares a thousand of these at every change."""
    return _folded(name)


def _key_of(typed: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    word = _folded(typed)
    meant = [key for key, called in labels.items() if word == _folded_name(key) or word in map(_folded_name, called)]
    return meant[0] if len(meant) == 1 else None


def _key_meant(name: str, typed: str, labels: Mapping[str, Sequence[str]], numerals: Numerals) -> str:
    """Return the key that a text names, itself or by a label in any language.

    Raises InvalidInput with the first label of each in the reader's language.
    """
    key = _key_of(typed, labels)
    if key is not None:
        return key
    place = LANGUAGES.index(numerals.language)
    own = [called[place * len(called) // len(LANGUAGES)] for key, called in labels.items() if key]
    raise InvalidInput(name, "not_a_choice", typed=typed.strip(), names=numerals.listing(own))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picked:
    """What all fields of this module have in common."""

    label: str
    hint: str = ""
    is_working: bool = False
    sample: None = None
    is_private: ClassVar[bool] = False
    is_optional: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(_Picked):
    """One of several keys; `options` names each with an English message. As a result: a verdict.

    A key of "" is what stands where nothing has been picked: a column of choices that may be left empty begins with it.
    """

    kind: ClassVar[str] = "choice"
    options: Mapping[str, str]
    # The flag among the inputs that must be set for this one to count; the form hides it otherwise.
    shown_if: str | None = None

    @property
    def understood(self) -> tuple[str, ...]:
        """Messages that are understood in every language."""
        return tuple(self.options.values())

    @property
    def untouched(self) -> tuple[str, ...]:
        """What stands in a new row of a table, where nothing has been picked."""
        return tuple(self.options)[:1]

    def read_value(self, name: str, raw: Any) -> str:
        if not isinstance(raw, str) or raw not in self.options:
            raise InvalidInput(name, "not_a_choice", typed=raw, names=", ".join(filter(None, self.options)))
        return raw

    def read_text(self, name: str, typed: str, numerals: Numerals) -> str:
        return self.read_value(name, _key_meant(name, typed, _labels(self.options), numerals))

    def write_text(self, value: str, _numerals: Numerals) -> str:
        return value

    def show(self, value: str, numerals: Numerals) -> str:
        return catalogue(numerals.language).gettext(self.options[value])

    def to_json(self, value: str, _numerals: Numerals) -> str:
        return value

    def to_link(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(_Picked):
    """Any number of several keys, in the order of `options`; groups are headings over some of them."""

    kind: ClassVar[str] = "choices"
    options: Mapping[str, str]

    @property
    def understood(self) -> tuple[str, ...]:
        """Messages that are understood in every language."""
        return tuple(self.options.values())

    def read_value(self, name: str, raw: Any) -> tuple[str, ...]:
        # One more piece than there are options: the rest of a long text is not looked at.
        picked = [key for key in raw.split(",", len(self.options)) if key] if isinstance(raw, str) else raw
        if not isinstance(picked, list | tuple) or len(picked) > len(self.options):
            raise InvalidInput(name, "not_a_choice", typed=raw, names=", ".join(self.options))
        for key in picked:
            if not isinstance(key, str) or key not in self.options:
                raise InvalidInput(name, "not_a_choice", typed=key, names=", ".join(self.options))
        return tuple(key for key in self.options if key in picked)

    def read_text(self, name: str, typed: Any, numerals: Numerals) -> tuple[str, ...]:
        labels = _labels(self.options)
        if isinstance(typed, str):
            # Labels hold commas, keys do not.
            lines = [line for line in _BETWEEN_LABELS.split(typed) if line.strip()]
            pieces = [[line] if _key_of(line, labels) else line.split(",") for line in lines]
            typed = [piece for parts in pieces for piece in parts if piece.strip()]
        if isinstance(typed, list | tuple):
            typed = [_key_meant(name, str(key), labels, numerals) for key in typed]
        return self.read_value(name, typed)

    def write_text(self, value: tuple[str, ...], _numerals: Numerals) -> list[str]:
        return list(value)

    def show(self, value: tuple[str, ...], numerals: Numerals) -> str:
        return numerals.listing(self.show_each(value, numerals)) or catalogue(numerals.language).gettext(_("none"))

    def show_each(self, value: tuple[str, ...], numerals: Numerals) -> list[str]:
        """Return the label of each picked key."""
        return [catalogue(numerals.language).gettext(self.options[key]) for key in value]

    def to_json(self, value: tuple[str, ...], _numerals: Numerals) -> list[str]:
        return list(value)

    def to_link(self, value: tuple[str, ...]) -> str:
        return ",".join(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(_Picked):
    """Yes or no."""

    kind: ClassVar[str] = "flag"
    # What stands in a new row of a table, where nothing has been ticked.
    untouched: ClassVar[tuple[str, ...]] = ("false", "False")

    def read_value(self, name: str, raw: Any) -> bool:
        if isinstance(raw, bool):
            return raw
        text = _word(raw)
        if text not in _YES | _NO:
            raise InvalidInput(name, "not_a_flag", typed=raw)
        return text in _YES

    def read_text(self, name: str, typed: Any, numerals: Numerals) -> bool:
        if isinstance(typed, str) and len(typed) <= _LONGEST_WORD:
            # A pasted cell may hold the word that we show, or a spreadsheet program's.
            word = _folded(typed)
            for value, words in ((True, _YES | _YES_WORDS), (False, _NO | _NO_WORDS)):
                if word in words or word == _folded(self.show(value, numerals)):
                    return value
        return self.read_value(name, typed)

    def write_text(self, value: bool, _numerals: Numerals) -> str:  # noqa: FBT001 - the field's value, first as in every field
        return "true" if value else ""

    def show(self, value: bool, numerals: Numerals) -> str:  # noqa: FBT001 - the field's value, first as in every field
        return catalogue(numerals.language).gettext(_("yes") if value else _("no"))

    def to_json(self, value: bool, _numerals: Numerals) -> bool:  # noqa: FBT001 - the field's value, first as in every field
        return value

    def to_link(self, value: bool) -> str:  # noqa: FBT001 - the field's value, first as in every field
        return "1" if value else "0"


# What each level means when the criterion does not say it itself.
LEVELS = (_("absent"), _("weak"), _("partial"), _("proven"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(_Picked):
    """How well a criterion is met: 0 absent, 1 weak, 2 partial, 3 proven, or unknown (None), which is not absent.

    `levels` says for this criterion what each of the four means.
    """

    kind: ClassVar[str] = "rating"
    minimum: ClassVar[Decimal] = Decimal(0)
    maximum: ClassVar[Decimal] = Decimal(3)
    is_whole: ClassVar[bool] = True
    levels: tuple[str, str, str, str]
    names: tuple[str, str, str, str] = LEVELS
    # A self-assessment always has an answer.
    may_be_unknown: bool = True
    # The flag among the inputs that must be set for this one to count; the form hides it otherwise.
    shown_if: str | None = None

    @property
    def understood(self) -> tuple[str, ...]:
        """Messages that are understood in every language."""
        return (*self.names, _UNKNOWN_SHOWN, _LEVEL_SHOWN)

    @property
    def untouched(self) -> tuple[str, ...]:
        """What stands in a new row of a table, where nothing has been picked; a browser may begin with the first."""
        return (UNKNOWN, "0") if self.may_be_unknown else ("0",)

    def read_value(self, name: str, raw: Any) -> Decimal | None:
        text = _word(raw)
        if text == UNKNOWN and self.may_be_unknown:
            return None
        if isinstance(raw, bool) or text not in {"0", "1", "2", "3"}:
            raise InvalidInput(name, "not_a_rating" if self.may_be_unknown else "not_a_level", typed=raw)
        return Decimal(text)

    def read_text(self, name: str, typed: str, numerals: Numerals) -> Decimal | None:
        return self.read_value(name, _key_meant(name, typed, self._labels(), numerals))

    def _labels(self) -> dict[str, list[str]]:
        """Return what each key may be called, language by language: as in a list to pick from, and among results."""
        labels: dict[str, list[str]] = {UNKNOWN: [*names(_UNKNOWN_SHOWN)]} if self.may_be_unknown else {}
        for level, name in enumerate(self.names):
            labels[str(level)] = [
                called
                for word, shown in zip(names(name), names(_LEVEL_SHOWN), strict=True)
                for called in (f"{level} {word}", word, shown.format(level=word, number=level))
            ]
        return labels

    def write_text(self, value: Decimal | None, _numerals: Numerals) -> str:
        return UNKNOWN if value is None else str(value)

    def show(self, value: Decimal | None, numerals: Numerals) -> str:
        gettext = catalogue(numerals.language).gettext
        if value is None:
            return gettext(_UNKNOWN_SHOWN)
        return gettext(_LEVEL_SHOWN).format(level=gettext(self.names[int(value)]), number=value)

    def show_in_full(self, value: Decimal, numerals: Numerals) -> str:
        return self.show(value, numerals)

    def step(self, _numerals: Numerals) -> Decimal:
        return Decimal(1)

    def to_json(self, value: Decimal | None, _numerals: Numerals) -> int | str:
        return UNKNOWN if value is None else int(value)

    def to_link(self, value: Decimal | None) -> str:
        return UNKNOWN if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A short text, such as the name of a stage, or a longer note.

    `names` are messages that stand for themselves: a default such as “Qualified” is shown in the reader's
    language. What is private (a deal's name, a piece of evidence) never goes into a link.
    """

    kind: ClassVar[str] = "text"
    label: str
    hint: str = ""
    is_private: bool = False
    is_long: bool = False
    is_working: bool = False
    sample: None = None
    is_optional: ClassVar[bool] = False
    names: tuple[str, ...] = ()
    shown_if: str | None = None

    def read_value(self, name: str, raw: Any) -> str:
        # A number may be a name, too.
        text = raw if isinstance(raw, str) else number_text(raw)
        if text is None:
            raise InvalidInput(name, "not_a_text", typed=raw)
        text = text.strip()
        most = _LONGEST_NOTE if self.is_long else _LONGEST_TEXT
        if len(text) > most:
            raise InvalidInput(name, "text_too_long", maximum=(Count(label=""), Decimal(most)))
        return clean_text(text).strip()

    def read_text(self, name: str, typed: str, numerals: Numerals) -> str:
        text = self.read_value(name, typed)
        # The name of a default goes back to its message, so that a link shows it in another language.
        return next((own for own in self.names if catalogue(numerals.language).gettext(own) == text), text)

    def write_text(self, value: str, numerals: Numerals) -> str:
        return catalogue(numerals.language).gettext(value) if value in self.names else value

    def show(self, value: str, numerals: Numerals) -> str:
        return self.write_text(value, numerals) or NOTHING

    def to_json(self, value: str, _numerals: Numerals) -> str:
        return value

    def to_link(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """A list of sentences among the results, such as the questions to ask next; values are English messages."""

    kind: ClassVar[str] = "sentences"
    label: str
    hint: str = ""
    is_working: bool = False
    sample: None = None
    is_private: ClassVar[bool] = False
    is_optional: ClassVar[bool] = False

    def show(self, value: tuple[str, ...], numerals: Numerals) -> str:
        return "\n".join(self.show_each(value, numerals)) or NOTHING

    def show_each(self, value: tuple[str, ...], numerals: Numerals) -> list[str]:
        """Return each sentence in the reader's language."""
        return [catalogue(numerals.language).gettext(sentence) for sentence in value]

    def to_json(self, value: tuple[str, ...], numerals: Numerals) -> list[str]:
        return self.show_each(value, numerals)

    # A result cannot be given, only the protocol of fields asks for these.
    def read_value(self, name: str, raw: Any) -> Any:
        raise NotImplementedError(name, raw)

    def read_text(self, name: str, typed: Any, numerals: Numerals) -> Any:
        raise NotImplementedError(name, typed, numerals)

    def write_text(self, value: Any, numerals: Numerals) -> Any:
        raise NotImplementedError(value, numerals)

    def to_link(self, value: Any) -> str:
        raise NotImplementedError(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList(Sentences):
    """Names on one line, as a sentence has them; of many, the first. `names` are messages, as of a `Text`.

    What has no name is a number, its place, which the message `by_place` makes a name of.
    """

    kind: ClassVar[str] = "names"
    names: tuple[str, ...] = ()
    by_place: str = "{place}"

    def show(self, value: tuple[str | int, ...], numerals: Numerals) -> str:
        shown = self.show_each(value[:_MOST_NAMES], numerals)
        return numerals.listing([*shown, "…"] if len(value) > _MOST_NAMES else shown) or NOTHING

    def show_each(self, value: tuple[str | int, ...], numerals: Numerals) -> list[str]:
        gettext = catalogue(numerals.language).gettext
        return [
            gettext(self.by_place).format(place=numerals.exact(Decimal(name)))
            if isinstance(name, int)
            else isolated(gettext(name) if name in self.names else name)
            for name in value
        ]


def choice(label: str, *, options: Mapping[str, str], default: str | None = None, **further: Any) -> Any:
    """Declare one of several: an input, or a verdict."""
    return declare(Choice(label=label, options=options, **further), MISSING if default is None else default)


def choices(label: str, *, options: Mapping[str, str], default: tuple[str, ...] | None = None, **further: Any) -> Any:
    """Declare any number of several: an input, or a list of findings."""
    return declare(Choices(label=label, options=options, **further), MISSING if default is None else default)


def flag(label: str, *, default: bool | None = None, **further: Any) -> Any:
    """Declare a yes or no."""
    return declare(Flag(label=label, **further), MISSING if default is None else default)


def rating(label: str, *, levels: tuple[str, str, str, str], default: str, **further: Any) -> Any:
    """Declare a rating from 0 to 3, or `unknown`."""
    return declare(Rating(label=label, levels=levels, **further), None if default == UNKNOWN else Decimal(default))


def text(label: str, *, default: str | None = None, **further: Any) -> Any:
    """Declare a short text, or a note."""
    return declare(Text(label=label, **further), MISSING if default is None else default)


def sentences(label: str, **further: Any) -> Any:
    """Declare a list of sentences among the results."""
    return declare(Sentences(label=label, **further))


def name_list(*, names: tuple[str, ...], **further: Any) -> Any:
    """Declare names that a sentence lists: a step of the calculation."""
    return declare(NameList(label="", names=names, is_working=True, **further))
