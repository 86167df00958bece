"""The workbook gives in a spreadsheet program what the calculator gives: LibreOffice recalculates every one of them."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from itertools import batched
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from xlsxwriter.worksheet import Worksheet

import calculators
from calculators.__main__ import main
from calculators.core.declaring.fields import NOTHING, Number
from calculators.core.declaring.records import Field
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table
from calculators.core.numbers.numerals import numerals
from calculators.core.running.run import Result
from calculators.core.taking_along.cell_formulas import column_name
from calculators.core.taking_along.cells import Cell
from calculators.core.taking_along.sheet import lay_out
from calculators.core.taking_along.workbook import write_workbook
from calculators.core.words.catalogue import LANGUAGES
from tests.worked_examples import all_examples

SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA_CELL = re.compile(r'<c r="(\w+)"([^>]*)><f>([^<]*)</f><v>[^<]*</v></c>')
CLOSENESS = 1e-9
# LibreOffice silently leaves out what is beyond some 240 files.
MOST_FILES = 200

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is absent: tools/set_up/libreoffice.sh installs it"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A workbook to be recalculated, and what its cells with formulas must hold then."""

    calculator: str
    name: str
    file: bytes
    expected: list[Cell]
    is_entered: bool = False


type Found = float | str | bool


def results() -> Iterator[tuple[str, Result]]:
    """Run every worked example in English, and every calculator's defaults, in Greek and with smaller numbers."""
    for example in all_examples():
        yield example.name, calculators.run(example.calculator, example.inputs)
    for name in calculators.all_calculators():
        yield "defaults in Greek", calculators.run(name, {}, "el", "EUR")
        yield "every number a tenth smaller", calculators.run(name, smaller_inputs(name))


def smaller_inputs(calculator: str) -> dict[str, object]:
    """Return the defaults with every number a tenth smaller, in tables as well."""
    found = calculators.all_calculators()[calculator]
    return {
        name: smaller(field, field.to_json(found.defaults[name], numerals("en")))
        for name, field in found.input_fields.items()
    }


def smaller(field: Field, value: Any) -> Any:
    """Return a value, as JSON has it, with its numbers a tenth smaller where the field allows it."""
    if isinstance(field, Table):
        return [{name: smaller(cell, row[name]) for name, cell in field.columns.items()} for row in value]
    if isinstance(field, Series):
        return [smaller(field.item, item) for item in value]
    if not isinstance(field, Number) or value is None or field.kind == "day":
        return value
    less = Decimal(str(value)) * Decimal("0.9")
    if field.is_whole:
        less = less.to_integral_value(ROUND_FLOOR)
    return value if field.minimum is not None and less < field.minimum else less


def formula_cells(result: Result) -> list[Cell]:
    """Return the cells that are to follow the inputs."""
    return [cell for cell in lay_out(result).cells if cell.formula is not None]


def cases() -> Iterator[Case]:
    """Every result without its computed values, so that the program must compute them.

    Where a workbook has the formulas of the defaults' one, it is that one with other inputs entered.
    """
    for name, result in results():
        if not result.calculator.spreadsheet:
            continue
        calculator, file = result.calculator.id, write_workbook(result)
        is_other = result.inputs != calculators.run(calculator).inputs
        is_entered = is_other and formulas_of(file) == formulas_of_the_defaults(calculator)
        yield Case(calculator, name, without_values(file), formula_cells(result), is_entered=is_entered)


def read_sheet(file: bytes) -> str:
    """Return the XML of the one sheet."""
    return zipfile.ZipFile(io.BytesIO(file)).read(SHEET).decode()


def formulas_of(file: bytes) -> dict[str, str]:
    """Return the formula of each cell that has one."""
    return {match[1]: match[3] for match in FORMULA_CELL.finditer(read_sheet(file))}


@cache
def formulas_of_the_defaults(calculator: str) -> dict[str, str]:
    """Return the formulas of the workbook that a page gives when it has just been opened."""
    return formulas_of(write_workbook(calculators.run(calculator)))


def without_values(file: bytes) -> bytes:
    """Return a workbook without any computed value."""

    def cell(match: re.Match[str]) -> str:
        attributes = re.sub(' t="[^"]*"', "", match[2])
        return f'<c r="{match[1]}"{attributes}><f>{match[3]}</f></c>'

    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, FORMULA_CELL.sub(cell, content.decode()) if name == SHEET else content)
    return changed.getvalue()


def read_values(file: bytes) -> dict[str, Found]:
    """Return the value of each cell of a workbook."""
    archive = zipfile.ZipFile(io.BytesIO(file))
    shared = []
    if "xl/sharedStrings.xml" in archive.namelist():
        items = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        shared = ["".join(text.text or "" for text in item.iter(f"{SPREADSHEET}t")) for item in items]
    values: dict[str, Found] = {}
    for cell in ElementTree.fromstring(archive.read(SHEET)).iter(f"{SPREADSHEET}c"):
        text, kind = cell.findtext(f"{SPREADSHEET}v"), cell.get("t", "n")
        if text:
            readers: dict[str, Callable[[str], Found]] = {
                "s": lambda text: shared[int(text)],
                "n": float,
                "b": lambda text: text == "1",
            }
            values[cell.attrib["r"]] = readers.get(kind, str)(text)
    return values


def agrees(found: Found | None, expected: object) -> bool:
    """Compare a recalculated cell with what the calculator gave."""
    if isinstance(expected, Decimal):
        # A text where a number belongs, or the other way round, is wrong.
        is_number = isinstance(found, float)
        return is_number and abs(float(found or 0) - float(expected)) <= CLOSENESS * max(1, abs(float(expected)))
    return found == expected or (found is None and expected == "")


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, dict[str, Found]]]:
    """Let LibreOffice recalculate all workbooks; it takes 2 seconds for every hundred."""
    folder = tmp_path_factory.mktemp("workbooks")
    written = list(cases())
    files = [folder / f"{number}.xlsx" for number in range(len(written))]
    for file, case in zip(files, written, strict=True):
        file.write_bytes(case.file)
    for few in batched(files, MOST_FILES):
        convert(folder, few)
    return [
        (case, read_values((folder / "out" / file.name).read_bytes()))
        for file, case in zip(files, written, strict=True)
    ]


def convert(folder: Path, files: Iterable[Path]) -> None:
    """Let LibreOffice open files and save them into `out` with the values that it computed."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command: list[str | Path] = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        folder / "out",
        *files,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr


@needs_libreoffice
@pytest.mark.parametrize("calculator", calculators.all_calculators())
def test_a_spreadsheet_program_gives_the_same_figures(
    calculator: str, recalculated: list[tuple[Case, dict[str, Found]]]
) -> None:
    """Every formula gives what the calculator gives, in every example."""
    wrong = [
        f"{case.name}: {column_name(cell.column)}{cell.row + 1} is {found!r}, not {cell.value} ({cell.formula})"
        for case, values in recalculated
        if case.calculator == calculator
        for cell in case.expected
        if not agrees(found := values.get(f"{column_name(cell.column)}{cell.row + 1}"), cell.value)
    ]

    assert wrong == []


@needs_libreoffice
def test_every_calculator_with_formulas_is_recalculated_with_other_inputs(
    recalculated: list[tuple[Case, dict[str, Found]]],
) -> None:
    """Changing inputs under the formulas that a page gives first changes the results as the calculator does."""
    entered = {case.calculator for case, _values in recalculated if case.is_entered}

    assert entered == {name for name, found in calculators.all_calculators().items() if found.spreadsheet}


@pytest.mark.parametrize("language", LANGUAGES)
def test_computed_values_stand_beside_the_formulas(language: str) -> None:
    """A viewer that does not calculate shows the same figures."""
    for name in calculators.all_calculators():
        result = calculators.run(name, {}, language, "EUR")
        values = read_values(write_workbook(result))
        for cell in formula_cells(result):
            assert agrees(values.get(f"{column_name(cell.column)}{cell.row + 1}"), cell.value), (name, cell)


def test_every_formula_names_a_result_and_what_exists() -> None:
    """A formula without a result, or with a misspelt name, would be left out silently."""
    for name, calculator in calculators.all_calculators().items():
        result = calculators.run(name)
        places = lay_out(result).places
        assert calculator.spreadsheet.keys() <= places.keys(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_stands_in_a_workbook_has_a_name(language: str) -> None:
    """Without one, another language than English has the head of its catalogue there."""
    for name in calculators.all_calculators():
        cells = lay_out(calculators.run(name, {}, language)).cells
        assert not [cell for cell in cells if "Project-Id-Version" in str(cell.value)], name


def test_text_that_looks_like_a_formula_stays_text() -> None:
    """A note that begins with = + - or @ is neither computed now nor when somebody edits its cell."""
    notes = ["=1+1", "+49 30 1234", "-HYPERLINK(1)", "@SUM(1)", "http://example.org", "1e5"]
    meddic = calculators.all_calculators()["meddic"]
    fields = [field for field in meddic.input_fields if field.endswith("_evidence")][: len(notes)]
    result = calculators.run("meddic", dict(zip(fields, notes, strict=True)))

    file = write_workbook(result)

    values = read_values(file)
    places = lay_out(result).places
    for field, note in zip(fields, notes, strict=True):
        cell = places[field].cell(0).replace("$", "")
        assert values[cell] == note
        assert cell not in formulas_of(file)
    styles = zipfile.ZipFile(io.BytesIO(file)).read("xl/styles.xml").decode()
    assert 'quotePrefix="1"' in styles


def test_amounts_carry_the_picked_currency() -> None:
    """The program shows amounts as the page does: the sign where the language has it, won without decimals."""
    codes = {}
    for language in ("en", "el"):
        cells = lay_out(calculators.run("average-deal-size", {}, language, "EUR")).cells
        codes[language] = {cell.format for cell in cells if "€" in cell.format}

    assert codes == {"en": {'"€"#,##0'}, "el": {'#,##0"\xa0€"'}}
    won = lay_out(calculators.run("average-deal-size", {"won_revenue": "1000", "won_deals": "7"}, "ko", "KRW")).cells
    assert {cell.format for cell in won if "₩" in cell.format} == {'"₩"#,##0'}


def test_the_sheet_has_labels_in_the_language_and_ends_with_the_address() -> None:
    """Title, inputs, results, sources and the address, in the order of the page."""
    result = calculators.run("win-rate", {}, "el")
    texts = [cell.value for cell in lay_out(result, "https://example.org/el/#win-rate").cells]
    labels = [result.gettext(field.label) for field in result.calculator.input_fields.values()]

    assert texts[0] == result.gettext("Win rate")
    assert [text for text in texts if text in labels] == labels
    assert texts[-1] == "https://example.org/el/#win-rate"


def test_a_result_without_a_figure_shows_a_dash() -> None:
    """No error sign and no zero: the cell says that there is no figure."""
    values = read_values(write_workbook(calculators.run("win-rate", {"won": "1", "lost": "1"})))

    assert list(values.values()).count(NOTHING) == 4


@pytest.mark.parametrize("calculator", calculators.all_calculators())
def test_no_formula_needs_a_prefix(calculator: str) -> None:
    """XlsxWriter would write every formula as we do: none has one of the functions that files name otherwise."""
    expected = Worksheet()._prepare_formula

    for cell in formula_cells(calculators.run(calculator)):
        assert cell.formula is not None
        assert expected(f"={cell.formula}") == cell.formula


def test_what_may_be_entered_is_said_once_for_a_column() -> None:
    """Excel refuses a file with more than 65,534 rules, and a list may have 100,000 values."""
    sheet = read_sheet(write_workbook(calculators.run("sales-cycle-length", {"cycle_days": [45] * 500})))

    assert re.findall(r'<dataValidation [^>]*sqref="(\w+:?\w*)"', sheet) == ["B6:B506"]


def test_an_empty_table_has_one_row_to_fill_in() -> None:
    """Its cells are blank, and among the results they say that there is no figure."""
    result = calculators.run("pipeline-balance", {"stages": []})
    places = lay_out(result).places
    values = {(cell.row, cell.column): cell.value for cell in lay_out(result).cells}

    for column in result.calculator.input_fields["stages"].columns:  # type: ignore[attr-defined]  # it is a table
        place = places[f"stages.{column}"]
        assert values[place.row, place.column] is None


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1 and the reason, and no traceback; a refused input has status 2 as everywhere."""
    assert main(["workbook", "win-rate", "--output", str(tmp_path / "no-such-folder" / "deals.xlsx")]) == 1
    assert "deals.xlsx: No such file or directory" in capsys.readouterr().err
    assert main(["workbook", "win-rate", "won=x", "--output", str(tmp_path / "deals.xlsx")]) == 2


def test_the_command_line_writes_a_workbook(tmp_path: Path) -> None:
    """`workbook` takes inputs as `run` does, and writes what the page would."""
    output = tmp_path / "deals.xlsx"

    status = main(["workbook", "win-rate", "won=30", "--output", str(output), "--language", "ko", "--currency", "KRW"])

    assert status == 0
    expected = write_workbook(calculators.run("win-rate", {"won": "30"}, "ko", "KRW"))
    assert read_sheet(output.read_bytes()) == read_sheet(expected)
