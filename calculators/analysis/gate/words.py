"""The words by which a table's headers, outcomes, totals and units are known, in every language we know them in.

The words themselves are data beside this file, one a line, so that whoever knows a word of another CRM or language can
add it without reading code:

`header_words.csv` (role, language, word): `language` is a language's code, or the CRM whose label or field name it is.
A header may stand under two roles where the values have to say which it is; the test beside the lists names the reason,
and the role that comes first in the file is the more usual one. Some roles are not the contract's. They tell what a
column is, so that it is not taken for another:

    is_won, is_lost, is_open, is_closed  flags that say together how a deal ended
    is_deleted                           a flag of a row that its own system has thrown away
    date_won, date_lost                  when the deal ended, one of the two filled
    estimated_amount, actual_amount      before and after the order
    weighted_amount                      amount × probability: never the amount
    converted_amount                     the amount in the company's own currency, beside the amount
    modified                             when the row was last touched: never when the deal closed
    days_in_stage                        never the age of the deal
    stage_entered, from_stage, to_stage  of a history of stages
    field_changed                        of a history of all fields: which of them a row is about
    other                                known to be none of these: the buyer's contact, who created the row, notes

`outcome_words.csv` (means, language, word): what a stage or status says of its deal. Lost is what ended without an
order: to a competitor (out-sold, 他社決定), by the buyer's decision against it or none at all (no decision, rejected,
見送り), by the end of the project (cancelled, abandoned, withdrawn, 취소), by our own decision (disqualified, no bid,
dropped), and what should never have been a deal and was closed as one (junk, duplicate, deleted). Whoever counts one of
them otherwise says so in the mapping. What may be a stage before the signature as well as the signature ("Contract",
계약, 契約) is in no list but that of open stages, or in none: to take it for won would add revenue that nobody has.

`row_words.csv` (kind, word): rows of a `total`, a `footer` (what the cell begins with), cells that are `empty` (those
with signs as they are written: "n.d." is nothing, ND is North Dakota), `yes` and `no` of flags, what people `tick` or
`cross` a cell with, stages that say `closed` without saying how, and what stands in the header of a day on which
something `ended`, and headers of what is `secondary` beside a plainer column; `deal` and `particle` are words that say
nothing beside another one ("Etapa de la negociación", "Deal gewonnen"), `expected` and `actual` those for what is
foreseen and what came of it ("Revenu est.", "Ricavi effettivi"), whole or as they begin; `parts` head the rows of a
deal's parts, and a day beside a stage is not the one of its entry with a word of `left`.
`unit_words.csv` (word, factor): units of money in a header.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import filterfalse
from pathlib import Path

# Headers of flags that say together how a deal ended.
FLAGS = frozenset({"is_won", "is_lost", "is_closed", "is_open"})
_X = "x"
# Marks that tell kana apart (カ, ガ) are no accents.
_VOICING = frozenset("\u3099\u309a")
# "ClosedDate" is two words, "closedate" one that says nothing of an end.
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = re.compile(r"\s*[-–—:/_|(（]\s*|\s+to\s+")
# "Win-back", "Order-ready": one word, and no end with its reason.
_ONE_WORD = re.compile(r"[a-z]+-(?:back|backs|win|ready|ahead|able)\b", re.IGNORECASE)
# "Gewonnen 100%", "100 % - Won"
_PERCENT = re.compile(r"\b\d{1,3}\s*[%％]")
_LETTERS_OF_ENDS = {"w": "won", "l": "lost"}
_EITHER = re.compile(r"[/|]|\b(?:or|oder|ou|o|или|ή)\b", re.IGNORECASE)
_LONGEST_STATE = 60
# Roles that a header names besides a word for what is expected, or for what came of it.
_EXPECTED = {"amount": "estimated_amount", "closed": "expected_close", "date_won": "expected_close"}
_CAME_OF_IT = {"amount": "actual_amount", "closed": "closed"}
# Longer texts say something.
_LONGEST_NOTHING = 20
_SAYS_SOMETHING = re.compile("[1-9]")
_DAY_ZERO_OF_EXCEL = "1900-01-00"
# "C12:WON" is stage WON of the twelfth pipeline (Bitrix24); "3. Proposal", "03 - Proposal" are numbered by hand.
_PIPELINE = re.compile(r"^c\d+:", re.IGNORECASE)
_NUMBERING = re.compile(r"^[\(\[]?\d{1,2}[\)\]]?\s*[-.:)–—_]\s*(?=\D)")
_BRACKETED = re.compile(r"^(?P<before>.*\S)\s*[(（\[【<](?P<inside>[^()（）\[\]【】<>]*)[)）\]】>]\s*:?$", re.DOTALL)


@lru_cache(maxsize=1 << 15)
def folded(text: str) -> str:
    """Return a text without what does not tell words apart: case, accents, width, blanks and punctuation.

    A text that holds nothing else is returned as it is ("-", "#", "✓").
    """
    if text.isascii():
        # Nearly all texts of nearly all files: the same, without looking up each letter.
        return "".join(filter(str.isalnum, text.casefold())) or text.casefold().strip()
    wide = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(
        character
        for character in unicodedata.normalize("NFKD", wide)
        if character in _VOICING or unicodedata.category(character)[0] in "LN"
    )
    return unicodedata.normalize("NFC", letters) or wide.strip()


def roles_of(header: str) -> tuple[str, ...]:
    """Return the roles a header may name, the likeliest first; none if no word list has it."""
    return header_words().get(folded(header), ())


def composed_roles_of(header: str) -> tuple[str, ...]:
    """Return the roles of a header that no list has as a whole, from its words.

    What it says besides the word for a deal ("Etapa de la negociación"), besides that it is expected ("Revenu est.") or
    that it came of it ("Ricavi effettivi").
    """
    tokens = list(map(folded, _WORD.findall(header)))
    bare = _without_deal(tokens)
    roles = _joined(bare) if bare != tokens else ()
    # "Fecha de la oportunidad" does not say which day.
    if roles and not is_secondary("".join(bare)) and not {"created", "closed"} <= set(roles):
        return roles
    for kind, named in (("expected", _EXPECTED), ("actual", _CAME_OF_IT)):
        rest = [token for token in bare if not _is_of(kind, token)]
        if rest and len(rest) < len(bare):
            roles = _joined(rest)
            if roles and roles[0] in named:
                return (named[roles[0]],)
    return ()


def _joined(tokens: list[str]) -> tuple[str, ...]:
    return header_words().get("".join(tokens), ())


def _without_deal(tokens: list[str]) -> list[str]:
    """Return words without those for a deal, and without the articles and prepositions before them."""
    kept: list[str] = []
    for token in tokens:
        if token in row_words("deal"):
            while kept and kept[-1] in row_words("particle"):
                kept.pop()
        else:
            kept.append(token)
    return kept


def _is_of(kind: str, token: str) -> bool:
    """Whether a word begins as one of a kind does; short ones are abbreviations, and stand alone."""
    return any(token == word or (len(word) > 4 and token.startswith(word)) for word in row_words(kind))


def meaning_of(value: str) -> str | None:
    """Return what a stage or status says of its deal: "won", "lost", "open", "closed", or None for an unknown word.

    Numbers before the word and brackets behind it do not count: "6 - Closed Won (100%)".
    """
    meanings = _outcome_meanings()
    bare = _NUMBERING.sub("", _PIPELINE.sub("", value.strip()))
    bracketed = _BRACKETED.match(bare)
    for text in (value, bare, bracketed["before"] if bracketed else ""):
        word = folded(text)
        if word in row_words("closed"):
            return "closed"
        if meaning := meanings.get(word):
            return meaning
    return _composed_meaning(bare)


def _composed_meaning(text: str) -> str | None:
    """Return the end that a text names beside words that say no more of it: "Deal gewonnen", "Cerrado y ganado".

    Both ends ("Won / Lost") say that it is closed.
    """
    if len(text) > _LONGEST_STATE:
        return None
    text = _PERCENT.sub(" ", text)
    if any(map(str.isdigit, text)) or _ONE_WORD.match(text):
        return None
    tokens = list(map(folded, _WORD.findall(_EITHER.sub(" ", text))))
    beside = row_words("deal") | row_words("particle") | row_words("closed")
    left = [token for token in tokens if token not in beside]
    meanings = _outcome_meanings()
    if _EITHER.search(text) and {meanings.get(token) for token in left} == {"won", "lost"}:
        return "closed"
    said = meanings.get("".join(left)) if left else None
    return said if said in {"won", "lost"} else None


def end_of(value: str) -> str | None:
    """Return how a deal ended where the reason stands behind the word: "Lost - Competitor", "실주-가격"."""
    bare = _NUMBERING.sub("", _PIPELINE.sub("", value.strip()))
    if _ONE_WORD.match(bare) or meaning_of(value) == "closed":
        return None
    said = meaning_of(_BEGINS.split(bare, maxsplit=1)[0])
    return said if said in {"won", "lost"} else None


def are_letters_of_ends(texts: Collection[str]) -> bool:
    """Return whether the words of a column are W for won and L for lost, with no word of more letters beside them."""
    letters = set(map(folded, texts))
    return letters >= _LETTERS_OF_ENDS.keys() and all(len(letter) == 1 for letter in letters)


def meaning_of_letter(letter: str) -> str | None:
    """Return what a letter means among those of ends."""
    return _LETTERS_OF_ENDS.get(folded(letter))


def is_total(text: str) -> bool:
    """Return whether a cell heads a row of totals: the word alone, with a count or in brackets behind it."""
    words = row_words("total")
    bare = re.sub(r"[\s:(（\[][^\w]*\d[\d.,\s]*\D*$", "", text.strip())
    return folded(text) in words or (bool(bare) and folded(bare) in words)


def is_total_of(text: str) -> bool:
    """Return whether a cell heads the total of a group: "Closed Won Total", "受注 集計", "Total Ann"."""
    parts = text.split()
    return len(parts) > 1 and (folded(parts[-1]) in row_words("total") or folded(parts[0]) in row_words("total"))


def is_footer(text: str) -> bool:
    """Return whether a cell begins as a report's footer does."""
    start = folded(text)
    return any(start.startswith(word) for word in row_words("footer"))


def is_empty(text: str) -> bool:
    """Return whether a text stands for an empty cell ("n/a", 미정), or is one."""
    if not text:
        return True
    # Nearly all texts are none of these, and are told by their length or a digit.
    if len(text) > _LONGEST_NOTHING or (_SAYS_SOMETHING.search(text) and text != _DAY_ZERO_OF_EXCEL):
        return False
    as_written, as_folded = _words_for_nothing()
    return folded(text) in as_folded or _as_written(text) in as_written


def nothing_among(texts: Collection[str]) -> list[str]:
    """Return those of many texts that stand for an empty cell."""
    # Nearly all hold a digit.
    found = list(filterfalse(_SAYS_SOMETHING.search, texts))
    if _DAY_ZERO_OF_EXCEL in texts:
        found.append(_DAY_ZERO_OF_EXCEL)
    return [text for text in found if is_empty(text)]


def names_an_end(header: str) -> bool:
    """Return whether the header of a day says that something ended ("Closed at", "Decision date").

    By whole words: a close date may as well be planned. Languages without blanks, or with endings, by their stems.
    """
    # With accents: "Clôturée le" is an end, "Date de clôture" is none.
    known = _words_as_written("ended")
    words = [_as_written(word) for word in _WORD.findall(_HUMP.sub(" ", header))]
    stems = [word for word in known if word[0] > "\u0370"]
    return any(word in known for word in words) or any(word.startswith(stem) for word in words for stem in stems)


def is_secondary(header: str) -> bool:
    """Return whether a header names something beside what is meant: a budget, not the amount."""
    return folded(header) in row_words("secondary")


def is_yes(text: str) -> bool | None:
    """Return True for a yes, False for a no, None for anything else."""
    word = folded(text)
    return True if word in row_words("yes") else False if word in row_words("no") else None


def flags_of(texts: Iterable[str]) -> dict[str, bool] | None:
    """Return which of a column's texts say yes and which no, or None where it is no column of flags.

    A cell may be ticked as well: x says yes where nothing else stands, and no beside ○ and ✓, as in Korea and Japan.
    """
    said: dict[str, bool] = {}
    ticked: list[str] = []
    for text in texts:
        answer = is_yes(text)
        if answer is None and folded(text) in row_words("cross"):
            answer = False
        if answer is not None:
            said[text] = answer
        elif folded(text) in row_words("tick"):
            ticked.append(text)
        else:
            return None
    is_beside = any(folded(text) != _X for text in ticked)
    # A wide × is an x for whoever folds widths.
    return said | {text: folded(text) != _X or not (is_beside or True in said.values()) for text in ticked} or None


@cache
def header_words() -> Mapping[str, tuple[str, ...]]:
    """Return the roles of each folded header, the likeliest first."""
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for role, _, word in _lines("header_words.csv"):
        if role not in roles[folded(word)]:
            roles[folded(word)].append(role)
    return {word: tuple(found) for word, found in roles.items()}


@cache
def _outcome_meanings() -> Mapping[str, str]:
    return {folded(word): means for means, _, word in _lines("outcome_words.csv")}


@cache
def row_words(kind: str) -> frozenset[str]:
    """Return the folded words of a kind, as the lists name them: "total", "footer", "yes" and so on."""
    return frozenset(folded(word) for each, word in _lines("row_words.csv") if each == kind)


@cache
def _words_for_nothing() -> tuple[frozenset[str], frozenset[str]]:
    """Return the texts that stand for an empty cell: those with signs as written, those of letters folded."""
    words = [word for kind, word in _lines("row_words.csv") if kind == "empty"]
    of_letters = [word for word in words if all(letter.isalnum() or letter == " " for letter in word)]
    return frozenset(map(_as_written, words)), frozenset(map(folded, of_letters))


@cache
def _words_as_written(kind: str) -> frozenset[str]:
    return frozenset(_as_written(word) for each, word in _lines("row_words.csv") if each == kind)


def _as_written(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


@cache
def unit_words() -> Mapping[str, Decimal]:
    """Return the factor of each folded unit of a header."""
    return {folded(word): Decimal(factor) for word, factor in _lines("unit_words.csv")}


def _lines(name: str) -> Iterator[list[str]]:
    with Path(__file__).resolve().parent.joinpath(name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        yield from lines
