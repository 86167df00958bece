"""`python -m calculators analyse --table deals --on duckdb:///deals.db` and `python -m calculators sql FIGURE`."""

import argparse
import json
import sys
from typing import Any

from calculators.analysis.command_line import _amount, _day, decisions
from calculators.analysis.gate.choices import Choices
from calculators.analysis.page.about import Answered
from calculators.analysis.page.as_text import as_text
from calculators.analysis.page.headline import headline
from calculators.analysis.page.view import _SECTIONS, _said_once, _says_something
from calculators.analysis.page.writing import Writing
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report.answer import REFUSED, refusal
from calculators.core.words.catalogue import catalogue
from calculators.warehouse.refusing import DOMAIN, WarehouseRefused, refusal_text
from calculators.warehouse.sentences import GENERATED, RUN_HERE

ANSWERED = 0
_OF_FILES = ("mapping", "save_mapping", "history", "sheet", "set_aside", "clean", "workbook")
# A message of the analyser's, in its words.
_AS_OF = "As of {date}: {reason}"


def run(options: argparse.Namespace) -> int:
    """Answer for a table; return 0, 2 where it cannot be used, or 3 where something is in doubt."""
    try:
        analysis, answered = _answered(options)
    except Refused as refused:
        return _refuse(refused, options)
    if options.json:
        _print(json.dumps(answered, ensure_ascii=False, indent=2))
    else:
        _print(_text(analysis, answered, options.language))
    return int(analysis.status)


def _answered(options: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    if options.file is not None:
        raise WarehouseRefused("file_and_table")
    if options.on is None:
        raise WarehouseRefused("on_missing")
    for name in _OF_FILES:
        if getattr(options, name) is not None:
            raise WarehouseRefused("files_alone", option=f"--{name.replace('_', '-')}")
    choices = Choices(
        options=decisions(options.decide),
        as_of=None if options.as_of is None else _day(options.as_of),
        quota=None if options.quota is None else _amount(options.quota, options.language),
    )
    try:
        # Here and not above: the libraries behind it are an extra.
        from calculators.warehouse.answer import analyse_table, answer
        from calculators.warehouse.connecting import connect
    except ModuleNotFoundError as missing:
        raise WarehouseRefused("extra_missing", name=missing.name) from None
    connection = connect(options.on, options.table or "deals")
    try:
        analysis = analyse_table(connection, choices, by=options.by)
        return analysis, answer(analysis, options.language)
    finally:
        connection.close()


def _text(analysis: Any, answered: dict[str, Any], language: str) -> str:
    write = Writing(language, analysis.understood.currency)
    about = Answered(answered, write)
    sections = [section for make in _SECTIONS if _says_something(section := make(about))]
    day, reason = answered["as_of"]["date"], answered["as_of"]["reason"]
    page = {
        "headline": headline(about),
        "as_of": {"text": write.say(_AS_OF, date=write.date(day), reason=reason) if day else ""},
        "sections": [_said_once(section, write).to_json() for section in sections],
    }
    return as_text(answered, page, language)


def add_sql_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `sql` takes."""
    parser.add_argument("figure", help="a figure by its name in the answer of `analyse`: win_rate, cycle, revenue …")
    parser.add_argument("--dialect", default="duckdb", help="the engine's: duckdb, postgres, snowflake, bigquery …")
    parser.add_argument("--table", default="deals", metavar="NAME", help="the name of the table in the SQL")
    parser.add_argument("--as-of", metavar="DAY", help="when open deals are looked at; else, the day the SQL runs")


def run_sql(options: argparse.Namespace) -> int:
    """Print the SQL of a figure, headed by whether it is run in the tests; return 0, or 2 where there is none."""
    try:
        as_of = None if options.as_of is None else _day(options.as_of)
        try:
            from calculators.warehouse import sql
        except ModuleNotFoundError as missing:
            raise WarehouseRefused("extra_missing", name=missing.name) from None
        text = sql.sql_of(options.figure, options.dialect, as_of, options.table)
    except Refused as refused:
        return _refuse(refused, options)
    is_run = options.dialect in sql.RUN_HERE
    said = catalogue(options.language, DOMAIN).gettext(RUN_HERE if is_run else GENERATED)
    _print(f"-- {options.figure}, {options.dialect}: {said}\n{text}")
    return ANSWERED


def _refuse(refused: Refused, options: argparse.Namespace) -> int:
    if isinstance(refused, WarehouseRefused):
        entry = {"code": refused.code, "text": refusal_text(refused, options.language)}
        if refused.column is not None:
            entry["column"] = refused.column
        answered = {"errors": [entry]}
    else:
        answered = refusal(refused, options.language)
    if getattr(options, "json", False):
        _print(json.dumps(answered, ensure_ascii=False, indent=2))
    else:
        print(answered["errors"][0]["text"], file=sys.stderr)
    return REFUSED


def _print(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
