"""What is said of a file: refusals, reasons of guesses, rows set aside, doubts and their choices."""

from calculators.core.words.messages import _

REFUSALS = {
    "too_many_files": _("Choose one table of deals and, if there is one, the history of its stages."),
    "empty_file": _("This file is empty."),
    "picture": _("This file is a picture, whatever its name says. Export the deals as CSV or XLSX."),
    "pdf": _("This file is a PDF. Export the deals as CSV or XLSX: a PDF cannot be read as a table."),
    "html_table": _(
        "This file is a web page with a table in it, whatever its name says. Open it in a spreadsheet program and save "
        "it as CSV or XLSX."
    ),
    "json": _("This file is JSON. Export the deals as CSV or XLSX."),
    "xml": _("This file is XML. Open it in a spreadsheet program and save it as CSV or XLSX."),
    "archive": _("This file is an archive. Unpack it first, then give the table inside it."),
    "document": _("This file is a text document or a presentation. Export the deals as CSV or XLSX."),
    "password": _("This workbook is protected by a password. Save it without the password, then give it again."),
    "damaged_workbook": _("This workbook is damaged and cannot be opened. Save it again, or export it as CSV."),
    "workbook_reader_missing": _(
        "Workbooks cannot be read here: install this package with its extra “workbook”, or give a CSV file."
    ),
    "unknown_sheet": _("This workbook has no sheet “{typed}”. Its sheets are: {names}."),
    "no_table": _("No sheet of this workbook holds a table."),
    "zip_bomb": _("This workbook would unpack to far more than its size allows, so it was not opened."),
    "binary": _("This file is not text, so it cannot be read as a table. Export the deals as CSV or XLSX."),
    "not_a_table": _("This file is no table. Export the deals as CSV or XLSX."),
    "cell_too_large": _(
        "A cell in line {row} is longer than {most} characters. Take that column out and export again."
    ),
    "unclosed_quote": _("A quotation mark in line {row} is never closed, so the rows after it cannot be told apart."),
    "too_many_columns": _("Line {row} has more than {most} columns, so this is no export of deals."),
    "unreadable_file": _("The file cannot be read: {reason}."),
    "unwritable_file": _("The file cannot be written: {reason}."),
    "unreadable_history": _(
        "The history needs columns for the deal, the stage and the day it was entered. Found: {columns}."
    ),
    "history_alone": _(
        "This looks like a history of stages: {rows} rows, one for each change, about {deals} deals. Give the file "
        "with the deals, and this one together with it."
    ),
    "history_needs_ids": _("Stages can be joined to deals by an id only, and this file of deals has no column of ids."),
    "bad_mapping": _(
        "This is not a file of answers saved by this analyzer: it would hold columns, outcomes and decisions."
    ),
    "not_a_period": _(
        "“{typed}” is no period. Write a quarter, a month, or its first and last day: "
        "2026-Q3, 2026-07, 2026-07-01..2026-09-30."
    ),
    "no_days_of_period": _("Give the first and the last day of the period, the first not after the last."),
    "negative_step": _("In one of the steps, negative amounts outweigh the others, so there is no waterfall."),
    "decide_first": _(
        "“{export}” holds something that only you can decide, so it is not compared yet. {questions} "
        "Open it alone, and answer there."
    ),
    "no_outcomes": _("“{export}” says of no deal whether it is won, lost or open, so nothing can be compared."),
    "no_ids_to_join": _(
        "“{export}” has no column of ids. Export the deals with their id: names change, and may be shared."
    ),
    "no_close_dates": _("“{export}” has no close dates of open deals, so nobody can say which period they belong to."),
    "ids_missing": _("In “{export}”, rows without an id: {rows} ({lines}). They cannot be joined to the other export."),
    "ids_recur": _("In “{export}”, rows with the id of an earlier row: {rows} ({ids}). A deal may stand there once."),
    "no_deal_in_both": _("“{one}” and “{other}” have no deal in common: their ids are all different."),
    "other_currency_then": _("One export is in {one} and the other in {other}: amounts are never converted."),
    "open_deals_only": _(
        "“{export}” holds open deals only, so nobody can say whether the missing ones were won or lost: {deals}. "
        "Export closed deals, too."
    ),
    "unknown_role": _("“{typed}” is nothing a column can be used for. Possible are: {names}."),
    "unknown_meaning": _("“{typed}”: a word can mean {names}."),
    "unknown_decision": _("“{typed}” cannot be decided like that. Possible are: {names}."),
    "unknown_currency": _("No amount is in “{typed}”. The currencies of this file are: {names}."),
    "unknown_column": _("There is no column “{typed}” to group by. The columns are: {names}."),
    "not_a_day": _("“{typed}” is not a date. Write it like this: 2026-09-30."),
    "quota_not_positive": _("A quota is more than zero; “{typed}” is not. Write it like this: 500000."),
    "not_an_amount": _("“{typed}” is not an amount. Write it like this: 500000."),
    "unforeseen": _(
        "Something went wrong that nobody foresaw, so there is no answer to this. What was shown before is unchanged."
    ),
}  # fmt: skip

REFUSED_FILE = _("“{file}” was not opened. {reason}")

ROLES = {
    "deal_id": _("Deal id"),
    "name": _("Name of the deal"),
    "account": _("Account"),
    "owner": _("Owner"),
    "stage": _("Stage"),
    "outcome": _("Outcome"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "created": _("Created on"),
    "closed": _("Closed on"),
    "expected_close": _("Expected close"),
    "probability": _("Probability"),
    "product": _("Product"),
    "source": _("Source"),
    "region": _("Region"),
    "segment": _("Segment"),
    "pipeline": _("Pipeline"),
    "lost_reason": _("Reason for the loss"),
    "last_activity": _("Last activity"),
    "next_step": _("Next step"),
    "age_days": _("Age in days"),
}

# Why a column has its role.
WHY_ROLE = {
    "header": _("Guessed: the header says so, and the values fit."),
    "values": _("Guessed from the values; the header does not say it."),
    "mapping": _("You said so."),
    "remembered": _("From your answers to an earlier file."),
    "": _("Not used for the figures."),
    "empty": _("This column is empty."),
}

# How the dates or numbers of a column are read.
WHY_READING = {
    "above_twelve": _("“{example}” shows which part is the day, and holds for the whole column."),
    "dots": _("Dates with dots have the day first."),
    "short_years": _("The first part is the year: as a day it would make years far apart."),
    "sister_order": _("Its dates alone fit both orders; the column “{other}” decides."),
    "written_out": _("The dates are written so that no order is in doubt."),
    "decided": _("In the order that you chose."),
    "order_open": _("Its dates fit day first and month first: please decide."),
    "mixed_orders": _("Its dates follow two orders: please decide."),
    "shown_mark": _("The decimal mark is {mark}, as some of its numbers show."),
    "sister_mark": _("Its numbers alone fit both marks; the column “{other}” decides."),
    "mark_taken": _("A mark in its numbers could be decimal or of thousands; the question below says which is taken."),
    "no_mark": "",
}

WHY_OUTCOME = {
    "known_word": _("Guessed: a known word."),
    "own_word": _("Guessed: a word of your own, so an open stage."),
    "closed_without_word": _("Only closed deals have a closing date, and these do: won or lost?"),
    "mapping": _("You said so."),
    "remembered": _("From your answers to an earlier file."),
    "number": _("A bare number: what does it mean?"),
    "sure_chance": _("All its deals have a probability of 0% or 100%: won, lost or open?"),
    "unknown_word": _("An unknown word for how deals ended: what does it mean?"),
    "flag": _("A yes or no."),
    "empty": _("Nothing is said about these deals."),
}

SET_ASIDE = {
    "above_header": _("Lines above the headers"),
    "repeated_header": _("Headers again"),
    "group_title": _("Titles of groups"),
    "parts": _("Subitems of a deal"),
    "overlong_row": _("More fields than columns"),
    "total_row": _("Totals"),
    "footer": _("Footer lines"),
    "deleted": _("Marked as deleted"),
    "no_deal": _("No deal: neither id, name, stage, outcome nor an amount"),
    "duplicate_ids": _("The same row again, with the same id"),
    "further_row": _("A further row of a deal"),
    "created_later": _("Created after the day you gave"),
    "other_currency": _("In another currency than the chosen one"),
}

DOUBTS = {
    "date_order": _(
        "Is the day or the month first in: {columns}? The dates fit both, and nothing in the file decides."
    ),
    "history_date_order": _(
        "Is the day or the month first in “{columns}” of the history? The dates fit both, and neither file decides."
    ),
    "mixed_dates": _(
        "The dates in “{column}” follow two orders. A spreadsheet program may have swapped day and month in some of "
        "them."
    ),
    "number_marks": _(
        "“{example}” in “{column}” could be thousands or a number with decimals. Thousands are taken unless you decide."
    ),
    "several_currencies": _("There are amounts in several currencies ({currencies}), which cannot be added up."),
    "repeated_ids": _(
        "{rows} rows have {deals} ids between them. Is this the same deals month by month, or a row for each product "
        "of a deal? Each row counts as a deal unless you decide."
    ),
    "outcome_unknown": _("Closed deals whose status says neither won nor lost: {deals} ({words})."),
    "no_header": _("The first row holds data, not headers. What does each column hold?"),
    "shifted_rows": _(
        "The header has {header} fields and the rows have {fields}: values may stand under the wrong header. "
        "What does each column hold?"
    ),
}  # fmt: skip

CHOICES = {
    "day_first": _("The day comes first"),
    "month_first": _("The month comes first"),
    "year_first": _("The year comes first"),
    "set_aside": _("Leave these dates out"),
    "thousands": _("Thousands"),
    "decimal": _("Decimals"),
    "won": _("{word}: won"),
    "lost": _("{word}: lost"),
    "open": _("{word}: still open"),
    "currency": _("Only deals in {currency}"),
    "each_row": _("Each row is a deal"),
    "last_row": _("One deal for each id: its latest row counts"),
    "added_up": _("One deal for each id: the amounts of its rows are added up"),
    "positions": _("As assigned by column"),
}

AS_OF = {
    "given": _("The day you gave."),
    "latest": _("The latest date in the file that is not in the future, in “{column}”."),
    "no_date": _("The file has no date."),
}
