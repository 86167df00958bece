"""How each deal ended: flags, a status, a stage or the days of ends, whichever the file has.

A word of the company's own is an open stage, and said so, unless something calls those deals closed: a flag, a word, or
a date that is filled for closed deals alone. Then only a person can say which of the two it is.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from itertools import combinations
from operator import or_
from typing import Literal

from calculators.analysis.gate.building import of_kept
from calculators.analysis.gate.day_shapes import ORDERS
from calculators.analysis.gate.deals import LOST, OPEN, UNKNOWN, WON
from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.number_shapes import read_number
from calculators.analysis.gate.roles import Chosen
from calculators.analysis.gate.words import (
    FLAGS,
    are_letters_of_ends,
    end_of,
    flags_of,
    folded,
    is_empty,
    meaning_of,
    meaning_of_letter,
    names_an_end,
)
from calculators.analysis.reading.progress import Pausing, counted, gathered

# What a text says; ENDED: closed, without saying how; OWN: a word that nobody knows.
_NOTHING, _SAYS_OPEN, _SAYS_WON, _SAYS_LOST, _ENDED, _OWN, _NO = range(7)
_MEANT = {_SAYS_OPEN: OPEN, _SAYS_WON: WON, _SAYS_LOST: LOST}
_MEANINGS: dict[int, "Meaning"] = {OPEN: "open", WON: "won", LOST: "lost"}
_SAID = {"open": _SAYS_OPEN, "won": _SAYS_WON, "lost": _SAYS_LOST, "closed": _ENDED}
_ENDS = {_SAYS_WON, _SAYS_LOST, _ENDED}
_ENDS_OF_DAYS = {"date_won": WON, "date_lost": LOST}
# What a flag that says no denies.
_DENIED = {"is_won": {_SAYS_WON}, "is_lost": {_SAYS_LOST}}
# Reasons of words that are no open stages, though nobody knows them.
_ASKED = {"closed_without_word", "number", "unknown_word", "sure_chance"}
# A closing date is one of closed deals alone if hardly any open deal has it.
_HARDLY_ANY, _NEARLY_ALL = 0.02, 0.95
_MOSTLY = 0.8
# Chances of a stage.
_NONE, _BETWEEN, _ALL = range(3)
# "Closed Won and renewed", "Stage 7: Closed Lost"; not "Nearly closed won".
_END_INSIDE = re.compile(r"(?:stage|step)?\d*closed(won|lost)")

type Meaning = Literal["won", "lost", "open"]


@dataclass(slots=True)
class OutcomeValue:
    """A word of a column that says how deals ended. `means` is None where only a person can say; `reason` is a code."""

    value: str
    column: str
    means: Meaning | None
    deals: int
    reason: str


@dataclass(slots=True)
class Outcomes:
    """`codes` are OPEN, WON, LOST or UNKNOWN for each row; `unknown` are the values that leave closed deals unclear."""

    codes: bytearray
    values: list[OutcomeValue]
    unknown: list[str] = field(default_factory=list)
    has_source: bool = True
    # Whether the closing date is filled for closed deals alone.
    closing_is_of_ends: bool = False


@dataclass(slots=True)
class _Source:
    """A column that says how deals ended: what each kept row says, and which of its words that is."""

    profile: ColumnProfile
    part: str
    says: bytearray
    words: array[int]
    texts: list[str]
    reasons: dict[str, str]


def find_outcomes(
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    kept: Sequence[int],
    said: dict[str, str],
    notes: Notes,
    today: date,
) -> Pausing[Outcomes]:
    """Return how the deals of the kept rows ended; `said` holds what the reader said that words mean."""
    sources = yield from _sources(profiles, chosen, kept, said)
    if not sources:
        return Outcomes(bytearray([UNKNOWN]) * len(kept), [], has_source=False)
    filled = yield from _closing_filled(profiles, chosen, kept)
    closing = [profiles[place] for place, each in chosen.items() if each.role == "closed" and not each.part]
    names_ends = bool(closing) and all(names_an_end(profile.name) for profile in closing)
    planned = yield from _planned(closing, kept, today.toordinal())
    yield
    closing_tells = yield from _closing_tells(sources, filled, planned, names_ends=names_ends)
    for source in sources:
        yield
        if closing_tells:
            _settle_own_words(source, filled)
        elif source.part == "outcome" or (len(sources) == 1 and "known_word" not in source.reasons.values()):
            _doubt_marks(source)
    _doubt_sure_words(sources, profiles, chosen, kept)
    yield
    codes = yield from _combine(sources, filled, closing_tells=closing_tells)
    _lose_by_reason(codes, sources, profiles, chosen, kept, notes)
    yield from _note_disagreement(sources, notes)
    values: list[OutcomeValue] = []
    for source in sources:
        values += yield from _values(source, codes)
    return Outcomes(codes, values, _unknown_words(sources, codes), closing_is_of_ends=closing_tells)


def _meaning_code(text: str) -> int:
    """Return what a stage or status says, as the word lists know it, also inside a longer name."""
    if meaning := meaning_of(text) or end_of(text):
        return _SAID[meaning]
    found = _END_INSIDE.match(folded(text))
    return _OWN if found is None else _SAYS_WON if found[1] == "won" else _SAYS_LOST


def _sources(
    profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], kept: Sequence[int], said: dict[str, str]
) -> Pausing[list[_Source]]:
    """Return what says how deals ended, the most telling first: flags, the status, the stage, days of ends."""
    ranks = {
        "is_won": 0, "is_lost": 1, "is_closed": 2, "is_open": 2, "outcome": 3, "stage": 4, "date_won": 5,
        "date_lost": 6, "stage_day": 7,
    }  # fmt: skip
    found = []
    for place, each in chosen.items():
        kind = each.part or each.role
        if kind in ranks and each.role in {"outcome", "stage", "closed"}:
            found.append((ranks[kind], place, each))
    sources: list[_Source] = []
    left = dict(said)
    for _rank, place, each in sorted(found, key=lambda one: one[:2]):
        sources.append((yield from _read(profiles[place], each, kept, left)))
        # Codes recur: a status 2 that was explained says nothing of a stage 2.
        explained = [text for text, reason in sources[-1].reasons.items() if reason == "mapping"]
        left = {word: means for word, means in left.items() if word not in explained}
    return sources


def _read(profile: ColumnProfile, each: Chosen, kept: Sequence[int], said: dict[str, str]) -> Pausing[_Source]:
    reasons: dict[str, str] = {}
    places: dict[str, int] = {}
    spoken = {folded(word): means for word, means in said.items()} | said
    flags = _flags(profile) if each.part in FLAGS else {}

    def read(text: str) -> tuple[int, int]:
        if each.part in FLAGS:
            code = _said_by_flag(text, each.part, flags, spoken, reasons)
        else:
            code = _said_by(text, profile, each, spoken, reasons)
        return code, places.setdefault(text, len(places))

    # The words of a column are few, and read once.
    rows = yield from profile.column.array_of("I", lambda texts: (read(text)[1] for text in texts))
    words = of_kept(rows, kept)
    yield
    says = bytes(read(text)[0] for text in places)
    return _Source(
        profile,
        each.part or each.role,
        bytearray(map(says.__getitem__, words)),
        words,
        list(places),
        reasons,
    )


def _said_by(text: str, profile: ColumnProfile, each: Chosen, spoken: dict[str, str], reasons: dict[str, str]) -> int:
    if is_empty(text) and not (spoken.get(text) and each.role != "closed"):
        return _NOTHING
    if each.part in {"date_won", "date_lost", "stage_day"}:
        if not profile.day_of(text):
            return _NOTHING
        return {"date_won": _SAYS_WON, "date_lost": _SAYS_LOST}.get(each.part, _SAYS_OPEN)
    means = spoken.get(text) or spoken.get(folded(text))
    if means and _SAID[means] != _meaning_code(text):
        reasons[text] = "mapping"
        return _SAID[means]
    letter = meaning_of_letter(text) if each.role == "outcome" and are_letters_of_ends(profile.values.counts) else None
    code = _meaning_code(text) if letter is None else _SAID[letter]
    reasons[text] = "own_word" if code == _OWN else "known_word"
    return code


def _flags(profile: ColumnProfile) -> dict[str, bool]:
    """Return what the texts of a column of flags say; where only those are marked that are so, a blank says no."""
    flags = flags_of(profile.values.counts) or {}
    if not all(flags.values()):
        return flags
    return dict.fromkeys(("", *profile.values.nothing), False) | flags


def _said_by_flag(text: str, part: str, flags: dict[str, bool], spoken: dict[str, str], reasons: dict[str, str]) -> int:
    # Whether deals are closed is no word that means won, lost or open.
    means = None if part in {"is_closed", "is_open"} else spoken.get(text) or spoken.get(folded(text))
    if means:
        reasons[text] = "mapping"
        return _SAID[means]
    is_so = flags.get(text)
    if is_so is None:
        return _NOTHING
    reasons[text] = "flag"
    if part in {"is_closed", "is_open"}:
        return _ENDED if is_so == (part == "is_closed") else _NO
    return _NO if not is_so else _SAYS_WON if part == "is_won" else _SAYS_LOST


def _closing_filled(
    profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], kept: Sequence[int]
) -> Pausing[bytes]:
    """Return for each row whether it has a closing date."""
    filled = bytearray(len(kept))
    for place, each in chosen.items():
        if each.role == "closed" and not each.part:
            holds = partial(map, _holds_day(profiles[place]))
            has = of_kept((yield from profiles[place].column.array_of("B", holds)), kept)
            filled = bytearray(map(or_, filled, has))
    return bytes(filled)


def _holds_day(profile: ColumnProfile) -> Callable[[str], int]:
    return lambda text: 0 if is_empty(text) or profile.day_of(text) is None else 1


def _planned(closing: list[ColumnProfile], kept: Sequence[int], today: int) -> Pausing[bytes]:
    """Return for each row whether its closing date is still to come, in whatever order its parts stand."""
    planned = bytearray(len(kept))
    for profile in closing:
        coming = of_kept((yield from profile.column.array_of("B", partial(map, _is_after(profile, today)))), kept)
        planned = bytearray(map(or_, planned, coming))
    return bytes(planned)


def _is_after(profile: ColumnProfile, today: int) -> Callable[[str], int]:
    def is_after(text: str) -> int:
        day = None if is_empty(text) else profile.day_of(text)
        days = [] if day is None else [ordinal for order in ORDERS[:2] if (ordinal := day.in_order(order))]
        return int(bool(days) and min(days) > today)

    return is_after


def _closing_tells(sources: list[_Source], filled: bytes, planned: bytes, *, names_ends: bool) -> Pausing[bool]:
    """Whether the closing date is filled for closed deals alone, so that it tells which deals are closed.

    A day that is still to come is planned: where deals that nobody calls closed have such, it tells nothing.
    """
    if not any(filled) or any(source.part in {"is_closed", "is_open"} for source in sources):
        return False
    if any(planned):
        rows_of = yield from counted(zip(planned, *(source.says for source in sources), strict=True))
        unclosed = sum(rows for (is_planned, *says), rows in rows_of.items() if is_planned and not _ENDS & set(says))
        if unclosed > _HARDLY_ANY * sum(filled):
            return False
    words = [source for source in sources if source.part in {"outcome", "stage"}]
    # The first that knows a row counts: a lost deal may keep the stage it was lost in.
    said_of = yield from counted(zip(filled, *map(_guessed, words), strict=True) if words else ())
    still_open = Counter[int]()
    for (has, *row), rows in said_of.items():
        if next((code for code in row if code in _MEANT or code == _ENDED), _NOTHING) == _SAYS_OPEN:
            still_open[has] += rows
    if still_open:
        return still_open[1] <= _HARDLY_ANY * still_open.total()
    return names_ends or sum(filled) < _NEARLY_ALL * len(filled)


def _guessed(source: _Source) -> bytearray:
    """Return what each row says without what the reader said: that a word means open tells nothing of the dates."""
    told = {word for word, text in enumerate(source.texts) if source.reasons.get(text) == "mapping"}
    if not told:
        return source.says
    return bytearray(_OWN if word in told else code for word, code in zip(source.words, source.says, strict=True))


def _settle_own_words(source: _Source, filled: bytes) -> None:
    """Take the words of the company's own for ends where nearly all their deals have a date of closed deals alone."""
    if source.part not in {"outcome", "stage"} or _OWN not in source.says:
        return
    rows, dated = Counter(source.words), Counter(word for word, has in zip(source.words, filled, strict=True) if has)
    for word, text in enumerate(source.texts):
        if source.reasons.get(text) == "own_word" and dated[word] >= _MOSTLY * rows[word] > 0:
            source.reasons[text] = "closed_without_word"
    ended = {word for word, text in enumerate(source.texts) if source.reasons.get(text) == "closed_without_word"}
    if ended:
        for row, word in enumerate(source.words):
            if word in ended:
                source.says[row] = _ENDED


def _doubt_marks(source: _Source) -> None:
    """Take a status of bare numbers, of yes and no, or of nothing that is known, for ends that nobody can tell."""
    own = {word for word, text in enumerate(source.texts) if source.reasons.get(text) == "own_word"}
    texts = [source.texts[word] for word in own]
    are_marks = bool(own) and (flags_of(texts) is not None or all(read_number(text) is not None for text in texts))
    known = set(_guessed(source))
    # A status in which deals were lost, and none was won in words that are known, has another word for it.
    is_unknown = source.part == "outcome" and (
        "known_word" not in source.reasons.values() or (_SAYS_LOST in known and _SAYS_WON not in known)
    )
    if are_marks or is_unknown:
        _ask_about(source, own, "number" if are_marks else "unknown_word")


def _doubt_sure_words(
    sources: list[_Source], profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], kept: Sequence[int]
) -> None:
    """Take own words for ends that no word of the file is, if all their deals have a chance of all, or of nothing.

    So CRMs mark the stages that are won and lost, in whatever words; the stages between have chances between.
    """
    source = next((source for source in sources if source.part in {"outcome", "stage"} and _OWN in source.says), None)
    chances = next((profiles[place] for place, each in chosen.items() if each.role == "probability"), None)
    known = set().union(*map(_guessed, sources))
    if source is None or chances is None or _ENDED in known or known >= {_SAYS_WON, _SAYS_LOST}:
        return
    certain = 1 if chances.numbers.largest <= 1 and not chances.numbers.percents else 100

    def chance(text: str) -> int:
        number = chances.number_of(text)
        value = None if number is None else number.comma if number.dot is None else number.dot
        return _ALL if value == certain else _NONE if value == 0 else _BETWEEN

    found: dict[int, set[int]] = {}
    for word, each in set(zip(source.words, of_kept(array("b", chances.column.map(chance)), kept), strict=True)):
        found.setdefault(word, set()).add(each)
    own = {word for word in found if source.reasons.get(source.texts[word]) in {"own_word", "mapping"}}
    won = {word for word in own if found[word] == {_ALL} and _SAYS_WON not in known}
    lost = {word for word in own if found[word] == {_NONE} and _SAYS_LOST not in known}
    # Chances of none alone are those of stages that are new.
    sure = won | lost if won or _SAYS_WON in known else won
    if len(sure) == len(found):
        return
    _ask_about(source, sure, "sure_chance")


def _ask_about(source: _Source, words: set[int], reason: str) -> None:
    """Take the words of the company's own among some for ends that only a person can tell."""
    asked = {word for word in words if source.reasons.get(source.texts[word]) == "own_word"}
    for word in asked:
        source.reasons[source.texts[word]] = reason
    for row, word in enumerate(source.words):
        if word in asked:
            source.says[row] = _ENDED


def _lose_by_reason(
    codes: bytearray,
    sources: list[_Source],
    profiles: Sequence[ColumnProfile],
    chosen: dict[int, Chosen],
    kept: Sequence[int],
    notes: Notes,
) -> None:
    """Take open deals with a reason for their loss for lost, where nothing else calls any deal lost, and say so.

    Odoo archives lost deals in the stage they were in, and Pipedrive's stage says nothing without its status.
    """
    reasons = next((profiles[place] for place, each in chosen.items() if each.role == "lost_reason"), None)
    tells_lost = any(source.part in {"is_lost", "is_closed", "is_open"} for source in sources)
    if reasons is None or LOST in codes or UNKNOWN in codes or tells_lost:
        return
    given = of_kept(array("B", reasons.column.map(lambda text: not reasons.is_empty(text))), kept)
    lost = [place for place, has in enumerate(given) if has and codes[place] == OPEN]
    of_won = any(has and code == WON for has, code in zip(given, codes, strict=True))
    if not lost or of_won or len(lost) == codes.count(OPEN) == len(codes):
        return
    for place in lost:
        codes[place] = LOST
    notes.add("lost_by_reason", "", deals=len(lost), column=reasons.name)


def _combine(sources: list[_Source], filled: bytes, *, closing_tells: bool) -> Pausing[bytearray]:
    """Return the outcome of each row from what each source says of it."""
    parts = [source.part for source in sources]
    columns = [*(source.says for source in sources), filled]

    @cache
    def outcome(*row: int) -> int:
        return _outcome(list(zip(parts, row[:-1], strict=True)), bool(row[-1]) if closing_tells else None)

    return bytearray((yield from gathered("B", map(outcome, *columns))).tobytes())


def _outcome(says: list[tuple[str, int]], is_filled: bool | None) -> int:  # noqa: FBT001 - None is a third state
    """Return the outcome of a row; `is_filled`: whether it has a date of closed deals alone, None without such."""
    won, lost, closed = (
        next((code for part, code in says if part in parts and code), _NOTHING)
        for parts in ({"is_won"}, {"is_lost"}, {"is_closed", "is_open"})
    )
    words = [code for part, code in says if part in {"outcome", "stage"} and code]
    for flag in (won, lost):
        if flag in _MEANT:
            return _MEANT[flag]
    if closed == _NO:
        return OPEN
    # What is closed and not won is lost, and the other way round; what is neither is open, unless it is called closed.
    other = LOST if won == _NO and lost != _NO else WON if lost == _NO and won != _NO else None
    if closed == _ENDED:
        return other if other is not None else _end_among(words)
    dated = next(
        (end for part, end in _ENDS_OF_DAYS.items() if any(each == part and code for each, code in says)), None
    )
    for place, word in enumerate(words):
        if word in _MEANT:
            return _MEANT[word]
        if word == _ENDED:
            said = other if other is not None else _end_among(words[place:])
            return dated if dated is not None and said == UNKNOWN else said
    if dated is not None:
        return dated
    if other is not None:
        return UNKNOWN if is_filled is None else other if is_filled else OPEN
    # Nobody says anything of this row, but its date does.
    return UNKNOWN if is_filled and not words else OPEN


def _end_among(words: list[int]) -> int:
    return next((_MEANT[word] for word in words if word in {_SAYS_WON, _SAYS_LOST}), UNKNOWN)


def _note_disagreement(sources: list[_Source], notes: Notes) -> Pausing[None]:
    """Say in how many rows two columns contradict each other; a lost deal that keeps its last stage does not."""
    words = [source for source in sources if source.part in {*FLAGS, "outcome", "stage"}]
    for earlier, later in combinations(words, 2):
        pairs = yield from counted(zip(earlier.says, later.says, strict=True))
        deals = sum(rows for (one, other), rows in pairs.items() if _contradict(earlier.part, one, later.part, other))
        if deals:
            # Two pairs of columns may contradict each other.
            notes.add("outcomes_disagree", "", deals=deals, first=earlier.profile.name, second=later.profile.name)


def _contradict(earlier: str, one: int, later: str, other: int) -> bool:
    """Whether what a column says of a row and what a less telling one says cannot both be."""
    ends = {_SAYS_WON, _SAYS_LOST}
    if one in ends and other == _NO:
        return later in {"is_closed", "is_open"}
    if one == _NO:
        return other in (ends if earlier in {"is_closed", "is_open"} else _DENIED.get(earlier, set()))
    return {one, other} == ends or (one == _SAYS_OPEN and other in ends)


def _unknown_words(sources: list[_Source], codes: bytearray) -> list[str]:
    """Return the words that leave deals unclear, of the first column that says anything of them."""
    rows = [row for row, code in enumerate(codes) if code == UNKNOWN]
    for part in ("outcome", "stage", "is_won", "is_lost", "is_closed", "is_open"):
        for source in sources:
            if source.part == part:
                found = dict.fromkeys(source.texts[source.words[row]] for row in rows if source.says[row])
                if found:
                    return list(found)
    # Deals that only their date calls closed.
    words = [source for source in sources if source.part in {"outcome", "stage", "is_won", "is_lost"}]
    return list(dict.fromkeys(words[0].texts[words[0].words[row]] for row in rows)) if words else []


def _values(source: _Source, codes: bytearray) -> Pausing[list[OutcomeValue]]:
    """Return each word of a column with what it means."""
    values: list[OutcomeValue] = []
    if source.part not in {*FLAGS, "outcome", "stage"}:
        return values
    found: dict[int, Counter[int]] = {}
    for (word, code), rows in (yield from counted(zip(source.words, codes, strict=True))).items():
        found.setdefault(word, Counter())[code] = rows
    for word, outcomes in found.items():
        text = source.texts[word]
        is_nothing = is_empty(text)
        reason = "empty" if is_nothing else source.reasons.get(text, "known_word")
        if is_nothing and not outcomes[UNKNOWN]:
            continue
        meaning = _meaning(source, text, outcomes)
        values.append(OutcomeValue(text, source.profile.name, meaning, outcomes.total(), reason))
    return values


def _meaning(source: _Source, text: str, outcomes: Counter[int]) -> Meaning | None:
    """Return what a word means: what it says itself, or how all its deals ended."""
    if outcomes[UNKNOWN]:
        return None
    if source.part in {"outcome", "stage"} and source.reasons.get(text) not in _ASKED:
        said = _said_by_word(source, text)
        if said in _MEANT:
            return _MEANINGS[_MEANT[said]]
        if said == _OWN:
            return "open"
    return _MEANINGS[next(iter(outcomes))] if len(outcomes) == 1 else None


def _said_by_word(source: _Source, text: str) -> int:
    place = source.texts.index(text)
    return next(code for word, code in zip(source.words, source.says, strict=True) if word == place)
