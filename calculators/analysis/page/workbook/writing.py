"""An analysis as an XLSX workbook: figures and tables as formulas over the deals, written with XlsxWriter.

In the browser that library comes with an archive when the first workbook is asked for; so nothing here imports it
before a workbook is written (see tools/runtime/archive_modules.py).
"""

import io

from calculators.analysis.analyse import Analysis
from calculators.analysis.figures.view import View
from calculators.analysis.page.view import page_of
from calculators.analysis.page.workbook.book import Book
from calculators.analysis.page.workbook.cells import Sheet
from calculators.analysis.page.workbook.deal_columns import MOST_DEALS, DealColumns
from calculators.analysis.page.workbook.figure_formulas import live_figures
from calculators.analysis.page.workbook.figures_sheet import FiguresSheet
from calculators.analysis.page.workbook.file_sheets import SET_ASIDE, how_read, set_aside
from calculators.analysis.page.workbook.tables_sheet import TablesSheet
from calculators.analysis.page.writing import Writing
from calculators.analysis.report.answer import answer
from calculators.core.words.messages import _

_TITLE = _("Sales pipeline: {file}")
_DEALS = _("Deals")


def analysis_workbook(analysis: Analysis, language: str = "en", currency: str = "", site: str = "") -> bytes:
    """Return an analysis as an XLSX file with labels in a language.

    Amounts are shown in `currency`, "" for that of the file. `site` is the address of the pages of the language
    ("https://example.org/en/"), for links. Raises ModuleNotFoundError where XlsxWriter is not installed.
    """
    # First, so that it is what the browser is told to be missing.
    import xlsxwriter

    from calculators.core.taking_along.workbook import FormulasAsTheyAre

    understood = analysis.understood
    write = Writing(language, currency or understood.currency)
    answered, view = answer(analysis, language), View(understood.deals, understood.circumstances)
    page = page_of(answered, view, write, each_alone=True)
    deals_sheet = write.say(_DEALS)
    deals = DealColumns(analysis, view, write, Sheet(name=deals_sheet, widths=[]).reference)
    tables_sheet = TablesSheet(page, analysis.figures, deals, write)
    tables = tables_sheet.write()
    live = live_figures(analysis, view, deals)
    figures_sheet = FiguresSheet(page, live, write, site)
    too_many = None
    if len(understood.deals) > MOST_DEALS:
        too_many = write.deals(len(understood.deals)), write.deals(MOST_DEALS)
    title = write.say(_TITLE, file=understood.loaded.table.facts.name)
    figures = figures_sheet.write(title, answered["as_of"]["reason"], deals_sheet, too_many)
    places = figures_sheet.places | tables_sheet.places
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        workbook.set_properties({"title": title})
        book = Book(workbook, FormulasAsTheyAre, write, places)
        book.sheet(figures)
        book.sheet(tables)
        book.deals(deals_sheet, deals)
        book.rows(write.say(SET_ASIDE), *set_aside(analysis, write))
        book.sheet(how_read(answered, page, write))
    return file.getvalue()
