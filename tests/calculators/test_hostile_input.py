"""Whatever is typed, pasted, linked or asked gets an answer: a result, or a refusal in the reader's language."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from types import FrameType
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.core.declaring.charts import tick_values
from calculators.core.declaring.choices import Choice, Choices, Flag, Rating, Text
from calculators.core.declaring.fields import Number
from calculators.core.declaring.outside import bounded_json, clean_text, excerpt
from calculators.core.declaring.records import Field
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.page import answer as answering
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import all_calculators
from calculators.core.running.run import culprit
from calculators.core.running.sentences import ERRORS
from calculators.core.taking_along.links import BrokenLink, from_link, to_link
from calculators.core.words.catalogue import LANGUAGES
from calculators.planning.mutual_action_plan import Awaited
from tests.calculators.test_properties import with_no_more_decided_than_began
from tests.cases import cases

# Far more than any answer takes on a busy machine: it ends what would never end.
SECONDS = 20
MILLION = 1_000_000
fuzzed = cases(25)

NUMBERS = (
    *("0", "-0", "1", "0.25", "00000000000000000001", "1e15", "999999999999999.999999999999999999999999"),
    *("1e-400000", "1e400000", "-1e999999", "1e-30", "1e-31", "1e30", "9.9e29", "1e-999999999999"),
    *("9" * 60, "9" * 5000, "0." + "0" * 57 + "1", "0." + "3" * 58, "1." + "0" * 400),
    *("1e", "e5", ".", "-", "+", "--1", "1_000", "0x10", "1e1.5", "nan", "NaN", "inf", "-Infinity", "sNaN123"),
    *("٣", "３", "१२", "²", "½", "Ⅷ", "1\u200b2", "\ud800", "\u202e12", "1\x002", "'", "$$$", "%", "％％"),
    *("2 δις", "2 ΔΙΣ", "5천만", "3百億", "1k", "1 bn m", "1,2,3", "1.2.3", "１，２３４．５", "1 2 3"),
)
TEXTS = (
    *("", " ", "\n", "\x00", "\ud83d", "\u202eevil", "שלום", "a" * 5001, "=1+1", "{name}", "{", "%s", "</script>"),
    "🧑🏽‍🚀",
)
anything = st.text(st.characters(exclude_categories=()), max_size=30)
numbers = st.sampled_from(NUMBERS) | anything | st.decimals().map(str) | st.floats().map(str)
names = st.sampled_from(TEXTS) | anything


class Held(BaseException):
    """The answer never came; no `except Exception` keeps this."""


@contextmanager
def watched() -> Iterator[None]:
    """End with Held what takes longer than any answer may."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise Held

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def ask(question: Any, *, is_foreseen: bool = True) -> dict[str, Any]:
    """Return the answer to a question (what is no text is made JSON); it must be one that the page can read."""
    with watched():
        text = answer(question if isinstance(question, str) else json.dumps(question))
    text.encode()
    answered = bounded_json(text, longest=50 * MILLION, deepest=20)
    assert isinstance(answered, dict)
    for error in answered.get("errors", ()):
        assert error["code"] in ERRORS
        assert error["text"]
        assert len(error["input"]) <= 60
        assert len(error["text"]) < 2000
    assert len(answered) > 1
    if is_foreseen:
        assert "trace" not in answered, answered["trace"]
    return answered


def question(name: str, language: str = "en", currency: str = "", **inputs: Any) -> dict[str, Any]:
    """Return the page's question about the example with some fields changed."""
    texts = default_texts(name, language) | inputs
    return {"number": 1, "calculator": name, "language": language, "currency": currency, "inputs": texts}


def typed(field: Field) -> st.SearchStrategy[Any]:
    """Return what may stand in a field of the page."""
    if isinstance(field, Table):
        cells = {column: typed(entry) for column, entry in field.columns.items()}
        return st.lists(st.fixed_dictionaries(cells), max_size=4)
    if isinstance(field, Series):
        return st.lists(numbers, max_size=5).map("\n".join)
    if isinstance(field, Choices):
        return st.lists(st.sampled_from([*field.options]), max_size=3) | st.lists(names, max_size=3)
    if isinstance(field, Choice):
        return st.sampled_from([*field.options]) | names
    if isinstance(field, Rating | Flag):
        return st.sampled_from(["0", "1", "2", "3", "unknown", "true", ""]) | names
    return names if isinstance(field, Text) else numbers


def linked(field: Field) -> st.SearchStrategy[str]:
    """Return what may stand for a field in a link."""
    if isinstance(field, Table):
        cells = st.tuples(*(linked(entry) for entry in field.columns.values()))
        rows = st.lists(cells.map(",".join), max_size=4).map(";".join)
        return rows | st.just("[" * 100_000) | st.just('[{"a":' * 50_000) | st.just(";" * 100_000)
    if isinstance(field, Series):
        return st.lists(st.sampled_from(NUMBERS), max_size=5).map(",".join)
    return typed(field).map(str)


def escaped(text: str) -> str:
    """Return a text as a link has it, halves of characters and all."""
    return quote(text.encode("utf-8", "surrogatepass"), safe=",;")


@pytest.mark.parametrize("name", all_calculators())
@fuzzed
@given(data=st.data())
def test_whatever_is_typed_is_answered(name: str, data: st.DataObject) -> None:
    """Any signs in any field, in every language, for the result and for the tools around it."""
    calculator = all_calculators()[name]
    language = data.draw(st.sampled_from(LANGUAGES))
    fields = data.draw(st.sets(st.sampled_from([*calculator.input_fields]), max_size=4))
    inputs = {field: data.draw(typed(calculator.input_fields[field])) for field in sorted(fields)}
    asked = question(name, language, data.draw(st.sampled_from(["", "EUR", "JPY"])), **inputs)

    answered = ask(asked)

    if "errors" in answered:
        # A threshold that is moved below another one leaves that one too high.
        thresholds = {
            field for field, declared in calculator.input_fields.items() if getattr(declared, "is_threshold", False)
        }
        blamed = fields | thresholds if fields & thresholds else fields
        assert {error["input"] for error in answered["errors"]} <= blamed
        return
    assert answered["outputs"]
    tool = data.draw(st.sampled_from(["link", "text", "csv", "compare", "sensitivity", "solve", "open"]))
    link = ask(asked | {"ask": "link"})["link"]
    further = {"ask": tool, "address": "", "link": link, "kept": link, "step": "0.5", "target": data.draw(numbers)}
    if calculator.variable_inputs and calculator.figures:
        further["output"] = data.draw(st.sampled_from([*calculator.figures]))
        further["unknown"] = data.draw(st.sampled_from([*calculator.variable_inputs]))
        assert "broken" not in ask(asked | further)


@pytest.mark.parametrize("name", all_calculators())
@fuzzed
@given(data=st.data())
def test_whatever_a_link_holds_is_opened_or_refused_whole(name: str, data: st.DataObject) -> None:
    """Hostile values in any of the fields; what opens gives a link that opens the same."""
    calculator = all_calculators()[name]
    fields = data.draw(st.sets(st.sampled_from([*calculator.input_fields, "currency"]), min_size=1, max_size=4))
    pairs = [
        f"{field}={escaped(data.draw(names if field == 'currency' else linked(calculator.input_fields[field])))}"
        for field in sorted(fields)
    ]
    link = f"{name}?{'&'.join(pairs)}"

    answered = ask(question(name) | {"ask": "open", "link": link})

    if "broken" not in answered:
        result = from_link(link, "en")
        assert from_link(to_link(result), "en").figures == result.figures


@pytest.mark.parametrize(
    "link",
    [
        "sales-compensation?quota=1e-400000",
        "sales-velocity?win_rate=1e-5000",
        "win-rate?won=1e400000",
        "win-rate?currency=XQZ",
        "win-rate?currency=EU",
        "win-rate?won=%D9%A3",
        "win-rate?won=1_000",
        "win-rate?won=%FF%FE",
        "stage-conversion?stages=%25FF,10;b,5",
        "stage-conversion?stages=" + "[" * 100_000,
        "stage-conversion?stages=" + '[{"name":' * 50_000,
        "stage-conversion?stages=" + "a,1;" * 100_000,
        "stage-conversion?stages=a" + "," * MILLION,
        "sales-cycle-length?cycle_days=" + "1," * MILLION,
        "sales-cycle-length?cycle_days=" + "1" * 5 * MILLION,
        "win-rate?" + "&" * MILLION,
        "win-rate?" + "x=1&" * MILLION,
        "buying-phase?signals=" + "a," * MILLION,
        "x" * 20 * MILLION,
        "?",
        "",
    ],
    ids=lambda link: link[:40],
)
def test_an_attack_is_a_broken_link(link: str) -> None:
    """Within a moment, and without a trace."""
    name = link.partition("?")[0]
    asked = question(name if name in all_calculators() else "win-rate") | {"ask": "open", "link": link}

    with pytest.raises(BrokenLink):
        from_link(link, "en")
    # Beyond what a question may hold, it is refused before anybody looks for a link in it.
    assert {"broken", "errors"} & ask(asked).keys()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | anything | st.sampled_from(NUMBERS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=8,
)


@cases(300)
@given(data=st.data())
def test_a_malformed_question_is_answered(data: st.DataObject) -> None:
    """Keys missing or of any kind; the number comes back, so that the page does not wait for ever."""
    name = data.draw(st.sampled_from([*all_calculators()]))
    asked: dict[str, Any] = question(name)
    for key in data.draw(st.sets(st.sampled_from([*asked, "ask", "link", "kept", "output", "step"]), min_size=1)):
        if key != "number" and data.draw(st.booleans()):
            asked[key] = data.draw(json_values | st.sampled_from(["open", "solve", "compare", "text"]))
        elif key != "number":
            asked.pop(key, None)
    if isinstance(asked.get("inputs"), dict) and data.draw(st.booleans()):
        asked["inputs"] |= {data.draw(st.sampled_from([*asked["inputs"], "?"])): data.draw(json_values)}

    assert ask(asked, is_foreseen=False)["number"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "{",
        '{"number": 1e999}',
        '{"number": NaN}',
        '"\\ud800"',
        "[" * MILLION,
        '{"a":' * 100_000,
        '"' * MILLION,
        '"\\"' * MILLION,
        "1" * 5000,
        "x" * 20 * MILLION,
        json.dumps(question("win-rate") | {"inputs": {"won": "1" * 20 * MILLION}}),
        json.dumps(question("win-rate") | {"language": "xx"}),
        json.dumps(question("win-rate") | {"language": ["en"]}),
        json.dumps(question("win-rate") | {"ask": "destroy"}),
        json.dumps(question("win-rate") | {"ask": None}),
        json.dumps(question("win-rate") | {"ask": "solve"}),
        json.dumps(question("win-rate") | {"calculator": "no-such"}),
        json.dumps(question("win-rate") | {"currency": "XQZ"}),
    ],
    ids=lambda text: text[:30],
)
def test_a_text_that_is_no_question_is_refused(text: str) -> None:
    """Not JSON, not an object, too long, too deep, or about what does not exist."""
    assert ask(text)["errors"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_holds_an_excerpt_of_what_it_refuses(language: str) -> None:
    """Three million characters in a field do not come back as a sentence."""
    for field in ("won", "won_value"):
        [error] = ask(question("win-rate", language, **{field: "x" * 3 * MILLION}))["errors"]
        assert len(error["text"]) < 300


def test_a_question_too_long_to_read_gets_its_number_back() -> None:
    """Or the page would wait for ever."""
    for text in ('{"number":7,"inputs":' + "[" * MILLION, json.dumps({"number": 7, "link": "x" * 9 * MILLION})):
        assert ask(text)["number"] == 7


def test_a_million_numbers_are_counted_before_they_are_read() -> None:
    """Reading them would take half a minute in the browser."""
    [error] = ask(question("sales-cycle-length", cycle_days="7\n" * MILLION))["errors"]
    assert error["code"] == "too_many"
    [error] = ask(question("sales-cycle-length", cycle_days="x\n" * MILLION))["errors"]
    assert error["code"] == "too_many"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1e-31", "too_precise"),
        ("1e-400000", "too_precise"),
        ("0." + "3" * 59, "too_precise"),
        ("1e31", "too_large"),
        ("1e400000", "too_large"),
        ("123456e999999", "too_large"),
        ("-1e999999", "too_small"),
        ("1e99999999999", "not_a_number"),
        ("1_000", "not_a_number"),
        ("٣", "not_a_number"),
        ("９", "not_a_number"),
        ("nan", "not_a_number"),
        ("-inf", "not_a_number"),
        ("", "not_a_number"),
        ("9" * MILLION, "not_a_number"),
        (10**5000, "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (Decimal("sNaN"), "not_a_number"),
        (True, "not_a_number"),
        (None, "not_a_number"),
        ([1], "not_a_number"),
        ({"a": [[[[]]]]}, "not_a_number"),
    ],
    ids=lambda value: str(type(value)) if isinstance(value, int) else str(value)[:20],
)
def test_a_number_of_a_program_is_bounded(raw: Any, code: str) -> None:
    """In digits, exponent and alphabet, before anything is worked out with it."""
    with watched(), pytest.raises(calculators.InvalidInputs) as refused:
        calculators.run("average-deal-size", {"won_revenue": raw})

    assert [error.code for error in refused.value.errors] == [code]


@pytest.mark.parametrize("raw", ["1e15", "1E-30", " 12 ", "+3", ".5", "5.", 7, 0.1, Decimal("1E+3"), "0e-400000"])
def test_a_number_of_a_program_may_be_written_in_any_usual_way(raw: Any) -> None:
    """With an exponent, a sign or a bare point; a zero is a zero."""
    assert calculators.run("average-deal-size", {"won_revenue": raw}).outputs["average_deal_size"] is not None


@pytest.mark.parametrize("name", all_calculators())
@pytest.mark.parametrize("raw", ["1e-30", "1e9", "1e15", "0.9999999999999999999999999999"])
def test_the_ends_of_the_limits_can_be_computed_with(name: str, raw: str) -> None:
    """Every number of a calculator at the same extreme, as far as its field allows: a figure or its reason."""
    calculator = all_calculators()[name]
    inputs: dict[str, Any] = {}
    for field_name, field in calculator.input_fields.items():
        if isinstance(field, Table):
            rows = [{**_row(field, raw), **_row(field, other)} for other in (raw, "0", "1")]
            inputs[field_name] = [row for row in rows if _is_accepted(field, [row] * max(1, field.minimum_rows))] * 7
            if len(inputs[field_name]) < field.minimum_rows:
                del inputs[field_name]
        elif isinstance(field, Series):
            inputs[field_name] = [raw, "0", raw] if _is_accepted(field, [raw]) else ["0", "1"]
        elif isinstance(field, Number) and _is_accepted(field, raw):
            inputs[field_name] = raw
    # The same extreme in each column of a cohort would be more decided than began.
    with_no_more_decided_than_began(inputs)
    with watched():
        result = calculators.run(name, inputs, "el")
        texts = {
            field: entry.write_text(getattr(result.inputs, field), result.numerals)
            for field, entry in calculator.input_fields.items()
        }

    assert "outputs" in ask(question(name, "el", "EUR", **texts))


def _row(field: Table, raw: str) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column, entry in field.columns.items():
        if isinstance(entry, Number):
            cells[column] = raw if _is_accepted(entry, raw) else "1"
        else:
            word = "" if isinstance(entry, Awaited) else "x"
            cells[column] = {"text": word, "flag": "1", "rating": "2"}.get(entry.kind, "")
    return cells


def _is_accepted(field: Any, raw: Any) -> bool:
    try:
        field.read_value("x", raw)
    except calculators.InvalidInput:
        return False
    return True


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("0", "0"),
        ("1", "1"),
        ("874026767.0845643932509005936", "874026767.0845643932509005937"),
        ("1e15", "1000000000000000.0000000000001"),
        ("-1e30", "-999999999999999999999999999999"),
        ("1e-30", "2e-30"),
        ("0", "1e120"),
        ("-1e120", "1e100"),
        ("0", "100"),
    ],
)
@pytest.mark.parametrize("is_whole", [False, True])
def test_an_axis_has_an_end(low: str, high: str, *, is_whole: bool) -> None:
    """However near to each other its ends lie; each tick lies above the one before, also for the browser's floats."""
    with watched():
        ticks = tick_values(Decimal(low), Decimal(high), is_whole=is_whole)

    assert 2 <= len(ticks) <= 8
    assert ticks[0] <= Decimal(low)
    assert Decimal(high) <= ticks[-1]
    floats = [float(tick) for tick in ticks]
    assert floats == sorted(set(floats))


def test_the_reviews_endless_axis_ends() -> None:
    """Weights that differ in the 27th digit, moved by a half: 4.4 GB of ticks before."""
    weights = "authority=1&authority_weight=874026767.0845643932509005936&challenges=2&challenges_weight=0"
    link = f"champ?{weights}&money=1&money_weight=0.01&prioritization=2&prioritization_weight=0"
    opened = ask(question("champ") | {"ask": "open", "link": link})

    asked = question("champ", **opened["inputs"]) | {"ask": "sensitivity", "output": "score", "step": "0.5"}
    assert ask(asked)["rows"]


def test_what_nobody_foresaw_is_a_refusal_at_the_input_that_causes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its trace for the console; the next question is answered as if nothing had been."""
    shown = answering.to_page

    def fails_at_seven(result: calculators.Result) -> dict[str, Any]:
        if result.inputs.won == 7:
            raise KeyError("ς")
        return shown(result)

    monkeypatch.setattr(answering, "to_page", fails_at_seven)
    answered = ask(question("win-rate", "ko", lost="9", won="7"), is_foreseen=False)

    assert [(error["input"], error["code"]) for error in answered["errors"]] == [("won", "not_computable")]
    assert "fails_at_seven" in answered["trace"]
    assert "outputs" in ask(question("win-rate", "ko", lost="9", won="8"))


def test_the_culprit_is_the_input_whose_example_helps() -> None:
    """None, where a single one does not."""

    def divide(values: dict[str, int]) -> float:
        return 1 / (values["a"] * values["b"])

    assert culprit({"a": 5, "b": 0}, {"a": 1, "b": 1}, divide) == "b"
    assert culprit({"a": 0, "b": 0}, {"a": 1, "b": 1}, divide) == ""


def test_a_name_does_not_turn_the_line_around_it() -> None:
    """Signs of direction are taken out of what is typed; a Hebrew name is kept, and kept apart in a sentence."""
    turning = "\u202egnp.exe"
    assert clean_text(turning) == "gnp.exe"
    assert clean_text("שלום \u200fעולם") == "שלום \u200fעולם"
    stages = [{"name": "שלום", "count": "100"}, {"name": turning, "count": "50"}]
    answered = ask(question("stage-conversion", stages=stages))
    working = "".join(answered["working"].values())

    assert [row["name"] for row in answered["inputs"]["stages"]] == ["שלום", "gnp.exe"]
    assert "\u202e" not in json.dumps(answered, ensure_ascii=False)
    assert "\u2068שלום\u2069: " in working
    assert "\ngnp.exe: " in working


@given(anything | st.integers() | st.none() | st.lists(anything))
def test_an_excerpt_is_short_and_can_be_written(raw: Any) -> None:
    """Of a text, a number or anything else, on one line."""
    text = excerpt(raw)

    assert len(text) <= 60
    assert "\n" not in text
    text.encode()


def test_lone_halves_of_characters_are_replaced() -> None:
    """What cannot be written to a file does not come in."""
    stages = [{"name": "\ud83d", "count": 2}, {"name": "b", "count": 1}]
    assert calculators.run("stage-conversion", {"stages": stages}).inputs.stages[0].name == "\ufffd"
