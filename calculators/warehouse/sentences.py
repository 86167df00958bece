"""What is said of tables and connections, and what the analyser says of lines, which a table does not have."""

from calculators.core.words.messages import _

REFUSALS = {
    "extra_missing": _("“{name}” is missing: install this package with its extra “warehouse”."),
    "engine_missing": _(
        "“{on}” cannot be reached from here: “{name}” is missing. Install what Ibis needs for this engine."
    ),
    "unknown_engine": _(
        "“{on}” names no engine that is known here. Write it like this: duckdb:///deals.db, or name a folder of "
        "Parquet or CSV files."
    ),
    "unreachable": _("“{on}” cannot be reached: {reason}"),
    "unknown_table": _("There is no table “{table}” in “{on}”. Its tables are: {names}."),
    "no_files": _("“{on}” holds no Parquet or CSV files of “{table}”."),
    "no_permission": _("“{on}” does not let this user read “{table}”: {reason}"),
    "missing_column": _("The table has no column “{column}”. Its columns are: {names}."),
    "wrong_type": _("The column “{column}” holds {found}; what is needed is {wanted}."),
    "engine_failed": _("“{on}” has given no answer: {reason}"),
    "files_alone": _("{option} is for files. What it does, a view of the table can do in the warehouse."),
    "on_missing": _("Say with --on where the table is, as in --on duckdb:///deals.db."),
    "file_and_table": _("Give either a file or a table with --on, not both."),
    "unknown_figure": _("There is no SQL for “{typed}”. There is some for: {names}."),
    "unknown_dialect": _("“{typed}” is no dialect that is known here. Known are: {names}."),
    "no_sql": _("{dialect} has no way to say “{figure}”: {reason}"),
    "recurring_ids": _(
        "Whether rows with one id are one deal is decided in a view of the table; here, each row counts as a deal."
    ),
}

# In place of sentences that name lines, by the analyser's codes.
WITHOUT_LINES = {
    "duplicate_ids": _("Rows with an id that another, different row has: {rows}. All of them count."),
    "outlying_amounts": _("Amounts more than 10,000 times the middle one: {deals}. They count; check them first."),
    "closed_in_future": _("Left out, closed on a day that is not yet: {deals} of {of} deals."),
    "without_dates": _("Left out, without both dates: {deals} of {of} deals."),
    "without_close_date": _("In no period, without a closing date: {deals} of {of} won deals."),
    "negative_cycle": _("Left out, closed before they were created: {deals} of {of} deals."),
}

# Heads the SQL that `sql` prints, beside the name of the dialect.
RUN_HERE = _("run here: its figures equal those of plain Python in the tests")
GENERATED = _("generated, not run")

# The figures whose SQL stands on a page, by their names in the answer (tools/pages/warehouse.py).
FIGURES = {
    "win_rate": _("Win rate by count"),
    "win_rate_by_value": _("Win rate by value"),
    "deal_size": _("Mean and median deal size"),
    "cycle": _("Sales cycle length of won and lost deals"),
    "cycle_of_won": _("Sales cycle length of won deals"),
    "velocity": _("Opportunities and actual revenue per day"),
    "cohorts": _("Outcomes of the deals created in each quarter"),
    "coverage": _("Value of the open deals, and what was won in this quarter"),
    "revenue": _("Revenue by quarter"),
    "revenue_by_month": _("Revenue by month"),
    "stages": _("Open deals by stage"),
    "stalled": _("Deals that stand still"),
    "forecast": _("Weighted value of the open deals"),
}
