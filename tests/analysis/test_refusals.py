"""What cannot be read is refused by what it is, at once, and with the line where it is in a single place."""

import builtins
import gzip
import json
import random
import time
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.analysis.reading.limits import MOST_CHARACTERS
from calculators.analysis.reading.refused import Refused
from tests.analysis.files import read
from tests.analysis.workbooks import SHEET, changed, compound, ods, xls, xlsx, zipped
from tests.cases import cases

HTML = "<html><body><table><tr><td>Deal</td><td>Amount</td></tr></table></body></html>"
SPREADSHEET_ML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>'
)
NOISE = random.Random(1).randbytes(20_000)  # noqa: S311 - no secret

NO_TABLES: dict[str, tuple[str, bytes]] = {
    "nothing": ("empty_file", b""),
    "blanks": ("empty_file", b"\xef\xbb\xbf \r\n\r\n"),
    "delimiters alone": ("empty_file", b",,\n,,\n"),
    "NULs": ("empty_file", bytes(3000)),
    "a PNG": ("picture", b"\x89PNG\r\n\x1a\n" + NOISE),
    "a JPEG": ("picture", b"\xff\xd8\xff\xe0\0\x10JFIF" + NOISE),
    "a GIF": ("picture", b"GIF89a" + NOISE),
    "a WebP": ("picture", b"RIFF\x10\x20\0\0WEBPVP8 " + NOISE),
    "a BMP": ("picture", b"BM\x10\x20\0\0\0\0\0\0\x36" + NOISE),
    "a HEIC": ("picture", b"\0\0\0\x18ftypheic" + NOISE),
    "a PDF": ("pdf", b"%PDF-1.7\n" + NOISE),
    "an HTML table": ("html_table", HTML.encode()),
    "an HTML table with a mark": ("html_table", ("\ufeff\r\n" + HTML.upper()).encode("utf-16-le")),
    "XHTML": ("html_table", ('<?xml version="1.0"?><!DOCTYPE html>' + HTML).encode()),
    "a web archive": ("html_table", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + HTML.encode()),
    "SpreadsheetML": ("xml", SPREADSHEET_ML.encode()),
    "XML": ("xml", b'<?xml version="1.0"?><deals><deal/></deals>'),
    "XML without a declaration": ("xml", b"<deals>\n  <deal/>\n</deals>"),
    "a list in JSON": ("json", json.dumps([{"deal": "A", "amount": 1}], indent=2).encode()),
    "an object in JSON": ("json", json.dumps({"deals": [1]}).encode()),
    "lines of JSON": ("json", b'{"deal": "A"}\n{"deal": "B"}\n'),
    "a zip": ("archive", zipped({"deals.csv": "Deal,Amount\nA,1\n"})),
    "a zip in a zip": ("archive", zipped({"deals.xlsx": xlsx()})),
    "a gzip": ("archive", gzip.compress(b"Deal,Amount\n")),
    "a 7z": ("archive", b"7z\xbc\xaf\x27\x1c" + NOISE),
    "a RAR": ("archive", b"Rar!\x1a\x07\x01\0" + NOISE),
    "a Word document": ("document", zipped({"[Content_Types].xml": "", "word/document.xml": "<w/>"})),
    "slides": ("document", zipped({"ppt/presentation.xml": "<p/>"})),
    "a text of OpenDocument": ("document", ods(kind="text")),
    "an old Word document": ("document", compound({"WordDocument": bytes(4096)})),
    "RTF": ("document", b"{\\rtf1\\ansi Deal}"),
    "Numbers": ("not_a_table", zipped({"Index/Document.iwa": b"\0", "Index/Tables/DataList.iwa": b"\0"})),
    "Parquet": ("not_a_table", b"PAR1\x15\x04" + NOISE + b"PAR1"),
    "SQLite": ("not_a_table", b"SQLite format 3\0" + NOISE),
    "a message of Outlook": ("not_a_table", compound({"__properties_version1.0": bytes(4096)})),
    "a program": ("not_a_table", b"MZ\x90\0\x03\0" + NOISE),
    "noise": ("binary", b"x" + NOISE),
    "an encrypted workbook": ("password", compound({"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(8192)})),
    "an encrypted OpenDocument": ("password", ods(is_encrypted=True)),
    "half a workbook": ("damaged_workbook", xlsx()[:3000]),
    "a workbook without a part": ("damaged_workbook", changed(xlsx(), "xl/sharedStrings.xml", lambda _xml: "<sst/>")),
    "a workbook without sheets": ("damaged_workbook", changed(xlsx(), "xl/workbook.xml", lambda _xml: "<workbook/>")),
    "half an old workbook": ("damaged_workbook", xls()[:1024]),
    "an empty workbook": ("no_table", xlsx([])),
    "a zip bomb": ("zip_bomb", changed(xlsx(), SHEET, lambda xml: xml + " " * 50_000_000)),
}


def refusal(data: bytes) -> Refused:
    """Return how a file is refused."""
    with pytest.raises(Refused) as refused:
        read(data)
    return refused.value


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table(name: str) -> None:
    """Each is told by its bytes, whatever the file's name."""
    code, data = NO_TABLES[name]
    assert refusal(data).code == code


@pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
@pytest.mark.parametrize("workbook", [xlsx(), ods()], ids=["Excel", "OpenDocument"])
def test_a_workbook_packed_as_none_is_comes_to_no_old_library(packing: int, workbook: bytes) -> None:
    """Pyodide's bzip2 writes out of bounds for some files (CVE-2019-12900); no program packs workbooks with it."""
    file = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(file, "w", packing) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    with pytest.MonkeyPatch.context() as patch:
        for library in ("bz2.BZ2Decompressor", "lzma.LZMADecompressor"):
            patch.setattr(library, None)
        assert refusal(file.getvalue()).code == "damaged_workbook"


def test_a_workbook_with_a_broken_sheet() -> None:
    """A byte that is another than what was written is found by the zip's own sums."""
    data = bytearray(xlsx([["Deal", "Amount"], *(["A", number] for number in range(5000))]))
    with ZipFile(BytesIO(bytes(data))) as archive:
        start = archive.getinfo(SHEET).header_offset
    data[start + 2000] ^= 0xFF

    assert refusal(bytes(data)).code == "damaged_workbook"


def test_a_protected_old_workbook() -> None:
    """Excel 97's own protection is told from damage."""
    beginning = b"\x09\x08\x10\0\0\x06\x05\0\xbb\x0d\xcc\x07\0\0\0\0\x06\0\0\0"
    protection = b"\x2f\0\x36\0\1\0\1\0\1\0" + bytes(48)
    assert refusal(compound({"Workbook": (beginning + protection).ljust(4096, b"\0")})).code == "password"


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the rarer workbooks need it, and say so; Excel's own since 2007 do not."""
    imported = builtins.__import__

    def without(name: str, *further: Any, **named: Any) -> Any:
        if name == "python_calamine":
            raise ImportError(name)
        return imported(name, *further, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    assert refusal(xls()).code == refusal(ods()).code == "workbook_reader_missing"
    assert read(xlsx()).cells == [["A", "1", "x"]]


def million_columns() -> bytes:
    """Return a header of a million columns."""
    return b",".join(b"%d" % number for number in range(1_000_000)) + b"\nA\n"


HOSTILE: dict[str, tuple[Callable[[], bytes], str, int | None]] = {
    "a million columns": (million_columns, "too_many_columns", 1),
    "a million columns below the header": (lambda: b"a,b\n" * 500 + b"," * 1_000_000 + b"\n", "too_many_columns", 501),
    "a hundred megabytes of commas": (lambda: b"," * 100_000_000, "too_many_columns", 1),
    "a line of a hundred megabytes": (lambda: b"Deal,Amount\nA," + b"x" * 100_000_000, "cell_too_large", 2),
    "a cell of ten megabytes": (lambda: b"Deal,Amount\nA,1\nB," + b"x" * 10_000_000, "cell_too_large", 3),
    "a cell of two megabytes": (lambda: b"Deal,Amount\nA,1\nB,x" + b"y" * 2_000_000 + b"\n", "cell_too_large", 3),
    "a quote that is never closed": (lambda: b'Deal,Amount\nA,"1\nB,2\n' + b"C,3\n" * 50, "unclosed_quote", 2),
    "one before megabytes": (lambda: b"Deal,Amount\n\nA,1\n" + b'B,"2\n' + b"C,3\n" * 900_000, "unclosed_quote", 4),
    "one far below": (lambda: b"Deal,Amount\n" + b"C,3\n" * 9000 + b'B,"2\nC,4', "unclosed_quote", 9002),
    "one on the last line": (lambda: b'Deal,Amount\nA,1\nB,"2', "unclosed_quote", 3),
    "a far column of a workbook": (lambda: xlsx([["Deal"], [*[""] * 16_383, "x"]]), "too_many_columns", 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_hurt(name: str) -> None:
    """A cell, a row or a quote without an end is refused with its line, before it takes time or memory."""
    make, code, row = HOSTILE[name]
    data = make()
    started = time.perf_counter()
    refused = refusal(data)

    assert (refused.code, refused.row) == (code, row)
    assert time.perf_counter() - started < 10


def test_long_cells_that_are_read() -> None:
    """Descriptions far longer than any CRM's are read."""
    note = "word, " * 100_000
    assert len(note) < MOST_CHARACTERS
    assert read(f'Deal,Note\nA,"{note}"\n'.encode()).cells == [["A", note.strip()]]


LOOK_ALIKE = {
    "a header that begins as a bitmap": b"BM,Amount\nA,1\n",
    "one that begins as a program": b"MZ,Amount\nA,1\n",
    "one that begins as Parquet": b"PAR1,Amount\nA,1\n",
    "a note in brackets": b"[Deals of 2026],\nDeal,Amount\nA,1\n",
    "a name in angle brackets": b"<none>,Amount\nA,1\n",
    "braces": b"{id},Amount\nA,1\n",
    "percent signs": b"%PDF,Amount\nA,1\n",
    "a stray control character": b"Deal,Amount\nA\x01,1\nB,2\n" + b"C,3\n" * 50,
}


@pytest.mark.parametrize("name", LOOK_ALIKE)
def test_tables_that_look_like_something_else(name: str) -> None:
    """A table is not refused for its first letters."""
    assert "1" in [text for row in read(LOOK_ALIKE[name]).cells for text in row]


def spoilt(data: bytes, place: int, other: bytes) -> bytes:
    """Return a file with other bytes at a place, and nothing behind them if they are none."""
    return data[:place] + other + data[place + len(other) :] if other else data[:place]


SMALL = [data for _code, data in NO_TABLES.values() if len(data) < 30_000] + [xls(), ods(), xlsx()]


@cases(400)
@given(
    st.binary(max_size=2000) | st.builds(spoilt, st.sampled_from(SMALL), st.integers(0, 7000), st.binary(max_size=20)),
)
def test_whatever_the_bytes(data: bytes) -> None:
    """Any file is read or refused by a code with its sentence: nothing else comes out."""
    with suppress(Refused):
        read(data)
