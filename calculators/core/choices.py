"""Inputs that are picked rather than typed, words among the results, and short texts."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from decimal import Decimal
from typing import Any, ClassVar

from calculators.core.catalogue import catalogue
from calculators.core.fields import NOTHING, Count
from calculators.core.messages import _
from calculators.core.numerals import Numerals
from calculators.core.outcome import InvalidInput
from calculators.core.records import declare

UNKNOWN = "unknown"
_LONGEST_TEXT = 200
_LONGEST_NOTE = 5_000
_YES = {"true", "1", "yes", "on"}
_NO = {"false", "0", "no", "off", ""}


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
    """One of several keys; `options` names each with an English message. As a result: a verdict."""

    kind: ClassVar[str] = "choice"
    options: Mapping[str, str]

    def read_value(self, name: str, raw: Any) -> str:
        if not isinstance(raw, str) or raw not in self.options:
            raise InvalidInput(name, "not_a_choice", typed=str(raw), names=", ".join(self.options))
        return raw

    def read_text(self, name: str, typed: str, _numerals: Numerals) -> str:
        return self.read_value(name, typed)

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

    def read_value(self, name: str, raw: Any) -> tuple[str, ...]:
        picked = [key for key in raw.split(",") if key] if isinstance(raw, str) else raw
        if not isinstance(picked, list | tuple):
            raise InvalidInput(name, "not_a_choice", typed=str(raw), names=", ".join(self.options))
        for key in picked:
            if key not in self.options:
                raise InvalidInput(name, "not_a_choice", typed=str(key), names=", ".join(self.options))
        return tuple(key for key in self.options if key in picked)

    def read_text(self, name: str, typed: Any, _numerals: Numerals) -> tuple[str, ...]:
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

    def read_value(self, name: str, raw: Any) -> bool:
        if isinstance(raw, bool):
            return raw
        text = str(raw).strip().lower()
        if text not in _YES | _NO:
            raise InvalidInput(name, "not_a_flag", typed=str(raw))
        return text in _YES

    def read_text(self, name: str, typed: Any, numerals: Numerals) -> bool:
        if isinstance(typed, str):
            # A pasted cell may hold the word that we show.
            for value in (True, False):
                if typed.strip().lower() == self.show(value, numerals).lower():
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
    levels: tuple[str, str, str, str]
    names: tuple[str, str, str, str] = LEVELS
    # A self-assessment always has an answer.
    may_be_unknown: bool = True
    # The flag among the inputs that must be set for this one to count; the form hides it otherwise.
    shown_if: str | None = None

    def read_value(self, name: str, raw: Any) -> Decimal | None:
        text = str(raw).strip().lower()
        if text == UNKNOWN and self.may_be_unknown:
            return None
        if isinstance(raw, bool) or text not in {"0", "1", "2", "3"}:
            raise InvalidInput(name, "not_a_rating" if self.may_be_unknown else "not_a_level", typed=str(raw))
        return Decimal(text)

    def read_text(self, name: str, typed: str, _numerals: Numerals) -> Decimal | None:
        return self.read_value(name, typed)

    def write_text(self, value: Decimal | None, _numerals: Numerals) -> str:
        return UNKNOWN if value is None else str(value)

    def show(self, value: Decimal | None, numerals: Numerals) -> str:
        gettext = catalogue(numerals.language).gettext
        if value is None:
            return gettext(_("unknown"))
        return gettext(_("{level} ({number} of 3)")).format(level=gettext(self.names[int(value)]), number=value)

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
        if not isinstance(raw, str | int | float):
            raise InvalidInput(name, "not_a_text", typed=str(raw))
        text = str(raw).strip()
        most = _LONGEST_NOTE if self.is_long else _LONGEST_TEXT
        if len(text) > most:
            raise InvalidInput(name, "text_too_long", maximum=(Count(label=""), Decimal(most)))
        return text

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
