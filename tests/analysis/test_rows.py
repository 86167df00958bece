"""Every cell of a file comes out as it went in, with the line it stands on."""

import csv
import re
from io import BytesIO, StringIO, UnsupportedOperation
from typing import Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.analysis.reading import encoding, source
from calculators.analysis.reading.opening import opening
from calculators.analysis.reading.progress import finished
from calculators.analysis.reading.rows import MOST_ROWS
from calculators.analysis.reading.source import Source
from tests.analysis.files import EXPORTS, IMPORT_FAULTS, read
from tests.cases import cases

CODECS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252", "cp1253", "cp932", "euc_jp", "cp949", "cp1251")
# Words that say which encoding it is: how that is told is tested elsewhere.
WORDS = {
    "cp1252": "Geschäftsabschlüsse der Größe",
    "cp1253": "Ημερομηνία κλεισίματος",
    "cp932": "株式会社の商談 受注と失注",
    "euc_jp": "株式会社の商談 受注と失注",
    "cp949": "한국전자 수주 실주 제안 협상",
    "cp1251": "Дата закрытия сделки",
}
DELIMITERS = ",;\t|"


class Written(NamedTuple):
    """A table as it was written: its bytes, its cells, and the line each row begins on."""

    data: bytes
    delimiter: str
    cells: list[list[str]]
    lines: list[int]


@st.composite
def written(draw: st.DrawFn) -> Written:
    """Return a table in a random shape that leaves no doubt what its delimiter is."""
    codec, delimiter = draw(st.sampled_from(CODECS)), draw(st.sampled_from(DELIMITERS))
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting: Literal[0, 1] = csv.QUOTE_ALL if draw(st.booleans()) else csv.QUOTE_MINIMAL
    word = WORDS.get(codec, "Größe Ποσό 한국전자 株式会社")
    parts_of_cells = [word, "abc", "123", "1,5", '"', '""', "'", "\n", "\r\n", delimiter, " ", ""]
    cell = st.lists(st.sampled_from(parts_of_cells), max_size=5).map(" ".join)
    width = draw(st.integers(3, 6))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=4, max_size=30))
    # The words say which encoding it is.
    header = [f"{word} {number}" for number in range(width)]
    cells = [header, *rows]
    lines, parts, line = [], [], 1
    for row in cells:
        text = StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
        writer.writerow(row)
        part = text.getvalue()
        lines.append(line)
        line += part.count("\n") + (part.count("\r") - part.count("\r\n"))
        parts.append(part)
    whole = "".join(parts)
    if draw(st.booleans()) and cells[-1][-1]:
        whole = whole.removesuffix(line_end)
    if codec.startswith("utf-16") and draw(st.booleans()):
        whole = "\ufeff" + whole
    return Written(whole.encode(codec), delimiter, cells, lines)


def as_read(cells: list[list[str]], lines: list[int]) -> tuple[list[list[str]], list[int]]:
    """Return cells without blanks around them, and without rows that hold nothing."""
    stripped = [[text.strip() for text in row] for row in cells]
    filled = [(row, line) for row, line in zip(stripped, lines, strict=True) if any(row)]
    return [row for row, _line in filled], [line for _row, line in filled]


@cases(300)
@given(table=written(), piece=st.integers(3, 50))
def test_what_is_written_is_read(table: Written, piece: int) -> None:
    """Whatever the encoding, delimiter, quoting and line ends, and wherever a piece of the file ends."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (source, encoding):
            patched.setattr(module, "PIECE", piece)
        export = read(table.data)

    cells, lines = as_read(table.cells[1:], table.lines[1:])
    assert export.opened.facts.delimiter == table.delimiter
    assert export.cells == cells
    assert list(export.table.lines) == lines
    assert export.table.blank_rows == len(table.cells) - 1 - len(cells)
    assert not export.table.overlong


def test_lines_of_records() -> None:
    """A record's line is the one an editor shows, with line ends in cells and blank lines before it."""
    export = read(b'Deal,Note\nA,"x\r\ny\n\nz"\n\n\nB,"p\rq"\nC,r\n')

    assert export.cells == [["A", "x\r\ny\n\nz"], ["B", "p\rq"], ["C", "r"]]
    assert list(export.table.lines) == [2, 8, 10]
    assert export.table.blank_rows == 2


def test_what_ends_a_line() -> None:
    """Only a line feed, a carriage return or both: no other character that Unicode calls a line's end."""
    export = read("Deal,Note\r\nA\u2028B,x\x0by\r\nC\x85D,z\x0c\r\n".encode())

    assert export.cells == [["A\u2028B", "x\x0by"], ["C\x85D", "z"]]
    assert list(export.table.lines) == [2, 3]


def test_rows_of_other_lengths() -> None:
    """Rows that are short are filled up, and what stands beyond the last column is not dropped in silence."""
    export = read(b"Deal,Amount\nA\nB,2\nC,3,x\nD,4,,\n")

    # The third column holds something in the head, so that it becomes one without a name.
    assert [column.name for column in export.table.columns] == ["Deal", "Amount", ""]
    assert export.cells == [["A", "", ""], ["B", "2", ""], ["C", "3", "x"], ["D", "4", ""]]
    assert list(export.table.widths) == [1, 2, 3, 4]

    late = read(b"Deal,Amount\n" + b"A,1\n" * 300 + b"B,2,x\nC,3,\n")
    assert late.table.overlong == {300}
    assert late.table.row(300) == ["B", "2"]
    assert list(late.table.widths[299:]) == [2, 3, 3]


def test_rows_that_hold_nothing() -> None:
    """Rows of blanks and delimiters alone are counted and left out."""
    export = read(b"Deal,Amount\nA,1\n,\n  ,\t\n\nB,2\n,\n")

    assert export.cells == [["A", "1"], ["B", "2"]]
    assert list(export.table.lines) == [2, 6]
    assert export.table.blank_rows == 4


def test_the_head_and_what_lies_below() -> None:
    """The head has 200 records, blank ones too; loading starts wherever the header ends."""
    export = read(b"Report,,\n\nDeal,Amount,Owner\n" + b"A,1,x\n" * 300, header=2)

    assert len(export.opened.head) == len(export.opened.head_lines) == 200
    assert export.opened.head[:4] == [["Report", "", ""], [], ["Deal", "Amount", "Owner"], ["A", "1", "x"]]
    assert export.opened.head_lines[:4] == [1, 2, 3, 4]
    assert len(export.table) == 300
    assert export.table.lines[0] == 4


def test_a_file_without_a_header() -> None:
    """Loaded from its first record on, nothing is skipped."""
    export = read(b"A,1\nB,2\n", header=-1)
    assert export.cells == [["A", "1"], ["B", "2"]]


@pytest.mark.parametrize("rows", [MOST_ROWS - 1, MOST_ROWS, MOST_ROWS + 1, 2 * MOST_ROWS])
def test_as_many_rows_as_are_read_at_once(rows: int) -> None:
    """Nothing is lost or doubled between two batches, nor at the end of the last one."""
    export = read(b"Deal,Amount\n" + b"".join(b"Deal %d,1\n" % number for number in range(rows - 1)))

    assert [row[0] for row in export.cells] == [f"Deal {number}" for number in range(rows - 1)]
    assert list(export.table.lines) == list(range(2, rows + 1))


def test_progress_counts_rows() -> None:
    """While rows are read, their number is told, with about how many there are."""
    opened = finished(opening(Source.of(b"Deal,Amount\n" + b"A,1\n" * 10_000)))
    steps = list(opened.load(1, opened.head[0]))

    assert [step.stage for step in steps] == ["reading"] * 3
    assert [step.done for step in steps] == [4000, 8000, 10_001]
    assert steps[0].total == 10_001


class Pipe(BytesIO):
    """Bytes that can be read once, as standard input's."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_place: int) -> int:
        raise UnsupportedOperation


def test_a_pipe_and_a_stream() -> None:
    """What comes through a pipe is read as a file is; somebody else's stream stays open."""
    data = "Deal,Owner\nA,Müller\n".encode("cp1252")
    for stream in (Pipe(data), BytesIO(data)):
        source_of_stream = Source.of(stream, "-")
        opened = finished(opening(source_of_stream))
        table = finished(opened.load(1, opened.head[0]))

        assert (source_of_stream.name, source_of_stream.size) == ("-", len(data))
        assert table.row(0) == ["A", "Müller"]
        assert not stream.closed


CELLS = {
    "bug-05.csv": [
        ["Deal 1", "100", "first line, second,\nthird, line\nfourth"],
        ["Deal 2", "200", "one, two, three,\nfour"],
    ],
    "bug-07.csv": [["Deal 1", 'a "quoted" word\n\nand a blank line', "100"], ["Deal 2", "", "200"]],
    "bug-11.csv": [
        ["17-05-2025", "Account 1", "-110.7 €"],
        ["17-05-2025", "Account 2", "-116.62 €"],
        ["06-05-2025", "Account 3", "1 109.78 €"],
    ],
}


@pytest.mark.skipif(not IMPORT_FAULTS.exists(), reason="../shared/data/import-faults is absent")
@pytest.mark.parametrize("name", CELLS)
def test_files_that_others_read_wrong(name: str) -> None:
    """Quotes, line ends and blanks inside cells."""
    cells = [[" ".join(re.split("[\u202f\xa0]", text)) for text in row] for row in read(IMPORT_FAULTS / name).cells]
    assert cells == CELLS[name]


@pytest.mark.skipif(not EXPORTS.exists(), reason="../shared/data/exports is absent")
def test_every_export_is_read_whole() -> None:
    """No record of the real exports is lost, and none has something beyond its columns."""
    for path in sorted(EXPORTS.glob("*.csv")):
        export = read(path)
        with Source.of(path).open() as stream:
            text = stream.read().decode(str(export.opened.facts.encoding))
        records = list(csv.reader(StringIO(text, newline=""), delimiter=str(export.opened.facts.delimiter)))

        assert export.cells == [[text.strip() for text in row] for row in records[1:] if any(row)], path.name
        assert not export.table.overlong
