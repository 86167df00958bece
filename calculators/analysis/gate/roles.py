"""What each column is for. A header alone decides nothing: the values have to confirm it.

There are exports that head the amount "possibility", and status columns of numbers. So a header proposes, the kind of
the values disposes, and two columns that could be the same are told apart by what is in them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from calculators.analysis.gate.kinds import ColumnProfile
from calculators.analysis.gate.number_shapes import CODES
from calculators.analysis.gate.stage_headers import stages_of_headers
from calculators.analysis.gate.word_lists import currency_words
from calculators.analysis.gate.words import (
    FLAGS,
    are_letters_of_ends,
    end_of,
    flags_of,
    is_secondary,
    meaning_of,
    names_an_end,
)

type Role = Literal[
    "deal_id", "name", "account", "owner", "stage", "outcome", "amount", "currency", "created", "closed",
    "expected_close", "probability", "product", "source", "region", "segment", "pipeline", "lost_reason",
    "last_activity", "next_step", "age_days",
]  # fmt: skip
ROLES: tuple[str, ...] = get_args(Role.__value__)

# What a column is within its role: one of the flags or dates that say together how a deal ended, or of two amounts.
type Part = Literal[
    "", "is_won", "is_lost", "is_closed", "is_open", "is_deleted", "date_won", "date_lost", "estimated", "actual",
    "stage_day",
]  # fmt: skip
# What headers.csv names besides the roles.
_PARTS: dict[str, tuple[str, Part]] = {
    "is_won": ("outcome", "is_won"),
    "is_lost": ("outcome", "is_lost"),
    "is_closed": ("outcome", "is_closed"),
    "is_open": ("outcome", "is_open"),
    "is_deleted": ("", "is_deleted"),
    "date_won": ("closed", "date_won"),
    "date_lost": ("closed", "date_lost"),
    "estimated_amount": ("amount", "estimated"),
    "actual_amount": ("amount", "actual"),
}
# Roles that more than one column may hold.
_SHARED = {"outcome", "closed", "amount"}
_DATE_ENTERED = re.compile(
    r"""^(?:date\ entered\s+|hs_(?:v2_)?date_entered_|date\ de\ saisie\ |datum\ des\ eintritts\ )
    ["'“”‘’]*(?P<stage>[^"'“”‘’()]+)(?:\([^()]*\))?["'“”‘’]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_MOST_STATES = 60
# TRUE, True and true, and what they deny.
_MOST_FLAGS = 6
# "Deal Owner.id", "owner_id", "Owner ID"
_OF_IDS = re.compile(r"(?:[._ ]id|Id|ID)$")
_PART_OF_END: dict[str, Part] = {"won": "date_won", "lost": "date_lost"}
_DAYS_OF_FLAGS: dict[str, Part] = {"is_won": "date_won", "is_lost": "date_lost", "is_closed": ""}
_FLAGS_OF_DAYS: dict[str, Part] = {"date_won": "is_won", "date_lost": "is_lost", "closed": "is_closed"}
_SHARE_OF_KNOWN_STATES = 0.6
_MOST_CURRENCIES = 30
_CODE = re.compile(r"\b[A-Z]{3}\b")
_NEARLY_ALL = 0.95


@dataclass(frozen=True, slots=True)
class Chosen:
    """A column's role with its part in it, and why: `header`, `values`, `mapping`, or `sister` columns.

    `stage` is the one on which a column of its days was entered, where the header is not just that.
    """

    role: str
    part: Part = ""
    why: str = "header"
    stage: str = ""


def choose_roles(profiles: Sequence[ColumnProfile], mapped: dict[int, str | None]) -> dict[int, Chosen]:
    """Return the role of each column (by its place) that has one; `mapped` holds what the reader said of some."""
    chosen = {place: Chosen(role, _part_of(profiles[place], role), "mapping") for place, role in mapped.items() if role}
    free = [profile for profile in profiles if profile.place not in mapped]
    _choose_dates_entered(free, chosen)
    _choose_days_named_as_flags(free, chosen)
    # A status that says how deals ended is not taken for the stage.
    for role in sorted(ROLES, key=lambda role: role != "outcome"):
        if role in _SHARED:
            _choose_shared(role, free, chosen)
        elif not any(each.role == role and each.part != "stage_day" for each in chosen.values()):
            _choose_one(role, free, chosen)
    _choose_days_of_stages(free, chosen)
    _choose_by_values(free, chosen)
    amounts = [place for place, each in chosen.items() if each.role == "amount"]
    if len(amounts) == 1:
        # An actual amount without an estimate is the amount.
        chosen[amounts[0]] = Chosen("amount", "", chosen[amounts[0]].why)
    _tell_closing_days_apart(profiles, chosen, mapped)
    return chosen


def deleted_flags(profiles: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """Return the columns that say of a row that it was deleted."""
    return [profile for profile in profiles if "is_deleted" in profile.words and _is_flag(profile)]


def _choose_one(role: str, free: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    candidates = [
        profile for profile in free
        if profile.place not in chosen and role in profile.words and CONFIRMED[role](profile)
    ]  # fmt: skip
    if candidates:
        best = min(candidates, key=lambda profile: _plainness(profile, role))
        chosen[best.place] = Chosen(role)


def _plainness(profile: ColumnProfile, role: str) -> tuple[bool, int, bool, int]:
    """Return what the plainest of several columns has least of.

    A header beside what is meant (a start beside creation) comes last, then one that means something else first, then
    ids beside names, then the emptier column; of equals the first in the file.
    """
    is_of_ids = role != "deal_id" and bool(_OF_IDS.search(profile.name))
    return is_secondary(profile.name), profile.words.index(role), is_of_ids, -profile.values.filled


def _choose_shared(role: str, free: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    if any(each.role == role and each.why == "mapping" for each in chosen.values()):
        return
    found: list[tuple[ColumnProfile, Part]] = []
    for profile in free:
        if profile.place in chosen:
            continue
        part = _part_of_outcome(profile) if role == "outcome" else _named_part(profile, role)
        if (part or role in profile.words) and (_is_flag(profile) if part in FLAGS else CONFIRMED[role](profile)):
            found.append((profile, part))
    if role == "amount":
        found = _amounts_among(found)
    for profile, part in found:
        chosen[profile.place] = Chosen(role, part)


def _amounts_among(found: list[tuple[ColumnProfile, Part]]) -> list[tuple[ColumnProfile, Part]]:
    """Return the amount, or the estimate with the actual one: the plainest header of each."""
    actual = [each for each in found if each[1] == "actual"]
    others = [each for each in found if each[1] != "actual"]
    others.sort(key=lambda each: (is_secondary(each[0].name), "amount" not in each[0].words[:1], each[0].place))
    best = others[:1] + actual[:1]
    return best if len(best) > 1 else [(profile, "") for profile, _part in best]


def _choose_by_values(free: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    """Find what no header named and the values alone say: how deals ended, the currency, the amount."""
    held = {each.role for each in chosen.values()}
    left = [profile for profile in free if profile.place not in chosen]
    if not held & {"outcome", "stage"}:
        for profile in left:
            if _share_of_known_states(profile) >= _SHARE_OF_KNOWN_STATES and _says_how_deals_ended(profile):
                chosen[profile.place] = Chosen("stage" if len(profile.values.counts) > 3 else "outcome", why="values")
                break
    if "outcome" not in held:
        _choose_days_of_ends(left, chosen)
    _choose_unknown_outcome(left, chosen)
    if "currency" not in held:
        codes = [profile for profile in left if profile.place not in chosen and _is_of_codes(profile)]
        if len(codes) == 1:
            chosen[codes[0].place] = Chosen("currency", why="values")
    if "amount" not in held:
        money = [
            profile for profile in left
            if profile.kind == "number" and profile.place not in chosen and profile.numbers.currencies
        ]  # fmt: skip
        if len(money) == 1:
            chosen[money[0].place] = Chosen("amount", why="values")


def _choose_unknown_outcome(left: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    """Find, where nothing else says how deals ended, what is headed so, in words that have to be asked about."""
    if any(each.role in {"outcome", "stage"} or each.part in _PART_OF_END.values() for each in chosen.values()):
        return
    for profile in left:
        is_open = profile.place not in chosen and _is_state(profile)
        if is_open and profile.words[:1] == ("outcome",) and 1 < len(profile.values.counts) <= _MOST_FLAGS:
            chosen[profile.place] = Chosen("outcome")
            return


def stage_of_header(name: str) -> str:
    """Return the stage that a header of days names: `Date entered "Demo (Sales Pipeline)"`, or all of it."""
    found = _DATE_ENTERED.match(name)
    return found["stage"].strip() if found else name


def _choose_dates_entered(free: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    """Find HubSpot's columns of the days on which a deal entered each stage; days of ends are closing days."""
    for profile in free:
        if profile.kind == "date" and profile.place not in chosen and _DATE_ENTERED.match(profile.name):
            part = _PART_OF_END.get(meaning_of(stage_of_header(profile.name)) or "")
            chosen[profile.place] = Chosen("closed", part) if part else Chosen("stage", "stage_day")


def _choose_days_of_stages(free: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    """Find, among columns of days that are nothing else, those of the days on which each stage was entered."""
    held = {each.role: place for place, each in chosen.items() if not each.part}
    stages = next((profile for profile in free if profile.place == held.get("stage")), None)
    days = [(each.place, each.name) for each in free if each.kind == "date" and each.place not in chosen]
    names = [] if stages is None or stages.values.is_partial else list(stages.values.counts)
    for place, stage in stages_of_headers(days, names).items():
        if part := _PART_OF_END.get(meaning_of(stage) or ""):
            chosen[place] = Chosen("closed", part)
        else:
            chosen[place] = Chosen("stage", "stage_day", stage=stage)


def _choose_days_named_as_flags(free: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    """Find days under the name of a flag: "Won" and "Lost" with the day of each, not with a yes."""
    for profile in free:
        part = _DAYS_OF_FLAGS.get(profile.words[0]) if profile.words else None
        if part is not None and profile.kind == "date" and profile.place not in chosen:
            chosen[profile.place] = Chosen("closed", part)


def _choose_days_of_ends(left: list[ColumnProfile], chosen: dict[int, Chosen]) -> None:
    """Find a column for each stage that holds the day on which the deal reached it."""
    if any(each.role in {"outcome", "stage"} for each in chosen.values()):
        return
    days = [profile for profile in left if profile.kind == "date" and profile.place not in chosen and not profile.words]
    for profile in days:
        if part := _PART_OF_END.get(meaning_of(profile.name) or ""):
            chosen[profile.place] = Chosen("closed", part, "values")
    if any(each.part in _PART_OF_END.values() for each in chosen.values()):
        for profile in days:
            chosen.setdefault(profile.place, Chosen("stage", "stage_day", "values"))


def _tell_closing_days_apart(
    profiles: Sequence[ColumnProfile], chosen: dict[int, Chosen], mapped: dict[int, str | None]
) -> None:
    """Where one header says that the deal ended and another only when it closes, the latter is what was expected.

    Otherwise what stands beside the plain close date (an end of the contract, a completion) is not it.
    """
    closing = [
        profiles[place] for place, each in chosen.items()
        if each.role == "closed" and not each.part and place not in mapped
    ]  # fmt: skip
    ends = [profile for profile in closing if names_an_end(profile.name)]
    plain = [profile for profile in closing if not is_secondary(profile.name)]
    deals = max((profile.values.filled for profile in profiles), default=0)
    for profile in closing:
        if ends and profile not in ends:
            # What says that it ended counts first.
            chosen[profile.place] = chosen.pop(profile.place)
        if ends and profile not in ends and not is_secondary(profile.name) and _is_fuller(profile, ends, deals):
            is_held = any(each.role == "expected_close" for each in chosen.values())
            if is_held:
                del chosen[profile.place]
            else:
                chosen[profile.place] = Chosen("expected_close", why="values")
        elif plain and profile not in plain:
            del chosen[profile.place]


def _is_fuller(profile: ColumnProfile, others: list[ColumnProfile], deals: int) -> bool:
    filled = profile.values.filled
    return filled >= _NEARLY_ALL * deals and filled > min(other.values.filled for other in others)


def _part_of_outcome(profile: ColumnProfile) -> Part:
    """Return which flag a column is, "" for the status itself in words, whatever its header."""
    part = _named_part(profile, "outcome")
    if _is_flag(profile):
        # A day on which it ended, of which only is said that there was one: "Absage: x".
        return part or next((_FLAGS_OF_DAYS[word] for word in profile.words if word in _FLAGS_OF_DAYS), "")
    # Most columns are named as nothing of the kind, and may hold as many texts as rows.
    return "" if not part or _says_how_deals_ended(profile) else part


def _part_of(profile: ColumnProfile, role: str) -> Part:
    """Return what a column is within the role that the reader gave it."""
    if part := _part_of_outcome(profile) if role == "outcome" else _named_part(profile, role):
        return part
    if role == "closed" and profile.words and profile.words[0] in _DAYS_OF_FLAGS:
        return _DAYS_OF_FLAGS[profile.words[0]]
    if role == "closed" and _DATE_ENTERED.match(profile.name):
        return _PART_OF_END.get(meaning_of(stage_of_header(profile.name)) or "", "")
    if role == "outcome" and _is_flag(profile):
        return "is_won"
    if role == "stage" and profile.kind == "date":
        return "stage_day"
    return ""


def _named_part(profile: ColumnProfile, role: str) -> Part:
    """Return what the header says that a column is within a role."""
    return next((_PARTS[word][1] for word in profile.words if word in _PARTS and _PARTS[word][0] == role), "")


# --- what values confirm ---------------------------------------------------------------------------------------------


def _is_name(profile: ColumnProfile) -> bool:
    return profile.kind in {"text", "choice", "id"} or (profile.kind == "number" and profile.numbers.are_whole)


def _is_day(profile: ColumnProfile) -> bool:
    return profile.kind == "date"


def _is_number(profile: ColumnProfile) -> bool:
    return profile.kind == "number"


def _is_amount(profile: ColumnProfile) -> bool:
    if profile.kind != "number":
        return False
    # A header that could be either: percentages are no amounts.
    return "probability" not in profile.words or profile.numbers.largest > 100


def _is_probability(profile: ColumnProfile) -> bool:
    return profile.kind == "rate" or (profile.kind == "number" and profile.numbers.largest <= 100)


def _is_state(profile: ColumnProfile) -> bool:
    if profile.kind not in {"text", "choice", "id", "number", "rate"}:
        return False
    if profile.values.is_partial:
        return False
    # Many pipelines have many stages, but their words are known.
    return len(profile.values.counts) <= _MOST_STATES or _share_known(profile) >= _SHARE_OF_KNOWN_STATES


def _is_outcome(profile: ColumnProfile) -> bool:
    """Whether a status says how deals ended, in words or in a few codes: a status may be anything else as well."""
    if not _is_state(profile):
        return False
    if profile.kind == "number":
        return profile.numbers.are_whole and len(profile.values.counts) <= 10
    is_of_letters = are_letters_of_ends(profile.values.counts)
    return is_of_letters or _says_how_deals_ended(profile) or _share_of_known_states(profile) > 0


def _is_currency(profile: ColumnProfile) -> bool:
    """Whether a column names currencies: by codes or words, also such as are in no list."""
    counts = profile.values.counts
    if not 0 < len(counts) <= _MOST_CURRENCIES or profile.kind not in {"text", "choice", "id"}:
        return False
    known = currency_words()
    named = sum(1 for text in counts if _CODE.search(text) or known.get(text.casefold()))
    return named * 2 >= len(counts) or "currency" in profile.words[:1]


def _is_of_codes(profile: ColumnProfile) -> bool:
    counts = profile.values.counts
    return 0 < len(counts) <= _MOST_CURRENCIES and all(text.upper() in CODES for text in counts)


def _is_flag(profile: ColumnProfile) -> bool:
    counts = profile.values.counts
    return 0 < len(counts) <= _MOST_FLAGS and flags_of(counts) is not None


def _is_identity(profile: ColumnProfile) -> bool:
    filled = profile.values.filled
    if profile.words[:1] == ("deal_id",):
        # One row for each product, or a file appended to itself: ids that recur are still ids.
        return profile.values.is_partial or len(profile.values.counts) > 1 or filled == 1
    return profile.kind in {"id", "text", "number", "choice"} and (
        profile.values.is_partial or len(profile.values.counts) * 2 > filled
    )


def _says_how_deals_ended(profile: ColumnProfile) -> bool:
    return any((meaning_of(text) or end_of(text)) in {"won", "lost"} for text in profile.values.counts)


def _share_of_known_states(profile: ColumnProfile) -> float:
    return _share_known(profile) if _is_state(profile) and profile.values.filled else 0.0


def _share_known(profile: ColumnProfile) -> float:
    rows = sum(rows for text, rows in profile.values.counts.items() if meaning_of(text) or end_of(text))
    return rows / profile.values.filled


_OF_NAMES: tuple[str, ...] = (
    "name", "account", "owner", "product", "source", "region", "segment", "pipeline", "lost_reason", "next_step",
)  # fmt: skip
CONFIRMED: dict[str, Callable[[ColumnProfile], bool]] = {
    **dict.fromkeys(_OF_NAMES, _is_name),
    "deal_id": _is_identity,
    "stage": _is_state,
    "outcome": _is_outcome,
    "amount": _is_amount,
    "currency": _is_currency,
    "created": _is_day,
    "closed": _is_day,
    "expected_close": _is_day,
    "last_activity": _is_day,
    "probability": _is_probability,
    "age_days": _is_number,
}
