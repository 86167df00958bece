"""The command line: `python -m calculators list`, `run`, `solve` and `workbook NAME input=value …`."""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from calculators.core.calculator import all_calculators
from calculators.core.catalogue import LANGUAGES, catalogue
from calculators.core.fields import json_number
from calculators.core.outcome import InvalidInput, InvalidInputs
from calculators.core.run import Result, error_json, run
from calculators.core.solve import solve
from calculators.core.tools import solution_text

FAILED = 1
BAD_INPUT = 2
_LETTERS_OF_A_CURRENCY = 3


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0, 2 for bad input, or 1 for a file that cannot be written."""
    parser = _parser()
    options, further = parser.parse_known_args(arguments)
    # argparse takes no pairs after an option, people write them there.
    if any(argument.startswith("-") for argument in further) or (further and options.command is _list):
        parser.error(f"unrecognized arguments: {' '.join(further)}")
    options.pairs = [*getattr(options, "pairs", []), *further]
    try:
        return int(options.command(options))
    except InvalidInputs as refused:
        errors = [error_json(error, options.language) for error in refused.errors]
        if getattr(options, "json", False):
            print(_json({"errors": errors}))
        else:
            for error in errors:
                print(f"{error['input']}: {error['text']}", file=sys.stderr)
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

    listing = commands.add_parser("list", parents=[as_json, in_language], help="list the calculators")
    listing.set_defaults(command=_list)

    running = commands.add_parser("run", parents=[on_inputs, as_json, in_language], help="run a calculator")
    running.set_defaults(command=_run)

    solving = commands.add_parser(
        "solve", parents=[on_inputs, as_json, in_language], help="find the input that brings a wanted result"
    )
    solving.add_argument("--for", dest="unknown", required=True, metavar="INPUT", help="the input to find")
    solving.add_argument("--output", required=True, help="the result to aim for")
    solving.add_argument("--target", required=True, help="what it shall be")
    solving.set_defaults(command=_solve)

    writing = commands.add_parser(
        "workbook", parents=[on_inputs, in_language], help="write a spreadsheet whose results are formulas"
    )
    writing.add_argument("--output", type=Path, metavar="FILE", required=True, help="the .xlsx file to write")
    writing.add_argument("--currency", type=_currency_code, default="", help="a code such as EUR; nothing is converted")
    writing.set_defaults(command=_workbook)
    return parser


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
        print(_json(rows))
    else:
        width = max(len(str(row["calculator"])) for row in rows)
        for row in rows:
            print(f"{row['calculator']:<{width}}  {row['question']}")
    return 0


def _run(options: argparse.Namespace) -> int:
    result = run(options.calculator, _read_inputs(options), options.language)
    print(_json(result.to_json()) if options.json else _text(result))
    return 0


def _solve(options: argparse.Namespace) -> int:
    result = run(options.calculator, _read_inputs(options), options.language)
    target = _target(result, options)
    found = solve(result, options.unknown, options.output, target)
    text = solution_text(result, options.unknown, options.output, found)
    if not options.json:
        print(text)
        return 0
    inputs = result.to_json()["inputs"]
    del inputs[options.unknown]
    reachable = None if found.lowest is None or found.highest is None else [found.lowest, found.highest]
    print(
        _json(
            {
                "calculator": options.calculator,
                "inputs": inputs,
                "for": options.unknown,
                "output": options.output,
                "target": json_number(target),
                "solutions": [
                    {"value": json_number(solution.value), "output": json_number(solution.output)}
                    for solution in found.solutions
                ],
                "reachable": reachable and [json_number(end) for end in reachable],
                "text": text,
            }
        )
    )
    return 0


def _target(result: Result, options: argparse.Namespace) -> Decimal:
    """Read the goal in the unit of its result; raises InvalidInputs, also for names that cannot be solved for."""
    calculator = result.calculator
    errors = []
    for name, kind, names in (
        (options.unknown, "for", calculator.variable_inputs),
        (options.output, "output", calculator.figures),
    ):
        if name not in names:
            errors.append(InvalidInput(kind, "not_a_choice", typed=name, names=", ".join(names)))
    if errors:
        raise InvalidInputs(errors)
    try:
        target = calculator.figures[options.output].without_limits().read_value("target", options.target)
    except InvalidInput as error:
        raise InvalidInputs([error]) from None
    assert target is not None  # it is not optional
    return target


def _workbook(options: argparse.Namespace) -> int:
    result = run(options.calculator, _read_inputs(options), options.language, options.currency)
    try:
        # Here and not above: the library behind it is an extra.
        from calculators.core.workbook import write_workbook
    except ModuleNotFoundError as missing:
        print(f"{missing.name} is missing: install this package with its extra “workbook”.", file=sys.stderr)
        return FAILED
    try:
        options.output.write_bytes(write_workbook(result))
    except OSError as error:
        print(f"{options.output}: {error.strerror}", file=sys.stderr)
        return FAILED
    return 0


def _read_inputs(options: argparse.Namespace) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    if options.inputs is not None:
        try:
            read = json.loads(options.inputs.read_text(encoding="utf-8"))
        except (OSError, ValueError):
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
    lines = []
    for name, field in result.calculator.result_fields.items():
        sample = result.sample(name)
        size = f" (n = {sample})" if sample else ""
        lines.append(f"{result.gettext(field.label)}: {result.text(name) or '–'}{size}")
        if name in result.calculator.working and result.text(name) is not None:
            lines.append(f"  = {result.working(name)}")
    sentences = dict.fromkeys(result.note_text(note) for note in result.notes)
    return "\n".join([*lines, *(f"! {sentence}" for sentence in sentences)])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    sys.exit(main())
