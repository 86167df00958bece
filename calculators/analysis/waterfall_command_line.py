"""`python -m calculators waterfall FIRST SECOND --period 2026-Q3`: two exports of the same deals in a terminal."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from calculators.analysis.analyse import Analysis, analyse
from calculators.analysis.command_line import decisions, mapping_in, print_text
from calculators.analysis.comparing.periods import period_from
from calculators.analysis.comparing.sentences import NOTES
from calculators.analysis.comparing.two_exports import CALCULATOR, Waterfall, compare
from calculators.analysis.gate.choices import Choices
from calculators.analysis.page.sending import address
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report.answer import REFUSED, refusal
from calculators.analysis.report.saying import Saying
from calculators.core.running.run import Result, run

# Steps whose deals are named without --json: those that a review asks about.
_NAMED = ("pushed_out", "lost", "reopened")
_MOST_NAMED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `waterfall` takes."""
    parser.add_argument("first", type=Path, help="the earlier export of the deals, open and closed: CSV, TSV or XLSX")
    parser.add_argument("second", type=Path, help="the later export of the same deals")
    parser.add_argument(
        "--period", required=True, help="2026-Q3, 2026-07, or a first and a last day: 2026-07-01..2026-09-30"
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping saved by analyse, for both files")
    parser.add_argument(
        "--decide", action="append", default=[], metavar="CODE=VALUE", help="decide a doubt, in both files"
    )


def compare_files(options: argparse.Namespace) -> int:
    """Compare two exports and print the waterfall; return 0, or 2 where they cannot be compared."""
    try:
        choices = Choices(mapping=mapping_in(options.mapping), options=decisions(options.decide))
        period = period_from(options.period)
        first, second = (_read(path, choices) for path in (options.first, options.second))
        waterfall = compare(first.understood, second.understood, period)
    except Refused as refused:
        answered = refusal(refused, options.language)
        if options.json:
            print_text(json.dumps(answered, ensure_ascii=False, indent=2))
        else:
            print(answered["errors"][0]["text"], file=sys.stderr)
        return REFUSED
    result = run(CALCULATOR, waterfall.inputs, options.language, first.understood.currency)
    said = Saying(options.language, first.understood.currency)
    notes = [said.text(NOTES[note.code], note.values) for note in waterfall.notes]
    if options.json:
        print_text(json.dumps(_as_json(result, waterfall, notes, first, second), ensure_ascii=False, indent=2))
    else:
        print_text("\n".join(_lines(result, waterfall, notes)))
    return 0


def _read(path: Path, choices: Choices) -> Analysis:
    """Read one of the files; a refusal names it."""
    try:
        return analyse(path, choices)
    except OSError as error:
        raise Refused("unreadable_file", file=path.name, reason=error.strerror or str(error)) from None
    except Refused as refused:
        refused.values.setdefault("file", path.name)
        raise


def _as_json(
    result: Result, waterfall: Waterfall, notes: list[str], first: Analysis, second: Analysis
) -> dict[str, Any]:
    """Return what `run --json` prints for the calculator, and from which deals it comes."""
    return {
        "period": waterfall.period.name,
        "files": [
            {
                "name": each.loaded.table.facts.name,
                "deals": len(each.understood.deals),
                "as_of": each.understood.as_of.date and each.understood.as_of.date.isoformat(),
            }
            for each in (first, second)
        ],
        **result.to_json(),
        "deals": waterfall.deals,
        "said_of_files": [{"code": note.code, "text": text} for note, text in zip(waterfall.notes, notes, strict=True)],
        "link": address(CALCULATOR, waterfall.inputs, first.understood.currency),
    }


def _lines(result: Result, waterfall: Waterfall, notes: list[str]) -> list[str]:
    fields, steps = result.calculator.output_fields, result.figures.steps
    lines = [result.headline, ""]
    for row in fields["steps"].show_rows(steps, result.numerals):  # type: ignore[attr-defined]  # it is a table
        lines.append("  ".join(row))
    lines.append("")
    for name in ("slippage_by_count", "slippage_by_value"):
        lines.append(f"{result.gettext(fields[name].label)}: {result.text(name) or '–'}")
    names = {step.lower().replace(" ", "_"): step for step in (row.step for row in steps)}
    for step in _NAMED:
        if ids := waterfall.deals[step]:
            more = ["…"] if len(ids) > _MOST_NAMED else []
            lines.append(f"{result.gettext(names[step])}: {', '.join([*ids[:_MOST_NAMED], *more])}")
    cautions = dict.fromkeys([*(result.note_text(note) for note in result.notes), *notes])
    return [*lines, *(f"! {text}" for text in cautions)]
