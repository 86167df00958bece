"""Ask calculators what readers ask in long sessions, by chance but always the same; see cut_interpreter.mjs.

Beside use_interpreter.py, which tries every function once: what is called in the third hour (a dictionary grows, memory
is collected, a search for a goal ends elsewhere) depends on many questions in one process.
"""

import gc
import json
import random
import re
from typing import Any

from calculators.core.declaring.quantities import QUANTITIES
from calculators.core.declaring.tables import MOST_ROWS
from calculators.core.exploring.sensitivity import STEPS
from calculators.core.numbers.currencies import CURRENCIES
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.calculator import Calculator, all_calculators
from calculators.core.words.catalogue import LANGUAGES, catalogue

# Of each calculator; a question takes some milliseconds.
_QUESTIONS = 24
_LONG_TABLES = (50, 499, MOST_ROWS, MOST_ROWS + 1)
# Between two collections of everything; between these Python collects what is young.
_COLLECTED_AFTER = 40
_ODD = (
    "", "0", "-1", "-0", "1e400", "1e-400", "1,234.5", "1.234,5", "1 234,5", "1'234", "1_000", "1/3", "1:2", "10^6",
    "１２，３４５．６", "٣٫٥", "１２％", "3억 5천만", "2億3千万", "2,5 εκ.", "½", "Ⅷ", "㊿", "十二", "𝟓", "5️⃣", "−5",
    "(5)",
    "5–10", "≈5", "50 percent", "100%", "99.999999999%", "$5k", "5 M€", "₩3만", "1.2bn", "12 lakh",
    "2026-11-30",
    "30/11/2026", "2026年11月30日（月）", "Tue 1/12/2026", "2026년 11월 30일 화요일",
    "2026. 11. 30.", "November 5, 2026", "5 Νοεμβρίου 2026", "29.2.2027", "0001-01-01",
    "10000-01-01", "yes", "はい", "ναι", "İ", "ßſẞ", "Σς", "\u202e5", "\ud83d\ude00", "\ud800", "<script>", "=1+1",
    "\x00",
    "\r\n5", "5\t6", "NaN", "inf", "None", "9" * 200, "1" * 5000, "5" * 4299 + ".5", "0." + "0" * 100 + "1", "1,2,3",
    "1.000.000", "1,000", "12,34,567", "x" * 9000, "é" * 50, "\U0010ffff", "1 " * 100, "%", "+-5", "1..2", "?",
)  # fmt: skip
_IN_LINKS = (
    "%",
    "&",
    "=",
    "~",
    "-",
    ".",
    "é",
    "%00",
    "%FF",
    "%E2%82",
    "%ED%A0%80",
    "%F5%80",
    "%C0%AF",
    "%zz",
    "9" * 50,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}")
_MARKS_IN_PASTED = ('"', "\x00", "\u2028", "\x0b", "'", "\ufeff", "\xa0", " ")


def use_calculators() -> None:
    """Ask every calculator for everything, in every language, with what is typed well and badly."""
    _Session(random.Random(1)).ask_all()  # noqa: S311 - nothing secret


class _Session:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._number = 0

    def ask_all(self) -> None:
        for calculator in all_calculators().values():
            self._solve_all(calculator)
            self._lengthen(calculator)
        # Mixed, so that each finds the memory as others left it.
        for calculator in self._chance.sample(
            [*all_calculators().values()] * _QUESTIONS, k=len(all_calculators()) * _QUESTIONS
        ):
            self._ask_anything(calculator)

    def _ask(self, calculator: Calculator, inputs: dict[str, Any], **asked: Any) -> dict[str, Any]:
        self._number += 1
        if self._number % _COLLECTED_AFTER == 0:
            gc.collect()
        question = {
            "number": self._number,
            "calculator": calculator.id,
            "language": LANGUAGES[self._number % len(LANGUAGES)],
            "currency": self._chance.choice(["", *CURRENCIES]),
            "inputs": inputs,
        }
        found: dict[str, Any] = json.loads(answer(json.dumps(question | asked)))
        return found

    def _solve_all(self, calculator: Calculator) -> None:
        """Look for plain goals by every input, and move all inputs."""
        language = self._chance.choice(LANGUAGES)
        texts = default_texts(calculator.id, language)
        now = self._ask(calculator, texts, language=language).get("outputs", {})
        for unknown in calculator.variable_inputs:
            for output in calculator.figures:
                shown = now.get(output, {}).get("text") or "1"
                target = self._chance.choice(["0", "1", "100", "1000", "50%", "1e9", shown, self._other_digits(shown)])
                asked = {"ask": "solve", "unknown": unknown, "output": output, "target": target}
                self._ask(calculator, texts, language=language, **asked)
        for output in calculator.figures:
            step = self._chance.choice([*map(str, STEPS), "1"])
            self._ask(calculator, texts, language=language, ask="sensitivity", output=output, step=step)

    def _lengthen(self, calculator: Calculator) -> None:
        """Fill tables up to the limit and above it."""
        language = self._chance.choice(LANGUAGES)
        texts = default_texts(calculator.id, language)
        for table in _tables(texts):
            for length in _LONG_TABLES:
                rows = [self._changed(self._chance.choice(texts[table]), badly=0) for _row in range(length)]
                ask = self._chance.choice(
                    [{}, {"ask": "csv"}, {"ask": "keep"}, {"ask": "text", "address": "https://x/"}]
                )
                self._ask(calculator, texts | {table: rows}, language=language, **ask)

    def _ask_anything(self, calculator: Calculator) -> None:
        chance = self._chance
        language, other = chance.choice(LANGUAGES), chance.choice(LANGUAGES)
        badly = chance.choice([0, 0, 0.2, 0.6])
        texts = default_texts(calculator.id, chance.choice([language, language, language, other]))
        inputs = self._changed(texts, badly=badly)
        tables = _tables(texts)
        asks = [
            "",
            "",
            "open",
            "reopen",
            "carry",
            "compare",
            "text",
            "csv",
            "link",
            "keep",
            "offers",
            "numbers",
            *(["paste"] * 2 if tables else []),
            *(["calendar"] * 2 if calculator.calendar else []),
        ]
        if calculator.variable_inputs and calculator.figures:
            asks += ["solve", "solve", "sensitivity"]
        ask = chance.choice(asks)
        asked: dict[str, Any] = {"ask": ask, "language": language, "address": chance.choice(["", "https://x/?é#a&b"])}
        if ask == "":
            del asked["ask"]
        elif ask in {"open", "reopen", "compare"}:
            asked["link"] = asked["kept"] = self._link(calculator, language, badly=badly)
        elif ask == "carry":
            asked["from"] = other
        elif ask in {"offers", "numbers"}:
            asked |= self._numbers(badly=badly)
        elif ask == "paste":
            asked |= self._pasted(calculator, chance.choice(tables), language, other, badly=badly)
        elif ask in {"solve", "sensitivity"}:
            output = chance.choice([*calculator.figures])
            shown = (
                self._ask(calculator, inputs, language=language).get("outputs", {}).get(output, {}).get("text") or "1"
            )
            asked |= {
                "unknown": chance.choice([*calculator.variable_inputs]),
                "output": output,
                "target": chance.choice([self._typed(), self._other_digits(shown)]),
                "step": chance.choice([*map(str, STEPS), "1"]),
            }
        self._ask(calculator, inputs, **asked)

    def _numbers(self, *, badly: float) -> dict[str, Any]:
        """Return what is known of a reader, typed on the page about it, and in a file, now and then damaged."""
        chance = self._chance
        names = chance.sample([*QUANTITIES, "another"], k=chance.randint(0, len(QUANTITIES)))
        known: dict[str, Any] = {
            name: chance.choice(
                [
                    chance.choice(["0.25", "1", "25000", "0.315385", 61.5, 40]),
                    {
                        "value": "0.5",
                        "from": chance.choice(["win-rate", "?"]),
                        "day": chance.choice(["2026-11-30", "?"]),
                    },
                    {"value": "25000", "currency": chance.choice(["EUR", "KRW", "?"])},
                ]
            )
            for name in names
        }
        if badly:
            known |= {chance.choice([*QUANTITIES]): chance.choice([None, [], {}, True, *_ODD])}
        file = json.dumps(chance.choice([known, {"numbers": known}, {"format": "playbook-numbers", "numbers": known}]))
        if chance.random() < badly:
            file = file[: chance.randrange(len(file))] + chance.choice(_ODD)
        typed = {name: self._typed() for name in chance.sample([*QUANTITIES], k=chance.randint(0, 4))}
        return {"numbers": known, "typed": typed, "file": chance.choice(["", file])}

    def _link(self, calculator: Calculator, language: str, *, badly: float) -> str:
        """Return a link or what the browser keeps, now and then damaged on its way."""
        inputs = self._changed(default_texts(calculator.id, language), badly=0)
        ask = self._chance.choice(["link", "keep"])
        kept = self._ask(calculator, inputs, language=language, ask=ask)
        link: str = kept.get("link") or kept.get("kept") or f"{calculator.id}?"
        for _damage in range(self._chance.randint(1, 4) if badly else 0):
            at = self._chance.randrange(len(link) + 1)
            link = link[:at] + self._chance.choice([*_IN_LINKS, *_ODD]) + link[at + self._chance.randint(0, 3) :]
        return link

    def _pasted(self, calculator: Calculator, table: str, language: str, other: str, *, badly: float) -> dict[str, Any]:
        """Return a block with headings or without, in another language, wherever in the table."""
        chance = self._chance
        rows = self._changed(default_texts(calculator.id, other)[table], badly=badly)
        columns = default_texts(calculator.id, language)[table][0]
        separator = chance.choice(["\t", "\t", "\t", ";", ",", "|", "  "])
        lines = [separator.join(map(str, row.values())) for row in rows]
        if chance.random() < 0.5:
            field: Any = calculator.input_fields[table]
            gettext = catalogue(chance.choice([language, other])).gettext
            lines.insert(0, separator.join(gettext(column.label) for column in field.columns.values()))
        if chance.random() < badly:
            quoted = ['"' + line.replace('"', '""') + '"' for line in lines]
            lines = [
                chance.choice([line, in_quotes, line + chance.choice(_MARKS_IN_PASTED)])
                for line, in_quotes in zip(lines, quoted, strict=True)
            ]
        if chance.random() < 0.1:
            lines *= 200
        standing = default_texts(calculator.id, language)[table]
        return {
            "table": table,
            "text": chance.choice(["\n", "\r\n", "\r"]).join(lines),
            "rows": chance.choice([standing, self._changed(standing, badly=0)]),
            "row": chance.choice([0, 0, 1, len(standing)]),
            "column": chance.choice([*columns]),
        }

    def _changed(self, value: Any, *, badly: float) -> Any:
        """Return what stands in a form with other digits, and something else in a share of the fields."""
        chance = self._chance
        if isinstance(value, str):
            return self._typed() if chance.random() < badly else self._other_digits(value)
        if isinstance(value, dict):
            return {name: self._changed(part, badly=badly) for name, part in value.items()}
        if isinstance(value, list):
            changed = [self._changed(part, badly=badly) for part in value]
            more = chance.random()
            if more < 0.1:
                changed = changed[1:]
            elif more < 0.2:
                changed += changed[:1]
            elif more < 0.25:
                changed *= chance.randint(0, 40)
            elif more < 0.3:
                chance.shuffle(changed)
            return changed
        return value

    def _other_digits(self, text: str) -> str:
        chance = self._chance
        if _DAY.fullmatch(text):
            # With other digits it would hardly ever be one.
            return f"20{chance.randint(24, 30)}-0{chance.randint(1, 9)}-{chance.randint(10, 31)}"
        return "".join(
            chance.choice("0123456789") if sign.isdigit() and chance.random() < 0.5 else sign for sign in text
        )

    def _typed(self) -> str:
        chance = self._chance
        return chance.choice(
            [
                str(chance.randint(0, 1000)),
                f"{chance.uniform(0, 1e6):.{chance.randint(0, 6)}f}",
                f"{chance.uniform(0, 100):.{chance.randint(0, 3)}f}%",
                f"{chance.randint(0, 10 ** chance.randint(1, 14)):,}",
                str(chance.choice([1, -1]) * 10 ** chance.randint(0, 30)),
                f"{chance.random() * 10.0 ** chance.randint(-30, 30)}",
                chance.choice(_ODD),
            ]
        )


def _tables(texts: dict[str, Any]) -> list[str]:
    return [name for name, rows in texts.items() if isinstance(rows, list) and rows and isinstance(rows[0], dict)]
