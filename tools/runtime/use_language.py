"""Do what Python does unseen in a long session: errors, memory that fills, depth; see cut_interpreter.mjs."""

import collections
import contextlib
import dataclasses
import decimal
import functools
import gc
import io
import itertools
import json
import re
import warnings
import weakref
from collections.abc import Callable, Iterator
from typing import Any

# mypy: disable-error-code="func-returns-value"

_DEPTH = 300
_MANY = 20_000
# Python rewrites an instruction for the kinds of values that it has seen some times, and back when others come.
_OFTEN = 60
_BROKEN_BYTES = (
    b"\xff", b"a\x80", b"\xe2\x82", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\xaf", b"\xf0\x9f\x98", b"\xe1\x80x",
    b"\xef",
)  # fmt: skip
_STRANGE_TEXTS = ("é", "한", "😀", "\ud800", "a\udcff")
_ERROR_HANDLERS = (
    "strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass", "xmlcharrefreplace",
    "namereplace", "none",
)  # fmt: skip


def use_language() -> None:
    """Do all of it."""
    warnings.simplefilter("ignore")  # of what is done wrongly here
    _raise_errors()
    _convert_badly()
    for _time in range(3):
        _fill_and_free()
        _go_deep()
    for value in _objects():
        for _time in range(_OFTEN):
            _operate(value)
    gc.collect()


def _tried(work: Callable[[], Any]) -> BaseException | None:
    try:
        work()
    except Exception as error:
        _ = str(error), repr(error), error.args, error.__traceback__
        return error
    return None


def _raise_errors() -> None:
    """Raise, chain and write every kind of error, and what calling wrongly leads to."""
    kinds: list[type[BaseException]] = [BaseException]
    for kind in kinds:
        kinds += [below for below in type.__subclasses__(kind) if below.__module__ == "builtins" and below not in kinds]
    for kind in kinds:
        for given in (
            (),
            ("a",),
            (1, "é"),
            ("utf-8", b"\xff", 0, 1, "bad"),
            ("utf-8", "é", 0, 1, "bad"),
            ("é", 0, 1, "bad"),
            (2, "none", "file"),
        ):
            with contextlib.suppress(TypeError):
                _chain(kind(*given))
    with contextlib.suppress(ExceptionGroup):
        raise ExceptionGroup("all", [ValueError(1), KeyError("a")])

    def function(first: Any, /, second: Any = 1, *, third: Any = 2) -> Any:
        return first, second, third

    calls: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
        ((), {}),
        ((1, 2, 3), {}),
        ((1,), {"none": 1}),
        ((1, 2), {"second": 2}),
        ((), {"first": 1}),
        ((1,), {"third": 3}),
    )
    called: list[Any] = [
        function,
        len,
        sorted,
        int,
        "".join,
        {}.get,
        dict,
        decimal.Decimal,
        re.compile,
        functools.partial,
    ]
    for positional, named in calls:
        for work in called:
            _tried(functools.partial(work, *positional, **named))


def _chain(error: BaseException) -> None:
    try:
        try:
            try:
                raise error
            finally:
                error.add_note("a note")
        except BaseException as first:
            str(first), repr(first), first.with_traceback(None)
            raise ValueError("while handling") from first
    except ValueError as second:
        with contextlib.suppress(KeyError):
            raise KeyError("again") from None
        _ = second.__cause__, second.__context__, second.__suppress_context__


def _convert_badly() -> None:
    """Read bytes that are no text, write texts that have no bytes, and read numbers and patterns that are none."""
    for encoding, errors in itertools.product(
        ("utf-8", "ascii", "latin-1", "utf-16", "utf-32", "none"), _ERROR_HANDLERS
    ):
        for broken in _BROKEN_BYTES:
            for content in (broken, b"text " * 9 + broken + b" text", bytearray(broken), memoryview(broken)):
                _tried(functools.partial(str, content, encoding, errors))
        for strange in _STRANGE_TEXTS:
            for text in (strange, "text" * 9 + strange, strange * 99 + "a"):
                _tried(functools.partial(text.encode, encoding, errors))
    for text in (
        "",
        "{",
        "[1,",
        '{"a"}',
        '"\\ud800"',
        '"\\x"',
        "\ufeff[]",
        "[1] 2",
        "nul",
        "-",
        "1e",
        '{"a":1,}',
        '"\n"',
    ):
        _tried(functools.partial(json.loads, text))
    for pattern in ("(", "[", "a{2,1}", "*", "(?P<a>b)(?P<a>c)", "\\1", "(?<=a+)b", "(?z)"):
        _tried(functools.partial(re.compile, pattern))
    for signal in (decimal.Inexact, decimal.Rounded, decimal.Subnormal, decimal.Clamped, decimal.FloatOperation):
        with decimal.localcontext(prec=5, Emax=20, Emin=-20) as context:
            context.traps[signal] = True
            for text in ("1e25", "1e-25", "1.2345678", "-0", "sNaN", "1e19"):
                _tried(lambda: decimal.Decimal(text) * decimal.Decimal("1.11111"))  # noqa: B023 - at once
                _tried(lambda: decimal.Decimal(text) / 3 + 1)  # noqa: B023 - at once
            _tried(lambda: decimal.Decimal(1) < 0.5)
            str(context), context.copy(), context.clear_flags()


@dataclasses.dataclass(frozen=True, slots=True)
class _Slots:
    first: Any
    second: Any = 2


@dataclasses.dataclass(eq=False)
class _Open:
    first: Any
    others: list[Any] = dataclasses.field(default_factory=list)

    @property
    def doubled(self) -> Any:
        return self.first * 2

    @functools.cached_property
    def kept(self) -> Any:
        return [self.first]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("any_"):
            return name
        raise AttributeError(name)


class _Below(_Open):
    def __del__(self) -> None:
        vars(self).clear()

    def __len__(self) -> int:
        return 3

    def __getitem__(self, key: Any) -> Any:
        return [1, 2, 3][key]

    def __call__(self, *given: Any, **named: Any) -> Any:
        return given, named


def _objects() -> list[Any]:
    return [
        0, 1, -7, 10**30, 1.5, 2j, True, None, "", "text", "é한😀", b"bytes", bytearray(b"x"),
        [], [3, 1, 2], (), (1, 2),
        {}, {"a": 1}, {1: "a", "b": 2}, set(), {1, 2}, frozenset("ab"), range(3), slice(1, 2), memoryview(b"abc"),
        decimal.Decimal("1.5"), _Slots(1), _Open(1), _Below(1), _Slots, len, str.upper, "a".upper, _objects,
        iter([1, 2]),
        reversed([1]), enumerate("a"), zip("a", "b", strict=False), map(str, "a"), filter(None, "a"), _numbers(),
        collections.deque([1, 2]), collections.Counter("aab"), collections.defaultdict(list),
        collections.OrderedDict(a=1),
        functools.partial(len), io.StringIO("a"),
        Ellipsis, NotImplemented, ValueError("a"), re,
    ]  # fmt: skip


def _numbers() -> Iterator[Any]:
    try:
        got = yield 1
        yield got
        yield from (2, 3)
    finally:
        yield 4


def _operate(value: Any) -> None:
    """Do with a value what there is an instruction for."""
    for work in (
        lambda: value + value,
        lambda: value - value,
        lambda: value * 2,
        lambda: value / 2,
        lambda: value // 2,
        lambda: value % 2,
        lambda: value**2,
        lambda: value & value,
        lambda: value | value,
        lambda: value == value,
        lambda: value < value,
        lambda: value[0],
        lambda: value[-1],
        lambda: value[:2],
        lambda: value["a"],
        lambda: value.first,
        lambda: value.doubled,
        lambda: value.kept,
        lambda: value.any_name,
        lambda: value(),
        lambda: value(1, *[2], a=3),
        lambda: [*value],
        lambda: {**value},
        lambda: 1 in value,
        lambda: not value,
        lambda: len(value),
        lambda: str(value),
        lambda: f"{value}{value!r:>9}",
        lambda: hash(value),
        lambda: tuple(value),
        lambda: type(value)(),
        lambda: isinstance(value, int),
        lambda: [one for one in value if one],
        lambda: dataclasses.replace(value, first=2),
        lambda: dataclasses.asdict(value),
        lambda: vars(value),
        lambda: sorted(value, key=str),
        lambda: "%s %r" % (value, value),  # noqa: UP031 - this way, too
        lambda: "%d %5.2f" % (value, value),  # noqa: UP031 - this way, too
        lambda: f"{value!s} {value}",
        lambda: setattr(value, "first", 1),
        lambda: delattr(value, "first"),
        lambda: value.__setitem__(0, 1),
        lambda: next(value),
        lambda: value.send(None),
        lambda: value.throw(ValueError),
        lambda: value.close(),
        lambda: weakref.ref(value)(),
        lambda: value.append(1),
        lambda: super(type(value), value).__repr__(),
        lambda: dict(value),
        lambda: set(value),
        lambda: sum(value),
        lambda: min(value),
    ):
        with contextlib.suppress(Exception):
            work()
    with contextlib.suppress(Exception):
        first, *_others = value
    with contextlib.suppress(Exception):
        first, second = value
        value[0], value[1] = second, first
    match value:
        case {"a": one}:
            del one
        case [one, _other, *_rest]:
            del one
        case _Slots(first=one) | _Open(first=one):
            del one
        case str() | bytes() | None:
            pass


def _fill_and_free() -> None:
    """Let everything that grows grow and shrink, and leave circles for the collector of every kind of thing."""
    for kind in range(40):
        kept: list[Any] = [(*range(kind),) for _ in range(300)]
        kept += [[*range(kind)] for _ in range(300)] + [dict.fromkeys(range(kind)) for _ in range(300)]
        kept += [set(range(kind)) for _ in range(300)] + [1.5 * kind, complex(kind, 1), slice(kind), range(kind)] * 99
        kept += [_Open(kind).__repr__ for _ in range(300)]
        del kept
    numbers: dict[Any, Any] = {}
    for number in range(_MANY):
        numbers[number if number % 3 else str(number)] = number
        if number % 5 == 0:
            numbers.pop(number, None)
    while len(numbers) > 9:
        numbers.popitem()
    numbers.update(a=1), numbers.setdefault("b", []), numbers.copy(), numbers | {"c": 1}, numbers.clear()
    things = set(range(_MANY))
    things -= {*range(0, _MANY, 2)}
    (
        things.update(range(-999, 0)),
        things.discard(1),
        things.copy(),
        things.symmetric_difference_update({1, 2}),
    )
    while len(things) > 9:
        things.pop()
    row = [*range(_MANY)]
    row[5:500] = [1]
    row[::2] = row[::2]
    del row[::3], row[-99:]
    (
        row.insert(0, 1),
        row.extend(iter(range(99))),
        row.remove(1),
        row.reverse(),
        row.sort(key=lambda number: -hash(number)),
        row.clear(),
    )
    opened = _Below(1)
    for number in range(99):
        setattr(opened, f"name{number}", number)
    for number in range(0, 99, 2):
        delattr(opened, f"name{number}")
    for sign in "aé한😀":
        text, written = "", io.StringIO()
        for _ in range(2_000):
            text += sign
            written.write(sign)
        _ = written.getvalue() == text, "".join(one for one in text), text * 3, text % (), text.encode()
    memory = functools.lru_cache(maxsize=9)(str)
    for number in range(99):
        memory(number)
    memory.cache_info(), memory.cache_clear()
    _leave_circles()
    for generation in range(3):
        gc.collect(generation)


def _leave_circles() -> None:
    for value in _objects():
        circle: list[Any] = [value]
        holder = _Below(circle)
        holder.others.append(holder)
        references = [
            weakref.ref(holder, circle.append),
            weakref.WeakSet([holder]),
            weakref.WeakKeyDictionary({holder.__class__: circle}),
        ]
        waiting = (one for one in circle)
        next(waiting)
        error = _tried(lambda: [][1])
        circle += [
            circle,
            {"a": circle},
            (circle,),
            lambda: circle,  # noqa: B023 - so that it is one
            functools.partial(print, circle),
            holder,
            references,
            waiting,
            error,
        ]
        circle += [
            holder.__len__,
            iter(circle),
            zip(circle, circle, strict=False),
            collections.deque([circle]),
            type("Kind", (), {"circle": circle}),
        ]


def _go_deep() -> None:
    def deep(depth: int) -> int:
        return depth and 1 + deep(depth - 1)

    def endless() -> Any:
        return endless()

    _tried(lambda: deep(_DEPTH))
    _tried(endless)
    nested: Any = []
    for depth in range(_DEPTH):
        nested = ([nested], (nested,), {"a": nested}, _Slots(nested))[depth % 4]
    del nested  # which is not done one within the other
    few: Any = []
    for _ in range(_DEPTH):
        few = [few]
    for work in (repr, json.dumps, str, lambda value: value == [value]):
        _tried(functools.partial(work, few))
    _tried(lambda: json.loads("[" * 99 + "]" * 99))
    _tried(lambda: json.loads("[" * _DEPTH))
