"""The workbook of an analysis gives in a spreadsheet program what the analyser gives: LibreOffice recalculates it."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from calculators.__main__ import main
from calculators.analysis.analyse import USUAL_SLICES, Analysis, analyse
from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.page.session import Session
from calculators.analysis.page.workbook.writing import analysis_workbook
from calculators.core.words.catalogue import LANGUAGES
from tests.calculators.test_workbook import SPREADSHEET, convert, needs_libreoffice
from tests.maven import MAVEN
from tools.samples.export import sample_of
from tools.samples.team import EXPORTED

TODAY = date(2026, 11, 29)
CLOSENESS = 1e-9
FIGURES, TABLES, DEALS, SET_ASIDE, HOW_READ = range(5)
CACHED = re.compile(rb"(</f>)<v>[^<]*</v>")

type Found = float | str
# By sheet and cell: what it holds.
type Values = dict[tuple[str, str], Found]

SMALL = """\
Deal;Owner;Stage;Amount;Created;Closed;Probability;Note;Pipeline
=HYPERLINK("x");Anna;Won;1000,50;05.01.2026;20.02.2026;;-1+1;New
+49 30 1;anna;Won;2500;12.01.2026;01.03.2026;;@SUM(1);New
Gamma;A*;Lost;800;15.01.2026;30.03.2026;;*x;New
Delta;007;Lost;1200;20.02.2026;10.02.2026;;;New
Epsilon;7;Won;0;01.03.2026;12.04.2026;;;Renewal
Zeta;>5;Lost;;05.03.2026;;;;Renewal
Eta;;Won;750;;22.04.2026;;;Renewal
Theta;Anna;Lost;640;02.04.2026;14.05.2026;;;New
Iota;TRUE;Won;9000;11.04.2026;30.06.2026;;;New
Kappa;Anna;Open;400;20.04.2026;;20%;;New
Lambda;A*;Open;;01.05.2026;;50%;;Renewal
My;007;Open;5100,25;02.06.2026;;70%;;New
Ny;;Open;300;;;10%;;
Total;;;21690,75;;;;;
"""
# Nothing decides whether the day or the month comes first.
IN_DOUBT = """\
Deal,Owner,Status,Amount,Created,Closed
A,Anna,Won,100,01/02/2026,03/04/2026
B,Ben,Won,200,02/03/2026,04/05/2026
C,Anna,Lost,300,03/04/2026,05/06/2026
D,Ben,Lost,400,04/05/2026,06/07/2026
E,Anna,Won,500,05/06/2026,07/08/2026
"""


def analysed(text: str, *by: str, **decided: str) -> Analysis:
    """Analyse a file."""
    options = Mapping()
    for code, value in decided.items():
        options = options.with_decision(code, value)
    return analyse(text.encode(), Choices(options=options), name="deals.csv", by=by or USUAL_SLICES, today=TODAY)


def maven() -> Analysis:
    """Analyse the Maven file."""
    if not MAVEN.is_dir():
        pytest.skip("the Maven data set is absent")
    return analyse(MAVEN / "sales_pipeline.csv", by=("owner", "product"), today=TODAY)


def sample(language: str) -> Analysis:
    """Analyse the sample of a language, with the history of its stages."""
    files = sample_of(language)
    return analyse(
        files.deals,
        Choices(as_of=EXPORTED, quota=Decimal(500_000)),
        name="pipeline.csv",
        history=files.history,
        by=USUAL_SLICES,
        today=TODAY,
    )


CASES: dict[str, tuple[Callable[[], Analysis], str]] = {
    "maven": (maven, "en"),
    "small": (lambda: analysed(SMALL), "en"),
    "small, in Korean": (lambda: analysed(SMALL), "ko"),
    "in doubt": (lambda: analysed(IN_DOUBT), "en"),
    "decided": (lambda: analysed(IN_DOUBT, "owner", date_order="day_first"), "el"),
    **{f"sample {language}": (partial(sample, language), language) for language in LANGUAGES},
}


@cache
def workbook_of(case: str) -> bytes:
    """Write the workbook of a case."""
    make, language = CASES[case]
    return analysis_workbook(make(), language, site="https://example.org/en/")


def cells_of(file: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield every cell with the name of its sheet."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        for number, sheet in enumerate(book.iter(f"{SPREADSHEET}sheet"), start=1):
            content = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            yield from ((sheet.attrib["name"], cell) for cell in content.iter(f"{SPREADSHEET}c"))


def values_of(file: bytes, *, formulas_only: bool = False) -> Values:
    """Return what each cell that holds something holds."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            items = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(text.text or "" for text in item.iter(f"{SPREADSHEET}t")) for item in items]
    values: Values = {}
    for sheet, cell in cells_of(file):
        if formulas_only and cell.find(f"{SPREADSHEET}f") is None:
            continue
        text, kind = cell.findtext(f"{SPREADSHEET}v"), cell.get("t", "n")
        place = (sheet, cell.attrib["r"])
        if kind == "inlineStr":
            values[place] = "".join(part.text or "" for part in cell.iter(f"{SPREADSHEET}t"))
        elif kind == "s":
            values[place] = shared[int(text or 0)]
        elif kind == "n" and text:
            values[place] = float(text)
        else:
            values[place] = text or ""
    return values


def formulas_of(file: bytes) -> dict[tuple[str, str], str]:
    """Return the formula of each cell that has one."""
    found = ((sheet, cell, cell.findtext(f"{SPREADSHEET}f")) for sheet, cell in cells_of(file))
    return {(sheet, cell.attrib["r"]): formula for sheet, cell, formula in found if formula}


def without_values(file: bytes) -> bytes:
    """Return a workbook without any computed value, so that a program must compute all of them."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, CACHED.sub(rb"\1", content) if "worksheets/" in name else content)
    return changed.getvalue()


def texts_of(file: bytes, sheet: int) -> list[list[object]]:
    """Return the rows of a sheet, read by the library that reads exports."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(sheet).to_python()
    return [list(row) for row in rows]


def row_of(file: bytes, sheet: int, label: str) -> list[object]:
    """Return the row that begins with a label."""
    return next(row for row in texts_of(file, sheet) if str(row[0]).removesuffix(" *") == label)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Values]:
    """Let LibreOffice compute every formula of every case."""
    folder = tmp_path_factory.mktemp("workbooks")
    cases = [case for case in CASES if case != "maven" or MAVEN.is_dir()]
    files = {case: folder / f"{number}.xlsx" for number, case in enumerate(cases)}
    for case, path in files.items():
        path.write_bytes(without_values(workbook_of(case)))
    convert(folder, files.values())
    return {case: values_of((folder / "out" / path.name).read_bytes()) for case, path in files.items()}


@needs_libreoffice
@pytest.mark.parametrize("case", CASES)
def test_a_spreadsheet_program_gives_the_same_figures(case: str, recalculated: dict[str, Values]) -> None:
    """Every formula gives the value that stands beside it, which is the analyser's."""
    file = workbook_of(case)
    expected, formulas, found = values_of(file, formulas_only=True), formulas_of(file), recalculated[case]

    wrong = [
        f"{place} is {found.get(place, '')!r}, not {value!r} ({formulas[place]})"
        for place, value in expected.items()
        if not agrees(found.get(place, ""), value)
    ]

    assert len(expected) > 5
    assert wrong == []


def agrees(found: Found, expected: Found) -> bool:
    """Compare a recalculated cell with the analyser's value."""
    if isinstance(expected, float) and isinstance(found, float):
        return abs(found - expected) <= CLOSENESS * max(1, abs(expected))
    return found == expected


@pytest.mark.parametrize("case", [case for case in CASES if case != "maven"])
def test_no_formula_needs_a_prefix(case: str) -> None:
    """XlsxWriter would write every formula as we do: none has a function that files name otherwise."""
    as_written = Worksheet()._prepare_formula

    for formula in formulas_of(workbook_of(case)).values():
        assert as_written(f"={formula}", expand_future_functions=True) == formula


@needs_libreoffice
def test_the_figures_follow_the_deals(tmp_path: Path) -> None:
    """Another amount in the sheet of deals gives what the analyser makes of a file with that amount."""
    file, changed = workbook_of("small"), analysed(SMALL.replace("9000", "9500"))
    copied = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(without_values(file))) as source, zipfile.ZipFile(copied, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<v>9000</v>", b"<v>9500</v>"))
    path = tmp_path / "changed.xlsx"
    path.write_bytes(copied.getvalue())

    convert(tmp_path, [path])

    found = (tmp_path / "out" / path.name).read_bytes()
    size, velocity = changed.figures.deal_size, changed.figures.velocity
    assert size is not None
    assert velocity is not None
    assert row_of(found, FIGURES, "Average deal size")[1] == pytest.approx(float(size.mean))
    live = velocity.readings[0].revenue_per_day
    assert live is not None
    assert row_of(found, FIGURES, "Revenue per day by the formula")[1] == pytest.approx(float(live))


def test_deals_are_days_numbers_and_texts() -> None:
    """A day is a day, an amount a number, a missing one an empty cell; the line and the length of the cycle beside."""
    head, first, *_rest = texts_of(workbook_of("small"), DEALS)

    assert head == [
        "Line", "Name of the deal", "Owner", "Stage", "Pipeline",
        "Outcome", "Amount", "Created on", "Closed on", "Probability", "Sales cycle in days", "Note",
    ]  # fmt: skip
    assert first[:7] == [2.0, '=HYPERLINK("x")', "Anna", "Won", "New", "won", 1000.5]
    assert first[7:10] == [date(2026, 1, 5), date(2026, 2, 20), ""]
    by_name = {row[1]: row for row in texts_of(workbook_of("small"), DEALS)}
    # Decided before it was created, not decided, without a day.
    assert [by_name[name][10] for name in ("Gamma", "Delta", "Kappa", "Zeta")] == [74.0, "", "", ""]
    assert by_name["Epsilon"][6] == 0.0
    assert by_name["Lambda"][6] == ""


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    """It is neither computed now nor when somebody edits its cell."""
    file = workbook_of("small")
    texts = {value: place for place, value in values_of(file).items() if isinstance(value, str)}
    styles = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read("xl/styles.xml"))
    formats = styles.find(f"{SPREADSHEET}cellXfs")
    assert formats is not None
    looks = {(sheet, cell.attrib["r"]): formats[int(cell.get("s", "0"))] for sheet, cell in cells_of(file)}

    for hostile in ('=HYPERLINK("x")', "+49 30 1", "-1+1", "@SUM(1)"):
        assert texts[hostile] not in formulas_of(file)
        assert looks[texts[hostile]].get("quotePrefix") == "1"


def test_an_open_question_leaves_its_figures_empty_and_says_why() -> None:
    """No cell holds a number that depends on the answer; what does not depend on it is there."""
    file = workbook_of("in doubt")

    cycle = row_of(file, FIGURES, "Median sales cycle")
    assert cycle[1:4] == ["", "", ""]
    assert str(cycle[4]).startswith("Waits until it is decided")
    assert row_of(file, FIGURES, "Win rate by count")[1] == 0.6
    assert [str(row[1]) for row in texts_of(file, HOW_READ) if str(row[0]).startswith("Is the day")] == [
        "Not decided yet"
    ]


def test_what_is_no_formula_is_marked() -> None:
    """What only the analyser works out has an asterisk, what is a formula has none."""
    file = workbook_of("sample en")
    labels = [str(row[0]) for row in texts_of(file, FIGURES)]

    assert "Median with the open deals counted *" in labels
    assert "Median sales cycle" in labels
    places = {value: place for place, value in values_of(file).items() if isinstance(value, str)}
    for label in labels:
        sheet, cell = places.get(label, ("", ""))
        if label.endswith(" *"):
            assert (sheet, cell.replace("A", "B")) not in formulas_of(file)


def test_rows_set_aside_stand_with_line_and_reason() -> None:
    """A total is no deal: it is named with its line, as it stands in the file."""
    _head, row = texts_of(workbook_of("small"), SET_ASIDE)

    assert row[:3] == [15.0, "Totals", "Total"]
    assert row[5] == "21690,75"


def test_links_lead_to_the_pages_about_figures() -> None:
    """With the address of the site, each figure has the page about it; without, there is no such column."""
    with zipfile.ZipFile(io.BytesIO(workbook_of("small"))) as archive:
        assert b"https://example.org/en/metrics/win-rate/" in archive.read("xl/worksheets/_rels/sheet1.xml.rels")

    plain = analysis_workbook(analysed(SMALL))

    assert "Read more" not in {value for row in texts_of(plain, FIGURES) for value in row}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_sheets(language: str) -> None:
    """Names of sheets differ from each other and are short enough in each language."""
    names = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(f"sample {language}"))).sheet_names

    assert len(set(names)) == 5
    assert all(len(name) <= 31 for name in names)


def test_of_too_many_deals_the_first_ones_stand_there_and_nothing_is_a_formula(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Formulas over a part of the deals would give other figures than those of all."""
    for module in ("deal_columns", "writing"):
        monkeypatch.setattr(f"calculators.analysis.page.workbook.{module}.MOST_DEALS", 10)

    file = analysis_workbook(analysed(SMALL))

    assert formulas_of(file) == {}
    assert len(texts_of(file, DEALS)) == 11
    assert row_of(file, FIGURES, "Deals in all")[1] == 13.0
    assert "The file has 13 deals and a sheet holds 10 deals" in str(texts_of(file, FIGURES)[2][0])


def with_an_early_day() -> bytes:
    """Return a workbook with a deal that was created in January 1900, as programs write an unknown day."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet, day = workbook.add_worksheet(), workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Deal", "Status", "Amount", "Created", "Closed"])
        for row in range(1, 9):
            sheet.write_row(row, 0, [f"Deal {row}", "Lost" if row % 3 else "Won", 100 * row])
            sheet.write_number(row, 3, 5 if row == 1 else 45_000 + row, day)
            sheet.write_number(row, 4, 45_100 + row, day)
    return file.getvalue()


def test_days_that_spreadsheet_programs_do_not_have_are_texts() -> None:
    """Before March 1900 they count days wrongly, so no figure on time is a formula then; counts still are."""
    file = analysis_workbook(analyse(with_an_early_day(), name="deals.xlsx", today=TODAY))
    formulas, labels = formulas_of(file), {row[0] for row in texts_of(file, FIGURES)}

    assert str(texts_of(file, DEALS)[1][4]).startswith("1900-01-0")
    assert {"Median sales cycle *", "Won"} <= labels
    assert {sheet for sheet, _cell in formulas} == {"Figures", "Tables"}
    assert not any("as_of" in formula or "deal_cycle" in formula for formula in formulas.values())


@needs_libreoffice
@pytest.mark.parametrize("by", ["outcome", "Stage", "amount", "line", "Owner"])
def test_slices_by_any_column_are_right(by: str, tmp_path: Path) -> None:
    """Where the sheet has no column with the same texts, the cells are values; what is a formula is right."""
    text = SMALL.replace("Note;", "line;")
    file = analysis_workbook(analysed(text, by))
    path = tmp_path / "slices.xlsx"
    path.write_bytes(without_values(file))

    convert(tmp_path, [path])

    found = values_of((tmp_path / "out" / path.name).read_bytes())
    expected = values_of(file, formulas_only=True)
    assert {place: value for place, value in expected.items() if not agrees(found.get(place, ""), value)} == {}


def test_the_command_line_writes_a_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--workbook` writes it beside the answer; without the library it says what to install."""
    deals, written = tmp_path / "deals.csv", tmp_path / "out.xlsx"
    deals.write_text(SMALL, encoding="utf-8")

    assert main(["analyse", str(deals), "--workbook", str(written), "--as-of", "2026-06-30"]) == 0
    assert row_of(written.read_bytes(), FIGURES, "Won")[1] == 5.0
    capsys.readouterr()

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert main(["analyse", str(deals), "--workbook", str(written)]) == 1
    assert "install this package with its extra “workbook”" in capsys.readouterr().err


def test_groups_too_small_to_compare_are_grey() -> None:
    """As on the page, whose sentence above the table says so."""
    file = workbook_of("small")
    styles = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read("xl/styles.xml"))
    formats, fonts = styles.find(f"{SPREADSHEET}cellXfs"), styles.find(f"{SPREADSHEET}fonts")
    assert formats is not None
    assert fonts is not None
    values = values_of(file)
    colors = {
        values[sheet, cell.attrib["r"]]: fonts[int(formats[int(cell.get("s", "0"))].get("fontId", "0"))].find(
            f"{SPREADSHEET}color"
        )
        for sheet, cell in cells_of(file)
        if sheet == "Tables" and (sheet, cell.attrib["r"]) in values
    }

    assert colors["007"] is not None
    assert colors["007"].get("rgb") == "FF7B8794"
    assert colors["Q1 2026 (not whole)"] is not None
    assert colors["Q1 2026 (not whole)"].get("rgb") is None


def test_the_page_saves_the_same_workbook(tmp_path: Path) -> None:
    """In the currency that the reader picked; where the library is not there yet, its archive is asked for."""
    deals = tmp_path / "deals.csv"
    deals.write_text(SMALL, encoding="utf-8")
    common = {"language": "el", "currency": "EUR", "filters": {}, "mapping": {}, "as_of": "", "quota": ""}
    read = {"ask": "read", "number": 1, "files": [str(deals)], "sheet": "", "is_remembered": False}
    save = {"ask": "save", "number": 2, "save": "workbook", "rows": "", "site": ""}
    session = Session()
    list(session.asking(json.dumps(common | read)))

    with pytest.MonkeyPatch.context() as without_library:
        without_library.setitem(sys.modules, "xlsxwriter", None)
        steps = [json.loads(step) for step in session.asking(json.dumps(common | save))]
    assert {"number": 2, "needs": "workbook"} in steps

    saved = json.loads(list(session.asking(json.dumps(common | save)))[-1])

    file = Path(saved["written"]["path"]).read_bytes()
    assert saved["name"] == "pipeline.xlsx"
    assert len(texts_of(file, DEALS)) == 14
    assert "€" in zipfile.ZipFile(io.BytesIO(file)).read("xl/styles.xml").decode()
