"""`python -m calculators analyse FILE`: the analyser in a terminal."""

import argparse
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from calculators.analysis.analyse import Analysis, analyse
from calculators.analysis.figures.view import View
from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.gate.roles import ROLES
from calculators.analysis.page.as_text import as_text
from calculators.analysis.page.view import page_of
from calculators.analysis.page.workbook.writing import analysis_workbook
from calculators.analysis.page.writing import Writing
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report.answer import REFUSED, answer, refusal, status
from calculators.analysis.report.files import clean_csv, set_aside_csv
from calculators.core.numbers.numerals import numerals

FAILED = 1
_LARGEST_MAPPING = 10_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `analyse` takes."""
    parser.add_argument("file", nargs="?", help="a CSV, TSV or XLSX file of deals; - reads standard input")
    parser.add_argument("--table", metavar="NAME", help="in place of a file: a table of deals, where --on says")
    parser.add_argument(
        "--on", metavar="WHERE", help="duckdb:///deals.db, postgres://…, a folder of Parquet or CSV files …"
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping saved before, as JSON")
    parser.add_argument("--save-mapping", type=Path, metavar="FILE", help="save how the file was understood")
    parser.add_argument(
        "--decide", action="append", default=[], metavar="CODE=VALUE",
        help="decide a doubt: date_order=day_first, outcome:X=lost, currency=EUR …",
    )  # fmt: skip
    parser.add_argument("--as-of", metavar="DAY", help="the day on which open deals are looked at, as 2026-09-30")
    parser.add_argument("--quota", metavar="AMOUNT", help="the quota of the current quarter")
    parser.add_argument("--history", metavar="FILE", help="a file with one row per change of stage")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook")
    parser.add_argument(
        "--by", action="append", default=[], metavar="COLUMN", help="slice by a role (owner, size …) or a header"
    )
    parser.add_argument("--set-aside", type=Path, metavar="FILE", help="write the rows set aside as CSV")
    parser.add_argument("--clean", type=Path, metavar="FILE", help="write the deals as they were understood as CSV")
    parser.add_argument("--workbook", type=Path, metavar="FILE", help="write figures and deals as .xlsx with formulas")


def run(options: argparse.Namespace) -> int:
    """Analyse a file and print the answer; return 0, 2 where it cannot be used, or 3 where something is in doubt.

    Where the library that writes workbooks is missing, return 1.
    """
    try:
        analysis = _analysis(options)
        _check_slices(analysis, options.by)
    except OSError as error:
        return _refuse(Refused("unreadable_file", reason=error.strerror or str(error)), options)
    except Refused as refused:
        return _refuse(refused, options)
    try:
        if not _write_files(analysis, options):
            return FAILED
    except OSError as error:
        return _refuse(Refused("unwritable_file", reason=error.strerror or str(error)), options)
    if options.json:
        print_text(json.dumps(answer(analysis, options.language), ensure_ascii=False, indent=2))
    else:
        print_text(_text(analysis, options.language))
    return status(analysis)


def _analysis(options: argparse.Namespace) -> Analysis:
    choices = Choices(
        mapping=mapping_in(options.mapping),
        options=decisions(options.decide),
        as_of=None if options.as_of is None else _day(options.as_of),
        quota=None if options.quota is None else _amount(options.quota, options.language),
    )
    source: Any = sys.stdin.buffer if options.file == "-" else Path(options.file)
    return analyse(
        source,
        choices,
        name="-" if options.file == "-" else None,
        sheet=options.sheet,
        history=None if options.history is None else Path(options.history),
        by=options.by,
    )


def mapping_in(path: Path | None) -> Mapping:
    """Return the mapping that a file holds; an empty one without a file. Raises Refused, and OSError."""
    if path is None:
        return Mapping()
    with path.open("rb") as file:
        content = file.read(_LARGEST_MAPPING + 1)
    try:
        read = json.loads(content) if len(content) <= _LARGEST_MAPPING else None
    except (ValueError, RecursionError):
        read = None
    return Mapping.from_json(read)


def decisions(pairs: list[str]) -> Mapping:
    """Return what was decided by pairs of CODE=VALUE. Raises Refused."""
    decided = Mapping()
    for pair in pairs:
        # A word may hold the sign itself: the last one counts.
        code, equals, value = pair.rpartition("=")
        if not equals:
            raise Refused("unknown_decision", typed=pair[:200], names="CODE=VALUE")
        decided = decided.with_decision(code, value)
    return decided


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("not_a_day", typed=text[:100]) from None


def _amount(text: str, language: str) -> Decimal:
    """Return an amount as programs or people of the language write it. Raises Refused."""
    try:
        amount = Decimal(text) if text.replace(".", "", 1).isdecimal() else numerals(language).read(text)
    except (ArithmeticError, ValueError):
        raise Refused("not_an_amount", typed=text[:100]) from None
    if not amount.is_finite() or amount < 0:
        raise Refused("not_an_amount", typed=text[:100])
    return amount


def _check_slices(analysis: Analysis, names: list[str]) -> None:
    headers = [profile.name for profile in analysis.loaded.profiles]
    for name in names:
        if name not in ROLES and name != "size" and name not in headers:
            raise Refused("unknown_column", typed=name, names=", ".join(headers))


def _write_files(analysis: Analysis, options: argparse.Namespace) -> bool:
    """Write what is to be written; say so and return False where the library for workbooks is missing."""
    if options.save_mapping:
        text = json.dumps(analysis.mapping.to_json(), ensure_ascii=False, indent=2)
        options.save_mapping.write_text(text + "\n", encoding="utf-8")
    if options.set_aside:
        options.set_aside.write_text(set_aside_csv(analysis, options.language), encoding="utf-8", newline="")
    if options.clean:
        options.clean.write_text(clean_csv(analysis), encoding="utf-8", newline="")
    if options.workbook:
        try:
            options.workbook.write_bytes(analysis_workbook(analysis, options.language))
        except ModuleNotFoundError as missing:
            print(f"{missing.name} is missing: install this package with its extra “workbook”.", file=sys.stderr)
            return False
    return True


def _refuse(refused: Refused, options: argparse.Namespace) -> int:
    answered = refusal(refused, options.language)
    if options.json:
        print_text(json.dumps(answered, ensure_ascii=False, indent=2))
    else:
        print(answered["errors"][0]["text"], file=sys.stderr)
    return REFUSED


def _text(analysis: Analysis, language: str) -> str:
    answered, understood = answer(analysis, language), analysis.understood
    view = View(understood.deals, understood.circumstances)
    return as_text(answered, page_of(answered, view, Writing(language, understood.currency)), language)


def print_text(text: str) -> None:
    """Print a text, with escapes for what the terminal cannot show."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
