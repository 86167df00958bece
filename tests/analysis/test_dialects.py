"""The delimiter is what sets cells apart in the same way all through, with quotes honoured."""

import pytest

from tests.analysis.files import EXPORTS, IMPORT_FAULTS, opened, read

CASES = {
    "commas": ("Deal,Amount,Note\nA,1,x\nB,2,y\n", ",", ["A", "1", "x"]),
    "semicolons": ("Deal;Amount;Note\nA;1;x\nB;2;y\n", ";", ["A", "1", "x"]),
    "tabs": ("Deal\tAmount\tNote\nA\t1\tx, y; z\n", "\t", ["A", "1", "x, y; z"]),
    "bars": ("Deal|Amount|Note\nA|1|x\n", "|", ["A", "1", "x"]),
    "decimal commas": ("Deal;Amount;Rate\nA;1,5;2,5\nB;3,5;4,5\n", ";", ["A", "1,5", "2,5"]),
    "decimal commas without a header": ("A 1;1,5;2,5\nB 2;3,5;4,5\nC 3;5,5;6,5\n", ";", ["B 2", "3,5", "4,5"]),
    "as many decimal commas as semicolons": ("1,5;2,5\n3,5;4,5\n5,5;6,5\n", ";", ["3,5", "4,5"]),
    "numbers set apart by commas": ("1,2,3\n4,5,6\n7,8,9\n", ",", ["4", "5", "6"]),
    "texts full of commas": ("Deal;Note\nA;one, two, 3\nB;one, two\nC;one, two, 3\n", ";", ["A", "one, two, 3"]),
    "texts with semicolons": ("Deal,Contacts,Owner\nA,x;y,M\nB,z;w,N\nC,u;v,O\n", ",", ["A", "x;y", "M"]),
    "texts with bars": ("Deal,Campaign\n" + "A,B2C | DE | 1\n" * 50, ",", ["A", "B2C | DE | 1"]),
    "all in quotes": ('"Deal","Amount"\n"A, B","1"\n"C","2"\n', ",", ["A, B", "1"]),
    "quotes doubled": ('Deal,Note\nA,"a ""quoted"" word, and more"\n', ",", ["A", 'a "quoted" word, and more']),
    "quotes amid a cell": ('Deal,Note\n5" pipe,x\n6" pipe,y\n', ",", ['5" pipe', "x"]),
    "apostrophes are no quotes": ("Deal,Note\n'A,x'\n'B,y'\n", ",", ["'A", "x'"]),
    "quotes behind blanks": ('Deal, Note, Amount\nA, "x, y", 1\nB, "z", 2\n', ",", ["A", "x, y", "1"]),
    "escaped quotes": ('Deal,Note\nA,"a \\"quoted\\" word, too"\nB,"x"\n', ",", ["A", 'a "quoted" word, too']),
    "a path that ends in a backslash": ('Deal,Path\nA,"C:\\"\nB,"D:\\x\\"\n', ",", ["A", "C:\\"]),
    "a note above the header": ("Deals of 2026, all, confidential\n\nDeal;Amount;Owner\nA;1;x\nB;2;y\n", ";", None),
    "ragged rows": ("Deal;Amount;Owner\nA;1\nB;2;x;;\nC;3;z\nD;4;w\n", ";", ["A", "1", ""]),
    "one column": ("Deal\nA\nB\n", ",", ["A"]),
    "one column of times": ("Deal\n10:30\n11:45\n12:00\n", ",", ["10:30"]),
    "carets": ("Deal^Amount^Owner\nA^1,5^x; y\nB^2^z\n", "^", ["A", "1,5", "x; y"]),
    "unit separators": ("Deal\x1fAmount\x1fOwner\nA\x1f1\x1fx\nB\x1f2\x1fy\n", "\x1f", ["A", "1", "x"]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters(case: str, line_end: str) -> None:
    """Each way of setting cells apart is found, whatever ends the lines."""
    text, delimiter, row = CASES[case]
    export = read(text.replace("\n", line_end).encode())

    assert export.opened.facts.delimiter == delimiter
    assert row is None or row in [*export.cells, export.opened.head[0]]


@pytest.mark.parametrize("named", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_a_line_that_names_the_delimiter(named: str) -> None:
    """Such a line of Excel's is no record, and counts as a line of the file."""
    export = read(f"{named}\r\nDeal;Amount\r\nA, B;1\r\n".encode())

    assert export.opened.facts.delimiter == ";"
    assert export.opened.head == [["Deal", "Amount"], ["A, B", "1"]]
    assert export.opened.head_lines == [2, 3]
    assert list(export.table.lines) == [3]


def test_a_named_tab() -> None:
    """The name may be a tab, and holds where another mark would fit."""
    assert read(b"sep=\t\nDeal,a\tAmount\nA,b\t1\n").cells == [["A,b", "1"]]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("which", ["all", "those with quotes"])
def test_rows_in_quotes_as_a_whole(delimiter: str, which: str) -> None:
    """A spreadsheet that took each line for one cell put it in quotes when it saved: the cells come out again."""
    lines = ["Deal,Note,Amount", 'A,"one, two",1', 'B,"a ""quoted"" word",2', "C,x,3"]
    saved = [
        '"' + line.replace('"', '""') + '"' if which == "all" or '"' in line else line
        for line in (line.replace(",", delimiter) for line in lines)
    ]
    export = read("\r\n".join(saved).encode())

    assert export.opened.facts.delimiter == delimiter
    assert export.opened.head[0] == ["Deal", "Note", "Amount"]
    assert export.cells == [["A", f"one{delimiter} two", "1"], ["B", 'a "quoted" word', "2"], ["C", "x", "3"]]


def test_ids_kept_from_spreadsheets() -> None:
    """What is written as a formula so that a spreadsheet keeps its zeros is the text in it."""
    export = read(b'Id,Deal\n="00123",A\n"=""00456""",B\n00789,="C\n')

    assert export.cells == [["00123", "A"], ["00456", "B"], ["00789", '="C']]


def test_a_single_column_of_sentences() -> None:
    """Texts in quotes that are no records stay what they are."""
    assert read(b'"Note"\n"one, two"\n"three"\n"four, five, six"\n').cells == [
        ["one, two"],
        ["three"],
        ["four, five, six"],
    ]


EXPORTS_DELIMITERS = {
    "02-bitrix24-ru.csv": ",",
    "05-hubspot-es-semicolon.csv": ";",
    "07-dynamics365-lost-only.csv": ",",
    "11-dates-per-stage-de.csv": ",",
    "17-espocrm-el-cp1253.csv": ";",
    "19-sugarcrm-ko-cp949.csv": ",",
    "23-24sevenoffice-codes.csv": ";",
    "bug-01.csv": ";",
    "bug-05.csv": ";",
    "bug-07.csv": ",",
    "bug-11.csv": ";",
    "bug-13.csv": "\t",
}


@pytest.mark.skipif(not EXPORTS.exists(), reason="../shared/data/exports is absent")
@pytest.mark.parametrize("name", EXPORTS_DELIMITERS)
def test_real_exports(name: str) -> None:
    """Exports of real programs, and those that others read wrong."""
    path = (IMPORT_FAULTS if name.startswith("bug") else EXPORTS) / name
    export = opened(path)

    assert export.facts.delimiter == EXPORTS_DELIMITERS[name]
    assert len({len(row) for row in export.head if any(row)}) == 1
