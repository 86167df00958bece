"""From a table as it stands to the deals that count: what is set aside, what is in doubt, on which day they are seen.

The rules are those of files (`calculators/analysis/gate`), as far as a table with documented columns has such doubts.
How a deal ended is in its outcome alone: a stage says nothing of it.
Only counts are asked for: a row for each word of outcomes, for each currency, for each pipeline.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import ibis

from calculators.analysis.gate.as_of import AsOf
from calculators.analysis.gate.asking import unknown_outcomes
from calculators.analysis.gate.building import MOST_MONEY
from calculators.analysis.gate.choices import Choices
from calculators.analysis.gate.currencies import currency_code
from calculators.analysis.gate.deals import CERTAIN, Circumstances
from calculators.analysis.gate.doubts import Choice, Doubt
from calculators.analysis.gate.notes import Notes
from calculators.analysis.gate.number_shapes import CODES, read_number
from calculators.analysis.gate.outcomes import Meaning, Outcomes, OutcomeValue
from calculators.analysis.gate.repeated_ids import EACH_ROW
from calculators.analysis.gate.words import end_of, flags_of, folded, is_empty, meaning_of, names_an_end
from calculators.analysis.reading.refused import Refused
from calculators.warehouse.aggregates import Ask, Row, ordinal
from calculators.warehouse.deals import LOST, OPEN, UNKNOWN, WON, WarehouseDeals
from calculators.warehouse.figures.day_counts import with_running
from calculators.warehouse.refusing import WarehouseRefused
from calculators.warehouse.table import ALWAYS, DAYS, NEVER, NUMBERS, ROLES, Column, Table, how_many, with_known_columns

# As for files: more digits are rounding of somebody's division.
_MOST_DIGITS, _MOST_PLACES, _PLACES_OF_MONEY = 6, 18, 15
_EXACT_IN_DOUBLES, _JUST_BELOW = 2**52, 1e-6
_OUT_OF_PROPORTION, _FEWEST = 10_000, 5
_FEWEST_RECURRING, _ROWS, _DEALS = 4, 3, 2
_HARDLY_ANY, _NEARLY_ALL, _MOSTLY = 0.02, 0.95, 0.8
_EXAMPLES, _MOST_CURRENCIES, _MOST_NAMED = 5, 10, 10
_GROUPS = ("owner", "product", "source", "pipeline", "stage")
_AGAIN = "calculators_again"
type Settle = Callable[[Table], Table]
_ENDS = {"won": WON, "lost": LOST, "open": OPEN}


@dataclass(slots=True, kw_only=True)
class SetAside:
    """Rows of one reason, only counted: a table has no lines."""

    code: str
    rows: int


@dataclass(slots=True, kw_only=True)
class Understood:
    """What a table says once it is understood; `profile` is a row of counts about its columns."""

    deals: WarehouseDeals
    circumstances: Circumstances
    notes: Notes
    doubts: list[Doubt]
    set_aside: list[SetAside]
    outcomes: Outcomes
    as_of: AsOf
    columns: dict[str, str]
    profile: Row
    currency: str = ""


@dataclass(slots=True)
class _Gate:
    """A table on its way through the gate."""

    table: Table
    ask: Ask
    choices: Choices
    today: date
    notes: Notes = field(default_factory=Notes)
    doubts: list[Doubt] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def row(self, **columns: Column) -> Row:
        (row,) = self.ask(self.table.aggregate(**columns))
        return row

    def put_aside(self, code: str, meant: Column) -> int:
        """Set rows aside, and return how many they are."""
        meant = meant.fill_null(NEVER)
        rows = int(self.row(rows=how_many(meant))["rows"])
        if rows:
            self.set_aside.append(SetAside(code=code, rows=rows))
            self.table = self.table.filter(~meant)
        return rows


def understanding(
    source: Table, ask: Ask, settle: Settle, choices: Choices, today: date, by: tuple[str, ...] = ()
) -> Understood:
    """Find out what a table says, with what the reader chose. Raises Refused where it or a choice cannot be used."""
    further = tuple(name for name in by if name != "size" and name not in ROLES)
    known = settle(with_known_columns(source, further))
    columns = _names_in(source, (*ROLES, *further))
    (profile,) = ask(_profile(known))
    digits = _digits(known, profile)
    gate = _Gate(known, ask, choices, today)
    table = gate.table
    said = [table.id, table.outcome, *([table.stage] if "stage" in table.columns else [])]
    silent = (table.amount == 0).fill_null(ALWAYS)
    for column in said:
        silent &= column.isnull()
    gate.put_aside("no_deal", silent)
    _settle_recurring(gate, settle, source, further, profile)
    created_later = 0
    if choices.as_of is not None:
        created_later = gate.put_aside("created_later", gate.table.created > ibis.literal(choices.as_of))
    gate.table = settle(_with_numbers(gate.table, digits, profile["largest_size"]))
    _note_amounts(gate)
    currency = _settle_currency(gate)
    outcomes = _settle_outcomes(gate, columns, has_source=profile["filled_outcome"] > 0)
    _settle_that_day(gate, created_later)
    gate.table = settle(gate.table)
    as_of = _find_as_of(gate, columns)
    groups = tuple(name for name in (*_GROUPS, *further) if profile.get(f"filled_{name}"))
    _note_pipelines(gate, groups)
    stopped = {doubt.code for doubt in gate.doubts if doubt.is_open}
    if _is_planned_only(gate):
        gate.notes.add("planned_close_only", "cycle")
        stopped.add("planned_close_only")
    if not outcomes.has_source:
        stopped.add("no_outcome")
        gate.notes.add("no_outcome", "")
    _note_unused_answers(gate, outcomes, columns)
    table = gate.table
    kept = {name: table[name] for name in ("outcome", "created", "parts", "chance")}
    closed = table.outcome.isin([WON, LOST]).ifelse(table.closed, ibis.null("date"))
    texts = {name: table[name] if name in table.columns else ibis.null("string") for name in (*_GROUPS, *further)}
    return Understood(
        deals=WarehouseDeals(
            table=table.select(**kept, closed=closed, **texts), as_of=as_of.date, digits=digits, groups=groups
        ).settled(settle),
        circumstances=Circumstances(
            as_of=as_of.date, quota=choices.quota, booked=choices.booked, stopped=frozenset(stopped)
        ),
        notes=gate.notes,
        doubts=gate.doubts,
        set_aside=gate.set_aside,
        outcomes=outcomes,
        as_of=as_of,
        columns=columns,
        profile=profile,
        currency=currency,
    )


def as_documented(table: Table, as_of: date | None) -> WarehouseDeals:
    """Return the deals of a table that is as documented, without asking: what `sql` writes expressions of.

    Its outcomes are won, lost and open in small letters, `closed` is empty for open deals, and its amounts are in one
    currency and have two decimals or fewer.
    """
    chance = (table.probability.cast("float64") * CERTAIN).round().cast("int64")
    table = table.mutate(parts=(table.amount * 100).cast("int64"), chance=chance)
    return WarehouseDeals(table=table, as_of=as_of, digits=2, groups=_GROUPS)


def _names_in(source: Table, names: tuple[str, ...]) -> dict[str, str]:
    """Return how the table itself writes its known columns."""
    written = {name.casefold(): name for name in reversed(source.columns)}
    return {name: written[name.casefold()] for name in names if name.casefold() in written}


def _profile(table: Table) -> Table:
    """Return one row: how full each column is, and between which values it lies."""
    columns = {"rows": table.count()}
    for name in table.columns:
        column = table[name]
        columns |= {f"filled_{name}": column.count(), f"distinct_{name}": column.nunique()}
        if name in DAYS or name in NUMBERS:
            columns |= {f"smallest_{name}": column.min(), f"largest_{name}": column.max()}
    amount, number = _exact(table.amount), table.amount.cast("float64")
    columns["sum_amount"] = amount.sum()
    for digits in range(_MOST_DIGITS):
        columns[f"finer_than_{digits}"] = how_many(number != number.round(digits))
    columns["largest_size"] = (number.abs() < int(MOST_MONEY)).ifelse(number.abs(), ibis.null("float64")).max()
    return table.aggregate(**columns)


def _exact(amount: Column) -> Column:
    """Return an amount as a decimal; what is too large for one, as ids and phone numbers are, is none."""
    kind = amount.type()
    if kind.is_decimal() and _is_narrow(kind):
        return amount
    safe = (amount.abs() < int(MOST_MONEY)).ifelse(amount, ibis.null(kind))
    return safe.cast("int64") if kind.is_integer() else safe.cast(f"decimal(24, {_MOST_DIGITS})")


def _is_narrow(kind: Any) -> bool:
    """Whether a type of decimals has room for amounts alone, so that a whole number of 64 bits holds them."""
    if kind.precision is None or kind.scale is None or kind.scale > _MOST_DIGITS:
        return False
    return bool(kind.precision <= _MOST_PLACES and kind.precision - kind.scale <= _PLACES_OF_MONEY)


def _digits(table: Table, profile: Row) -> int:
    """Return how many decimals the amounts have: those of the column's type, else as many as any amount needs."""
    kind = table.amount.type()
    if kind.is_integer():
        return 0
    if kind.is_decimal() and kind.scale is not None and kind.scale <= _MOST_DIGITS:
        digits = int(kind.scale)
    else:
        finer = (digits for digits in range(_MOST_DIGITS) if not profile[f"finer_than_{digits}"])
        digits = next(finer, _MOST_DIGITS)
    places = Decimal(profile["largest_size"] or 1).adjusted() + 1
    return max(0, min(digits, _MOST_PLACES - min(max(places, 1), _PLACES_OF_MONEY)))


def _with_numbers(table: Table, digits: int, largest: float | None) -> Table:
    """Add `parts` and `chance`, whole numbers.

    Decimals of more than 64 bits are a hundred times as slow in some engines: where a double holds every part exactly,
    it is taken in their place.
    """
    kind = table.amount.type()
    if kind.is_integer():
        parts = _exact(table.amount)
    elif kind.is_decimal() and _is_narrow(kind) and kind.scale == digits:
        parts = (table.amount * 10**digits).cast("int64")
    elif (largest or 0) * 10**digits < _EXACT_IN_DOUBLES:
        number = table.amount.cast("float64")
        number = (number.abs() < int(MOST_MONEY)).ifelse(number, ibis.null("float64"))
        parts = (number * 10**digits).round().cast("int64")
    else:
        parts = (_exact(table.amount) * 10**digits).round().cast("int64")
    if "probability" not in table.columns:
        return table.mutate(parts=parts, chance=ibis.null("int64"))
    probability = table.probability.cast("float64")
    within = ((probability >= 0) & (probability <= 1)).ifelse(probability, ibis.null("float64"))
    # A double may lie just below the millionths that it was written as.
    chance = (within * CERTAIN + _JUST_BELOW).floor().cast("int64")
    return table.mutate(parts=parts, chance=chance)


def _settle_recurring(gate: _Gate, settle: Settle, source: Table, further: tuple[str, ...], profile: Row) -> None:
    """Set rows aside that repeat another one cell by cell, and say how many differ from one with the same id."""
    decided, by = gate.choices.decision("repeated_ids")
    if decided not in (None, EACH_ROW):
        raise WarehouseRefused("recurring_ids")
    if profile["filled_id"] == profile["distinct_id"]:
        return
    window = ibis.window(group_by=source.columns, order_by=source[_names_in(source, ("id",))["id"]])
    numbered = source.mutate(**{_AGAIN: ibis.row_number().over(window)})
    # Once more from the source, whose other columns tell rows apart as well.
    table = with_known_columns(numbered, (*further, _AGAIN))
    is_deal = table.id.notnull() | table.outcome.notnull() | ~(table.amount == 0).fill_null(ALWAYS)
    if "stage" in table.columns:
        is_deal |= table.stage.notnull()
    gate.table = table.filter(is_deal)
    gate.table = settle(gate.table)
    # A row without an id is a deal of its own.
    gate.put_aside("duplicate_ids", gate.table.id.notnull() & (gate.table[_AGAIN].cast("int64") > 0))
    gate.table = gate.table.drop(_AGAIN)
    row = gate.row(rows=gate.table.count(), filled=gate.table.id.count(), distinct=gate.table.id.nunique())
    recurring, deals = row["filled"] - row["distinct"], row["rows"] - (row["filled"] - row["distinct"])
    if recurring >= _FEWEST_RECURRING and row["rows"] * _DEALS >= deals * _ROWS:
        gate.doubts.append(
            Doubt(
                code="repeated_ids",
                column=_names_in(source, ("id",))["id"],
                choices=[Choice(EACH_ROW)],
                decided=EACH_ROW,
                by=by or "default",
                values={"rows": row["rows"], "deals": deals},
            )
        )
    if recurring:
        gate.notes.add("duplicate_ids", "", rows=recurring, lines=[])


def _note_amounts(gate: _Gate) -> None:
    table = gate.table
    negative = gate.row(deals=how_many(table.parts < 0))["deals"]
    gate.notes.add_counted("negative_amounts", "", negative)
    sized = table.filter((table.parts != 0).fill_null(NEVER)).mutate(size=lambda each: each.parts.abs())
    sizes = with_running(sized.group_by("size").aggregate(deals=sized.count()), "size")
    (row,) = gate.ask(sizes.aggregate(n=sizes.n.max(), middle=sizes["size"].min(where=sizes.upto * 2 > sizes.n)))
    if row["n"] is None or row["n"] < _FEWEST:
        return
    limit = float(row["middle"]) * _OUT_OF_PROPORTION
    outlying = gate.row(deals=how_many(table.parts.abs().cast("float64") > limit))["deals"]
    gate.notes.add_counted("outlying_amounts", "", outlying, lines=[])


def _settle_currency(gate: _Gate) -> str:
    """Ask which currency counts, where there are several; return the one that amounts are in, "" where unsaid."""
    table = gate.table
    if "currency" not in table.columns:
        return ""
    is_priced = (table.parts != 0).fill_null(NEVER)
    rows = gate.ask(table.group_by("currency").aggregate(priced=how_many(is_priced)))
    code_of = {row["currency"]: currency_code(row["currency"]) if row["currency"] else "" for row in rows}
    counts: dict[str, int] = {}
    for row in rows:
        code = code_of[row["currency"]]
        if code and row["priced"]:
            counts[code] = counts.get(code, 0) + row["priced"]
    decided, by = gate.choices.decision("currency")
    if decided is not None and decided not in counts and set(code_of.values()) - {""}:
        raise Refused("unknown_currency", typed=decided, names=", ".join(sorted(counts)))
    usual = sorted(counts, key=lambda code: (-counts[code], code))
    if len(counts) > 1:
        gate.doubts.append(
            Doubt(
                code="several_currencies",
                column="currency",
                examples=[f"{code}: {counts[code]}" for code in usual[:_EXAMPLES]],
                choices=[Choice(code) for code in usual[:_MOST_CURRENCIES]],
                decided=decided,
                by=by,
                values={"currencies": ", ".join(usual)},
            )
        )
        if decided:
            same = [text for text, code in code_of.items() if code == decided]
            unsaid = [text for text, code in code_of.items() if not code]
            is_unsaid = table.currency.isnull() | table.currency.isin([text for text in unsaid if text])
            # An amount without a currency may be in any of them.
            counting = table.currency.isin(same).fill_null(NEVER) | (is_unsaid & ~is_priced)
            gate.put_aside("other_currency", ~counting)
    named = decided or (usual[0] if len(counts) == 1 else "")
    return named if named in CODES else ""


def _settle_outcomes(gate: _Gate, columns: dict[str, str], *, has_source: bool) -> Outcomes:
    """Say what each word means, and ask about those that leave closed deals unclear."""
    table = gate.table
    if not has_source:
        gate.table = table.mutate(outcome=ibis.literal(UNKNOWN))
        return Outcomes(bytearray(), [], has_source=False)
    rows = gate.ask(
        table.group_by("outcome").aggregate(
            deals=table.count(),
            filled=table.closed.count(),
            planned=how_many(table.closed > ibis.literal(gate.today)),
        )
    )
    rows.sort(key=lambda row: (-row["deals"], row["outcome"] or ""))
    spoken = {folded(word): means for word, means in gate.choices.outcomes.items()} | dict(gate.choices.outcomes)
    told = {row["outcome"] or "": _told(row["outcome"] or "", spoken) for row in rows}
    tells = _closing_tells(rows, told, columns["closed"])
    _settle_own_words(rows, told, tells=tells)
    values, unknown = [], []
    meaning: dict[str, str] = {}
    for row in rows:
        word = row["outcome"] or ""
        means, reason = told[word]
        if reason == "empty" and means is None and not (tells and row["filled"]):
            # Nobody says anything of these deals, their date included: they are open.
            continue
        if means is None:
            unknown.append(word)
        else:
            meaning[word] = means
        values.append(OutcomeValue(word, columns["outcome"], means, row["deals"], reason))
    gate.table = table.mutate(outcome=_outcome(table, told, meaning, tells=tells))
    outcomes = Outcomes(bytearray(), values, unknown, closing_is_of_ends=tells)
    if doubt := unknown_outcomes(outcomes):
        gate.doubts.append(doubt)
    return outcomes


def _told(word: str, spoken: dict[str, str]) -> tuple[Meaning | None, str]:
    """Return what a word means by itself, and why: None for what is closed without saying how, and for nothing."""
    said: Any = spoken.get(word) or spoken.get(folded(word))
    own: Any = meaning_of(word) or end_of(word) if word else None
    if said and said != own:
        return said, "mapping"
    if not word or is_empty(word):
        return None, "empty"
    if own in _ENDS:
        return own, "known_word"
    return (None, "known_word") if own == "closed" else ("open", "own_word")


def _closing_tells(rows: list[Row], told: dict[str, tuple[Meaning | None, str]], column: str) -> bool:
    """Whether the closing date is filled for closed deals alone, so that it tells which deals are closed."""
    filled = sum(row["filled"] for row in rows)
    if not filled:
        return False

    def reads(row: Row) -> tuple[Meaning | None, str]:
        return told[row["outcome"] or ""]

    unclosed = sum(row["planned"] for row in rows if reads(row)[1] in {"own_word", "empty"} or reads(row)[0] == "open")
    if unclosed > _HARDLY_ANY * filled:
        return False
    still_open = [row for row in rows if reads(row) == ("open", "known_word")]
    if still_open:
        dated = sum(row["filled"] for row in still_open)
        return bool(dated <= _HARDLY_ANY * sum(row["deals"] for row in still_open))
    return names_an_end(column) or filled < _NEARLY_ALL * sum(row["deals"] for row in rows)


def _settle_own_words(rows: list[Row], told: dict[str, tuple[Meaning | None, str]], *, tells: bool) -> None:
    """Take words of the company's own for ends where nearly all of their deals have a day of closed deals alone."""
    own = [row for row in rows if told[row["outcome"] or ""][1] == "own_word"]
    known = {means for means, reason in told.values() if reason == "known_word"}
    words = [row["outcome"] for row in own]
    are_marks = bool(own) and (flags_of(words) is not None or all(read_number(word) is not None for word in words))
    is_unknown = not known or (LOST in known and WON not in known)
    for row in own:
        if tells and row["filled"] >= _MOSTLY * row["deals"]:
            told[row["outcome"]] = (None, "closed_without_word")
        elif not tells and (are_marks or is_unknown):
            told[row["outcome"]] = (None, "number" if are_marks else "unknown_word")


def _outcome(
    table: Table, told: dict[str, tuple[Meaning | None, str]], meaning: dict[str, str], *, tells: bool
) -> Column:
    """Return the outcome of each row."""
    said_nothing = [word for word, (means, reason) in told.items() if means is None and reason == "empty"]
    unsaid = ibis.literal(OPEN) if not tells else table.closed.notnull().ifelse(UNKNOWN, OPEN)
    found = ibis.literal(UNKNOWN)
    for end in (OPEN, LOST, WON):
        if words := [word for word, means in meaning.items() if means == end and word]:
            found = table.outcome.isin(words).fill_null(NEVER).ifelse(end, found)
    if words := [word for word in said_nothing if word]:
        found = table.outcome.isin(words).fill_null(NEVER).ifelse(unsaid, found)
    blank = ibis.literal(meaning[""]) if "" in meaning else unsaid
    return table.outcome.isnull().ifelse(blank, found)


def _settle_that_day(gate: _Gate, created_later: int) -> None:
    """Take deals that were decided after the day of the reader for open ones."""
    as_of = gate.choices.as_of
    if as_of is None:
        return
    if as_of > gate.today:
        gate.notes.add("as_of_in_future", "", date=as_of)
        return
    table = gate.table
    is_reopened = (
        table.outcome.isin([WON, LOST])
        & (table.closed > ibis.literal(as_of))
        & (table.closed <= ibis.literal(gate.today))
    ).fill_null(NEVER)
    reopened = gate.row(deals=how_many(is_reopened))["deals"]
    if reopened:
        # Its probability, and a stage that tells the end, are of today.
        columns = {"outcome": is_reopened.ifelse(OPEN, table.outcome)}
        columns["chance"] = is_reopened.ifelse(ibis.null("int64"), table.chance)
        if "stage" in table.columns:
            stages = [row["stage"] for row in gate.ask(table.filter(is_reopened).select("stage").distinct())]
            ends = [name for name in stages if name and (meaning_of(name) or end_of(name)) in {"won", "lost", "closed"}]
            of_end = table.stage.isin(ends).fill_null(NEVER) if ends else NEVER
            columns["stage"] = (is_reopened & of_end).ifelse(ibis.null("string"), table.stage)
        gate.table = table.mutate(**columns)
    if reopened or created_later:
        gate.notes.add("as_of_that_day", "", date=as_of, reopened=reopened, created=created_later)


def _find_as_of(gate: _Gate, columns: dict[str, str]) -> AsOf:
    if gate.choices.as_of is not None:
        return AsOf(date=gate.choices.as_of, reason="given")
    table, limit = gate.table, ibis.literal(gate.today)
    row = gate.row(
        created=table.created.max(where=table.created <= limit),
        closed=table.closed.max(where=(table.closed <= limit) & (table.outcome != OPEN)),
        planned=table.closed.max(where=table.closed <= limit),
    )
    happened = [(ordinal(row[name]), columns[name]) for name in DAYS if row[name] is not None]
    planned = [] if row["planned"] is None else [(ordinal(row["planned"]), columns["closed"])]
    if not (happened or planned):
        return AsOf(date=None, reason="no_date")
    day, column = max(happened or planned)
    return AsOf(date=date.fromordinal(day), reason="latest", column=column)


def _note_pipelines(gate: _Gate, groups: tuple[str, ...]) -> None:
    if "pipeline" not in groups:
        return
    table = gate.table
    rows = gate.ask(table.filter(table.pipeline.notnull()).select("pipeline").distinct())
    names = sorted(row["pipeline"] for row in rows)
    if len(names) > 1:
        gate.notes.add("several_pipelines", "", names=names[:_EXAMPLES], count=len(names))


def _is_planned_only(gate: _Gate) -> bool:
    """Whether there are closed deals, and closing days of open deals alone."""
    table = gate.table
    is_closed = table.outcome.isin([WON, LOST])
    row = gate.row(
        closed=how_many(is_closed),
        ended=how_many(is_closed & table.closed.notnull()),
        days=table.closed.count(),
    )
    return bool(row["closed"] and not row["ended"] and row["days"])


def _note_unused_answers(gate: _Gate, outcomes: Outcomes, columns: dict[str, str]) -> None:
    words = {folded(value.value) for value in outcomes.values}
    asked = {doubt.code for doubt in gate.doubts} | {"currency"}
    options = gate.choices.options
    unused = [name for name in options.columns if name not in columns.values()]
    unused += [f"outcome:{word}" for word in options.outcomes if folded(word) not in words]
    unused += [code for code in options.decisions if code not in asked]
    if unused:
        gate.notes.add("unused_answers", "", names=unused[:_MOST_NAMED], count=len(unused))
