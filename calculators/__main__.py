"""The command line: `python -m calculators list` and `python -m calculators run NAME input=value …`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from calculators.core.calculator import all_calculators
from calculators.core.catalogue import LANGUAGES, catalogue
from calculators.core.outcome import InvalidInput, InvalidInputs
from calculators.core.run import Result, error_json, run

BAD_INPUT = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0, or 2 for bad input."""
    parser = _parser()
    options, further = parser.parse_known_args(arguments)
    # argparse takes no pairs after an option, people write them there.
    if any(argument.startswith("-") for argument in further) or (further and options.command is not _run):
        parser.error(f"unrecognized arguments: {' '.join(further)}")
    options.pairs = [*getattr(options, "pairs", []), *further]
    try:
        return int(options.command(options))
    except InvalidInputs as refused:
        errors = [error_json(error, options.language) for error in refused.errors]
        if options.json:
            print(_json({"errors": errors}))
        else:
            for error in errors:
                print(f"{error['input']}: {error['text']}", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m calculators", description="B2B sales pipeline calculators.")
    commands = parser.add_subparsers(required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print JSON with full-precision numbers")
    common.add_argument("--language", choices=LANGUAGES, default="en", help="language of labels and sentences")

    listing = commands.add_parser("list", parents=[common], help="list the calculators")
    listing.set_defaults(command=_list)

    running = commands.add_parser("run", parents=[common], help="run a calculator")
    running.add_argument("calculator", help="its id, as `list` prints it")
    running.add_argument("pairs", nargs="*", metavar="input=value", help="inputs left out take their default")
    running.add_argument("--inputs", type=Path, metavar="FILE", help="a JSON file with an object of inputs")
    running.set_defaults(command=_run)
    return parser


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
