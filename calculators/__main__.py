"""The command line, `python -m calculators …`: list, run, solve, workbook, calendar, analyse, waterfall, sql."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from calculators.analysis import command_line, waterfall_command_line
from calculators.core.declaring.fields import handed_on, json_number
from calculators.core.declaring.outcome import InvalidInput, InvalidInputs
from calculators.core.exploring.solve import solve
from calculators.core.numbers.numerals import numerals
from calculators.core.page.solution_text import solution_text
from calculators.core.running.calculator import all_calculators, find
from calculators.core.running.my_numbers import filled_in, read_file
from calculators.core.running.run import Result, error_json, remarks_json, run, run_typed
from calculators.core.taking_along.calendar_file import as_calendar
from calculators.core.words.catalogue import LANGUAGES, catalogue
from calculators.warehouse import command_line as warehouse

FAILED = 1
BAD_INPUT = 2
_LETTERS_OF_A_CURRENCY = 3
# A list of 100,000 values has a few megabytes.
_LARGEST_FILE = 64_000_000
# Powers of ten between which a goal lies: any other is a slip, and would take a lifetime to write.
_FARTHEST_POWER = 30

_TYPED = """\
Inputs are written as programs write them: win_rate=0.25, cycle_days=45,54,39, tables and files as JSON.

With --typed they are read as people of the language write them, as in the form of the page:
  numbers        won_revenue=5천만   average_deal_size="25.000,50"   win_rate=25%
  lists          cycle_days="45; 54; 39", or one value per line
  tables         JSON rows whose cells are typed: 'deals=[{"name": "A", "value": "5천만", "probability": "25%"}]'
  choices        the key, or the words shown: method="지수평활"; several of them one per line, or keys with commas
  yes or no      true or false, or the word shown
  ratings        0 to 3 or unknown, or the word shown
In a JSON file, texts are what was typed; 0.25, true and null mean what they mean without --typed.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0, 2 for bad input, or 1 for what cannot be written."""
    parser = _parser()
    options, further = parser.parse_known_args(arguments)
    # argparse takes no pairs after an option, people write them there.
    if any(argument.startswith("-") for argument in further) or (
        further and options.command in {_list, _analyse, waterfall_command_line.compare_files, warehouse.run_sql}
    ):
        parser.error(f"unrecognized arguments: {' '.join(further)}")
    if options.command is _analyse and (options.file, options.table, options.on) == (None, None, None):
        parser.error("analyse needs a file, or a table with --on")
    options.pairs = [*getattr(options, "pairs", []), *further]
    try:
        try:
            return int(options.command(options))
        except (ArithmeticError, RecursionError, ValueError):
            # A number or a text that nothing can be done with, wherever that shows.
            raise InvalidInputs([InvalidInput("inputs", "unreadable_inputs")]) from None
    except InvalidInputs as refused:
        errors = [error_json(error, options.language) for error in refused.errors]
        if getattr(options, "json", False):
            _print(_json({"errors": errors}))
        else:
            for error in errors:
                _print(f"{error['input']}: {error['text']}", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m calculators", description="B2B sales pipeline calculators.")
    commands = parser.add_subparsers(required=True)
    in_language = argparse.ArgumentParser(add_help=False)
    in_language.add_argument("--language", choices=LANGUAGES, default="en", help="language of labels and sentences")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print JSON with full-precision numbers")
    on_inputs = argparse.ArgumentParser(add_help=False)
    on_inputs.add_argument("calculator", help="its id, as `list` prints it")
    on_inputs.add_argument("pairs", nargs="*", metavar="input=value", help="inputs left out take their default")
    on_inputs.add_argument("--inputs", type=Path, metavar="FILE", help="a JSON file with an object of inputs")
    on_inputs.add_argument(
        "--numbers", type=Path, metavar="FILE", help="a file of My numbers, for the inputs that are not given"
    )
    on_inputs.add_argument("--typed", action="store_true", help="read inputs as people of the language write them")
    on_inputs.add_argument("--currency", type=_currency_code, default="", help="a code, as EUR; nothing is converted")

    def add(name: str, command: Callable[[argparse.Namespace], int], text: str, *parents: Any) -> Any:
        added = commands.add_parser(
            name,
            parents=[*parents, in_language],
            help=text,
            epilog=_TYPED if on_inputs in parents else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(command=command)
        return added

    add("list", _list, "list the calculators", as_json)
    add("run", _run, "run a calculator", on_inputs, as_json)
    solving = add("solve", _solve, "find the input that brings a wanted result", on_inputs, as_json)
    solving.add_argument("--for", dest="unknown", metavar="INPUT", help="the input to find")
    solving.add_argument("--output", help="the result to aim for")
    solving.add_argument("--target", default="", help="what it should be, or reach")
    writing = add("workbook", _workbook, "write a spreadsheet whose results are formulas", on_inputs)
    writing.add_argument("--output", type=Path, metavar="FILE", required=True, help="the .xlsx file to write")
    planning = add("calendar", _calendar, "write the days of a plan for a calendar program", on_inputs)
    planning.add_argument("--output", type=Path, metavar="FILE", required=True, help="the .ics file to write")
    analysing = add("analyse", _analyse, "read a deals export, or a table, and see the pipeline in it", as_json)
    command_line.add_arguments(analysing)
    waterfall_command_line.add_arguments(
        add(
            "waterfall",
            waterfall_command_line.compare_files,
            "see what became of a period's pipeline between two exports",
            as_json,
        )
    )
    writing_sql = add("sql", warehouse.run_sql, "print the SQL of a figure, for the warehouse that holds the deals")
    warehouse.add_sql_arguments(writing_sql)
    return parser


def _analyse(options: argparse.Namespace) -> int:
    if options.table is not None or options.on is not None:
        return warehouse.run(options)
    return command_line.run(options)


def _currency_code(text: str) -> str:
    """Return the code in capitals; "" is none."""
    if text and not (len(text) == _LETTERS_OF_A_CURRENCY and text.isascii() and text.isalpha()):
        raise argparse.ArgumentTypeError(f"{text!r} is no currency code such as EUR")
    return text.upper()


def _list(options: argparse.Namespace) -> int:
    gettext = catalogue(options.language).gettext
    rows = [
        {
            "calculator": calculator.id,
            "title": gettext(calculator.title),
            "question": gettext(calculator.question),
            "inputs": list(calculator.input_fields),
            "outputs": list(calculator.result_fields),
        }
        for calculator in all_calculators().values()
    ]
    if options.json:
        _print(_json(rows))
    else:
        width = max(len(str(row["calculator"])) for row in rows)
        for row in rows:
            _print(f"{row['calculator']:<{width}}  {row['question']}")
    return 0


def _run(options: argparse.Namespace) -> int:
    result = _result(options)
    if options.typed:
        # As the page does: how a number was read that somebody else would read otherwise.
        fields = result.calculator.input_fields
        typed = {
            name: raw
            for name, raw in _read_inputs(options).items()
            if isinstance(raw, str) and fields[name].kind != "table"
        }
        for remark in remarks_json(result.calculator, typed, options.language, options.currency):
            print(f"{remark['input']}: {remark['text']}", file=sys.stderr)
    _print(_json(result.to_json()) if options.json else _text(result))
    return 0


def _solve(options: argparse.Namespace) -> int:
    result = _result(options)
    target = _target(result, options)
    found = solve(result, options.unknown, options.output, target)
    text = solution_text(result, options.unknown, options.output, found)
    if not options.json:
        _print(text)
        return 0
    inputs = result.to_json()["inputs"]
    del inputs[options.unknown]
    reachable = None if found.lowest is None or found.highest is None else [found.lowest, found.highest]
    _print(
        _json(
            {
                "calculator": options.calculator,
                "inputs": inputs,
                "for": options.unknown,
                "output": options.output,
                "target": json_number(target),
                "solutions": [
                    {
                        "value": json_number(solution.value),
                        "output": json_number(solution.output),
                        "rounded": json_number(solution.typed),
                        "edge": solution.edge,
                    }
                    for solution in found.solutions
                ],
                "goal": found.goal,
                "always": found.is_always_reached,
                "jump": found.jump
                and {name: json_number(getattr(found.jump, name)) for name in ("at", "before", "after")},
                "reachable": reachable and [json_number(end) for end in reachable],
                "text": text,
            }
        )
    )
    return 0


def _target(result: Result, options: argparse.Namespace) -> Decimal:
    """Read the goal in the unit of its result; raises InvalidInputs, also for names that cannot be solved for."""
    calculator = result.calculator
    if not calculator.variable_inputs or not calculator.figures:
        raise InvalidInputs([InvalidInput("for", "nothing_to_solve")])
    errors = []
    for name, kind, names in (
        (options.unknown, "for", calculator.variable_inputs),
        (options.output, "output", calculator.figures),
    ):
        if name is None:
            errors.append(InvalidInput(kind, "no_choice_made", names=", ".join(names)))
        elif name not in names:
            errors.append(InvalidInput(kind, "not_a_choice", typed=name, names=", ".join(names)))
    if errors:
        raise InvalidInputs(errors)
    field, numerals = calculator.figures[options.output].without_limits(), result.numerals
    try:
        if options.typed or not options.target.strip():
            target = field.read_text("target", options.target, numerals)
        else:
            target = field.read_value("target", options.target)
        assert target is not None  # it is not optional
        if target and abs(target.adjusted()) > _FARTHEST_POWER:
            raise InvalidInput("target", "not_a_number", typed=options.target, example=field)
    except InvalidInput as error:
        raise InvalidInputs([error]) from None
    return target


def _workbook(options: argparse.Namespace) -> int:
    result = _result(options)
    try:
        # Here and not above: the library behind it is an extra.
        from calculators.core.taking_along.workbook import write_workbook
    except ModuleNotFoundError as missing:
        _print(f"{missing.name} is missing: install this package with its extra “workbook”.", file=sys.stderr)
        return FAILED
    return _write(options.output, write_workbook(result))


def _calendar(options: argparse.Namespace) -> int:
    result = _result(options)
    if result.calculator.calendar is None:
        names = ", ".join(name for name, calculator in all_calculators().items() if calculator.calendar)
        raise InvalidInputs([InvalidInput("calculator", "not_a_choice", typed=result.calculator.id, names=names)])
    return _write(options.output, as_calendar(result).encode())


def _write(path: Path, content: bytes) -> int:
    try:
        path.write_bytes(content)
    except OSError as error:
        _print(f"{path}: {error.strerror}", file=sys.stderr)
        return FAILED
    return 0


def _result(options: argparse.Namespace) -> Result:
    """Run the calculator on the inputs, as programs or as people write them."""
    read = run_typed if options.typed else run
    given = _read_inputs(options)
    if options.numbers is not None:
        given |= _from_numbers(options, given)
    return read(options.calculator, given, options.language, options.currency)


def _from_numbers(options: argparse.Namespace, given: dict[str, Any]) -> dict[str, str]:
    """Return the numbers of a file for inputs that are not given, as the other inputs are written, and say which."""
    try:
        calculator = find(options.calculator)
        text = options.numbers.read_text(encoding="utf-8-sig")
    except InvalidInput as error:
        raise InvalidInputs([error]) from None
    except (OSError, ValueError):
        raise InvalidInputs([InvalidInput("numbers", "unreadable_numbers")]) from None
    gettext, writing = catalogue(options.language).gettext, numerals(options.language)
    taken = {}
    for name, known in filled_in(calculator, given, read_file(text)).items():
        field = calculator.input_fields[name]
        taken[name] = str(field.write_text(known.value, writing)) if options.typed else handed_on(known.value)
        # Beside the result and not in it: what is piped on holds the inputs as they were used.
        shown = " · ".join(filter(None, (field.show(known.value, writing), str(options.numbers), known.day)))
        _print(f"{gettext(field.label)}: {shown}", file=sys.stderr)
    return taken


def _read_inputs(options: argparse.Namespace) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    if options.inputs is not None:
        try:
            with options.inputs.open("rb") as file:
                content = file.read(_LARGEST_FILE + 1)
            # From bytes, JSON finds out itself which Unicode it is, as Windows writes it too.
            read = json.loads(content) if len(content) <= _LARGEST_FILE else None
        except (OSError, ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise InvalidInputs([InvalidInput("inputs", "unreadable_inputs")])
        inputs.update(read)
    for pair in options.pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise InvalidInputs([InvalidInput(pair, "unreadable_inputs")])
        inputs[name] = value
    return inputs


def _text(result: Result) -> str:
    lines = [result.headline, ""]
    for name, field in result.shown_fields.items():
        sample = result.sample(name)
        size = f" (n = {sample})" if sample else ""
        lines.append(f"{result.gettext(field.label)}: {result.text(name) or '–'}{size}")
        if name in result.calculator.working and result.text(name) is not None and (steps := result.working(name)):
            lines.append(f"  = {steps}")
    sentences = dict.fromkeys(result.note_text(note) for note in result.notes)
    return "\n".join([*lines, *(f"! {sentence}" for sentence in sentences)])


def _json(value: Any) -> str:
    """Return JSON; what the terminal cannot show, and halves of characters, are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return json.dumps(value, indent=2)
    return text


def _print(text: str, file: TextIO | None = None) -> None:
    """Print a text, with escapes for what the terminal cannot show."""
    stream = file or sys.stdout
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def _run_and_flush() -> int:
    """Run the command line for a terminal or a pipe that may not take all of what is printed."""
    try:
        status = main()
        sys.stdout.flush()
    except OSError as error:
        # Python would try again on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # `… | head` has what it wanted
        print(error.strerror, file=sys.stderr)
        return FAILED
    return status


if __name__ == "__main__":
    sys.exit(_run_and_flush())
